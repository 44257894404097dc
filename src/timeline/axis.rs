//! The axis: time in proportion, except that waiting is collapsed to breaks of one width. Positions are shares of what is
//! shown of it, from 0 to 1; the mapping is monotone both ways.

use super::idle::{Idle, IdleReason};
use crate::cluster::reason::StepId;
use crate::limits::BREAKS;
use crate::order;
use crate::time::{Span, Time};

/// Maps times to positions, and back.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Corners of the mapping, ascending in both; straight between them. The last one ends the tail.
    knots: Vec<(Time, f64)>,
    /// The end of the run, before the tail.
    end: Time,
    /// Where the positions of all times end, those that are not shown included.
    reach: (f64, f64),
    /// Collapsed stretches, in order.
    pub breaks: Vec<Break>,
    /// Where a time is written.
    pub ticks: Vec<Tick>,
}

/// A collapsed stretch.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Break {
    /// The time at its left edge.
    pub from: Time,
    /// The time at its right edge.
    pub to: Time,
    /// The first moment after it, a little to the right of its right edge.
    pub until: Time,
    pub left: f64,
    pub right: f64,
    /// What the run waits for in it.
    pub reason: IdleReason,
    /// Length of the whole wait that it is part of.
    pub length: Span,
    /// The first step after it.
    pub ends_with: Option<StepId>,
}

impl Break {
    /// One point per 10 s, from 1 to 12: more cannot be counted at a glance.
    pub fn points(&self) -> usize {
        usize::try_from(self.length.millis() / 10_000).unwrap_or(0).clamp(1, 12)
    }
}

/// A time on the axis.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    pub at: Time,
    pub x: f64,
}

/// Widths as shares of the axis: of a break, of the room for words before it, of the margin after it, of the room after
/// the end, and of all breaks together.
const BREAK: f64 = 0.079;
const LEAD: f64 = 0.028;
const TRAIL: f64 = 0.009;
const TAIL: f64 = 0.08;
const ALL_BREAKS: f64 = 0.5;
/// How far beside what is shown the positions of all other times lie at most.
const BESIDE: f64 = 1.0;
/// The least distance between two ticks, as a share of the axis, and the intervals between ticks in milliseconds.
const TICK_DISTANCE: f64 = 0.062;
const TICK_STEPS: [i64; 22] = [
    100,
    200,
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    21_600_000,
    43_200_000,
    86_400_000,
    432_000_000,
    864_000_000,
];

impl Axis {
    /// The axis up to `end` with everything in proportion.
    pub fn true_scale(end: Time) -> Axis {
        let end = Time::from_millis(end.millis().max(1));
        let per_milli = (1.0 - TAIL) / end.millis() as f64;
        Axis::new(vec![(Time::ZERO, 0.0), (end, 1.0 - TAIL)], Vec::new(), per_milli)
    }

    /// An axis to the last of these corners, with a tail.
    fn new(mut knots: Vec<(Time, f64)>, breaks: Vec<Break>, per_milli: f64) -> Axis {
        let (end, x) = knots[knots.len() - 1];
        let tail = Span::from_millis((((1.0 - x) / per_milli) as i64).max(1));
        knots.push((end + tail, 1.0));
        Axis { knots, end, reach: (0.0, 1.0), breaks, ticks: Vec::new() }.with_ticks()
    }

    fn with_ticks(mut self) -> Axis {
        self.ticks = self.make_ticks();
        self
    }

    /// The axis up to `end` with idle stretches collapsed, where that saves room.
    pub(super) fn collapsed(end: Time, idle: &[Idle]) -> Axis {
        let mut chosen: Vec<&Idle> = idle.iter().collect();
        loop {
            let scale = Scale::of(end, &chosen);
            let before = chosen.len();
            chosen.retain(|idle| (idle.to - idle.from).millis() as f64 * scale.per_milli > scale.around());
            if chosen.len() == before {
                match too_short(&chosen) {
                    Some(length) => chosen.retain(|idle| idle.to - idle.from > length),
                    None => return Axis::with_breaks(end, &chosen, scale),
                }
            }
        }
    }

