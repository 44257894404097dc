// A workshop: a course that is handed out, results that are handed in, a lesson that is written, tried and shared.
import { readFileSync } from "node:fs";
import { barriers, expect, open, openText, test } from "./fixtures.js";
import { editor, keepText, showSpec, transport, wholeText } from "./page.js";

const isPhone = (info) => info.project.use.viewport.width < 700;
const isZh = (info) => info.project.use.locale === "zh-CN";
const name = (info, en, zh) => ({ name: isZh(info) ? zh : en });
const pick = (info, en, zh) => (isZh(info) ? zh : en);
const card = (page) => page.locator(".lesson").first();
const stage = (page) => page.locator(".stages [aria-current]").first();
const step = (info, number) => (isZh(info) ? ["猜", "看", "改", "记住"] : ["Guess", "Watch", "Fix", "Kept"])[number];

// The course of the page for teachers.
const course = readFileSync(new URL("../../docs/teaching.md", import.meta.url), "utf8").match(/```yaml\n([^]*?)```/)[1];
const lesson = course.slice(course.indexOf("---\n") + 4);

async function drop(page, text) {
  await page.evaluate((content) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], "course.yaml", { type: "application/yaml" }));
    document.querySelector(".page").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, text);
}

async function openPanel(page, info) {
  if (isPhone(info)) {
    await page.locator(".doc").click();
    await page.locator(".menu .item.narrow").first().click();
  } else {
    await page.locator(".learn-button").click();
  }
  await expect(page.locator("dialog.learning")).toBeVisible();
}

const openSheet = async (page, info) => {
  if (isPhone(info)) await page.keyboard.press("Escape");
  await page.getByTitle(pick(info, "Share", "分享")).or(page.getByRole("button", name(info, "Share", "分享"))).locator("visible=true").first().click();
};

