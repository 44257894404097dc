// Run by `cargo xtask hosts NAME`, which builds the site and says where it lies.
import { defineConfig } from "@playwright/test";

if (!process.env.SITE) throw new Error("these tests are run by: cargo xtask hosts NAME");

export default defineConfig({
  testDir: ".",
  testMatch: "site.js",
  outputDir: `../../../target/browser-tests/sites/${process.env.HOST}`,
  reporter: "list",
  workers: 1,
  timeout: 60_000,
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] },
    viewport: { width: 1280, height: 900 },
    locale: "en-US",
  },
});
