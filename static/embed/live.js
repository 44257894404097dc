// Runs that are made in the reader's browser: of a text for which no film was made before, and of a run that the reader
// disturbs. The player loads this when somebody asks for it, and this the engine, which may run where the page allows
// 'wasm-unsafe-eval'.
import start, { film, filmWith, needsTimeZones } from "./engine.js";

/** @import {Film, JobPlayground} from "./job-playground" */

/** @type {(error: Error, reason: string) => never} */
const fail = (error, reason) => {
  throw Object.assign(error, { reason });
};

/** @type {(address: string | URL) => Promise<Response>} */
const fetched = async (address) => {
  const response = await fetch(address);
  return response.ok ? response : fail(new Error(`${address}: ${response.status}`), "engine");
};

/** @param {string} name */
const beside = (name) => fetched(new URL(name, import.meta.url));

/** @type {Promise<unknown> | undefined} */
let started;
/** @type {Promise<Uint8Array> | undefined} */
let rules;

// Calls the engine, which gets the rules of time zones if the text needs them.
/** @type {(source: string, call: (rules?: Uint8Array) => string) => Promise<Film>} */
const called = async (source, call) => {
  started ??= start({ module_or_path: beside("engine_bg.wasm") });
  await started.catch((error) => {
    started = undefined;
    fail(error, error instanceof WebAssembly.CompileError ? "csp" : "engine");
  });
  if (needsTimeZones(source)) rules ??= beside("time-zones.bin").then(async (response) => new Uint8Array(await response.arrayBuffer()));
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

const WORDS = {
  en: {
    verbs: { fail: "Fail it", oomKill: "Kill for memory", evict: "Evict it", preempt: "Preempt it", nodePressureEvict: "Node low on memory", delete: "Delete it" },
    undo: "Undo",
    none: "No Pod is there at this moment.",
  },
  zh: {
    verbs: { fail: "让它失败", oomKill: "内存不足终止", evict: "驱逐", preempt: "抢占", nodePressureEvict: "节点内存不足", delete: "删除" },
    undo: "撤销",
    none: "此刻没有 Pod。",
  },
};

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
  .faults.ui { display: flex; align-items: center; gap: 8px; height: 52px; margin: 0 var(--side); border-top: 1px solid var(--line); overflow: auto hidden; scrollbar-width: none; white-space: nowrap; }
  .faults button { flex: none; height: 32px; padding: 0 12px; border: 1px solid var(--line-2); border-radius: 16px; color: var(--ink); }
  .faults button:hover { background: var(--well); }
  .faults [aria-disabled=true] { color: var(--ink-3); border-style: dashed; cursor: default; background: none; }
  .faults span { flex: 1; }
`);

// A row of what may be done to the pod that is looked at, above a player's own buttons.
/** @type {(player: JobPlayground, footer: HTMLElement) => void} */
export const offerFaults = (player, footer) => {
  const root = /** @type {ShadowRoot} */ (footer.getRootNode());
  if (root.querySelector(".faults")) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, SHEET];
  const words = WORDS[player.film?.lang.startsWith("zh") ? "zh" : "en"];
  /** @type {Film[]} */
  const before = [];
  /** @type {string | undefined} */
  let pod;

  const row = document.createElement("div");
  row.className = "ui faults";
  row.setAttribute("part", "faults");
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
    player.film = film;
    player.seek(at);
    player.dispatchEvent(new CustomEvent("jp-change", { detail: { state: film.state, outcome: player.outcome }, bubbles: true, composed: true }));
  };
  /** @param {string} verb */
  const disturb = async (verb) => {
    const [film, at] = [player.film, player.now];
    if (!film) return;
    try {
      const next = await filmWithInput(film, `{at: ${at / 1000}s, ${verb}: {pod: ${pod?.slice("pod-".length)}}}`);
      before.push(film);
      show(next, at);
    } catch (error) {
      said.textContent = /** @type {Error} */ (error).message;
    }
  };
  const known = Object.entries(words.verbs);
  const wanted = player.getAttribute("faults")?.split(/[\s,]+/) ?? ["fail", "evict", "delete"];
  const verbs = known.filter(([verb]) => wanted.includes(verb)).map(([verb, label]) => button(label, () => disturb(verb)));
  const undo = button(words.undo, () => {
    const film = before.pop();
    if (film) show(film, player.now);
  });
  row.append(...verbs, said, undo);
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
    for (const one of verbs) one.ariaDisabled = `${!pod}`;
    undo.hidden = !before.length;
    said.textContent = pod ? pod.replace("pod-", "Pod ") : words.none;
  };
  player.addEventListener("jp-time", look);
  player.addEventListener("jp-select", look);
  look();
};
