// Where the page may stand, and how it is reached there: three hosts that forbid or lack something.
import http from "node:http";
import { networkInterfaces } from "node:os";

const local = process.env.JOB_PLAYGROUND_URL;

// A server for as long as an address of it is used.
async function serve(host, answer, use) {
  const server = http.createServer(answer);
  await new Promise((listens) => server.listen(0, host, listens));
  await use(`http://${host}:${server.address().port}/`).finally(() => server.close());
}

// A machine in this network serves the page without TLS: no secure context, so no clipboard and no service worker.
function overPlainHttp(use) {
  const found = Object.values(networkInterfaces()).flat();
  const lan = found.find((one) => one.family === "IPv4" && !one.internal)?.address;
  if (!lan) throw new Error("this machine is in no network: nothing to test plain http with");
  const pass = (request, response) =>
    http.get(new URL(request.url, local), (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
  return serve(lan, pass, use);
}

// Another site shows it, in a frame that may run scripts and nothing else: storage, history and clipboard throw.
function withinFrame(use) {
  const site = `<!doctype html><html lang="en"><title>A page of someone else</title><link rel="icon" href="data:,">
    <style>html, body, iframe { margin: 0; border: 0; display: block; width: 100%; height: 100vh; }</style>
    <iframe sandbox="allow-scripts" src="${local}"></iframe>`;
  const answer = (_, response) => response.setHeader("Content-Type", "text/html; charset=utf-8").end(site);
  return serve("127.0.0.1", answer, use);
}

export const PLACES = [
  { name: "a strict policy", framed: false, reach: (use) => use(local) },
  { name: "a frame without an origin", framed: true, reach: withinFrame },
  { name: "plain http", framed: false, reach: overPlainHttp },
];
