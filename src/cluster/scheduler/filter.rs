//! Which nodes can take a pod, and why the others cannot (P-8). Upstream: the Filter of the scheduler's plugins.

use super::node_info::{NodeInfo, allocatable};
use crate::api::{Name, Node, NodeId, Placement, Pod, PodAffinityTerm, SpreadConstraint, Taint, TaintEffect};
use crate::order::Map;
use std::rc::Rc;

/// Key of the taint of a cordoned node.
pub(crate) const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";

/// Why each node cannot take a pod.
pub type Refusals = Rc<[(NodeId, Vec<Obstacle>)]>;

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

/// A plugin of the scheduler: what refused a pod decides what is waited for (P-15).
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plugin {
    NodeUnschedulable,
    TaintToleration,
    NodeAffinity,
    NodePorts,
    NodeResourcesFit,
    VolumeBinding,
    PodTopologySpread,
    InterPodAffinity,
}

impl Obstacle {
    /// The scheduler's words.
    pub fn text(&self) -> String {
        match self {
            Obstacle::Cordoned => "node(s) were unschedulable".to_owned(),
            Obstacle::Taint(_) => "node(s) had untolerated taint(s)".to_owned(),
            Obstacle::Selector => "node(s) didn't match Pod's node affinity/selector".to_owned(),
            Obstacle::Ports => "node(s) didn't have free ports for the requested pod ports".to_owned(),
            Obstacle::Insufficient { resource, .. } => format!("Insufficient {resource}"),
            Obstacle::TooManyPods { .. } => "Too many pods".to_owned(),
            Obstacle::Spread => "node(s) didn't match pod topology spread constraints".to_owned(),
            Obstacle::SpreadLabel => {
                "node(s) didn't match pod topology spread constraints (missing required label)".to_owned()
            }
            Obstacle::Affinity => "node(s) didn't match pod affinity rules".to_owned(),
            Obstacle::AntiAffinity => "node(s) didn't match pod anti-affinity rules".to_owned(),
            Obstacle::OthersAntiAffinity => "node(s) didn't satisfy existing pods anti-affinity rules".to_owned(),
        }
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

/// All nodes with their pods, as a pod that looks for a node sees them.
pub(super) struct Cluster<'c> {
    pub(super) nodes: &'c [Rc<Node>],
    pub(super) infos: &'c Map<NodeId, NodeInfo>,
}

impl Cluster<'_> {
    /// All pods with their nodes.
    fn pods(&self) -> impl Iterator<Item = (&Node, &Rc<Pod>)> {
        self.nodes.iter().flat_map(|node| {
            let info = self.infos.get(&node.id);
            info.into_iter().flat_map(|info| info.pods.values()).map(move |pod| (&**node, pod))
        })
    }

    /// Why a node cannot take a pod; empty if it can. `info`: what is on the node, or would be.
    pub(super) fn obstacles(&self, pod: &Pod, node: &Node, info: &NodeInfo) -> Vec<Obstacle> {
        let spec = &pod.birth.template.spec;
        let placement = &spec.placement;
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
        self.spread(pod, node, info).or_else(|| self.affinity(pod, node, info)).into_iter().collect()
    }

    /// Upstream: plugins/podtopologyspread/filtering.go.
    fn spread(&self, pod: &Pod, node: &Node, info: &NodeInfo) -> Option<Obstacle> {
        let placement = &pod.birth.template.spec.placement;
        let labels = pod.labels();
        for constraint in &placement.spread {
            let Some(here) = node.labels.get(&constraint.topology_key) else { return Some(Obstacle::SpreadLabel) };
            let counts = self.count(placement, constraint, &pod.birth.namespace, node, info);
            let fewest = counts.values().copied().min().unwrap_or(0);
            let places = counts.values().count() as i64;
            let fewest = if places < constraint.min_domains { 0 } else { fewest };
            let own = i64::from(constraint.label_selector.as_ref().is_some_and(|selector| selector.matches(&labels)));
            if counts.get(here).copied().unwrap_or(0) + own - fewest > constraint.max_skew {
                return Some(Obstacle::Spread);
            }
        }
        None
    }

