//! The stretches between two moments in which the run only waits; the axis may collapse them.

use super::JobTrack;
use super::job_lane::StretchKind;
use super::moments::Moment;
use super::pods::{Bar, SegmentKind};
use super::repetition::{self, Fold};
use crate::cluster::reason::{StepId, Wake};
use crate::order::{self, Map};
use crate::recording::Recording;
use crate::time::{Span, Time};

/// A stretch in which the run only waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Idle {
    /// The moment before it.
    pub from: Time,
    /// The moment after it.
    pub to: Time,
    /// What the run waits for in it.
    pub reason: IdleReason,
    /// Length of the whole wait that it is part of; it is written on the break.
    pub length: Span,
    /// The first step after it.
    pub ends_with: Option<StepId>,
}

/// What the run waits for.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdleReason {
    /// The Job controller's back-off.
    Backoff,
    /// The kubelet's wait before a restart in place.
    Restart,
    Ttl,
    Deadline,
    /// The Job is suspended.
    Suspended,
    /// The next scheduled time of a CronJob.
    Schedule,
    /// Programs run for very long, and nothing else happens.
    Running,
    /// Pods wait for very long, and nothing else happens.
    Waiting,
    /// Only what has happened before happens again and again.
    Repeats,
    /// It goes on so for ever.
    Endless,
    /// Something else: an input, a slow retry.
    Other,
}

/// A stretch in which only programs run is collapsed if it is longer than `LONG_RUN`, and than all busy stretches
/// together times `LONG_RUN_SHARE`; one in which pods wait if it is longer than `LONG_WAIT`, likewise.
const LONG_RUN: Span = Span::from_seconds(120);
const LONG_WAIT: Span = Span::from_seconds(600);
/// As much of such a wait is shown as what was before it, at least so much, at most [`LONG_WAIT`].
const SEEN_WAIT: Span = Span::from_seconds(10);
const LONG_RUN_SHARE: i64 = 3;

pub(super) fn spans(
    recording: &Recording,
    jobs: &[JobTrack],
    alive: &Alive,
    moments: &[Moment],
    folds: &[Fold],
    end: Time,
) -> Vec<Idle> {
    let mut reasons = Reasons::of(jobs);
    let mut idle = Vec::new();
    let (mut busy, mut running, mut restarting) = (0, 0, 0);
    let mut long = Vec::new();
    let mut shown = Span::ZERO;
    let after = moments.iter().skip(1).map(|moment| (moment.at, Some(moment.steps.start)));
    let last = moments.last().filter(|moment| moment.at < end).map(|_| (end, None));
    for (number, (moment, (to, step))) in moments.iter().zip(after.chain(last)).enumerate() {
        if let Some(changes) = alive.changes.get(number) {
            busy += changes.busy;
            running += changes.running;
            restarting += changes.restarting;
        }
        let (from, ends_with) = (moment.at, step.map(StepId));
        if let Some(fold) = folds.iter().find(|fold| fold.from <= from && from < fold.to) {
            idle.extend((fold.from == from).then(|| fold.idle(ends_with.filter(|_| to == fold.to))));
            continue;
        }
        let wake = ends_with.map(|step| recording.step(step).trigger.wake);
        if busy > 0 || running > 0 {
            if to - from > if busy > 0 { LONG_WAIT + LONG_WAIT } else { LONG_RUN } {
                let reason = match wake {
                    Some(Wake::Deadline) => IdleReason::Deadline,
                    None if running == 0 && repetition::is_endless(recording, from) => IdleReason::Endless,
                    _ if running > 0 => IdleReason::Running,
                    _ => IdleReason::Waiting,
                };
                // What pods wait for is written at the beginning of the wait.
                let seen = if busy > 0 { SEEN_WAIT.max(from - Time::ZERO).min(LONG_WAIT) } else { Span::ZERO };
                long.push(Idle { from: from + seen, to, reason, length: to - from, ends_with });
            } else {
                shown = shown + (to - from);
            }
            continue;
        }
        let (reason, length) = reasons.of_stretch(from, to, wake, restarting > 0);
        idle.push(Idle { from, to, reason, length, ends_with });
    }
    let enough = Span::from_millis(shown.millis().saturating_mul(LONG_RUN_SHARE));
    idle.extend(long.into_iter().filter(|idle| idle.length > enough));
    order::sort_by_key(&mut idle, |idle| idle.from);
    idle
}

impl Fold {
    /// As a stretch to be collapsed.
    pub(super) fn idle(&self, ends_with: Option<StepId>) -> Idle {
        let reason = if self.is_endless { IdleReason::Endless } else { IdleReason::Repeats };
        Idle { from: self.from, to: self.to, reason, length: self.to - self.from, ends_with }
    }
}

/// How many pods more or fewer do something from a moment on, by what they do.
#[derive(Clone, Copy, Debug, Default)]
struct Changes {
    busy: i32,
    running: i32,
    restarting: i32,
}

/// What pods do at each moment, as changes since the one before it.
#[derive(Debug, Default)]
pub(super) struct Alive {
    changes: Vec<Changes>,
}

