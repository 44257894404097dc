//! The package of npm: the element, the engine, what plugins for Markdown need, and the types of all of it. The plugins
//! are those of `kits/node`, the rest are the files for pages of others.

use super::{Files, folder};
use crate::command::run;
use crate::{Failure, browser, files};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Where its own files lie.
const SOURCES: &str = "kits/node";

/// What stands in `film.mjs` for the schema.
const SCHEMA: &str = "export const schema = {};";

/// Of the files for pages of others, those that make no sense in a package.
const LEFT_OUT: [&str; 3] = ["embed.html", super::SUMS, super::INTEGRITY];

/// Scripts whose types stand in their comments.
const WITH_TYPES: [&str; 6] = ["live.js", "svg.js", "film.mjs", "figure.mjs", "remark.mjs", "markdown-it.mjs"];

/// Writes the package, as `npm publish` takes it.
pub(super) fn pack(version: &str, embed: &Files) -> Result<(), Failure> {
    let package = files::root().join("target/npm");
    files::remove(&package)?;
    for (name, content) in embed.below(&format!("embed/{version}/")) {
        if !LEFT_OUT.contains(&name) {
            files::write(&package.join(name), content)?;
        }
    }
    files::copy(&files::root().join(SOURCES), &package)?;
    let script = package.join("film.mjs");
    let schema: Value = serde_json::from_slice(&files::read(&package.join("film.v1.schema.json"))?)?;
    let with_schema = format!("export const schema = {schema};");
    files::write(&script, files::filled("film.mjs", &files::read_text(&script)?, SCHEMA, &with_schema)?)?;
    types(&package)?;
    for name in super::LICENSES {
        files::write(&package.join(name), files::read(&files::root().join(name))?)?;
    }
    // The first of several conditions counts, so nothing in it changes its place.
    let manifest = package.join("package.json");
    files::write(&manifest, files::filled("package.json", &files::read_text(&manifest)?, "0.0.0", version)?)?;
    let mut npm = Command::new("npm");
    run(npm.args(["pack", "--silent", "--pack-destination"]).arg(folder()).current_dir(&package))
}

/// Writes the types of scripts beside them. They are read from the sources: what is made small has no comments.
fn types(package: &Path) -> Result<(), Failure> {
    let sources = files::root().join("target/npm-types");
    files::remove(&sources)?;
    files::copy(&files::root().join("static/embed"), &sources)?;
    files::copy(&files::root().join(SOURCES), &sources)?;
    let mut command = compiler(&sources)?;
    command.args(WITH_TYPES);
    command.args(["--allowJs", "--declaration", "--emitDeclarationOnly", "--skipLibCheck", "--outDir"]).arg(package);
    command.args(["--target", "es2023", "--module", "esnext", "--moduleResolution", "bundler"]);
    run(&mut command)
}

/// The compiler of types, in a folder.
pub(super) fn compiler(folder: &Path) -> Result<Command, Failure> {
    let path = browser::typescript().ok_or("typescript is not installed: npm ci in tests/browser")?;
    let mut command = Command::new("node");
    command.arg(path).current_dir(folder);
    Ok(command)
}