    fn with_breaks(end: Time, chosen: &[&Idle], scale: Scale) -> Axis {
        let mut knots = vec![(Time::ZERO, 0.0)];
        let mut breaks = Vec::with_capacity(chosen.len());
        let (mut at, mut x) = (Time::ZERO, 0.0);
        for idle in chosen {
            let lead = Span::from_millis((scale.lead / scale.per_milli) as i64);
            let trail = Span::from_millis((scale.trail / scale.per_milli) as i64);
            let (from, to) = (idle.from + lead, idle.to - trail);
            let left = x + (from - at).millis() as f64 * scale.per_milli;
            let right = left + scale.width;
            knots.push((from, left));
            knots.push((to, right));
            let Idle { reason, length, ends_with, .. } = **idle;
            breaks.push(Break { from, to, until: idle.to, left, right, reason, length, ends_with });
            (at, x) = (to, right);
        }
        let last = Time::from_millis(end.millis().max(1));
        knots.push((last, x + (last - at).millis() as f64 * scale.per_milli));
        Axis::new(knots, breaks, scale.per_milli)
    }

    /// The position of a time. Times after the end lie in the tail, in proportion; those that are not shown lie before 0
    /// or behind 1, far enough away for nothing of them to be seen.
    pub fn x(&self, at: Time) -> f64 {
        let next = self.knots.partition_point(|(knot, _)| *knot <= at).clamp(1, self.knots.len() - 1);
        let ((from, left), (to, right)) = (self.knots[next - 1], self.knots[next]);
        let share = (at - from).millis() as f64 / (to - from).millis().max(1) as f64;
        (left + share * (right - left)).clamp(self.reach.0, self.reach.1)
    }

    /// The time at a position; the end for everything in the tail.
    pub fn time(&self, x: f64) -> Time {
        self.instant(x).min(self.end)
    }

    /// The time at a position, in the tail as well.
    pub(super) fn instant(&self, x: f64) -> Time {
        let next = self.knots.partition_point(|(_, knot)| *knot <= x).clamp(1, self.knots.len() - 1);
        let ((from, left), (to, right)) = (self.knots[next - 1], self.knots[next]);
        let share = if right > left { ((x - left) / (right - left)).clamp(0.0, 1.0) } else { 1.0 };
        Time::from_millis(from.millis() + ((to - from).millis() as f64 * share).round() as i64)
    }

    /// The same axis with a time at a position: what is before it is stretched evenly, and so is what is after it. While
    /// an input is dragged the past stands still and the input stays under the hand, however long the new future is.
    #[must_use]
    pub fn pinned(&self, at: Time, x: f64) -> Axis {
        let here = self.x(at);
        let moved = |place: f64| {
            if place <= here {
                if here > 0.0 { place / here * x } else { x }
            } else {
                x + (place - here) / (1.0 - here) * (1.0 - x)
            }
        };
        let mut knots = self.knots.clone();
        if let Err(position) = knots.binary_search_by_key(&at, |(time, _)| *time) {
            knots.insert(position, (at, here));
        }
        let knots = knots.into_iter().map(|(time, place)| (time, moved(place))).collect();
        self.moved(knots, self.reach, moved)
    }

    /// The part of the axis between two positions, over the whole width.
    #[must_use]
    pub fn magnified(&self, left: f64, right: f64) -> Axis {
        let moved = |place: f64| (place - left) / (right - left);
        let knots = self.knots.iter().map(|(time, place)| (*time, moved(*place))).collect();
        self.moved(knots, (-BESIDE, 1.0 + BESIDE), moved)
    }

    fn moved(&self, knots: Vec<(Time, f64)>, reach: (f64, f64), moved: impl Fn(f64) -> f64) -> Axis {
        let breaks = self.breaks.iter().map(|gap| Break { left: moved(gap.left), right: moved(gap.right), ..*gap });
        Axis { knots, end: self.end, reach, breaks: breaks.collect(), ticks: Vec::new() }.with_ticks()
    }

    /// The last time before the tail.
    pub fn end(&self) -> Time {
        self.end
    }

