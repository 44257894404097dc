//! Removes the tracking finalizer of pods that no Job will count any more. Upstream: job_controller.go
//! syncOrphanPod; JC-33.

use super::managed_by::managed_by_other;
use crate::api::{Job, JobId, LabelSelector, Name, ObjectKey, Pod, PodId};
use crate::cluster::api_server::ApiServer;
use crate::cluster::reason::Reason;

/// A key of the orphan queue. Upstream: orphanPodKey.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OrphanPodKey {
    Pod(PodId),
    PodsOf(FormerOwner),
}

/// A Job that is finished or gone.
#[derive(Clone, Debug)]
pub(super) struct FormerOwner {
    job: JobId,
    namespace: Name,
    selector: LabelSelector,
}

/// One key per Job: a Job's selector never changes.
impl PartialEq for FormerOwner {
    fn eq(&self, other: &FormerOwner) -> bool {
        self.job == other.job
    }
}

impl Eq for FormerOwner {}

impl PartialOrd for FormerOwner {
    fn partial_cmp(&self, other: &FormerOwner) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for FormerOwner {
    fn cmp(&self, other: &FormerOwner) -> std::cmp::Ordering {
        self.job.cmp(&other.job)
    }
}

impl OrphanPodKey {
    pub(super) fn of_job(job: &Job) -> OrphanPodKey {
        OrphanPodKey::PodsOf(FormerOwner {
            job: job.id,
            namespace: job.meta.namespace.clone(),
            selector: job.spec.selector.clone(),
        })
    }
}

/// Handles one key; the object it is about.
pub(super) fn sync_orphan(key: &OrphanPodKey, api: &mut ApiServer<'_>) -> Option<ObjectKey> {
    match key {
        OrphanPodKey::Pod(pod) => {
            free(&[*pod], api);
            Some(ObjectKey::Pod(*pod))
        }
        OrphanPodKey::PodsOf(owner) => {
            let matching: Vec<PodId> = api
                .store
                .tracked_pods()
                .filter(|pod| pod.birth.namespace == owner.namespace && pod.is_meant_by(Some(&owner.selector)))
                .map(|pod| pod.id)
                .collect();
            free(&matching, api);
            Some(ObjectKey::Job(owner.job))
        }
    }
}

/// Removes the finalizer of those pods that no Job will count.
fn free(pods: &[PodId], api: &mut ApiServer<'_>) {
    let tracked = pods.iter().filter_map(|id| api.store.pod(*id)).filter(|pod| pod.tracked);
    let (counted, free): (Vec<_>, Vec<_>) = tracked.cloned().partition(|pod| is_still_counted(pod, api));
    for pod in &free {
        api.reason(Reason::PodFreed(pod.id));
        api.remove_tracking_finalizer(pod.id);
    }
    if free.is_empty() {
        api.reason(Reason::NothingToFree { counted: counted.len() as u32 });
    }
}

/// Whether the Job that controls a pod will count it.
fn is_still_counted(pod: &Pod, api: &ApiServer<'_>) -> bool {
    let Some(job) = pod.owner.and_then(|owner| api.store.job(owner)) else { return false };
    managed_by_other(job).is_some() || !job.is_finished()
}
