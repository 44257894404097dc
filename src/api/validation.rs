//! What the API server refuses and what it warns of, in its own words and order. Works on decoded and defaulted
//! values; a file per part of the object. Knows Kubernetes 1.36.3 with its default feature gates and nothing else.
//! Upstream: apis/batch/validation, apis/core/validation; V8 … V14.

mod affinity;
mod annotations;
mod at;
mod cause;
mod containers;
mod cron_job;
mod downward_api;
mod env;
mod field_error;
mod files;
mod job;
mod meta;
mod mounts;
mod names;
mod network;
mod operating_system;
mod overlaps;
mod pod;
mod pod_template;
mod policies;
mod probes;
mod projected;
mod resources;
mod rules;
mod security;
mod selector;
mod status;
mod tolerations;
mod topology_spread;
mod update;
mod values;
mod volume_claim;
mod volume_sources;
mod volumes;
mod warning;
mod warnings;

pub use cause::{Cause, Limit};
pub use env::subscripted;
pub use field_error::{FieldError, FieldErrorKind};
pub use names::{is_label_key, is_label_value, is_node_name};
pub use rules::{ALL as ALL_RULES, Rules};
pub use update::{Mutability, job_mutability};
pub use warning::{Warning, WarningCause};

use super::cron_job::CronJob;
use super::job::{Job, JobStatus};
use crate::late::Late;
use crate::order::Set;
use serde_json::Value;

/// The rules. As long as they are not there nothing is refused or warned of: a page does not run a text before, but for
/// one of which it knows that nothing is.
pub static RULES: Late<Rules> = Late::new(&rules::ALL);

/// Errors of a new Job, which has this UID.
pub(super) fn job(job: &Value, uid: &str) -> Vec<FieldError> {
    RULES.get().map(|rules| (rules.job)(job, uid)).unwrap_or_default()
}

/// Errors of a changed Job.
pub(super) fn job_update(old: &Job, new: &Value) -> Vec<FieldError> {
    RULES.get().map(|rules| (rules.job_update)(old, new)).unwrap_or_default()
}

/// Errors of a new CronJob.
pub(super) fn cron_job(cron_job: &Value) -> Vec<FieldError> {
    RULES.get().map(|rules| (rules.cron_job)(cron_job)).unwrap_or_default()
}

/// Errors of a changed CronJob.
pub(super) fn cron_job_update(old: &CronJob, new: &Value) -> Vec<FieldError> {
    RULES.get().map(|rules| (rules.cron_job_update)(old, new)).unwrap_or_default()
}

/// What the API server warns of at the creation of a Job.
pub(super) fn job_warnings(job: &Value) -> Vec<Warning> {
    RULES.get().map(|rules| (rules.job_warnings)(job)).unwrap_or_default()
}

/// What the API server warns of at the creation of a CronJob.
pub(super) fn cron_job_warnings(cron_job: &Value) -> Vec<Warning> {
    RULES.get().map(|rules| (rules.cron_job_warnings)(cron_job)).unwrap_or_default()
}

/// What the API server warns of when the spec of a Job is changed (V11.3).
pub(super) fn job_update_warnings(job: &Value) -> Vec<Warning> {
    RULES.get().map(|rules| (rules.job_update_warnings)(job)).unwrap_or_default()
}

/// What the API server warns of when a CronJob is changed; of its Job only if the spec is new (V11.4).
pub(super) fn cron_job_update_warnings(cron_job: &Value, is_new: bool) -> Vec<Warning> {
    RULES.get().map(|rules| (rules.cron_job_update_warnings)(cron_job, is_new)).unwrap_or_default()
}

/// The whole refusal of a status that a controller writes; `None` if it is accepted (JC-281).
pub fn job_status(job: &Job, status: &JobStatus) -> Option<String> {
    let wrong = status::job_status(job, status);
    let all = join(wrong)?;
    Some(format!("Job.batch \"{}\" is invalid: {all}", job.meta.name))
}

/// Errors as one text, each once: alone, or in brackets.
pub(super) fn join(texts: impl IntoIterator<Item = String>) -> Option<String> {
    let mut seen = Set::new();
    let mut distinct: Vec<String> = texts.into_iter().filter(|text| seen.insert(text.clone())).collect();
    if distinct.len() > 1 { Some(format!("[{}]", distinct.join(", "))) } else { distinct.pop() }
}
