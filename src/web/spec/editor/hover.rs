//! When a card opens and closes: after a pause of the pointer, at once by key; it stays while the pointer is on it,
//! and goes with Escape (WCAG 1.4.13).

use super::card::{By, OpenCard, Subject};
use super::{Editor, EditorMessage};
use gloo_timers::callback::Timeout;
use yew::html::Scope;

/// How long the pointer rests before a card opens.
const REST_MILLIS: u32 = 300;
/// The next card comes sooner: someone is reading.
const NEXT_MILLIS: u32 = 120;
/// How long the pointer may take from the text to the card.
const LEAVE_MILLIS: u32 = 250;

/// The card, and what the pointer is about to open or close.
#[derive(Default)]
pub(super) struct Hover {
    pub(super) card: Option<OpenCard>,
    /// The next change of the text comes from the card itself.
    pub(super) keeps: bool,
    aim: Option<Subject>,
    timer: Option<Timeout>,
}

impl Hover {
    /// The pointer is over something to say, or over nothing.
    pub(super) fn aim(&mut self, subject: Option<Subject>, link: &Scope<Editor>) {
        if self.card.as_ref().is_some_and(|card| card.by == By::Key) {
            return;
        }
        let shown = self.card.as_ref().map(|card| &card.subject);
        if subject == self.aim && (self.timer.is_some() || subject.as_ref() == shown) {
            return;
        }
        let millis = match (&subject, shown) {
            (None, None) => {
                (self.aim, self.timer) = (None, None);
                return;
            }
            (None, Some(_)) => LEAVE_MILLIS,
            (Some(_), None) => REST_MILLIS,
            (Some(_), Some(_)) => NEXT_MILLIS,
        };
        self.aim = subject;
        let link = link.clone();
        self.timer = Some(Timeout::new(millis, move || link.send_message(EditorMessage::Rested)));
    }

    /// What the pointer has rested on.
    pub(super) fn aimed(&mut self) -> Option<Subject> {
        self.timer = None;
        self.aim.clone()
    }

    /// The pointer is on the card, or left it.
    pub(super) fn hold(&mut self, on: bool, link: &Scope<Editor>) {
        if on {
            self.timer = None;
            self.aim = self.card.as_ref().map(|card| card.subject.clone());
        } else {
            self.aim(None, link);
        }
    }

    /// Opens a card. Returns whether it differs from the one before.
    pub(super) fn open(&mut self, card: OpenCard) -> bool {
        self.timer = None;
        self.aim = Some(card.subject.clone());
        let other = self.card.as_ref() != Some(&card);
        self.card = Some(card);
        other
    }

    /// Closes the card. Returns whether there was one.
    pub(super) fn close(&mut self) -> bool {
        (self.timer, self.aim) = (None, None);
        self.card.take().is_some()
    }

    /// Closes the card if it was opened this way. Returns whether it was.
    pub(super) fn close_if(&mut self, by: By) -> bool {
        self.card.as_ref().is_some_and(|card| card.by == by) && self.close()
    }
}
