//! The run of what is shared: that of the page, or that of the redacted text, recorded in slices.

use crate::manifest;
use crate::recording::{Progress, Recorder, Recording};
use crate::scenario::Scenario;
use crate::timeline::{Layout, Timeline};
use crate::web::browser;
use crate::web::state::run::{CAPACITY, Stage};
use std::cell::Cell;
use std::rc::Rc;

/// A recorded run.
#[derive(Clone)]
pub(super) struct RunOfText {
    pub(super) scenario: Rc<Scenario>,
    pub(super) recording: Rc<Recording>,
    pub(super) timeline: Rc<Timeline>,
}

impl PartialEq for RunOfText {
    /// Whether it is the same one.
    fn eq(&self, other: &RunOfText) -> bool {
        Rc::ptr_eq(&self.recording, &other.recording)
    }
}

/// How long a slice is, in milliseconds, and after how many steps that is looked at.
const SLICE_MILLIS: f64 = 16.0;
const SLICE_STEPS: usize = 200;

impl RunOfText {
    /// The run that is shown.
    pub(super) fn shown(stage: &Stage) -> RunOfText {
        RunOfText {
            scenario: Rc::clone(stage.scenario.rc()),
            recording: Rc::clone(stage.recording.rc()),
            timeline: Rc::clone(stage.timeline.rc()),
        }
    }

    /// Records a text, as long as that is awaited; `like` is a run in the same time zones.
    pub(super) async fn record(text: &str, like: &RunOfText, is_awaited: &Cell<bool>) -> Option<RunOfText> {
        let mut scenario = manifest::read(text).scenario;
        scenario.time_zones.clone_from(&like.scenario.time_zones);
        let mut recorder = Recorder::new(&scenario).within(CAPACITY);
        let mut began = browser::now();
        while recorder.advance(SLICE_STEPS) == Progress::More {
            began = rest(began, is_awaited).await?;
        }
        let recording = recorder.into_recording();
        let mut layout = Layout::new(&recording, &scenario);
        loop {
            if let Some(timeline) = layout.advance(&recording, &scenario, SLICE_STEPS) {
                let (scenario, recording, timeline) = (Rc::new(scenario), Rc::new(recording), Rc::new(timeline));
                return is_awaited.get().then_some(RunOfText { scenario, recording, timeline });
            }
            began = rest(began, is_awaited).await?;
        }
    }
}

/// Lets the browser draw and read its keys, once a slice is over. Returns when the next one began, if it is still awaited.
async fn rest(began: f64, is_awaited: &Cell<bool>) -> Option<f64> {
    if browser::now() - began < SLICE_MILLIS {
        return Some(began);
    }
    browser::pause().await;
    is_awaited.get().then(browser::now)
}
