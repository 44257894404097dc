//! Recording in slices between which the browser draws and reads its keys. Where a slice ends changes nothing of what is
//! recorded.

use super::{App, AppMessage};
use crate::limits::{PAGE_RECORDING_PODS, PAGE_RECORDING_STEPS};
use crate::recording::{Capacity, Progress, Recorder, Recording};
use crate::scenario::Scenario;
use crate::web::browser;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::html::Scope;

/// One slice: that many milliseconds, looked at after that many steps.
const SLICE_MILLIS: f64 = 8.0;
const SLICE_STEPS: usize = 50;
/// What the page records: 100,000 pods that run and end fit in, in 300,000 steps; the program and two recordings, the
/// one that is shown and the one that is made, stay far below the 4 GB that a page has.
const CAPACITY: Capacity = Capacity { steps: PAGE_RECORDING_STEPS, pods: PAGE_RECORDING_PODS, ..Capacity::WHOLE };

/// The recording that is being made, if any.
#[derive(Default)]
pub(super) struct SlicedRecorder {
    current: Option<(Rc<Scenario>, Recorder)>,
    next_slice: Option<Timeout>,
}

impl SlicedRecorder {
    pub(super) fn is_busy(&self) -> bool {
        self.current.is_some()
    }

    /// Gives up what is being recorded.
    pub(super) fn stop(&mut self) {
        self.next_slice = None;
        self.current = None;
    }

    pub(super) fn start(&mut self, scenario: Rc<Scenario>) {
        let recorder = Recorder::new(&scenario).within(CAPACITY);
        self.current = Some((scenario, recorder));
    }

    /// Records a slice; the next one waits for its turn. Returns the recording once it is done.
    pub(super) fn advance(&mut self, link: &Scope<App>) -> Option<(Rc<Scenario>, Recording)> {
        let (_, recorder) = self.current.as_mut()?;
        let start = browser::now();
        let mut progress = Progress::More;
        while progress == Progress::More && browser::now() - start < SLICE_MILLIS {
            progress = recorder.advance(SLICE_STEPS);
        }
        if progress == Progress::More {
            let link = link.clone();
            self.next_slice = Some(Timeout::new(0, move || link.send_message(AppMessage::Record)));
            return None;
        }
        let (scenario, recorder) = self.current.take()?;
        Some((scenario, recorder.into_recording()))
    }
}
