// The program in chunks: what is not there yet, or not at all, says so and can be asked for again; what is there works.
import { readFileSync } from "node:fs";
import { barriers, expect, open, running, test } from "../fixtures.js";
import { editor, keepText, stepNumber, transport, wholeText } from "../page.js";

const CONSOLE = /web_split_console[^/]*\.wasm/;
const CHUNKS = { check: /web_split_check[^/]*\.wasm/, more: /web_split_more[^/]*\.wasm/, zh: /web_split_zh[^/]*\.wasm/ };
const REFUSED = `apiVersion: batch/v1
kind: Job
metadata: {name: refused}
spec:
  completions: -1
  template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}
`;
const EXAMPLE = readFileSync(new URL("../../../src/examples/two-failures.yaml", import.meta.url), "utf8");
const GOOD = REFUSED.replace("-1", "1").replace("refused", "good");

// What the browser itself says about such files is no fault of the page.
test.use({ serviceWorkers: "block", provoked: /ERR_|Failed to|status of|WebAssembly|preload|\.wasm/ });

const FAILURES = {
  "is not fetched": (route) => route.abort(),
  "is not there": (route) => route.fulfill({ status: 404, body: "no", contentType: "text/plain" }),
  "is an error of the server": (route) => route.fulfill({ status: 503, body: "no", contentType: "text/plain" }),
  "is another file": (route) => route.fulfill({ status: 200, body: "<!doctype html>", contentType: "text/html" }),
  "is cut off": async (route) => {
    const answer = await route.fetch().catch(() => null);
    const body = await answer?.body();
    if (body) await route.fulfill({ response: answer, body: body.subarray(0, body.length / 2) });
  },
  "never comes": () => {},
};
const within = { timeout: 12_000 };

// Holds a file back until it is let go.
async function held(page, pattern) {
  const waiting = [];
  let isHeld = true;
  await page.route(pattern, (route) => (isHeld ? waiting.push(route) : route.continue()));
  return () => {
    isHeld = false;
    return Promise.all(waiting.map((route) => route.continue()));
  };
}

const started = (page) => expect.poll(() => page.evaluate(() => Boolean(window.wasmBindings))).toBe(true);
const verdict = (page) => page.locator("#verdict");
const again = (within) => within.getByRole("button", { name: "Try again" });
const why = (page) => page.locator("#why-region");
const details = (page) => page.locator(".side");

test("the first text is shown and stepped through before the rest is there", async ({ page }) => {
  // As one's own: no film stands there before.
  await keepText(page, EXAMPLE);
  const letCheck = await held(page, CHUNKS.check);
  const letMore = await held(page, CHUNKS.more);
  await page.goto("./");
  await started(page);
  await expect(page.locator(".lanes .lane").first()).toBeVisible();
  const step = await stepNumber(page);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => stepNumber(page)).toBe(step + 1);
  await expect(verdict(page)).toHaveText("checking…");
  await expect(why(page)).toContainText("still loading");
  await expect(details(page)).toContainText("still loading");
  const lanes = await page.locator(".lanes").boundingBox();
  await letCheck();
  await expect(verdict(page)).toContainText("valid");
  await letMore();
  await expect(why(page).locator("#why")).toBeVisible();
  await expect(details(page).locator(".events li").first()).toBeVisible();
  expect(await page.locator(".lanes").boundingBox()).toEqual(lanes);
  await running(page);
});

test("a film stands until the program can be asked why, too", async ({ page }) => {
  const letMore = await held(page, CHUNKS.more);
  await page.goto("./");
  await started(page);
  const film = page.locator("job-playground:visible");
  await expect(film.locator(".position b")).toHaveText("12");
  await page.keyboard.press("ArrowRight");
  await expect(film.locator(".position b")).toHaveText("13");
  await expect(page.locator("main.app")).toHaveCount(0);
  await letMore();
  await expect(why(page).locator("#why")).toBeVisible();
  expect(await stepNumber(page)).toBe(13);
  await running(page);
});

test("a text of one's own is checked before it is run", async ({ page }) => {
  await keepText(page, REFUSED);
  const letCheck = await held(page, CHUNKS.check);
  await page.goto("./");
  await started(page);
  await expect(page.locator(".empty")).toContainText("Recording");
  await expect(page.locator(".lanes")).toHaveCount(0);
  await letCheck();
  await expect(verdict(page)).toContainText("1 refused");
  await expect(page.locator(".lanes")).toHaveCount(0);
});

test("what is typed while the rest is late is kept, and run when it is there", async ({ page }) => {
  const letCheck = await held(page, CHUNKS.check);
  await page.goto("./");
  await started(page);
  const spec = await editor(page).inputValue();
  await editor(page).fill(spec.replace("backoffLimit: 3", "backoffLimit: 1"));
  expect(await wholeText(page)).toContain("backoffLimit: 1");
  // The run of the text before stays, and is not taken for this one's.
  await expect(page.locator(".app.stale")).toBeVisible();
  await letCheck();
  await expect(page.locator(".app.stale")).toHaveCount(0);
  await expect(page.locator(".verdict b")).toHaveText("Failed");
  await expect(verdict(page)).toContainText("valid");
});

