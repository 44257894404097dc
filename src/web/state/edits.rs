//! The gestures that change the text, as functions that may come later than the page.

use crate::cluster::behavior::Behavior;
use crate::cluster::input::Input;
use crate::late::Late;
use crate::manifest::edit::{self, ClusterChange, Edit, EditError};
use crate::manifest::{Place, Reading};
use crate::time::Time;
use serde_json::Value;

/// What becomes of the text.
pub(super) type Edited = Result<Vec<Edit>, EditError>;

/// A function for each gesture: those of [`edit`].
pub(crate) struct Edits {
    pub(super) add_input: fn(&Reading, &Input) -> Edited,
    pub(super) move_input: fn(&Reading, usize, Time) -> Edited,
    pub(super) remove_input: fn(&Reading, usize) -> Edited,
    pub(super) remove_inputs: fn(&Reading) -> Edited,
    pub(super) disable_input: fn(&Reading, usize) -> Edited,
    pub(super) enable_input: fn(&Reading, usize) -> Edited,
    pub(super) append_behavior: fn(&Reading, &Behavior) -> Edited,
    pub(super) set_fields: fn(&Reading, &[(Place, Value)]) -> Edited,
    pub(super) change_cluster: fn(&Reading, &ClusterChange) -> Edited,
}

/// All of them, once their chunk is there.
pub(crate) static EDITS: Late<Edits> = Late::new(&ALL_EDITS);

/// All of them.
pub(crate) static ALL_EDITS: Edits = Edits {
    add_input: edit::add_input,
    move_input: edit::move_input,
    remove_input: edit::remove_input,
    remove_inputs: edit::remove_inputs,
    disable_input: edit::disable_input,
    enable_input: edit::enable_input,
    append_behavior: edit::append_behavior,
    set_fields: edit::set_fields,
    change_cluster: edit::change_cluster,
};
