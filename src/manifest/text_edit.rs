//! A change of a text: a range of bytes, and what comes there.

use std::ops::Range;

/// A range of bytes to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Edit {
    /// In the text before the edit; empty for an insertion.
    pub range: Range<usize>,
    pub replacement: String,
}
