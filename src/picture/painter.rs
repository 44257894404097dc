//! What all lanes are painted with.

use super::labels::{Labels, text_width};
use super::row_size::RowSize;
use super::{Class, Frame, Glyph, Kind, Label, Mark, Picture, Run, Shape, room};
use crate::api::ObjectKey;
use crate::cluster::reason::StepId;
use crate::explain::Selection;
use crate::texts::timeline::TimelineWords;
use crate::time::Time;
use crate::timeline::{DetailLevel, JobTrack};

/// So far words may stand beside the track, at its right.
pub(super) const BESIDE: f64 = 30.0;
/// Between words and what stands before or behind them.
pub(super) const SPACE: f64 = 8.0;

/// Paints lane by lane, from top to bottom.
pub(super) struct Painter<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) frame: Frame,
    pub(super) words: &'static TimelineWords,
    pub(super) picture: Picture,
    /// The top of the lane.
    pub(super) y: f64,
    /// What words must not lie on, in this lane.
    pub(super) labels: Labels,
    /// How high rows of pods are.
    pub(super) size: RowSize,
    /// The first shape of the lane.
    first: usize,
}

/// Words to be placed.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) class: Class,
    pub(super) text: &'a str,
    /// Where they stand, as a share of the track, and how far beside it they begin.
    pub(super) x: f64,
    pub(super) dx: f64,
    /// Their baseline, from the top of the lane.
    pub(super) y: f64,
}

