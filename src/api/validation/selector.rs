//! Label selectors: their syntax (V12.6), and what they match.

use super::at::At;
use super::field_error::Errors;
use super::{meta, names};
use crate::api::words;
use serde_json::Value;

/// Syntax of a selector; an absent one is fine.
pub(super) fn label_selector(selector: &At<'_>, errors: &mut Errors) {
    meta::labels(&selector.get("matchLabels"), errors);
    for requirement in selector.get("matchExpressions").items() {
        let (operator, values) = (requirement.get("operator"), requirement.get("values"));
        match operator.text() {
            "In" | "NotIn" if values.is_empty() => {
                errors.required(&values, "must be specified when `operator` is 'In' or 'NotIn'");
            }
            "Exists" | "DoesNotExist" if !values.is_empty() => {
                errors.forbidden(&values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
            }
            text if words::SELECTOR_OPERATORS.contains(&text) => {}
            _ => errors.invalid_typed(&operator, "not a valid selector operator"),
        }
        let key = requirement.get("key");
        errors.invalid_each(&key, names::qualified_name(key.text()));
        for value in values.items() {
            errors.invalid_each(&value, names::label_value(value.text()));
        }
    }
}

/// Whether a selector matches labels; `None` if its syntax is wrong. An absent one matches nothing, an empty one all.
pub(super) fn matches(selector: &At<'_>, labels: &Value) -> Option<bool> {
    if !selector.is_set() {
        return Some(false);
    }
    let mut syntax = Errors::default();
    label_selector(selector, &mut syntax);
    if syntax.count() > 0 {
        return None;
    }
    let all_labels = selector.get("matchLabels").entries().all(|(key, value)| labels.get(key) == Some(value.value));
    let all_expressions = selector.get("matchExpressions").items().all(|requirement| {
        let label = labels.get(requirement.get("key").text());
        let is_listed = || label.is_some_and(|label| requirement.get("values").items().any(|at| at.value == label));
        match requirement.get("operator").text() {
            "In" => is_listed(),
            "NotIn" => !is_listed(),
            "Exists" => label.is_some(),
            _ => label.is_none(),
        }
    });
    Some(all_labels && all_expressions)
}
