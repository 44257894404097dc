//! The recording that is shown with a question: it ends where the question is asked, so nothing in it depends on what
//! comes then.

use super::observe::step_of;
use crate::cluster::reason::StepId;
use crate::recording::{Progress, Recorder, Recording};
use crate::scenario::Scenario;
use crate::scenario::lesson::{Cut, Question};

/// Where a recording is cut: after a step, or right after the manifests.
pub type CutAt = Option<StepId>;

/// Where the recording of a scenario is cut; `None` if its moment does not come. What it says may be handed to
/// [`Recorder::cut_after`].
pub fn cut_at(cut: &Cut, scenario: &Scenario, recording: &Recording) -> Option<CutAt> {
    match cut {
        Cut::Start => Some(None),
        Cut::After(moment) => step_of(moment, scenario, recording).map(Some),
    }
}

/// Records a scenario up to a question; the whole of it if the moment of the question does not come.
pub fn cut(question: &Question, scenario: &Scenario) -> Recording {
    let whole = match question.cut {
        Cut::Start => Recording::default(),
        Cut::After(_) => Recording::of(scenario),
    };
    let Some(at) = cut_at(&question.cut, scenario, &whole) else { return whole };
    let mut recorder = Recorder::new(scenario).cut_after(at);
    while recorder.advance(usize::MAX >> 1) == Progress::More {}
    recorder.into_recording()
}
