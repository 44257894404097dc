// The table of the cluster, and the faults of nodes: by pointer and by keys.
import { barriers, expect, openText, test } from "./fixtures.js";
import { showRun, showSpec, wholeText } from "./page.js";

const JOB = `\
apiVersion: batch/v1
kind: Job
metadata: {name: pi}
spec:
  completions: 5
  parallelism: 5
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: main, image: "app:1", envFrom: [{configMapRef: {name: app}}], resources: {requests: {cpu: 2}}}
`;
const SCENARIO = `\
---
apiVersion: job-playground/v1
kind: Scenario
spec:
  kubernetes: "1.36"
  cluster:
    nodes: # ours
    - {name: node, count: 2} # twins
    - {name: big, capacity: {cpu: 8}, taints: ["gpu=yes:NoSchedule"]}
  behaviors:
  - run: 30s
`;

const table = (page) => page.locator(".cluster");
const cell = (page, name) => table(page).getByLabel(name, { exact: true });
const text = (page) => expect.poll(() => wholeText(page));

async function showCluster(page) {
  await showSpec(page);
  await page.locator(".spec .tab").nth(2).click();
  await expect(table(page)).toBeVisible();
}

test("the table writes the Scenario's text, and undo takes back one gesture each", async ({ page }) => {
  await openText(page, JOB + SCENARIO);
  await showCluster(page);
  await expect(page.locator(".spec .tab .count").last()).toHaveText("3");
  // Typed over; the comment stays.
  const count = cell(page, /^(count of node|node 的 count)$/);
  await count.click();
  await count.press("Control+a");
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await text(page).toContain("- {name: node, count: 3} # twins");
  // Stepped from its default, which is pale until then.
  const cpu = cell(page, /^(cpu of node|node 的 cpu)$/);
  await expect(cpu).toHaveValue("");
  await cpu.press("ArrowUp");
  await cpu.press("ArrowUp");
  await text(page).toContain("- {name: node, count: 3, capacity: {cpu: 6}} # twins");
  await cpu.blur();
  // Emptied, it is the default again.
  await cpu.fill("");
  await cpu.press("Enter");
  await text(page).toContain("- {name: node, count: 3} # twins");
  const taints = cell(page, /^(taints of node|node 的 taints)$/);
  await taints.fill("a=b:NoExecute, c:NoSchedule");
  await taints.press("Enter");
  await text(page).toContain('taints: ["a=b:NoExecute", "c:NoSchedule"]} # twins');
  await expect(table(page)).toBeVisible();
  for (const before of ["- {name: node, count: 3} # twins", "cpu: 6", "- {name: node, count: 3} # twins"]) {
    await page.keyboard.press("Control+z");
    await text(page).toContain(before);
  }
  await page.keyboard.press("Control+z");
  await text(page).toBe(JOB + SCENARIO);
  await expect(table(page), "what changed is in the table").toBeVisible();
});

test("a number is dragged, as one change", async ({ page }) => {
  await openText(page, JOB + SCENARIO);
  await showCluster(page);
  const cpu = await cell(page, /^(cpu of big|big 的 cpu)$/).boundingBox();
  await page.mouse.move(cpu.x + cpu.width / 2, cpu.y + cpu.height / 2);
  await page.mouse.down();
  await page.mouse.move(cpu.x + cpu.width / 2 - 13, cpu.y + cpu.height / 2, { steps: 4 });
  await page.mouse.up();
  await text(page).toContain("capacity: {cpu: 6}");
  await page.keyboard.press("Control+z");
  await text(page).toBe(JOB + SCENARIO);
});

