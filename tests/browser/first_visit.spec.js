// What a first visitor's hand and eye expect: keys that act, the focus where it was, nothing hidden, nothing that moves.
import { expect, open, openText, test } from "./fixtures.js";
import { editor, jobOf, setSpec, showRun, showSpec, showWhy, stepNumber } from "./page.js";

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName);

async function openExample(page, words) {
  const names = page.locator(".top nav .btn").first();
  await ((await names.isVisible()) ? names : page.locator(".top .doc")).click();
  await page.locator(".menu .search").fill(words);
  await page.locator(".menu .item:not(.narrow)").first().click();
}

test("keys act although nothing has the focus yet", async ({ page }) => {
  await open(page);
  test.skip(await page.locator(".tabbar").isVisible(), "a phone has no keys");
  expect(await focused(page)).toBe("BODY");
  for (const [key, step] of [["ArrowRight", 13], ["ArrowLeft", 12], [".", 13], ["Home", 1], ["End", 19], ["0", 1]]) {
    await page.keyboard.press(key);
    expect(await stepNumber(page), key).toBe(step);
  }
  await page.keyboard.press(" ");
  await expect(page.locator(".stage .playbtn")).toHaveAccessibleName("Pause");
  await page.keyboard.press(" ");
  await page.keyboard.press("t");
  await expect(page.locator(".podgrid")).toBeVisible();
  await page.keyboard.press("t");
  await page.keyboard.press("x");
  await expect(page.locator(".tray .numbered input").first()).toBeFocused();
  // What takes keys keeps them.
  const step = await stepNumber(page);
  await editor(page).focus();
  await page.keyboard.press("Home");
  await page.locator(".spec [role=tab]").first().focus();
  await page.keyboard.press("End");
  expect(await stepNumber(page)).toBe(step);
  // A button takes what presses it, and nothing more.
  await page.locator(".top [aria-label='Help and keys']").focus();
  await page.keyboard.press("ArrowRight");
  expect(await stepNumber(page)).toBe(step + 1);
});

test("keys of one letter can be kept to the timeline", async ({ page }) => {
  await open(page);
  test.skip(await page.locator(".tabbar").isVisible(), "a phone has no keys");
  const button = page.locator(".top [aria-label='Help and keys']");
  await button.click();
  await page.locator("dialog input[type=checkbox]").check();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await page.keyboard.press(".");
  expect(await stepNumber(page)).toBe(12);
  await page.locator(".lanes .hit[tabindex='0']").focus();
  await page.keyboard.press(".");
  expect(await stepNumber(page)).toBe(13);
  await page.reload();
  await expect(page.locator(".stepno b").first()).toBeVisible();
  await page.keyboard.press(".");
  expect(await stepNumber(page)).toBe(12);
});

test("an example is found by typing, and the stage has the focus then", async ({ page }) => {
  await open(page);
  const is_phone = await page.locator(".tabbar").isVisible();
  if (is_phone) {
    await showSpec(page);
    await openExample(page, "FailedScheduling");
    await expect(page.locator(".tabbar button").nth(1)).toHaveAttribute("aria-current", "page");
  } else {
    await page.locator(".top nav .btn").first().click();
    await expect(page.locator(".menu .search")).toBeFocused();
    await page.keyboard.type("FailedScheduling");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
  }
  await expect(page.locator("#stage")).toBeFocused();
  expect(await stepNumber(page)).toBe(2);
  await page.keyboard.press("ArrowRight");
  expect(await stepNumber(page)).toBe(3);
});

test("a dialog gives the focus back, however it is closed", async ({ page }) => {
  await open(page);
  const share = page.locator(".top .btn:has(use[href='#i-share']):visible");
  const closings = [
    () => page.keyboard.press("Escape"),
    () => page.locator("dialog header .btn").click(),
    () => page.mouse.click(5, 5),
  ];
  for (const close of closings) {
    await share.click();
    await expect(page.locator("dialog")).toBeVisible();
    await close();
    await expect(page.locator("dialog")).toHaveCount(0);
    await expect(share).toBeFocused();
  }
});

