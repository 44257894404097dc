// <job-playground>: shows a run of a Kubernetes Job that was recorded before, step by step, and why each thing happened.
// One file without dependencies, a module or a classic script. It asks for nothing but the film that it is to show, and
// keeps nothing. How to use it: docs/embedding.md. Its types: job-playground.d.ts. What a film is: film.v1.schema.json.
"use strict";
{
  /**
   * @import {Film, Sentence, Shape} from "./job-playground.js"
   * @typedef {HTMLElement & SVGElement} Drawn
   */

  // The newest form of film that this player knows; it plays all that came before.
  const FILMS = 1;

  // Where this file is: beside it lies what is loaded on demand. Not known of a script inside a page or a bundle.
  const HERE = (/** @type {HTMLScriptElement | null} */ (document.currentScript ?? document.querySelector("script[src*=job-playground]")))?.src;

  // How long a moment stays while playing.
  const BEAT_MILLIS = 900;

  // What is above and below the lanes: the line with the outcome, and as much room as a poster has.
  const HEAD = 50;
  const FOOT = 8;

  // What is said before there is a film: a film brings its own words.
  const WORDS = {
    en: { step: "Step through it", open: "Open in Job Playground", error: "This run cannot be played here." },
    zh: { step: "逐步查看", open: "在 Job Playground 中打开", error: "此处无法播放这次运行。" },
  };

  // ---- how it looks

  // Light and dark; a page may set each as `--jp-sheet` and so on.
  const COLOURS = `
    sheet #fff #1a1b1e
    well #f1efea #131416
    ink #1b1a17 #eeece6
    ink-2 #55514a #b7b3aa
    ink-3 #6c675e #97938a
    ink-inv #fff #141416
    line #e7e4dc #2a2b2f
    line-2 #cfcac0 #43454b
    line-3 #8e887c #7c7a75
    thread #b3125f #ff7fb5
    thread-wash #fbeaf2 #3a1b2a
    backoff #8a6100 #e0b040
    pending #6b7280 #9ca3af
    running #1d6fb8 #5aa9e6
    succeeded #0b7a5b #34c79a
    failed #c2410c #ff8a5b
    terminating #7a3e9d #c79bea`;

  const SHEET = new CSSStyleSheet();
  SHEET.replaceSync(`
    :host { display: block; contain: content; }
    :host([mode=play]) .jp:not(:has(.faults)) { padding-bottom: 60px; }
    :host([theme=light]) { color-scheme: light; }
    :host([theme=dark]) { color-scheme: dark; }
    * { box-sizing: border-box; }
    .jp { ${COLOURS.replace(/(\S+) (\S+) (\S+)/g, "--$1: var(--jp-$1, light-dark($2, $3));")}
      --left: 116px; --side: 20px;
      display: flex; flex-direction: column; container-type: inline-size; overflow: hidden; padding-bottom: 8px; border: 1px solid var(--line); border-radius: 14px; background: var(--sheet); color: var(--ink); }
    .ui { all: initial; display: block; box-sizing: border-box; color-scheme: inherit; color: var(--ink-2); font: 13px/1.5 var(--jp-sans, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", sans-serif); }
    b { color: var(--ink); font-weight: 550; } b:lang(zh) { font-weight: 700; }
    .picture ::slotted(:first-child) { display: grid; width: fit-content; line-height: 0; clip-path: inset(1.5px round 14px); }
    .jp:not(.on) .why { margin-top: max(0px, var(--film) - var(--poster)); }
    .on slot:not([name])::slotted(:not(details, pre)) { display: none !important; }
    ::slotted(details), ::slotted(pre) { display: block !important; order: 1; margin: 0 var(--side); }
    .row { display: flex; align-items: center; gap: 4px 10px; padding: 0 var(--side); white-space: nowrap; }
    .head { height: ${HEAD}px; }
    .head b { font-size: 17px; font-weight: 650; }
    .told { overflow: hidden; text-overflow: ellipsis; } .reason:not(:empty) { margin-right: -6px; }
    .grow { flex: 1; }
    .lanes { position: relative; margin-bottom: ${FOOT}px; }
    .name { position: absolute; left: var(--side); width: calc(var(--left) - var(--side) - 6px); translate: 0 -50%; font-size: 12px; line-height: 14px; color: var(--ink-3); overflow-wrap: anywhere; max-height: 28px; overflow: hidden; }
    .track { container-type: inline-size; position: absolute; inset: 0 40px 0 var(--left); cursor: default; user-select: none; }
    .track > svg { position: absolute; width: 100%; height: 100%; }
    .veil, .now, .mark { position: absolute; top: 0; bottom: 0; }
    .veil, .now { width: 100%; translate: calc(var(--at) * 100%); pointer-events: none; } .moves .veil, .moves .now { transition: translate .16s; }
    .veil { top: 22px; background: var(--sheet); opacity: .55; }
    .later { opacity: .45; }
    .now:empty { border-left: 1.5px solid var(--ink); margin-left: -.75px; }
    .now b { position: absolute; translate: -50%; padding: 0 8px; border-radius: 11px; background: var(--ink); color: var(--ink-inv); font-size: 12px; line-height: 22px; white-space: nowrap; }
    button { all: unset; box-sizing: border-box; cursor: pointer; }
    a { color: inherit; text-decoration: none; }
    :focus-visible { outline: 2px solid var(--ink); outline-offset: 1px; }
    .mark { min-width: 14px; border-radius: 6px; }
    .mark:hover { box-shadow: 0 0 0 1.5px var(--line-3); }
    .mark[aria-current] { box-shadow: 0 0 0 2px var(--thread); }
    .why { align-items: start; gap: 20px; height: calc(var(--lines, 3) * 24px + 24px); white-space: normal; }
    .why, footer.ui { margin: 0 var(--side); padding: 0; border-top: 1px solid var(--line); }
    .because { flex: 1; max-height: 100%; overflow: auto; scrollbar-width: thin; padding: 10px 0; }
    p { margin: 0; font-size: 16px; line-height: 24px; color: var(--ink); }
    dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; margin: 6px 0; }
    dt { color: var(--ink-3); }
    dd { margin: 0; color: var(--ink); }
    .field, .code, .yours { padding: 1px 5px; border-radius: 5px; background: var(--well); font: .86em var(--jp-mono, ui-monospace, Menlo, Consolas, monospace); }
    .yours { color: var(--thread); background: var(--thread-wash); }
    footer.ui { height: 52px; }
    footer button, .go { display: flex; align-items: center; justify-content: center; gap: 8px; min-width: 36px; height: 36px; border-radius: 18px; color: var(--ink); }
    .previous { margin-left: -10px; }
    footer button:hover { background: var(--well); }
    footer [aria-disabled=true] { color: var(--line-2); background: none; cursor: default; }
    .go.go { padding: 0 14px 0 10px; border-radius: 8px; font-size: 14px; }
    .play.play, .go.go { background: var(--ink); color: var(--ink-inv); }
    .icon { width: 16px; fill: currentColor; stroke: currentColor; stroke-width: 1.5; stroke-linejoin: round; }
    :host([why=off]) .why, :host([controls=none]) footer, :host([controls=min]) .on .transport { display: none; }
    @container (max-width: 519px) {
      .ui { --left: 82px; --side: 14px; }
      .why { height: calc(var(--lines, 3) * 36px + 24px); }
      .jp:not(.on) .why { margin-top: max(0px, var(--film) + 12px - var(--poster)); }
      .head { flex-wrap: wrap; height: ${HEAD + 12}px; align-content: center; }
      .reason { display: none; }
      .told { order: 1; flex: 1 0 100%; padding-left: 30px; }
      .budget { margin-left: auto; }
      .on .open { width: 36px; font-size: 0; text-align: center; }
      .on .open::after { content: "↗"; font-size: 18px; }
    }
    @container (max-width: 380px) { text.second { display: none; } }
    svg { fill: currentColor; stroke-width: 1.5; overflow: visible; }
    ${COLOURS.replace(/(\S+) (\S+) (\S+)/g, ".$1 { color: var(--$1); }")}
    .gap { color: var(--well); } circle.gap { color: var(--line-3); } .base { color: var(--line-2); } .empty { color: var(--line); }
    .suspended, .ttl, .gone, .log, .looked { color: var(--line-3); }
    .alive { color: var(--running); opacity: .35; } .axis { color: var(--ink-3); } .value { color: var(--ink-inv); }
    rect { rx: 3px; } .gap, .alive { rx: 0; }
    line, .looked, .p, .o { stroke: currentColor; fill: none; }
    .o, .looked, .s { fill: var(--sheet); }
    line.pending, line.backoff { stroke-dasharray: 1.5 3; } line.suspended { stroke-dasharray: 2 4; } line.ttl, line.fault { stroke-dasharray: 5 4; } line.log { stroke-dasharray: 1 3; } line.cells { stroke-dasharray: .86 .14; }
    rect.pending, rect.backoff, rect.terminating { stroke: currentColor; } rect.backoff { stroke-dasharray: 4 3; }
    .halo { paint-order: stroke; stroke: var(--sheet); stroke-width: 4; stroke-linejoin: round; } .halo:not(.second), .value { font-weight: 550; }
    .i, .j { fill: none; stroke: var(--ink-inv); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; } .j { stroke-width: 1.6; }
    .h { fill: url(#ink-inv); } .k { fill: var(--ink-inv); } .fault { color: var(--ink); }
    .stem:not(.fault) { stroke-dasharray: none; } .middle { text-anchor: middle; } .end { text-anchor: end; }
    @media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
    @media print { .jp { color-scheme: light; } footer.ui, .veil, .now { display: none; } .later { opacity: 1; } }
  `);

  /** @type {(space: string) => (name: string, attributes: Record<string, unknown>, ...children: unknown[]) => Drawn} */
  const make = (space) => (name, attributes, ...children) => {
    const node = /** @type {any} */ (document.createElementNS(`http://www.w3.org/${space}`, name));
    for (const [key, value] of Object.entries(attributes))
      if (/^(on|style)/.test(key)) node[key] = value;
      else node.setAttribute(key, value);
    node.append(...children.flat().filter(Boolean));
    return node;
  };
  const el = make("1999/xhtml");
  const svg = make("2000/svg");

  /** @param {string} d what is drawn on a button of 16 pixels */
  const icon = (d) => svg("svg", { class: "icon", viewBox: "0 0 16 16" }, svg("path", { d }));
  const PLAY = "M5 3v10l8-5z";
  const PAUSE = "M4 3h2v10H4zM10 3h2v10h-2z";

  // ---- the picture

  // Small drawings: how high they are, then pens and paths from back to front. `f` fills, `o` outlines, `p` draws; `i`, `j`
  // draw and `k` fills on a ground; `h` hatches it; `s` is the sheet.
  const CAP = "M0 0h16a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H0z";
  const BOX = "12|fM0 0h12v12H0z|j";
  const GLYPHS = {
    box: `20|f${CAP}`,
    tick: `20|f${CAP}|iM6 10.5l3 3 5.5-6.5`,
    cross: `20|f${CAP}|h${CAP}|iM6.5 6.5l7 7m0-7l-7 7`,
    ignored: `20|o${CAP}|pM5.5 10a4 4 0 1 0 8 0a4 4 0 1 0-8 0m1.2 2.8l5.6-5.6`,
    killed: "20|fM0 0h12v20H0z|kM3.5 7.5h5v5h-5z",
    vanished: "20|sM-19-1H4v22h-23z|fM-19 .75L0 10l-19 9.25z",
    notch: "8|sM-1-.5h9L3.5 7z",
    diamond: "8|fM0-.5l4.5 4.5L0 8.5l-4.5-4.5z",
    time: "8|fM0 0l4 5v17h-8V5z",
    "small-tick": BOX + "M3 6.5l2 2 4-4.5",
    "small-cross": BOX + "M3.5 3.5l5 5m0-5l-5 5",
    "no-logs": "18|oM1 1h24v16H1z|pM8 5.5h10M8 9h6m-6 3.5h4m3.5-2.5l3.5 3.5m0-3.5l-3.5 3.5",
    pin: "10|fM-4 0h8v5l-4 5-4-5z",
  };

  // Of what is no solid colour: how far its lines are apart, how they are turned, how thick they are.
  const PATTERNS = { pending: [4, 0, 1.2], backoff: [7, 45, 0.8], terminating: [5, -45, 2.4], "ink-inv": [4, 45, 0.6] };

  /** @param {number} share */
  const percent = (share) => `${share * 100}%`;

  /** @type {(name: string, w: number, h: number) => Drawn[]} */
  const glyph = (name, w, h) => {
    const end = w < 0 ? 5 : -5;
    const flag = `${h}|fM0 0H${w}l${end} ${h / 2} ${-end} ${h / 2}H0z`;
    const [own, ...paths] = (name === "flag" ? flag : (GLYPHS[/** @type {"tick"} */ (name)] ?? "")).split("|");
    return paths.map((path) => svg("path", { class: path[0], d: path.slice(1), transform: `scale(${h / Number(own)})` }));
  };

  /** @type {(shape: Shape) => Drawn} */
  const drawn = ([kind, x, y, w, h, look, text = ""]) => {
    const left = percent(x);
    const right = percent(x + w);
    const middle = y + h / 2;
    const name = `${look} ${kind}`;
    if (kind === "dot") return svg("circle", { class: name, cx: left, cy: y, r: h });
    if (kind === "stem") return svg("line", { class: name, x1: left, x2: left, y1: y, y2: y + h });
    // Cells are dashes of one line.
    if (kind === "line" || kind === "cells")
      return svg("line", { class: name, x1: left, x2: right, y1: middle, y2: middle, "stroke-width": h, ...(text && { pathLength: text }) });
    if (kind === "rect") {
      const fill = look in PATTERNS && h > 8 ? { fill: `url(#${look})` } : {};
      return svg("rect", { class: name, x: left, y, height: h, style: `width:max(1.5px,${percent(w)})`, ...fill });
    }
    if (kind === "glyph") return svg("svg", { class: look, x: left, y }, glyph(text, w, h));
    if (!/start|middle|end/.test(kind)) return svg("g", {});
    // Words that have no room are left out. They are some 6 or 12 pixels a letter.
    const need = [...text].reduce((sum, letter) => sum + (letter < "\u0100" ? 6.3 : 12.2), Math.abs(h));
    const style = `font-size:clamp(0px,(${w * 100}cqw - ${need}px)*99,12px)`;
    return svg("text", { class: `${name} ${/axis|value/.test(look) ? "" : "halo"}`, x: left, dx: h, y, style }, text);
  };

  // ---- words

  /** @param {Sentence} sentence */
  const said = (sentence) =>
    sentence.map((part) => (typeof part === "string" ? part : el(part[0] === "strong" ? "b" : "span", { class: part[0] }, part[1])));

  // Milliseconds of `25.301s`, `1m30s`, `100ms`; not a number for what is no time.
  /** @param {string} text */
  const millis = (text) => {
    const [, h = 0, m = 0, s = 0, milli] = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)(?:(m)?s)?)?$/.exec(text) ?? [, NaN];
    return ((Number(h) * 60 + Number(m)) * 60 + Number(s) / (milli ? 1000 : 1)) * 1000;
  };

  /** @type {(value: any) => Film} */
  const checked = (value) => {
    if (value.film <= FILMS) return value;
    throw Object.assign(new Error(`film ${value.film}`), { reason: value.film ? "version" : "film" });
  };

  class Player extends HTMLElement {
    static observedAttributes = ["at", "film", "href", "label", "lines", "src", "state"];

    // Loads what makes films of texts, and what not every reader needs. A page or a bundle may say where that is.
    /** @type {() => Promise<typeof import("./live.js")>} */
    static engine = async () => import(new URL("live.js", HERE).href);

    #head = el("div", { part: "title" });
    #lanes = el("div", { part: "lanes" });
    #because = el("div", { class: "because" });
    #why = el("div", { class: "ui row why", part: "why" }, this.#because, el("slot", { name: "action" }));
    #footer = el("footer", { class: "ui row", part: "controls" });
    #sheet = el(
      "section",
      { class: "jp", part: "sheet", onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event) },
      el("slot", {}),
      this.#head,
      el("slot", { name: "caption" }),
      this.#lanes,
      this.#why,
      this.#footer,
    );
    #root = this.attachShadow({ mode: "open" });
    // So much of the height of the film does the poster take.
    #measure = () => this.#set("--poster", `${this.firstElementChild?.clientHeight ?? 0}px`);
    #size = new ResizeObserver(this.#measure);
    #seen = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#begin(), { rootMargin: "200px" });

    /** @type {Film | undefined} */
    #film;
    /** @type {Promise<void> | undefined} */
    #loading;
    #index = 0;
    /** @type {any} */
    #timer;
    /** @type {Drawn[]} */
    #marks = [];
    /** @type {[number, Drawn][]} */
    #points = [];

    #isReady = () => {};
    /** @type {Promise<void>} */
    ready = new Promise((resolve) => (this.#isReady = resolve));

    constructor() {
      super();
      this.#root.adoptedStyleSheets = [SHEET];
      this.#root.append(this.#sheet);
    }

    connectedCallback() {
      if (this.#film) return;
      this.#offer();
      this.#measure();
      this.#size.observe(this);
      const when = this.getAttribute("load");
      if (when === "eager") this.#begin();
      if (when === "visible") this.#seen.observe(this);
    }

    disconnectedCallback() {
      this.pause();
      this.#seen.disconnect();
      this.#size.disconnect();
    }

    /** @type {(property: string, value: string) => void} */
    #set(property, value) {
      this.#sheet.style.setProperty(property, value);
    }

    /** @type {(name: string, before: string | null, value: string | null) => void} */
    attributeChangedCallback(name, before, value) {
      if (name === "lines") this.#set("--lines", value ?? "3");
      else if (!this.isConnected) return;
      else if (!this.#film) this.#offer();
      else if (name === "at") this.seek(value ?? "end");
      else if (/film|src|state/.test(name)) {
        this.#loading = undefined;
        this.#begin();
      }
    }

    // ---- until somebody asks: what the author wrote

    get #lang() {
      return this.closest("[lang]")?.getAttribute("lang") ?? "en";
    }

    // The film, or where it is; nothing if there is only a text, which has to be recorded first.
    get #source() {
      const source = this.getAttribute("film") ?? this.getAttribute("src");
      return this.getAttribute("mode") === "edit" || /\.ya?ml$/.test(source ?? "") ? null : source;
    }

    // A text, a link to one, or a file with one.
    get #text() {
      const { innerHTML, textContent } = this.querySelector("template") ?? this.querySelector("pre") ?? {};
      return this.getAttribute("mode") !== "edit" && (this.getAttribute("src") ?? this.getAttribute("state") ?? (textContent || innerHTML));
    }

    #live() {
      return Player.engine().catch(({ message }) => {
        throw Object.assign(new Error(message), { reason: "engine" });
      });
    }

    /** @param {string | true} [trouble] in words, if there are any */
    #offer(trouble) {
      const lang = this.#lang.startsWith("zh") ? "zh" : "en";
      const words = WORDS[lang];
      // The player is as high as its film; so much is kept from the beginning.
      const picture = this.querySelector("img");
      let height = picture?.getAttribute("height") ?? 0;
      try {
        height = HEAD + FOOT + JSON.parse(this.getAttribute("film") ?? "").height;
      } catch {
        // What is wrong with it is said to whoever wants to see it.
      }
      this.#set("--film", `${height}px`);
      this.#sheet.classList.toggle("picture", Boolean(picture));
      const canPlay = this.#source ?? this.#text;
      this.#footer.lang = lang;
      this.#footer.replaceChildren(
        canPlay ? el("button", { class: "go", part: "button", onclick: () => this.#press() }, icon(PLAY), this.getAttribute("label") ?? words.step) : "",
        el("span", { role: "status", class: "grow" }, trouble === true ? words.error : trouble),
        this.#opener(canPlay ? "Job Playground" : words.open, canPlay ? "" : "go"),
      );
    }

    /** @type {(text: string, look?: string) => Drawn | string} */
    #opener(text, look = "") {
      const href = this.link({ at: true });
      const onclick = (/** @type {MouseEvent} */ event) =>
        this.#emit("open", { href: this.link({ at: true }) }, true) || event.preventDefault();
      return href && el("a", { class: `open ${look}`, part: "open", target: "_blank", rel: "noopener", href, onclick }, text);
    }

    async #press() {
      const hasFocus = this.#root.activeElement;
      await this.#begin();
      // The button that was pressed is gone; another takes its place, for who came here by key.
      if (hasFocus) this.#find(".play")?.focus({ preventScroll: true });
    }

    // ---- from there to the film

    // Whoever listens hears what went wrong.
    #begin() {
      return this.#load().catch(() => {});
    }

    // Frameworks set attributes as properties where there are some.
    get load() {
      return () => this.#load();
    }

    set load(value) {
      this.setAttribute("load", `${value}`);
    }

    #load() {
      this.#seen.disconnect();
      return (this.#loading ??= this.#fetch().catch((error) => {
        this.#loading = undefined;
        this.#fail(error);
        throw error;
      }));
    }

    /** @param {{reason?: string, message: string}} error */
    #fail({ reason = "film", message }) {
      if (!this.#film) this.#offer(reason === "text" ? message : true);
      this.#emit("error", { reason, message });
    }

    async #fetch() {
      const source = this.#source;
      const text = this.#text;
      if (!source) {
        if (!text) throw Object.assign(new Error("there is no film"), { reason: "engine" });
        const { filmOf } = await this.#live();
        this.film = await filmOf(/\.ya?ml$/.test(text) ? new URL(text, this.baseURI) : text, this.#lang);
      } else if (this.hasAttribute("film")) this.film = JSON.parse(source);
      else {
        // Of several languages the first has the plain name.
        const [, ...others] = this.getAttribute("langs")?.split(" ") ?? [];
        const other = others.find((one) => this.#lang.startsWith(one));
        const src = other ? source.replace(/(\.film)?\.json/, `.${other}$&`) : source;
        this.film = await (await fetch(new URL(src, this.baseURI))).json();
      }
    }

    get film() {
      return this.#film;
    }

    set film(value) {
      if (typeof value === "string") {
        this.setAttribute("film", value);
        return;
      }
      const film = checked(value);
      this.pause();
      const top = () => this.#why.getBoundingClientRect().top;
      const held = top();
      this.#loading = Promise.resolve();
      this.#film = film;
      this.#sheet.setAttribute("class", "jp on");
      this.#draw(film);
      this.seek(this.getAttribute("at") ?? /&at=([^&]*)/.exec(this.#page)?.[1] ?? "end");
      // Below it nothing moves.
      this.#lanes.style.minHeight = `${film.height + held - top()}px`;
      // From here on the playhead moves; it appears in its place.
      this.#sheet.setAttribute("class", "jp on moves");
      this.#isReady();
      this.#emit("ready", { moments: film.moments.length });
      // What readers may do to the run, if its author lets them.
      if (this.getAttribute("mode") === "play") this.#live().then((live) => live.offerFaults(this, this.#footer)).catch((error) => this.#fail(error));
    }

    /** @param {Film} film */
    #draw({ verdict, words, shapes, marks, labels, height, lang, title, truncated, still = [] }) {
      const [tone, name, reason, told] = verdict;
      /** @type {(look: string, label: string, d: string, press: () => void) => Drawn} */
      const button = (look, label, d, onclick) => el("button", { class: look, "aria-label": label, onclick }, icon(d));
      this.#marks = marks.map(([x, w, before, behind, y, h, step, object, name]) =>
        el("button", {
          class: "mark",
          part: "mark",
          "aria-label": name,
          "data-key": `${step}.${object}`,
          style: `left:calc(${percent(x)} - ${before}px);width:calc(${percent(w)} + ${before + behind}px);top:${y}px;height:${h}px`,
          onclick: () => this.select(step, object),
        }),
      );
      const patterns = Object.entries(PATTERNS).map(([look, [size, angle, width]]) =>
        svg(
          "pattern",
          { id: look, class: look, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})` },
          svg("path", { d: angle ? "M1 0v9" : "M1 2h1.5", stroke: "currentColor", "stroke-width": width }),
        ),
      );
      // What stands at one place is past or still to come; what stands still is neither. The rest has a length: under the veil.
      const stays = (/** @type {Shape} */ [, , y]) => still.some(([top, size]) => y >= top && y < top + size);
      const isAbove = (/** @type {Shape} */ shape) => stays(shape) || /dot|glyph|start|middle|end/.test(shape[0]);
      this.#points = shapes.filter(isAbove).map((shape) => [stays(shape) ? -1 : shape[1], drawn(shape)]);
      this.#sheet.ariaLabel = title;
      this.#footer.lang = this.#why.lang = this.#head.lang = this.#lanes.lang = lang;
      this.#head.className = "ui row head";
      this.#head.replaceChildren(
        svg("svg", { width: 20, height: 20, class: tone }, glyph({ succeeded: "tick", failed: "cross" }[tone] ?? "box", 20, 20)),
        el("b", {}, name),
        el("span", { class: "reason" }, reason && `${reason} ·`),
        el("span", { class: "told grow" }, told, truncated && ` · ${words.truncated}`),
        el("span", { class: "budget" }),
      );
      this.#lanes.className = "ui lanes";
      this.#lanes.style.height = `${height}px`;
      this.#lanes.replaceChildren(
        ...labels.map(([y, h, name, rest]) => el("span", { class: "name", style: `top:${y + h / 2}px` }, el("b", {}, name), " ", rest)),
        el(
          "div",
          { class: "track" },
          svg("svg", {}, patterns, shapes.filter((shape) => !isAbove(shape)).map(drawn)),
          el("div", { class: "veil" }),
          el("div", { class: "now" }),
          svg("svg", {}, this.#points.map(([, node]) => node)),
          el("div", { class: "now", "aria-hidden": true }, el("b", {})),
          this.#marks,
        ),
      );
      this.#footer.replaceChildren(
        button("previous transport", words.previous, "M12 3.5 6.5 8l5.5 4.5zM4 3.5v9", () => this.step(-1)),
        button("play transport", words.play, PLAY, () => (this.paused ? this.play() : this.pause())),
        button("next transport", words.next, "M4 3.5 9.5 8 4 12.5zM12 3.5v9", () => this.step(1)),
        el("span", { class: "position grow" }),
        this.#opener(words.open),
      );
    }

    // ---- going through it

    get moments() {
      return (this.#film?.moments ?? []).map(([ms, clock, , step]) => ({ ms, clock, step }));
    }

    get now() {
      return this.moments[this.#index]?.ms ?? 0;
    }

    get paused() {
      return !this.#timer;
    }

    get outcome() {
      if (!this.#film) return undefined;
      const [kind, name, reason, told] = this.#film.verdict;
      return { kind, name, reason, told };
    }

    /** @param {string} name */
    #find(name) {
      return /** @type {Drawn} */ (this.#root.querySelector(name));
    }

    // The last moment for which something holds, or the first.
    /** @param {(moment: {ms: number, step: number}) => boolean} holds */
    #last(holds) {
      return Math.max(this.moments.findLastIndex(holds), 0);
    }

    // The number of a moment: of `25.3s`, `step:12`; the end of all else.
    /** @param {string | number} at */
    #place(at) {
      const number = /^step:(\d+)/.exec(`${at}`)?.[1];
      const time = typeof at === "number" ? at : millis(at);
      return number ? Math.min(Number(number), this.moments.length) - 1 : this.#last(({ ms }) => !(ms > time));
    }

    // Where one goes by steps: to the beats of a lesson, or to all moments.
    get #stops() {
      return this.getAttribute("beats")?.split(";").map((at) => this.#place(at)) ?? this.moments.map((_, index) => index);
    }

    /** @param {string | number} at */
    seek(at) {
      const mark = this.#film?.marks.findLast((one) => `mark:${one[7]}` === at);
      if (mark) this.select(mark[6], mark[7]);
      else this.#go(this.#place(at));
    }

    /** @param {number} by */
    step(by) {
      this.pause();
      this.#step(by);
    }

    /** @param {number} by */
    #step(by) {
      const stops = this.#stops;
      const stop = by < 0 ? stops.findLast((one) => one < this.#index) : stops.find((one) => one > this.#index);
      if (stop !== undefined) this.#go(stop);
      return stop;
    }

    play() {
      if (!this.#film || this.#timer) return;
      const stops = this.#stops;
      if (this.#index >= stops[stops.length - 1]) this.#go(stops[0]);
      this.#timer = setInterval(() => {
        if (this.#step(1) !== undefined) return;
        this.pause();
        this.#emit("ended");
      }, BEAT_MILLIS);
      this.#toggle("play");
    }

    pause() {
      if (!this.#timer) return;
      this.#timer = clearInterval(this.#timer);
      this.#toggle("pause");
    }

    /** @param {"play" | "pause"} what */
    #toggle(what) {
      const button = this.#find(".play");
      button.replaceChildren(icon(this.paused ? PLAY : PAUSE));
      button.ariaLabel = this.#film?.words[this.paused ? "play" : "pause"] ?? "";
      this.#emit(what);
    }

    /** @type {(step: number, object?: string | null) => void} */
    select(step, object) {
      this.pause();
      const name = this.#go(this.#last((moment) => moment.step <= step), `${step}.${object}`)?.ariaLabel;
      this.#emit("select", { step, object, name });
    }

    // Shows a moment, and explains its step or that of a mark, which it returns.
    /** @type {(index: number, key?: string) => Drawn | undefined} */
    #go(index, key) {
      if (!this.#film) return;
      const { moments, why, words } = this.#film;
      const [ms, clock, x, step, budget] = moments[index];
      this.#index = index;
      this.#set("--at", `${x}`);
      this.#find(".now b").textContent = clock;
      this.#find(".budget").textContent = budget;
      const stops = this.#stops;
      const [before, between, behind] = words.position;
      const number = stops.findLastIndex((stop) => stop <= index) + 1;
      this.#find(".position").replaceChildren(before, el("b", {}, `${number}`), between + stops.length + behind);
      this.#find(".previous").ariaDisabled = `${index <= stops[0]}`;
      this.#find(".next").ariaDisabled = `${number >= stops.length}`;
      this.#find(".open")?.setAttribute("href", this.link({ at: true }));
      this.#say(why[key ?? step] ?? why[step]);
      for (const [share, node] of this.#points) node.classList.toggle("later", share > x);
      const on = this.#marks.find((mark) => mark.dataset.key === key || (!key && mark.dataset.key?.startsWith(`${step}.`)));
      for (const mark of this.#marks) {
        mark.toggleAttribute("aria-current", mark === on);
        // Tab leads to one of them, arrows from there to the others.
        mark.tabIndex = mark === (on ?? this.#marks[0]) ? 0 : -1;
      }
      this.#emit("time", { ms, step, index });
      return on;
    }

    /** @param {Film["why"][string] | undefined} why */
    #say(why) {
      const [tone, subject, rest, sentence, chain, asked, whatIf] = why ?? ["", "", "", [], [], null, []];
      const box = this.#because;
      // While it plays nobody can listen as fast as it goes.
      box.ariaLive = this.paused ? "polite" : "off";
      box.replaceChildren(el("div", {}, el("b", { class: tone }, subject), " ", rest), el("p", {}, said(sentence)));
      if (this.getAttribute("why") === "full") {
        const rows = [...chain, ...(asked?.[1] ?? []), ...whatIf];
        box.append(el("dl", {}, rows.flatMap(([term, facts]) => [el("dt", {}, said([term].flat())), el("dd", {}, said(facts))])));
      }
      box.scrollTop = 0;
      // What does not fit is reached by key, too.
      box.tabIndex = box.scrollHeight > box.clientHeight ? 0 : -1;
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
      const { key, target, altKey, ctrlKey, metaKey } = event;
      // Keys in what the author wrote are the author's.
      if (!this.#film || altKey || ctrlKey || metaKey || !this.#root.contains(/** @type {Node} */ (target))) return;
      const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
      const end = { Home: 0, End: this.moments.length - 1 }[key];
      const along = { ArrowUp: -1, ArrowDown: 1 }[key];
      const mark = this.#marks.indexOf(/** @type {Drawn} */ (target));
      if (by) this.step(by);
      else if (end !== undefined) this.#go(end);
      else if (along && mark >= 0) this.#marks[mark + along]?.focus();
      else return;
      // The page around it is not turned as well.
      event.preventDefault();
      event.stopPropagation();
    }

    // ---- to the whole page

    // What the author links to.
    get #page() {
      return this.getAttribute("href") ?? this.querySelector("a:not([slot])")?.getAttribute("href") ?? "";
    }

    /** @param {{at?: boolean}} [what] */
    link({ at } = {}) {
      const film = this.#film;
      const [page, fragment = ""] = this.#page.split("#");
      const state = fragment.split("&")[0] || (film?.state ?? "");
      const { protocol, href } = new URL(`${page || "."}#${state}${at && film ? `&at=${this.now / 1000}s` : ""}`, this.baseURI);
      // An address that is a program leads nowhere.
      return page && /^(http|file)/.test(protocol) ? href : "";
    }

    // The picture of what is shown, as a file.
    async svg() {
      await this.#load();
      return (await this.#live()).svgOf(this);
    }

    /** @type {(name: string, detail?: object, cancelable?: boolean) => boolean} */
    #emit(name, detail = {}, cancelable = false) {
      return this.dispatchEvent(new CustomEvent(`jp-${name}`, { detail, cancelable, bubbles: true, composed: true }));
    }
  }

  if (!customElements.get("job-playground")) customElements.define("job-playground", Player);
}
