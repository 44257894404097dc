import { barriers, expect, inkShare, open, test } from "./fixtures.js";

test("opens, and there is something to see", async ({ page }) => {
  await open(page);
  expect(await inkShare(page)).toBeGreaterThan(0.02);
});

test("speaks the reader's language from the start", async ({ page }, { project }) => {
  await open(page);
  await expect(page.locator("html")).toHaveAttribute("lang", project.use.locale === "zh-CN" ? "zh-CN" : "en");
  await open(page, "./?lang=zh-CN");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
});

test.describe("without its program", () => {
  test.use({ provoked: /ERR_FAILED|Failed to fetch/ });

  test("the page wears the chosen theme: it was chosen before", async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("job-playground.theme", "dark"));
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("./");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.goto("./?theme=light");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  });
});

test("has no barriers", async ({ page }) => {
  await open(page);
  expect(await barriers(page)).toEqual([]);
});

test("fits the width of the window", async ({ page }) => {
  await open(page);
  const { scrolled, visible } = await page.evaluate(() => ({
    scrolled: document.documentElement.scrollWidth,
    visible: document.documentElement.clientWidth,
  }));
  expect(scrolled).toBeLessThanOrEqual(visible);
});
