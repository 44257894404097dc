//! The three instruments at the playhead: successes still needed, failures still tolerated, time left.

use crate::api::{IndexSet, Job, JobId, Phase, RestartPolicy};
use crate::recording::Recording;
use crate::time::{Span, Time};

/// What the instruments show.
#[derive(Clone, Debug, PartialEq)]
pub struct Instruments {
    /// Successes: needed and reached.
    pub completions: CompletionProgress,
    /// Failures: tolerated and used.
    pub budget: FailureBudget,
    /// The deadline; `None` if it is not set.
    pub fuse: Option<Fuse>,
    /// Pods that are pending or running.
    pub active: u32,
}

/// How many successes there are, of those that are needed.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub enum CompletionProgress {
    Pods {
        done: u32,
        needed: u32,
    },
    Indexes {
        done: IndexSet,
        /// Failed for good.
        failed: IndexSet,
        /// How many there are.
        count: u32,
    },
    /// A work queue: one success is enough, then all must end.
    WorkQueue {
        done: u32,
        active: u32,
    },
}

/// The failure budget.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailureBudget {
    pub counts: BudgetOf,
    /// How much is used.
    pub used: u32,
    /// How much is tolerated; one more than this ends the Job.
    pub allowed: u32,
}

/// What counts against the budget.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BudgetOf {
    /// Failed pods: the one after `backoffLimit` ends the Job (JC-107a).
    Failures,
    /// Container restarts: as many as `backoffLimit`, at least one, end the Job (JC-107).
    Restarts,
    /// Failed indexes against `maxFailedIndexes`.
    FailedIndexes { per_index: u32 },
    /// Failures of each index, without a limit on the indexes; `used` is the number of failed indexes.
    PerIndex { per_index: u32 },
}

impl FailureBudget {
    /// What is left before the one that ends the Job.
    pub fn left(&self) -> u32 {
        self.allowed.saturating_sub(self.used)
    }

    /// Whether more is used than tolerated, which ends the Job.
    pub fn is_spent(&self) -> bool {
        self.used > self.allowed
    }
}

/// activeDeadlineSeconds.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fuse {
    /// Time since startTime, at most `total`.
    pub elapsed: Span,
    pub total: Span,
}

impl Fuse {
    /// What is left.
    pub fn left(&self) -> Span {
        (self.total - self.elapsed).max(Span::ZERO)
    }
}

impl Instruments {
    /// What they show of a Job at a time: its first state before it is created, its last one after it is removed.
    pub fn at(recording: &Recording, job: JobId, at: Time) -> Option<Instruments> {
        let key = crate::api::ObjectKey::Job(job);
        let version = recording.version_at(key, at).or_else(|| recording.history(key).next())?;
        let crate::recording::Object::Job(job) = &version.object else { return None };
        Some(Instruments {
            completions: completions(job),
            budget: budget(recording, job, at),
            fuse: fuse(job, at),
            active: job.status.active,
        })
    }
}

fn completions(job: &Job) -> CompletionProgress {
    let status = &job.status;
    if job.spec.is_indexed() {
        return CompletionProgress::Indexes {
            done: status.completed_indexes.clone(),
            failed: status.failed_indexes.clone().unwrap_or_default(),
            count: job.spec.index_count(),
        };
    }
    match job.spec.completions {
        Some(needed) => CompletionProgress::Pods { done: status.succeeded, needed: u32::try_from(needed).unwrap_or(0) },
        None => CompletionProgress::WorkQueue { done: status.succeeded, active: status.active },
    }
}

fn budget(recording: &Recording, job: &Job, at: Time) -> FailureBudget {
    let spec = &job.spec;
    let limit = u32::try_from(spec.backoff_limit).unwrap_or(0);
    if let Some(per_index) = spec.backoff_limit_per_index {
        let per_index = u32::try_from(per_index).unwrap_or(0);
        let used = job.status.failed_indexes.as_ref().map_or(0, IndexSet::len);
        return match spec.max_failed_indexes {
            Some(most) => FailureBudget {
                counts: BudgetOf::FailedIndexes { per_index },
                used,
                allowed: u32::try_from(most).unwrap_or(0),
            },
            None => FailureBudget { counts: BudgetOf::PerIndex { per_index }, used, allowed: 0 },
        };
    }
    if spec.template.spec.restart_policy == RestartPolicy::OnFailure {
        let own = recording
            .pods_at(at)
            .filter(|pod| pod.owner == Some(job.id) && matches!(pod.phase, Phase::Running | Phase::Pending));
        let restarts = own.map(|pod| pod.restarts()).sum();
        return FailureBudget { counts: BudgetOf::Restarts, used: restarts, allowed: limit.max(1) - 1 };
    }
    FailureBudget { counts: BudgetOf::Failures, used: job.status.failed, allowed: limit }
}

fn fuse(job: &Job, at: Time) -> Option<Fuse> {
    let total = Span::from_seconds(job.spec.active_deadline_seconds?);
    let start = job.status.start_time;
    let stop = job.status.finished().map_or(at, |condition| at.min(condition.since));
    let elapsed = start.map_or(Span::ZERO, |start| stop - start);
    Some(Fuse { elapsed: elapsed.max(Span::ZERO).min(total), total })
}
