// For a page that shows embed.html in a frame: the frame gets the height of what is in it, and light or dark as the page
// is. Frames are found by their address. Everything else a page may say and hear: docs/embedding.md, Messages.
"use strict";
{
  const frames = () => [...document.querySelectorAll("iframe")].filter((frame) => /\/embed\.html(#|$)/.test(frame.src));

  /** @type {(frame: HTMLIFrameElement, message: object) => void} */
  const say = (frame, message) => frame.contentWindow?.postMessage({ jp: 1, ...message }, "*");

  // What the page is drawn in does not reach into a frame by itself.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  /** @param {HTMLIFrameElement} frame */
  const theme = (frame) => {
    const schemes = getComputedStyle(frame).colorScheme;
    const isDark = schemes.includes("dark") && (dark.matches || !schemes.includes("light"));
    say(frame, { type: "config", theme: isDark ? "dark" : "light" });
  };
  const themes = () => frames().forEach(theme);
  dark.addEventListener("change", themes);
  const changes = new MutationObserver(themes);
  for (const node of [document.documentElement, document.body]) changes.observe(node, { attributes: true });

  addEventListener("message", ({ source, data }) => {
    const frame = frames().find((one) => one.contentWindow === source);
    if (!frame || data?.jp !== 1) return;
    if (data.type === "pong") theme(frame);
    if (data.type === "height" && data.px > 0) frame.style.height = `${data.px}px`;
  });

  // A frame says by itself when it is there. One that was there before this script is asked.
  for (const frame of frames()) say(frame, { type: "ping" });
}
