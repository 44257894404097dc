//! The reader and everything behind it, given texts that nobody would write: no input may cause a panic, a diagnostic
//! outside of the text, or one without words. The same number gives the same input on every machine.
//!
//! `cargo test` tries ten thousand. A long run also prints which inputs were the slowest, and keeps slow and failing ones
//! in `target/fuzz`: `FUZZ=1000000 cargo test --release --test fuzz -- --nocapture` (`FUZZ_FROM=N` begins at input N).

mod check;
mod mutate;

use mutate::Seeds;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::{env, fs, thread};
use support::{files, root, shown};

/// How many inputs are tried unless `FUZZ` says otherwise.
const INPUTS: u64 = 10_000;

/// Inputs that long runs found, reduced.
#[test]
fn what_long_runs_found_no_longer_breaks_anything() {
    let found = files("tests/manifest/found");
    assert!(found.len() > 5, "{}", found.len());
    for path in found {
        check::everything(&fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", shown(&path))), 0);
    }
}

/// As much as WebAssembly has. Frames of a debug build are several times as big.
const STACK: usize = if cfg!(debug_assertions) { 8 << 20 } else { 1 << 20 };

#[test]
fn no_input_breaks_the_reader() {
    let number = |name: &str| env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let (inputs, from) = (number("FUZZ"), number("FUZZ_FROM").unwrap_or_default());
    let is_long = inputs.is_some();
    let seeds = Arc::new(Seeds::of_repository());
    let report = Arc::new(Mutex::new(Report::default()));
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get().min(4)) as u64;
    let workers: Vec<_> = (0..threads)
        .map(|worker| {
            let (seeds, report) = (Arc::clone(&seeds), Arc::clone(&report));
            let last = from + inputs.unwrap_or(INPUTS);
            let work = move || {
                for number in (from + worker..last).step_by(threads as usize) {
                    attempt(number, &seeds.input(number), is_long, &report);
                }
            };
            thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread")
        })
        .collect();
    let died = workers.into_iter().map(thread::JoinHandle::join).filter(Result::is_err).count();
    let report = report.lock().expect("no thread died with it");
    if is_long {
        println!("{} inputs, {} bytes; the slowest: {:?}", report.inputs, report.bytes, report.slowest);
    }
    assert!(report.failures.is_empty() && died == 0, "{}", report.failures.join("\n"));
}

#[derive(Default)]
struct Report {
    inputs: u64,
    bytes: usize,
    /// Milliseconds and number of the slowest inputs.
    slowest: Vec<(u128, u64)>,
    failures: Vec<String>,
}

#[expect(clippy::disallowed_types, reason = "a long run measures; nothing depends on it")]
fn attempt(number: u64, bytes: &[u8], is_long: bool, report: &Mutex<Report>) {
    let began = is_long.then(std::time::Instant::now);
    let outcome = catch_unwind(AssertUnwindSafe(|| check::everything(bytes, number)));
    let took = began.map_or(0, |began| began.elapsed().as_millis());
    let mut report = report.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    report.inputs += 1;
    report.bytes += bytes.len();
    report.slowest.push((took, number));
    report.slowest.sort_unstable_by(|one, other| other.cmp(one));
    report.slowest.truncate(5);
    let folder = root().join("target/fuzz");
    let file = folder.join(format!("{number}.yaml"));
    if took > 1000 {
        let _ = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, bytes));
    }
    let Err(panic) = outcome else { return };
    let message = panic.downcast_ref::<String>().cloned();
    let message = message.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    if report.failures.len() < 50 {
        let kept = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, bytes));
        let kept = kept.map_or_else(|error| error.to_string(), |()| file.display().to_string());
        report.failures.push(format!("input {number}: {}\n  kept: {kept}", message.unwrap_or_default()));
    }
}
