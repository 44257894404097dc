//! What others take from here, as files: the page, what pages of others need, the package of npm, the crate and the
//! program for a terminal. The same tree gives the same files.

mod archive;
mod check;
mod npm;

use crate::browser::{self, Browsers};
use crate::{Failure, cargo, embed, files, headers, page};
use archive::Files;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha384};
use std::path::PathBuf;

/// Goes with everything.
const LICENSES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// Names and sums of all files beside it, as `sha256sum --check` reads them.
const SUMS: &str = "SHA256SUMS";

/// What `integrity` has to say about each script.
const INTEGRITY: &str = "integrity.json";

/// Where all of it lies.
fn folder() -> PathBuf {
    files::root().join("target/release-files")
}

/// Makes all files.
pub(crate) fn all() -> Result<(), Failure> {
    // Said before minutes of building.
    npm::compiler(&files::root())?;
    files::remove(&folder())?;
    page::build(page::Kind::Release)?;
    let package = cargo::package()?;
    page_zip(&package.version)?;
    let embed = embed_zip(&package.version)?;
    npm::pack(&package.version, &embed)?;
    crate_file(&package)?;
    terminal_zip(&package.version)?;
    sum()
}

/// Makes the file with the program alone, for the machine that this runs on.
pub(crate) fn terminal() -> Result<(), Failure> {
    files::remove(&folder())?;
    terminal_zip(&cargo::package()?.version)?;
    sum()
}

/// Makes all files and tries them.
pub(crate) fn checked() -> Result<(), Failure> {
    browser::prepare(Browsers::Chromium)?;
    all()?;
    check::all(&folder(), &cargo::package()?.version)
}

/// The page, for any folder of any server.
fn page_zip(version: &str) -> Result<(), Failure> {
    let mut files = Files::default();
    for path in files::under(&files::dist())? {
        files.add(files::address(&path, &files::dist()), files::read(&path)?);
    }
    license(&mut files, "")?;
    write(&format!("job-playground-{version}-page.zip"), &files.zipped()?)
}

/// What pages of others need, below an address that has the version in it and so can stay for ever; and the kits.
fn embed_zip(version: &str) -> Result<Files, Failure> {
    let own = format!("embed/{version}/");
    let mut files = Files::default();
    let built = files::dist().join(embed::FOLDER);
    for path in files::under(&built)? {
        files.add(format!("{own}{}", files::address(&path, &built)), files::read(&path)?);
    }
    for path in ["kits/job-playground.css", "static/film.v1.schema.json"] {
        let name = path.rsplit('/').next().unwrap_or(path);
        files.add(format!("{own}{name}"), files::read(&files::root().join(path))?);
    }
    let scripts = files.below(&own).filter(|(name, _)| name.ends_with(".js"));
    let integrity: Map<String, Value> = scripts.map(|(name, script)| (name.into(), json!(integrity(script)))).collect();
    files.add(format!("{own}{INTEGRITY}"), serde_json::to_string_pretty(&integrity)? + "\n");
    let sums: String = files.below(&own).map(|(name, content)| sum_line(name, content)).collect();
    files.add(format!("{own}{SUMS}"), sums);
    let with_origin = format!("\n  {}\n", headers::ANY_ORIGIN);
    files.add(headers::NAME, headers::OF_VERSIONS.replacen('\n', &with_origin, 1));
    for path in files::under(&files::root().join("kits"))? {
        files.add(files::address(&path, &files::root()), files::read(&path)?);
    }
    for path in ["docs/embedding.md", "docs/pictures.md"] {
        files.add(path, files::read(&files::root().join(path))?);
    }
    license(&mut files, "")?;
    write(&format!("job-playground-{version}-embed.zip"), &files.zipped()?)?;
    Ok(files)
}

/// The library and the program as crates.io takes them.
fn crate_file(package: &cargo::Package) -> Result<(), Failure> {
    // Whether it builds from what is in it: `check`.
    cargo::run(&["package", "--package", "job-playground", "--locked", "--no-verify", "--allow-dirty", "--quiet"])?;
    let name = format!("job-playground-{}.crate", package.version);
    write(&name, &files::read(&package.target.join("package").join(&name))?)
}

/// The program for a terminal.
fn terminal_zip(version: &str) -> Result<(), Failure> {
    let program = files::read(&cargo::build_terminal_for_release()?)?;
    let name = format!("job-playground-{version}-{}", cargo::host()?);
    let mut files = Files::default();
    files.add_program(format!("{name}/job-playground{}", std::env::consts::EXE_SUFFIX), program);
    files.add(format!("{name}/README.md"), files::read(&files::root().join("README.md"))?);
    license(&mut files, &format!("{name}/"))?;
    write(&format!("{name}.zip"), &files.zipped()?)
}

fn license(files: &mut Files, folder: &str) -> Result<(), Failure> {
    for name in LICENSES {
        files.add(format!("{folder}{name}"), files::read(&files::root().join(name))?);
    }
    Ok(())
}

/// Names and sums of what lies in the folder.
fn sum() -> Result<(), Failure> {
    let mut lines = String::new();
    for path in files::under(&folder())? {
        lines += &sum_line(&files::address(&path, &folder()), &files::read(&path)?);
    }
    print!("{lines}");
    files::write(&folder().join(SUMS), lines)
}

fn sum_line(name: &str, content: &[u8]) -> String {
    let sum: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{sum}  {name}\n")
}

/// As the attribute of a script has it.
fn integrity(script: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(script)))
}

fn write(name: &str, content: &[u8]) -> Result<(), Failure> {
    println!("{name}: {} bytes", content.len());
    files::write(&folder().join(name), content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_that_others_compute() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.js\n";
        assert_eq!(sum_line("a.js", b""), empty);
        assert!(integrity(b"").starts_with("sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"));
    }

    #[test]
    fn what_says_its_version_says_that_of_the_package() {
        let version = cargo::package().expect("cargo knows the package").version;
        let script = files::read_text(&files::root().join("static/embed/embed.js")).expect("embed.js");
        assert!(script.contains(&format!("const VERSION = \"{version}\";")), "embed.js is not of {version}");
    }
}
