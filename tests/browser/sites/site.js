// What must hold in every documentation system: runs are pressed and stepped through, follow light and dark, survive going
// to another page and back, and nothing moves.
import { expect } from "@playwright/test";
import { test } from "./served.js";

// Where the page with the runs is, and how readers of this system choose dark; else the system of the reader does.
const HOSTS = {
  html: {},
  mdbook: {
    dark: async (page) => {
      await page.locator("#mdbook-theme-toggle, #theme-toggle").click();
      await page.getByRole("menuitem", { name: "Navy" }).or(page.getByText("Navy", { exact: true })).click();
    },
  },
  mkdocs: { path: "/runs/", dark: (page) => page.locator("label[for=__palette_1]:visible, label[for=__palette_0]:visible").first().click() },
  sphinx: {},
  hugo: { path: "/runs/" },
  vitepress: { path: "/runs", dark: (page) => page.getByRole("switch").first().click() },
  docusaurus: { path: "/runs", dark: (page) => page.getByRole("button", { name: /between dark and light/ }).click() },
  reveal: {},
};
const { path = "/runs.html", dark } = HOSTS[process.env.HOST];
const isSlides = process.env.HOST === "reveal";
const hasDark = !["reveal", "sphinx"].includes(process.env.HOST);

const player = (page, number) => page.locator("job-playground").nth(number);
const begin = (page, number) => player(page, number).getByRole("button", { name: "Step through it" });
const why = (page, number) => player(page, number).locator(".because p");
const ground = (page) => player(page, 0).locator(".jp").evaluate((sheet) => getComputedStyle(sheet).backgroundColor);

async function pressAndStep(page, number) {
  await begin(page, number).scrollIntoViewIfNeeded();
  await begin(page, number).click();
  await expect(why(page, number)).not.toBeEmpty();
  const step = player(page, number).locator(".position b");
  const before = await step.textContent();
  await player(page, number).locator(".previous").click();
  await expect(step).not.toHaveText(before);
}

test.afterEach(async ({ site }) => expect(site.errors).toEqual([]));

test.describe("pages", () => {
  test.skip(isSlides);

  test("runs are pressed and stepped through, and nothing moves", async ({ page, site }, info) => {
    const heights = () => page.evaluate(() => [...document.querySelectorAll("job-playground")].map((one) => one.getBoundingClientRect().height));
    // As long as the script is on its way, its place is kept; fonts of the page may change a line.
    let arrives;
    const script = new Promise((resolve) => (arrives = resolve));
    await page.route("**/job-playground.js", async (route) => route.continue(await script));
    await page.goto(site.address + path, { waitUntil: "commit" });
    await expect(page.getByText("What comes after it")).toBeVisible();
    const kept = await heights();
    arrives();
    await expect(begin(page, 1)).toBeVisible();
    const offered = await heights();
    await pressAndStep(page, 0);
    await pressAndStep(page, 1);
    const shown = await heights();
    const shifts = kept.map((height, n) => [offered[n] - height, shown[n] - height]).flat();
    expect(Math.max(...shifts.map(Math.abs)), `${shifts}`).toBeLessThan(6);
    await expect(page.getByText("Two pods at a time", { exact: true })).toBeVisible();
    await page.screenshot({ path: info.outputPath("light.png"), fullPage: true });
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.scrollingElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.screenshot({ path: info.outputPath("phone.png"), fullPage: true });
  });

  test("the second begins at the moment that its author wants", async ({ page, site }, info) => {
    await page.goto(site.address + path);
    await page.screenshot({ path: info.outputPath("posters.png"), fullPage: true });
    await begin(page, 1).click();
    expect(await player(page, 1).evaluate(({ now }) => now)).toBeLessThanOrEqual(4_000);
    await expect(player(page, 1).locator(".open")).toHaveAttribute("href", /#v1\.[^&]+&at=/);
  });

  test("dark", async ({ page, site }, info) => {
    test.skip(!hasDark, "this system has no dark theme of its own");
    await page.goto(site.address + path);
    await begin(page, 0).click();
    await expect(why(page, 0)).not.toBeEmpty();
    const light = await ground(page);
    if (dark) await dark(page);
    else await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => ground(page)).not.toBe(light);
    await page.mouse.move(0, 0);
    await page.screenshot({ path: info.outputPath("dark.png"), fullPage: true });
  });

  test("to another page and back", async ({ page, site }) => {
    await page.goto(site.address + path);
    await begin(page, 0).click();
    await page.getByRole("link", { name: "A page without runs" }).click();
    await expect(page.getByText("Nothing is to be pressed here")).toBeVisible();
    await expect(page.locator("job-playground")).toHaveCount(0);
    await page.getByText("Nothing is to be pressed here").getByRole("link", { name: "Runs" }).click();
    await pressAndStep(page, 0);
    await page.goBack();
    await page.goBack();
    await expect(player(page, 0)).toBeVisible();
    await expect(begin(page, 0).or(why(page, 0))).toBeVisible();
  });
});

test.describe("without scripts", () => {
  test.skip(isSlides);
  test.use({ javaScriptEnabled: false });

  test("there are the posters, the links and the texts", async ({ page, site }) => {
    await page.goto(site.address + path);
    await expect(player(page, 0).locator("img")).toBeVisible();
    await expect(player(page, 0).locator("a")).toHaveAttribute("href", /#v1\./);
    await player(page, 1).getByText("YAML").click();
    await expect(player(page, 1).locator("pre")).toContainText("  name: parallel\n");
    await expect(player(page, 1).locator("pre")).toContainText("{{ not }} a template");
  });
});

test("slides: a key goes to the next beat before the next slide, and back", async ({ page, site }, info) => {
  test.skip(!isSlides);
  await page.goto(site.address + path);
  await page.keyboard.press("ArrowRight");
  const now = () => player(page, 0).evaluate((node) => node.now);
  await expect(why(page, 0)).not.toBeEmpty();
  await expect.poll(now).toBe(0);
  await page.screenshot({ path: info.outputPath("first.png") });
  await page.keyboard.press("ArrowRight");
  await expect.poll(now).toBeGreaterThan(0);
  const second = await now();
  await page.keyboard.press("ArrowRight");
  await expect.poll(now).toBeGreaterThan(second);
  await page.waitForTimeout(500);
  await page.screenshot({ path: info.outputPath("last.png") });
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("section.present")).toContainText("Two pods at a time");
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator("section.present")).toContainText("is retried");
  await expect.poll(now).toBeGreaterThan(second);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(now).toBe(second);
});
