// What broke the page is not opened again without a question, however it broke, and nothing else is held back.
import { expect, open, running, test } from "../fixtures.js";
import { editor } from "../page.js";
import { OTHER, TEXT, breakDown, isLoaded, link, marks, openOwn, panel, provoked, quiet } from "../panic.js";

test.use({ provoked });

test("one's own text that broke the page can be changed and is run once one says so", async ({ page }) => {
  await openOwn(page, TEXT);
  await breakDown(page);
  await expect(panel(page).locator("textarea")).toHaveValue(TEXT);
  await page.reload();
  await expect(quiet(page).locator("textarea")).toHaveValue(TEXT);

  // What is written is kept, and still not run.
  await quiet(page).locator("textarea").fill(OTHER);
  await page.reload();
  await expect(quiet(page).locator("textarea")).toHaveValue(OTHER);
  expect(await isLoaded(page)).toBe(false);

  await quiet(page).getByRole("button").first().click();
  await running(page);
  await expect(editor(page)).toHaveValue(OTHER);
  await expect(page.locator(".guest")).toHaveCount(0);
  await page.reload();
  await running(page);
  await expect(editor(page)).toHaveValue(OTHER);
});

test("other texts open as ever", async ({ page }) => {
  await openOwn(page, TEXT);
  await breakDown(page);
  await expect(panel(page)).toBeVisible();
  await page.goto(`./?other${link(OTHER)}`);
  await running(page);
  await expect(editor(page)).toHaveValue(OTHER);
  // Back to the one that broke it: by a press, so the page is loaded anew, and asks.
  await page.locator(".guest .ring").click();
  await expect(quiet(page).locator("textarea")).toHaveValue(TEXT);
  expect(await isLoaded(page)).toBe(false);
});

test("the same text by another address is held back, too", async ({ page }) => {
  await openOwn(page, TEXT);
  await breakDown(page);
  await expect(panel(page)).toBeVisible();
  await page.goto(`./?other${link(TEXT)}`);
  await expect(quiet(page).locator("textarea")).toHaveValue(TEXT);
});

// The mark is never removed: as if the page hung before it could show the text.
const hang = (page) =>
  page.addInitScript(() => {
    let own;
    Object.defineProperty(window, "jobPlayground", {
      get: () => own,
      set: (value) => (own = { ...value, shown: () => { for (;;); } }),
    });
  });

test("a tab that hung and was closed", async ({ page, context }) => {
  await page.close();
  const hung = await context.newPage();
  await hang(hung);
  await hung.goto(`./${link(TEXT)}`, { waitUntil: "commit" });
  await new Promise((resolve) => setTimeout(resolve, 3_000));

  // While it hangs, another tab finds nobody who answers.
  const tab = await context.newPage();
  await tab.goto(`./${link(TEXT)}`);
  await expect(quiet(tab).locator("textarea")).toHaveValue(TEXT);
  expect(await isLoaded(tab)).toBe(false);
  await hung.close();

  await tab.reload();
  await expect(quiet(tab)).toBeVisible();
  await quiet(tab).getByRole("button").first().click();
  await running(tab);
  await expect.poll(() => marks(tab)).toBe(0);
});

test("a tab that is merely busy answers for its text", async ({ page, context }) => {
  // It never shows the text, and does not hang.
  await page.addInitScript(() => {
    let own;
    Object.defineProperty(window, "jobPlayground", { get: () => own, set: (value) => (own = { ...value, shown() {} }) });
  });
  await open(page, `./${link(TEXT)}`);
  expect(await marks(page)).toBe(1);
  const tab = await context.newPage();
  await tab.goto(`./${link(TEXT)}`);
  await running(tab);
  await expect(quiet(tab)).toHaveCount(0);
  await tab.close();

  // Reloaded in the midst of it: whoever can leave does not hang.
  await page.reload();
  await running(page);
  await expect(quiet(page)).toHaveCount(0);
});

test("a page that stood still for long is not trusted when it is left", async ({ page }) => {
  await page.addInitScript(() => {
    let own;
    Object.defineProperty(window, "jobPlayground", { get: () => own, set: (value) => (own = { ...value, shown() {} }) });
  });
  await open(page, `./${link(TEXT)}`);
  await page.evaluate(() => {
    for (const start = performance.now(); performance.now() - start < 6_000; );
  });
  await page.reload();
  await expect(quiet(page).locator("textarea")).toHaveValue(TEXT);
});

test.describe("where nothing is kept", () => {
  test("a text that broke the page is held back all the same", async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    });
    await open(page, `./${link(TEXT)}`);
    await breakDown(page);
    await expect(panel(page).locator("textarea")).toHaveValue(TEXT);
    await panel(page).getByRole("button").first().click();
    await expect(quiet(page).locator("textarea")).toHaveValue(TEXT);
    await page.reload();
    await expect(quiet(page).locator("textarea")).toHaveValue(TEXT);
    await quiet(page).locator("textarea").fill(OTHER);
    await expect(quiet(page).getByRole("status")).not.toBeEmpty();
    await quiet(page).getByRole("button").first().click();
    await running(page);
    await expect(editor(page)).toHaveValue(OTHER);
  });
});

for (const [name, raise] of [
  ["a trap", () => new WebAssembly.RuntimeError("memory access out of bounds")],
  ["a stack that is too deep", () => new RangeError("Maximum call stack size exceeded")],
]) {
  test.describe(name, () => {
    test.use({ provoked: /out of bounds|call stack/ });

    for (const way of ["thrown", "rejected"]) {
      test(`${way} shows the panel`, async ({ page }) => {
        await open(page);
        const reason = await page.evaluate(`(${raise})().message`);
        await page.evaluate(
          way === "thrown" ? `setTimeout(() => { throw (${raise})(); }), 0` : `Promise.reject((${raise})()), 0`,
        );
        await expect(panel(page).locator("pre")).toContainText(reason);
      });
    }
  });
}
