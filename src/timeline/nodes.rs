//! Nodes as lanes: how much of each is reserved over time, when it takes no new pods, what it repels, and when it could
//! not be heard of. And the rows of pods by their nodes.

use super::facts::Facts;
use super::pods::{Bar, SegmentKind};
use super::sorted::RowOrder;
use super::waiting::Waiting;
use super::{DetailLevel, JobTrack, Mark, Timeline};
use crate::api::{Name, Node, NodeId, NodeReady, ObjectKey, Taint};
use crate::cluster::reason::StepId;
use crate::cluster::scheduler::UNSCHEDULABLE;
use crate::limits::LANES;
use crate::order;
use crate::recording::{Object, Recording, Verb};
use crate::time::Time;

/// A node while it is in the cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeLane {
    /// Which.
    pub node: NodeId,
    /// Its name.
    pub name: Name,
    /// From when to when it is in the cluster.
    pub here: Stretch,
    /// How much cpu it has, in thousandths; `None` without limits.
    pub cpu: Option<i64>,
    /// How much of that its pods have asked for, from each instant on at which it changes.
    pub reserved: Vec<(Time, i64)>,
    /// When it takes no new pods: it is cordoned, or drained.
    pub closed: Vec<Stretch>,
    /// Its other taints, in the order in which they came.
    pub taints: Vec<(String, Stretch)>,
    /// When it cannot reach the API server.
    pub lost: Vec<Stretch>,
    /// When its condition Ready is not True, which is noticed later.
    pub not_ready: Vec<Stretch>,
}

/// For how long something holds of a node.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub from: Time,
    pub to: Time,
    /// The step that began it; `None` from the beginning on.
    pub step: Option<StepId>,
}

impl Stretch {
    /// Whether it holds at a time.
    pub fn covers(&self, at: Time) -> bool {
        self.from <= at && at < self.to
    }
}

/// By what the rows of pods stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowsBy {
    /// By pod, or by index.
    #[default]
    Pod,
    /// By node.
    Node,
}

impl RowsBy {
    /// Both, as they are offered.
    pub const ALL: [RowsBy; 2] = [RowsBy::Pod, RowsBy::Node];
}

/// Which part of a pod a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// Until it has a node.
    WithoutNode,
    /// From then on.
    OnNode,
}

/// A row of one pod: positions of its track and its bar.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PodRow {
    pub track: usize,
    pub bar: usize,
    pub part: Part,
}

/// The rows of pods by node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowsByNode {
    /// Pods that no node takes, or that had to wait for one.
    pub without: Vec<PodRow>,
    /// By the position of the node among the lanes.
    pub on: Vec<Vec<PodRow>>,
}

/// The lanes of all nodes that there ever are, in their order; none in a text that is not about nodes.
pub(super) fn lanes(recording: &Recording, facts: &Facts, jobs: &[JobTrack], end: Time) -> Vec<NodeLane> {
    if !facts.are_nodes_told {
        return Vec::new();
    }
    let mut lanes: Vec<NodeLane> = recording.nodes().filter_map(|node| lane(recording, facts, node, end)).collect();
    let bars = jobs.iter().flat_map(|track| &track.bars);
    let mut changes: Vec<Vec<(Time, i64)>> = vec![Vec::new(); lanes.len()];
    for (bar, (node, mark)) in bars.filter_map(|bar| Some((bar, bar.node()?))) {
        let cpu = bar.birth.template.spec.placement.requests.of("cpu");
        if let Ok(position) = lanes.binary_search_by_key(&node, |lane| lane.node)
            && cpu > 0
        {
            changes[position].extend([(mark.at, cpu), (bar.last(), -cpu)]);
        }
    }
    for (lane, mut changes) in lanes.iter_mut().zip(changes) {
        order::sort_by_key(&mut changes, |(at, _)| *at);
        let mut sum = 0;
        for (at, change) in changes {
            sum += change;
            match lane.reserved.last_mut() {
                Some(last) if last.0 == at => last.1 = sum,
                _ => lane.reserved.push((at, sum)),
            }
        }
    }
    lanes
}

fn lane(recording: &Recording, facts: &Facts, id: NodeId, end: Time) -> Option<NodeLane> {
    let versions = recording.history(ObjectKey::Node(id)).filter_map(|version| match &version.object {
        Object::Node(node) => {
            let node = (version.verb != Verb::Remove).then_some(node);
            Some((Mark { at: recording.written_at(version), step: version.step }, node))
        }
        _ => None,
    });
    let mut open = Open { lane: None, closed: None, not_ready: None, taints: Vec::new() };
    if let Some(node) = recording.node_at(id, Time::from_millis(-1)) {
        open.version(node, Time::ZERO, None);
    }
    for (mark, node) in versions {
        match node {
            Some(node) => open.version(node, mark.at, Some(mark.step)),
            None => {
                let lane = open.close(mark.at)?;
                return Some(NodeLane { lost: losses(facts, id, mark.at), ..lane });
            }
        }
    }
    Some(NodeLane { lost: losses(facts, id, end), ..open.close(end)? })
}

/// A node, version by version.
struct Open {
    lane: Option<NodeLane>,
    closed: Option<Stretch>,
    not_ready: Option<Stretch>,
    taints: Vec<(Taint, Stretch)>,
}

