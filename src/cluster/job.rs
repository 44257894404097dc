//! The Job controller: its queue, what wakes it, what it remembers. The sync itself is in [`sync_job`].
//! Upstream: job_controller.go; JC-19 … JC-33.

mod adoption;
mod backoff;
mod indexed;
mod manage_job;
mod orphan_pods;
mod pod_failure_policy;
mod ranking;
mod success_policy;
mod sync_job;
mod tracking;

use super::api_server::{ApiServer, Change};
use super::journal::Object;
use super::reason::{Component, StepId, Trigger, Wake};
use super::store::{NamespacedName, Store};
use super::work_queue::{RateLimit, WorkQueue};
use crate::api::{FailureAction, Job, JobId, ObjectKey, Phase, Pod, PodId};
use crate::order::Map;
use crate::time::{Span, Time};
use backoff::BackoffRecord;
use orphan_pods::OrphanItem;
use pod_failure_policy::RuleMatch;

/// Changes of pods are looked at together, this long after the first (SyncJobBatchPeriod, JC-28).
const BATCH: Span = Span::from_seconds(1);
/// Waits after errors of a sync (JC-19).
const SYNC_ERRORS: RateLimit = RateLimit { first: Span::from_seconds(1), longest: Span::from_seconds(60) };

/// `spec.managedBy` of a Job that this controller manages.
const OWN_NAME: &str = "kubernetes.io/job-controller";

/// The Job controller: a queue and a memory, both lost at a restart.
#[derive(Clone, Debug)]
pub(crate) struct JobController {
    queue: WorkQueue<NamespacedName>,
    orphan_queue: WorkQueue<OrphanItem>,
    backoff: Map<NamespacedName, BackoffRecord>,
    /// Failed pods by which podFailurePolicy fails their Job: kept here so that no sync walks all pods that ended.
    fail_job: Map<JobId, Map<PodId, RuleMatch>>,
}

impl Default for JobController {
    fn default() -> JobController {
        JobController {
            queue: WorkQueue::new(SYNC_ERRORS),
            orphan_queue: WorkQueue::new(SYNC_ERRORS),
            backoff: Map::new(),
            fail_job: Map::new(),
        }
    }
}

/// A sync that has to be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SyncError;

impl JobController {
    /// A controller that starts and lists everything there is (JC-22).
    pub(crate) fn start(store: &Store, now: Time, step: StepId) -> JobController {
        let mut controller = JobController::default();
        let trigger = Trigger { wake: Wake::Restarted, cause: Some(step) };
        for job in store.jobs() {
            controller.queue.add(job.key(), trigger);
        }
        for pod in store.pods() {
            controller.remember_fail_job(pod, store);
            controller.observe_new_pod(pod, store, now, trigger);
        }
        controller
    }

    /// A change in the store: what it makes the controller do, and when.
    pub(crate) fn observe(&mut self, change: &Change, store: &Store, now: Time, step: StepId) {
        match (&change.old, &change.new) {
            (None, Some(Object::Job(job))) => {
                let trigger = Trigger { wake: Wake::Changed(ObjectKey::Job(job.id)), cause: Some(step) };
                self.queue.add(job.key(), trigger);
            }
            (Some(Object::Job(old)), Some(Object::Job(job))) => self.observe_job_update(old, job, now, step),
            (Some(Object::Job(job)), None) => {
                let trigger = Trigger { wake: Wake::Changed(ObjectKey::Job(job.id)), cause: Some(step) };
                self.queue.add(job.key(), trigger);
                self.backoff.remove(&job.key());
                self.fail_job.remove(&job.id);
                self.orphan_queue.add(OrphanItem::of_job(job), trigger);
            }
            (None, Some(Object::Pod(pod))) => {
                let trigger = Trigger { wake: Wake::Batched(ObjectKey::Pod(pod.id)), cause: Some(step) };
                self.observe_new_pod(pod, store, now, trigger);
            }
            (Some(Object::Pod(old)), Some(Object::Pod(pod))) => self.observe_pod_update(old, pod, store, now, step),
            (Some(Object::Pod(pod)), None) => {
                if let Some(matches) = pod.owner.and_then(|owner| self.fail_job.get_mut(&owner)) {
                    matches.remove(&pod.id);
                }
                self.observe_pod_deletion(pod, store, now, step);
            }
            _ => {}
        }
    }

    /// Upstream: updateJob.
    fn observe_job_update(&mut self, old: &Job, job: &Job, now: Time, step: StepId) {
        let key = ObjectKey::Job(job.id);
        let changed = Trigger { wake: Wake::Changed(key), cause: Some(step) };
        if job.is_finished() {
            self.orphan_queue.add(OrphanItem::of_job(job), changed);
            return;
        }
        if old.meta.generation == job.meta.generation {
            let batched = Trigger { wake: Wake::Batched(key), cause: Some(step) };
            self.queue.add_at(job.key(), now + BATCH, now, batched);
        } else {
            self.queue.add(job.key(), changed);
        }
        if let (Some(started), Some(deadline)) = (job.status.start_time, job.spec.active_deadline_seconds)
            && old.spec.active_deadline_seconds != Some(deadline)
        {
            let trigger = Trigger { wake: Wake::Deadline, cause: Some(step) };
            self.queue.add_at(job.key(), started + Span::from_seconds(deadline), now, trigger);
        }
    }

