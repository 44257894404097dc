// Every window: regions side by side and their edges, low windows, a phone by hand.
import { barriers, expect, open, openText, test } from "../fixtures.js";
import { editor, wholeText } from "../page.js";

const many = (pods) => `apiVersion: batch/v1
kind: Job
metadata: {name: many}
spec:
  completions: ${pods}
  parallelism: 4
  completionMode: Indexed
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: "busybox:1.36", command: [sh, -c, sleep 20]}]
`;

const box = (page, selector) => page.locator(selector).first().boundingBox();
const window = (page) => page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
// Whether all of it is in the window, and neither scrolled away nor under something else.
async function inReach(page, selector) {
  const { x, y, width, height } = await box(page, selector);
  const seen = await window(page);
  const is_inside = x >= 0 && y >= 0 && x + width <= seen.width && y + height <= seen.height;
  return is_inside && page.locator(selector).first().evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return element.contains(hit) || hit.contains(element);
  });
}

async function drag(page, selector, byX, byY) {
  const { x, y, width, height } = await box(page, selector);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + byX / 2, y + height / 2 + byY / 2);
  await page.mouse.move(x + width / 2 + byX, y + height / 2 + byY);
  await page.mouse.up();
}

const SIZES = [
  { width: 1024, height: 768 },
  { width: 768, height: 1024 },
  { width: 820, height: 1180 },
  { width: 1440, height: 900 },
];

for (const viewport of SIZES) {
  test.describe(`${viewport.width}×${viewport.height}`, () => {
    test.use({ viewport });

    test("spec and timeline stand side by side, and nothing is cut off", async ({ page }) => {
      await open(page, "./?lang=en");
      const [spec, stage] = [await box(page, ".desk"), await box(page, ".stage")];
      expect(spec.x + spec.width).toBeLessThan(stage.x);
      expect(Math.abs(spec.y - stage.y)).toBeLessThan(8);
      expect(spec.width).toBeGreaterThan(200);
      expect(stage.width).toBeGreaterThan(400);
      for (const selector of [".tray .chip", ".transport .playbtn", ".why .sentence", ".events .now"]) {
        expect(await inReach(page, selector), selector).toBe(true);
      }
      const subject = await box(page, ".why .subject");
      expect(subject.y + subject.height).toBeLessThanOrEqual((await box(page, ".why .sentence")).y + 1);
      const scrolled = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(scrolled).toBeLessThanOrEqual(0);
      expect(await barriers(page)).toEqual([]);
    });

    test("the spec is a drawer: folded, the timeline has its room", async ({ page }) => {
      await open(page, "./?lang=en");
      const before = await box(page, ".stage");
      await page.locator(".fold").click();
      await expect(page.locator(".desk")).toBeHidden();
      await expect(page.locator(".fold")).toBeFocused();
      await expect(page.locator(".fold")).toHaveAttribute("aria-expanded", "false");
      expect((await box(page, ".stage")).width).toBeGreaterThan(before.width + 150);
      expect(await barriers(page)).toEqual([]);
      await page.reload();
      await expect(page.locator(".stage")).toBeVisible();
      await expect(page.locator(".desk")).toBeHidden();
      // What leads to the text unfolds it.
      await page.locator(".why .sentence .field, .why .chain .link").first().click();
      await page.locator(".fold").click();
      await expect(editor(page)).toBeVisible();
    });
  });
}

test("edges are dragged, moved by keys, remembered and put back", async ({ page }) => {
  await open(page, "./?lang=en");
  const edges = [
    [".spec-edge", ".spec", "width", "ArrowRight", "ArrowLeft", [90, 0]],
    [".why-edge", ".whybox", "width", "ArrowRight", "ArrowLeft", [-120, 0]],
    [".upper-edge", ".upper", "height", "ArrowDown", "ArrowUp", [0, -60]],
  ];
  for (const [edge, region, side, more, less, [byX, byY]] of edges) {
    const size = async () => (await box(page, region))[side];
    const at = async () => Number(await page.locator(edge).getAttribute("aria-valuenow"));
    const first = await size();
    await drag(page, edge, byX, byY);
    expect(Math.abs((await size()) - first - byX - byY), edge).toBeLessThan(4);
    await page.locator(edge).focus();
    const [dragged, said] = [await size(), await at()];
    await page.keyboard.press(more);
    await page.keyboard.press(more);
    expect(await size(), edge).toBeGreaterThan(dragged + 10);
    await expect.poll(at, edge).toBeGreaterThan(said);
    await page.keyboard.press(`Shift+${less}`);
    expect(await size(), edge).toBeLessThan(dragged);
    await page.keyboard.press("Home");
    const least = await size();
    await page.keyboard.press("End");
    expect(await size(), edge).toBeGreaterThan(least);
    await page.keyboard.press(`Shift+${less}`);
    const kept = await size();
    await page.reload();
    await expect(page.locator(edge)).toBeVisible();
    await expect.poll(async () => Math.abs((await size()) - kept), edge).toBeLessThan(3);
    await page.locator(edge).dblclick();
    await expect.poll(async () => Math.abs((await size()) - first), edge).toBeLessThan(3);
  }
  await page.locator(".spec-edge").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".desk")).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(page.locator(".desk")).toBeVisible();
});

