// Where the page may stand, and how it is reached there: three hosts that forbid or lack something. Each passes on what
// the local server sends, with a script that notes errors and violations of the policy before anything else runs.
import http from "node:http";
import { networkInterfaces } from "node:os";

const WATCH = `
window.watched = [];
addEventListener("error", (event) => watched.push(event.message ?? "a file: " + event.target.outerHTML), true);
addEventListener("unhandledrejection", (event) => watched.push(String(event.reason)));
document.addEventListener("securitypolicyviolation", (event) =>
  watched.push([event.violatedDirective, event.blockedURI, event.sourceFile, event.sample].join(" ")));`;

// What was noted, in any browser.
export const watched = (page) => page.evaluate(() => window.watched);

// A server for as long as an address of it is used.
async function serve(host, answer, use) {
  const server = http.createServer(answer);
  await new Promise((listens) => server.listen(0, host, listens));
  await use(`http://${host}:${server.address().port}/`).finally(() => server.close());
}

async function page({ url }, response) {
  if (url === "/watch.js") return response.setHeader("Content-Type", "text/javascript").end(WATCH);
  const answer = await fetch(new URL(url, process.env.JOB_PLAYGROUND_URL));
  const passed = ["content-type", "content-security-policy", "access-control-allow-origin"];
  for (const name of passed) if (answer.headers.has(name)) response.setHeader(name, answer.headers.get(name));
  response.writeHead(answer.status);
  if (url !== "/") return response.end(Buffer.from(await answer.arrayBuffer()));
  return response.end((await answer.text()).replace("<script", '<script src="watch.js"></script>$&'));
}

// Another site shows it, in a frame that may run scripts and nothing else: storage, history and clipboard throw.
const site = (address) => (_, response) =>
  response.setHeader("Content-Type", "text/html; charset=utf-8").end(`<!doctype html>
    <html lang="en"><title>A page of someone else</title><link rel="icon" href="data:,">
    <style>html, body, iframe { margin: 0; border: 0; display: block; width: 100%; height: 100vh; }</style>
    <iframe sandbox="allow-scripts" src="${address}"></iframe>`);

// The address of this machine in its network: without TLS it is no secure context, so there is no navigator.clipboard
// and no service worker.
function lan() {
  const found = Object.values(networkInterfaces()).flat().find((one) => one.family === "IPv4" && !one.internal);
  if (!found) throw new Error("this machine is in no network: nothing to test plain http with");
  return found.address;
}

const LOCAL = "127.0.0.1";
const POLICY = { name: "a strict policy", framed: false, reach: (use) => serve(LOCAL, page, use) };
const FRAME = {
  name: "a frame without an origin",
  framed: true,
  reach: (use) => serve(LOCAL, page, (address) => serve(LOCAL, site(address), use)),
};
const PLAIN_HTTP = { name: "plain http", framed: false, reach: (use) => serve(lan(), page, use) };

export const PLACES = [POLICY, FRAME, PLAIN_HTTP];
