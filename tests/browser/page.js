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
