//! What the API server fills in where a manifest says nothing. Works on the JSON value, so that what is stored can be
//! printed whole. Upstream: apis/batch/v1/defaults.go, apis/core/v1/defaults.go; spec V5.

use serde_json::{Map, Value, json};

/// Fills in a Job's spec and, if it has none, its labels (spec V5.1 … V5.6).
pub fn job(job: &mut Value) {
    job_labels(job);
    let Some(spec) = object(&mut job["spec"]) else { return };
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
    job_template(spec);
}

/// Fills in a CronJob's spec; of the Job in it only the pod template and the policies (spec V5.30, V5.31).
pub fn cron_job(cron_job: &mut Value) {
    let Some(spec) = object(&mut cron_job["spec"]) else { return };
    default(spec, "concurrencyPolicy", json!("Allow"));
    default(spec, "suspend", json!(false));
    default(spec, "successfulJobsHistoryLimit", json!(3));
    default(spec, "failedJobsHistoryLimit", json!(1));
    if let Some(template) = spec.get_mut("jobTemplate").and_then(Value::as_object_mut)
        && let Some(spec) = template.get_mut("spec").and_then(Value::as_object_mut)
    {
        job_template(spec);
    }
}

/// What a Job spec shares with the one in a CronJob.
fn job_template(spec: &mut Map<String, Value>) {
    let rules = spec.get_mut("podFailurePolicy").and_then(|policy| policy.get_mut("rules"));
    for rule in rules.and_then(Value::as_array_mut).into_iter().flatten() {
        let patterns = rule.get_mut("onPodConditions").and_then(Value::as_array_mut);
        for pattern in patterns.into_iter().flatten().filter_map(Value::as_object_mut) {
            default(pattern, "status", json!("True"));
        }
    }
    if let Some(template) = spec.get_mut("template") {
        pod_template(template);
    }
}

/// A Job without labels takes its template's (spec V5.6).
fn job_labels(job: &mut Value) {
    let labels = job["spec"]["template"]["metadata"]["labels"].clone();
    let has_own = job["metadata"]["labels"].as_object().is_some_and(|labels| !labels.is_empty());
    if !has_own
        && labels.is_object()
        && let Some(metadata) = object(&mut job["metadata"])
    {
        metadata.insert("labels".into(), labels);
    }
}

/// Fills in a pod template (spec V5.20 … V5.24).
pub fn pod_template(template: &mut Value) {
    let Some(spec) = object(&mut template["spec"]) else { return };
    default(spec, "restartPolicy", json!("Always"));
    default(spec, "dnsPolicy", json!("ClusterFirst"));
    default(spec, "schedulerName", json!("default-scheduler"));
    default(spec, "securityContext", json!({}));
    default(spec, "terminationGracePeriodSeconds", json!(30));
    for list in ["containers", "initContainers"] {
        for container in spec.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(container) = container.as_object_mut() {
                self::container(container);
            }
        }
    }
}

fn container(container: &mut Map<String, Value>) {
    let policy = match container.get("image").and_then(Value::as_str) {
        Some(image) if has_fixed_tag(image) => "IfNotPresent",
        Some(_) | None => "Always",
    };
    default(container, "imagePullPolicy", json!(policy));
    default(container, "terminationMessagePath", json!("/dev/termination-log"));
    default(container, "terminationMessagePolicy", json!("File"));
    default(container, "resources", json!({}));
    for port in container.get_mut("ports").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(port) = port.as_object_mut() {
            default(port, "protocol", json!("TCP"));
        }
    }
}

/// Whether an image names a digest, or a tag other than `latest`.
fn has_fixed_tag(image: &str) -> bool {
    if image.contains('@') {
        return true;
    }
    let last = image.rsplit('/').next().unwrap_or(image);
    last.split_once(':').is_some_and(|(_, tag)| tag != "latest")
}

fn object(value: &mut Value) -> Option<&mut Map<String, Value>> {
    if value.is_null() {
        *value = Value::Object(Map::new());
    }
    value.as_object_mut()
}

fn is_absent(map: &Map<String, Value>, field: &str) -> bool {
    map.get(field).is_none_or(Value::is_null)
}

fn default(map: &mut Map<String, Value>, field: &str, value: Value) {
    if is_absent(map, field) {
        map.insert(field.into(), value);
    }
}
