//! From a sync to its statement and its chain: what it decided, by which rule, from which facts, because of whom.

mod backoff;
mod end;
mod pods;

use super::link::{Counter, Fact, Link, effect, facts, rule, spec};
use super::roots;
use super::rule::Rule;
use super::spec_field::SpecField;
use super::statement::Statement;
use super::sync::SyncStep;
use crate::api::{JobStatus, PodId};
use crate::cluster::reason::{Check, CountedAs, Reason};
use crate::cluster::told::Told;
use crate::recording::{Object, Verb, Version};

/// A statement, and why it is so.
pub(super) type Decision = (Statement, Vec<Link>);

/// What a sync decided; with `pod`, what it decided about this pod where it says something about it.
pub(super) fn of_sync(sync: SyncStep<'_>, pod: Option<PodId>) -> Decision {
    end::failing(sync)
        .or_else(|| end::completing(sync))
        .or_else(|| end::ending(sync))
        .or_else(|| pod.and_then(|pod| succeeding(sync, pod)))
        .or_else(|| pods::refused(sync))
        .or_else(|| pods::deleting(sync))
        .or_else(|| pods::about_created(sync, pod))
        .or_else(|| backoff::giving_up_index(sync, pod))
        .or_else(|| backoff::waiting(sync))
        .or_else(|| backoff::waiting_for_index(sync, pod))
        .or_else(|| pods::creating(sync))
        .or_else(|| pods::slots_held(sync))
        .or_else(|| counting(sync, pod))
        .unwrap_or_else(|| nothing(sync))
}

/// The selected pod succeeded, and the Job goes on.
fn succeeding(sync: SyncStep<'_>, pod: PodId) -> Option<Decision> {
    sync.counted().find(|(counted, how)| *counted == pod && *how == CountedAs::Succeeded)?;
    let (statement, mut chain) = counting(sync, Some(pod))?;
    chain.extend(creation_effect(sync));
    chain.push(rule(Rule::Wanted));
    Some((statement, chain))
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

/// No other decision was made; why there was nothing to do.
fn nothing(sync: SyncStep<'_>) -> Decision {
    let telling = sync.reasons.iter().find(|reason| {
        !matches!(
            reason,
            Reason::Asked { .. } | Reason::Observed { .. } | Reason::NothingToWrite | Reason::ComesBack { .. }
        )
    });
    let mut chain = Vec::new();
    if let Some(reason) = telling {
        chain.extend(Rule::of(reason).map(rule));
        if matches!(reason, Reason::ManagedByOther(_)) {
            chain.extend(spec(sync.setting(SpecField::ManagedBy)));
        }
        return (Statement::Reason(reason.clone()), chain);
    }
    chain.push(rule(Rule::Batched));
    chain.extend(sync.answer(Check::PodsMissing).map(|answer| facts(Fact::Asked(Check::PodsMissing, answer), None)));
    chain.extend(counters(sync));
    let active = sync.observed().map_or(0, |(active, _, _)| active);
    let wanted = sync.wanted().map(|(wanted, _)| wanted);
    let statement = match sync.step.versions.is_empty() {
        true => Statement::NothingToDo { active, wanted },
        false => Statement::StatusWritten { active, wanted },
    };
    (statement, chain)
}

fn creation_effect(sync: SyncStep<'_>) -> Option<Link> {
    let first = sync.created().next()?;
    Some(effect(Fact::PodsCreated { first, count: sync.created().count() as u32 }, Some(sync.id)))
}

fn failed_indexes(sync: SyncStep<'_>) -> u32 {
    let status = sync.film.job(sync.job, sync.id).map(|job| &job.status);
    status.and_then(|status| status.failed_indexes.as_ref()).map_or(0, |indexes| indexes.len())
}

fn index_of(sync: SyncStep<'_>, pod: PodId) -> Option<u32> {
    sync.film.recording.born(pod)?.birth.index
}

/// The numbers of the Job's status that this sync changed.
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
        Counter::Ready => status.ready.unwrap_or(0),
    };
    let changed = Counter::ALL.into_iter().filter_map(|counter| {
        let (before, after) = (value(&before, counter), value(&after, counter));
        (before != after).then_some(Fact::Counter { counter, before, after })
    });
    changed.map(|fact| facts(fact, Some(sync.id))).collect()
}

/// Adds the rule that disruptions count as failures, where a disruption is in the chain.
fn disruptions(chain: &mut Vec<Link>) {
    let is_disruption = |link: &Link| match &link.fact {
        Fact::Input { input, .. } => input.action.is_disruption(),
        Fact::Reason(Reason::Told(Told::MarkedForDeletion(_) | Told::Preempted { .. })) => true,
        Fact::Reason(Reason::NodeGone(_) | Reason::OutOfService(_)) => true,
        _ => false,
    };
    if chain.iter().any(is_disruption) {
        chain.push(rule(Rule::DisruptionsCount));
    }
}

fn is_failed_counter(link: &Link) -> bool {
    matches!(link.fact, Fact::Counter { counter: Counter::Failed, .. })
}
