//! The Job controller: its queues and what wakes it. A sync is in [`sync_job`], what it remembers in [`memory`].
//! Upstream: job_controller.go; JC-19 … JC-33.

mod adoption;
mod backoff;
mod finished_condition;
mod indexed;
mod job_sync;
mod manage_job;
mod managed_by;
mod memory;
mod orphan_pods;
mod pod_failure_policy;
mod ranking;
mod success_policy;
mod sync_job;
mod tracking;

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due};
use super::journal::Object;
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use super::store::{NamespacedName, Store};
use super::work_queue::{RateLimit, SyncError, WorkQueue};
use crate::api::{Job, JobId, ObjectKey, Pod};
use crate::time::{Span, Time};
use job_sync::BATCH;
use memory::Memory;
use orphan_pods::OrphanPodKey;
use sync_job::{Synced, sync_job};

/// Waits after errors of a sync (JC-19).
const SYNC_ERRORS: RateLimit = RateLimit { first: Span::from_seconds(1), longest: Span::from_seconds(60) };

/// The Job controller: two queues and a memory, all lost at a restart.
#[derive(Clone, Debug)]
pub(crate) struct JobController {
    queue: WorkQueue<NamespacedName>,
    orphan_queue: WorkQueue<OrphanPodKey>,
    memory: Memory,
}

impl Default for JobController {
    fn default() -> JobController {
        JobController {
            queue: WorkQueue::new(SYNC_ERRORS),
            orphan_queue: WorkQueue::new(SYNC_ERRORS),
            memory: Memory::default(),
        }
    }
}

impl ControlLoop for JobController {
    fn next_due(&self, _: &Store, now: Time) -> Option<Due> {
        let due = [self.queue.next_due(now), self.orphan_queue.next_due(now)];
        due.into_iter().flatten().min_by_key(|due| (due.at, due.since))
    }

    /// Queues the Jobs that a write concerns, and tracked pods that no Job may count any more.
    fn observe(&mut self, event: &WatchEvent, store: &Store) {
        let (now, step) = (event.at, event.step);
        match (&event.old, &event.new) {
            (None, Some(Object::Job(job))) => {
                let trigger = Trigger::by(Wake::Changed(ObjectKey::Job(job.id)), step);
                self.queue.add(job.key(), trigger);
            }
            (Some(Object::Job(old)), Some(Object::Job(job))) => self.observe_job_update(old, job, now, step),
            (Some(Object::Job(job)), None) => {
                let trigger = Trigger::by(Wake::Changed(ObjectKey::Job(job.id)), step);
                self.queue.add(job.key(), trigger);
                self.memory.forget_job(job.id, &job.key());
                self.orphan_queue.add(OrphanPodKey::of_job(job), trigger);
            }
            (None, Some(Object::Pod(pod))) => {
                let trigger = Trigger::by(Wake::Batched(ObjectKey::Pod(pod.id)), step);
                self.observe_new_pod(pod, store, now, trigger);
            }
            (Some(Object::Pod(old)), Some(Object::Pod(pod))) => self.observe_pod_update(old, pod, store, now, step),
            (Some(Object::Pod(pod)), None) => {
                self.memory.forget_pod(pod);
                self.observe_pod_deletion(pod, store, now, Some(step));
            }
            _ => {}
        }
    }

    /// Syncs the next Job or, if none is ready, the next orphan pod.
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        if let Some((key, trigger)) = self.queue.take(api.now) {
            let object = api.store.job_named(&key).map(|job| ObjectKey::Job(job.id));
            let Synced { result, requeue } = sync_job(&key, &mut self.memory, api);
            let step = api.journal.current();
            for (at, wake) in requeue {
                self.queue.add_at(key.clone(), at, api.now, Trigger::by(wake, step));
            }
            match result {
                Ok(()) => self.queue.forget(&key),
                Err(SyncError) => self.queue.add_rate_limited(key.clone(), api.now, step),
            }
            if let Some((at, wake)) = self.queue.waits(&key) {
                api.reason(Reason::ComesBack { at, wake });
            }
            return Some(Done { component: Component::JobController, key: object, trigger });
        }
        let (item, trigger) = self.orphan_queue.take(api.now)?;
        let key = orphan_pods::sync_orphan(&item, api);
        Some(Done { component: Component::OrphanPods, key, trigger })
    }

    /// Lists everything there is (JC-22).
    fn restart(&mut self, store: &Store, now: Time, step: StepId) {
        *self = JobController::default();
        let trigger = Trigger::by(Wake::Restarted, step);
        for job in store.jobs() {
            self.queue.add(job.key(), trigger);
        }
        for pod in store.pods() {
            self.memory.remember_fail_job(pod, store);
            self.observe_new_pod(pod, store, now, trigger);
        }
    }
}

