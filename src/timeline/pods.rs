//! Pods as bars: what each one was doing from its creation to the moment its object was gone. Every attempt is kept.

use super::Mark;
use super::depth::Depth;
use super::waiting::Waiting;
use crate::api::{DisruptionReason, JobId, PodBirth, PodId};
use crate::cluster::reason::{CountedAs, DeletedBecause, StepId};
use crate::time::{Span, Time};
use std::rc::Rc;

/// A pod from its creation to the removal of its object.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub pod: PodId,
    pub job: JobId,
    /// Name, index, attempt, template.
    pub birth: Rc<PodBirth>,
    pub created: Mark,
    /// What it did, without gaps, in order; ends where the pod ended or its object went away.
    pub segments: Vec<Segment>,
    /// When a container first ran, init containers included: there are logs from then on. `None` if none ever did.
    pub logs_from: Option<Mark>,
    /// Container restarts in place.
    pub restarts: Vec<Restart>,
    /// How it ended; `None` while it is alive.
    pub end: Option<EndCap>,
    /// When and why its object was removed.
    pub ghost: Option<Ghost>,
    /// Its containers, pulls and node; `None` for a plain pod.
    pub depth: Option<Box<Depth>>,
}

/// A stretch of a bar in which the pod did one thing.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    pub from: Time,
    pub to: Time,
    pub kind: SegmentKind,
    /// The step that began it.
    pub step: StepId,
}

/// What a pod does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// It gets its node, and its containers are being started.
    Pending,
    /// Something keeps it from starting.
    Waiting(Waiting),
    /// At least one container runs.
    Running,
    /// No container runs; at least one waits for its restart.
    AwaitingRestart {
        /// Time until the restart, or until the end of the timeline.
        wait: Span,
    },
    /// It is being deleted, or its containers got SIGTERM.
    Terminating {
        /// Its grace period.
        grace: Span,
    },
}

/// A container was started again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restart {
    /// When and by which step.
    pub mark: Mark,
    /// Restarts of the pod so far.
    pub number: u32,
}

/// The end of a pod.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndCap {
    /// When and by which step.
    pub mark: Mark,
    pub how: PodEnding,
    /// Exit code of the container that decided; `None` if none ever ran.
    pub exit_code: Option<i32>,
    /// Whether it was killed for its memory.
    pub oom: bool,
    /// The reason of its condition DisruptionTarget, if it has one.
    pub disruption: Option<DisruptionReason>,
    /// Why the Job controller had deleted it before, if it had.
    pub killed: Option<DeletedBecause>,
    /// How the Job controller counted it; `None` if it never did.
    pub counted: Option<PodCount>,
}

/// How a pod ended.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PodEnding {
    Succeeded,
    Failed,
    /// Its object was removed before it had ended.
    Vanished,
}

/// How an ended pod entered the Job's status.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PodCount {
    pub counted: CountedAs,
    /// Its number among those that were counted in the same way, from 1: 2 for the second failure.
    pub number: u32,
    pub mark: Mark,
}

/// The removal of a pod's object; its logs are lost with it.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ghost {
    /// When and by which step.
    pub mark: Mark,
    pub because: GoneBecause,
}

/// Why a pod's object was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoneBecause {
    /// ttlSecondsAfterFinished of its Job.
    Ttl,
    /// Its Job was deleted.
    Cascade,
    /// An input deleted, evicted or preempted it.
    Outside,
    /// The Job controller deleted it.
    Controller,
    /// The pod garbage collector: it never had a node.
    NeverScheduled,
}

/// A stretch in which the Job controller created no pod because of failures (JC-103, JC-106).
#[derive(Clone, Debug, PartialEq)]
pub struct Backoff {
    /// The index that it holds for (backoffLimitPerIndex); `None` if it holds for the whole Job.
    pub index: Option<u32>,
    /// The end of the last failed pod.
    pub from: Time,
    /// Until when no pod is to be created.
    pub until: Time,
    /// When it actually ended: a success or the end of the Job can end it early.
    pub ended: Time,
    /// Its length in the API's whole seconds.
    pub length: Span,
    /// Failures in a row.
    pub failures: u32,
    /// The pods that were created when it was over.
    pub pods: Vec<PodId>,
    /// The sync that began it.
    pub mark: Mark,
}

impl Backoff {
    /// Whether it ended before its time.
    pub fn was_cut_short(&self) -> bool {
        self.ended < self.until
    }
}

/// A row of pods.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it stands for.
    pub of: RowOf,
    /// Positions in [`super::JobTrack::bars`], in creation order.
    pub bars: Vec<usize>,
    /// Positions in [`super::JobTrack::backoffs`].
    pub backoffs: Vec<usize>,
}

/// What a row stands for.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowOf {
    /// A completion index with all its attempts.
    Index(u32),
    Pod(PodId),
    /// A pod that never came, though a back-off before it began.
    NeverMade,
}

impl Bar {
    /// Its end, or the end of its last segment while it is alive.
    pub fn last(&self) -> Time {
        self.segments.last().map_or(self.created.at, |segment| segment.to)
    }

    /// When its containers first ran, and by which step.
    pub fn first_run(&self) -> Option<Mark> {
        let running = self.segments.iter().find(|segment| segment.kind == SegmentKind::Running)?;
        Some(Mark { at: running.from, step: running.step })
    }

    /// How long its containers ran, including termination once they had started, without waits for a restart.
    pub fn run_time(&self) -> Span {
        let Some(first) = self.first_run() else { return Span::ZERO };
        let runs = |kind| matches!(kind, SegmentKind::Running | SegmentKind::Terminating { .. });
        let segments = self.segments.iter().filter(|segment| segment.from >= first.at && runs(segment.kind));
        segments.fold(Span::ZERO, |sum, segment| sum + (segment.to - segment.from))
    }

    /// The step that says most about it: how it was counted, else how it ended, else what it does last.
    pub fn telling_step(&self) -> StepId {
        let end = self.end.map(|end| end.counted.map_or(end.mark.step, |counted| counted.mark.step));
        end.or_else(|| self.segments.last().map(|segment| segment.step)).unwrap_or(self.created.step)
    }

    /// The step that put it into the state that it has at a time.
    pub fn step_at(&self, at: Time) -> StepId {
        let ended = self.end.filter(|end| end.mark.at <= at);
        let segment = self.segment_at(at).map(|segment| segment.step);
        segment.or(ended.map(|_| self.telling_step())).unwrap_or(self.created.step)
    }

    /// The segment at a time.
    pub fn segment_at(&self, at: Time) -> Option<&Segment> {
        let next = self.segments.partition_point(|segment| segment.from <= at);
        self.segments[..next].last().filter(|segment| at < segment.to)
    }
}
