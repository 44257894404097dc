// The page comes back from anything, and what broke it is not opened again without a question.
// What is left, in both languages and widths; in which cases: once/panic.spec.js.
import { barriers, expect, open, running, test } from "./fixtures.js";
import { editor } from "./page.js";
import { TEXT, breakDown, data, isLoaded, link, marks, panel, provoked, quiet } from "./panic.js";

test.use({ provoked });

test("a program that breaks leaves the text, a link and a way back", async ({ page }) => {
  await open(page, `./${link(TEXT)}`);
  await expect(editor(page)).toHaveValue(TEXT);
  await breakDown(page);

  await expect(panel(page)).toBeVisible();
  await expect(panel(page).locator("textarea")).toHaveValue(TEXT);
  await expect(panel(page).locator("pre")).toContainText("the reason");
  await expect(panel(page).locator("pre")).toContainText("src/web/browser/exports.rs");
  await expect(panel(page).locator("a")).toHaveAttribute("href", new RegExp(`#t=\\.${data(TEXT)}\\.[\\w-]{4}$`));
  const href = await panel(page).locator("a").getAttribute("href");
  expect(await barriers(page)).toEqual([]);

  await panel(page).getByRole("button").first().click();
  await expect(quiet(page).locator("textarea")).toHaveValue(TEXT);
  expect(await isLoaded(page)).toBe(false);
  expect(await barriers(page)).toEqual([]);

  // As often as one likes, and in another tab too.
  await page.reload();
  await expect(quiet(page)).toBeVisible();
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await expect(quiet(tab)).toBeVisible();
  expect(await isLoaded(tab)).toBe(false);
  await tab.close();

  await quiet(page).getByRole("button").first().click();
  await running(page);
  await expect(editor(page)).toHaveValue(TEXT);
  await expect.poll(() => marks(page)).toBe(0);
  await page.reload();
  await running(page);

  // Its check is the one that the program expects.
  await page.goto(href);
  await page.reload();
  await running(page);
  await expect(editor(page)).toHaveValue(TEXT);
  await expect(page.locator(".toast")).toHaveCount(0);
});
