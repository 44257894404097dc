// Runs before the first paint and outlives the page's program. It chooses theme and language, and when the program
// breaks it puts a panel over the page: with the user's text, a link that reproduces it, and a way back. Plain DOM:
// after a panic no Rust may run.
//
// What the program finds on <html>: data-theme, lang, and data-run="no" when the last run broke the page and the text
// is to be shown but not run. What it calls: jobPlaygroundPanic(message).

"use strict";
(() => {
  const THEME_KEY = "job-playground.theme";
  const LANG_KEY = "job-playground.lang";
  const TEXT_KEY = "job-playground.text";
  const RECORDING_KEY = "job-playground.recording";
  const WORDS = {
    en: {
      title: "Job Playground has stopped",
      lead: "That is a mistake in the page, not in your text. Your text is safe: here it is.",
      text: "Your text",
      again: "Start again without running it",
      copy: "Copy the text",
      copied: "Copied",
      byKey: "Press Ctrl+C or ⌘C",
      link: "Link that reproduces this",
      what: "What happened",
    },
    zh: {
      title: "Job Playground 停止了运行",
      lead: "这是页面自身的错误，与你的文本无关。文本没有丢失，就在下面。",
      text: "你的文本",
      again: "重新打开，但先不运行",
      copy: "复制文本",
      copied: "已复制",
      byKey: "请按 Ctrl+C 或 ⌘C",
      link: "能重现此问题的链接",
      what: "发生了什么",
    },
  };

  const page = document.documentElement;
  const query = new URLSearchParams(location.search);

  // Storage may be forbidden (a frame without an origin of its own) or full: the page works without.
  const attempt = (action) => {
    try {
      return action();
    } catch {
      return null;
    }
  };

  const theme = query.get("theme") ?? attempt(() => localStorage.getItem(THEME_KEY));
  if (theme === "light" || theme === "dark") page.dataset.theme = theme;
  const lang = query.get("lang") ?? attempt(() => localStorage.getItem(LANG_KEY)) ?? navigator.language;
  page.lang = lang.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
  page.dataset.lang = page.lang;

  // The program leaves this mark while it records. If it is there now, the page hung in a recording and was killed, or
  // its user asked for this: running the same text again would break it again.
  const forget = () => attempt(() => sessionStorage.removeItem(RECORDING_KEY));
  if (attempt(() => sessionStorage.getItem(RECORDING_KEY))) page.dataset.run = "no";
  forget();
  // Whoever can leave the page does not hang.
  addEventListener("pagehide", forget);

  const userText = () =>
    document.querySelector("#whole-text")?.textContent ?? attempt(() => localStorage.getItem(TEXT_KEY)) ?? "";

  // The page's own links are packed, by the program that has just broken. This form is longer, and plain.
  const base64url = (bytes) => {
    const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  };
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
  const plainLink = (text) => {
    const link = `t=.${base64url(new TextEncoder().encode(text))}`;
    return `${location.origin}${location.pathname}#${link}.${check(link)}`;
  };

  const element = (name, properties, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };

  const STYLE = `
    #panic { position: fixed; inset: 0; z-index: 1000; overflow: auto; padding: 24px; background: var(--paper, Canvas);
             color: var(--ink, CanvasText); font: 14px/1.6 var(--sans, system-ui, sans-serif); }
    #panic > div { max-width: 72ch; margin: 0 auto; display: grid; gap: 16px; }
    #panic h1 { margin: 0; font-size: 20px; } #panic p { margin: 0; }
    #panic label { display: block; font-weight: 600; }
    #panic textarea, #panic pre { box-sizing: border-box; width: 100%; margin: 4px 0 0; padding: 12px; color: inherit;
             background: var(--sheet, Canvas); border: 1px solid var(--line-3, currentColor); border-radius: 8px;
             font: 13px/1.6 var(--mono, monospace); }
    #panic textarea { height: 40vh; } #panic pre { white-space: pre-wrap; overflow-wrap: anywhere; }
    #panic .ways { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; }
    #panic button { min-height: 44px; padding: 0 16px; font: inherit; cursor: pointer; border-radius: 8px;
             color: inherit; background: none; border: 1px solid var(--line-3, currentColor); }
    #panic button:first-child { color: var(--paper, Canvas); background: var(--ink, CanvasText); }
    #panic a { color: inherit; display: inline-block; padding: 10px 0; }
    #panic :focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }`;

  const show = (message) => {
    if (document.getElementById("panic")) return;
    const words = WORDS[page.lang.startsWith("zh") ? "zh" : "en"];
    const text = userText();

    const again = element("button", { type: "button", textContent: words.again });
    again.addEventListener("click", () => {
      removeEventListener("pagehide", forget);
      attempt(() => sessionStorage.setItem(RECORDING_KEY, "broken"));
      // As a link: what is kept in storage may be another text.
      history.replaceState(null, "", plainLink(text));
      location.reload();
    });
    const area = element("textarea", { id: "panic-text", value: text, readOnly: true, spellcheck: false });
    const copy = element("button", { type: "button", textContent: words.copy });
    copy.addEventListener("click", async () => {
      // As the key does: works on plain http and in frames of other sites, too, where there is no navigator.clipboard.
      area.select();
      const write = () => navigator.clipboard.writeText(text).then(() => true, () => false);
      const isCopied = document.execCommand("copy") || (await attempt(write));
      copy.textContent = isCopied ? words.copied : words.byKey;
    });
    const heading = element("h1", { tabIndex: -1, textContent: words.title });
    const panel = element(
      "div",
      { id: "panic" },
      element(
        "div",
        {},
        heading,
        element("p", { textContent: words.lead }),
        element("div", { className: "ways" }, again, copy, element("a", { href: plainLink(text), textContent: words.link })),
        element("div", {}, element("label", { htmlFor: "panic-text", textContent: words.text }), area),
        element("div", {}, element("strong", { textContent: words.what }), element("pre", { textContent: message })),
      ),
    );
    panel.setAttribute("role", "alertdialog");
    panel.setAttribute("aria-modal", "true");
    panel.setAttribute("aria-label", words.title);
    // What lies under the panel is dead: out of reach for pointer, keyboard and screen reader.
    for (const child of document.body.children) child.inert = true;
    // Not a <style>: a strict host allows no styles but those of files and those that scripts set.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets.push(sheet);
    document.body.append(panel);
    heading.focus();
  };

  window.jobPlaygroundPanic = show;

  // Two ends that never reach the program's own hook: a trap of the machine, and a stack that is too deep.
  const reveal = (error) => {
    const isTrap = error instanceof WebAssembly.RuntimeError;
    const isDeepStack = error instanceof RangeError && /stack/i.test(error.message);
    const isBadProgram = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
    if (isTrap || isDeepStack || isBadProgram) show(error.stack ?? String(error));
  };
  addEventListener("error", (event) => reveal(event.error));
  addEventListener("unhandledrejection", (event) => reveal(event.reason));
})();
