// The sheet that shares a run: what is copied and saved is what it says, and redacted it holds nothing of its author.
// Also: once/share.spec.js.
import { barriers, expect, open, openText, running, test } from "./fixtures.js";
import { showRun, wholeText } from "./page.js";
import { OWN, box, copied, elsewhere, link, part, saved, share, sheet, snippet } from "./share.js";

test("the link is copied, and leads to this moment and its mark if that is wanted", async ({ page }) => {
  await open(page);
  await share(page);
  const whole = await link(page).inputValue();
  expect(whole).toMatch(/#v1\.[^&]+$/);
  await sheet(page).locator(".copyrow .btn").click();
  await expect(sheet(page).locator(".copyrow [role=status]")).toHaveText(/Copied|已复制/);
  expect(await copied(page)).toBe(whole);
  await page.keyboard.press("Escape");

  // Another mark than the one that the moment would open with.
  await showRun(page);
  const why = page.locator("#why :is(.subject, .sentence)");
  await page.keyboard.press("End");
  await page.locator(".lanes .hit:visible, .story button:visible").first().click();
  const before = await why.allTextContents();
  await share(page);
  await box(page, /moment|停在/).check();
  const there = await link(page).inputValue();
  expect(there.startsWith(`${whole}&at=`)).toBe(true);
  await page.goto("about:blank");
  await open(page, there);
  await expect(why).toHaveText(before);
});

test("snippets are those of the documentation, and are copied as they stand", async ({ page }) => {
  await open(page);
  await share(page);
  await expect(snippet(page)).toHaveValue(/^<iframe src="[^"]+\/static\/embed\/embed\.html#f1\.[\w-]+&theme=auto&lang=(en|zh)"/);
  for (const [form, start] of [
    [/^(Element|元素)$/, '<script type="module" src="/js/job-playground.js"></script>'],
    ["Markdown", "[!["],
    ["mdBook", "```yaml job-playground\n"],
    ["Docusaurus", "```yaml job-playground\n"],
    ["Hugo", '{{< job-playground run="pi" >}}'],
    ["MkDocs", "```yaml {job-playground}\n"],
    ["Sphinx", ".. job-playground::\n\n   apiVersion: batch/v1"],
  ]) {
    await sheet(page).getByRole("button", { name: form, exact: true }).click();
    expect(await snippet(page).inputValue()).toContain(start);
  }
  await box(page, /moment|停在/).check();
  await expect(snippet(page)).toHaveValue(/^\.\. job-playground::\n {3}:at: [\d.ms]+\n/);
  await sheet(page).locator(".snip .btn").click();
  await expect(sheet(page).locator(".snip [role=status]")).toHaveText(/Copied|已复制/);
  expect(await copied(page)).toBe(await snippet(page).inputValue());
});

test("files are what their buttons say", async ({ page }) => {
  await open(page);
  await share(page);
  const text = await saved(page, /^(Text|文本)/);
  expect([text.name, text.bytes.toString()]).toEqual(["pi.yaml", await wholeText(page)]);
  const film = JSON.parse((await saved(page, /^(Film|影片)/)).bytes.toString());
  expect([film.film, film.moments.length > 5]).toEqual([1, true]);
  const lines = (await saved(page, /^(Trace|轨迹)/)).bytes.toString().trim().split("\n").map((line) => JSON.parse(line));
  expect(lines[0]).toEqual({ scenario: "pi", trace: 2 });
  const { traceEvents } = JSON.parse((await saved(page, "Perfetto")).bytes.toString());
  expect(traceEvents.filter((event) => event.name === "Running" && event.ph === "X").length).toBeGreaterThan(2);
  const code = await saved(page, /^(QR|二维码)/);
  expect(code.bytes.toString()).toMatch(/^<svg [^]+<\/svg>\n$/);
});

test("what is redacted is nowhere in what is shared", async ({ page }) => {
  await openText(page, OWN);
  await share(page);
  await expect(part(page, /^(Link|链接)$/)).toContainText(/Redacting replaces|隐去会替换/);
  await box(page, /Redact|隐去/).check();
  await expect(snippet(page)).toHaveValue(/lang=/);
  await expect(sheet(page).locator("summary")).toContainText(/3 (names|个名称)/);
  await sheet(page).locator("summary").click();
  await expect(sheet(page).locator("dl")).toContainText("violet-etl");
  const files = [/^(Text|文本)/, /^(Picture|图片)/, /^(Film|影片)/, /^(Trace|轨迹)/, "Perfetto"];
  await expect(sheet(page).getByRole("button", { name: files[1] })).toBeVisible();
  for (const name of files) {
    const { name: file, bytes } = await saved(page, name);
    expect(`${file}\n${bytes}`).not.toMatch(/violet|hunter2|loader|TOKEN/);
  }
  for (const form of ["Markdown", "mdBook", "Sphinx", "Hugo"]) {
    await sheet(page).getByRole("button", { name: form, exact: true }).click();
    expect(await snippet(page).inputValue()).not.toMatch(/violet|hunter2|loader|TOKEN/);
  }
  const other = await elsewhere(page, await link(page).inputValue());
  const text = await wholeText(other);
  expect(text).not.toMatch(/violet|hunter2|loader|TOKEN/);
  expect(text).toContain("sleep 5; exit 1");
  await other.context().close();
});

test("a text that does not run has its link and its file", async ({ page }) => {
  await openText(page, OWN.replace("restartPolicy: Never", "restartPolicy: Sometimes").replace("name: loader", "name: 7"));
  await page.locator(".top .btn:has(use[href='#i-share']):visible").click();
  await expect(sheet(page).locator("[role=status]").last()).toHaveText(/no run|没有自己的运行/);
  await expect(link(page)).toHaveValue(/#v1\./);
  expect((await saved(page, /^(Text|文本)/)).name).toBe("violet-etl.yaml");
  await expect(sheet(page).getByRole("button", { name: /^PNG/ })).toHaveCount(0);
});

test("everyone can use the sheet, and the keyboard stays in it", async ({ page }) => {
  await open(page);
  await share(page);
  expect(await barriers(page, "dialog")).toEqual([]);
  await box(page, /Redact|隐去/).check();
  await sheet(page).locator("summary").click();
  expect(await barriers(page, "dialog")).toEqual([]);
  // Browsers let the focus leave a modal dialog for their own bars only.
  const stops = new Set();
  for (let count = 0; count < 40; count += 1) {
    await page.keyboard.press("Tab");
    const where = await page.evaluate(() => (document.activeElement === document.body ? "" : document.activeElement.closest("dialog") ? "in" : "out"));
    stops.add(where);
  }
  expect(stops.has("out")).toBe(false);
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toHaveCount(0);
  await expect(page.locator(".top .btn:has(use[href='#i-share']):visible")).toBeFocused();
});

test("nothing of the sheet is wider than the window", async ({ page }) => {
  await open(page);
  await share(page);
  for (const form of ["mdBook", "Sphinx", "Markdown"]) {
    await sheet(page).getByRole("button", { name: form, exact: true }).click();
    const [inner, outer] = await sheet(page).evaluate((dialog) => [dialog.scrollWidth, dialog.clientWidth]);
    expect(inner).toBeLessThanOrEqual(outer);
  }
  await running(page);
});
