//! Why no node could take a pod, node by node and filter by filter, with what was asked for and what was free.

use super::film::Film;
use crate::api::{Amounts, Name, NodeId, ObjectKey, PodId};
use crate::cluster::reason::StepId;
use crate::cluster::scheduler::{Obstacle, Refusals};
use crate::order::Map;
use crate::recording::{Object, Recording};
use crate::scenario::Scenario;

/// The answers of some nodes to a pod.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeTable {
    /// What was asked of each node, in the scheduler's order.
    pub filters: Vec<NodeFilter>,
    /// One row for each node.
    pub rows: Vec<NodeRow>,
    /// Nodes that are left out.
    pub more: usize,
}

/// What a node is asked.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeFilter {
    Cordon,
    Taint,
    Selector,
    Ports,
    /// How many pods it has.
    Pods,
    /// Of a resource, so much is asked for.
    Resource {
        name: Name,
        asked: i64,
    },
    Spread,
    Affinity,
}

/// The answers of a node.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct NodeRow {
    pub node: NodeId,
    /// One for each filter.
    pub cells: Vec<NodeCell>,
    /// Why it could not take the pod: at least one reason.
    pub obstacles: Vec<Obstacle>,
}

/// One answer of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeCell {
    /// What it was.
    pub answer: NodeAnswer,
    /// Of a resource: what is free, and what the whole node has.
    pub free: Option<(i64, i64)>,
}

/// Yes or no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeAnswer {
    /// It does not stand in the way.
    Passes,
    /// It does.
    Refuses(Obstacle),
    /// An earlier filter had refused already.
    NotAsked,
}

/// More rows than this help nobody.
const ROWS: usize = 8;
/// So many groups of nodes that refused for the same reasons are told one by one.
pub const MOST_GROUPS: usize = 6;

/// The answers of the nodes to the pod that no node could take in a step; `None` where it was no such step.
pub fn node_table(recording: &Recording, scenario: &Scenario, step: StepId) -> Option<NodeTable> {
    let film = Film { recording, scenario };
    let ObjectKey::Pod(pod) = recording.step(step).key? else { return None };
    let refusals = film.refusals(step)?;
    let asked = &film.pod(pod, step)?.birth.template.spec.placement.requests;
    let shown = &refusals.first[..refusals.first.len().min(ROWS)];
    let used = used(film, step, pod, shown);
    let filters = filters(refusals, asked);
    let row = |(node, obstacles): &(NodeId, Vec<Obstacle>)| {
        let refused_at = obstacles.iter().map(|obstacle| NodeFilter::of(obstacle).stage()).min().unwrap_or(0);
        let cell = |filter: &NodeFilter| {
            let own = obstacles.iter().find(|obstacle| filter.is_of(obstacle));
            let answer = match own {
                Some(obstacle) => NodeAnswer::Refuses(obstacle.clone()),
                None if filter.stage() > refused_at => NodeAnswer::NotAsked,
                None => NodeAnswer::Passes,
            };
            NodeCell { answer, free: free(film, step, *node, filter, own, &used) }
        };
        NodeRow { node: *node, cells: filters.iter().map(cell).collect(), obstacles: obstacles.clone() }
    };
    Some(NodeTable { rows: shown.iter().map(row).collect(), more: refusals.total() - shown.len(), filters })
}

/// The nodes that refused for the same reasons, together.
pub fn alike(refusals: &Refusals) -> Vec<(Vec<NodeId>, &[Obstacle])> {
    let mut groups: Vec<(Vec<NodeId>, &[Obstacle])> = Vec::new();
    for (node, obstacles) in &refusals.first {
        match groups.iter_mut().find(|(_, known)| known == obstacles) {
            Some((nodes, _)) => nodes.push(*node),
            None => groups.push((vec![*node], obstacles)),
        }
    }
    groups
}

/// The filters that refused, and what is asked for.
fn filters(refusals: &Refusals, asked: &Amounts) -> Vec<NodeFilter> {
    let mut filters: Vec<NodeFilter> = Vec::new();
    let resources =
        asked.by_name.iter().map(|(name, amount)| NodeFilter::Resource { name: name.clone(), asked: *amount });
    let refusing = refusals.first.iter().flat_map(|(_, obstacles)| obstacles).map(NodeFilter::of);
    for filter in resources.chain(refusing) {
        if !filters.contains(&filter) {
            filters.push(filter);
        }
    }
    crate::order::sort_by_key(&mut filters, NodeFilter::stage);
    filters
}

impl NodeFilter {
    /// The filter behind an obstacle.
    fn of(obstacle: &Obstacle) -> NodeFilter {
        match obstacle {
            Obstacle::Cordoned => NodeFilter::Cordon,
            Obstacle::Taint(_) => NodeFilter::Taint,
            Obstacle::Selector => NodeFilter::Selector,
            Obstacle::Ports => NodeFilter::Ports,
            Obstacle::TooManyPods { .. } => NodeFilter::Pods,
            Obstacle::Insufficient { resource, wanted, .. } => {
                NodeFilter::Resource { name: resource.clone(), asked: *wanted }
            }
            Obstacle::Spread | Obstacle::SpreadLabel => NodeFilter::Spread,
            Obstacle::Affinity | Obstacle::AntiAffinity | Obstacle::OthersAntiAffinity => NodeFilter::Affinity,
        }
    }

    fn is_of(&self, obstacle: &Obstacle) -> bool {
        NodeFilter::of(obstacle) == *self
    }

    /// Its place in the order in which nodes are asked; what is asked together has the same.
    fn stage(&self) -> u32 {
        match self {
            NodeFilter::Cordon => 0,
            NodeFilter::Taint => 1,
            NodeFilter::Selector => 2,
            NodeFilter::Ports => 3,
            NodeFilter::Pods | NodeFilter::Resource { .. } => 4,
            NodeFilter::Spread => 5,
            NodeFilter::Affinity => 6,
        }
    }
}

/// What the pods ask for that some nodes have, as it was right after a step.
fn used(film: Film<'_>, step: StepId, but: PodId, nodes: &[(NodeId, Vec<Obstacle>)]) -> Map<(NodeId, Name), i64> {
    let mut used: Map<(NodeId, Name), i64> = Map::new();
    for id in film.recording.pods().filter(|id| *id != but) {
        let Some(Object::Pod(pod)) = film.recording.object_after(ObjectKey::Pod(id), step) else { continue };
        let Some(bound) = pod.bound.filter(|_| !pod.phase.is_terminal()) else { continue };
        if !nodes.iter().any(|(node, _)| *node == bound.node) {
            continue;
        }
        for (name, amount) in pod.birth.template.spec.placement.requests.by_name.iter() {
            *used.get_or_insert_with((bound.node, name.clone()), || 0) += amount;
        }
    }
    used
}

fn free(
    film: Film<'_>,
    step: StepId,
    node: NodeId,
    filter: &NodeFilter,
    obstacle: Option<&Obstacle>,
    used: &Map<(NodeId, Name), i64>,
) -> Option<(i64, i64)> {
    let NodeFilter::Resource { name, .. } = filter else { return None };
    if let Some(Obstacle::Insufficient { free, whole, .. }) = obstacle {
        return Some((*free, *whole));
    }
    let found = film.recording.node_at(node, film.recording.step(step).at)?;
    let whole = found.capacity.as_ref()?.amount(name);
    Some((whole - used.get(&(node, name.clone())).copied().unwrap_or(0), whole))
}
