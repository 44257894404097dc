// What an author can say: attributes, slots, properties, methods and events; and what becomes of mistakes.
import { readFileSync } from "node:fs";
import { begin, embed, expect, filmOf, number, player, POLICY, test, yamlOf } from "../host.js";

const CASE = "backoff_limit_two_then_success";
const film = async () => JSON.parse(await filmOf(CASE));
const show = async (host, attributes, options) => host.open(await embed(CASE, { attributes, ...options }));
const clock = (page) => player(page).locator(".now b");
const set = (page, name, value) => player(page).evaluate((node, [key, text]) => node.setAttribute(key, text), [name, value]);
const call = (page, name, ...values) => player(page).evaluate((node, [key, all]) => node[key](...all), [name, values]);

test.use({ locale: "en-US" });

test("at: times, the end, a step, a mark", async ({ page, host }) => {
  const { moments, marks } = await film();
  await show(host, 'load="eager" at="25.301s"');
  await expect(clock(page)).toHaveText("0:25.301");
  const before = (ms) => moments.findLast((moment) => moment[0] <= ms)[1];
  for (const [at, ms] of [["0s", 0], ["0m44s", 44_000], ["100ms", 100], ["9", 9_000], ["end", Infinity], ["1h", Infinity], ["what", Infinity]]) {
    await set(page, "at", at);
    await expect(clock(page)).toHaveText(before(ms));
  }
  await set(page, "at", "step:3");
  expect(await number(page)).toBe(3);
  await set(page, "at", "step:99");
  expect(await number(page)).toBe(moments.length);
  await set(page, "at", "mark:pod-2");
  await expect(player(page).locator("[aria-current]")).toHaveAttribute("aria-label", marks.findLast((mark) => mark[7] === "pod-2")[8]);
});

test("at: the moment that the author's link names, if nothing else does", async ({ page, host }) => {
  await host.open(`<job-playground load="eager" src="${CASE}.en.film.json"><a href="https://playground.example/#v1.text.sum&at=9s">Open</a></job-playground>`);
  await expect(clock(page)).toHaveText("0:08.225");
});

test("load: at once, or when it is seen", async ({ page, host }) => {
  await host.open(`<div id="far"></div>${await embed(CASE, { attributes: 'load="visible"' })}`);
  await page.evaluate(() => (document.querySelector("#far").style.height = "5000px"));
  await page.reload();
  await page.evaluate(() => (document.querySelector("#far").style.height = "5000px"));
  await page.waitForLoadState("networkidle");
  await player(page).scrollIntoViewIfNeeded();
  await expect(player(page).locator(".mark").first()).toBeVisible();
});

test("beats: the steps of a lesson", async ({ page, host }) => {
  await show(host, 'load="eager" at="0s" beats="0s;9s;end"');
  await expect(player(page).locator(".position")).toContainText(/1\D+3/);
  await player(page).locator(".next").click();
  await expect(clock(page)).toHaveText("0:08.225");
  await player(page).locator(".next").click();
  await expect(clock(page)).toHaveText("0:51.365");
  await expect(player(page).locator(".next")).toHaveAttribute("aria-disabled", "true");
});

test("controls, why, lines, label", async ({ page, host }) => {
  await show(host, 'controls="min"');
  await expect(begin(page)).toBeVisible();
  await show(host, 'label="Show me" lines="6"');
  await page.getByRole("button", { name: "Show me" }).click();
  const transport = player(page).locator(".play");
  await expect(transport).toBeVisible();
  expect(await player(page).locator(".why").evaluate((node) => node.clientHeight)).toBeGreaterThan(140);
  await set(page, "controls", "min");
  await expect(transport).toBeHidden();
  await expect(player(page).locator(".open")).toBeVisible();
  await set(page, "controls", "none");
  await expect(player(page).locator(".open")).toBeHidden();
  await set(page, "why", "full");
  await call(page, "seek", "9s");
  await expect(player(page).locator("dt").first()).toBeVisible();
  await set(page, "why", "off");
  await expect(player(page).locator(".why")).toBeHidden();
});

