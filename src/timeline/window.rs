//! The part of the timeline that is shown: from one time to another. All of it is `None`. How it is moved, made larger and
//! smaller; no result leaves the axis, and none is shorter than can be told apart.

use super::axis::Axis;
use crate::time::{Span, Time};

/// What is shown, from its left edge to its right edge.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: Time,
    pub to: Time,
}

/// A shorter time is not shown over the whole width.
const SHORTEST: Span = Span::from_millis(500);
/// Beside what is to fill the window, on each side, as a share of it.
const MARGIN: f64 = 0.08;

impl Window {
    /// The whole axis as a window.
    pub fn whole(axis: &Axis) -> Window {
        Window { from: Time::ZERO, to: axis.instant(1.0) }
    }

    /// The positions of its edges on the whole axis; those of the axis if nothing of it is left there.
    pub fn shares(window: Option<Window>, axis: &Axis) -> (f64, f64) {
        let shares = window.map(|Window { from, to }| (axis.x(from), axis.x(to)));
        shares.filter(|(left, right)| *left < *right && *left < axis.x(axis.end())).unwrap_or((0.0, 1.0))
    }

    /// The axis of what is shown.
    pub fn axis(window: Option<Window>, axis: &Axis) -> Axis {
        Window::part(Window::shares(window, axis), axis)
    }

    /// The axis between two positions.
    pub fn part((left, right): (f64, f64), axis: &Axis) -> Axis {
        if left <= 0.0 && right >= 1.0 { axis.clone() } else { axis.magnified(left, right) }
    }

    /// Closer, if `factor` is less than 1, else further away. What is at the position `about` of the window stays there.
    #[must_use]
    pub fn zoomed(window: Option<Window>, axis: &Axis, about: f64, factor: f64) -> Option<Window> {
        let (left, right) = Window::shares(window, axis);
        let (still, width) = (left + about * (right - left), (right - left) * factor);
        let left = still - about * width;
        let is_too_close = factor < 1.0 && axis.instant(left + width) - axis.instant(left) < SHORTEST;
        if is_too_close { window } else { Window::placed(axis, left, width) }
    }

    /// What lies between two of its positions, in any order.
    #[must_use]
    pub fn within(window: Option<Window>, axis: &Axis, one: f64, other: f64) -> Option<Window> {
        let (left, right) = Window::shares(window, axis);
        let width = (one - other).abs() * (right - left);
        Window::placed(axis, left + one.min(other) * (right - left), width)
    }

    /// Moved by so many of its widths; to the right, if positive.
    #[must_use]
    pub fn panned(window: Option<Window>, axis: &Axis, widths: f64) -> Option<Window> {
        let (left, right) = Window::shares(window, axis);
        Window::placed(axis, left + widths * (right - left), right - left)
    }

    /// As wide as it is, with a time in its middle.
    #[must_use]
    pub fn around(window: Option<Window>, axis: &Axis, at: Time) -> Option<Window> {
        let (left, right) = Window::shares(window, axis);
        Window::placed(axis, axis.x(at) - (right - left) / 2.0, right - left)
    }

    /// The same, but only if the time is not in it yet.
    #[must_use]
    pub fn with(window: Option<Window>, axis: &Axis, at: Time) -> Option<Window> {
        let (left, right) = Window::shares(window, axis);
        if (left..=right).contains(&axis.x(at)) { window } else { Window::around(window, axis, at) }
    }

    /// With its left edge at a time. What is behind its right edge then is shown to the end.
    #[must_use]
    pub fn beginning(window: Option<Window>, axis: &Axis, at: Time) -> Option<Window> {
        let (left, (_, right)) = (axis.x(at), Window::shares(window, axis));
        let right = if right > left { right } else { 1.0 };
        Window::placed(axis, left, right - left)
    }

    /// With its right edge at a time. What is before its left edge then is shown from the start.
    #[must_use]
    pub fn ending(window: Option<Window>, axis: &Axis, at: Time) -> Option<Window> {
        let (right, (left, _)) = (axis.x(at), Window::shares(window, axis));
        let left = if left < right { left } else { 0.0 };
        Window::placed(axis, left, right - left)
    }

    /// A stretch of time with a margin on both sides.
    #[must_use]
    pub fn fitting(axis: &Axis, from: Time, to: Time) -> Option<Window> {
        let (left, right) = (axis.x(from), axis.x(to));
        let margin = (right - left) * MARGIN;
        let (left, right) = ((left - margin).max(0.0), (right + margin).min(1.0));
        Window::placed(axis, left, right - left)
    }

    /// Between two times in any order: what an edge was dragged to.
    #[must_use]
    pub fn between(axis: &Axis, one: Time, other: Time) -> Option<Window> {
        let (left, right) = (axis.x(one.min(other)), axis.x(one.max(other)));
        Window::placed(axis, left, right - left)
    }

