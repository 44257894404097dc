//! Counts ended pods exactly once: first they are listed in the status, then their finalizer is removed, then they are
//! counted. Also writes the conditions by which a Job ends.
//! Upstream: job_controller.go trackJobStatusAndRemoveFinalizers; JC-73 … JC-85.

use super::job_sync::JobSync;
use super::memory::Memory;
use super::pod_failure_policy::{ignored_by, is_pod_failed};
use crate::api::{
    Condition, ConditionStatus, ConditionType, EventType, IndexSet, ObjectKey, Phase, Pod, PodId, UncountedPods,
};
use crate::cluster::api_server::{ApiError, ApiServer};
use crate::cluster::reason::{CountedAs, Reason};
use crate::cluster::work_queue::SyncError;
use crate::order::{self, Set};
use std::rc::Rc;

/// MaxUncountedPods (JC-98).
const MOST_UNCOUNTED: usize = 500;

/// What one sync counts.
#[derive(Default)]
struct Count {
    succeeded: Vec<PodId>,
    failed: Vec<PodId>,
    /// Of an Indexed Job: indexes that succeeded now.
    indexes: Vec<u32>,
    /// Pods whose finalizer is removed.
    freed: Vec<PodId>,
    limit_reached: bool,
}

impl JobSync {
    /// Counts ended pods, writes the status, and finishes the Job if it ends.
    ///
    /// # Errors
    /// [`SyncError`] if the API server refuses a status.
    pub(super) fn track_status_and_remove_finalizers(
        &mut self,
        memory: &mut Memory,
        api: &mut ApiServer<'_>,
    ) -> Result<(), SyncError> {
        self.clean_uncounted();
        let count = self.count_pods(api);
        self.note_indexes(&count);
        self.put_uncounted(&count);
        self.add_interim_condition(api);
        let mut wrote = false;
        if self.needs_write {
            self.write(api)?;
            memory.remember_backoff(self.key.clone(), self.backoff);
            wrote = true;
        }
        for pod in &count.freed {
            api.remove_tracking_finalizer(*pod);
        }
        self.move_uncounted_to_counters();
        let finished = !count.limit_reached && self.finish(api);
        if self.needs_write {
            self.write(api)?;
            wrote = true;
        }
        if finished {
            self.send_final_events(api);
        }
        if !wrote {
            api.reason(Reason::NothingToWrite);
        }
        Ok(())
    }

    fn uncounted(&self) -> UncountedPods {
        self.status.uncounted.clone().unwrap_or_default()
    }

    /// Counts listed pods that lost their finalizer since (JC-74).
    ///
    /// Upstream: cleanUncountedPodsWithoutFinalizers.
    fn clean_uncounted(&mut self) {
        let uncounted = self.uncounted();
        if uncounted == UncountedPods::default() {
            return;
        }
        let tracked = order::set(self.pods.iter().filter(|pod| pod.tracked).map(|pod| pod.id));
        let keep = |list: &[PodId]| -> Rc<[PodId]> { list.iter().copied().filter(|id| tracked.contains(id)).collect() };
        let kept = UncountedPods { succeeded: keep(&uncounted.succeeded), failed: keep(&uncounted.failed) };
        self.status.succeeded += (uncounted.succeeded.len() - kept.succeeded.len()) as u32;
        self.status.failed += (uncounted.failed.len() - kept.failed.len()) as u32;
        self.needs_write |= kept != uncounted;
        self.status.uncounted = Some(kept);
    }

    /// Decides what each tracked pod counts as (JC-73, JC-75, JC-76).
    fn count_pods(&self, api: &mut ApiServer<'_>) -> Count {
        let uncounted = self.uncounted();
        let mut count =
            Count { succeeded: uncounted.succeeded.to_vec(), failed: uncounted.failed.to_vec(), ..Count::default() };
        let known_succeeded = order::set(uncounted.succeeded.iter().copied());
        let known_failed = order::set(uncounted.failed.iter().copied());
        let mut pods: Vec<&Rc<Pod>> = self.pods.iter().filter(|pod| pod.tracked).collect();
        if self.job.spec.is_indexed() {
            order::sort_by_key(&mut pods, |pod| (pod.birth.index, pod.id));
        }
        for pod in pods {
            if !self.is_processable(pod) {
                continue;
            }
            count.freed.push(pod.id);
            let counted = if pod.phase == Phase::Succeeded && !known_failed.contains(&pod.id) {
                self.count_succeeded(pod, &known_succeeded, &mut count)
            } else if is_pod_failed(pod, &self.job)
                || self.finished_condition.as_ref().is_some_and(|finished| finished.failed)
            {
                self.count_failed(pod, &known_failed, &mut count)
            } else {
                CountedAs::Nothing
            };
            api.reason(Reason::Counted { pod: pod.id, counted });
            if count.indexes.len() + count.succeeded.len() + count.failed.len() >= MOST_UNCOUNTED {
                count.limit_reached = true;
                api.reason(Reason::CountingLimit);
                break;
            }
        }
        count
    }

    fn is_processable(&self, pod: &Pod) -> bool {
        let delayed = pod.birth.index.and_then(|index| self.delayed.get(&index)).is_some_and(|last| last.id == pod.id);
        self.job.is_deleting()
            || self.finished_condition.is_some()
            || pod.phase == Phase::Succeeded
            || is_pod_failed(pod, &self.job) && !delayed
    }

