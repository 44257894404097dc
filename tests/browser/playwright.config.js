// Run by `cargo xtask test`, which serves the release build and says where.
import { defineConfig } from "@playwright/test";

if (!process.env.JOB_PLAYGROUND_URL) throw new Error("the browser tests are run by: cargo xtask test");

const target = "../../target/browser-tests";

export default defineConfig({
  testDir: ".",
  outputDir: `${target}/results`,
  snapshotDir: `${target}/pictures`,
  reporter: "./reporter.js",
  forbidOnly: true,
  retries: 0,
  workers: 1,
  timeout: 60_000,
  use: {
    baseURL: process.env.JOB_PLAYGROUND_URL,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    {
      name: "wide-light-en",
      use: { viewport: { width: 1440, height: 900 }, colorScheme: "light", locale: "en-US" },
    },
    {
      name: "phone-dark-zh",
      testIgnore: "once/**",
      use: { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "zh-CN", hasTouch: true },
    },
  ],
});
