//! Which nodes can take a pod, and why the others cannot (P-8). Upstream: the Filter of the scheduler's plugins.

use super::node_info::{NodeInfo, NodeInfos, allocatable};
use super::obstacle::Obstacle;
use super::pod_counts::PodCounts;
use super::topology::Topology;
use crate::api::{Node, NodeId, Placement, Pod, PodId, Taint, TaintEffect};
use crate::order::Map;
use std::rc::Rc;

/// Key of the taint of a cordoned node.
pub(crate) const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";

/// All nodes with their pods, as a pod sees them that looks for a node.
pub(super) struct Cluster<'c> {
    pub(super) pod: &'c Pod,
    pub(super) infos: &'c NodeInfos,
    /// What is on a node, with the room that is kept there for other pods.
    kept: Map<NodeId, NodeInfo>,
    counts: PodCounts<'c>,
    /// How often it has looked at a node or a pod.
    pub(super) looks: usize,
}

impl<'c> Cluster<'c> {
    /// `nominated`: pods for which room is kept on a node.
    pub(super) fn new(
        pod: &'c Pod,
        nodes: &[&Rc<Node>],
        infos: &'c NodeInfos,
        topology: &'c Topology,
        nominated: &Map<PodId, (NodeId, Rc<Pod>)>,
    ) -> Cluster<'c> {
        let mut kept: Map<NodeId, NodeInfo> = Map::new();
        for (id, (node, other)) in nominated.iter() {
            if *id != pod.id && other.birth.priority >= pod.birth.priority {
                let info = || infos.get(*node).cloned().unwrap_or_default();
                kept.get_or_insert_with(*node, info).add(Rc::clone(other));
            }
        }
        let counts = PodCounts::of(pod, nodes, infos, topology);
        Cluster { pod, infos, kept, looks: counts.looks, counts }
    }

    /// What is on a node, with the room that is kept there for other pods.
    pub(super) fn info(&self, node: NodeId) -> NodeInfo {
        self.kept.get(&node).or_else(|| self.infos.get(node)).cloned().unwrap_or_default()
    }

    /// Why a node cannot take the pod; empty if it can.
    pub(super) fn obstacles(&mut self, node: &Node) -> Vec<Obstacle> {
        if !self.kept.is_empty()
            && let Some(info) = self.kept.remove(&node.id)
        {
            let obstacles = self.obstacles_with(node, &info);
            self.kept.insert(node.id, info);
            return obstacles;
        }
        self.looks += 1;
        match self.infos.get(node.id) {
            Some(info) => self.ask(node, info),
            None => self.ask(node, &NodeInfo::default()),
        }
    }

    /// The same, if this were on the node.
    pub(super) fn obstacles_with(&mut self, node: &Node, info: &NodeInfo) -> Vec<Obstacle> {
        self.looks += 1;
        let present = self.infos.get(node.id);
        self.looks += self.counts.replace(node, present, Some(info));
        let obstacles = self.ask(node, info);
        self.looks += self.counts.replace(node, Some(info), present);
        obstacles
    }

    fn ask(&self, node: &Node, info: &NodeInfo) -> Vec<Obstacle> {
        let placement = &self.pod.birth.template.spec.placement;
        if node.unschedulable && !placement.tolerates(&Taint::new(UNSCHEDULABLE, TaintEffect::NoSchedule)) {
            return vec![Obstacle::Cordoned];
        }
        if let Some(taint) = placement.untolerated(node) {
            return vec![Obstacle::Taint(taint.clone())];
        }
        // A node without limits takes every pod (docs/scenario.md).
        if node.capacity.is_none() {
            return Vec::new();
        }
        if !placement.selects(node) {
            return vec![Obstacle::Selector];
        }
        if placement.host_ports.iter().any(|port| info.ports.iter().any(|used| used.conflicts(port))) {
            return vec![Obstacle::Ports];
        }
        let lacking = lacking(placement, node, info);
        if !lacking.is_empty() {
            return lacking;
        }
        self.counts.obstacle(node).into_iter().collect()
    }
}

/// Upstream: plugins/noderesources/fit.go fitsRequest.
fn lacking(placement: &Placement, node: &Node, info: &NodeInfo) -> Vec<Obstacle> {
    const FIRST: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
    let mut lacking = Vec::new();
    let limit = allocatable(node, "pods");
    if info.count + 1 > limit {
        lacking.push(Obstacle::TooManyPods { limit });
    }
    let asked = &placement.requests.by_name;
    let first = FIRST.iter().filter_map(|resource| asked.iter().find(|(name, _)| **name == **resource));
    let others = asked.iter().filter(|(name, _)| !FIRST.contains(&&**name));
    for (resource, wanted) in first.chain(others) {
        let (wanted, whole) = (*wanted, allocatable(node, resource));
        let free = whole - info.requested.of(resource);
        if wanted > 0 && wanted > free {
            lacking.push(Obstacle::Insufficient { resource: resource.clone(), wanted, free, whole });
        }
    }
    lacking
}
