// The engine in the page and the one in the terminal give the same trace, to the byte.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, open, test } from "../fixtures.js";

const cases = new URL("../../conformance/", import.meta.url);
const names = readFileSync(new URL("core.txt", cases), "utf8").split("\n").filter(Boolean);

test("same text, same trace", async ({ page }) => {
  await open(page);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const file = new URL(`curated/${name}.yaml`, cases);
    const native = execFileSync(process.env.JOB_PLAYGROUND, ["run", file.pathname, "--trace"], { encoding: "utf8" });
    const text = readFileSync(file, "utf8");
    const here = await page.evaluate(([text, name]) => window.wasmBindings.trace(text, name), [text, name]);
    expect(here, name).toBe(native);
  }
});