test("slots: a caption and an action", async ({ page, host }) => {
  const [start, end] = (await embed(CASE)).split("</job-playground>");
  await host.open(`${start}<p slot="caption">Two failures</p><a slot="action" href="#after">Try it</a></job-playground>${end}`);
  await expect(page.getByText("Two failures", { exact: true })).toBeVisible();
  await begin(page).click();
  await expect(player(page).locator(".mark").first()).toBeVisible();
  await expect(page.getByText("Two failures", { exact: true })).toBeVisible();
  await expect(page.getByText("Try it")).toBeVisible();
  await expect(page.locator("job-playground img")).toBeHidden();
  await expect(page.getByText("YAML")).toBeVisible();
});

test("a film in the attribute needs no request", async ({ page, host }) => {
  const quoted = (await filmOf(CASE)).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  await host.open(await embed(CASE, { source: `film="${quoted}"` }));
  await begin(page).click();
  await expect(player(page).locator(".mark").first()).toBeVisible();
  expect(host.asked.filter((path) => path.endsWith(".json"))).toEqual([]);
});

test("langs: the film of the language of the page", async ({ page, host }) => {
  const source = `src="${CASE}.film.json" langs="en zh"`;
  await host.open(await embed(CASE, { source, lang: "zh" }), { lang: "zh-CN" });
  await page.route("**/*.film.json", async (route) => route.fulfill({ body: await filmOf(CASE, "zh"), contentType: "application/json" }));
  const asked = page.waitForRequest("**/*.film.json");
  await begin(page).click();
  expect((await asked).url()).toMatch(/success\.zh\.film\.json$/);
  await expect(player(page).locator(".told")).toContainText("失败");
});

test("methods, properties and events", async ({ page, host }) => {
  const { moments, state } = await film();
  await show(host);
  await player(page).evaluate(async (node) => {
    const ready = node.ready;
    await node.load();
    await ready;
  });
  await call(page, "seek", 9_000);
  await call(page, "step", 1);
  await call(page, "step", -1);
  const seen = await player(page).evaluate(({ moments, now, paused, outcome, film }) => ({ count: moments.length, first: moments[0], now, paused, outcome, version: film.film }));
  expect(seen).toEqual({
    count: moments.length,
    first: { ms: moments[0][0], clock: moments[0][1], step: moments[0][3] },
    now: 8_225,
    paused: true,
    outcome: expect.objectContaining({ kind: "succeeded", name: "Complete" }),
    version: 1,
  });
  const times = (await host.events("time")).map(([, detail]) => detail.index);
  expect(times).toEqual([moments.length - 1, 5, 6, 5]);
  expect(await host.events("ready")).toEqual([["ready", { moments: moments.length }]]);
  // The link: of the author, and of this moment.
  expect(await call(page, "link")).toBe("https://playground.example/#v1.text.sum");
  expect(await call(page, "link", { at: true })).toBe("https://playground.example/#v1.text.sum&at=8.225s");
  await set(page, "href", "https://other.example/");
  expect(await call(page, "link")).toBe(`https://other.example/#${state}`);
  // Setting a film shows it.
  await player(page).evaluate((node, other) => (node.film = other), JSON.parse(await filmOf("indexed_retry")));
  await expect(player(page).locator(".told")).toContainText("37 s");
});