    /// Of this width on the axis, as near to that place as there is room.
    fn placed(axis: &Axis, left: f64, width: f64) -> Option<Window> {
        if width >= 1.0 - 1e-6 {
            return None;
        }
        let left = left.clamp(0.0, 1.0 - width);
        let (from, to) = (axis.instant(left), axis.instant(left + width));
        if to - from >= SHORTEST {
            return Some(Window { from, to });
        }
        // Around the middle of what was asked for.
        let last = Window::whole(axis).to.millis() - SHORTEST.millis();
        let middle = (from.millis() + to.millis()) / 2;
        let from = Time::from_millis((middle - SHORTEST.millis() / 2).min(last).max(0));
        (last > 0).then_some(Window { from, to: from + SHORTEST })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::idle::{Idle, IdleReason};

    fn seconds(seconds: i64) -> Time {
        Time::from_seconds(seconds)
    }

    /// Ten seconds of work, ten minutes of waiting, ten seconds of work.
    fn axes() -> [Axis; 2] {
        let (from, to) = (seconds(10), seconds(610));
        let idle = Idle { from, to, reason: IdleReason::Backoff, length: to - from, ends_with: None };
        [Axis::true_scale(seconds(620)), Axis::collapsed(seconds(620), &[idle])]
    }

    fn is_near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-3
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer_and_comes_back_to_all() {
        for axis in axes() {
            for about in [0.0, 0.3, 0.9, 1.0] {
                let mut window = None;
                for _ in 0..20 {
                    let before = Window::axis(window, &axis).time(about);
                    window = Window::zoomed(window, &axis, about, 0.8);
                    let here = Window::axis(window, &axis).x(before);
                    assert!(is_near(here, about) || before == axis.end(), "{here} {about} {window:?}");
                }
                assert!(window.is_some());
                for _ in 0..40 {
                    window = Window::zoomed(window, &axis, 1.0 - about, 1.25);
                }
                assert_eq!(window, None);
            }
        }
    }

    #[test]
    fn no_window_is_shorter_than_can_be_told_apart_or_leaves_the_axis() {
        for axis in axes() {
            let whole = Window::whole(&axis);
            for about in [0.0, 0.5, 1.0] {
                let mut window = None;
                for _ in 0..200 {
                    window = Window::zoomed(window, &axis, about, 0.5);
                    window = Window::panned(window, &axis, 0.7 - about);
                    let Window { from, to } = window.expect("it was made smaller");
                    assert!(to - from >= SHORTEST && whole.from <= from && to <= whole.to, "{from:?} {to:?}");
                }
            }
        }
        let short = Axis::true_scale(Time::from_millis(200));
        assert_eq!(Window::zoomed(None, &short, 0.5, 0.5), None, "all of it is shorter");
    }

    #[test]
    fn a_window_follows_a_time_that_leaves_it() {
        for axis in axes() {
            let window = Window::between(&axis, seconds(8), seconds(2));
            assert_eq!(window, Some(Window { from: seconds(2), to: seconds(8) }));
            assert_eq!(Window::with(window, &axis, seconds(5)), window, "it is in it");
            let moved = Window::with(window, &axis, seconds(615));
            assert!(is_near(Window::axis(moved, &axis).x(seconds(615)), 0.5), "{moved:?}");
            assert_eq!(Window::with(None, &axis, seconds(615)), None);
            let at_the_start = Window::panned(window, &axis, -20.0).expect("its width stays");
            assert_eq!(at_the_start.from, Time::ZERO);
        }
    }

    #[test]
    fn an_edge_goes_to_a_time_and_the_other_one_stays_where_it_can() {
        for axis in axes() {
            let window = Window::between(&axis, seconds(2), seconds(8));
            assert_eq!(Window::beginning(window, &axis, seconds(4)), Some(Window { from: seconds(4), to: seconds(8) }));
            assert_eq!(Window::ending(window, &axis, seconds(4)), Some(Window { from: seconds(2), to: seconds(4) }));
            let behind = Window::beginning(window, &axis, seconds(612)).expect("a part");
            assert_eq!((behind.from, behind.to), (seconds(612), Window::whole(&axis).to));
            assert_eq!(Window::ending(None, &axis, seconds(4)).map(|window| window.from), Some(Time::ZERO));
            let within = Window::within(window, &axis, 0.75, 0.25).expect("a part");
            assert!(within.from > seconds(2) && within.to < seconds(8), "{within:?}");
            let fitting = Window::fitting(&axis, seconds(2), seconds(8)).expect("a part");
            assert!(fitting.from < seconds(2) && seconds(8) < fitting.to);
            let first = Window::fitting(&axis, seconds(0), seconds(4)).expect("a part");
            assert!(first.from == Time::ZERO && first.to < seconds(5), "{first:?}");
        }
    }

    #[test]
    fn of_another_run_a_window_that_is_not_there_shows_all() {
        let [axis, _] = axes();
        let window = Some(Window { from: seconds(3000), to: seconds(4000) });
        assert_eq!(Window::shares(window, &axis), (0.0, 1.0));
        assert_eq!(Window::axis(window, &axis), axis);
    }
}