for (const pods of [12, 60]) {
  test(`with ${pods} pods everything that acts stays at hand, and so does WHY`, async ({ page }) => {
    await openText(page, many(pods), "./?lang=en");
    const atHand = [".tray .chip", ".transport .playbtn", ".why .sentence"];
    for (const selector of atHand) expect(await inReach(page, selector), selector).toBe(true);
    await page.locator(".scrub").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    for (const selector of atHand) expect(await inReach(page, selector), selector).toBe(true);
    // What is explained is in sight; the time stands over it.
    if ((await page.locator(".podrow.on").count()) > 0) expect(await inReach(page, ".podrow.on .lab b")).toBe(true);
    await page.mouse.move(...Object.values(await box(page, ".scroller")).slice(0, 2).map((side) => side + 80));
    await page.mouse.wheel(0, 4000);
    await expect.poll(() => inReach(page, ".podrow:last-child .lab b")).toBe(true);
    expect(await inReach(page, ".playhead span")).toBe(true);
    for (const selector of atHand) expect(await inReach(page, selector), selector).toBe(true);
    // The menu of the last pod is in the window.
    await page.locator(".podrow").last().hover();
    await page.locator(".podrow .more").last().click();
    expect(await inReach(page, ".verbs .verb")).toBe(true);
  });
}

test.describe("at 400 %", () => {
  test.use({ viewport: { width: 360, height: 225 } });

  test("the page scrolls in one direction, and nothing stays over it", async ({ page }) => {
    await open(page, "./?lang=en");
    for (const number of [1, 0, 2]) {
      await page.locator(".tabbar button").nth(number).click();
      const { across, covered } = await page.evaluate(() => {
        const stays = [...document.querySelectorAll("body *")].filter((element) => {
          const { position } = getComputedStyle(element);
          return ["fixed", "sticky"].includes(position) && element.checkVisibility({ visibilityProperty: true }) && !element.closest(".code");
        });
        const heights = stays.map((element) => element.getBoundingClientRect().height).filter((height) => height > 1);
        return {
          across: document.documentElement.scrollWidth - innerWidth,
          covered: heights.reduce((sum, height) => sum + height, 0) / innerHeight,
        };
      });
      expect(across).toBeLessThanOrEqual(0);
      expect(covered).toBeLessThan(0.25);
      expect(await barriers(page)).toEqual([]);
    }
    await page.locator(".tabbar button").nth(1).click();
    await page.locator(".breakit").click();
    await page.locator(".tray .chip").first().click();
    await expect.poll(() => wholeText(page)).toMatch(/fail:.*\n?.*fail:/s);
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a fault is moved and taken out, the step is counted, index and Job have names", async ({ page }) => {
    await openText(page, many(3), "./?lang=en");
    await expect(page.locator(".dock .stepno")).toContainText(/step \d+ of\s\d+/);
    await expect(page.locator(".story .card small").filter({ hasText: "Index" }).first()).toBeVisible();
    await expect(page.locator(".story .card small").filter({ hasText: "many" }).first()).toBeVisible();
    const clean = await wholeText(page);
    await page.locator(".breakit").tap();
    await page.locator(".tray .chip").first().tap();
    await expect.poll(() => wholeText(page)).toContain("fail:");
    const at = async () => Number((await wholeText(page)).match(/at: ([\d.]+)s/)[1]);
    const before = await at();
    await page.locator(".story .held button").nth(1).tap();
    await expect.poll(at).toBeGreaterThan(before);
    await page.locator(".story .held button").nth(0).tap();
    await expect.poll(at).toBe(before);
    await page.locator(".story .held button").nth(2).tap();
    await expect.poll(() => wholeText(page)).not.toContain("fail:");
    expect((await wholeText(page)).startsWith(clean.trimEnd())).toBe(true);
  });
});
