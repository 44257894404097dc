//! Words of the rows of pods: their order, the table of them, and finding one.

use crate::timeline::sorted::{RowOrder, RowOutcome};

/// Words of the rows of pods.
#[allow(missing_docs)]
pub struct RowsWords {
    /// All that follows.
    pub tools: &'static str,
    /// Their order.
    pub order: &'static str,
    pub by: fn(RowOrder) -> &'static str,
    /// Many pods stand in the order of their cells.
    pub no_order: &'static str,
    /// How the rows of a group end, and how many they are.
    pub group: fn(RowOutcome, usize) -> String,
    /// Shows them as a table, as the timeline.
    pub as_table: &'static str,
    /// The table: so many pods are there at the playhead, of so many in the run.
    pub there: fn(usize, usize) -> String,
    /// No pod is there.
    pub none_there: &'static str,
    /// Columns that kubectl has no word for.
    pub index: &'static str,
    pub outcome: &'static str,
    /// Looks for one.
    pub find: &'static str,
    /// In the field: by what.
    pub find_by: &'static str,
    /// Which of how many was found; nothing was.
    pub found: fn(usize, usize) -> String,
}
