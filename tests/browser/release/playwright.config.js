// Run by `cargo xtask release --check`, which unpacks the files of a release and says where they lie.
import { defineConfig } from "@playwright/test";

if (!process.env.SITE) throw new Error("these tests are run by: cargo xtask release --check");

export default defineConfig({
  testDir: ".",
  testMatch: "release.js",
  outputDir: "../../../target/browser-tests/release",
  reporter: "list",
  workers: 1,
  timeout: 60_000,
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] },
    viewport: { width: 1280, height: 900 },
    locale: "en-US",
  },
});
