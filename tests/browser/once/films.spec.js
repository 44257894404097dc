// The engine in a browser and the program of a terminal make the same films, to the byte, of all curated cases.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, POLICY, test } from "../embed/host.js";

const CASES = new URL("../../conformance/curated/", import.meta.url);

test("films of all curated cases are the same from the terminal and from the browser", async ({ page, host }, { outputDir }) => {
  test.setTimeout(240_000);
  execFileSync(process.env.JOB_PLAYGROUND, ["embed", CASES.pathname, "--out", outputDir, "--lang", "en,zh"]);
  await host.open("", { policy: POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'") });
  await page.evaluate(async () => {
    const engine = await import("/engine.js");
    const rules = await (await fetch("/time-zones.bin")).arrayBuffer();
    await engine.default({ module_or_path: fetch("/engine_bg.wasm") });
    window.filmOf = (text, lang) => engine.film(text, lang, new Uint8Array(rules));
  });
  const different = [];
  const names = readdirSync(CASES).filter((name) => name.endsWith(".yaml"));
  for (const name of names)
    for (const [lang, middle] of [["en", ""], ["zh-CN", ".zh"]]) {
      const text = readFileSync(new URL(name, CASES), "utf8");
      const film = readFileSync(`${outputDir}/${name.replace(".yaml", `${middle}.film.json`)}`, "utf8");
      if ((await page.evaluate((of) => window.filmOf(...of), [text, lang])) !== film) different.push(`${name} ${lang}`);
    }
  expect(names.length).toBeGreaterThan(100);
  expect(different).toEqual([]);
});
