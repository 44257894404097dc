//! What a step changed about a node.

use super::film::Film;
use crate::api::{Node, NodeId, ObjectKey, Taint};
use crate::cluster::input::InputAction;
use crate::cluster::reason::{StepId, Wake};
use crate::cluster::scheduler::UNSCHEDULABLE;
use crate::recording::{Object, Verb};

/// A change of a node.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeChange {
    /// It takes no new pods.
    Cordoned,
    /// It takes new pods again.
    Uncordoned,
    /// Its pods were evicted, and it takes no new ones.
    Drained,
    /// It has a taint.
    Tainted(Taint),
    /// It had one.
    Untainted(Taint),
}

/// What a step changed about nodes, in the order in which it did.
pub(super) fn of_step(film: Film<'_>, id: StepId) -> Vec<(NodeId, NodeChange)> {
    let step = film.recording.step(id);
    let mut changes = Vec::new();
    let input = match step.trigger.wake {
        Wake::Input(number) => film.scenario.inputs.get(number as usize).map(|input| &input.action),
        _ => None,
    };
    if let (Some(InputAction::Drain(_)), Some(ObjectKey::Node(node))) = (input, step.key) {
        changes.push((node, NodeChange::Drained));
    }
    for version in film.recording.versions(step) {
        let Object::Node(after) = &version.object else { continue };
        let before = film.recording.history_before(ObjectKey::Node(after.id), id).next().map(|version| &version.object);
        let before: Option<&Node> = match before {
            Some(Object::Node(before)) => Some(before),
            _ => film.recording.first_node(after.id),
        };
        if let (Some(before), Verb::Update | Verb::Status) = (before, version.verb) {
            let is_drained = changes.contains(&(after.id, NodeChange::Drained));
            changes.extend(between(before, after, is_drained).map(|change| (after.id, change)));
        }
    }
    changes
}

/// What is different; that a node which is cordoned has a taint for it goes without saying.
fn between<'n>(before: &'n Node, after: &'n Node, is_drained: bool) -> impl Iterator<Item = NodeChange> + 'n {
    let cordon = match (before.unschedulable, after.unschedulable) {
        (false, true) if !is_drained => Some(NodeChange::Cordoned),
        (true, false) => Some(NodeChange::Uncordoned),
        _ => None,
    };
    let only_in = |one: &'n Node, other: &'n Node| {
        let known =
            |taint: &Taint| other.taints.iter().any(|known| known.replaces(taint) && known.value == taint.value);
        one.taints.iter().filter(move |taint| *taint.key != *UNSCHEDULABLE && !known(taint)).cloned()
    };
    let gone = only_in(before, after).map(NodeChange::Untainted);
    cordon.into_iter().chain(gone).chain(only_in(after, before).map(NodeChange::Tainted))
}
