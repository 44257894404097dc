// The gestures of hosts.spec.js in WebKitGTK.
import { expect, test } from "@playwright/test";
import { mkdir, writeFile } from "node:fs/promises";
import { GESTURES } from "./gestures.js";
import { PLACES, watched } from "./places.js";
import { WebKitPage } from "./webdriver.js";

// Not in a frame without an origin: there 'self' matches nothing in WebKit (docs/security.md).
for (const { name, reach } of PLACES.filter((place) => !place.framed)) {
  test(`all works: ${name}`, async ({}, info) => {
    const page = await WebKitPage.open();
    try {
      await reach(async (address) => {
        await page.goto(address);
        for (const [gesture, make] of Object.entries(GESTURES)) await test.step(gesture, () => make(page));
        expect(await watched(page)).toEqual([]);
        await mkdir(info.outputDir, { recursive: true });
        await writeFile(info.outputPath("page.png"), await page.screenshot());
      });
    } finally {
      await page.close();
    }
  });
}
