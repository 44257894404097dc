// Pages of others that show runs: a server that allows what a careful site allows, and keeps count of what is asked for.
// Films and posters are made by the terminal front end, the player is that of the page under test.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import { promisify } from "node:util";
import { expect, test as base } from "../fixtures.js";

export { expect };

const run = promisify(execFile);
const cases = new URL("../../conformance/curated/", import.meta.url);

export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; frame-src http:";
const TRUSTED = "; require-trusted-types-for 'script'; trusted-types 'none'";

export const yamlOf = (name) => readFileSync(new URL(`${name}.yaml`, cases), "utf8");

const made = new Map();
// What the terminal front end makes of a case.
export function output(name, ...options) {
  const line = ["run", new URL(`${name}.yaml`, cases).pathname, "--output", ...options];
  const key = line.join(" ");
  if (!made.has(key)) made.set(key, run(process.env.JOB_PLAYGROUND, line, { maxBuffer: 1e8 }).then(({ stdout }) => stdout));
  return made.get(key);
}
export const filmOf = (name, lang = "en") => output(name, "film", "--lang", lang);

export const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

// What an author writes for a case; `attributes` of the element.
export async function embed(name, { attributes = "", lang = "en", source = `src="${name}.${lang}.film.json"` } = {}) {
  const size = async (width) => /height="([\d.]+)"/.exec(await output(name, "svg", "--width", width))[1];
  return `<job-playground ${source} ${attributes}>
    <a href="https://playground.example/#v1.text.sum"><picture>
      <source media="(max-width: 600px)" srcset="${name}.${lang}.380.svg" width="380" height="${await size("380")}">
      <img src="${name}.${lang}.720.svg" width="720" height="${await size("720")}" alt="How it went">
    </picture></a>
    <details><summary>YAML</summary><pre><code>${escaped(yamlOf(name))}</code></pre></details>
  </job-playground>`;
}

const STYLE = `
  :root { color-scheme: light dark; } :root.dark { color-scheme: dark; } :root.light { color-scheme: light; }
  body { max-width: 760px; margin: 24px auto; padding: 0 16px; font: 16px/1.6 serif; background: light-dark(#fff, #101010); color: light-dark(#222, #ddd); }
  img { display: block; max-width: 100%; height: auto; } iframe { width: 100%; height: 200px; border: 0; display: block; }
  job-playground { display: block; }
  /* The place of what is not there yet: three lines and the buttons. */
  job-playground:not(:defined) { padding-bottom: 158px; }`;

// Notes what goes wrong before anything else runs.
const WATCH = `
  window.watched = []; window.events = []; window.shifts = [];
  document.addEventListener("securitypolicyviolation", (e) => watched.push([e.violatedDirective, e.blockedURI, e.sample].join(" ")));
  for (const name of ["ready", "time", "select", "play", "pause", "ended", "change", "open", "error"])
    addEventListener("jp-" + name, (e) => events.push([name, e.detail]));
  addEventListener("message", (e) => e.data?.jp === 1 && events.push([e.data.type, e.data]));
  new PerformanceObserver((list) => { for (const one of list.getEntries()) shifts.push(one.value); }).observe({ type: "layout-shift", buffered: true });`;

export const test = base.extend({
  // Serves pages by name and whatever embeds ask for.
  host: async ({ page }, use) => {
    const asked = [];
    const pages = new Map();
    const policies = new Map();
    const answer = async (path) => {
      if (pages.has(path)) return ["text/html; charset=utf-8", pages.get(path)];
      if (path === "/host.css") return ["text/css", STYLE];
      if (path === "/watch.js") return ["text/javascript", WATCH];
      const [, name, lang, width] = /^\/([\w-]+)\.(\w+)\.(?:(\d+)\.svg|film\.json)$/.exec(path) ?? [];
      if (width) return ["image/svg+xml", await output(name, "svg", "--lang", lang, "--width", width)];
      if (name) return ["application/json", await filmOf(name, lang)];
      const file = await fetch(new URL(`static/embed${path}`, process.env.JOB_PLAYGROUND_URL));
      return [file.headers.get("content-type"), file.ok ? Buffer.from(await file.arrayBuffer()) : "", file.status];
    };
    const server = http.createServer(async ({ url }, response) => {
      const path = url.replace(/[?#].*/, "");
      asked.push(path);
      const [type, body, status = 200] = await answer(path);
      if (pages.has(path)) response.setHeader("Content-Security-Policy", policies.get(path));
      response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" }).end(body);
    });
    await new Promise((listens) => server.listen(0, "127.0.0.1", listens));
    const address = `http://127.0.0.1:${server.address().port}`;
    await use({
      asked,
      address,
      // Opens a page with this in its body.
      async open(body, { lang = "en", head = '<script type="module" src="job-playground.js"></script>', scheme = "", until = "load", policy = POLICY } = {}) {
        policies.set("/", policy + TRUSTED);
        pages.set("/", `<!doctype html><html lang="${lang}" class="${scheme}"><head><meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1"><title>Handle failures</title>
          <link rel="icon" href="/host.css"><link rel="stylesheet" href="host.css"><script src="watch.js"></script>${head}</head>
          <body><main><h1>Handle failures</h1>${body}<p id="after">What comes after it.</p></main></body></html>`);
        await page.goto(address, { waitUntil: until });
      },
      noted: (what) => page.evaluate((name) => window[name], what),
      events: async (...names) => (await page.evaluate(() => window.events)).filter(([name]) => names.includes(name)),
    });
    // On none of these pages anything is forbidden by its policy.
    if (page.url().startsWith(address)) expect(await page.evaluate(() => window.watched ?? [])).toEqual([]);
    server.closeAllConnections();
    server.close();
  },
});

export const player = (page) => page.locator("job-playground").first();
// The button that begins; every way into a shadow tree is open to a locator.
export const begin = (page) => page.getByRole("button", { name: /Step through it|逐步查看/ }).first();
export const number = async (page) => Number(await page.locator(".position b").first().textContent());
