//! Each step in a line, for the list of events, the table and the live region.

use super::decision::counters;
use super::film::Film;
use super::link::{Counter, Fact};
use super::roots;
use super::sync::SyncStep;
use crate::api::{ConditionType, JobId, ObjectKey, Phase, PodId};
use crate::cluster::input::Cascade;
use crate::cluster::reason::{Component, CountedAs, DeletedBecause, NoEffect, Reason, StepId};
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
    PodRuns(PodId),
    /// A pod is being stopped.
    PodStops {
        pod: PodId,
        /// Its grace period.
        grace: Span,
    },
    /// A pod got the condition DisruptionTarget.
    PodDisrupted(PodId),
    PodEnded {
        pod: PodId,
        phase: Phase,
    },
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
    /// A component looked and had nothing to do.
    NothingToDo,
}

/// The line of a step.
pub fn brief(recording: &Recording, scenario: &Scenario, step: StepId) -> Vec<Brief> {
    let film = Film { recording, scenario };
    let mut line = match SyncStep::of(film, step) {
        Some(sync) => of_sync(sync),
        None => of_step(film, step),
    };
    if line.is_empty() {
        line.push(Brief::NothingToDo);
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
    line
}

fn of_step(film: Film<'_>, id: StepId) -> Vec<Brief> {
    let step = film.recording.step(id);
    let pod = match step.key {
        Some(ObjectKey::Pod(pod)) => Some(pod),
        _ => None,
    };
    let reasons = film.recording.reasons(step);
    let mut line: Vec<Brief> = reasons.iter().filter_map(|reason| of_reason(reason, pod)).collect();
    if step.component == Component::CronJobController {
        // `RunStarted` and `JobPruned` say the same.
        let told =
            |brief: &Brief| matches!(brief, Brief::ObjectCreated(_) | Brief::DeletionBegan(..) | Brief::ObjectGone(_));
        line.retain(|brief| !told(brief));
    }
    if let Some(Brief::PodEnded { pod, .. }) = line.iter().find(|brief| matches!(brief, Brief::PodEnded { .. })) {
        line.extend(exit(film, *pod, id));
    }
    let freed = reasons.iter().filter(|reason| matches!(reason, Reason::PodFreed(_))).count() as u32;
    if freed > 0 {
        line.push(Brief::PodsFreed(freed));
    }
    line
}

/// Exit code and running time of a pod that ended in this step.
fn exit(film: Film<'_>, pod: PodId, id: StepId) -> Option<Brief> {
    let ended = film.recording.reasons(film.recording.step(id)).iter().rev().find_map(|reason| match *reason {
        Reason::ContainerEnded { exit_code, .. } => Some(exit_code),
        _ => None,
    })?;
    let runs = film.recording.history(ObjectKey::Pod(pod)).find(|version| match &version.object {
        Object::Pod(pod) => pod.phase == Phase::Running,
        Object::Job(_) | Object::CronJob(_) | Object::Node(_) => false,
    });
    let after =
        runs.filter(|runs| runs.step < id).map(|runs| film.recording.step(id).at - film.recording.written_at(runs));
    Some(Brief::Exit { code: ended, after, yours: roots::input_of(film, id).is_some() })
}

fn of_reason(reason: &Reason, pod: Option<PodId>) -> Option<Brief> {
    Some(match *reason {
        Reason::Created(key) => Brief::ObjectCreated(key),
        Reason::Updated(key) => Brief::ObjectChanged(key),
        Reason::ObjectDeletionBegan { key, cascade } => Brief::DeletionBegan(key, cascade),
        Reason::ObjectGone(key) => Brief::ObjectGone(key),
        Reason::PodGone(pod) => Brief::ObjectGone(ObjectKey::Pod(pod)),
        Reason::Bound { .. } => Brief::PodBound(pod?),
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
