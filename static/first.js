// Runs before the first paint: chooses theme and language, says with what the page opens, and lets the film play that
// stands in it until its program runs. `index.html` holds the page in every language; `src/web/style/first.css` shows
// what is chosen here. `static/boot.js` brings this script once more, in case that it did not come.
//
// `cargo xtask` fills in FIRST.

"use strict";
(() => {
  const FIRST = {};
  const page = document.documentElement;
  if (page.dataset.opens) return;

  // Storage may be forbidden: the page works without.
  const stored = (key, storage = "localStorage") => {
    try {
      return window[storage].getItem(`job-playground.${key}`);
    } catch {
      return null;
    }
  };

  const query = new URLSearchParams(location.search);
  const theme = query.get("theme") ?? stored("theme");
  if (theme === "light" || theme === "dark") page.dataset.theme = theme;
  const lang = query.get("lang") ?? stored("lang") ?? navigator.language;
  page.lang = lang.toLowerCase().startsWith("zh") ? "zh-CN" : "en";

  // Where the edges between the regions were left, in thousandths: src/web/state/panes.rs.
  const edges = (stored("panes") ?? "").split(" ");
  for (const [place, name] of ["spec", "upper", "why"].entries())
    if (edges[place] > 0) page.style.setProperty(`--kept-${name}`, `${edges[place] / 10}%`);

  // Whose text: that of a link, one's own, or the first example.
  const isLink = !/^#?(spec|stage|why-region|detail)?$/.test(location.hash);
  const isOwn = stored("text") !== null || stored("text", "sessionStorage") !== null;
  page.dataset.opens = isLink ? "link" : isOwn ? "own" : "example";
  if (page.dataset.opens !== "example" || !FIRST.player) return;

  const url = (name) => new URL(name, document.baseURI).href;
  const fetched = async (name) => {
    const answer = await fetch(url(name));
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.text();
  };
  const parsed = new Promise((resolve) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve);
    else resolve();
  });

  const play = async () => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: url(FIRST.player) }));
    const [film] = await Promise.all([fetched(FIRST.films[page.lang]), parsed]);
    const player = document.querySelector(`.first[lang="${page.lang}"] job-playground`);
    if (!player) return;
    // Before it is a player: so it is drawn once, where it stands.
    player.setAttribute("film", film);
    let mark = "";
    player.addEventListener("jp-time", () => (mark = ""));
    player.addEventListener("jp-select", ({ detail }) => (mark = ` ${detail.step}.${detail.object}`));
    await import(url(FIRST.player));
    // Where the reader stands, for the program to go on there: src/web/browser/reached.rs.
    window.reachedInFilm = () => {
      const focus = document.activeElement === player ? " focus" : "";
      return player.isConnected ? `${player.now}${mark}${player.paused ? "" : " plays"}${focus}` : "";
    };
    // The keys of the page, as long as nothing has the focus.
    addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ".": 1, ArrowLeft: -1, ",": -1 }[event.key];
      if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
      if (player.isConnected && document.activeElement === document.body) player.step(by);
    });
  };
  // Without a film there is the picture.
  play().catch(() => {});
})();
