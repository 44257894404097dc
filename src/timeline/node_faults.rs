//! What can be done to nodes at a moment.

use super::Mark;
use crate::api::{Name, Node, NodeId, Taint, TaintEffect};
use crate::cluster::input::{InputAction, TaintChange};
use crate::cluster::reason::{Component, NoEffect, Reason, StepId};
use crate::recording::Recording;
use crate::time::Time;

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
                let own = node.taints.iter().find(|taint| !taint.is_of_system());
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

/// When the nodes of a run were lost (`true`) or came back, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reach(Vec<(NodeId, bool, Mark)>);

impl Reach {
    /// Of a run.
    pub fn of(recording: &Recording) -> Reach {
        let mut reach = Reach::default();
        for (id, step) in (0..).map(StepId).zip(recording.steps()) {
            if step.component == Component::Outside {
                let mark = Mark { at: step.at, step: id };
                recording.reasons(step).iter().for_each(|reason| reach.note(reason, mark));
            }
        }
        reach
    }

    /// Takes in a reason.
    pub(super) fn note(&mut self, reason: &Reason, mark: Mark) {
        match reason {
            Reason::NodeLost(node) => self.0.push((*node, true, mark)),
            Reason::NodeBack(node) => self.0.push((*node, false, mark)),
            _ => {}
        }
    }

    /// When a node was lost (`true`), or came back.
    pub(super) fn changes(&self, node: NodeId) -> impl DoubleEndedIterator<Item = (bool, Mark)> + '_ {
        self.0.iter().filter(move |(id, ..)| *id == node).map(|(_, is_lost, mark)| (*is_lost, *mark))
    }

    /// Whether it cannot be reached at a time.
    pub fn is_lost(&self, node: NodeId, at: Time) -> bool {
        let last = self.changes(node).rev().find(|(_, mark)| mark.at <= at);
        last.is_some_and(|(is_lost, _)| is_lost)
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
