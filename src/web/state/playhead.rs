//! The state's part in moving the playhead, and what is explained with it.

use super::State;
use super::action::Pane;
use super::effect::Effect;
use super::lesson::Said;
use super::look::Look;
use super::preferences::Speed;
use crate::explain::{Selection, telling_step};
use crate::time::{Span, Time};
use crate::timeline::stepping;

/// What a screen reader is told of. Playing goes on too fast for words: what has passed is summed up at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Announced {
    /// The playhead was moved to this event.
    Step(Time),
    /// Playing has ended here, after so many events.
    Played(Time, usize),
    /// Something became of a lesson.
    Learn(Said),
}

/// How long an event is shown when playing by beats, and on the way to a stop of a lesson at least.
const BEAT_MILLIS: u32 = 900;
const SHORT_BEAT_MILLIS: u32 = 160;
/// So long the way to a stop may take.
const STRETCH_MILLIS: u32 = 6_000;

/// How fast it is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pace {
    pub(crate) speed: Speed,
    /// How long an event is shown when playing by beats.
    pub(crate) beat_millis: u32,
}

impl State {
    /// How fast it is played. To a stop of a lesson event by event, whatever is preferred.
    pub(crate) fn pace(&self) -> Pace {
        match self.events_to_stop() {
            Some(events) => {
                let millis = STRETCH_MILLIS / (events.max(1) as u32);
                Pace { speed: Speed::Beat, beat_millis: millis.clamp(SHORT_BEAT_MILLIS, BEAT_MILLIS) }
            }
            None => Pace { speed: self.preferences.speed, beat_millis: BEAT_MILLIS },
        }
    }

    /// One beat of playing: to the next event; with the last one playing ends.
    pub(crate) fn beat(&mut self) -> Vec<Effect> {
        self.go_by(1);
        self.end_playing_at_the_end();
        self.pass_stop();
        Vec::new()
    }

    /// A stretch of playing at a speed, in time of the person who watches.
    pub(crate) fn play_on(&mut self, real: Span) -> Vec<Effect> {
        if let Speed::Times(times) = self.preferences.speed {
            self.seek(self.playhead + Span::from_millis(real.millis() * i64::from(times)));
            self.follow();
            self.end_playing_at_the_end();
        }
        Vec::new()
    }

    pub(super) fn seek(&mut self, at: Time) {
        self.stand_at(at.clamp(Time::ZERO, self.end()));
    }

    /// What is shown of the timeline goes along.
    fn stand_at(&mut self, at: Time) {
        self.playhead = at;
        self.look(Look::With(at));
    }

    /// Moves the playhead, and what is explained with it: what was selected by hand stays only while the playhead does.
    pub(super) fn go_to(&mut self, at: Time) {
        let before = self.playhead;
        self.seek(at);
        self.announced = None;
        if self.playhead != before || self.selection.is_none() {
            self.follow();
        }
    }

    pub(super) fn go_by(&mut self, count: i32) {
        let Some(moment) = stepping::by(&self.run.timeline.moments, self.playhead, count) else { return };
        let at = moment.at;
        self.stand_at(at);
        self.announced = Some(Announced::Step(at));
        self.follow();
    }

    /// Selects what has just happened at the playhead.
    pub(super) fn follow(&mut self) {
        self.selection = telling_step(&self.run.recording, &self.run.timeline, self.playhead);
    }

    pub(super) fn toggle_play(&mut self) {
        if self.playing {
            return self.end_playing();
        }
        self.playing = !self.run.timeline.moments.is_empty();
        if self.playing && self.playhead >= self.end() {
            self.seek(Time::ZERO);
            self.follow();
        }
        self.played_from = self.playhead;
    }

    fn end_playing_at_the_end(&mut self) {
        if self.playhead >= self.end() {
            self.end_playing();
        }
    }

    fn end_playing(&mut self) {
        self.playing = false;
        let passed = |at: Time| stepping::passed(&self.run.timeline.moments, at);
        let events = passed(self.playhead).saturating_sub(passed(self.played_from));
        self.announced = Some(Announced::Played(self.playhead, events));
    }

    pub(super) fn select(&mut self, selection: Option<Selection>) {
        self.playing = false;
        self.selection = selection;
        if let Some(selection) = selection {
            self.stand_at(self.run.recording.step(selection.step).at);
        }
    }

    /// Selects the next of these marks: all that a field decided, one after the other.
    pub(super) fn cycle(&mut self, marks: &[Selection]) {
        let now = self.selection.map(|selection| selection.step);
        let next = marks.iter().find(|mark| now.is_some_and(|now| mark.step > now)).or(marks.first()).copied();
        self.select(next);
        self.announced = Some(Announced::Step(self.playhead));
        self.pane = Pane::Run;
    }
}
