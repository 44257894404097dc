//! What the browser tests stand on: Node, Chromium, fonts for Chinese, and the packages of `tests/browser`.

use crate::{Failure, files};
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const INSTALL: &str = "apt-get update && apt-get install -y chromium fonts-noto-cjk nodejs npm";

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
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| on_path(name))
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

/// Installs what is missing where that is welcome (`CI=true`, as root, on Debian); says what is missing elsewhere.
pub(crate) fn prepare() -> Result<(), Failure> {
    let missing = missing();
    if !missing.is_empty() {
        if !may_install() {
            let names = missing.join(", ");
            return Err(format!("missing for the browser tests: {names}\n{INSTALL}").into());
        }
        run(Command::new("sh").args(["-c", INSTALL]).env("DEBIAN_FRONTEND", "noninteractive"), INSTALL)?;
    }
    install_packages()
}

fn missing() -> Vec<&'static str> {
    let found = [
        ("Chromium", chromium().is_some()),
        ("fonts for Chinese", has_chinese_fonts()),
        ("Node", on_path("node").is_some()),
        ("npm", on_path("npm").is_some()),
    ];
    found.iter().filter(|(_, found)| !found).map(|(name, _)| *name).collect()
}

fn may_install() -> bool {
    let is_root = || Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    env::var("CI").is_ok_and(|value| value == "true") && Path::new("/etc/debian_version").exists() && is_root()
}

/// Without them Chinese is boxes in the pictures. Only Linux may lack them.
fn has_chinese_fonts() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    match Command::new("fc-list").arg(":lang=zh-cn").output() {
        Ok(output) => !output.stdout.is_empty(),
        Err(_) => Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists(),
    }
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
    run(&mut npm, "npm ci in tests/browser")
}

fn run(command: &mut Command, name: &str) -> Result<(), Failure> {
    println!("{name}");
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name}: {status}").into()),
        Err(error) => Err(format!("{name}: {error}").into()),
    }
}

fn on_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}
