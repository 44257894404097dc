// Texts that were made to break the page, and how the page bears them: the longest block of its thread, the nodes of its
// document, and the memory of its program. Written out where they are small, else made here.

const repeat = (count, piece) => Array.from({ length: count }, (_, number) => piece(number));

const CONTAINER = "restartPolicy: Never, containers: [{name: m, image: b}]";
const scenario = (lines) => `---
apiVersion: job-playground/v1
kind: Scenario
spec:
  kubernetes: "1.36"
${lines}`;
const cronJob = (schedule, until = "9600h", behaviors = "") => `apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec:
  schedule: "${schedule}"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - {name: main, image: "busybox:1.36"}
${scenario(`  until: ${until}\n${behaviors}`)}`;
const oneContainer = (command) => `apiVersion: batch/v1
kind: Job
metadata: {name: pi}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: main, image: b, command: [sh, -c, "${command}"]}
`;
const job = (name, spec) =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec:\n  ${spec}template: {spec: {${CONTAINER}}}\n`;
const minified = (name) =>
  `{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"${name}"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"m","image":"b"}]}}}}`;

// A ConfigMap for which a pod waits for ten days is looked for in all these patterns, which do not mean it.
const missing = (patterns) =>
  job("pi", "").replace("image: b", `image: b, envFrom: [{configMapRef: {name: ${"a".repeat(253)}}}]`) +
  scenario(`  cluster: {missing: [${[...patterns, "*"].map((pattern) => `'ConfigMap/${pattern}'`).join(", ")}]}\n`);

export const CASES = {
  "a shell script that doubles a variable": () => oneContainer(`X=x;${"X=$X$X;".repeat(80)}exit 1`),
  "a chain of 20,000 commands": () => oneContainer("true && ".repeat(20_000) + "true"),
  "9,000 aliases of a long scalar": () =>
    `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: &a "${"x".repeat(200_000)}"\n  labels:\n` +
    repeat(9_000, (n) => `    k${n}: *a\n`).join(""),
  "6,000 Jobs on one line": () =>
    `{"apiVersion":"v1","kind":"List","items":[${repeat(6_000, (n) => minified(`j${n}`)).join(",")}]}`,
  "400,000 brackets on one line": () => "[".repeat(400_000),
  "600 KB of Chinese on one line": () => `kind: Job\nname: ${"任务：甲，".repeat(40_000)}\n`,
  "60,000 unknown fields": () =>
    `{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {${repeat(60_000, (n) => `u${n}: 1`).join(",")}}}`,
  "9,000 lines of unknown fields": () =>
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n${repeat(9_000, (n) => `  u${n}: 1\n`).join("")}`,
  "a CronJob each minute for 400 days": () => cronJob("* * * * *"),
  "overlapping runs that never end": () => cronJob("* * * * *", "9600h", "  behaviors: [{run: forever}]\n"),
  "a schedule of 75 KB": () => cronJob(`${"0-59,".repeat(14_999)}0-59 * * * *`),
  "3,000 CronJobs": () =>
    "apiVersion: v1\nkind: List\nitems:\n" +
    repeat(
      3_000,
      (n) =>
        `- {apiVersion: batch/v1, kind: CronJob, metadata: {name: c${n}}, spec: {schedule: "* * * * *", jobTemplate: {spec: {template: {spec: {${CONTAINER}}}}}}}\n`,
    ).join(""),
  "2,000 merge keys": () =>
    `x: &x {${repeat(2_000, (n) => `k${n}: ${n}`).join(",")}}\n${repeat(2_000, (n) => `a${n}: {<<: *x}\n`).join("")}`,
  "1,000 Jobs": () => repeat(1_000, (n) => job(`job-${n}`, "")).join("---\n"),
  "50 Jobs of 50 pods": () => repeat(50, (n) => job(`job-${n}`, "parallelism: 50\n  completions: 50\n  ")).join("---\n"),
  "2,000 inputs": () =>
    `${job("many", "parallelism: 20\n  completions: 200\n  backoffLimit: 2000\n  ")}${scenario(
      `  inputs:\n${repeat(2_000, (n) => `  - {at: ${n * 3}s, evict: {pod: ${n + 1}}}\n`).join("")}`,
    )}`,
  "a Job suspended and resumed 1,000 times": () =>
    `${job("many", "parallelism: 2\n  completions: 50\n  ")}${scenario(
      `  behaviors: [{run: 1h}]\n  inputs:\n${repeat(
        2_000,
        (n) => `  - {at: ${n + 1}s, patch: {spec: {suspend: ${n % 2 === 0}}}}\n`,
      ).join("")}`,
    )}`,
  "60 indexes of 40 attempts": () =>
    job(
      "tries",
      "completions: 60\n  parallelism: 60\n  completionMode: Indexed\n  backoffLimitPerIndex: 40\n  maxFailedIndexes: 60\n  ",
    ) + scenario("  behaviors: [{run: 1s, exitCode: 1}]\n"),
  "20 CronJobs of 100 times": () =>
    repeat(
      20,
      (n) =>
        `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c${n}}\nspec: {schedule: "* * * * *", jobTemplate: {spec: {template: {spec: {${CONTAINER}}}}}}\n---\n`,
    ).join("") + scenario("  until: 100m\n").slice(4),
  "lines of many small pieces": () =>
    `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\n  annotations:\n${repeat(
      300,
      (n) => `    a${n}: "${n}" #${" {a: 1, b: 2}".repeat(3)}\n    # x\n`,
    ).join("")}spec: {template: {spec: {${CONTAINER}}}}\n---\n${repeat(200, () => `- [${"1, ".repeat(120)}{a: true}]\n`).join("")}`,
  "a name of 500 KB": () => job("a".repeat(500_000), ""),
  "an image's name of 500 KB": () => job("pi", "").replace("image: b", `image: ${"a".repeat(500_000)}`),
  "900 patterns of objects that are missing": () => missing(repeat(900, (n) => `${"*a".repeat(40)}b${n}`)),
  "a pattern of 400 KB": () => missing(["a*".repeat(200_000) + "b"]),
  "150,000 pods": () => job("crowd", "parallelism: 75000\n  completions: 75000\n  completionMode: Indexed\n  "),
};

// Opens a page with a text of one's own and an eye on its thread. `quick`: does not wait until the run is recorded.
export async function opened(page, text) {
  await page.addInitScript((own) => {
    if (!localStorage.getItem("hostile")) {
      localStorage.setItem("hostile", "1");
      localStorage.setItem("job-playground.text", own);
    }
    window.blocks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.blocks.push([entry.startTime, entry.duration]);
    }).observe({ type: "longtask", buffered: true });
  }, text);
  const start = Date.now();
  await page.goto("./");
  await page.waitForFunction(() => Boolean(window.wasmBindings?.is_whole()), null, { timeout: 120_000 });
  return start;
}

// Waits until the run is recorded and the page has been quiet for so long. Returns the milliseconds it took.
export async function quiet(page, start, timeout = 240_000, calm = 1_500) {
  let last = Date.now();
  let seen = "";
  while (Date.now() - start < timeout) {
    const now = await page.evaluate(() => `${window.blocks.length} ${Boolean(document.querySelector(".recording") ?? document.querySelector(".stage > .empty > p:only-child"))}`);
    if (now !== seen || now.endsWith("true")) last = Date.now();
    seen = now;
    if (Date.now() - last > calm) break;
    await page.waitForTimeout(100);
  }
  return last - start;
}

// Types letters at the end of the first name; returns how long the page's thread was blocked by each, layout and paint
// counted in.
export async function typed(page, letters = "abc") {
  const box = page.locator("#spec-text");
  if (!(await box.isVisible())) return [];
  await box.evaluate((area) => {
    area.focus();
    const name = /name: *"?[a-z0-9]/.exec(area.value);
    const at = name ? name.index + name[0].length : 1;
    area.setSelectionRange(at, at);
    window.keys = [];
    const { port1, port2 } = new MessageChannel();
    let begun = 0;
    port2.onmessage = () => {
      document.body.getBoundingClientRect();
      window.keys.push(performance.now() - begun);
    };
    area.addEventListener("keydown", () => { begun = performance.now(); }, true);
    area.addEventListener("input", () => port1.postMessage(0), true);
  });
  for (const letter of letters) {
    await page.keyboard.press(letter);
    await page.waitForTimeout(400);
  }
  return page.evaluate(() => window.keys);
}

// What the page costs now.
export const cost = (page) =>
  page.evaluate(() => {
    let nodes = 0;
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    while (walker.nextNode()) nodes += 1;
    return {
      nodes,
      block: Math.max(0, ...window.blocks.map(([, length]) => length)),
      memory: window.wasmBindings.memory_bytes() / 1e6,
    };
  });
