// Run by `cargo xtask hosts NAME` and `cargo xtask release --check`, which make a site and say where it lies, and which of
// the tests are of it.
import { defineConfig } from "@playwright/test";

const { SITE, TESTS, HOST = "" } = process.env;
if (!SITE || !TESTS) throw new Error("these tests are run by: cargo xtask hosts NAME, cargo xtask release --check");

export default defineConfig({
  testDir: "..",
  testMatch: TESTS,
  outputDir: `../../../target/browser-tests/${TESTS.replace(/\/.*/, "")}/${HOST}`,
  reporter: "list",
  workers: 1,
  timeout: 60_000,
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] },
    viewport: { width: 1280, height: 900 },
    locale: "en-US",
  },
});
