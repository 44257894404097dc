// How long a key takes: from the key to findings and picture of the new text, laid out, on a spec of 200 lines. Prints
// `typing: MEDIAN ms, WORST ms, BUSY ms`; BUSY is what the page's thread took of the processor per key, on average, for
// all of script, styles, layout and paint: the others are longer where other programs run.
import { chromium } from "@playwright/test";

const KEYS = 200;
const HEAD = `apiVersion: batch/v1
kind: Job
metadata:
  name: long
spec:
  parallelism: 3
  completions: 12
  backoffLimit: 3
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: busybox:1.36
        command: [sh, -c, "sleep 5"]
        env:
`;
const ENV = Array.from({ length: 92 }, (_, number) => `        - name: NAME_${number}\n          value: "${number}"\n`);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(process.env.JOB_PLAYGROUND_URL);
while (!(await page.evaluate(() => Boolean(window.wasmBindings?.is_whole()))));
await page.locator("#spec-text").fill(HEAD + ENV.join(""));
await page.evaluate(() => {
  const box = document.getElementById("spec-text");
  const behind = box.value.indexOf("name: long") + "name: long".length;
  box.setSelectionRange(behind, behind);
  window.times = [];
  let start = 0;
  const { port1, port2 } = new MessageChannel();
  // The next task: everything that the key has set off is done by then, but for the layout.
  port2.onmessage = () => {
    document.querySelector(".film").getBoundingClientRect();
    window.times.push(performance.now() - start);
  };
  box.addEventListener("keydown", () => { start = performance.now(); }, true);
  box.addEventListener("input", () => port1.postMessage(0), true);
});
await page.locator("#spec-text").focus();
const devtools = await page.context().newCDPSession(page);
await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
const busy = async () => {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find((metric) => metric.name === "TaskDuration").value * 1000;
};
const before = await busy();
for (let key = 0; key < KEYS; key += 1) {
  // Words that stand, fall and stand again: the run changes, errors come and go.
  await page.keyboard.press(key % 20 < 10 ? "abcdefghij"[key % 10] : "Backspace");
  await page.waitForTimeout(30);
}
const mean = ((await busy()) - before) / KEYS;
const times = (await page.evaluate(() => window.times)).sort((a, b) => a - b);
const figures = [times[Math.floor(times.length / 2)], times.at(-1), mean];
console.log(`typing: ${figures.map((figure) => `${figure.toFixed(1)} ms`).join(", ")}`);
await browser.close();
