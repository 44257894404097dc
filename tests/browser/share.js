// The sheet that shares a run, and what is saved from it.
import { readFileSync } from "node:fs";
import { expect, open } from "./fixtures.js";

export const OWN = `\
# of the violet team
apiVersion: batch/v1
kind: Job
metadata: {name: violet-etl, labels: {team: violet}}
spec:
  backoffLimit: 2
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: loader
        image: "registry.violet.example/loader:7"
        command: [sh, -c, "echo violet; sleep 5; exit 1"]
        env: [{name: TOKEN, value: hunter2}]
`;

export const sheet = (page) => page.locator("dialog.sharing");
export const part = (page, title) => sheet(page).locator("section", { has: page.getByRole("heading", { name: title }) });
export const link = (page) => sheet(page).locator(".copyrow input");
export const snippet = (page) => sheet(page).locator("textarea");
export const box = (page, words) => sheet(page).getByRole("checkbox", { name: words });

export async function share(page) {
  await page.locator(".top .btn:has(use[href='#i-share']):visible").click();
  await expect(snippet(page)).toBeVisible();
}

// A page that may use the clipboard, and what is in it.
export async function copied(page) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  return page.evaluate(() => navigator.clipboard.readText());
}

// Somebody else's browser, at the address that this one is at.
export async function elsewhere(page, address = page.url()) {
  const other = await (await page.context().browser().newContext()).newPage();
  await open(other, address);
  return other;
}

export async function saved(page, name) {
  const waits = page.waitForEvent("download");
  await sheet(page).getByRole("button", { name }).click();
  const download = await waits;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
