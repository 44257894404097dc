// What the texts of `hostile.js` cost in Chromium. A line per text:
// `TEXT: opened after … ms, longest block … ms, … nodes, … MB; a key … ms, longest block … ms`.
import { chromium } from "@playwright/test";
import { CASES, cost, opened, quiet, typed } from "./hostile.js";

const wanted = process.argv[2] ?? "";
for (const [name, text] of Object.entries(CASES).filter(([name]) => name.includes(wanted))) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const page = await browser.newPage({
    baseURL: process.env.JOB_PLAYGROUND_URL,
    serviceWorkers: "block",
    viewport: { width: 1440, height: 900 },
  });
  let died = "";
  page.on("crash", () => (died = " CRASHED"));
  page.on("pageerror", (error) => (died = ` ${String(error).slice(0, 80)}`));
  const line = await Promise.race([
    (async () => {
      const start = await opened(page, text());
      const after = await quiet(page, start, 150_000);
      const open = await cost(page);
      await page.evaluate(() => (window.blocks = []));
      const keys = (await typed(page)).sort((a, b) => a - b);
      await quiet(page, Date.now(), 20_000);
      const then = await cost(page);
      const figure = (value) => (value === undefined ? "–" : value.toFixed(0));
      return `${figure(after)} ms, block ${figure(open.block)} ms, ${Math.max(open.nodes, then.nodes)} nodes, ${figure(then.memory)} MB; key ${figure(keys[Math.floor(keys.length / 2)])} ms, block ${figure(then.block)} ms`;
    })().catch((error) => `failed: ${String(error).slice(0, 100)}`),
    new Promise((done) => setTimeout(() => done("no answer in 200 s"), 200_000)),
  ]);
  console.log(`${name}: ${line}${died}`);
  await Promise.race([browser.close(), new Promise((done) => setTimeout(done, 3_000))]);
}
process.exit(0);
