// The rows of pods: as a table, in another order, and one of them looked for. A phone tells the run as a story.
import { barriers, expect, open, openText, test } from "../fixtures.js";
import { focusMark, jobOf, stepNumber } from "../page.js";

// Index 3 fails for good, index 5 once.
const indexed = (pods, parallelism = pods) =>
  jobOf(
    pods,
    ["{match: {index: 3}, run: 5s, exitCode: 3}", "{match: {index: 5, attempt: 1}, run: 5s, exitCode: 3}"],
    { parallelism, limit: "backoffLimitPerIndex: 1" },
  );

async function openRows(page, text) {
  await openText(page, text);
  await expect(page.locator(".tools")).toBeVisible();
}

const grid = (page) => page.locator(".podgrid");
const rows = (page) => grid(page).locator("[role=row][aria-selected]");
const chosen = (page) => grid(page).locator("[aria-selected=true]");

test("T shows the pods of the moment as kubectl does, and leads back", async ({ page }) => {
  await open(page);
  await focusMark(page);
  await page.keyboard.press("t");
  await expect(grid(page)).toBeFocused();
  await expect(grid(page).locator("[role=columnheader]")).toHaveText(
    ["NAME", "READY", "STATUS", "RESTARTS", "AGE", "NODE", "OUTCOME"],
  );
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first().locator("[role=gridcell]")).toHaveText(
    [/^pi-/, "0/1", "Error", "0", "25s", "node-1", /exit\s1/],
  );
  // What is walked to is selected, and time stays.
  const step = await stepNumber(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).toHaveCount(1);
  await expect(page.locator(".why .subject")).toContainText(/2/);
  expect(await stepNumber(page)).toBe(step);
  const id = await chosen(page).getAttribute("id");
  await expect(grid(page)).toHaveAttribute("aria-activedescendant", id);
  // Time is as far away as on the timeline.
  await page.keyboard.press("End");
  await expect(page.locator(".podgrid .none")).toBeVisible();
  await page.keyboard.press("Home");
  await expect(rows(page)).toHaveCount(1);
  expect(await barriers(page, ".stage")).toEqual([]);
  await page.keyboard.press("t");
  await expect(page.locator(".lanes .hit:focus")).toHaveCount(1);
});

test("of very many pods only those in sight have a row", async ({ page }) => {
  await openRows(page, indexed(3000, 1500));
  await page.locator(".tools button").last().click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", /^\d{4}$/);
  expect(await rows(page).count()).toBeLessThan(150);
  await grid(page).focus();
  await page.keyboard.press("Control+End");
  await expect(chosen(page)).toHaveCount(1);
  await expect(chosen(page)).toBeInViewport();
  const last = Number(await grid(page).getAttribute("aria-rowcount"));
  await expect(chosen(page)).toHaveAttribute("aria-rowindex", String(last));
  await page.keyboard.press("ArrowUp");
  await expect(chosen(page)).toHaveAttribute("aria-rowindex", String(last - 1));
  expect(await rows(page).count()).toBeLessThan(150);
});

test("rows stand by outcome, in groups, and the order is remembered", async ({ page }) => {
  await openRows(page, indexed(8));
  const names = () => page.locator(".podrow .lab b").allTextContents();
  expect((await names())[0]).toMatch(/0$/);
  await page.locator(".order select").selectOption("By outcome");
  await expect(page.locator(".lane.group")).toHaveText([/Failed · 1/, /Succeeded · 7/]);
  expect((await names())[0]).toMatch(/3$/);
  await page.reload();
  await expect(page.locator(".lane.group")).toHaveCount(2);
  await page.locator(".tools button").last().click();
  await expect(rows(page).first()).toContainText("many-3-");
  await page.locator(".order select").selectOption("By index");
  await expect(rows(page).first()).toContainText("many-0-");
});

test("cells have their own order, and say so", async ({ page }) => {
  await openRows(page, indexed(400));
  await expect(page.locator(".order select")).toBeDisabled();
  await expect(page.locator(".order")).toHaveAttribute("title", /Cells/);
});

test("P finds a pod by index and by name", async ({ page }) => {
  await openRows(page, indexed(60));
  await focusMark(page);
  await page.keyboard.press("p");
  const field = page.locator(".find input");
  await expect(field).toBeFocused();
  await field.fill("57");
  await field.press("Enter");
  await expect(page.locator(".find [role=status]")).toHaveText("1 of 2");
  const row = page.locator(".podrow.on");
  await expect(row).toContainText("57");
  await expect(row).toBeInViewport();
  await field.fill("MANY-12-");
  await field.press("Enter");
  await expect(row).toContainText("12");
  await expect(row).toBeInViewport();
  await field.fill("nobody");
  await field.press("Enter");
  await expect(page.locator(".find [role=status]")).toHaveText("No such pod");
  await expect(row).toContainText("12");
  await field.press("Escape");
  await expect(field).toHaveCount(0);
  await expect(page.locator(".podrow.on .hit:focus")).toHaveCount(1);
});

test("a pod among cells is found", async ({ page }) => {
  await openRows(page, indexed(400));
  await page.locator(".tools button").first().click();
  await page.locator(".find input").fill("321");
  await page.keyboard.press("Enter");
  await expect(page.locator(".podrow.on")).toContainText("321");
  await expect(page.locator(".plot .chosen")).toHaveCount(1);
});
