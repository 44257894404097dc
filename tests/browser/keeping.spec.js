// What is written is kept, or the page says that it is not: its notices, in both languages and widths. What is kept when:
// once/keeping.spec.js.
import { readFileSync } from "node:fs";
import { barriers, expect, open, test } from "./fixtures.js";
import { failEvery, job, kept, name, reload, write } from "./keeping.js";

async function openHistory(page) {
  const button = page.locator('.top .wide[aria-label="History"], .top .wide[aria-label="历史"]');
  if (await button.isVisible()) return button.click();
  await page.locator(".doc").click();
  await page.locator(".menu .list .narrow", { hasText: /History|历史/ }).click();
}

test("two tabs: the other's text is offered, and neither is overwritten", async ({ page, context }) => {
  await open(page);
  await write(page, "both");
  const other = await context.newPage();
  await open(other);
  expect(await name(other)).toBe("both");

  await write(page, "one");
  await expect(other.locator(".offer")).toBeVisible();
  expect(await name(other)).toBe("both");
  await write(other, "two");
  await write(page, "one1");
  expect(await kept(page)).toBe("one1");
  await reload(page);
  expect(await name(page)).toBe("one1");
  expect(await barriers(other, ".offer")).toEqual([]);

  // Opened, and undone.
  await other.locator(".offer .btn").first().click();
  expect(await name(other)).toBe("one1");
  await expect(other.locator(".offer")).toHaveCount(0);
  await other.keyboard.press("Control+z");
  expect(await name(other)).toBe("two");
  await openHistory(other);
  await expect(other.locator(".past b")).toHaveText(["one1", "two", "both"]);
});

test("a storage that is full is told once, with ways to keep the text", async ({ page, context }) => {
  await page.addInitScript(failEvery, [["setItem"], "QuotaExceededError", 1]);
  await open(page);
  await expect(page.locator(".unkept")).toHaveCount(0);
  await write(page, "mine");
  const notice = page.locator(".unkept");
  await expect(notice).toHaveText(/storage is full|存储空间已满/);
  expect(await barriers(page, ".unkept")).toEqual([]);

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await notice.locator(".ring").first().click();
  await expect(page.locator(".toast")).toHaveText(/Copied|已复制/);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(job("mine"));
  const download = page.waitForEvent("download");
  await notice.locator(".ring").nth(1).click();
  expect(readFileSync(await (await download).path(), "utf8")).toContain(job("mine"));

  await notice.locator(".icon").click();
  await expect(notice).toHaveCount(0);
  await write(page, "mine1");
  await expect(notice).toHaveCount(0);
  expect(await name(page)).toBe("mine1");
});

test("a storage that is denied is told once there is something to keep", async ({ page }) => {
  await page.addInitScript(() => {
    const denied = {
      get() {
        throw new DOMException("made to fail", "SecurityError");
      },
    };
    Object.defineProperty(window, "localStorage", denied);
    Object.defineProperty(window, "sessionStorage", denied);
  });
  await open(page);
  await expect(page.locator(".unkept")).toHaveCount(0);
  await write(page, "mine");
  await expect(page.locator(".unkept")).toHaveText(/lets this page keep nothing|不允许这个页面保存/);
  await openHistory(page);
  await expect(page.locator("dialog")).toHaveText(/cannot be read|无法读取/);
});

test("an altered link says so after a reload, also when its text was changed", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Control+s");
  const whole = await page.locator("dialog .copyrow input").inputValue();
  await page.goto("about:blank");
  await open(page, whole.slice(0, -1) + (whole.endsWith("A") ? "B" : "A"));
  await write(page, "changed");
  await reload(page);
  expect(await name(page)).toBe("changed");
  await expect(page.locator(".toast")).toContainText(/changed on its way|在途中被改动/);
});

test("past texts are opened, removed and saved, by keyboard too", async ({ page }) => {
  await open(page);
  await openHistory(page);
  await expect(page.locator(".past li")).toHaveCount(0);
  await page.keyboard.press("Escape");
  for (const name of ["first", "second", "third"]) {
    await write(page, name);
    await page.locator(".top .menu button").first().click();
    await page.locator(".menu .item:not(.narrow)").first().click();
  }
  await openHistory(page);
  const names = page.locator(".past b");
  await expect(names).toHaveText(["third", "second", "first"]);
  expect(await barriers(page, "dialog")).toEqual([]);

  const download = page.waitForEvent("download");
  await page.locator("dialog .ring").click();
  const file = readFileSync(await (await download).path(), "utf8");
  for (const name of ["first", "second", "third"]) expect(file).toContain(job(name));

  await page.locator(".past .icon").nth(1).click();
  await expect(names).toHaveText(["third", "first"]);
  await page.locator(".past .item").last().focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog")).toHaveCount(0);
  expect(await name(page)).toBe("first");
  await page.keyboard.press("Control+z");
  expect(await name(page)).toBe("pi");
});
