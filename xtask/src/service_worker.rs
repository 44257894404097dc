//! Offline: a service worker with the list of all files and a version over their contents. Only of a release: while
//! one works on the page it would serve yesterday's.

use crate::{Failure, files};
use std::path::Path;

/// The end of a release's start script. Not within a frame: an embedding page keeps its readers' storage to itself. The
/// address of a worker has to be a trusted one; the only policy of the page knows no other.
pub(crate) const REGISTER: &str = "\
const policy = window.trustedTypes?.createPolicy(\"service-worker\", { createScriptURL: () => \"sw.js\" });
const worker = policy?.createScriptURL(\"\") ?? \"sw.js\";
if (window === top) navigator.serviceWorker?.register(worker).catch(() => {});\n";

/// The end of any other start script: a release may have been served at the same address before.
pub(crate) const UNREGISTER: &str = "\
if (window === top) navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((one) => one.unregister()));\n";

const WORKER: &str = r#"// Keeps the page for use without a network. Written by `cargo xtask build --release`.
const FAMILY = `job-playground ${registration.scope} `;
const CACHE = FAMILY + "VERSION";
const FILES = [
FILES
];

addEventListener("install", (event) => {
  const requests = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(FAMILY) && name !== CACHE;
  const remove = (names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(remove).then(() => clients.claim()));
});

// A page from the network if there is one, so that a new release is seen at once; files from the cache, since their
// names or the version tell their content.
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  const cached = (key) => caches.open(CACHE).then((cache) => cache.match(key));
  event.respondWith(
    request.mode === "navigate"
      ? fetch(request).catch(async () => (await cached("./")) ?? Response.error())
      : cached(request).then((response) => response ?? fetch(request)),
  );
});
"#;

/// Writes `sw.js` for a page that is complete but for it.
pub(crate) fn write(page: &Path) -> Result<(), Failure> {
    let mut contents = Vec::new();
    let mut names = vec!["  \"./\",".to_owned()];
    for path in files::under(page)? {
        let name = files::address(&path, page);
        contents.extend_from_slice(name.as_bytes());
        contents.extend(files::read(&path)?);
        if name != "index.html" {
            names.push(format!("  \"{name}\","));
        }
    }
    let worker = WORKER.replacen("VERSION", &files::hash(&contents), 1).replacen(
        "\nFILES\n",
        &format!("\n{}\n", names.join("\n")),
        1,
    );
    files::write(&page.join("sw.js"), worker)
}
