// Every reader: names of all controls, colours, notices, themes, paper, what is read out.
import { expect, open, test } from "./fixtures.js";
import { showRun, transport } from "./page.js";

const link = (name) => `#t=${Buffer.from(`apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\n`).toString("base64url")}`;

// What can be operated and has no name in the accessibility tree.
async function nameless(page) {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  await client.detach();
  const operable = /^(button|link|textbox|searchbox|combobox|listbox|checkbox|radio|switch|slider|spinbutton|tab|menuitem|option|separator|dialog|grid|table)$/i;
  const controls = nodes.filter((node) => !node.ignored && operable.test(node.role?.value ?? ""));
  expect(controls.length).toBeGreaterThan(1);
  return controls.filter((node) => !node.name?.value?.trim()).map((node) => node.role.value);
}

test("every control has a name, in each region, menu and dialog", async ({ page }) => {
  await open(page);
  const isPhone = await page.locator(".tabbar").isVisible();
  expect(await nameless(page)).toEqual([]);
  await page.keyboard.press("Control+s");
  expect(await nameless(page)).toEqual([]);
  await page.locator("dialog .btn.ink").click();
  await expect(page.locator("dialog .sr[role=status]").first()).not.toBeEmpty();
  expect(await nameless(page)).toEqual([]);
  await page.keyboard.press("Escape");
  for (const opener of [".doc", ".top .btn.icon[aria-haspopup=true]"]) {
    await page.locator(opener).click();
    expect(await nameless(page)).toEqual([]);
    await page.keyboard.press("Escape");
  }
  if (isPhone) {
    for (const number of [0, 2, 1]) {
      await page.locator(".tabbar button").nth(number).click();
      expect(await nameless(page)).toEqual([]);
    }
    await page.locator(".breakit").click();
    expect(await nameless(page)).toEqual([]);
    return;
  }
  for (const dialog of [".model", ".top > .btn.icon.wide"]) {
    await page.locator(dialog).last().click();
    expect(await nameless(page)).toEqual([]);
    await page.keyboard.press("Escape");
  }
  for (const row of [".joblane", ".podrow"]) {
    await page.locator(row).first().hover();
    await page.locator(`${row} .more`).first().click();
    expect(await nameless(page)).toEqual([]);
    await page.keyboard.press("Escape");
  }
  for (const number of [1, 2]) {
    await page.locator(".detail [role=tab]").nth(number).click();
    expect(await nameless(page)).toEqual([]);
  }
});

test("the theme follows the system, or not", async ({ page }) => {
  await open(page);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const choose = async (number) => {
    await page.locator(".top .btn.icon[aria-haspopup=true]").click();
    await page.locator(".top .menu .item").nth(number).click();
  };
  const seen = async () => {
    const papers = [];
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      papers.push(await paper());
    }
    return papers;
  };
  const [light, dark] = await seen();
  expect(light).not.toBe(dark);
  await choose(2);
  expect(await seen()).toEqual([dark, dark]);
  await choose(1);
  expect(await seen()).toEqual([light, light]);
  await page.locator(".top .btn.icon[aria-haspopup=true]").click();
  await expect(page.locator(".top .menu .item").nth(1)).toHaveAttribute("aria-pressed", "true");
  await page.locator(".top .menu .item").nth(0).click();
  expect(await seen()).toEqual([light, dark]);
  await page.reload();
  await expect.poll(seen).toEqual([light, dark]);
});

test("a link says nothing about work to who has none", async ({ page }) => {
  await open(page, `./${link("theirs")}`);
  await expect(page.locator(".notice")).toHaveCount(0);
  await page.evaluate(() => localStorage.setItem("job-playground.text", "kind: Job\n"));
  await page.reload();
  await expect(page.locator(".guest")).toHaveText(/Your own text is kept|你自己的文本仍然保留/);
  await page.locator(".guest .btn.icon").click();
  await expect(page.locator(".guest")).toHaveCount(0);
});

test("a notice is dismissed, and covers nothing that acts", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pasted}\n");
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  const toast = await page.locator(".toast").boundingBox();
  for (const selector of [".transport", ".tray .chips", ".dock", ".why header", ".detail .tabs", ".top"]) {
    const one = page.locator(selector).first();
    if ((await one.count()) === 0 || !(await one.isVisible())) continue;
    const other = await one.boundingBox();
    const apart = other.y + other.height <= toast.y || toast.y + toast.height <= other.y || other.x + other.width <= toast.x || toast.x + toast.width <= other.x;
    expect(apart, selector).toBe(true);
  }
  await page.locator(".toast .btn.icon").click();
  await expect(page.locator(".toast")).toHaveCount(0);
});

test("how much is read out after a step is chosen, and kept", async ({ page }) => {
  await open(page);
  const region = page.locator("[aria-live=polite].sr");
  const choose = async (number) => {
    if (await page.locator(".tabbar").isVisible()) {
      await page.locator(".doc").click();
      await page.getByRole("button", { name: /^(Help and keys|帮助与快捷键)$/ }).click();
    } else {
      await page.locator(".scrub").press("?");
    }
    await page.locator("dialog select").selectOption({ index: number });
    await page.keyboard.press("Escape");
  };
  await choose(1);
  await transport(page, 3).click();
  await expect(region).toHaveText(/(step 13 of 19\.|第 13 步，共 19 步。)$/);
  await choose(2);
  await page.reload();
  await transport(page, 3).click();
  await transport(page, 3).click();
  await expect(page.locator(".stepno b").first()).toHaveText("14");
  await expect(region).toBeEmpty();
});

