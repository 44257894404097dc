//! Pods that are created or deleted, and why none is created: the quota, or a pod that still holds its slot.

use super::backoff::from_not_ready;
use super::{Decision, counters, creation_effect, disruptions, index_of, is_failed_counter};
use crate::api::{ConditionType, NodeReady, ObjectKey, PodId};
use crate::cluster::reason::{Answer, Check, DeletedBecause, Reason, Wake};
use crate::explain::link::{Fact, Link, LinkRole, effect, facts, rule, spec};
use crate::explain::origin::Origin;
use crate::explain::roots;
use crate::explain::rule::Rule;
use crate::explain::spec_field::SpecField;
use crate::explain::statement::{CreatedBecause, Statement, StoppingPod};
use crate::explain::sync::{Backoff, SyncStep};
use crate::recording::{Object, Verb};

pub(super) fn refused(sync: SyncStep<'_>) -> Option<Decision> {
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

pub(super) fn deleting(sync: SyncStep<'_>) -> Option<Decision> {
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

/// The selected pod was created here.
pub(super) fn about_created(sync: SyncStep<'_>, pod: Option<PodId>) -> Option<Decision> {
    sync.created().find(|created| Some(*created) == pod)?;
    creating(sync)
}

pub(super) fn creating(sync: SyncStep<'_>) -> Option<Decision> {
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
                chain.extend(failure.and_then(|failure| from_not_ready(failure, from)));
                chain.extend(failure.into_iter().flat_map(|failure| roots::of_failures(failure, None)));
            }
        }
        CreatedBecause::IndexWaitOver { .. } => chain.push(rule(Rule::WaitPerIndex)),
        CreatedBecause::First { .. } | CreatedBecause::Missing => {}
        CreatedBecause::MoreNeeded { completions } => chain.extend(spec(completions.clone())),
        CreatedBecause::Resumed => chain.extend(spec(sync.setting(SpecField::Suspend))),
    }
    if sync.failed_pods().next().is_some() {
        // It takes the place of a pod that counts as failed by now.
        chain.extend(counters(sync).into_iter().filter(is_failed_counter));
        chain.extend(roots::of_failures(sync, None));
        disruptions(&mut chain);
    }
    chain.extend(spec(sync.setting(SpecField::Parallelism)));
    let wanted = sync.wanted().map(|(wanted, _)| wanted);
    let beside = stopping(sync);
    if beside.is_some() {
        chain.extend(spec(sync.setting(SpecField::PodReplacementPolicy)));
    }
    Some((Statement::Created { first, count, because, wanted, beside }, chain))
}

/// The first pod of the Job that is still being stopped, if the sync saw one.
fn stopping(sync: SyncStep<'_>) -> Option<StoppingPod> {
    sync.reasons.iter().find(|reason| matches!(reason, Reason::Observed { terminating: 1.., .. }))?;
    let recording = sync.film.recording;
    let is_stopping = |pod: &PodId| match sync.film.last_seen(ObjectKey::Pod(*pod), sync.id) {
        Some(Object::Pod(pod)) => pod.birth.job == sync.job && pod.is_terminating() && pod.ever_ran(),
        _ => false,
    };
    let pod = recording.pods().find(is_stopping)?;
    let mut later = recording.history(ObjectKey::Pod(pod)).filter(|version| version.step > sync.id);
    let stopped = later.find(|version| match &version.object {
        Object::Pod(pod) => pod.phase.is_terminal() || version.verb == Verb::Remove,
        Object::Job(_) | Object::CronJob(_) | Object::Node(_) => false,
    });
    let node = sync
        .film
        .pod(pod, sync.id)?
        .bound
        .and_then(|bound| recording.object_after(ObjectKey::Node(bound.node), sync.id));
    let is_heard = !matches!(node, Some(Object::Node(node)) if node.ready == NodeReady::Unknown);
    Some(StoppingPod { pod, until: stopped.map(|version| recording.written_at(version)), is_heard })
}

fn created_because(sync: SyncStep<'_>, first: PodId) -> CreatedBecause {
    let Some(earlier) = sync.earlier().find(|sync| sync.created().next().is_some()) else {
        return CreatedBecause::First { parallelism: sync.setting(SpecField::Parallelism) };
    };
    if sync.step.trigger.wake == Wake::BackoffOver
        && let Some(Backoff { failures, wait, .. }) = sync.earlier().find_map(|sync| sync.backoff())
    {
        let failure = sync.earlier().find(|sync| sync.failed_pods().next().is_some());
        let ignored = failure.is_some_and(|failure| failure.ignoring_rule().is_some());
        return CreatedBecause::WaitOver { failures, wait, ignored };
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

pub(super) fn slots_held(sync: SyncStep<'_>) -> Option<Decision> {
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
