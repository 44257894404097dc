//! The end of a Job: decided by failure or success, or final at last.

use super::{Decision, counters, disruptions, failed_indexes};
use crate::api::{ConditionType, FailureAction, PodId};
use crate::cluster::reason::{Answer, Check, CountedAs, DeletedBecause, Reason, StepId};
use crate::explain::link::{Fact, effect, facts, rule, spec};
use crate::explain::roots;
use crate::explain::rule::Rule;
use crate::explain::spec_field::SpecField;
use crate::explain::statement::{JobFailure, JobSuccess, Statement, StoppedPods};
use crate::explain::sync::SyncStep;
use crate::time::Time;

/// The end by failure is decided here.
pub(super) fn failing(sync: SyncStep<'_>) -> Option<Decision> {
    let target = sync.condition(ConditionType::FailureTarget);
    let reason = target.or_else(|| {
        // Decided and final at once.
        let decided_before = sync.says_yes(Check::FailureDecided);
        sync.condition(ConditionType::Failed).filter(|_| !decided_before)
    })?;
    let failed = sync.observed().map_or(0, |(_, _, failed)| failed);
    let (failure, the_rule, setting) = match reason {
        "DeadlineExceeded" => {
            let limit = sync.setting(SpecField::ActiveDeadlineSeconds);
            let elapsed = match sync.answer(Check::ActiveDeadline) {
                Some(Answer::Elapsed { elapsed, .. }) => elapsed,
                _ => sync.step.at - Time::ZERO,
            };
            (JobFailure::Deadline { elapsed, limit: limit.clone() }, Rule::DeadlineOverAll, limit)
        }
        "PodFailurePolicy" => {
            let matched = sync.reasons.iter().find_map(|reason| match reason {
                Reason::RuleMatched { pod, rule, action: FailureAction::FailJob } => Some((*pod, *rule)),
                _ => None,
            });
            let rule =
                matched.and_then(|(_, rule)| sync.film.rule(sync.key(), SpecField::PodFailurePolicy, rule, sync.id));
            let failure = JobFailure::Rule { pod: matched.map(|(pod, _)| pod), rule: rule.clone() };
            (failure, Rule::FailJobEndsAll, rule)
        }
        "MaxFailedIndexesExceeded" => {
            let limit = sync.setting(SpecField::MaxFailedIndexes);
            let failed = count(sync.answer(Check::MaxFailedIndexes)).unwrap_or(failed);
            (JobFailure::MaxFailedIndexes { failed, limit: limit.clone() }, Rule::MaxFailedIndexes, limit)
        }
        "FailedIndexes" => {
            let failed = failed_indexes(sync);
            let limit = sync.setting(SpecField::BackoffLimitPerIndex);
            (JobFailure::FailedIndexes { failed }, Rule::FailedIndexFailsJob, limit)
        }
        _ => {
            let limit = sync.setting(SpecField::BackoffLimit);
            match sync.answer(Check::RestartLimit) {
                Some(Answer::Count { count, holds: true, .. }) => {
                    let failure = JobFailure::Restarts { restarts: count, limit: limit.clone() };
                    (failure, Rule::FailsAtRestarts, limit)
                }
                _ => {
                    let failed = count(sync.answer(Check::BackoffLimit)).unwrap_or(failed);
                    (JobFailure::BackoffLimit { failed, limit: limit.clone() }, Rule::FailsAboveLimit, limit)
                }
            }
        }
    };
    let at_once = sync.condition(ConditionType::Failed).is_some();
    let stopped = stopped(sync);
    let (ended, step) = ends(sync, ConditionType::Failed);
    let mut chain = vec![effect(ended, step), rule(the_rule)];
    if stopped.count > 0 {
        chain.push(rule(Rule::RunningPodsFailToo));
    }
    chain.extend(counters(sync));
    chain.extend(spec(setting));
    if !matches!(failure, JobFailure::Deadline { .. }) {
        let matched = match &failure {
            JobFailure::Rule { pod, .. } => *pod,
            _ => None,
        };
        chain.extend(roots::of_failures(sync, matched));
    }
    disruptions(&mut chain);
    Some((Statement::JobFails { failure, stopped, at_once }, chain))
}

