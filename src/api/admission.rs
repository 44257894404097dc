//! From a manifest to a stored object, as a request goes through the API server: defaults, generated selector and
//! labels, validation (spec V1.1 d … j, V5, V6).

use super::cron_job::{CronJob, CronJobSpec, CronJobStatus};
use super::job::{Job, JobSpec, JobStatus};
use super::meta::{CronJobId, JobId, Meta, Name};
use super::template::labels;
use super::validation::FieldError;
use super::{defaulting, validation};
use crate::time::Time;
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// An answer other than yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The whole message.
    pub message: String,
    /// What is wrong, in order.
    pub causes: Vec<FieldError>,
}

/// Admits a new Job.
///
/// # Errors
/// [`Refusal`], in the API server's words.
pub fn create_job(manifest: &Value, id: JobId, now: Time) -> Result<Job, Refusal> {
    let mut value = manifest.clone();
    defaulting::job(&mut value);
    generate_selector(&mut value, id);
    // Defaulting runs again when the object is read back: a Job without labels shows the generated ones (spec V5.6).
    defaulting::job(&mut value);
    accept("Job", &value, validation::job(&value))?;
    let spec = job_spec(&value)?;
    let meta = new_meta(&value["metadata"], now);
    Ok(Job { id, meta, spec: Rc::new(spec), status: JobStatus::default() })
}

/// Admits a strategic merge patch of a Job's spec and metadata.
///
/// # Errors
/// [`Refusal`], in the API server's words.
pub fn patch_job(old: &Job, patch: &Value) -> Result<Job, Refusal> {
    let mut value = json!({ "metadata": metadata(&old.meta), "spec": *old.spec.value });
    merge(&mut value, patch);
    defaulting::job(&mut value);
    accept("Job", &value, validation::job_update(old, &value))?;
    let mut job = old.clone();
    update_meta(&mut job.meta, &value["metadata"]);
    if value["spec"] != *old.spec.value {
        job.spec = Rc::new(job_spec(&value)?);
        job.meta.generation += 1;
    }
    Ok(job)
}

/// Admits a new CronJob.
///
/// # Errors
/// [`Refusal`], in the API server's words.
pub fn create_cron_job(manifest: &Value, id: CronJobId, now: Time) -> Result<CronJob, Refusal> {
    let mut value = manifest.clone();
    defaulting::cron_job(&mut value);
    let spec = cron_job_spec(&value)?;
    let meta = new_meta(&value["metadata"], now);
    Ok(CronJob { id, meta, spec: Rc::new(spec), status: CronJobStatus::default() })
}

/// Admits a strategic merge patch of a CronJob's spec and metadata.
///
/// # Errors
/// [`Refusal`], in the API server's words.
pub fn patch_cron_job(old: &CronJob, patch: &Value) -> Result<CronJob, Refusal> {
    let mut value = json!({ "metadata": metadata(&old.meta), "spec": *old.spec.value });
    merge(&mut value, patch);
    defaulting::cron_job(&mut value);
    let mut cron_job = old.clone();
    update_meta(&mut cron_job.meta, &value["metadata"]);
    if value["spec"] != *old.spec.value {
        cron_job.spec = Rc::new(cron_job_spec(&value)?);
        cron_job.meta.generation += 1;
    }
    Ok(cron_job)
}

