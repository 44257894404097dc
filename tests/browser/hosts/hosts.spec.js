// Ten gestures in each place where the page may stand. What a host forbids is done without: no error, no violation of
// its policy.
import { expect, test } from "../fixtures.js";
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
