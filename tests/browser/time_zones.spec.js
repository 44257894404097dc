// The rules of the time zones are a file of their own: only a text that names a zone fetches it.
import { expect, open, test } from "./fixtures.js";
import { editor, setSpec, showRun } from "./page.js";

const nightly = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 3 * * *"
  timeZone: Asia/Shanghai
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: main, image: "busybox:1.36"}]`;

test.use({ serviceWorkers: "block", provoked: /ERR_FAILED/ });

test("a text without time zones fetches no rules of them", async ({ page }) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  await open(page);
  await expect(page.locator(".verdict b").first()).toBeVisible();
  expect(fetched.filter((url) => url.includes("time-zones"))).toEqual([]);
  await setSpec(page, () => nightly);
  await expect.poll(() => fetched.filter((url) => url.includes("time-zones")).length).toBe(1);
});

test("says so when the rules are not to be had, and runs when they are", async ({ page }) => {
  await page.route("**/time-zones*", (route) => route.abort());
  await open(page);
  await setSpec(page, () => nightly);
  await showRun(page);
  await expect(page.locator(".stage .empty")).toContainText("timeZone");
  await page.unroute("**/time-zones*");
  await setSpec(page, () => `${nightly} # again`);
  await showRun(page);
  await expect(page.locator(".stage .empty")).toHaveCount(0);
  await expect.poll(() => page.locator(".stage").textContent()).toContain("7:00:00");
  expect(await editor(page).inputValue()).toContain("again");
});
