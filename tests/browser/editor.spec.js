// What the editor says about a text, and what it helps to write.
import { barriers, expect, open, test } from "./fixtures.js";
import { caretAt, editor, setSpec, showRun, showSpec, stepNumber, wholeText } from "./page.js";

const REFUSED = `apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec:
  backofflimit: 3
  template:
    spec:
      containers: [{name: main, image: "busybox:1.36"}]
`;
const THREE = `apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec:
  parallelism: -1
  template:
    spec:
      containers: [{name: main, image: "busybox:1.36"}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: b}
spec:
  ttlSecondsAfterFinished: 5
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: "busybox:1.36"}]
---
apiVersion: v1
kind: Service
metadata: {name: c}
`;

const card = (page) => page.locator("#editor-card");
const list = (page) => page.locator("#completions");

test("three tiers: at their place, in the list, in the chip", async ({ page }) => {
  await open(page);
  await setSpec(page, () => THREE);
  for (const tier of ["error", "warning", "note"]) {
    await expect(page.locator(`.problems section.${tier} li`)).not.toHaveCount(0);
    await expect(page.locator(`.ln .mark.${tier}`)).not.toHaveCount(0);
    await expect(page.locator(`.ln .sq.${tier}`)).not.toHaveCount(0);
  }
  await expect(page.locator("#verdict")).toHaveText(/^2 \D+\d \D+1 \D+$/);
  await expect(page.locator(".problems .error q").first()).toHaveAttribute("lang", "en");
  await expect(editor(page)).toHaveAttribute("aria-invalid", "true");
  expect(await barriers(page, ".spec")).toEqual([]);
  await setSpec(page, () => REFUSED.replace("backofflimit", "backoffLimit").replace("containers", "restartPolicy: Never\n      containers"));
  await expect(page.locator(".problems section.error")).toHaveCount(0);
  await expect(editor(page)).not.toHaveAttribute("aria-invalid", "true");
});

test("a fix is an edit that can be undone", async ({ page }) => {
  await open(page);
  await setSpec(page, () => REFUSED);
  await page.locator(".problems .error .link").first().click();
  await expect.poll(() => wholeText(page)).toContain("backoffLimit: 3");
  await page.keyboard.press("Control+z");
  await expect.poll(() => wholeText(page)).toContain("backofflimit: 3");
});

