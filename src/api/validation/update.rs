//! Rules of a change of a Job (V13).

use super::at::At;
use super::cause::Cause;
use super::field_error::Errors;
use super::{job, meta};
use crate::api::job::{ConditionType, Job};
use crate::api::schema::internal_json;
use serde_json::{Value, json};

/// Fields of a Job's spec that are never changed, besides its selector, and the struct as which Go prints them.
const FIXED: [(&str, &str); 5] = [
    ("completionMode", ""),
    ("podFailurePolicy", "PodFailurePolicy"),
    ("backoffLimitPerIndex", ""),
    ("managedBy", ""),
    ("successPolicy", "SuccessPolicy"),
];

/// What may be changed in the pod template of a Job that is suspended.
const SCHEDULING: [&str; 3] = ["nodeSelector", "tolerations", "schedulingGates"];
const CONTAINER_LISTS: [&str; 2] = ["containers", "initContainers"];

/// When a field of an object may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutability {
    /// At any time.
    Always,
    /// Not after the object was created.
    Never,
    /// While the Job is suspended and has no active pods.
    WhileSuspended,
    /// Only together with `parallelism`, to the same number.
    WithParallelism,
    /// At any time, for Jobs that are made later.
    FutureJobs,
}

/// When a field of a Job may be changed; `path` are the names from its root, places in lists left out.
pub fn job_mutability(path: &[&str], is_indexed: bool) -> Mutability {
    match path {
        ["apiVersion" | "kind", ..] => Mutability::Never,
        ["metadata", "name" | "generateName" | "namespace", ..] => Mutability::Never,
        ["spec", "selector", ..] => Mutability::Never,
        ["spec", "completions"] if is_indexed => Mutability::WithParallelism,
        ["spec", "completions"] => Mutability::Never,
        ["spec", field, ..] if FIXED.iter().any(|(fixed, _)| fixed == field) => Mutability::Never,
        ["spec", "template"] | ["spec", "template", "spec"] => Mutability::WhileSuspended,
        ["spec", "template", rest @ ..] => template_mutability(rest),
        _ => Mutability::Always,
    }
}

fn template_mutability(path: &[&str]) -> Mutability {
    match path {
        // The metadata of a suspended Job's template is not compared at all.
        ["metadata", ..] | ["spec", "affinity"] | ["spec", "affinity", "nodeAffinity", ..] => {
            Mutability::WhileSuspended
        }
        ["spec", field, ..] if SCHEDULING.contains(field) => Mutability::WhileSuspended,
        ["spec", list, "resources", ..] if CONTAINER_LISTS.contains(list) => Mutability::WhileSuspended,
        _ => Mutability::Never,
    }
}

/// A changed Job: what every object must keep, all rules of a new one, and those of a change.
pub(super) fn job_update(old: &Job, new: &At<'_>, errors: &mut Errors) {
    let (metadata, uid) = (new.get("metadata"), old.id.to_string());
    meta::any_update(&old.meta, &uid, &metadata, errors);
    job::job(new, metadata.get("uid").text(), errors);
    meta::object_meta_update(&old.meta, &uid, &metadata, errors);
    let (before, spec) = (&old.spec.to_value(), new.get("spec"));
    job::job_spec(&spec, errors);
    completions(before, &spec, errors);
    immutable(before, &spec.get("selector"), "selector", "LabelSelector", errors);
    template(old, &before["template"], &spec, errors);
    for (field, internal) in FIXED {
        immutable(before, &spec.get(field), field, internal, errors);
    }
}

/// `internal`: the struct as which the new value is printed; none for plain JSON.
fn immutable(before: &Value, new: &At<'_>, field: &str, internal: &str, errors: &mut Errors) {
    if before[field] == *new.value {
        return;
    }
    if internal.is_empty() || !new.is_set() {
        errors.invalid_typed(new, Cause::Immutable);
    } else {
        errors.invalid_value(new, internal_json(internal, new.value), Cause::Immutable);
    }
}

/// `completions` of an Indexed Job may change together with `parallelism`, of another Job not at all.
fn completions(before: &Value, spec: &At<'_>, errors: &mut Errors) {
    let completions = spec.get("completions");
    if spec.get("completionMode").text() != "Indexed" {
        return immutable(before, &completions, "completions", "", errors);
    }
    let changed = before["completions"] != *completions.value;
    if changed && completions.is_set() && completions.value != spec.get("parallelism").value {
        errors.invalid_typed(&completions, "can only be modified in tandem with spec.parallelism");
    }
}

fn template(old: &Job, before: &Value, spec: &At<'_>, errors: &mut Errors) {
    let template = spec.get("template");
    let may_change = template_may_change(old);
    let mut allowed = before.clone();
    if may_change {
        allow_scheduling(&mut allowed, template.value);
        allow_resources(&mut allowed, template.value);
        let pod_spec = template.get("spec");
        if allowed["spec"] != *pod_spec.value {
            errors.invalid_value(&pod_spec, internal_json("PodSpec", pod_spec.value), Cause::Immutable);
        }
    } else if allowed != *template.value {
        errors.invalid_value(&template, internal_json("PodTemplateSpec", template.value), Cause::Immutable);
    }
}

/// Suspended, and nothing runs (JC-269).
fn template_may_change(job: &Job) -> bool {
    job.spec.suspend
        && (job.status.start_time.is_none() || job.status.true_condition(ConditionType::Suspended).is_some())
        && job.status.active == 0
}

/// Scheduling may change.
fn allow_scheduling(old: &mut Value, new: &Value) {
    for field in SCHEDULING {
        set(&mut old["spec"], field, &new["spec"][field]);
    }
    let (was, is) = (old["spec"]["affinity"].clone(), &new["spec"]["affinity"]);
    if was.is_null() && is.is_null() {
        return;
    }
    let mut affinity = if was.is_null() { json!({}) } else { was };
    set(&mut affinity, "nodeAffinity", &is["nodeAffinity"]);
    let is_empty = is.is_null() && affinity.as_object().is_some_and(serde_json::Map::is_empty);
    set(&mut old["spec"], "affinity", if is_empty { &Value::Null } else { &affinity });
}

/// The resources of containers may change, container by container.
fn allow_resources(old: &mut Value, new: &Value) {
    for list in CONTAINER_LISTS {
        let news = new["spec"][list].as_array().map(Vec::as_slice).unwrap_or_default();
        let Some(olds) = old["spec"].get_mut(list).and_then(Value::as_array_mut) else { continue };
        if olds.len() != news.len() {
            continue;
        }
        for (old, new) in olds.iter_mut().zip(news).filter(|(old, new)| old["name"] == new["name"]) {
            set(old, "resources", &new["resources"]);
        }
    }
}

fn set(object: &mut Value, field: &str, value: &Value) {
    let Some(fields) = object.as_object_mut() else { return };
    if value.is_null() {
        fields.remove(field);
    } else {
        fields.insert(field.to_owned(), value.clone());
    }
}
