// What stands in the page before its program runs: the run of the first example, which can be stepped through and asked.
// The program takes its place, at the same moment, and nothing moves for it.
import { readFileSync } from "node:fs";
import { barriers, expect, open, running, test } from "./fixtures.js";
import { keepText, showRun, showWhy, stepNumber } from "./page.js";

const MINE = "# mine\napiVersion: batch/v1\nkind: Job\nmetadata: {name: kept}\n";
const PROGRAM = /\.wasm/;
const film = (page) => page.locator("job-playground:visible");
const still = (page) => page.locator(".still:visible");
const stepOf = async (page) => Number(await film(page).locator(".position b").textContent());
const isZh = ({ project }) => project.use.locale === "zh-CN";

test.use({ serviceWorkers: "block" });

// Opens the page without its program; returns what lets it come.
async function before(page, address = "./") {
  let send = () => {};
  const held = new Promise((resolve) => (send = resolve));
  await page.route(PROGRAM, (route) => held.then(() => route.continue()).catch(() => {}));
  await page.goto(address, { waitUntil: "commit" });
  return async () => {
    send();
    await expect(page.locator("main.app")).toBeVisible({ timeout: 20_000 });
  };
}

const playing = (page) => expect(film(page).locator(".position b")).toBeVisible();

test("the picture needs nothing but the page, a sheet and a small script", async ({ page }, info) => {
  await page.route(/\/(boot|player|web)[^/]*\.js|film[^/]*\.json|style[^/]*\.css/, () => {});
  await before(page);
  await expect(still(page).first()).toContainText("Complete");
  await expect(still(page).last()).toContainText(isZh(info) ? "等 20" : "waits 20");
  await expect(still(page).first().locator("svg[role=img]")).toHaveAccessibleName(/Job pi/);
});

test("it can be stepped through by key and by pointer, and asked why", async ({ page }, info) => {
  await before(page);
  await playing(page);
  expect(await stepOf(page)).toBe(12);
  for (const [key, step] of [["ArrowRight", 13], [".", 14], ["ArrowLeft", 13]]) {
    await page.keyboard.press(key);
    expect(await stepOf(page), key).toBe(step);
  }
  await film(page).locator(".next").click();
  expect(await stepOf(page)).toBe(14);
  await film(page).locator(".mark").filter({ visible: true }).first().press("Home");
  expect(await stepOf(page)).toBe(1);
  const bar = film(page).getByRole("button", { name: isZh(info) ? /Pod 1.*失败/ : /Pod 1.*failed/ });
  await bar.last().click();
  await expect(film(page).locator("[part=why] .because")).toContainText(/0.→.1/);
  expect(await barriers(page)).toEqual([]);
});

test("the program goes on at the moment at which the reader is", async ({ page }) => {
  const comes = await before(page);
  await playing(page);
  for (let n = 0; n < 3; n++) await page.keyboard.press("ArrowRight");
  const [step, clock] = [await stepOf(page), await film(page).locator(".now b").textContent()];
  await comes();
  expect(await page.evaluate(() => document.activeElement.tagName)).toBe("BODY");
  await showRun(page);
  await expect(page.locator(".stepno b").first()).toHaveText(`${step}`);
  await expect(page.locator(".stage")).toContainText(clock);
});

test("the mark that was pressed stays the one that is explained, and the focus goes to the stage", async ({ page }, info) => {
  const comes = await before(page);
  await playing(page);
  const bar = film(page).getByRole("button", { name: isZh(info) ? /Pod 1.*失败/ : /Pod 1.*failed/ }).last();
  await bar.focus();
  await page.keyboard.press("Enter");
  const told = await film(page).locator("[part=why] p").textContent();
  await comes();
  await expect(page.locator("#stage")).toBeFocused();
  await showWhy(page);
  await expect(page.locator("#why-region")).toContainText(told);
});

test("playing goes on", async ({ page }) => {
  const comes = await before(page);
  await playing(page);
  await film(page).locator(".play").click();
  await comes();
  const pause = page.locator(".keys:visible .playbtn");
  await expect(pause).toHaveAccessibleName(/Pause|暂停/);
  await pause.click();
  expect(await stepNumber(page)).toBeGreaterThanOrEqual(12);
});

test("nothing moves: not when the player comes, and not when the program does", async ({ page }) => {
  await page.addInitScript(() => {
    window.shifts = [];
    const note = (list) => window.shifts.push(...list.getEntries().map(({ value, sources }) => [value, sources.map(({ node }) => node?.nodeName)]));
    new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
  });
  const isPhone = page.viewportSize().width < 700;
  const box = (selector) => page.locator(selector).filter({ visible: true }).first().boundingBox();
  let letPlay = () => {};
  const measured = new Promise((resolve) => (letPlay = resolve));
  await page.route(/player[^/]*\.js/, (route) => measured.then(() => route.continue()));
  const comes = await before(page);
  await expect(still(page).first()).toBeVisible();
  const words = ".still text.failed, job-playground text.failed";
  const [stage, word] = [await box(".stage"), await box(words)];
  letPlay();
  await playing(page);
  const drawn = await box(words);
  for (const side of ["x", "y", "width", "height"]) expect(Math.abs(drawn[side] - word[side]), side).toBeLessThan(1.5);
  expect(await page.evaluate(() => window.shifts)).toEqual([]);
  await comes();
  if (!isPhone) {
    const now = await box("#stage");
    for (const side of ["x", "y", "width", "height"]) expect(Math.abs(now[side] - stage[side]), side).toBeLessThan(3);
  }
  // What the program itself adds while it settles; a tenth is called good.
  const shifts = await page.evaluate(() => window.shifts);
  expect(shifts.reduce((sum, [value]) => sum + value, 0), JSON.stringify(shifts)).toBeLessThan(0.01);
});