fn accept(kind: &str, value: &Value, causes: Vec<FieldError>) -> Result<(), Refusal> {
    if causes.is_empty() {
        return Ok(());
    }
    let mut texts: Vec<String> = Vec::new();
    for cause in &causes {
        let text = format!("{}: {}", cause.field, cause.message);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let all = if texts.len() == 1 { texts.remove(0) } else { format!("[{}]", texts.join(", ")) };
    let name = value["metadata"]["name"].as_str().unwrap_or_default();
    Err(Refusal { message: format!("{kind}.batch \"{name}\" is invalid: {all}"), causes })
}

fn job_spec(value: &Value) -> Result<JobSpec, Refusal> {
    JobSpec::from_value(Rc::new(value["spec"].clone())).map_err(|error| unreadable("Job", &error))
}

fn cron_job_spec(value: &Value) -> Result<CronJobSpec, Refusal> {
    CronJobSpec::from_value(Rc::new(value["spec"].clone())).map_err(|error| unreadable("CronJob", &error))
}

fn unreadable(kind: &str, error: &serde_json::Error) -> Refusal {
    let message = format!("{kind} in version \"v1\" cannot be handled as a {kind}: {error}");
    Refusal { message, causes: Vec::new() }
}

/// Adds the labels by which a Job knows its pods, and the selector for them (spec V6).
fn generate_selector(job: &mut Value, id: JobId) {
    if job["spec"]["manualSelector"] == true {
        return;
    }
    let (uid, name) = (json!(id.to_string()), job["metadata"]["name"].clone());
    let template = &mut job["spec"]["template"];
    if template["metadata"].is_null() {
        template["metadata"] = json!({});
    }
    if template["metadata"]["labels"].is_null() {
        template["metadata"]["labels"] = json!({});
    }
    if let Some(labels) = template["metadata"]["labels"].as_object_mut() {
        for (key, value) in [
            ("job-name", &name),
            ("batch.kubernetes.io/job-name", &name),
            ("controller-uid", &uid),
            ("batch.kubernetes.io/controller-uid", &uid),
        ] {
            labels.entry(key).or_insert_with(|| value.clone());
        }
    }
    let selector = &mut job["spec"]["selector"];
    if selector.is_null() {
        *selector = json!({});
    }
    if selector["matchLabels"].is_null() {
        selector["matchLabels"] = json!({});
    }
    if let Some(labels) = selector["matchLabels"].as_object_mut() {
        labels.entry("batch.kubernetes.io/controller-uid").or_insert(uid);
    }
}

fn new_meta(metadata: &Value, now: Time) -> Meta {
    let text = |field: &str| metadata[field].as_str();
    Meta {
        namespace: text("namespace").unwrap_or("default").into(),
        name: text("name").unwrap_or_default().into(),
        labels: Rc::new(labels(&metadata["labels"])),
        annotations: Rc::new(labels(&metadata["annotations"])),
        finalizers: finalizers(metadata),
        generation: 1,
        created: now.truncated(),
        deletion: None,
        owner: None,
    }
}

fn finalizers(metadata: &Value) -> Vec<Name> {
    metadata["finalizers"].as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.into())).collect()
}

/// The part of the metadata that a user may change, as a value.
pub fn metadata(meta: &Meta) -> Value {
    let map = |labels: &super::Labels| -> Map<String, Value> {
        labels.iter().map(|(key, value)| (key.to_string(), json!(&**value))).collect()
    };
    let mut value = json!({ "name": &*meta.name, "namespace": &*meta.namespace });
    if !meta.labels.is_empty() {
        value["labels"] = Value::Object(map(&meta.labels));
    }
    if !meta.annotations.is_empty() {
        value["annotations"] = Value::Object(map(&meta.annotations));
    }
    if !meta.finalizers.is_empty() {
        value["finalizers"] = meta.finalizers.iter().map(|name| json!(&**name)).collect();
    }
    value
}

fn update_meta(meta: &mut Meta, value: &Value) {
    let (new_labels, new_annotations) = (labels(&value["labels"]), labels(&value["annotations"]));
    if *meta.labels != new_labels {
        meta.labels = Rc::new(new_labels);
    }
    if *meta.annotations != new_annotations {
        meta.annotations = Rc::new(new_annotations);
    }
    meta.finalizers = finalizers(value);
}

/// Lists of a pod spec that a strategic merge patch merges by a key; all other lists are replaced.
const MERGE_KEYS: [(&str, &str); 8] = [
    ("containers", "name"),
    ("initContainers", "name"),
    ("env", "name"),
    ("volumes", "name"),
    ("volumeMounts", "mountPath"),
    ("ports", "containerPort"),
    ("imagePullSecrets", "name"),
    ("hostAliases", "ip"),
];

/// Strategic merge patch: maps are merged, `null` removes, lists are replaced or merged by their key.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(fields) = target else { return };
    for (name, change) in changes {
        if change.is_null() {
            fields.remove(name);
            continue;
        }
        let key = MERGE_KEYS.iter().find(|(list, _)| list == name).map(|(_, key)| *key);
        let field = fields.entry(name.clone()).or_insert(Value::Null);
        match (key, field.as_array_mut(), change.as_array()) {
            (Some(key), Some(items), Some(changes)) => merge_list(items, changes, key),
            _ => merge(field, change),
        }
    }
}

fn merge_list(items: &mut Vec<Value>, changes: &[Value], key: &str) {
    for change in changes {
        match items.iter_mut().find(|item| item[key] == change[key]) {
            Some(item) => merge(item, change),
            None => items.push(change.clone()),
        }
    }
}
