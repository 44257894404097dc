//! Words for what keys do.

/// A group of keys with what they do.
#[allow(missing_docs)]
pub struct KeyGroup {
    pub title: &'static str,
    /// Keys, separated by spaces, and what they do.
    pub keys: &'static [(&'static str, &'static str)],
}

/// What the keys of the page do; which keys those are stands where they act.
#[allow(missing_docs)]
pub struct KeyWords {
    pub on_timeline: &'static str,
    pub play: &'static str,
    /// Next, previous event.
    pub step: &'static str,
    /// Next, previous mark in the row.
    pub marks: &'static str,
    /// Row above, below.
    pub rows: &'static str,
    /// A page of cells, a stretch of the strip.
    pub pages: &'static str,
    pub ends: &'static str,
    pub tenths: &'static str,
    pub why: &'static str,
    /// Faults on the pod of the row.
    pub faults: &'static str,
    /// Faults on the node of that pod.
    pub node_faults: &'static str,
    pub exit_code: &'static str,
    /// Nothing is selected.
    pub nothing: &'static str,
    /// Closer, further away.
    pub zoom: &'static str,
    /// Earlier, later.
    pub pan: &'static str,
    /// All of the run.
    pub fit: &'static str,
    pub fit_selection: &'static str,
    /// From the playhead on, up to the playhead.
    pub range: &'static str,
    pub find: &'static str,
    /// The timeline as a table, and back.
    pub table: &'static str,
    pub console: &'static str,
    /// That they act only while the timeline has the focus, to be chosen.
    pub only_there: &'static str,
    pub help: &'static str,

    pub on_edge: &'static str,
    pub edge_by: &'static str,
    pub edge_to: &'static str,
    /// Folds the spec; puts any other edge back.
    pub edge_back: &'static str,

    pub everywhere: &'static str,
    pub undo: &'static str,
    pub redo: &'static str,
    pub share: &'static str,
    pub paste: &'static str,
}