    fn make_ticks(&self) -> Vec<Tick> {
        let (first, last) = (self.instant(0.0), self.time(1.0));
        let per_milli = self.steepest();
        let step = TICK_STEPS.iter().copied().find(|step| *step as f64 * per_milli >= TICK_DISTANCE * 1.3);
        let step = step.unwrap_or(TICK_STEPS[TICK_STEPS.len() - 1]);
        let mut ticks = Vec::new();
        if self.x(Time::ZERO) >= 0.0 {
            ticks.push(Tick { at: Time::ZERO, x: self.x(Time::ZERO) });
        }
        let starts = std::iter::once((Time::ZERO, None)).chain(self.breaks.iter().map(|gap| (gap.to, Some(gap.until))));
        for (number, (start, event)) in starts.enumerate() {
            let until = self.breaks.get(number).map_or(self.end(), |gap| gap.from).min(last);
            let event = event.filter(|event| first <= *event && *event <= last);
            let mut at = Time::from_millis((start.max(first).millis() + step - 1).div_euclid(step) * step);
            // The moment after a break is what people look for, unless a round time is close enough.
            if let Some(event) = event.filter(|event| at > until || self.x(at) - self.x(*event) > TICK_DISTANCE * 0.6) {
                self.push_tick(&mut ticks, event);
            }
            while at <= until {
                self.push_tick(&mut ticks, at);
                at += Span::from_millis(step);
            }
        }
        ticks
    }

    fn push_tick(&self, ticks: &mut Vec<Tick>, at: Time) {
        let x = self.x(at);
        let is_free = ticks.last().is_none_or(|last| x - last.x >= TICK_DISTANCE);
        if is_free && (0.0..=1.0).contains(&x) {
            ticks.push(Tick { at, x });
        }
    }

    /// Of what is shown before the tail, the share that a millisecond takes at most.
    fn steepest(&self) -> f64 {
        let shown = self.knots[..self.knots.len() - 1].windows(2).filter(|pair| pair[1].1 > 0.0 && pair[0].1 < 1.0);
        let slopes = shown.map(|pair| (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0).millis().max(1) as f64);
        slopes.fold(0.0, f64::max)
    }
}

/// Of more stretches than can be told apart only the longest are collapsed: the length of those that are not. Stretches of
/// one length are all collapsed or none, so that the axis stays even.
fn too_short(chosen: &[&Idle]) -> Option<Span> {
    let mut lengths: Vec<Span> = chosen.iter().map(|idle| idle.to - idle.from).collect();
    order::sort(&mut lengths);
    lengths.len().checked_sub(BREAKS + 1).map(|position| lengths[position])
}

/// The widths that fit, given what is collapsed.
#[derive(Clone, Copy)]
struct Scale {
    width: f64,
    lead: f64,
    trail: f64,
    per_milli: f64,
}

impl Scale {
    fn of(end: Time, chosen: &[&Idle]) -> Scale {
        let count = chosen.len().max(1) as f64;
        let shrink = (ALL_BREAKS / (count * (BREAK + LEAD + TRAIL))).min(1.0);
        let (width, lead, trail) = (BREAK * shrink, LEAD * shrink, TRAIL * shrink);
        let collapsed: i64 = chosen.iter().map(|idle| (idle.to - idle.from).millis()).sum();
        let shown = (end.millis() - collapsed).max(1) as f64;
        let room = 1.0 - TAIL - chosen.len() as f64 * (width + lead + trail);
        Scale { width, lead, trail, per_milli: room / shown }
    }

