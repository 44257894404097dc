// Records and seeks the loads of `benches/loads` in Chromium. A line per load: `NAME: RECORD ms, SEEK ms`.
import { chromium } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";

const loads = new URL("../../benches/loads/", import.meta.url);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
await page.goto(process.env.JOB_PLAYGROUND_URL);
while (!(await page.evaluate(() => Boolean(window.wasmBindings))));

// The same as `benches/recording.rs` does: the median of five recordings, the mean of 1,000 seeks.
const measure = (text) => {
  const { Bench } = window.wasmBindings;
  const times = [];
  let bench;
  for (let run = 0; run < 5; run += 1) {
    bench?.free();
    const start = performance.now();
    bench = new Bench(text);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const end = bench.end();
  const start = performance.now();
  for (let seek = 0; seek < 1000; seek += 1) bench.seek((end * ((seek * 61) % 1000)) / 1000);
  const seek = (performance.now() - start) / 1000;
  bench.free();
  return [times[2], seek];
};

for (const file of readdirSync(loads).sort()) {
  const figures = await page.evaluate(measure, readFileSync(new URL(file, loads), "utf8"));
  console.log(`${file.replace(".yaml", "")}: ${figures.map((figure) => `${figure.toFixed(2)} ms`).join(", ")}`);
}
await browser.close();
