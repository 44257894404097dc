// A lesson whole: guess, watch, fix, kept; by keyboard alone, by pointer, by finger; and what is kept of it.
import { readFileSync } from "node:fs";
import { barriers, expect, open, test } from "./fixtures.js";
import { editor, keepText, setSpec, showRun, showSpec, wholeText } from "./page.js";

const isPhone = (info) => info.project.use.viewport.width < 700;
const isZh = (info) => info.project.use.locale === "zh-CN";
const card = (page) => page.locator(".lesson").first();
const stage = (page) => page.locator(".stages [aria-current]").first();
const step = (info, number) => (isZh(info) ? ["猜", "看", "改", "记住"] : ["Guess", "Watch", "Fix", "Kept"])[number];
const name = (info, en, zh) => ({ name: isZh(info) ? zh : en });
const goals = (page) => page.locator(".goals li");
const progress = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("job-playground/progress") ?? "null"));

// What is said about the run, all of it.
const told = (page) => page.locator("main").innerText();

async function openPanel(page, info) {
  if (isPhone(info)) {
    await page.locator(".doc").click();
    await page.locator(".menu .item.narrow").first().click();
  } else {
    await page.locator(".learn-button").click();
  }
  await expect(page.locator("dialog.learning")).toBeVisible();
}

async function guessWrong(page, info) {
  await expect(stage(page)).toHaveText(step(info, 0));
  await page.locator(".opt").first().click();
  await page.getByRole("button", name(info, "Answer", "回答")).click();
  await expect(stage(page)).toHaveText(step(info, 1));
}

const onward = (page) => page.locator(".lesson .acts .btn.ink, .lesson-foot.ink").first();

test("nothing of the answer is there before it is given", async ({ page }, info) => {
  await open(page, "./#lesson/six-retries");
  await expect(page.locator(".opt")).toHaveCount(3);
  await expect(stage(page)).toHaveText(step(info, 0));
  expect(await page.locator(".film .lane.podrow").count()).toBeLessThanOrEqual(1);
  const before = await told(page);
  for (const leak of [/BackoffLimitExceeded/, /7th|第 7/, /11:|11 min/, /ends the Job|结束 Job/]) expect(before).not.toMatch(leak);
  await expect(page.locator(".problems, .words, .whatif, .checks")).toHaveCount(0);
  await showSpec(page);
  await expect(editor(page)).toHaveJSProperty("readOnly", true);
  await showRun(page);
  await expect(page.locator(".chip")).toHaveCount(0);
  expect(await barriers(page)).toEqual([]);
});

test("a lesson by pointer or by finger, and what is kept of it", async ({ page }, info) => {
  test.slow();
  await keepText(page, "# mine\napiVersion: batch/v1\nkind: Job\nmetadata: {name: mine}\n");
  await open(page, "./#lesson/six-retries");
  await guessWrong(page, info);
  await expect(page.locator(".vs b")).toHaveText([/^6/, /^7/]);
  for (let n = 1; n <= 3; n++) {
    await onward(page).click();
    // Pressed once more while it plays, it is there at once.
    if (await page.locator(".keys:visible .playbtn use").getAttribute("href") === "#i-pause") await onward(page).click();
    await expect(page.locator(".stop small").first()).toContainText(String(n));
  }
  expect(await barriers(page)).toEqual([]);
  await onward(page).click();
  await expect(stage(page)).toHaveText(step(info, 2));
  if (isPhone(info)) await page.locator(".lesson-foot summary").click();
  await expect(goals(page)).toHaveCount(2);
  await expect(goals(page).first()).toContainText("7");
  await page.getByRole("button", name(info, "Hint 1 of 2", "提示 1/2")).click();
  await expect(page.locator(".hinted li")).toHaveCount(1);
  if (isPhone(info)) await page.locator(".lesson-foot summary").click();

  await setSpec(page, (text) => text.replace("exit 1", "exit 0"));
  await expect(page.locator(".ln.touched .tail")).toHaveCount(1);
  await setSpec(page, (text) => text.replace("exit 0", "exit 1").replace("backoffLimit: 6", "backoffLimit: 3"));
  await expect(page.locator(".ln.touched")).toHaveCount(0);
  await expect(stage(page)).toHaveText(step(info, 2));
  await setSpec(page, (text) => text.replace("backoffLimit: 3", "backoffLimit: 2"));
  await expect(stage(page)).toHaveText(step(info, 3));
  await expect(page.locator(".take")).toContainText("backoffLimit");
  await expect(page.locator(".facts")).toContainText("6");
  expect((await progress(page)).lessons["six-retries"]).toMatchObject({ guess: "six", right: false, state: "solved", hints: 1, edits: 1 });

  // Kept from one visit to the next.
  await page.reload();
  await expect(stage(page)).toHaveText(step(info, 3));
  expect(await wholeText(page)).toContain("backoffLimit: 2");
  await openPanel(page, info);
  await expect(page.locator(".les.full")).toHaveCount(1);
  await expect(page.locator(".les.full small")).toContainText("backoffLimit");
  expect(await barriers(page)).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", name(info, "Save progress", "保存进度")).click(),
  ]);
  const file = await download.path();
  expect(JSON.parse(readFileSync(file, "utf8")).v).toBe(1);
  const forget = page.locator(".learn footer button").last();
  await forget.click();
  await forget.click();
  await expect(page.locator(".les.full")).toHaveCount(0);
  expect(await progress(page)).toBeNull();
  await page.locator(".choose-file input").setInputFiles({ name: "p.json", mimeType: "application/json", buffer: readFileSync(file) });
  await expect(page.locator(".les.full")).toHaveCount(1);
  expect((await progress(page)).lessons["six-retries"].state).toBe("solved");

  // The own text is as it was.
  await page.keyboard.press("Escape");
  await page.evaluate(() => (location.hash = ""));
  await expect.poll(() => wholeText(page)).toContain("# mine");
});

