//! The garbage collector: deletes the dependents of an owner that is gone or waits for them, at once (reference
//! cluster 8; C18).

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due};
use super::input::Cascade;
use super::journal::Object;
use super::reason::{Component, Reason, Trigger, Wake};
use super::store::Store;
use crate::api::{CronJob, CronJobId, Job, JobId, ObjectKey, PodId};
use crate::time::Time;
use std::collections::VecDeque;
use std::rc::Rc;

/// Owners whose dependents may have to be deleted.
#[derive(Clone, Debug, Default)]
pub(crate) struct GarbageCollector {
    queue: VecDeque<(Owner, Trigger)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Job(JobId),
    CronJob(CronJobId),
}

impl Owner {
    fn key(self) -> ObjectKey {
        match self {
            Owner::Job(id) => ObjectKey::Job(id),
            Owner::CronJob(id) => ObjectKey::CronJob(id),
        }
    }
}

impl ControlLoop for GarbageCollector {
    /// Now, if an owner is queued.
    fn next_due(&self, _: &Store, now: Time) -> Option<Due> {
        (!self.queue.is_empty()).then(|| Due::of_controller(now))
    }

    /// Queues owners that are removed or start to wait for their dependents, and the CronJob of a Job that is removed:
    /// it may have been the last dependent.
    fn observe(&mut self, event: &WatchEvent, _: &Store) {
        let (owner, old, new) = match (&event.old, &event.new) {
            (Some(Object::Job(old)), Some(Object::Job(new))) => (Owner::Job(old.id), &old.meta, Some(&new.meta)),
            (Some(Object::Job(old)), None) => (Owner::Job(old.id), &old.meta, None),
            (Some(Object::CronJob(old)), Some(Object::CronJob(new))) => {
                (Owner::CronJob(old.id), &old.meta, Some(&new.meta))
            }
            (Some(Object::CronJob(old)), None) => (Owner::CronJob(old.id), &old.meta, None),
            _ => return,
        };
        let trigger = Trigger::by(Wake::Changed(owner.key()), event.step);
        if new.is_none_or(|new| new.waits_for_dependents() && !old.waits_for_dependents()) {
            self.add(owner, trigger);
        }
        if let (Some(Object::Job(job)), None) = (&event.old, &event.new)
            && let Some(cron_job) = job.meta.owner
        {
            self.add(Owner::CronJob(cron_job), trigger);
        }
    }

    /// Takes the next owner that needs something done.
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        while let Some((owner, trigger)) = self.queue.pop_front() {
            let acted = match owner {
                Owner::Job(id) => collect_job(id, api),
                Owner::CronJob(id) => collect_cron_job(id, api),
            };
            if acted {
                return Some(Done { component: Component::GarbageCollector, key: Some(owner.key()), trigger });
            }
        }
        None
    }
}

impl GarbageCollector {
    fn add(&mut self, owner: Owner, trigger: Trigger) {
        if !self.queue.iter().any(|(queued, _)| *queued == owner) {
            self.queue.push_back((owner, trigger));
        }
    }
}

/// Deletes the pods of a Job that is gone or waits for them; whether it did anything.
fn collect_job(id: JobId, api: &mut ApiServer<'_>) -> bool {
    let job = api.store.job(id).cloned();
    if job.as_ref().is_some_and(|job| !job.meta.waits_for_dependents()) {
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
    api.finish_foreground_deletion(id) || any
}

/// Deletes the Jobs of a CronJob that is gone or waits for them; whether it did anything.
fn collect_cron_job(id: CronJobId, api: &mut ApiServer<'_>) -> bool {
    let cron_job = api.store.cron_job(id).cloned();
    let foreground = match &cron_job {
        Some(cron_job) if !cron_job.meta.waits_for_dependents() => return false,
        Some(_) => true,
        None => false,
    };
    let own: Vec<Rc<Job>> = api.store.jobs_of(id).cloned().collect();
    let doomed: Vec<JobId> = own.iter().filter(|job| !job.is_deleting()).map(|job| job.id).collect();
    let any = !doomed.is_empty();
    for job in doomed {
        api.reason(Reason::OwnerDeleted(ObjectKey::Job(job)));
        let has_pods = api.store.pods_of(job).next().is_some();
        api.delete_job(job, if foreground && has_pods { Cascade::Foreground } else { Cascade::Background });
    }
    let Some(cron_job) = cron_job else { return any };
    let left = api.store.jobs_of(id).count() as u32;
    if left > 0 {
        api.reason(Reason::WaitsForDependents(left));
        return any;
    }
    let mut cron_job = CronJob::clone(&cron_job);
    cron_job.meta.stop_waiting_for_dependents();
    api.note_finalizer(ObjectKey::CronJob(id), &cron_job.meta);
    api.update_cron_job(cron_job);
    true
}
