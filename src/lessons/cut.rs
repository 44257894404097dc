//! What is shown with a question: a recording that ends where it is asked, and a scenario without what comes then.

use super::observe::{end_of, step_of};
use crate::cluster::reason::{StepId, Wake};
use crate::recording::{Progress, Recorder, Recording};
use crate::scenario::Scenario;
use crate::scenario::lesson::{Cut, Moment};
use crate::time::Time;
use std::rc::Rc;

/// Where a recording is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutAt {
    /// After this step; `None` is right after the manifests.
    pub step: Option<StepId>,
    /// The last instant that is shown.
    pub at: Time,
}

/// Where a recording is cut for a question; `None` if its moment does not come.
pub fn cut_at(cut: &Cut, scenario: &Scenario, recording: &Recording) -> Option<CutAt> {
    let Cut::After(moment) = cut else { return Some(CutAt { step: None, at: Time::ZERO }) };
    let step = step_of(moment, scenario, recording)?;
    let reached = recording.step(step).at;
    let at = match moment {
        Moment::At(at) => reached.max((*at).min(end_of(recording))),
        _ => reached,
    };
    Some(CutAt { step: Some(step), at })
}

fn recorded(scenario: &Scenario, at: CutAt) -> Recording {
    let mut recorder = Recorder::new(scenario).cut_after(at.step, at.at);
    while recorder.advance(usize::MAX >> 1) == Progress::More {}
    recorder.into_recording()
}

/// The scenario without the inputs that come after a question, and its recording up to there; the whole of both if the
/// moment of the question does not come. Inputs keep their numbers where they stand in order of time.
pub fn cut(cut: &Cut, scenario: &Scenario, recording: &Recording) -> (Scenario, Recording) {
    let Some(at) = cut_at(cut, scenario, recording) else { return (scenario.clone(), recording.clone()) };
    let mut shown = recorded(scenario, at);
    // That a manifest is refused may be the answer.
    if *cut == Cut::Start && !shown.refused().is_empty() {
        shown = recorded(&Scenario { manifests: Rc::new([]), ..scenario.clone() }, at);
    }
    let happened = shown.steps().iter().filter_map(|step| match step.trigger.wake {
        Wake::Input(number) => Some(number as usize + 1),
        _ => None,
    });
    let inputs = scenario.inputs.iter().take(happened.max().unwrap_or(0)).cloned().collect();
    (Scenario { inputs, until: None, ..scenario.clone() }, shown)
}
