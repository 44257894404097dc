//! Which stretches between two moments hold nothing but waiting: those are the ones that the axis may collapse.

use super::JobTrack;
use super::job_lane::StretchKind;
use super::moments::Moment;
use super::pods::SegmentKind;
use crate::cluster::reason::{StepId, Wake};
use crate::order;
use crate::recording::Recording;
use crate::time::{Span, Time};

/// A stretch without anything but waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Idle {
    /// The moment before it.
    pub from: Time,
    /// The moment after it.
    pub to: Time,
    /// What is waited for.
    pub reason: IdleReason,
    /// The length that is written on it: of the whole wait that it is part of.
    pub length: Span,
    /// The first step after it.
    pub ends_with: Option<StepId>,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdleReason {
    /// The Job controller's back-off.
    Backoff,
    /// The kubelet's wait before a restart in place.
    Restart,
    /// ttlSecondsAfterFinished.
    Ttl,
    /// activeDeadlineSeconds.
    Deadline,
    /// The Job is suspended.
    Suspended,
    /// A CronJob's next time.
    Schedule,
    /// Programs run, and nothing else happens, for very long.
    Running,
    /// Something else: an input, a slow retry.
    Other,
}

/// A program that runs alone for so long, and for so many times the rest of the picture, is not drawn to scale.
const LONG_RUN: Span = Span::from_seconds(120);
const LONG_RUN_SHARE: i64 = 3;

pub(super) fn spans(recording: &Recording, jobs: &[JobTrack], moments: &[Moment], end: Time) -> Vec<Idle> {
    let changes = changes(jobs);
    let mut idle = Vec::new();
    let (mut next, mut busy, mut running, mut restarting) = (0, 0i64, 0i64, 0i64);
    let mut long = Vec::new();
    let mut shown = Span::ZERO;
    let after = moments.iter().skip(1).map(|moment| (moment.at, Some(moment.steps.start)));
    let last = moments.last().filter(|moment| moment.at < end).map(|_| (end, None));
    for (moment, (to, step)) in moments.iter().zip(after.chain(last)) {
        while let Some(change) = changes.get(next).filter(|change| change.at <= moment.at) {
            match change.kind {
                SegmentKind::Pending | SegmentKind::Terminating { .. } => busy += change.delta,
                SegmentKind::Running => running += change.delta,
                SegmentKind::AwaitingRestart { .. } => restarting += change.delta,
            }
            next += 1;
        }
        let (from, ends_with) = (moment.at, step.map(StepId));
        let wake = ends_with.map(|step| recording.step(step).trigger.wake);
        if busy > 0 || running > 0 {
            if busy == 0 && to - from > LONG_RUN {
                let reason = if wake == Some(Wake::Deadline) { IdleReason::Deadline } else { IdleReason::Running };
                long.push(Idle { from, to, reason, length: to - from, ends_with });
            } else {
                shown = shown + (to - from);
            }
            continue;
        }
        let (reason, length) = reason(jobs, from, to, wake, restarting > 0);
        idle.push(Idle { from, to, reason, length, ends_with });
    }
    let enough = Span::from_millis(shown.millis().saturating_mul(LONG_RUN_SHARE));
    idle.extend(long.into_iter().filter(|idle| idle.length > enough));
    order::sort_by_key(&mut idle, |idle| idle.from);
    idle
}

struct Change {
    at: Time,
    delta: i64,
    kind: SegmentKind,
}

fn changes(jobs: &[JobTrack]) -> Vec<Change> {
    let mut changes = Vec::new();
    for segment in jobs.iter().flat_map(|track| &track.bars).flat_map(|bar| &bar.segments) {
        changes.push(Change { at: segment.from, delta: 1, kind: segment.kind });
        changes.push(Change { at: segment.to, delta: -1, kind: segment.kind });
    }
    order::sort_by_key(&mut changes, |change| change.at);
    changes
}

fn reason(jobs: &[JobTrack], from: Time, to: Time, wake: Option<Wake>, restarting: bool) -> (IdleReason, Span) {
    let covers = |start: Time, end: Time| start <= from && to <= end;
    let waits = || jobs.iter().flat_map(|track| &track.waits);
    if restarting {
        return (IdleReason::Restart, restart_wait(jobs, from, to).unwrap_or(to - from));
    }
    if let Some(wait) = waits().find(|wait| covers(wait.from, wait.ended)) {
        return (IdleReason::Backoff, if wait.was_cut_short() { to - from } else { wait.length });
    }
    let ttls = || jobs.iter().filter_map(|track| track.lane.ttl);
    if wake == Some(Wake::TtlOver) {
        return (IdleReason::Ttl, ttls().find(|ttl| covers(ttl.from, ttl.until)).map_or(to - from, |ttl| ttl.length));
    }
    let reason = match wake {
        Some(Wake::Schedule) => IdleReason::Schedule,
        Some(Wake::Deadline) => IdleReason::Deadline,
        Some(Wake::BackoffOver) => IdleReason::Backoff,
        _ if ttls().any(|ttl| covers(ttl.from, ttl.until)) => IdleReason::Ttl,
        _ => {
            let stretches = || jobs.iter().flat_map(|track| &track.lane.stretches);
            let suspended = |kind| kind == StretchKind::Suspended;
            let is_suspended = stretches().any(|stretch| suspended(stretch.kind) && covers(stretch.from, stretch.to));
            if is_suspended { IdleReason::Suspended } else { IdleReason::Other }
        }
    };
    (reason, to - from)
}

fn restart_wait(jobs: &[JobTrack], from: Time, to: Time) -> Option<Span> {
    let segments = jobs.iter().flat_map(|track| &track.bars).flat_map(|bar| &bar.segments);
    segments.filter(|segment| segment.from <= from && to <= segment.to).find_map(|segment| match segment.kind {
        SegmentKind::AwaitingRestart { wait } => Some(wait),
        SegmentKind::Pending | SegmentKind::Running | SegmentKind::Terminating { .. } => None,
    })
}
