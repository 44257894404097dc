// Many pods: cells and bands by keyboard, by number, by pointer. A phone tells the run as a story.
import { barriers, expect, openText, test } from "../fixtures.js";
import { jobOf } from "../page.js";

// Index 47 fails once and is tried again.
const many = (pods, mode = "Indexed") =>
  jobOf(pods, ["{match: {index: 47, attempt: 1}, run: 5s, exitCode: 3}"], { mode });

async function openMany(page, text) {
  await openText(page, text);
  await expect(page.locator(".cellbtn")).toHaveCount(1);
}

const pick = (page) => page.locator(".cellbtn");
const name = (page) => pick(page).getAttribute("aria-label");

test("arrow keys lead over the cells, Enter asks why", async ({ page }) => {
  await openMany(page, many(400));
  await page.locator(".goto input").fill("45");
  await page.locator(".goto input").press("Enter");
  await expect(pick(page)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(pick(page)).toBeFocused();
  expect(await name(page)).toMatch(/^Index 47, /);
  await page.keyboard.press("Enter");
  await expect(page.locator(".why .subject")).toContainText(/\d/);
  await expect(page.locator(".plot .chosen")).toHaveCount(1);
  await page.keyboard.press("ArrowUp");
  expect(await name(page)).toMatch(/^Index 7, /);
  // At the upper edge the next lane takes the focus.
  await page.keyboard.press("ArrowUp");
  await expect(page.locator(".ctrl .hit:focus")).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await expect(pick(page)).toBeFocused();
});

test("a failed cell says its exit code and its attempt", async ({ page }) => {
  await openMany(page, many(400));
  await page.locator(".scrub").focus();
  await page.keyboard.press("Home");
  // Step on until something has failed and nothing follows yet, or waits.
  await expect
    .poll(async () => {
      await page.keyboard.press("ArrowRight");
      return page.locator(".sum").textContent();
    })
    .toMatch(/waiting|failed/);
  await page.locator(".goto input").fill("47");
  await page.locator(".goto input").press("Enter");
  await expect(pick(page)).toHaveAttribute("aria-label", /^Index 47, (waiting|failed), exit 3, attempt 1\. /);
});

test("a press on a cell selects its pod", async ({ page }) => {
  await openMany(page, many(2000));
  const box = await page.locator(".plot").boundingBox();
  await page.mouse.click(box.x + 3, box.y + 3);
  expect(await name(page)).toMatch(/^Index 0, /);
  await expect(page.locator(".plot .chosen")).toHaveCount(1);
});

test("bands open a page of single pods around the pointer", async ({ page }) => {
  await openMany(page, many(12_000, "NonIndexed"));
  const band = await page.locator(".band").boundingBox();
  await page.mouse.click(band.x + band.width / 2, band.y + 10);
  const number = async () => Number((await name(page)).match(/\d+/)[0]);
  expect(Math.abs((await number()) - 6000)).toBeLessThan(60);
  await pick(page).focus();
  const before = await number();
  await page.keyboard.press("PageDown");
  expect(await number()).toBeGreaterThan(before + 100);
  await page.locator(".goto input").fill("12000");
  await page.locator(".goto input").press("Enter");
  expect(await number()).toBe(12_000);
  expect(await barriers(page)).toEqual([]);
});

test("the strip turns pages by key, and has the sets of the status above it", async ({ page }) => {
  await openMany(page, many(12_000));
  const strip = page.getByRole("slider", { name: /in one strip/ });
  const told = () => strip.getAttribute("aria-valuetext");
  await strip.focus();
  expect(await told()).toMatch(/^Indexes 0 to \d+: /);
  await page.keyboard.press("ArrowRight");
  await expect.poll(told).toMatch(/^Indexes [1-9]\d* to \d+: /);
  await page.keyboard.press("End");
  await expect.poll(told).toMatch(/ to 11,999: /);
  await page.keyboard.press("Home");
  await expect.poll(told).toMatch(/^Indexes 0 to /);
  await page.locator(".scrub").focus();
  await page.keyboard.press("End");
  await expect(page.locator(".sets")).toHaveText("completedIndexes 0-11999");
  expect(await barriers(page)).toEqual([]);
});

test("a thin row is walked by the same keys", async ({ page }) => {
  await openMany(page, many(100));
  await pick(page).focus();
  const first = await name(page);
  await page.keyboard.press("ArrowDown");
  expect(await name(page)).not.toBe(first);
  await page.keyboard.press("Enter");
  await expect(page.locator(".rows .chosen")).toHaveCount(1);
  expect(await barriers(page)).toEqual([]);
});
