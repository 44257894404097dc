//! What may stay: words of Kubernetes, and texts that are written in such words alone. All others stand for something of
//! their author, even where they are refused.

use crate::api::schedule::Schedule;
use crate::api::{kinds, time_zone, words};

/// Words of Kubernetes that are nobody's own.
const OWN: [&str; 44] = [
    "job-name",
    "controller-uid",
    "default",
    "default-scheduler",
    "linux",
    "windows",
    "amd64",
    "arm64",
    "true",
    "false",
    "cpu",
    "memory",
    "pods",
    "storage",
    "ephemeral-storage",
    "metadata.name",
    "metadata.namespace",
    "foregroundDeletion",
    "kubernetes",
    "orphan",
    "DisruptionTarget",
    "PodScheduled",
    "Initialized",
    "ContainersReady",
    "Ready",
    "Memory",
    "system-cluster-critical",
    "system-node-critical",
    "ALL",
    "CAP_SYS_ADMIN",
    "CHOWN",
    "KILL",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_RAW",
    "SETGID",
    "SETUID",
    "SYS_ADMIN",
    "SYS_PTRACE",
    "SIGINT",
    "SIGKILL",
    "SIGQUIT",
    "SIGTERM",
    "SIGUSR1",
];

/// Keys in domains of Kubernetes. Behind a domain alone everybody writes names of their own.
const KEYS: [&str; 52] = [
    "app.kubernetes.io/component",
    "app.kubernetes.io/created-by",
    "app.kubernetes.io/instance",
    "app.kubernetes.io/managed-by",
    "app.kubernetes.io/name",
    "app.kubernetes.io/part-of",
    "app.kubernetes.io/version",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/cronjob-scheduled-timestamp",
    "batch.kubernetes.io/job-completion-index",
    "batch.kubernetes.io/job-index-failure-count",
    "batch.kubernetes.io/job-index-ignored-failure-count",
    "batch.kubernetes.io/job-name",
    "batch.kubernetes.io/job-tracking",
    "beta.kubernetes.io/arch",
    "beta.kubernetes.io/instance-type",
    "beta.kubernetes.io/os",
    "cluster-autoscaler.kubernetes.io/safe-to-evict",
    "container.apparmor.security.beta.kubernetes.io/",
    "container.seccomp.security.alpha.kubernetes.io/",
    "controller.kubernetes.io/pod-deletion-cost",
    "cronjob.kubernetes.io/instantiate",
    "failure-domain.beta.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone",
    "kubectl.kubernetes.io/default-container",
    "kubectl.kubernetes.io/last-applied-configuration",
    "kubectl.kubernetes.io/restartedAt",
    "kubernetes.io/arch",
    "kubernetes.io/config.mirror",
    "kubernetes.io/hostname",
    "kubernetes.io/job-controller",
    "kubernetes.io/metadata.name",
    "kubernetes.io/os",
    "kubernetes.io/pvc-protection",
    "node-restriction.kubernetes.io/",
    "node-role.kubernetes.io/control-plane",
    "node-role.kubernetes.io/master",
    "node.kubernetes.io/disk-pressure",
    "node.kubernetes.io/instance-type",
    "node.kubernetes.io/memory-pressure",
    "node.kubernetes.io/network-unavailable",
    "node.kubernetes.io/not-ready",
    "node.kubernetes.io/out-of-service",
    "node.kubernetes.io/pid-pressure",
    "node.kubernetes.io/unreachable",
    "node.kubernetes.io/unschedulable",
    "scheduler.alpha.kubernetes.io/critical-pod",
    "scheduler.alpha.kubernetes.io/preferAvoidPods",
    "scheduler.alpha.kubernetes.io/tolerations",
    "seccomp.security.alpha.kubernetes.io/pod",
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
];

/// Whether a name is nobody's own.
pub(super) fn is_own(name: &str) -> bool {
    OWN.contains(&name) || KEYS.contains(&name)
}

/// A domain of Kubernetes: what stands before its end, and the end. Nothing stands before it if the domain is known.
pub(super) fn domain(text: &str) -> Option<(&str, &str)> {
    if KEYS.iter().any(|key| key.strip_prefix(text).is_some_and(|name| name.starts_with('/'))) {
        return Some(("", text));
    }
    let ends = [".kubernetes.io", ".k8s.io"].into_iter();
    let mut ends = ends.filter_map(|end| Some(text.split_at(text.strip_suffix(end)?.len())));
    ends.next()
}

/// Whether the text of a field, by struct and name, says nothing of its author.
pub(super) fn is_plain_text((owner, field): (&str, &str), text: &str) -> bool {
    match (owner, field) {
        ("TypeMeta" | "OwnerReference" | "ObjectFieldSelector", "apiVersion") => kinds::is_own_version(text),
        ("TypeMeta" | "OwnerReference", "kind") => kinds::is_own_kind(text),
        ("CronJobSpec", "schedule") => Schedule::parse(text).is_ok(),
        ("CronJobSpec", "timeZone") => text.eq_ignore_ascii_case("local") || time_zone::is_known(text),
        ("SuccessPolicyRule", "succeededIndexes") => {
            text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'-'))
        }
        ("ObjectFieldSelector", "fieldPath") => words::POD_FIELDS.contains(&text) || text == "spec.host",
        _ => false,
    }
}

/// Whether the API server reads the value of an annotation.
pub(super) fn is_annotation_of_kubernetes(key: &str) -> bool {
    key == "controller.kubernetes.io/pod-deletion-cost" || key.contains("seccomp.") || key.contains("apparmor.")
}

/// Whether the value of such an annotation is a word of Kubernetes or a number.
pub(super) fn is_value_of_annotation(text: &str) -> bool {
    matches!(text, "runtime/default" | "docker/default" | "unconfined") || text.parse::<i64>().is_ok()
}