/// The end by success is decided here.
pub(super) fn completing(sync: SyncStep<'_>) -> Option<Decision> {
    let decided_before = sync.says_yes(Check::SuccessDecided);
    let reason = sync
        .condition(ConditionType::SuccessCriteriaMet)
        .or_else(|| sync.condition(ConditionType::Complete).filter(|_| !decided_before))?;
    let at_once = sync.condition(ConditionType::Complete).is_some();
    let stopped = stopped(sync);
    let succeeded = sync.observed().map_or(0, |(_, succeeded, _)| succeeded);
    let (ended, step) = ends(sync, ConditionType::Complete);
    let mut chain = vec![effect(ended, step)];
    let completions = sync.setting(SpecField::Completions);
    let (success, setting) = if reason == "SuccessPolicy" {
        let policy = sync.setting(SpecField::SuccessPolicy);
        chain.push(rule(Rule::SuccessPolicy));
        if stopped.count > 0 {
            chain.push(rule(Rule::RunningPodsUncounted));
        }
        (JobSuccess::Policy { policy: policy.clone() }, policy)
    } else {
        chain.push(rule(if completions.is_some() { Rule::EnoughSuccesses } else { Rule::WorkQueue }));
        (JobSuccess::Completions { succeeded, completions: completions.clone() }, completions)
    };
    chain.extend(counters(sync));
    chain.extend(spec(setting));
    chain.extend(
        sync.counted()
            .find(|(_, counted)| *counted == CountedAs::Succeeded)
            .into_iter()
            .flat_map(|(pod, _)| roots::of_end(sync.film, pod, sync.id)),
    );
    Some((Statement::JobCompletes { success, stopped, at_once }, chain))
}

/// What was decided before becomes final, or still waits.
pub(super) fn ending(sync: SyncStep<'_>) -> Option<Decision> {
    for (condition, interim) in [
        (ConditionType::Failed, ConditionType::FailureTarget),
        (ConditionType::Complete, ConditionType::SuccessCriteriaMet),
    ] {
        if sync.condition(condition).is_some() {
            let decision = sync.earlier().find(|sync| sync.condition(interim).is_some());
            let decided = decision.map(|sync| sync.step.at);
            let mut chain =
                vec![effect(Fact::JobEnds { condition, at: Some(sync.step.at) }, Some(sync.id)), rule(Rule::EndWaits)];
            chain.extend(counters(sync));
            chain.extend(decision.map(|decision| {
                facts(
                    Fact::Reason(Reason::ConditionAdded {
                        condition: interim,
                        reason: decision.condition(interim).unwrap_or_default(),
                    }),
                    Some(decision.id),
                )
            }));
            return Some((Statement::Ended { condition, decided }, chain));
        }
    }
    let terminating = sync.end_waits()?;
    let condition = if sync.says_yes(Check::SuccessDecided) { ConditionType::Complete } else { ConditionType::Failed };
    let (ended, step) = ends(sync, condition);
    let mut chain = vec![effect(ended, step), rule(Rule::EndWaits), rule(Rule::GracePeriod)];
    chain.extend(counters(sync));
    chain.extend(spec(sync.setting(SpecField::TerminationGracePeriodSeconds)));
    Some((Statement::EndWaits { terminating }, chain))
}

/// The pods that are deleted for it.
fn stopped(sync: SyncStep<'_>) -> StoppedPods {
    let pods: Vec<PodId> =
        sync.deleted().filter(|(_, why)| *why == DeletedBecause::JobEnds).map(|(pod, _)| pod).collect();
    let never_started = |pod: &PodId| sync.film.pod(*pod, sync.id).is_some_and(|pod| !pod.ever_ran());
    StoppedPods {
        count: pods.len() as u32,
        first: pods.first().copied(),
        never_started: pods.iter().all(never_started),
    }
}

/// When the Job gets the condition, and in which step.
fn ends(sync: SyncStep<'_>, condition: ConditionType) -> (Fact, Option<StepId>) {
    let end = [sync].into_iter().chain(sync.later()).find(|sync| sync.condition(condition).is_some());
    (Fact::JobEnds { condition, at: end.map(|sync| sync.step.at) }, end.map(|sync| sync.id))
}

fn count(answer: Option<Answer>) -> Option<u32> {
    match answer? {
        Answer::Count { count, .. } => Some(count),
        _ => None,
    }
}
