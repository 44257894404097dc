//! CronJobs: schedules of every kind, policies, limits, time zones.

use super::{Style, job};
use crate::dice::Dice;
use serde_json::{Value, json};

/// Schedules; the last ones are never due, or no schedules at all.
pub(super) const SCHEDULES: [&str; 14] = [
    "* * * * *",
    "* * * * *",
    "*/2 * * * *",
    "*/5 * * * *",
    "1,2,5-9/2 * * * *",
    "30 2 * * *",
    "@hourly",
    "@daily",
    "@every 90s",
    "@every 1m",
    "@every 7s",
    "0 0 13 * 5",
    "0 0 29 2 *",
    "0 0 30 2 *",
];

/// Zones with and without daylight saving time, and one that does not exist.
pub(super) const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Etc/UTC", "Europe/Nowhere"];

/// A whole manifest.
pub(super) fn manifest(style: &Style, dice: &mut Dice) -> Value {
    let mut template = json!({ "spec": job::spec(style, dice) });
    if dice.one_in(6) {
        template["metadata"] = json!({ "labels": { "run": "cron" }, "annotations": { "a": "b" } });
    }
    let mut spec = json!({ "schedule": dice.pick(&SCHEDULES), "jobTemplate": template });
    if !dice.one_in(4) {
        spec["concurrencyPolicy"] = json!(dice.pick(&["Allow", "Forbid", "Replace"]));
    }
    if dice.one_in(3) {
        spec["startingDeadlineSeconds"] = json!(dice.pick(&[0, 1, 10, 60, 200]));
    }
    if dice.one_in(3) {
        spec["successfulJobsHistoryLimit"] = json!(dice.between(0, 2));
    }
    if dice.one_in(3) {
        spec["failedJobsHistoryLimit"] = json!(dice.between(0, 2));
    }
    if dice.one_in(8) {
        spec["suspend"] = json!(dice.one_in(2));
    }
    if dice.one_in(4) {
        spec["timeZone"] = json!(dice.pick(&ZONES));
    }
    json!({ "apiVersion": "batch/v1", "kind": "CronJob", "metadata": { "name": "tick" }, "spec": spec })
}
