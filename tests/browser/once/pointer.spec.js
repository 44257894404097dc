// What a mouse does in the editor: a phone has none.
import { barriers, expect, open, test } from "../fixtures.js";
import { editor, stepNumber, wholeText } from "../page.js";

const card = (page) => page.locator("#editor-card");
const line = (page, words) => page.locator(".ln", { hasText: words });

async function over(page, locator) {
  const box = await locator.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

test("a card comes when the pointer rests, stays while it is on the card, and goes with Escape", async ({ page }) => {
  await open(page);
  await over(page, line(page, "activeDeadlineSeconds").locator(".k"));
  await expect(card(page)).toBeVisible();
  await expect(card(page).locator("h2 code")).toHaveText("activeDeadlineSeconds");
  await over(page, card(page).locator("h2 code"));
  await page.waitForTimeout(600);
  await expect(card(page)).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);
  await over(page, line(page, "restartPolicy").locator(".k"));
  await expect(card(page).locator("h2 code")).toHaveText("restartPolicy");
  await page.mouse.move(900, 20);
  await expect(card(page)).toHaveCount(0);
});

test("a press on a dot shows what its field decided, one after the other", async ({ page }) => {
  await open(page);
  const dot = line(page, "backoffLimit").locator(".dot");
  const seen = new Set();
  for (let press = 0; press < 3; press += 1) {
    const box = await dot.boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    seen.add(await stepNumber(page));
    await page.mouse.move(900, 20);
  }
  expect(seen.size).toBe(3);
});

test("a number is dragged with Alt, in one entry of the history", async ({ page }) => {
  await open(page);
  const before = await wholeText(page);
  const box = await line(page, "backoffLimit").locator(".n").boundingBox();
  const [x, y] = [box.x + 3, box.y + box.height / 2];
  await page.keyboard.down("Alt");
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let pixels = 2; pixels <= 32; pixels += 2) await page.mouse.move(x + pixels, y);
  await expect.poll(() => wholeText(page)).toContain("backoffLimit: 8");
  await page.mouse.move(x - 200, y);
  await expect.poll(() => wholeText(page)).toContain("backoffLimit: 0");
  await page.mouse.up();
  await page.keyboard.up("Alt");
  await page.locator(".top .btn.wide").first().click();
  await expect.poll(() => wholeText(page)).toBe(before);
});

test("an item of the list is taken by a click, and the text box keeps the focus", async ({ page }) => {
  await open(page);
  await editor(page).press("Control+End");
  await editor(page).press("Control+Home");
  await page.keyboard.press("ArrowDown");
  for (let row = 0; row < 4; row += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await editor(page).pressSequentially("susp");
  await page.locator("#completions [role=option]").first().click();
  await expect.poll(() => wholeText(page)).toContain("\n  suspend: ");
  await expect(editor(page)).toBeFocused();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("chips write what a keyboard of glass makes hard", async ({ page }) => {
    await open(page);
    await page.locator(".tabbar button").first().click();
    await editor(page).fill("spec");
    const chips = page.locator(".edit-keys button");
    await expect(chips).toHaveCount(6);
    for (let chip = 0; chip < 6; chip += 1) {
      const box = await chips.nth(chip).boundingBox();
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
    }
    await chips.nth(0).click();
    await expect(editor(page)).toHaveValue("spec: ");
    await expect(editor(page)).toBeFocused();
    await chips.nth(4).click();
    await expect(editor(page)).toHaveValue("spec");
    await chips.nth(3).click();
    await expect(editor(page)).toHaveValue("spec  ");
    await editor(page).fill("  spec: 1");
    await chips.nth(2).click();
    await expect(editor(page)).toHaveValue("spec: 1");
    await chips.nth(5).click();
    await expect(card(page)).toBeVisible();
    const box = await card(page).boundingBox();
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    expect(await barriers(page)).toEqual([]);
  });
});

test("the menu of a Job deletes its pods with it, unless something else is chosen", async ({ page }) => {
  await open(page);
  await page.locator(".joblane").hover();
  await page.locator(".joblane .more").click();
  await expect(page.locator(".verbs select")).toHaveValue("background");
});
