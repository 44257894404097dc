//! The rules as a table: what [`super::RULES`] holds.

use super::at::At;
use super::field_error::{Errors, FieldError};
use super::warning::{Warning, Warnings};
use super::{update, warnings};
use crate::api::cron_job::CronJob;
use crate::api::job::Job;
use serde_json::Value;

/// What is refused and warned of, a function for each question.
#[derive(Debug)]
pub struct Rules {
    pub(super) job: fn(&Value, &str) -> Vec<FieldError>,
    pub(super) job_update: fn(&Job, &Value) -> Vec<FieldError>,
    pub(super) cron_job: fn(&Value) -> Vec<FieldError>,
    pub(super) cron_job_update: fn(&CronJob, &Value) -> Vec<FieldError>,
    pub(super) job_warnings: fn(&Value) -> Vec<Warning>,
    pub(super) cron_job_warnings: fn(&Value) -> Vec<Warning>,
    pub(super) job_update_warnings: fn(&Value) -> Vec<Warning>,
    pub(super) cron_job_update_warnings: fn(&Value, bool) -> Vec<Warning>,
}

/// All rules.
pub static ALL: Rules = Rules {
    job,
    job_update,
    cron_job,
    cron_job_update,
    job_warnings,
    cron_job_warnings,
    job_update_warnings,
    cron_job_update_warnings,
};

fn job(job: &Value, uid: &str) -> Vec<FieldError> {
    let mut errors = Errors::default();
    super::job::job(&At::root(job), uid, &mut errors);
    errors.into_list()
}

fn job_update(old: &Job, new: &Value) -> Vec<FieldError> {
    let mut errors = Errors::default();
    update::job_update(old, &At::root(new), &mut errors);
    errors.into_list()
}

fn cron_job(cron_job: &Value) -> Vec<FieldError> {
    let mut errors = Errors::default();
    super::cron_job::cron_job(&At::root(cron_job), &mut errors);
    errors.into_list()
}

fn cron_job_update(old: &CronJob, new: &Value) -> Vec<FieldError> {
    let mut errors = Errors::default();
    super::cron_job::cron_job_update(old, &At::root(new), &mut errors);
    errors.into_list()
}

fn job_warnings(job: &Value) -> Vec<Warning> {
    let (job, mut warnings) = (At::root(job), Warnings::default());
    warnings::of_name(&job.at(&["metadata", "name"]), &mut warnings);
    warnings::of_job_spec(&job.get("spec"), &mut warnings);
    warnings.into_list()
}

fn cron_job_warnings(cron_job: &Value) -> Vec<Warning> {
    let (cron_job, mut warnings) = (At::root(cron_job), Warnings::default());
    warnings::of_name(&cron_job.at(&["metadata", "name"]), &mut warnings);
    warnings::of_job_spec(&cron_job.at(&["spec", "jobTemplate", "spec"]), &mut warnings);
    warnings.into_list()
}

fn job_update_warnings(job: &Value) -> Vec<Warning> {
    let mut warnings = Warnings::default();
    warnings::of_job_spec(&At::root(job).get("spec"), &mut warnings);
    warnings.into_list()
}

fn cron_job_update_warnings(cron_job: &Value, is_new: bool) -> Vec<Warning> {
    let (spec, mut warnings) = (At::root(cron_job).get("spec"), Warnings::default());
    if is_new {
        warnings::of_job_spec(&spec.at(&["jobTemplate", "spec"]), &mut warnings);
    }
    warnings::of_changed_schedule(&spec.get("schedule"), &mut warnings);
    warnings.into_list()
}
