import { expect, open, running, test } from "./fixtures.js";
import { editor, setSpec, showRun, showSpec, transport, wholeText } from "./page.js";

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