test("a lesson by keyboard alone", async ({ page }, info) => {
  test.skip(isPhone(info), "a phone has no keyboard");
  await open(page, "./");
  await page.locator(".learn-button").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog.learning .les").first()).toBeVisible();
  while (!(await page.locator(".les:focus").count())) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator(".ask input:focus")).toHaveCount(1);
  await page.keyboard.press("1");
  await expect(page.locator(".opt.on")).toContainText("6");
  await page.keyboard.press("Enter");
  await expect(stage(page)).toHaveText("Watch");
  await expect(page.locator("[aria-live]").filter({ hasText: "The answer is: 7" })).toHaveCount(1);
  for (let n = 1; n <= 3; n++) {
    await page.keyboard.press(".");
    if (await page.locator(".keys:visible .playbtn use").getAttribute("href") === "#i-pause") await page.keyboard.press(".");
    await expect(page.locator(".stop small")).toContainText(`Stop ${n} of 3`);
  }
  await page.keyboard.press(" ");
  await expect(stage(page)).toHaveText("Fix");
  while (!(await page.locator(".hints .link:focus").count())) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator(".hinted li")).toHaveCount(1);
  while (!(await page.locator("#spec-text:focus").count())) await page.keyboard.press("Tab");
  await page.keyboard.press("Control+Home");
  for (let n = 0; n < 5; n++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("2");
  await expect(stage(page)).toHaveText("Kept");
  await expect(page.locator("[aria-live]").filter({ hasText: "Kept" })).toHaveCount(1);
});

test("the solution is one change that can be undone, and the text goes on in one's own", async ({ page }, info) => {
  await open(page, "./#lesson/six-retries&step=fix");
  if (isPhone(info)) await page.locator(".lesson-foot summary").click();
  await page.getByRole("button", name(info, "Show the solution", "给出解法")).click();
  await expect(stage(page)).toHaveText(step(info, 3));
  expect((await progress(page)).lessons["six-retries"].state).toBe("seen");
  await page.getByRole("button", name(info, "Go on playing", "接着玩")).click();
  await expect(card(page)).toHaveCount(0);
  expect(await wholeText(page)).toContain("backoffLimit: 2");
  expect(new URL(page.url()).hash).toBe("");
});

test("a start that is refused is asked before it is said so", async ({ page }, info) => {
  await open(page, "./#lesson/restart-policy");
  await expect(stage(page)).toHaveText(step(info, 0));
  expect(await told(page)).not.toMatch(/invalid|Required value|Unsupported value/);
  await page.getByRole("button", name(info, /I don't know/, /不知道/)).click();
  await expect(page.locator(".refusals").first()).toContainText("restartPolicy");
  await onward(page).click();
  expect(await barriers(page)).toEqual([]);
});

test("what leads nowhere is said in words", async ({ page }, info) => {
  await open(page, "./#lesson/no-such-thing");
  await expect(page.locator(".toast")).toContainText("no-such-thing");
  expect(new URL(page.url()).hash).toBe("");
  await page.evaluate(() => (location.hash = "course/nowhere"));
  await expect(page.locator("dialog.learning [role=status]").first()).toContainText("nowhere");
  await page.keyboard.press("Escape");
  await page.evaluate(() => (location.hash = "course/stuck"));
  await expect(page.locator("dialog.learning .world.on")).toHaveCount(1);
});

test("lessons that cannot be fetched are said so, and asked for again", async ({ page }, info) => {
  let is_there = false;
  await page.route(/lessons\.[^/]*\.txt/, (route) => (is_there ? route.continue() : route.fulfill({ status: 200, body: "" })));
  await open(page, "./#lesson/six-retries");
  const again = page.getByRole("button", name(info, "Try again", "重试"));
  await expect(again).toBeVisible();
  is_there = true;
  await again.click();
  await expect(stage(page)).toHaveText(step(info, 0));
});

test("a storage that keeps nothing is said in two words", async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await open(page, "./#lesson/six-retries&step=fix");
  await page.evaluate(() => document.querySelector(".lesson-foot summary")?.click());
  await page.locator(".hints .link").first().click();
  await expect(page.locator(".unkept").first()).toBeAttached();
});

test("remarks, examples and the first visit have doors", async ({ page }, info) => {
  await open(page);
  if (!isPhone(info)) await expect(page.locator(".top .btn.ink")).toHaveCount(1);
  await showSpec(page);
  const door = page.getByRole("button", name(info, "Show me, 1 min", "演示给我看，1 分钟")).first();
  await door.click();
  await expect(card(page)).toBeVisible();
  expect(new URL(page.url()).hash).toBe("#lesson/ttl");
});
