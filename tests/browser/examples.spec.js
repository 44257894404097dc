// Examples are found by the words that people search for, and open on their point.
import { barriers, expect, open, test } from "./fixtures.js";
import { showRun, showSpec, showWhy, wholeText } from "./page.js";

async function search(page, words) {
  await page.locator("header.top .menu > button:visible").first().click();
  const box = page.locator(".menu .search:visible");
  await box.click();
  await page.keyboard.type(words);
  return page.locator(".menu .list:visible .item:has(span)");
}

for (const [words, title] of [
  ["logs vanished", /^(OnFailure takes its pod along|OnFailure 带走了它的 Pod)/],
  ["日志没了", /^(OnFailure takes its pod along|OnFailure 带走了它的 Pod)/],
  ["DeadlineExceeded", /^(The deadline beats the retries|期限先于重试)/],
  ["field is immutable", /^(Field is immutable|字段不可更改)/],
  ["why pending", /^(Each node has its own reason|每个节点各有各的原因)/],
  ["ErrImagePull", /^(ImagePullBackOff, and does it ever end\?|ImagePullBackOff：会有尽头吗？)/],
]) {
  test(`an example is found by "${words}"`, async ({ page }) => {
    await open(page);
    const found = await search(page, words);
    await expect(found.first()).toHaveText(title);
    // The box keeps the list open; an arrow goes on to what is found.
    await expect(page.locator(".menu .search:visible")).toBeFocused();
    expect(await barriers(page, ".menu")).toEqual([]);
    await found.first().focus();
    await page.keyboard.press("Enter");
    await expect(page.locator(".menu .list")).toHaveCount(0);
  });
}

test("words that no example has are said to be", async ({ page }) => {
  await open(page);
  const found = await search(page, "qqq");
  await expect(found).toHaveCount(0);
  await expect(page.locator(".menu .list:visible [role=status]")).toHaveText(/^(No example has these words\.|没有示例包含这些词。)$/);
  await page.keyboard.press("Escape");
  await expect(page.locator(".menu .list")).toHaveCount(0);
});

test("a refused patch is marked, and the server's own words are folded", async ({ page }) => {
  await open(page);
  await (await search(page, "field is immutable")).first().click();
  await showRun(page);
  await expect(page.getByText(/^(Refused: template|被拒绝：template)$/).filter({ visible: true }).first()).toBeVisible();
  await showWhy(page);
  const raw = page.locator(".why .raw");
  await expect(raw.locator("code")).toBeHidden();
  await raw.locator("summary").click();
  await expect(raw.locator("code")).toContainText("field is immutable");
});

test("a helper that a run shows never to end is made a sidecar with a click", async ({ page }) => {
  await open(page);
  await (await search(page, "istio")).first().click();
  await showSpec(page);
  const fix = page.locator(".problems .warning .link").filter({ hasText: /^(Make proxy a sidecar|把 proxy 改为边车)$/ });
  await fix.click();
  await expect.poll(async () => (await wholeText(page)).split("restartPolicy: Always").length).toBe(3);
  await expect(fix).toHaveCount(0);
});
