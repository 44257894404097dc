//! What the browser tests stand on: Node, Chromium and perhaps other browsers, fonts for Chinese, and the packages of
//! `tests/browser`.

use crate::{Failure, command, files, install};
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const CHROME_OF_MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

const PLAYWRIGHT: &str = "node_modules/@playwright/test/cli.js";

/// In which browsers the page is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browsers {
    /// Everything in Chromium.
    Chromium,
    /// Some gestures in Firefox and WebKitGTK, too.
    All,
}

/// WebKitGTK's WebDriver, and the browser that it drives.
pub(crate) struct WebKit {
    driver: PathBuf,
    browser: PathBuf,
}

/// Where the browser tests lie.
pub(crate) fn tests() -> PathBuf {
    files::root().join("tests/browser")
}

/// The tool that makes the wasm smaller, if Node and it are installed.
pub(crate) fn wasm_opt() -> Option<PathBuf> {
    tool("binaryen/bin/wasm-opt")
}

/// The compiler that reads types from comments, likewise.
pub(crate) fn typescript() -> Option<PathBuf> {
    tool("typescript/bin/tsc")
}

/// The tool that makes scripts smaller, likewise.
pub(crate) fn terser() -> Option<PathBuf> {
    tool("terser/bin/terser")
}

fn tool(name: &str) -> Option<PathBuf> {
    let tool = tests().join("node_modules").join(name);
    (tool.exists() && on_path("node").is_some()).then_some(tool)
}

/// Chromium: `$CHROMIUM`, else the first that is found.
pub(crate) fn chromium() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    // Applications of macOS are not on the path.
    let of_mac = || Some(PathBuf::from(CHROME_OF_MAC)).filter(|path| path.is_file());
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| on_path(name)).or_else(of_mac)
}

/// Firefox: `$FIREFOX`, else the first that is found.
pub(crate) fn firefox() -> Option<PathBuf> {
    let found = || ["firefox-esr", "firefox"].iter().find_map(|name| on_path(name));
    env::var_os("FIREFOX").map(PathBuf::from).or_else(found)
}

/// WebKitGTK, as Debian packages it, with a display to show it on: Xvfb.
pub(crate) fn webkit() -> Option<WebKit> {
    on_path("xvfb-run").and(on_path("xauth"))?;
    let folders = std::fs::read_dir("/usr/lib").ok()?.flatten();
    let browser = folders.map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser")).find(|path| path.is_file())?;
    Some(WebKit { driver: on_path("WebKitWebDriver")?, browser })
}

/// The browser tests, for the page at an address.
pub(crate) fn playwright(address: &str, browsers: Browsers) -> Result<Command, Failure> {
    let mut command = script(PLAYWRIGHT, address)?;
    command.arg("test").env_remove("FIREFOX");
    if browsers == Browsers::All {
        let webkit = webkit().ok_or("there is no WebKitGTK")?;
        command.env("FIREFOX", firefox().ok_or("there is no Firefox")?);
        command.env("WEBKIT_DRIVER", webkit.driver).env("WEBKIT_BROWSER", webkit.browser);
    }
    Ok(command)
}

/// The tests in a file, for a site that lies in a folder.
pub(crate) fn tests_of_site(tests: &str, site: &Path) -> Result<Command, Failure> {
    let mut command = script(PLAYWRIGHT, "")?;
    command.args(["test", "--config", "sites/playwright.config.js"]).env("TESTS", tests).env("SITE", site);
    Ok(command)
}

/// A script of `tests/browser`, told the address of the page and where Chromium is.
pub(crate) fn script(path: &str, address: &str) -> Result<Command, Failure> {
    let mut command = Command::new("node");
    command.arg(path).current_dir(tests());
    command.env("CHROMIUM", chromium().ok_or("there is no Chromium")?).env("JOB_PLAYGROUND_URL", address);
    Ok(command)
}

/// Sees to it that all is there, or fails with what to do about it.
pub(crate) fn prepare(browsers: Browsers) -> Result<(), Failure> {
    install::what_is_missing(browsers)?;
    install_packages()
}

/// `npm ci`, unless what it would install is there.
fn install_packages() -> Result<(), Failure> {
    let lock = tests().join("package-lock.json");
    let installed = tests().join("node_modules/.package-lock.json");
    let changed = |path: &Path| std::fs::metadata(path).and_then(|data| data.modified()).ok();
    if installed.exists() && changed(&installed) >= changed(&lock) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(tests()).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    println!("npm ci in tests/browser");
    command::run_as("npm ci in tests/browser", npm.stdin(Stdio::null()))
}

/// A program on the path.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}
