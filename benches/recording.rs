//! How long it takes to record a load, and to look at every pod of the recording at some moment. A line per load:
//! `NAME: RECORD ms, SEEK ms`, which `cargo xtask bench` puts beside what Chromium takes (tests/browser/bench.mjs
//! measures in the same way).

#![expect(clippy::disallowed_types, reason = "the time of the machine is what is measured")]

use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::scenario::Scenario;
use job_playground::time::Time;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Recordings per load; the one in the middle counts.
const RECORDINGS: usize = 5;
/// Moments looked at per load; their mean counts.
const SEEKS: i64 = 1000;

fn main() {
    for path in loads() {
        let text = fs::read_to_string(&path).expect("a load can be read");
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let (recording, record) = record(&manifest::read(&text).scenario);
        println!("{name}: {record:.2} ms, {:.2} ms", seek(&recording));
    }
}

/// The texts of `benches/loads`, small ones first.
fn loads() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/loads");
    let entries = fs::read_dir(folder).expect("there are loads");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a load can be read").path()).collect();
    paths.sort_by_key(|path| (path.as_os_str().len(), path.clone()));
    paths
}

fn record(scenario: &Scenario) -> (Recording, f64) {
    let mut runs: Vec<(Recording, f64)> = Vec::new();
    for _ in 0..RECORDINGS {
        let start = Instant::now();
        let recording = Recording::of(black_box(scenario));
        let millis = start.elapsed().as_secs_f64() * 1000.0;
        // One recording at a time in memory, as in the page.
        runs.iter_mut().for_each(|(earlier, _)| *earlier = Recording::default());
        runs.push((recording, millis));
    }
    let recording = runs.last_mut().map(|(recording, _)| std::mem::take(recording)).unwrap_or_default();
    let mut times: Vec<f64> = runs.into_iter().map(|(_, millis)| millis).collect();
    times.sort_by(f64::total_cmp);
    (recording, times[RECORDINGS / 2])
}

/// Milliseconds to look at every pod, at moments in no order.
fn seek(recording: &Recording) -> f64 {
    let end = recording.end().map_or(0, |(_, at)| at.millis());
    let start = Instant::now();
    for number in 0..SEEKS {
        let at = Time::from_millis(end * (number * 61 % SEEKS) / SEEKS);
        black_box(recording.pods_at(at).count());
    }
    start.elapsed().as_secs_f64() * 1000.0 / SEEKS as f64
}
