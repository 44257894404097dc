// embed.html: the player as a page of its own, for frames. What it shows stands behind the `#` of its address, or comes
// from the page around it as messages; docs/embedding.md has both. Nothing is read from `?` or kept, and of the network it
// asks for what lies beside it, when a reader wants a text to run.
"use strict";
{
  /** @typedef {import("./job-playground.js").Film} Film */

  // Of the product, and of the messages.
  const VERSION = "0.1.0";
  const MESSAGES = 1;

  // What may stand behind `&`, and what a host may change: attributes of the element.
  const KEYS = ["at", "theme", "lang", "controls", "beats", "why", "lines", "label", "href", "mode", "faults"];

  const player = document.createElement("job-playground");
  // Beside this page, as the player cannot know within it.
  /** @type {any} */ (player.constructor).engine = () => import(new URL("live.js", location.href).href);

  // A film is not larger than this: a short address can unfold to gigabytes.
  const MOST_LETTERS = 8_000_000;

  /**
   * A film out of an address: JSON, deflated, in base64url.
   * @param {string} data
   * @returns {Promise<Film>}
   */
  const unpacked = async (data) => {
    const bytes = Uint8Array.from(atob(data.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    const unfolded = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const reader = unfolded.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += part.value;
      if (text.length > MOST_LETTERS) throw new RangeError(`a film of more than ${MOST_LETTERS} letters`);
    }
    return JSON.parse(text);
  };

  /** @param {Record<string, string | null | undefined>} keys */
  const set = (keys) => {
    for (const key of KEYS) {
      const value = keys[key];
      if (value === null) player.removeAttribute(key);
      else if (value !== undefined) player.setAttribute(key, value);
    }
    const { theme, lang } = keys;
    // The ground of a frame is clear only if it is as light or dark as what is around it.
    if (theme !== undefined) document.documentElement.style.colorScheme = theme === "light" || theme === "dark" ? theme : "";
    if (lang) document.documentElement.lang = lang;
  };

  // The whole page lies two folders above this file.
  const PAGE = new URL("../../", location.href).href;

  /**
   * A film as a whole, as `f1.…`, or a text, which is recorded when a reader asks for it: as `v1.…` or as it is.
   * @param {Film | string} run
   */
  const load = async (run) => {
    const isLink = typeof run === "string" && run.startsWith("v1.");
    player.setAttribute("href", isLink ? `${PAGE}#${run}` : PAGE);
    if (typeof run === "object") player.film = run;
    else if (run.startsWith("f1.")) player.film = await unpacked(run.slice(3));
    else if (run) player.setAttribute("state", run);
  };

  /** @param {unknown} error */
  const failed = (error) => say("error", { reason: "film", message: String(error) });

  // ---- messages

  /** @type {(type: string, fields?: object) => void} */
  const say = (type, fields) => {
    // To whoever is around it: all that it knows comes from there.
    if (parent !== window) parent.postMessage({ jp: 1, type, ...fields }, "*");
  };

  const height = () => ({ px: Math.ceil(player.getBoundingClientRect().height) });

  const ready = (fields = {}) => {
    const { moments, outcome } = player;
    if (player.film) say("ready", { ...fields, moments, outcome, height: height().px });
  };

  const hello = (fields = {}) => {
    say("pong", { ...fields, version: VERSION, messages: MESSAGES });
    ready();
    say("height", height());
  };

  /** @type {Record<string, (message: any) => unknown>} */
  const HEARD = {
    ping: ({ id }) => hello({ id }),
    load: async ({ film, state, at, id }) => {
      if (at) player.setAttribute("at", at);
      await load(film ?? state ?? "");
      // What the page around it asks for nobody has to press for; that there is no film is an event.
      if (state) await player.load().catch(() => {});
      if (id !== undefined) ready({ id });
    },
    seek: ({ at }) => player.seek(at),
    step: ({ by }) => player.step(by),
    play: () => player.play(),
    pause: () => player.pause(),
    select: ({ step, object }) => player.select(step, object),
    config: set,
    get: async ({ what, id }) =>
      say("got", { id, what, value: what === "svg" ? await player.svg() : what === "link" ? player.link({ at: true }) : player.film?.state }),
  };

  addEventListener("message", ({ source, data }) => {
    if (source === parent && source !== window && data?.jp === 1 && Object.hasOwn(HEARD, data.type))
      Promise.resolve(HEARD[data.type](data)).catch(failed);
  });

  for (const type of ["time", "select", "play", "pause", "ended", "change", "open", "error"])
    player.addEventListener(`jp-${type}`, (event) => say(type, /** @type {CustomEvent} */ (event).detail));
  player.addEventListener("jp-ready", () => ready());

  // ---- from the address

  const style = new CSSStyleSheet();
  style.replaceSync("body { margin: 0; }");
  document.adoptedStyleSheets = [style];

  const [run, ...keys] = location.hash.slice(1).split("&");
  set(Object.fromEntries(new URLSearchParams(keys.join("&"))));
  document.querySelector("main")?.append(player);
  new ResizeObserver(() => say("height", height())).observe(player);
  hello();
  load(/^[fv]\d+\./.test(run) ? run : decodeURIComponent(run)).catch(failed);
}
