//! The Job lane: whether it is active, suspended or over, its counters as steps, its conditions as flags, its TTL.

use super::Mark;
use super::facts::Facts;
use super::pods::Bar;
use crate::api::{ConditionStatus, ConditionType, Job, JobId, Name, ObjectKey};
use crate::cluster::reason::Component;
use crate::order;
use crate::recording::{Object, Recording, Verb, Version};
use crate::time::{Span, Time};
use std::rc::Rc;

/// The lane of a Job.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct JobLane {
    pub name: Name,
    pub created: Mark,
    /// Whether its pods belong to indexes.
    pub is_indexed: bool,
    /// Active, suspended, finishing and finished, without gaps.
    pub stretches: Vec<Stretch>,
    /// The counts of its status, one entry per change.
    pub counts: Vec<StatusCounts>,
    /// The most pods that were active or terminating at once: the height of the drawing.
    pub most_alive: u32,
    /// Its conditions as they became True, and the end of a suspension.
    pub flags: Vec<ConditionFlag>,
    /// The time between its end and its deletion.
    pub ttl: Option<Ttl>,
    /// Its deletion, and who asked for it.
    pub deleted: Option<(Mark, DeletedBy)>,
    /// Stretches in which more pods were alive than parallelism allows.
    pub overlaps: Vec<Overlap>,
    /// Its last version.
    pub last: Rc<Job>,
}

/// A stretch of the Job lane.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub from: Time,
    pub to: Time,
    pub kind: StretchKind,
    /// The step that began it.
    pub mark: Mark,
}

/// A phase in the life of a Job.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchKind {
    Active,
    Suspended,
    /// Its end is decided and waits for pods to stop.
    Finishing,
    /// Complete or Failed.
    Finished,
}

/// The counts of a Job's status, from an instant on.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusCounts {
    /// From when, and by which step.
    pub mark: Mark,
    /// Pods that are pending or running.
    pub active: u32,
    /// Those of them that are ready.
    pub ready: u32,
    /// Succeeded pods or indexes.
    pub succeeded: u32,
    pub failed: u32,
    /// Pods that are being stopped.
    pub terminating: u32,
}

/// A condition that changed its status.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionFlag {
    /// When, and by which step.
    pub mark: Mark,
    pub condition: ConditionType,
    /// True; False only for the end of a suspension.
    pub status: ConditionStatus,
    pub reason: &'static str,
}

impl ConditionFlag {
    /// Whether it ends the Job: Complete and Failed are drawn as flags, the others as words.
    pub fn is_terminal(&self) -> bool {
        matches!(self.condition, ConditionType::Complete | ConditionType::Failed)
    }
}

/// The time from the end of a Job to its deletion by ttlSecondsAfterFinished.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ttl {
    /// When the Job finished.
    pub from: Time,
    /// When it is to be deleted.
    pub until: Time,
    pub length: Span,
    /// The step that began to wait.
    pub mark: Mark,
}

/// Who asked for a Job's deletion.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletedBy {
    Ttl,
    /// A person or program outside.
    Outside,
    /// The CronJob controller: history or Replace.
    CronJob,
    /// The garbage collector: its CronJob was deleted.
    Cascade,
}

/// More pods alive than parallelism allows.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// From when, and by which step.
    pub from: Mark,
    pub to: Time,
    /// The most that were alive in it.
    pub alive: u32,
    pub parallelism: u32,
}

impl JobLane {
    /// When it finished or was removed, else `end`.
    pub fn last_instant(&self, end: Time) -> Time {
        let finished = self.stretches.iter().find(|stretch| stretch.kind == StretchKind::Finished);
        let deleted = self.deleted.map_or(end, |(mark, _)| mark.at);
        finished.map_or(deleted, |stretch| stretch.from.min(deleted))
    }

    /// The condition that ended it, and when.
    pub fn finished(&self) -> Option<&ConditionFlag> {
        self.flags.iter().find(|flag| flag.is_terminal())
    }
}

pub(super) fn of(recording: &Recording, facts: &Facts, job: JobId, bars: &[Bar], end: Time) -> Option<JobLane> {
    let history: Vec<(Mark, &Rc<Job>, Verb)> =
        recording.history(ObjectKey::Job(job)).filter_map(|version| job_version(recording, version)).collect();
    let (created, first, _) = *history.first()?;
    let (_, last, _) = *history.last()?;
    let deleted = history.iter().find(|(_, _, verb)| *verb == Verb::Remove).map(|(mark, _, _)| {
        let by = facts.job(job).deleted_by.map_or(Component::GarbageCollector, |(by, _)| by);
        (*mark, deleted_by(by))
    });
    let gone_at = deleted.map_or(end, |(mark, _)| mark.at);
    let flags = flags(&history);
    let finished = flags.iter().find(|flag| flag.is_terminal()).map(|flag| flag.mark.at);
    let ttl = facts.job(job).ttl.map(|(_, length, until, mark)| Ttl {
        from: finished.unwrap_or(mark.at),
        until,
        length,
        mark,
    });
    let counts = counts(&history);
    let overlaps = overlaps(&history, bars, end);
    let most_alive = counts.iter().map(|counts| counts.active + counts.terminating).max().unwrap_or(0);
    Some(JobLane {
        name: first.meta.name.clone(),
        created,
        is_indexed: first.spec.is_indexed(),
        stretches: stretches(&history, gone_at),
        counts,
        most_alive,
        flags,
        ttl,
        deleted,
        overlaps,
        last: last.clone(),
    })
}

