//! The limits of a recording, and that huge numbers in a spec cost no more than the pods that exist.

use job_playground::cluster::reason::Reason;
use job_playground::manifest;
use job_playground::recording::{Capacity, End, FullOf, Progress, Recorder, Recording};
use job_playground::scenario::Scenario;
use job_playground::texts::Lang;
use job_playground::timeline::Timeline;
use job_playground::timeline::crowd::CellState;

/// More pods than any cluster has.
const HUGE: i32 = i32::MAX;

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

/// A full recording ends at its last step and says so; it is the beginning of one with a larger capacity
/// (docs/scenario.md, End of the recording).
#[test]
fn a_full_recording_is_the_beginning_of_a_larger_one() {
    let scenario = job(&format!("completions: {HUGE}\n  parallelism: {HUGE}"), "");
    let small = record(&scenario, Capacity { steps: 3000, ..Capacity::WHOLE });
    let large = record(&scenario, Capacity { steps: 9000, ..Capacity::WHOLE });
    assert_eq!((small.steps().len(), large.steps().len()), (3000, 9000));
    assert_eq!(small.steps(), &large.steps()[..3000]);
    let last = small.steps().last().expect("it has steps").at;
    assert_eq!(small.end(), Some((End::Full(FullOf::Steps(3000)), last)));
    for lang in Lang::ALL {
        let words = lang.page().goes_on(&small).expect("it goes on");
        assert!(words.contains("3,000"), "{words}");
    }
}

/// Pods that wait for a node take no steps, but count against the capacity.
#[test]
fn pods_without_steps_fill_a_recording() {
    let scenario = job(&format!("completions: {HUGE}\n  parallelism: {HUGE}"), "cluster: {scheduling: 240h}");
    let recording = record(&scenario, Capacity { pods: 2000, ..Capacity::WHOLE });
    assert_eq!(recording.pods().count(), 2000);
    assert!(matches!(recording.end(), Some((End::Full(FullOf::Pods(2000)), _))));
}

/// A Job takes much more room than a pod; a CronJob makes one each minute.
#[test]
fn many_jobs_fill_a_recording() {
    let text = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: tick}\nspec:\n  schedule: '* * * * *'\n  jobTemplate:\n    \
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}}\n---\n\
                apiVersion: job-playground/v1\nkind: Scenario\nspec: {until: 5h30s}\n";
    let scenario = manifest::read(text).scenario;
    let at_the_limit = record(&scenario, Capacity { jobs: 301, ..Capacity::WHOLE });
    let one_below = record(&scenario, Capacity { jobs: 300, ..Capacity::WHOLE });
    assert!(matches!(at_the_limit.end(), Some((End::Horizon, _))), "300 minutes are 300 Jobs");
    assert!(matches!(one_below.end(), Some((End::Full(FullOf::Jobs(300)), _))));
}

/// Runs of a CronJob that never end: each sync looks at all of them.
#[test]
fn overlapping_runs_fill_a_recording() {
    let text = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: tick}\nspec:\n  schedule: '* * * * *'\n  jobTemplate:\n    \
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}}\n---\n\
                apiVersion: job-playground/v1\nkind: Scenario\nspec: {until: 5h, behaviors: [{run: forever}]}\n";
    let scenario = manifest::read(text).scenario;
    let small = record(&scenario, Capacity { cron_job_jobs: 2_000, ..Capacity::WHOLE });
    let large = record(&scenario, Capacity::WHOLE);
    assert!(matches!((small.end(), large.end()), (Some((End::Full(FullOf::Runs(_)), _)), Some((End::Horizon, _)))));
    assert!(small.jobs().count() > 100, "the first hundred are free");
    assert_eq!(small.steps(), &large.steps()[..small.steps().len()]);
}

/// A pod that waits for a node looks at all of them, and so does each of many pods.
#[test]
fn looks_at_nodes_fill_a_recording() {
    let spec = "parallelism: 4\n  completions: 4";
    let scenario = job(spec, "cluster: {nodes: [{name: w, count: 5}]}");
    // Each pod asks all five nodes, and compares them.
    let at_the_limit = record(&scenario, Capacity { node_looks: 40, ..Capacity::WHOLE });
    let one_below = record(&scenario, Capacity { node_looks: 39, ..Capacity::WHOLE });
    assert!(matches!(at_the_limit.end(), Some((End::Settled, _))), "{:?}", at_the_limit.end());
    assert!(matches!(one_below.end(), Some((End::Full(FullOf::NodeLooks(39)), _))), "{:?}", one_below.end());
    assert_eq!(one_below.steps(), &at_the_limit.steps()[..one_below.steps().len()]);
    for lang in Lang::ALL {
        assert!(lang.page().goes_on(&one_below).is_some_and(|words| words.contains("39")));
    }
}

