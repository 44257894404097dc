//! What a task keeps of a text: which lines have a lock, and which of them were touched all the same.

use super::Unit;
use crate::lessons::{self, stays};
use crate::manifest::edit;
use crate::manifest::{self, Reading};
use crate::scenario::lesson::Kept;
use std::ops::Range;
use std::rc::Rc;

/// What can be changed of a text, and what was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Locks {
    /// Whether nothing can be changed yet.
    pub(crate) is_read_only: bool,
    /// Bytes of the text that are kept.
    pub(crate) kept: Rc<[Range<usize>]>,
    /// Bytes of them that were changed.
    pub(crate) touched: Rc<[Range<usize>]>,
    /// Whether everything that is kept is as it was.
    pub(crate) is_whole: bool,
    /// Whether what happens is kept: no faults then.
    pub(crate) keeps_inputs: bool,
}

impl Default for Locks {
    fn default() -> Locks {
        Locks { is_read_only: false, kept: Rc::default(), touched: Rc::default(), is_whole: true, keeps_inputs: false }
    }
}

impl Locks {
    /// Of the text of a lesson as it is now.
    pub(super) fn of(unit: &Unit, is_open: bool, now: &Reading) -> Locks {
        let keep = &unit.lesson.keep;
        let keeps_inputs = keep.iter().any(|kept| matches!(kept, Kept::Scenario | Kept::Inputs));
        if !is_open {
            return Locks { is_read_only: true, keeps_inputs, ..Locks::default() };
        }
        let start = manifest::read(&unit.start);
        let spans = keep.iter().filter_map(|kept| Some((kept, span(kept, now)?)));
        let spans: Vec<(&Kept, Range<usize>)> = spans.collect();
        let touched = spans.iter().filter_map(|(kept, span_now)| {
            if stays(kept, &start, now) {
                return None;
            }
            let before = span(kept, &start).map_or("", |before| &start.text[before]);
            let edit = edit::difference(before, &now.text[span_now.clone()])?;
            let from = span_now.start + edit.range.start;
            Some(from..from + edit.replacement.len())
        });
        let touched: Rc<[Range<usize>]> = touched.collect();
        let is_whole = keep.iter().all(|kept| stays(kept, &start, now));
        Locks {
            is_read_only: false,
            kept: spans.into_iter().map(|(_, span)| span).collect(),
            touched,
            is_whole,
            keeps_inputs,
        }
    }
}

/// The bytes of a part of the text.
fn span(kept: &Kept, reading: &Reading) -> Option<Range<usize>> {
    let spans = lessons::places(kept, reading).into_iter().filter_map(|place| reading.span_of(&place));
    spans.reduce(|all, span| all.start.min(span.start)..all.end.max(span.end))
}

/// How many lines of a text are others than they were, by where it differs.
pub(crate) fn lines_changed(before: &str, now: &str) -> usize {
    let before: Vec<&str> = before.lines().collect();
    let now: Vec<&str> = now.lines().collect();
    let same_from_top = before.iter().zip(&now).take_while(|(a, b)| a == b).count();
    let rest = before.len().min(now.len()) - same_from_top;
    let same_from_end = before.iter().rev().zip(now.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (before, now) =
        (&before[same_from_top..before.len() - same_from_end], &now[same_from_top..now.len() - same_from_end]);
    // Lines in between that stay are not changed, in whatever order.
    let stay = now.iter().filter(|line| before.contains(line)).count().min(before.len());
    (now.len() - stay.min(now.len())).max(before.len() - stay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_are_counted() {
        for (before, now, count) in [
            ("a\nb\nc\n", "a\nb\nc\n", 0),
            ("a\nb\nc\n", "a\nB\nc\n", 1),
            ("a\nb\nc\n", "a\nb\nx\nc\n", 1),
            ("a\nb\nc\n", "a\nc\n", 1),
            ("a\nb\nc\nd\n", "A\nb\nc\nD\n", 2),
            ("a\n", "a\n---\nb\nc\n", 3),
        ] {
            assert_eq!(lines_changed(before, now), count, "{now:?}");
        }
    }
}
