//! Pods as bars: what each one was doing from its creation to the moment its object was gone. Every attempt is kept.

use super::Mark;
use crate::api::{DisruptionReason, JobId, PodBirth, PodId};
use crate::cluster::reason::{CountedAs, DeletedBecause, StepId};
use crate::time::{Span, Time};
use std::rc::Rc;

/// A pod from its creation to its last trace.
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
    /// Container restarts in place.
    pub restarts: Vec<Restart>,
    /// How it ended; `None` while it is alive.
    pub end: Option<EndCap>,
    /// From here on the object is gone.
    pub ghost: Option<Ghost>,
}

/// A stretch of a bar.
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
    /// No node yet, or its containers are being made.
    Pending,
    /// At least one container runs.
    Running,
    /// All containers that go on wait for their restart.
    AwaitingRestart {
        /// The wait, as far as it is known: until the restart.
        wait: Span,
    },
    /// It was told to stop.
    Terminating {
        /// How long it has.
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
    /// DisruptionTarget, if it has it.
    pub disruption: Option<DisruptionReason>,
    /// The Job controller had told it to stop, for this.
    pub killed: Option<DeletedBecause>,
    /// As what it was counted, and by which sync; `None` if it never was.
    pub counted: Option<Counted>,
}

/// How a pod ended.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PodEnding {
    Succeeded,
    Failed,
    /// The object went away before it had ended.
    Vanished,
}

/// How an ended pod entered the Job's status.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub counted: CountedAs,
    /// The how manieth of its kind: the 2nd failure.
    pub number: u32,
    pub mark: Mark,
}

/// Where the object went away; its logs went with it.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ghost {
    /// When and by which step.
    pub mark: Mark,
    pub because: GoneBecause,
}

/// Why a pod's object went away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoneBecause {
    /// ttlSecondsAfterFinished of its Job.
    Ttl,
    /// Its Job was deleted.
    Cascade,
    /// Somebody outside deleted, evicted or preempted it.
    Outside,
    /// The Job controller deleted it.
    Controller,
    /// The pod garbage collector: it never had a node.
    NeverScheduled,
}

/// A stretch in which the Job controller made no pod because of failures.
#[derive(Clone, Debug, PartialEq)]
pub struct Backoff {
    /// For this index alone (backoffLimitPerIndex).
    pub index: Option<u32>,
    /// The end of the last failed pod.
    pub from: Time,
    /// Until when nothing is made.
    pub until: Time,
    /// When it really ended: a success or the end of the Job can end it early.
    pub ended: Time,
    /// Its length in the API's whole seconds.
    pub length: Span,
    /// Failures in a row.
    pub failures: u32,
    /// The pods that were made when it was over.
    pub pods: Vec<PodId>,
    /// The sync that decided to wait.
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
    /// What it is the row of.
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
    /// A pod that was waited for and never made.
    NeverMade,
}

impl Bar {
    /// Its end, or the end of its last segment while it is alive.
    pub fn last(&self) -> Time {
        self.segments.last().map_or(self.created.at, |segment| segment.to)
    }

    /// First output: when its containers first ran.
    pub fn first_run(&self) -> Option<Mark> {
        let running = self.segments.iter().find(|segment| segment.kind == SegmentKind::Running)?;
        Some(Mark { at: running.from, step: running.step })
    }

    /// How long its containers ran, terminating included once they had started; waits for a restart are not in it.
    pub fn run_time(&self) -> Span {
        let Some(first) = self.first_run() else { return Span::ZERO };
        let runs = |kind| matches!(kind, SegmentKind::Running | SegmentKind::Terminating { .. });
        let segments = self.segments.iter().filter(|segment| segment.from >= first.at && runs(segment.kind));
        segments.fold(Span::ZERO, |sum, segment| sum + (segment.to - segment.from))
    }

    /// What it does at a time.
    pub fn segment_at(&self, at: Time) -> Option<&Segment> {
        let next = self.segments.partition_point(|segment| segment.from <= at);
        self.segments[..next].last().filter(|segment| at < segment.to)
    }
}
