//! Each step in a line, for the list of events, the table and the live region.

use super::consequences;
use super::decision::counters;
use super::film::Film;
use super::inputs;
use super::link::{Counter, Fact};
use super::node_change::{self, NodeChange};
use super::roots::ContainerEnd;
use super::sync::SyncStep;
use crate::api::{ConditionType, ContainerPlace, ContainerState, JobId, Name, NodeId, ObjectKey, Phase, Pod, PodId};
use crate::cluster::input::Cascade;
use crate::cluster::inventory::{Provided, ReferencedKind};
use crate::cluster::reason::{Component, CountedAs, DeletedBecause, NoEffect, Reason, StepId};
use crate::cluster::told::Told;
use crate::recording::{Object, Recording};
use crate::scenario::Scenario;
use crate::time::{Span, Time};
use std::rc::Rc;

/// A piece of such a line.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub enum Brief {
    /// An object was created: a Job, a CronJob.
    ObjectCreated(ObjectKey),
    /// Its spec was changed.
    ObjectChanged(ObjectKey),
    /// A node was changed: how.
    NodeChanged(NodeId, NodeChange),
    DeletionBegan(ObjectKey, Cascade),
    ObjectGone(ObjectKey),
    PodsCreated {
        first: PodId,
        count: u32,
    },
    /// Pods were deleted by the Job controller.
    PodsDeleted {
        first: PodId,
        count: u32,
        because: DeletedBecause,
    },
    /// A pod got its node.
    PodBound(PodId),
    /// What kubectl shows for a pod from now on, or the reason of the event about it.
    PodShows {
        pod: PodId,
        what: &'static str,
    },
    /// What kubectl shows for a node from now on.
    NodeShows {
        node: NodeId,
        what: &'static str,
    },
    /// A pod has its sandbox: its containers can start.
    SandboxUp(PodId),
    /// What a container does, or what is done to it.
    Container {
        pod: PodId,
        container: ContainerPlace,
        does: ContainerDoes,
    },
    /// A pod does not tolerate a taint of its node, or not for longer.
    DrivenOut(PodId),
    /// The taint is gone in time.
    MayStay(PodId),
    /// A node cannot reach the API server any more.
    NodeLost(NodeId),
    NodeBack(NodeId),
    /// What happened on a node is heard by nobody.
    Unheard,
    /// The node of a pod does not exist any more, or is out of service.
    NodeOfPodGone(PodId),
    /// Something that was missing exists from now on.
    Provided(Provided),
    /// The API server refused a pod that names something that does not exist.
    PodRefused(ReferencedKind, Name),
    PodRuns(PodId),
    /// A pod is being stopped.
    PodStops {
        pod: PodId,
        /// Its grace period.
        grace: Span,
    },
    /// A pod is to stop, and nobody hears of it: its node is lost.
    StopUnheard(PodId),
    /// A pod got the condition DisruptionTarget.
    PodDisrupted(PodId),
    PodEnded {
        pod: PodId,
        phase: Phase,
    },
    /// A pod ended, and none of its containers ever ran.
    NothingRan,
    Exit {
        code: i32,
        /// How long it ran.
        after: Option<Span>,
        /// Whether an input made it end.
        yours: bool,
    },
    /// A container waits for its restart.
    RestartAt(Time),
    /// A container was started again.
    Restarted {
        pod: Option<PodId>,
        restart_count: u32,
    },
    /// A pod is shown as CrashLoopBackOff.
    CrashLoopBackOff,
    /// Other containers of the pod still run: how many.
    OthersRun(u32),
    /// A number of the status changed.
    Counter {
        counter: Counter,
        before: u32,
        after: u32,
    },
    /// A failure was not counted.
    Ignored(PodId),
    /// No pod before this time.
    WaitsUntil(Time),
    /// No pod of an index before this time.
    IndexWaitsUntil {
        index: u32,
        until: Time,
    },
    /// An index has failed.
    IndexFailed(u32),
    /// A condition was added.
    Condition {
        condition: ConditionType,
        reason: &'static str,
    },
    /// The end waits for pods.
    EndWaits(u32),
    /// The quota refused a pod.
    QuotaRefused,
    /// The API server refused something.
    Refused(Rc<str>),
    /// It refused to change the pod template.
    TemplateRefused,
    /// An input did nothing.
    NoEffect(NoEffect),
    /// The controllers were restarted and lost what they held in memory.
    MemoryLost,
    /// Pods lost their tracking finalizer.
    PodsFreed(u32),
    /// The TTL runs until this time.
    TtlUntil(Time),
    /// The TTL is over.
    TtlOver,
    /// A run of a CronJob started.
    RunStarted(JobId),
    /// A run was skipped.
    RunSkipped(Time),
    /// A run was missed.
    RunMissed(Time),
    /// A Job of a CronJob was deleted: replaced, or beyond the history limit.
    JobPruned(JobId),
    RunFinished(JobId),
    NextRun(Time),
    /// A pod became Ready, or is no longer.
    Ready(PodId, bool),
    /// A status was written, with nothing in it that needs a line.
    StatusWritten,
    /// So many more things of the same step.
    More(usize),
    /// A component looked and had nothing to do.
    NothingToDo,
}

