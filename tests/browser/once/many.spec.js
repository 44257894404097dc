// Many Jobs, scheduled times and inputs: cells that say what they stand for, one of them open; a long recording says how
// far it is, and is stopped.
import { barriers, expect, openText, test } from "../fixtures.js";
import { CASES } from "../hostile.js";

const lane = (page, name) => page.locator(".lane.dense").filter({ hasText: name });
const pick = (of) => of.locator(".cellbtn");

const cronJob = (until) =>
  CASES["a CronJob each minute for 400 days"]().replace("until: 9600h", `until: ${until}`);

test("each of a thousand Jobs can be opened, by number, by key and by pointer", async ({ page }) => {
  test.setTimeout(120_000);
  await openText(page, CASES["1,000 Jobs"]());
  const jobs = lane(page, "Jobs");
  await expect(pick(jobs)).toHaveCount(1, { timeout: 60_000 });
  await expect(jobs.locator(".sum")).toContainText(/1,000 (active|complete|not created yet)/);
  await jobs.locator(".goto input").fill("417");
  await jobs.locator(".goto input").press("Enter");
  await expect(page.locator(".joblane .name")).toHaveText("job-416");
  await expect(pick(jobs)).toBeFocused();
  expect(await pick(jobs).getAttribute("aria-label")).toMatch(/^Job 417 of 1,000, job-416, /);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.locator(".joblane .name")).toHaveText("job-417");
  await jobs.locator(".plot").click({ position: { x: 4, y: 4 } });
  await expect(page.locator(".joblane .name")).toHaveText("job-0");
  expect(await barriers(page, ".stage")).toEqual([]);
});

test("each scheduled time of a CronJob can be opened, and its Job with it", async ({ page }) => {
  await openText(page, cronJob("200m"));
  const times = lane(page, "Scheduled times");
  await expect(pick(times)).toHaveCount(1, { timeout: 30_000 });
  await times.locator(".goto input").fill("150");
  await times.locator(".goto input").press("Enter");
  expect(await pick(times).getAttribute("aria-label")).toMatch(/^Scheduled time 150 of (199|200), .*started/);
  await expect(times.locator(".chosen")).toHaveCount(1);
  await expect(times.locator(".sum")).toContainText("150 started");
  await expect(page.locator(".marks.many path").first()).toHaveAttribute("d", /^M/);
  expect(await barriers(page, ".stage")).toEqual([]);
});

test("each of two thousand inputs can be opened, and moved", async ({ page }) => {
  await openText(page, CASES["2,000 inputs"]());
  const inputs = lane(page, "Inputs");
  await expect(pick(inputs)).toHaveCount(1, { timeout: 60_000 });
  await expect(page.locator(".fault")).toHaveCount(1);
  await inputs.locator(".goto input").fill("1234");
  await inputs.locator(".goto input").press("Enter");
  expect(await pick(inputs).getAttribute("aria-label")).toMatch(/^Input 1,234 of 2,000, /);
  await expect(page.locator(".fault .what")).toHaveAttribute("aria-label", /1:01:39/);
  // The box is that of any other input: a key moves it in the text.
  await page.locator(".fault .what").press("Shift+ArrowRight");
  await expect(page.locator(".fault .what")).toHaveAttribute("aria-label", /1:01:40/);
  expect(await barriers(page, ".stage")).toEqual([]);
});

test("a long recording says how far it is, is stopped by Escape, and is made again by a button", async ({ page }) => {
  test.setTimeout(120_000);
  await openText(page, cronJob("9600h"));
  const progress = page.locator(".recording");
  await expect(progress).toContainText("Recording the run… it has come to", { timeout: 30_000 });
  await expect(page.locator(".stage [role=status]")).toContainText("Escape stops it.");
  await page.keyboard.press("Escape");
  await expect(page.locator(".goeson")).toContainText("You stopped the recording at", { timeout: 60_000 });
  await expect(progress).toHaveCount(0);
  await expect(page.locator(".lanes")).toBeVisible();
  await page.getByRole("button", { name: "Record it again" }).click();
  await expect(progress).toContainText("Recording the run…", { timeout: 30_000 });
  await page.getByRole("button", { name: "Stop here" }).click();
  await expect(page.locator(".goeson")).toContainText("You stopped the recording at", { timeout: 60_000 });
});
