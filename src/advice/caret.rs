//! Where the caret is in a document, as its lines or brackets tell it. Knows no types.

use std::ops::Range;

/// A step down from the root; which item of a list it is does not matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutlineStep<'t> {
    Key(&'t str),
    Item,
}

impl<'t> OutlineStep<'t> {
    /// The key of a step into a map.
    pub(super) fn name(&self) -> Option<&'t str> {
        match self {
            OutlineStep::Key(name) => Some(name),
            OutlineStep::Item => None,
        }
    }
}

/// How the map or list around is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// In lines.
    Block,
    /// `{…}`.
    FlowMap,
    /// `[…]`.
    FlowList,
}

/// Where the caret is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CaretContext<'t> {
    /// The way to the map or list around.
    pub(super) path: Vec<OutlineStep<'t>>,
    /// The key whose value is being written; `None` if it is a key or an item.
    pub(super) key: Option<&'t str>,
    /// What is written there, in bytes of the whole text.
    pub(super) range: Range<usize>,
    /// The other keys around.
    pub(super) siblings: Vec<&'t str>,
    /// The column of keys here.
    pub(super) column: usize,
    /// What is around.
    pub(super) style: Style,
    /// Whether a colon stands behind the key already.
    pub(super) has_colon: bool,
}
