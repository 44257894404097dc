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
  // A second try tells a fault of the page from one of the machine; what needed it is printed as flaky.
  retries: 1,
  // As many as the cores of a small machine. One more gains nothing, and keys come late.
  workers: 2,
  timeout: 60_000,
  use: {
    baseURL: process.env.JOB_PLAYGROUND_URL,
    // Recording costs as much as opening the page, so it is done when a test is tried again.
    trace: "on-first-retry",
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
      testIgnore: "hosts/webkit.spec.js",
      use: { viewport: { width: 1440, height: 900 }, colorScheme: "light", locale: "en-US" },
    },
    {
      name: "phone-dark-zh",
      testIgnore: ["**/once/**", "hosts/**"],
      use: { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "zh-CN", hasTouch: true },
    },
    // Firefox as it is packaged, over WebDriver BiDi; WebKit by webdriver.js. `cargo xtask test --all-browsers` names them.
    process.env.FIREFOX && {
      name: "firefox",
      testMatch: "hosts/hosts.spec.js",
      use: {
        browserName: "firefox",
        channel: "moz-firefox",
        launchOptions: { executablePath: process.env.FIREFOX },
        viewport: { width: 1440, height: 900 },
      },
    },
    process.env.WEBKIT_DRIVER && { name: "webkit", testMatch: "hosts/webkit.spec.js" },
  ].filter(Boolean),
});