impl<'a> Painter<'a> {
    pub(super) fn new(run: &'a Run<'a>, frame: Frame) -> Painter<'a> {
        let tracks = run.timeline.jobs.iter();
        let has_rows = |track: &&JobTrack| track.detail() == DetailLevel::Rows && run.timeline.crowds.jobs.is_none();
        let rows = tracks.filter(has_rows).map(|track| track.rows.len());
        Painter {
            run,
            frame,
            words: frame.lang.timeline(),
            picture: Picture::default(),
            y: 0.0,
            labels: Labels::default(),
            size: RowSize::of_rows(rows.sum()),
            first: 0,
        }
    }

    /// Ends a lane: what is painted next stands below it.
    pub(super) fn end_lane(&mut self, height: f64) {
        room::share_out(&mut self.picture.shapes[self.first..], self.frame.width);
        self.first = self.picture.shapes.len();
        self.labels = Labels::default();
        self.y += height;
    }

    /// Names the lane.
    pub(super) fn label(&mut self, height: f64, name: impl Into<String>, rest: impl Into<String>) {
        self.picture.labels.push(Label { y: self.y, height, name: name.into(), rest: rest.into() });
    }

    /// As a share of the track.
    pub(super) fn share(&self, at: Time) -> f64 {
        self.run.timeline.axis.x(at)
    }

    /// In pixels.
    pub(super) fn x(&self, at: Time) -> f64 {
        self.share(at) * self.frame.width
    }

    pub(super) fn shape(&mut self, kind: Kind, (x, w): (f64, f64), (y, h): (f64, f64), class: Class) {
        self.picture.shapes.push(Shape { kind, x, y: self.y + y, w, h, class, text: String::new() });
    }

    /// A stretch of time as a rectangle.
    pub(super) fn rect(&mut self, (from, to): (Time, Time), place: (f64, f64), class: Class) {
        let x = self.share(from);
        self.shape(Kind::Rect, (x, self.share(to) - x), place, class);
    }

    /// A stretch of time as a line.
    pub(super) fn line(&mut self, (from, to): (Time, Time), place: (f64, f64), class: Class) {
        let x = self.share(from);
        self.shape(Kind::Line, (x, self.share(to) - x), place, class);
    }

    /// A line down from a top, at a time.
    pub(super) fn stem(&mut self, at: Time, place: (f64, f64), class: Class) {
        self.shape(Kind::Stem, (self.share(at), 0.0), place, class);
    }

    /// A dot at a time.
    pub(super) fn dot(&mut self, at: Time, y: f64, radius: f64, class: Class) {
        self.shape(Kind::Dot, (self.share(at), 0.0), (y, radius), class);
    }

    /// A glyph at a time.
    pub(super) fn glyph(&mut self, glyph: Glyph, at: Time, y: f64, class: Class) {
        self.glyph_at(glyph, self.share(at), y, class);
    }

    /// A glyph at a share of the track.
    pub(super) fn glyph_at(&mut self, glyph: Glyph, x: f64, y: f64, class: Class) {
        let (width, height) = glyph.size();
        self.shape(Kind::Glyph, (x, width), (y, height), class);
        self.with_text(glyph.as_str());
    }

    /// Makes the last glyph smaller.
    pub(super) fn scale_glyph(&mut self, scale: f64) {
        if let Some(shape) = self.picture.shapes.last_mut() {
            (shape.w, shape.h) = (shape.w * scale, shape.h * scale);
        }
    }

    /// A flag as long as its word.
    pub(super) fn flag(&mut self, at: Time, y: f64, length: f64, class: Class) {
        let (_, height) = Glyph::Flag.size();
        self.shape(Kind::Glyph, (self.share(at), length), (y, height), class);
        self.with_text(Glyph::Flag.as_str());
    }

    /// What the last shape says.
    pub(super) fn with_text(&mut self, text: impl Into<String>) {
        if let Some(shape) = self.picture.shapes.last_mut() {
            shape.text = text.into();
        }
    }

    /// Words that begin beside their place, if they have room up to a pixel of the track.
    pub(super) fn start(&mut self, words: Words<'_>, until: f64) -> bool {
        let left = words.x * self.frame.width + words.dx;
        let right = left + text_width(words.text);
        let fits = right <= until && self.labels.fits(left - 1.0, right + 1.0);
        if fits {
            self.write(Kind::Start, words, until / self.frame.width - words.x);
        }
        fits
    }

    /// Words that end beside their place, if nothing lies there.
    pub(super) fn end(&mut self, words: Words<'_>) -> bool {
        let right = words.x * self.frame.width + words.dx;
        let left = right - text_width(words.text);
        let fits = left >= 0.0 && self.labels.fits(left - 1.0, right + 1.0);
        if fits {
            self.write(Kind::End, words, words.x);
        }
        fits
    }

    /// Words on a bar from a time on, if it has room for them up to another time.
    pub(super) fn on_bar(&mut self, (from, to): (Time, Time), y: f64, class: Class, text: &str) -> bool {
        let (x, w) = (self.share(from), self.share(to) - self.share(from));
        let fits = w * self.frame.width >= text_width(text) + 1.5 * SPACE;
        if fits {
            self.write(Kind::Start, Words { class, text, x, dx: SPACE, y }, w);
        }
        fits
    }

    /// Words in the middle between two shares, if they have room in so much of the track.
    pub(super) fn middle(&mut self, x: f64, room: f64, y: f64, class: Class, text: &str) -> bool {
        let fits = room * self.frame.width >= text_width(text) + 4.0;
        if fits {
            self.write(Kind::Middle, Words { class, text, x, dx: 0.0, y }, room);
        }
        fits
    }

    /// Words, whatever lies there.
    pub(super) fn write(&mut self, kind: Kind, words: Words<'_>, room: f64) {
        let Words { class, text, x, dx, y } = words;
        self.picture.shapes.push(Shape { kind, x, y: self.y + y, w: room, h: dx, class, text: text.to_owned() });
    }

    /// What can be asked for its cause: from when to when, and how many pixels more at both ends.
    pub(super) fn mark(
        &mut self,
        (from, to): (Time, Time),
        (before, behind): (f64, f64),
        (y, h): (f64, f64),
        (step, object): (StepId, impl Into<Option<ObjectKey>>),
        name: String,
    ) {
        let (x, y) = (self.share(from), self.y + y);
        let selection = Selection { step, object: object.into() };
        self.picture.marks.push(Mark { x, w: self.share(to) - x, before, behind, y, h, selection, name });
    }
}
