// A page whose program breaks, and what is left of it.
import { open, running } from "./fixtures.js";

export const TEXT = "# 任务\napiVersion: batch/v1\nkind: Job\nmetadata: {name: mine}\n";
export const OTHER = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: other}\n";

// The trap that ends a panicking program.
export const provoked = /unreachable|panicked|the page hangs/;

// As a person would see it: the error is thrown where nobody catches it.
export const breakDown = (page) =>
  page.evaluate(() => {
    setTimeout(() => window.wasmBindings.panic("the reason"));
  });

export const data = (text) => Buffer.from(text).toString("base64url");
export const link = (text) => `#t=${data(text)}`;
export const panel = (page) => page.getByRole("alertdialog");
export const quiet = (page) => page.locator("#quiet");
export const isLoaded = (page) => page.evaluate(() => Boolean(window.wasmBindings));
export const marks = (page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("job-playground.reading.")).length);

// Opens the page with this text as one's own.
export async function openOwn(page, text) {
  await open(page);
  await page.evaluate((own) => localStorage.setItem("job-playground.text", own), text);
  await page.reload();
  await running(page);
}
