// What is kept in the browser, and how a test gets at it.
import { running } from "./fixtures.js";
import { setSpec, wholeText } from "./page.js";

export const job = (name) => `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\n`;
export const link = (name) => `#t=${Buffer.from(job(name)).toString("base64url")}`;
export const write = (page, name) => setSpec(page, () => job(name));
// The name of the Job in a text; a Scenario behind it stays as it is.
export const nameIn = (text) => text.match(/name: ([\w-]+)/)[1];
export const name = async (page) => nameIn(await wholeText(page));
export const kept = async (page) => nameIn(await page.evaluate(() => localStorage.getItem("job-playground.text")));

export async function reload(page) {
  await page.reload();
  await running(page);
}

// Every so many calls of a method of storage throw.
export const failEvery = ([methods, name, every]) => {
  let calls = 0;
  for (const method of methods) {
    const real = Storage.prototype[method];
    Storage.prototype[method] = function (...values) {
      calls += 1;
      if (calls % every === 0) throw new DOMException("made to fail", name);
      return real.apply(this, values);
    };
  }
};
