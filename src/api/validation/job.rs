//! Rules of a Job and its spec, in the API server's order (V8).

use super::at::At;
use super::field_error::Errors;
use super::policies;
use super::{meta, names, pod_template, selector};
use crate::api::schema::internal_json;
use crate::api::words;
use crate::order;
use serde_json::Value;

const MAX_INDEXED_PARALLELISM: i64 = 100_000;
const MAX_FAILED_INDEXES: i64 = 100_000;
/// Above so many completions, a limit per index asks for limits elsewhere.
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
        errors.required(&selector, "");
    }
    let labels = spec.at(&["template", "metadata", "labels"]);
    if selector::matches(&selector, labels.value) == Some(false) {
        errors.invalid(&labels, "`selector` does not match template `labels`");
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
            errors.required(&limit, "when maxFailedIndexes is specified");
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
        let detail = format!("must be '{value}'");
        if !label.is_set() {
            errors.required(&label, &detail);
        } else if label.text() != value {
            errors.invalid(&label.with_value(labels.value), &detail);
        }
    }
    let generated = expected.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    let only_generated = Value::Object(order::collect(generated));
    if selector::matches(&selector, &only_generated) == Some(false) {
        let shown = internal_json("LabelSelector", selector.value);
        errors.invalid_value(&selector, shown, "`selector` not auto-generated");
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
            errors.invalid_each(&at.with_value(&Value::from(host)), names::dns_subdomain(host));
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
                errors.invalid(&spec.get(field), "requires indexed completion mode");
            }
        }
    }
}

fn indexed(spec: &At<'_>, errors: &mut Errors) {
    let (completions, parallelism) = (spec.get("completions"), spec.get("parallelism"));
    let max_failed = spec.get("maxFailedIndexes");
    let is_above = |at: &At<'_>, limit: i64| at.integer().is_some_and(|number| number > limit);
    if !completions.is_set() {
        errors.required(&completions, "when completion mode is Indexed");
    }
    if is_above(&parallelism, MAX_INDEXED_PARALLELISM) {
        let detail = format!("must be less than or equal to {MAX_INDEXED_PARALLELISM} when completion mode is Indexed");
        errors.invalid(&parallelism, &detail);
    }
    if completions.integer().is_some_and(|completions| is_above(&max_failed, completions)) {
        errors.invalid(&max_failed, "must be less than or equal to completions");
    }
    if is_above(&max_failed, MAX_FAILED_INDEXES) {
        errors.invalid(&max_failed, &format!("must be less than or equal to {MAX_FAILED_INDEXES}"));
    }
    if !is_above(&completions, MANY_COMPLETIONS) || !spec.get("backoffLimitPerIndex").is_set() {
        return;
    }
    if !max_failed.is_set() {
        errors.required(&max_failed, &format!("must be specified when completions is above {MANY_COMPLETIONS}"));
    }
    for at in [parallelism, max_failed] {
        if is_above(&at, LIMIT_FOR_MANY_COMPLETIONS) {
            let detail = format!(
                "must be less than or equal to {LIMIT_FOR_MANY_COMPLETIONS} when completions are above \
                 {MANY_COMPLETIONS} and used with backoff limit per index"
            );
            errors.invalid(&at, &detail);
        }
    }
}

/// What a Job asks of the restart policy, beyond its being one (V8.31 … V8.33).
fn restart_policy(spec: &At<'_>, errors: &mut Errors) {
    let policy = spec.at(&["template", "spec", "restartPolicy"]);
    match policy.text() {
        "Always" | "" => errors.required(&policy, "valid values: \"OnFailure\", \"Never\""),
        "OnFailure" if spec.get("podFailurePolicy").is_set() => {
            errors.invalid_typed(&policy, "only \"Never\" is supported when podFailurePolicy is specified");
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
        errors.invalid(&name, &format!("will not able to create pod with invalid DNS label: {longest}"));
    }
}
