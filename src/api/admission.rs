//! From a manifest to a stored object, as a request goes through the API server: strict decoding, defaults, generated
//! selector and labels, validation (V1.1 d … j, V4 … V6, V13).

mod change;
mod patch;

pub use change::{Changed, patch_cron_job, patch_job};
pub use patch::{FieldValidation, unknown_field, unknown_fields};

use super::cron_job::{CronJob, CronJobSpec, CronJobStatus};
use super::job::{Job, JobSpec, JobStatus};
use super::meta::{CronJobId, JobId, Meta, Name, OwnerReference, labels_value};
use super::schema::{DecodeError, StructId, decode, drop_empty};
use super::template::labels;
use super::validation::{Cause, FieldError, FieldErrorKind, Warning, join};
use super::{FieldPath, defaulting, go_text, validation};
use crate::chance;
use crate::time::Time;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// With which status of HTTP.
    pub status: Status,
    /// The API server's whole message. For output only.
    pub message: Rc<str>,
    /// What is wrong with which field, in order: `details.causes`. Empty if it could not be decoded.
    pub errors: Vec<FieldError>,
    /// Why it could not be decoded.
    pub decode_error: Option<DecodeError>,
}

impl Refusal {
    /// Whether it changes the pod template of an object that exists, of which the message prints all.
    pub fn is_about_template(&self) -> bool {
        let is_template =
            |error: &FieldError| matches!(error.cause, Cause::Immutable) && error.field.ends_with("template");
        self.errors.iter().any(is_template)
    }
}

/// Statuses of a refused request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// HTTP 400: it cannot be read, or is about another object.
    BadRequest,
    /// HTTP 409: it is about an older version of the object.
    Conflict,
    /// HTTP 409: there is an object of this name.
    AlreadyExists,
    /// HTTP 422: the object would break a rule.
    Invalid,
    /// HTTP 422: no object can be made of the request.
    InvalidRequest,
    /// HTTP 500: the API server does not know what to say.
    Internal,
}

impl Status {
    /// `reason` of the API's answer. Empty for what has none.
    pub fn reason(self) -> &'static str {
        match self {
            Status::BadRequest => "BadRequest",
            Status::Conflict => "Conflict",
            Status::AlreadyExists => "AlreadyExists",
            Status::Invalid | Status::InvalidRequest => "Invalid",
            Status::Internal => "",
        }
    }
}

impl Refusal {
    fn other(status: Status, message: String) -> Refusal {
        Refusal { status, message: message.into(), errors: Vec::new(), decode_error: None }
    }

    /// There is an object of this name. `resource`: `jobs`, `cronjobs`.
    pub(crate) fn already_exists(resource: &str, name: &str) -> Refusal {
        Refusal::other(Status::AlreadyExists, format!("{resource}.batch \"{name}\" already exists"))
    }

    /// The first field that is wrong; the root if it is not about a field.
    pub fn path(&self) -> FieldPath {
        self.errors.first().map_or_else(FieldPath::default, |error| error.path.clone())
    }

    fn internal(message: String) -> Refusal {
        Refusal::other(Status::Internal, message)
    }

    /// No object comes of a patch; `patch` as Go prints it (V4.12). The message leaves out ` "" is invalid: `, with which
    /// the API server's begins, and which kubectl does not print.
    fn of_patch(patch: &str, why: String) -> Refusal {
        let error = FieldError {
            field: "patch".to_owned(),
            path: FieldPath::default(),
            kind: FieldErrorKind::Invalid,
            cause: Cause::Invalid,
            bad_value: Some(go_text::quoted(patch)),
            detail: why.into(),
        };
        let message = error.to_string().into();
        Refusal { status: Status::InvalidRequest, message, errors: vec![error], decode_error: None }
    }
}

/// A new object that the API server accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// With every default, as it is stored: `metadata` and `spec`.
    pub value: Value,
    /// In order.
    pub warnings: Vec<Warning>,
}

/// What the API server makes of the manifest of a new Job, which gets this UID.
///
/// # Errors
/// [`Refusal`], in the API server's words.
pub fn admit_job(manifest: &Value, uid: &str) -> Result<Admitted, Refusal> {
    let value = stored_job(manifest, uid)?;
    let warnings = validation::job_warnings(&value);
    Ok(Admitted { value, warnings })
}

