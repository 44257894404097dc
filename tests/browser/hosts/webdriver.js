// A page in WebKitGTK, driven over WebDriver: Playwright drives only a WebKit of its own. As much of Playwright's page as
// gestures.js asks for.
import { spawn } from "node:child_process";
import { createServer } from "node:net";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const PATIENCE = 20_000;
const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function freePort() {
  const server = createServer();
  await new Promise((listens) => server.listen(0, "127.0.0.1", listens));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

export class WebKitPage {
  static async open() {
    const page = new WebKitPage();
    const port = await freePort();
    // A display of its own: WebKitGTK has no other way to run without a screen.
    page.driver = spawn("xvfb-run", ["-a", "-s", "-screen 0 1440x900x24", process.env.WEBKIT_DRIVER, `--port=${port}`], {
      detached: true, // a group of its own, so that all of it ends at the end
      stdio: "ignore",
    });
    page.root = `http://127.0.0.1:${port}/session`;
    const options = { binary: process.env.WEBKIT_BROWSER, args: ["--automation"] };
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": options } };
    const { sessionId } = await page.patiently(() => page.send("POST", "", { capabilities }));
    page.root += `/${sessionId}`;
    await page.send("POST", "/window/rect", { x: 0, y: 0, width: 1440, height: 900 });
    return page;
  }

  async close() {
    await this.send("DELETE", "").catch(() => {});
    process.kill(-this.driver.pid);
  }

  async send(method, path, body) {
    const response = await fetch(this.root + path, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  // Until it works: a driver that starts, an element that is on its way.
  async patiently(action) {
    for (const end = Date.now() + PATIENCE; ; await pause(100)) {
      try {
        return await action();
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }

  goto(url) {
    return this.send("POST", "/url", { url });
  }

  evaluate(what, argument) {
    return this.send("POST", "/execute/sync", { script: `return (${what})(arguments[0]) ?? null;`, args: [argument ?? null] });
  }

  async element(selector) {
    const found = await this.send("POST", "/element", { using: "css selector", value: selector });
    return `/element/${found[ELEMENT]}`;
  }

  click(selector) {
    return this.patiently(async () => this.send("POST", `${await this.element(selector)}/click`, {}));
  }

  async press(selector, text) {
    await this.send("POST", `${await this.element(selector)}/value`, { text });
  }

  async screenshot() {
    return Buffer.from(await this.send("GET", "/screenshot"), "base64");
  }
}