test("a notice goes with the next thing that is done", async ({ page }) => {
  await open(page);
  await openExample(page, "FailedScheduling");
  await expect(page.locator(".toast")).toBeVisible();
  // It lies on nothing that is read.
  if (!(await page.locator(".tabbar").isVisible())) {
    const [toast, list] = [await page.locator(".toast").boundingBox(), await page.locator(".events").boundingBox()];
    expect(list.y + list.height).toBeLessThanOrEqual(toast.y);
  }
  await page.locator(".keys:visible .btn").last().click();
  await expect(page.locator(".toast")).toHaveCount(0);
});

test("all that happens in an instant is told where one of it is explained", async ({ page }) => {
  const text = jobOf(3, ["run: 5s"], { name: "three" });
  await openText(page, text);
  await showRun(page);
  // Three pods end at once.
  await page.locator(".keys:visible .btn").first().click();
  const subject = page.locator("#why-region .subject");
  const beside = page.locator("#why-region .beside");
  for (let n = 0; n < 12 && !/succeed|成功/.test((await beside.allTextContents()).join()); n++) {
    await page.locator(".keys:visible .btn").last().click();
  }
  await showWhy(page);
  await expect(beside.locator("li")).toHaveCount(2);
  for (const pod of [2, 3]) await expect(beside).toContainText(new RegExp(`pod\\s${pod}\\D`, "i"));
  await expect(page.locator("[aria-live=polite].sr")).toContainText(/pod\s3\D/i);
  const said = await subject.textContent();
  const step = await stepNumber(page);
  await beside.locator("button").last().click();
  expect(await stepNumber(page)).toBe(step);
  expect(await subject.textContent()).not.toBe(said);
});

test("a change of an example moves nothing under the hand", async ({ page }) => {
  await open(page);
  await showSpec(page);
  const before = await page.locator("#spec .tabs").first().boundingBox();
  await setSpec(page, (text) => text.replace("backoffLimit: 3", "backoffLimit: 4"));
  expect(await page.locator("#spec .tabs").first().boundingBox()).toEqual(before);
});

test("on a phone what ended and what is now have their names, and fit", async ({ page }) => {
  await openText(page, jobOf(8, ["run: 5s"], { name: "eight", mode: "NonIndexed", limit: "activeDeadlineSeconds: 600" }));
  test.skip(!(await page.locator(".tabbar").isVisible()), "named elsewhere anyway");
  for (const name of [".outcome .lab", ".instruments .lab"]) await expect(page.locator(`.film ${name}`)).toBeVisible();
  const width = page.viewportSize().width;
  for (const box of await page.locator(".film :is(.lab, .inst, .verdict, .outcome dl)").all()) {
    if (!(await box.isVisible())) continue;
    const { x, width: own } = await box.boundingBox();
    expect(x + own).toBeLessThanOrEqual(width);
  }
  // Another region and back: the story is where it was.
  for (let n = 0; n < 6; n++) await page.locator(".keys:visible .btn").last().click();
  await showWhy(page);
  await showRun(page);
  await expect(page.locator(".story .now")).toBeInViewport();
});

test("on a phone the filter that refused stands beside the node", async ({ page }) => {
  await open(page);
  test.skip(!(await page.locator(".tabbar").isVisible()), "the whole table is seen elsewhere");
  await openExample(page, "FailedScheduling");
  await showWhy(page);
  const table = page.locator(".why .filters");
  const rows = ["small", "hard-disk", "gpu"];
  for (const [n, words] of [["cpu", "2"], ["选择器", "否"], ["污点", "gpu=yes:NoSchedule"]].entries()) {
    const row = table.locator("tbody tr").nth(n);
    await expect(row.locator("th")).toHaveText(rows[n]);
    const first = row.locator("td").first();
    for (const word of words) await expect(first).toContainText(word);
    const { x, width } = await first.boundingBox();
    expect(x + width).toBeLessThanOrEqual(page.viewportSize().width);
  }
});
