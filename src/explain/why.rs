//! The whole answer to "why?" for a selected mark.

use super::brief::{Brief, brief};
use super::checklist::{self, Checklist};
use super::consequences;
use super::decision;
use super::film::Film;
use super::inputs;
use super::kept_back;
use super::link::{self, Fact, Link};
use super::origin::Origin;
use super::reality::{self, RealLife};
use super::reason_settings::settings;
use super::roots;
use super::rule::Rule;
use super::spec_field::SpecField;
use super::statement::Statement;
use super::sync::SyncStep;
use crate::api::{ObjectKey, Phase, PodId};
use crate::cluster::reason::{Component, CountedAs, EndedBy, Reason, StepId, Wake};
use crate::cluster::told::{Killing, Told};
use crate::manifest::Reading;
use crate::order;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::time::{Span, Time};
use std::ops::Range;

/// What is to be explained: a step, and the object whose mark was pressed.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    pub step: StepId,
    pub object: Option<ObjectKey>,
}

/// The answer.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    pub selected: Selection,
    pub at: Time,
    /// The selected step in a line.
    pub subject: Vec<Brief>,
    /// The state in whose colour the subject is shown.
    pub tone: Tone,
    /// The one thing to know.
    pub statement: Statement,
    /// The object that the decision is about.
    pub key: Option<ObjectKey>,
    /// Effects, rules, facts and what a person wrote or did, in the order of [`LinkRole`].
    pub chain: Vec<Link>,
    /// What the controller asked, where a sync decided.
    pub checklist: Option<Checklist>,
    /// How it looks on a real cluster.
    pub real_life: RealLife,
}

/// The state of the subject.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Failed,
    Succeeded,
    Running,
    /// Waiting for a back-off.
    Waiting,
    Stopping,
}

/// The Job controller sees the end of a pod no later than this.
const SOON: Span = Span::from_seconds(2);

/// Why a mark is as it is; `None` if the recording has no such step.
pub fn why(recording: &Recording, scenario: &Scenario, selected: Selection) -> Option<Why> {
    let film = Film { recording, scenario };
    let step = recording.steps().get(selected.step.0 as usize)?;
    let pod = match selected.object.or(step.key) {
        Some(ObjectKey::Pod(pod)) => Some(pod),
        _ => None,
    };
    let subject = brief(recording, scenario, selected.step);
    let sync = SyncStep::of(film, selected.step).or_else(|| consequence(film, selected.step, pod?));
    let (statement, mut chain) = match sync {
        Some(sync) => decision::of_sync(sync, pod),
        None => of_step(film, selected.step, pod),
    };
    order::sort_by_key(&mut chain, |link| link.role);
    let key = sync.map(|sync| sync.key()).or(step.key);
    let real_life = reality::real_life(film, sync.map_or(selected.step, |sync| sync.id), key, pod, &statement, &chain);
    Some(Why {
        selected,
        at: step.at,
        tone: tone(&subject),
        subject,
        statement,
        key,
        chain,
        checklist: sync.and_then(checklist::of_sync),
        real_life,
    })
}

/// The places of the text on which an answer rests, sorted.
pub fn origins(why: &Why) -> Vec<Origin> {
    let named = why.statement.settings().into_iter().filter_map(|setting| setting.origin);
    let mut origins: Vec<Origin> = why.chain.iter().filter_map(|link| link.origin).chain(named).collect();
    order::sort(&mut origins);
    origins.dedup();
    origins
}

/// Where these places are in the text, as bytes of keys and values, for the editor to highlight.
pub fn spans(why: &Why, reading: &Reading) -> Vec<Range<usize>> {
    origins(why).iter().filter_map(|origin| reading.span_of(&origin.in_text())).collect()
}

/// The decision after a step: the next sync that did more than look.
pub fn next(recording: &Recording, scenario: &Scenario, step: StepId) -> Option<Selection> {
    let film = Film { recording, scenario };
    let mut later = (step.0 + 1..recording.steps().len() as u32).map(StepId);
    later.find(|id| is_decision(film, *id)).map(|step| selected(film, step))
}

/// The decision before a step.
pub fn previous(recording: &Recording, scenario: &Scenario, step: StepId) -> Option<Selection> {
    let film = Film { recording, scenario };
    let mut earlier = (0..step.0).rev().map(StepId);
    earlier.find(|id| is_decision(film, *id)).map(|step| selected(film, step))
}

fn selected(film: Film<'_>, step: StepId) -> Selection {
    Selection { step, object: film.recording.step(step).key }
}