    fn count_succeeded(&self, pod: &Pod, known: &Set<PodId>, count: &mut Count) -> CountedAs {
        if !self.job.spec.is_indexed() {
            if !known.contains(&pod.id) {
                count.succeeded.push(pod.id);
            }
            return CountedAs::Succeeded;
        }
        match pod.valid_index(&self.job.spec) {
            Some(index) if !self.completed_before.contains(index) => {
                if !count.indexes.contains(&index) {
                    count.indexes.push(index);
                }
                CountedAs::Succeeded
            }
            Some(_) | None => CountedAs::Nothing,
        }
    }

    fn count_failed(&self, pod: &Pod, known: &Set<PodId>, count: &mut Count) -> CountedAs {
        if self.job.spec.is_indexed() && pod.valid_index(&self.job.spec).is_none() {
            return CountedAs::Nothing;
        }
        if !known.contains(&pod.id) {
            if let Some(rule) = ignored_by(&self.job, pod) {
                return CountedAs::Ignored { rule };
            }
            count.failed.push(pod.id);
        }
        CountedAs::Failed
    }

    /// Writes completed and failed indexes into the status, which need no list of pods (JC-77).
    fn note_indexes(&mut self, count: &Count) {
        if !self.job.spec.is_indexed() {
            return;
        }
        let completed = self.completed_before.union(&IndexSet::from_indexes(count.indexes.iter().copied()));
        let failed = self.failed_indexes.clone();
        self.needs_write |= self.status.succeeded != completed.len()
            || self.status.completed_indexes != completed
            || self.status.failed_indexes != failed;
        self.status.succeeded = completed.len();
        self.status.completed_indexes = completed;
        self.status.failed_indexes = failed;
    }

    fn put_uncounted(&mut self, count: &Count) {
        let new =
            UncountedPods { succeeded: count.succeeded.as_slice().into(), failed: count.failed.as_slice().into() };
        self.needs_write |= self.uncounted() != new;
        self.status.uncounted = Some(new);
    }

    /// Adds FailureTarget or SuccessCriteriaMet (JC-78).
    fn add_interim_condition(&mut self, api: &mut ApiServer<'_>) {
        let Some(finished) = &self.finished_condition else { return };
        let condition_type =
            if finished.failed { ConditionType::FailureTarget } else { ConditionType::SuccessCriteriaMet };
        if self.status.true_condition(condition_type).is_some() {
            return;
        }
        api.reason(Reason::ConditionAdded { condition: condition_type, reason: finished.reason });
        let condition = self.condition(condition_type, api);
        self.status.set_condition(condition);
        self.needs_write = true;
    }

    fn condition(&self, condition_type: ConditionType, api: &ApiServer<'_>) -> Condition {
        let (reason, message) = match &self.finished_condition {
            Some(finished) => (finished.reason, finished.message.clone()),
            None => ("", "".into()),
        };
        Condition { condition_type, status: ConditionStatus::True, since: api.now.truncated(), reason, message }
    }

    /// Moves listed pods, which have no finalizer now, to the counters (JC-81).
    fn move_uncounted_to_counters(&mut self) {
        let uncounted = self.uncounted();
        if uncounted == UncountedPods::default() {
            return;
        }
        self.status.succeeded += uncounted.succeeded.len() as u32;
        self.status.failed += uncounted.failed.len() as u32;
        self.status.uncounted = Some(UncountedPods::default());
        self.needs_write = true;
    }

    /// Adds Complete or Failed once no pod is terminating; whether it did (JC-82).
    fn finish(&mut self, api: &mut ApiServer<'_>) -> bool {
        let Some(finished) = &self.finished_condition else { return false };
        if self.terminating > 0 {
            api.reason(Reason::EndWaitsForTerminating(self.terminating));
            return false;
        }
        let condition_type = if finished.failed { ConditionType::Failed } else { ConditionType::Complete };
        api.reason(Reason::ConditionAdded { condition: condition_type, reason: finished.reason });
        let condition = self.condition(condition_type, api);
        self.status.set_condition(condition);
        if condition_type == ConditionType::Complete {
            self.status.completion_time = Some(api.now.truncated());
        }
        self.needs_write = true;
        true
    }

    fn write(&mut self, api: &mut ApiServer<'_>) -> Result<(), SyncError> {
        match api.update_job_status(self.job.id, &self.status) {
            Ok(()) => {
                self.needs_write = false;
                Ok(())
            }
            Err(ApiError::Refused(message)) => {
                api.reason(Reason::StatusRefused(message));
                Err(SyncError)
            }
            Err(ApiError::QuotaExceeded { .. } | ApiError::NotAdmitted { .. }) => Err(SyncError),
        }
    }

    /// Upstream: recordJobFinished; JC-172.
    fn send_final_events(&self, api: &mut ApiServer<'_>) {
        let Some(finished) = &self.finished_condition else { return };
        let key = ObjectKey::Job(self.job.id);
        if finished.failed {
            api.event(key, EventType::Warning, finished.reason, finished.message.clone());
            return;
        }
        if let Some(completions) = self.job.spec.completions
            && i64::from(self.status.succeeded) > i64::from(completions)
        {
            let message = "Too many succeeded pods running after completion count reached";
            api.event(key, EventType::Warning, "TooManySucceededPods", message);
        }
        api.event(key, EventType::Normal, "Completed", "Job completed");
    }
}
