//! What drives playing: beats, or frames of the browser.

use super::{App, AppMessage};
use crate::time::Span;
use crate::web::browser;
use crate::web::browser::animation::AnimationFrames;
use crate::web::state::preferences::Speed;
use gloo_timers::callback::Interval;
use yew::html::Scope;

/// How long an event is shown when playing by beats.
const BEAT_MILLIS: u32 = 900;
/// The longest stretch that one frame plays: a hidden tab gets no frames, and playing goes on where it stopped.
const FRAME_MILLIS: f64 = 100.0;

/// Plays for as long as it lives.
pub(super) enum Player {
    Beats {
        _interval: Interval,
    },
    Frames {
        _frames: AnimationFrames,
        /// The window's time of the last frame, in milliseconds.
        last: f64,
    },
}

impl Player {
    /// Starts or stops what drives playing.
    pub(super) fn follow(player: &mut Option<Player>, playing: bool, speed: Speed, link: &Scope<App>) {
        if !playing {
            *player = None;
            return;
        }
        // With reduced motion the playhead goes from event to event.
        let beats = speed == Speed::Beat || browser::media("(prefers-reduced-motion: reduce)");
        match (&player, beats) {
            (Some(Player::Beats { .. }), true) | (Some(Player::Frames { .. }), false) => {}
            (_, true) => {
                let link = link.clone();
                let interval = Interval::new(BEAT_MILLIS, move || link.send_message(AppMessage::Beat));
                *player = Some(Player::Beats { _interval: interval });
            }
            (_, false) => {
                let frames = AnimationFrames::new(link.callback(AppMessage::Frame));
                *player = Some(Player::Frames { _frames: frames, last: browser::now() });
            }
        }
    }

    /// How much real time a frame at `now` plays; `None` if frames do not drive playing.
    pub(super) fn frame(&mut self, now: f64) -> Option<Span> {
        let Player::Frames { last, .. } = self else { return None };
        let passed = (now - *last).max(0.0);
        *last += passed;
        Some(Span::from_millis(passed.min(FRAME_MILLIS) as i64))
    }
}