test("the regions are where their edges were left", async ({ page }) => {
  test.skip(page.viewportSize().width < 700, "a phone has no edges");
  await page.addInitScript(() => localStorage.setItem("job-playground.panes", "350 600 500"));
  const boxes = () => Promise.all([".stage", ".whybox"].map((name) => page.locator(name).filter({ visible: true }).boundingBox()));
  const comes = await before(page);
  await playing(page);
  const then = await boxes();
  await comes();
  for (const [n, now] of (await boxes()).entries())
    for (const side of ["x", "y", "width"]) expect(Math.abs(now[side] - then[n][side]), side).toBeLessThan(2);
});

test("the first frame of the program has the run, also on a slow machine", async ({ page }) => {
  await page.addInitScript(() => {
    window.empty = 0;
    new MutationObserver(() => (window.empty += document.querySelectorAll("#stage .empty").length)).observe(document, {
      childList: true,
      subtree: true,
    });
  });
  await (await page.context().newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: 6 });
  const comes = await before(page);
  await playing(page);
  await comes();
  await expect(page.locator("main.app .film")).toBeVisible();
  expect(await page.evaluate(() => window.empty)).toBe(0);
});

test("language and theme are right from the first picture", async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem("job-playground.lang", "zh-CN");
    localStorage.setItem("job-playground.theme", "dark");
  });
  await before(page);
  await expect(film(page)).toContainText("失败");
  await playing(page);
  await expect(film(page).locator(".ui .told")).toContainText("失败");
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await paper()).toBe("rgb(17, 18, 20)");
  await page.goto("./?lang=en&theme=light", { waitUntil: "commit" });
  await expect(film(page)).toContainText("failures used");
  expect(await paper()).toBe("rgb(246, 245, 241)");
});

for (const [whose, words, prepare, address] of [
  ["one's own text", /Your text is being opened|正在打开你的文本/, (page) => keepText(page, MINE), "./"],
  ["a link", /text of this link is being opened|正在打开此链接中的文本/, () => {}, `./#${readFileSync(new URL("../links/v1_0.link", import.meta.url), "utf8").trim()}`],
]) {
  test(`of ${whose} the frame of the page is there, and no run of another text`, async ({ page }) => {
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await prepare(page);
    const comes = await before(page, address);
    await expect(page.locator(".opens:visible")).toHaveText(words);
    await expect(page.locator(".brand:visible")).toBeVisible();
    await expect(still(page)).toHaveCount(0);
    expect(await barriers(page)).toEqual([]);
    await comes();
    await expect(page.locator("main.app")).toBeVisible();
    expect(asked.filter((one) => /player|film/.test(one))).toEqual([]);
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the picture is there, and the way to the examples", async ({ page }) => {
    await page.goto("./");
    await expect(page.locator(".first:visible")).toHaveCount(1);
    await expect(still(page).first()).toContainText("Complete");
    await page.locator("noscript a").first().click();
    await page.locator("main li a").first().click();
    await expect(page.locator("main img")).toBeVisible();
    await expect(page.locator("pre")).toContainText("backoffLimit: 3");
    await page.getByRole("link", { name: "中文" }).click();
    await expect(page.locator("h1")).toHaveText("失败两次，然后成功");
  });
});

test("the page about an example opens it at its moment", async ({ page }) => {
  await page.goto("./examples/deadline/");
  expect(await barriers(page)).toEqual([]);
  const picture = page.locator("main img");
  await expect.poll(() => picture.evaluate((img) => img.complete && img.naturalWidth > 0)).toBe(true);
  await page.locator("a.open").click();
  await running(page);
  await expect(page.locator(".top .doc .name")).toHaveText(/deadline|期限/i);
});

test.describe("if the program never comes", () => {
  test.use({ provoked: /ERR_|Failed to/ });

  test("the run stays and says so", async ({ page }) => {
    await page.route(PROGRAM, (route) => route.abort());
    await page.goto("./", { waitUntil: "commit" });
    await expect(page.locator("#failed")).toContainText(/Is there a network|请检查网络是否可用/, { timeout: 10_000 });
    await playing(page);
    await film(page).locator(".next").click();
    expect(await stepOf(page)).toBe(13);
    await expect(page.locator("#failed")).toBeInViewport();
    expect(await barriers(page)).toEqual([]);
    await page.unroute(PROGRAM);
    await page.locator("#failed").getByRole("button").click();
    await running(page);
  });

  test("nor the player: the picture stays, and the page opens", async ({ page }) => {
    await page.route(/player[^/]*\.js|film[^/]*\.json/, (route) => route.abort());
    await open(page);
    await expect(page.locator("main.app")).toBeVisible();
  });
});

test("the page can be installed", async ({ page, request }) => {
  await page.goto("./");
  const address = new URL(await page.locator("link[rel=manifest]").getAttribute("href"), page.url());
  const manifest = await (await request.get(address.href)).json();
  for (const { src } of manifest.icons) expect((await request.get(new URL(src, address).href)).ok(), src).toBe(true);
  expect(new URL(manifest.start_url, address).href).toBe(new URL("./", page.url()).href);
});
