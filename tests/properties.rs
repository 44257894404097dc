//! Invariants over random scenarios, with round times on purpose: people write `10s`, so everything happens at once.

use job_playground::api::{ConditionType, JobStatus, ObjectKey, PodReplacementPolicy};
use job_playground::manifest;
use job_playground::recording::{Object, Recording, Verb};
use proptest::prelude::*;

/// A Job with round numbers, as YAML.
fn job() -> impl Strategy<Value = String> {
    let spec = (
        0..5i32,
        prop::option::of(0..6i32),
        0..4i32,
        prop::bool::ANY,
        prop::bool::ANY,
        prop::option::of(prop::sample::select(vec![0, 10, 30, 60])),
        prop::option::of(prop::sample::select(vec![0, 10, 60])),
        prop::bool::ANY,
        prop::bool::ANY,
    );
    let extras = (prop::bool::ANY, prop::bool::ANY, prop::bool::ANY);
    (spec, extras).prop_map(|(spec, (per_index, policy, success))| {
        let (parallelism, completions, limit, indexed, on_failure, deadline, ttl, failed_only, suspend) = spec;
        let indexed = indexed && completions.is_some_and(|completions| completions > 0);
        let on_failure = on_failure && !(indexed && policy);
        let mut yaml = format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: pi}}\nspec:\n  parallelism: {parallelism}\n  backoffLimit: {limit}\n  suspend: {suspend}\n"
        );
        if let Some(completions) = completions {
            yaml += &format!("  completions: {completions}\n");
        }
        if let Some(deadline) = deadline {
            yaml += &format!("  activeDeadlineSeconds: {deadline}\n");
        }
        if let Some(ttl) = ttl {
            yaml += &format!("  ttlSecondsAfterFinished: {ttl}\n");
        }
        if indexed {
            yaml += "  completionMode: Indexed\n";
            if per_index {
                yaml += "  backoffLimitPerIndex: 1\n";
            }
            if success {
                yaml += "  successPolicy: {rules: [{succeededCount: 1}]}\n";
            }
            if policy {
                yaml += "  podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}, {action: FailJob, onExitCodes: {operator: In, values: [42]}}]}\n";
            }
        } else if failed_only {
            yaml += "  podReplacementPolicy: Failed\n";
        }
        let restart = if on_failure { "OnFailure" } else { "Never" };
        yaml + &format!(
            "  template:\n    spec:\n      restartPolicy: {restart}\n      containers:\n      - {{name: main, image: busybox}}\n"
        )
    })
}

/// What programs do and what happens to them, all at multiples of five seconds.
fn scenario() -> impl Strategy<Value = String> {
    let behavior = (1..6u32, 0..5u32, prop::sample::select(vec![0, 1, 42])).prop_map(|(attempt, run, code)| {
        format!("  - match: {{attempt: {attempt}}}\n    run: {}s\n    exitCode: {code}\n", run * 5)
    });
    let verb = prop::sample::select(vec![
        "evict: {}",
        "fail: {}",
        "fail: {exitCode: 42}",
        "oomKill: {}",
        "preempt: {}",
        "nodePressureEvict: {}",
        "delete: {pod: 1}",
        "delete: {gracePeriodSeconds: 0}",
        "delete: {kind: Job, cascade: foreground}",
        "delete: {kind: Job}",
        "delete: {kind: Job, cascade: orphan}",
        "patch: {spec: {suspend: true}}",
        "patch: {spec: {suspend: false}}",
        "patch: {spec: {parallelism: 3}}",
        "patch: {spec: {parallelism: 0}}",
        "patch: {spec: {backoffLimit: 0}}",
        "restartControllers: {}",
    ]);
    let input = (0..14u32, verb).prop_map(|(at, verb)| format!("  - {{at: {}s, {verb}}}\n", at * 5));
    (
        prop::collection::vec(behavior, 0..5),
        prop::collection::vec(input, 0..6),
        prop::option::of(1..4u32),
        prop::sample::select(vec!["0s", "1s", "5s"]),
    )
        .prop_map(|(behaviors, inputs, quota, scheduling)| {
            let mut yaml = String::from("apiVersion: job-playground/v1\nkind: Scenario\nspec:\n");
            yaml += &format!("  cluster: {{scheduling: {scheduling}, starting: 5s");
            if let Some(quota) = quota {
                yaml += &format!(", podQuota: {quota}");
            }
            yaml += "}\n  until: 15m\n";
            if !behaviors.is_empty() {
                yaml += &format!("  behaviors:\n{}", behaviors.concat());
            }
            if !inputs.is_empty() {
                yaml += &format!("  inputs:\n{}", inputs.concat());
            }
            yaml
        })
}

fn check(recording: &Recording) -> Result<(), TestCaseError> {
    for id in recording.jobs() {
        let mut before = JobStatus::default();
        for version in recording.history(ObjectKey::Job(id)) {
            let Object::Job(job) = &version.object else { continue };
            let status = &job.status;
            prop_assert!(status.failed >= before.failed, "failed never falls");
            if !job.spec.is_indexed() {
                prop_assert!(status.succeeded >= before.succeeded, "succeeded never falls");
            }
            let holds = |condition| status.true_condition(condition).is_some();
            prop_assert!(!(holds(ConditionType::Complete) && holds(ConditionType::Failed)));
            prop_assert!(!(holds(ConditionType::SuccessCriteriaMet) && holds(ConditionType::FailureTarget)));
            prop_assert!(status.ready.unwrap_or(0) <= status.active, "ready pods are active");
            if version.verb == Verb::Status && !job.is_deleting() {
                let parallelism = u32::try_from(job.spec.parallelism).unwrap_or(0);
                // A success of a work queue stops trimming, and a change of parallelism is only seen by the next sync.
                if job.spec.completions.is_some() {
                    let allowed = parallelism.max(before.active);
                    prop_assert!(status.active <= allowed, "active {} of {allowed}", status.active);
                }
                if job.spec.pod_replacement_policy == PodReplacementPolicy::Failed && status.active > before.active {
                    let live = status.active + status.terminating.unwrap_or(0);
                    prop_assert!(live <= parallelism.max(before.active + before.terminating.unwrap_or(0)));
                }
            }
            if job.is_finished() {
                prop_assert_eq!(status.active, 0);
                prop_assert_eq!(status.terminating, Some(0));
            }
            before = status.clone();
        }
    }
    let Some((_, end)) = recording.end() else { return Ok(()) };
    for pod in recording.pods() {
        let Some(pod) = recording.pod_at(pod, end) else { continue };
        let finished = pod.owner.and_then(|job| recording.job_at(job, end)).is_none_or(|job| job.is_finished());
        prop_assert!(!(finished && pod.tracked), "no tracking finalizer survives a finished Job");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn invariants_hold_when_everything_happens_at_once(job in job(), scenario in scenario()) {
        let text = format!("{job}---\n{scenario}");
        let reading = manifest::read(&text);
        prop_assert!(!reading.has_errors(), "{text}");
        let recording = Recording::of(&reading.scenario);
        if let Err(error) = check(&recording) {
            return Err(TestCaseError::fail(format!("{error}\n{text}")));
        }
        prop_assert!(recording == Recording::of(&reading.scenario), "the same text gives the same recording\n{}", text);
    }
}
