// A part of the run, chosen by the wheel, two fingers, a drag, the overview and keys. A phone tells the run as a story.
import { barriers, expect, open, test } from "../fixtures.js";
import { focusMark, stepNumber } from "../page.js";

const track = (page) => page.locator(".lanes .axis .track");
const lanes = (page) => page.locator(".lanes");

// The times that are shown, as the handles of the overview say them, in milliseconds.
async function shown(page) {
  const edge = async (name) => Number(await page.locator(`.edge.${name}`).getAttribute("data-at"));
  return { from: await edge("from"), to: await edge("to") };
}

const length = ({ from, to }) => to - from;

// A place on the lanes, as a share of the width; on the ground between the rows.
async function place(page, share, y = 150) {
  const box = await track(page).boundingBox();
  return [box.x + box.width * share, box.y + y];
}

test("the wheel with Ctrl zooms at the pointer, with Shift it pans, alone it scrolls the lanes", async ({ page }) => {
  await open(page);
  // Less room than the lanes take.
  await page.locator(".upper-edge").focus();
  await page.keyboard.press("Shift+ArrowUp");
  const scrolled = () => page.locator(".scroller").evaluate((lanes) => lanes.scrollTop);
  await page.locator(".scroller").evaluate((lanes) => lanes.scrollTo(0, 0));
  const all = await shown(page);
  const [x, y] = await place(page, 0.3);
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, 100);
  expect(await shown(page)).toEqual(all);
  await expect.poll(scrolled).toBeGreaterThan(0);
  await page.locator(".scroller").evaluate((lanes) => lanes.scrollTo(0, 0));

  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -100);
  await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  const near = await shown(page);
  expect(length(near)).toBeLessThan(length(all));
  expect(near.from).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.scrollingElement.scrollTop)).toBe(0);

  await page.keyboard.down("Shift");
  await page.mouse.wheel(0, 60);
  await page.keyboard.up("Shift");
  expect((await shown(page)).from).toBeGreaterThan(near.from);

  await page.keyboard.down("Control");
  for (let turn = 0; turn < 8; turn += 1) await page.mouse.wheel(0, 100);
  await page.keyboard.up("Control");
  expect(await shown(page)).toEqual(all);
});

test("keys of the timeline zoom, pan and fit, and the focus stays", async ({ page }) => {
  await open(page);
  const all = await shown(page);
  await focusMark(page);
  for (let press = 0; press < 4; press += 1) await page.keyboard.press("w");
  const near = await shown(page);
  expect(length(near)).toBeLessThan(length(all));
  await page.keyboard.press("d");
  expect((await shown(page)).from).toBeGreaterThan(near.from);
  await page.keyboard.press("a");
  await page.keyboard.press("s");
  expect(length(await shown(page))).toBeGreaterThan(length(near));
  await page.keyboard.press("f");
  expect(await shown(page)).toEqual(all);
  await page.keyboard.press("Shift+F");
  const fitting = await shown(page);
  expect(length(fitting)).toBeLessThan(length(all));
  await page.keyboard.press("f");
  await page.keyboard.press("[");
  expect(length(await shown(page))).toBeLessThan(length(all));
  await page.keyboard.press("f");
  await page.keyboard.press("]");
  expect((await shown(page)).from).toBe(0);
  expect(length(await shown(page))).toBeLessThan(length(all));
  await page.keyboard.press("f");
  await expect(page.locator(".lanes .hit:focus")).toHaveCount(1);
  // In the text box they are letters.
  await page.locator("#spec-text").focus();
  await page.keyboard.press("w");
  expect(await shown(page)).toEqual(all);
});

test("a drag on the lanes moves the part that is shown, and presses no mark", async ({ page }) => {
  await open(page);
  await focusMark(page);
  for (let press = 0; press < 4; press += 1) await page.keyboard.press("w");
  const before = await shown(page);
  const step = await stepNumber(page);
  const selected = await page.locator(".hit.on").first().getAttribute("aria-label");
  const second = page.locator(".podrow .hit[aria-label^='Pod 2, attempt']");
  const bar = await second.boundingBox();
  await page.mouse.move(bar.x + bar.width / 2, bar.y + 8);
  await page.mouse.down();
  await page.mouse.move(bar.x + bar.width / 2 - 60, bar.y + 12, { steps: 5 });
  await page.mouse.up();
  const after = await shown(page);
  expect(after.from).toBeGreaterThan(before.from);
  expect(await stepNumber(page)).toBe(step);
  expect(await page.locator(".hit.on").first().getAttribute("aria-label")).toBe(selected);
  // Without a move it is a press.
  await second.click();
  await expect(second).toHaveClass(/\bon\b/);
  const [x, y] = await place(page, 0.02, 60);
  await page.mouse.dblclick(x, y);
  expect((await shown(page)).from).toBe(0);
});

