//! A lesson that is open: at which of its steps, and what was seen there.

use super::locks::Locks;
use super::shelf::Unit;
use crate::cluster::reason::StepId;
use crate::lessons::Observation;
use crate::manifest::Reading;
use crate::scenario::lesson::{Lesson, Prose};
use crate::texts::Lang;
use crate::time::Time;
use crate::web::keeping::progress::{Entry, Reached};
use crate::web::state::shared::Shared;
use std::rc::Rc;

/// The steps of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    Guess,
    Watch,
    Fix,
    Kept,
}

impl Stage {
    pub(crate) const ALL: [Stage; 4] = [Stage::Guess, Stage::Watch, Stage::Fix, Stage::Kept];
}

/// A lesson that is open, with its text in the [`Draft`] that holds it.
pub(crate) struct OpenLesson {
    pub(crate) unit: Rc<Unit>,
    pub(crate) stage: Stage,
    /// The answer that is chosen, and not given yet.
    pub(crate) chosen: Option<usize>,
    /// The answer that was given; `None` if it was shown without one.
    pub(crate) guess: Option<usize>,
    /// The answer that holds, once the run has been seen.
    pub(crate) truth: Option<usize>,
    /// How many stops were reached; where the playhead was at the last one, if that moment comes at all.
    pub(crate) stops: usize,
    pub(crate) stop_at: Option<Time>,
    /// The step that is being played to.
    pub(super) target: Option<StepId>,
    pub(crate) hints: usize,
    /// Whether the solution was shown.
    pub(crate) is_seen: bool,
    /// Whether it is someone's result.
    pub(crate) is_others: bool,
    /// What the run says to each goal; empty while the text does not run.
    pub(crate) goals: Rc<[Observation]>,
    pub(crate) locks: Shared<Locks>,
    /// What the locks are of: the text, and whether it can be changed.
    pub(super) locked: Option<(Shared<Reading>, bool)>,
    pub(crate) is_folded: bool,
}

/// What a screen reader is told of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Which answer holds.
    Answer,
    /// The n-th stop is reached.
    Stop(usize),
    /// So many goals of so many are reached.
    Goals(usize, usize),
    Kept,
}

impl OpenLesson {
    /// As it begins, or as it was left.
    pub(super) fn new(unit: Rc<Unit>, entry: Option<&Entry>) -> OpenLesson {
        let lesson = &unit.lesson;
        let guess = entry.and_then(|entry| entry.guess.as_deref());
        let guess = lesson.ask.as_ref().and_then(|ask| ask.options.iter().position(|(key, _)| Some(&**key) == guess));
        let stage = match entry.map_or(Reached::Begun, |entry| entry.state) {
            Reached::Solved | Reached::Seen => Stage::Kept,
            Reached::Watched if !lesson.goals.is_empty() => Stage::Fix,
            Reached::Watched => Stage::Watch,
            Reached::Begun if lesson.ask.is_none() => Stage::Fix,
            Reached::Begun if guess.is_some() => Stage::Watch,
            Reached::Begun => Stage::Guess,
        };
        OpenLesson {
            stage,
            chosen: None,
            guess,
            truth: None,
            stops: 0,
            stop_at: None,
            target: None,
            hints: entry.map_or(0, |entry| entry.hints as usize),
            is_seen: entry.is_some_and(|entry| entry.state == Reached::Seen),
            is_others: false,
            goals: Rc::default(),
            locks: Shared::default(),
            locked: None,
            is_folded: false,
            unit,
        }
    }

    pub(crate) fn lesson(&self) -> &Lesson {
        &self.unit.lesson
    }

    /// Its words in a language; without those in the first that it has.
    pub(crate) fn prose(&self, lang: Lang) -> Option<&Prose> {
        self.unit.prose(lang)
    }

    /// Whether the text can be changed.
    pub(crate) fn is_open(&self) -> bool {
        self.stage >= Stage::Fix && !self.is_others
    }
}
