//! Rules of the policies of a Job: pod failure, success, pod replacement (V8.20 … V8.29).

use super::at::At;
use super::cause::{Cause, Detail, Limit};
use super::field_error::Errors;
use super::names;
use crate::api::go_text::quoted;
use crate::api::schema::internal_json;
use crate::api::words;
use crate::order::{self, Set};

const MAX_RULES: usize = 20;
const MAX_EXIT_CODES: usize = 255;
const MAX_PATTERNS: usize = 20;
const MAX_SUCCEEDED_INDEXES: usize = 64 * 1024;

/// `spec.podFailurePolicy`.
pub(super) fn pod_failure_policy(spec: &At<'_>, errors: &mut Errors) {
    let rules = spec.get("podFailurePolicy").get("rules");
    if rules.len() > MAX_RULES {
        errors.too_many(&rules, MAX_RULES);
    }
    let pod = spec.at(&["template", "spec"]);
    let lists = ["containers", "initContainers"].map(|list| pod.get(list));
    let containers = order::set(lists.iter().flat_map(At::items).map(|container| container.get("name").text()));
    for rule in rules.items() {
        failure_rule(spec, &rule, &containers, errors);
    }
}

fn failure_rule(spec: &At<'_>, rule: &At<'_>, containers: &Set<&str>, errors: &mut Errors) {
    let action = rule.get("action");
    match action.text() {
        "" => errors.required(&action, "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]"),
        "FailIndex" if !spec.get("backoffLimitPerIndex").is_set() => {
            errors.invalid_typed(&action, Cause::FailIndexWithoutLimit);
        }
        text if words::FAILURE_ACTIONS.contains(&text) => {}
        _ => errors.unsupported(&action, words::FAILURE_ACTIONS),
    }
    let (exit_codes, conditions) = (rule.get("onExitCodes"), rule.get("onPodConditions"));
    if exit_codes.is_set() {
        self::exit_codes(&exit_codes, containers, errors);
    }
    pod_conditions(&conditions, errors);
    match (exit_codes.is_set(), !conditions.is_empty()) {
        (true, true) => errors.invalid_without_value(rule, Cause::TwoMatchers),
        (false, false) => errors.invalid_without_value(rule, Cause::NoMatcher),
        _ => {}
    }
}

fn exit_codes(requirement: &At<'_>, containers: &Set<&str>, errors: &mut Errors) {
    let operator = requirement.get("operator");
    match operator.text() {
        "" => errors.required(&operator, "valid values: [\"In\" \"NotIn\"]"),
        text if words::IN_OR_NOT.contains(&text) => {}
        _ => errors.unsupported(&operator, words::IN_OR_NOT),
    }
    let container = requirement.get("containerName");
    if container.is_set() && !containers.contains(container.text()) {
        errors.invalid(&container, "must be one of the container or initContainer names in the pod template");
    }
    let values = requirement.get("values");
    if values.is_empty() {
        errors.invalid(&values, "at least one value is required");
    } else if values.len() > MAX_EXIT_CODES {
        errors.too_many(&values, MAX_EXIT_CODES);
    }
    let (mut seen, mut before, mut ordered) = (Set::new(), None, true);
    for value in values.items() {
        let code = value.integer();
        if operator.text() == "In" && code == Some(0) {
            errors.invalid(&value, Cause::ExitCodeZero);
        }
        if !seen.insert(code) {
            errors.duplicate(&value);
        }
        ordered &= before <= code;
        before = code;
    }
    if !ordered {
        errors.invalid(&values, Cause::ExitCodesUnordered);
    }
}

fn pod_conditions(patterns: &At<'_>, errors: &mut Errors) {
    if patterns.len() > MAX_PATTERNS {
        errors.too_many(patterns, MAX_PATTERNS);
    }
    for pattern in patterns.items() {
        let (kind, status) = (pattern.get("type"), pattern.get("status"));
        errors.invalid_each(&kind, names::qualified_name(kind.text()));
        match status.text() {
            "" => errors.required(&status, "valid values: [\"False\" \"True\" \"Unknown\"]"),
            text if words::CONDITION_STATUSES.contains(&text) => {}
            _ => errors.unsupported(&status, words::CONDITION_STATUSES),
        }
    }
}

