//! Takes the tracking finalizer off pods that no Job will count any more. Upstream: job_controller.go
//! syncOrphanPod; JC-33.

use super::OWN_NAME;
use crate::api::{Job, JobId, LabelSelector, Name, ObjectKey, Pod, PodId};
use crate::cluster::api_server::ApiServer;
use crate::cluster::reason::Reason;

/// What the orphan queue holds: one pod, or all pods that a Job selected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OrphanItem {
    Pod(PodId),
    Selected(Selected),
}

/// The selector of a Job that is finished or gone.
#[derive(Clone, Debug)]
pub(super) struct Selected {
    job: JobId,
    namespace: Name,
    selector: LabelSelector,
}

/// One item per Job: a Job's selector never changes.
impl PartialEq for Selected {
    fn eq(&self, other: &Selected) -> bool {
        self.job == other.job
    }
}

impl Eq for Selected {}

impl PartialOrd for Selected {
    fn partial_cmp(&self, other: &Selected) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Selected {
    fn cmp(&self, other: &Selected) -> std::cmp::Ordering {
        self.job.cmp(&other.job)
    }
}

impl OrphanItem {
    pub(super) fn of_job(job: &Job) -> OrphanItem {
        OrphanItem::Selected(Selected {
            job: job.id,
            namespace: job.meta.namespace.clone(),
            selector: job.spec.selector.clone(),
        })
    }
}

/// Works on one item; returns the object it was about.
pub(super) fn sync_orphan(item: &OrphanItem, api: &mut ApiServer<'_>) -> Option<ObjectKey> {
    match item {
        OrphanItem::Pod(pod) => {
            free(&[*pod], api);
            Some(ObjectKey::Pod(*pod))
        }
        OrphanItem::Selected(selected) => {
            let matching: Vec<PodId> = api
                .store
                .tracked_pods()
                .filter(|pod| pod.birth.namespace == selected.namespace && selected.selector.matches(&pod.labels()))
                .map(|pod| pod.id)
                .collect();
            free(&matching, api);
            Some(ObjectKey::Job(selected.job))
        }
    }
}

/// Takes the finalizer off those of them that nobody will count.
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

/// Whether the Job that controls it will still count it.
fn is_still_counted(pod: &Pod, api: &ApiServer<'_>) -> bool {
    let Some(job) = pod.owner.and_then(|owner| api.store.job(owner)) else { return false };
    let managed_elsewhere = job.spec.managed_by.as_ref().is_some_and(|manager| **manager != *OWN_NAME);
    managed_elsewhere || !job.is_finished()
}