impl JobController {
    /// Upstream: updateJob.
    fn observe_job_update(&mut self, old: &Job, job: &Job, now: Time, step: StepId) {
        let key = ObjectKey::Job(job.id);
        let changed = Trigger::by(Wake::Changed(key), step);
        if job.is_finished() {
            self.orphan_queue.add(OrphanPodKey::of_job(job), changed);
            return;
        }
        if old.meta.generation == job.meta.generation {
            let batched = Trigger::by(Wake::Batched(key), step);
            self.queue.add_at(job.key(), now + BATCH, now, batched);
        } else {
            self.queue.add(job.key(), changed);
        }
        if let (Some(started), Some(deadline)) = (job.status.start_time, job.spec.active_deadline_seconds)
            && old.spec.active_deadline_seconds != Some(deadline)
        {
            let trigger = Trigger::by(Wake::Deadline, step);
            self.queue.add_at(job.key(), started + Span::from_seconds(deadline), now, trigger);
        }
    }

    /// Upstream: addPod.
    fn observe_new_pod(&mut self, pod: &Pod, store: &Store, now: Time, trigger: Trigger) {
        if pod.is_deleting() {
            return self.observe_pod_deletion(pod, store, now, trigger.cause);
        }
        match pod.owner {
            Some(owner) => self.sync_later(owner, store, now, trigger),
            None => self.observe_orphan(pod, store, now, trigger),
        }
    }

    /// Upstream: updatePod.
    fn observe_pod_update(&mut self, old: &Pod, pod: &Pod, store: &Store, now: Time, step: StepId) {
        self.memory.remember_fail_job(pod, store);
        if pod.is_deleting() {
            return self.observe_pod_deletion(pod, store, now, Some(step));
        }
        let trigger = Trigger::by(Wake::Batched(ObjectKey::Pod(pod.id)), step);
        if old.owner != pod.owner
            && let Some(owner) = old.owner
        {
            self.sync_later(owner, store, now, trigger);
        }
        match pod.owner {
            Some(owner) => self.sync_later(owner, store, now, trigger),
            None if old.owner != pod.owner => self.observe_orphan(pod, store, now, trigger),
            None => self.free_if_tracked(pod, trigger),
        }
    }

    /// Upstream: deletePod.
    fn observe_pod_deletion(&mut self, pod: &Pod, store: &Store, now: Time, cause: Option<StepId>) {
        let key = ObjectKey::Pod(pod.id);
        let changed = Trigger { wake: Wake::Changed(key), cause };
        match pod.owner.and_then(|owner| store.job(owner)) {
            Some(job) if !job.is_finished() => {
                let batched = Trigger { wake: Wake::Batched(key), cause };
                self.queue.add_at(job.key(), now + BATCH, now, batched);
            }
            Some(_) | None => self.free_if_tracked(pod, changed),
        }
    }

    /// A pod without owner wakes every Job whose selector matches it.
    fn observe_orphan(&mut self, pod: &Pod, store: &Store, now: Time, trigger: Trigger) {
        self.free_if_tracked(pod, trigger);
        for job in store.jobs().filter(|job| job.meta.namespace == pod.birth.namespace) {
            if pod.is_meant_by(Some(&job.spec.selector)) {
                self.queue.add_at(job.key(), now + BATCH, now, trigger);
            }
        }
    }

    fn free_if_tracked(&mut self, pod: &Pod, trigger: Trigger) {
        if pod.tracked {
            self.orphan_queue.add(OrphanPodKey::Pod(pod.id), trigger);
        }
    }

    fn sync_later(&mut self, owner: JobId, store: &Store, now: Time, trigger: Trigger) {
        if let Some(job) = store.job(owner) {
            self.queue.add_at(job.key(), now + BATCH, now, trigger);
        }
    }
}
