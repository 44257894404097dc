//! Everything that reads what people write, given what nobody would write: no input may cause a panic, an overflow, or
//! cost more time or memory than [`run`] allows. The same number gives the same input on every machine.
//!
//! `cargo test` tries some thousands for each target. A long run also prints which inputs were the slowest, and keeps
//! slow and failing ones in `target/fuzz-found`; the profile `fuzz` is quick and keeps overflow checks and debug assertions:
//! `FUZZ=1000000 cargo test --profile fuzz --test fuzz -- --nocapture TARGET` (`FUZZ_FROM=N` begins at input N). A target
//! is a test: `text`, `link`, `command_line`, `shell`, `schedule`, `lesson`, `scenario`.

mod check;
mod lessons;
mod mutate;
mod run;
mod targets;
mod tokens;

use run::Target;
use std::fs;
use support::{files, shown};

/// Inputs that long runs found, reduced, and those that people found (`seeds`).
#[test]
fn what_was_found_no_longer_breaks_anything() {
    for (folder, least) in [("tests/manifest/found", 5), ("tests/fuzz/seeds", 8)] {
        let found = files(folder);
        assert!(found.len() > least, "{}", found.len());
        for path in found {
            check::everything(&fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", shown(&path))), 0);
        }
    }
}

/// Whole texts: read, answered, edited, printed, a part of them recorded and explained.
#[test]
fn text() {
    run::run(&Target { name: "text", inputs: 10_000, input: targets::text, check: check::everything });
}

/// Fragments of addresses.
#[test]
fn link() {
    run::run(&Target { name: "link", inputs: 3_000, input: targets::link, check: targets::open });
}

/// kubectl's command lines, parsed and run.
#[test]
fn command_line() {
    run::run(&Target { name: "command_line", inputs: 5_000, input: targets::command_line, check: targets::command });
}

/// Commands of containers, from which is guessed what a program does.
#[test]
fn shell() {
    run::run(&Target { name: "shell", inputs: 10_000, input: targets::script, check: targets::guess });
}

/// Schedules of CronJobs in all zones.
#[test]
fn schedule() {
    run::run(&Target { name: "schedule", inputs: 3_000, input: targets::schedule, check: targets::next_times });
}

/// Texts with lessons, tried and said in words.
#[test]
fn lesson() {
    run::run(&Target { name: "lesson", inputs: 500, input: lessons::text, check: lessons::tried });
}

/// Texts most of which can be run, each recorded and explained.
#[test]
fn scenario() {
    run::run(&Target { name: "scenario", inputs: 500, input: targets::scenario, check: targets::film });
}
