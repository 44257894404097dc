//! Surprises of a Job.

use super::Review;
use crate::advice::references::containers;
use crate::advice::surprise::Surprise;
use crate::api::{
    ExitCodeOperator, FailureAction, FailureRule, ImageName, JobSpec, PodReplacementPolicy, PodSpec, RestartPolicy,
};
use crate::program::{self, NoGuess};
use crate::time::Span;
use serde_json::json;

/// A Job that is deleted within this time has hardly been seen, in seconds.
const SOON: i64 = 60;
/// A grace period from which on an overlap of pods is worth a word, in seconds.
const LONG_GRACE: i64 = 60;
/// The first wait after a failure and the longest one, in seconds (JC-103).
const FIRST_WAIT: i64 = 10;
const LONGEST_WAIT: i64 = 600;
/// With more tries than this, nobody counts on the last one.
const MANY_TRIES: i32 = 20;

pub(super) fn look(review: &mut Review<'_>, spec: &JobSpec) {
    work(review, spec);
    retries(review, spec);
    deadlines(review, spec);
    indexes(review, spec);
    policy(review, spec);
    programs(review, spec);
    images(review, spec);
    if spec.suspend {
        let fix = review.remove("suspend");
        review.say("suspend", Surprise::Suspended, [fix]);
    }
    if let Some(manager) = spec.managed_by.as_deref().filter(|name| *name != "kubernetes.io/job-controller") {
        let fix = review.remove("managedBy");
        review.say("managedBy", Surprise::ManagedBy { manager: manager.to_owned() }, [fix]);
    }
    if spec.manual_selector {
        review.say("manualSelector", Surprise::SelectorByHand, []);
    }
    if let Some(seconds) = spec.ttl_seconds_after_finished.filter(|seconds| *seconds <= SOON) {
        let fix = review.write("ttlSecondsAfterFinished", json!(3600));
        review.say("ttlSecondsAfterFinished", Surprise::DeletedSoon { seconds }, [fix]);
    }
}

fn work(review: &mut Review<'_>, spec: &JobSpec) {
    match (spec.parallelism, spec.completions) {
        (_, Some(0)) => review.say("completions", Surprise::CompletionsZero, []),
        (0, _) if !spec.suspend => {
            let fix = review.write("parallelism", json!(1));
            review.say("parallelism", Surprise::ParallelismZero, [fix]);
        }
        (parallelism, Some(completions)) if parallelism > completions => {
            let fix = review.write("parallelism", json!(completions));
            review.say("parallelism", Surprise::ParallelismAboveCompletions { parallelism, completions }, [fix]);
        }
        (parallelism, None) if parallelism > 1 => {
            let fix = review.write("completions", json!(parallelism));
            review.say("parallelism", Surprise::WorkQueue { parallelism }, [fix]);
        }
        _ => {}
    }
}

fn retries(review: &mut Review<'_>, spec: &JobSpec) {
    let on_failure = spec.template.spec.restart_policy == RestartPolicy::OnFailure;
    if on_failure && spec.backoff_limit < i32::MAX {
        let restart = u32::try_from(spec.backoff_limit).unwrap_or(0).max(1);
        let fix = review.write("template.spec.restartPolicy", json!("Never"));
        review.say("template.spec.restartPolicy", Surprise::OnFailureDeletesPod { restart }, [fix]);
    }
    let no_failure_allowed = spec.backoff_limit == 0 && spec.backoff_limit_per_index.is_none();
    if no_failure_allowed && !on_failure && spec.pod_failure_policy.is_none() {
        let ignore = json!({ "rules": [{ "action": "Ignore", "onPodConditions": [{ "type": "DisruptionTarget" }] }] });
        let is_free = review.fixer.written(&review.path("podReplacementPolicy")).is_none();
        let fix = if is_free { review.write("podFailurePolicy", ignore) } else { None };
        review.say("backoffLimit", Surprise::EvictionFailsJob, [fix]);
    }
    let grace = spec.template.spec.grace_seconds;
    if grace >= LONG_GRACE && spec.pod_replacement_policy == PodReplacementPolicy::TerminatingOrFailed {
        let fix = review.write("podReplacementPolicy", json!("Failed"));
        let field = "template.spec.terminationGracePeriodSeconds";
        review.say(field, Surprise::ReplacementOverlaps { grace }, [fix]);
    }
}

