// What a server does to the files of the page, and what the page says then.
import { expect, running } from "./fixtures.js";
import { keepText, wholeText } from "./page.js";

export const TEXT = "# mine 我的\napiVersion: batch/v1\nkind: Job\nmetadata: {name: kept}\n";

export const FILES = {
  "the sheet of the first picture": /\/first[^/]*\.css/,
  "the style sheet": /\/style[^/]*\.css/,
  "the script": /\/web(-\w+)?\.js/,
  "the program": /web_bg[^/]*\.wasm/,
  "the language": /web_split_(en|zh)[^/]*\.wasm/,
};

export const damaged = (change) => async (route) => {
  // The test may be over before a second try is answered.
  const answer = await route.fetch().catch(() => null);
  if (answer) await route.fulfill({ response: answer, ...(await change(answer)) });
};
const html = () => ({ body: "<!doctype html><title>Welcome</title>", contentType: "text/html", status: 200 });
const half = async (answer) => {
  const whole = await answer.body();
  return { body: whole.subarray(0, whole.length / 2) };
};
export const status = (number) => (route) => route.fulfill({ status: number, body: "no", contentType: "text/plain" });

// What is answered, and the kind of words that are said about it.
export const FAILURES = {
  "is not fetched": [(route) => route.abort(), "network"],
  "is not there": [status(404), "missing"],
  "is an error of the server": [status(503), "server"],
  "is another file": [damaged(html), "damaged"],
  "is cut off": [damaged(half), "damaged"],
  "never comes": [() => {}, "slow"],
};
export const NEVER = "never comes";

// Every kind of words, and how the page looks without each file: seen in both languages and widths.
export const isLookedAt = (file, failure) => file === "the program" || failure === "is not there";

const WORDS = {
  network: ["Is there a network", "请检查网络是否可用"],
  missing: ["not on the server", "服务器上缺少"],
  server: ["answers with an error", "服务器返回了错误"],
  damaged: ["came incomplete", "不完整"],
  slow: ["has not sent everything yet", "还没有把所有文件发送完"],
  noWasm: ["does not run WebAssembly", "没有运行 WebAssembly"],
};
export const words = (kind, { project }) => WORDS[kind][project.use.locale === "zh-CN" ? 1 : 0];

export const failed = (page) => page.locator("#failed");
export const within = { timeout: 10_000 };

// What the browser itself says about such files is no fault of the page.
export const unloaded = {
  serviceWorkers: "block",
  provoked: /ERR_|Failed to|MIME|status of|SyntaxError|Unexpected|Invalid or|WebAssembly|dynamically imported|preload|^$/,
};

export const keepOwn = ({ page }) => keepText(page, TEXT);

// Ten seconds pass at once for the timers of a page whose clock is installed. Again, if they were not set yet.
export const tenSecondsLater = (page) =>
  expect(async () => {
    await page.clock.fastForward(10_000);
    await expect(failed(page)).toBeVisible({ timeout: 300 });
  }).toPass(within);

// Says what is wrong, has the text, and opens once the file is as it should be.
export async function fails(page, info, pattern, [answer, kind]) {
  await page.route(pattern, answer);
  await page.goto("./", { waitUntil: "commit" });
  await expect(failed(page)).toContainText(words(kind, info), within);
  await expect(failed(page).locator("textarea")).toHaveValue(TEXT);
}

export async function opensAgain(page, pattern) {
  await page.unroute(pattern);
  await failed(page).getByRole("button").first().click();
  await running(page);
  expect(await wholeText(page)).toBe(TEXT);
}
