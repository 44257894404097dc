// Pods in depth: rows of containers, what a pod waits for, and rows by node. A phone tells the run as a story.
import { readFileSync } from "node:fs";
import { barriers, expect, openText, test } from "../fixtures.js";
import { focusMark } from "../page.js";

const recorded = (name) =>
  readFileSync(new URL(`../../conformance/pods/curated/${name}.yaml`, import.meta.url), "utf8");

async function openRun(page, name) {
  await openText(page, recorded(name));
  await expect(page.locator(".lanes .podrow").first()).toBeVisible();
}

const containers = (page) => page.locator(".lanes .podrow.inner");
const by = (page, number) => page.locator(".rowsby button").nth(number);
const nodes = (page) => page.locator(".lanes .node");

test("containers stand under their pod, and the keyboard walks over them", async ({ page }) => {
  await openRun(page, "sidecar_and_init");
  await expect(containers(page)).toHaveCount(3);
  const names = await containers(page).locator("[role=rowheader]").allTextContents();
  expect(names.map((name) => name.replace(/\s+/g, ""))).toEqual(["sidecarproxy", "initmigrate", "mainmain"]);
  await expect(containers(page).first()).toContainText(/143/);
  // From the pod down to its containers.
  await page.locator(".podrow:not(.inner) .hit").first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(containers(page).first().locator(".hit")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  const init = containers(page).nth(1).locator(".hit");
  await expect(init).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(init).toHaveAttribute("aria-current", "true");
  await expect(page.locator(".why")).toContainText("migrate");
  await expect(page.locator(".podrow.on")).toHaveCount(4);
  expect(await barriers(page, ".stage")).toEqual([]);
});

test("a pod says what kubectl prints of it, and what it waits for", async ({ page }) => {
  await openRun(page, "image_not_found");
  const row = page.locator(".podrow").first();
  await expect(containers(page)).toHaveCount(0);
  await expect(row.locator("svg.above")).toContainText("ImagePullBackOff");
  await expect(row.locator(".m-pull")).not.toHaveCount(0);
  await focusMark(page);
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await row.locator(".hit").first().click();
  await page.keyboard.press("t");
  await expect(page.locator(".podgrid")).toBeFocused();
  expect(await barriers(page, ".stage")).toEqual([]);
});

test("rows stand by pod or by node, and stay so", async ({ page }) => {
  await openRun(page, "sched_capacity");
  await expect(nodes(page)).toHaveCount(0);
  const pods = await page.locator(".podrow").count();
  await by(page, 1).click();
  await expect(by(page, 1)).toHaveAttribute("aria-pressed", "true");
  // No node, and two nodes; the pod that waited stands in two places, tied to each other.
  await expect(nodes(page)).toHaveCount(3);
  await expect(page.locator(".podrow")).toHaveCount(pods + 1);
  await expect(page.locator(".tie")).toHaveCount(1);
  expect(await barriers(page, ".stage")).toEqual([]);
  await page.reload();
  await expect(nodes(page)).toHaveCount(3);
  await by(page, 0).click();
  await expect(nodes(page)).toHaveCount(0);
});

test("a fault stands on the node that it hits", async ({ page }) => {
  await openRun(page, "drain");
  await by(page, 1).click();
  const fault = await page.locator(".faults .fault").first().boundingBox();
  const node = await nodes(page).first().boundingBox();
  expect(fault.y).toBeGreaterThanOrEqual(node.y);
  expect(fault.y + fault.height).toBeLessThanOrEqual(node.y + node.height);
  await expect(nodes(page).first().locator(".n-closed")).toHaveCount(1);
  // It is still a fault like any other: it can be moved, and all rows follow.
  await page.locator(".faults .fault").first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(nodes(page).first().locator(".n-closed")).toHaveCount(1);
});

test("what lies on a lost node is what was last said", async ({ page }) => {
  await openRun(page, "node_lost");
  // While it runs, and while it is to stop and nobody there hears of it.
  await expect(page.locator(".podrow .m-unheard")).toHaveCount(2);
  await by(page, 1).click();
  await expect(nodes(page).first().locator(".m-lost")).toHaveCount(1);
  await expect(nodes(page).first()).toContainText("NodeNotReady");
});
