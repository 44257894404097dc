//! The rows of `kubectl get`, cell by cell, as the API server's printers make them (K4 to K8).

use super::snapshot::Snapshot;
use super::table::Table;
use super::{duration, selector};
use crate::api::{ConditionType, Container, CronJob, Job, Node, NodeReady, ObjectKey, Pod, PodTemplate};
use crate::recording::{address, pod_status};
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
pub(super) fn job_status(job: &Job) -> &'static str {
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
        pod_status::restarts(pod, |end| snapshot.age(end)),
        snapshot.age(pod.birth.created),
    ]
}

/// The node of a pod, `<none>` if it has none yet.
pub fn pod_node<'s>(pod: &Pod, snapshot: &Snapshot<'s>) -> &'s str {
    snapshot.node_of(pod).unwrap_or(NONE)
}

pub(super) fn pods(pods: &[&Pod], wide: bool, snapshot: &Snapshot<'_>) -> Table {
    let mut table = table(&POD_COLUMNS, &["IP", "Node", "Nominated Node", "Readiness Gates"], wide);
    for pod in pods {
        let mut row = pod_cells(pod, snapshot).to_vec();
        if wide {
            let nominated = snapshot.recording.nominated_node(pod);
            row.push(address::of_pod(pod).unwrap_or_else(|| NONE.to_owned()));
            row.extend([pod_node(pod, snapshot), nominated.unwrap_or(NONE)].map(str::to_owned));
            row.push(readiness_gates(pod));
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

pub(super) fn nodes(nodes: &[&Node], wide: bool, snapshot: &Snapshot<'_>) -> Table {
    let columns = ["Name", "Status", "Roles", "Age", "Version"];
    let further = ["Internal-IP", "External-IP", "OS-Image", "Kernel-Version", "Container-Runtime"];
    let mut table = table(&columns, &further, wide);
    for node in nodes {
        let value = snapshot.value(ObjectKey::Node(node.id));
        let info = |field: &str| value["status"]["nodeInfo"][field].as_str().unwrap_or_default().to_owned();
        let mut row = vec![
            node.name.to_string(),
            node_status(node),
            node_roles(node),
            snapshot.age(node.joined.truncated()),
            info("kubeletVersion"),
        ];
        if wide {
            row.extend([address::of_node(node.id), NONE.to_owned()]);
            row.extend(["osImage", "kernelVersion", "containerRuntimeVersion"].map(info));
        }
        table.push(row);
    }
    table
}

/// Upstream: printers.go printNode.
pub(super) fn node_status(node: &Node) -> String {
    let ready = match node.ready {
        NodeReady::True => "Ready",
        NodeReady::Unknown => "NotReady",
    };
    if node.unschedulable { format!("{ready},SchedulingDisabled") } else { ready.to_owned() }
}

/// The roles that the labels of a node name.
///
/// Upstream: describe.go findNodeRoles.
pub(super) fn node_roles(node: &Node) -> String {
    let mut roles: Vec<&str> = node
        .labels
        .iter()
        .filter_map(|(key, value)| match key.strip_prefix("node-role.kubernetes.io/") {
            None if **key == *"kubernetes.io/role" => Some(&**value),
            role => role,
        })
        .filter(|role| !role.is_empty())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    or_none(roles.join(","))
}
