//! What there is to say of a field: its type, values and default, when it may be changed, whether it is modelled.

use super::schema::{FieldId, SchemaField, TypeName};
use crate::api::validation::{Mutability, job_mutability};
use crate::cluster::input::ObjectKind;
use crate::manifest::{Place, Reading};
use serde_json::{Map, Value};
use std::ops::Range;

/// A field that is written in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldInfo {
    /// Its key.
    pub span: Range<usize>,
    /// Its value; empty, right behind the colon, if nothing is written there.
    pub value_span: Range<usize>,
    /// Where it is; `None` in a document that cannot be read.
    pub place: Option<Place>,
    /// Which field of which type.
    pub id: FieldId,
    /// What its value has to be.
    pub type_name: TypeName,
    /// The words that it may be; none if it is not one of a few.
    pub values: &'static [&'static str],
    /// What it would be if it were not written, beside the fields that are.
    pub default: Option<Value>,
    /// When it may be changed; `None` for a field of the Scenario.
    pub mutability: Option<Mutability>,
    /// Whether it can change anything in a recording.
    pub modelled: bool,
    /// Whether the text would be refused without it.
    pub required: bool,
}

/// Types of Kubernetes that decide something in a recording, with all their fields.
const MODELLED_TYPES: [&str; 31] = [
    "Job",
    "CronJob",
    "TypeMeta",
    "JobSpec",
    "CronJobSpec",
    "JobTemplateSpec",
    "PodTemplateSpec",
    "PodFailurePolicy",
    "PodFailurePolicyRule",
    "PodFailurePolicyOnExitCodesRequirement",
    "PodFailurePolicyOnPodConditionsPattern",
    "SuccessPolicy",
    "SuccessPolicyRule",
    "LabelSelector",
    "LabelSelectorRequirement",
    "ContainerRestartRule",
    "ContainerRestartRuleOnExitCodes",
    "ProbeHandler",
    "SleepAction",
    "ConfigMapEnvSource",
    "SecretEnvSource",
    "ConfigMapKeySelector",
    "SecretKeySelector",
    "Affinity",
    "NodeAffinity",
    "NodeSelector",
    "NodeSelectorTerm",
    "NodeSelectorRequirement",
    "PreferredSchedulingTerm",
    "Toleration",
    "TopologySpreadConstraint",
];

/// Single fields of types that are mostly carried along.
const MODELLED_FIELDS: [(&str, &[&str]); 23] = [
    ("ObjectMeta", &["name", "generateName", "namespace", "labels"]),
    (
        "PodSpec",
        &[
            "containers",
            "initContainers",
            "restartPolicy",
            "terminationGracePeriodSeconds",
            "activeDeadlineSeconds",
            "serviceAccountName",
            "serviceAccount",
            "priorityClassName",
            "preemptionPolicy",
            "nodeSelector",
            "affinity",
            "tolerations",
            "topologySpreadConstraints",
            "schedulingGates",
            "overhead",
            "volumes",
            "securityContext",
        ],
    ),
    (
        "Container",
        &[
            "name",
            "image",
            "imagePullPolicy",
            "command",
            "args",
            "env",
            "envFrom",
            "resources",
            "ports",
            "startupProbe",
            "livenessProbe",
            "readinessProbe",
            "lifecycle",
            "restartPolicy",
            "restartPolicyRules",
            "securityContext",
        ],
    ),
    ("ResourceRequirements", &["limits", "requests"]),
    ("ContainerPort", &["hostPort", "hostIP", "protocol"]),
    ("EnvVar", &["valueFrom"]),
    ("EnvVarSource", &["configMapKeyRef", "secretKeyRef"]),
    ("EnvFromSource", &["configMapRef", "secretRef"]),
    ("LocalObjectReference", &["name"]),
    ("VolumeSource", &["configMap", "secret", "persistentVolumeClaim"]),
    ("ConfigMapVolumeSource", &["items", "optional"]),
    ("SecretVolumeSource", &["secretName", "items", "optional"]),
    ("PersistentVolumeClaimVolumeSource", &["claimName"]),
    ("KeyToPath", &["key"]),
    (
        "Probe",
        &[
            "initialDelaySeconds",
            "periodSeconds",
            "successThreshold",
            "failureThreshold",
            "terminationGracePeriodSeconds",
        ],
    ),
    ("Lifecycle", &["preStop"]),
    ("LifecycleHandler", &["sleep"]),
    ("SecurityContext", &["runAsNonRoot", "runAsUser"]),
    ("PodSecurityContext", &["runAsNonRoot", "runAsUser"]),
    ("PodSchedulingGate", &["name"]),
    // Terms that are only preferred decide nothing (P-12).
    ("PodAffinity", &["requiredDuringSchedulingIgnoredDuringExecution"]),
    ("PodAntiAffinity", &["requiredDuringSchedulingIgnoredDuringExecution"]),
    ("PodAffinityTerm", &["labelSelector", "topologyKey"]),
];

/// The facts of a field; `spans`: of its key and its value.
pub(super) fn described(
    member: &SchemaField,
    spans: (Range<usize>, Range<usize>),
    place: Option<Place>,
    mutability: Option<Mutability>,
    beside: &Map<String, Value>,
) -> FieldInfo {
    FieldInfo {
        span: spans.0,
        value_span: spans.1,
        place,
        id: member.id,
        type_name: member.kind.type_name(),
        values: member.kind.words(),
        default: member.default(beside),
        mutability,
        modelled: is_modelled(member.id.owner, member.id.name),
        required: member.is_required(),
    }
}

/// The Go structs that a patch may be of: what the text has, the first first.
pub(super) fn patched(reading: &Reading) -> Vec<&'static str> {
    let mut found = Vec::new();
    for manifest in reading.scenario.manifests.iter() {
        let name = struct_of(manifest.kind);
        if !found.contains(&name) {
            found.push(name);
        }
    }
    if found.is_empty() { vec!["Job"] } else { found }
}

/// The Go struct of a kind of object.
pub(super) fn struct_of(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Job => "Job",
        ObjectKind::CronJob => "CronJob",
    }
}

/// When a field may be changed; `names` lead to it from the root, places in lists left out.
pub(super) fn mutability(kind: ObjectKind, names: &[&str], is_indexed: bool) -> Mutability {
    match (kind, names) {
        (ObjectKind::CronJob, ["spec", "jobTemplate", ..]) => Mutability::FutureJobs,
        (ObjectKind::CronJob, ["spec", ..]) => Mutability::Always,
        (_, names) => job_mutability(names, is_indexed),
    }
}

/// Whether a field can change anything in a recording; all of a Scenario can. `owner`: the Go struct.
pub(super) fn is_modelled(owner: &str, name: &str) -> bool {
    if MODELLED_TYPES.contains(&owner) {
        return name != "status";
    }
    let is_listed = MODELLED_FIELDS.iter().any(|(of, names)| *of == owner && names.contains(&name));
    owner.starts_with(char::is_lowercase) || is_listed
}
