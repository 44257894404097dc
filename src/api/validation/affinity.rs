//! Rules of affinity to nodes and other pods.

use super::at::At;
use super::cause::of_part;
use super::field_error::Errors;
use super::{names, selector};
use crate::api::words;
use serde_json::Value;

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// `spec.affinity`.
pub(super) fn affinity(at: &At<'_>, errors: &mut Errors) {
    node_affinity(&at.get("nodeAffinity"), errors);
    for pods in [at.get("podAffinity"), at.get("podAntiAffinity")] {
        pods.get(REQUIRED).items().for_each(|term| pod_term(&term, errors));
        for term in pods.get(PREFERRED).items() {
            weight(&term, errors);
            pod_term(&term.get("podAffinityTerm"), errors);
        }
    }
}

fn node_affinity(at: &At<'_>, errors: &mut Errors) {
    let required = at.get(REQUIRED);
    if required.is_set() {
        let terms = required.get("nodeSelectorTerms");
        if terms.is_empty() {
            errors.required(&terms, "must have at least one node selector term");
        }
        terms.items().for_each(|term| {
            node_term(&term, true, errors);
        });
    }
    for term in at.get(PREFERRED).items() {
        weight(&term, errors);
        node_term(&term.get("preference"), false, errors);
    }
}

fn weight(term: &At<'_>, errors: &mut Errors) {
    let weight = term.get("weight");
    if !weight.integer().is_some_and(|weight| (1..=100).contains(&weight)) {
        errors.invalid(&weight, "must be in the range 1-100");
    }
}

/// Values of preferences are not checked: they never were.
fn node_term(term: &At<'_>, checks_values: bool, errors: &mut Errors) {
    for requirement in term.get("matchExpressions").items() {
        let (key, values) = (requirement.get("key"), requirement.get("values"));
        node_operator(&requirement, &values, errors);
        errors.invalid_each(&key, names::qualified_name(key.text()));
        if checks_values {
            for value in values.items() {
                errors.invalid_each(&value, names::label_value(value.text()));
            }
        }
    }
    for requirement in term.get("matchFields").items() {
        let (key, values) = (requirement.get("key"), requirement.get("values"));
        let operator = requirement.get("operator");
        match operator.text() {
            "In" | "NotIn" if values.len() != 1 => {
                let detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
                errors.required(&values, detail);
            }
            "In" | "NotIn" => {}
            _ => errors.invalid_typed(&operator, "not a valid selector operator"),
        }
        if key.text() != "metadata.name" {
            errors.invalid(&key, "not a valid field selector key");
            continue;
        }
        for value in values.items() {
            errors.invalid_each(&value, of_part(names::dns_subdomain(value.text())));
        }
    }
}

fn node_operator(requirement: &At<'_>, values: &At<'_>, errors: &mut Errors) {
    let operator = requirement.get("operator");
    match operator.text() {
        "In" | "NotIn" if values.is_empty() => {
            errors.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            errors.forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
        "Gt" | "Lt" if values.len() != 1 => {
            errors.required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
        text if words::NODE_OPERATORS.contains(&text) => {}
        _ => errors.invalid_typed(&operator, "not a valid selector operator"),
    }
}

fn pod_term(term: &At<'_>, errors: &mut Errors) {
    selector::label_selector(&term.get("labelSelector"), errors);
    selector::label_selector(&term.get("namespaceSelector"), errors);
    for namespace in term.get("namespaces").items() {
        let shown = namespace.shown_below(term, "namespace");
        errors.invalid_each(&shown, of_part(names::dns_label(shown.text())));
    }
    label_keys(term, &term.get("matchLabelKeys"), &term.get("mismatchLabelKeys"), errors);
    let key = term.get("topologyKey");
    if key.is_empty() {
        errors.required(&key, "can not be empty");
    }
    errors.invalid_each(&key, names::qualified_name(key.text()));
}

/// Keys whose values come from the pod; `owner` has the selector that they are added to.
pub(super) fn label_keys(owner: &At<'_>, matching: &At<'_>, mismatching: &At<'_>, errors: &mut Errors) {
    let selector = owner.get("labelSelector");
    for keys in [matching, mismatching] {
        if !keys.is_empty() && !selector.is_set() {
            errors.forbidden(keys, "must not be specified when labelSelector is not set");
            continue;
        }
        for key in keys.items() {
            errors.invalid_each(&key, names::qualified_name(key.text()));
        }
    }
    let mut known: Vec<&str> = selector.get("matchLabels").entries().map(|(key, _)| key).collect();
    for expression in selector.get("matchExpressions").items() {
        let key = expression.get("key").text();
        if let Some((index, at)) = matching.items().enumerate().filter(|(_, at)| at.text() == key).last()
            && known.contains(&key)
        {
            let shown = at.shown_below(owner, &format!("[{index}]"));
            errors.invalid(&shown.with_value(&Value::from(key)), "exists in both matchLabelKeys and labelSelector");
        }
        known.push(key);
    }
    for key in matching.items() {
        if mismatching.items().any(|other| other.text() == key.text()) {
            errors.invalid(&key, "exists in both matchLabelKeys and mismatchLabelKeys");
        }
    }
}