/// `spec.successPolicy`.
pub(super) fn success_policy(spec: &At<'_>, errors: &mut Errors) {
    let policy = spec.get("successPolicy");
    if !policy.is_set() {
        return;
    }
    if spec.get("completionMode").text() != "Indexed" {
        let shown = internal_json("SuccessPolicy", policy.value);
        return errors.invalid_value(&policy, shown, Cause::NeedsIndexed);
    }
    let rules = policy.get("rules");
    if rules.is_empty() {
        errors.required(&rules, "at least one rules must be specified when the successPolicy is specified");
    }
    if rules.len() > MAX_RULES {
        errors.too_many(&rules, MAX_RULES);
    }
    // Without completions upstream crashes here; that they are missing is reported already (V8.29b).
    if let Some(completions) = spec.get("completions").integer() {
        rules.items().for_each(|rule| success_rule(&rule, completions, errors));
    }
}

fn success_rule(rule: &At<'_>, completions: i64, errors: &mut Errors) {
    let (indexes, count) = (rule.get("succeededIndexes"), rule.get("succeededCount"));
    if !indexes.is_set() && !count.is_set() {
        errors.required(rule, "at least one of succeededCount or succeededIndexes must be specified");
    }
    let mut total = 0;
    if indexes.is_set() {
        if indexes.text().len() > MAX_SUCCEEDED_INDEXES {
            errors.too_long(&indexes, MAX_SUCCEEDED_INDEXES);
        }
        match count_indexes(indexes.text(), completions) {
            Ok(counted) => total = counted,
            Err(why) => errors.invalid(&indexes, format!("error parsing succeededIndexes: {why}")),
        }
    }
    let Some(number) = count.integer() else { return };
    errors.nonnegative(&count);
    if number > completions {
        errors.invalid(&count, above(completions, "(the number of specified completions)"));
    }
    if indexes.is_set() && number > total {
        errors.invalid(&count, above(total, "(the number of indexes in the specified succeededIndexes field)"));
    }
}

fn above(most: i64, what: &str) -> Detail {
    let cause = Cause::Above { most: Limit::Number(most) };
    let sentence = format!("{} {what}", cause.sentence());
    cause.saying(sentence)
}

/// How many indexes `0,2-4` names, all below `completions` and ascending.
pub(super) fn count_indexes(text: &str, completions: i64) -> Result<i64, String> {
    let (mut total, mut last) = (0, None);
    if text.is_empty() {
        return Ok(0);
    }
    for interval in text.split(',') {
        let (first, end) = interval_of(interval, completions)?;
        if let Some(last) = last.filter(|last| *last >= first) {
            return Err(format!("non-increasing order, previous: {last}, current: {first}"));
        }
        total += end - first + 1;
        last = Some(end);
    }
    Ok(total)
}

fn interval_of(text: &str, completions: i64) -> Result<(i64, i64), String> {
    let limits: Vec<&str> = text.split('-').collect();
    let index = |text: &str| match text.parse::<i64>() {
        Ok(index) if index >= completions => Err(format!("too large index: {}", quoted(text))),
        Ok(index) => Ok(index),
        Err(_) => Err(format!("cannot convert string to integer for index: {}", quoted(text))),
    };
    match *limits {
        [first] => index(first).map(|first| (first, first)),
        [first, last] => {
            let (first, last) = (index(first)?, index(last)?);
            if first >= last {
                return Err(format!("non-increasing order, previous: {first}, current: {last}"));
            }
            Ok((first, last))
        }
        _ => Err(format!(
            "the fragment {} violates the requirement that an index interval can have at most two parts separated by \
             '-'",
            quoted(text)
        )),
    }
}

/// `spec.podReplacementPolicy`.
pub(super) fn pod_replacement_policy(spec: &At<'_>, errors: &mut Errors) {
    let policy = spec.get("podReplacementPolicy");
    if !policy.is_set() || policy.text() == "Failed" {
        return;
    }
    if spec.get("podFailurePolicy").is_set() {
        errors.unsupported_because(&policy, &["Failed"], Cause::ReplacementWithPodFailurePolicy);
    } else if policy.text() != "TerminatingOrFailed" {
        errors.unsupported(&policy, words::POD_REPLACEMENT_POLICIES);
    }
}