/// What the API server makes of the manifest of a new CronJob, which gets this UID.
///
/// # Errors
/// [`Refusal`], in the API server's words.
pub fn admit_cron_job(manifest: &Value, uid: &str) -> Result<Admitted, Refusal> {
    let value = stored_cron_job(manifest, uid)?;
    let warnings = validation::cron_job_warnings(&value);
    Ok(Admitted { value, warnings })
}

fn stored_job(manifest: &Value, uid: &str) -> Result<Value, Refusal> {
    let mut value = decode_strictly("Job", manifest)?;
    let has_template_labels = manifest.pointer("/spec/template/metadata/labels").is_some_and(Value::is_object);
    let has_labels = value["metadata"]["labels"].is_object();
    prepare(&mut value, uid);
    defaulting::job(&mut value);
    drop_disabled_fields(&mut value["spec"]["template"]["spec"]);
    generate_selector(&mut value, uid);
    if has_template_labels && !has_labels {
        // In Go the Job's labels are now the same map as its template's, generated ones included (V5.6).
        value["metadata"]["labels"] = value["spec"]["template"]["metadata"]["labels"].clone();
    }
    accept("Job", &value, validation::job(&value, uid))?;
    drop_empty(StructId::named("Job"), &mut value);
    // Defaulting runs again when the object is read back: a Job without labels shows the generated ones.
    defaulting::job_labels(&mut value);
    Ok(value)
}

fn stored_cron_job(manifest: &Value, uid: &str) -> Result<Value, Refusal> {
    let mut value = decode_strictly("CronJob", manifest)?;
    prepare(&mut value, uid);
    defaulting::cron_job(&mut value);
    drop_disabled_fields(&mut value["spec"]["jobTemplate"]["spec"]["template"]["spec"]);
    accept("CronJob", &value, validation::cron_job(&value))?;
    drop_empty(StructId::named("CronJob"), &mut value);
    Ok(value)
}

/// Admits a new Job.
///
/// # Errors
/// [`Refusal`], in the API server's words.
pub fn create_job(manifest: &Value, id: JobId, now: Time) -> Result<Job, Refusal> {
    let mut value = stored_job(manifest, &id.to_string())?;
    let spec = job_spec(value["spec"].take())?;
    let meta = new_meta(&value["metadata"], now);
    Ok(Job { id, meta, spec: Rc::new(spec), status: JobStatus::default() })
}

/// Admits a new CronJob.
///
/// # Errors
/// [`Refusal`], in the API server's words.
pub fn create_cron_job(manifest: &Value, id: CronJobId, now: Time) -> Result<CronJob, Refusal> {
    let mut value = stored_cron_job(manifest, &id.to_string())?;
    let spec = cron_job_spec(value["spec"].take())?;
    let meta = new_meta(&value["metadata"], now);
    Ok(CronJob { id, meta, spec: Rc::new(spec), status: CronJobStatus::default() })
}

fn decode_strictly(kind: &str, manifest: &Value) -> Result<Value, Refusal> {
    let decoded = decode(StructId::named(kind), manifest).and_then(|decoded| decoded.strict());
    decoded.map_err(|error| {
        let message = format!("{kind} in version \"v1\" cannot be handled as a {kind}: {error}");
        Refusal { decode_error: Some(error), ..Refusal::other(Status::BadRequest, message) }
    })
}

