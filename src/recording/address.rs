//! Addresses of nodes and pods: which they get in the reference cluster.

use crate::api::{ContainerState, ContainerStatus, NodeId, Pod};

/// Nodes have 10.0.0.10, .11, … in their order.
pub(crate) fn of_node(node: NodeId) -> String {
    let place = node.0 + 9;
    format!("10.0.{}.{}", place / 256, place % 256)
}

/// A pod has an address while its sandbox is up, from the first look on at which its kubelet tells what became of its
/// containers: 10.244.0.2, .3, … by its number, 250 of them in each network.
pub(crate) fn of_pod(pod: &Pod) -> Option<String> {
    const IN_NETWORK: u32 = 250;
    let (network, place) = (pod.id.0 / IN_NETWORK, pod.id.0 % IN_NETWORK + 2);
    let is_told = |status: &ContainerStatus| match status.state {
        ContainerState::Waiting(reason) => status.has_run() || !reason.is_first(),
        ContainerState::Running(_) | ContainerState::Terminated(_) => true,
    };
    let is_known = pod.sandbox.is_up && pod.all_statuses().any(|(_, status)| is_told(status));
    is_known.then(|| format!("10.{}.{}.{place}", 244 + network / 256, network % 256))
}
