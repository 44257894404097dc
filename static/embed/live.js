// Runs that are made in the reader's browser: of a text for which no film was made before, and of a run that the reader
// disturbs. The player loads this when somebody asks for it, and this the engine, which may run where the page allows
// 'wasm-unsafe-eval'.
import start, { film, filmWith, needsTimeZones } from "./engine.js";
export { svgOf } from "./svg.js";

/** @import {Film, JobPlayground} from "./job-playground.js" */

/** @type {(error: Error, reason: string) => never} */
const fail = (error, reason) => {
  throw Object.assign(error, { reason });
};

// On a server what lies beside this file is on its disk.
const disk = /** @type {any} */ (globalThis).process?.getBuiltinModule?.("node:fs/promises");

/** @type {(address: string | URL) => Promise<Response>} */
const fetched = async (address) => {
  const url = new URL(address, import.meta.url);
  if (disk && url.protocol === "file:") return new Response(await disk.readFile(url), { headers: { "Content-Type": "application/wasm" } });
  const response = await fetch(url);
  return response.ok ? response : fail(new Error(`${url}: ${response.status}`), "engine");
};

/** @type {Promise<unknown> | undefined} */
let started;
/** @type {Promise<Uint8Array> | undefined} */
let rules;

// Calls the engine, which gets the rules of time zones if the text needs them.
/** @type {(source: string, call: (rules?: Uint8Array) => string) => Promise<Film>} */
const called = async (source, call) => {
  started ??= start({ module_or_path: fetched(new URL("engine_bg.wasm", import.meta.url)) });
  await started.catch((error) => {
    started = undefined;
    fail(error, error instanceof WebAssembly.CompileError ? "csp" : "engine");
  });
  if (needsTimeZones(source)) rules ??= fetched(new URL("time-zones.bin", import.meta.url)).then(async (response) => new Uint8Array(await response.arrayBuffer()));
  const known = await rules;
  try {
    return JSON.parse(call(known));
  } catch (error) {
    // What the engine says against a text is for readers.
    return fail(/** @type {Error} */ (error), "text");
  }
};

// The film of a text, of the link to one, or of a file with one.
/** @type {(source: string | URL, lang: string) => Promise<Film>} */
export const filmOf = async (source, lang) => {
  const text = typeof source === "string" ? source : await (await fetched(source)).text();
  return called(text, (zones) => film(text, lang, zones));
};

// The film of the same run with one more input, as the text writes it: `{at: 7s, evict: {pod: 2}}`.
/** @type {(before: Film, input: string) => Promise<Film>} */
export const filmWithInput = ({ state, lang }, input) => called(state, (zones) => filmWith(state, input, lang, zones));

// What may be done: to a pod, or to the run.
/** @type {Record<string, (pod?: string) => string>} */
const INPUTS = {
  fail: (pod) => `fail: {pod: ${pod}}`,
  oomKill: (pod) => `oomKill: {pod: ${pod}}`,
  evict: (pod) => `evict: {pod: ${pod}}`,
  preempt: (pod) => `preempt: {pod: ${pod}}`,
  nodePressureEvict: (pod) => `nodePressureEvict: {pod: ${pod}}`,
  delete: (pod) => `delete: {pod: ${pod}}`,
  suspend: () => "patch: {spec: {suspend: true}}",
  resume: () => "patch: {spec: {suspend: false}}",
  restartControllers: () => "restartControllers: {}",
};

const WORDS = {
  en: {
    verbs: { fail: "Kill", oomKill: "OOM", evict: "Evict", preempt: "Preempt", nodePressureEvict: "Node pressure", delete: "Delete", suspend: "Suspend", resume: "Resume", restartControllers: "Restart controllers" },
    list: "Do something to this run",
    undo: "Undo",
    none: "No Pod is there at this moment.",
  },
  zh: {
    verbs: { fail: "杀死", oomKill: "OOM", evict: "驱逐", preempt: "抢占", nodePressureEvict: "节点压力", delete: "删除", suspend: "挂起", resume: "恢复", restartControllers: "重启控制器" },
    list: "对这次运行做点什么",
    undo: "撤销",
    none: "此刻没有 Pod。",
  },
};

