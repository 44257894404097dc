//! The root of a failure: what a person did, or what the program does.

use super::film::Film;
use super::inputs::{FAR_ENOUGH, input_link};
use super::kept_back;
use super::link::{self, Fact, Link, LinkRole};
use super::origin::Origin;
use super::reason_settings::settings;
use super::rule::Rule;
use super::sync::SyncStep;
use crate::api::{ContainerPlace, ObjectKey, Phase, Pod, PodId};
use crate::cluster::behavior::ContainerRun;
use crate::cluster::reason::{EndedBy, Reason, StepId};
use crate::cluster::told::Told;
use crate::order;
use crate::recording::Object;

/// Why the pods failed whose failure a sync saw first: the last two of them, or only `pod`.
pub(super) fn of_failures(sync: SyncStep<'_>, pod: Option<PodId>) -> Vec<Link> {
    let wanted = |failed: &PodId| pod.is_none_or(|pod| pod == *failed);
    // What this very sync stopped is an effect, not a cause.
    let stopped = order::set(sync.deleted().map(|(pod, _)| pod));
    let failed: Vec<PodId> = sync.failed_pods().filter(wanted).filter(|pod| !stopped.contains(pod)).collect();
    let shown = &failed[failed.len().saturating_sub(2)..];
    shown.iter().flat_map(|pod| of_end(sync.film, *pod, sync.id)).collect()
}

/// How a pod came to its end by the time of a step: the fact, and the input or behavior behind it.
pub(super) fn of_end(film: Film<'_>, pod: PodId, until: StepId) -> Vec<Link> {
    match end_step(film, pod, until) {
        Some(step) => of_end_in(film, pod, step),
        None => of_deletion(film, pod, until),
    }
}

/// How a pod came to its end in this step: by the end of the container that decided.
pub(super) fn of_end_in(film: Film<'_>, pod: PodId, step: StepId) -> Vec<Link> {
    let object = film.pod(pod, step);
    let deciding = object.and_then(Pod::deciding);
    // A success makes no failure: then another one never ran, and what deleted the pod has decided.
    let fails = |exit_code: i32| exit_code != 0 || object.is_none_or(|pod| pod.phase != Phase::Failed);
    let deciding = deciding.filter(|(_, ended)| fails(ended.exit_code));
    deciding.map_or_else(|| of_deletion(film, pod, step), |(container, _)| of_container(film, pod, container, step))
}

/// How a container of a pod came to its end, at the latest in this step.
pub(super) fn of_container(film: Film<'_>, pod: PodId, container: ContainerPlace, until: StepId) -> Vec<Link> {
    let Some(ContainerEnd { step, exit_code, by }) = ContainerEnd::of(film, pod, container, until) else {
        return of_deletion(film, pod, until);
    };
    let at = film.recording.step(step).at;
    let fact = Fact::PodEnded { pod, container, exit_code, at, by };
    let mut chain = vec![Link { role: LinkRole::Facts, fact, step: Some(step), origin: None }];
    match by {
        EndedBy::Itself => chain.extend(program(film, pod, step, container, exit_code)),
        EndedBy::FailInput | EndedBy::OomKill => chain.extend(input_link(film, step, Some(pod))),
        EndedBy::Sigterm | EndedBy::Sigkill | EndedBy::NotRunning => chain.extend(of_deletion(film, pod, step)),
    }
    chain
}

/// The last end of a container up to a step.
pub(super) struct ContainerEnd {
    pub(super) step: StepId,
    pub(super) exit_code: i32,
    by: EndedBy,
}

impl ContainerEnd {
    /// Looks from a step back to the creation of the pod.
    pub(super) fn of(film: Film<'_>, pod: PodId, container: ContainerPlace, until: StepId) -> Option<ContainerEnd> {
        let key = ObjectKey::Pod(pod);
        let born = film.recording.history(key).next()?.step;
        let steps = (born.0..=until.0).rev().map(StepId).filter(|id| film.recording.step(*id).key == Some(key));
        { steps }.find_map(|step| {
            film.reasons(step).iter().find_map(|reason| match *reason {
                Reason::ContainerEnded { container: ended, exit_code, by } if ended == container => {
                    Some(ContainerEnd { step, exit_code, by })
                }
                _ => None,
            })
        })
    }
}

