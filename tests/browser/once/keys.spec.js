// A phone has no keys: once is enough.
import { expect, open, test } from "../fixtures.js";
import { stepNumber } from "../page.js";

test("letters act on the timeline only", async ({ page }) => {
  await open(page);
  const grid = page.locator(".lanes [tabindex='0']").first();
  await grid.focus();
  await page.keyboard.press(".");
  expect(await stepNumber(page)).toBe(13);
  await page.keyboard.press("Home");
  expect(await stepNumber(page)).toBe(1);
  await page.locator("#spec-text").focus();
  await page.keyboard.press(".");
  expect(await stepNumber(page)).toBe(1);
});
