//! The rows of `kubectl get`, cell by cell, as the API server's printers make them (K4 to K8).

use super::snapshot::Snapshot;
use super::table::Table;
use super::{duration, pod_status, selector};
use crate::api::{ConditionType, Container, CronJob, Event, Job, ObjectKey, Pod, PodTemplate};
use serde_json::Value;

/// An empty cell.
const NONE: &str = "<none>";

/// An empty table; `-o wide` appends further columns.
fn table(columns: &[&str], further: &[&str], wide: bool) -> Table {
    if wide { Table::new(&[columns, further].concat()) } else { Table::new(columns) }
}

pub(super) fn jobs(jobs: &[&Job], wide: bool, snapshot: &Snapshot<'_>) -> Table {
    let columns = ["Name", "Status", "Completions", "Duration", "Age"];
    let mut table = table(&columns, &["Containers", "Images", "Selector"], wide);
    for job in jobs {
        let mut row = vec![
            job.meta.name.to_string(),
            job_status(job).to_owned(),
            completions(job),
            job_duration(job, snapshot),
            snapshot.age(job.meta.created),
        ];
        if wide {
            row.extend(containers_and_images(&job.spec.template.spec.containers));
            row.push(or_none(selector::text(&job.spec.selector, snapshot)));
        }
        table.push(row);
    }
    table
}

/// Upstream: printers.go getJobStatus… printJob.
fn job_status(job: &Job) -> &'static str {
    use ConditionType::{Complete, Failed, FailureTarget, SuccessCriteriaMet, Suspended};
    let holds = |condition_type: &ConditionType| job.status.true_condition(*condition_type).is_some();
    if let Some(end) = [Complete, Failed].into_iter().find(holds) {
        return end.as_str();
    }
    if job.is_deleting() {
        return "Terminating";
    }
    let stage = [Suspended, FailureTarget, SuccessCriteriaMet].into_iter().find(holds);
    stage.map_or("Running", ConditionType::as_str)
}

fn completions(job: &Job) -> String {
    let succeeded = job.status.succeeded;
    match job.spec.completions {
        Some(completions) => format!("{succeeded}/{completions}"),
        None if job.spec.parallelism > 1 => format!("{succeeded}/1 of {}", job.spec.parallelism),
        None => format!("{succeeded}/1"),
    }
}

/// From its start to its completion, else to now: a Failed Job has no completionTime, so its duration grows on.
fn job_duration(job: &Job, snapshot: &Snapshot<'_>) -> String {
    match (job.status.start_time, job.status.completion_time) {
        (None, _) => String::new(),
        (Some(start), Some(completion)) => duration::human(completion - start),
        (Some(start), None) => snapshot.age(start),
    }
}

fn containers_and_images(containers: &[Container]) -> [String; 2] {
    let join = |part: fn(&Container) -> &str| containers.iter().map(part).collect::<Vec<_>>().join(",");
    [join(|container| &container.name), join(|container| &container.image)]
}

pub(super) fn cron_jobs(cron_jobs: &[&CronJob], wide: bool, snapshot: &Snapshot<'_>) -> Table {
    let columns = ["Name", "Schedule", "Timezone", "Suspend", "Active", "Last Schedule", "Age"];
    let mut table = table(&columns, &["Containers", "Images", "Selector"], wide);
    for cron_job in cron_jobs {
        let mut row = vec![
            cron_job.meta.name.to_string(),
            cron_job.spec.schedule.to_string(),
            cron_job.spec.time_zone.as_deref().unwrap_or(NONE).to_owned(),
            capitalized(cron_job.spec.suspend).to_owned(),
            cron_job.status.active.len().to_string(),
            cron_job.status.last_schedule_time.map_or_else(|| NONE.to_owned(), |time| snapshot.age(time)),
            snapshot.age(cron_job.meta.created),
        ];
        if wide {
            let spec = &cron_job.spec.value["jobTemplate"]["spec"];
            row.extend(containers_and_images(&template_of(spec).spec.containers));
            row.push(manual_selector(spec, snapshot));
        }
        table.push(row);
    }
    table
}

/// The pod template of a Job's spec that no Job has been made of yet.
pub(super) fn template_of(job_spec: &Value) -> PodTemplate {
    PodTemplate::from_value(&job_spec["template"])
}

/// A selector in a CronJob's template is the user's own; it is generated for its Jobs only.
fn manual_selector(job_spec: &Value, snapshot: &Snapshot<'_>) -> String {
    let selector = serde_json::from_value(job_spec["selector"].clone());
    or_none(selector.map(|selector| selector::text(&selector, snapshot)).unwrap_or_default())
}

/// `True` or `False`, as kubectl writes them in tables.
pub(super) fn capitalized(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

fn or_none(text: String) -> String {
    if text.is_empty() { NONE.to_owned() } else { text }
}

/// The columns of pods.
pub const POD_COLUMNS: [&str; 5] = ["Name", "Ready", "Status", "Restarts", "Age"];

/// The cells of a pod, by [`POD_COLUMNS`].
pub fn pod_cells(pod: &Pod, snapshot: &Snapshot<'_>) -> [String; 5] {
    [
        snapshot.pod_name(pod),
        pod_status::ready(pod),
        pod_status::status(pod),
        pod_status::restarts(pod, snapshot),
        snapshot.age(pod.birth.created),
    ]
}

/// The node of a pod, `<none>` if it has none yet.
pub fn pod_node(pod: &Pod) -> &'static str {
    pod.bound.map_or(NONE, |_| crate::recording::NODE)
}

pub(super) fn pods(pods: &[&Pod], wide: bool, snapshot: &Snapshot<'_>) -> Table {
    let mut table = table(&POD_COLUMNS, &["IP", "Node", "Nominated Node", "Readiness Gates"], wide);
    for pod in pods {
        let mut row = pod_cells(pod, snapshot).to_vec();
        if wide {
            // The reference cluster gives pods no address.
            row.push(NONE.to_owned());
            row.push(pod_node(pod).to_owned());
            row.extend([NONE.to_owned(), readiness_gates(pod)]);
        }
        table.push(row);
    }
    table
}

/// Nobody in the reference cluster sets a condition that a readiness gate waits for.
fn readiness_gates(pod: &Pod) -> String {
    let gates = pod.birth.template.spec.value["readinessGates"].as_array().map_or(0, Vec::len);
    if gates == 0 { NONE.to_owned() } else { format!("0/{gates}") }
}

pub(super) fn events(events: &[&Event], wide: bool, snapshot: &Snapshot<'_>) -> Table {
    let mut table = Table::new(match wide {
        false => &["Last Seen", "Type", "Reason", "Object", "Message"],
        true => {
            &["Last Seen", "Type", "Reason", "Object", "Subobject", "Source", "Message", "First Seen", "Count", "Name"]
        }
    });
    for event in events {
        let mut row = vec![
            snapshot.age(event.last),
            event.event_type.as_str().to_owned(),
            event.reason.to_owned(),
            format!("{}/{}", kind(event.object), snapshot.name_of(event.object)),
        ];
        match wide {
            false => row.push(snapshot.event_message(event)),
            true => row.extend([
                String::new(),
                event.source().to_owned(),
                snapshot.event_message(event),
                snapshot.age(event.first),
                event.count.to_string(),
                snapshot.event_name(event),
            ]),
        }
        table.push(row);
    }
    table
}

/// The kind as `kubectl get events` writes it.
fn kind(object: ObjectKey) -> &'static str {
    match object {
        ObjectKey::CronJob(_) => "cronjob",
        ObjectKey::Job(_) => "job",
        ObjectKey::Pod(_) => "pod",
    }
}
