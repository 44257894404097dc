//! Failures that are tolerated, and the waits after them: of the whole Job, or of one index.

use super::{Decision, counters, disruptions, failed_indexes, index_of, is_failed_counter};
use crate::api::{ContainerStatus, FailureAction, Pod, PodId};
use crate::cluster::reason::{Reason, StepId};
use crate::explain::link::{Cut, CutBy, Fact, Link, effect, facts, rule, spec};
use crate::explain::roots;
use crate::explain::rule::Rule;
use crate::explain::spec_field::SpecField;
use crate::explain::statement::{LimitUse, Statement};
use crate::explain::sync::{Backoff, SyncStep};
use crate::time::Time;

/// No pod is created for now, because of failures.
pub(super) fn waiting(sync: SyncStep<'_>) -> Option<Decision> {
    let Backoff { failures, wait, until } = sync.backoff()?;
    let next = sync.later().find_map(|later| later.created().next().map(|pod| (pod, later.id)));
    let cut = next.and_then(|(_, id)| cut(sync, id, until));
    let mut chain =
        vec![effect(Fact::NoPodUntil { until, cut, then: next.map(|(pod, _)| pod) }, next.map(|(_, id)| id))];
    let is_fresh = sync.failed_pods().next().is_some();
    let ignored = sync.ignoring_rule();
    chain.push(rule(Rule::WaitDoubles));
    if ignored.is_some() {
        chain.push(rule(Rule::IgnoredStillWaits));
    }
    if sync.reasons.iter().any(|reason| matches!(reason, Reason::TerminatingCountsAsFailed(_))) {
        chain.push(rule(Rule::TerminatingCounts));
    }
    if let Some((after, Some(last))) = sync.failures_in_a_row() {
        let before = sync.earlier().find_map(|sync| sync.failures_in_a_row()).map_or(0, |(before, _)| before);
        chain.push(facts(Fact::FailuresInARow { before, after, last }, Some(sync.id)));
        chain.extend(from_not_ready(sync, last));
    }
    chain.extend(counters(sync).into_iter().filter(is_failed_counter));
    if let Some((_, number)) = ignored {
        chain.extend(spec(sync.film.rule(sync.key(), SpecField::PodFailurePolicy, number, sync.id)));
    }
    if !is_fresh {
        let left = until - sync.step.at;
        chain.push(rule(Rule::WaitIsForTheWholeJob));
        return Some((Statement::StillWaiting { failures, left, until, cut }, chain));
    }
    chain.extend(roots::of_failures(sync, None));
    disruptions(&mut chain);
    let budget = budget(sync);
    let holds_others = sync.film.job(sync.job, sync.id).is_some_and(|job| job.spec.parallelism > 1);
    let ignored = ignored.map(|(_, rule)| rule);
    Some((Statement::Retry { failures, wait, until, budget, ignored, holds_others }, chain))
}

/// Why the wait after the failures of a sync counts from before the last of them, if it does.
pub(super) fn from_not_ready(sync: SyncStep<'_>, last: Time) -> Option<Link> {
    let has_time = |pod: &Pod| {
        let finished = |status: &ContainerStatus| status.terminated().and_then(|ended| ended.finished).is_some();
        pod.containers.iter().all(finished)
    };
    let timeless = sync.failed_pods().filter(|pod| sync.film.pod(*pod, sync.id).is_some_and(|pod| !has_time(pod)));
    let ended = timeless.filter_map(|pod| roots::end_step(sync.film, pod, sync.id));
    let ended = ended.map(|step| sync.film.recording.step(step).at.truncated()).max();
    ended.filter(|ended| last < *ended).map(|_| rule(Rule::WaitFromNotReady))
}

/// Why the step that creates the next pod comes before a wait is over, if it does.
fn cut(sync: SyncStep<'_>, next: StepId, until: Time) -> Option<Cut> {
    let at = sync.film.recording.step(next).at;
    if at >= until {
        return None;
    }
    let between = (sync.id.0 + 1..=next.0).map(|id| sync.film.recording.step(StepId(id)));
    let mut reasons = between.flat_map(|step| {
        let is_own = step.key == Some(sync.key());
        sync.film.recording.reasons(step).iter().map(move |reason| (is_own, reason))
    });
    let by = reasons.find_map(|(is_own, reason)| match reason {
        Reason::MemoryLost => Some(CutBy::Restart),
        Reason::BackoffReset if is_own => Some(CutBy::Success),
        _ => None,
    });
    Some(Cut { at, by: by.unwrap_or(CutBy::Other) })
}

pub(super) fn waiting_for_index(sync: SyncStep<'_>, pod: Option<PodId>) -> Option<Decision> {
    let index_of_pod = pod.and_then(|pod| index_of(sync, pod));
    let (index, failures, until) = sync.reasons.iter().find_map(|reason| match *reason {
        Reason::IndexHeldBack { index, failures, until } if index_of_pod.is_none_or(|wanted| wanted == index) => {
            Some((index, failures, until))
        }
        _ => None,
    })?;
    let next = sync.later().find_map(|later| {
        let pod = later.created().find(|pod| index_of(later, *pod) == Some(index))?;
        Some((pod, later.id))
    });
    let limit = sync.setting(SpecField::BackoffLimitPerIndex);
    let cut = next.and_then(|(_, id)| cut(sync, id, until));
    let mut chain = vec![
        effect(Fact::NoPodUntil { until, cut, then: next.map(|(pod, _)| pod) }, next.map(|(_, id)| id)),
        rule(Rule::WaitPerIndex),
    ];
    chain.extend(spec(limit.clone()));
    chain.extend(roots::of_failures(sync, pod));
    let budget = limit.map(|limit| LimitUse { used: failures, limit });
    Some((Statement::IndexRetry { index, failures, until, budget }, chain))
}

pub(super) fn giving_up_index(sync: SyncStep<'_>, pod: Option<PodId>) -> Option<Decision> {
    let given_up = |reason: &Reason| match *reason {
        Reason::IndexFailed { index, failures } => Some((index, failures)),
        _ => None,
    };
    let index_of_pod = pod.and_then(|pod| index_of(sync, pod));
    let (index, failures) = sync
        .reasons
        .iter()
        .filter_map(given_up)
        .find(|(index, _)| index_of_pod.is_none_or(|wanted| wanted == *index))?;
    // A rule with FailIndex decides whatever the limit is.
    let by_rule = sync.reasons.iter().find_map(|reason| match *reason {
        Reason::RuleMatched { pod, rule, action: FailureAction::FailIndex } if index_of(sync, pod) == Some(index) => {
            sync.film.rule(sync.key(), SpecField::PodFailurePolicy, rule, sync.id)
        }
        _ => None,
    });
    let the_rule = if by_rule.is_some() { Rule::FirstRuleWins } else { Rule::IndexLimit };
    let limit = by_rule.or_else(|| sync.setting(SpecField::BackoffLimitPerIndex));
    let mut chain = vec![rule(the_rule), rule(Rule::FailedIndexFailsJob)];
    chain.extend(counters(sync));
    chain.extend(spec(limit.clone()));
    chain.extend(roots::of_failures(sync, pod));
    Some((Statement::IndexGivenUp { index, failures, limit, failed_indexes: failed_indexes(sync) }, chain))
}

/// Failed pods against backoffLimit.
fn budget(sync: SyncStep<'_>) -> Option<LimitUse> {
    let limit = sync.setting(SpecField::BackoffLimit)?;
    let used = sync.observed().map(|(_, _, failed)| failed)?;
    Some(LimitUse { used, limit })
}
