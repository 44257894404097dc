// Each failure of each file that the page is made of. How it looks and reads in both languages: ../loading.spec.js.
import { readFileSync } from "node:fs";
import { barriers, expect, open, running, test } from "../fixtures.js";
import { keepText, setSpec, showRun, wholeText } from "../page.js";
import {
  FAILURES,
  FILES,
  NEVER,
  TEXT,
  damaged,
  failed,
  fails,
  isLookedAt,
  keepOwn,
  opensAgain,
  status,
  tenSecondsLater,
  unloaded,
  within,
  words,
} from "../loading.js";

const golden = (name) => readFileSync(new URL(`../../links/${name}`, import.meta.url), "utf8");

const ZONED = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 3 * * *"
  timeZone: Asia/Shanghai
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}}}
`;

test.use(unloaded);
test.beforeEach(keepOwn);

for (const [file, pattern] of Object.entries(FILES)) {
  for (const [failure, [answer, kind]] of Object.entries(FAILURES)) {
    if (failure === NEVER || isLookedAt(file, failure)) continue;
    test(`${file} ${failure}`, async ({ page }, info) => {
      await fails(page, info, pattern, [answer, kind]);
      await opensAgain(page, pattern);
    });
  }

  test(`${file} ${NEVER}`, async ({ page }, info) => {
    await page.clock.install();
    await page.route(pattern, FAILURES[NEVER][0]);
    await page.goto("./", { waitUntil: "commit" });
    await tenSecondsLater(page);
    await expect(failed(page)).toContainText(words("slow", info));
    await expect(failed(page).locator("textarea")).toHaveValue(TEXT);
    expect(await barriers(page)).toEqual([]);
  });

  test(`${file} fails once`, async ({ page }) => {
    let count = 0;
    await page.route(pattern, (route) => (count++ === 0 ? status(503)(route) : route.continue()));
    await open(page);
    expect(count).toBeGreaterThan(1);
    await expect(failed(page)).toHaveCount(0);
  });
}

for (const [failure, [answer]] of Object.entries(FAILURES)) {
  test(`the first script ${failure}`, async ({ page }) => {
    await page.route(/\/boot[^/]*\.js/, answer);
    await page.goto("./", { waitUntil: "commit" });
    const starting = page.locator("#starting");
    await expect(starting).toBeHidden();
    // The sheet alone shows it: as ten seconds after it came.
    const later = () => starting.evaluate((words) => words.getAnimations().map((shown) => (shown.currentTime = 10_000)).length);
    await expect.poll(later).toBe(1);
    for (const part of ["reload", "重新加载"]) {
      await expect(starting.getByRole("link", { name: part, exact: true })).toBeVisible();
    }
  });
}

for (const [failure, [answer]] of Object.entries(FAILURES)) {
  test(`the script before the first paint ${failure}`, async ({ page }, info) => {
    if (failure === NEVER) await page.clock.install();
    await page.route(/\/first[^/]*\.js/, answer);
    await page.goto("./", { waitUntil: "commit" });
    // It is in the next one, too; only one that is awaited holds the page up.
    if (failure !== NEVER) return running(page);
    await tenSecondsLater(page);
    await expect(failed(page)).toContainText(words("slow", info));
  });
}

test("a server that does not know the type of the program", async ({ page }) => {
  await page.route(/\.wasm/, damaged(() => ({ headers: { "content-type": "application/octet-stream" } })));
  await open(page);
});

test.describe("the text of a link", () => {
  for (const [form, link, text] of [
    ["packed", golden("v1_0.link").trim(), golden("v1_0.yaml")],
    ["plain", `t=${Buffer.from(TEXT).toString("base64url")}`, TEXT],
  ]) {
    test(`is shown without the program: ${form}`, async ({ page }) => {
      await keepText(page, "other");
      await page.route(/\.wasm/, status(404));
      await page.goto(`./#${link}`);
      await expect(failed(page).locator("textarea")).toHaveValue(text, within);
    });
  }

  test("is the link itself where it cannot be read", async ({ page }) => {
    await page.route(/\.wasm/, status(404));
    await page.goto("./#v1.AAAA");
    await expect(failed(page).locator("textarea")).toHaveValue(/#v1\.AAAA$/, within);
  });
});

// Every n-th request fails. Whatever that hits, there are words or a page, and the text is there.
test("every n-th file fails, for every n", async ({ page }) => {
  test.slow();
  await keepText(page, ZONED);
  let [asked, every] = [0, 0];
  await page.route(/\.(js|css|wasm|bin|txt)(\?|$)/, (route) => {
    asked += 1;
    return every > 0 && asked % every === 0 ? route.abort() : route.continue();
  });
  await open(page);
  const all = asked;
  for (every = 1; every <= all + 1; every += 1) {
    asked = 0;
    await page.goto("./", { waitUntil: "commit" });
    const shown = page.locator(":is(#failed textarea, main.app, #starting a):visible");
    await expect(shown.first(), `every ${every}`).toBeVisible(within);
    if (await page.locator("main.app").isVisible()) expect(await wholeText(page)).toBe(ZONED);
    else if (await failed(page).isVisible()) await expect(failed(page).locator("textarea")).toHaveValue(ZONED);
    expect(await page.evaluate(() => localStorage.getItem("job-playground.text"))).toBe(ZONED);
  }
});

for (const [failure, [answer]] of Object.entries(FAILURES)) {
  test(`the rules of the time zones: ${failure}`, async ({ page }) => {
    await page.route("**/time-zones*", answer);
    await open(page);
    await setSpec(page, () => ZONED);
    await showRun(page);
    const notice = page.locator(".empty, .lastgood").filter({ hasText: "timeZone" });
    await expect(notice).toHaveCount(1, within);
    await page.unroute("**/time-zones*");
    await notice.getByRole("button").first().click();
    await expect(notice).toHaveCount(0);
    await expect.poll(() => page.locator(".stage").textContent()).toContain("7:00:00");
  });
}
