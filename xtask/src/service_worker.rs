//! Offline: a service worker with the list of all files and a sum of each. Only of a release: while one works on the page
//! it would serve yesterday's.
//!
//! Two versions never mix: all files but the page itself are named by their content, the page names one script, and that
//! script all the rest. A worker keeps a version only as a whole, each file compared with its sum, and hands out a newer
//! page only once its files are there. The version before stays kept, for tabs in which it is open.

use crate::{Failure, embed, files, sizes};
use std::path::Path;

/// The worker's file. Its name never changes: browsers look there for a newer one.
pub(crate) const NAME: &str = "sw.js";

const WORKER: &str = r#"// Keeps the page for use without a network. Written by `cargo xtask build --release`.
"use strict";
const FAMILY = `job-playground ${registration.scope} `;
const CACHE = FAMILY + "VERSION";
const PAGE = "./";
const FILES = {
FILES
};
// How long a page is waited for, if one is kept.
const PATIENCE_MILLIS = 3_000;

const sum = (bytes) => bytes.reduce((all, byte) => Math.imul(all ^ byte, 0x01000193), 0x811c9dc5) >>> 0;

const fetched = async ([name, expected]) => {
  const response = await fetch(new Request(name, { cache: "reload" }));
  const found = sum(new Uint8Array(await response.clone().arrayBuffer()));
  if (!response.ok || found !== expected) throw new Error(`${name} is not of this version`);
  return [name, response];
};

addEventListener("install", (event) => {
  const install = async () => {
    // All or nothing.
    const all = await Promise.all(Object.entries(FILES).map(fetched));
    const cache = await caches.open(CACHE);
    await Promise.all(all.map(([name, response]) => cache.put(name, response)));
    await skipWaiting();
  };
  event.waitUntil(install());
});

// In the order in which they were made.
const kept = async () => (await caches.keys()).filter((name) => name.startsWith(FAMILY));

addEventListener("activate", (event) => {
  const activate = async () => {
    const others = (await kept()).filter((name) => name !== CACHE);
    await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(activate());
});

// A file: from whichever version has it, since its name tells its content.
const file = async (request) => {
  for (const name of [CACHE, ...(await kept())]) {
    const response = await (await caches.open(name)).match(request);
    if (response) return response;
  }
  return fetch(request);
};

// Whether all files that a page asks for are there: those that it names, and the chunks of its program, which its script
// names.
const isWhole = async (html, signal) => {
  const named = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name);
  const answers = (names) => Promise.all(names.map((name) => file(new Request(name, { signal }))));
  const first = await answers(named(html, /(?:src|href)="([^":#]+\.\w+)"/g));
  if (!first.every((answer) => answer.ok)) return false;
  const script = await first.find(({ url }) => url.includes("/static/boot-")).text();
  return (await answers(named(script, /"(\w+-\w+\.wasm)"/g))).every((answer) => answer.ok);
};

// The page: the newest that is whole, within a time limit; else the one that is kept.
const page = async (request) => {
  const old = await (await caches.open(CACHE)).match(PAGE);
  if (!old) return fetch(request);
  // Given up for good when it is too late: the browser lets the next request for the same address wait for it.
  const patience = new AbortController();
  const newest = async () => {
    const { url, headers, cache } = request;
    const { signal } = patience;
    const response = await fetch(url, { headers, cache, signal, mode: "same-origin", redirect: "manual" });
    if (response.status >= 500) return old;
    if (!response.ok) return response;
    const html = await response.clone().text();
    return sum(new TextEncoder().encode(html)) === FILES[PAGE] || (await isWhole(html, signal)) ? response : old;
  };
  const late = setTimeout(() => patience.abort(), PATIENCE_MILLIS);
  return newest().catch(() => old).finally(() => clearTimeout(late));
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const scope = new URL(registration.scope).pathname;
  if (request.mode !== "navigate") {
    // Asked for once more, past all caches: what came was of no use.
    if (search !== "?again") event.respondWith(file(request));
  } else if (pathname === scope || pathname === `${scope}index.html`) {
    event.respondWith(page(request));
  }
});
"#;

/// Writes the worker for a page that is complete but for it.
pub(crate) fn write(page: &Path) -> Result<(), Failure> {
    let mut contents = Vec::new();
    let mut lines = Vec::new();
    for path in files::under(page)? {
        let name = files::address(&path, page);
        // Not of the page: for pages of others, and for who finds it.
        if name.starts_with(embed::FOLDER) || sizes::is_for_others(&name) {
            continue;
        }
        let content = files::read(&path)?;
        let asked = if name == "index.html" { "./" } else { &name };
        lines.push(format!("  \"{asked}\": {},", files::sum(&content)));
        contents.extend_from_slice(name.as_bytes());
        contents.extend(content);
    }
    let worker = WORKER.replacen("VERSION", &files::hash(&contents), 1).replacen(
        "\nFILES\n",
        &format!("\n{}\n", lines.join("\n")),
        1,
    );
    files::write(&page.join(NAME), worker)
}
