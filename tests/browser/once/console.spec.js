// The console under much: it stays within its nodes, and within a task.
import { expect, openText, test } from "../fixtures.js";
import { jobOf } from "../page.js";

const NODES = 6_000;

test("many lines of many pods take no more nodes than the page may have", async ({ page }) => {
  test.slow();
  await openText(page, jobOf(1_000, ["run: 5s"], { parallelism: 200 }));
  await page.getByRole("tab", { name: "Console" }).click();
  const prompt = page.locator("#console-line");
  const run = async (line) => {
    await prompt.fill(line);
    await prompt.press("Escape");
    await prompt.press("Enter");
    await expect(prompt).toHaveValue("");
    await expect(page.locator(".goes-on", { hasText: "Waits" })).toHaveCount(0);
  };
  await run("time 0:04");
  await run("kubectl get pods -w");
  for (let count = 0; count < 8; count += 1) await run("time +2s; kubectl get pods; kubectl get events");
  await run("kubectl get pods; ".repeat(60));
  await expect(page.getByRole("log").locator(".more").first()).toBeAttached();
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThanOrEqual(NODES);
  // What is copied is all of it.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy" }).last().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("$ kubectl get pods -w");
});