/// Pods that wait are tried again and again, and nothing comes of it.
#[test]
fn silent_turns_fill_a_recording() {
    let scenario = job("parallelism: 30\n  completions: 30", "cluster: {nodes: []}, until: 100s");
    let small = record(&scenario, Capacity { silent_turns: 100, ..Capacity::WHOLE });
    let large = record(&scenario, Capacity::WHOLE);
    assert!(matches!(small.end(), Some((End::Full(FullOf::SilentTurns(100)), _))), "{:?}", small.end());
    assert!(matches!(large.end(), Some((End::Horizon, _))), "{:?}", large.end());
    assert_eq!(small.steps(), &large.steps()[..small.steps().len()]);
    for lang in Lang::ALL {
        assert!(lang.page().goes_on(&small).is_some_and(|words| words.contains("100")));
    }
}

/// Of many nodes only some are told one by one, and how many others there are.
#[test]
fn long_lists_of_nodes_are_cut() {
    let reasons = |scenario: &str| {
        let recording = Recording::of(&job("completions: 1", scenario));
        let steps = recording.steps().iter();
        steps.flat_map(|step| recording.reasons(step).to_vec()).collect::<Vec<Reason>>()
    };
    let fits = reasons("cluster: {nodes: [{name: w, count: 25, capacity: {cpu: 2}}, {name: x, capacity: {cpu: 8}}]}");
    let compared = fits.iter().find_map(|reason| match reason {
        Reason::NodesCompared(scores) => Some(scores),
        _ => None,
    });
    let compared = compared.expect("nodes were compared");
    assert_eq!((compared.first.len(), compared.more), (10, 16));
    assert!(compared.first.iter().any(|score| score.node.0 == 26), "the best one is told");
    let refused = reasons("cluster: {nodes: [{name: w, count: 11, taints: ['a:NoSchedule']}]}, until: 9s");
    let refused = refused.iter().find_map(|reason| match reason {
        Reason::NodesRefused(nodes) => Some(nodes),
        _ => None,
    });
    let refused = refused.expect("nodes refused the pod");
    let (told, more) = refused.told();
    assert_eq!((told.len(), more), (10, 1));
}

/// A run that never settles is recorded for 10 days.
#[test]
fn recording_stops_after_ten_days_and_says_so() {
    let scenario = job("completions: 1", "behaviors: [{run: forever}], inputs: [{at: 260h, evict: {}}]");
    let recording = Recording::of(&scenario);
    assert!(matches!(recording.end(), Some((End::Limit, _))), "{:?}", recording.end());
    for lang in Lang::ALL {
        assert_eq!(lang.page().goes_on(&recording).as_deref(), Some(lang.page().ten_days));
    }
}

/// Two billion indexes, a few of which have pods.
#[test]
fn indexes_without_pods_take_no_memory() {
    let scenario = job(&format!("completionMode: Indexed\n  completions: {HUGE}\n  parallelism: 1000"), "until: 5s");
    let timeline = Timeline::of(&Recording::of(&scenario), &scenario);
    let crowd = &timeline.jobs[0].crowd;
    assert_eq!(crowd.len(), HUGE as usize);
    let counts = crowd.counts(timeline.end);
    let pods = timeline.jobs[0].bars.len() as u32;
    assert!(pods >= 500);
    assert_eq!(counts[CellState::NotStarted as usize], HUGE as u32 - pods);
    let merged = crowd.merged(500);
    let states: Vec<CellState> = merged.states(0..500, timeline.end).collect();
    assert_ne!(states[0], CellState::NotStarted);
    assert!(states[1..].iter().all(|state| *state == CellState::NotStarted));
    assert_eq!(crowd.states(crowd.len() - 1..crowd.len(), timeline.end).collect::<Vec<_>>(), [CellState::NotStarted]);
}

/// What nobody needs any more is given back in pieces, until nothing is left.
#[test]
fn a_run_is_given_back_piece_by_piece() {
    let scenario = job("completions: 300\n  parallelism: 100", "");
    let mut recording = Recording::of(&scenario);
    let mut timeline = Timeline::of(&recording, &scenario);
    let steps = recording.steps().len();
    assert!(timeline.give_back(50) && recording.give_back(50));
    assert_eq!((timeline.jobs[0].bars.len(), recording.steps().len()), (250, steps - 50));
    let held = timeline.with_axis(timeline.axis.clone());
    assert!(!timeline.give_back(50), "who else holds it still looks at it");
    drop(held);
    while timeline.give_back(50) || recording.give_back(50) {}
    assert_eq!((timeline.jobs[0].bars.len(), recording.steps().len()), (0, 0));
}
