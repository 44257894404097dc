// Whatever of the page cannot be loaded: within ten seconds there are words that say so and what to do, in the reader's
// language, and the text that would have been opened. Each kind of words, and how the page looks without each file;
// each failure of each file: once/loading.spec.js.
import { barriers, expect, running, test } from "./fixtures.js";
import { editor } from "./page.js";
import { FAILURES, FILES, NEVER, TEXT, failed, fails, isLookedAt, keepOwn, opensAgain, unloaded, within, words } from "./loading.js";

test.use(unloaded);
test.beforeEach(keepOwn);

for (const [file, pattern] of Object.entries(FILES)) {
  for (const [failure, [answer, kind]] of Object.entries(FAILURES)) {
    if (failure === NEVER || !isLookedAt(file, failure)) continue;
    test(`${file} ${failure}`, async ({ page }, info) => {
      await fails(page, info, pattern, [answer, kind]);
      expect(await barriers(page)).toEqual([]);
      await opensAgain(page, pattern);
    });
  }
}

test("what is late is told within ten seconds, and opens after all", async ({ page }, info) => {
  let send = () => {};
  const wait = (route) => new Promise((resolve) => (send = () => resolve(route.continue())));
  await fails(page, info, FILES["the program"], [wait, "slow"]);
  expect(await barriers(page)).toEqual([]);
  send();
  await running(page);
  await expect(failed(page)).toHaveCount(0);
  await expect(editor(page)).toHaveValue(TEXT);
});

test("a browser without WebAssembly", async ({ page }, info) => {
  await page.addInitScript(() => delete window.WebAssembly);
  await page.goto("./");
  await expect(failed(page)).toContainText(words("noWasm", info), within);
  await expect(failed(page).locator("textarea")).toHaveValue(TEXT);
  expect(await barriers(page)).toEqual([]);
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
