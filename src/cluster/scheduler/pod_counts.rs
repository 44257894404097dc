//! What a pod asks about other pods: topologySpreadConstraints, podAffinity and podAntiAffinity (P-8). They are counted
//! once for all nodes. Upstream: PreFilter and Filter of plugins/podtopologyspread and plugins/interpodaffinity.

use super::filter::{Obstacle, selects, untolerated};
use super::node_info::NodeInfo;
use crate::api::{Name, Node, NodeId, Placement, Pod, PodAffinityTerm, SpreadConstraint};
use crate::order::Map;
use std::rc::Rc;

/// Pods by place: by the value that their node has of a label.
type Places = Map<Name, i64>;

/// Pods that a pod asks about.
pub(super) struct PodCounts<'c> {
    pod: &'c Pod,
    placement: &'c Placement,
    /// By topologySpreadConstraint.
    spread: Vec<Spread>,
    /// By term of podAffinity: pods about which all terms are.
    near: Vec<Places>,
    /// All these pods, wherever they are.
    all_near: i64,
    /// By term of podAntiAffinity: pods about which the term is.
    far: Vec<Places>,
    /// By label of nodes: pods whose podAntiAffinity is about this one.
    against: Map<Name, Places>,
    /// How many nodes and pods were looked at.
    pub(super) looks: usize,
}

/// Pods that a topologySpreadConstraint counts.
struct Spread {
    places: Places,
    /// What counts as the fewest in one place.
    fewest: i64,
    /// 1 if it counts the pod itself.
    own: i64,
}

impl<'c> PodCounts<'c> {
    pub(super) fn of(pod: &'c Pod, nodes: &[&Rc<Node>], infos: &Map<NodeId, NodeInfo>) -> PodCounts<'c> {
        let placement = &pod.birth.template.spec.placement;
        let spread = |one: &SpreadConstraint| Spread { places: Map::new(), fewest: 0, own: one.is_about(pod).into() };
        let places = |_: &PodAffinityTerm| Map::new();
        let mut counts = PodCounts {
            pod,
            placement,
            spread: placement.spread.iter().map(spread).collect(),
            near: placement.affinity.iter().map(places).collect(),
            all_near: 0,
            far: placement.anti_affinity.iter().map(places).collect(),
            against: Map::new(),
            looks: 0,
        };
        let asks = placement.asks_about_pods();
        for node in nodes {
            let info = infos.get(&node.id);
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
        let (pod, placement) = (self.pod, self.placement);
        let pods = || info.into_iter().flat_map(|info| info.pods.values());
        let pods = || pods().filter(|other| other.birth.namespace == pod.birth.namespace);
        for (constraint, spread) in placement.spread.iter().zip(&mut self.spread) {
            let Some(place) = place_of(placement, constraint, node) else { continue };
            let matching = pods().filter(|other| !other.is_deleting() && constraint.is_about(other)).count() as i64;
            *spread.places.get_or_insert_with(place.clone(), || 0) += sign * matching;
        }
        if !placement.affinity.is_empty() {
            let is_near = |other: &&Rc<Pod>| placement.affinity.iter().all(|term| term.is_about(other));
            let matching = sign * pods().filter(is_near).count() as i64;
            self.all_near += matching;
            for (term, places) in placement.affinity.iter().zip(&mut self.near) {
                count(places, term, node, matching);
            }
        }
        for (term, places) in placement.anti_affinity.iter().zip(&mut self.far) {
            count(places, term, node, sign * pods().filter(|other| term.is_about(other)).count() as i64);
        }
        for other in pods() {
            for term in &other.birth.template.spec.placement.anti_affinity {
                if term.is_about(pod) {
                    count(self.against.get_or_insert_with(term.topology_key.clone(), Map::new), term, node, sign);
                }
            }
        }
        1 + info.map_or(0, |info| info.count as usize)
    }

    fn settle(&mut self) {
        for (constraint, spread) in self.placement.spread.iter().zip(&mut self.spread) {
            let is_enough = spread.places.values().count() as i64 >= constraint.min_domains;
            spread.fewest = spread.places.values().copied().min().filter(|_| is_enough).unwrap_or(0);
        }
    }

    /// Why a node cannot take the pod, as far as other pods are concerned.
    pub(super) fn obstacle(&self, node: &Node) -> Option<Obstacle> {
        self.spread_obstacle(node).or_else(|| self.affinity_obstacle(node))
    }

    fn spread_obstacle(&self, node: &Node) -> Option<Obstacle> {
        for (constraint, spread) in self.placement.spread.iter().zip(&self.spread) {
            let Some(place) = node.labels.get(&constraint.topology_key) else { return Some(Obstacle::SpreadLabel) };
            let here = spread.places.get(place).copied().unwrap_or(0);
            if here + spread.own - spread.fewest > constraint.max_skew {
                return Some(Obstacle::Spread);
            }
        }
        None
    }

    fn affinity_obstacle(&self, node: &Node) -> Option<Obstacle> {
        let here = |key: &Name, places: &Places| node.labels.get(key).and_then(|place| places.get(place)).copied();
        let has_some = |(term, places): (&PodAffinityTerm, &Places)| here(&term.topology_key, places) > Some(0);
        let (near, far) = (&self.placement.affinity, &self.placement.anti_affinity);
        if !near.iter().zip(&self.near).all(has_some) {
            // The first pod of a group may be alone, if it is about pods like itself.
            let may_be_alone =
                |term: &PodAffinityTerm| term.is_about(self.pod) && node.labels.contains_key(&term.topology_key);
            if self.all_near > 0 || !near.iter().all(may_be_alone) {
                return Some(Obstacle::Affinity);
            }
        }
        if far.iter().zip(&self.far).any(has_some) {
            return Some(Obstacle::AntiAffinity);
        }
        let is_against = self.against.iter().any(|(key, places)| here(key, places) > Some(0));
        is_against.then_some(Obstacle::OthersAntiAffinity)
    }
}

/// Where a node counts for a constraint, if it does.
fn place_of<'n>(placement: &Placement, constraint: &SpreadConstraint, node: &'n Node) -> Option<&'n Name> {
    let place = node.labels.get(&constraint.topology_key)?;
    let has_all = placement.spread.iter().all(|one| node.labels.contains_key(&one.topology_key));
    let is_excluded = constraint.honors_affinity && !selects(placement, node)
        || constraint.honors_taints && untolerated(placement, node).is_some();
    (has_all && !is_excluded).then_some(place)
}

fn count(places: &mut Places, term: &PodAffinityTerm, node: &Node, pods: i64) {
    if pods != 0
        && let Some(place) = node.labels.get(&term.topology_key)
    {
        *places.get_or_insert_with(place.clone(), || 0) += pods;
    }
}
