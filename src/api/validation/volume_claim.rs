//! Rules of the claim that an ephemeral volume makes.

use super::at::At;
use super::cause::of_part;
use super::field_error::Errors;
use super::values::one_of_if_set;
use super::{meta, names, selector};
use crate::api::go_text;
use crate::api::quantity::Quantity;
use crate::api::words;

/// Metadata that a template may not have, and what its refusal calls it: Go's name with a small first letter.
const FORBIDDEN_METADATA: [(&str, &str); 13] = [
    ("name", "name"),
    ("generateName", "generateName"),
    ("namespace", "namespace"),
    ("selfLink", "selfLink"),
    ("uid", "uID"),
    ("resourceVersion", "resourceVersion"),
    ("generation", "generation"),
    ("creationTimestamp", "creationTimestamp"),
    ("deletionTimestamp", "deletionTimestamp"),
    ("deletionGracePeriodSeconds", "deletionGracePeriodSeconds"),
    ("ownerReferences", "ownerReferences"),
    ("finalizers", "finalizers"),
    ("managedFields", "managedFields"),
];

/// `ephemeral`.
pub(super) fn ephemeral(at: &At<'_>, errors: &mut Errors) {
    let template = at.get("volumeClaimTemplate");
    if !template.is_set() {
        return errors.required(&template, "");
    }
    let metadata = template.get("metadata");
    meta::annotations(&metadata.get("annotations"), errors);
    meta::labels(&metadata.get("labels"), errors);
    for (field, called) in FORBIDDEN_METADATA {
        let at = metadata.get(field);
        if at.is_set() {
            errors.forbidden(&at.shown_below(&metadata, called), "cannot be set");
        }
    }
    claim_spec(&template.get("spec"), errors);
}

fn claim_spec(spec: &At<'_>, errors: &mut Errors) {
    let modes = spec.get("accessModes");
    if modes.is_empty() {
        errors.required(&modes, "at least 1 access mode is required");
    }
    selector::label_selector(&spec.get("selector"), errors);
    for mode in modes.items() {
        one_of_if_set(&mode.shown_as(&modes), words::ACCESS_MODES, errors);
    }
    let has = |wanted: &dyn Fn(&str) -> bool| modes.items().any(|mode| wanted(mode.text()));
    if has(&|mode| mode == "ReadWriteOncePod")
        && has(&|mode| mode != "ReadWriteOncePod" && words::ACCESS_MODES.contains(&mode))
    {
        errors.forbidden(&modes, "may not use ReadWriteOncePod with other access modes");
    }
    let resources = spec.get("resources");
    let storage = resources.get("requests").entry("storage").shown_as(&resources.entry("storage"));
    match Quantity::parse(storage.text()) {
        _ if !storage.is_set() => errors.required(&storage, ""),
        Ok(quantity) if quantity.is_negative() || quantity.is_zero() => {
            errors.invalid(&storage, "must be greater than zero");
        }
        _ => {}
    }
    for field in ["storageClassName", "volumeAttributesClassName"] {
        let class = spec.get(field);
        if field == "volumeAttributesClassName" {
            one_of_if_set(&spec.get("volumeMode"), words::VOLUME_MODES, errors);
            data_sources(spec, errors);
        }
        if !class.is_empty() {
            errors.invalid_each(&class, names::dns_subdomain(class.text()));
        }
    }
}

fn data_sources(spec: &At<'_>, errors: &mut Errors) {
    let (source, reference) = (spec.get("dataSource"), spec.get("dataSourceRef"));
    for at in [&source, &reference] {
        if at.is_set() {
            data_source(at, errors);
        }
    }
    if !source.is_set() || !reference.is_set() {
        return;
    }
    let same = ["apiGroup", "kind", "name"].iter().all(|field| source.get(field).value == reference.get(field).value);
    let detail = if !reference.get("namespace").is_empty() {
        "may not be specified when dataSourceRef.namespace is specified"
    } else if !same {
        "must match dataSourceRef"
    } else {
        return;
    };
    // Upstream gives the path where the value belongs; a path prints as an empty JSON object.
    errors.invalid_value(&source.shown_as(spec), "{}".to_owned(), detail);
}

fn data_source(at: &At<'_>, errors: &mut Errors) {
    let (kind, group, namespace) = (at.get("kind"), at.get("apiGroup"), at.get("namespace"));
    for field in ["name", "kind"] {
        if at.get(field).is_empty() {
            errors.required(&at.get(field), "");
        }
    }
    if group.is_empty() && kind.text() != "PersistentVolumeClaim" {
        let detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
        errors.invalid_value(at, go_text::quoted(kind.text()), detail);
    }
    if !group.is_empty() {
        errors.invalid_each(&group, of_part(names::dns_subdomain(group.text())));
    }
    if !namespace.is_empty() {
        errors.invalid_each(&namespace, names::dns_label(namespace.text()));
    }
}
