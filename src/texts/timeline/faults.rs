//! Words of what can be done to nodes, and to what pods name.

use crate::explain::Supply;
use crate::timeline::node_faults::NodeFault;

/// Words of these faults.
#[allow(missing_docs)]
pub struct FaultWords {
    /// Opens all faults: how many there are.
    pub all: fn(usize) -> String,
    /// Folds them to a row again.
    pub fewer: &'static str,
    /// What they are done to: pods, nodes, the cluster.
    pub groups: [&'static str; 3],
    /// A button.
    pub node: fn(NodeFault) -> &'static str,
    /// What it does, to which node.
    pub node_on: fn(NodeFault, &str) -> String,
    /// There is no node: add one first.
    pub needs_node: &'static str,
    pub add_node: &'static str,
    /// A button.
    pub supply: fn(&Supply) -> &'static str,
    /// What it does.
    pub supply_on: fn(&Supply) -> String,
    /// Label of the taint.
    pub taint: &'static str,
}