/// What a container does, or what is done to it.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerDoes {
    /// Its image is being pulled.
    Pulls,
    /// Its image was pulled.
    Pulled,
    Runs,
    /// It is being stopped.
    Stops,
    Ends {
        exit_code: i32,
    },
}

impl Brief {
    /// Whether an Event of Kubernetes says the same.
    pub fn is_told_in_event(&self) -> bool {
        matches!(
            self,
            Brief::PodBound(_)
                | Brief::PodRuns(_)
                | Brief::PodShows { .. }
                | Brief::NodeShows { .. }
                | Brief::SandboxUp(_)
                | Brief::Container { .. }
                | Brief::DrivenOut(_)
                | Brief::MayStay(_)
                | Brief::Ready(..)
                | Brief::StatusWritten
        )
    }
}

/// So many things of one step are told one by one.
const MOST: usize = 8;

/// The line of a step.
pub fn brief(recording: &Recording, scenario: &Scenario, step: StepId) -> Vec<Brief> {
    let film = Film { recording, scenario };
    let mut line = match SyncStep::of(film, step) {
        Some(sync) => of_sync(sync),
        None => of_step(film, step),
    };
    if line.len() > MOST {
        let more = line.len() - (MOST - 1);
        line.truncate(MOST - 1);
        line.push(Brief::More(more));
    }
    if line.is_empty() {
        let wrote = !recording.step(step).versions.is_empty();
        let pod = match recording.step(step).key {
            Some(ObjectKey::Pod(pod)) => Some(pod),
            _ => None,
        };
        line.push(match pod.and_then(|pod| Some(Brief::Ready(pod, film.turned_ready(pod, step)?))) {
            Some(ready) => ready,
            None if wrote => Brief::StatusWritten,
            None => Brief::NothingToDo,
        });
    }
    line
}

fn of_sync(sync: SyncStep<'_>) -> Vec<Brief> {
    let mut line = Vec::new();
    if let Some(first) = sync.created().next() {
        line.push(Brief::PodsCreated { first, count: sync.created().count() as u32 });
    }
    if let Some((first, because)) = sync.deleted().next() {
        line.push(Brief::PodsDeleted { first, count: sync.deleted().count() as u32, because });
    }
    for link in counters(sync) {
        if let Fact::Counter { counter: counter @ (Counter::Failed | Counter::Succeeded), before, after } = link.fact {
            line.push(Brief::Counter { counter, before, after });
        }
    }
    for reason in sync.reasons {
        match *reason {
            Reason::Counted { pod, counted: CountedAs::Ignored { .. } } => line.push(Brief::Ignored(pod)),
            Reason::CreationHeldBack { until, .. } => line.push(Brief::WaitsUntil(until)),
            Reason::IndexHeldBack { index, until, .. } => line.push(Brief::IndexWaitsUntil { index, until }),
            Reason::IndexFailed { index, .. } => line.push(Brief::IndexFailed(index)),
            Reason::ConditionAdded { condition, reason } => {
                // Decided and final in one sync: the final condition is enough.
                line.retain(|brief| !matches!(brief, Brief::Condition { .. }));
                line.push(Brief::Condition { condition, reason });
            }
            Reason::EndWaitsForTerminating(left) => line.push(Brief::EndWaits(left)),
            Reason::CreationRefused { .. } => line.push(Brief::QuotaRefused),
            Reason::StatusRefused(ref message) => line.push(Brief::Refused(message.clone())),
            _ => {}
        }
    }
    if line.is_empty() {
        // The other numbers change with every pod; they are worth a line where nothing else is.
        line.extend(counters(sync).into_iter().filter_map(|link| match link.fact {
            Fact::Counter { counter, before, after } => Some(Brief::Counter { counter, before, after }),
            _ => None,
        }));
    }
    line
}

