//! From a sync to its statement and its chain: what it decided, by which rule, from which facts, because of whom.

use super::link::{Counter, Fact, Link, LinkRole, effect, facts, rule, spec};
use super::origin::{Origin, SpecField};
use super::roots;
use super::rule::Rule;
use super::statement::{CreatedBecause, JobFailure, JobSuccess, LimitUse, Statement};
use super::sync::{Backoff, SyncStep};
use crate::api::{ConditionType, FailureAction, JobStatus, ObjectKey, PodId};
use crate::cluster::reason::{Answer, Check, CountedAs, DeletedBecause, Reason, StepId, Wake};
use crate::recording::{Object, Verb, Version};
use crate::time::Time;

/// A statement, and why it is so.
pub(super) type Decision = (Statement, Vec<Link>);

/// What a sync decided; with `pod`, what it decided about this pod where it says something about it.
pub(super) fn of_sync(sync: SyncStep<'_>, pod: Option<PodId>) -> Decision {
    failing(sync)
        .or_else(|| completing(sync))
        .or_else(|| ending(sync))
        .or_else(|| pod.and_then(|pod| succeeding(sync, pod)))
        .or_else(|| refused(sync))
        .or_else(|| deleting(sync))
        .or_else(|| about_created(sync, pod))
        .or_else(|| giving_up_index(sync, pod))
        .or_else(|| waiting(sync))
        .or_else(|| waiting_for_index(sync, pod))
        .or_else(|| creating(sync))
        .or_else(|| slots_held(sync))
        .or_else(|| counting(sync, pod))
        .unwrap_or_else(|| nothing(sync))
}

