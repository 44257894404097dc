//! English: what can be done to nodes, and to what pods name.

use crate::explain::Supply;
use crate::texts::timeline::FaultWords;
use crate::timeline::node_faults::NodeFault;

pub(super) static FAULTS: FaultWords = FaultWords {
    all: |count| format!("All {count}"),
    fewer: "Fewer",
    groups: ["Pods", "Nodes", "Cluster"],
    node: |fault| match fault {
        NodeFault::Drain => "Drain node",
        NodeFault::Cordon => "Cordon",
        NodeFault::Uncordon => "Uncordon",
        NodeFault::Taint => "Taint",
        NodeFault::Untaint => "Untaint",
        NodeFault::Lost => "Node lost",
        NodeFault::Back => "Node back",
        NodeFault::Delete => "Delete node",
    },
    node_on: |fault, node| match fault {
        NodeFault::Drain => format!("Drain {node}: it takes no new pods, and its pods are evicted"),
        NodeFault::Cordon => format!("Cordon {node}: it takes no new pods"),
        NodeFault::Uncordon => format!("Uncordon {node}: it takes new pods again"),
        NodeFault::Taint => format!("Taint {node} with {}", NodeFault::taint()),
        NodeFault::Untaint => format!("Take a taint off {node}"),
        NodeFault::Lost => format!("{node} cannot reach the API server any more"),
        NodeFault::Back => format!("{node} can reach the API server again"),
        NodeFault::Delete => format!("Delete {node}: the machine is gone"),
    },
    needs_node: "Faults of nodes need a node",
    add_node: "Add a node",
    supply: |supply| match supply {
        Supply::ImageFails(_) => "Image fails",
        Supply::ImageThere(_) => "Provide image",
        Supply::ObjectMissing(_) => "Object missing",
        Supply::ObjectThere(_) => "Provide object",
    },
    supply_on: |supply| match supply {
        Supply::ImageFails(image) => format!("{image} cannot be pulled, from the start"),
        Supply::ImageThere(pattern) => format!("{pattern} can be pulled from now on"),
        Supply::ObjectMissing(object) => format!("{object} is missing from the start"),
        Supply::ObjectThere(object) => format!("{object} exists from now on"),
    },
    taint: "Taint",
};
