//! One sync of a Job: look at its pods, decide whether it ends, make and delete pods, write the status.
//! Upstream: job_controller.go syncJob; JC-40 … JC-72, in this order.

use super::adoption::claim_pods;
use super::backoff::BackoffRecord;
use super::indexed;
use super::job_sync::{JobSync, not_reached};
use super::managed_by::managed_by_other;
use super::memory::Memory;
use super::pod_failure_policy::{ignored_by, is_pod_failed, match_pod_failure_policy};
use crate::api::{Condition, ConditionStatus, ConditionType, EventType, IndexSet, Job, ObjectKey, Phase, Pod, PodId};
use crate::cluster::api_server::ApiServer;
use crate::cluster::reason::{Check, Reason, Wake};
use crate::cluster::store::NamespacedName;
use crate::cluster::work_queue::SyncError;
use crate::order::{self, Map};
use crate::time::Time;
use std::rc::Rc;

/// What a sync leaves to the queue.
pub(super) struct Synced {
    pub(super) result: Result<(), SyncError>,
    /// When to sync again, and for what.
    pub(super) requeue: Vec<(Time, Wake)>,
}

impl Default for Synced {
    /// Nothing was to be done.
    fn default() -> Synced {
        Synced { result: Ok(()), requeue: Vec::new() }
    }
}

/// Brings one Job closer to its spec.
pub(super) fn sync_job(key: &NamespacedName, memory: &mut Memory, api: &mut ApiServer<'_>) -> Synced {
    let Some(job) = api.job_named(key) else {
        memory.forget_backoff(key);
        api.reason(Reason::JobGone);
        return Synced::default();
    };
    if let Some(manager) = managed_by_other(&job) {
        api.reason(Reason::ManagedByOther(manager.clone()));
        return Synced::default();
    }
    if job.is_finished() {
        memory.forget_backoff(key);
        api.reason(Reason::AlreadyFinished);
        return Synced::default();
    }
    let mut sync = look(key, job, memory, api);
    sync.decide(memory, api);
    let managed = sync.apply(api);
    let written = sync.track_status_and_remove_finalizers(memory, api);
    Synced { result: written.and(managed), requeue: sync.requeue }
}

/// Lists and counts the pods (JC-47 … JC-54).
fn look(key: &NamespacedName, job: Rc<Job>, memory: &mut Memory, api: &mut ApiServer<'_>) -> JobSync {
    let pods = claim_pods(&job, api);
    if job.spec.pod_failure_policy.is_some() {
        // The watch has not shown the pods that were adopted just now.
        pods.iter().for_each(|pod| memory.remember_fail_job(pod, api.store));
    }
    let mut status = job.status.clone();
    let uncounted = status.uncounted.clone().unwrap_or_default();
    status.uncounted = Some(uncounted.clone());
    let active_pods: Vec<Rc<Pod>> = pods.iter().filter(|pod| pod.is_active()).cloned().collect();
    let newly = |counted: &[PodId], ended: &dyn Fn(&Pod) -> bool| -> Vec<Rc<Pod>> {
        let counted = order::set(counted.iter().copied());
        pods.iter()
            .filter(|pod| pod.tracked && !counted.contains(&pod.id))
            .filter(|pod| !job.spec.is_indexed() || pod.valid_index(&job.spec).is_some())
            .filter(|pod| ended(pod))
            .cloned()
            .collect()
    };
    let new_succeeded = newly(&uncounted.succeeded, &|pod| pod.phase == Phase::Succeeded);
    let new_failed = newly(&uncounted.failed, &|pod| is_pod_failed(pod, &job));
    let mut failed = status.failed + uncounted.failed.len() as u32;
    for pod in &new_failed {
        if let Some(found) = match_pod_failure_policy(&job, pod) {
            api.reason(Reason::RuleMatched { pod: pod.id, rule: found.rule, action: found.action });
        }
        if pod.is_terminating() {
            api.reason(Reason::TerminatingCountsAsFailed(pod.id));
        }
        failed += u32::from(ignored_by(&job, pod).is_none());
    }
    let (completed_before, completed) = match job.spec.is_indexed() {
        true => indexed::succeeded_indexes(&job, &pods),
        false => Default::default(),
    };
    let succeeded = match job.spec.is_indexed() {
        true => completed.len(),
        false => status.succeeded + (new_succeeded.len() + uncounted.succeeded.len()) as u32,
    };
    if status.start_time.is_none() && !job.spec.suspend {
        status.start_time = Some(api.now.truncated());
        api.reason(Reason::StartTimeSet);
    }
    let before = memory.backoff(key);
    let backoff = before.after(&new_succeeded, &new_failed);
    note_backoff(before, backoff, api);
    let (failed_indexes, delayed) = look_at_indexes(&job, &pods, &active_pods, &completed, api);
    let count = |matches: &dyn Fn(&Pod) -> bool| pods.iter().filter(|pod| matches(pod)).count() as u32;
    let sync = JobSync {
        key: key.clone(),
        active: active_pods.len() as u32,
        ready: active_pods.iter().filter(|pod| pod.is_ready()).count() as u32,
        terminating: count(&|pod| pod.is_terminating()),
        succeeded,
        failed,
        backoff,
        completed_before,
        completed,
        failed_indexes,
        delayed,
        finished_condition: None,
        needs_write: false,
        requeue: Vec::new(),
        job,
        status,
        pods,
        active_pods,
    };
    let JobSync { active, ready, terminating, .. } = sync;
    api.reason(Reason::Observed { active, ready, terminating, succeeded, failed });
    sync
}

