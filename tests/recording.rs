//! What a recording holds at most, and that asking for very much costs no more than what is there.

use job_playground::manifest;
use job_playground::recording::{Capacity, End, Progress, Recorder, Recording};
use job_playground::scenario::Scenario;
use job_playground::texts::Lang;
use job_playground::timeline::Timeline;
use job_playground::timeline::crowd::CellState;

/// More pods than any cluster has.
const MOST: i32 = i32::MAX;

fn job(spec: &str, scenario: &str) -> Scenario {
    let text = format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: huge}}\nspec:\n  {spec}\n  template:\n    spec:\n      \
         restartPolicy: Never\n      containers: [{{name: main, image: busybox}}]\n---\napiVersion: \
         job-playground/v1\nkind: Scenario\nspec: {{{scenario}}}\n"
    );
    let reading = manifest::read(&text);
    assert!(!reading.has_errors(), "{text}");
    reading.scenario
}

fn record(scenario: &Scenario, capacity: Capacity) -> Recording {
    let mut recorder = Recorder::new(scenario).within(capacity);
    while recorder.advance(100) == Progress::More {}
    recorder.into_recording()
}

/// docs/scenario.md, End of the recording: a full recording ends at its last step and says so; with less room it is the
/// beginning of the one with more.
#[test]
fn a_full_recording_is_the_beginning_of_a_larger_one() {
    let scenario = job(&format!("completions: {MOST}\n  parallelism: {MOST}"), "");
    let small = record(&scenario, Capacity { steps: 3000, ..Capacity::WHOLE });
    let large = record(&scenario, Capacity { steps: 9000, ..Capacity::WHOLE });
    assert_eq!((small.steps().len(), large.steps().len()), (3000, 9000));
    assert_eq!(small.steps(), &large.steps()[..3000]);
    let last = small.steps().last().expect("it has steps").at;
    assert_eq!(small.end(), Some((End::Full, last)));
    for lang in Lang::ALL {
        let words = lang.page().goes_on(&small).expect("it goes on");
        assert!(words.contains("3,000"), "{words}");
    }
}

/// Pods that wait for a node take no steps, but they take room.
#[test]
fn pods_without_steps_fill_a_recording_too() {
    let scenario = job(&format!("completions: {MOST}\n  parallelism: {MOST}"), "cluster: {scheduling: 240h}");
    let recording = record(&scenario, Capacity { pods: 2000, ..Capacity::WHOLE });
    assert_eq!(recording.pods().count(), 2000);
    assert!(matches!(recording.end(), Some((End::Full, _))));
}

/// 10 days are recorded of what goes on forever.
#[test]
fn after_ten_days_it_is_told_that_the_run_goes_on() {
    let scenario = job("completions: 1", "behaviors: [{run: forever}], inputs: [{at: 260h, evict: {}}]");
    let recording = Recording::of(&scenario);
    assert!(matches!(recording.end(), Some((End::Limit, _))), "{:?}", recording.end());
    for lang in Lang::ALL {
        assert_eq!(lang.page().goes_on(&recording).as_deref(), Some(lang.page().ten_days));
    }
}

/// Two thousand million indexes, a few of which have pods.
#[test]
fn indexes_without_pods_take_no_room() {
    let scenario = job(&format!("completionMode: Indexed\n  completions: {MOST}\n  parallelism: 1000"), "until: 5s");
    let timeline = Timeline::of(&Recording::of(&scenario), &scenario);
    let crowd = &timeline.jobs[0].crowd;
    assert_eq!(crowd.len(), MOST as usize);
    let counts = crowd.counts(timeline.end);
    let pods = timeline.jobs[0].bars.len() as u32;
    assert!(pods >= 500);
    assert_eq!(counts[CellState::NotStarted as usize], MOST as u32 - pods);
    let merged = crowd.merged(500);
    let states: Vec<CellState> = merged.states(0..500, timeline.end).collect();
    assert_ne!(states[0], CellState::NotStarted);
    assert!(states[1..].iter().all(|state| *state == CellState::NotStarted));
    assert_eq!(crowd.states(crowd.len() - 1..crowd.len(), timeline.end).collect::<Vec<_>>(), [CellState::NotStarted]);
}
