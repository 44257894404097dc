// Ten gestures in each place where the page may stand. What a host forbids is done without: no error, no violation of
// its policy.
import { expect, open, test } from "../fixtures.js";
import { GESTURES } from "./gestures.js";
import { PLACES, watched } from "./places.js";

for (const { name, framed, reach } of PLACES) {
  test(`all works: ${name}`, async ({ page, browserName }, info) => {
    await reach(async (address) => {
      await page.goto(address);
      const frame = framed ? page.frames()[1] : page;
      for (const [gesture, make] of Object.entries(GESTURES)) await test.step(gesture, () => make(frame));
      expect(await watched(frame)).toEqual([]);
      // In Firefox Playwright hides the caret by a style, which the policy forbids.
      if (browserName === "chromium") await page.screenshot({ path: info.outputPath("page.png") });
    });
  });
}

test("a link that the page may not copy is selected, and the key is named", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    document.execCommand = () => false;
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
  });
  await page.click(".top .ring");
  await page.click("dialog .copyrow .btn");
  await expect(page.locator("dialog .copyrow [role=status]")).toHaveText(/Ctrl\+C/);
  const link = page.locator("dialog .copyrow input");
  const selected = await link.evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd));
  expect(selected).toBe(await link.inputValue());
});
