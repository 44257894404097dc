//! Everything that must hold, one part after the other, and one closing line. A part that fails does not stop the
//! others: one run tells all that is wrong. The page is built beside the tests.

use crate::browser::Browsers;
use crate::{Failure, browser, cargo, chunks, page, server, sizes};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// How many tests passed and failed, and the lines that name those that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u64,
    failed: u64,
    failures: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.failures.extend(other.failures);
    }
}

/// All parts.
pub(crate) fn all(browsers: Browsers) -> Result<(), Failure> {
    browser::prepare(browsers)?;
    let mut parts = Parts::default();
    parts.without_browser();
    parts.with_browser(browsers);
    parts.closing_line()
}

/// All parts but those that need Chromium and Node.
pub(crate) fn all_but_browser() -> Result<(), Failure> {
    let mut parts = Parts::default();
    parts.without_browser();
    parts.closing_line()
}

/// What has been checked so far.
#[derive(Default)]
struct Parts {
    tally: Tally,
    failed: Vec<&'static str>,
    skipped: Vec<&'static str>,
}

impl Parts {
    fn without_browser(&mut self) {
        self.check("formatting", run(cargo::cargo().args(["fmt", "--all", "--check"])));
        self.check("clippy", run(&mut clippy(&["--workspace", "--all-targets"])));
        self.licenses();
        let wasm = cargo::add_wasm_target();
        self.check(
            "clippy of the page",
            wasm.and_then(|()| run(&mut clippy(&["--target", cargo::WASM, "--features", chunks::FEATURE]))),
        );
        // One thread makes most of it, and in a folder of its own, so that cargo does not wait for cargo. Tests, too, leave
        // cores idle.
        let page = thread::spawn(|| page::build(page::Kind::Release).map_err(|failure| failure.to_string()));
        self.count(
            "cargo test",
            counted(cargo::cargo().args(["test", "--workspace", "--no-fail-fast"]), "test result:"),
        );
        // What of the page needs no browser: its state, the keys, how words are typed.
        self.count(
            "cargo test of the page",
            counted(cargo::cargo().args(["test", "--lib", "--features", "web", "web::"]), "test result:"),
        );
        let terminal = cargo::build_terminal();
        self.count("conformance", terminal.and_then(|path| counted(&mut conformance(&path), "")));
        let page = page.join().unwrap_or_else(|_| Err("its build broke".into()));
        self.check("page", page.map_err(Failure::from).and_then(|()| sizes::check_ceiling()));
    }

    fn with_browser(&mut self, browsers: Browsers) {
        self.count("browser tests", browser_tests(browsers));
    }

    /// Building cargo-deny takes minutes, so it is for whoever runs this to install it; `.ci/run` does.
    fn licenses(&mut self) {
        let name = "licenses";
        if cargo::cargo().args(["deny", "--version"]).output().is_ok_and(|output| output.status.success()) {
            self.check(name, run(cargo::cargo().args(["deny", "--workspace", "check", "licenses", "bans"])));
        } else {
            self.skipped.push(name);
            println!("== {name}: not checked, that needs cargo-deny: cargo install cargo-deny --locked\n");
        }
    }

    /// A part that holds or does not.
    fn check(&mut self, name: &'static str, result: Result<(), Failure>) {
        self.count(name, result.map(|()| Tally { passed: 1, ..Tally::default() }));
    }

    /// A part with many tests.
    fn count(&mut self, name: &'static str, result: Result<Tally, Failure>) {
        let tally = result.unwrap_or_else(|failure| {
            eprintln!("{name}: {failure}");
            Tally { failed: 1, ..Tally::default() }
        });
        if tally.failed > 0 {
            self.failed.push(name);
        }
        println!("== {name}: {} passed, {} failed\n", tally.passed, tally.failed);
        self.tally.add(tally);
    }

    fn closing_line(self) -> Result<(), Failure> {
        let Tally { passed, failed, failures } = self.tally;
        let mut counts = format!("{passed} passed, {failed} failed");
        if !self.skipped.is_empty() {
            println!("skipped: {}", self.skipped.join(", "));
            counts += &format!(", {} skipped", self.skipped.len());
        }
        if self.failed.is_empty() {
            println!("{counts}");
            return Ok(());
        }
        for failure in failures {
            println!("{failure}");
        }
        println!("failed: {}", self.failed.join(", "));
        Err(counts.into())
    }
}

fn clippy(what: &[&str]) -> Command {
    let mut command = cargo::cargo();
    command.arg("clippy").args(what).args(["--", "-D", "warnings"]);
    command
}

fn conformance(terminal: &Path) -> Command {
    let mut command = Command::new(terminal);
    command.current_dir(crate::files::root()).args(["conformance", "tests/conformance"]);
    command
}

fn browser_tests(browsers: Browsers) -> Result<Tally, Failure> {
    let address = server::serve_dist()?;
    let terminal = cargo::build_terminal()?;
    let mut command = browser::playwright(&address, browsers)?;
    counted(command.env("JOB_PLAYGROUND", terminal), "browser:")
}

fn run(command: &mut Command) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{status}").into()),
        Err(error) => Err(format!("cannot start: {error}").into()),
    }
}

/// Runs tests, shows what they print, and sums up the lines that begin with `mark` and tell a count.
fn counted(command: &mut Command, mark: &str) -> Result<Tally, Failure> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| format!("cannot start: {error}"))?;
    let mut tally = Tally::default();
    for line in BufReader::new(child.stdout.take().ok_or("no output")?).lines() {
        let line = line?;
        println!("{line}");
        if line.starts_with(mark)
            && let Some(counts) = counts(&line)
        {
            tally.add(counts);
        } else if names_a_failure(&line) && !tally.failures.contains(&line) {
            tally.failures.push(line);
        }
    }
    let status = child.wait()?;
    if tally == Tally::default() {
        return Err(format!("no test ran ({status})").into());
    }
    if !status.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// `12 passed; 0 failed; 1 ignored` or `12 passed, 0 failed`, with anything before and after.
fn counts(line: &str) -> Option<Tally> {
    let before = |word: &str| line.split_once(word)?.0.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok();
    Some(Tally { passed: before(" passed")?, failed: before(" failed")?, ..Tally::default() })
}

/// The line of a test of Rust, a case of the conformance or a test in a browser that failed.
fn names_a_failure(line: &str) -> bool {
    line.ends_with(" ... FAILED") || line.ends_with(" differs") || line.starts_with("failed  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_closing_lines_of_all_parts() {
        let cases = [
            ("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out", Some((12, 0))),
            ("1163 passed, 2 failed", Some((1163, 2))),
            ("browser: 8 passed, 0 failed, 0 skipped", Some((8, 0))),
            ("curated/evict_default: passed", None),
        ];
        for (line, expected) in cases {
            assert_eq!(counts(line).map(|tally| (tally.passed, tally.failed)), expected, "{line}");
        }
    }

    #[test]
    fn knows_the_lines_that_name_a_failure() {
        let cases = [
            ("test rules::every_rule ... FAILED", true),
            ("test rules::every_rule ... ok", false),
            ("tests/conformance/curated/evict.trace: line 3 differs", true),
            ("failed  wide-light-en  smoke.spec.js  has no barriers  1485 ms", true),
            ("passed  wide-light-en  smoke.spec.js  a failed Job  1485 ms", false),
        ];
        for (line, expected) in cases {
            assert_eq!(names_a_failure(line), expected, "{line}");
        }
    }
}
