//! Runs a target: in a process of its own whose memory is bounded, watched from outside, so that an input that takes all
//! memory, overflows the stack or never ends is a failure with a number like any other.

use std::io::{Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{env, fs, thread};
use support::root;

/// What is fuzzed.
pub(crate) struct Target {
    /// The name of its test.
    pub(crate) name: &'static str,
    /// How many inputs are tried unless `FUZZ` says otherwise.
    pub(crate) inputs: u64,
    /// The input of a number.
    pub(crate) input: fn(u64) -> Vec<u8>,
    /// Panics if something does not hold. The number says what is looked at.
    pub(crate) check: fn(&[u8], u64),
}

/// Set in the process that does the work.
const INSIDE: &str = "FUZZ_INSIDE";

/// Memory that the process may ask for, in KiB: what a page may have, for each of up to four threads, and the program.
const MEMORY_KIB: u64 = 3 << 20;

/// Memory that was in use when an input ended, in KiB: as much as a page may have.
const RESIDENT_KIB: u64 = 600 << 10;

/// Without a new input for so long, the process is stopped.
const STUCK: Duration = Duration::from_secs(120);

/// As much as WebAssembly has. Frames of a debug build are several times as big.
const STACK: usize = if cfg!(debug_assertions) { 8 << 20 } else { 1 << 20 };

/// Processor time for an input, in milliseconds. A debug build is some ten times slower.
fn most_millis() -> u64 {
    if number("FUZZ").is_some() { 2_000 } else { 20_000 }
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().and_then(|value| value.parse().ok())
}

fn folder() -> PathBuf {
    root().join("target/fuzz-found")
}

/// # Panics
/// If an input breaks something, or costs too much.
pub(crate) fn run(target: &Target) {
    fs::create_dir_all(folder()).expect("a folder for what is found");
    if env::var_os(INSIDE).is_some() || !cfg!(unix) { inside(target) } else { outside(target) }
}

/// Starts the same test once more, bounded, and watches it.
fn outside(target: &Target) {
    let log = folder().join(format!("{}.log", target.name));
    let output = fs::File::create(&log).expect("a log");
    let program = env::current_exe().expect("this program");
    let mut child = Command::new("sh")
        .args(["-c", &format!("ulimit -v {MEMORY_KIB} && exec \"$@\""), "fuzz"])
        .arg(program)
        .args([target.name, "--exact", "--nocapture", "--test-threads=1"])
        .env(INSIDE, "1")
        .stdout(output.try_clone().expect("a log"))
        .stderr(output)
        .spawn()
        .expect("a shell");
    let (mut last, mut quiet) = (String::new(), Duration::ZERO);
    let pause = Duration::from_millis(50);
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break Some(status);
        }
        thread::sleep(pause);
        let now = at_work(target);
        quiet = if now == last { quiet + pause } else { Duration::ZERO };
        last = now;
        if quiet > STUCK {
            let _ = child.kill();
            let _ = child.wait();
            break None;
        }
    };
    let log = fs::read_to_string(&log).unwrap_or_default();
    let ended = match status {
        Some(status) if status.success() => {
            log.lines().filter(|line| line.starts_with("fuzz ")).for_each(|line| println!("{line}"));
            return;
        }
        Some(status) => status.to_string(),
        None => "it went on and on".to_owned(),
    };
    panic!("{}: {ended}, at inputs {}\n{log}", target.name, at_work(target));
}

/// The numbers of the inputs that are tried.
fn at_work(target: &Target) -> String {
    let read = |worker| fs::read_to_string(now(target, worker)).unwrap_or_default();
    (0..THREADS).map(read).collect::<Vec<_>>().join(" ")
}

const THREADS: u64 = 4;

/// Where a worker writes the number of the input that it tries.
fn now(target: &Target, worker: u64) -> PathBuf {
    folder().join(format!("{}.now{worker}", target.name))
}

fn inside(target: &Target) {
    let (inputs, from) = (number("FUZZ").unwrap_or(target.inputs), number("FUZZ_FROM").unwrap_or_default());
    let report = Mutex::new(Report::default());
    let threads = thread::available_parallelism().map_or(1, |threads| (threads.get() as u64).min(THREADS));
    (0..THREADS).for_each(|worker| drop(fs::remove_file(now(target, worker))));
    let died = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let report = &report;
                let mut now = fs::File::create(now(target, worker)).expect("a file for numbers");
                let work = move || {
                    for number in (from + worker..from + inputs).step_by(threads as usize) {
                        let _ = now.rewind().and_then(|()| write!(now, "{number:<20}"));
                        attempt(target, number, report);
                    }
                };
                thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).expect("a thread")
            })
            .collect();
        workers.into_iter().map(thread::ScopedJoinHandle::join).filter(Result::is_err).count()
    });
    let report = report.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!(
        "\nfuzz {}: {} inputs, {} bytes; at most {} MiB in use; the slowest (ms, number): {:?}",
        target.name,
        report.inputs,
        report.bytes,
        report.resident_kib >> 10,
        report.slowest
    );
    assert!(report.failures.is_empty() && died == 0, "{}", report.failures.join("\n"));
}

#[derive(Default)]
struct Report {
    inputs: u64,
    bytes: usize,
    /// Memory in use, at most.
    resident_kib: u64,
    /// Milliseconds and number of the slowest inputs.
    slowest: Vec<(u64, u64)>,
    failures: Vec<String>,
}

fn attempt(target: &Target, number: u64, report: &Mutex<Report>) {
    let bytes = (target.input)(number);
    let began = thread_millis();
    let outcome = catch_unwind(AssertUnwindSafe(|| (target.check)(&bytes, number)));
    let took = thread_millis().saturating_sub(began);
    let resident_kib = peak_kib();
    let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
    report.inputs += 1;
    report.bytes += bytes.len();
    report.slowest.push((took, number));
    report.slowest.sort_unstable_by(|one, other| other.cmp(one));
    report.slowest.truncate(3);
    let grew = resident_kib > RESIDENT_KIB && report.resident_kib <= RESIDENT_KIB;
    report.resident_kib = report.resident_kib.max(resident_kib);
    let broke = outcome.err().map(|panic| {
        let message = panic.downcast_ref::<String>().cloned();
        message.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
    });
    let slow = (took > most_millis()).then(|| format!("{took} ms"));
    let greedy = grew.then(|| format!("{} MiB in use", resident_kib >> 10));
    let Some(message) = broke.or(slow).or(greedy) else { return };
    if report.failures.len() < 50 {
        let file = folder().join(format!("{}-{number}", target.name));
        let kept = fs::write(&file, bytes).map_or_else(|error| error.to_string(), |()| file.display().to_string());
        report.failures.push(format!("input {number}: {message}\n  kept: {kept}"));
    }
}

/// Processor time of this thread; where the system does not say, nothing is slow (but see [`STUCK`]).
fn thread_millis() -> u64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos: Option<u64> = stat.split(' ').next().and_then(|nanos| nanos.parse().ok());
    nanos.unwrap_or_default() / 1_000_000
}

/// The most memory that was ever in use by this process.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok()).unwrap_or_default()
}
