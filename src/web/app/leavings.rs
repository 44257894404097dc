//! Runs that are no longer shown. A long one is a million small pieces of memory: to free them all at once would take a
//! noticeable time, so it is given back little by little.

use super::{App, AppMessage};
use crate::recording::Recording;
use crate::timeline::Timeline;
use crate::web::browser;
use crate::web::state::run::Stage;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::html::Scope;

/// Runs of fewer steps are freed at once.
const LONG: usize = 20_000;
/// What is given back at a time, how long a slice takes in milliseconds, and how long the next one waits: longer while
/// something of the page still holds the run.
const PIECES: usize = 2_000;
const SLICE_MILLIS: f64 = 8.0;
const WAIT_MILLIS: u32 = 250;

#[derive(Default)]
pub(super) struct Leavings {
    runs: Vec<(Rc<Recording>, Rc<Timeline>)>,
    next: Option<Timeout>,
}

impl Leavings {
    /// Holds on to a run that is about to be let go.
    pub(super) fn hold(&mut self, stage: &Stage, link: &Scope<App>) {
        let (recording, timeline) = (stage.recording.rc(), stage.timeline.rc());
        let is_held = self.runs.iter().any(|(_, held)| Rc::ptr_eq(held, timeline));
        if recording.steps().len() >= LONG && !is_held {
            self.runs.push((Rc::clone(recording), Rc::clone(timeline)));
            self.go_on_later(link, WAIT_MILLIS);
        }
    }

    /// Gives back for a slice; the next one waits for its turn.
    pub(super) fn advance(&mut self, link: &Scope<App>) {
        let start = browser::now();
        let mut is_held = false;
        self.runs.retain_mut(|(recording, timeline)| {
            // Whoever else holds it may still look at it.
            let (Some(recording), Some(timeline)) = (Rc::get_mut(recording), Rc::get_mut(timeline)) else {
                is_held = true;
                return true;
            };
            let mut has_more = true;
            while has_more && browser::now() - start < SLICE_MILLIS {
                has_more = timeline.give_back(PIECES) || recording.give_back(PIECES);
            }
            has_more
        });
        self.next = None;
        if !self.runs.is_empty() {
            self.go_on_later(link, if is_held { WAIT_MILLIS } else { 0 });
        }
    }

    fn go_on_later(&mut self, link: &Scope<App>, millis: u32) {
        let link = link.clone();
        self.next = Some(Timeout::new(millis, move || link.send_message(AppMessage::GiveBack)));
    }
}
