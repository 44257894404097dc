//! Tables of completion: which fields come first, which are never offered, and values that do not follow from a type.

use super::schema::FieldId;
use crate::api::time_zone;
use crate::cluster::inventory::{Provided, PullError};
use crate::manifest::Reading;
use crate::order::Set;
use serde_json::Value;

/// Resources that every node has, those first that a container can ask for.
const RESOURCES: [&str; 4] = ["cpu", "memory", "ephemeral-storage", "pods"];

/// Schedules with a name, and two of the usual shape.
const SCHEDULES: [&str; 7] = ["*/5 * * * *", "0 3 * * *", "@hourly", "@daily", "@weekly", "@monthly", "@yearly"];

/// Labels of nodes for their place.
const TOPOLOGY_KEYS: [&str; 3] =
    ["kubernetes.io/hostname", "topology.kubernetes.io/zone", "topology.kubernetes.io/region"];

/// What people write most, in the order in which they write it.
const COMMON: [(&str, &[&str]); 21] = [
    ("TypeMeta", &["apiVersion", "kind"]),
    ("ObjectMeta", &["name", "generateName", "namespace", "labels", "annotations"]),
    (
        "JobSpec",
        &[
            "completions",
            "parallelism",
            "completionMode",
            "backoffLimit",
            "backoffLimitPerIndex",
            "maxFailedIndexes",
            "activeDeadlineSeconds",
            "ttlSecondsAfterFinished",
            "podFailurePolicy",
            "successPolicy",
            "podReplacementPolicy",
            "suspend",
        ],
    ),
    (
        "CronJobSpec",
        &[
            "schedule",
            "timeZone",
            "concurrencyPolicy",
            "startingDeadlineSeconds",
            "suspend",
            "successfulJobsHistoryLimit",
            "jobTemplate",
        ],
    ),
    (
        "PodSpec",
        &[
            "restartPolicy",
            "containers",
            "initContainers",
            "terminationGracePeriodSeconds",
            "volumes",
            "nodeSelector",
            "tolerations",
            "affinity",
        ],
    ),
    (
        "Container",
        &[
            "name",
            "image",
            "command",
            "args",
            "env",
            "envFrom",
            "resources",
            "volumeMounts",
            "restartPolicy",
            "imagePullPolicy",
        ],
    ),
    ("VolumeSource", &["emptyDir", "configMap", "secret", "persistentVolumeClaim", "projected", "hostPath"]),
    ("ResourceRequirements", &["requests", "limits"]),
    ("document", &["metadata", "spec"]),
    ("spec", &["kubernetes", "seed", "startTime", "cluster", "behaviors", "inputs", "until"]),
    ("cluster", &["nodes", "images", "missing", "podQuota", "scheduling", "starting"]),
    ("node", &["name", "count", "capacity", "labels", "taints"]),
    ("image", &["match", "error", "until", "pull"]),
    ("behavior", &["match", "run", "exitCode", "chance", "starting", "onTerminate", "ready", "hang"]),
    ("match", &["job", "index", "attempt", "container", "restart", "pod", "node"]),
    ("input", &["at", "fail", "oomKill", "evict", "delete", "patch", "drain", "nodeLost"]),
    ("taint", &["node", "add", "remove"]),
    ("lessonSpec", &["about", "ask", "stops", "goal", "keep", "solution", "more", "text"]),
    ("prose", &["title", "symptom", "ask", "options", "stops", "task", "goal", "hints", "takeaway"]),
    ("answer", &["say", "reply"]),
    ("courseSpec", &["lessons", "text"]),
];

/// The resources that a map of quantities may name.
pub(super) fn resources(map: FieldId) -> &'static [&'static str] {
    let is_capacity = map.owner == "node" && map.name == "capacity";
    if is_capacity { &RESOURCES } else { &RESOURCES[..3] }
}

/// Fields that the API server or controllers write, that a template refuses, or that gave way to others.
const LEFT_OUT: [(&str, &[&str]); 5] = [
    (
        "ObjectMeta",
        &[
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "deletionTimestamp",
            "generation",
            "managedFields",
            "resourceVersion",
            "selfLink",
            "uid",
        ],
    ),
    ("Job", &["status"]),
    ("CronJob", &["status"]),
    ("PodSpec", &["ephemeralContainers", "serviceAccount", "nodeName", "priority"]),
    (
        "VolumeSource",
        &[
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "gitRepo",
            "glusterfs",
            "rbd",
            "quobyte",
            "flexVolume",
            "cinder",
            "cephfs",
            "flocker",
            "azureFile",
            "vsphereVolume",
            "azureDisk",
            "photonPersistentDisk",
            "portworxVolume",
            "scaleIO",
            "storageos",
        ],
    ),
];

