//! What a person can do, as data: every component reports one of these to the app, which alone changes state.

use crate::api::ObjectKey;
use crate::cluster::input::Input;
use crate::cluster::reason::StepId;
use crate::time::Time;

/// What is selected: a step, and the object whose mark was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The step that WHY explains.
    pub step: StepId,
    /// The object whose mark was pressed: a pod's bar, the Job lane.
    pub object: Option<ObjectKey>,
}

/// Something a person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Move the playhead.
    Seek(Time),
    /// To the next or previous event.
    StepBy(i32),
    /// Play, or pause.
    TogglePlay,
    /// Select a mark, or nothing.
    Select(Option<Selection>),
    /// Add an input to the text.
    AddInput(Input),
    /// Move the n-th input of the text to another time.
    MoveInput(usize, Time),
    /// Take the n-th input out of the text.
    RemoveInput(usize),
    /// Let the n-th input happen, or not.
    SetInputDisabled(usize, bool),
    /// Replace the whole text (typing, an example, a fix).
    SetText(String),
    /// Undo the last change of the text.
    Undo,
    /// Do it again.
    Redo,
}
