//! Which old Jobs are deleted: finished ones beyond the history limits.
//! Upstream: cronjob_controllerv2.go cleanupFinishedJobs; C22.4.

use crate::api::{ConditionType, CronJobSpec, Job};
use crate::order;
use std::rc::Rc;

/// The Jobs beyond the limits, complete ones first, the oldest of each first.
pub(super) fn beyond_limits(jobs: &[Rc<Job>], spec: &CronJobSpec) -> Vec<Rc<Job>> {
    let complete = oldest(jobs, ConditionType::Complete, spec.successful_jobs_history_limit);
    let failed = oldest(jobs, ConditionType::Failed, spec.failed_jobs_history_limit);
    complete.into_iter().chain(failed).collect()
}

/// All but the newest `limit` Jobs that ended with a condition.
fn oldest(jobs: &[Rc<Job>], ended: ConditionType, limit: i32) -> Vec<Rc<Job>> {
    let ended_so = |job: &&Rc<Job>| job.status.finished().is_some_and(|found| found.condition_type == ended);
    let mut finished: Vec<Rc<Job>> = jobs.iter().filter(ended_so).cloned().collect();
    // A Job without startTime counts as the newest.
    order::sort_by_key(&mut finished, |job| {
        let start = job.status.start_time;
        (start.is_none(), start, job.meta.name.clone())
    });
    finished.truncate(finished.len().saturating_sub(usize::try_from(limit).unwrap_or(0)));
    finished
}
