// embed.html: the player in a frame that may run scripts and nothing else, and what is said between it and its page.
import { deflateRawSync } from "node:zlib";
import { barriers } from "../fixtures.js";
import { expect, filmOf, test, yamlOf } from "./host.js";

const CASE = "backoff_limit_two_then_success";
const frameAt = (fragment, sandbox = 'sandbox="allow-scripts"') =>
  `<iframe ${sandbox} title="Job Playground" src="${new URL("static/embed/embed.html", process.env.JOB_PLAYGROUND_URL)}#${fragment}"></iframe>`;
const packed = async (lang = "en") => `f1.${deflateRawSync(await filmOf(CASE, lang)).toString("base64url")}`;
const FRAME_JS = '<script type="module" src="frame.js"></script>';

// What the page says to the frame.
const say = (page, message) =>
  page.evaluate((fields) => document.querySelector("iframe").contentWindow.postMessage({ jp: 1, ...fields }, "*"), message);
const inside = (page) => page.frameLocator("iframe");
const heard = async (host, name) => (await host.events(name)).map(([, message]) => message);

test.describe("a frame", () => {
  test.use({ provoked: /CORS policy|ERR_FAILED/ });

  for (const sandbox of ['sandbox="allow-scripts"', ""])
    test(`shows the film of its address: ${sandbox || "without a sandbox"}`, async ({ page, host }) => {
      await host.open(frameAt(`${await packed()}&at=9s&theme=dark&lang=en`, sandbox), { head: "" });
      await expect(inside(page).locator(".now b")).toHaveText("0:08.225");
      const ground = await inside(page).locator(".jp").evaluate((node) => getComputedStyle(node).backgroundColor);
      expect(ground).toBe("rgb(26, 27, 30)");
      // The link leads to the page beside it, at this moment.
      await expect(inside(page).locator(".open")).toHaveAttribute("href", /^http:[^?]*\/#v1\..*&at=8\.225s$/);
      await inside(page).locator(".next").click();
      await expect(inside(page).locator(".position b")).toHaveText("7");
    });

  test("has no barriers of its own", async ({ page }) => {
    await page.goto(`static/embed/embed.html#${await packed()}`);
    await expect(page.locator(".mark").first()).toBeVisible();
    expect(await barriers(page, "main")).toEqual([]);
  });

  test("runs nothing but its own scripts", async ({ page }) => {
    await page.goto("static/embed/embed.html");
    const policy = await page.locator("meta[http-equiv]").getAttribute("content");
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+' 'sha256-[^']+' 'self' 'wasm-unsafe-eval'; connect-src 'self';/);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'.*unsafe-eval'|\*/);
    // An address is data: whatever stands in it becomes no link and no markup.
    await page.goto("about:blank");
    await page.goto(`static/embed/embed.html#${await packed()}&href=javascript:alert(1)&label=<img src=x>`);
    await expect(page.locator(".open")).toHaveAttribute("href", /^http/);
  });

  for (const [what, sandbox] of [["with scripts alone", 'sandbox="allow-scripts"'], ["without a sandbox", ""]])
    test(`a text without a film is recorded on a press: ${what}`, async ({ page, host }) => {
      const { state } = JSON.parse(await filmOf(CASE));
      await host.open(frameAt(`${state}&at=9s&lang=en`, sandbox), { head: "" });
      await expect(inside(page).locator(".open")).toHaveAttribute("href", new RegExp(`/#${state.slice(0, 60)}`));
      expect(await heard(host, "ready")).toEqual([]);
      await inside(page).getByRole("button", { name: "Step through it" }).click();
      await expect(inside(page).locator(".now b")).toHaveText("0:08.225");
      expect(await heard(host, "ready")).toHaveLength(1);
      expect(await heard(host, "error")).toEqual([]);
    });

  test("the text itself may stand in the address, and readers may act on it", async ({ page, host }) => {
    await host.open(frameAt(`${encodeURIComponent(yamlOf(CASE))}&lang=zh&mode=play&faults=evict restartControllers`), { head: "" });
    await inside(page).getByRole("button", { name: "逐步查看" }).click();
    const faults = inside(page).getByRole("group", { name: "对这次运行做点什么" });
    await expect(faults.getByRole("button", { name: "驱逐" })).toHaveAttribute("aria-disabled", "true");
    const { state } = JSON.parse(await filmOf(CASE, "zh"));
    await say(page, { type: "seek", at: "9s" });
    await faults.getByRole("button", { name: "重启控制器" }).click();
    await expect.poll(() => heard(host, "change")).toHaveLength(1);
    expect((await heard(host, "change"))[0].state).not.toBe(state);
    // Another run takes the place of it all.
    await say(page, { type: "load", state: await packed("en"), id: 5 });
    await expect(inside(page).getByRole("group", { name: "Do something to this run" })).toBeVisible();
    await expect(inside(page).locator(".faults")).toHaveCount(1);
    await expect(inside(page).getByRole("button", { name: "Undo" })).toBeHidden();
  });

  test("from a server that allows no other origin a film is played, and a text says that it is not", async ({ page, host }) => {
    const frame = (run) => `<iframe sandbox="allow-scripts" title="Job Playground" src="${host.address}/embed.html#${run}&lang=en"></iframe>`;
    await host.open(frame(await packed()), { head: "" });
    await expect(inside(page).locator(".mark").first()).toBeVisible();
    await host.open(frame(JSON.parse(await filmOf(CASE)).state), { head: "" });
    await inside(page).getByRole("button", { name: "Step through it" }).click();
    await expect.poll(() => heard(host, "error")).toMatchObject([{ reason: "engine" }]);
    await expect(inside(page).getByRole("status")).not.toBeEmpty();
    await expect(inside(page).locator(".open")).toHaveAttribute("href", /#v1\./);
  });

  test("a damaged address is said to be one", async ({ page, host }) => {
    await host.open(frameAt("f1.AAAA"));
    await expect.poll(() => heard(host, "error")).toHaveLength(1);
  });

  test("an address that unfolds to far more than a film is refused", async ({ page, host }) => {
    const film = (await filmOf(CASE, "en")) + " ".repeat(50_000_000);
    await host.open(frameAt(`f1.${deflateRawSync(film).toString("base64url")}`));
    await expect.poll(() => heard(host, "error")).toMatchObject([{ message: expect.stringContaining("more than") }]);
    await expect(inside(page).locator(".mark")).toHaveCount(0);
  });
});

test.describe("frame.js", () => {
  test("gives the frame its height, whoever comes first", async ({ page, host }) => {
    const fragment = await packed();
    const fits = async () => {
      const [outer, inner] = [await page.locator("iframe").boundingBox(), await inside(page).locator("job-playground").boundingBox()];
      return Math.abs(outer.height - inner.height) < 1.5;
    };
    // The script before the frame, and long after it.
    await host.open(frameAt(fragment), { head: FRAME_JS });
    await expect.poll(fits).toBe(true);
    let arrive;
    await page.route("**/frame.js", (route) => new Promise((resolve) => (arrive = () => resolve(route.continue()))));
    await host.open(frameAt(fragment), { head: FRAME_JS, until: "commit" });
    await expect(inside(page).locator(".mark").first()).toBeVisible();
    expect(await fits()).toBe(false);
    await arrive();
    await expect.poll(fits).toBe(true);
  });

  test("makes it light and dark as the page is", async ({ page, host }) => {
    await host.open(frameAt(await packed()), { head: FRAME_JS, scheme: "dark" });
    const ground = () => inside(page).locator(".jp").evaluate((node) => getComputedStyle(node).backgroundColor);
    await expect.poll(ground).toBe("rgb(26, 27, 30)");
    await page.evaluate(() => (document.documentElement.className = "light"));
    await expect.poll(ground).toBe("rgb(255, 255, 255)");
  });
});

test.describe("messages", () => {
  test("a host that comes late pings, and is told what there is", async ({ page, host }) => {
    await host.open(frameAt(await packed()), { head: "" });
    await expect(inside(page).locator(".mark").first()).toBeVisible();
    await page.evaluate(() => (window.events = []));
    await say(page, { type: "ping", id: 7 });
    await expect.poll(() => heard(host, "height")).not.toEqual([]);
    const [pong] = await heard(host, "pong");
    expect(pong).toEqual({ jp: 1, type: "pong", id: 7, version: expect.stringMatching(/^\d+\.\d+\.\d+/), messages: 1 });
    const [ready] = await heard(host, "ready");
    const { moments } = JSON.parse(await filmOf(CASE));
    expect(ready.moments).toHaveLength(moments.length);
    expect(ready.outcome.name).toBe("Complete");
    expect(ready.height).toBeGreaterThan(300);
  });

  test("goes where it is told, and says where it is", async ({ page, host }) => {
    await host.open(frameAt(""), { head: "" });
    await expect.poll(() => heard(host, "pong")).not.toEqual([]);
    const film = JSON.parse(await filmOf(CASE));
    await say(page, { type: "load", film, at: "9s", id: 1 });
    await expect.poll(async () => (await heard(host, "ready")).find((message) => message.id === 1)?.moments.length).toBe(film.moments.length);
    await say(page, { type: "step", by: 1 });
    await say(page, { type: "seek", at: "end" });
    await say(page, { type: "select", step: film.marks[3][6], object: film.marks[3][7] });
    await expect.poll(() => heard(host, "select")).toHaveLength(1);
    expect((await heard(host, "time")).map(({ ms }) => ms).slice(0, 3)).toEqual([8_225, film.moments[6][0], film.moments.at(-1)[0]]);
    await say(page, { type: "get", what: "state", id: 2 });
    await say(page, { type: "get", what: "link", id: 3 });
    await expect.poll(() => heard(host, "got")).toHaveLength(2);
    await say(page, { type: "get", what: "svg", id: 6 });
    await expect.poll(() => heard(host, "got")).toHaveLength(3);
    const [state, link, picture] = await heard(host, "got");
    expect(picture.value).toContain(`job-playground#${film.state}&amp;at=`);
    expect(state).toMatchObject({ id: 2, value: film.state });
    expect(link.value).toContain(`#${film.state}&at=`);
    await say(page, { type: "load", state: await packed("zh"), id: 4 });
    await expect(inside(page).locator(".told")).toContainText("失败");
    await say(page, { type: "config", theme: "dark", lang: "zh-CN", controls: "min" });
    await expect(inside(page).locator(".play")).toBeHidden();
    await say(page, { type: "config", controls: null });
    await say(page, { type: "play" });
    await say(page, { type: "pause" });
    await expect.poll(() => heard(host, "pause")).toHaveLength(1);
  });

  test("what it does not know it ignores, and a broken film is an error", async ({ page, host }) => {
    await host.open(frameAt(""), { head: "" });
    await expect.poll(() => heard(host, "pong")).not.toEqual([]);
    for (const message of [{ type: "later" }, { type: "toString" }, { type: "__proto__" }, { jp: 2, type: "play" }, { type: "step" }]) await say(page, message);
    await say(page, { type: "load", film: { film: 9 } });
    await expect.poll(() => heard(host, "error")).toHaveLength(1);
    await say(page, { type: "load", film: JSON.parse(await filmOf(CASE)) });
    await expect(inside(page).locator(".mark").first()).toBeVisible();
  });

  test("hears nobody but the page around it", async ({ page, host }) => {
    await host.open(`${frameAt(await packed())}<iframe src="about:blank" title="Another"></iframe>`, { head: "" });
    const position = page.frameLocator("iframe >> nth=0").locator(".position b");
    const before = await position.textContent();
    const told = async (from) => from.evaluate(() => parent.frames[0].postMessage({ jp: 1, type: "step", by: -1 }, "*"));
    await told(page.frames()[2]);
    expect(await position.textContent()).toBe(before);
    await say(page, { type: "step", by: -1 });
    await expect(position).not.toHaveText(before);
  });
});
