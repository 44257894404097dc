//! One sync of a CronJob: old Jobs are deleted, the list of active ones is updated, and the Job that is due is started.
//! Upstream: cronjob_controllerv2.go sync, syncCronJob; C21, in this order.

use super::history::beyond_limits;
use super::job_from_template::{job_from_template, job_name};
use super::plan::{Due, Plan, PlanError, Plans, reference};
use crate::api::{
    ConcurrencyPolicy, CronJob, CronJobStatus, EventType, Job, JobId, Message, Name, ObjectKey, OwnerReference,
    admission,
};
use crate::cluster::api_server::ApiServer;
use crate::cluster::input::Cascade;
use crate::cluster::reason::{Reason, Wake};
use crate::cluster::store::NamespacedName;
use crate::cluster::work_queue::SyncError;
use crate::limits::CRON_JOB_FREE_JOBS;
use crate::order;
use crate::time::{Span, Time};
use std::rc::Rc;

/// The controller warns of more missed times than this.
const MANY: i64 = 100;

/// One sync of a CronJob.
struct CronJobSync<'a> {
    cron_job: &'a Rc<CronJob>,
    plans: &'a mut Plans,
    /// The status to be written.
    status: CronJobStatus,
}

/// When to sync again without a change, if at all.
type Requeue = Result<Option<Time>, SyncError>;

/// Brings a CronJob closer to its spec.
///
/// # Errors
/// [`SyncError`] if a Job could not be created.
pub(super) fn sync_cron_job(cron_job: &Rc<CronJob>, plans: &mut Plans, api: &mut ApiServer<'_>) -> Requeue {
    // As they are now: Jobs that are deleted below still count as seen.
    let jobs: Vec<Rc<Job>> = api.store.jobs_of(cron_job.id).cloned().collect();
    api.journal.cron_job_jobs += jobs.len().saturating_sub(CRON_JOB_FREE_JOBS);
    let mut sync = CronJobSync { cron_job, plans, status: cron_job.status.clone() };
    for job in beyond_limits(&jobs, &cron_job.spec) {
        api.reason(Reason::HistoryPruned(job.id));
        sync.delete_job(&job, api);
    }
    sync.observe_jobs(&jobs, api);
    let requeue = sync.start_what_is_due(api);
    if sync.status != cron_job.status {
        api.update_cron_job_status(cron_job.id, &sync.status);
    }
    requeue
}

