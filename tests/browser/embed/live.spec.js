// Runs that are made in the reader's browser: of a text without a film, and of a run that the reader disturbs.
import { begin, escaped, expect, filmOf, player, POLICY, embed, test, yamlOf } from "./host.js";

const CASE = "backoff_limit_two_then_success";
const LIVE = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");
const marks = (page) => player(page).locator(".mark");
const pre = (text) => `<job-playground href="https://playground.example/"><pre><code>${escaped(text)}</code></pre></job-playground>`;
const film = (page) => page.evaluate(() => document.querySelector("job-playground").film);

let lang;
test.beforeEach(({}, { project }) => {
  lang = project.use.locale === "zh-CN" ? "zh" : "en";
});

test("a text becomes the film that the terminal makes of it", async ({ page, host }) => {
  await host.open(pre(yamlOf(CASE)), { lang, policy: LIVE });
  await expect(begin(page)).toBeVisible();
  expect(host.asked.filter((path) => /live|engine/.test(path)), "nothing of it before somebody asks").toEqual([]);
  await begin(page).click();
  await expect(marks(page).first()).toBeVisible();
  expect(await film(page)).toEqual(JSON.parse(await filmOf(CASE, lang)));
});

test("a text with a mistake says where it is, and keeps its link", async ({ page, host }) => {
  await host.open(pre("apiVersion: batch/v1\nkind: Job\nspec: [\n"), { lang, policy: LIVE });
  await begin(page).click();
  await expect(player(page).locator("[role=status]")).toContainText(/^\d+:\d+: /);
  expect(await host.events("error")).toMatchObject([["error", { reason: "text" }]]);
});

test("where no program may run the page says so and keeps its link", async ({ page, host }) => {
  await host.open(pre(yamlOf(CASE)), { lang });
  await begin(page).click();
  await expect(player(page).locator("[role=status]")).not.toBeEmpty();
  expect(await host.events("error")).toMatchObject([["error", { reason: "csp" }]]);
  await expect(player(page).locator(".open")).toHaveAttribute("href", /^https:\/\/playground\.example/);
  await page.goto("about:blank");
});

test("a reader evicts a pod, sees what follows, and takes it back", async ({ page, host }) => {
  await host.open(await embed(CASE, { attributes: 'mode="play" faults="fail evict"', lang }), { lang, policy: LIVE });
  const below = await page.locator("#after").evaluate((node) => node.getBoundingClientRect().top);
  await begin(page).click();
  const faults = player(page).locator(".faults");
  await expect(faults).toBeVisible();
  const top = () => page.locator("#after").evaluate((node) => node.getBoundingClientRect().top);
  expect(Math.abs((await top()) - below), "nothing below has moved").toBeLessThan(2);
  const evict = faults.getByRole("button", { name: /Evict|驱逐/ });
  await expect(evict, "at the end there is no pod").toHaveAttribute("aria-disabled", "true");
  const before = await film(page);

  // To the third moment, by hand: the first pod is there.
  await marks(page).first().focus();
  await page.keyboard.press("Home");
  for (let n = 0; n < 2; n++) await page.keyboard.press("ArrowRight");
  await expect(evict).toHaveAttribute("aria-disabled", "false");
  await expect(faults.getByRole("status")).toHaveText("Pod 1");
  await evict.click();
  await expect.poll(async () => (await film(page)).state).not.toBe(before.state);
  expect(await host.events("change")).toHaveLength(1);
  await expect(player(page).locator(".open")).toHaveAttribute("href", new RegExp((await film(page)).state.slice(0, 60)));
  await expect(faults.getByRole("button", { name: /Undo|撤销/ })).toBeVisible();

  await faults.getByRole("button", { name: /Undo|撤销/ }).click();
  await expect.poll(() => film(page)).toEqual(before);
});
