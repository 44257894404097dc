// Runs that are made in the reader's browser: of a text for which no film was made before, and of a run that the reader
// disturbs. The player loads this when somebody asks for it, and this the engine. It may run where the page allows
// 'wasm-unsafe-eval'.
import start, { film, filmWith, needsTimeZones } from "./engine.js";

/** @import {Film} from "./job-playground" */

/** @type {Promise<unknown> | undefined} */
let started;
/** @type {Promise<Uint8Array> | undefined} */
let rules;

/** @param {string} name */
const fetched = async (name) => {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw Object.assign(new Error(`${name}: ${response.status}`), { reason: "engine" });
  return response;
};

/** @type {(source: string) => Promise<Uint8Array | undefined>} */
const prepared = async (source) => {
  started ??= start({ module_or_path: fetched("engine_bg.wasm") });
  await started.catch((error) => {
    started = undefined;
    throw Object.assign(error, { reason: error instanceof WebAssembly.CompileError ? "csp" : "engine" });
  });
  if (!needsTimeZones(source)) return undefined;
  return (rules ??= fetched("time-zones.bin").then((response) => response.arrayBuffer()).then((bytes) => new Uint8Array(bytes)));
};

// The film of a text, or of the link to one. What is wrong with it is said in words: the message of the error.
/** @type {(source: string, lang: string) => Promise<Film>} */
export const filmOf = async (source, lang) => {
  const zones = await prepared(source);
  return JSON.parse(film(source, lang, zones));
};

// The film of the same run with one more input, as the text writes it: `{at: 7s, evict: {pod: 2}}`.
/** @type {(before: Film, input: string) => Promise<Film>} */
export const filmWithInput = async (before, input) => {
  const zones = await prepared(before.state);
  return JSON.parse(filmWith(before.state, input, before.lang, zones));
};