fn of_step(film: Film<'_>, id: StepId) -> Vec<Brief> {
    let step = film.recording.step(id);
    let pod = match step.key {
        Some(ObjectKey::Pod(pod)) => Some(pod),
        _ => None,
    };
    let reasons = film.recording.reasons(step);
    let mut line: Vec<Brief> = Vec::new();
    for brief in reasons.iter().filter_map(|reason| of_reason(reason, pod)) {
        // A failed pull is ErrImagePull, and in the next breath ImagePullBackOff: the first says what happened.
        let is_told = line.iter().any(|told| match (told, &brief) {
            (Brief::PodShows { pod: told, .. }, Brief::PodShows { pod, .. }) => told == pod,
            (told, brief) => told == brief,
        });
        if !is_told {
            line.push(brief);
        }
    }
    for (node, change) in node_change::of_step(film, id) {
        let brief = Brief::NodeChanged(node, change);
        if step.component == Component::Outside {
            line.insert(0, brief);
        } else {
            line.push(brief);
        }
    }
    for brief in &mut line {
        if let Brief::PodStops { pod, .. } = *brief
            && consequences::unheard(film, pod, id).is_some()
        {
            *brief = Brief::StopUnheard(pod);
        }
    }
    if step.component == Component::CronJobController {
        // `RunStarted` and `JobPruned` say the same.
        let told =
            |brief: &Brief| matches!(brief, Brief::ObjectCreated(_) | Brief::DeletionBegan(..) | Brief::ObjectGone(_));
        line.retain(|brief| !told(brief));
    }
    let object = pod.and_then(|pod| film.pod(pod, id));
    // To stop a pod is to stop its only container.
    let is_single = object.is_none_or(|pod| pod.birth.template.spec.container_count() < 2);
    let is_stop = |brief: &Brief| matches!(brief, Brief::Container { does: ContainerDoes::Stops, .. });
    if is_single && line.iter().any(|brief| matches!(brief, Brief::PodStops { .. })) {
        line.retain(|brief| !is_stop(brief));
    }
    let ended = line.iter().find_map(|brief| if let Brief::PodEnded { pod, .. } = brief { Some(*pod) } else { None });
    // The end of a pod says how the container ended that decided it; of the only one nothing else is to be said.
    if ended.is_some() || is_single {
        line.retain(|brief| !matches!(brief, Brief::Container { does: ContainerDoes::Ends { .. }, .. }));
    }
    if let Some(pod) = ended {
        let ran = film.pod(pod, id).is_none_or(Pod::ever_ran);
        line.extend(if ran { exit(film, pod, id) } else { Some(Brief::NothingRan) });
    }
    let freed = reasons.iter().filter(|reason| matches!(reason, Reason::PodFreed(_))).count() as u32;
    if freed > 0 {
        line.push(Brief::PodsFreed(freed));
    }
    line
}

/// How the container ended that decided how a pod ended in this step, and how long it ran.
fn exit(film: Film<'_>, pod: PodId, id: StepId) -> Option<Brief> {
    let (container, _) = film.pod(pod, id).and_then(Pod::deciding)?;
    let ContainerEnd { step, exit_code, .. } = ContainerEnd::of(film, pod, container, id)?;
    let after = started(film, pod, container, step).map(|started| film.recording.step(step).at - started);
    Some(Brief::Exit { code: exit_code, after, yours: inputs::input_of(film, step).is_some() })
}

/// When the run of a container began that ended in this step.
fn started(film: Film<'_>, pod: PodId, container: ContainerPlace, end: StepId) -> Option<Time> {
    let mut since = None;
    for version in film.recording.history(ObjectKey::Pod(pod)).take_while(|version| version.step < end) {
        let Object::Pod(pod) = &version.object else { continue };
        let runs = pod.status_of(container).is_some_and(|status| matches!(status.state, ContainerState::Running(_)));
        since = since.filter(|_| runs).or_else(|| runs.then(|| film.recording.written_at(version)));
    }
    since
}

