//! What a pod asks about other pods: topologySpreadConstraints, podAffinity and podAntiAffinity (P-8). They are counted
//! once for all nodes. Upstream: PreFilter and Filter of plugins/podtopologyspread and plugins/interpodaffinity.

use super::node_info::{NodeInfo, NodeInfos};
use super::obstacle::Obstacle;
use super::topology::Topology;
use crate::api::{Node, Placement, Pod, PodAffinityTerm, SpreadConstraint};
use std::rc::Rc;

/// Pods by place.
type Places = Vec<i64>;

/// Pods that a pod asks about.
pub(super) struct PodCounts<'c> {
    pod: &'c Pod,
    placement: &'c Placement,
    topology: &'c Topology,
    /// By topologySpreadConstraint.
    spread: Vec<Spread>,
    /// By term of podAffinity: pods about which all terms are.
    near: Vec<Places>,
    /// All these pods, wherever they are.
    all_near: i64,
    /// By term of podAntiAffinity: pods about which the term is.
    far: Vec<Places>,
    /// Pods whose podAntiAffinity is about this one; empty without.
    against: Places,
    /// Where the last node is, by topologySpreadConstraint that counts it.
    here: Vec<Option<usize>>,
    /// What the last pod is to this one, with the address of its template.
    known: Option<(usize, Relation)>,
    /// How many nodes and pods were looked at.
    pub(super) looks: usize,
}

/// Pods that a topologySpreadConstraint counts.
struct Spread {
    /// `None` where no node counts.
    places: Vec<Option<i64>>,
    /// What counts as the fewest in one place.
    fewest: i64,
    /// 1 if it counts the pod itself.
    own: i64,
}

/// What another pod is to a pod: which of its questions are about it.
struct Relation {
    spread: Vec<bool>,
    near: bool,
    far: Vec<bool>,
    is_against: bool,
}

