//! What the API server fills in where a manifest says nothing. Defaults belong to Go types, so most of this is a table
//! and a walk over the schema. Works on decoded values. Upstream: apis/batch/v1/defaults.go, apis/core/v1/defaults.go;
//! V5.

use super::image_name::ImageName;
use super::quantity::Quantity;
use super::schema::{Struct, StructId, Type};
use serde_json::{Map, Value, json};

/// Struct, field, and its default as JSON.
const DEFAULTS: [(&str, &str, &str); 39] = [
    ("CronJobSpec", "concurrencyPolicy", r#""Allow""#),
    ("CronJobSpec", "suspend", "false"),
    ("CronJobSpec", "successfulJobsHistoryLimit", "3"),
    ("CronJobSpec", "failedJobsHistoryLimit", "1"),
    ("PodFailurePolicyOnPodConditionsPattern", "status", r#""True""#),
    ("PodSpec", "restartPolicy", r#""Always""#),
    ("PodSpec", "dnsPolicy", r#""ClusterFirst""#),
    ("PodSpec", "schedulerName", r#""default-scheduler""#),
    ("PodSpec", "securityContext", "{}"),
    ("PodSpec", "terminationGracePeriodSeconds", "30"),
    ("Container", "terminationMessagePath", r#""/dev/termination-log""#),
    ("Container", "terminationMessagePolicy", r#""File""#),
    ("ContainerPort", "protocol", r#""TCP""#),
    ("Probe", "timeoutSeconds", "1"),
    ("Probe", "periodSeconds", "10"),
    ("Probe", "successThreshold", "1"),
    ("Probe", "failureThreshold", "3"),
    ("HTTPGetAction", "path", r#""/""#),
    ("HTTPGetAction", "scheme", r#""HTTP""#),
    ("GRPCAction", "service", r#""""#),
    ("ObjectFieldSelector", "apiVersion", r#""v1""#),
    ("FileKeySelector", "optional", "false"),
    ("HostPathVolumeSource", "type", r#""""#),
    ("SecretVolumeSource", "defaultMode", "420"),
    ("ConfigMapVolumeSource", "defaultMode", "420"),
    ("DownwardAPIVolumeSource", "defaultMode", "420"),
    ("ProjectedVolumeSource", "defaultMode", "420"),
    ("ServiceAccountTokenProjection", "expirationSeconds", "3600"),
    ("PersistentVolumeClaimSpec", "volumeMode", r#""Filesystem""#),
    ("ISCSIVolumeSource", "iscsiInterface", r#""default""#),
    ("RBDVolumeSource", "pool", r#""rbd""#),
    ("RBDVolumeSource", "user", r#""admin""#),
    ("RBDVolumeSource", "keyring", r#""/etc/ceph/keyring""#),
    ("AzureDiskVolumeSource", "cachingMode", r#""ReadWrite""#),
    ("AzureDiskVolumeSource", "fsType", r#""ext4""#),
    ("AzureDiskVolumeSource", "readOnly", "false"),
    ("AzureDiskVolumeSource", "kind", r#""Shared""#),
    ("ScaleIOVolumeSource", "storageMode", r#""ThinProvisioned""#),
    ("ScaleIOVolumeSource", "fsType", r#""xfs""#),
];

/// Fills in the spec of a pod beside what its template has already: what is limited is requested (V5.25).
///
/// Upstream: apis/core/v1/defaults.go SetDefaults_Pod.
pub fn pod(spec: &mut Value) {
    for list in ["containers", "initContainers"] {
        for container in spec.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(limits) = container.pointer("/resources/limits").and_then(Value::as_object).cloned() else {
                continue;
            };
            let mut requests = limits;
            requests.extend(container["resources"]["requests"].as_object().cloned().unwrap_or_default());
            container["resources"]["requests"] = Value::Object(requests);
        }
    }
    if spec["enableServiceLinks"].is_null() {
        spec["enableServiceLinks"] = json!(true);
    }
}

/// Fills in a Job's spec and, if it has none, its labels (V5.1 … V5.6).
pub(super) fn job(job: &mut Value) {
    job_labels(job);
    if let Some(spec) = job["spec"].as_object_mut() {
        job_spec(spec);
    }
    fill(StructId::named("Job").get(), job);
}

/// Fills in a CronJob's spec; of the Job in it only what belongs to the types below it (V5.30, V5.31).
pub(super) fn cron_job(cron_job: &mut Value) {
    fill(StructId::named("CronJob").get(), cron_job);
}

/// What a field would be if it were not written, next to the fields that are: some defaults depend on them. `None` if
/// it would stay absent. For the fields of a Job's spec in a CronJob too, though there it is filled in only when the
/// Job is made.
pub fn default_of(of: &Struct, field: &str, beside: &Map<String, Value>) -> Option<Value> {
    let mut fields = beside.clone();
    fields.remove(field);
    match of.name {
        "JobSpec" => job_spec(&mut fields),
        _ => fill_fields(of, &mut fields),
    }
    fields.remove(field)
}

/// A Job without labels takes its template's. Done again whenever an object is read back (V5.6).
pub(super) fn job_labels(job: &mut Value) {
    let has_own = job["metadata"]["labels"].as_object().is_some_and(|labels| !labels.is_empty());
    let labels = &job["spec"]["template"]["metadata"]["labels"];
    if !has_own && labels.is_object() {
        let labels = labels.clone();
        job["metadata"]["labels"] = labels;
    }
}

fn job_spec(spec: &mut Map<String, Value>) {
    if is_absent(spec, "completions") && is_absent(spec, "parallelism") {
        spec.insert("completions".into(), json!(1));
    }
    default(spec, "parallelism", json!(1));
    let limit = if is_absent(spec, "backoffLimitPerIndex") { 6 } else { i32::MAX };
    default(spec, "backoffLimit", json!(limit));
    default(spec, "completionMode", json!("NonIndexed"));
    default(spec, "suspend", json!(false));
    default(spec, "manualSelector", json!(false));
    let replacement = if is_absent(spec, "podFailurePolicy") { "TerminatingOrFailed" } else { "Failed" };
    default(spec, "podReplacementPolicy", json!(replacement));
}

/// Fills in a struct and everything in it.
fn fill(of: &Struct, value: &mut Value) {
    let Some(fields) = value.as_object_mut() else { return };
    fill_fields(of, fields);
    for (name, value) in fields {
        if let Some(slot) = of.json_field(name) {
            fill_value(&slot.field.kind, value);
        }
    }
}

fn fill_value(kind: &Type, value: &mut Value) {
    match kind {
        Type::Struct(id) => fill(id.get(), value),
        Type::List(item) if matches!(**item, Type::Struct(_)) => {
            value.as_array_mut().into_iter().flatten().for_each(|value| fill_value(item, value));
        }
        Type::ResourceList => value.as_object_mut().into_iter().flatten().for_each(|(_, amount)| round(amount)),
        _ => {}
    }
}

fn fill_fields(of: &Struct, fields: &mut Map<String, Value>) {
    match of.name {
        "Volume" if fields.keys().all(|name| name == "name") => {
            fields.insert("emptyDir".into(), json!({}));
        }
        "ImageVolumeSource" => pull_policy(fields, "reference", "pullPolicy"),
        "Container" => pull_policy(fields, "image", "imagePullPolicy"),
        "PodSpec" => service_account(fields),
        "EphemeralContainer" => return fill_fields(StructId::named("Container").get(), fields),
        _ => {}
    }
    for (_, field, value) in DEFAULTS.iter().filter(|(name, ..)| *name == of.name) {
        let is_zero = fields
            .get(*field)
            .is_none_or(|value| value.is_null() || is_plain(of, field) && (value == "" || value.as_i64() == Some(0)));
        if is_zero && let Ok(value) = serde_json::from_str(value) {
            fields.insert((*field).into(), value);
        }
    }
}

/// Not a pointer: zero is as good as absent.
fn is_plain(of: &Struct, field: &str) -> bool {
    of.json_field(field).is_some_and(|slot| !slot.field.is_pointer())
}

/// `Always` for the tag `latest`, written or implied. A text that is no image's name has no tag.
fn pull_policy(fields: &mut Map<String, Value>, image: &str, policy: &str) {
    if fields.get(policy).is_none_or(|value| value == "") {
        let name = fields.get(image).and_then(Value::as_str).unwrap_or_default();
        let is_latest = ImageName::parse(name).is_ok_and(|name| name.is_latest());
        fields.insert(policy.into(), json!(if is_latest { "Always" } else { "IfNotPresent" }));
    }
}

/// The two names of one field; the older one gives way (V5.24).
fn service_account(spec: &mut Map<String, Value>) {
    let name = ["serviceAccountName", "serviceAccount"].iter().find_map(|field| spec.get(*field)).cloned();
    if let Some(name) = name {
        spec.insert("serviceAccount".into(), name.clone());
        spec.insert("serviceAccountName".into(), name);
    }
}

fn round(amount: &mut Value) {
    let parsed = amount.as_str().and_then(|text| Quantity::parse(text).ok());
    if let Some(rounded) = parsed.and_then(Quantity::rounded_to_milli) {
        *amount = Value::String(rounded.to_string());
    }
}

fn is_absent(map: &Map<String, Value>, field: &str) -> bool {
    map.get(field).is_none_or(Value::is_null)
}

fn default(map: &mut Map<String, Value>, field: &str, value: Value) {
    if is_absent(map, field) {
        map.insert(field.into(), value);
    }
}
