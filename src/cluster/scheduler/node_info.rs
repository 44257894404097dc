//! What the scheduler knows of a node: the pods on it, and what they ask for. Upstream: framework/types.go NodeInfo.

use crate::api::{Amounts, HostPort, Node, NodeId, Pod, PodId};
use crate::order::Map;
use std::rc::Rc;

/// A node with its pods.
#[derive(Clone, Debug, Default)]
pub(super) struct NodeInfo {
    /// The pods that take room on it: those that have not ended.
    pub(super) pods: Map<PodId, Rc<Pod>>,
    pub(super) count: i64,
    pub(super) requested: Amounts,
    pub(super) nonzero: (i64, i64),
    pub(super) ports: Vec<HostPort>,
    /// How many of the pods have podAntiAffinity.
    pub(super) anti_affine: u32,
}

/// What is on all nodes, by their place in the order of nodes.
#[derive(Clone, Debug, Default)]
pub(super) struct NodeInfos(Vec<NodeInfo>);

impl NodeInfos {
    /// `None` if nothing was ever on the node.
    pub(super) fn get(&self, node: NodeId) -> Option<&NodeInfo> {
        self.0.get(node.0 as usize - 1)
    }

    pub(super) fn get_mut(&mut self, node: NodeId) -> &mut NodeInfo {
        let place = node.0 as usize - 1;
        if self.0.len() <= place {
            self.0.resize_with(place + 1, NodeInfo::default);
        }
        &mut self.0[place]
    }
}

impl NodeInfo {
    /// A pod takes its room.
    pub(super) fn add(&mut self, pod: Rc<Pod>) {
        let placement = &pod.birth.template.spec.placement;
        self.count += 1;
        self.requested.add_all(&placement.requests);
        self.nonzero.0 += placement.nonzero_requests.0;
        self.nonzero.1 += placement.nonzero_requests.1;
        self.ports.extend(placement.host_ports.iter().cloned());
        self.anti_affine += u32::from(!placement.anti_affinity.is_empty());
        self.pods.insert(pod.id, pod);
    }

    /// A pod leaves its room.
    pub(super) fn remove(&mut self, id: PodId) {
        let Some(pod) = self.pods.remove(&id) else { return };
        let placement = &pod.birth.template.spec.placement;
        self.count -= 1;
        self.requested.subtract_all(&placement.requests);
        self.nonzero.0 -= placement.nonzero_requests.0;
        self.nonzero.1 -= placement.nonzero_requests.1;
        self.anti_affine -= u32::from(!placement.anti_affinity.is_empty());
        for port in &placement.host_ports {
            if let Some(place) = self.ports.iter().position(|used| used == port) {
                self.ports.swap_remove(place);
            }
        }
    }
}

/// How much of a resource a node can give; without limits, more than anybody asks for.
pub(super) fn allocatable(node: &Node, resource: &str) -> i64 {
    match &node.capacity {
        Some(capacity) => capacity.amount(resource),
        None => i64::MAX / 1000,
    }
}
