//! Invariants over random scenarios: ten thousand in every run of the tests, each identified by its number. A failing
//! one is shrunk and printed, ready to be saved as a case.
//!
//! `SCENARIOS=200000` runs more of them, `SCENARIOS=417..418` only these.

mod dice;
mod generate;
mod invariants;
mod shrink;

use invariants::{CHEAP, EXPENSIVE, Invariant, Run};
use job_playground::manifest::answer::Answer;
use job_playground::manifest::{self, Code};
use serde_json::Value;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, Once};
use std::thread;
use support::{files_with, shown, text};

/// Scenarios per run, unless the environment says otherwise.
const SCENARIOS: u64 = 10_000;
/// One run in this many is also checked against the expensive invariants.
const SAMPLED: u64 = 16;

/// The invariant that a text violates, and how.
struct Failure {
    invariant: &'static str,
    detail: String,
}

/// The invariant that a panic violates.
const NO_PANIC: &str = "nothing panics";

/// Totals of all runs, to show that the scenarios are not empty.
#[derive(Default)]
struct Seen {
    steps: AtomicU64,
    pods: AtomicU64,
    finished: AtomicU64,
    refused: AtomicU64,
}

#[test]
fn invariants_hold_in_random_scenarios() {
    let numbers = numbers();
    let seen = Seen::default();
    let broken = Mutex::new(BTreeMap::new());
    let next = AtomicU64::new(numbers.start);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= numbers.end {
                        break;
                    }
                    if let Some(found) = failure(&generate::documents(number), number.is_multiple_of(SAMPLED), &seen) {
                        let mut broken = broken.lock().expect("no thread panics");
                        let (lowest, times) = broken.entry(found.invariant).or_insert((number, 0));
                        *lowest = number.min(*lowest);
                        *times += 1;
                    }
                }
            });
        }
    });
    let broken: BTreeMap<&str, (u64, u64)> = broken.into_inner().expect("no thread panics");
    let reports: Vec<String> = broken.values().map(|(lowest, times)| report(*lowest, *times)).collect();
    assert!(reports.is_empty(), "{}", reports.join("\n"));
    let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    let scenarios = numbers.end - numbers.start;
    println!(
        "{scenarios} scenarios: {} steps, {} pods, {} finished Jobs, {} refused requests",
        count(&seen.steps),
        count(&seen.pods),
        count(&seen.finished),
        count(&seen.refused)
    );
    if scenarios >= SCENARIOS {
        let enough = count(&seen.pods) > 2 * scenarios && count(&seen.finished) > scenarios / 2;
        assert!(enough && count(&seen.refused) < scenarios, "too little happens in the scenarios");
    }
}

/// The numbers of the scenarios to run.
fn numbers() -> Range<u64> {
    let Ok(asked) = std::env::var("SCENARIOS") else { return 0..SCENARIOS };
    let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("SCENARIOS={asked} is neither N nor N..M"));
    match asked.split_once("..") {
        Some((first, end)) => number(first)..number(end),
        None => 0..number(&asked),
    }
}

/// The first invariant that these documents violate.
fn failure(documents: &Value, sampled: bool, seen: &Seen) -> Option<Failure> {
    failure_of(&generate::text(documents), sampled, seen)
}

fn failure_of(text: &str, sampled: bool, seen: &Seen) -> Option<Failure> {
    let run = match quietly(|| Run::of(text)) {
        Ok(run) => run,
        Err(detail) => return Some(Failure { invariant: NO_PANIC, detail }),
    };
    note(&run, seen);
    let expensive: &[Invariant] = if sampled { EXPENSIVE } else { &[] };
    CHEAP.iter().chain(expensive).find_map(|(invariant, holds)| match quietly(|| holds(&run)) {
        Ok(Ok(())) => None,
        Ok(Err(detail)) => Some(Failure { invariant, detail }),
        Err(detail) => Some(Failure { invariant, detail: format!("panicked: {detail}") }),
    })
}

