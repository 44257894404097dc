//! Runs in the Trace Event Format: what viewers of traces rely on.

use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::timeline::Timeline;
use job_playground::timeline::trace_events::trace_events;
use serde_json::Value;
use std::collections::BTreeMap;
use support::{files_with, shown, text};

/// A run, the end of it in microseconds, and its events.
fn events(text: &str) -> (Timeline, i64, Vec<Value>) {
    let scenario = manifest::read(text).scenario.with_time_zones();
    let recording = Recording::of(&scenario);
    let timeline = Timeline::of(&recording, &scenario);
    let trace: Value = serde_json::from_str(&trace_events(&recording, &scenario, &timeline)).expect("it is JSON");
    assert_eq!(trace["displayTimeUnit"], "ms");
    let Value::Array(events) = trace["traceEvents"].clone() else { panic!("no list of events") };
    let end = recording.end().map_or(0, |(_, end)| end.millis() * 1000);
    let end = end.max(timeline.end.millis() * 1000);
    (timeline, end, events)
}

fn number(event: &Value, field: &str) -> i64 {
    event[field].as_i64().unwrap_or_else(|| panic!("{field} of {event}"))
}

#[test]
fn every_event_has_its_place_and_its_time() {
    for path in files_with("yaml", "src/examples").iter().chain(&files_with("yaml", "tests/conformance/pods/curated")) {
        let (timeline, end, events) = events(&text(path));
        let mut threads: BTreeMap<(i64, i64), i64> = BTreeMap::new();
        let mut named = Vec::new();
        for event in &events {
            let place = (number(event, "pid"), number(event, "tid"));
            let (at, name) = (number(event, "ts"), event["name"].as_str().unwrap_or_default());
            assert!((0..=end).contains(&at) && !name.is_empty(), "{}: {event}", shown(path));
            match event["ph"].as_str() {
                Some("M") if name == "thread_name" => named.push(place),
                Some("M" | "C") => {}
                Some("i") => assert!(named.contains(&place), "{}: {event}", shown(path)),
                // The slices of a thread follow each other; waits of a controller may lie in one another.
                Some("X") => {
                    let until = at + number(event, "dur");
                    let before = threads.insert(place, until).unwrap_or(0);
                    assert!(until <= end && (before <= at || name == "backoff"), "{}: {event}", shown(path));
                    assert!(named.contains(&place), "{}: {event}", shown(path));
                }
                _ => panic!("{}: {event}", shown(path)),
            }
        }
        let pods: usize = timeline.jobs.iter().map(|track| track.bars.len()).sum();
        let ends = events.iter().filter(|event| event["args"].get("oomKilled").is_some()).count();
        let ended = timeline.jobs.iter().flat_map(|track| &track.bars).filter(|bar| bar.end.is_some()).count();
        assert_eq!(ends, ended, "{}", shown(path));
        let threads = events.iter().filter(|event| event["name"] == "thread_name").count();
        assert!(threads >= pods + timeline.jobs.len() * 2, "{}", shown(path));
    }
}

#[test]
fn bars_keep_their_length() {
    let (_, _, events) = events(include_str!("../src/examples/two-failures.yaml"));
    let runs = events.iter().filter(|event| event["name"] == "Running");
    let runs: Vec<(i64, i64)> = runs.map(|event| (number(event, "ts"), number(event, "dur"))).collect();
    assert_eq!(runs, [(1_348_000, 5_877_000), (18_348_000, 5_953_000), (45_348_000, 5_017_000)]);
}
