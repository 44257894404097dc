//! What is shown with a question: a recording that ends where it is asked, and a scenario without what comes then.

use super::observe::step_of;
use crate::cluster::reason::{StepId, Wake};
use crate::recording::{Progress, Recorder, Recording};
use crate::scenario::Scenario;
use crate::scenario::lesson::Cut;

/// Where a recording is cut: after a step, or right after the manifests.
pub type CutAt = Option<StepId>;

/// Where a recording is cut for a question; `None` if its moment does not come.
pub fn cut_at(cut: &Cut, scenario: &Scenario, recording: &Recording) -> Option<CutAt> {
    match cut {
        Cut::Start => Some(None),
        Cut::After(moment) => step_of(moment, scenario, recording).map(Some),
    }
}

/// The scenario without the inputs that come after a question, and its recording up to there; the whole of both if the
/// moment of the question does not come. Inputs keep their numbers where they stand in order of time.
pub fn cut(cut: &Cut, scenario: &Scenario, recording: &Recording) -> (Scenario, Recording) {
    let Some(at) = cut_at(cut, scenario, recording) else { return (scenario.clone(), recording.clone()) };
    let mut recorder = Recorder::new(scenario).cut_after(at);
    while recorder.advance(usize::MAX >> 1) == Progress::More {}
    let shown = recorder.into_recording();
    let happened = shown.steps().iter().filter_map(|step| match step.trigger.wake {
        Wake::Input(number) => Some(number as usize + 1),
        _ => None,
    });
    let inputs = scenario.inputs.iter().take(happened.max().unwrap_or(0)).cloned().collect();
    (Scenario { inputs, until: None, ..scenario.clone() }, shown)
}