impl Open {
    fn version(&mut self, node: &Node, at: Time, step: Option<StepId>) {
        let begun = Stretch { from: at, to: at, step };
        let lane = self.lane.get_or_insert_with(|| NodeLane {
            node: node.id,
            name: node.name.clone(),
            here: begun,
            cpu: node.capacity.as_ref().map(|capacity| capacity.amount("cpu")),
            reserved: Vec::new(),
            closed: Vec::new(),
            taints: Vec::new(),
            lost: Vec::new(),
            not_ready: Vec::new(),
        });
        switch(node.unschedulable, &mut self.closed, &mut lane.closed, begun);
        switch(node.ready != NodeReady::True, &mut self.not_ready, &mut lane.not_ready, begun);
        let is_told = |taint: &&Taint| *taint.key != *UNSCHEDULABLE;
        let (kept, gone): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.taints).into_iter().partition(|(taint, _)| node.taints.contains(taint));
        lane.taints.extend(gone.into_iter().map(|(taint, open)| (taint.to_string(), Stretch { to: at, ..open })));
        self.taints = kept;
        for taint in node.taints.iter().filter(is_told) {
            if self.taints.iter().all(|(known, _)| known != taint) {
                self.taints.push((taint.clone(), begun));
            }
        }
    }

    fn close(self, at: Time) -> Option<NodeLane> {
        let mut lane = self.lane?;
        let until = |open: Stretch| Stretch { to: at, ..open };
        lane.here = until(lane.here);
        lane.closed.extend(self.closed.map(until));
        lane.not_ready.extend(self.not_ready.map(until));
        lane.taints.extend(self.taints.into_iter().map(|(taint, open)| (taint.to_string(), until(open))));
        order::sort_by_key(&mut lane.taints, |(_, stretch)| stretch.from);
        Some(lane)
    }
}

/// Begins or ends a stretch, as what it stands for holds or not.
fn switch(holds: bool, open: &mut Option<Stretch>, all: &mut Vec<Stretch>, now: Stretch) {
    if holds {
        open.get_or_insert(now);
    } else if let Some(began) = open.take() {
        all.push(Stretch { to: now.from, ..began });
    }
}

fn losses(facts: &Facts, id: NodeId, end: Time) -> Vec<Stretch> {
    let mut losses: Vec<Stretch> = Vec::new();
    for (is_lost, mark) in facts.reach.changes(id) {
        match losses.last_mut() {
            Some(last) if !is_lost => last.to = mark.at,
            _ if is_lost => losses.push(Stretch { from: mark.at, to: end, step: Some(mark.step) }),
            _ => {}
        }
    }
    losses
}

impl NodeLane {
    /// How much cpu is reserved at a time.
    pub fn reserved_at(&self, at: Time) -> i64 {
        let passed = self.reserved.partition_point(|(since, _)| *since <= at);
        self.reserved[..passed].last().map_or(0, |(_, amount)| *amount)
    }

    /// The most that there is to reserve: what it has, or what was ever reserved of a node without limits.
    pub fn most(&self) -> i64 {
        let ever = self.reserved.iter().map(|(_, amount)| *amount).max().unwrap_or(0);
        self.cpu.unwrap_or(ever).max(1)
    }
}

impl Bar {
    /// Its node, and when it got it; `None` in a text that is not about nodes.
    pub fn node(&self) -> Option<(NodeId, Mark)> {
        self.depth.as_ref()?.bound
    }

    /// Whether it had to wait for a node.
    fn waited_for_node(&self) -> bool {
        let waits = |kind| matches!(kind, SegmentKind::Waiting(Waiting::Gated | Waiting::Unschedulable));
        self.segments.iter().any(|segment| waits(segment.kind))
    }
}

impl Timeline {
    /// The lane of a node.
    pub fn node(&self, node: NodeId) -> Option<&NodeLane> {
        let position = self.nodes.binary_search_by_key(&node, |lane| lane.node).ok()?;
        self.nodes.get(position)
    }

    /// Whether rows can stand by node: there are nodes, and not too many of them.
    pub fn has_rows_by_node(&self) -> bool {
        (1..=LANES).contains(&self.nodes.len())
    }

    /// The rows of pods by node, in an order on each; `None` where there are too many of them.
    pub fn rows_by_node(&self, order: RowOrder) -> Option<RowsByNode> {
        let bars: usize = self.jobs.iter().map(|track| track.bars.len()).sum();
        let are_rows = self.jobs.iter().all(|track| track.detail() == DetailLevel::Rows);
        if self.crowds.jobs.is_some() || !are_rows || DetailLevel::of_rows(bars) != DetailLevel::Rows {
            return None;
        }
        let mut rows = RowsByNode { without: Vec::new(), on: vec![Vec::new(); self.nodes.len()] };
        for (track, number) in self.sorted_pods(order) {
            let bar = &self.jobs[track].bars[number];
            let row = |part| PodRow { track, bar: number, part };
            let place = bar.node().and_then(|(node, _)| self.nodes.binary_search_by_key(&node, |lane| lane.node).ok());
            match place {
                None => rows.without.push(row(Part::Whole)),
                Some(place) if bar.waited_for_node() => {
                    rows.without.push(row(Part::WithoutNode));
                    rows.on[place].push(row(Part::OnNode));
                }
                Some(place) => rows.on[place].push(row(Part::Whole)),
            }
        }
        Some(rows)
    }
}