/// Metadata that only the server writes.
const OF_THE_SERVER: [&str; 6] =
    ["uid", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields"];

/// What a new object gets before anything else: no status, nothing in its metadata that is the server's, a namespace,
/// and a name if it asks for one (V5.8, V5.9).
fn prepare(value: &mut Value, uid: &str) {
    if let Some(fields) = value.as_object_mut() {
        fields.remove("status");
    }
    let metadata = &mut value["metadata"];
    if let Some(fields) = metadata.as_object_mut() {
        fields.retain(|field, _| !OF_THE_SERVER.contains(&field.as_str()));
    }
    if metadata["namespace"].is_null() {
        metadata["namespace"] = json!("default");
    }
    if let Some(base) = metadata["generateName"].as_str().filter(|_| metadata["name"].is_null()) {
        let base: String = base.chars().take(58).collect();
        let suffix = chance::suffix(0, &[chance::of_text(uid)]);
        metadata["name"] = Value::String(base + &suffix.map(char::from).iter().collect::<String>());
    }
}

/// Fields behind feature gates that are off in 1.36: accepted, and gone.
fn drop_disabled_fields(pod_spec: &mut Value) {
    let remove = |value: &mut Value, field: &str| value.as_object_mut().and_then(|fields| fields.remove(field));
    remove(pod_spec, "schedulingGroup");
    for list in ["containers", "initContainers", "ephemeralContainers"] {
        for container in pod_spec.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(lifecycle) = container.get_mut("lifecycle") else { continue };
            let had_signal = remove(lifecycle, "stopSignal").is_some();
            if had_signal && lifecycle.as_object().is_some_and(Map::is_empty) {
                remove(container, "lifecycle");
            }
        }
    }
    for volume in pod_spec.get_mut("volumes").and_then(Value::as_array_mut).into_iter().flatten() {
        let sources = volume.get_mut("projected").and_then(|projected| projected.get_mut("sources"));
        for source in sources.and_then(Value::as_array_mut).into_iter().flatten() {
            remove(source, "clusterTrustBundle");
            remove(source, "podCertificate");
        }
    }
}

fn accept(kind: &str, value: &Value, errors: Vec<FieldError>) -> Result<(), Refusal> {
    let Some(all) = join(errors.iter().map(FieldError::to_string)) else { return Ok(()) };
    let name = value["metadata"]["name"].as_str().unwrap_or_default();
    let message = format!("{kind}.batch {} is invalid: {all}", go_text::quoted(name));
    Err(Refusal { status: Status::Invalid, message: message.into(), errors, decode_error: None })
}

fn job_spec(value: Value) -> Result<JobSpec, Refusal> {
    JobSpec::from_value(value).map_err(|error| unreadable("Job", &error))
}

fn cron_job_spec(value: Value) -> Result<CronJobSpec, Refusal> {
    CronJobSpec::from_value(Rc::new(value)).map_err(|error| unreadable("CronJob", &error))
}

/// For a value that validation accepts and the typed view cannot read: none is known.
fn unreadable(kind: &str, error: &serde_json::Error) -> Refusal {
    Refusal::other(Status::BadRequest, format!("{kind} in version \"v1\" cannot be handled as a {kind}: {error}"))
}

/// Adds the labels by which a Job knows its pods, and the selector for them (V6).
fn generate_selector(job: &mut Value, uid: &str) {
    if job["spec"]["manualSelector"] == true {
        return;
    }
    let (uid, name) = (json!(uid), job["metadata"]["name"].as_str().unwrap_or_default().into());
    let template = &mut job["spec"]["template"];
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
            labels.entry(key).or_insert_with(|| Value::clone(value));
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
        owners: owners(metadata),
    }
}

/// ownerReferences of an accepted object.
pub(crate) fn owners(metadata: &Value) -> Rc<[OwnerReference]> {
    let references = metadata["ownerReferences"].as_array().into_iter().flatten();
    references.filter_map(|reference| OwnerReference::deserialize(reference).ok()).collect()
}

fn finalizers(metadata: &Value) -> Vec<Name> {
    metadata["finalizers"].as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.into())).collect()
}

/// The part of the metadata that a user may change, as a value.
pub fn metadata(meta: &Meta) -> Value {
    let mut value = json!({ "name": &*meta.name, "namespace": &*meta.namespace });
    if !meta.labels.is_empty() {
        value["labels"] = Value::Object(labels_value(&meta.labels));
    }
    if !meta.annotations.is_empty() {
        value["annotations"] = Value::Object(labels_value(&meta.annotations));
    }
    if !meta.finalizers.is_empty() {
        value["finalizers"] = meta.finalizers.iter().map(|name| json!(&**name)).collect();
    }
    if !meta.owners.is_empty() {
        value["ownerReferences"] = meta.owners.iter().map(|owner| json!(owner)).collect();
    }
    value
}