impl Alive {
    /// Takes in what these pods do.
    pub(super) fn note(&mut self, bars: &[Bar], moments: &[Moment]) {
        self.changes.resize(moments.len(), Changes::default());
        for segment in bars.iter().flat_map(|bar| &bar.segments) {
            for (at, delta) in [(segment.from, 1), (segment.to, -1)] {
                // From the first moment on that is not before it; what begins after the last one is not asked for.
                let number = moments.partition_point(|moment| moment.at < at);
                let Some(changes) = self.changes.get_mut(number) else { continue };
                match segment.kind {
                    SegmentKind::Pending | SegmentKind::Waiting(_) | SegmentKind::Terminating { .. } => {
                        changes.busy += delta;
                    }
                    SegmentKind::Running => changes.running += delta,
                    SegmentKind::AwaitingRestart { .. } => changes.restarting += delta,
                }
            }
        }
    }
}

/// The reasons to wait, with the times for which they hold.
struct Reasons {
    backoff: Covers,
    restart: Covers,
    ttl: Covers,
    suspended: Covers,
}

impl Reasons {
    fn of(jobs: &[JobTrack]) -> Reasons {
        let waits = jobs.iter().flat_map(|track| &track.backoffs);
        let segments = jobs.iter().flat_map(|track| &track.bars).flat_map(|bar| &bar.segments);
        let ttls = jobs.iter().filter_map(|track| track.lane.ttl);
        let stretches = jobs.iter().flat_map(|track| &track.lane.stretches);
        let suspended = stretches.filter(|stretch| stretch.kind == StretchKind::Suspended);
        Reasons {
            backoff: Covers::of(waits.map(|wait| {
                let length = (!wait.was_cut_short()).then_some(wait.length);
                Cover { from: wait.from, to: wait.ended, length }
            })),
            restart: Covers::of(segments.filter_map(|segment| match segment.kind {
                SegmentKind::AwaitingRestart { wait } => {
                    Some(Cover { from: segment.from, to: segment.to, length: Some(wait) })
                }
                SegmentKind::Pending
                | SegmentKind::Waiting(_)
                | SegmentKind::Running
                | SegmentKind::Terminating { .. } => None,
            })),
            ttl: Covers::of(ttls.map(|ttl| Cover { from: ttl.from, to: ttl.until, length: Some(ttl.length) })),
            suspended: Covers::of(suspended.map(|stretch| Cover { from: stretch.from, to: stretch.to, length: None })),
        }
    }

    /// The reason for one stretch, and the length of the whole wait. Stretches must come in order.
    fn of_stretch(&mut self, from: Time, to: Time, wake: Option<Wake>, restarting: bool) -> (IdleReason, Span) {
        let whole = |cover: Option<Cover>| cover.and_then(|cover| cover.length).unwrap_or(to - from);
        if restarting {
            return (IdleReason::Restart, whole(self.restart.over(from, to)));
        }
        let backoff = self.backoff.over(from, to);
        if backoff.is_some() {
            return (IdleReason::Backoff, whole(backoff));
        }
        let ttl = self.ttl.over(from, to);
        if wake == Some(Wake::TtlOver) {
            return (IdleReason::Ttl, whole(ttl));
        }
        let reason = match wake {
            Some(Wake::Schedule) => IdleReason::Schedule,
            Some(Wake::Deadline) => IdleReason::Deadline,
            Some(Wake::BackoffOver) => IdleReason::Backoff,
            _ if ttl.is_some() => IdleReason::Ttl,
            _ if self.suspended.over(from, to).is_some() => IdleReason::Suspended,
            _ => IdleReason::Other,
        };
        (reason, to - from)
    }
}

/// A time for which a reason to wait holds, and the length of the whole wait if it differs from the stretch's.
#[derive(Clone, Copy)]
struct Cover {
    from: Time,
    to: Time,
    length: Option<Span>,
}

/// Finds the covers of stretches that come in order, each in logarithmic time: Jobs may wait very often.
struct Covers {
    /// Sorted by their beginning, each with its position in the given order.
    all: Vec<(usize, Cover)>,
    /// How many of them have begun.
    next: usize,
    open: Map<usize, Cover>,
}

impl Covers {
    fn of(told: impl Iterator<Item = Cover>) -> Covers {
        let mut all: Vec<(usize, Cover)> = told.enumerate().collect();
        order::sort_by_key(&mut all, |(_, cover)| cover.from);
        Covers { all, next: 0, open: Map::new() }
    }

    /// The first in the given order that covers this whole stretch.
    fn over(&mut self, from: Time, to: Time) -> Option<Cover> {
        while let Some((place, cover)) = self.all.get(self.next).filter(|(_, cover)| cover.from <= from) {
            self.open.insert(*place, *cover);
            self.next += 1;
        }
        // One that ends too early for this stretch does so for all later ones.
        while let Some((_, cover)) = self.open.first() {
            if to <= cover.to {
                return Some(*cover);
            }
            self.open.pop_first();
        }
        None
    }
}
