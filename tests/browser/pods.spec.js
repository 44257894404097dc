// Pods that do not simply run: what is shown of them, and why.
import { readFileSync } from "node:fs";
import { barriers, expect, openText, test } from "./fixtures.js";
import { showRun, showWhy } from "./page.js";

const recorded = (name) => readFileSync(new URL(`../conformance/pods/curated/${name}.yaml`, import.meta.url), "utf8");

// A line of the list of events; on a phone, of the story.
const told = (page, words) => page.locator(".events button, .story button").filter({ hasText: words }).first();

test("WHY of a pod without a node has the nodes by filter", async ({ page }) => {
  await openText(page, recorded("sched_mixed"));
  await showRun(page);
  await told(page, /FailedScheduling|Unschedulable/).click();
  await showWhy(page);
  const why = page.locator("#why");
  await expect(why.locator(".filters tbody tr")).toHaveCount(4);
  await expect(why.locator(".filters .refuses")).toHaveCount(4);
  await expect(why.locator(".filters tbody tr").last()).toContainText("Insufficient cpu");
  await expect(why.locator(".message")).toContainText("0/4 nodes are available");
  // What would have changed it is looked for by and by.
  await expect(why.locator(".whatif button").first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await barriers(page, "#why")).toEqual([]);
});

test("each failed pull is a stop, and an Event", async ({ page }) => {
  await openText(page, recorded("image_not_found"));
  await showRun(page);
  await told(page, /Failed to pull image|ErrImagePull/).click();
  await showWhy(page);
  await expect(page.locator("#why .chain")).toContainText("image: app:1.0");
  await expect(page.locator("#why .subject")).toContainText("ErrImagePull");
});
