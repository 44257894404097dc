//! The garbage collector: deletes what an owner leaves behind, at once (reference cluster 8; C18).

use super::api_server::{ApiServer, Change, FOREGROUND_DELETION};
use super::input::Cascade;
use super::journal::Object;
use super::reason::{Reason, StepId, Trigger, Wake};
use crate::api::{CronJob, CronJobId, Job, JobId, ObjectKey, PodId};
use std::collections::VecDeque;
use std::rc::Rc;

/// Owners whose dependents have to be looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct GarbageCollector {
    queue: VecDeque<(Owner, Trigger)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Job(JobId),
    CronJob(CronJobId),
}

impl GarbageCollector {
    /// Owners go or wait for their dependents; dependents go.
    pub(crate) fn observe(&mut self, change: &Change, step: StepId) {
        let trigger = |key| Trigger { wake: Wake::Changed(key), cause: Some(step) };
        match (&change.old, &change.new) {
            (Some(Object::Job(old)), new) => {
                let key = ObjectKey::Job(old.id);
                let waits = matches!(new, Some(Object::Job(job)) if waits_for_dependents(&job.meta.finalizers));
                if new.is_none() || waits && !waits_for_dependents(&old.meta.finalizers) {
                    self.add(Owner::Job(old.id), trigger(key));
                }
                if let (None, Some(owner)) = (new, old.meta.owner) {
                    self.add(Owner::CronJob(owner), trigger(key));
                }
            }
            (Some(Object::CronJob(old)), new) => {
                let waits = matches!(new, Some(Object::CronJob(cron)) if waits_for_dependents(&cron.meta.finalizers));
                if new.is_none() || waits && !waits_for_dependents(&old.meta.finalizers) {
                    self.add(Owner::CronJob(old.id), trigger(ObjectKey::CronJob(old.id)));
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, owner: Owner, trigger: Trigger) {
        if !self.queue.iter().any(|(queued, _)| *queued == owner) {
            self.queue.push_back((owner, trigger));
        }
    }

    /// Whether something is ready.
    pub(crate) fn has_work(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Takes the next owner that needs something done.
    pub(crate) fn act(&mut self, api: &mut ApiServer<'_>) -> Option<(ObjectKey, Trigger)> {
        while let Some((owner, trigger)) = self.queue.pop_front() {
            match owner {
                Owner::Job(id) => {
                    if collect_job(id, api) {
                        return Some((ObjectKey::Job(id), trigger));
                    }
                }
                Owner::CronJob(id) => {
                    if collect_cron_job(id, api) {
                        return Some((ObjectKey::CronJob(id), trigger));
                    }
                }
            }
        }
        None
    }
}

fn waits_for_dependents(finalizers: &[crate::api::Name]) -> bool {
    finalizers.iter().any(|finalizer| **finalizer == *FOREGROUND_DELETION)
}

/// Deletes the pods of a Job that is gone or waits for them; whether there was anything to do.
fn collect_job(id: JobId, api: &mut ApiServer<'_>) -> bool {
    let job = api.store.job(id).cloned();
    if job.as_ref().is_some_and(|job| !waits_for_dependents(&job.meta.finalizers)) {
        return false;
    }
    let doomed: Vec<PodId> = api.store.pods_of(id).filter(|pod| !pod.is_deleting()).map(|pod| pod.id).collect();
    let any = !doomed.is_empty();
    for pod in doomed {
        api.reason(Reason::OwnerDeleted(ObjectKey::Pod(pod)));
        api.delete_pod(pod, None);
    }
    let left = api.store.pods_of(id).count() as u32;
    if job.is_some() && left > 0 {
        api.reason(Reason::WaitsForDependents(left));
    }
    release_job(id, api) || any
}

/// Lets a Job go that waited for its pods, once the last is gone. The garbage collector of the reference cluster
/// takes no time, so this happens within the write that removed the pod; whether the Job went.
pub(crate) fn release_job(id: JobId, api: &mut ApiServer<'_>) -> bool {
    let Some(job) = api.store.job(id) else { return false };
    if !waits_for_dependents(&job.meta.finalizers) || api.store.pods_of(id).next().is_some() {
        return false;
    }
    let mut job = Job::clone(job);
    job.meta.finalizers.retain(|finalizer| **finalizer != *FOREGROUND_DELETION);
    api.note_finalizer(ObjectKey::Job(id), &job.meta);
    api.update_job(job);
    true
}

/// Deletes the Jobs of a CronJob that is gone or waits for them; whether there was anything to do.
fn collect_cron_job(id: CronJobId, api: &mut ApiServer<'_>) -> bool {
    let cron_job = api.store.cron_job(id).cloned();
    let foreground = match &cron_job {
        Some(cron_job) if !waits_for_dependents(&cron_job.meta.finalizers) => return false,
        Some(_) => true,
        None => false,
    };
    let own: Vec<Rc<Job>> = api.store.jobs().filter(|job| job.meta.owner == Some(id)).cloned().collect();
    let doomed: Vec<JobId> = own.iter().filter(|job| !job.is_deleting()).map(|job| job.id).collect();
    let any = !doomed.is_empty();
    for job in doomed {
        api.reason(Reason::OwnerDeleted(ObjectKey::Job(job)));
        let has_pods = api.store.pods_of(job).next().is_some();
        api.delete_job(job, if foreground && has_pods { Cascade::Foreground } else { Cascade::Background });
    }
    let Some(cron_job) = cron_job else { return any };
    let left = api.store.jobs().filter(|job| job.meta.owner == Some(id)).count() as u32;
    if left > 0 {
        api.reason(Reason::WaitsForDependents(left));
        return any;
    }
    let mut cron_job = CronJob::clone(&cron_job);
    cron_job.meta.finalizers.retain(|finalizer| **finalizer != *FOREGROUND_DELETION);
    api.note_finalizer(ObjectKey::CronJob(id), &cron_job.meta);
    api.update_cron_job(cron_job);
    true
}
