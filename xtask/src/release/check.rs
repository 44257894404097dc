//! Tries the files of a release as others will: unpacked, installed, opened in Chromium.

use super::npm::compiler;
use super::{SUMS, archive};
use crate::command::run;
use crate::{Failure, browser, cargo, files};
use std::path::Path;
use std::process::Command;

/// Projects of others, for what is in the package of npm.
const PROJECT: &str = "tests/browser/release/project";

/// A text that runs for some time.
const TEXT: &str = "tests/conformance/curated/backoff_limit_two_then_success.yaml";

/// All of them.
pub(super) fn all(release: &Path, version: &str) -> Result<(), Failure> {
    let tried = files::root().join("target/release-check");
    files::remove(&tried)?;
    sums(release)?;
    // The page lies in a folder of a site, and the versions of the player in the root of it.
    unpack(&release.join(format!("job-playground-{version}-page.zip")), &tried.join("site/some/where"))?;
    unpack(&release.join(format!("job-playground-{version}-embed.zip")), &tried.join("site"))?;
    let terminal = format!("job-playground-{version}-{}", cargo::host()?);
    unpack(&release.join(format!("{terminal}.zip")), &tried)?;
    let program = tried.join(terminal).join(format!("job-playground{}", std::env::consts::EXE_SUFFIX));
    run(Command::new(&program).args(["run", TEXT]).current_dir(files::root()))?;
    let project = tried.join("site/project");
    files::copy(&files::root().join(PROJECT), &project)?;
    let package = release.join(format!("job-playground-{version}.tgz"));
    let install = ["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", "--save-exact"];
    run(Command::new("npm").args(install).arg(&package).current_dir(&project))?;
    run(Command::new("node").arg("use.mjs").current_dir(&project).env("JOB_PLAYGROUND", &program))?;
    run(compiler(&project)?.args(["-p", "."]))?;
    cargo::run(&["package", "--package", "job-playground", "--locked", "--allow-dirty"])?;
    let mut tests = browser::tests_of_site("release/release.js", &tried.join("site"))?;
    run(tests.env("VERSION", version).env("JOB_PLAYGROUND", &program))
}

/// What is beside the sums has them.
fn sums(release: &Path) -> Result<(), Failure> {
    for line in files::read_text(&release.join(SUMS))?.lines() {
        let (_, name) = line.split_once("  ").ok_or("a line without a name")?;
        if super::sum_line(name, &files::read(&release.join(name))?).trim_end() != line {
            return Err(format!("{name} has another sum than {SUMS} says").into());
        }
    }
    Ok(())
}

fn unpack(zip: &Path, to: &Path) -> Result<(), Failure> {
    for (name, content, is_program) in archive::unzipped(files::read(zip)?)? {
        let path = to.join(name);
        files::write(&path, content)?;
        if is_program {
            make_executable(&path)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn make_executable(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?)
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<(), Failure> {
    Ok(())
}
