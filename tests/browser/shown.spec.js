// The page shows what happened to this text, and nothing of another one's.
import { expect, open, test } from "./fixtures.js";
import { editor, setSpec, showRun, showWhy, wholeText } from "./page.js";

const job = (name, policy = "Never") => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
spec:
  template:
    spec:
      restartPolicy: ${policy}
      containers:
      - name: main
        image: busybox:1.36
        command: [sh, -c, sleep 20]
`;

// As from the clipboard, outside the text box.
const paste = (page, text) =>
  page.evaluate((words) => {
    const data = new DataTransfer();
    data.setData("text/plain", words);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);

test("a refused text has its refusal in the run's place", async ({ page }) => {
  await open(page);
  await paste(page, job("migrate", "Sometimes"));
  const refusals = page.locator("#stage .refusals");
  await expect(refusals.locator("h2")).toHaveText(/^(Refused: nothing is created|被拒绝：什么都不会创建)$/);
  await expect(refusals.locator("q").first()).toContainText("restartPolicy");
  await expect(page.locator(".film, .lastgood")).toHaveCount(0);
  // All that happened is that it was refused.
  await expect(page.locator(".events li")).toHaveCount(1);
  await showWhy(page);
  await expect(page.locator("#why-region")).toContainText("restartPolicy");
  await expect(page.locator("#why-region")).not.toContainText("Pod 1");

  await showRun(page);
  await refusals.locator(".line").first().click();
  await expect(editor(page)).toBeFocused();
  expect(await editor(page).evaluate((box) => box.value.slice(box.selectionStart).startsWith("Sometimes"))).toBe(true);
  await showRun(page);
  await refusals.locator(".link").first().click();
  await expect(page.locator(".verdict b")).toHaveText("Complete");
  // It opens where something can be done.
  await expect(page.locator(".events .now, .story .now").first()).not.toContainText("Completed");
});

test("the same document, edited, keeps the run before under the veil", async ({ page }) => {
  await open(page);
  await setSpec(page, (text) => text.replace("restartPolicy: Never", "restartPolicy: Sometimes"));
  await showRun(page);
  await expect(page.locator(".lastgood")).toContainText(/the run before: pi|之前的运行：pi/);
  await expect(page.locator(".verdict b")).toHaveText("Complete");
  const header = page.locator(".film");
  expect(await header.evaluate((film) => getComputedStyle(film).opacity)).toBe("1");
  if (await page.locator(".tabbar").isVisible()) {
    await expect(page.locator("#stage .refusals")).toBeVisible();
    await showWhy(page);
    await expect(page.locator("#why-region .refusals")).toBeVisible();
  }
});

test("WHY goes with the playhead", async ({ page }) => {
  await open(page);
  test.skip(await page.locator(".tabbar").isVisible(), "keys of the timeline");
  const sentence = page.locator(".why .sentence").first();
  const said = new Set([await sentence.textContent()]);
  await page.locator(".stage .keys button").first().click();
  said.add(await sentence.textContent());
  for (const key of ["5", "End", "Home"]) {
    await page.locator(".scrub").focus();
    await page.keyboard.press(key);
    said.add(await sentence.textContent());
  }
  // The start and Home are one place.
  expect(said.size).toBe(4);
  const scrub = await page.locator(".scrub").boundingBox();
  await page.mouse.move(scrub.x + 4, scrub.y + 10);
  await page.mouse.down();
  await page.mouse.move(scrub.x + scrub.width * 0.4, scrub.y + 10, { steps: 4 });
  await page.mouse.up();
  expect(await sentence.textContent()).not.toBe([...said][1]);
});

test("all that happens at one instant is listed", async ({ page }) => {
  await open(page);
  test.skip(await page.locator(".tabbar").isVisible(), "the list is the same");
  const six = job("six").replace("spec:\n", "spec:\n  completions: 6\n  parallelism: 6\n").replace("sleep 20", "exit 0");
  await paste(page, six);
  await expect(page.locator(".events li").filter({ hasText: "Created pod: six-" })).toHaveCount(6);
  for (const pod of [1, 2, 3, 4, 5, 6]) {
    await expect(page.locator(".events li").filter({ hasText: new RegExp(`pod\\s${pod}\\ssucceeded`, "i") })).toHaveCount(1);
  }
});

test("Break it acts where it can, and undo brings back the moment", async ({ page }) => {
  await open(page);
  test.skip(await page.locator(".tabbar").isVisible(), "the tray is in a drawer there");
  await paste(page, job("short"));
  const text = await wholeText(page);
  await page.locator(".scrub").focus();
  await page.keyboard.press("End");
  const ended = await page.locator(".stage .stepno").textContent();
  const fail = page.locator(".tray .chip").first();
  await expect(fail).not.toHaveAttribute("aria-disabled", "true");
  await fail.click();
  await expect(page.locator(".toast")).toContainText(/At \d.* instead: /);
  await expect.poll(() => wholeText(page)).toContain("fail:");
  await page.keyboard.press("Control+z");
  await expect.poll(() => wholeText(page)).toBe(text);
  await expect(page.locator(".stage .stepno")).toHaveText(ended);
});

test("fields without effect make a text no less valid", async ({ page }) => {
  await open(page);
  test.skip(await page.locator(".tabbar").isVisible(), "the words are the same");
  const more = "        env: [{name: A, value: b}]\n        resources: {requests: {cpu: 1}}\n";
  await paste(page, job("healthy") + more);
  await expect(page.locator("#verdict")).toHaveText("valid");
  const line = page.locator(".problems summary");
  await expect(line).toContainText("env, resources");
  expect((await page.locator(".problems").boundingBox()).height).toBeLessThan(30);
  await line.click();
  await expect(page.locator(".problems li")).toBeVisible();
});

test("a change in mid-run can be applied there, and the server answers", async ({ page }) => {
  await open(page);
  test.skip(await page.locator(".tabbar").isVisible(), "the editor is the same");
  await setSpec(page, (text) => text.replace("image: busybox:1.36", "image: alpine"));
  await page.getByRole("button", { name: "kubectl apply at" }).click();
  const text = await wholeText(page);
  expect(text).toContain("image: busybox:1.36");
  expect(text).toContain("patch:");
  await expect(page.locator(".why .sentence").first()).toContainText("cannot be changed");
  await expect(page.locator(".code .offer")).toHaveCount(0);
});
