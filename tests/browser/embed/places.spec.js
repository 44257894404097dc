// What rules of the page around it do to a run: none of them shows the poster beside the player, or moves what comes after.
import { readFileSync } from "node:fs";
import { begin, embed, expect, player, test } from "./host.js";

const CASE = "backoff_limit_two_then_success";
const sheet = readFileSync(new URL("../../../kits/job-playground.css", import.meta.url), "utf8");
// Style elements are forbidden on these pages; a sheet that a script makes is not.
const styled = (page, css) =>
  page.addInitScript((rules) => {
    const made = new CSSStyleSheet();
    made.replaceSync(rules);
    document.adoptedStyleSheets = [made];
  }, css);

test.use({ locale: "en-US" });

test("a rule for links does not keep the poster", async ({ page, host }) => {
  await styled(page, "a { display: inline-block; }");
  await host.open(await embed(CASE));
  await begin(page).click();
  await expect(player(page).locator(".mark").first()).toBeVisible();
  await expect(page.locator("job-playground img")).toBeHidden();
});

for (const [what, css] of [
  ["a narrow column", "main { width: 640px; }"],
  ["a figure as wide as what is in it", "figure { width: fit-content; max-width: 100%; } main { width: 700px; } figure img { height: auto; }"],
])
  test(`nothing moves: ${what}`, async ({ page, host }) => {
    // Wide enough for these columns, and for the wide poster.
    await page.setViewportSize({ width: 1000, height: 800 });
    await styled(page, `${sheet} ${css}`);
    await page.addInitScript(() => {
      window.heights = [];
      const note = () => {
        const run = document.querySelector("job-playground");
        if (run) window.heights.push(Math.round(run.getBoundingClientRect().height));
        requestAnimationFrame(note);
      };
      note();
    });
    await host.open(`<figure>${await embed(CASE)}</figure>`);
    await begin(page).click();
    await expect(player(page).locator(".mark").first()).toBeVisible();
    await player(page).locator(".previous").click();
    expect([...new Set(await host.noted("heights"))]).toHaveLength(1);
    expect((await player(page).boundingBox()).width).toBeGreaterThan(600);
  });
