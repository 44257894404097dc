//! Which nodes are in the same place, as topologyKey means it: those with the same value of a label.

use crate::api::{Name, Node, NodeId};
use crate::order::Map;
use std::rc::Rc;

/// The places of all nodes, numbered from 0. Labels of a node never change.
#[derive(Clone, Debug, Default)]
pub(super) struct Topology {
    numbers: Map<(Name, Name), usize>,
    count: usize,
    /// By NodeId − 1: a place for each label.
    of_nodes: Vec<Vec<(Name, usize)>>,
}

impl Topology {
    /// Nodes that have joined are known from now on.
    pub(super) fn learn(&mut self, nodes: &[&Rc<Node>]) {
        let known = self.of_nodes.len();
        let joined = nodes.iter().skip_while(|node| (node.id.0 as usize) <= known);
        for node in joined {
            self.of_nodes.resize(node.id.0 as usize - 1, Vec::new());
            let mut places = Vec::new();
            for (key, value) in node.labels.iter() {
                let number = *self.numbers.get_or_insert_with((key.clone(), value.clone()), || self.count);
                self.count = self.count.max(number + 1);
                places.push((key.clone(), number));
            }
            self.of_nodes.push(places);
        }
    }

    /// How many places there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Where a node is, by one of its labels.
    pub(super) fn place(&self, node: NodeId, key: &str) -> Option<usize> {
        self.places(node).iter().find(|(name, _)| **name == *key).map(|(_, place)| *place)
    }

    /// Where a node is, by all of its labels.
    pub(super) fn places(&self, node: NodeId) -> &[(Name, usize)] {
        self.of_nodes.get(node.0 as usize - 1).map_or(&[], Vec::as_slice)
    }
}
