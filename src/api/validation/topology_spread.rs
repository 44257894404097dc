//! Rules of topology spread constraints.

use super::at::At;
use super::field_error::Errors;
use super::values::one_of_if_set;
use super::{affinity, selector};
use crate::api::words;
use crate::order::{self, Map};

/// `spec.topologySpreadConstraints`.
pub(super) fn constraints(list: &At<'_>, errors: &mut Errors) {
    let both = |constraint: &At<'_>| {
        let text = |field| constraint.get(field).text().to_owned();
        (text("topologyKey"), text("whenUnsatisfiable"))
    };
    let last: Map<_, usize> = order::collect(list.items().enumerate().map(|(index, at)| (both(&at), index)));
    for (index, constraint) in list.items().enumerate() {
        let (skew, key) = (constraint.get("maxSkew"), constraint.get("topologyKey"));
        let action = constraint.get("whenUnsatisfiable");
        positive(&skew, errors);
        if key.is_empty() {
            errors.required(&key, "can not be empty");
        }
        if !words::SPREAD_ACTIONS.contains(&action.text()) {
            errors.unsupported(&action, words::SPREAD_ACTIONS);
        }
        let comes_again = last.get(&both(&constraint)).is_some_and(|last| *last > index);
        if comes_again {
            let both = constraint.clone().shown_below(&constraint, "{topologyKey, whenUnsatisfiable}");
            errors.duplicate_value(&both, &format!("{{{}, {}}}", key.text(), action.text()));
        }
        let domains = constraint.get("minDomains");
        if domains.is_set() {
            positive(&domains, errors);
            if action.text() != "DoNotSchedule" {
                let action = action.text();
                let detail = format!("can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {action}");
                errors.invalid(&domains, detail);
            }
        }
        one_of_if_set(&constraint.get("nodeAffinityPolicy"), words::INCLUSION_POLICIES, errors);
        one_of_if_set(&constraint.get("nodeTaintsPolicy"), words::INCLUSION_POLICIES, errors);
        affinity::label_keys(
            &constraint,
            &constraint.get("matchLabelKeys"),
            &constraint.get("mismatchLabelKeys"),
            errors,
        );
        selector::label_selector(&constraint.get("labelSelector"), errors);
    }
}

fn positive(at: &At<'_>, errors: &mut Errors) {
    if at.integer().is_none_or(|number| number <= 0) {
        errors.invalid(at, "must be greater than zero");
    }
}