impl<'c> PodCounts<'c> {
    pub(super) fn of(pod: &'c Pod, nodes: &[&Rc<Node>], infos: &NodeInfos, topology: &'c Topology) -> PodCounts<'c> {
        let placement = &pod.birth.template.spec.placement;
        let count = topology.count();
        let spread = |one: &SpreadConstraint| Spread {
            places: vec![None; count],
            fewest: 0,
            own: i64::from(pod.is_meant_by(one.label_selector.as_ref())),
        };
        let places = |_: &PodAffinityTerm| vec![0; count];
        let mut counts = PodCounts {
            pod,
            placement,
            topology,
            spread: placement.spread.iter().map(spread).collect(),
            near: placement.affinity.iter().map(places).collect(),
            all_near: 0,
            far: placement.anti_affinity.iter().map(places).collect(),
            against: Vec::new(),
            here: Vec::new(),
            known: None,
            looks: 0,
        };
        let asks = placement.asks_about_pods();
        for node in nodes {
            let info = infos.get(node.id);
            if asks || info.is_some_and(|info| info.anti_affine > 0) {
                counts.looks += counts.add(node, info, 1);
            }
        }
        counts.settle();
        counts
    }

    /// As if this were on a node in the place of that; how many pods were looked at.
    pub(super) fn replace(&mut self, node: &Node, old: Option<&NodeInfo>, new: Option<&NodeInfo>) -> usize {
        let is_anti_affine = |info: Option<&NodeInfo>| info.is_some_and(|info| info.anti_affine > 0);
        if !self.placement.asks_about_pods() && !is_anti_affine(old) && !is_anti_affine(new) {
            return 0;
        }
        let looks = self.add(node, old, -1) + self.add(node, new, 1);
        self.settle();
        looks
    }

    /// Counts the pods on a node in, or out with −1; how many there are.
    fn add(&mut self, node: &Node, info: Option<&NodeInfo>, sign: i64) -> usize {
        let pods = info.into_iter().flat_map(|info| info.pods.values());
        self.here.clear();
        for (constraint, spread) in self.placement.spread.iter().zip(&mut self.spread) {
            let place = self.topology.place(node.id, &constraint.topology_key);
            let place = place.filter(|_| counts_for(self.placement, constraint, node));
            self.here.push(place);
            if let Some(place) = place {
                spread.places[place].get_or_insert(0);
            }
        }
        for other in pods.filter(|other| other.birth.namespace == self.pod.birth.namespace) {
            let (template, relation) = match self.known.take() {
                Some(known) if known.0 == address(other) && other.birth.index.is_none() => known,
                _ => (address(other), self.relation_to(other)),
            };
            self.add_pod(node, other, &relation, sign);
            self.known = Some((template, relation));
        }
        1 + info.map_or(0, |info| info.count as usize)
    }

    fn relation_to(&self, other: &Pod) -> Relation {
        let theirs = &other.birth.template.spec.placement.anti_affinity;
        Relation {
            spread: self
                .placement
                .spread
                .iter()
                .map(|constraint| other.is_meant_by(constraint.label_selector.as_ref()))
                .collect(),
            near: !self.near.is_empty()
                && self.placement.affinity.iter().all(|term| other.is_meant_by(term.label_selector.as_ref())),
            far: self
                .placement
                .anti_affinity
                .iter()
                .map(|term| other.is_meant_by(term.label_selector.as_ref()))
                .collect(),
            is_against: theirs.iter().any(|term| self.pod.is_meant_by(term.label_selector.as_ref())),
        }
    }

    fn add_pod(&mut self, node: &Node, other: &Pod, relation: &Relation, sign: i64) {
        let place = |key: &str| self.topology.place(node.id, key);
        for ((spread, here), is_about) in self.spread.iter_mut().zip(&self.here).zip(&relation.spread) {
            if *is_about
                && !other.is_deleting()
                && let Some(place) = here
            {
                *spread.places[*place].get_or_insert(0) += sign;
            }
        }
        if relation.near {
            self.all_near += sign;
            for (term, places) in self.placement.affinity.iter().zip(&mut self.near) {
                if let Some(place) = place(&term.topology_key) {
                    places[place] += sign;
                }
            }
        }
        for ((term, places), is_about) in self.placement.anti_affinity.iter().zip(&mut self.far).zip(&relation.far) {
            if *is_about && let Some(place) = place(&term.topology_key) {
                places[place] += sign;
            }
        }
        if relation.is_against {
            self.against.resize(self.topology.count(), 0);
            for term in &other.birth.template.spec.placement.anti_affinity {
                if self.pod.is_meant_by(term.label_selector.as_ref())
                    && let Some(place) = place(&term.topology_key)
                {
                    self.against[place] += sign;
                }
            }
        }
    }

    fn settle(&mut self) {
        for (constraint, spread) in self.placement.spread.iter().zip(&mut self.spread) {
            let counted = || spread.places.iter().flatten();
            let is_enough = counted().count() as i64 >= constraint.min_domains;
            spread.fewest = counted().copied().min().filter(|_| is_enough).unwrap_or(0);
        }
    }

    /// Why a node cannot take the pod, as far as other pods are concerned.
    pub(super) fn obstacle(&self, node: &Node) -> Option<Obstacle> {
        self.spread_obstacle(node).or_else(|| self.affinity_obstacle(node))
    }

    fn spread_obstacle(&self, node: &Node) -> Option<Obstacle> {
        for (constraint, spread) in self.placement.spread.iter().zip(&self.spread) {
            let Some(place) = self.topology.place(node.id, &constraint.topology_key) else {
                return Some(Obstacle::SpreadLabel);
            };
            let here = spread.places[place].unwrap_or(0);
            if here + spread.own - spread.fewest > constraint.max_skew {
                return Some(Obstacle::Spread);
            }
        }
        None
    }

    fn affinity_obstacle(&self, node: &Node) -> Option<Obstacle> {
        let place = |term: &PodAffinityTerm| self.topology.place(node.id, &term.topology_key);
        let has_some = |(term, places): (&PodAffinityTerm, &Places)| place(term).is_some_and(|place| places[place] > 0);
        let (near, far) = (&self.placement.affinity, &self.placement.anti_affinity);
        if !near.iter().zip(&self.near).all(has_some) {
            // The first pod of a group may be alone, if it is about pods like itself.
            let may_be_alone =
                |term: &PodAffinityTerm| self.pod.is_meant_by(term.label_selector.as_ref()) && place(term).is_some();
            if self.all_near > 0 || !near.iter().all(may_be_alone) {
                return Some(Obstacle::Affinity);
            }
        }
        if far.iter().zip(&self.far).any(has_some) {
            return Some(Obstacle::AntiAffinity);
        }
        let is_against =
            !self.against.is_empty() && self.topology.places(node.id).iter().any(|(_, place)| self.against[*place] > 0);
        is_against.then_some(Obstacle::OthersAntiAffinity)
    }
}

fn address(pod: &Pod) -> usize {
    Rc::as_ptr(&pod.birth.template).addr()
}

/// Whether pods on a node count for a constraint.
fn counts_for(placement: &Placement, constraint: &SpreadConstraint, node: &Node) -> bool {
    placement.spread.iter().all(|one| node.labels.contains_key(&one.topology_key))
        && (!constraint.honors_affinity || placement.selects(node))
        && (!constraint.honors_taints || placement.untolerated(node).is_none())
}
