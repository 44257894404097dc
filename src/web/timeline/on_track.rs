//! Where times stand on a track.

use super::layout::percent;
use super::shapes::Extent;
use crate::time::Time;
use crate::timeline::axis::Axis;

/// What is drawn on a track.
pub(super) trait OnTrack {
    fn axis(&self) -> &Axis;

    /// The width of the track in pixels.
    fn width(&self) -> f64;

    /// As a share of the track.
    fn share(&self, at: Time) -> f64 {
        self.axis().x(at)
    }

    /// In pixels.
    fn x(&self, at: Time) -> f64 {
        self.share(at) * self.width()
    }

    /// In CSS.
    fn at(&self, at: Time) -> String {
        percent(self.share(at))
    }

    fn extent(&self, from: Time, to: Time) -> Extent {
        (self.at(from), percent(self.share(to) - self.share(from)))
    }
}
