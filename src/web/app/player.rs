//! What drives playing: beats, or frames of the browser.

use super::{App, AppMessage};
use crate::time::Span;
use crate::web::browser;
use crate::web::browser::animation::AnimationFrames;
use crate::web::state::playhead::Pace;
use crate::web::state::preferences::Speed;
use gloo_timers::callback::Interval;
use yew::html::Scope;

/// The longest stretch that one frame plays: a hidden tab gets no frames, and playing goes on where it stopped.
const FRAME_MILLIS: f64 = 100.0;

/// Plays for as long as it lives.
pub(super) enum Player {
    Beats {
        _interval: Interval,
        millis: u32,
    },
    Frames {
        _frames: AnimationFrames,
        /// The window's time of the last frame, in milliseconds.
        last: f64,
    },
}

impl Player {
    /// Starts or stops what drives playing. `pace`: how fast it is played, if it is.
    pub(super) fn follow(player: &mut Option<Player>, pace: Option<Pace>, link: &Scope<App>) {
        let Some(pace) = pace else {
            *player = None;
            return;
        };
        // With reduced motion the playhead goes from event to event.
        let beats = pace.speed == Speed::Beat || browser::media("(prefers-reduced-motion: reduce)");
        match (&player, beats) {
            (Some(Player::Beats { millis, .. }), true) if *millis == pace.beat_millis => {}
            (Some(Player::Frames { .. }), false) => {}
            (_, true) => {
                let (link, millis) = (link.clone(), pace.beat_millis);
                let interval = Interval::new(millis, move || link.send_message(AppMessage::Beat));
                *player = Some(Player::Beats { _interval: interval, millis });
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