/// Nodes that are offered by name.
const MOST_NODES: usize = 30;

/// The order of fields of one type: the common ones first, the rest by name.
pub(super) fn place(id: FieldId) -> (usize, &'static str) {
    let common = COMMON.iter().filter(|(owner, _)| *owner == id.owner).flat_map(|(_, names)| *names);
    (common.clone().position(|name| *name == id.name).unwrap_or(usize::MAX), id.name)
}

/// Whether a field is never offered.
pub(super) fn is_left_out(id: FieldId) -> bool {
    LEFT_OUT.iter().any(|(owner, names)| *owner == id.owner && names.contains(&id.name))
}

/// Values that the text or Kubernetes suggests for a field.
pub(super) fn values(reading: &Reading, id: FieldId) -> Vec<String> {
    let fixed = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    match (id.owner, id.name) {
        ("TypeMeta" | "document", "apiVersion") => fixed(&["batch/v1", "job-playground/v1"]),
        ("TypeMeta" | "document", "kind") => fixed(&["Job", "CronJob", "Scenario"]),
        ("lessonSpec", "keep") => fixed(&["spec.template", "scenario", "inputs", "behaviors"]),
        ("filter" | "jobFilter" | "countCheck" | "countMoment" | "peakCheck", "job") => objects(reading, "Job"),
        ("filter" | "countCheck" | "countMoment" | "peakCheck", "container") => {
            in_pods(reading, &["containers", "initContainers"])
        }
        ("CronJobSpec", "schedule") => fixed(&SCHEDULES),
        ("CronJobSpec", "timeZone") => time_zone::names().map(str::to_owned).collect(),
        ("PodFailurePolicyOnPodConditionsPattern", "type") => fixed(&["DisruptionTarget"]),
        ("TopologySpreadConstraint" | "PodAffinityTerm", "topologyKey") => fixed(&TOPOLOGY_KEYS),
        ("PodFailurePolicyOnExitCodesRequirement" | "ResourceFieldSelector", "containerName")
        | ("match" | "fail" | "oomKill", "container") => in_pods(reading, &["containers", "initContainers"]),
        ("VolumeMount", "name") => in_pods(reading, &["volumes"]),
        ("match" | "target" | "fail" | "oomKill" | "deletePod", "job") => objects(reading, "Job"),
        ("match" | "target" | "fail" | "oomKill" | "deletePod" | "nodeTarget" | "taint", "node") => {
            reading.scenario.node_names().take(MOST_NODES).map(|name| name.to_string()).collect()
        }
        ("image", "error") => PullError::NAMED.iter().map(|error| error.as_str().to_owned()).collect(),
        ("input", "provide") => provided(reading),
        ("deleteObject", "name") => [objects(reading, "Job"), objects(reading, "CronJob")].concat(),
        _ => Vec::new(),
    }
}

/// The names in some lists of all pod templates of the text, as far as it can be read.
fn in_pods(reading: &Reading, lists: &[&str]) -> Vec<String> {
    let mut names = Set::new();
    for manifest in reading.scenario.manifests.iter() {
        let spec = &manifest.value["spec"];
        for template in [&spec["template"], &spec["jobTemplate"]["spec"]["template"]] {
            let items = lists.iter().filter_map(|list| template["spec"][*list].as_array()).flatten();
            names.extend(items.filter_map(|item| item["name"].as_str()).map(str::to_owned));
        }
    }
    names.into_items().collect()
}

/// What is missing, and images that cannot be pulled.
fn provided(reading: &Reading) -> Vec<String> {
    let inventory = &reading.scenario.cluster.inventory;
    let missing = inventory.missing.iter().cloned().map(Provided::Objects);
    let failing = inventory.images.iter().filter(|rule| rule.error.is_some());
    let images = failing.map(|rule| Provided::Images(rule.pattern.clone()));
    missing.chain(images).map(|what| what.to_string()).collect()
}

fn objects(reading: &Reading, kind: &str) -> Vec<String> {
    let values = reading.scenario.manifests.iter().map(|manifest| &manifest.value);
    let names = values.filter(|value| value["kind"] == kind).map(|value| &value["metadata"]["name"]);
    names.filter_map(Value::as_str).map(str::to_owned).collect()
}
