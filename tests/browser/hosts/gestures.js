// The ten things that everybody does with the page, for any browser: all they ask of a `page` is `click`, `press` and
// `evaluate`, as Playwright's pages and frames have them and webdriver.js, too.

// Until something holds in the page; the error says what did not.
async function until(page, what, holds, argument) {
  const patience = Date.now() + 20_000;
  while (!(await page.evaluate(holds, argument))) {
    if (Date.now() > patience) throw new Error(`it never came to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const step = (page) => page.evaluate(() => Number(document.querySelector(".stepno b")?.textContent));
const text = (page) => page.evaluate(() => document.querySelector("#whole-text").textContent);
const textOf = (page, selector) => page.evaluate((one) => document.querySelector(one)?.textContent ?? "", selector);
const changes = (page, what, selector, from) =>
  until(page, what, ([one, old]) => (document.querySelector(one)?.textContent ?? "") !== old, [selector, from]);

export const GESTURES = {
  async open(page) {
    await until(page, "a finished run", () => window.wasmBindings && document.querySelector(".verdict b")?.textContent);
    const unstyled = await page.evaluate(() => getComputedStyle(document.querySelector(".playhead")).transform === "none");
    if (unstyled) throw new Error("the playhead has no place");
  },

  async play(page) {
    const before = await step(page);
    await page.click(".playbtn");
    await until(page, "played on", (old) => Number(document.querySelector(".stepno b").textContent) > old, before);
    await page.click(".playbtn");
  },

  async step(page) {
    await page.click(".keys button:nth-child(1)");
    await until(page, "the first step", () => document.querySelector(".stepno b").textContent === "1");
    await page.click(".keys button:nth-child(4)");
    await until(page, "the second step", () => document.querySelector(".stepno b").textContent === "2");
  },

  // At the first moment at which there is a pod to be broken.
  async fault(page) {
    const before = await text(page);
    const refused = () => page.evaluate(() => document.querySelector(".tray .chip").hasAttribute("aria-disabled"));
    while (await refused()) await page.click(".keys button:nth-child(4)");
    await page.click(".tray .chip");
    await changes(page, "a fault in the text", "#whole-text", before);
    await until(page, "a fault on the timeline", () => document.querySelector(".fault"));
  },

  async edit(page) {
    await page.click(".spec [role=tab]");
    await until(page, "the manifest", () => document.querySelector("#spec-text").value.includes("backoffLimit: "));
    await page.click("#spec-text");
    await page.evaluate(() => {
      const box = document.querySelector("#spec-text");
      const number = box.value.indexOf("backoffLimit: ") + "backoffLimit: ".length;
      box.setSelectionRange(number, number);
    });
    await page.press("#spec-text", "1");
    await until(page, "another limit", () => /backoffLimit: 1\d/.test(document.querySelector("#whole-text").textContent));
  },

  async why(page) {
    const before = await textOf(page, "#why-region");
    await page.click(".podrow .hit");
    await changes(page, "another answer", "#why-region", before);
  },

  async share(page) {
    await page.click(".top .ring");
    await page.click("dialog .copyrow .btn");
    await until(page, "a copied link", () => /^(Copied|已复制)$/.test(document.querySelector("dialog .copyrow [role=status]").textContent));
    await page.click("dialog header button");
    await until(page, "no dialog", () => !document.querySelector("dialog"));
  },

  async language(page) {
    const before = await textOf(page, ".top");
    await page.click(".top button[lang]");
    await changes(page, "another language", ".top", before);
  },

  async theme(page) {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await paper();
    await page.click(".top button[lang] + .menu > button");
    await page.click(".top button[lang] + .menu .item:last-of-type");
    await until(page, "another theme", (old) => getComputedStyle(document.body).backgroundColor !== old, before);
  },

  async example(page) {
    const before = await text(page);
    await page.click(".top nav button");
    await page.click(".top nav .item:last-of-type");
    await changes(page, "another text", "#whole-text", before);
  },
};
