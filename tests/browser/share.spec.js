// The sheet that shares a run: what is copied and saved is what it says, and redacted it holds nothing of its author.
import { barriers, expect, open, openText, running, test } from "./fixtures.js";
import { showRun, stepNumber, transport, wholeText } from "./page.js";
import { readFileSync } from "node:fs";

const OWN = `\
# of the violet team
apiVersion: batch/v1
kind: Job
metadata: {name: violet-etl, labels: {team: violet}}
spec:
  backoffLimit: 2
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: loader
        image: "registry.violet.example/loader:7"
        command: [sh, -c, "echo violet; sleep 5; exit 1"]
        env: [{name: TOKEN, value: hunter2}]
`;

const sheet = (page) => page.locator("dialog.sharing");
const part = (page, title) => sheet(page).locator("section", { has: page.getByRole("heading", { name: title }) });
const link = (page) => sheet(page).locator(".copyrow input");
const snippet = (page) => sheet(page).locator("textarea");
const box = (page, words) => sheet(page).getByRole("checkbox", { name: words });

async function share(page) {
  await page.locator(".top .btn:has(use[href='#i-share']):visible").click();
  await expect(snippet(page)).toBeVisible();
}

// A page that may use the clipboard, and what is in it.
async function copied(page) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  return page.evaluate(() => navigator.clipboard.readText());
}

// Somebody else's browser, at the address that this one is at.
async function elsewhere(page, address = page.url()) {
  const other = await (await page.context().browser().newContext()).newPage();
  await open(other, address);
  return other;
}

async function saved(page, name) {
  const waits = page.waitForEvent("download");
  await sheet(page).getByRole("button", { name }).click();
  const download = await waits;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

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

test("a frame with the snippet's address shows the run", async ({ page }) => {
  await open(page);
  await share(page);
  const address = /src="([^"]+)"/.exec(await snippet(page).inputValue())[1];
  await page.goto(address.replaceAll("&amp;", "&"));
  await expect(page.locator("job-playground")).toBeVisible();
  await expect(page.locator("job-playground .mark").first()).toBeVisible();
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

test("pictures are as wide and as light as was chosen", async ({ page }) => {
  await open(page);
  await share(page);
  const size = (png) => [png.readUInt32BE(16), png.readUInt32BE(20)];
  const wide = (await saved(page, /^PNG, 1×|^PNG，1 倍/)).bytes;
  const double = (await saved(page, /^PNG, 2×|^PNG，2 倍/)).bytes;
  expect(wide.subarray(1, 4).toString()).toBe("PNG");
  expect(size(double)).toEqual(size(wide).map((side) => side * 2));
  expect(size(wide)[0]).toBe(720);
  expect((await saved(page, /^(Picture|图片)/)).bytes.toString()).toContain("light-dark(");
  await sheet(page).getByRole("button", { name: "380 px" }).click();
  await sheet(page).getByRole("button", { name: /^(Dark|深色)$/ }).click();
  const narrow = await saved(page, /^(Picture|图片)/);
  expect(narrow.name).toBe("pi.380.svg");
  expect(narrow.bytes.toString()).toContain('width="380"');
  expect(narrow.bytes.toString()).not.toContain("light-dark(");
  expect(size((await saved(page, /^PNG, 1×|^PNG，1 倍/)).bytes)[0]).toBe(380);
});

test("an exported picture opens its run, dropped on the page, at its moment", async ({ page }) => {
  await openText(page, OWN);
  // Where it would not open by itself: one step on.
  await showRun(page);
  await transport(page, 3).click();
  const step = await stepNumber(page);
  await share(page);
  await box(page, /moment|停在/).check();
  const svg = (await saved(page, /^(Picture|图片)/)).bytes.toString();
  expect(svg).toMatch(/<metadata>job-playground#v1\.[^<]+&amp;at=/);
  const other = await elsewhere(page);
  await other.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], "pi.svg", { type: "image/svg+xml" }));
    const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector(".page").dispatchEvent(drop);
  }, svg);
  await expect.poll(() => wholeText(other)).toContain("violet-etl");
  await expect.poll(() => stepNumber(other)).toBe(step);
  await other.context().close();
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

test("a link that is too long for a code says so", async ({ page }) => {
  const noise = Array.from({ length: 160 }, (_, n) => `      - {name: V${(n * 7919) % 997}_${n}, value: "${((n + 1) * 2654435761) % 4294967296}"}`);
  await openText(page, OWN.replace("env: [{name: TOKEN, value: hunter2}]", `env:\n${noise.map((line) => `  ${line}`).join("\n")}`));
  await page.locator(".top .btn:has(use[href='#i-share']):visible").click();
  await expect(sheet(page).locator("p.qr")).toHaveText(/1,273/);
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
