// Tabs, links and a storage that fails: the text that was written last is there, or the page said that it is not kept.
import { expect, open, test } from "../fixtures.js";
import { failEvery, kept, link, name, reload, write } from "../keeping.js";
import { showSpec } from "../page.js";

test("two tabs: each goes on with its own", async ({ page, context }) => {
  await open(page);
  await write(page, "both");
  const other = await context.newPage();
  await open(other);
  await write(page, "one");
  await other.locator(".offer .btn").last().click();
  await write(other, "two");
  await write(page, "one1");
  await expect(other.locator(".offer")).toHaveCount(0);
  for (const [tab, expected] of [
    [page, "one1"],
    [other, "two"],
  ]) {
    await reload(tab);
    expect(await name(tab)).toBe(expected);
    await expect(tab.locator(".unkept")).toHaveCount(0);
  }
});

test("a storage that is emptied is told, and the text stays", async ({ page, context }) => {
  await open(page);
  await write(page, "mine");
  const other = await context.newPage();
  await open(other);
  await other.evaluate(() => localStorage.clear());
  await expect(page.locator(".unkept")).toBeVisible();
  expect(await name(page)).toBe("mine");
  await write(page, "mine1");
  await expect(page.locator(".unkept")).toHaveCount(0);
  expect(await kept(page)).toBe("mine1");
});

test("a link that was changed is seen as it came; undo survives leaving and coming back", async ({ page }) => {
  await open(page);
  await write(page, "mine");
  await write(page, "mine1");
  await page.evaluate((hash) => (location.hash = hash), link("linked"));
  await expect.poll(() => name(page)).toBe("linked");
  await expect(page.locator(".guest .btn:not(.icon)")).toHaveCount(1);
  await write(page, "linked1");
  await page.locator(".guest .btn").first().click();
  expect(await name(page)).toBe("linked");
  await page.keyboard.press("Control+z");
  expect(await name(page)).toBe("linked1");

  await page.locator(".guest .ring").click();
  expect(await name(page)).toBe("mine1");
  await page.keyboard.press("Control+z");
  expect(await name(page)).toBe("mine");
  await page.goBack();
  await expect.poll(() => name(page)).toBe("linked1");
  await page.keyboard.press("Control+z");
  expect(await name(page)).toBe("linked");
  await page.keyboard.press("Control+Shift+Z");
  await reload(page);
  expect(await name(page)).toBe("linked1");
});

// A session by hand; after each reload the text is the last one, or a notice said that it is not kept.
async function session(page) {
  let said = false;
  const says = async () => (said ||= (await page.locator(".unkept").count()) > 0);
  const check = async (expected) => {
    expect(await name(page)).toBe(expected);
    await says();
    await reload(page);
    await says();
    if (!said) expect(await name(page)).toBe(expected);
    if ((await name(page)) !== expected) await write(page, expected);
  };
  await open(page);
  await write(page, "mine");
  await write(page, "mine1");
  await check("mine1");
  await page.evaluate((hash) => (location.hash = hash), link("linked"));
  await expect.poll(() => name(page)).toContain("linked");
  await write(page, "linked1");
  await check("linked1");
  await page.locator(".guest .ring").click();
  await showSpec(page);
  await expect.poll(() => name(page)).not.toBe("linked1");
  await says();
  await write(page, "mine2");
  await check("mine2");
  return said;
}

for (const every of [1, 2, 3, 4, 5, 7, 11, 16]) {
  test(`storage of which every ${every}. call fails loses nothing without a word`, async ({ page }) => {
    await page.addInitScript(failEvery, [["getItem", "setItem", "removeItem"], "UnknownError", every]);
    const said = await session(page);
    if (every === 1) expect(said).toBe(true);
  });
}
