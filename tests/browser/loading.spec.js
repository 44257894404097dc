// Whatever of the page cannot be loaded: within ten seconds there are words that say so and what to do, in the reader's
// language, and the text that would have been opened.
import { readFileSync } from "node:fs";
import { barriers, expect, open, running, test } from "./fixtures.js";
import { editor, keepText, setSpec, showRun, wholeText } from "./page.js";

const TEXT = "# mine 我的\napiVersion: batch/v1\nkind: Job\nmetadata: {name: kept}\n";
const golden = (name) => readFileSync(new URL(`../links/${name}`, import.meta.url), "utf8");

const ZONED = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 3 * * *"
  timeZone: Asia/Shanghai
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}}}
`;

const FILES = {
  "the sheet of the first picture": /\/first[^/]*\.css/,
  "the style sheet": /\/style[^/]*\.css/,
  "the script": /\/web(-\w+)?\.js/,
  "the program": /web_bg[^/]*\.wasm/,
  "the language": /web_split_(en|zh)[^/]*\.wasm/,
};

const damaged = (change) => async (route) => {
  // The test may be over before a second try is answered.
  const answer = await route.fetch().catch(() => null);
  if (answer) await route.fulfill({ response: answer, ...(await change(answer)) });
};
const html = () => ({ body: "<!doctype html><title>Welcome</title>", contentType: "text/html", status: 200 });
const half = async (answer) => {
  const whole = await answer.body();
  return { body: whole.subarray(0, whole.length / 2) };
};
const status = (number) => (route) => route.fulfill({ status: number, body: "no", contentType: "text/plain" });

const FAILURES = {
  "is not fetched": [(route) => route.abort(), "network"],
  "is not there": [status(404), "missing"],
  "is an error of the server": [status(503), "server"],
  "is another file": [damaged(html), "damaged"],
  "is cut off": [damaged(half), "damaged"],
  "never comes": [() => {}, "slow"],
};

const WORDS = {
  network: ["Is there a network", "请检查网络是否可用"],
  missing: ["not on the server", "服务器上缺少"],
  server: ["answers with an error", "服务器返回了错误"],
  damaged: ["came incomplete", "不完整"],
  slow: ["has not sent everything yet", "还没有把所有文件发送完"],
  noWasm: ["does not run WebAssembly", "没有运行 WebAssembly"],
};

const words = (kind, { project }) => WORDS[kind][project.use.locale === "zh-CN" ? 1 : 0];
const failed = (page) => page.locator("#failed");
const within = { timeout: 10_000 };

// What the browser itself says about such files is no fault of the page.
test.use({
  serviceWorkers: "block",
  provoked: /ERR_|Failed to|MIME|status of|SyntaxError|Unexpected|Invalid or|WebAssembly|dynamically imported|preload|^$/,
});

test.beforeEach(async ({ page }) => {
  await keepText(page, TEXT);
});

for (const [file, pattern] of Object.entries(FILES)) {
  for (const [failure, [answer, kind]] of Object.entries(FAILURES)) {
    test(`${file} ${failure}`, async ({ page }, info) => {
      await page.route(pattern, answer);
      await page.goto("./", { waitUntil: "commit" });
      await expect(failed(page)).toContainText(words(kind, info), within);
      await expect(failed(page).locator("textarea")).toHaveValue(TEXT);
      expect(await barriers(page)).toEqual([]);
      if (kind === "slow") return;
      await page.unroute(pattern);
      await failed(page).getByRole("button").first().click();
      await running(page);
      expect(await wholeText(page)).toBe(TEXT);
    });
  }

  test(`${file} fails once`, async ({ page }) => {
    let count = 0;
    await page.route(pattern, (route) => (count++ === 0 ? status(503)(route) : route.continue()));
    await open(page);
    expect(count).toBeGreaterThan(1);
    await expect(failed(page)).toHaveCount(0);
  });
}

for (const [failure, [answer]] of Object.entries(FAILURES)) {
  test(`the first script ${failure}`, async ({ page }) => {
    await page.route(/\/boot[^/]*\.js/, answer);
    await page.goto("./", { waitUntil: "commit" });
    for (const part of ["reload", "重新加载"]) {
      await expect(page.locator("#starting").getByRole("link", { name: part, exact: true })).toBeVisible(within);
    }
  });
}

for (const [failure, [answer]] of Object.entries(FAILURES)) {
  test(`the script before the first paint ${failure}`, async ({ page }, info) => {
    await page.route(/\/first[^/]*\.js/, answer);
    await page.goto("./", { waitUntil: "commit" });
    // It is in the next one, too; only one that is awaited holds the page up.
    if (failure === "never comes") await expect(failed(page)).toContainText(words("slow", info), within);
    else await running(page);
  });
}

test("what was late opens after all", async ({ page }, info) => {
  test.slow();
  let send = () => {};
  await page.route(/web_bg[^/]*\.wasm/, (route) => new Promise((resolve) => (send = () => resolve(route.continue()))));
  await page.goto("./", { waitUntil: "commit" });
  await expect(failed(page)).toContainText(words("slow", info), within);
  send();
  await running(page);
  await expect(failed(page)).toHaveCount(0);
  await expect(editor(page)).toHaveValue(TEXT);
});

test("a server that does not know the type of the program", async ({ page }) => {
  await page.route(/\.wasm/, damaged(() => ({ headers: { "content-type": "application/octet-stream" } })));
  await open(page);
});

test("a browser without WebAssembly", async ({ page }, info) => {
  await page.addInitScript(() => delete window.WebAssembly);
  await page.goto("./");
  await expect(failed(page)).toContainText(words("noWasm", info), within);
  await expect(failed(page).locator("textarea")).toHaveValue(TEXT);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says that it needs it", async ({ page }) => {
    await page.goto("./");
    const words = page.locator("noscript p");
    await expect(words).toContainText(["needs JavaScript", "需要 JavaScript"]);
    for (const one of await words.all()) await expect(one).toBeVisible();
  });
});

test.describe("the text of a link", () => {
  for (const [form, link, text] of [
    ["packed", golden("v1_0.link").trim(), golden("v1_0.yaml")],
    ["plain", `t=${Buffer.from(TEXT).toString("base64url")}`, TEXT],
  ]) {
    test(`is shown without the program: ${form}`, async ({ page }) => {
      await keepText(page, "other");
      await page.route(/\.wasm/, status(404));
      await page.goto(`./#${link}`);
      await expect(failed(page).locator("textarea")).toHaveValue(text, within);
    });
  }

  test("is the link itself where it cannot be read", async ({ page }) => {
    await page.route(/\.wasm/, status(404));
    await page.goto("./#v1.AAAA");
    await expect(failed(page).locator("textarea")).toHaveValue(/#v1\.AAAA$/, within);
  });
});

