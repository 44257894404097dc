//! The garbage collector: deletes the dependents of an owner that is gone or waits for them, at once (reference
//! cluster 8; C18).

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due};
use super::input::Cascade;
use super::journal::Object;
use super::reason::{Component, Reason, Trigger, Wake};
use super::store::Store;
use crate::api::{CronJob, CronJobId, Job, JobId, Meta, ObjectKey, OwnerReference, PodId, kinds};
use crate::time::Time;
use std::collections::VecDeque;
use std::rc::Rc;

/// What may have to be deleted.
#[derive(Clone, Debug, Default)]
pub(crate) struct GarbageCollector {
    queue: VecDeque<(Item, Trigger)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    /// The dependents of this owner.
    DependentsOf(ObjectKey),
    /// This object, if it has owners and none of them exists.
    Dependent(ObjectKey),
}

impl ControlLoop for GarbageCollector {
    /// Now, if something is queued.
    fn next_due(&self, _: &Store, now: Time) -> Option<Due> {
        (!self.queue.is_empty()).then(|| Due::of_controller(now, now))
    }

    /// Queues owners that are removed or start to wait for their dependents, the CronJob of a Job that is removed, since
    /// that may have been the last dependent, and objects that name an owner which does not exist.
    fn observe(&mut self, event: &WatchEvent, store: &Store) {
        let trigger = |key| Trigger::by(Wake::Changed(key), event.step);
        let (old, new) = (event.old.as_ref(), event.new.as_ref());
        let Some(key) = old.or(new).map(Object::key) else { return };
        if let (Some(old), new) = (old.and_then(meta), new.and_then(meta))
            && new.is_none_or(|new| new.waits_for_dependents() && !old.waits_for_dependents())
        {
            self.add(Item::DependentsOf(key), trigger(key));
        }
        if new.is_none() {
            if let Some(cron_job) = old.and_then(meta).and_then(Meta::cron_job) {
                self.add(Item::DependentsOf(ObjectKey::CronJob(cron_job)), trigger(key));
            }
            for dependent in store.naming_owners().filter(|dependent| names(*dependent, key, store)) {
                self.add(Item::Dependent(dependent), trigger(key));
            }
        }
        let before = old.and_then(meta);
        if let Some(meta) = new.and_then(meta)
            && before.is_none_or(|before| before.owners != meta.owners)
            && meta.owners.iter().any(|owner| !exists(owner, meta, store))
        {
            self.add(Item::Dependent(key), trigger(key));
        }
    }

    /// Takes the next item for which there is something to do.
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        while let Some((item, trigger)) = self.queue.pop_front() {
            let (key, acted) = match item {
                Item::DependentsOf(key @ ObjectKey::Job(id)) => (key, collect_job(id, api)),
                Item::DependentsOf(key @ ObjectKey::CronJob(id)) => (key, collect_cron_job(id, api)),
                Item::DependentsOf(key @ (ObjectKey::Pod(_) | ObjectKey::Node(_))) => (key, false),
                Item::Dependent(key) => (key, collect_dependent(key, api)),
            };
            if acted {
                return Some(Done { component: Component::GarbageCollector, key: Some(key), trigger });
            }
        }
        None
    }
}

impl GarbageCollector {
    fn add(&mut self, item: Item, trigger: Trigger) {
        if !self.queue.iter().any(|(queued, _)| *queued == item) {
            self.queue.push_back((item, trigger));
        }
    }
}

/// Metadata of a Job or CronJob.
fn meta(object: &Object) -> Option<&Meta> {
    match object {
        Object::Job(job) => Some(&job.meta),
        Object::CronJob(cron_job) => Some(&cron_job.meta),
        Object::Pod(_) | Object::Node(_) => None,
    }
}

/// Whether an object names `owner` among its owners.
fn names(dependent: ObjectKey, owner: ObjectKey, store: &Store) -> bool {
    let object = store.object(dependent);
    object.as_ref().and_then(meta).is_some_and(|meta| meta.owners.iter().any(|named| named.object() == Some(owner)))
}

/// Whether the owner that an object names exists: an object of this kind, name and UID. `true` as well for a kind that
/// the API server does not serve: the garbage collector cannot look, and leaves the object alone.
///
/// Upstream: garbagecollector.go isDangling.
fn exists(owner: &OwnerReference, dependent: &Meta, store: &Store) -> bool {
    if !kinds::is_served(&owner.api_version, &owner.kind) {
        return true;
    }
    match owner.object().and_then(|key| store.object(key)) {
        Some(Object::Pod(pod)) => pod.name() == *owner.name && pod.birth.namespace == dependent.namespace,
        Some(object) => {
            meta(&object).is_some_and(|found| found.name == owner.name && found.namespace == dependent.namespace)
        }
        None => false,
    }
}

/// Deletes an object if none of its owners exists, else takes those that do not out of its ownerReferences; whether it
/// did anything.
///
/// Upstream: garbagecollector.go attemptToDeleteItem.
fn collect_dependent(key: ObjectKey, api: &mut ApiServer<'_>) -> bool {
    let Some(object) = api.store.object(key) else { return false };
    let Some(meta) = meta(&object).filter(|meta| meta.deletion.is_none()) else { return false };
    let is_there = |owner: &OwnerReference| exists(owner, meta, api.store);
    let left: Rc<[OwnerReference]> = meta.owners.iter().filter(|owner| is_there(owner)).cloned().collect();
    if left.len() == meta.owners.len() {
        return false;
    }
    if left.is_empty() {
        api.reason(Reason::OwnerAbsent { key, owner: Rc::new(meta.owners[0].clone()) });
        match key {
            ObjectKey::Job(id) => api.delete_job(id, Cascade::Background),
            ObjectKey::CronJob(id) => api.delete_cron_job(id, Cascade::Background),
            ObjectKey::Pod(_) | ObjectKey::Node(_) => {}
        }
        return true;
    }
    // A kind that is not served may be an owner or not: nothing is decided.
    if left.iter().any(|owner| !kinds::is_served(&owner.api_version, &owner.kind)) {
        return false;
    }
    api.reason(Reason::OwnersForgotten(key));
    let meta = Meta { owners: left, ..meta.clone() };
    match &object {
        Object::Job(job) => api.update_job(Job { meta, ..Job::clone(job) }),
        Object::CronJob(cron_job) => api.update_cron_job(CronJob { meta, ..CronJob::clone(cron_job) }),
        Object::Pod(_) | Object::Node(_) => {}
    }
    true
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
