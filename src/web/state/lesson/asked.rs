//! What a lesson asks of a run, and what its author does to a text: functions that may come later than the page. They come
//! with the rules of the API server, without which no lesson is recorded.

use super::Gesture;
use crate::cluster::reason::StepId;
use crate::late::Late;
use crate::lessons::{self, Checked, Observation};
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::scenario::lesson::{Check, Cut, Moment};
use crate::web::state::State;
use crate::web::state::effect::Effect;

/// Functions of [`lessons`], and the gestures of an author.
pub(crate) struct Asked {
    pub(super) observe: fn(&Check, &Scenario, &Recording) -> Observation,
    pub(super) step_of: fn(&Moment, &Scenario, &Recording) -> Option<StepId>,
    pub(crate) cut: fn(&Cut, &Scenario, &Recording) -> (Scenario, Recording),
    pub(super) check: fn(&str) -> Checked,
    pub(super) write: fn(&mut State, Gesture) -> Vec<Effect>,
}

/// All of them, once their chunk is there.
pub(crate) static ASKED: Late<Asked> = Late::new(&ALL_ASKED);

/// All of them.
pub(crate) static ALL_ASKED: Asked = Asked {
    observe: lessons::observe,
    step_of: lessons::step_of,
    cut: lessons::cut,
    check: lessons::check,
    write: State::write_into_lesson,
};
