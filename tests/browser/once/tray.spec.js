// All that can be broken, where the window is low: no row of what is to be hit is hidden by it.
import { barriers, expect, open, test } from "../fixtures.js";
import { stepNumber, wholeText } from "../page.js";

test.use({ viewport: { width: 1024, height: 768 } });

test("all faults lie below the sheet, and go when one is done", async ({ page }) => {
  await open(page, "./?lang=en");
  const box = (selector) => page.locator(selector).first().boundingBox();
  const rows = await box(".rows > .scroller");
  const all = page.locator(".tray .all");
  await all.click();
  await expect(page.locator(".tray .chip:visible")).toHaveCount(14);
  expect(await box(".rows > .scroller")).toEqual(rows);
  const [chips, transport] = [await box(".tray .chips"), await box(".stage > .transport")];
  expect(chips.y).toBeGreaterThanOrEqual(transport.y + transport.height);
  expect(chips.y + chips.height).toBeLessThanOrEqual(768);
  expect(await barriers(page, ".tray")).toEqual([]);
  // The playhead can still be moved.
  await page.locator(".stage > .transport .keys button").last().click();
  expect(await stepNumber(page)).toBe(13);
  await page.locator(".tray .chip", { hasText: "OOM" }).click();
  await expect.poll(() => wholeText(page)).toContain("oomKill:");
  await expect(all).toHaveAttribute("aria-expanded", "false");
  await all.click();
  await page.keyboard.press("Escape");
  await expect(all).toBeFocused();
  await expect(all).toHaveAttribute("aria-expanded", "false");
});

test("the words of a budget that is spent lie on nothing", async ({ page }) => {
  await open(page, "./?lang=en");
  await page.locator(".top nav .btn").first().click();
  await page.locator(".menu .search").fill("kubectl drain");
  await page.locator(".menu .item:not(.narrow)").first().click();
  await expect(page.locator(".inst").nth(1)).toContainText("ends the Job");
  const reads = await Promise.all((await page.locator(".inst .read").all()).map((one) => one.boundingBox()));
  const heads = await Promise.all((await page.locator(".inst h3").all()).map((one) => one.boundingBox()));
  for (const n of [0, 1]) expect(reads[n].x + reads[n].width).toBeLessThanOrEqual(heads[n + 1].x);
});
