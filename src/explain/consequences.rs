//! What follows from what happens to a node or its pods: who has to go, whether anybody hears of it, and how the Job counts
//! it.

use super::film::Film;
use super::link::{self, Fact, Link};
use super::rule::Rule;
use super::sync::SyncStep;
use crate::api::{NodeId, ObjectKey, PodId};
use crate::cluster::reason::{CountedAs, Reason, StepId};
use crate::cluster::told::Told;
use crate::order::{self, Set};
use crate::recording::{Object, Verb};

/// The effects of a step that disrupts pods, or taints a node.
pub(super) fn of_step(film: Film<'_>, id: StepId) -> Vec<Link> {
    let reasons = film.reasons(id);
    let disrupted = |reason: &Reason| match reason {
        Reason::DisruptionTarget(pod) | Reason::NodeGone(pod) | Reason::OutOfService(pod) => Some(*pod),
        Reason::Told(Told::Preempted { pod, .. } | Told::MarkedForDeletion(pod)) => Some(*pod),
        Reason::Told(Told::Evicted) => pod_of(film, id),
        _ => None,
    };
    let mut pods: Vec<PodId> = reasons.iter().filter_map(disrupted).collect();
    let mut chain: Vec<Link> = pods.iter().find_map(|pod| unheard(film, *pod, id)).into_iter().collect();
    let lost = reasons.iter().find_map(|reason| if let Reason::NodeLost(node) = reason { Some(*node) } else { None });
    let tainted = lost.map_or(Some(id), |node| tainted_for_loss(film, id, node));
    let driven = tainted.map_or_else(Vec::new, |tainted| driven_out(film, tainted));
    if let Some((first, step)) = driven.first() {
        let at = film.recording.step(*step).at;
        chain.push(link::effect(Fact::DrivenOut { first: *first, count: driven.len() as u32, at }, Some(*step)));
    }
    pods.extend(driven.into_iter().map(|(pod, _)| pod));
    pods.retain(|pod| !has_ended(film, *pod, id));
    chain.extend(counts(film, id, &pods));
    chain
}

/// Who has to go because taints are weighed after a step: a node is another, a pod comes to one, controllers start again.
fn driven_out(film: Film<'_>, id: StepId) -> Vec<(PodId, StepId)> {
    let goes = |reason: &Reason| matches!(reason, Reason::Told(Told::MarkedForDeletion(_)));
    let later = film.recording.evictions_after(id).iter().copied();
    let driven = later.filter(|later| film.reasons(*later).iter().any(goes));
    driven.filter_map(|step| Some((pod_of(film, step)?, step))).collect()
}

/// The step that taints a node with NoExecute because it was lost in a step; none if it is back before that.
fn tainted_for_loss(film: Film<'_>, id: StepId, node: NodeId) -> Option<StepId> {
    let mut later = (id.0 + 1..film.recording.steps().len() as u32).map(StepId);
    later.find_map(|later| {
        film.reasons(later).iter().find_map(|reason| match reason {
            Reason::TaintedForEviction(tainted) if *tainted == node => Some(Some(later)),
            Reason::NodeBack(back) if *back == node => Some(None),
            _ => None,
        })
    })?
}

/// Whether a pod had ended before a step.
fn has_ended(film: Film<'_>, pod: PodId, id: StepId) -> bool {
    let before = film.recording.history_before(ObjectKey::Pod(pod), id).next();
    matches!(before.map(|version| &version.object), Some(Object::Pod(pod)) if pod.phase.is_terminal())
}

/// The pod that a step is about.
fn pod_of(film: Film<'_>, id: StepId) -> Option<PodId> {
    match film.recording.step(id).key {
        Some(ObjectKey::Pod(pod)) => Some(pod),
        _ => None,
    }
}

/// That nobody stops a pod whose deletion a step asks for: its node is not heard of.
pub(super) fn unheard(film: Film<'_>, pod: PodId, id: StepId) -> Option<Link> {
    let object = film.pod(pod, id)?;
    let node = object.bound.filter(|_| !object.phase.is_terminal())?.node;
    if !film.recording.is_silent(node, film.recording.step(id).at) {
        return None;
    }
    let mut later = film.recording.history(ObjectKey::Pod(pod)).filter(|version| version.step > id);
    let ended = later.find(|version| match &version.object {
        Object::Pod(pod) => version.verb == Verb::Remove || pod.phase.is_terminal(),
        _ => false,
    });
    let until = ended.map(|version| film.recording.written_at(version));
    Some(link::effect(Fact::Unheard { pod, node, until }, ended.map(|version| version.step)))
}

/// How the Job counts these pods, each way of counting once.
fn counts(film: Film<'_>, id: StepId, pods: &[PodId]) -> Vec<Link> {
    let mut wanted: Set<PodId> = order::set(pods.iter().copied());
    let mut chain: Vec<Link> = Vec::new();
    let mut is_failure = false;
    let mut later = (id.0 + 1..film.recording.steps().len() as u32).map(StepId);
    while !wanted.is_empty()
        && let Some(sync) = later.find_map(|later| SyncStep::of(film, later))
    {
        let at = sync.step.at;
        let own: Vec<(PodId, CountedAs)> = sync.counted().filter(|(pod, _)| wanted.remove(pod)).collect();
        for how in [true, false] {
            let failed = |counted: &CountedAs| *counted == CountedAs::Failed;
            let mut alike = own.iter().filter(|(_, counted)| {
                failed(counted) == how && !matches!(counted, CountedAs::Nothing | CountedAs::Succeeded)
            });
            if let Some((first, counted)) = alike.next() {
                let count = 1 + alike.count() as u32;
                let fact = Fact::CountedLater { first: *first, count, counted: *counted, at };
                chain.push(link::effect(fact, Some(sync.id)));
                is_failure |= how;
            }
        }
        later = (sync.id.0 + 1..film.recording.steps().len() as u32).map(StepId);
    }
    if is_failure {
        chain.push(link::rule(Rule::DisruptionsCount));
    }
    chain
}
