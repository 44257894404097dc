//! Carries out the inputs about nodes: cordon, drain, taint, nodes that are lost and come back (docs/scenario.md).

use super::api_server::ApiServer;
use super::components::Components;
use super::input::{InputAction, TaintChange};
use super::input_result::InputResult;
use super::inventory::NodeGroup;
use super::node_lifecycle::{UNREACHABLE, cordoned, with_taint, without_taint};
use super::reason::{NoEffect, Reason};
use super::settings::group_node;
use crate::api::{Node, NodeId, NodeReady, ObjectKey, PodId, Taint, TaintEffect};

/// Does what an input about nodes says.
pub(super) fn carry_out(action: &InputAction, components: &mut Components, api: &mut ApiServer<'_>) -> InputResult {
    let name = match action {
        InputAction::NodeAdd(group) => return add(group, api),
        InputAction::Cordon(name)
        | InputAction::Uncordon(name)
        | InputAction::Drain(name)
        | InputAction::Taint { node: name, .. }
        | InputAction::NodeLost(name)
        | InputAction::NodeBack(name)
        | InputAction::NodeDelete(name) => name,
        _ => return Ok(None),
    };
    let Some(node) = api.store.node_named(name).cloned() else {
        // The pods of a node that is gone can still be evicted.
        if let (InputAction::Drain(_), Some(id)) = (action, api.store.gone_node_named(name))
            && api.store.pods_on(id).any(|pod| !pod.is_deleting())
        {
            evict_all(id, api);
            return Ok(Some(ObjectKey::Node(id)));
        }
        return Err(NoEffect::NoSuchNode.into());
    };
    match action {
        InputAction::Cordon(_) => cordon(&node, true, api)?,
        InputAction::Uncordon(_) => cordon(&node, false, api)?,
        InputAction::Drain(_) => drain(&node, api),
        InputAction::Taint { change, .. } => taint(&node, change, api)?,
        InputAction::NodeLost(_) => return lose(&node, components, api),
        InputAction::NodeBack(_) => return find(&node, components, api),
        _ => {
            components.kubelet.remove_node(node.id);
            api.unreachable.remove(&node.id);
            api.delete_node(node.id);
            return Ok(Some(ObjectKey::Node(node.id)));
        }
    }
    api.reason(Reason::Updated(ObjectKey::Node(node.id)));
    Ok(Some(ObjectKey::Node(node.id)))
}

fn cordon(node: &Node, unschedulable: bool, api: &mut ApiServer<'_>) -> Result<(), NoEffect> {
    if node.unschedulable == unschedulable {
        return Err(NoEffect::NoChange);
    }
    api.update_node(cordoned(node, unschedulable));
    Ok(())
}

/// Evicts every pod, by number; there are no disruption budgets.
fn drain(node: &Node, api: &mut ApiServer<'_>) {
    if !node.unschedulable {
        api.update_node(cordoned(node, true));
    }
    evict_all(node.id, api);
}

fn evict_all(node: NodeId, api: &mut ApiServer<'_>) {
    let ids: Vec<PodId> = api.store.pods_on(node).map(|pod| pod.id).collect();
    ids.into_iter().for_each(|id| api.evict_pod(id));
}

fn taint(node: &Node, change: &TaintChange, api: &mut ApiServer<'_>) -> Result<(), NoEffect> {
    let changed = match change {
        TaintChange::Add(taint) => {
            let added = (taint.effect == TaintEffect::NoExecute).then(|| api.now.truncated());
            with_taint(node, Taint { added, ..taint.clone() })
        }
        TaintChange::Remove { key, effect } => without_taint(node, key, *effect),
    };
    if changed == *node {
        return Err(NoEffect::NoChange);
    }
    api.update_node(changed);
    Ok(())
}

fn lose(node: &Node, components: &mut Components, api: &mut ApiServer<'_>) -> InputResult {
    if !api.unreachable.insert(node.id) {
        return Err(NoEffect::NoChange.into());
    }
    api.reason(Reason::NodeLost(node.id));
    components.kubelet.lose(node.id, api.store);
    components.node_lifecycle.lose(node.id, api.store, api.now);
    Ok(Some(ObjectKey::Node(node.id)))
}

/// The node reports at once (P-85).
fn find(node: &Node, components: &mut Components, api: &mut ApiServer<'_>) -> InputResult {
    if !api.unreachable.remove(&node.id) {
        return Err(NoEffect::NoChange.into());
    }
    api.reason(Reason::NodeBack(node.id));
    components.node_lifecycle.find(node.id, api.store);
    if node.ready != NodeReady::True {
        let ready = Node { ready: NodeReady::True, ready_since: api.now.truncated(), ..node.clone() };
        api.update_node(without_taint(&ready, UNREACHABLE, Some(TaintEffect::NoSchedule)));
    }
    components.kubelet.find(node.id, api);
    Ok(Some(ObjectKey::Node(node.id)))
}

fn add(group: &NodeGroup, api: &mut ApiServer<'_>) -> InputResult {
    let mut first = None;
    for name in group.names() {
        if api.store.node_named(&name).is_some() {
            continue;
        }
        let id = api.store.next_node();
        api.create_node(group_node(group, name, id, api.now));
        first.get_or_insert(ObjectKey::Node(id));
    }
    if first.is_none() {
        return Err(NoEffect::NodeExists.into());
    }
    Ok(first)
}
