//! A run as a picture: a [`Timeline`] laid out in a frame, as plain data. Two writers stand on it: [`svg`] makes the
//! poster, a file that shows the run wherever pictures are shown, and [`film`] what a player without the engine needs to
//! step through the run and to say why.
//!
//! Along the track everything stands at a share of its width, so that a player can draw it as wide as it likes; down the
//! page, and beside the place where a mark stands, sizes are CSS pixels.

pub mod attributes;
mod axis;
mod cells;
mod containers;
mod cron;
pub mod figure;
pub mod film;
pub mod glyphs;
mod job;
pub mod labels;
mod lanes;
pub mod live;
mod painter;
mod pods;
pub mod qr;
mod room;
mod row_size;
pub mod snippet;
mod style;
pub mod svg;
mod verdict;
mod why;

use crate::cluster::reason::StepId;
use crate::explain::Selection;
use crate::manifest::{self, Reading};
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::time::Time;
use crate::timeline::Timeline;

/// A run to be drawn.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The text, as its link has it.
    pub text: &'a str,
    /// What was recorded.
    pub scenario: &'a Scenario,
    /// Every version of every object.
    pub recording: &'a Recording,
    /// Its lanes.
    pub timeline: &'a Timeline,
}

impl Run<'_> {
    /// How it went, in a sentence; how it stands at a moment.
    pub fn title(&self, lang: Lang, at: Option<Time>) -> String {
        verdict::Verdict::of(self, lang, at).sentence(lang)
    }

    /// Why what is told at a moment happened: the sentence, in parts as films have it; `None` if nothing is told then.
    pub fn why(&self, lang: Lang, at: Time) -> Option<serde_json::Value> {
        why::statement_at(self, lang, at)
    }
}

/// A run that owns what it is made of.
pub struct OwnedRun {
    reading: Reading,
    scenario: Scenario,
    recording: Recording,
    timeline: Timeline,
}

impl OwnedRun {
    /// The run of a text.
    pub fn of(text: &str) -> OwnedRun {
        let reading = manifest::read(text);
        let scenario = reading.scenario.clone().with_time_zones();
        let recording = Recording::of(&scenario);
        OwnedRun::recorded(reading, scenario, recording)
    }

    /// A run that has been recorded.
    pub fn recorded(reading: Reading, scenario: Scenario, recording: Recording) -> OwnedRun {
        let timeline = Timeline::of(&recording, &scenario);
        OwnedRun { reading, scenario, recording, timeline }
    }

    /// To be drawn.
    pub fn as_run(&self) -> Run<'_> {
        Run { text: &self.reading.text, scenario: &self.scenario, recording: &self.recording, timeline: &self.timeline }
    }
}

/// In what a run is laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The width of the track, for which words are chosen.
    pub width: f64,
    /// The language of the words.
    pub lang: Lang,
    /// The moment whose cells are shown: of many pods only one can be.
    pub at: Time,
}

/// A run in a frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// How high it is.
    pub height: f64,
    /// What stands at the left of the lanes.
    pub labels: Vec<Label>,
    /// What is drawn on the track, from back to front.
    pub shapes: Vec<Shape>,
    /// What can be asked for its cause, from top to bottom and in order of time.
    pub marks: Vec<Mark>,
    /// Tops and heights of what shows a moment, and no course of time: cells.
    pub still: Vec<(f64, f64)>,
}

impl Picture {
    /// Lays a run out.
    pub fn of(run: &Run<'_>, frame: Frame) -> Picture {
        lanes::paint(run, frame)
    }
}

/// The name of a lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The top of the lane.
    pub y: f64,
    /// The height of the part of it that the name stands in the middle of.
    pub height: f64,
    /// What it is called.
    pub name: String,
    /// What is added in a quieter tone; may be empty.
    pub rest: String,
}

/// Something that is drawn on the track.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// What it is.
    pub kind: Kind,
    /// Where it begins or stands, as a share of the track.
    pub x: f64,
    /// Its top; the baseline of words.
    pub y: f64,
    /// How wide it is: a share of the track, of a glyph pixels. Of words the room that they have, from where they begin.
    pub w: f64,
    /// How high it is, of a dot its radius; of words how far beside `x` they begin or end.
    pub h: f64,
    /// How it looks.
    pub class: Class,
    /// The words; the name of the glyph; the number of cells.
    pub text: String,
}

impl Shape {
    /// From which pixel to which one words go on a track of this width, roughly; `None` of what is no words.
    pub fn words_span(&self, width: f64) -> Option<(f64, f64)> {
        let (before, behind) = room::reach(self);
        self.kind.is_words().then_some((self.x * width - before, self.x * width + behind))
    }
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A stretch of time, filled.
    Rect,
    /// A line along the track.
    Line,
    /// A line down the track.
    Stem,
    /// A point in time.
    Dot,
    /// One of [`Glyph`].
    Glyph,
    /// Cells of one state beside each other.
    Cells,
    /// Words that begin beside their place.
    Start,
    /// Words around their place.
    Middle,
    /// Words that end beside their place.
    End,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 9] =
        [Kind::Rect, Kind::Line, Kind::Stem, Kind::Dot, Kind::Glyph, Kind::Cells, Kind::Start, Kind::Middle, Kind::End];

    /// Its name in a film.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Rect => "rect",
            Kind::Line => "line",
            Kind::Stem => "stem",
            Kind::Dot => "dot",
            Kind::Glyph => "glyph",
            Kind::Cells => "cells",
            Kind::Start => "start",
            Kind::Middle => "middle",
            Kind::End => "end",
        }
    }

    /// Whether it is words.
    pub fn is_words(self) -> bool {
        matches!(self, Kind::Start | Kind::Middle | Kind::End)
    }
}