    /// Upstream: addPod.
    fn observe_new_pod(&mut self, pod: &Pod, store: &Store, now: Time, trigger: Trigger) {
        if pod.is_deleting() {
            return self.observe_pod_deletion(pod, store, now, trigger.cause.unwrap_or(StepId(0)));
        }
        match pod.owner {
            Some(owner) => self.sync_later(owner, store, now, trigger),
            None => self.observe_orphan(pod, store, now, trigger),
        }
    }

    /// Upstream: updatePod.
    fn observe_pod_update(&mut self, old: &Pod, pod: &Pod, store: &Store, now: Time, step: StepId) {
        self.remember_fail_job(pod, store);
        if pod.is_deleting() {
            return self.observe_pod_deletion(pod, store, now, step);
        }
        let trigger = Trigger { wake: Wake::Batched(ObjectKey::Pod(pod.id)), cause: Some(step) };
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
    fn observe_pod_deletion(&mut self, pod: &Pod, store: &Store, now: Time, step: StepId) {
        let key = ObjectKey::Pod(pod.id);
        let changed = Trigger { wake: Wake::Changed(key), cause: Some(step) };
        match pod.owner.and_then(|owner| store.job(owner)) {
            Some(job) if !job.is_finished() => {
                let batched = Trigger { wake: Wake::Batched(key), cause: Some(step) };
                self.queue.add_at(job.key(), now + BATCH, now, batched);
            }
            Some(_) | None => self.free_if_tracked(pod, changed),
        }
    }

    /// A pod without owner wakes every Job whose selector it matches.
    fn observe_orphan(&mut self, pod: &Pod, store: &Store, now: Time, trigger: Trigger) {
        self.free_if_tracked(pod, trigger);
        let labels = pod.labels();
        for job in store.jobs().filter(|job| job.meta.namespace == pod.birth.namespace) {
            if job.spec.selector.matches(&labels) {
                self.queue.add_at(job.key(), now + BATCH, now, trigger);
            }
        }
    }

    fn free_if_tracked(&mut self, pod: &Pod, trigger: Trigger) {
        if pod.tracked {
            self.orphan_queue.add(OrphanItem::Pod(pod.id), trigger);
        }
    }

    fn sync_later(&mut self, owner: JobId, store: &Store, now: Time, trigger: Trigger) {
        if let Some(job) = store.job(owner) {
            self.queue.add_at(job.key(), now + BATCH, now, trigger);
        }
    }

    /// Keeps what podFailurePolicy says of a failed pod, if it is FailJob (JC-56.3).
    fn remember_fail_job(&mut self, pod: &Pod, store: &Store) {
        let Some(job) = pod.owner.and_then(|owner| store.job(owner)) else { return };
        if pod.phase != Phase::Failed || job.spec.pod_failure_policy.is_none() {
            return;
        }
        let matches = self.fail_job.get_or_insert_with(job.id, Default::default);
        match pod_failure_policy::match_pod_failure_policy(job, pod) {
            Some(found) if found.action == FailureAction::FailJob => {
                matches.insert(pod.id, found);
            }
            Some(_) | None => {
                matches.remove(&pod.id);
            }
        }
    }

    /// Whether something is ready.
    pub(crate) fn has_work(&self) -> bool {
        self.queue.has_work() || self.orphan_queue.has_work()
    }

    /// When the next key becomes ready.
    pub(crate) fn next_due(&self) -> Option<Time> {
        self.queue.next_due().into_iter().chain(self.orphan_queue.next_due()).min()
    }

    /// Takes the next ready key and works on it.
    pub(crate) fn act(&mut self, api: &mut ApiServer<'_>) -> Option<(Component, Option<ObjectKey>, Trigger)> {
        if let Some((key, trigger)) = self.queue.take(api.now) {
            let object = api.store.job_named(&key).map(|job| ObjectKey::Job(job.id));
            match self.sync_job(&key, api) {
                Ok(()) => self.queue.forget(&key),
                Err(SyncError) => self.queue.add_rate_limited(key.clone(), api.now, api.journal.current()),
            }
            if let Some((at, wake)) = self.queue.waits(&key) {
                api.reason(super::reason::Reason::ComesBack { at, wake });
            }
            return Some((Component::JobController, object, trigger));
        }
        let (item, trigger) = self.orphan_queue.take(api.now)?;
        let object = orphan_pods::sync_orphan(&item, api);
        Some((Component::OrphanPods, object, trigger))
    }

    /// Comes back to a Job after `delay`, at least after a second (JC-20).
    fn sync_after(&mut self, key: &NamespacedName, delay: Span, wake: Wake, api: &ApiServer<'_>) {
        let trigger = Trigger { wake, cause: Some(api.journal.current()) };
        self.queue.add_at(key.clone(), api.now + delay.max(BATCH), api.now, trigger);
    }
}
