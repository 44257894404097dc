// What each form asks of the policy of a page: what docs/embedding.md says, and nothing more.
import { deflateRawSync } from "node:zlib";
import { begin, escaped, expect, filmOf, player, test, yamlOf } from "../host.js";

const CASE = "backoff_limit_two_then_success";
// What the page of these tests itself needs, with its icon.
const OWN = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'";
const WASM = OWN.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");
const marks = (place) => place.locator("job-playground .mark").first();
const pressed = async (page) => {
  await begin(page).click();
  await expect(marks(page)).toBeVisible();
};

test("a picture: img-src", async ({ page, host }) => {
  await host.open(`<img src="${CASE}.en.720.svg" alt="How it went">`, { head: "", policy: OWN });
  expect(await page.locator("img").evaluate((image) => image.naturalWidth)).toBe(720);
});

test("a film in a file: script-src, connect-src", async ({ page, host }) => {
  await host.open(`<job-playground src="${CASE}.en.film.json"></job-playground>`, { policy: `${OWN}; connect-src 'self'` });
  await pressed(page);
});

test("a film in the page: script-src", async ({ page, host }) => {
  await host.open(`<job-playground film="${escaped(await filmOf(CASE))}"></job-playground>`, { policy: OWN });
  await pressed(page);
});

test("a text, and a run that readers disturb: wasm-unsafe-eval, connect-src", async ({ page, host }) => {
  await host.open(`<job-playground mode="play"><pre>${escaped(yamlOf(CASE))}</pre></job-playground>`, { policy: `${WASM}; connect-src 'self'` });
  await pressed(page);
  await expect(player(page).getByRole("button", { name: "Evict" })).toBeVisible();
});

test("a frame: frame-src alone, whatever is in it", async ({ page, host }) => {
  const runs = [`f1.${deflateRawSync(await filmOf(CASE)).toString("base64url")}`, JSON.parse(await filmOf(CASE)).state];
  for (const run of runs) {
    const src = `${new URL("static/embed/embed.html", process.env.JOB_PLAYGROUND_URL)}#${run}&lang=en`;
    await host.open(`<iframe sandbox="allow-scripts" title="Job Playground" src="${src}"></iframe>`, { head: "", policy: `${OWN}; frame-src http:` });
    const frame = page.frameLocator("iframe");
    if (run.startsWith("v1.")) await frame.getByRole("button", { name: "Step through it" }).click();
    await expect(marks(frame)).toBeVisible();
  }
});