/// Whether a step is worth stopping at.
fn is_decision(film: Film<'_>, id: StepId) -> bool {
    let step = film.recording.step(id);
    let fails = |reason: &Reason| matches!(reason, Reason::Told(told) if told.is_failed_try());
    match step.component {
        Component::OrphanPods => false,
        Component::Scheduler => film.recording.reasons(step).iter().any(fails),
        Component::Outside | Component::PodGarbageCollector | Component::NodeLifecycle | Component::TaintEviction => {
            true
        }
        Component::Kubelet => film.recording.reasons(step).iter().any(|reason| {
            let turns =
                matches!(reason, Reason::PodEnded { .. } | Reason::WillRestart { .. } | Reason::StopBegan { .. });
            turns || fails(reason)
        }),
        Component::JobController => film.recording.reasons(step).iter().any(|reason| match reason {
            // A failure that is counted later is a decision only once, a refused pod once per try.
            Reason::CountingDelayed { pod, .. } => {
                let ended = roots::end_step(film, *pod, id).map(|end| film.recording.step(end).at);
                ended.is_some_and(|ended| step.at - ended <= Span::from_seconds(1))
            }
            Reason::CreationRefused { .. } => !matches!(step.trigger.wake, Wake::Batched(_)),
            reason => matches!(
                reason,
                Reason::CreatedPod(_)
                    | Reason::DeletedPod { .. }
                    | Reason::Counted { .. }
                    | Reason::ConditionAdded { .. }
                    | Reason::IndexFailed { .. }
                    | Reason::ManagedByOther(_)
                    | Reason::StatusRefused(_)
            ),
        }),
        Component::TtlAfterFinished | Component::GarbageCollector | Component::CronJobController => {
            !step.versions.is_empty()
                || film.recording.reasons(step).iter().any(|reason| {
                    matches!(reason, Reason::TtlRuns { .. } | Reason::RunForbidden { .. } | Reason::RunMissed { .. })
                })
        }
    }
}

