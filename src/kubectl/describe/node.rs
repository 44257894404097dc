//! `kubectl describe node` (K25).

use super::page::Page;
use super::template::{items, shown};
use crate::api::{Capacity, Node, ObjectKey, Pod, Quantities, ResourceList};
use crate::kubectl::rows::node_roles;
use crate::kubectl::snapshot::Snapshot;
use crate::order;
use serde_json::Value;

/// A node, the pods on it that have not ended, what they ask for, and its events.
///
/// Upstream: describe.go describeNode.
pub(super) fn node(node: &Node, show_events: bool, snapshot: &Snapshot<'_>) -> String {
    let value = snapshot.value(ObjectKey::Node(node.id));
    let status = &value["status"];
    let mut page = Page::new(snapshot);
    page.field("Name", &node.name);
    page.field("Roles", node_roles(node));
    page.labels("Labels", &node.labels);
    page.field("Annotations", "<none>");
    page.field("CreationTimestamp", snapshot.date(node.joined));
    let mut taints: Vec<_> = node.taints.iter().collect();
    order::sort_by_key(&mut taints, |taint| (taint.effect.as_str(), &taint.key));
    page.list("Taints", &taints.iter().map(ToString::to_string).collect::<Vec<_>>());
    page.field("Unschedulable", node.unschedulable);
    page.line("Lease:");
    page.field("  HolderIdentity", &node.name);
    page.field("  AcquireTime", "<unset>");
    page.field("  RenewTime", snapshot.date(snapshot.recording.lease_renewed(node, snapshot.at)));
    page.node_conditions(node, items(&status["conditions"]));
    page.line("Addresses:");
    for address in items(&status["addresses"]) {
        page.field(&format!("  {}", shown(&address["type"])), shown(&address["address"]));
    }
    for (title, list) in [("Capacity", "capacity"), ("Allocatable", "allocatable")] {
        let Some(amounts) = status[list].as_object() else { continue };
        page.line(format_args!("{title}:"));
        for (name, amount) in amounts {
            page.field(&format!("  {name}"), shown(amount));
        }
    }
    page.line("System Info:");
    for (title, field) in SYSTEM_INFO {
        page.field(&format!("  {title}"), shown(&status["nodeInfo"][field]));
    }
    page.node_pods(node);
    if show_events {
        page.events(ObjectKey::Node(node.id));
    }
    page.finish()
}

const SYSTEM_INFO: [(&str, &str); 9] = [
    ("Machine ID", "machineID"),
    ("System UUID", "systemUUID"),
    ("Boot ID", "bootID"),
    ("Kernel Version", "kernelVersion"),
    ("OS Image", "osImage"),
    ("Operating System", "operatingSystem"),
    ("Architecture", "architecture"),
    ("Container Runtime Version", "containerRuntimeVersion"),
    ("Kubelet Version", "kubeletVersion"),
];

impl Page<'_> {
    fn node_conditions(&mut self, node: &Node, conditions: &[Value]) {
        let heartbeat = self.snapshot.date(self.snapshot.recording.last_report(node, self.snapshot.at));
        let transition = self.snapshot.date(node.ready_since);
        self.line("Conditions:");
        self.line("  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
        self.line("  ----\t------\t-----------------\t------------------\t------\t-------");
        for condition in conditions {
            let text = |field: &str| shown(&condition[field]);
            self.line(format_args!(
                "  {} \t{} \t{heartbeat} \t{transition} \t{} \t{}",
                text("type"),
                text("status"),
                text("reason"),
                text("message")
            ));
        }
    }

    /// Upstream: describe.go describeNodeResource.
    fn node_pods(&mut self, node: &Node) {
        let snapshot = self.snapshot;
        let capacity = node.capacity.as_deref();
        let is_here = |pod: &Pod| pod.bound.is_some_and(|bound| bound.node == node.id);
        let pods = snapshot.pods_where(|pod| is_here(pod) && !pod.phase.is_terminal());
        self.field("Non-terminated Pods", format_args!("({} in total)", pods.len()));
        self.line("  Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
        self.line("  ---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
        let mut sums = [Quantities::default(), Quantities::default()];
        for pod in pods {
            let spec = snapshot.recording.pod_spec(pod);
            let of_pod = [ResourceList::Requests, ResourceList::Limits].map(|list| Quantities::of_pod(&spec, list));
            let cells = ["cpu", "memory"].map(|name| cells(&of_pod, name, capacity)).concat();
            let age = snapshot.age(pod.birth.created);
            let (namespace, name) = (&pod.birth.namespace, snapshot.pod_name(pod));
            self.line(format_args!("  {namespace}\t{name}\t\t{}\t{age}", cells.join("\t")));
            sums.iter_mut().zip(&of_pod).for_each(|(sum, own)| sum.add_all(own));
        }
        self.line("Allocated resources:");
        self.line("  (Total limits may be over 100 percent, i.e., overcommitted.)");
        self.line("  Resource\tRequests\tLimits");
        self.line("  --------\t--------\t------");
        for name in ["cpu", "memory", "ephemeral-storage"] {
            self.line(format_args!("  {name}\t{}", cells(&sums, name, capacity).join("\t")));
        }
        let others = capacity.map(|capacity| capacity.written.iter()).into_iter().flatten().map(|(name, _)| name);
        let others = others.filter(|name| !["cpu", "memory", "ephemeral-storage", "pods"].contains(&&***name));
        let (pages, others): (Vec<_>, Vec<_>) = others.partition(|name| name.starts_with("hugepages-"));
        for name in pages {
            self.line(format_args!("  {name}\t{}", cells(&sums, name, capacity).join("\t")));
        }
        for name in others {
            let [requests, limits] = &sums;
            self.line(format_args!("  {name}\t{}\t{}", requests.amount(name), limits.amount(name)));
        }
    }
}

/// `500m (12%)`, of the requests and of the limits.
fn cells(amounts: &[Quantities; 2], resource: &str, capacity: Option<&Capacity>) -> [String; 2] {
    amounts.each_ref().map(|amounts| format!("{} ({}%)", amounts.amount(resource), amounts.percent(resource, capacity)))
}
