//! What a cluster is made with.

use super::behavior::Behaviors;
use super::cron_job::WallClock;
use super::input::ObjectKind;
use super::inventory::{Inventory, NodeGroup};
use crate::api::{Capacity, Labels, Name, Node, NodeId, NodeReady};
use crate::time::{Span, Time};
use serde_json::Value;
use std::rc::Rc;

/// How long a cluster takes for what, and what programs in it do.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Seed of generated names.
    pub seed: u64,
    /// t = 0 in seconds since 1970, for schedules.
    pub start_unix_seconds: i64,
    /// The rules of all time zones, if the text names one ([`crate::api::time_zone`]).
    pub time_zones: Option<Rc<[u8]>>,
    /// From a pod's creation to its node.
    pub scheduling: Span,
    /// From a pod's node to its running containers.
    pub starting: Span,
    /// Upper limit for pods that are neither Succeeded nor Failed; `None` is no limit.
    pub pod_quota: Option<u32>,
    /// Nodes, images, and what pods name.
    pub inventory: Inventory,
    /// Whether an input is about nodes: then the controllers of nodes run, too (P-88).
    pub has_node_inputs: bool,
    /// What programs do.
    pub behaviors: Behaviors,
    /// The first object of the text; inputs that name no object mean this one.
    pub first_object: Option<(ObjectKind, Rc<Value>)>,
}

impl Settings {
    /// The clock by which schedules are read.
    pub(crate) fn wall_clock(&self) -> WallClock {
        WallClock { start_unix_seconds: self.start_unix_seconds, time_zones: self.time_zones.clone() }
    }
}

impl Settings {
    /// Whether the controllers of nodes run.
    pub(crate) fn watches_nodes(&self) -> bool {
        self.inventory.nodes.is_some() || self.has_node_inputs
    }

    /// The nodes that are there at t = 0. Without `nodes` it is one without limits.
    pub(crate) fn nodes(&self) -> Vec<Rc<Node>> {
        let Some(groups) = &self.inventory.nodes else {
            let node = new_node(NodeId(1), ONLY_NODE.into(), None, self.watches_nodes(), Time::ZERO);
            return vec![Rc::new(node)];
        };
        let named = groups.iter().flat_map(|group| group.names().map(move |name| (group, name)));
        let nodes =
            named.zip(1..).map(|((group, name), number)| Rc::new(group_node(group, name, NodeId(number), Time::ZERO)));
        nodes.collect()
    }
}

/// The name of the only node of a text that names none.
const ONLY_NODE: &str = "node-1";

/// A node of a group.
pub(super) fn group_node(group: &NodeGroup, name: Name, id: NodeId, now: Time) -> Node {
    let mut node = new_node(id, name, Some(Rc::new(group.whole_capacity())), true, now);
    let mut labels = Labels::clone(&group.labels);
    labels.extend(node.labels.iter().map(|(key, value)| (key.clone(), value.clone())));
    node.labels = Rc::new(labels);
    node.taints = Rc::clone(&group.taints);
    node
}

/// The controllers of nodes, where they run, add labels of old names.
fn new_node(id: NodeId, name: Name, capacity: Option<Rc<Capacity>>, is_watched: bool, now: Time) -> Node {
    let labels = [("kubernetes.io/hostname", &*name), ("kubernetes.io/os", "linux"), ("kubernetes.io/arch", "amd64")];
    let of_controllers = [("beta.kubernetes.io/os", "linux"), ("beta.kubernetes.io/arch", "amd64")];
    let labels = labels.into_iter().chain(of_controllers.into_iter().filter(|_| is_watched));
    let labels = labels.map(|(key, value)| (key.into(), value.into())).collect();
    Node {
        id,
        labels: Rc::new(labels),
        name,
        capacity,
        taints: Rc::new([]),
        unschedulable: false,
        ready: NodeReady::True,
        ready_since: now.truncated(),
        joined: now,
    }
}
