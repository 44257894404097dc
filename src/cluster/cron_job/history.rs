//! Old Jobs go: as many finished ones are kept as the history limits say.
//! Upstream: cronjob_controllerv2.go cleanupFinishedJobs; C22.4.

use super::sync_cron_job::CronJobSync;
use crate::api::{ConditionType, Job};
use crate::cluster::api_server::ApiServer;
use crate::cluster::reason::Reason;
use crate::order;
use std::rc::Rc;

impl CronJobSync<'_> {
    /// Deletes the oldest finished Jobs beyond the limits.
    pub(super) fn cleanup_finished_jobs(&mut self, jobs: &[Rc<Job>], api: &mut ApiServer<'_>) {
        let spec = Rc::clone(&self.cron_job.spec);
        self.remove_oldest(jobs, ConditionType::Complete, spec.successful_jobs_history_limit, api);
        self.remove_oldest(jobs, ConditionType::Failed, spec.failed_jobs_history_limit, api);
    }

    fn remove_oldest(&mut self, jobs: &[Rc<Job>], ended: ConditionType, limit: i32, api: &mut ApiServer<'_>) {
        let ended_so = |job: &&Rc<Job>| job.status.finished().is_some_and(|found| found.condition_type == ended);
        let mut finished: Vec<&Rc<Job>> = jobs.iter().filter(ended_so).collect();
        // A Job without startTime counts as the newest.
        order::sort_by_key(&mut finished, |job| {
            let start = job.status.start_time;
            (start.is_none(), start, job.meta.name.clone())
        });
        let too_many = finished.len().saturating_sub(usize::try_from(limit).unwrap_or(0));
        for job in finished.into_iter().take(too_many) {
            api.reason(Reason::HistoryPruned(job.id));
            self.delete_job(job, api);
        }
    }
}
