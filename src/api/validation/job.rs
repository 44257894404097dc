//! Rules of a Job and its spec, in the API server's order (V8).

use super::at::At;
use super::cause::{Cause, Limit, of_part};
use super::field_error::Errors;
use super::policies;
use super::{meta, names, pod_template, selector};
use crate::api::schema::internal_json;
use crate::api::words;
use crate::order;
use serde_json::Value;

const MAX_INDEXED_PARALLELISM: i64 = 100_000;
const MAX_FAILED_INDEXES: i64 = 100_000;
/// Above this number of completions, a limit per index requires limits elsewhere.
const MANY_COMPLETIONS: i64 = 100_000;
const LIMIT_FOR_MANY_COMPLETIONS: i64 = 10_000;

/// A whole Job.
pub(super) fn job(job: &At<'_>, uid: &str, errors: &mut Errors) {
    meta::object_meta(&job.get("metadata"), errors);
    generated_selector(job, uid, errors);
    job_spec(&job.get("spec"), errors);
    host_names(job, errors);
}

/// The spec of a Job with its selector.
pub(super) fn job_spec(spec: &At<'_>, errors: &mut Errors) {
    spec_without_selector(spec, errors);
    let selector = spec.get("selector");
    if selector.is_set() {
        selector::label_selector(&selector, errors);
    } else {
        errors.required(&selector, Cause::ManualSelector);
    }
    let labels = spec.at(&["template", "metadata", "labels"]);
    if selector::matches(&selector, labels.value) == Some(false) {
        errors.invalid(&labels, Cause::ManualSelector.saying("`selector` does not match template `labels`"));
    }
}

/// What a Job's spec and the one in a CronJob have in common.
pub(super) fn spec_without_selector(spec: &At<'_>, errors: &mut Errors) {
    for field in ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit"] {
        errors.nonnegative(&spec.get(field));
    }
    errors.nonnegative(&spec.get("ttlSecondsAfterFinished"));
    errors.nonnegative(&spec.get("backoffLimitPerIndex"));
    let max_failed = spec.get("maxFailedIndexes");
    if max_failed.is_set() {
        errors.nonnegative(&max_failed);
        let limit = spec.get("backoffLimitPerIndex");
        if !limit.is_set() {
            errors.required(&limit, Cause::NeedsLimitPerIndex);
        }
    }
    managed_by(&spec.get("managedBy"), errors);
    completion_mode(spec, errors);
    policies::pod_failure_policy(spec, errors);
    policies::success_policy(spec, errors);
    policies::pod_replacement_policy(spec, errors);
    pod_template::pod_template(&spec.get("template"), errors);
    restart_policy(spec, errors);
}

/// Where the Job's own labels and selector are not left alone (V8.10).
fn generated_selector(job: &At<'_>, uid: &str, errors: &mut Errors) {
    let spec = job.get("spec");
    let selector = spec.get("selector");
    if spec.get("manualSelector").is_true() || !selector.is_set() {
        return;
    }
    let name = job.at(&["metadata", "name"]).text();
    let labels = spec.at(&["template", "metadata", "labels"]);
    let expected = [
        ("controller-uid", uid),
        ("job-name", name),
        ("batch.kubernetes.io/controller-uid", uid),
        ("batch.kubernetes.io/job-name", name),
    ];
    for (key, value) in expected {
        let label = labels.entry(key);
        let generated = Cause::GeneratedLabel { value: value.to_owned() };
        if !label.is_set() {
            errors.required(&label, generated);
        } else if label.text() != value {
            errors.invalid(&label.with_value(labels.value), generated);
        }
    }
    let generated = expected.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    let only_generated = Value::Object(order::collect(generated));
    if selector::matches(&selector, &only_generated) == Some(false) {
        let shown = internal_json("LabelSelector", selector.value);
        errors.invalid_value(&selector, shown, Cause::OwnSelector.saying("`selector` not auto-generated"));
    }
}