fn of_reason(reason: &Reason, pod: Option<PodId>) -> Option<Brief> {
    Some(match *reason {
        Reason::Created(key) => Brief::ObjectCreated(key),
        // What became of a node is seen in its versions.
        Reason::Updated(ObjectKey::Node(_)) | Reason::TaintedForEviction(_) => return None,
        Reason::Updated(key) => Brief::ObjectChanged(key),
        Reason::ObjectDeletionBegan { key, cascade } => Brief::DeletionBegan(key, cascade),
        Reason::ObjectGone(key) => Brief::ObjectGone(key),
        Reason::PodGone(pod) => Brief::ObjectGone(ObjectKey::Pod(pod)),
        Reason::Bound { .. } => Brief::PodBound(pod?),
        Reason::SandboxMade { .. } => Brief::SandboxUp(pod?),
        Reason::Told(ref told) => return of_told(told, pod),
        Reason::Untold(_) => Brief::Unheard,
        Reason::ContainerEnded { container, exit_code, .. } => {
            Brief::Container { pod: pod?, container, does: ContainerDoes::Ends { exit_code } }
        }
        Reason::NodeLost(node) => Brief::NodeLost(node),
        Reason::NodeBack(node) => Brief::NodeBack(node),
        Reason::NodeUnheard(node) => Brief::NodeShows { node, what: "NotReady" },
        Reason::NodeGone(pod) | Reason::OutOfService(pod) => Brief::NodeOfPodGone(pod),
        Reason::Provided(ref what) => Brief::Provided(what.clone()),
        Reason::CreationForbidden { kind, ref name, .. } => Brief::PodRefused(kind, name.clone()),
        Reason::ContainersStarted { .. } => Brief::PodRuns(pod?),
        Reason::StopBegan { grace } => Brief::PodStops { pod: pod?, grace },
        Reason::DeletionBegan { grace_seconds: 0, .. } => return None,
        Reason::DeletionBegan { pod, grace_seconds } => {
            Brief::PodStops { pod, grace: Span::from_seconds(grace_seconds) }
        }
        Reason::DisruptionTarget(pod) => Brief::PodDisrupted(pod),
        Reason::NeverScheduled(pod) => Brief::PodEnded { pod, phase: Phase::Failed },
        Reason::PodEnded { phase } => Brief::PodEnded { pod: pod?, phase },
        Reason::WillRestart { at, .. } => Brief::RestartAt(at),
        Reason::Restarted { restart_count, .. } => Brief::Restarted { pod, restart_count },
        Reason::CrashLoopBackOff { .. } => Brief::CrashLoopBackOff,
        Reason::OthersRun { running, .. } => Brief::OthersRun(running),
        Reason::NoEffect(why) => Brief::NoEffect(why),
        Reason::Refused(ref refusal) if refusal.is_about_template() => Brief::TemplateRefused,
        Reason::Refused(ref refusal) => Brief::Refused(refusal.message.clone()),
        Reason::MemoryLost => Brief::MemoryLost,
        Reason::TtlRuns { until, .. } => Brief::TtlUntil(until),
        Reason::TtlExpired { .. } => Brief::TtlOver,
        Reason::RunStarted { job, .. } => Brief::RunStarted(job),
        Reason::RunForbidden { scheduled, .. } => Brief::RunSkipped(scheduled),
        Reason::RunMissed { scheduled, .. } => Brief::RunMissed(scheduled),
        Reason::RunReplaced(job) | Reason::HistoryPruned(job) => Brief::JobPruned(job),
        Reason::RunFinished(job) => Brief::RunFinished(job),
        Reason::NothingScheduled { next: Some(next) } => Brief::NextRun(next),
        _ => return None,
    })
}

/// What is told in an event, in a line; nothing of what every pod goes through in the same moment.
fn of_told(told: &Told, pod: Option<PodId>) -> Option<Brief> {
    let does = |container, does| Some(Brief::Container { pod: pod?, container, does });
    match *told {
        Told::Pulling(container) => does(container, ContainerDoes::Pulls),
        Told::Pulled { container, took: Some(_) } => does(container, ContainerDoes::Pulled),
        Told::Started(container) => does(container, ContainerDoes::Runs),
        Told::Killing { container, .. } => does(container, ContainerDoes::Stops),
        Told::Scheduled(_) => Some(Brief::PodBound(pod?)),
        Told::Preempted { pod, .. } => Some(Brief::PodShows { pod, what: "Preempted" }),
        Told::MarkedForDeletion(pod) => Some(Brief::DrivenOut(pod)),
        Told::DeletionCancelled(pod) => Some(Brief::MayStay(pod)),
        Told::PodNodeNotReady(pod) => Some(Brief::PodShows { pod, what: "NodeNotReady" }),
        Told::NodeNotReady(node) => Some(Brief::NodeShows { node, what: "NotReady" }),
        Told::NodeRegistered(node) => Some(Brief::NodeShows { node, what: "RegisteredNode" }),
        Told::NodeRemoved(node) => Some(Brief::NodeShows { node, what: "RemovingNode" }),
        _ => Some(Brief::PodShows { pod: pod?, what: told.kept_back()? }),
    }
}