for (const [failure, answer] of Object.entries(FAILURES)) {
  test(`the rules: the file ${failure}`, async ({ page }) => {
    await keepText(page, GOOD);
    await page.route(CHUNKS.check, answer);
    await page.goto("./");
    await started(page);
    const empty = page.locator(".empty");
    await expect(empty).toContainText("The text has not been run", within);
    await expect(verdict(page)).toContainText("not checked");
    await expect(page.locator(".lanes")).toHaveCount(0);
    expect(await barriers(page)).toEqual([]);
    await page.unroute(CHUNKS.check);
    await again(empty).click();
    await expect(verdict(page)).toContainText("valid");
    await expect(page.locator(".lanes .lane").first()).toBeVisible();
    await running(page);
  });

  test(`WHY and details: the file ${failure}`, async ({ page }) => {
    await page.route(CHUNKS.more, answer);
    await page.goto("./");
    await started(page);
    await expect(why(page)).toContainText("could not be loaded", within);
    await expect(details(page)).toContainText("could not be loaded");
    await expect(page.locator(".lanes .lane").first()).toBeVisible();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Share" }).first().click();
    const instead = page.locator(".late.over-page");
    await expect(instead).toContainText("could not be loaded");
    await instead.getByRole("button", { name: "Close" }).click();
    await expect(instead).toHaveCount(0);
    await page.unroute(CHUNKS.more);
    await again(why(page)).click();
    await expect(why(page).locator("#why")).toBeVisible();
    await page.getByRole("button", { name: "Share" }).first().click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await running(page);
  });

  test(`the other language: the file ${failure}`, async ({ page }) => {
    await page.route(CHUNKS.zh, answer);
    await open(page);
    await page.getByRole("button", { name: "中文" }).click();
    const toast = page.locator(".toast");
    await expect(toast).toContainText("The words for 中文 could not be loaded", within);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.unroute(CHUNKS.zh);
    await again(toast).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await expect(page.getByRole("button", { name: "English" })).toBeVisible();
  });
}

test("a fault while edits are missing says so, and works once they are there", async ({ page }) => {
  await page.route(CHUNKS.check, FAILURES["is not there"]);
  await page.goto("./");
  await started(page);
  await expect(verdict(page)).toContainText("not checked");
  const text = await wholeText(page);
  const evict = page.locator(".tray button:not([aria-disabled])").first();
  await evict.click();
  await expect(page.locator(".toast")).toContainText(/loading|could not be loaded/);
  expect(await wholeText(page)).toBe(text);
  await page.unroute(CHUNKS.check);
  // What was asked for in vain has asked for the missing file as well.
  await expect(async () => {
    await evict.click();
    expect(await wholeText(page)).not.toBe(text);
  }).toPass();
  await running(page);
});

test("what could not be had for want of a network comes with it", async ({ page }) => {
  await page.route(CHUNKS.more, FAILURES["is not fetched"]);
  await page.goto("./");
  await started(page);
  await expect(why(page)).toContainText("could not be loaded");
  await page.unroute(CHUNKS.more);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(why(page).locator("#why")).toBeVisible();
});

test.describe("without a network", () => {
  test.use({ serviceWorkers: "allow", provoked: /ERR_INTERNET_DISCONNECTED/ });

  test("all chunks are there, the other language too", async ({ page, context }) => {
    await open(page);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.reload();
    await running(page);
    await context.setOffline(true);
    await page.reload();
    await running(page);
    await page.getByRole("button", { name: "中文" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await transport(page, 1).click();
    await expect(why(page).locator("#why")).toBeVisible();
  });
});

test("the console comes when it is opened, and can be asked for again", async ({ page }) => {
  let asked = 0;
  await page.route(CONSOLE, (route) => {
    asked += 1;
    return FAILURES["is not there"](route);
  });
  await open(page);
  expect(asked).toBe(0);
  await page.getByRole("tab", { name: "Console" }).click();
  await expect(again(details(page))).toBeVisible(within);
  await page.unroute(CONSOLE);
  await again(details(page)).click();
  await page.locator("#console-line").fill("kubectl get jobs");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log")).toContainText("COMPLETIONS");
});

test("a command that is asked for before the console is there runs when it comes", async ({ page }) => {
  const letConsole = await held(page, CONSOLE);
  await open(page);
  await page.locator(".why .command").click();
  await expect(details(page)).toContainText("still loading");
  await letConsole();
  await expect(page.getByRole("log").locator(".out-row").first()).toBeVisible();
});

test("the question of a lesson takes the focus when it comes", async ({ page }) => {
  const letMore = await held(page, CHUNKS.more);
  await page.goto("./#lesson/six-retries");
  await started(page);
  await letMore();
  await expect(page.locator(".ask input").first()).toBeFocused(within);
});