/// With backoffLimitPerIndex: which indexes have failed, and whose counting waits (JC-118, JC-120).
fn look_at_indexes(
    job: &Job,
    pods: &[Rc<Pod>],
    active: &[Rc<Pod>],
    completed: &IndexSet,
    api: &mut ApiServer<'_>,
) -> (Option<IndexSet>, Map<u32, Rc<Pod>>) {
    if job.spec.backoff_limit_per_index.is_none() {
        return (None, Map::new());
    }
    let (failed, new) = indexed::failed_indexes(job, pods);
    for found in new {
        api.reason(Reason::IndexFailed { index: found.index, failures: found.failures });
    }
    let delayed = indexed::delayed_deletion(job, pods, active, completed, &failed);
    for (index, pod) in delayed.iter() {
        api.reason(Reason::CountingDelayed { pod: pod.id, index: *index });
    }
    (Some(failed), delayed)
}

fn note_backoff(before: BackoffRecord, after: BackoffRecord, api: &mut ApiServer<'_>) {
    if before == after {
        return;
    }
    match after.last {
        Some(last) => api.reason(Reason::Backoff { failures: after.failures, last }),
        None => api.reason(Reason::BackoffReset),
    }
}

impl JobSync {
    /// Makes and deletes pods, and finds out whether the Job is complete.
    ///
    /// # Errors
    /// [`SyncError`] if a pod could not be made; the rest is done all the same.
    fn apply(&mut self, api: &mut ApiServer<'_>) -> Result<(), SyncError> {
        let mut result = Ok(());
        let mut suspend_changed = false;
        if self.finished_condition.is_some() {
            self.delete_active_pods(api);
            not_reached(
                [Check::Suspended, Check::TooManyPods, Check::PodsMissing, Check::BackoffOver, Check::Completions],
                api,
            );
        } else {
            let managed = !self.job.is_deleting();
            if managed {
                result = self.manage_job(api);
            } else {
                api.reason(Reason::JobDeleting);
                not_reached([Check::Suspended, Check::TooManyPods, Check::PodsMissing, Check::BackoffOver], api);
            }
            self.ask_completions(api);
            if self.finished_condition.is_none() && managed {
                suspend_changed = self.note_suspension(api);
            }
        }
        self.note_counts(suspend_changed);
        result
    }

    /// Keeps condition Suspended, startTime and the events in step with `spec.suspend` (JC-164).
    fn note_suspension(&mut self, api: &mut ApiServer<'_>) -> bool {
        let (status, reason, message) = match self.job.spec.suspend {
            true => (ConditionStatus::True, "JobSuspended", "Job suspended"),
            false => (ConditionStatus::False, "JobResumed", "Job resumed"),
        };
        let present = self.status.conditions.iter().find(|c| c.condition_type == ConditionType::Suspended);
        match present {
            None if !self.job.spec.suspend => return false,
            Some(condition) if condition.status == status => return false,
            None | Some(_) => {}
        }
        let key = ObjectKey::Job(self.job.id);
        self.status.set_condition(Condition {
            condition_type: ConditionType::Suspended,
            status,
            since: api.now.truncated(),
            reason,
            message: message.into(),
        });
        if self.job.spec.suspend {
            self.status.start_time = None;
            api.event(key, EventType::Normal, "Suspended", message);
        } else {
            self.status.start_time = Some(api.now.truncated());
            api.event(key, EventType::Normal, "Resumed", message);
        }
        api.reason(Reason::ConditionAdded { condition: ConditionType::Suspended, reason });
        true
    }
}
