//! Which changes of the text may make a difference to what is explained.

use super::film::Film;
use super::intervention::Intervention;
use super::kept_back;
use super::link::Fact;
use super::origin::{ObjectSource, Origin};
use super::remedies::remedies;
use super::run_summary::RunSummary;
use super::spec_field::SpecField;
use super::statement::{JobFailure, Statement};
use super::why::Why;
use crate::api::{Job, JobId, ObjectKey, RestartPolicy};
use crate::cluster::reason::Reason;
use crate::order;
use serde_json::{Value, json};

/// Changes that may make a difference, the most instructive first.
pub(super) fn candidates(film: Film<'_>, why: &Why, job: JobId) -> Vec<Intervention> {
    let step = why.selected.step;
    let Some((source, object)) = film.source(ObjectKey::Job(job)).zip(film.job(job, step)) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    let mut set = |field: SpecField, values: &[Value]| {
        changes.extend(values.iter().map(|value| Intervention::Field { source, field, value: value.clone() }));
    };
    let spec = &object.spec;
    match &why.statement {
        Statement::Retry { budget: Some(budget), ignored: None, .. } if budget.used > 0 => {
            set(SpecField::BackoffLimit, &[json!(budget.used - 1)]);
        }
        Statement::Retry { ignored: Some(_), .. } | Statement::Ignored { .. } => {
            set(SpecField::PodFailurePolicy, &[Value::Null]);
        }
        Statement::Created { beside: Some(_), .. } => set(SpecField::PodReplacementPolicy, &[json!("Failed")]),
        Statement::JobFails { failure, .. } => for_failure(failure, &mut set, object),
        Statement::IndexGivenUp { failures, .. } => {
            set(SpecField::BackoffLimitPerIndex, &[json!(failures), json!(failures * 2)]);
        }
        Statement::IndexRetry { failures, .. } => {
            set(SpecField::BackoffLimitPerIndex, &[json!(failures.saturating_sub(1))]);
        }
        Statement::Created { .. } | Statement::JobCompletes { .. } | Statement::Succeeded { .. } => {
            let parallelism = u32::try_from(spec.parallelism).unwrap_or(0);
            if spec.completions.is_some_and(|completions| completions > spec.parallelism) {
                set(SpecField::Parallelism, &[json!(parallelism + 1)]);
            }
            let failed = RunSummary::of(film.recording, job).failed;
            if failed > 0 {
                set(SpecField::BackoffLimit, &[json!(failed - 1)]);
            }
        }
        Statement::SlotsHeld { .. } => set(SpecField::PodReplacementPolicy, &[json!("TerminatingOrFailed")]),
        Statement::EndWaits { .. } | Statement::Ended { .. } => {
            set(SpecField::TerminationGracePeriodSeconds, &[json!(2)]);
        }
        Statement::Reason(reason) => for_reason(reason, &mut set, object),
        _ => {}
    }
    if let Some((pod, told)) = kept_back::told(film, step, &why.statement) {
        changes.extend(remedies(film, step, told, pod, source, object));
    }
    if let Statement::Refused { limited, .. } = why.statement {
        changes.extend([Intervention::Quota(None), Intervention::Quota(Some(limited + 1))]);
    }
    let inputs = why.chain.iter().filter_map(|link| match link.origin {
        Some(Origin::Input(number)) => Some(number),
        _ => None,
    });
    let selected = match why.statement {
        Statement::Input { number, .. } => Some(number),
        _ => None,
    };
    changes.extend(order::set(inputs.chain(selected)).into_items().filter_map(|number| {
        let input = film.scenario.inputs.get(number as usize)?;
        Some(Intervention::WithoutInput { number, keyword: input.action.keyword(), at: input.at })
    }));
    changes.extend(ignoring(why, source, object));
    changes
}

fn for_failure(failure: &JobFailure, set: &mut impl FnMut(SpecField, &[Value]), object: &Job) {
    match *failure {
        JobFailure::BackoffLimit { failed, .. } => {
            set(SpecField::BackoffLimit, &[json!(failed), json!(failed + 1), json!(failed * 2 + 1)]);
        }
        JobFailure::Restarts { restarts, .. } => {
            set(SpecField::BackoffLimit, &[json!(restarts + 1), json!(restarts * 2 + 1)]);
            set(SpecField::RestartPolicy, &[json!("Never")]);
        }
        JobFailure::Deadline { .. } => {
            let deadline = object.spec.active_deadline_seconds.unwrap_or(1).max(1);
            set(SpecField::ActiveDeadlineSeconds, &[json!(deadline * 2), json!(deadline * 4), Value::Null]);
        }
        JobFailure::Rule { .. } => set(SpecField::PodFailurePolicy, &[Value::Null]),
        JobFailure::MaxFailedIndexes { failed, .. } => set(SpecField::MaxFailedIndexes, &[json!(failed)]),
        JobFailure::FailedIndexes { .. } => {
            let limit = object.spec.backoff_limit_per_index.unwrap_or(0);
            set(SpecField::BackoffLimitPerIndex, &[json!(limit + 1), json!(limit * 2 + 2)]);
        }
    }
}

fn for_reason(reason: &Reason, set: &mut impl FnMut(SpecField, &[Value]), object: &Job) {
    match reason {
        Reason::TtlRuns { .. } | Reason::TtlExpired { .. } => {
            let ttl = object.spec.ttl_seconds_after_finished.unwrap_or(0);
            set(SpecField::TtlSecondsAfterFinished, &[json!(ttl * 2 + 60), Value::Null]);
        }
        Reason::WillRestart { .. } | Reason::Restarted { .. } => {
            set(SpecField::RestartPolicy, &[json!("Never")]);
            set(SpecField::BackoffLimit, &[json!(0)]);
        }
        Reason::StopBegan { .. } | Reason::DeletionBegan { .. } => {
            set(SpecField::TerminationGracePeriodSeconds, &[json!(2)]);
        }
        _ => {}
    }
}

/// A podFailurePolicy that ignores the failures in the chain, if there is no policy yet and one is allowed.
fn ignoring(why: &Why, source: ObjectSource, object: &Job) -> Option<Intervention> {
    if object.spec.pod_failure_policy.is_some() || object.spec.template.spec.restart_policy != RestartPolicy::Never {
        return None;
    }
    let mut exit_codes: Vec<i32> = Vec::new();
    let mut disrupted = false;
    for link in &why.chain {
        match &link.fact {
            Fact::PodEnded { exit_code, .. } if *exit_code != 0 => exit_codes.push(*exit_code),
            Fact::Input { input, .. } => disrupted |= input.action.is_disruption(),
            _ => {}
        }
    }
    order::sort(&mut exit_codes);
    exit_codes.dedup();
    let rule = if disrupted {
        json!({"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]})
    } else if exit_codes.is_empty() {
        return None;
    } else {
        json!({"action": "Ignore", "onExitCodes": {"operator": "In", "values": exit_codes}})
    };
    Some(Intervention::Ignore { source, policy: json!({ "rules": [rule] }) })
}
