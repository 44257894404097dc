//! What a learner can do.

use std::rc::Rc;

/// What a learner does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LearnAction {
    /// Open a lesson, by its id.
    Open(Rc<str>),
    /// Back to one's own text.
    Leave,
    Choose(usize),
    Answer,
    /// See the answer without a guess.
    ShowMe,
    /// On to the next stop; `jumps`: without playing.
    Next {
        jumps: bool,
    },
    Fix,
    Hint,
    Solution,
    Again,
    /// Take the text along into one's own.
    GoOnPlaying,
    Fold(bool),
    /// Ask once more for the lessons, which could not be fetched.
    Fetch,
    /// Say that there is no such lesson.
    Unknown(Rc<str>),
    /// Save the progress as a file.
    Save,
    Forget,
    /// Take in what a file with progress has.
    ReadIn(Rc<str>),
}
