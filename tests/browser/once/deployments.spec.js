// Two versions of the page at one address, as a host has them one after the other. Whatever is half there, a reader gets
// one version as a whole.
import { createServer } from "node:http";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { expect, running, test } from "../fixtures.js";

const DIST = new URL("../../../dist/", import.meta.url).pathname;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

test.use({ provoked: /ERR_|Failed to|status of|dynamically imported|preload/ });

// As `xtask/src/service_worker.rs` has it.
const sum = (bytes) => bytes.reduce((all, byte) => Math.imul(all ^ byte, 0x01000193), 0x811c9dc5) >>> 0;

// The next version: every named file has another content and another name.
function makeNext(from, to) {
  cpSync(from, to, { recursive: true });
  const names = readdirSync(to, { recursive: true }).filter((name) => /-[0-9a-f]{16}\.\w+$/.test(name));
  const renamed = names.map((name) => [name, name.replace(/-[0-9a-f]{16}\./, "-feedfeedfeedfeed.")]);
  const rename = (text) => renamed.reduce((all, [name, next]) => all.replaceAll(name, next), text);
  for (const [name, next] of renamed) {
    renameSync(join(to, name), join(to, next));
    if (/\.(js|css)$/.test(next)) writeFileSync(join(to, next), `${rename(readFileSync(join(to, next), "utf8"))}\n/* next */`);
  }
  writeFileSync(join(to, "index.html"), rename(readFileSync(join(to, "index.html"), "utf8")));
  const files = readdirSync(to, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  let worker = rename(readFileSync(join(to, "sw.js"), "utf8")).replace(/(const CACHE = FAMILY \+ ")\w+/, "$1next");
  for (const entry of files) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(to.length + 1);
    const shown = name === "index.html" ? "./" : name;
    worker = worker.replace(new RegExp(`("${shown.replaceAll(".", "\\.")}"): \\d+`), `$1: ${sum(readFileSync(path))}`);
  }
  writeFileSync(join(to, "sw.js"), worker);
}

// A host: which folder it serves can change, and so can what it answers to some requests.
async function host(folder) {
  const site = { folder, answer: () => null, asked: [] };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    site.asked.push(path);
    const special = await site.answer(path);
    if (special) return response.writeHead(special).end("no");
    const file = join(site.folder, path === "/" ? "index.html" : path);
    if (!existsSync(file)) return response.writeHead(404).end("no");
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": "no-cache" });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  site.address = `http://127.0.0.1:${server.address().port}/`;
  site.close = () => server.close();
  return site;
}

let folder, old, next, site;

test.beforeEach(async ({ page }) => {
  folder = mkdtempSync(join(tmpdir(), "deployments-"));
  [old, next] = [DIST.replace(/\/$/, ""), join(folder, "next")];
  makeNext(old, next);
  site = await host(old);
  await page.goto(site.address);
  await running(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true);
});

test.afterEach(() => {
  site.close();
  rmSync(folder, { recursive: true });
});

// The version of every file that the page has loaded.
const versions = async (page) => {
  const names = await page.evaluate(() =>
    performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname),
  );
  const named = names.filter((name) => /-[0-9a-f]{16}\.\w+$/.test(name));
  return [...new Set(named.map((name) => (name.includes("feedfeed") ? "next" : "old")))];
};

async function reloaded(page) {
  await page.reload();
  await running(page);
  return versions(page);
}

test("a new version is seen at once, and kept", async ({ page, context }) => {
  expect(await versions(page)).toEqual(["old"]);
  site.folder = next;
  expect(await reloaded(page)).toEqual(["next"]);
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).filter((name) => name.endsWith("next")).length)).toBe(1);
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).installing)).toBe(null);
  await context.setOffline(true);
  expect(await reloaded(page)).toEqual(["next"]);
});

for (const [name, broken] of [
  ["the program is not there yet", (path) => (path.endsWith(".wasm") ? 404 : null)],
  ["a chunk of the program is not there yet", (path) => (path.includes("web_split_check") ? 404 : null)],
  ["the first script is an error", (path) => (path.includes("boot") ? 503 : null)],
  ["only the page is there", (path) => (path === "/" || path === "/sw.js" ? null : 404)],
  ["the page is an error", (path) => (path === "/" ? 503 : null)],
  ["everything is an error", () => 500],
  ["the page never comes", (path) => (path === "/" ? new Promise(() => {}) : null)],
  ["nothing ever comes", () => new Promise(() => {})],
]) {
  test(`half a deployment: ${name}`, async ({ page }) => {
    site.folder = next;
    site.answer = broken;
    expect(await reloaded(page)).toEqual(["old"]);
    site.answer = () => null;
    expect(await reloaded(page)).toEqual(["next"]);
  });
}

test("a new page with old files, and an old page with new files, are not kept", async ({ page, context }) => {
  // The worker is of the next version, the page still of the old one.
  site.answer = (path) => {
    site.folder = path === "/" ? old : next;
    return null;
  };
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {}));
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).installing)).toBe(null);
  expect(await page.evaluate(async () => (await caches.keys()).filter((name) => name.endsWith("next")).length)).toBe(0);
  await context.setOffline(true);
  expect(await reloaded(page)).toEqual(["old"]);
});

test("a tab of the old version finds its files after the new one has come", async ({ page, context }) => {
  const tab = await context.newPage();
  site.folder = next;
  await tab.goto(site.address);
  await running(tab);
  await expect.poll(() => tab.evaluate(async () => (await caches.keys()).filter((name) => name.endsWith("next")).length)).toBe(1);
  await context.setOffline(true);
  const bytes = await page.evaluate(async () => (await window.jobPlayground.file("static/time-zones.bin"))?.length);
  expect(bytes).toBeGreaterThan(100_000);
  expect(await versions(page)).toEqual(["old"]);
});

test("other addresses below are not taken over", async ({ page }) => {
  site.answer = (path) => (path === "/other.html" ? 503 : null);
  const answer = await page.goto(`${site.address}other.html`);
  expect(answer.status()).toBe(503);
});
