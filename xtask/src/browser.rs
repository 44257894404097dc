//! What the browser tests stand on: Node, Chromium, fonts for Chinese, and the packages of `tests/browser`.

use crate::{Failure, files, install};
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const CHROME_OF_MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Where the browser tests lie.
pub(crate) fn tests() -> PathBuf {
    files::root().join("tests/browser")
}

/// The tool that makes the wasm smaller, if Node and it are installed.
pub(crate) fn wasm_opt() -> Option<PathBuf> {
    let tool = tests().join("node_modules/binaryen/bin/wasm-opt");
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

/// The browser tests, for the page at an address.
pub(crate) fn playwright(address: &str) -> Result<Command, Failure> {
    let mut command = script("node_modules/@playwright/test/cli.js", address)?;
    command.arg("test");
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
pub(crate) fn prepare() -> Result<(), Failure> {
    install::what_is_missing()?;
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
    match npm.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("npm ci in tests/browser: {status}").into()),
        Err(error) => Err(format!("npm ci in tests/browser: {error}").into()),
    }
}

/// A program on the path.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}