test("findings and their fixes by key alone", async ({ page }) => {
  await open(page);
  await setSpec(page, () => REFUSED);
  await caretAt(page, "apiVersion");
  await page.keyboard.press("F8");
  await expect(card(page)).toBeVisible();
  await expect(card(page).locator(".message.error")).toHaveCount(1);
  expect(await barriers(page, ".spec")).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press("Control+i");
  await expect(card(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(card(page)).toHaveCount(0);
  await expect.poll(() => wholeText(page)).toContain("backoffLimit: 3");
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect.poll(() => wholeText(page)).toContain("backofflimit: 3");
});

test("a field tells what it is, and leads to what it decided", async ({ page }) => {
  await open(page);
  await showSpec(page);
  await caretAt(page, "backoffLimit");
  await page.keyboard.press("Control+i");
  await expect(card(page).locator("h2 code")).toHaveText("backoffLimit");
  await expect(card(page).locator(".field-help > p").first()).not.toBeEmpty();
  expect(await barriers(page, ".spec")).toEqual([]);
  const before = await stepNumber(page);
  await card(page).locator(".effects button").click();
  await showRun(page);
  expect(await stepNumber(page)).not.toBe(before);
});

test("a field is told in a text that cannot be read", async ({ page }) => {
  await open(page);
  await setSpec(page, (text) => text.replace("  template:", "  comple\n  template:"));
  await expect(page.locator(".problems .error")).toHaveCount(1);
  await caretAt(page, "restartPolicy");
  await page.keyboard.press("Control+i");
  await expect(card(page).locator("h2 code")).toHaveText("restartPolicy");
  await expect(card(page).locator(".field-help > p").first()).not.toBeEmpty();
});

test("a lock stands at what cannot be changed, and its card says so", async ({ page }) => {
  await open(page);
  await showSpec(page);
  await expect(page.locator(".ln:has(.lock) code")).toHaveText("  template:");
  await caretAt(page, "template");
  await page.keyboard.press("Control+i");
  await expect(card(page).locator(".fact use[href='#i-lock']")).toHaveCount(1);
});

test("where nothing can run, the reason and its fix stand there", async ({ page }) => {
  await open(page);
  await page.evaluate((text) => localStorage.setItem("job-playground.text", text), REFUSED);
  await page.reload();
  await showRun(page);
  const told = page.locator(".empty .refusals");
  await expect(told.locator("q")).toHaveText('strict decoding error: unknown field "spec.backofflimit"');
  expect(await barriers(page, "#stage")).toEqual([]);
  await told.getByRole("button", { name: "backoffLimit" }).first().click();
  await expect.poll(() => wholeText(page)).toContain("backoffLimit: 3");
});

test("what could stand there, by key", async ({ page }) => {
  await open(page);
  await showSpec(page);
  await caretAt(page, "  backoffLimit: 3", "end");
  await page.keyboard.press("Enter");
  await editor(page).pressSequentially("compl");
  await expect(list(page).getByRole("option").first()).toHaveText(/^complet/);
  const chosen = await editor(page).getAttribute("aria-activedescendant");
  await expect(page.locator(`#${chosen}`)).toHaveAttribute("aria-selected", "true");
  expect((await barriers(page, ".spec")).filter((barrier) => !barrier.startsWith("target-size"))).toEqual([]);
  await page.keyboard.press("ArrowDown");
  await expect(editor(page)).not.toHaveAttribute("aria-activedescendant", chosen);
  await page.keyboard.press("Escape");
  await expect(list(page)).toHaveCount(0);
  await editor(page).pressSequentially("etionM");
  await page.keyboard.press("Enter");
  await expect.poll(() => wholeText(page)).toContain("\n  completionMode: ");
  // Its values follow at once.
  await expect(list(page).getByRole("option")).not.toHaveCount(0);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await expect.poll(() => wholeText(page)).toMatch(/\n {2}completionMode: (NonIndexed|Indexed)/);
});

test("Enter behind a complete word makes a line, whatever the list says", async ({ page }) => {
  await open(page);
  await setSpec(page, () => REFUSED.replace("backofflimit: 3", "restart"));
  await caretAt(page, "    spec:", "end");
  await page.keyboard.press("Enter");
  await editor(page).pressSequentially("restartPolicy: Never");
  await page.keyboard.press("Enter");
  await editor(page).pressSequentially("# x");
  await expect.poll(() => wholeText(page)).toContain("      restartPolicy: Never\n      # x\n");
});

test("a number steps by key, in one entry of the history", async ({ page }) => {
  await open(page);
  const before = await wholeText(page);
  await showSpec(page);
  await caretAt(page, "backoffLimit: 3", "end");
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("Alt+Shift+ArrowUp");
  await expect.poll(() => wholeText(page)).toContain("backoffLimit: 16");
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("Alt+Shift+ArrowDown");
  await expect.poll(() => wholeText(page)).toContain("backoffLimit: 0");
  await showRun(page);
  await expect(page.locator(".verdict b")).toHaveText("Failed");
  await showSpec(page);
  await page.keyboard.press("Control+z");
  await expect.poll(() => wholeText(page)).toBe(before);
});

test("a number steps by the buttons of its card, which stays", async ({ page }) => {
  await open(page);
  await showSpec(page);
  await caretAt(page, "backoffLimit: 3", "end");
  await page.keyboard.press("Control+i");
  await card(page).locator(".stepper button").last().click();
  await expect(card(page).locator("output")).toHaveText("4");
  await card(page).locator(".stepper button").first().click();
  await card(page).locator(".stepper button").first().click();
  await expect(card(page).locator("output")).toHaveText("2");
  await expect.poll(() => wholeText(page)).toContain("backoffLimit: 2");
});

test("an input method composes undisturbed, and what it wrote is one entry", async ({ page }) => {
  await open(page);
  await showSpec(page);
  const before = await wholeText(page);
  await caretAt(page, "backoffLimit: 3", "end");
  const input = await page.context().newCDPSession(page);
  await page.keyboard.type(" # ");
  const typed = await wholeText(page);
  for (const text of ["r", "re", "ren", "renwu"]) {
    await input.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
  expect(await wholeText(page)).toBe(typed);
  await expect(list(page)).toHaveCount(0);
  await input.send("Input.insertText", { text: "任务" });
  await expect.poll(() => wholeText(page)).toContain("backoffLimit: 3 # 任务\n");
  await page.keyboard.press("Control+z");
  await expect.poll(() => wholeText(page)).toBe(typed);
  await page.keyboard.press("Control+z");
  await expect.poll(() => wholeText(page)).toBe(before);
});

test("what a program is taken to do is shown, and written down by a click", async ({ page }) => {
  await open(page);
  await showSpec(page);
  const before = await wholeText(page);
  await page.locator(".defaults button").last().click();
  await expect.poll(() => wholeText(page)).toMatch(/- run: 10s\n +exitCode: 0\n/);
  await page.keyboard.press("Control+z");
  await expect.poll(() => wholeText(page)).toBe(before);
});

test("lines move in and out, and Tab leaves the text box", async ({ page }) => {
  await open(page);
  await setSpec(page, () => "a:\nb: 1\nc: 2");
  await page.evaluate(() => document.getElementById("spec-text").setSelectionRange(3, 12));
  await page.keyboard.press("Tab");
  await expect(editor(page)).toHaveValue("a:\n  b: 1\n  c: 2");
  await page.keyboard.press("Control+[");
  await expect(editor(page)).toHaveValue("a:\nb: 1\nc: 2");
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  await expect(editor(page)).not.toBeFocused();
});

// `bytes`: the file's, or how many of them it is to have.
const drop = (page, bytes) =>
  page.evaluate((values) => {
    const content = typeof values === "number" ? new Uint8Array(values).fill(97) : new Uint8Array(values);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], "job.yaml"));
    document.querySelector(".page").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, typeof bytes === "number" ? bytes : [...bytes]);

test("a dropped file opens, and the old text is one undo away", async ({ page }) => {
  await open(page);
  const before = await wholeText(page);
  await drop(page, Buffer.from("\ufeff# 任务\nkind: Job\n"));
  await expect.poll(() => wholeText(page)).toBe("# 任务\nkind: Job\n");
  await page.locator(".toast .btn").first().click();
  await expect.poll(() => wholeText(page)).toBe(before);
});

for (const [what, bytes] of [
  ["bytes that are no UTF-8", Buffer.from([0x6b, 0xff, 0xfe, 0x0a])],
  ["zeros in it", Buffer.from("kind: Job\0\n")],
  ["more than is read", 1_000_001],
]) {
  test(`a dropped file with ${what} says so, and the text stays`, async ({ page }) => {
    await open(page);
    const before = await wholeText(page);
    await drop(page, bytes);
    await expect(page.locator(".toast")).toBeVisible();
    expect(await wholeText(page)).toBe(before);
  });
}
