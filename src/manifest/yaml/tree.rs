//! The tree of one YAML document, in which every node knows its bytes.

use super::scalar::{Scalar, ScalarStyle};
use crate::order::Map;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

/// A node of a [`Tree`], by its position in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(super) u32);

/// One YAML document with the place of everything in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) root: Option<NodeId>,
    /// The maps that something was looked up in, merge keys resolved: once each, however often it is asked.
    pub(super) merged: RefCell<Map<NodeId, Rc<Merged>>>,
}

/// The entries of a map in order, merge keys resolved, and the position of each name.
#[derive(Clone, Debug, Default)]
pub(super) struct Merged {
    pub(super) entries: Vec<Entry>,
    pub(super) places: Map<String, usize>,
}

/// A node with its place in the text.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    /// Its bytes in the whole text, anchor and tag included, comments and blank lines behind it left out.
    pub(crate) span: Range<usize>,
    /// Where the scanner stopped reading it: behind the line breaks that belong to a block scalar.
    pub(crate) read_to: usize,
    /// Explicit tag, in full: `tag:yaml.org,2002:str`.
    pub(crate) tag: Option<String>,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum NodeKind {
    /// A text, a number, a boolean or null.
    Scalar {
        /// The text without quotes and escapes.
        text: String,
        style: ScalarStyle,
    },
    /// A list.
    Sequence {
        items: Vec<NodeId>,
        /// Written as `[a, b]`, not as lines with dashes.
        flow: bool,
    },
    /// A map.
    Mapping {
        /// Keys and values in the order of the text, merge keys and duplicates as they stand.
        entries: Vec<(NodeId, NodeId)>,
        /// Written as `{a: b}`, not as lines.
        flow: bool,
    },
    /// `*name`.
    Alias {
        /// The node with that anchor.
        target: NodeId,
        /// The anchor's name.
        name: String,
    },
}

/// A key and its value, merge keys resolved and duplicates decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The key as JSON has it.
    pub(crate) name: String,
    /// The key's node.
    pub(crate) key: NodeId,
    /// The value's node.
    pub(crate) value: NodeId,
}

impl Tree {
    /// The node of the document; `None` if it is empty.
    pub(crate) fn root(&self) -> Option<NodeId> {
        self.root
    }

    /// The node as it is written: an alias is not resolved.
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The node itself, or the target of an alias.
    pub(crate) fn resolve(&self, id: NodeId) -> &Node {
        self.node(self.target(id))
    }

    /// The node itself, or the target of an alias: a node with an anchor, which is no alias.
    pub(super) fn target(&self, id: NodeId) -> NodeId {
        match &self.node(id).kind {
            NodeKind::Alias { target, .. } => *target,
            _ => id,
        }
    }

    /// The meaning of a scalar; `None` for lists and maps.
    pub(crate) fn scalar(&self, id: NodeId) -> Option<Scalar> {
        let node = self.resolve(id);
        match &node.kind {
            NodeKind::Scalar { text, style } => Scalar::of(text, *style, node.tag.as_deref()).ok(),
            _ => None,
        }
    }

    /// The items of a list.
    pub(crate) fn items(&self, id: NodeId) -> Option<&[NodeId]> {
        match &self.resolve(id).kind {
            NodeKind::Sequence { items, .. } => Some(items),
            _ => None,
        }
    }

    /// All maps with their entries as they are written, in the order of the text.
    pub(crate) fn maps(&self) -> impl Iterator<Item = (NodeId, &[(NodeId, NodeId)])> {
        self.nodes.iter().enumerate().filter_map(|(number, node)| match &node.kind {
            NodeKind::Mapping { entries, .. } => Some((NodeId(number as u32), entries.as_slice())),
            _ => None,
        })
    }
}