fn job_version<'r>(recording: &'r Recording, version: &'r Version) -> Option<(Mark, &'r Rc<Job>, Verb)> {
    match &version.object {
        Object::Job(job) => Some((Mark { at: recording.written_at(version), step: version.step }, job, version.verb)),
        Object::Pod(_) | Object::CronJob(_) | Object::Node(_) => None,
    }
}

fn deleted_by(component: Component) -> DeletedBy {
    match component {
        Component::TtlAfterFinished => DeletedBy::Ttl,
        Component::CronJobController => DeletedBy::CronJob,
        Component::GarbageCollector => DeletedBy::Cascade,
        Component::Outside
        | Component::Scheduler
        | Component::Kubelet
        | Component::NodeLifecycle
        | Component::TaintEviction
        | Component::PodGarbageCollector
        | Component::JobController
        | Component::OrphanPods => DeletedBy::Outside,
    }
}

fn stretch_kind(job: &Job) -> StretchKind {
    let is_true = |condition| job.status.true_condition(condition).is_some();
    if job.is_finished() {
        StretchKind::Finished
    } else if is_true(ConditionType::FailureTarget) || is_true(ConditionType::SuccessCriteriaMet) {
        StretchKind::Finishing
    } else if is_true(ConditionType::Suspended) {
        StretchKind::Suspended
    } else {
        StretchKind::Active
    }
}

fn stretches(history: &[(Mark, &Rc<Job>, Verb)], gone_at: Time) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (mark, job, _) in history {
        let kind = stretch_kind(job);
        match stretches.last_mut() {
            Some(last) if last.kind == kind => continue,
            Some(last) => last.to = mark.at,
            None => {}
        }
        stretches.push(Stretch { from: mark.at, to: gone_at, kind, mark: *mark });
    }
    stretches.retain(|stretch| stretch.from < stretch.to || stretch.kind == StretchKind::Finished);
    stretches
}

fn counts(history: &[(Mark, &Rc<Job>, Verb)]) -> Vec<StatusCounts> {
    let mut counts: Vec<StatusCounts> = Vec::new();
    for (mark, job, _) in history {
        let status = &job.status;
        let next = StatusCounts {
            mark: *mark,
            active: status.active,
            ready: status.ready.unwrap_or(0),
            succeeded: status.succeeded,
            failed: status.failed,
            terminating: status.terminating.unwrap_or(0),
        };
        match counts.last_mut() {
            Some(last) if (StatusCounts { mark: last.mark, ..next }) == *last => {}
            // Several writes of one instant are shown as one change.
            Some(last) if last.mark.at == mark.at => *last = next,
            _ => counts.push(next),
        }
    }
    counts
}

fn flags(history: &[(Mark, &Rc<Job>, Verb)]) -> Vec<ConditionFlag> {
    let mut flags = Vec::new();
    let mut before: &[crate::api::Condition] = &[];
    for (mark, job, _) in history {
        for condition in job.status.conditions.iter() {
            let was = before.iter().find(|other| other.condition_type == condition.condition_type);
            let is_new = was.is_none_or(|was| was.status != condition.status);
            if is_new && (condition.status == ConditionStatus::True || was.is_some()) {
                let (status, reason) = (condition.status, condition.reason);
                flags.push(ConditionFlag { mark: *mark, condition: condition.condition_type, status, reason });
            }
        }
        before = &job.status.conditions;
    }
    flags
}

/// Sweeps over the creations and ends of pods; parallelism may be patched meanwhile.
fn overlaps(history: &[(Mark, &Rc<Job>, Verb)], bars: &[Bar], end: Time) -> Vec<Overlap> {
    let mut changes: Vec<(Time, i64, Mark)> = Vec::with_capacity(bars.len() * 2);
    for bar in bars {
        changes.push((bar.created.at, 1, bar.created));
        if let Some(cap) = bar.end {
            let mark = cap.mark;
            changes.push((mark.at, -1, mark));
        }
    }
    for (mark, _, _) in history {
        changes.push((mark.at, 0, *mark));
    }
    // Within an instant ends come first: a pod that replaces one that ended at the same time does not overlap it.
    order::sort_by_key(&mut changes, |(at, delta, mark)| (*at, *delta, mark.step));
    let (mut alive, mut version) = (0i64, 0);
    let mut overlaps: Vec<Overlap> = Vec::new();
    let mut open: Option<Overlap> = None;
    for (at, delta, mark) in changes {
        alive += delta;
        while history.get(version + 1).is_some_and(|(mark, _, _)| mark.at <= at) {
            version += 1;
        }
        let parallelism = history[version].1.spec.parallelism.max(0);
        if alive > i64::from(parallelism) {
            let alive = u32::try_from(alive).unwrap_or(u32::MAX);
            let parallelism = parallelism.unsigned_abs();
            let overlap = open.get_or_insert(Overlap { from: mark, to: end, alive, parallelism });
            overlap.alive = overlap.alive.max(alive);
        } else if let Some(overlap) = open.take() {
            overlaps.push(Overlap { to: at, ..overlap });
        }
    }
    overlaps.extend(open);
    overlaps.retain(|overlap| overlap.from.at < overlap.to);
    overlaps
}
