// What the texts of `hostile.js` cost in Chromium. A line per text; blocks are of the page's thread, in milliseconds of its
// processor, so that other programs on the machine do not count:
// `TEXT: opened after … ms, block … ms, … nodes, … MB; a key … ms, block … ms`.
import { chromium } from "@playwright/test";
import { CASES, cost, opened, quiet, typed } from "./hostile.js";

const wanted = process.argv[2] ?? "";
const figure = (value) => (value === undefined ? "–" : value.toFixed(0));

// The longest task while something is done, in milliseconds of the thread's processor, of all threads that run a page.
async function longest(browser, page, work) {
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline", "devtools.timeline"] });
  const result = await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const main = new Set(
    traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(({ tid }) => tid),
  );
  const tasks = traceEvents.filter(({ name, tid }) => name === "RunTask" && main.has(tid));
  return [result, Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000))];
}

async function line(browser, text) {
  const page = await browser.newPage({
    baseURL: process.env.JOB_PLAYGROUND_URL,
    serviceWorkers: "block",
    viewport: { width: 1440, height: 900 },
  });
  const [after, opening] = await longest(browser, page, async () => quiet(page, await opened(page, text), 150_000));
  const open = await cost(page);
  const [keys, typing] = await longest(browser, page, async () => {
    const times = await typed(page);
    await quiet(page, Date.now(), 20_000);
    return times.sort((a, b) => a - b);
  });
  const then = await cost(page);
  const nodes = Math.max(open.nodes, then.nodes);
  return `${figure(after)} ms, block ${figure(opening)} ms, ${nodes} nodes, ${figure(then.memory)} MB; key ${figure(keys[Math.floor(keys.length / 2)])} ms, block ${figure(typing)} ms`;
}

for (const [name, text] of Object.entries(CASES).filter(([name]) => name.includes(wanted))) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const late = new Promise((done) => setTimeout(() => done("no answer in 200 s"), 200_000));
  const said = await Promise.race([line(browser, text()).catch((error) => `failed: ${String(error).slice(0, 100)}`), late]);
  console.log(`${name}: ${said}`);
  await Promise.race([browser.close(), new Promise((done) => setTimeout(done, 3_000))]);
}
process.exit(0);