/// The end by failure is decided here.
fn failing(sync: SyncStep<'_>) -> Option<Decision> {
    let target = sync.condition(ConditionType::FailureTarget);
    let reason = target.or_else(|| {
        // Decided and done at once.
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
    let stopped = sync.deleted_for(DeletedBecause::JobEnds);
    let (ended, step) = ends(sync, ConditionType::Failed);
    let mut chain = vec![effect(ended, step), rule(the_rule)];
    if stopped > 0 {
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
fn completing(sync: SyncStep<'_>) -> Option<Decision> {
    let decided_before = sync.says_yes(Check::SuccessDecided);
    let reason = sync
        .condition(ConditionType::SuccessCriteriaMet)
        .or_else(|| sync.condition(ConditionType::Complete).filter(|_| !decided_before))?;
    let at_once = sync.condition(ConditionType::Complete).is_some();
    let stopped = sync.deleted_for(DeletedBecause::JobEnds);
    let succeeded = sync.observed().map_or(0, |(_, succeeded, _)| succeeded);
    let (ended, step) = ends(sync, ConditionType::Complete);
    let mut chain = vec![effect(ended, step)];
    let completions = sync.setting(SpecField::Completions);
    let (success, setting) = if reason == "SuccessPolicy" {
        let policy = sync.setting(SpecField::SuccessPolicy);
        chain.push(rule(Rule::SuccessPolicy));
        if stopped > 0 {
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
fn ending(sync: SyncStep<'_>) -> Option<Decision> {
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

/// The selected pod succeeded, and the Job goes on.
fn succeeding(sync: SyncStep<'_>, pod: PodId) -> Option<Decision> {
    sync.counted().find(|(counted, how)| *counted == pod && *how == CountedAs::Succeeded)?;
    let (statement, mut chain) = counting(sync, Some(pod))?;
    chain.extend(creation_effect(sync));
    chain.push(rule(Rule::Wanted));
    Some((statement, chain))
}

fn refused(sync: SyncStep<'_>) -> Option<Decision> {
    let (used, limited) = sync.reasons.iter().find_map(|reason| match *reason {
        Reason::CreationRefused { used, limited, .. } => Some((used, limited)),
        _ => None,
    })?;
    let created = sync.created().count() as u32;
    let again = sync.comes_back(|wake| matches!(wake, Wake::Retry(_)));
    let mut chain = Vec::new();
    chain.extend(creation_effect(sync));
    chain.push(rule(Rule::RefusedIsRetried));
    chain.extend(sync.answer(Check::PodsMissing).map(|answer| facts(Fact::Asked(Check::PodsMissing, answer), None)));
    chain.push(Link {
        role: LinkRole::Spec,
        fact: Fact::Quota(limited),
        step: None,
        origin: Some(Origin::ClusterSetting("podQuota")),
    });
    Some((Statement::Refused { used, limited, created, again }, chain))
}

fn deleting(sync: SyncStep<'_>) -> Option<Decision> {
    let deletion = |because| {
        let count = sync.deleted_for(because);
        (count > 0).then(|| effect(Fact::PodsDeleted { count, because }, Some(sync.id)))
    };
    let deleted = sync.deleted_for(DeletedBecause::Suspended);
    if deleted > 0 || sync.condition(ConditionType::Suspended) == Some("JobSuspended") {
        let setting = sync.setting(SpecField::Suspend);
        let mut chain: Vec<Link> = deletion(DeletedBecause::Suspended).into_iter().collect();
        chain.push(rule(Rule::SuspendDeletes));
        chain.extend(counters(sync));
        chain.extend(spec(setting.clone()));
        return Some((Statement::Suspended { deleted, setting }, chain));
    }
    let deleted = sync.deleted_for(DeletedBecause::TooMany) + sync.deleted_for(DeletedBecause::WrongIndex);
    if deleted == 0 {
        return None;
    }
    let parallelism = sync.setting(SpecField::Parallelism);
    let mut chain: Vec<Link> =
        deletion(DeletedBecause::TooMany).into_iter().chain(deletion(DeletedBecause::WrongIndex)).collect();
    chain.push(rule(Rule::ScaleDown));
    chain.extend(sync.answer(Check::TooManyPods).map(|answer| facts(Fact::Asked(Check::TooManyPods, answer), None)));
    chain.extend(spec(parallelism.clone()));
    let wanted = sync.wanted().map(|(wanted, _)| wanted);
    Some((Statement::ScaledDown { deleted, wanted, parallelism }, chain))
}

/// The selected pod was made here.
fn about_created(sync: SyncStep<'_>, pod: Option<PodId>) -> Option<Decision> {
    sync.created().find(|created| Some(*created) == pod)?;
    creating(sync)
}

fn giving_up_index(sync: SyncStep<'_>, pod: Option<PodId>) -> Option<Decision> {
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

/// No pod for now, because of failures.
fn waiting(sync: SyncStep<'_>) -> Option<Decision> {
    let Backoff { failures, wait, until } = sync.backoff()?;
    let next = sync.later().find_map(|later| later.created().next().map(|pod| (pod, later.id)));
    let mut chain = vec![effect(Fact::NoPodUntil { until, then: next.map(|(pod, _)| pod) }, next.map(|(_, id)| id))];
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
    }
    chain.extend(counters(sync).into_iter().filter(is_failed_counter));
    if let Some((_, number)) = ignored {
        chain.extend(spec(sync.film.rule(sync.key(), SpecField::PodFailurePolicy, number, sync.id)));
    }
    if !is_fresh {
        let left = until - sync.step.at;
        chain.push(rule(Rule::WaitIsForTheWholeJob));
        return Some((Statement::StillWaiting { failures, left, until }, chain));
    }
    chain.extend(roots::of_failures(sync, None));
    disruptions(&mut chain);
    let budget = budget(sync);
    Some((Statement::Retry { failures, wait, until, budget, ignored: ignored.map(|(_, rule)| rule) }, chain))
}

fn waiting_for_index(sync: SyncStep<'_>, pod: Option<PodId>) -> Option<Decision> {
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
    let mut chain = vec![
        effect(Fact::NoPodUntil { until, then: next.map(|(pod, _)| pod) }, next.map(|(_, id)| id)),
        rule(Rule::WaitPerIndex),
    ];
    chain.extend(spec(limit.clone()));
    chain.extend(roots::of_failures(sync, pod));
    let budget = limit.map(|limit| LimitUse { used: failures, limit });
    Some((Statement::IndexRetry { index, failures, until, budget }, chain))
}

fn creating(sync: SyncStep<'_>) -> Option<Decision> {
    let first = sync.created().next()?;
    let count = sync.created().count() as u32;
    let because = created_because(sync, first);
    let mut chain: Vec<Link> = creation_effect(sync).into_iter().collect();
    chain.push(rule(Rule::Wanted));
    chain.extend(sync.answer(Check::PodsMissing).map(|answer| facts(Fact::Asked(Check::PodsMissing, answer), None)));
    match &because {
        CreatedBecause::WaitOver { .. } => {
            if let Some(wait) = sync.earlier().find(|sync| sync.backoff().is_some())
                && let Some(Backoff { failures, wait: length, until }) = wait.backoff()
            {
                let from = until - length;
                let held = Reason::CreationHeldBack { failures, wait: length, from, until };
                chain.push(facts(Fact::Reason(held), Some(wait.id)));
                let failure = wait.earlier().chain([wait]).find(|sync| sync.failed_pods().next().is_some());
                chain.extend(failure.into_iter().flat_map(|failure| roots::of_failures(failure, None)));
            }
        }
        CreatedBecause::IndexWaitOver { .. } => chain.push(rule(Rule::WaitPerIndex)),
        CreatedBecause::First { .. } | CreatedBecause::Missing => {}
        CreatedBecause::MoreNeeded { completions } => chain.extend(spec(completions.clone())),
        CreatedBecause::Resumed => chain.extend(spec(sync.setting(SpecField::Suspend))),
    }
    chain.extend(spec(sync.setting(SpecField::Parallelism)));
    let wanted = sync.wanted().map(|(wanted, _)| wanted);
    Some((Statement::Created { first, count, because, wanted }, chain))
}

fn created_because(sync: SyncStep<'_>, first: PodId) -> CreatedBecause {
    let Some(earlier) = sync.earlier().find(|sync| sync.created().next().is_some()) else {
        return CreatedBecause::First { parallelism: sync.setting(SpecField::Parallelism) };
    };
    if sync.step.trigger.wake == Wake::BackoffOver
        && let Some(Backoff { failures, wait, .. }) = sync.earlier().find_map(|sync| sync.backoff())
    {
        return CreatedBecause::WaitOver { failures, wait };
    }
    if sync.condition(ConditionType::Suspended) == Some("JobResumed") {
        return CreatedBecause::Resumed;
    }
    if let Some((index, failures)) = held_back_before(sync, first) {
        return CreatedBecause::IndexWaitOver { index, failures };
    }
    let succeeded = |sync: &SyncStep<'_>| sync.observed().map_or(0, |(_, succeeded, _)| succeeded);
    if succeeded(&sync) > succeeded(&earlier) {
        return CreatedBecause::MoreNeeded { completions: sync.setting(SpecField::Completions) };
    }
    CreatedBecause::Missing
}

/// The index of a pod and its failures, if the pod was held back before.
fn held_back_before(sync: SyncStep<'_>, pod: PodId) -> Option<(u32, u32)> {
    let index = index_of(sync, pod)?;
    let before = sync.earlier().find(|sync| sync.answer(Check::PodsMissing).is_some())?;
    before.reasons.iter().find_map(|reason| match *reason {
        Reason::IndexHeldBack { index: held, failures, .. } if held == index => Some((index, failures)),
        _ => None,
    })
}

fn slots_held(sync: SyncStep<'_>) -> Option<Decision> {
    let Some(Answer::Pods { wanted, active, terminating, holds: false }) = sync.answer(Check::PodsMissing) else {
        return None;
    };
    if terminating == 0 || active >= wanted {
        return None;
    }
    let policy = sync.setting(SpecField::PodReplacementPolicy);
    let answer = Answer::Pods { wanted, active, terminating, holds: false };
    let mut chain = vec![rule(Rule::TerminatingHoldsPlace), facts(Fact::Asked(Check::PodsMissing, answer), None)];
    chain.extend(spec(policy.clone()));
    chain.extend(spec(sync.setting(SpecField::TerminationGracePeriodSeconds)));
    Some((Statement::SlotsHeld { terminating, policy }, chain))
}

fn counting(sync: SyncStep<'_>, pod: Option<PodId>) -> Option<Decision> {
    let (pod, counted) = sync
        .counted()
        .find(|(counted, _)| Some(*counted) == pod)
        .or_else(|| sync.counted().next().filter(|_| pod.is_none()))?;
    let succeeded = sync.observed().map_or(0, |(_, succeeded, _)| succeeded);
    let mut chain = counters(sync);
    let statement = match counted {
        CountedAs::Succeeded => {
            let completions = sync.setting(SpecField::Completions);
            chain.extend(spec(completions.clone()));
            Statement::Succeeded { pod, succeeded, completions }
        }
        CountedAs::Ignored { rule: number } => {
            let policy = sync.film.rule(sync.key(), SpecField::PodFailurePolicy, number, sync.id);
            chain.push(rule(Rule::FirstRuleWins));
            chain.extend(spec(policy.clone()));
            Statement::Ignored { pod, rule: policy }
        }
        CountedAs::Failed | CountedAs::Nothing => Statement::Reason(Reason::Counted { pod, counted }),
    };
    chain.extend(roots::of_end(sync.film, pod, sync.id));
    Some((statement, chain))
}

/// Nothing was decided, and that has a reason too.
fn nothing(sync: SyncStep<'_>) -> Decision {
    let telling = sync.reasons.iter().find(|reason| {
        !matches!(
            reason,
            Reason::Asked { .. } | Reason::Observed { .. } | Reason::NothingToWrite | Reason::ComesBack { .. }
        )
    });
    let mut chain = Vec::new();
    if let Some(reason) = telling {
        chain.extend(super::rule_of(reason).map(rule));
        if matches!(reason, Reason::ManagedByOther(_)) {
            chain.extend(spec(sync.setting(SpecField::ManagedBy)));
        }
        return (Statement::Reason(reason.clone()), chain);
    }
    chain.push(rule(Rule::Batched));
    chain.extend(sync.answer(Check::PodsMissing).map(|answer| facts(Fact::Asked(Check::PodsMissing, answer), None)));
    chain.extend(counters(sync));
    let active = sync.observed().map_or(0, |(active, _, _)| active);
    (Statement::NothingToDo { active, wanted: sync.wanted().map(|(wanted, _)| wanted) }, chain)
}

fn creation_effect(sync: SyncStep<'_>) -> Option<Link> {
    let first = sync.created().next()?;
    Some(effect(Fact::PodsCreated { first, count: sync.created().count() as u32 }, Some(sync.id)))
}

fn count(answer: Option<Answer>) -> Option<u32> {
    match answer? {
        Answer::Count { count, .. } => Some(count),
        _ => None,
    }
}

fn failed_indexes(sync: SyncStep<'_>) -> u32 {
    let status = sync.film.job(sync.job, sync.id).map(|job| &job.status);
    status.and_then(|status| status.failed_indexes.as_ref()).map_or(0, |indexes| indexes.len())
}

fn index_of(sync: SyncStep<'_>, pod: PodId) -> Option<u32> {
    match sync.film.recording.history(ObjectKey::Pod(pod)).next().map(|version| &version.object) {
        Some(Object::Pod(pod)) => pod.birth.index,
        _ => None,
    }
}

/// Failed pods against backoffLimit, where it is the limit that counts.
fn budget(sync: SyncStep<'_>) -> Option<LimitUse> {
    let limit = sync.setting(SpecField::BackoffLimit)?;
    let used = sync.observed().map(|(_, _, failed)| failed)?;
    Some(LimitUse { used, limit })
}

/// When the Job gets the condition, and in which step.
fn ends(sync: SyncStep<'_>, condition: ConditionType) -> (Fact, Option<StepId>) {
    let end = [sync].into_iter().chain(sync.later()).find(|sync| sync.condition(condition).is_some());
    (Fact::JobEnds { condition, at: end.map(|sync| sync.step.at) }, end.map(|sync| sync.id))
}

/// The numbers of the status that this sync changed.
pub(super) fn counters(sync: SyncStep<'_>) -> Vec<Link> {
    let history = || sync.film.recording.history(sync.key()).filter(|version| version.verb != Verb::Remove);
    let status = |version: Option<&Version>| match version.map(|version| &version.object) {
        Some(Object::Job(job)) => job.status.clone(),
        _ => JobStatus::default(),
    };
    let before = status(history().rfind(|version| version.step < sync.id));
    let after = status(history().rfind(|version| version.step <= sync.id));
    let value = |status: &JobStatus, counter| match counter {
        Counter::Active => status.active,
        Counter::Succeeded => status.succeeded,
        Counter::Failed => status.failed,
        Counter::Terminating => status.terminating.unwrap_or(0),
    };
    let changed = Counter::ALL.into_iter().filter_map(|counter| {
        let (before, after) = (value(&before, counter), value(&after, counter));
        (before != after).then_some(Fact::Counter { counter, before, after })
    });
    changed.map(|fact| facts(fact, Some(sync.id))).collect()
}

/// Adds the rule that people are surprised by, where a failure was an eviction.
fn disruptions(chain: &mut Vec<Link>) {
    let is_disruption = |link: &Link| matches!(&link.fact, Fact::Input { input, .. } if input.action.is_disruption());
    if chain.iter().any(is_disruption) {
        chain.push(rule(Rule::DisruptionsCount));
    }
}

fn is_failed_counter(link: &Link) -> bool {
    matches!(link.fact, Fact::Counter { counter: Counter::Failed, .. })
}
