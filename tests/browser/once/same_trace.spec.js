// The engine in the page and the one in the terminal give the same trace of every recorded case, to the byte.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, open, test } from "../fixtures.js";

const cases = new URL("../../conformance/", import.meta.url);
const endOfTrace = ".trace.jsonl";

for (const folder of ["curated", "random"]) {
  const files = readdirSync(new URL(`${folder}/`, cases)).filter((file) => file.endsWith(endOfTrace));

  test(`same text, same trace: ${files.length} ${folder} cases`, async ({ page }) => {
    test.setTimeout(300_000);
    await open(page);
    expect(files.length).toBeGreaterThan(0);
    await page.evaluate(async () => {
      const rules = await fetch("static/time-zones.bin").then((answer) => answer.arrayBuffer());
      const { trace, needs_time_zones } = window.wasmBindings;
      window.traceOf = (text, name) => trace(text, name, needs_time_zones(text) ? new Uint8Array(rules) : undefined);
    });
    for (const file of files) {
      const name = file.slice(0, -endOfTrace.length);
      const yaml = new URL(`${folder}/${name}.yaml`, cases);
      const native = execFileSync(process.env.JOB_PLAYGROUND, ["run", yaml.pathname, "--trace"], { encoding: "utf8" });
      const here = await page.evaluate(([text, name]) => window.traceOf(text, name), [readFileSync(yaml, "utf8"), name]);
      // Two long texts that differ are no failure to read.
      expect(here === native, `${folder}/${name}`).toBe(true);
    }
  });
}
