//! What a learner can do, and who writes a lesson.

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
    /// Put the results into the clipboard.
    CopyResults,
    Forget,
    /// Take in what a file has: progress, or lessons.
    ReadIn(Rc<str>),
    /// Something that an author of a lesson does.
    Write(Gesture),
    /// Lessons that someone handed out.
    HandOut(Rc<str>),
    /// Write on such lessons: their text becomes one's own. By the id of their course.
    WriteOn(Rc<str>),
    /// Take a course that was handed out from the list, by its id.
    HandBack(Rc<str>),
}

/// What an author does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gesture {
    /// The text becomes the start of a lesson.
    Make,
    /// The selected mark becomes a stop.
    Stop,
    /// The film is cut after the selected mark.
    Ask,
    /// The text as it is now becomes the solution.
    Solution,
    /// Open it as a learner.
    Try,
}
