// Starts the page and outlives its program. It loads the program, says what is wrong if that fails, and puts a panel over
// the page when the program breaks. Plain DOM: after a panic no Rust may run. Theme and language have been chosen before:
// static/first.js. It may run before the page is parsed, so that it can speak also when a file is awaited that the parser
// waits for.
//
// A text that broke the page is not opened again without a question. Before a text is read, a mark is left in storage;
// it is taken away once the text is shown with its run and all remarks, and when the page is left, unless it had stood
// still for seconds: whoever can leave at once does not hang. A mark that is found when the same text is to be opened means that
// - the program broke, if the mark says so;
// - the tab that left it was killed or hangs, if nobody answers for the mark. A tab that is merely busy answers;
// - another tab is reading the text right now, if one answers. Then all is well.
// In the first two cases the text is shown in a plain editor: nothing of the program is loaded, until somebody asks for it.
// A harmless text can be among them, if power failed while it was read: so the editor does not say that it was the text.
//
// `cargo xtask` fills in BUILT. Trunk does not: it loads the program itself, and does not ask here before.

"use strict";
(() => {
  const BUILT = {};
  const TEXT_KEY = "job-playground.text";
  const GUEST_KEY = "job-playground.guest.";
  const MARK_KEY = "job-playground.reading.";
  const ASK_KEY = "job-playground.ask";
  // What is promised is 10 s. A slow network may take longer to load the page; then it goes on behind the words.
  const SLOW_MILLIS = 8_000;
  const RETRY_MILLIS = 500;
  const ANSWER_MILLIS = 700;
  const HANG_MILLIS = 5_000;
  // Each may hold a text.
  const MARKS = 3;
  const TEXT_BYTES = 1_000_000;
  // A sheet for these is loaded, and styles nothing.
  const AWAITED = "not all";

  const WORDS = {
    en: {
      copy: "Copy the text",
      copied: "Copied",
      byKey: "Press Ctrl+C or ⌘C",
      text: "The text",
      link: "Link that reproduces this",
      what: "What happened",
      panic: {
        title: "Job Playground has stopped",
        lead: "That is a mistake in the page, not in your text. Nothing is lost: here is the text that was open. It will not be run again unless you ask for it.",
        again: "Start again without running it",
      },
      quiet: {
        title: "Only an editor",
        broke: "This text broke the page. So nothing of it is read, run, colored or remarked on here; you can change it or copy it.",
        hung: "The page was closed or stopped answering while it read this text. That can be chance. Until you say so nothing of it is read, run, colored or remarked on; you can change it or copy it.",
        run: "Read and run it again",
        unkept: "This browser keeps nothing: copy what you need.",
      },
      failed: {
        title: "Job Playground could not be loaded",
        again: "Try again",
        link: "The text is in this link",
        missing: "A file of the page is not on the server. A new version may be on its way there: try again in a minute. If it stays so, tell whoever runs this site.",
        server: "The server answers with an error. Try again in a minute. If it stays so, tell whoever runs this site.",
        network: "A file of the page cannot be fetched. Is there a network, and does anything block this site?",
        damaged: "A file of the page came incomplete, or is not what it should be. Try again. If it stays so, tell whoever runs this site: the file is named below.",
        noWasm: "This browser does not run WebAssembly, of which Job Playground is made. It may be switched off: by Lockdown Mode, by a setting, or by a rule of this site or your organisation. Allow it for this site, or open the page in another browser.",
        slow: "The server has not sent everything yet. The page opens as soon as it has. If nothing happens, try again, or look whether there is a network.",
        kept: "Your own texts are kept in this browser, and nothing is lost.",
      },
    },
    zh: {
      copy: "复制文本",
      copied: "已复制",
      byKey: "请按 Ctrl+C 或 ⌘C",
      text: "文本",
      link: "能重现此问题的链接",
      what: "发生了什么",
      panic: {
        title: "Job Playground 停止了运行",
        lead: "这是页面自身的错误，与你的文本无关。什么都没有丢失：当时打开的文本就在下面。除非你要求，它不会再次运行。",
        again: "重新打开，但先不运行",
      },
      quiet: {
        title: "仅供编辑",
        broke: "这段文本曾让页面出错，因此这里不会解析、运行、着色或批注它；你可以修改或复制。",
        hung: "页面在读取这段文本时被关闭或失去了响应，这也可能只是巧合。在你确认之前，这里不会解析、运行、着色或批注它；你可以修改或复制。",
        run: "重新解析并运行",
        unkept: "此浏览器无法保存内容：请复制需要的部分。",
      },
      failed: {
        title: "Job Playground 无法加载",
        again: "重试",
        link: "文本在这个链接里",
        missing: "服务器上缺少页面的一个文件。可能正在发布新版本：请一分钟后重试。如果一直这样，请告诉这个网站的管理者。",
        server: "服务器返回了错误。请一分钟后重试。如果一直这样，请告诉这个网站的管理者。",
        network: "无法获取页面的一个文件。请检查网络是否可用，以及是否有程序拦截了这个网站。",
        damaged: "页面的一个文件不完整，或者内容不对。请重试。如果一直这样，请告诉这个网站的管理者，文件名在下面。",
        noWasm: "此浏览器没有运行 WebAssembly，而 Job Playground 需要它。它可能被关闭了：锁定模式、浏览器设置，或者这个网站或你所在组织的规则。请为这个网站允许 WebAssembly，或者换一个浏览器打开。",
        slow: "服务器还没有把所有文件发送完。发送完后页面会自动打开。如果一直没有动静，请重试，或检查网络是否可用。",
        kept: "你自己的文本保存在此浏览器中，什么都没有丢失。",
      },
    },
  };

  const STYLE = `
    [data-theme="light"] { color-scheme: light; } [data-theme="dark"] { color-scheme: dark; }
    #starting, body:has(> .boot) > .first { display: none; }
    .boot { position: fixed; inset: 0; z-index: 1000; overflow: auto; box-sizing: border-box; padding: 24px;
             background: var(--paper, Canvas); color: var(--ink, CanvasText);
             font: 14px/1.6 var(--sans, system-ui, sans-serif); }
    .boot.beside { position: static; padding: 16px 20px; background: none; } .boot.beside > div { max-width: none; gap: 8px; }
    .boot > div { max-width: 72ch; margin: 0 auto; display: grid; gap: 16px; }
    .boot :is(h1, h2) { margin: 0; font-size: 20px; outline: none; } .boot p { margin: 0; max-width: 84ch; }
    .boot label, .boot strong { display: block; font-weight: 600; }
    .boot textarea, .boot pre { box-sizing: border-box; width: 100%; margin: 4px 0 0; padding: 12px; color: inherit;
             background: var(--sheet, Canvas); border: 1px solid var(--line-3, currentColor); border-radius: 8px;
             font: 13px/1.6 var(--mono, monospace); }
    .boot textarea { height: 40vh; } .boot pre { white-space: pre-wrap; overflow-wrap: anywhere; }
    .boot .ways { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; }
    .boot button { min-height: 44px; padding: 0 16px; font: inherit; cursor: pointer; border-radius: 8px;
             color: inherit; background: none; border: 1px solid var(--line-3, currentColor); }
    .boot button:first-child { color: var(--paper, Canvas); background: var(--ink, CanvasText); }
    .boot a { color: inherit; display: inline-block; padding: 10px 0; }
    .boot :focus-visible:not(h1) { outline: 2px solid currentColor; outline-offset: 2px; }
    #quiet { padding: 16px; } #quiet > div { max-width: none; height: 100%; min-height: 400px;
             grid-template-rows: auto auto auto 1fr; gap: 12px; }
    #quiet .boot-field { display: flex; flex-direction: column; min-height: 0; } #quiet textarea { flex: 1; resize: none; }`;

  const page = document.documentElement;
  // Storage may be forbidden (a frame without an origin of its own) or full: the page works without.
  const attempt = (action) => {
    try {
      return action();
    } catch {
      return null;
    }
  };
  const stored = (key) => attempt(() => localStorage.getItem(key));
  const store = (key, value) => attempt(() => (localStorage.setItem(key, value), true)) ?? false;
  // Tried twice: a mark that stays would ask about a text that did no harm.
  const removed = (key) => attempt(() => (localStorage.removeItem(key), true));
  const remove = (key) => removed(key) ?? removed(key);
  const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

  const spoken = () => (page.lang.startsWith("zh") ? "zh" : "en");
  const words = () => WORDS[spoken()];

  const parsed = new Promise((resolve) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve);
    else resolve();
  });

  // Not a <style>: a strict host allows no styles but those of files and those that scripts set.
  attempt(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets.push(sheet);
  });

  // Texts and links.

  const base64url = (bytes) => {
    const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  };
  const bytesOf = (letters) =>
    Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

  // CRC-24, as src/manifest/link.rs reads it.
  const check = (link) => {
    let sum = 0xb704ce;
    for (const byte of new TextEncoder().encode(link)) {
      sum ^= byte << 16;
      for (let bit = 0; bit < 8; bit += 1) {
        sum <<= 1;
        if (sum & 0x1000000) sum ^= 0x1864cfb;
      }
    }
    return base64url([sum >> 16, (sum >> 8) & 0xff, sum & 0xff]);
  };

  // The page's own links are packed, by the program that has just broken. This form is longer, and plain.
  const plainLink = (text) => {
    const link = `t=.${base64url(new TextEncoder().encode(text))}`;
    return `${location.origin}${location.pathname}#${link}.${check(link)}`;
  };

  // The text of a link, whatever its check says; null if it cannot be read without the program.
  const unpack = async (fragment) => {
    const [, form, data] = /^(v1\.|t=\.?)([\w-]*)/.exec(fragment) ?? [];
    if (!form) return null;
    if (form !== "v1.") return attempt(() => new TextDecoder().decode(bytesOf(data)));
    const dictionary = await file("static/link-v1.dictionary.txt");
    if (!dictionary) return null;
    try {
      // The text reaches back into the dictionary: here that comes first, as a block that is not compressed.
      const { length } = dictionary;
      const head = [0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff];
      const packed = new Blob([Uint8Array.from(head), dictionary, bytesOf(data)]).stream();
      const reader = packed.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
      const pieces = [];
      let total = 0;
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        pieces.push(next.value);
        total += next.value.length;
        if (total > TEXT_BYTES + length) return null;
      }
      return new TextDecoder().decode((await new Blob(pieces).arrayBuffer()).slice(length));
    } catch {
      return null;
    }
  };

  // Whose text is open: the fragment of a link, or nothing for one's own text.
  const address = () => (/^#(v\d+\.|t=)/.test(location.hash) ? location.hash.slice(1) : "");

  // The text that the program would open; null if that is an example, or cannot be found out without the program.
  const opening = async () => {
    const fragment = address();
    return fragment ? (stored(GUEST_KEY + fragment) ?? (await unpack(fragment))) : stored(TEXT_KEY);
  };

  // Marks.

  const me = MARK_KEY + base64url(crypto.getRandomValues(new Uint8Array(9)));
  let mark = null;

  const put = () => {
    mark.beat += 1;
    return store(me, JSON.stringify(mark)) || store(me, JSON.stringify({ ...mark, text: null }));
  };

  // A page that stands still notices it afterwards, if ever. Nobody waits for one that is not seen, and browsers slow it down.
  let [clock, beaten] = [0, 0];
  const tick = () => {
    const now = performance.now();
    if (mark && !document.hidden && now - beaten > HANG_MILLIS) mark.hung = true;
    beaten = now;
  };

  // Before a text is read.
  const reading = (text) => {
    if (mark?.broke) return;
    if (mark?.text === text && mark.address === address()) {
      // Another one, so that it outlives a frame that was awaited for it.
      mark = { ...mark };
      return;
    }
    mark = { address: address(), text, at: Date.now(), beat: 0, broke: false, hung: false };
    beaten = performance.now();
    clock ||= setInterval(tick, 500);
    put();
  };

  // Once it is shown: after the next frame, since a frame may be what is too much.
  const shown = () => {
    const read = mark;
    if (!read || read.broke) return;
    const done = () => {
      if (mark !== read || read.broke) return;
      mark = null;
      clock = clearInterval(clock);
      remove(me);
    };
    if (document.hidden) setTimeout(done);
    else requestAnimationFrame(() => setTimeout(done));
  };

  addEventListener("pagehide", () => {
    tick();
    if (mark?.hung) put();
    else if (!mark?.broke) remove(me);
  });
  // The page was left and is entered again as it was.
  addEventListener("pageshow", (event) => event.persisted && mark && put());
  // Another tab asks who is there.
  addEventListener("storage", (event) => event.key === ASK_KEY && mark && !mark.broke && put());

  // The marks of others, the newest first.
  const marks = () => {
    const keys = attempt(() => Object.keys(localStorage)) ?? [];
    const found = keys.flatMap((key) => {
      const value = key.startsWith(MARK_KEY) && key !== me && attempt(() => JSON.parse(stored(key)));
      return value ? [{ ...value, key }] : [];
    });
    return found.sort((one, other) => other.at - one.at);
  };

  const isAnsweredFor = (key) =>
    new Promise((resolve) => {
      // Changed: somebody is there. Removed: the text was shown, or its tab was closed as it should be.
      const hear = (event) => event.key === key && done(true);
      const done = (answer) => (removeEventListener("storage", hear), resolve(answer));
      addEventListener("storage", hear);
      store(ASK_KEY, me + Date.now());
      setTimeout(done, ANSWER_MILLIS, false);
    });

  // The marks by which the text that is to be opened may have broken the page.
  const suspicions = async () => {
    const all = marks();
    for (const old of all.splice(MARKS)) remove(old.key);
    if (all.length === 0) return [];
    const text = await opening();
    const isOf = (one) => text !== null && [one.text, one.original].includes(text);
    const same = all.filter((one) => one.address === address() || isOf(one));
    const answered = await Promise.all(same.map((one) => !one.broke && isAnsweredFor(one.key)));
    remove(ASK_KEY);
    return same.filter((_, number) => !answered[number]);
  };

  // Whether the text of this address is not to be opened without a question, as far as that can be said at once.
  const isHeldBack = () => marks().some((one) => one.address === address());

  // Panels.

  const element = (name, properties, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };

  // A panel over everything; or `beside` the run that the page shows without its program. `field`: the box with the text, to
  // be copied, and its label; null if there is none.
  const panel = ({ id, title, leads, ways, field, message, beside }) => {
    for (const other of document.querySelectorAll(".boot")) other.remove();
    const heading = element(beside ? "h2" : "h1", { tabIndex: -1, textContent: title });
    const content = element("div", {}, heading, ...leads.map((lead) => element("p", { textContent: lead })));
    content.append(element("div", { className: "ways" }, ...ways));
    if (field) {
      const label = element("label", { htmlFor: field.area.id, textContent: field.label });
      content.append(element("div", { className: "boot-field" }, label, field.area));
    }
    if (message) {
      const pre = element("pre", { textContent: message });
      content.append(element("div", {}, element("strong", { textContent: words().what }), pre));
    }
    const node = element(id === "quiet" ? "main" : "div", { id, className: "boot" }, content);
    if (beside) beside.replaceChildren(node);
    else document.body.append(node);
    if (beside) node.classList.add("beside");
    else heading.focus();
    return node;
  };

  const button = (label, onclick) => {
    const node = element("button", { type: "button", textContent: label });
    node.addEventListener("click", () => onclick(node));
    return node;
  };

  const box = (text, isFixed) =>
    element("textarea", { id: "boot-text", value: text, readOnly: isFixed, spellcheck: false, wrap: "off" });

  const copyOf = (area) =>
    button(words().copy, async (node) => {
      // Missing on plain http, refused in a frame of another site: then what is selected is copied, or ready to be.
      const written = attempt(() => navigator.clipboard.writeText(area.value)) ?? Promise.reject();
      const isCopied = await written.then(() => true, () => (area.select(), document.execCommand("copy")));
      node.textContent = isCopied ? words().copied : words().byKey;
    });

  const reproducing = (text) => element("a", { href: plainLink(text), textContent: words().link });

  const panic = (message) => {
    if (document.getElementById("panic")) return;
    const { title, lead, again } = words().panic;
    const text = mark?.text ?? document.querySelector("#whole-text")?.textContent ?? stored(TEXT_KEY) ?? "";
    mark = { address: address(), text, at: Date.now(), beat: 0, broke: true };
    const isKept = put();
    const start = button(again, () => {
      // Where nothing is kept, the address and its place in the browser's history hold text and mark.
      if (!isKept) attempt(() => history.replaceState({ isHeldBack: true }, "", plainLink(text)));
      location.reload();
    });
    const area = box(text, true);
    // What lies under the panel is dead: out of reach for pointer, keyboard and screen reader.
    for (const child of document.body.children) child.inert = true;
    const ways = [start, copyOf(area), reproducing(text)];
    const node = panel({ id: "panic", title, leads: [lead], ways, field: { label: words().text, area }, message });
    node.setAttribute("role", "alertdialog");
    node.setAttribute("aria-modal", "true");
    node.setAttribute("aria-label", title);
  };

  // The plain editor. What is written in it is kept with the mark.
  const quiet = (suspect, all) => {
    const { title, broke, hung, run, unkept } = words().quiet;
    document.title = "Job Playground";
    const original = suspect.original ?? suspect.text;
    const area = box(suspect.text, false);
    const note = element("p", {});
    note.setAttribute("role", "status");
    const keep = () => {
      const isKept = suspect.key && store(suspect.key, JSON.stringify({ ...suspect, original, text: area.value }));
      note.textContent = isKept ? "" : unkept;
    };
    area.addEventListener("input", keep);
    let whole = null;
    opening().then((text) => (whole = text));
    const again = button(run, () => {
      const text = area.value;
      let target = location.href;
      // A link that was changed is another one. And what is kept as one's own text is no other one than this: it may be
      // that of another tab, or the one before.
      const isAtHome = () => [null, original].includes(stored(TEXT_KEY)) && store(TEXT_KEY, text);
      if (address() ? text !== whole : !isAtHome()) target = plainLink(text);
      attempt(() => history.replaceState(null, "", target));
      for (const { key } of all) if (key) remove(key);
      node.remove();
      start();
    });
    const ways = [again, copyOf(area), reproducing(suspect.text), note];
    const leads = [suspect.broke ? broke : hung];
    const node = panel({ id: "quiet", title, leads, ways, field: { label: words().text, area } });
  };

  // Loading.

  const url = (name) => new URL(name, document.baseURI).href;

  // What an answer says is wrong, and for whom.
  const trouble = (kind, detail) => Object.assign(new Error(detail), { kind });

  const answerOf = async (target, options) => {
    const answer = await fetch(target, options);
    if (answer.ok) return answer;
    throw trouble(answer.status >= 500 ? "server" : "missing", `${target.replace("?again", "")}: ${answer.status} ${answer.statusText}`);
  };

  // Networks have moments: what failed is tried once more, past all caches. What was too slow will not be faster.
  const twice = async (load, name) => {
    try {
      return await load(url(name));
    } catch (error) {
      if (error.name === "TimeoutError") throw error;
      await wait(RETRY_MILLIS);
    }
    try {
      return await load(`${url(name)}?again`);
    } catch (error) {
      throw error.kind ? error : await diagnose(url(name), error);
    }
  };

  // Scripts and style sheets do not say why they cannot be loaded: the answer does.
  const diagnose = async (target, error) => {
    const detail = `${target}: ${error.message}`;
    if (/Content Security Policy|unsafe-eval/i.test(error.message)) return trouble("noWasm", detail);
    try {
      const answer = await answerOf(target, { cache: "no-store", signal: AbortSignal.timeout(2_000) });
      return trouble("damaged", `${detail} (${answer.headers.get("content-type")})`);
    } catch (reason) {
      return reason.kind ? reason : trouble("network", detail);
    }
  };

  const compiledOf = async (answer) => {
    // Not every server knows the type.
    const isTyped = answer.headers.get("content-type")?.startsWith("application/wasm");
    return isTyped ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
  };
  const compiled = async (target) => compiledOf(await answerOf(target));

  // The same, but given up once nothing more comes. What is slow is waited for.
  const compiledInTime = async (target) => {
    const stop = new AbortController();
    let clock;
    const wind = () => {
      clearTimeout(clock);
      clock = setTimeout(() => stop.abort(new DOMException(`${target} does not come`, "TimeoutError")), SLOW_MILLIS);
    };
    wind();
    try {
      const answer = await answerOf(target, { signal: stop.signal });
      const parts = new TransformStream({ transform: (part, out) => (wind(), out.enqueue(part)) });
      return await compiledOf(new Response(answer.body.pipeThrough(parts), answer));
    } catch (error) {
      stop.signal.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(clock);
    }
  };

  // The program comes in chunks (src/web/chunks.rs). BUILT.chunks says which files each is made of; a file may be of several,
  // and is put into the program once. What failed is forgotten, and fetched again when it is asked for.
  const once = (load) => {
    const known = new Map();
    return (name) => {
      if (!known.has(name)) {
        const coming = load(name);
        coming.catch(() => known.delete(name));
        known.set(name, coming);
      }
      return known.get(name);
    };
  };
  // As long as nothing runs there are words for what is slow: `start` has them. Then the program has.
  const module = once((name) => twice(window.wasmBindings ? compiledInTime : compiled, name));
  // What the first chunk exports, once it runs.
  let runs = () => {};
  const program = new Promise((resolve) => (runs = resolve));
  const placed = once(async (name) => WebAssembly.instantiate(await module(name), { __wasm_split: await program }));
  const whole = (chunk, load) => Promise.all(BUILT.chunks[chunk].map(load));
  // What the program calls. Its answer goes to a function of the program, by its place in the table of all of them.
  const loader = (chunk) => async (answer, place) => {
    const isThere = await whole(chunk, placed).then(() => true, (error) => (console.warn(error.message), false));
    (await program).__indirect_function_table.get(answer)(place, isThere);
  };
  const names = Object.keys(BUILT.chunks ?? {});
  const loaders = Object.fromEntries(names.map((chunk) => [`__wasm_split_load_${chunk}`, loader(chunk)]));

  const isWhole = (link) => {
    try {
      return [...(link.sheet?.cssRules ?? [])].at(-1)?.selectorText === "#end-of-style";
    } catch (error) {
      // A frame without an origin of its own may not look into it; nor may anybody into one that did not come.
      return error.name === "SecurityError" && window.origin === "null";
    }
  };

  // What the first picture needs is there already, as a rule.
  const styled = (name) => (target) =>
    new Promise((resolve, reject) => {
      if ([...document.querySelectorAll(`link[rel="stylesheet"][href="${name}"]`)].some(isWhole)) return resolve();
      // Not for the first picture: it is let in with the program.
      const media = name === BUILT.styles[0] ? "all" : AWAITED;
      const link = element("link", { rel: "stylesheet", href: target, media });
      const refuse = () => (link.remove(), reject(new Error("not a whole style sheet")));
      link.addEventListener("load", () => (isWhole(link) ? resolve() : refuse()));
      link.addEventListener("error", refuse);
      document.head.append(link);
    });

  // One after the other, as they follow each other.
  const styles = async () => {
    await parsed;
    for (const name of BUILT.styles) await twice(styled(name), name);
  };

  // A file that the program needs now and then, as bytes; null if it cannot be had.
  const file = async (name) => {
    const bytes = async (target) =>
      new Uint8Array(await (await answerOf(target, { signal: AbortSignal.timeout(SLOW_MILLIS) })).arrayBuffer());
    return twice(bytes, BUILT.files?.[name] ?? name).catch(() => null);
  };

  const fail = async ({ kind, message }) => {
    // As long as a style sheet is awaited a browser shows nothing at all.
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) if (!link.sheet) link.remove();
    const isExample = page.dataset.opens === "example";
    const beside = isExample && document.querySelector(`.first[lang="${page.lang}"] .waits`);
    const { title, again, link, kept, [kind]: lead } = words().failed;
    const fragment = address();
    const show = (text) => {
      const isText = text !== null;
      const area = isText || fragment ? box(text ?? location.href, true) : null;
      const retry = button(again, async () => {
        // Past the browser's own cache: it may hold one half of an older version.
        const files = [...(BUILT.styles ?? []), BUILT.script, BUILT.wasm, ...(BUILT.chunks?.[spoken()] ?? [])];
        const names = [location.pathname, ...files.filter(Boolean)];
        const fresh = names.map((name) => fetch(url(name), { cache: "reload", signal: AbortSignal.timeout(2_000) }));
        await Promise.allSettled(fresh);
        location.reload();
      });
      const ways = area ? [retry, copyOf(area)] : [retry];
      const field = area && { label: isText ? words().text : link, area };
      const leads = isExample || (fragment && !isText) ? [lead] : [lead, kept];
      panel({ id: "failed", title, leads, ways, field, message, beside }).setAttribute("role", "alert");
    };
    // At once: to read a link may need one more file.
    show(fragment ? stored(GUEST_KEY + fragment) : stored(TEXT_KEY));
    if (!fragment) return;
    const text = await unpack(fragment);
    if (text !== null && document.getElementById("failed")) show(text);
  };

  const start = async () => {
    if (!BUILT.script) return;
    const slow = setTimeout(() => fail({ kind: "slow", message: "" }), SLOW_MILLIS);
    try {
      if (typeof WebAssembly !== "object") throw trouble("noWasm", `WebAssembly: ${typeof WebAssembly}`);
      const [bindings, first] = await Promise.all([
        twice((target) => import(target), BUILT.script),
        twice(compiled, BUILT.wasm),
        styles(),
        // Before it has words the program says nothing.
        whole(spoken(), module),
      ]);
      clearTimeout(slow);
      document.getElementById("failed")?.remove();
      reading(null);
      const wasm = await bindings.default({ module_or_path: first });
      runs(wasm);
      window.wasmBindings = bindings;
      dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
      // A worker fetches everything: it waits for what the page itself is waiting for, in the same order.
      const behind = page.dataset.opens === "example" ? ["more", "check"] : ["check", "more"];
      for (const chunk of behind) if (chunk in (BUILT.chunks ?? {})) await whole(chunk, module).catch(() => {});
      work();
    } catch (error) {
      // The program itself broke: that has a panel of its own.
      reveal(error);
      if (!document.getElementById("panic")) fail({ kind: error.kind ?? "damaged", message: error.message });
    } finally {
      clearTimeout(slow);
    }
  };

  // For use without a network; not within a frame, since an embedding page keeps its readers' storage to itself. The
  // address of a worker has to be a trusted one; the only policy of the page knows no other.
  const work = () => {
    if (window !== top || !navigator.serviceWorker) return;
    if (BUILT.worker) {
      const policy = window.trustedTypes?.createPolicy("service-worker", { createScriptURL: () => BUILT.worker });
      navigator.serviceWorker.register(policy?.createScriptURL("") ?? BUILT.worker).catch(() => {});
    } else {
      // A release may have been served at the same address before.
      navigator.serviceWorker.getRegistrations().then((all) => all.forEach((one) => one.unregister()));
    }
  };

  // The program is about to take the place of the first picture: returns how far the reader has come in its film.
  const takeOver = () => {
    for (const link of document.querySelectorAll(`link[media="${AWAITED}"]`)) link.media = "all";
    return window.reachedInFilm?.() ?? "";
  };

  window.jobPlayground = { panic, reading, shown, isHeldBack, file, loaders, takeOver };

  // Two ends that never reach the program's own hook: a trap of the machine, and a stack that is too deep.
  const reveal = (error) => {
    const isTrap = typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
    const isDeepStack = error instanceof RangeError && /stack/i.test(error.message);
    if (isTrap || isDeepStack) panic(error.stack ?? String(error));
  };
  addEventListener("error", (event) => reveal(event.error));
  addEventListener("unhandledrejection", (event) => reveal(event.reason));

  const begin = async () => {
    const { isHeldBack } = history.state ?? {};
    const found = isHeldBack ? [] : await suspicions();
    if (!isHeldBack && found.length === 0) return start();
    await parsed;
    if (isHeldBack) return quiet({ key: null, text: (await opening()) ?? "", broke: true }, []);
    const [first] = found;
    quiet({ ...first, text: first.text ?? (await opening()) ?? "" }, found);
  };
  begin();
})();
