// What every browser test starts with: a page that is running, and an eye on its errors.
import { test as base, expect } from "@playwright/test";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { keepText } from "./page.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export { expect };

export const test = base.extend({
  // Errors that a test provokes; any other error of the page or in its console fails the test.
  provoked: [null, { option: true }],

  page: async ({ page, provoked }, use) => {
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error.stack ?? error)));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`console: ${message.text()}`);
    });
    await use(page);
    expect(errors.filter((error) => !provoked?.test(error))).toEqual([]);
  },
});

// Opens the page and waits until its program runs, all of it.
export async function open(page, address = "./") {
  await page.goto(address);
  await running(page);
}

// Opens the page with a text of one's own.
export async function openText(page, text, address = "./") {
  await keepText(page, text);
  await open(page, address);
}

export async function running(page) {
  // Between two pages there is nothing to ask.
  const isWhole = () => page.evaluate(() => Boolean(window.wasmBindings?.is_whole())).catch(() => false);
  await expect.poll(isWhole, { intervals: [100] }).toBe(true);
}

// What axe finds, as one line per rule and element; nothing for a page that everyone can use.
// `within`: a selector of what is looked at; while a text is broken, the run behind the veil is not to be read.
export async function barriers(page, within = "html") {
  await page.evaluate(axe);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await page.evaluate(
    ([context, values]) => axe.run(context, { runOnly: { type: "tag", values } }),
    [within, tags],
  );
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html} (${node.failureSummary})`));
}

// The share of pixels that are not of the most frequent colour.
export async function inkShare(page) {
  const picture = (await page.screenshot()).toString("base64");
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
    const counts = new Map();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    return 1 - Math.max(...counts.values()) / pixels.length;
  }, picture);
}
