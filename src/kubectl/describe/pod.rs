//! `kubectl describe pod` (K13).

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
    let node = snapshot.node_of(pod).map(|node| format!("{node}/{}", shown(&status["hostIP"])));
    page.field("Node", node.as_deref().unwrap_or("<none>"));
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
    page.field("IP", shown(&status["podIP"]));
    let addresses = items(&status["podIPs"]);
    if addresses.is_empty() {
        page.field("IPs", "<none>");
    } else {
        page.line("IPs:");
    }
    for address in addresses {
        page.field("  IP", shown(&address["ip"]));
    }
    page.optional_field("Controlled By", snapshot.controller_of_pod(pod));
    page.optional_field("NominatedNodeName", text(&status["nominatedNodeName"]));
    if spec["resources"].is_object() {
        page.line("Resources:");
        page.resources(&spec["resources"], "  ");
    }
    page.pod_containers(pod, &value);
    page.readiness_gates(items(&spec["readinessGates"]), items(&status["conditions"]));
    let conditions = items(&status["conditions"]);
    if !conditions.is_empty() {
        page.line("Conditions:");
        page.line("  Type\tStatus");
        for condition in conditions {
            page.line(format_args!("  {} \t{} ", shown(&condition["type"]), shown(&condition["status"])));
        }
    }
    page.volumes(items(&spec["volumes"]), POD);
    page.field("QoS Class", shown(&status["qosClass"]));
    page.list("Node-Selectors", &pairs(&spec["nodeSelector"]));
    page.list("Tolerations", &tolerations(&spec["tolerations"]));
    page.topology_spread(items(&spec["topologySpreadConstraints"]), POD);
    if show_events {
        page.events(ObjectKey::Pod(pod.id));
    }
    page.finish()
}

impl Page<'_> {
    fn pod_containers(&mut self, pod: &Pod, value: &Value) {
        let init: Vec<&ContainerStatus> = pod.init_statuses().map(|(_, status)| status).collect();
        let regular: Vec<&ContainerStatus> = pod.containers.iter().collect();
        for (title, field, statuses) in
            [("Init Containers", "initContainers", init), ("Containers", "containers", regular)]
        {
            let containers = items(&value["spec"][field]);
            if !containers.is_empty() {
                self.line(format_args!("{title}:"));
            }
            for (place, container) in containers.iter().enumerate() {
                match statuses.get(place) {
                    Some(status) if pod.bound.is_some() => {
                        let listed = if field == "containers" { "containerStatuses" } else { "initContainerStatuses" };
                        let listed =
                            items(&value["status"][listed]).iter().find(|one| one["name"] == container["name"]);
                        self.container_with_status(container, status, listed.unwrap_or(&Value::Null));
                    }
                    _ => self.container(container, POD),
                }
            }
        }
    }

    /// `listed`: the status as the API has it.
    fn container_with_status(&mut self, container: &Value, status: &ContainerStatus, listed: &Value) {
        self.line(format_args!("{}{}:", POD.name, shown(&container["name"])));
        self.field("    Container ID", shown(&listed["containerID"]));
        self.field("    Image", shown(&container["image"]));
        self.field("    Image ID", shown(&listed["imageID"]));
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
        self.field("    Ready", capitalized(status.ready));
        self.field("    Restart Count", status.restart_count);
        self.container_surroundings(container);
    }

    fn readiness_gates(&mut self, gates: &[Value], conditions: &[Value]) {
        if gates.is_empty() {
            return;
        }
        self.line("Readiness Gates:");
        self.line("  Type\tStatus");
        for gate in gates {
            let condition = conditions.iter().find(|condition| condition["type"] == gate["conditionType"]);
            let status = condition.map_or_else(|| "<none>".to_owned(), |condition| shown(&condition["status"]));
            self.line(format_args!("  {} \t{status} ", shown(&gate["conditionType"])));
        }
    }

    fn terminated(&mut self, title: &str, terminated: &Terminated) {
        // A container that never ran has Go's zero time.
        let date = |time: Option<Time>| {
            time.map_or_else(|| "Mon, 01 Jan 0001 00:00:00 +0000".to_owned(), |time| self.snapshot.date(time))
        };
        let (started, finished) = (date(terminated.started), date(terminated.finished));
        self.field(title, "Terminated");
        self.field("      Reason", terminated.reason.as_str());
        self.optional_field("      Message", Some(terminated.reason.message()).filter(|text| !text.is_empty()));
        self.field("      Exit Code", terminated.exit_code);
        self.field("      Started", started);
        self.field("      Finished", finished);
    }
}
