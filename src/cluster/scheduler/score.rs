//! Which of the nodes that can take a pod is the best (P-12, P-13). Upstream: the Score of the scheduler's plugins.

use super::node_info::{NodeInfo, NodeInfos, allocatable};
use crate::api::{Node, NodeId, Pod, TaintEffect};
use std::rc::Rc;

/// The points of one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// Which node.
    pub node: NodeId,
    /// Fewer taints that the pod would rather not have: up to 100, counted three times.
    pub taints: i64,
    /// Preferred node affinity: up to 100, counted twice.
    pub affinity: i64,
    /// What stays free.
    pub least_allocated: i64,
    /// How evenly cpu and memory are used.
    pub balanced: i64,
}

impl Score {
    /// All points.
    pub fn total(&self) -> i64 {
        3 * self.taints + 2 * self.affinity + self.least_allocated + self.balanced
    }
}

/// The points of all nodes that can take a pod, in the order of the nodes.
pub(super) fn scores(pod: &Pod, nodes: &[&Rc<Node>], infos: &NodeInfos) -> impl Iterator<Item = Score> {
    let placement = &pod.birth.template.spec.placement;
    let disliked = |node: &Node| {
        let prefers_not = node.taints.iter().filter(|taint| taint.effect == TaintEffect::PreferNoSchedule);
        prefers_not.filter(|taint| !placement.tolerates(taint)).count() as i64
    };
    let liked = |node: &Node| -> i64 {
        placement.preferred_nodes.iter().filter(|(_, term)| term.matches(node)).map(|(weight, _)| *weight).sum()
    };
    let most_disliked = nodes.iter().map(|node| disliked(node)).max().unwrap_or(0);
    let most_liked = nodes.iter().map(|node| liked(node)).max().unwrap_or(0);
    let empty = NodeInfo::default();
    nodes.iter().map(move |node| {
        let info = infos.get(node.id).unwrap_or(&empty);
        Score {
            node: node.id,
            taints: if most_disliked == 0 { 100 } else { 100 - 100 * disliked(node) / most_disliked },
            affinity: if most_liked == 0 { 0 } else { 100 * liked(node) / most_liked },
            least_allocated: least_allocated(pod, node, info),
            balanced: balanced(pod, node, info),
        }
    })
}

/// Upstream: noderesources/least_allocated.go.
fn least_allocated(pod: &Pod, node: &Node, info: &NodeInfo) -> i64 {
    let (cpu, memory) = pod.birth.template.spec.placement.nonzero_requests;
    let of = |requested: i64, capacity: i64| {
        if capacity == 0 || requested > capacity { 0 } else { (capacity - requested) * 100 / capacity }
    };
    let cpu = of(info.nonzero.0 + cpu, allocatable(node, "cpu"));
    let memory = of(info.nonzero.1 + memory, allocatable(node, "memory"));
    (cpu + memory) / 2
}

/// Upstream: noderesources/balanced_allocation.go balancedResourceScorer.
fn balanced(pod: &Pod, node: &Node, info: &NodeInfo) -> i64 {
    let requests = &pod.birth.template.spec.placement.requests;
    let (cpu, memory) = (requests.of("cpu"), requests.of("memory"));
    if requests.by_name.iter().all(|(_, amount)| *amount == 0) {
        return 0;
    }
    let share = |requested: i64, resource: &str| {
        let whole = allocatable(node, resource);
        if whole == 0 { None } else { Some((requested as f64 / whole as f64).min(1.0)) }
    };
    let score = |cpu: i64, memory: i64| {
        let shares = [share(cpu, "cpu"), share(memory, "memory")];
        let deviation = match shares {
            [Some(cpu), Some(memory)] => ((cpu - memory) / 2.0).abs(),
            _ => 0.0,
        };
        ((1.0 - deviation) * 100.0) as i64
    };
    let (used_cpu, used_memory) = (info.requested.of("cpu"), info.requested.of("memory"));
    let with = score(used_cpu + cpu, used_memory + memory);
    let without = score(used_cpu, used_memory);
    50 + (50 + with - without) / 2
}
