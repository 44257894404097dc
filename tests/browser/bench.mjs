// Records, lays out and seeks the loads of `benches/loads` in Chromium. A line per load:
// `NAME: RECORD ms, LAYOUT ms, SEEK ms, MEMORY MB`.
import { chromium } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";

const loads = new URL("../../benches/loads/", import.meta.url);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu"],
});

// The same as `benches/recording.rs` does: the median of five recordings, the mean of 1,000 seeks. And how much memory
// the program holds after one recording and its layout.
const measure = (text) => {
  const { Bench, memory_bytes } = window.wasmBindings;
  const records = [];
  const layouts = [];
  let bench;
  let memory;
  const timed = (times, work) => {
    const start = performance.now();
    const result = work();
    times.push(performance.now() - start);
    return result;
  };
  for (let run = 0; run < 5; run += 1) {
    bench?.free();
    bench = timed(records, () => new Bench(text));
    timed(layouts, () => bench.layout());
    memory ??= memory_bytes() / 1e6;
  }
  const end = bench.end();
  const start = performance.now();
  for (let seek = 0; seek < 1000; seek += 1) bench.seek((end * ((seek * 61) % 1000)) / 1000);
  const seek = (performance.now() - start) / 1000;
  bench.free();
  const median = (times) => times.sort((a, b) => a - b)[2];
  return { times: [median(records), median(layouts), seek], memory };
};

for (const file of readdirSync(loads).sort()) {
  // Memory is never given back: each load has a page of its own.
  const page = await browser.newPage({ serviceWorkers: "block" });
  await page.goto(process.env.JOB_PLAYGROUND_URL);
  await page.waitForFunction(() => Boolean(window.wasmBindings?.is_whole()));
  const { times, memory } = await page.evaluate(measure, readFileSync(new URL(file, loads), "utf8"));
  const figures = [...times.map((time) => `${time.toFixed(2)} ms`), `${memory.toFixed(0)} MB`];
  console.log(`${file.replace(".yaml", "")}: ${figures.join(", ")}`);
  await page.close();
}
await browser.close();
