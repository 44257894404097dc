//! `kubectl describe cronjob` (K14).

use super::page::{Page, seconds};
use crate::api::{ConcurrencyPolicy, CronJob, ObjectKey};
use crate::kubectl::rows::{capitalized, template_of};
use crate::kubectl::selector;
use crate::kubectl::snapshot::Snapshot;
use serde_json::Value;

/// A CronJob, the template of its Jobs' pods and its events.
///
/// Upstream: describe.go describeCronJob.
pub(super) fn cron_job(cron_job: &CronJob, show_events: bool, snapshot: &Snapshot<'_>) -> String {
    let mut page = Page::new(snapshot);
    let (meta, spec, status) = (&cron_job.meta, &cron_job.spec, &cron_job.status);
    let unset = || "<unset>".to_owned();
    page.field("Name", &meta.name);
    page.field("Namespace", &meta.namespace);
    page.labels("Labels", &meta.labels);
    page.annotations("Annotations", &meta.annotations);
    page.field("Schedule", &spec.schedule);
    let policy = match spec.concurrency_policy {
        ConcurrencyPolicy::Allow => "Allow",
        ConcurrencyPolicy::Forbid => "Forbid",
        ConcurrencyPolicy::Replace => "Replace",
    };
    page.field("Concurrency Policy", policy);
    page.field("Suspend", capitalized(spec.suspend));
    page.field("Time Zone", spec.time_zone.as_deref().unwrap_or("<unset>"));
    page.field("Successful Job History Limit", spec.successful_jobs_history_limit);
    page.field("Failed Job History Limit", spec.failed_jobs_history_limit);
    page.field("Starting Deadline Seconds", spec.starting_deadline_seconds.map_or_else(unset, seconds));
    let job_spec = &spec.value["jobTemplate"]["spec"];
    let selector = serde_json::from_value(job_spec["selector"].clone());
    page.field("Selector", selector.map_or_else(|_| unset(), |selector| selector::text(&selector, snapshot)));
    let number = |value: &Value| value.as_i64().map_or_else(unset, |number| number.to_string());
    page.field("Parallelism", number(&job_spec["parallelism"]));
    page.field("Completions", number(&job_spec["completions"]));
    page.optional_field("Active Deadline Seconds", job_spec["activeDeadlineSeconds"].as_i64().map(seconds));
    page.template(&template_of(job_spec));
    page.field("Last Schedule Time", status.last_schedule_time.map_or_else(unset, |time| snapshot.date(time)));
    let active: Vec<&str> = status.active.iter().map(|(_, name)| &**name).collect();
    page.field("Active Jobs", if active.is_empty() { "<none>".to_owned() } else { active.join(", ") });
    if show_events {
        page.events(ObjectKey::CronJob(cron_job.id));
    }
    page.finish()
}
