//! Words of the editor: what stands beside the text, and what its keys do.

use super::keys::KeyGroup;
use crate::cluster::behavior::Program;
use crate::time::Time;

/// Words of the editor.
#[allow(missing_docs)]
pub struct EditorWords {
    /// Label of the text box with the manifests.
    pub spec_box: &'static str,
    /// Label of the text box with the Scenario.
    pub scenario_box: &'static str,
    pub lesson_box: &'static str,
    /// Above what plays no part here, what is taken to exist, and what is not checked.
    pub simplified: &'static str,
    /// Behind the number of findings of a tier, the worst tier first.
    pub tiers: [&'static str; 3],
    pub valid: &'static str,
    /// The text is being looked through.
    pub checking: &'static str,
    /// It cannot be looked through: a part of the page could not be loaded.
    pub not_checked: &'static str,
    /// The list of findings.
    pub findings: &'static str,
    /// A line of the text.
    pub line: fn(usize) -> String,
    /// The API server refuses the text; why follows.
    pub nothing_created: &'static str,
    /// A change is meant from the start of the run …
    pub from_the_start: &'static str,
    /// … or applied at this time of it.
    pub apply_at: fn(Time) -> String,
    /// There are more findings than are shown.
    pub more_problems: fn(usize) -> String,
    /// Behind a value that is not written.
    pub default: &'static str,
    /// Behind what a program is assumed to do.
    pub assumed: &'static str,
    pub write_default: &'static str,
    /// Writes what a program is assumed to do into the Scenario.
    pub write_assumed: &'static str,
    /// What the program of a container does; `None` if that differs from pod to pod.
    pub program: fn(&str, Option<Program>) -> String,
    /// The card beside a place.
    pub about_place: &'static str,
    /// There is nothing to say about the caret's place.
    pub nothing_to_say: &'static str,
    /// A field decided so many steps of this run.
    pub decided: fn(usize) -> String,
    /// A field never came into play in this run.
    pub inert: &'static str,
    /// Before what would happen without it.
    pub without: &'static str,
    /// Nothing would be different without it.
    pub same_without: &'static str,
    /// Shows what it decided, one after the other.
    pub show_effects: &'static str,
    /// A number that can be stepped.
    pub number: &'static str,
    /// One less, one more.
    pub less_more: [&'static str; 2],
    /// How to step it without buttons.
    pub number_keys: &'static str,
    /// The list of what could stand here.
    pub completions: &'static str,
    /// Behind a field that the API server asks for.
    pub required: &'static str,
    /// Behind a snippet for a whole document.
    pub document: &'static str,
    /// The list of what could stand here: how many.
    pub suggestions: fn(usize) -> String,
    /// The row of chips.
    pub chip_row: &'static str,
    /// Its chips: colon, dash, outdent, indent, undo, about this place.
    pub chips: [&'static str; 6],
    /// A file is too large: its size in bytes.
    pub file_too_large: fn(usize) -> String,
    /// A file is not text in UTF-8.
    pub file_not_text: &'static str,
    /// A file cannot be read.
    pub file_unreadable: &'static str,
    /// Keys of the text box.
    pub keys: KeyGroup,
}
