//! A change of an existing object, as a request goes through the API server (V1.4, V13).

use super::patch::FieldValidation;
use super::{
    Refusal, Status, accept, cron_job_spec, drop_disabled_fields, finalizers, job_spec, metadata, owners, patch,
};
use crate::api::cron_job::CronJob;
use crate::api::job::Job;
use crate::api::meta::Meta;
use crate::api::schema::StructId;
use crate::api::template::labels;
use crate::api::validation::Warning;
use crate::api::{defaulting, go_text, validation};
use serde_json::{Value, json};
use std::rc::Rc;

/// A change that the API server accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed<T> {
    /// The object as it is stored now.
    pub object: T,
    /// What was asked for, with every default.
    value: Value,
    /// Whether the spec is another one.
    is_new: bool,
    /// About fields that do not exist.
    unknown: Vec<Warning>,
}

impl Changed<Job> {
    /// What the API server warns of, in order. Who only wants the change does not ask for it.
    pub fn warnings(&self) -> Vec<Warning> {
        let about_spec = if self.is_new { validation::job_update_warnings(&self.value) } else { Vec::new() };
        [&*self.unknown, &*about_spec].concat()
    }
}

impl Changed<CronJob> {
    /// What the API server warns of, in order.
    pub fn warnings(&self) -> Vec<Warning> {
        [&*self.unknown, &*validation::cron_job_update_warnings(&self.value, self.is_new)].concat()
    }
}

/// Admits a strategic merge patch of a Job's spec and metadata.
///
/// # Errors
/// [`Refusal`], in the API server's words.
pub fn patch_job(old: &Job, patch: &Value, validation: FieldValidation) -> Result<Changed<Job>, Refusal> {
    let spec = old.spec.to_value();
    let stored = stored(&old.meta, &old.id.to_string(), &spec);
    let (mut value, unknown) = patch::apply(StructId::named("Job"), stored, patch, validation)?;
    same_object("jobs", &old.meta, &old.id.to_string(), &mut value["metadata"])?;
    defaulting::job(&mut value);
    drop_disabled_fields(&mut value["spec"]["template"]["spec"]);
    accept("Job", &value, validation::job_update(old, &value))?;
    let mut job = old.clone();
    update_meta(&mut job.meta, &value["metadata"]);
    let is_new = value["spec"] != spec;
    if is_new {
        job.spec = Rc::new(job_spec(value["spec"].clone())?);
        job.meta.generation += 1;
    }
    Ok(Changed { object: job, value, is_new, unknown })
}

/// Admits a strategic merge patch of a CronJob's spec and metadata.
///
/// # Errors
/// [`Refusal`], in the API server's words.
pub fn patch_cron_job(old: &CronJob, patch: &Value, validation: FieldValidation) -> Result<Changed<CronJob>, Refusal> {
    let stored = stored(&old.meta, &old.id.to_string(), &old.spec.value);
    let (mut value, unknown) = patch::apply(StructId::named("CronJob"), stored, patch, validation)?;
    same_object("cronjobs", &old.meta, &old.id.to_string(), &mut value["metadata"])?;
    defaulting::cron_job(&mut value);
    drop_disabled_fields(&mut value["spec"]["jobTemplate"]["spec"]["template"]["spec"]);
    accept("CronJob", &value, validation::cron_job_update(old, &value))?;
    let mut cron_job = old.clone();
    update_meta(&mut cron_job.meta, &value["metadata"]);
    let is_new = value["spec"] != *old.spec.value;
    if is_new {
        cron_job.spec = Rc::new(cron_job_spec(value["spec"].clone())?);
        cron_job.meta.generation += 1;
    }
    Ok(Changed { object: cron_job, value, is_new, unknown })
}

fn stored(meta: &Meta, uid: &str, spec: &Value) -> Value {
    let mut metadata = metadata(meta);
    metadata["uid"] = json!(uid);
    json!({ "metadata": metadata, "spec": spec })
}

/// A request is about the object of its URL, and if it names a version, about the latest. A patch here cannot know
/// that version, so any number but 0 is another one (V4.13, V13.7). Its generation is never read, and a missing UID
/// is taken for the right one.
fn same_object(resource: &str, old: &Meta, uid: &str, metadata: &mut Value) -> Result<(), Refusal> {
    if let Some(fields) = metadata.as_object_mut() {
        fields.remove("generation");
        fields.entry("uid").or_insert_with(|| json!(uid));
    }
    let text = |field: &str| metadata[field].as_str().unwrap_or_default();
    let bad = |message: String| Err(Refusal::other(Status::BadRequest, message));
    let namespace = text("namespace");
    if !namespace.is_empty() && *namespace != *old.namespace {
        return bad("the namespace of the provided object does not match the namespace sent on the request".to_owned());
    }
    let (name, given) = (&old.name, text("name"));
    if given.is_empty() {
        return bad(format!("the name of the object ({name} based on URL) was undeterminable: name must be provided"));
    }
    if *given != **name {
        return bad(format!("the name of the object ({given}) does not match the name on the URL ({name})"));
    }
    match text("resourceVersion") {
        "" => Ok(()),
        version => other_version(resource, name, version),
    }
}

fn other_version(resource: &str, name: &str, version: &str) -> Result<(), Refusal> {
    let not_a_version = |why: &str| {
        let version = go_text::quoted(version);
        Err(Refusal::internal(format!("strconv.ParseUint: parsing {version}: {why}")))
    };
    if !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return not_a_version("invalid syntax");
    }
    match version.parse::<u64>() {
        Ok(0) => Ok(()),
        Ok(_) => {
            let message = format!(
                "Operation cannot be fulfilled on {resource}.batch \"{name}\": the object has been modified; please apply \
                 your changes to the latest version and try again"
            );
            Err(Refusal::other(Status::Conflict, message))
        }
        Err(_) => not_a_version("value out of range"),
    }
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
    let new_owners = owners(value);
    if meta.owners != new_owners {
        meta.owners = new_owners;
    }
}
