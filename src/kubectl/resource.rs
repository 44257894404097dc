//! The resources of the API that kubectl can be asked for here, and their spellings.

use super::usage_error::UsageError;
use crate::api::ObjectKey;
use crate::cluster::input::ObjectKind;

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
            Resource::Pod => &["pod", "pods", "po", "pod.v1", "pods.v1", "pods.v1.", "pod.v1."],
            Resource::CronJob => &[
                "cronjob",
                "cronjobs",
                "cj",
                "cronjob.batch",
                "cronjobs.batch",
                "cj.batch",
                "cronjob.v1.batch",
                "cronjobs.v1.batch",
            ],
            Resource::Job => &["job", "jobs", "job.batch", "jobs.batch", "job.v1.batch", "jobs.v1.batch"],
            Resource::Node => &["node", "nodes", "no", "node.v1", "nodes.v1", "nodes.v1.", "node.v1."],
            Resource::Event => &["event", "events", "ev", "event.v1", "events.v1", "events.v1.", "event.v1."],
        }
    }

    /// As it is usually written in front of a name: `job/pi`.
    pub(super) fn word(self) -> &'static str {
        self.spellings()[0]
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

    /// As the client names it in errors.
    pub(super) fn group_version_resource(self) -> &'static str {
        match self {
            Resource::Pod => "/v1, Resource=pods",
            Resource::CronJob => "batch/v1, Resource=cronjobs",
            Resource::Job => "batch/v1, Resource=jobs",
            Resource::Node => "/v1, Resource=nodes",
            Resource::Event => "/v1, Resource=events",
        }
    }

    /// As in `condition on jobs/pi`.
    pub(super) fn resource(self) -> &'static str {
        match self {
            Resource::CronJob => "cronjobs",
            Resource::Job => "jobs",
            other => other.plural(),
        }
    }

    /// `kind` of its objects.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Resource::Pod => "Pod",
            Resource::CronJob => "CronJob",
            Resource::Job => "Job",
            Resource::Node => "Node",
            Resource::Event => "Event",
        }
    }

    /// Whether the text of a run has manifests of it.
    pub(super) fn is_written_here(self) -> bool {
        self.object_kind().is_some()
    }

    /// The kind of an object that the text of a run may have.
    pub(super) fn object_kind(self) -> Option<ObjectKind> {
        match self {
            Resource::Job => Some(ObjectKind::Job),
            Resource::CronJob => Some(ObjectKind::CronJob),
            Resource::Pod | Resource::Node | Resource::Event => None,
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
        const OTHERS: [&str; 41] = [
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
            "sts",
            "persistentvolumeclaim",
            "persistentvolumeclaims",
            "persistentvolume",
            "persistentvolumes",
            "pv",
            "poddisruptionbudget",
            "poddisruptionbudgets",
            "serviceaccount",
            "serviceaccounts",
            "sa",
            "resourcequota",
            "resourcequotas",
            "quota",
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