    /// The width of a collapsed stretch with its margins.
    fn around(&self) -> f64 {
        self.width + self.lead + self.trail
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idle(from: i64, to: i64) -> Idle {
        let (from, to) = (Time::from_millis(from), Time::from_millis(to));
        Idle { from, to, reason: IdleReason::Backoff, length: to - from, ends_with: None }
    }

    /// Two failures with 10 s and 20 s of back-off, a TTL of 60 s, and an idle second that is not worth a break.
    fn example() -> Axis {
        let idle = [idle(1_348, 2_348), idle(8_225, 17_000), idle(25_301, 44_000), idle(51_365, 111_000)];
        Axis::collapsed(Time::from_millis(111_000), &idle)
    }

    #[test]
    fn waiting_is_collapsed_and_work_is_in_proportion() {
        let axis = example();
        let x = |millis| axis.x(Time::from_millis(millis));
        assert_eq!(axis.breaks.len(), 3);
        let widths: Vec<f64> = axis.breaks.iter().map(|gap| gap.right - gap.left).collect();
        assert!(widths.iter().all(|width| (width - widths[0]).abs() < 1e-9), "{widths:?}");
        let (first, second) = (x(7_225) - x(1_348), x(50_365) - x(44_488));
        assert!((first - second).abs() < 1e-3, "equal times are equally long: {first} {second}");
        assert_eq!(x(0), 0.0);
        assert!((x(111_000) - (1.0 - TAIL)).abs() < 1e-3);
    }

    #[test]
    fn of_very_many_waits_only_the_longest_are_collapsed() {
        let every = |count: i64, length: i64| -> Vec<Idle> {
            (0..count).map(|n| idle(n * 60_000, n * 60_000 + length)).collect()
        };
        let breaks = |idle: &[Idle]| {
            let end = Time::from_millis(60_000 * idle.len() as i64);
            Axis::collapsed(end, idle).breaks.len()
        };
        assert_eq!(breaks(&every(BREAKS as i64, 50_000)), BREAKS);
        assert_eq!(breaks(&every(BREAKS as i64 + 1, 50_000)), 0, "the axis stays even");
        let mut mixed = every(500, 50_000);
        mixed[7] = idle(7 * 60_000, 7 * 60_000 + 55_000);
        assert!(breaks(&mixed) <= 1);
    }

    #[test]
    fn the_mapping_is_monotone_and_invertible() {
        let axis = example();
        let mut before = -1.0;
        for millis in (0..111_000).step_by(37) {
            let at = Time::from_millis(millis);
            let x = axis.x(at);
            assert!(x > before, "{at:?}");
            before = x;
            assert!((axis.time(x).millis() - millis).abs() <= 1, "{at:?} {:?}", axis.time(x));
        }
    }

    #[test]
    fn ticks_keep_their_distance_and_avoid_breaks() {
        let axis = example();
        for pair in axis.ticks.windows(2) {
            assert!(pair[1].x - pair[0].x >= TICK_DISTANCE, "{pair:?}");
        }
        for gap in &axis.breaks {
            assert!(axis.ticks.iter().all(|tick| tick.x <= gap.left || gap.right <= tick.x));
        }
        let times: Vec<i64> = axis.ticks.iter().map(|tick| tick.at.millis() / 1000).collect();
        assert!(times.contains(&17) && times.contains(&111), "the moment after a break is told: {times:?}");
    }

    #[test]
    fn a_scenario_of_nothing_but_waiting_still_has_an_axis() {
        let axis = Axis::collapsed(Time::from_seconds(600), &[idle(0, 600_000)]);
        assert!(axis.x(Time::from_seconds(300)) > 0.0);
        let empty = Axis::collapsed(Time::ZERO, &[]);
        assert_eq!(empty.x(Time::ZERO), 0.0);
    }

    #[test]
    fn a_magnified_axis_shows_its_part_and_ticks_of_that_part() {
        let whole = example();
        let (from, to) = (Time::from_seconds(17), Time::from_seconds(26));
        let part = whole.magnified(whole.x(from), whole.x(to));
        assert!(part.x(from).abs() < 1e-9 && (part.x(to) - 1.0).abs() < 1e-9);
        assert_eq!((part.x(Time::ZERO), part.x(Time::from_seconds(111))), (-BESIDE, 1.0 + BESIDE));
        assert_eq!((part.time(0.0), part.end()), (from, whole.end()));
        assert!(part.ticks.len() > 5, "{:?}", part.ticks);
        assert!(part.ticks.iter().all(|tick| from <= tick.at && tick.at <= to));
        for pair in part.ticks.windows(2) {
            assert!(pair[1].x - pair[0].x >= TICK_DISTANCE, "{pair:?}");
        }
    }

    #[test]
    fn a_pinned_axis_keeps_the_past_and_the_place_of_what_is_held() {
        let before = Axis::true_scale(Time::from_seconds(100));
        let after = Axis::true_scale(Time::from_seconds(160));
        let at = Time::from_seconds(40);
        let pinned = after.pinned(at, before.x(at));
        for seconds in [0, 7, 40] {
            let at = Time::from_seconds(seconds);
            assert!((pinned.x(at) - before.x(at)).abs() < 1e-9, "{at:?}");
            assert!((pinned.time(pinned.x(at)) - at).millis().abs() <= 1);
        }
        assert!(pinned.x(Time::from_seconds(160)) < 1.0, "the whole future is on it");
    }
}
