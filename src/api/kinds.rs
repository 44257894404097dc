//! The kinds that the API server of Kubernetes 1.36 serves by itself. Upstream: pkg/controlplane/instance.go
//! DefaultAPIResourceConfigSource.

/// Group and version, and the kinds in it.
const KINDS: [(&str, &[&str]); 20] = [
    (
        "v1",
        &[
            "ConfigMap",
            "Endpoints",
            "Event",
            "LimitRange",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Pod",
            "PodTemplate",
            "ReplicationController",
            "ResourceQuota",
            "Secret",
            "Service",
            "ServiceAccount",
        ],
    ),
    (
        "admissionregistration.k8s.io/v1",
        &[
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
        ],
    ),
    ("apiextensions.k8s.io/v1", &["CustomResourceDefinition"]),
    ("apiregistration.k8s.io/v1", &["APIService"]),
    ("apps/v1", &["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"]),
    ("autoscaling/v1", &["HorizontalPodAutoscaler"]),
    ("autoscaling/v2", &["HorizontalPodAutoscaler"]),
    ("batch/v1", &["CronJob", "Job"]),
    ("certificates.k8s.io/v1", &["CertificateSigningRequest"]),
    ("coordination.k8s.io/v1", &["Lease"]),
    ("discovery.k8s.io/v1", &["EndpointSlice"]),
    ("events.k8s.io/v1", &["Event"]),
    ("flowcontrol.apiserver.k8s.io/v1", &["FlowSchema", "PriorityLevelConfiguration"]),
    ("networking.k8s.io/v1", &["IPAddress", "Ingress", "IngressClass", "NetworkPolicy", "ServiceCIDR"]),
    ("node.k8s.io/v1", &["RuntimeClass"]),
    ("policy/v1", &["PodDisruptionBudget"]),
    ("rbac.authorization.k8s.io/v1", &["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"]),
    ("resource.k8s.io/v1", &["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"]),
    ("scheduling.k8s.io/v1", &["PriorityClass"]),
    (
        "storage.k8s.io/v1",
        &["CSIDriver", "CSINode", "CSIStorageCapacity", "StorageClass", "VolumeAttachment", "VolumeAttributesClass"],
    ),
];

/// Whether the API server serves this kind in this version. Kinds of a CustomResourceDefinition are none of them.
pub fn is_served(api_version: &str, kind: &str) -> bool {
    KINDS.iter().any(|(version, kinds)| *version == api_version && kinds.contains(&kind))
}

/// Whether a kind may be served in this version: the API server serves it by itself, or another API may.
pub fn may_serve(api_version: &str, kind: &str) -> bool {
    is_served(api_version, kind) || !knows_group(api_version)
}

/// Whether the API server knows all kinds of this group: it is its own, or one that a CustomResourceDefinition cannot
/// have, because its name is without a dot.
pub fn knows_group(api_version: &str) -> bool {
    !group(api_version).contains('.') || is_own_group(api_version)
}

/// Whether this is a version, served or not, of a group of Kubernetes's own.
pub fn is_own_version(api_version: &str) -> bool {
    let version = api_version.rsplit('/').next().unwrap_or_default();
    let is_numbered = version.bytes().all(|byte| byte.is_ascii_digit() || b"valphbet".contains(&byte));
    is_numbered && is_own_group(api_version)
}

/// Whether Kubernetes has a kind of this name.
pub fn is_own_kind(kind: &str) -> bool {
    KINDS.iter().any(|(_, kinds)| kinds.contains(&kind))
}

fn is_own_group(api_version: &str) -> bool {
    KINDS.iter().any(|(version, _)| group(version) == group(api_version))
}

fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}
