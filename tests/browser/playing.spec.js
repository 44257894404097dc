import { barriers, expect, open, test } from "./fixtures.js";
import { showRun, stepNumber, transport } from "./page.js";

test("opens on a finished run, at the moment that tells most", async ({ page }) => {
  await open(page);
  expect(await stepNumber(page)).toBe(12);
  await expect(page.locator(".verdict b")).toHaveText("Complete");
  await expect(page.locator(".ln.glow")).not.toHaveCount(0);
});

test("steps from event to event, and says what happened", async ({ page }) => {
  await open(page);
  await transport(page, 3).click();
  expect(await stepNumber(page)).toBe(13);
  await expect(page.locator("[aria-live=polite].sr")).toContainText("0:44");
  await transport(page, 1).click();
  await transport(page, 1).click();
  expect(await stepNumber(page)).toBe(11);
  await transport(page, 0).click();
  expect(await stepNumber(page)).toBe(1);
});

test("plays to the end and stops there", async ({ page }) => {
  await page.clock.install();
  await open(page);
  await transport(page, 2).click();
  await page.clock.runFor(30_000);
  await expect.poll(() => stepNumber(page)).toBe(19);
  await expect(page.locator(".playbtn:visible")).toHaveAttribute("aria-label", /^(Play|播放)$/);
});

test("language and theme change in place and are kept", async ({ page }) => {
  await open(page, "./?lang=en");
  await page.locator(".top button[lang]").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.getByRole("button", { name: "浅色或深色" }).click();
  await page.getByRole("button", { name: "深色", exact: true }).click();
  await open(page, "./");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("dialogs, menus and every tab have no barriers", async ({ page }) => {
  await open(page);
  await page.locator(".doc").click();
  // An open list covers other targets, for as long as it is open.
  expect((await barriers(page)).filter((barrier) => !barrier.startsWith("target-size"))).toEqual([]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+s");
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  for (const number of [0, 2]) {
    const tab = page.locator(".tabbar button").nth(number);
    if (await tab.isVisible()) await tab.click();
    expect(await barriers(page)).toEqual([]);
  }
  for (const number of [1, 2]) {
    await page.locator(".detail [role=tab]").nth(number).click();
    expect(await barriers(page)).toEqual([]);
  }
  await showRun(page);
});
