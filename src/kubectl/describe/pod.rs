//! `kubectl describe pod` (K13). Addresses stay empty: the reference cluster gives none.

use super::page::Page;
use super::template::{POD, items, pairs, shown, text, texts, tolerations};
use crate::api::{ContainerState, ContainerStatus, ObjectKey, Pod, Terminated};
use crate::kubectl::rows::capitalized;
use crate::kubectl::snapshot::Snapshot;
use crate::time::Time;
use serde_json::Value;

/// A pod, its containers with their states, and its events.
///
/// Upstream: describe.go describePod.
pub(super) fn pod(pod: &Pod, show_events: bool, snapshot: &Snapshot<'_>) -> String {
    let value = snapshot.value(ObjectKey::Pod(pod.id));
    let (spec, status) = (&value["spec"], &value["status"]);
    let mut page = Page::new(snapshot);
    page.pod_metadata = Some(value["metadata"].clone());
    page.field("Name", snapshot.pod_name(pod));
    page.field("Namespace", &pod.birth.namespace);
    page.optional_field("Priority", spec["priority"].as_i64());
    page.optional_field("Priority Class Name", text(&spec["priorityClassName"]));
    page.optional_field("Runtime Class Name", text(&spec["runtimeClassName"]));
    page.optional_field("Service Account", text(&spec["serviceAccountName"]));
    page.field("Node", snapshot.node_of(pod).map_or_else(|| "<none>".to_owned(), |node| format!("{node}/")));
    page.optional_field("Start Time", pod.started.map(|time| snapshot.date(time)));
    page.labels("Labels", &pod.labels());
    page.annotations("Annotations", &texts(&value["metadata"]["annotations"]));
    match pod.deletion.filter(|_| !pod.phase.is_terminal()) {
        Some(deletion) => {
            page.field("Status", format_args!("Terminating (lasts {})", snapshot.age(deletion.timestamp)));
            page.field("Termination Grace Period", format_args!("{}s", deletion.grace_seconds));
        }
        None => page.field("Status", pod.phase.as_str()),
    }
    page.optional_field("Reason", text(&status["reason"]));
    page.optional_field("Message", text(&status["message"]));
    let profile = &spec["securityContext"]["seccompProfile"];
    page.optional_field("SeccompProfile", text(&profile["type"]));
    page.optional_field("LocalhostProfile", text(&profile["localhostProfile"]));
    page.field("IP", "");
    page.field("IPs", "<none>");
    page.optional_field("Controlled By", snapshot.controller_of_pod(pod));
    page.pod_containers(pod, spec);
    if pod.conditions().next().is_some() {
        page.line("Conditions:");
        page.line("  Type\tStatus");
        for condition in pod.conditions() {
            page.line(format_args!("  {} \t{} ", condition.condition_type, condition.status));
        }
    }
    page.volumes(items(&spec["volumes"]), POD);
    page.field("QoS Class", quality_of_service(spec));
    page.list("Node-Selectors", &pairs(&spec["nodeSelector"]));
    page.list("Tolerations", &tolerations(&spec["tolerations"]));
    page.topology_spread(items(&spec["topologySpreadConstraints"]), POD);
    if show_events {
        page.events(ObjectKey::Pod(pod.id));
    }
    page.finish()
}

impl Page<'_> {
    fn pod_containers(&mut self, pod: &Pod, spec: &Value) {
        let init_containers = items(&spec["initContainers"]);
        if !init_containers.is_empty() {
            self.line("Init Containers:");
        }
        for container in init_containers {
            self.container(container, POD);
        }
        self.line("Containers:");
        for (place, container) in items(&spec["containers"]).iter().enumerate() {
            match pod.containers.get(place) {
                Some(status) if pod.bound.is_some() => self.container_with_status(container, status),
                _ => self.container(container, POD),
            }
        }
    }

    fn container_with_status(&mut self, container: &Value, status: &ContainerStatus) {
        self.line(format_args!("{}{}:", POD.name, shown(&container["name"])));
        self.field("    Container ID", "");
        self.field("    Image", shown(&container["image"]));
        self.field("    Image ID", "");
        self.container_ports(container);
        self.container_command(container);
        match status.state {
            ContainerState::Waiting(reason) => {
                self.field("    State", "Waiting");
                self.field("      Reason", reason.as_str());
            }
            ContainerState::Running(since) => {
                self.field("    State", "Running");
                self.field("      Started", self.snapshot.date(since));
            }
            ContainerState::Terminated(terminated) => self.terminated("    State", &terminated),
        }
        if let Some(last) = &status.last {
            self.terminated("    Last State", last);
        }
        self.field("    Ready", capitalized(matches!(status.state, ContainerState::Running(_))));
        self.field("    Restart Count", status.restart_count);
        self.container_surroundings(container);
    }

    fn terminated(&mut self, title: &str, terminated: &Terminated) {
        // A container that never ran has Go's zero time.
        let date = |time: Option<Time>| {
            time.map_or_else(|| "Mon, 01 Jan 0001 00:00:00 +0000".to_owned(), |time| self.snapshot.date(time))
        };
        let (started, finished) = (date(terminated.started), date(terminated.finished));
        self.field(title, "Terminated");
        self.field("      Reason", terminated.reason.as_str());
        self.field("      Exit Code", terminated.exit_code);
        self.field("      Started", started);
        self.field("      Finished", finished);
    }
}

/// Guaranteed: every container's limits are its requests; BestEffort: there are none.
///
/// Upstream: qos.go ComputePodQOS.
fn quality_of_service(spec: &Value) -> &'static str {
    const COMPUTE: [&str; 2] = ["cpu", "memory"];
    let containers = || items(&spec["initContainers"]).iter().chain(items(&spec["containers"]));
    let amounts = |container: &Value, list: &str| {
        COMPUTE.map(|name| text(&container["resources"][list][name]).filter(|amount| amount != "0"))
    };
    if containers().all(|container| ["limits", "requests"].iter().all(|list| amounts(container, list) == [None, None]))
    {
        return "BestEffort";
    }
    let is_guaranteed = |container: &Value| {
        let limits = amounts(container, "limits");
        limits.iter().all(Option::is_some) && limits == amounts(container, "requests")
    };
    if containers().all(is_guaranteed) { "Guaranteed" } else { "Burstable" }
}
