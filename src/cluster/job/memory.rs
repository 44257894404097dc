//! What the Job controller remembers from one sync to the next; lost at a restart.

use super::backoff::BackoffRecord;
use super::pod_failure_policy::{RuleMatch, match_pod_failure_policy};
use crate::api::{FailureAction, JobId, Phase, Pod, PodId};
use crate::cluster::store::{NamespacedName, Store};
use crate::order::Map;

/// Back-off records and matches of podFailurePolicy.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    backoff: Map<NamespacedName, BackoffRecord>,
    /// Failed pods by which podFailurePolicy fails their Job: kept here so that no sync walks all pods that ended.
    fail_job: Map<JobId, Map<PodId, RuleMatch>>,
}

impl Memory {
    /// The back-off record of a Job, as its last write left it.
    pub(super) fn backoff(&self, key: &NamespacedName) -> BackoffRecord {
        self.backoff.get(key).copied().unwrap_or_default()
    }

    pub(super) fn remember_backoff(&mut self, key: NamespacedName, record: BackoffRecord) {
        self.backoff.insert(key, record);
    }

    pub(super) fn forget_backoff(&mut self, key: &NamespacedName) {
        self.backoff.remove(key);
    }

    /// The match by which podFailurePolicy fails a Job: that of its first such pod.
    pub(super) fn fail_job_rule(&self, job: JobId) -> Option<&RuleMatch> {
        self.fail_job.get(&job)?.values().next()
    }

    /// Keeps the match of a failed pod, if its action is FailJob (JC-56.3).
    pub(super) fn remember_fail_job(&mut self, pod: &Pod, store: &Store) {
        let Some(job) = pod.owner.and_then(|owner| store.job(owner)) else { return };
        if pod.phase != Phase::Failed || job.spec.pod_failure_policy.is_none() {
            return;
        }
        let matches = self.fail_job.get_or_insert_with(job.id, Default::default);
        match match_pod_failure_policy(job, pod) {
            Some(found) if found.action == FailureAction::FailJob => {
                matches.insert(pod.id, found);
            }
            Some(_) | None => {
                matches.remove(&pod.id);
            }
        }
    }

    /// Drops what belongs to a pod that was removed.
    pub(super) fn forget_pod(&mut self, pod: &Pod) {
        if let Some(matches) = pod.owner.and_then(|owner| self.fail_job.get_mut(&owner)) {
            matches.remove(&pod.id);
        }
    }

    /// Drops what belongs to a Job that was removed.
    pub(super) fn forget_job(&mut self, job: JobId, key: &NamespacedName) {
        self.forget_backoff(key);
        self.fail_job.remove(&job);
    }
}
