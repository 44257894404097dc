//! The nodes of a text: those that its lines make, and the places where it names one.

use crate::api::Name;
use crate::cluster::inventory::{Inventory, NodeGroup};
use crate::limits::{NODE_FIELDS, NODES};
use crate::manifest::diagnostic::{Code, Limited};
use crate::manifest::yaml::NodeId;
use crate::order::Set;
use std::ops::Range;

/// What was read of nodes so far.
#[derive(Default)]
pub(super) struct Nodes {
    /// Names of those that are read.
    known: Set<Name>,
    /// How many there are, those beyond the limit too.
    count: usize,
    /// How many labels, taints and amounts they have.
    fields: usize,
    /// The line of the first that is beyond a limit, and which.
    beyond: Option<(Range<usize>, Limited)>,
    /// Whether a line that makes nodes was left out, so that not all names are known.
    is_incomplete: bool,
    /// The places where the text names one.
    named: Vec<(NodeId, Name)>,
}

impl Nodes {
    /// Counts what a line makes; `None` is a line with a mistake. Whether it is within the limits.
    pub(super) fn takes(&mut self, group: Option<&NodeGroup>, line: Range<usize>) -> bool {
        self.is_incomplete |= group.is_none();
        let more = group.map_or(0, |group| group.count.map_or(1, |count| count as usize));
        let each = group.map_or(0, |group| group.labels.len() + group.taints.len() + group.capacity.len());
        self.count = self.count.saturating_add(more);
        self.fields = self.fields.saturating_add(more.saturating_mul(each));
        let what = if self.count > NODES { Limited::Nodes } else { Limited::NodeFields };
        if (self.count > NODES || self.fields > NODE_FIELDS) && self.beyond.is_none() {
            self.beyond = Some((line, what));
        }
        self.beyond.is_none()
    }

    /// The name that a line makes for the second time.
    pub(super) fn second_of(&self, group: &NodeGroup) -> Option<Name> {
        group.names().find(|name| self.known.contains(name))
    }

    /// What a line makes can be named from now on.
    pub(super) fn know(&mut self, group: &NodeGroup) {
        self.known.extend(group.names());
    }

    /// The text names a node here.
    pub(super) fn name(&mut self, node: NodeId, name: Name) {
        self.named.push((node, name));
    }

    /// The line from which on nodes are left out, and what is to be said there.
    pub(super) fn left_out(&self) -> Option<(Range<usize>, Code)> {
        let (line, what) = self.beyond.clone()?;
        let count = if what == Limited::Nodes { self.count } else { self.fields };
        Some((line, Code::TooMany { what, count }))
    }

    /// The places that name a node that no line makes. None if there are lines of which the names are not known.
    pub(super) fn unknown(&self, are_given: bool) -> Vec<(NodeId, Code)> {
        if self.is_incomplete || self.beyond.is_some() {
            return Vec::new();
        }
        let is_known = |name: &Name| self.known.contains(name) || !are_given && **name == *Inventory::ONLY_NODE;
        let unknown = self.named.iter().filter(|(_, name)| !is_known(name));
        unknown.map(|(node, name)| (*node, Code::UnknownNode(name.to_string()))).collect()
    }
}