// Every n-th request fails. Whatever that hits, there are words or a page, and the text is there.
test("every n-th file fails, for every n", async ({ page }) => {
  test.slow();
  await keepText(page, ZONED);
  let [asked, every] = [0, 0];
  await page.route(/\.(js|css|wasm|bin|txt)(\?|$)/, (route) => {
    asked += 1;
    return every > 0 && asked % every === 0 ? route.abort() : route.continue();
  });
  await open(page);
  const all = asked;
  for (every = 1; every <= all + 1; every += 1) {
    asked = 0;
    await page.goto("./", { waitUntil: "commit" });
    const shown = page.locator(":is(#failed textarea, main.app, #starting a):visible");
    await expect(shown.first(), `every ${every}`).toBeVisible(within);
    if (await page.locator("main.app").isVisible()) expect(await wholeText(page)).toBe(ZONED);
    else if (await failed(page).isVisible()) await expect(failed(page).locator("textarea")).toHaveValue(ZONED);
    expect(await page.evaluate(() => localStorage.getItem("job-playground.text"))).toBe(ZONED);
  }
});

for (const [failure, [answer]] of Object.entries(FAILURES)) {
  test(`the rules of the time zones: ${failure}`, async ({ page }) => {
    await page.route("**/time-zones*", answer);
    await open(page);
    await setSpec(page, () => ZONED);
    await showRun(page);
    const notice = page.locator(".empty, .lastgood").filter({ hasText: "timeZone" });
    await expect(notice).toHaveCount(1, within);
    await page.unroute("**/time-zones*");
    await notice.getByRole("button").first().click();
    await expect(notice).toHaveCount(0);
    await expect.poll(() => page.locator(".stage").textContent()).toContain("7:00:00");
  });
}
