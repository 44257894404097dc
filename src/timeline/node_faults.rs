//! What can be done to nodes at a moment.

use crate::api::{Name, Node, NodeId, Taint, TaintEffect};
use crate::cluster::input::{InputAction, TaintChange};
use crate::cluster::reason::{Component, NoEffect, Reason};
use crate::recording::Recording;
use crate::time::Time;

/// What the control plane and the kubelet call taints of their own.
const SYSTEM: &str = "node.kubernetes.io/";

/// A fault of the tray: what can be done to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeFault {
    /// `kubectl drain`: it takes no new pods, and those that it has are evicted.
    Drain,
    /// It takes no new pods.
    Cordon,
    /// It takes new pods again.
    Uncordon,
    /// A taint that pods have to tolerate.
    Taint,
    /// The first taint that somebody has set is taken off.
    Untaint,
    /// It cannot reach the API server any more.
    Lost,
    /// It can again.
    Back,
    /// The machine is gone, and its Node object with it.
    Delete,
}

impl NodeFault {
    /// All of them, in the order of the tray.
    pub const ALL: [NodeFault; 8] = [
        NodeFault::Drain,
        NodeFault::Lost,
        NodeFault::Back,
        NodeFault::Cordon,
        NodeFault::Uncordon,
        NodeFault::Taint,
        NodeFault::Untaint,
        NodeFault::Delete,
    ];

    /// The taint that is set where nobody says which.
    pub fn taint() -> Taint {
        Taint::new("maintenance", TaintEffect::NoExecute)
    }

    /// The fault on a node.
    pub fn on(self, node: &Node) -> InputAction {
        let name = node.name.clone();
        match self {
            NodeFault::Drain => InputAction::Drain(name),
            NodeFault::Cordon => InputAction::Cordon(name),
            NodeFault::Uncordon => InputAction::Uncordon(name),
            NodeFault::Taint => InputAction::Taint { node: name, change: TaintChange::Add(NodeFault::taint()) },
            NodeFault::Untaint => {
                let own = node.taints.iter().find(|taint| !taint.key.starts_with(SYSTEM));
                let (key, effect) = own.map_or(("".into(), None), |taint| (taint.key.clone(), Some(taint.effect)));
                InputAction::Taint { node: name, change: TaintChange::Remove { key, effect } }
            }
            NodeFault::Lost => InputAction::NodeLost(name),
            NodeFault::Back => InputAction::NodeBack(name),
            NodeFault::Delete => InputAction::NodeDelete(name),
        }
    }
}

/// The node that an input is about, by its name.
pub(super) fn node_of(action: &InputAction) -> Option<&Name> {
    match action {
        InputAction::Cordon(name)
        | InputAction::Uncordon(name)
        | InputAction::Drain(name)
        | InputAction::NodeLost(name)
        | InputAction::NodeBack(name)
        | InputAction::NodeDelete(name)
        | InputAction::Taint { node: name, .. } => Some(name),
        _ => None,
    }
}

/// The nodes of a run, and when they could not be reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reach(Vec<(Time, NodeId, bool)>);

impl Reach {
    /// Of a run.
    pub fn of(recording: &Recording) -> Reach {
        let inputs = recording.steps().iter().filter(|step| step.component == Component::Outside);
        let changes = inputs.flat_map(|step| {
            recording.reasons(step).iter().filter_map(|reason| match reason {
                Reason::NodeLost(node) => Some((step.at, *node, true)),
                Reason::NodeBack(node) => Some((step.at, *node, false)),
                _ => None,
            })
        });
        Reach(changes.collect())
    }

    /// When a node was lost, or came back.
    pub(super) fn changes(&self, node: NodeId) -> impl Iterator<Item = Time> + '_ {
        self.0.iter().filter(move |(_, id, _)| *id == node).map(|(at, ..)| *at)
    }

    /// Whether it cannot be reached at a time.
    pub fn is_lost(&self, node: NodeId, at: Time) -> bool {
        let last = self.0.iter().rev().find(|(from, id, _)| *id == node && *from <= at);
        last.is_some_and(|(.., is_lost)| *is_lost)
    }

    /// Why an input would have no effect on a node as it is at a time; `None` if it would (docs/scenario.md, Inputs).
    pub fn refusal(&self, action: &InputAction, node: Option<&Node>, at: Time) -> Option<NoEffect> {
        let Some(node) = node else { return Some(NoEffect::NoSuchNode) };
        let is_lost = || self.is_lost(node.id, at);
        let changes = match action {
            InputAction::Cordon(_) => !node.unschedulable,
            InputAction::Uncordon(_) => node.unschedulable,
            InputAction::NodeLost(_) => !is_lost(),
            InputAction::NodeBack(_) => is_lost(),
            InputAction::Taint { change: TaintChange::Add(taint), .. } => {
                !node.taints.iter().any(|one| one.replaces(taint) && one.value == taint.value)
            }
            InputAction::Taint { change: TaintChange::Remove { key, effect }, .. } => {
                node.taints.iter().any(|one| one.key == *key && effect.is_none_or(|effect| effect == one.effect))
            }
            _ => true,
        };
        (!changes).then_some(NoEffect::NoChange)
    }
}
