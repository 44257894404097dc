//! How long it takes to record a load, to lay out its timeline, and to read all its pods at a moment. A line per load:
//! `NAME: RECORD ms, LAYOUT ms, SEEK ms`, which `cargo xtask bench` puts beside what Chromium takes
//! (tests/browser/bench.mjs measures in the same way).

#![expect(clippy::disallowed_types, reason = "the time of the machine is what is measured")]

use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::time::Time;
use job_playground::timeline::Timeline;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;
use support::{files_with, stem, text};

/// Recordings and layouts per load; the median counts.
const RUNS: usize = 5;
/// Moments read per load; their mean counts.
const SEEKS: i64 = 1000;

fn main() {
    for path in loads() {
        let name = stem(&path);
        let scenario = manifest::read(&text(&path)).scenario;
        let (recording, record) = median(|| Recording::of(black_box(&scenario)));
        let (_, layout) = median(|| Timeline::of(black_box(&recording), &scenario));
        println!("{name}: {record:.2} ms, {layout:.2} ms, {:.2} ms", seek(&recording));
    }
}

/// The texts of `benches/loads`, small ones first.
fn loads() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = files_with("yaml", "benches/loads");
    paths.sort_by_key(|path| (path.as_os_str().len(), path.clone()));
    paths
}

/// The result of some work, and the milliseconds it takes: the median of [`RUNS`].
fn median<T>(work: impl Fn() -> T) -> (T, f64) {
    let timed = || {
        let start = Instant::now();
        let made = work();
        (made, start.elapsed().as_secs_f64() * 1000.0)
    };
    // Only one result in memory at a time, as in the page.
    let mut times: Vec<f64> = (1..RUNS).map(|_| timed().1).collect();
    let (made, last) = timed();
    times.push(last);
    times.sort_by(f64::total_cmp);
    (made, times[RUNS / 2])
}

/// Milliseconds to read every pod at one moment; the moments are in no order.
fn seek(recording: &Recording) -> f64 {
    let end = recording.end().map_or(0, |(_, at)| at.millis());
    let start = Instant::now();
    for number in 0..SEEKS {
        let at = Time::from_millis(end * (number * 61 % SEEKS) / SEEKS);
        black_box(recording.pods_at(at).count());
    }
    start.elapsed().as_secs_f64() * 1000.0 / SEEKS as f64
}
