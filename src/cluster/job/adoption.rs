//! Which pods belong to a Job, and adopting pods without owner. Upstream: getPodsForJob,
//! PodControllerRefManager; JC-240, JC-241. No input changes a pod's labels, so no pod is ever released.

use crate::api::{Job, Pod};
use crate::cluster::api_server::ApiServer;
use crate::cluster::reason::Reason;
use std::rc::Rc;

/// The pods of a Job that a sync has to look at, adopted ones included, in creation order.
pub(super) fn claim_pods(job: &Job, api: &mut ApiServer<'_>) -> Vec<Rc<Pod>> {
    if !job.is_deleting() {
        let adopted: Vec<Rc<Pod>> = api
            .store
            .orphans()
            .filter(|pod| pod.birth.namespace == job.meta.namespace && !pod.is_deleting())
            .filter(|pod| pod.is_meant_by(Some(&job.spec.selector)))
            .cloned()
            .collect();
        for pod in adopted {
            api.reason(Reason::Adopted(pod.id));
            api.update_pod(Pod { owner: Some(job.id), tracked: true, ..Pod::clone(&pod) });
        }
    }
    api.store.open_pods_of(job.id).cloned().collect()
}