/** @type {CSSStyleSheet | undefined} */
let sheet;
// On a server there is none.
const sheetOfRow = () => {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      .faults.ui { display: flex; align-items: center; gap: 8px; height: 52px; margin: 0 var(--side); border-top: 1px solid var(--line); overflow: auto hidden; scrollbar-width: none; white-space: nowrap; }
      .faults button { flex: none; height: 32px; padding: 0 12px; border: 1px solid var(--line-2); border-radius: 16px; color: var(--ink); }
      .faults button:hover { background: var(--well); }
      .faults [aria-disabled=true] { color: var(--ink-3); border-style: dashed; cursor: default; background: none; }
      .faults span { flex: 1; }
      .faults [hidden] { display: none; }
    `);
  }
  return sheet;
};

// The film that each player shows by its row, and what ends the row when another run comes.
/** @type {WeakMap<JobPlayground, {film: Film | undefined, end: AbortController}>} */
const rows = new WeakMap();

// A row of what may be done to the pod that is looked at, above a player's own buttons.
/** @type {(player: JobPlayground, footer: HTMLElement) => void} */
export const offerFaults = (player, footer) => {
  const root = /** @type {ShadowRoot} */ (footer.getRootNode());
  const other = rows.get(player);
  if (other?.film === player.film) return;
  other?.end.abort();
  root.querySelector(".faults")?.remove();
  if (!root.adoptedStyleSheets.includes(sheetOfRow())) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheetOfRow()];
  const own = { film: player.film, end: new AbortController() };
  rows.set(player, own);
  const words = WORDS[player.film?.lang.startsWith("zh") ? "zh" : "en"];
  /** @type {Film[]} */
  const before = [];
  /** @type {string | undefined} */
  let pod;

  const row = document.createElement("div");
  row.className = "ui faults";
  row.setAttribute("part", "faults");
  row.role = "group";
  row.ariaLabel = words.list;
  const said = document.createElement("span");
  said.role = "status";

  /** @type {(label: string, press: () => void) => HTMLButtonElement} */
  const button = (label, press) => {
    const made = document.createElement("button");
    made.textContent = label;
    made.onclick = () => made.ariaDisabled === "true" || press();
    return made;
  };
  /** @type {(film: Film, at: number) => void} */
  const show = (film, at) => {
    // The page opens what is shown, not what the author wrote.
    const [page] = player.link().split("#");
    if (page) player.setAttribute("href", `${page}#${film.state}`);
    own.film = film;
    player.film = film;
    player.seek(at);
    player.dispatchEvent(new CustomEvent("jp-change", { detail: { state: film.state, outcome: player.outcome }, bubbles: true, composed: true }));
  };
  /** @param {string} verb */
  const disturb = async (verb) => {
    const [film, at] = [player.film, player.now];
    if (!film) return;
    try {
      const next = await filmWithInput(film, `{at: ${at / 1000}s, ${INPUTS[verb](pod?.slice("pod-".length))}}`);
      before.push(film);
      show(next, at);
    } catch (error) {
      said.textContent = /** @type {Error} */ (error).message;
    }
  };
  const known = Object.entries(words.verbs);
  const wanted = player.getAttribute("faults")?.split(/[\s,]+/) ?? ["fail", "evict", "delete"];
  /** @type {[string, HTMLButtonElement][]} */
  const verbs = known.filter(([verb]) => wanted.includes(verb)).map(([verb, label]) => [verb, button(label, () => disturb(verb))]);
  const undo = button(words.undo, () => {
    const film = before.pop();
    if (film) show(film, player.now);
  });
  row.append(...verbs.map(([, one]) => one), said, undo);
  footer.before(row);

  // The pod that was pressed, as long as it is there; else the newest that is.
  /** @param {Event} [event] */
  const look = (event) => {
    const pressed = /** @type {CustomEvent | undefined} */ (event)?.detail.object;
    const { film, now } = player;
    if (!film) return;
    const x = film.moments.findLast(([ms]) => ms <= now)?.[2] ?? 0;
    const there = film.marks.filter(([from, length, , , , , , name]) => name?.startsWith("pod-") && from <= x && x < from + length);
    const pods = there.map((mark) => mark[7]);
    pod = [pressed, pod].find((one) => one && pods.includes(one)) ?? pods.at(-1) ?? undefined;
    // What is done to the run needs no pod.
    for (const [verb, one] of verbs) one.ariaDisabled = `${!pod && INPUTS[verb].length > 0}`;
    undo.hidden = !before.length;
    said.textContent = pod ? pod.replace("pod-", "Pod ") : words.none;
  };
  for (const type of ["jp-time", "jp-select"]) player.addEventListener(type, look, own.end);
  look();
};