test("a course that is dropped is a world of its own", async ({ page }, info) => {
  await openText(page, "# mine\napiVersion: batch/v1\nkind: Job\nmetadata: {name: mine}\n");
  await drop(page, course);
  const world = page.locator("dialog.learning .world.on");
  await expect(world.locator("h3")).toContainText("Jobs on Monday");
  await expect(world.locator(".les")).toHaveCount(2);
  expect(await barriers(page)).toEqual([]);
  await world.locator(".les").last().click();
  await expect(stage(page)).toHaveText(step(info, 0));
  expect(new URL(page.url()).hash).toBe("#lesson/own:one-crash");
  await page.locator(".opt").first().click();
  await page.getByRole("button", name(info, "Answer", "回答")).click();
  await expect(stage(page)).toHaveText(step(info, 1));
  await expect.poll(() => page.evaluate(() => localStorage.getItem("job-playground/progress"))).toContain("own:one-crash");

  // It is still there after a reload, and can be given back.
  await page.reload();
  await expect(stage(page)).toHaveText(step(info, 1));
  await openPanel(page, info);
  await expect(page.locator(".worlds.handed .les")).toHaveCount(2);
  await page.getByRole("button", name(info, "Remove", "移除")).click();
  await expect(page.locator(".worlds.handed")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.evaluate(() => (location.hash = ""));
  await expect.poll(() => wholeText(page)).toContain("# mine");
});

test("a damaged course says what and where", async ({ page }, info) => {
  await open(page);
  await drop(page, course.replace("{job: {}, is: Failed}\n  stops", "{job: {}, is: Tired}\n  stops").replace("six-retries", "no-such"));
  const faults = page.locator(".world .faults li");
  await expect(faults).toHaveCount(2);
  await expect(faults.first()).toContainText(pick(info, "Line 5", "第 5 行"), { ignoreCase: true });
  await expect(faults.first()).toContainText("no-such");
  expect(await barriers(page)).toEqual([]);
});

test("results are copied, and opened by someone else", async ({ page, browser }, info) => {
  test.slow();
  await open(page, "./#lesson/six-retries&step=guess");
  await page.locator(".opt").first().click();
  await page.getByRole("button", name(info, "Answer", "回答")).click();
  await page.evaluate(() => (location.hash = "lesson/six-retries&step=fix"));
  await expect(stage(page)).toHaveText(step(info, 2));
  await showSpec(page);
  await editor(page).fill((await editor(page).inputValue()).replace("backoffLimit: 6", "backoffLimit: 2"));
  await expect(stage(page)).toHaveText(step(info, 3));
  await openPanel(page, info);
  await page.getByRole("button", name(info, "Copy my results", "复制我的结果")).click();
  const lines = (await page.locator(".results textarea").inputValue()).trim().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(isZh(info) ? /猜 6 个 · 实际 7 个 · 已解出 · 1 行/ : /guess 6 · truth 7 · solved · 1 line/);
  expect(await barriers(page)).toEqual([]);

  // Somebody who has done nothing yet opens it.
  const leader = await browser.newContext({ ...info.project.use, baseURL: info.project.use.baseURL });
  const other = await leader.newPage();
  await keepText(other, "# the leader's\napiVersion: batch/v1\nkind: Job\nmetadata: {name: mine}\n");
  await open(other, lines[1]);
  if (isPhone(info)) await other.locator(".lesson-foot summary").click();
  await expect(other.locator(".vs b")).toHaveText(isZh(info) ? ["6 个", "7 个"] : ["6", "7"]);
  await expect(other.locator(".goals .met")).toHaveCount(2);
  await expect(other.locator(".facts.changed")).toContainText("1");
  expect(await barriers(other)).toEqual([]);
  expect(await other.evaluate(() => localStorage.getItem("job-playground/progress"))).toBeNull();
  await other.evaluate(() => (location.hash = ""));
  await expect.poll(() => wholeText(other)).toContain("# the leader's");
  await leader.close();
});

test("a lesson is written, tried and shared", async ({ page }, info) => {
  test.slow();
  test.skip(isPhone(info), "the mark and the tab are not in sight together");
  await openText(page, lesson.slice(0, lesson.indexOf("---\napiVersion: job-playground/v1\nkind: Lesson")));
  await openSheet(page, info);
  await page.getByRole("button", name(info, "Make a lesson of this", "做成一课")).click();
  const tab = page.getByRole("tab", name(info, /^Lesson/, /^课程/));
  await expect(tab).toHaveAttribute("aria-selected", "true");
  const said = page.locator(".author .said");
  const press = (en, zh) => page.locator(".author").getByRole("button", name(info, en, zh)).click();
  // The pod fails, and then the Job.
  await transport(page, 1).click();
  await press("Ask here", "在此提问");
  await expect(said).toContainText(/0:04/);
  await transport(page, 3).click();
  await press("Stop here", "在此停留");
  await expect(said).toContainText("stop-1");
  await expect(page.locator(".observed li").first()).toBeVisible();
  await press("This is the solution", "这就是解法");
  await expect(said).toContainText(pick(info, "does not meet", "没有达到"));
  await page.getByRole("tab").first().click();
  await editor(page).fill((await editor(page).inputValue()).replace("backoffLimit: 0", "backoffLimit: 1"));
  await tab.click();
  await press("This is the solution", "这就是解法");
  await expect(said).toContainText(pick(info, "the start is back", "起点已恢复"));
  await expect(page.locator(".observed summary small")).toContainText(pick(info, "Sound", "没有问题"));
  expect(await barriers(page)).toEqual([]);
  expect(await wholeText(page)).toMatch(/backoffLimit: 0[^]*solution: \|[^]*backoffLimit: 1/);
  await press("Try it", "试一试");
  await expect(stage(page)).toHaveText(step(info, 0));
  await expect(page.locator(".opt")).toHaveCount(2);
  await page.getByRole("button", name(info, "Back to my text", "回到我的文本")).first().click();
  await expect.poll(() => wholeText(page)).toContain("kind: Lesson");

  // What is shared is the lesson.
  await openSheet(page, info);
  const address = await page.locator(".copyrow input").inputValue();
  await open(page, address);
  await expect(stage(page)).toHaveText(step(info, 0));
});

test("a room is led by the address", async ({ page }, info) => {
  await open(page, "./?step=fix&large#lesson/six-retries");
  await expect(stage(page)).toHaveText(step(info, 2));
  expect(new URL(page.url()).search).toBe("?large");
  if (!isPhone(info)) await expect(page.locator(".page > .lesson")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
});