/// The sync that reacts to the end or the deletion of a pod.
fn consequence(film: Film<'_>, id: StepId, pod: PodId) -> Option<SyncStep<'_>> {
    let step = film.recording.step(id);
    let telling = film.recording.reasons(step).iter().any(|reason| {
        match reason {
            Reason::PodEnded { .. } | Reason::NeverScheduled(_) => true,
            // Who else deletes a pod says why.
            Reason::DeletionBegan { .. } => step.component == Component::Outside,
            _ => false,
        }
    });
    if !telling {
        return None;
    }
    let job = film.owner_of(pod, id)?;
    let later = (id.0 + 1..film.recording.steps().len() as u32).map(StepId);
    let soon = later.take_while(|later| film.recording.step(*later).at - step.at <= SOON);
    let mut syncs = soon.filter_map(|id| SyncStep::of(film, id)).filter(|sync| sync.job == job);
    syncs.find(|sync| {
        let counted = sync.counted().any(|(counted, as_what)| counted == pod && as_what != CountedAs::Nothing);
        counted || sync.failed_pods().any(|failed| failed == pod)
    })
}

/// What a step of another component says.
fn of_step(film: Film<'_>, id: StepId, pod: Option<PodId>) -> (Statement, Vec<Link>) {
    let step = film.recording.step(id);
    let reasons = film.recording.reasons(step);
    let mut chain = Vec::new();
    let refused = reasons.iter().find(|reason| matches!(reason, Reason::NoEffect(_) | Reason::Refused(_)));
    let input = inputs::input_link(film, id, pod);
    if step.component == Component::Outside
        && refused.is_none()
        && let Some(Link { fact: Fact::Input { number, input, pod }, .. }) = &input
    {
        chain.extend(others(reasons, None));
        chain.retain(|link| !matches!(link.fact, Fact::Reason(Reason::Updated(ObjectKey::Node(_)))));
        chain.extend(consequences::of_step(film, id));
        let hit = pod.or_else(|| reasons.iter().find_map(pod_of));
        return (Statement::Input { number: *number, input: input.clone(), pod: hit }, chain);
    }
    let Some(main) = refused.or_else(|| main_reason(reasons)) else {
        let written = film.recording.versions(step).first().map(|version| version.object.key());
        let statement = match written {
            Some(key) => Statement::Written { key, ready: pod.and_then(|pod| film.turned_ready(pod, id)) },
            None => Statement::NothingToDo { active: 0, wanted: None },
        };
        return (statement, chain);
    };
    chain.extend(Rule::of(main).map(link::rule));
    chain.extend(others(reasons, Some(main)));
    chain.extend(stopped_sidecars(film, id, pod));
    let consequences = consequences::of_step(film, id);
    if consequences.iter().any(|link| matches!(link.fact, Fact::Unheard { .. })) {
        chain.retain(|link| !matches!(link.fact, Fact::Reason(Reason::DeletionBegan { .. })));
    }
    chain.extend(consequences);
    chain.extend(settings(film, id, main));
    if let (Reason::Told(told), Some(pod)) = (main, pod) {
        chain.extend(kept_back::chain(film, id, pod, told));
    }
    if matches!(main, Reason::OwnerDeleted(_)) {
        chain.extend(roots::of_owners_deletion(film, id));
    }
    if matches!(main, Reason::PodEnded { .. } | Reason::WillRestart { .. })
        && let Some(pod) = pod
    {
        chain.retain(|link| !matches!(link.fact, Fact::Reason(Reason::ContainerEnded { .. })));
        chain.extend(match main {
            Reason::WillRestart { container, .. } => roots::of_container(film, pod, *container, id),
            _ => roots::of_end_in(film, pod, id),
        });
    } else if let (Reason::PodGone(_), None, Some(pod)) = (main, &input, pod) {
        chain.extend(roots::of_deletion(film, pod, id));
    } else {
        let is_new = input.as_ref().is_some_and(|input| !chain.contains(input));
        chain.extend(input.filter(|_| is_new));
    }
    let refusals = film.refusals(id).cloned();
    let unplaced = pod.zip(refusals).and_then(|(pod, refusals)| {
        let times = match main {
            Reason::Told(Told::Unschedulable { .. }) => 1,
            Reason::Told(Told::UnschedulableAgain { count, .. }) => *count,
            _ => return None,
        };
        Some(Statement::Unplaced { pod, refusals, times })
    });
    (unplaced.unwrap_or_else(|| Statement::Reason(main.clone())), chain)
}

/// Why sidecars are stopped in a step, and how long they have.
fn stopped_sidecars(film: Film<'_>, id: StepId, pod: Option<PodId>) -> Vec<Link> {
    let Some(pod) = pod.and_then(|pod| film.pod(pod, id)) else { return Vec::new() };
    let is_sidecar = |place| pod.birth.template.spec.container(place).is_some_and(|container| container.is_sidecar);
    let stops = film.reasons(id).iter().any(|reason| {
        matches!(reason, Reason::Told(Told::Killing { container, why: Killing::Stopping }) if is_sidecar(*container))
    });
    if !stops {
        return Vec::new();
    }
    let grace = film.setting(ObjectKey::Job(pod.birth.job), SpecField::TerminationGracePeriodSeconds, id);
    [link::rule(Rule::SidecarsStopLast)].into_iter().chain(link::spec(grace)).collect()
}

/// Whether a container is only told not to run because it has just ended.
fn is_told_already(reason: &Reason, reasons: &[Reason]) -> bool {
    let Reason::ContainerEnded { container, by: EndedBy::NotRunning, .. } = reason else { return false };
    reasons.iter().any(|other| {
        matches!(other, Reason::ContainerEnded { container: ended, by, .. } if ended == container && *by != EndedBy::NotRunning)
    })
}

fn others(reasons: &[Reason], main: Option<&Reason>) -> Vec<Link> {
    let others = reasons.iter().filter(|reason| {
        Some(*reason) != main && weight(reason) > 0 && adds(reason, main) && !is_told_already(reason, reasons)
    });
    let mut links: Vec<Link> = others.map(|reason| link::facts(Fact::Reason(reason.clone()), None)).collect();
    links.truncate(4);
    links
}

/// Whether a reason says more than the main one of its step: how a container is shown that cannot start follows from why
/// it cannot, and that a container is made goes without saying where it starts.
fn adds(reason: &Reason, main: Option<&Reason>) -> bool {
    match (reason, main) {
        (Reason::Told(Told::Created(_) | Told::Pulled { took: None, .. }), _) => false,
        (
            Reason::Told(Told::CannotStart { .. } | Told::BackOffPulling(_)) | Reason::NodesRefused(_),
            Some(Reason::Told(main)),
        ) => main.kept_back().is_none(),
        _ => true,
    }
}

fn pod_of(reason: &Reason) -> Option<PodId> {
    match reason {
        Reason::DeletionBegan { pod, .. } | Reason::DisruptionTarget(pod) => Some(*pod),
        _ => None,
    }
}

fn main_reason(reasons: &[Reason]) -> Option<&Reason> {
    // Among equals the first, so from the back: `max_by_key` takes the last.
    reasons.iter().rev().filter(|reason| weight(reason) > 0).max_by_key(|reason| weight(reason))
}

/// How much a reason says about its step; 0 if it is not worth a line.
fn weight(reason: &Reason) -> u32 {
    match reason {
        Reason::WillRestart { .. } | Reason::PodEnded { .. } | Reason::NeverScheduled(_) => 5,
        Reason::TtlExpired { .. } | Reason::TtlRuns { .. } | Reason::OwnerDeleted(_) | Reason::Orphaned(_) => 5,
        Reason::OwnerAbsent { .. } | Reason::OwnersForgotten(_) => 5,
        Reason::RunStarted { .. } | Reason::RunForbidden { .. } | Reason::RunMissed { .. } => 5,
        Reason::RunOverlooked { .. } | Reason::JobNameTaken { .. } | Reason::ScheduleNeverDue => 5,
        Reason::RunReplaced(_) | Reason::HistoryPruned(_) | Reason::ScheduleUnreadable(_) => 4,
        Reason::Bound { .. } | Reason::ContainersStarted { .. } | Reason::Restarted { .. } => 4,
        Reason::CrashLoopBackOff { .. } | Reason::NotBound | Reason::StopBegan { .. } => 4,
        Reason::MemoryLost | Reason::PodFreed(_) | Reason::WaitsForDependents(_) => 4,
        Reason::HeldByFinalizer { .. } => 4,
        Reason::Created(_) | Reason::Updated(_) | Reason::ObjectDeletionBegan { .. } => 3,
        Reason::ProbeConcluded { .. } => 4,
        Reason::OthersRun { .. } | Reason::DisruptionTarget(_) => 3,
        Reason::DeletionBegan { grace_seconds: 1.., .. } => 3,
        Reason::PodHeldByFinalizer(_) | Reason::RunFinished(_) | Reason::CronSuspended => 3,
        Reason::JobWentMissing(_) | Reason::UnexpectedJob(_) | Reason::CronDeleting => 3,
        Reason::ObjectGone(_) | Reason::PodGone(_) | Reason::ContainerEnded { .. } => 2,
        Reason::SandboxMade { .. } | Reason::NodesRefused(_) => 2,
        Reason::NodeGone(_) | Reason::OutOfService(_) | Reason::TaintedForEviction(_) => 5,
        Reason::NodeLost(_) | Reason::NodeBack(_) | Reason::NodeUnheard(_) | Reason::Provided(_) => 4,
        Reason::Told(told) => weight_of_told(told),
        // The kubelet's own request to remove a pod that it has stopped.
        Reason::DeletionBegan { grace_seconds: 0, .. } => 0,
        Reason::Asked { .. } | Reason::Observed { .. } | Reason::NothingToWrite => 0,
        _ => 1,
    }
}

fn weight_of_told(told: &Told) -> u32 {
    match told {
        Told::BackOffPulling(_) | Told::BackOffRestarting(_) | Told::Unhealthy { .. } => 3,
        Told::Killing { why: Killing::Probe { .. }, .. } => 3,
        Told::CannotStart { .. } | Told::ProbeErrored(_) => 1,
        Told::Pulling(_) | Told::Pulled { took: Some(_), .. } | Told::Started(_) => 2,
        Told::Pulled { took: None, .. } | Told::Created(_) | Told::Scheduled(_) => 1,
        Told::Killing { why: Killing::Stopping, .. } => 1,
        _ => 4,
    }
}

fn tone(subject: &[Brief]) -> Tone {
    let mut tones = subject.iter().map(|brief| match brief {
        Brief::PodEnded { phase: Phase::Failed, .. } | Brief::IndexFailed(_) => Tone::Failed,
        Brief::Condition { condition, .. } => match condition {
            crate::api::ConditionType::Failed | crate::api::ConditionType::FailureTarget => Tone::Failed,
            crate::api::ConditionType::Complete | crate::api::ConditionType::SuccessCriteriaMet => Tone::Succeeded,
            crate::api::ConditionType::Suspended => Tone::Plain,
        },
        Brief::PodEnded { .. } => Tone::Succeeded,
        Brief::PodRuns(_) | Brief::Restarted { .. } => Tone::Running,
        Brief::WaitsUntil(_) | Brief::IndexWaitsUntil { .. } | Brief::RestartAt(_) => Tone::Waiting,
        Brief::PodStops { .. } | Brief::StopUnheard(_) => Tone::Stopping,
        _ => Tone::Plain,
    });
    let waits = || subject.iter().any(|brief| matches!(brief, Brief::PodShows { .. })).then_some(Tone::Waiting);
    tones.find(|tone| *tone != Tone::Plain).or_else(waits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ContainerPlace;

    #[test]
    fn what_a_fault_ends_with_its_pod_has_one_end() {
        let ended = |place, by| Reason::ContainerEnded { container: place, exit_code: 1, by };
        let (sidecar, main) = (ContainerPlace::Init(0), ContainerPlace::Regular(0));
        let by_fault = [ended(sidecar, EndedBy::FailInput), ended(main, EndedBy::FailInput)];
        let not_running = ended(sidecar, EndedBy::NotRunning);
        let with = |reasons: &[Reason]| others(reasons, None).into_iter().map(|link| link.fact).collect::<Vec<Fact>>();
        let all = [by_fault.as_slice(), std::slice::from_ref(&not_running)].concat();
        assert_eq!(with(&all), by_fault.clone().map(Fact::Reason));
        assert_eq!(
            with(std::slice::from_ref(&not_running)),
            [Fact::Reason(not_running)],
            "it had waited for its restart"
        );
    }
}