test("a step is read out after a pause; playing is summed up at its end", async ({ page }) => {
  await open(page);
  const region = page.locator("[aria-live=polite].sr");
  await transport(page, 0).click();
  await page.evaluate(() => {
    const region = document.querySelector("[aria-live=polite].sr");
    window.said = [];
    new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  });
  const said = () => page.evaluate(() => window.said);
  await page.evaluate(() => {
    for (let step = 0; step < 3; step += 1) [...document.querySelectorAll(".keys")].find((keys) => keys.checkVisibility()).children[3].click();
  });
  await expect.poll(async () => (await said()).length).toBe(1);
  await expect(region).toHaveText(/step 4 of 19|第 4 步，共 19 步/);
  // Time stands still between the presses, however long they take.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 10_000);
  await transport(page, 2).click();
  await page.clock.runFor(2000);
  expect((await said()).length).toBe(1);
  await transport(page, 2).click();
  await page.clock.runFor(1000);
  await expect(region).toHaveText(/^(2 events played|播放了 2 个事件)/);
});

// Contrast of two colours as the browser writes them.
const contrast = () => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const paint = (...layers) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const layer of layers) {
      canvas.fillStyle = layer;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
  };
  const light = (parts) => {
    const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const between = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const root = document.querySelector(".app");
  const value = (name) => {
    const probe = document.createElement("i");
    probe.style.color = `var(${name})`;
    root.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  const states = ["--running", "--succeeded", "--failed", "--terminating", "--backoff"];
  const veiled = states.map((state) => [`words on ${state}`, between(paint(value("--ink-later")), paint(value("--sheet"), value(state), value("--veil")))]);
  const beside = ["--sheet", "--well", "--paper"].map((ground) => [`words on ${ground}`, between(paint(value("--ink-3")), paint(value(ground)))]);
  return [...veiled, ...beside].filter(([, ratio]) => ratio < 4.5).map(([what, ratio]) => `${what}: ${ratio.toFixed(2)}`);
};

test("words of the future can be read", async ({ page }) => {
  for (const theme of ["light", "dark"]) {
    await open(page, `./?theme=${theme}`);
    await showRun(page);
    expect(await page.evaluate(contrast), theme).toEqual([]);
    const fills = await page.locator(".marks .later text").evaluateAll((texts) => texts.map((text) => [getComputedStyle(text).fillOpacity, getComputedStyle(text).opacity]));
    expect(fills.flat().every((opacity) => opacity === "1")).toBe(true);
    // All words stand above the veil.
    await expect(page.locator(".grid .marks:not(.above):not(.many) text")).toHaveCount(0);
  }
});

test.describe("in forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active" } });

  test("states differ by shape, and what is chosen has a ring", async ({ page }) => {
    await open(page);
    expect(await page.evaluate(() => matchMedia("(forced-colors: active)").matches)).toBe(true);
    await showRun(page);
    // Boxes of the budget: used ones are filled, the others are rings.
    const boxes = await page.locator(".inst .box").evaluateAll((boxes) => boxes.map((box) => {
      const { backgroundColor, boxShadow } = getComputedStyle(box);
      return [box.className, backgroundColor, boxShadow !== "none"];
    }));
    const [used, left] = [boxes.find(([name]) => /failed/.test(name)), boxes.find(([name]) => name.trim() === "box")];
    expect(used[1]).not.toBe(left[1]);
    expect(left[2]).toBe(true);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(used[1]).not.toBe(ground);
    const glow = page.locator(".ln.glow").first();
    expect(await glow.evaluate((line) => getComputedStyle(line).outlineStyle)).toBe("solid");
    if (await page.locator(".lanes").isVisible()) {
      const fill = (selector) => page.locator(selector).first().evaluate((mark) => getComputedStyle(mark).fill);
      const marks = await Promise.all([".lanes .m-running", ".lanes .m-succeeded", ".lanes .m-failed", ".lanes .m-backoff", ".lanes .m-pending"].map(fill));
      expect(new Set(marks).size).toBe(marks.length);
    }
  });
});

test("on paper are the title, the whole text and whole labels", async ({ page }) => {
  await open(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".brand")).toBeVisible();
  await expect(page.locator(".doc .name")).toBeVisible();
  await expect(page.locator("#whole-text")).toBeVisible();
  await expect(page.locator("#whole-text")).toContainText("kind: Scenario");
  for (const hidden of [".editor", ".transport", ".dock", ".tray", ".divider", ".fold", ".top nav", ".toast"]) {
    expect(await page.locator(hidden).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length), hidden).toBe(0);
  }
  for (const region of [".film", "#why", ".events"]) await expect(page.locator(region).first()).toBeVisible();
  const cut = await page.locator(".lab .name, .events .say, .lab b").evaluateAll((labels) => labels.filter((label) => label.scrollWidth > label.clientWidth + 1 && getComputedStyle(label).overflow !== "visible").length);
  expect(cut).toBe(0);
});
