import { expect, open, running, test } from "./fixtures.js";
import { editor, setSpec, showRun, showSpec, stepNumber, transport, wholeText } from "./page.js";

const EIGHTEEN = "backoffLimit: 18";

test("typing records anew at once", async ({ page }) => {
  await open(page);
  await setSpec(page, (text) => text.replace("backoffLimit: 3", "backoffLimit: 1"));
  await showRun(page);
  await expect(page.locator(".verdict b")).toHaveText("Failed");
});

test("errors are told at their place, and the last good run stays", async ({ page }) => {
  await open(page);
  await setSpec(page, (text) => text.replace("kind: Job", "kind: [Job"));
  await expect(page.locator(".problems .error")).not.toHaveCount(0);
  await expect(page.locator(".ln .mark.error")).not.toHaveCount(0);
  await showRun(page);
  await expect(page.locator(".lastgood")).toBeVisible();
  await expect(page.locator(".verdict b")).toHaveText("Complete");
});

test("what the API server refuses is told in its words, at the field", async ({ page }) => {
  await open(page);
  await setSpec(page, (text) => text.replace("restartPolicy: Never", "restartPolicy: Always"));
  await expect(page.locator(".problems q")).toContainText("spec.template.spec.restartPolicy");
  await expect(page.locator(".ln", { has: page.locator(".mark.error") }).locator(".no")).toHaveText("11");
});

test("one history for typing, gestures and examples", async ({ page }) => {
  await open(page);
  const first = await wholeText(page);
  await showSpec(page);
  await editor(page).press("Control+End");
  await editor(page).pressSequentially("\n# mine");
  const typed = await wholeText(page);
  expect(typed).toContain("# mine");
  await showRun(page);
  for (let step = 0; step < 8; step += 1) await transport(page, 1).click();
  await page.locator(".breakit").or(page.locator(".stage")).first().waitFor();
  if (await page.locator(".breakit").isVisible()) await page.locator(".breakit").click();
  await page.locator(".tray .chip").first().click();
  await expect.poll(() => wholeText(page)).not.toBe(typed);
  expect(await wholeText(page)).toContain("# mine");

  await page.keyboard.press("Control+z");
  expect(await wholeText(page)).toBe(typed);
  // Also from inside the text box: there is only one history.
  await showSpec(page);
  await page.getByRole("tab").first().click();
  await editor(page).focus();
  while ((await wholeText(page)) !== first) await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+Shift+Z");
  expect(await wholeText(page)).not.toBe(first);
});

test("a new line begins where the last one did", async ({ page }) => {
  await open(page);
  await setSpec(page, () => "spec:\n  parallelism: 1");
  await editor(page).press("Control+End");
  await editor(page).press("Enter");
  await editor(page).pressSequentially("completions: 2");
  expect(await editor(page).inputValue()).toBe("spec:\n  parallelism: 1\n  completions: 2");
});

test("the text survives a reload", async ({ page }) => {
  await open(page);
  await setSpec(page, (text) => text.replace("backoffLimit: 3", EIGHTEEN));
  await page.reload();
  await running(page);
  expect(await wholeText(page)).toContain(EIGHTEEN);
});

test("a link opens beside one's own text and never overwrites it", async ({ page }) => {
  await open(page);
  await setSpec(page, (text) => text.replace("backoffLimit: 3", EIGHTEEN));
  await page.keyboard.press("Control+s");
  const link = await page.locator(".copyrow input").inputValue();
  expect(link).toContain("#v1.");
  await page.keyboard.press("Escape");
  await setSpec(page, (text) => text.replace(EIGHTEEN, "backoffLimit: 2"));
  const mine = await wholeText(page);

  await page.goto("about:blank");
  await open(page, link);
  expect(await wholeText(page)).toContain(EIGHTEEN);
  await setSpec(page, (text) => text.replace(EIGHTEEN, "backoffLimit: 19"));
  await page.reload();
  await running(page);
  expect(await wholeText(page)).toContain("backoffLimit: 19");

  await page.locator(".guest .ring").click();
  expect(await wholeText(page)).toBe(mine);
  expect(page.url()).not.toContain("#");
});

test("a damaged link leads to one's own text, with a word about it", async ({ page }) => {
  await open(page, "./#v9.abc");
  await expect(page.locator(".toast")).toContainText("v9");
  expect(await wholeText(page)).toContain("name: pi");
});

test("what is no link says so, unless it is a place in the page", async ({ page }) => {
  for (const fragment of ["#x", "#V1.ABC", "#1.abc"]) {
    await page.goto("about:blank");
    await open(page, `./${fragment}`);
    await expect(page.locator(".toast")).toContainText(/is no link of Job Playground|不是 Job Playground 的链接/);
    expect(await wholeText(page)).toContain("name: pi");
  }
  await page.goto("about:blank");
  await open(page, "./#spec");
  expect(await wholeText(page)).toContain("name: pi");
  await expect(page.locator(".toast")).toHaveCount(0);
});

test("a link of which a letter was changed says so and shows its text", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Control+s");
  const link = await page.locator("dialog .copyrow input").inputValue();
  const last = link.endsWith("A") ? "B" : "A";
  await page.goto(link.slice(0, -1) + last);
  await page.reload();
  await running(page);
  expect(await wholeText(page)).toContain("name: pi");
  await expect(page.locator(".toast")).toContainText(/changed on its way|在途中被改动/);
});

test("what is pasted outside the text box is opened", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pasted}\n");
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  expect(await wholeText(page)).toContain("pasted");
  await page.locator(".toast .btn").first().click();
  expect(await wholeText(page)).toContain("name: pi");
});

test("every example opens and runs", async ({ page }) => {
  await open(page);
  const menu = page.locator(".doc");
  await menu.click();
  const count = await page.locator(".menu .item:not(.narrow)").count();
  expect(count).toBeGreaterThanOrEqual(8);
  for (let number = 0; number < count; number += 1) {
    if (number > 0) await menu.click();
    await page.locator(".menu .item:not(.narrow)").nth(number).click();
    await expect(page.locator(".menu .item:not(.narrow)")).toHaveCount(0);
    expect(await stepNumber(page)).toBeGreaterThan(0);
  }
});

test("a time zone is known when a text names one", async ({ page }) => {
  await open(page);
  await setSpec(page, () => `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 3 * * *"
  timeZone: Asia/Shanghai
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: main, image: "busybox:1.36"}]`);
  await showRun(page);
  // 03:00 in Shanghai is 19:00 UTC: seven hours after the start.
  await expect.poll(() => page.locator(".stage").textContent()).toContain("7:00:00");
});

test("a narrow header has in its menu what it has no room for", async ({ page }, { project }) => {
  await open(page);
  await page.locator(".top .menu button").first().click();
  const help = page.locator(".menu .list .narrow").last();
  if (project.name.startsWith("phone")) {
    await help.click();
    await expect(page.locator("dialog")).toBeVisible();
  } else {
    await expect(page.locator(".menu .list")).toBeVisible();
    await expect(help).toBeHidden();
  }
});

test("a damaged link says that this much of it could be read", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Control+s");
  const link = await page.locator("dialog .copyrow input").inputValue();
  await page.goto(link.slice(0, -20));
  await page.reload();
  await running(page);
  expect(await wholeText(page)).toMatch(/^apiVersion: batch\/v1\nkind: Job\n/);
  await expect(page.locator(".toast")).toHaveText(/Here is what could be read|能够读出的部分/);
});