test("svg(): the picture of what is shown, as a file that opens the run", async ({ page, host }) => {
  await host.open(await embed(CASE, { attributes: 'at="9s"' }), { policy: POLICY.replace("img-src", "img-src data:") });
  const { state, labels } = await film();
  const svg = await call(page, "svg");
  expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 [\d. ]+"/);
  expect(svg).toContain(`<metadata>job-playground#${state}&amp;at=8.225s</metadata>`);
  expect(host.asked.filter((path) => /wasm/.test(path)), "no engine").toEqual([]);
  // It stands for itself: no style, no script, nothing from elsewhere.
  expect(svg).not.toMatch(/class=|var\(|<style|<script|href=|cqw/);
  const drawn = await page.evaluate(async (text) => {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    return image.decode().then(() => [image.width, image.height], String);
  }, svg);
  const lanes = await player(page).locator(".lanes").boundingBox();
  expect(drawn[0]).toBeCloseTo((await player(page).boundingBox()).width, -1);
  expect(drawn[1]).toBeGreaterThan(lanes.height);
  for (const [, , name] of labels) expect(svg).toContain(name);
  expect(svg).toContain("0:08.225");
});

test("frameworks set attributes as properties", async ({ page, host }) => {
  await host.open('<div id="place"></div>');
  await page.evaluate((text) => {
    const node = Object.assign(document.createElement("job-playground"), { film: text, load: "eager" });
    document.querySelector("#place").append(node);
  }, await filmOf(CASE));
  await expect(player(page).locator(".mark").first()).toBeVisible();
  await call(page, "load");
});

test("a host may open the link in its own way", async ({ page, host }) => {
  await show(host, 'load="eager"');
  await page.evaluate(() => addEventListener("jp-open", (event) => event.preventDefault()));
  await player(page).locator(".open").click();
  expect((await host.events("open"))[0][1].href).toBe("https://playground.example/#v1.text.sum&at=51.365s");
  expect(page.context().pages().length).toBe(1);
});

test("an address that is a program is no link", async ({ page, host }) => {
  await host.open(`<job-playground src="${CASE}.en.film.json" href="javascript:document.title=1"></job-playground>`);
  await expect(begin(page)).toBeVisible();
  await expect(player(page).locator(".open")).toHaveCount(0);
  await begin(page).click();
  await expect(player(page).locator(".mark").first()).toBeVisible();
  await expect(player(page).locator(".open")).toHaveCount(0);
});

test("what is to be edited leads to the page", async ({ page, host }) => {
  const link = player(page).locator("a.go");
  const text = `<pre>${yamlOf(CASE).slice(0, 200)}</pre>`;
  await host.open(`<job-playground mode="edit"><a href="https://playground.example/#v1.text.sum">Open</a>${text}</job-playground>`);
  await expect(link).toHaveAttribute("href", "https://playground.example/#v1.text.sum");
  await expect(page.locator("job-playground pre")).toBeVisible();
  await host.open(await embed(CASE, { attributes: 'mode="edit"' }));
  await expect(link).toBeVisible();
});

test.describe("what cannot be played", () => {
  test.use({ provoked: /404/ });

  for (const [what, source, reason] of [
    ["a newer film", async () => `film='${JSON.stringify({ film: 2 })}'`, "version"],
    ["no film", async () => `film='{"a": 1}'`, "film"],
    ["no JSON", async () => `film="apiVersion: batch/v1"`, "film"],
    ["a file that is not there", async () => 'src="missing.json"', "film"],
  ])
    test(`${what}: poster and link stay, and the page hears of it`, async ({ page, host }) => {
      await host.open(await embed(CASE, { source: await source() }));
      await begin(page).click();
      await expect.poll(() => host.events("error").then((all) => all.map(([, detail]) => detail.reason))).toEqual([reason]);
      await expect(player(page).getByRole("status")).not.toBeEmpty();
      await expect(page.locator("job-playground img")).toBeVisible();
      await expect(player(page).locator(".open")).toHaveAttribute("href", /v1\.text/);
    });

  test("a film of version 1 with more in it than is known is played", async ({ page, host }) => {
    const later = await film();
    later.shapes.push(["spiral", 0, 0, 1, 1, "running"], ["glyph", 0.5, 10, 10, 10, "failed", "star"], ["rect", 0, 0, 0.1, 20, "sparkling"]);
    later.labels[0].push("more");
    later.more = {};
    await host.open("<job-playground></job-playground>");
    await player(page).evaluate((node, value) => (node.film = value), later);
    await expect(player(page).locator(".mark").first()).toBeVisible();
  });
});

test("what it is in is a closed set: every class and glyph of the schema is drawn", async () => {
  const schema = JSON.parse(readFileSync(new URL("../../../../static/film.v1.schema.json", import.meta.url), "utf8"));
  const source = readFileSync(new URL("../../../../static/embed/job-playground.js", import.meta.url), "utf8");
  const glyphs = schema.$defs.shape.allOf[0].then.prefixItems[6].enum;
  for (const name of glyphs.filter((one) => one !== "flag")) expect(source, name).toMatch(new RegExp(`    "?${name}"?: `));
  const plain = ["second", "wrote"];
  for (const name of schema.$defs.class.enum.filter((one) => !plain.includes(one))) expect(source, name).toMatch(new RegExp(`(\\.|\\n\\s+)${name}[ ,]`));
});