test("lines are added and taken out, also where there is no Scenario", async ({ page }) => {
  await openText(page, JOB);
  await showCluster(page);
  await expect(table(page).locator(".nodes .line")).toHaveCount(0);
  await table(page).locator(".nodes .add").click();
  await text(page).toContain("  cluster:\n    nodes:\n    - {name: node-1}\n");
  await expect(cell(page, /^(name of node-1|node-1 的 name)$/)).toBeFocused();
  await table(page).locator(".images .add").click();
  await text(page).toContain('    images:\n    - {match: "app:1", error: NotFound}\n');
  await table(page).locator(".missing .add").click();
  await text(page).toContain("    missing: [ConfigMap/app]\n");
  await table(page).locator(".images select").selectOption("Unauthorized");
  await text(page).toContain("error: Unauthorized}");
  await table(page).locator(".images .line").hover();
  await table(page).locator(".images .x").click();
  await text(page).not.toContain("images:");
  await expect(table(page).locator(".images .add")).toBeFocused();
});

test("what decided has a full dot, what is wrong is marked, and the sum stands below", async ({ page }) => {
  await openText(page, JOB + SCENARIO);
  await showCluster(page);
  await expect(table(page).locator(".line .dot.full")).toHaveCount(2);
  await expect(table(page).locator(".words")).toContainText(/10\s?cpu/);
  await expect(table(page).locator(".words")).toContainText("gpu");
  await table(page).locator(".decided").first().click();
  await showSpec(page);
  await expect(table(page).locator(".line.glow")).not.toHaveCount(0);
  const memory = cell(page, /^(memory of big|big 的 memory)$/);
  await memory.fill("a lot");
  await memory.press("Enter");
  await text(page).toContain(`memory: "a lot"`);
  await expect(memory).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#verdict .error")).toBeVisible();
  await page.keyboard.press("Control+z");
  await text(page).toBe(JOB + SCENARIO);
  await expect(memory).not.toHaveAttribute("aria-invalid", "true");
  expect(await barriers(page, ".spec")).toEqual([]);
});

test("a node is drained and lost from the tray and by keys", async ({ page }) => {
  await openText(page, JOB + SCENARIO);
  test.skip(await page.locator(".tabbar").isVisible(), "the tray is in a drawer there");
  await page.locator(".tray .chip", { hasText: "Drain node" }).click();
  await text(page).toMatch(/drain: \{node: node-[12]\}/);
  await expect(page.locator(".fault", { hasText: "drained" })).toBeVisible();
  await page.locator(".lanes .hit[data-pod='1']").first().focus();
  await page.keyboard.press("l");
  await text(page).toMatch(/nodeLost: \{node: node-[12]\}/);
  // All of them go with the one that is done.
  const break_it = async (name) => {
    await page.locator(".tray .all").click();
    await page.locator(".tray .chip", { hasText: name }).click();
  };
  await break_it("Node back");
  await text(page).toMatch(/nodeBack: \{node: node-[12]\}/);
  await break_it("Image fails");
  await text(page).toContain('images:\n    - {match: "app:1", error: NotFound}');
  await break_it("Provide image");
  await text(page).toContain("provide: \"Image/app:1\"");
  await break_it("Object missing");
  await text(page).toContain("missing: [ConfigMap/app]");
});

test("on a phone the table and the faults of nodes are at hand", async ({ page }) => {
  await openText(page, JOB + SCENARIO);
  test.skip(!(await page.locator(".tabbar").isVisible()), "elsewhere they always are");
  await showCluster(page);
  for (const entry of await table(page).locator(".entry").all()) {
    expect((await entry.boundingBox()).height).toBeGreaterThanOrEqual(44);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await showRun(page);
  await page.locator(".breakit").click();
  await page.locator(".tray .chip", { hasText: "排空节点" }).click();
  await text(page).toMatch(/drain: \{node: node-[12]\}/);
});

test("a whole file over the spec brings a second Scenario, and either can be kept", async ({ page }) => {
  await openText(page, JOB + SCENARIO);
  await showSpec(page);
  await page.locator("#spec-text").fill(JOB + SCENARIO.replace("run: 30s", "run: 5s").trimEnd());
  const fixes = page.locator(".problems .link");
  await expect(fixes).toHaveCount(2);
  await fixes.first().click();
  await text(page).toContain("run: 5s");
  await text(page).not.toContain("run: 30s");
  await page.keyboard.press("Control+z");
  await fixes.last().click();
  await text(page).toBe(JOB + SCENARIO);
});
