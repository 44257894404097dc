//! Rules of a CronJob (V10).

use super::at::At;
use super::cause::Cause;
use super::field_error::Errors;
use super::{job, meta};
use crate::api::cron_job::CronJob;
use crate::api::schedule::Schedule;
use crate::api::schema::internal_json;
use crate::api::time_zone;
use crate::api::words;
use serde_json::Value;
use std::borrow::Cow;

/// Room for the suffix of its Jobs' names.
const MAX_NAME: usize = 52;

/// A new CronJob.
pub(super) fn cron_job(cron_job: &At<'_>, errors: &mut Errors) {
    meta::object_meta(&cron_job.get("metadata"), errors);
    spec(&cron_job.get("spec"), None, errors);
    let name = cron_job.at(&["metadata", "name"]);
    if name.text().len() > MAX_NAME {
        errors.invalid(&name, Cause::CronJobNameTooLong { most: MAX_NAME });
    }
}

/// A changed CronJob. The limit of the name is not checked again.
pub(super) fn cron_job_update(old: &CronJob, cron_job: &At<'_>, errors: &mut Errors) {
    let (metadata, uid) = (cron_job.get("metadata"), old.id.to_string());
    meta::any_update(&old.meta, &uid, &metadata, errors);
    meta::object_meta_update(&old.meta, &uid, &metadata, errors);
    spec(&cron_job.get("spec"), Some(&old.spec.value), errors);
}

fn spec(spec: &At<'_>, old: Option<&Value>, errors: &mut Errors) {
    let (schedule, zone) = (spec.get("schedule"), spec.get("timeZone"));
    if schedule.is_empty() {
        errors.required(&schedule, "");
    } else {
        let had_zone = old.is_some_and(|old| old["schedule"].as_str().is_some_and(|text| text.contains("TZ")));
        self::schedule(&schedule, had_zone, &zone, errors);
    }
    errors.nonnegative(&spec.get("startingDeadlineSeconds"));
    if old.is_none_or(|old| old["timeZone"] != *zone.value) {
        self::zone(&zone, errors);
    }
    let policy = spec.get("concurrencyPolicy");
    match policy.text() {
        "" => errors.required(&policy, ""),
        text if words::CONCURRENCY_POLICIES.contains(&text) => {}
        _ => errors.unsupported(&policy, words::CONCURRENCY_POLICIES),
    }
    let job_spec = spec.at(&["jobTemplate", "spec"]);
    job::spec_without_selector(&job_spec, errors);
    let (selector, manual) = (job_spec.get("selector"), job_spec.get("manualSelector"));
    if selector.is_set() {
        let shown = internal_json("LabelSelector", selector.value);
        errors.invalid_value(&selector, shown, Cause::OwnSelector.saying("`selector` will be auto-generated"));
    }
    if manual.is_true() {
        errors.unsupported_because(&manual, &["nil", "false"], Cause::OwnSelector);
    }
    errors.nonnegative(&spec.get("successfulJobsHistoryLimit"));
    errors.nonnegative(&spec.get("failedJobsHistoryLimit"));
}

fn schedule(at: &At<'_>, had_zone: bool, zone: &At<'_>, errors: &mut Errors) {
    if let Err(error) = Schedule::parse(at.text()) {
        errors.invalid(at, Cause::Schedule(error));
    }
    if !at.text().contains("TZ") {
        return;
    }
    if !had_zone {
        let sentence = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
        errors.invalid(at, Cause::ZoneInSchedule.saying(sentence));
    } else if zone.is_set() {
        errors.invalid(at, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
    }
}

fn zone(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let name = at.text();
    let mut refuse = |sentence: Cow<'static, str>| errors.invalid_typed(at, Cause::TimeZone.saying(sentence));
    if name.is_empty() {
        return refuse("timeZone must be nil or non-empty string".into());
    }
    let unknown = || format!("unknown time zone {name}").into();
    let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte);
    let is_part = |part: &str| {
        !matches!(part, "" | "." | "..") && !part.starts_with('-') && part.len() <= 14 && part.bytes().all(is_fine)
    };
    if !name.split('/').all(is_part) {
        return refuse(unknown());
    }
    if name.eq_ignore_ascii_case("local") {
        refuse("timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones".into());
    }
    if name.contains("..") {
        refuse("time: invalid location name".into());
    } else if name != "Local" && !time_zone::is_known(name) {
        refuse(unknown());
    }
}
