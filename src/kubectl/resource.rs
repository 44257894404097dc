//! The resources of the API that kubectl can be asked for here, and their spellings.

use super::usage_error::UsageError;
use crate::api::ObjectKey;

/// What `kubectl get RESOURCE` can list here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resource {
    Pod,
    CronJob,
    Job,
    Node,
    Event,
}

impl Resource {
    const ALL: [Resource; 5] = [Resource::Pod, Resource::CronJob, Resource::Job, Resource::Node, Resource::Event];

    /// All spellings, in lower case (K1.7).
    fn spellings(self) -> &'static [&'static str] {
        match self {
            Resource::Pod => &["pod", "pods", "po", "pods.v1."],
            Resource::CronJob => &["cronjob", "cronjobs", "cj", "cronjob.batch", "cronjobs.batch", "cronjobs.v1.batch"],
            Resource::Job => &["job", "jobs", "job.batch", "jobs.batch", "jobs.v1.batch"],
            Resource::Node => &["node", "nodes", "no", "nodes.v1."],
            Resource::Event => &["event", "events", "ev", "events.v1."],
        }
    }

    /// As in `pods "x" not found`.
    pub(super) fn plural(self) -> &'static str {
        match self {
            Resource::Pod => "pods",
            Resource::CronJob => "cronjobs.batch",
            Resource::Job => "jobs.batch",
            Resource::Node => "nodes",
            Resource::Event => "events",
        }
    }

    /// As in `job.batch/pi patched`.
    pub(super) fn qualified(self) -> &'static str {
        match self {
            Resource::Pod => "pod",
            Resource::CronJob => "cronjob.batch",
            Resource::Job => "job.batch",
            Resource::Node => "node",
            Resource::Event => "event",
        }
    }

    /// Whether its objects are in namespaces.
    pub(super) fn is_namespaced(self) -> bool {
        self != Resource::Node
    }

    /// Whether an object is one of these.
    pub(super) fn is_of(self, object: ObjectKey) -> bool {
        self == match object {
            ObjectKey::Pod(_) => Resource::Pod,
            ObjectKey::CronJob(_) => Resource::CronJob,
            ObjectKey::Job(_) => Resource::Job,
            ObjectKey::Node(_) => Resource::Node,
        }
    }

    /// A word of the command line.
    pub(super) fn read(word: &str) -> Result<Resource, UsageError> {
        /// Resources of a usual cluster that are not simulated.
        const OTHERS: [&str; 27] = [
            "configmap",
            "configmaps",
            "cm",
            "daemonset",
            "daemonsets",
            "ds",
            "deployment",
            "deployments",
            "deploy",
            "endpoints",
            "ep",
            "ingress",
            "namespace",
            "namespaces",
            "ns",
            "pvc",
            "pdb",
            "replicaset",
            "replicasets",
            "rs",
            "secret",
            "secrets",
            "service",
            "services",
            "svc",
            "statefulset",
            "statefulsets",
        ];
        let small = word.to_lowercase();
        if let Some(resource) = Resource::ALL.into_iter().find(|known| known.spellings().contains(&&*small)) {
            return Ok(resource);
        }
        match OTHERS.contains(&&*small) {
            true => Err(UsageError::NotModelled(word.to_owned())),
            false => Err(UsageError::error(format!("the server doesn't have a resource type \"{word}\""))),
        }
    }
}
