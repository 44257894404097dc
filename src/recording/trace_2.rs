//! What version 2 of a trace has beside version 1: nodes, conditions and containers of pods, and the events about them
//! (tests/conformance/README.md, Traces).

use super::pod_events::{PodEvent, Teller};
use super::status::pod_name;
use super::{Object, Recording};
use crate::api::{ContainerState, ContainerStatus, NodeId, ObjectKey, PodId};
use crate::cluster::reason::{Step, StepId};
use crate::order::{self, Map as Sorted, Set};
use crate::recording::pod_status;
use crate::time::Time;
use serde_json::{Map, Value, json};

/// What the trace has said so far.
pub(super) struct Details<'r> {
    recording: &'r Recording,
    teller: Teller<'r>,
    /// The events of the instant.
    events: Vec<PodEvent>,
    /// The last entry of each pod.
    pods: Sorted<PodId, Map<String, Value>>,
    /// The last entry of each node.
    nodes: Sorted<NodeId, Value>,
    /// The nodes that were written at the instant; at the first one, all that there are.
    written: Set<NodeId>,
}

impl<'r> Details<'r> {
    pub(super) fn new(recording: &'r Recording) -> Details<'r> {
        Details {
            recording,
            teller: Teller::new(recording, &|_| true, &pod_name, &pod_name),
            events: Vec::new(),
            pods: Sorted::new(),
            nodes: Sorted::new(),
            written: order::set(recording.nodes()),
        }
    }

    /// Collects the events of a step, and the nodes that it wrote.
    pub(super) fn tell(&mut self, step: &Step, id: StepId) {
        let nodes = self.recording.versions(step).iter().filter_map(|version| match &version.object {
            Object::Node(node) => Some(node.id),
            Object::Job(_) | Object::CronJob(_) | Object::Pod(_) => None,
        });
        self.written.extend(nodes);
        self.events.extend(self.teller.of_step(step, id));
    }

    /// The entry of a pod, if it differs from its last one.
    pub(super) fn pod(&mut self, id: PodId, at: Time, mut state: Map<String, Value>) -> Option<Value> {
        let pod = self.recording.last_pod(id, at)?;
        state.remove("node");
        if let Some(node) = self.recording.node_of(pod) {
            state.insert("node".into(), json!(node));
        }
        let show = format!("{} {}", pod_status::ready(pod), pod_status::status(pod));
        state.insert("show".into(), json!(show));
        if let Some(reason) = pod.reason {
            state.insert("reason".into(), json!(reason.as_str()));
        }
        if let Some(node) = self.recording.nominated_node(pod) {
            state.insert("nominated".into(), json!(node));
        }
        let conditions: Map<String, Value> = order::collect(pod.conditions().map(|condition| {
            let mut text = condition.status.to_owned();
            if !condition.reason.is_empty() {
                text += &format!(" {}", condition.reason);
            }
            if !condition.message.is_empty() {
                text += &format!(": {}", condition.message);
            }
            (condition.condition_type.to_owned(), json!(text))
        }));
        if !conditions.is_empty() {
            state.insert("conditions".into(), Value::Object(conditions));
        }
        let containers: Map<String, Value> = order::collect(
            pod.all_statuses().map(|(declared, status)| (declared.name.to_string(), json!(container(status)))),
        );
        if !containers.is_empty() {
            state.insert("containers".into(), Value::Object(containers));
        }
        if self.pods.get(&id) == Some(&state) {
            return None;
        }
        self.pods.insert(id, state.clone());
        Some(Value::Object(state))
    }

    /// The nodes that changed, by name.
    pub(super) fn add_nodes(&mut self, at: Time, line: &mut Map<String, Value>) {
        let mut changed: Vec<(String, Value)> = Vec::new();
        for id in std::mem::take(&mut self.written).iter().copied() {
            let Some(name) = self.recording.node_name(id) else { continue };
            let state = match self.recording.node_at(id, at) {
                Some(node) => {
                    let mut state = json!({ "node": name, "ready": node.ready.as_str() });
                    if node.unschedulable {
                        state["unschedulable"] = json!(true);
                    }
                    let mut taints: Vec<String> = node.taints.iter().map(ToString::to_string).collect();
                    order::sort(&mut taints);
                    if !taints.is_empty() {
                        state["taints"] = json!(taints);
                    }
                    state
                }
                None => match self.nodes.get(&id) {
                    Some(last) => {
                        let mut state = last.clone();
                        state["gone"] = json!(true);
                        state
                    }
                    None => continue,
                },
            };
            if self.nodes.get(&id) != Some(&state) {
                self.nodes.insert(id, state.clone());
                changed.push((name.to_owned(), state));
            }
        }
        order::sort_by_cached_key(&mut changed, |(name, _)| name.clone());
        if !changed.is_empty() {
            line.insert("nodes".into(), changed.into_iter().map(|(_, state)| state).collect());
        }
    }

    /// Each event that is new or was counted up, as it is after the instant.
    pub(super) fn add_events(&mut self, line: &mut Map<String, Value>) {
        let mut last: Sorted<(ObjectKey, u32), String> = Sorted::new();
        for event in std::mem::take(&mut self.events) {
            let about = match event.object {
                ObjectKey::Node(node) => format!("node {}", self.recording.node_name(node).unwrap_or_default()),
                ObjectKey::Pod(pod) => match &event.container {
                    Some((_, name)) => format!("{}[{name}]", pod_name(pod)),
                    None => pod_name(pod),
                },
                ObjectKey::Job(_) | ObjectKey::CronJob(_) => continue,
            };
            let (kind, reason, count) = (event.event_type.as_str(), event.reason, event.count);
            last.insert((event.object, event.series), format!("{about} {kind} {reason} x{count}: {}", event.message));
        }
        let mut events: Vec<String> = last.into_values().collect();
        order::sort(&mut events);
        if !events.is_empty() {
            line.insert("podEvents".into(), json!(events));
        }
    }
}

/// `running, ready, restarts 1, last Error 1`
fn container(status: &ContainerStatus) -> String {
    let mut text = match status.state {
        ContainerState::Running(_) => "running".to_owned(),
        ContainerState::Waiting(reason) => format!("waiting {}", reason.as_str()),
        ContainerState::Terminated(terminated) => {
            format!("terminated {} {}", terminated.reason.as_str(), terminated.exit_code)
        }
    };
    if matches!(status.state, ContainerState::Running(_)) && !status.started {
        text += ", not started";
    }
    if status.ready {
        text += ", ready";
    }
    if status.restart_count > 0 {
        text += &format!(", restarts {}", status.restart_count);
    }
    if let Some(last) = status.last {
        text += &format!(", last {} {}", last.reason.as_str(), last.exit_code);
    }
    text
}
