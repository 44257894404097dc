import { expect, open, running, test } from "../fixtures.js";

// While there is no network, the request for the page itself is told as an error in the console.
test.use({ provoked: /ERR_INTERNET_DISCONNECTED/ });

test("opens again without a network", async ({ page, context }) => {
  await open(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload();
  await running(page);
  await context.setOffline(true);
  await page.reload();
  await running(page);
  await expect(page.locator("#spec-text")).toBeVisible();
});