fn deadlines(review: &mut Review<'_>, spec: &JobSpec) {
    let of_pod = "template.spec.activeDeadlineSeconds";
    if let Some(seconds) = spec.template.spec.value["activeDeadlineSeconds"].as_i64() {
        let of_job = spec.active_deadline_seconds;
        let fix = match of_job {
            None => review.fixer.move_to(&review.path(of_pod), &review.path(""), &json!(seconds)),
            Some(of_job) if of_job <= seconds => review.remove(of_pod),
            Some(_) => None,
        };
        review.say(of_pod, Surprise::PodDeadline { seconds, of_job }, [fix]);
    }
    let Some(deadline) = spec.active_deadline_seconds else { return };
    if deadline == 0 {
        let fix = review.remove("activeDeadlineSeconds");
        return review.say("activeDeadlineSeconds", Surprise::DeadlineZero, [fix]);
    }
    let is_one_by_one = spec.parallelism == 1 && spec.template.spec.restart_policy == RestartPolicy::Never;
    if !is_one_by_one || spec.backoff_limit >= MANY_TRIES || spec.backoff_limit_per_index.is_some() {
        return;
    }
    let (mut begins, mut wait, mut possible) = (0, FIRST_WAIT, 1);
    for _ in 0..spec.backoff_limit {
        begins += wait;
        wait = (wait * 2).min(LONGEST_WAIT);
        possible += u32::from(begins < deadline);
    }
    let allowed = u32::try_from(spec.backoff_limit).unwrap_or(0) + 1;
    if possible < allowed {
        let surprise = Surprise::DeadlineBeforeRetries { deadline, possible, allowed, waits: begins };
        let fewer = review.write("backoffLimit", json!(possible - 1));
        review.say("activeDeadlineSeconds", surprise, [fewer]);
    }
}

fn indexes(review: &mut Review<'_>, spec: &JobSpec) {
    let indexes = spec.completions.unwrap_or(0);
    match spec.backoff_limit_per_index {
        Some(limit) if spec.success_policy.is_none() => {
            review.say("backoffLimitPerIndex", Surprise::PartialFailure { limit }, []);
        }
        None if spec.is_indexed() && indexes > 1 && spec.backoff_limit < i32::MAX => {
            let surprise = Surprise::SharedBudget { limit: spec.backoff_limit, indexes };
            let is_written = review.fixer.written(&review.path("backoffLimit")).is_some();
            let fix = review.write("backoffLimitPerIndex", json!(1));
            review.say(if is_written { "backoffLimit" } else { "completionMode" }, surprise, [fix]);
        }
        _ => {}
    }
    let rules = spec.success_policy.iter().flat_map(|policy| policy.rules.iter().enumerate());
    let any = rules.filter(|(_, rule)| rule.succeeded_indexes.is_none());
    for (number, count) in any.filter_map(|(number, rule)| Some((number, rule.succeeded_count?))) {
        if spec.backoff_limit_per_index.is_some() && count > 0 && count == indexes - 1 {
            let field = format!("successPolicy.rules[{number}].succeededCount");
            review.say(&field, Surprise::PolicyMayBeLate { count, indexes }, []);
        }
    }
}

fn policy(review: &mut Review<'_>, spec: &JobSpec) {
    let Some(policy) = &spec.pod_failure_policy else { return };
    let ignores_disruption = policy.rules.iter().any(|rule| {
        rule.action != FailureAction::FailJob
            && rule.on_pod_conditions.iter().any(|pattern| &*pattern.condition_type == "DisruptionTarget")
    });
    if spec.backoff_limit == 0 && spec.backoff_limit_per_index.is_none() && !ignores_disruption {
        review.say("backoffLimit", Surprise::EvictionFailsJob, []);
    }
    for (number, rule) in policy.rules.iter().enumerate() {
        let listed = rule.on_exit_codes.iter().filter(|codes| codes.operator == ExitCodeOperator::In);
        let codes = listed.flat_map(|codes| codes.values.iter().enumerate());
        for (place, code) in codes.filter(|(_, code)| !(0..=255).contains(*code)) {
            let field = format!("podFailurePolicy.rules[{number}].onExitCodes.values[{place}]");
            review.say(&field, Surprise::ImpossibleExitCode { code: *code }, []);
        }
        init_containers(review, spec, number, rule);
        if let Some(by) = policy.rules[..number].iter().position(|earlier| covers(earlier, rule)) {
            let field = format!("podFailurePolicy.rules[{number}]");
            let fix = review.remove(&field);
            review.say(&field, Surprise::RuleNeverReached { rule: number, by }, [fix]);
        }
    }
}

