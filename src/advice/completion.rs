//! What can be written at the caret, on texts that need not be YAML yet.

use super::kind::FieldId;
use crate::manifest::Reading;
use std::ops::Range;

/// What can be written at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Completions {
    /// The bytes that an item replaces; empty if nothing is written there yet.
    pub range: Range<usize>,
    /// What there is, the likeliest first; never empty.
    pub items: Vec<Item>,
}

/// One thing that can be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What is shown: a field's name, a value.
    pub label: String,
    /// What is written in place of [`Completions::range`].
    pub insert: String,
    /// Where in `insert` the caret goes, in bytes.
    pub caret: usize,
    /// What it is.
    pub kind: ItemKind,
    /// The field that is written, or whose value this is; none for a whole document.
    pub field: Option<FieldId>,
    /// Whether the value is the one that the field has anyway.
    pub is_default: bool,
    /// Whether the text is refused without this field.
    pub is_required: bool,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A field's name.
    Field,
    /// A field's value.
    Value,
    /// A whole document.
    Document,
}

/// What can be written at a byte of the text; `None` where nothing is known or wanted: in comments, in block scalars
/// and quoted texts, behind values.
pub fn complete(_reading: &Reading, _caret: usize) -> Option<Completions> {
    None
}