/// `example.com/controller` (V8.13).
fn managed_by(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let text = at.text();
    match text.split_once('/') {
        _ if text.is_empty() => errors.required(at, ""),
        Some((host, path)) if !host.is_empty() && !path.is_empty() => {
            errors.invalid_each(&at.with_value(&Value::from(host)), of_part(names::dns_subdomain(host)));
            let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&byte);
            if !path.bytes().all(is_path) {
                let detail = r"Invalid path (regex used for validation is '[A-Za-z0-9/\-._~%!$&'()*+,;=:]+')";
                errors.invalid(&at.with_value(&Value::from(path)), detail);
            }
        }
        _ => errors.invalid(at, "must be a domain-prefixed path (such as \"acme.io/foo\")"),
    }
    if text.len() > 63 {
        errors.too_long(at, 63);
    }
}

/// Indexed or not, and the limits that go with it (V8.14 … V8.19).
fn completion_mode(spec: &At<'_>, errors: &mut Errors) {
    let mode = spec.get("completionMode");
    if mode.is_set() && !words::COMPLETION_MODES.contains(&mode.text()) {
        errors.unsupported(&mode, words::COMPLETION_MODES);
    }
    if mode.text() == "Indexed" {
        indexed(spec, errors);
    }
    if !mode.is_set() || mode.text() == "NonIndexed" {
        for field in ["backoffLimitPerIndex", "maxFailedIndexes"] {
            if spec.get(field).is_set() {
                errors.invalid(&spec.get(field), Cause::NeedsIndexed);
            }
        }
    }
}

fn indexed(spec: &At<'_>, errors: &mut Errors) {
    let (completions, parallelism) = (spec.get("completions"), spec.get("parallelism"));
    let max_failed = spec.get("maxFailedIndexes");
    let is_above = |at: &At<'_>, limit: i64| at.integer().is_some_and(|number| number > limit);
    let above = |most: i64, condition: &str| {
        let cause = Cause::Above { most: Limit::Number(most) };
        let sentence = format!("{}{condition}", cause.sentence());
        cause.saying(sentence)
    };
    if !completions.is_set() {
        errors.required(&completions, Cause::IndexedWithoutCompletions);
    }
    if is_above(&parallelism, MAX_INDEXED_PARALLELISM) {
        errors.invalid(&parallelism, above(MAX_INDEXED_PARALLELISM, " when completion mode is Indexed"));
    }
    if completions.integer().is_some_and(|completions| is_above(&max_failed, completions)) {
        errors.invalid(&max_failed, Cause::Above { most: Limit::Field("completions") });
    }
    if is_above(&max_failed, MAX_FAILED_INDEXES) {
        errors.invalid(&max_failed, above(MAX_FAILED_INDEXES, ""));
    }
    if !is_above(&completions, MANY_COMPLETIONS) || !spec.get("backoffLimitPerIndex").is_set() {
        return;
    }
    if !max_failed.is_set() {
        errors.required(&max_failed, format!("must be specified when completions is above {MANY_COMPLETIONS}"));
    }
    for at in [parallelism, max_failed] {
        if is_above(&at, LIMIT_FOR_MANY_COMPLETIONS) {
            let condition =
                format!(" when completions are above {MANY_COMPLETIONS} and used with backoff limit per index");
            errors.invalid(&at, above(LIMIT_FOR_MANY_COMPLETIONS, &condition));
        }
    }
}

/// What a Job asks of the restart policy, beyond its being one (V8.31 … V8.33).
fn restart_policy(spec: &At<'_>, errors: &mut Errors) {
    let policy = spec.at(&["template", "spec", "restartPolicy"]);
    match policy.text() {
        "Always" | "" => errors.required(&policy, Cause::RestartPolicyRequired),
        "OnFailure" if spec.get("podFailurePolicy").is_set() => {
            errors.invalid_typed(&policy, Cause::OnFailureWithPodFailurePolicy);
        }
        "OnFailure" | "Never" => {}
        _ => errors.unsupported(&policy, words::JOB_RESTART_POLICIES),
    }
}

/// The last index must fit into a host name (V8.41).
fn host_names(job: &At<'_>, errors: &mut Errors) {
    let (spec, name) = (job.get("spec"), job.at(&["metadata", "name"]).or_empty());
    let completions = spec.get("completions").integer().unwrap_or(0);
    if spec.get("completionMode").text() != "Indexed" || completions <= 0 {
        return;
    }
    let longest = format!("{}-{}", name.text(), completions - 1);
    if !names::dns_label(&longest).is_empty() {
        errors.invalid(&name, Cause::IndexedHostName { longest });
    }
}
