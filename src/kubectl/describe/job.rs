//! `kubectl describe job` (K12.1 to K12.4).

use super::page::{Page, seconds};
use crate::api::{Job, ObjectKey};
use crate::kubectl::duration::human;
use crate::kubectl::selector;
use crate::kubectl::snapshot::Snapshot;

/// The list of completed indexes is cut at the first comma from here on.
const INDEXES_LENGTH: usize = 50;

/// A Job, its template and its events.
///
/// Upstream: describe.go describeJob.
pub(super) fn job(job: &Job, show_events: bool, snapshot: &Snapshot<'_>) -> String {
    let mut page = Page::new(snapshot);
    let (meta, spec, status) = (&job.meta, &job.spec, &job.status);
    page.field("Name", &meta.name);
    page.field("Namespace", &meta.namespace);
    page.field("Selector", selector::text(&spec.selector, snapshot));
    page.labels("Labels", &snapshot.job_labels(job));
    page.annotations("Annotations", &meta.annotations);
    page.optional_field("Controlled By", snapshot.controller_of_job(job));
    page.field("Parallelism", spec.parallelism);
    page.field("Completions", spec.completions.map_or_else(|| "<unset>".to_owned(), |count| count.to_string()));
    page.field("Completion Mode", if spec.is_indexed() { "Indexed" } else { "NonIndexed" });
    page.field("Suspend", spec.suspend);
    page.field("Backoff Limit", spec.backoff_limit);
    page.optional_field("TTL Seconds After Finished", spec.ttl_seconds_after_finished);
    page.optional_field("Start Time", status.start_time.map(|time| snapshot.date(time)));
    page.optional_field("Completed At", status.completion_time.map(|time| snapshot.date(time)));
    if let (Some(start), Some(completion)) = (status.start_time, status.completion_time) {
        page.field("Duration", human(completion - start));
    }
    page.optional_field("Active Deadline Seconds", spec.active_deadline_seconds.map(seconds));
    let ready = status.ready.map(|ready| format!(" ({ready} Ready)")).unwrap_or_default();
    let (active, succeeded, failed) = (status.active, status.succeeded, status.failed);
    page.field("Pods Statuses", format_args!("{active} Active{ready} / {succeeded} Succeeded / {failed} Failed"));
    if spec.is_indexed() {
        page.field("Completed Indexes", capped(&status.completed_indexes.to_string()));
    }
    page.template(&spec.template);
    if show_events {
        page.events(ObjectKey::Job(job.id));
    }
    page.finish()
}

fn capped(indexes: &str) -> String {
    if indexes.is_empty() {
        return "<none>".to_owned();
    }
    match indexes.get(INDEXES_LENGTH..).and_then(|rest| rest.find(',')) {
        Some(comma) => format!("{}...", &indexes[..=INDEXES_LENGTH + comma]),
        None => indexes.to_owned(),
    }
}