/// How a shape looks. The colours are those of the page's `tokens.css`.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Collapsed time, and the points that count it.
    Gap,
    /// The ground of a lane.
    Base,
    Suspended,
    /// From the end of a Job to its deletion.
    Ttl,
    /// There are logs to read.
    Log,
    /// Where an object was.
    Gone,
    Pending,
    Running,
    /// A wait: between two pods, two runs, two pulls.
    Backoff,
    Terminating,
    Succeeded,
    Failed,
    /// A cell without a pod.
    Empty,
    /// Pods that are alive, over time.
    Alive,
    /// A controller wrote something; a scheduled time became a Job.
    Wrote,
    /// A controller looked; a scheduled time did not become a Job.
    Looked,
    /// What a person did.
    Fault,
    /// Times on the axis.
    Axis,
    /// Words on a bar.
    Value,
    /// Words in a second tone.
    Second,
}

impl Class {
    /// All of them.
    pub const ALL: [Class; 20] = [
        Class::Gap,
        Class::Base,
        Class::Suspended,
        Class::Ttl,
        Class::Log,
        Class::Gone,
        Class::Pending,
        Class::Running,
        Class::Backoff,
        Class::Terminating,
        Class::Succeeded,
        Class::Failed,
        Class::Empty,
        Class::Alive,
        Class::Wrote,
        Class::Looked,
        Class::Fault,
        Class::Axis,
        Class::Value,
        Class::Second,
    ];

    /// Its name in a film, and in the style of a poster.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Gap => "gap",
            Class::Base => "base",
            Class::Suspended => "suspended",
            Class::Ttl => "ttl",
            Class::Log => "log",
            Class::Gone => "gone",
            Class::Pending => "pending",
            Class::Running => "running",
            Class::Backoff => "backoff",
            Class::Terminating => "terminating",
            Class::Succeeded => "succeeded",
            Class::Failed => "failed",
            Class::Empty => "empty",
            Class::Alive => "alive",
            Class::Wrote => "wrote",
            Class::Looked => "looked",
            Class::Fault => "fault",
            Class::Axis => "axis",
            Class::Value => "value",
            Class::Second => "second",
        }
    }
}

/// A small drawing of a fixed size, whose upper left corner stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A pod succeeded: a cap with a tick.
    Tick,
    /// It failed: a cap with a cross.
    Cross,
    /// It failed, and a rule ignores that: an outline, struck through.
    Ignored,
    /// The Job controller had it stopped: a square end.
    Killed,
    /// Its object went away before it had ended: a point to the left.
    Vanished,
    /// A container was restarted: a notch in the bar.
    Notch,
    /// A condition that ends a Job: a flag as long as its word, which flies to the left if that is negative.
    Flag,
    /// The TTL-after-finished controller acted.
    Diamond,
    /// A scheduled time.
    Time,
    /// A container ended well.
    SmallTick,
    /// A container ended badly.
    SmallCross,
    /// An object is gone, with its logs.
    NoLogs,
    /// Something that a person did.
    Pin,
}

impl Glyph {
    /// All of them.
    pub const ALL: [Glyph; 13] = [
        Glyph::Tick,
        Glyph::Cross,
        Glyph::Ignored,
        Glyph::Killed,
        Glyph::Vanished,
        Glyph::Notch,
        Glyph::Flag,
        Glyph::Diamond,
        Glyph::Time,
        Glyph::SmallTick,
        Glyph::SmallCross,
        Glyph::NoLogs,
        Glyph::Pin,
    ];

    /// Its name in a film.
    pub fn as_str(self) -> &'static str {
        match self {
            Glyph::Tick => "tick",
            Glyph::Cross => "cross",
            Glyph::Ignored => "ignored",
            Glyph::Killed => "killed",
            Glyph::Vanished => "vanished",
            Glyph::Notch => "notch",
            Glyph::Flag => "flag",
            Glyph::Diamond => "diamond",
            Glyph::Time => "time",
            Glyph::SmallTick => "small-tick",
            Glyph::SmallCross => "small-cross",
            Glyph::NoLogs => "no-logs",
            Glyph::Pin => "pin",
        }
    }

    /// Width and height; a flag is as wide as its word.
    pub fn size(self) -> (f64, f64) {
        match self {
            Glyph::Tick | Glyph::Cross | Glyph::Ignored => (20.0, 20.0),
            Glyph::Killed => (12.0, 20.0),
            Glyph::Vanished => (0.0, 20.0),
            Glyph::Notch => (9.0, 8.0),
            Glyph::Flag => (0.0, 16.0),
            Glyph::Diamond | Glyph::Time => (8.0, 8.0),
            Glyph::SmallTick | Glyph::SmallCross => (12.0, 12.0),
            Glyph::NoLogs => (26.0, 18.0),
            Glyph::Pin => (8.0, 10.0),
        }
    }
}

/// What can be pressed and asked for its cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where it begins, as a share of the track.
    pub x: f64,
    /// How far it goes on.
    pub w: f64,
    /// Pixels that it begins before that.
    pub before: f64,
    /// Pixels that it ends behind that.
    pub behind: f64,
    /// Its top.
    pub y: f64,
    /// How high it is.
    pub h: f64,
    /// What is explained.
    pub selection: Selection,
    /// What it is, in words.
    pub name: String,
}

impl Mark {
    /// The step that is explained.
    pub fn step(&self) -> StepId {
        self.selection.step
    }
}