/// What asked for the deletion of a pod, up to a step.
pub(super) fn of_deletion(film: Film<'_>, pod: PodId, until: StepId) -> Vec<Link> {
    let versions = film.recording.history(ObjectKey::Pod(pod)).take_while(|version| version.step <= until);
    let asked = versions
        .filter(|version| match &version.object {
            Object::Pod(pod) => pod.deletion.is_some() || pod.disruption.is_some(),
            Object::Job(_) | Object::CronJob(_) | Object::Node(_) => false,
        })
        .map(|version| version.step)
        .next()
        .or_else(|| end_step(film, pod, until));
    let Some(step) = asked else {
        return Vec::new();
    };
    let reasons = film.reasons(step);
    let telling = reasons.iter().find(|reason| match reason {
        Reason::DeletedPod { pod: deleted, .. } => *deleted == pod,
        Reason::OwnerDeleted(_) | Reason::OwnerAbsent { .. } | Reason::NeverScheduled(_) => true,
        Reason::Told(Told::MarkedForDeletion(driven) | Told::Preempted { pod: driven, .. }) => *driven == pod,
        Reason::NodeGone(left) | Reason::OutOfService(left) => *left == pod,
        _ => false,
    });
    let link = |reason: &Reason| Link {
        role: LinkRole::Facts,
        fact: Fact::Reason(reason.clone()),
        step: Some(step),
        origin: None,
    };
    let input = input_link(film, step, Some(pod));
    // Who acted on its own says why; what only passes on what a person did does not need to.
    let telling = telling.filter(|reason| input.is_none() || matches!(reason, Reason::Told(_) | Reason::NodeGone(_)));
    let mut chain: Vec<Link> = telling.map(link).into_iter().collect();
    if let Some(Reason::Told(told @ Told::MarkedForDeletion(_))) = telling {
        chain.extend(kept_back::chain(film, step, pod, told));
    }
    let told = chain.iter().any(|link| matches!(link.fact, Fact::Input { .. }));
    chain.extend(input.filter(|_| !told));
    if let Some(Reason::OwnerDeleted(_)) = telling {
        chain.extend(of_owners_deletion(film, step));
    }
    chain
}

/// Why the owner went whose dependents a step of the garbage collector deletes: its TTL, a limit of its CronJob's
/// history, and the field that says so. What a person did is found by [`input_link`].
pub(super) fn of_owners_deletion(film: Film<'_>, step: StepId) -> Vec<Link> {
    let mut id = step;
    for _ in 0..FAR_ENOUGH {
        let Some(cause) = film.recording.step(id).trigger.cause.filter(|cause| *cause < id) else { break };
        id = cause;
        let reasons = film.reasons(id);
        let telling = reasons.iter().find(|reason| {
            matches!(
                reason,
                Reason::TtlExpired { .. }
                    | Reason::HistoryPruned(_)
                    | Reason::RunReplaced(_)
                    | Reason::OwnerAbsent { .. }
            )
        });
        if let Some(reason) = telling {
            let mut chain =
                vec![Link { role: LinkRole::Facts, fact: Fact::Reason(reason.clone()), step: Some(id), origin: None }];
            chain.extend(Rule::of(reason).map(link::rule));
            chain.extend(settings(film, id, reason));
            return chain;
        }
    }
    Vec::new()
}

/// The step in which a pod ended.
pub(super) fn end_step(film: Film<'_>, pod: PodId, until: StepId) -> Option<StepId> {
    let versions = film.recording.history(ObjectKey::Pod(pod)).take_while(|version| version.step <= until);
    let mut ended = versions.filter(|version| match &version.object {
        Object::Pod(pod) => pod.phase.is_terminal(),
        Object::Job(_) | Object::CronJob(_) | Object::Node(_) => false,
    });
    ended.next().map(|version| version.step)
}

/// What the text says about the program that ended.
fn program(film: Film<'_>, pod: PodId, step: StepId, container: ContainerPlace, exit_code: i32) -> Option<Link> {
    let object = film.pod(pod, step)?;
    let restart = restarts(object, container);
    let run = ContainerRun { pod, birth: &object.birth, container, restart, node: film.recording.node_of(object) };
    let behavior = film.scenario.behaviors.position(run).map(|number| number as u32);
    let fact = Fact::Program { pod, container, behavior, exit_code, run: film.scenario.behaviors.program(run).run };
    Some(Link { role: LinkRole::Program, fact, step: None, origin: behavior.map(Origin::Behavior) })
}

fn restarts(pod: &Pod, container: ContainerPlace) -> u32 {
    pod.status_of(container).map_or(0, |status| status.restart_count)
}
