//! Cargo, asked from outside: what to build, and where the result lies.

use crate::{Failure, command, files};
use serde_json::Value;
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What the page is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Cargo, in the root of the project.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What `cargo xtask` was told about itself is not meant for what it builds.
    command.current_dir(files::root()).env_remove("CARGO_MANIFEST_DIR");
    command
}

fn rustc() -> Command {
    let mut command = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.current_dir(files::root());
    command
}

/// Cargo, for what is given away: the user's flags, and more that keep the builder's folders out of it. They would tell
/// who built it, and give it another name on every machine.
fn cargo_without_paths() -> Command {
    let mut command = cargo();
    command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags_without_paths());
    command
}

/// Adds the wasm target to the tool chain in use, if it is missing. Changes nothing else of the tool chain.
pub(crate) fn add_wasm_target() -> Result<(), Failure> {
    let output = rustc()
        .args(["--print", "target-libdir", "--target", WASM])
        .output()
        .map_err(|error| format!("cannot start rustc: {error}"))?;
    let folder = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && PathBuf::from(folder.trim()).is_dir() {
        return Ok(());
    }
    println!("adding the target {WASM} with rustup");
    let added = Command::new("rustup").args(["target", "add", WASM]).current_dir(files::root()).status();
    match added {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!("the target {WASM} is missing: rustup target add {WASM}").into()),
    }
}

/// Builds a bin of the page with a profile, and tells where its wasm lies. `arguments`: for the compiler of the bin alone.
pub(crate) fn build_wasm(bin: &str, features: &str, profile: &str, arguments: &[&str]) -> Result<PathBuf, Failure> {
    let mut command = cargo_without_paths();
    command.args(["rustc", "--target", WASM, "--bin", bin, "--features", features, "--profile", profile]);
    built(command, bin, arguments, |artifact| {
        let names = artifact["filenames"].as_array()?;
        names.iter().filter_map(Value::as_str).find(|name| name.ends_with(".wasm")).map(PathBuf::from)
    })
}

/// Builds the terminal front end, and tells where it lies.
pub(crate) fn build_terminal() -> Result<PathBuf, Failure> {
    built_terminal(cargo(), &[])
}

/// Builds it to be given away, and tells where it lies.
pub(crate) fn build_terminal_for_release() -> Result<PathBuf, Failure> {
    built_terminal(cargo_without_paths(), &["--release", "--locked"])
}

fn built_terminal(mut command: Command, options: &[&str]) -> Result<PathBuf, Failure> {
    command.args(["build", "--bin", "job-playground"]).args(options);
    built(command, "job-playground", &[], |artifact| artifact["executable"].as_str().map(PathBuf::from))
}

/// What Cargo.toml says, and where cargo puts things.
pub(crate) struct Package {
    pub(crate) version: String,
    pub(crate) target: PathBuf,
}

/// The package that is built and given away.
pub(crate) fn package() -> Result<Package, Failure> {
    let output = cargo().args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
    let known: Value = serde_json::from_slice(&output.stdout)?;
    let packages = known["packages"].as_array().into_iter().flatten();
    let version =
        packages.filter(|package| package["name"] == "job-playground").find_map(|own| own["version"].as_str());
    match (version, known["target_directory"].as_str()) {
        (Some(version), Some(target)) => Ok(Package { version: version.to_owned(), target: target.into() }),
        _ => Err("cargo does not know the package job-playground".into()),
    }
}

/// The machine that this runs on, as rustc names it.
pub(crate) fn host() -> Result<String, Failure> {
    let output = rustc().arg("-vV").output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("rustc does not name its host")?.to_owned())
}

/// Runs cargo, and fails if it does.
pub(crate) fn run(arguments: &[&str]) -> Result<(), Failure> {
    command::run_as(&format!("cargo {}", arguments.join(" ")), cargo().args(arguments))
}

/// Runs a build and finds the result in what cargo says about it: `target/` may be anywhere.
fn built(
    mut command: Command,
    bin: &str,
    arguments: &[&str],
    result: impl Fn(&Value) -> Option<PathBuf>,
) -> Result<PathBuf, Failure> {
    command.args(["--message-format", "json-render-diagnostics"]);
    if !arguments.is_empty() {
        command.arg("--").args(arguments);
    }
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| format!("cannot start cargo: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{bin}` does not build").into());
    }
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact" && message["target"]["name"] == bin)
        .find_map(|artifact| result(&artifact))
        .ok_or_else(|| format!("cargo does not tell where `{bin}` lies").into())
}

fn flags_without_paths() -> OsString {
    let mut flags: Vec<String> = match (env::var("CARGO_ENCODED_RUSTFLAGS"), env::var("RUSTFLAGS")) {
        (Ok(encoded), _) => encoded.split('\x1f').filter(|flag| !flag.is_empty()).map(str::to_owned).collect(),
        (Err(_), Ok(plain)) => plain.split_whitespace().map(str::to_owned).collect(),
        (Err(_), Err(_)) => Vec::new(),
    };
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from);
    let home_folder = |variable: &str, name: &str| {
        env::var_os(variable).map(PathBuf::from).or_else(|| home.as_ref().map(|home| home.join(name)))
    };
    // The last one that fits counts, so the more special stand later.
    let folders = [
        (home.clone(), "/home"),
        (home_folder("RUSTUP_HOME", ".rustup"), "/rustup"),
        (home_folder("CARGO_HOME", ".cargo"), "/cargo"),
        (Some(files::root()), "/job-playground"),
    ];
    for (folder, name) in folders {
        if let Some(folder) = folder {
            flags.push(format!("--remap-path-prefix={}={name}", folder.display()));
        }
    }
    flags.join("\x1f").into()
}
