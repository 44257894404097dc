//! Metadata: names, labels, annotations, finalizers, owners (V8.4 … V8.9).

use super::at::At;
use super::cause::{Cause, Detail, of_part};
use super::field_error::Errors;
use super::names;
use crate::api::go_text;
use crate::api::meta::Meta;
use crate::api::schema::internal_json;
use crate::order::{self, Set};
use serde_json::Value;

const MAX_ANNOTATIONS: usize = 256 * 1024;
const STANDARD_FINALIZERS: [&str; 3] = ["kubernetes", "orphan", "foregroundDeletion"];

/// Metadata of a new object.
pub(super) fn object_meta(meta: &At<'_>, errors: &mut Errors) {
    let (generate_name, name) = (meta.get("generateName"), meta.get("name"));
    if !generate_name.is_empty() {
        errors.invalid_each(&generate_name, of_part(names::dns_subdomain_prefix(generate_name.text())));
    }
    if name.is_empty() {
        errors.required(&name, Cause::NameRequired);
    } else {
        errors.invalid_each(&name, names::dns_subdomain(name.text()));
    }
    common(meta, errors);
    meta.get("finalizers").items().for_each(|finalizer| known_finalizer(&finalizer, errors));
}

fn common(meta: &At<'_>, errors: &mut Errors) {
    let namespace = meta.get("namespace");
    if !namespace.is_empty() {
        errors.invalid_each(&namespace, names::dns_label(namespace.text()));
    }
    errors.nonnegative(&meta.get("generation"));
    labels(&meta.get("labels"), errors);
    annotations(&meta.get("annotations"), errors);
    owner_references(&meta.get("ownerReferences"), errors);
    finalizers(&meta.get("finalizers"), errors);
}

/// What is checked of every changed object, whatever its kind, before its own rules. Upstream: apiserver
/// registry/rest/update.go validateCommonFields.
pub(super) fn any_update(old: &Meta, uid: &str, meta: &At<'_>, errors: &mut Errors) {
    common(meta, errors);
    compared(old, uid, meta, errors);
}

/// Metadata of a changed object: what is checked once more.
pub(super) fn object_meta_update(old: &Meta, uid: &str, meta: &At<'_>, errors: &mut Errors) {
    compared(old, uid, meta, errors);
    for finalizer in meta.get("finalizers").items() {
        known_finalizer(&finalizer, errors);
    }
}

/// Upstream: apimachinery api/validation/objectmeta.go ValidateObjectMetaAccessorUpdate.
fn compared(old: &Meta, uid: &str, meta: &At<'_>, errors: &mut Errors) {
    let finalizers = meta.get("finalizers");
    let is_new = |name: &&str| old.finalizers.iter().all(|known| **known != **name);
    let new: Set<&str> =
        order::set(finalizers.value.as_array().into_iter().flatten().filter_map(Value::as_str).filter(is_new));
    if old.deletion.is_some() && !new.is_empty() {
        let new: Vec<String> = new.into_items().map(go_text::quoted).collect();
        let detail = "no new finalizers can be added if the object is being deleted, found new finalizers";
        errors.forbidden(&finalizers, format!("{detail} []string{{{}}}", new.join(", ")));
    }
    if meta.get("uid").text() != uid {
        errors.invalid_typed(&meta.get("uid"), Cause::Immutable);
    }
    // Of an object that is being deleted, they stay what they are, whatever is sent.
    for field in ["deletionTimestamp", "deletionGracePeriodSeconds"] {
        if old.deletion.is_none() && meta.get(field).is_set() {
            errors.invalid_typed(&meta.get(field), Cause::Immutable);
        }
    }
    labels(&meta.get("labels"), errors);
    annotations(&meta.get("annotations"), errors);
    owner_references(&meta.get("ownerReferences"), errors);
}

/// Keys and values; the map itself is named, not the entry.
pub(super) fn labels(labels: &At<'_>, errors: &mut Errors) {
    labels_by(|_| names::label_value, labels, errors);
}

/// Labels of pods, of which some are the Job's name.
pub(super) fn pod_labels(labels: &At<'_>, errors: &mut Errors) {
    let rule_of = |label: &str| match label {
        "job-name" | "batch.kubernetes.io/job-name" => names::job_name_label,
        _ => names::label_value,
    };
    labels_by(rule_of, labels, errors);
}

type Rule = fn(&str) -> Vec<Detail>;

/// `rule_of`: what the value of a label with this key must be.
fn labels_by(rule_of: fn(&str) -> Rule, labels: &At<'_>, errors: &mut Errors) {
    for (key, entry) in labels.entries() {
        let entry = entry.shown_as(labels);
        errors.invalid_each(&entry.with_value(&Value::from(key)), names::qualified_name(key));
        errors.invalid_each(&entry, rule_of(key)(entry.text()));
    }
}

/// Keys, and the size of all.
pub(super) fn annotations(annotations: &At<'_>, errors: &mut Errors) {
    let mut size = 0;
    for (key, entry) in annotations.entries() {
        let entry = entry.shown_as(annotations);
        size += key.len() + entry.text().len();
        errors.invalid_each(&entry.with_value(&Value::from(key)), names::qualified_name(&key.to_lowercase()));
    }
    if size > MAX_ANNOTATIONS {
        errors.too_long(annotations, MAX_ANNOTATIONS);
    }
}

fn finalizers(list: &At<'_>, errors: &mut Errors) {
    for finalizer in list.items() {
        errors.invalid_each(&finalizer.clone().shown_as(list), names::qualified_name(finalizer.text()));
    }
    let has = |name: &str| list.items().any(|finalizer| finalizer.text() == name);
    if has("orphan") && has("foregroundDeletion") {
        errors.invalid(list, "finalizer orphan and foregroundDeletion cannot be both set");
    }
}

fn known_finalizer(finalizer: &At<'_>, errors: &mut Errors) {
    let name = finalizer.text();
    if !name.contains('/') && !STANDARD_FINALIZERS.contains(&name) {
        errors.invalid(finalizer, "name is neither a standard finalizer name nor is it fully qualified");
    }
}

fn owner_references(list: &At<'_>, errors: &mut Errors) {
    let mut controller: Option<String> = None;
    // The list is named, not the owner in it.
    for owner in list.items().map(|owner| owner.shown_as(list)) {
        let version = owner.get("apiVersion");
        let parts: Vec<&str> = version.text().split('/').collect();
        if parts.len() > 2 || parts.last().is_none_or(|version| version.is_empty()) {
            errors.invalid(&version.clone().or_empty(), "version must not be empty");
        }
        for field in ["kind", "name", "uid"] {
            let at = owner.get(field);
            if at.is_empty() {
                errors.invalid(&at.or_empty(), "must not be empty");
            }
        }
        if (version.text(), owner.get("kind").text()) == ("v1", "Event") {
            let detail = "/v1, Kind=Event is disallowed from being an owner";
            errors.invalid_value(&owner, internal_json("OwnerReference", owner.value), detail);
        }
        if owner.get("controller").is_true() {
            let this = format!("{}/{}", owner.get("kind").text(), owner.get("name").text());
            match &controller {
                Some(first) => errors.invalid_value(
                    list,
                    format!(
                        "[{}]",
                        list.items()
                            .map(|owner| internal_json("OwnerReference", owner.value))
                            .collect::<Vec<_>>()
                            .join(",")
                    ),
                    format!(
                        "Only one reference can have Controller set to true. Found \"true\" in references for {first} \
                         and {this}"
                    ),
                ),
                None => controller = Some(this),
            }
        }
    }
}
