//! What keys do, in English.

use crate::texts::keys::KeyWords;

pub(super) static KEYS: KeyWords = KeyWords {
    on_timeline: "The timeline, wherever nothing that has the focus takes the key",
    play: "Play or pause",
    step: "Next, previous event",
    marks: "Previous, next mark in the row; where no mark has the focus, previous, next event",
    rows: "Row above, below",
    pages: "Among many pods: a page of cells back, on; on their strip, to where the state changes",
    ends: "To the start, to the end",
    tenths: "To a tenth of the run",
    why: "Why this mark",
    faults: "Kill, evict, OOM, node pressure: the pod of the row, at the playhead",
    node_faults: "Drain, lose the node of that pod; the latter again: it comes back",
    exit_code: "The exit code of the pod of the row",
    nothing: "Select nothing",
    zoom: "Closer, further away; also the wheel with Ctrl, or two fingers",
    pan: "Earlier, later; also the wheel with Shift, or drag",
    fit: "All of the run; also a double click",
    fit_selection: "As close as what is selected allows",
    range: "Show from the playhead on, up to the playhead; also a drag along the axis",
    find: "Find a pod by its number, its index or its name",
    console: "To the console: kubectl, at this moment",
    table: "The pods as a table, and back to the timeline",
    only_there: "These keys act only while the focus is on the timeline",
    help: "These keys",

    on_edge: "With the focus on the edge between two regions",
    edge_by: "Move it; with Shift further",
    edge_to: "As far as it goes",
    edge_back: "Fold and unfold the spec; any other edge goes back to its place, as with a double click",

    everywhere: "Everywhere",
    undo: "Undo any change: typed text, faults, examples",
    redo: "Redo",
    share: "Share",
    paste: "Outside the text box: open what is in the clipboard",
};