    /// How many matching pods each place has.
    fn count(
        &self,
        placement: &Placement,
        constraint: &SpreadConstraint,
        namespace: &str,
        changed: &Node,
        changed_info: &NodeInfo,
    ) -> Map<Name, i64> {
        let mut counts: Map<Name, i64> = Map::new();
        for node in self.nodes {
            let Some(place) = node.labels.get(&constraint.topology_key) else { continue };
            let has_all = placement.spread.iter().all(|one| node.labels.contains_key(&one.topology_key));
            let is_excluded = constraint.honors_affinity && !selects(placement, node)
                || constraint.honors_taints && untolerated(placement, node).is_some();
            if !has_all || is_excluded {
                continue;
            }
            let info = if node.id == changed.id { Some(changed_info) } else { self.infos.get(&node.id) };
            let pods = info.into_iter().flat_map(|info| info.pods.values());
            let matching = pods.filter(|other| {
                !other.is_deleting()
                    && *other.birth.namespace == *namespace
                    && constraint.label_selector.as_ref().is_some_and(|selector| selector.matches(&other.labels()))
            });
            *counts.get_or_insert_with(place.clone(), || 0) += matching.count() as i64;
        }
        counts
    }

    /// Upstream: plugins/interpodaffinity/filtering.go.
    fn affinity(&self, pod: &Pod, node: &Node, info: &NodeInfo) -> Option<Obstacle> {
        let placement = &pod.birth.template.spec.placement;
        let labels = pod.labels();
        let namespace = &pod.birth.namespace;
        let others = || {
            let elsewhere = self.pods().filter(|(on, _)| on.id != node.id);
            elsewhere.chain(info.pods.values().map(|pod| (node, pod)))
        };
        let same_place = |term: &PodAffinityTerm, other: &Node| {
            let here = node.labels.get(&term.topology_key);
            here.is_some() && here == other.labels.get(&term.topology_key)
        };
        let is_about = |term: &PodAffinityTerm, other: &Pod| {
            *other.birth.namespace == **namespace && term.is_about(&other.labels())
        };
        if !placement.affinity.is_empty() {
            let all_about = |other: &Pod| placement.affinity.iter().all(|term| is_about(term, other));
            let met = placement
                .affinity
                .iter()
                .all(|term| others().any(|(on, other)| all_about(other) && same_place(term, on)));
            // The first pod of a group may be alone, if it is about pods like itself.
            let is_first = !others().any(|(_, other)| all_about(other));
            let alone = is_first
                && placement
                    .affinity
                    .iter()
                    .all(|term| term.is_about(&labels) && node.labels.contains_key(&term.topology_key));
            if !met && !alone {
                return Some(Obstacle::Affinity);
            }
        }
        let against =
            |term: &PodAffinityTerm| others().any(|(on, other)| is_about(term, other) && same_place(term, on));
        if placement.anti_affinity.iter().any(against) {
            return Some(Obstacle::AntiAffinity);
        }
        let theirs = others().any(|(on, other)| {
            let terms = &other.birth.template.spec.placement.anti_affinity;
            *other.birth.namespace == **namespace
                && terms.iter().any(|term| term.is_about(&labels) && same_place(term, on))
        });
        theirs.then_some(Obstacle::OthersAntiAffinity)
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
    let mut lacking = Vec::new();
    let limit = allocatable(node, "pods");
    if info.count + 1 > limit {
        lacking.push(Obstacle::TooManyPods { limit });
    }
    let asked = |resource: &str| placement.requests.of(resource);
    let mut check = |resource: &Name| {
        let (wanted, whole) = (asked(resource), allocatable(node, resource));
        let free = whole - info.requested.of(resource);
        if wanted > 0 && wanted > free {
            lacking.push(Obstacle::Insufficient { resource: resource.clone(), wanted, free, whole });
        }
    };
    let first: [Name; 3] = ["cpu".into(), "memory".into(), "ephemeral-storage".into()];
    first.iter().for_each(&mut check);
    placement.requests.by_name.iter().map(|(name, _)| name).filter(|name| !first.contains(name)).for_each(check);
    lacking
}
