// The files of a site, as a plain server sends them.
import { test as base } from "@playwright/test";
import { readFileSync, statSync } from "node:fs";
import http from "node:http";
import { extname, join } from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json" };

const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile();

// A folder stands for the page in it; `.html` may be left out.
const found = (path) => [path, join(path, "index.html"), `${path}.html`].find(isFile);

export const test = base.extend({
  site: async ({ page }, use) => {
    const server = http.createServer(({ url }, response) => {
      const file = found(join(process.env.SITE, decodeURIComponent(new URL(url, "http://site").pathname)));
      // Browsers ask for an icon, whether there is one or not.
      const missing = url === "/favicon.ico" ? 204 : 404;
      response.writeHead(file ? 200 : missing, { "Content-Type": TYPES[extname(file ?? "")] ?? "application/octet-stream" });
      response.end(file ? readFileSync(file) : "");
    });
    await new Promise((listens) => server.listen(0, "127.0.0.1", listens));
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(`${message.text()} ${message.location().url}`));
    await use({ address: `http://127.0.0.1:${server.address().port}`, errors });
    server.closeAllConnections();
    server.close();
  },
});
