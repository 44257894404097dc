// Gestures of a hand on the timeline: faults in the hand, dots, cells, numbers at verbs.
import { expect, open, openText, test } from "../fixtures.js";
import { wholeText } from "../page.js";

const middle = async (of) => {
  const { x, y, width, height } = await of.boundingBox();
  return [x + width / 2, y + height / 2];
};
const clock = (page) => page.locator(".playhead span").textContent();

test("a fault keeps its place in the hand, and the future follows it", async ({ page }) => {
  await open(page, "./?lang=en");
  const [box, pods] = [page.locator(".fault"), page.locator(".podrow")];
  const rightEdge = async () => (await box.boundingBox()).x + (await box.boundingBox()).width;
  const start = async (pod) => (await pods.nth(pod).locator(".hit[data-pod]").first().boundingBox()).x;
  const [x, y] = await middle(page.locator(".fault .what"));
  const [text, edge, first, third] = [await wholeText(page), await rightEdge(), await start(0), await start(2)];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let by = 12; by <= 60; by += 8) {
    await page.mouse.move(x - by, y);
    // A pixel is more than a tenth of a second: times are round.
    await expect.poll(async () => Math.abs((await rightEdge()) - edge + by)).toBeLessThan(3);
  }
  await expect(page.locator(".fault .when")).toHaveText(/^0:2\d\.\d+$/);
  await expect(page.locator(".old.stays i")).not.toHaveCount(0);
  expect(await start(0)).toBeCloseTo(first, 0);
  expect(Math.abs((await start(2)) - third)).toBeGreaterThan(3);
  expect(await wholeText(page)).toBe(text);
  await page.mouse.move(x - 500, y, { steps: 5 });
  await expect(page.locator(".fault .nearest")).toContainText(/At \d.* instead: /);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect.poll(rightEdge).toBeCloseTo(edge, 0);
  expect(await wholeText(page)).toBe(text);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 500, y, { steps: 5 });
  await page.mouse.up();
  await expect(page.locator(".toast")).toContainText(/At \d.* instead: /);
  await expect.poll(() => wholeText(page)).toContain("at: 18.348s");
  expect(await clock(page)).toBe("0:18.348");
  await page.keyboard.press("Control+z");
  await expect.poll(() => wholeText(page)).toBe(text);
});

test("a fault of the tray says whom it hits and when, then time goes there", async ({ page }) => {
  await open(page, "./?lang=en");
  const row = await page.locator(".podrow").first().boundingBox();
  await page.locator(".tray .chip", { hasText: "Evict" }).hover();
  await page.mouse.down();
  for (let by = 0; by < 40; by += 10) await page.mouse.move(row.x + 200 + by, row.y + row.height / 2);
  await expect(page.locator(".aim p")).toHaveText(/^Evict pod 1 0:0\d\.\d+$/);
  const at = await page.locator(".aim .when").textContent();
  await page.mouse.up();
  await expect(page.locator(".fault")).toHaveCount(2);
  expect(await clock(page)).toBe(at);
  await expect(page.locator(".why .subject")).toContainText("Pod 1");
});

test("a press on a dot hits that dot", async ({ page }) => {
  await open(page, "./?lang=en");
  const dots = page.locator(".ctrl .marks circle:is([r='3.5'], [r='2.6'])");
  for (let n = 0; n < (await dots.count()); n += 3) {
    const [x, y] = await middle(dots.nth(n));
    const hit = await page.evaluate(([x, y]) => document.elementFromPoint(x, y).getBoundingClientRect().toJSON(), [x, y]);
    expect(hit.width).toBeLessThanOrEqual(24);
    expect(hit.x < x && x < hit.right).toBe(true);
  }
  const [x, y] = await middle(dots.first());
  await page.mouse.click(x, y);
  expect(await clock(page)).toBe("0:00.000");
});

// Index 47 fails once and is tried again.
const many = `apiVersion: batch/v1
kind: Job
metadata: {name: many}
spec:
  completions: 1000
  parallelism: 200
  completionMode: Indexed
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox}]
---
apiVersion: job-playground/v1
kind: Scenario
spec:
  kubernetes: "1.36"
  behaviors: [{match: {index: 47, attempt: 1}, run: 5s, exitCode: 3}]
`;

test("a cell is selected where time stands, says what it is, and opens its attempts", async ({ page }) => {
  await openText(page, many, "./?lang=en");
  await page.locator(".playhead span").focus();
  await page.keyboard.press("End");
  const at = await clock(page);
  const plot = await page.locator(".plot").boundingBox();
  await page.mouse.move(plot.x + 30, plot.y + 6);
  await expect(page.locator(".tips p")).toContainText("Index 1, succeeded");
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.locator(".podrow .lab b")).toHaveText(/^Index\s1$/);
  await page.locator(".goto input").fill("47");
  await page.locator(".goto input").press("Enter");
  await expect(page.locator(".podrow .hit[data-pod]")).toHaveCount(2);
  expect(await clock(page)).toBe(at);
});

test("exit code, grace and the numbers of menus are taken by Enter", async ({ page }) => {
  await open(page, "./?lang=en");
  await page.locator(".podrow .hit[data-pod]").first().focus();
  await page.keyboard.press("x");
  await expect(page.locator(".verbs input").first()).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("42");
  await page.keyboard.press("Enter");
  await expect.poll(() => wholeText(page)).toContain("exitCode: 42");
  await page.locator(".joblane .more").click();
  await page.locator(".verbs input").first().fill("3");
  await page.keyboard.press("Enter");
  await expect.poll(() => wholeText(page)).toContain("parallelism: 3");
  await page.locator(".tray input").last().fill("7");
  await page.keyboard.press("Enter");
  await expect.poll(() => wholeText(page)).toContain("gracePeriodSeconds: 7");
});

test("a CronJob runs now, and changes its schedule", async ({ page }) => {
  await openText(
    page,
    'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: hello}\nspec:\n  schedule: "*/5 * * * *"\n  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}}}}\n',
    "./?lang=en",
  );
  const menu = page.locator(".more[aria-label*=CronJob]");
  await menu.hover();
  await menu.click();
  await page.locator(".verbs .verb").nth(1).click();
  await expect(page.locator(".lab .name", { hasText: "hello-manual-1" })).toHaveCount(1);
  await menu.hover();
  await menu.click();
  await page.locator(".verbs input").fill("*/2 * * * *");
  await page.keyboard.press("Enter");
  await expect.poll(() => wholeText(page)).toContain("*/2 * * * *");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a fault is moved and removed, and steps are counted", async ({ page }) => {
    await open(page, "./?lang=en");
    await expect(page.locator(".dock .stepno")).toBeVisible();
    await page.locator(".story .mine").click();
    await page.getByRole("button", { name: "1 s earlier" }).click();
    await expect.poll(() => wholeText(page)).toContain("at: 23.301s");
    await page.locator(".story .held button").last().click();
    await expect.poll(() => wholeText(page)).not.toContain("at: 23.301s");
  });
});
