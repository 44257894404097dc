//! Which nodes can take a pod, and why the others cannot (P-8). Upstream: the Filter of the scheduler's plugins.

use super::node_info::{NodeInfo, NodeInfos, allocatable};
use super::plugin::Plugin;
use super::pod_counts::PodCounts;
use super::topology::Topology;
use crate::api::{Name, Node, NodeId, Placement, Pod, PodId, Taint, TaintEffect};
use crate::order::Map;
use std::borrow::Cow;
use std::rc::Rc;

/// Key of the taint of a cordoned node.
pub(in crate::cluster) const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";

/// One reason why a node cannot take a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The node is cordoned.
    Cordoned,
    /// A taint that the pod does not tolerate.
    Taint(Taint),
    /// The node does not match the pod's nodeSelector or required node affinity.
    Selector,
    /// Another pod has a port of the node.
    Ports,
    /// Not enough of a resource.
    Insufficient {
        /// Its name.
        resource: Name,
        /// What the pod asks for, thousandths of a cpu.
        wanted: i64,
        /// What is free.
        free: i64,
        /// What the whole node has.
        whole: i64,
    },
    /// As many pods as the node may have.
    TooManyPods {
        /// How many it may have.
        limit: i64,
    },
    /// topologySpreadConstraints.
    Spread,
    /// topologySpreadConstraints: the node lacks the label.
    SpreadLabel,
    /// podAffinity.
    Affinity,
    /// podAntiAffinity.
    AntiAffinity,
    /// podAntiAffinity of a pod that is there.
    OthersAntiAffinity,
}

impl Obstacle {
    /// The scheduler's words.
    pub fn text(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Obstacle::Cordoned => "node(s) were unschedulable",
            Obstacle::Taint(_) => "node(s) had untolerated taint(s)",
            Obstacle::Selector => "node(s) didn't match Pod's node affinity/selector",
            Obstacle::Ports => "node(s) didn't have free ports for the requested pod ports",
            Obstacle::Insufficient { resource, .. } => return Cow::Owned(format!("Insufficient {resource}")),
            Obstacle::TooManyPods { .. } => "Too many pods",
            Obstacle::Spread => "node(s) didn't match pod topology spread constraints",
            Obstacle::SpreadLabel => "node(s) didn't match pod topology spread constraints (missing required label)",
            Obstacle::Affinity => "node(s) didn't match pod affinity rules",
            Obstacle::AntiAffinity => "node(s) didn't match pod anti-affinity rules",
            Obstacle::OthersAntiAffinity => "node(s) didn't satisfy existing pods anti-affinity rules",
        })
    }

    /// Whether it could be mended by removing pods (P-9).
    pub fn is_resolvable(&self) -> bool {
        match self {
            Obstacle::Ports
            | Obstacle::TooManyPods { .. }
            | Obstacle::Spread
            | Obstacle::AntiAffinity
            | Obstacle::OthersAntiAffinity => true,
            Obstacle::Insufficient { wanted, whole, .. } => wanted <= whole,
            Obstacle::Cordoned
            | Obstacle::Taint(_)
            | Obstacle::Selector
            | Obstacle::SpreadLabel
            | Obstacle::Affinity => false,
        }
    }

    pub(super) fn plugin(&self) -> Plugin {
        match self {
            Obstacle::Cordoned => Plugin::NodeUnschedulable,
            Obstacle::Taint(_) => Plugin::TaintToleration,
            Obstacle::Selector => Plugin::NodeAffinity,
            Obstacle::Ports => Plugin::NodePorts,
            Obstacle::Insufficient { .. } | Obstacle::TooManyPods { .. } => Plugin::NodeResourcesFit,
            Obstacle::Spread | Obstacle::SpreadLabel => Plugin::PodTopologySpread,
            Obstacle::Affinity | Obstacle::AntiAffinity | Obstacle::OthersAntiAffinity => Plugin::InterPodAffinity,
        }
    }
}

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
        if let Some(taint) = untolerated(placement, node) {
            return vec![Obstacle::Taint(taint.clone())];
        }
        // A node without limits takes every pod (docs/scenario.md).
        if node.capacity.is_none() {
            return Vec::new();
        }
        if !selects(placement, node) {
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

/// The first taint that keeps a pod off a node.
pub(super) fn untolerated<'n>(placement: &Placement, node: &'n Node) -> Option<&'n Taint> {
    node.taints.iter().find(|taint| taint.effect != TaintEffect::PreferNoSchedule && !placement.tolerates(taint))
}

/// Whether a node matches nodeSelector and required node affinity.
pub(super) fn selects(placement: &Placement, node: &Node) -> bool {
    placement.node_selector.iter().all(|(key, value)| node.labels.get(key) == Some(value))
        && placement.required_nodes.as_ref().is_none_or(|terms| terms.iter().any(|term| term.matches(node)))
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
