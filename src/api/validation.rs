//! What the API server refuses, in its own words. Works on the defaulted JSON value.
//! Upstream: apis/batch/validation/validation.go; spec V8, V10, V13, JC-281.

use super::job::{ConditionType, Job, JobStatus};
use serde_json::Value;

/// One mistake in one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Path of the field: `spec.template.spec.restartPolicy`.
    pub field: String,
    /// Kind of mistake.
    pub kind: FieldErrorKind,
    /// What follows the path: `Required value: valid values: "OnFailure", "Never"`.
    pub message: String,
}

/// Kinds of mistakes, as in `details.causes[].reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldErrorKind {
    /// FieldValueRequired.
    Required,
    /// FieldValueInvalid.
    Invalid,
    /// FieldValueNotSupported.
    NotSupported,
}

impl FieldError {
    fn required(field: impl Into<String>, detail: &str) -> FieldError {
        let detail = if detail.is_empty() { String::new() } else { format!(": {detail}") };
        let message = format!("Required value{detail}");
        FieldError { field: field.into(), kind: FieldErrorKind::Required, message }
    }

    fn invalid(field: impl Into<String>, value: &Value, detail: &str) -> FieldError {
        let message = format!("Invalid value: {value}: {detail}");
        FieldError { field: field.into(), kind: FieldErrorKind::Invalid, message }
    }
}

/// What is wrong with a new Job.
pub fn job(job: &Value) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let spec = &job["spec"];
    for field in [
        "parallelism",
        "completions",
        "activeDeadlineSeconds",
        "backoffLimit",
        "ttlSecondsAfterFinished",
        "backoffLimitPerIndex",
        "maxFailedIndexes",
    ] {
        if spec[field].as_i64().is_some_and(|number| number < 0) {
            errors.push(FieldError::invalid(
                format!("spec.{field}"),
                &spec[field],
                "must be greater than or equal to 0",
            ));
        }
    }
    if spec["completionMode"] == "Indexed" && spec["completions"].is_null() {
        errors.push(FieldError::required("spec.completions", "when completion mode is Indexed"));
    }
    if matches!(spec["template"]["spec"]["restartPolicy"].as_str(), Some("Always" | "") | None) {
        let valid = "valid values: \"OnFailure\", \"Never\"";
        errors.push(FieldError::required("spec.template.spec.restartPolicy", valid));
    }
    errors
}

/// What is wrong with a change of a Job (spec V13).
pub fn job_update(old: &Job, new: &Value) -> Vec<FieldError> {
    let mut errors = job(new);
    let (before, after) = (&*old.spec.value, &new["spec"]);
    let mut immutable = |field: &str, value: &Value| {
        errors.push(FieldError::invalid(format!("spec.{field}"), value, "field is immutable"));
    };
    if before["completions"] != after["completions"] && !old.spec.is_indexed() {
        immutable("completions", &after["completions"]);
    }
    if before["selector"] != after["selector"] {
        immutable("selector", &after["selector"]);
    }
    if before["template"] != after["template"] && !template_may_change(old) {
        immutable("template", &after["template"]);
    }
    for field in ["completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"] {
        if before[field] != after[field] {
            immutable(field, &after[field]);
        }
    }
    if old.spec.is_indexed()
        && before["completions"] != after["completions"]
        && after["completions"] != after["parallelism"]
    {
        let detail = "can only be modified in tandem with spec.parallelism";
        errors.push(FieldError::invalid("spec.completions", &after["completions"], detail));
    }
    errors
}

/// Whether the pod template of a Job may still be changed (spec JC-269).
fn template_may_change(job: &Job) -> bool {
    job.spec.suspend
        && (job.status.start_time.is_none() || job.status.true_condition(ConditionType::Suspended).is_some())
        && job.status.active == 0
}

/// What is wrong with a status that a controller writes: the whole refusal, in the API server's words (spec JC-281).
/// Only what a controller of this cluster can get wrong.
pub fn job_status(job: &Job, status: &JobStatus) -> Option<String> {
    let finished = status.finished().is_some();
    let exempt = job.spec.suspend && job.spec.completions == Some(0);
    if finished && status.start_time.is_none() && !exempt {
        let name = &job.meta.name;
        let detail = "status.startTime: Required value: startTime is required for finished job";
        return Some(format!("Job.batch \"{name}\" is invalid: {detail}"));
    }
    None
}