/// A rule about exit codes of any container is about those of init containers, too (P-62).
fn init_containers(review: &mut Review<'_>, spec: &JobSpec, number: usize, rule: &FailureRule) {
    let PodSpec { init_containers, containers, .. } = &*spec.template.spec;
    let is_about_all = rule.on_exit_codes.as_ref().is_some_and(|codes| codes.container_name.is_none());
    let first = init_containers.iter().find(|container| !container.is_sidecar);
    if let Some(first) = first.filter(|_| is_about_all && rule.action == FailureAction::FailJob) {
        let field = format!("podFailurePolicy.rules[{number}].onExitCodes");
        let fix = match containers.as_slice() {
            [only] => review.write(&format!("{field}.containerName"), json!(&*only.name)),
            _ => None,
        };
        review.say(&field, Surprise::InitFailsJob { container: first.name.to_string() }, [fix]);
    }
}

/// Whether every pod that the later rule matches is matched by the earlier one.
fn covers(earlier: &FailureRule, later: &FailureRule) -> bool {
    match (&earlier.on_exit_codes, &later.on_exit_codes) {
        (Some(one), Some(other)) => {
            let same_container = one.container_name.is_none() || one.container_name == other.container_name;
            let contains = |code: &i32| one.values.contains(code);
            same_container
                && match (one.operator, other.operator) {
                    (ExitCodeOperator::In, ExitCodeOperator::In) => other.values.iter().all(contains),
                    (ExitCodeOperator::NotIn, ExitCodeOperator::In) => !other.values.iter().any(contains),
                    (ExitCodeOperator::NotIn, ExitCodeOperator::NotIn) => {
                        one.values.iter().all(|code| other.values.contains(code))
                    }
                    (ExitCodeOperator::In, ExitCodeOperator::NotIn) => false,
                }
        }
        (None, None) => {
            let all = &later.on_pod_conditions;
            !all.is_empty() && all.iter().all(|pattern| earlier.on_pod_conditions.contains(pattern))
        }
        _ => false,
    }
}

/// Programs that never end, by their commands, unless a deadline ends them, and commands beyond the limits of a guess.
/// Nothing if the text has behaviors: they may say what the programs do.
fn programs(review: &mut Review<'_>, spec: &JobSpec) {
    if !review.fixer.reading.scenario.behaviors.list.is_empty() {
        return;
    }
    let containers = &spec.template.spec.containers;
    let (deadline, beside_others) = (spec.active_deadline_seconds, containers.len() > 1);
    for (number, container) in containers.iter().enumerate() {
        let name = container.name.to_string();
        match program::guess(container.into(), None) {
            Ok(program) if program.run == Span::FOREVER && (beside_others || deadline.is_none()) => {
                let surprise = Surprise::NeverEnds { container: name, beside_others, deadline };
                let pod = review.path("template.spec");
                let sidecar = if beside_others { review.fixer.make_sidecar(&pod, number) } else { None };
                let ends = review.fixer.end_in_time(&review.spec, deadline);
                review.say(&format!("template.spec.containers[{number}].name"), surprise, [sidecar, ends]);
            }
            Err(NoGuess::Beyond(bound)) => {
                let field = |name: &str| format!("template.spec.containers[{number}].{name}");
                let is_written = |name: &&str| review.fixer.written(&review.path(&field(name))).is_some();
                let place = ["command", "args"].into_iter().find(is_written).unwrap_or("name");
                review.say(&field(place), Surprise::CommandNotGuessed { container: name, bound }, []);
            }
            _ => {}
        }
    }
}

/// The API server takes any text for an image; a node does not, and its pod stays Pending.
fn images(review: &mut Review<'_>, spec: &JobSpec) {
    for (path, container) in containers(&spec.template.spec.value) {
        let image = container["image"].as_str().unwrap_or_default();
        let field = format!("template.spec.{path}.image");
        if let Ok(name) = ImageName::parse(image) {
            let policy = format!("template.spec.{path}.imagePullPolicy");
            let is_written = || review.fixer.written(&review.path(&policy)).is_some();
            if name.is_untagged() && container["imagePullPolicy"] == "Always" && is_written() {
                let fix = review.write(&policy, json!("IfNotPresent"));
                review.say(&policy, Surprise::PulledEachTime { pulls: None }, [fix]);
            }
            continue;
        }
        if image.is_empty() {
            continue;
        }
        let deadline = spec.active_deadline_seconds;
        // Small letters but in the tag and the digest, which have none of the name's rules.
        let last = image.rfind('/').map_or(0, |slash| slash + 1);
        let end = image[last..].find([':', '@']).map_or(image.len(), |end| last + end);
        let lower = image[..end].to_lowercase() + &image[end..];
        let renamed = if ImageName::parse(&lower).is_ok() { review.write(&field, json!(lower)) } else { None };
        let ends = review.fixer.end_in_time(&review.spec, deadline);
        review.say(&field, Surprise::ImageName { deadline }, [renamed, ends]);
    }
}
