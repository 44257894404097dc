// What is shared of a run, wherever one reads: pictures, their way back, and codes.
import { expect, open, openText, test } from "../fixtures.js";
import { showRun, stepNumber, transport, wholeText } from "../page.js";
import { OWN, box, elsewhere, saved, share, sheet, snippet } from "../share.js";

test("a frame with the snippet's address shows the run", async ({ page }) => {
  await open(page);
  await share(page);
  const address = /src="([^"]+)"/.exec(await snippet(page).inputValue())[1];
  await page.goto(address.replaceAll("&amp;", "&"));
  await expect(page.locator("job-playground")).toBeVisible();
  await expect(page.locator("job-playground .mark").first()).toBeVisible();
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

test("a picture that the browser does not make is said in the sheet", async ({ page }) => {
  await page.addInitScript(() => (HTMLImageElement.prototype.decode = () => Promise.reject(new Error("no"))));
  await open(page);
  await share(page);
  await sheet(page).getByRole("button", { name: /^PNG, 1×/ }).click();
  await expect(sheet(page)).toContainText("made no PNG");
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

test("a link that is too long for a code says so", async ({ page }) => {
  const noise = Array.from({ length: 160 }, (_, n) => `      - {name: V${(n * 7919) % 997}_${n}, value: "${((n + 1) * 2654435761) % 4294967296}"}`);
  await openText(page, OWN.replace("env: [{name: TOKEN, value: hunter2}]", `env:\n${noise.map((line) => `  ${line}`).join("\n")}`));
  await page.locator(".top .btn:has(use[href='#i-share']):visible").click();
  await expect(sheet(page).locator("p.qr")).toHaveText(/1,273/);
});
