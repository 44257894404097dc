// Texts that come by a link, a menu or a reload.
import { expect, open, running, test } from "../fixtures.js";
import { setSpec, showRun, stepNumber, wholeText } from "../page.js";

const EIGHTEEN = "backoffLimit: 18";

test("the text survives a reload", async ({ page }) => {
  await open(page);
  await setSpec(page, (text) => text.replace("backoffLimit: 3", EIGHTEEN));
  await page.reload();
  await running(page);
  expect(await wholeText(page)).toContain(EIGHTEEN);
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
