// Pods that do not simply run: what is shown of them, and why.
import { readFileSync } from "node:fs";
import { barriers, expect, openText, test } from "./fixtures.js";
import { showRun, showWhy, transport } from "./page.js";

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

const timeless = (spec, cluster) => `\
apiVersion: batch/v1
kind: Job
metadata: {name: waits}
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: main, image: "app:1"${spec}}]}
---
apiVersion: job-playground/v1
kind: Scenario
spec: {kubernetes: "1.36", cluster: ${cluster}}
`;

for (const [name, text] of [
  ["an image that never comes", timeless("", '{images: [{match: "app:*", error: NotFound}]}')],
  ["a pod that fits nowhere", timeless(", resources: {requests: {cpu: 9}}", "{nodes: [{name: only}]}")],
  ["a ConfigMap that is missing", timeless(", envFrom: [{configMapRef: {name: c}}]", "{missing: [ConfigMap/c]}")],
]) {
  test(`the run of ${name} ends on the page though it never does`, async ({ page }) => {
    await openText(page, text);
    await showRun(page);
    await expect(page.locator(".goeson")).toBeVisible();
    // A few dozen steps lead through it.
    const numbers = async () => (await page.locator(".stepno").first().textContent()).match(/\d+/g).map(Number);
    expect((await numbers()).at(-1)).toBeLessThan(60);
    await transport(page, 0).click();
    await expect(page.locator(".story .pause, .lanes .gap")).not.toHaveCount(0);
    if (await page.locator(".lanes .axis").isVisible()) {
      await expect(page.locator(".lanes .axis")).toContainText(/for ever|永远/);
      await page.locator(".playhead [role=slider]").press("End");
      const [step, steps] = await numbers();
      expect(step).toBe(steps);
    }
  });
}

test("nobody tells a pod on a lost node to stop, and the page says so", async ({ page }, { project }) => {
  await openText(page, recorded("node_lost"));
  await showRun(page);
  if (project.name.startsWith("phone")) {
    const story = page.locator(".story");
    await expect(story).toContainText("NotReady");
    await expect(story).toContainText(/NoExecute.*5/);
    await expect(story).toContainText(/收不到|does not hear/);
    return;
  }
  await expect(page.locator(".lanes .m-unheard.stop")).toHaveCount(1);
  await told(page, /is to stop, nobody there hears it/).click();
  const chain = page.locator("#why .chain");
  await expect(chain).toContainText("Nobody stops pod 1");
  await expect(chain).toContainText("counts as failed");
  // From there to the sync that counts it, and back to the loss.
  await chain.getByText(/counts as failed/).click();
  await expect(page.locator("#why .subject")).toContainText("Job controller");
  await expect(page.locator("#why .chain")).toContainText("unreachable:NoExecute");
  await expect(page.locator("#why .chain")).toContainText("lost at");
});

test("why a sidecar is stopped", async ({ page }, { project }) => {
  test.skip(project.name.startsWith("phone"), "the story of a phone has no bars of containers");
  await openText(page, recorded("sidecars_in_reverse"));
  await page.locator(".lanes .hit.run").nth(1).click();
  await expect(page.locator("#why .chain")).toContainText("once every other container has ended");
});

test("the list of events counts between two steps, and says what is in no event", async ({ page }, { project }) => {
  test.skip(project.name.startsWith("phone"), "the list of events is not on the phone's run");
  await openText(page, timeless("", '{images: [{match: "app:*", error: NotFound}]}'));
  await page.keyboard.press("End");
  const events = page.locator(".events");
  await expect(events).toContainText("Error: ImagePullBackOff ×");
  await expect(events).toContainText("image being pulled (no event: too many before)");
  await expect(events).toContainText("the same again, for ever");
});