fn note(run: &Run, seen: &Seen) {
    let recording = &run.recording;
    let add = |counter: &AtomicU64, more: usize| counter.fetch_add(more as u64, Ordering::Relaxed);
    add(&seen.steps, recording.steps().len());
    add(&seen.pods, recording.pods().count());
    add(&seen.refused, recording.refused().len());
    let last = |id| recording.history(job_playground::api::ObjectKey::Job(id)).last();
    let finished = |id| matches!(last(id).map(|last| &last.object), Some(job_playground::recording::Object::Job(job)) if job.is_finished());
    add(&seen.finished, recording.jobs().filter(|id| finished(*id)).count());
}

/// The failing scenario with this number, shrunk, as a report for people.
fn report(number: u64, times: u64) -> String {
    let documents = generate::documents(number);
    let sampled = number.is_multiple_of(SAMPLED);
    let Some(found) = failure(&documents, sampled, &Seen::default()) else {
        return format!("scenario {number} fails, but not when it is run again");
    };
    let smallest = shrink::shrink(&documents, |candidate| {
        let same = |failure: Failure| failure.invariant == found.invariant;
        failure(candidate, sampled, &Seen::default()).is_some_and(same)
    });
    let detail = failure(&smallest, sampled, &Seen::default()).map_or(found.detail, |failure| failure.detail);
    format!(
        "scenario {number}, and {times} in all, violate: {}\n\n{detail}\n\n{}\nSave this text as a case (tests/properties/cases/NAME.yaml), \
         then run SCENARIOS={number}..{} cargo test --test properties\n",
        found.invariant,
        generate::text(&smallest),
        number + 1
    )
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs a closure without printing its panic.
///
/// # Errors
/// The message of the panic.
fn quietly<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    QUIET.set(false);
    result.map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
    })
}

/// Scenarios that once failed: tests/properties/cases.
#[test]
fn invariants_hold_in_saved_cases() {
    let cases = files_with("yaml", "tests/properties/cases");
    assert!(!cases.is_empty());
    for case in cases {
        if let Some(Failure { invariant, detail }) = failure_of(&text(&case), true, &Seen::default()) {
            panic!(
                "{} violates: {invariant}
{detail}",
                shown(&case)
            );
        }
    }
}

/// A number identifies one scenario, so that a reported failure can be run again.
#[test]
fn a_number_identifies_a_scenario() {
    for number in 0..50 {
        assert_eq!(generate::documents(number), generate::documents(number));
    }
    assert_ne!(generate::documents(0), generate::documents(1));
}

/// Texts with nodes, images and missing objects are read without a mistake, print back, and most of their Jobs are taken.
#[test]
fn texts_in_depth_are_read_and_taken() {
    let (mut asked, mut taken) = (0, 0);
    for number in 0..1000 {
        let written = generate::text(&generate::documents_in_depth(number));
        let reading = manifest::read(&written);
        let is_expected = |code: &Code| matches!(code, Code::UnknownNode(_) | Code::StartingOfContainer);
        let wrong = reading.diagnostics.iter().find(|found| !is_expected(&found.code));
        assert_eq!(wrong, None, "{number}: {written}");
        assert_eq!(manifest::read(&manifest::print::text(&reading.scenario)).scenario, reading.scenario, "{number}");
        for manifest in reading.scenario.manifests.iter() {
            asked += 1;
            taken += usize::from(matches!(Answer::to_value(&manifest.value), Answer::Accepted(_)));
        }
    }
    assert!(taken * 10 > asked * 8, "only {taken} of {asked} are taken");
}

#[test]
fn panics_are_caught_with_their_message() {
    assert_eq!(quietly(|| 1), Ok(1));
    let caught: Result<(), String> = quietly(|| panic!("of pod {}", 3));
    assert_eq!(caught, Err("of pod 3".to_owned()));
}
