//! Making room for a more important pod (P-9, P-18). Upstream: framework/preemption/preemption.go,
//! plugins/defaultpreemption.

use super::filter::Cluster;
use super::obstacle::Obstacle;
use crate::api::{Node, NodeId, Pod, PodId};
use crate::order;
use crate::time::Time;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::rc::Rc;

/// The node where room is made, and the pods that have to go.
pub(super) struct Candidate {
    pub(super) node: NodeId,
    pub(super) victims: Vec<Rc<Pod>>,
}

/// What comes of it.
pub(super) enum Preemption {
    /// Room is made.
    Possible(Candidate),
    /// It cannot be done: why, node by node.
    Impossible(Vec<Cow<'static, str>>),
    /// The pod preempts no others.
    Never,
    /// The victims of an earlier one are still ending on the node that is kept for the pod.
    UnderWay,
}

/// `obstacles`: of each node, in their order.
pub(super) fn preempt(cluster: &mut Cluster<'_>, obstacles: &[(&Rc<Node>, Vec<Obstacle>)]) -> Preemption {
    let pod = cluster.pod;
    if pod.birth.never_preempts {
        return Preemption::Never;
    }
    let priority = pod.birth.priority;
    if let Some(nominated) = pod.pending.as_ref().and_then(|pending| pending.nominated)
        && let Some(info) = cluster.infos.get(nominated)
        && info.pods.values().any(|other| other.is_deleting() && other.birth.priority < priority)
    {
        return Preemption::UnderWay;
    }
    let mut candidates = Vec::new();
    let mut refusals = Vec::new();
    for (node, obstacles) in obstacles {
        if !obstacles.iter().all(Obstacle::is_resolvable) {
            refusals.push("Preemption is not helpful for scheduling".into());
            continue;
        }
        match victims_on(cluster, node) {
            Ok(victims) => candidates.push(Candidate { node: node.id, victims }),
            Err(texts) => refusals.extend(texts),
        }
    }
    match best(candidates) {
        Some(candidate) => Preemption::Possible(candidate),
        None => Preemption::Impossible(refusals),
    }
}

/// The fewest pods that have to go from a node. Upstream: SelectVictimsOnNode.
fn victims_on(cluster: &mut Cluster<'_>, node: &Node) -> Result<Vec<Rc<Pod>>, Vec<Cow<'static, str>>> {
    let priority = cluster.pod.birth.priority;
    let present = cluster.infos.get(node.id).into_iter().flat_map(|info| info.pods.values());
    let mut potential: Vec<Rc<Pod>> = present.filter(|other| other.birth.priority < priority).cloned().collect();
    if potential.is_empty() {
        return Err(vec!["No preemption victims found for incoming pod".into()]);
    }
    let mut info = cluster.info(node.id);
    potential.iter().for_each(|victim| info.remove(victim.id));
    let obstacles = cluster.obstacles_with(node, &info);
    if !obstacles.is_empty() {
        return Err(obstacles.iter().map(Obstacle::text).collect());
    }
    order::sort_by_key(&mut potential, |victim| importance(victim));
    let mut victims = Vec::new();
    for candidate in potential {
        info.add(Rc::clone(&candidate));
        if !cluster.obstacles_with(node, &info).is_empty() {
            info.remove(candidate.id);
            victims.push(candidate);
        }
    }
    Ok(victims)
}

/// The more important first: higher priority, then who started earlier. Upstream: MoreImportantPod.
fn importance(pod: &Pod) -> (Reverse<i32>, Time, PodId) {
    (Reverse(pod.birth.priority), pod.started.unwrap_or(Time::NEVER), pod.id)
}

/// Upstream: pickOneNodeForPreemption.
fn best(candidates: Vec<Candidate>) -> Option<Candidate> {
    candidates.into_iter().min_by_key(|candidate| {
        let priorities = || candidate.victims.iter().map(|victim| victim.birth.priority);
        let highest = priorities().max().unwrap_or(i32::MIN);
        let sum: i64 = priorities().map(|priority| i64::from(priority) + i64::from(i32::MAX) + 1).sum();
        let of_highest = candidate.victims.iter().filter(|victim| victim.birth.priority == highest);
        let earliest = of_highest.filter_map(|victim| victim.started).min().unwrap_or(Time::ZERO);
        (highest, sum, candidate.victims.len(), Reverse(earliest))
    })
}
