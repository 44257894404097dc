// The engine in the page and the one in the terminal give the same trace of every recorded case, to the byte.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, open, test } from "../fixtures.js";

const cases = new URL("../../conformance/", import.meta.url);
const endOfTrace = ".trace.jsonl";
const run = promisify(execFile);

async function native(file, version) {
  const line = ["run", file.pathname, `--trace=${version}`];
  const { stdout } = await run(process.env.JOB_PLAYGROUND, line, { maxBuffer: 1e8 });
  return stdout;
}

const folders = { curated: 1, random: 1, "pods/curated": 2, "pods/random": 2, "pods/plain": 2 };
for (const [folder, version] of Object.entries(folders)) {
  const files = readdirSync(new URL(`${folder}/`, cases)).filter((file) => file.endsWith(endOfTrace));

  test(`same text, same trace: ${files.length} ${folder} cases`, async ({ page }) => {
    test.setTimeout(300_000);
    await open(page);
    expect(files.length).toBeGreaterThan(0);
    await page.evaluate(async () => {
      const rules = await window.jobPlayground.file("static/time-zones.bin");
      const { trace, needs_time_zones } = window.wasmBindings;
      window.tracesOf = (texts) =>
        texts.map(([text, name, version]) => trace(text, name, version, needs_time_zones(text) ? rules : undefined));
    });
    for (let first = 0; first < files.length; first += 40) {
      const names = files.slice(first, first + 40).map((file) => file.slice(0, -endOfTrace.length));
      const yaml = names.map((name) => new URL(`${folder}/${name}.yaml`, cases));
      const texts = names.map((name, at) => [readFileSync(yaml[at], "utf8"), name, version]);
      const here = await page.evaluate((texts) => window.tracesOf(texts), texts);
      const there = await Promise.all(yaml.map((file) => native(file, version)));
      // Two long texts that differ are no failure to read: their names are.
      expect(names.filter((name, at) => here[at] !== there[at])).toEqual([]);
    }
  });
}
