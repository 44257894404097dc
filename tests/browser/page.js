// What several tests do with the page. On a phone the regions are behind tabs.

export const editor = (page) => page.locator("#spec-text");
export const stepNumber = async (page) => Number(await page.locator(".stepno b").first().textContent());

async function show(page, number) {
  const tab = page.locator(".tabbar button").nth(number);
  if (await tab.isVisible()) await tab.click();
}

export const showSpec = (page) => show(page, 0);
export const showRun = (page) => show(page, 1);
export const showWhy = (page) => show(page, 2);

// The whole text, both views of it.
export const wholeText = (page) => page.locator("#whole-text").textContent();

export async function setSpec(page, change) {
  await showSpec(page);
  await editor(page).fill(change(await editor(page).inputValue()));
}

// The transport's buttons stand at the bottom of a phone, under the timeline elsewhere.
export const transport = (page, number) => page.locator(".keys:visible button").nth(number);

// The text that the page opens with, as if it had been left there.
export const keepText = (page, text) =>
  page.addInitScript((own) => localStorage.setItem("job-playground.text", own), text);

// A Job of many pods. `limit`: a line of its spec, if it has one more; `behaviors`: lines of its scenario.
export const jobOf = (pods, behaviors, { name = "many", parallelism = pods, mode = "Indexed", limit } = {}) => `\
apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec:
  completions: ${pods}
  parallelism: ${parallelism}
  completionMode: ${mode}
${limit ? `  ${limit}\n` : ""}  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: "busybox:1.36"}]
---
apiVersion: job-playground/v1
kind: Scenario
spec:
  kubernetes: "1.36"
  behaviors:
${behaviors.map((behavior) => `  - ${behavior}\n`).join("")}`;

// The mark of the timeline that Tab leads to takes the focus.
export const focusMark = (page) => page.locator(".lanes .hit[tabindex='0']").focus();

// Puts the caret at the start (or the end) of some words in the text box.
export async function caretAt(page, words, edge = "start") {
  await editor(page).focus();
  await editor(page).evaluate(
    (box, [text, end]) => {
      const start = box.value.indexOf(text);
      if (start < 0) throw new Error(`not in the text: ${text}`);
      const caret = end ? start + text.length : start;
      box.setSelectionRange(caret, caret);
    },
    [words, edge === "end"],
  );
}
