//! The axis: times, and what is collapsed.

use super::labels::text_width;
use super::painter::{Painter, Words};
use super::{Class, Kind};

/// How high it is.
pub(super) const HEIGHT: f64 = 30.0;
/// The baseline of its words.
const BASELINE: f64 = 14.0;
/// The least room between two words.
const BETWEEN: f64 = 8.0;

impl Painter<'_> {
    /// The axis; stretches that are collapsed go down to the foot of the picture.
    pub(super) fn axis(&mut self, foot: f64) {
        let axis = &self.run.timeline.axis;
        let (width, format) = (self.frame.width, self.words.format);
        for gap in &axis.breaks {
            let place = (HEIGHT - 2.0, foot - HEIGHT + 2.0);
            self.shape(Kind::Rect, (gap.left, gap.right - gap.left), place, Class::Gap);
        }
        let is_fine = axis.ticks.windows(2).any(|pair| (pair[1].at - pair[0].at).millis() < 1000);
        for tick in &axis.ticks {
            let text = if is_fine { format.clock_exact(tick.at) } else { format.clock_short(tick.at) };
            let (half, at) = (text_width(&text) / 2.0, tick.x * width);
            let (kind, left) = if at < half { (Kind::Start, at) } else { (Kind::Middle, at - half) };
            if self.labels.fits(left, left + 2.0 * half + BETWEEN) {
                let words = Words { class: Class::Axis, text: &text, x: tick.x, dx: 0.0, y: BASELINE };
                self.write(kind, words, 1.0);
            }
            self.shape(Kind::Stem, (tick.x, 0.0), (HEIGHT - 8.0, 5.0), Class::Base);
        }
        for gap in &axis.breaks {
            let (middle, room) = ((gap.left + gap.right) / 2.0, gap.right - gap.left);
            let text = format.span_rounded(gap.length);
            let half = text_width(&text) / 2.0;
            let (left, right) = (middle * width - half, middle * width + half + BETWEEN);
            if room * width > 1.6 * half && self.labels.fits(left, right) {
                let words = Words { class: Class::Axis, text: &text, x: middle, dx: 0.0, y: BASELINE };
                self.write(Kind::Middle, words, 1.0);
            }
            let points = gap.points().min(((room * width / 5.0) as usize).max(1));
            for point in 0..points {
                let beside = 5.0 * (point as f64 - (points as f64 - 1.0) / 2.0);
                self.shape(Kind::Dot, (middle + beside / width, 0.0), (HEIGHT - 5.0, 1.25), Class::Gap);
            }
        }
    }
}
