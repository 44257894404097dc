// Ten gestures in each place where the page may stand. What a host forbids is done without: no error, no violation of
// its policy.
import { test } from "../fixtures.js";
import { GESTURES } from "./gestures.js";
import { PLACES } from "./places.js";

for (const { name, framed, reach } of PLACES) {
  test(`all works: ${name}`, async ({ page }, info) => {
    // An error of the console is an error of the test.
    await page.addInitScript(() => {
      const tell = (event) => console.error(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
      document.addEventListener("securitypolicyviolation", tell);
    });
    await reach(async (address) => {
      await page.goto(address);
      const frame = framed ? page.frames()[1] : page;
      for (const [gesture, make] of Object.entries(GESTURES)) await test.step(gesture, () => make(frame));
      await page.screenshot({ path: info.outputPath("page.png") });
    });
  });
}
