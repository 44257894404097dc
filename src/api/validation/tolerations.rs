//! Rules of tolerations (V9.34).

use super::at::At;
use super::cause;
use super::field_error::Errors;
use super::names;
use crate::api::words;

/// `spec.tolerations`, and the annotation that came before it.
pub(super) fn tolerations(list: &At<'_>, errors: &mut Errors) {
    for toleration in list.items() {
        let (key, operator) = (toleration.get("key"), toleration.get("operator"));
        let (value, effect) = (toleration.get("value"), toleration.get("effect"));
        if !key.is_empty() {
            errors.invalid_each(&key, names::qualified_name(key.text()));
        } else if operator.text() != "Exists" {
            let detail = "operator must be Exists when `key` is empty, which means \"match all values and all keys\"";
            errors.invalid_typed(&operator.clone().or_empty(), detail);
        }
        if toleration.get("tolerationSeconds").is_set() && effect.text() != "NoExecute" {
            let effect = effect.clone().or_empty();
            errors.invalid_typed(&effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        // Errors of the value are reported at the operator.
        let value_at_operator = operator.with_value(value.value);
        match operator.text() {
            "Equal" | "" => {
                let wrong = names::label_value(value.text());
                if !wrong.is_empty() {
                    errors.invalid(&value_at_operator, cause::joined(&wrong, ";"));
                }
            }
            "Exists" if !value.is_empty() => {
                errors.invalid(&value_at_operator, "value must be empty when `operator` is 'Exists'");
            }
            "Exists" => {}
            "Lt" | "Gt" => errors.unsupported(&operator, &["Equal", "Exists", "Lt", "Gt"]),
            _ => errors.unsupported(&operator, words::TOLERATION_OPERATORS),
        }
        if !effect.is_empty() && !matches!(effect.text(), "NoSchedule" | "PreferNoSchedule" | "NoExecute") {
            errors.unsupported(&effect, words::TAINT_EFFECTS);
        }
    }
}
