import { barriers, expect, open, running, test } from "./fixtures.js";

const TEXT = "# 任务\napiVersion: batch/v1\nkind: Job\nmetadata: {name: mine}\n";

// The trap that ends a panicking program.
test.use({ provoked: /unreachable|panicked/ });

// As a person would see it: the error is thrown where nobody catches it.
const breakDown = (page) =>
  page.evaluate(() => {
    setTimeout(() => window.wasmBindings.panic("the reason"));
  });

const data = (text) => Buffer.from(text).toString("base64url");
const link = (text) => `#t=${data(text)}`;

test("a program that breaks leaves the text, a link and a way back", async ({ page }) => {
  await open(page, `./${link(TEXT)}`);
  await expect(page.locator("#spec-text")).toHaveValue(TEXT);
  await breakDown(page);

  const panel = page.getByRole("alertdialog");
  await expect(panel).toBeVisible();
  await expect(panel.locator("textarea")).toHaveValue(TEXT);
  await expect(panel.locator("pre")).toContainText("the reason");
  await expect(panel.locator("pre")).toContainText("src/web/browser/exports.rs");
  await expect(panel.locator("a")).toHaveAttribute("href", new RegExp(`#t=\\.${data(TEXT)}\\.[\\w-]{4}$`));
  const href = await panel.locator("a").getAttribute("href");
  expect(await barriers(page)).toEqual([]);

  await panel.getByRole("button").first().click();
  await expect(panel).toHaveCount(0);
  await running(page);
  await expect(page.locator("html")).toHaveAttribute("data-run", "no");
  await expect(page.locator("#spec-text")).toHaveValue(TEXT);

  // Only that once.
  await page.reload();
  await running(page);
  await expect(page.locator("html")).not.toHaveAttribute("data-run");

  // Its check is the one that the program expects.
  await page.goto(href);
  await page.reload();
  await running(page);
  await expect(page.locator("#spec-text")).toHaveValue(TEXT);
  await expect(page.locator(".toast")).toHaveCount(0);
});

for (const [name, raise] of [
  ["a trap", () => new WebAssembly.RuntimeError("memory access out of bounds")],
  ["a stack that is too deep", () => new RangeError("Maximum call stack size exceeded")],
]) {
  test.describe(name, () => {
    test.use({ provoked: /out of bounds|call stack/ });

    for (const way of ["thrown", "rejected"]) {
      test(`${way} shows the panel`, async ({ page }) => {
        await open(page);
        const reason = await page.evaluate(`(${raise})().message`);
        await page.evaluate(
          way === "thrown" ? `setTimeout(() => { throw (${raise})(); }), 0` : `Promise.reject((${raise})()), 0`,
        );
        await expect(page.getByRole("alertdialog").locator("pre")).toContainText(reason);
      });
    }
  });
}
