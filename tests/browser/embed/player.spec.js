// What somebody meets who reads a page with a run in it: by pointer and by key, with scripts and without.
import { barriers } from "../fixtures.js";
import { begin, embed, expect, filmOf, number, player, test } from "./host.js";

const CASE = "backoff_limit_two_then_success";
const sheet = (page) => player(page).locator("section.jp");
const why = (page) => player(page).locator(".because p");
const marks = (page) => player(page).locator(".mark");
const topOf = (page, selector) => page.locator(selector).evaluate((node) => node.getBoundingClientRect().top);

let lang;
test.beforeEach(({}, { project }) => {
  lang = project.use.locale === "zh-CN" ? "zh" : "en";
});

const show = async (host, attributes = "", name = CASE) => host.open(await embed(name, { attributes, lang }), { lang });
const press = async (page) => {
  await begin(page).click();
  await expect(marks(page).first()).toBeVisible();
};

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("there are the poster, the text and the link", async ({ page, host }) => {
    await show(host);
    await expect(page.locator("job-playground img")).toBeVisible();
    await page.click("summary");
    await expect(page.locator("job-playground code")).toContainText("kind: Job");
    await expect(page.locator("job-playground a")).toHaveAttribute("href", /#v1/);
  });
});

test("ten of them ask for nothing but posters until somebody presses", async ({ page, host }) => {
  const one = await embed(CASE, { lang });
  await host.open(Array(10).fill(one).join(""), { lang });
  await expect(begin(page)).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(host.asked.filter((path) => !/\.(svg|css)$|^\/$|^\/(watch|job-playground)\.js$/.test(path))).toEqual([]);
  host.asked.length = 0;
  await press(page);
  expect(host.asked).toEqual([`/${CASE}.${lang}.film.json`]);
});

test("nothing moves: not when the script comes late, not on the press, not by steps", async ({ page, host }) => {
  let arrive;
  await page.setViewportSize({ width: 900, height: 800 });
  await page.route("**/job-playground.js", (route) => new Promise((resolve) => (arrive = () => resolve(route.continue()))));
  await host.open(await embed(CASE, { lang }), { lang, until: "commit" });
  await expect.poll(() => Boolean(arrive)).toBe(true);
  await expect(page.locator("job-playground img")).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.querySelector("img").complete)).toBe(true);
  const before = await topOf(page, "#after");
  await arrive();
  await expect(begin(page)).toBeVisible();
  expect(await topOf(page, "#after")).toBe(before);
  await press(page);
  expect(await topOf(page, "#after")).toBe(before);
  const count = (await filmOf(CASE, lang).then(JSON.parse)).moments.length;
  for (let n = 1; n < count; n++) await page.keyboard.press("ArrowLeft");
  expect(await number(page)).toBe(1);
  expect(await topOf(page, "#after")).toBe(before);
});

test("the browser counts no shift, of the press neither", async ({ page, host }) => {
  await show(host);
  await expect(begin(page)).toBeVisible();
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => (window.shifts = []));
  await press(page);
  await page.locator(".previous").click();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await host.noted("shifts")).toEqual([]);
});

test("nothing is in motion when it appears", async ({ page, host }) => {
  await show(host, 'at="9s"');
  await player(page).evaluate((node) =>
    node.addEventListener("jp-ready", () => {
      const moving = () => node.shadowRoot.getAnimations().length;
      requestAnimationFrame(() => requestAnimationFrame(() => (window.moving = moving())));
    }),
  );
  await press(page);
  await expect.poll(() => page.evaluate(() => window.moving)).toBe(0);
});

test("a press on a mark says why", async ({ page, host }) => {
  await show(host);
  await press(page);
  const film = JSON.parse(await filmOf(CASE, lang));
  const [, , , , , , step, object, name] = film.marks.find((mark) => mark[7] === "pod-2");
  await page.getByRole("button", { name, exact: true }).first().click();
  await expect(marks(page).and(page.locator("[aria-current]"))).toHaveAttribute("aria-label", name);
  const sentence = (film.why[`${step}.${object}`] ?? film.why[step])[3];
  await expect(why(page)).toHaveText(sentence.map((part) => (typeof part === "string" ? part : part[1])).join(""));
  await expect(player(page).locator(".because")).toHaveAttribute("aria-live", "polite");
  const [[, told]] = (await host.events("select")).slice(-1);
  expect(told).toEqual({ step, object, name });
});

test("by key: steps, both ends, marks; and only while the focus is inside", async ({ page, host }) => {
  await show(host);
  await begin(page).focus();
  await page.keyboard.press("Enter");
  await expect(player(page).locator(".play")).toBeFocused();
  const count = await number(page);
  await page.keyboard.press("ArrowLeft");
  expect(await number(page)).toBe(count - 1);
  await page.keyboard.press("Home");
  expect(await number(page)).toBe(1);
  await page.keyboard.press("ArrowLeft");
  expect(await number(page)).toBe(1);
  await page.keyboard.press("End");
  expect(await number(page)).toBe(count);
  // One stop of Tab leads to the marks, arrows from there to the others.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(player(page).locator(".mark:focus")).toHaveCount(1);
  const first = await player(page).locator(".mark:focus").getAttribute("aria-label");
  await page.keyboard.press("ArrowDown");
  expect(await player(page).locator(".mark:focus").getAttribute("aria-label")).not.toBe(first);
  await page.keyboard.press("Enter");
  await expect(player(page).locator(".mark:focus")).toHaveAttribute("aria-current", "");
  // The keys of the text below it, and of the page, are not taken.
  const here = await number(page);
  await page.locator("summary").focus();
  await page.keyboard.press("ArrowLeft");
  expect(await number(page)).toBe(here);
});

