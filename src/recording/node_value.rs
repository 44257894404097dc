//! A node as the API server shows it, with what its kubelet reports.

use super::value::Clock;
use super::{Recording, address};
use crate::api::{Node, NodeReady, labels_value};
use crate::order;
use serde_json::{Map, Value, json};

/// The conditions of a node in their order, with status, reason and message while its kubelet reports.
const CONDITIONS: [(&str, &str, &str, &str); 4] = [
    ("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
    ("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
    ("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    ("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
];

impl Recording {
    pub(super) fn node_value(&self, node: &Node, clock: Clock) -> Value {
        let mut spec = Map::new();
        if node.unschedulable {
            spec.insert("unschedulable".into(), json!(true));
        }
        let taints = node.taints.iter().map(|taint| {
            let mut value = json!({ "key": &*taint.key, "effect": taint.effect.as_str() });
            if !taint.value.is_empty() {
                value["value"] = json!(&*taint.value);
            }
            if let Some(added) = taint.added {
                value["timeAdded"] = clock.at(added);
            }
            value
        });
        let taints: Vec<Value> = taints.collect();
        if !taints.is_empty() {
            spec.insert("taints".into(), json!(taints));
        }
        json!({
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": {
                "name": &*node.name,
                "uid": node.id.to_string(),
                "creationTimestamp": clock.at(node.joined.truncated()),
                "labels": labels_value(&node.labels),
            },
            "spec": spec,
            "status": self.node_status(node, clock),
        })
    }

    fn node_status(&self, node: &Node, clock: Clock) -> Value {
        let heartbeat = clock.at(self.last_report(node, clock.now));
        let conditions = CONDITIONS.map(|(condition_type, status, reason, message)| {
            let (status, reason, message) = match node.ready {
                NodeReady::True => (status, reason, message),
                NodeReady::Unknown => ("Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."),
            };
            json!({
                "type": condition_type,
                "status": status,
                "lastHeartbeatTime": heartbeat,
                "lastTransitionTime": clock.at(node.ready_since),
                "reason": reason,
                "message": message,
            })
        });
        let mut status = json!({
            "addresses": [
                { "type": "InternalIP", "address": address::of_node(node.id) },
                { "type": "Hostname", "address": &*node.name },
            ],
            "conditions": conditions,
            "nodeInfo": {
                "architecture": "amd64",
                "bootID": "",
                "containerRuntimeVersion": "containerd://2.1.0",
                "kernelVersion": "6.1.0",
                "kubeletVersion": "v1.36.3",
                "machineID": "",
                "operatingSystem": "linux",
                "osImage": "Debian GNU/Linux 12 (bookworm)",
                "systemUUID": "",
            },
        });
        if let Some(capacity) = &node.capacity {
            let written = capacity.written.iter().map(|(name, amount)| (name.to_string(), json!(&**amount)));
            status["capacity"] = json!(order::collect::<Map<String, Value>, _>(written));
            status["allocatable"] = status["capacity"].clone();
        }
        status
    }
}
