//! What the card of a lesson is drawn from, wherever its parts stand.

use super::answers;
use crate::lessons::Observation;
use crate::scenario::lesson::{Lesson, Prose};
use crate::texts::Lang;
use crate::time::Time;
use crate::web::controls::button::press;
use crate::web::state::action::Action;
use crate::web::state::lesson::{LearnAction, Stage, Unit};
use crate::web::state::shared::Shared;
use std::rc::Rc;
use yew::prelude::*;

/// What the card shows.
#[derive(Clone, PartialEq)]
pub(crate) struct CardProps {
    pub(crate) unit: Shared<Unit>,
    pub(crate) stage: Stage,
    pub(crate) guess: Option<usize>,
    pub(crate) truth: Option<usize>,
    /// How many stops were reached, and when the last one was.
    pub(crate) stops: usize,
    pub(crate) stop_at: Option<Time>,
    pub(crate) hints: usize,
    pub(crate) is_seen: bool,
    /// Whether it is someone's result.
    pub(crate) is_others: bool,
    /// What was seen of each goal; empty while the text does not run.
    pub(crate) goals: Rc<[Observation]>,
    /// Whether all is as it was that the task keeps.
    pub(crate) is_whole: bool,
    /// Lines changed.
    pub(crate) edits: usize,
    pub(crate) is_folded: bool,
    /// Where it stands, in words.
    pub(crate) place: Option<String>,
    /// What leads others to it.
    pub(crate) fragment: Rc<str>,
    /// Id and title of the lesson after it.
    pub(crate) next: Option<(Rc<str>, Rc<str>)>,
    pub(crate) is_kept: bool,
    pub(crate) lang: Lang,
    pub(crate) on_action: Callback<Action>,
}

impl CardProps {
    pub(super) fn act(&self, action: LearnAction) -> Callback<MouseEvent> {
        press(&self.on_action, Action::Learn(action))
    }

    pub(super) fn prose(&self) -> Option<&Prose> {
        self.unit.prose(self.lang)
    }

    pub(super) fn lesson(&self) -> &Lesson {
        &self.unit.lesson
    }

    /// The words of an answer.
    pub(super) fn answer<'p>(&self, prose: &'p Prose, number: Option<usize>) -> Option<&'p str> {
        let (key, _) = self.unit.lesson.ask.as_ref()?.options.get(number?)?;
        Some(answers::say(prose, key))
    }

    pub(super) fn has_more_stops(&self) -> bool {
        self.stops < self.lesson().stops.len()
    }

    /// The steps that this lesson has.
    pub(super) fn stages(&self) -> impl Iterator<Item = Stage> + '_ {
        let has = |stage: &Stage| match stage {
            Stage::Guess | Stage::Watch => self.lesson().ask.is_some(),
            Stage::Fix => !self.lesson().goals.is_empty(),
            Stage::Kept => true,
        };
        Stage::ALL.into_iter().filter(has)
    }
}