impl CronJobSync<'_> {
    /// Updates status.active and status.lastSuccessfulTime.
    fn observe_jobs(&mut self, jobs: &[Rc<Job>], api: &mut ApiServer<'_>) {
        let mut active: Vec<JobId> = self.status.active.iter().map(|(id, _)| *id).collect();
        order::sort(&mut active);
        for job in jobs {
            let (name, listed) = (&job.meta.name, active.binary_search(&job.id).is_ok());
            match job.status.finished() {
                None if !listed => {
                    api.reason(Reason::UnexpectedJob(job.id));
                    let message = format!("Saw a job that the controller did not create or forgot: {name}");
                    self.event(EventType::Warning, "UnexpectedJob", message, api);
                }
                None => {}
                Some(condition) => {
                    if listed {
                        self.forget(job.id);
                        api.reason(Reason::RunFinished(job.id));
                        let ended = condition.condition_type.as_str();
                        let message = format!("Saw completed job: {name}, condition: {ended}");
                        self.event(EventType::Normal, "SawCompletedJob", message, api);
                    }
                    // Only a complete Job has a completionTime; no time is earlier than any.
                    let last = &mut self.status.last_successful_time;
                    *last = (*last).max(job.status.completion_time);
                }
            }
        }
        for (id, name) in Rc::clone(&self.status.active).iter() {
            let key = NamespacedName { namespace: self.cron_job.meta.namespace.clone(), name: name.clone() };
            let is_own = api.store.job(*id).is_some_and(|job| job.meta.cron_job() == Some(self.cron_job.id));
            if !is_own && api.job_named(&key).is_none() {
                self.forget(*id);
                api.reason(Reason::JobWentMissing(*id));
                self.event(EventType::Normal, "MissingJob", format!("Active job went missing: {name}"), api);
            }
        }
    }

    /// Starts the Job for the scheduled time that is due, unless something forbids it.
    fn start_what_is_due(&mut self, api: &mut ApiServer<'_>) -> Requeue {
        if self.cron_job.meta.deletion.is_some() {
            api.reason(Reason::CronDeleting);
            return Ok(None);
        }
        let plan = match self.plans.of(self.cron_job) {
            Err(PlanError::UnknownZone(zone)) => {
                let why = format!("unknown time zone {zone}");
                self.event(EventType::Warning, "UnknownTimeZone", format!("invalid timeZone: {zone:?}: {why}"), api);
                api.reason(Reason::ScheduleUnreadable(why.into()));
                return Ok(None);
            }
            _ if self.cron_job.spec.suspend => {
                api.reason(Reason::CronSuspended);
                return Ok(None);
            }
            Err(PlanError::Unreadable(why)) => {
                let message = format!("unparseable schedule: {:?} : {why}", &*self.cron_job.spec.schedule);
                self.event(EventType::Warning, "UnparseableSchedule", message, api);
                api.reason(Reason::ScheduleUnreadable(why.into()));
                return Ok(None);
            }
            Ok(plan) => plan,
        };
        let Ok(due) = plan.most_recent(self.earliest(api.now), api.now) else {
            api.reason(Reason::ScheduleNeverDue);
            let (schedule, why) =
                (&self.cron_job.spec.schedule, "time difference between two schedules is less than 1 second");
            let message = format!("invalid schedule: {schedule} : {why}");
            self.event(EventType::Warning, "InvalidSchedule", message, api);
            return Ok(None);
        };
        match due {
            Due::Run { scheduled, missed } => {
                let requeue = self.start(scheduled, missed, &plan, api);
                if let Ok(Some(at)) = requeue {
                    api.reason(Reason::ComesBack { at, wake: Wake::Schedule });
                }
                requeue
            }
            Due::Nothing | Due::Overlooked { .. } => {
                self.explain_nothing_due(due, &plan, api);
                Ok(Some(self.next_wake(&plan, api.now)))
            }
        }
    }

    /// Scheduled times before this do not count: it is the last run, or startingDeadlineSeconds ago if that is later.
    fn earliest(&self, now: Time) -> Time {
        let deadline = self.cron_job.spec.starting_deadline_seconds.map(|seconds| now - Span::from_seconds(seconds));
        deadline.map_or(reference(self.cron_job), |deadline| deadline.max(reference(self.cron_job)))
    }

    fn explain_nothing_due(&self, due: Due, plan: &Plan, api: &mut ApiServer<'_>) {
        let (now, since) = (api.now, reference(self.cron_job));
        if let Due::Overlooked { interval } = due
            && let Some(scheduled) = plan.times(since, now).last()
        {
            api.reason(Reason::RunOverlooked { scheduled, interval });
        }
        if let Some(seconds) = self.cron_job.spec.starting_deadline_seconds
            && let Ok(Due::Run { scheduled, .. }) = plan.most_recent(since, now)
        {
            let deadline = Span::from_seconds(seconds);
            api.reason(Reason::RunMissed { scheduled, late: now - scheduled, deadline });
        }
        api.reason(Reason::NothingScheduled { next: plan.next_run(self.cron_job, now) });
    }

    fn next_wake(&self, plan: &Plan, now: Time) -> Time {
        let cron_job = CronJob { status: self.status.clone(), ..CronJob::clone(self.cron_job) };
        plan.next_wake(&cron_job, now)
    }

    /// Starts the Job for a scheduled time, unless that has been done, or concurrencyPolicy forbids it.
    fn start(&mut self, scheduled: Time, missed: i64, plan: &Plan, api: &mut ApiServer<'_>) -> Requeue {
        if missed > MANY {
            api.reason(Reason::TooManyMissed(u32::try_from(missed).unwrap_or(u32::MAX)));
            let message =
                "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew";
            self.event(EventType::Warning, "TooManyMissedTimes", message.to_owned(), api);
        }
        let name = job_name(self.cron_job, scheduled, &self.plans.clock);
        let listed = self.status.active.iter().any(|(_, active)| *active == name);
        if listed || self.status.last_schedule_time == Some(scheduled) {
            api.reason(Reason::AlreadyRun { scheduled });
            return Ok(Some(self.next_wake(plan, api.now)));
        }
        match self.cron_job.spec.concurrency_policy {
            ConcurrencyPolicy::Forbid if !self.status.active.is_empty() => {
                api.reason(Reason::RunForbidden { scheduled, active: self.status.active.len() as u32 });
                let message = "Not starting job because prior execution is running and concurrency policy is Forbid";
                self.event(EventType::Normal, "JobAlreadyActive", message.to_owned(), api);
                return Ok(Some(self.next_wake(plan, api.now)));
            }
            ConcurrencyPolicy::Replace => self.replace_active(api),
            ConcurrencyPolicy::Forbid | ConcurrencyPolicy::Allow => {}
        }
        let missed = plan.times(reference(self.cron_job), scheduled).count() as u32 - 1;
        let (job, name) = self.create_job(scheduled, missed, plan, api)?;
        self.status.active = self.status.active.iter().cloned().chain([(job, name)]).collect();
        self.status.last_schedule_time = Some(scheduled);
        Ok(Some(self.next_wake(plan, api.now)))
    }

    fn replace_active(&mut self, api: &mut ApiServer<'_>) {
        for (id, _) in Rc::clone(&self.status.active).iter() {
            let Some(job) = api.store.job(*id).cloned() else { continue };
            api.reason(Reason::RunReplaced(*id));
            self.delete_job(&job, api);
        }
    }

    /// Creates the Job for a scheduled time. If its name is taken, upstream requests the Job of that name without a
    /// namespace, which fails: the sync is retried until the scheduled time that is due, and with it the name, changes
    /// (C22.1).
    ///
    /// # Errors
    /// [`SyncError`] if the name is taken or the API server refuses the Job.
    fn create_job(
        &mut self,
        scheduled: Time,
        missed: u32,
        plan: &Plan,
        api: &mut ApiServer<'_>,
    ) -> Result<(JobId, Name), SyncError> {
        let manifest = job_from_template(self.cron_job, scheduled, plan, &self.plans.clock);
        let id = api.store.peek_next_job();
        let mut job = match admission::create_job(&manifest, id, api.now) {
            Ok(job) => job,
            Err(refusal) => {
                let message = format!("Error creating job: {}", refusal.message);
                api.reason(Reason::Refused(refusal.into()));
                self.event(EventType::Warning, "FailedCreate", message, api);
                return Err(SyncError);
            }
        };
        if let Some(there) = api.job_named(&job.key()) {
            api.reason(Reason::JobNameTaken { scheduled, job: there.id });
            return Err(SyncError);
        }
        job.meta.owners =
            [OwnerReference::to_controller("CronJob", &self.cron_job.meta.name, self.cron_job.id.to_string())].into();
        if let Some(before) = api.store.jobs_of(self.cron_job.id).next_back() {
            Rc::make_mut(&mut job.spec).share(&before.spec);
        }
        let (id, name) = (api.store.next_job(), job.meta.name.clone());
        api.reason(Reason::RunStarted { scheduled, job: id, missed });
        api.create_job(job);
        self.event(EventType::Normal, "SuccessfulCreate", format!("Created job {name}"), api);
        Ok((id, name))
    }

    /// Deletes a Job in the background, and no longer counts it as active.
    fn delete_job(&mut self, job: &Job, api: &mut ApiServer<'_>) {
        api.delete_job(job.id, Cascade::Background);
        self.forget(job.id);
        self.event(EventType::Normal, "SuccessfulDelete", format!("Deleted job {}", job.meta.name), api);
    }

    fn forget(&mut self, id: JobId) {
        self.status.active = self.status.active.iter().filter(|(active, _)| *active != id).cloned().collect();
    }

    fn event(&self, event_type: EventType, reason: &'static str, message: String, api: &mut ApiServer<'_>) {
        api.event(ObjectKey::CronJob(self.cron_job.id), event_type, reason, Message::Owned(message.into()));
    }
}
