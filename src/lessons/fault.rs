//! What is wrong with a lesson, and where.

use super::observe::Observation;
use crate::api::Name;
use crate::manifest::Code;
use crate::scenario::lesson::Check;
use std::ops::Range;
use std::rc::Rc;

/// Something wrong with a lesson or a course.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Fault {
    /// Bytes of the text.
    pub span: Range<usize>,
    pub what: FaultKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultKind {
    /// Something that reading reports.
    Reading(Code),
    /// There is no Lesson document.
    NoLesson,
    /// Nothing stands before the Lesson that could run.
    NoStart,
    /// Inputs do not stand in the order of time.
    InputsUnordered,
    /// The recording of the start, or of the solution, is too long to be whole.
    TooLong {
        /// Whether it is that of the solution.
        solution: bool,
    },
    /// A check looks at an instant that the recording does not reach.
    Beyond,
    /// A question with fewer than two options.
    FewOptions,
    /// No option holds on the start.
    NoneHolds,
    /// This one holds on the start, as another one does.
    AlsoHolds {
        /// The first that holds.
        first: Name,
    },
    /// The moment of the question does not come.
    CutNotReached,
    /// The question is asked when all is over.
    NothingLeft,
    /// What is shown with the question depends on what comes then.
    Leaks,
    /// A question without a stop.
    NoStops,
    /// The moment of the stop does not come.
    StopNotReached,
    /// The stop comes before the question.
    StopBeforeQuestion,
    /// The stop comes before the one above it.
    StopUnordered {
        /// The one above.
        above: Name,
    },
    /// The start meets the goal.
    GoalMet,
    /// A goal without a solution.
    NoSolution,
    /// A solution without a goal.
    NoGoal,
    /// Something that reading reports of the solution, at its line and column.
    InSolution(usize, usize, Code),
    /// The solution has a Lesson of its own.
    LessonInSolution,
    /// The solution misses a part of the goal.
    GoalMissed(Box<(Check, Observation)>),
    /// The solution changes what is to be kept.
    KeptChanged,
    /// There are no words in any language.
    NoText,
    /// A language lacks a text.
    TextMissing {
        /// The language's tag.
        lang: Name,
        /// The path of the text in its block: `options.six.reply`.
        path: String,
    },
    /// A language has a text for a key that the structure does not have.
    TextWithoutKey {
        /// The language's tag.
        lang: Name,
        /// Its path.
        path: String,
    },
    /// A text is too long to be shown.
    TextTooLong {
        /// Letters.
        letters: usize,
        /// At most.
        most: usize,
    },
    /// The title or the symptom names a field that only the solution has.
    NamesCause {
        /// The field.
        field: String,
    },
    /// The link has too many letters.
    LinkTooLong {
        /// So many.
        letters: usize,
    },
    /// The link leads to another text.
    LinkDiffers,
    /// A Course without lessons.
    NoLessons,
    /// A Course names a lesson that is neither built in nor in its text.
    UnknownLesson(Name),
    /// Two lessons of a text have this id, or a Course names it twice.
    SecondLesson(Name),
    /// The Course does not name this lesson of its own.
    Unlisted(Name),
}

/// A lesson that was looked at.
#[derive(Clone, Debug)]
pub struct Checked {
    /// metadata.name.
    pub id: Name,
    /// How long its link is.
    pub letters: usize,
    /// In the order of the text.
    pub faults: Vec<Fault>,
    /// What its checks and moments say.
    pub lines: Vec<Line>,
}

/// A check or a moment of a lesson, and what was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Where it stands: `ask.options.six`, `goal.runs`, `stops.end`, `ask.at`.
    pub path: String,
    /// What is asked; a moment is asked for by a check of its own.
    pub check: Rc<Check>,
    /// On the start.
    pub start: Observation,
    /// On the solution, for a goal.
    pub solution: Option<Observation>,
}
