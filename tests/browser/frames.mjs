// How long a frame takes while the playhead is dragged over runs of many pods, and how much memory the page holds then.
// A line per load: `NAME: MEDIAN ms, 95TH ms, WORST ms, BUSY ms, MEMORY MB`; BUSY is what the page's thread took of the
// processor per frame, on average: the others are longer where other programs run.
import { chromium } from "@playwright/test";
import { jobOf, keepText } from "./page.js";

const FRAMES = 200;
const PODS = [100, 1_000, 10_000, 100_000];

// Pods of three lengths; one in a hundred fails.
const text = (pods, mode) =>
  jobOf(pods, ["{match: {}, chance: 1%, run: 5s, exitCode: 1}", "{match: {}, chance: 30%, run: 17.3s}"], {
    name: "load",
    parallelism: pods / 10,
    mode,
    limit: `backoffLimit: ${pods}`,
  });

// From the pointer's event to the end of script, styles, layout and paint on the page's thread. Chromium hands pointer
// events to the page right before it draws, so there is next to no idle time in between.
const watch = () => {
  window.frameTimes = [];
  const channel = new MessageChannel();
  let start = null;
  channel.port1.onmessage = () => {
    window.frameTimes.push(performance.now() - start);
    start = null;
  };
  const begin = () => {
    if (start !== null) return;
    start = performance.now();
    requestAnimationFrame(() => channel.port2.postMessage(null));
  };
  addEventListener("pointermove", begin, { capture: true });
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu"],
});

async function measure(pods, mode) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  const page = await context.newPage();
  await keepText(page, text(pods, mode));
  await page.addInitScript(watch);
  await page.goto(process.env.JOB_PLAYGROUND_URL);
  await page.locator(".verdict b").first().waitFor({ timeout: 120_000 });
  // What is looked up once after a run is over by then.
  await page.waitForTimeout(1000);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find((metric) => metric.name === "TaskDuration").value * 1000;
  };
  const { x, y, width, height } = await page.locator(".scrub").first().boundingBox();
  const at = (frame) => x + 2 + ((width - 4) * frame) / FRAMES;
  await page.mouse.move(at(0), y + height / 2);
  await page.mouse.down();
  await page.evaluate(() => window.frameTimes.splice(0));
  const before = await busy();
  for (let frame = 1; frame <= FRAMES; frame += 1) await page.mouse.move(at(frame), y + height / 2);
  const mean = ((await busy()) - before) / FRAMES;
  await page.mouse.up();
  const times = (await page.evaluate(() => window.frameTimes)).sort((a, b) => a - b);
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize = 0 } = await devtools.send("Runtime.getHeapUsage");
  const wasm = await page.evaluate(() => window.wasmBindings.memory_bytes());
  await context.close();
  const share = (part) => `${times[Math.floor((times.length - 1) * part)].toFixed(1)} ms`;
  // The program's memory is among what backs the heap, where Chromium says how much that is.
  const memory = usedSize + Math.max(backingStorageSize, wasm);
  return [share(0.5), share(0.95), share(1), `${mean.toFixed(1)} ms`, `${(memory / 1e6).toFixed(0)} MB`].join(", ");
}

for (const mode of ["NonIndexed", "Indexed"]) {
  for (const pods of PODS) console.log(`${pods}-${mode}: ${await measure(pods, mode)}`);
}
await browser.close();
