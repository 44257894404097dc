// The gestures of hosts.spec.js in WebKitGTK.
import { expect, test } from "@playwright/test";
import { writeFile } from "node:fs/promises";
import { GESTURES } from "./gestures.js";
import { PLACES } from "./places.js";
import { WebKitPage } from "./webdriver.js";

for (const { name, framed, reach } of PLACES) {
  test(`all works: ${name}`, async ({}, info) => {
    const page = await WebKitPage.open();
    try {
      await reach(async (address) => {
        await page.goto(address);
        if (framed) await page.enterFrame();
        for (const [gesture, make] of Object.entries(GESTURES)) await test.step(gesture, () => make(page));
        await writeFile(info.outputPath("page.png"), await page.screenshot());
      });
    } finally {
      await page.close();
    }
    const errors = page.printed.split("\n").filter((line) => /CONSOLE.*(ERROR|WARN)/i.test(line));
    expect(errors).toEqual([]);
  });
}
