// The picture of what a player shows, as a file of its own: the lanes, how it went, and the playhead, in the colours and at
// the size in which they are seen. Loaded with live.js.

/** @import {JobPlayground} from "./job-playground.js" */

const SPACE = "http://www.w3.org/2000/svg";

// What a style sheet says about a shape, and what of it may be said in other units than pixels.
const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "paint-order", "opacity"];
const WORDS = ["fill", "stroke", "stroke-width", "stroke-linejoin", "paint-order", "opacity", "font-size", "font-weight", "font-family", "text-anchor"];
const LENGTHS = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "dx"];
// What is as it is without being said.
const PLAIN = /^(none|normal|1|0px|butt|miter|start|400)$/;

/** @type {(name: string, attributes: Record<string, unknown>, ...children: (string | Node)[]) => SVGElement} */
const el = (name, attributes, ...children) => {
  const node = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, `${value}`);
  node.append(...children);
  return node;
};

/** @param {number} length */
const px = (length) => Math.round(length * 100) / 100;

/** @type {(style: CSSStyleDeclaration, names: string[]) => Record<string, string>} */
const looks = (style, names) =>
  Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name).replaceAll('"', "'")]).filter(([name, value]) => value && (name === "fill" || !PLAIN.test(value))));

// A drawing as it looks, without the sheet that makes it look so.
/** @type {(node: Element) => Node[]} */
const drawn = (node) => {
  const style = getComputedStyle(node);
  // Words without room have no size.
  if (style.display === "none" || (node.nodeName === "text" && parseFloat(style.fontSize) < 1)) return [];
  const copy = /** @type {Element} */ (node.cloneNode(false));
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  const isShape = /^(rect|line|circle|path)$/.test(node.nodeName);
  if (isShape || node.nodeName === "text")
    for (const [name, value] of Object.entries(looks(style, isShape ? LOOKS : WORDS))) copy.setAttribute(name, value);
  else if (style.opacity !== "1") copy.setAttribute("opacity", style.opacity);
  // A drawing may reach out of its frame.
  if (node.nodeName === "svg") copy.setAttribute("overflow", "visible");
  for (const name of LENGTHS) {
    const { baseVal } = /** @type {any} */ (node)[name] ?? {};
    if (node.hasAttribute(name)) copy.setAttribute(name, `${px(baseVal.value ?? baseVal[0].value)}`);
  }
  if (node instanceof SVGRectElement) {
    copy.setAttribute("width", `${px(node.getBBox().width)}`);
    copy.setAttribute("rx", style.rx.replace("auto", "0"));
  }
  copy.append(...(node.nodeName === "text" ? [node.textContent ?? ""] : [...node.children].flatMap(drawn)));
  return [copy];
};

// Words of the page, line by line.
/** @type {(root: Element, left: number, top: number) => SVGElement[]} */
const written = (root, left, top) => {
  const lines = [];
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (nodes.nextNode()) {
    const node = /** @type {Text} */ (nodes.currentNode);
    const style = getComputedStyle(/** @type {Element} */ (node.parentElement));
    /** @type {DOMRect | undefined} */
    let last;
    // A line may end within a word.
    for (const { 0: letters, index } of node.data.matchAll(/\S\s*/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + letters.trimEnd().length);
      const box = range.getBoundingClientRect();
      if (!box.width) continue;
      if (last && Math.abs(box.top - last.top) < 2) /** @type {SVGElement} */ (lines.at(-1)).append(letters);
      else {
        // The foot of the letters is a fifth of their size above that of their line.
        const y = box.bottom - top - box.height / 2 + parseFloat(style.fontSize) * 0.36;
        const own = looks(style, ["font-size", "font-weight", "font-family"]);
        lines.push(el("text", { x: px(box.left - left), y: px(y), fill: style.color, ...own }, letters));
      }
      last = box;
    }
  }
  return lines;
};

// The file. It carries its link as posters do: dropped onto the page it opens.
/** @param {JobPlayground} player */
export const svgOf = (player) => {
  const root = /** @type {ShadowRoot} */ (player.shadowRoot);
  /** @type {(name: string) => Element} */
  const find = (name) => /** @type {Element} */ (root.querySelector(name));
  const sheet = find(".jp");
  const [head, lanes, track] = [".head", ".lanes", ".track"].map(find);
  const { left, top, width } = sheet.getBoundingClientRect();
  // What an author put between them is not in it.
  const fall = lanes.getBoundingClientRect().top - head.getBoundingClientRect().bottom;
  const height = head.clientHeight + lanes.clientHeight + 10;
  const at = track.getBoundingClientRect();
  const { film, now } = player;
  const style = getComputedStyle(sheet);
  const [below, above] = [...track.querySelectorAll(":scope > svg")].map((svg) => [...svg.children].flatMap(drawn));
  const [y, x] = [at.top - top - fall, at.left - left];
  const share = Number(style.getPropertyValue("--at"));
  const playhead = x + share * at.width;
  const ink = getComputedStyle(find(".now b"));
  const pill = find(".now b").getBoundingClientRect();
  const clock = el("g", {}, el("rect", { x: px(pill.left - left), y: px(y), width: px(pill.width), height: pill.height, rx: pill.height / 2, fill: ink.backgroundColor }), ...written(find(".now b"), left, top + fall));
  const veil = { x: px(playhead), y: y + 22, width: px(Math.max(width - playhead - 1, 0)), height: at.height - 22, fill: style.backgroundColor, opacity: 0.55 };
  const svg = el(
    "svg",
    { width: px(width), height, viewBox: `0 0 ${px(width)} ${height}`, lang: film?.lang, role: "img", "aria-labelledby": "jp-title" },
    el("title", { id: "jp-title" }, film?.title ?? ""),
    el("metadata", {}, `job-playground#${film?.state}&at=${now / 1000}s`),
    el("rect", { x: 0.5, y: 0.5, width: px(width - 1), height: height - 1, rx: 14, fill: style.backgroundColor, stroke: style.borderTopColor }),
    el("g", { transform: `translate(${px(find(".head svg").getBoundingClientRect().left - left)} ${px(find(".head svg").getBoundingClientRect().top - top)})` }, ...[...find(".head svg").children].flatMap(drawn)),
    ...written(head, left, top),
    ...[...lanes.querySelectorAll(".name")].flatMap((name) => written(name, left, top + fall)),
    el("g", { transform: `translate(${px(x)} ${px(y)})` }, ...below),
    el("rect", veil),
    el("line", { x1: px(playhead), x2: px(playhead), y1: y, y2: y + at.height, stroke: ink.backgroundColor, "stroke-width": 1.5 }),
    el("g", { transform: `translate(${px(x)} ${px(y)})` }, ...above),
    clock,
  );
  return `${new XMLSerializer().serializeToString(svg)}\n`;
};