test("two fingers zoom", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, hasTouch: true });
  const page = await context.newPage();
  await open(page);
  const all = await shown(page);
  const [left, y] = await place(page, 0.4);
  const [right] = await place(page, 0.5);
  const session = await context.newCDPSession(page);
  const touch = (type, ...points) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, id]) => ({ x, y, id })) });
  await touch("touchStart", [left, 1], [right, 2]);
  for (let way = 10; way <= 100; way += 10) await touch("touchMove", [left - way, 1], [right + way, 2]);
  await touch("touchEnd");
  const near = await shown(page);
  expect(length(near)).toBeLessThan(length(all) * 0.7);
  expect(near.from).toBeGreaterThan(0);
  await context.close();
});

test("the overview is a window onto the timeline", async ({ page }) => {
  await open(page);
  const all = await shown(page);
  const strip = await page.locator(".scrub").boundingBox();
  const at = (share) => [strip.x + strip.width * share, strip.y + strip.height / 2];
  const drag = async (from, to) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 5 });
    await page.mouse.up();
  };
  const handle = async (name) => {
    const box = await page.locator(`.edge.${name}`).boundingBox();
    return [name === "to" ? box.x + box.width - 4 : box.x + 4, box.y + box.height / 2];
  };
  await drag(await handle("to"), at(0.5));
  await drag(await handle("from"), at(0.2));
  const part = await shown(page);
  expect(part.from / all.to).toBeCloseTo(0.2, 1);
  expect(part.to / all.to).toBeCloseTo(0.5, 1);
  const step = await stepNumber(page);
  await drag(at(0.35), at(0.6));
  const moved = await shown(page);
  expect(length(moved)).toBe(length(part));
  expect(moved.from / all.to).toBeCloseTo(0.45, 1);
  expect(await stepNumber(page)).toBe(step);
  // A press goes there: the playhead, and what is shown around it.
  await page.mouse.click(...at(0.25));
  const around = await shown(page);
  expect((around.from + around.to) / 2 / all.to).toBeCloseTo(0.25, 0);
  await expect(page.locator(".playhead [role=slider]")).toHaveAttribute("aria-valuenow", /^2[78]\d{3}$/);
  // The handles are sliders.
  await page.locator(".edge.to").focus();
  await page.keyboard.press("ArrowLeft");
  expect((await shown(page)).to).toBeLessThan(around.to);
  expect(await barriers(page, ".stage")).toEqual([]);
});

test("what is shown follows the playhead and the focus", async ({ page }) => {
  await open(page);
  await focusMark(page);
  for (let press = 0; press < 8; press += 1) await page.keyboard.press("w");
  const before = await shown(page);
  await page.keyboard.press("Home");
  expect((await shown(page)).from).toBe(0);
  await page.keyboard.press("End");
  expect((await shown(page)).from).toBeGreaterThan(before.from);
  for (const key of ["ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
  const box = await track(page).boundingBox();
  await expect
    .poll(async () => {
      const mark = await page.locator(".lanes .hit:focus").boundingBox();
      return mark.x + mark.width > box.x && mark.x < box.x + box.width;
    })
    .toBe(true);
  // Nothing of what is not shown is seen beside the lanes.
  await expect(lanes(page)).toHaveClass(/\bpart\b/);
  const clipped = await page.locator(".podrow .track").first().evaluate((row) => getComputedStyle(row).overflowX);
  expect(clipped).toBe("clip");
});

test("a drag along the axis chooses the part, a press on it only goes there", async ({ page }) => {
  await open(page);
  const all = await shown(page);
  const axis = async (share) => place(page, share, 20);
  await page.mouse.click(...(await axis(0.3)));
  expect(await shown(page)).toEqual(all);
  await page.mouse.move(...(await axis(0.6)));
  await page.mouse.down();
  await page.mouse.move(...(await axis(0.4)), { steps: 5 });
  await expect(page.locator(".range i")).toBeVisible();
  await page.mouse.up();
  await expect(page.locator(".range")).toHaveCount(0);
  const part = await shown(page);
  expect(length(part)).toBeLessThan(length(all));
  expect(part.from).toBeGreaterThan(0);
  expect(part.to).toBeLessThan(all.to);
});