test("it does not scroll, and lets the wheel go by", async ({ page, host }) => {
  await host.open((await embed(CASE, { lang })) + "<p>More text.</p>".repeat(80), { lang });
  const scrolled = () => page.evaluate(() => window.scrollY);
  await begin(page).scrollIntoViewIfNeeded();
  const before = await scrolled();
  await press(page);
  expect(await scrolled()).toBe(before);
  await player(page).locator(".lanes").hover({ position: { x: 40, y: 40 } });
  await page.mouse.wheel(0, 300);
  await expect.poll(scrolled).toBeGreaterThan(before);
});

test("plays to the end, and says so", async ({ page, host }) => {
  await page.clock.install();
  await show(host, 'at="step:16"');
  await press(page);
  await player(page).locator(".play").click();
  await expect(player(page).locator(".because")).toHaveAttribute("aria-live", "off");
  await page.clock.runFor(20_000);
  await expect.poll(() => host.events("play", "pause", "ended").then((all) => all.map(([name]) => name))).toEqual(["play", "pause", "ended"]);
  const count = JSON.parse(await filmOf(CASE, lang)).moments.length;
  expect(await number(page)).toBe(count);
  // From the end it begins anew.
  await player(page).locator(".play").click();
  expect(await number(page)).toBe(1);
});

test("light and dark are those of the page around it, or of its own", async ({ page, host }) => {
  const ground = () => sheet(page).evaluate((node) => getComputedStyle(node).backgroundColor);
  await show(host);
  await press(page);
  const set = (name) => page.evaluate((scheme) => (document.documentElement.className = scheme), name);
  await set("light");
  expect(await ground()).toBe("rgb(255, 255, 255)");
  await set("dark");
  expect(await ground()).toBe("rgb(26, 27, 30)");
  await player(page).evaluate((node) => node.setAttribute("theme", "light"));
  expect(await ground()).toBe("rgb(255, 255, 255)");
});

test("a page may set the colours", async ({ page, host }) => {
  await show(host);
  await page.evaluate(() => document.documentElement.style.setProperty("--jp-sheet", "rgb(1, 2, 3)"));
  expect(await sheet(page).evaluate((node) => getComputedStyle(node).backgroundColor)).toBe("rgb(1, 2, 3)");
});

test("a page may style its parts", async ({ page, host }) => {
  const parts = () => player(page).evaluate((node) => [...node.shadowRoot.querySelectorAll("[part]")].map((one) => one.getAttribute("part")));
  await show(host);
  expect(await parts()).toContain("button");
  await begin(page).click();
  for (const part of ["sheet", "title", "lanes", "mark", "why", "controls", "open"]) expect(await parts()).toContain(part);
});

test("has no barriers, before the press and after", async ({ page, host }) => {
  await show(host);
  await expect(begin(page)).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await press(page);
  expect(await barriers(page)).toEqual([]);
});

test("on paper there are the picture and the words, and no buttons", async ({ page, host }) => {
  await show(host);
  await expect(begin(page)).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(begin(page)).toBeHidden();
  await expect(page.locator("job-playground img")).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  await press(page);
  await page.emulateMedia({ media: "print" });
  await expect(player(page).locator(".play")).toBeHidden();
  await expect(player(page).locator(".veil")).toBeHidden();
  await expect(why(page)).toBeVisible();
});

test("at the width of a phone everything has its place", async ({ page, host }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await show(host);
  const before = await topOf(page, "#after");
  await press(page);
  expect(await topOf(page, "#after")).toBe(before);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBe(360);
  const edges = await sheet(page).evaluate((node) => {
    const right = node.getBoundingClientRect().right;
    return [...node.querySelectorAll(".head *, footer *, .name, p")].filter((one) => one.getBoundingClientRect().right > right + 1).length;
  });
  expect(edges).toBe(0);
});

test("keeps nothing and moves nothing for those who want no motion", async ({ page, host }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await show(host);
  await press(page);
  expect(await player(page).locator(".now:empty").evaluate((node) => getComputedStyle(node).transitionDuration)).toMatch(/^0s/);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, indexedDB.databases && 0])).toEqual([0, 0, "", 0]);
});

test("a page that is left and come back to shows it again", async ({ page, host }) => {
  await show(host);
  await press(page);
  // As a router does: what was shown goes, and comes back as new elements.
  await page.evaluate(() => {
    const main = document.querySelector("main");
    const copy = main.cloneNode(true);
    main.replaceWith(copy);
  });
  await press(page);
  await expect(why(page)).not.toBeEmpty();
});
