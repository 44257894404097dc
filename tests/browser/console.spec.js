// The console: a whole session as a person types it, with the film beside it.
import { barriers, expect, open, openText, running, test } from "./fixtures.js";
import { showWhy, wholeText } from "./page.js";

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: pi
spec:
  backoffLimit: 1
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: busybox
        command: [sh, -c, "echo start; sleep 5; exit 1"]
`;

const log = (page) => page.getByRole("log");
const prompt = (page) => page.locator("#console-line");
const last = (page) => log(page).locator(".turn").last();

// On a phone the console stands below WHY.
async function openConsole(page) {
  await showWhy(page);
  await page.getByRole("tab", { name: /^(Console|控制台)$/ }).click();
  await expect(prompt(page)).toBeVisible();
}

async function type(page, line) {
  await prompt(page).click();
  await page.keyboard.type(line);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(prompt(page)).toHaveValue("");
}

const isPhone = ({ project }) => project.use.viewport.width < 700;

test("a whole session: watch, break, wait, logs, patch, delete, undo, and found again", async ({ page }) => {
  test.slow();
  // Kept once: what becomes of it is found again.
  await page.addInitScript((text) => (localStorage["job-playground.text"] ??= text), JOB);
  await open(page);
  await openConsole(page);

  await type(page, "time 0:03");
  await expect(page.locator(".prompt time")).toHaveText("0:03");
  await type(page, "kubectl get pods");
  await expect(last(page)).toContainText(/pi-\w{5}\s+1\/1\s+Running\s+0\s+3s/);
  const pod = await last(page).locator(".link").first().textContent();

  // It follows the playhead, and stops where it is stopped.
  await type(page, "kubectl get pods -w");
  await expect(last(page)).not.toContainText("Error");
  await expect(page.locator(".goes-on")).toBeVisible();
  await type(page, "time 0:07");
  const watched = log(page).locator(".turn", { hasText: "kubectl get pods -w" });
  await expect(watched).not.toContainText("Error");
  await type(page, "time 0:03");

  await type(page, `kubectl delete pod ${pod}`);
  await expect(last(page)).toContainText(`pod "${pod}" deleted`);
  await expect(last(page).locator(".mine")).toBeVisible();
  expect(await wholeText(page)).toContain(`delete: {pod: ${pod}}`);

  await type(page, "kubectl wait --for=condition=failed job/pi --timeout=1h");
  await expect(last(page)).toContainText("job.batch/pi condition met");
  await expect(page.locator(".prompt time")).not.toHaveText("0:03");
  await type(page, "kubectl logs job/pi");
  await expect(last(page)).toContainText("start");
  await type(page, "kubectl wait --for=condition=complete job/pi --timeout=24h");
  await expect(last(page).locator(".said").last()).toContainText(/never happens|永远不会发生/);

  await type(page, "time 0:03");
  await type(page, `kubectl patch job pi -p '{"spec":{"backoffLimit":3}}'`);
  await expect(last(page)).toContainText("job.batch/pi patched");
  expect(await wholeText(page)).toContain("patch:");
  await last(page).getByRole("button", { name: /^(Undo|撤销)$/ }).click();
  expect(await wholeText(page)).not.toContain("patch:");

  const text = await wholeText(page);
  await page.reload();
  await running(page);
  expect(await wholeText(page)).toBe(text);
  await openConsole(page);
  await prompt(page).click();
  await page.keyboard.press("ArrowUp");
  await expect(prompt(page)).toHaveValue(/kubectl patch job pi/);
  await page.keyboard.press("ArrowUp");
  await expect(prompt(page)).toHaveValue("time 0:03");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(prompt(page)).toHaveValue("");
});

test("lines of -w come as the playhead moves, and go as it goes back", async ({ page }, info) => {
  await openText(page, JOB);
  await openConsole(page);
  await type(page, "time 0:03");
  await type(page, "kubectl get pods -w");
  await expect(last(page)).toContainText("Running");
  await expect(last(page)).not.toContainText("Error");
  if (isPhone(info)) return;
  await page.locator("#stage").focus();
  await page.keyboard.press(".");
  await expect(last(page)).toContainText("Error");
  await page.keyboard.press(",");
  await expect(last(page)).not.toContainText("Error");
  // Ctrl+C ends it.
  await page.keyboard.press("/");
  await expect(prompt(page)).toBeFocused();
  await page.keyboard.press("Control+c");
  await expect(page.locator(".goes-on")).toHaveCount(0);
});

test("completion by keys and by a press", async ({ page }) => {
  await openText(page, JOB);
  await openConsole(page);
  await prompt(page).click();
  await page.keyboard.type("k");
  await page.keyboard.press("Tab");
  await page.keyboard.type("desc");
  await expect(page.locator(".compl li")).toHaveCount(1);
  await page.keyboard.press("Tab");
  await page.keyboard.type("j");
  await page.locator(".compl").getByRole("option", { name: /^jobs/ }).click();
  await page.keyboard.type("p");
  await page.keyboard.press("Tab");
  await expect(prompt(page)).toHaveValue("kubectl describe jobs pi ");
  await page.keyboard.press("Enter");
  await expect(last(page)).toContainText("Name:");
  // With nothing to complete Tab leads on.
  await page.keyboard.press("Tab");
  await expect(prompt(page)).not.toBeFocused();
  // What goes on behind its end is not run.
  await prompt(page).click();
  await page.keyboard.type("kubectl get pods \\");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.keyboard.type("-o name");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(last(page)).toContainText(/pod\/pi-\w{5}/);
});

test("a command of WHY runs in the console, and a status leads back to WHY", async ({ page }) => {
  await openText(page, JOB);
  await showWhy(page);
  const command = page.locator(".why .command").first();
  const line = await command.locator("code").textContent();
  await command.click();
  await expect(log(page).locator(".cmd").last()).toContainText(line);
  await expect(prompt(page)).toBeInViewport();
  await expect(page.getByRole("tab", { name: /^(Console|控制台)$/ })).toHaveAttribute("aria-selected", "true");
  await type(page, "time 0:07; kubectl get pods");
  await last(page).getByRole("button", { name: "Error" }).click();
  await expect(page.locator(".why .subject")).toContainText(/failed|失败/i);
});

test("everyone can use it", async ({ page }) => {
  await open(page);
  await openConsole(page);
  await type(page, "kubectl get pods; kubectl get job nobody; why; inject drain");
  await prompt(page).click();
  await page.keyboard.type("kubectl get ");
  expect(await barriers(page)).toEqual([]);
});
