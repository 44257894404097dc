//! One attempt to find a node for a pod: which nodes can take it, which of them is the best, and what if none can
//! (P-5 … P-13). It changes nothing. Upstream: schedule_one.go SchedulePod, preemption.go Preempt.

use super::filter::Cluster;
use super::obstacle::Obstacle;
use super::plugin::{Plugin, Plugins};
use super::preemption::{Candidate, Preemption, preempt};
use super::score::{Score, scores};
use crate::api::{Node, NodeId};
use crate::order::{self, Map};
use std::borrow::Cow;
use std::rc::Rc;

/// So many nodes of an attempt are told one by one.
const TOLD_NODES: usize = 10;
/// Of so many nodes it is kept why they refused a pod.
const KEPT_REFUSALS: usize = 100;

/// What comes of an attempt.
pub(super) enum Outcome {
    /// A node can take the pod.
    Fits(NodeId, Choice),
    /// None can; perhaps room can be made for it.
    Refused(Refusal, Option<Candidate>),
}

/// Why a pod went to a node.
pub(super) enum Choice {
    /// All nodes could take it, and there is only this one.
    Free,
    /// Only this one could take it.
    Only,
    /// It was the best of several.
    Best(Rc<Listed<Score>>),
}

/// That no node takes a pod.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) message: Rc<str>,
    /// What refused it; empty after an error.
    pub(super) plugins: Plugins,
    /// Why each node refused it, if they were asked.
    pub(super) nodes: Option<Rc<Refusals>>,
}

/// Why a node cannot take a pod.
pub type NodeRefusal = (NodeId, Vec<Obstacle>);

/// Why nodes cannot take a pod.
pub type Refusals = Listed<NodeRefusal>;

/// The beginning of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<T> {
    /// What is listed.
    pub first: Vec<T>,
    /// How many there are beside these.
    pub more: u32,
}

impl<T> Listed<T> {
    /// Nothing to be listed.
    pub fn none() -> Listed<T> {
        Listed { first: Vec::new(), more: 0 }
    }

    /// What is told one by one, and how many others there are.
    pub fn told(&self) -> (&[T], u32) {
        let told = &self.first[..self.first.len().min(TOLD_NODES)];
        (told, self.more + (self.first.len() - told.len()) as u32)
    }

    /// How many there are in all.
    pub fn total(&self) -> usize {
        self.first.len() + self.more as usize
    }
}

impl Refusal {
    /// A refusal for which no node was asked.
    pub(super) fn unasked(message: String, plugin: Option<Plugin>) -> Refusal {
        Refusal { message: message.into(), plugins: plugin.into_iter().collect(), nodes: None }
    }
}

/// Asks all nodes.
pub(super) fn ask_nodes(cluster: &mut Cluster<'_>, nodes: &[&Rc<Node>]) -> Outcome {
    let mut feasible: Vec<&Rc<Node>> = Vec::new();
    let mut refused: Vec<(&Rc<Node>, Vec<Obstacle>)> = Vec::new();
    for node in nodes {
        let obstacles = cluster.obstacles(node);
        if obstacles.is_empty() {
            feasible.push(node);
        } else {
            refused.push((node, obstacles));
        }
    }
    match feasible[..] {
        [] => refuse(cluster, refused),
        [node] if refused.is_empty() => Outcome::Fits(node.id, Choice::Free),
        [node] => Outcome::Fits(node.id, Choice::Only),
        _ => best(cluster, &feasible),
    }
}

/// The best of the nodes that can take a pod; of equals the first.
fn best(cluster: &mut Cluster<'_>, feasible: &[&Rc<Node>]) -> Outcome {
    cluster.looks += feasible.len();
    let mut told: Vec<Score> = Vec::new();
    for score in scores(cluster.pod, feasible, cluster.infos) {
        let place = told.partition_point(|better| better.total() >= score.total());
        if place < TOLD_NODES {
            told.truncate(TOLD_NODES - 1);
            told.insert(place, score);
        }
    }
    let node = told[0].node;
    order::sort_by_key(&mut told, |score| score.node);
    let more = (feasible.len() - told.len()) as u32;
    Outcome::Fits(node, Choice::Best(Rc::new(Listed { first: told, more })))
}

fn refuse(cluster: &mut Cluster<'_>, refused: Vec<(&Rc<Node>, Vec<Obstacle>)>) -> Outcome {
    let total = refused.len();
    if total == 0 {
        return Outcome::Refused(Refusal::unasked("no nodes available to schedule pods".into(), None), None);
    }
    let obstacles = || refused.iter().flat_map(|(_, obstacles)| obstacles);
    let mut message =
        format!("0/{total} nodes are available: {}.", counted(obstacles().map(Obstacle::text)).join(", "));
    let plugins: Plugins = obstacles().map(Obstacle::plugin).collect();
    let why = match preempt(cluster, &refused) {
        Preemption::Possible(candidate) => Ok(candidate),
        Preemption::Impossible(refusals) => {
            Err(format!("0/{total} nodes are available: {}", counted(refusals.into_iter()).join(", ")))
        }
        Preemption::Never => Err("not eligible due to preemptionPolicy=Never".to_owned()),
        Preemption::UnderWay => Err("not eligible due to a terminating pod on the nominated node".to_owned()),
    };
    let candidate = why.map_err(|why| message += &format!(" no new claims to deallocate, preemption: {why}.")).ok();
    let more = total.saturating_sub(KEPT_REFUSALS) as u32;
    let first = refused.into_iter().take(KEPT_REFUSALS).map(|(node, obstacles)| (node.id, obstacles)).collect();
    let nodes = Some(Rc::new(Listed { first, more }));
    Outcome::Refused(Refusal { message: message.into(), plugins, nodes }, candidate)
}

/// What kept a pod from its nodes, in the scheduler's words; with the number of nodes, if all of them are listed.
pub fn why_refused(refusals: &Refusals) -> Vec<String> {
    let texts = refusals.first.iter().flat_map(|(_, obstacles)| obstacles).map(Obstacle::text);
    if refusals.more == 0 {
        return counted(texts);
    }
    let mut texts: Vec<String> = texts.map(Cow::into_owned).collect();
    order::sort(&mut texts);
    texts.dedup();
    texts
}

/// `1 Insufficient cpu`, `2 node(s) were unschedulable`: each text with its count, sorted as texts (P-7).
fn counted(texts: impl Iterator<Item = Cow<'static, str>>) -> Vec<String> {
    let mut counts: Map<Cow<'static, str>, u32> = Map::new();
    for text in texts {
        *counts.get_or_insert_with(text, || 0) += 1;
    }
    let mut counted: Vec<String> = counts.iter().map(|(text, count)| format!("{count} {text}")).collect();
    order::sort(&mut counted);
    counted
}
