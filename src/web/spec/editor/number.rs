//! Numbers that can be stepped by keys, by dragging and by buttons: integers, alone or with a unit. Pure.

use crate::web::spec::editor::highlight::{self, Kind};
use std::ops::Range;

/// The units that may follow an integer, and how much one step is.
const UNITS: [(&str, i64); 6] = [("", 1), ("s", 1), ("m", 1), ("h", 1), ("ms", 100), ("%", 1)];

/// An integer of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// Its digits: bytes of the line.
    pub(crate) span: Range<usize>,
    pub(crate) value: i64,
    /// How much one step is.
    step: i64,
}

impl Number {
    /// The number at a byte of a line; its end counts, because the caret stands there.
    pub(crate) fn at(line: &str, offset: usize) -> Option<Number> {
        let pieces = highlight::pieces_within(line, offset..offset);
        let (piece, _) = pieces
            .into_iter()
            .find(|(piece, kind)| *kind == Kind::Number && piece.start <= offset && offset <= piece.end)?;
        Number::of_piece(line, piece)
    }

    /// The number that a piece of a line is, if it is an integer with one of the units.
    pub(crate) fn of_piece(line: &str, piece: Range<usize>) -> Option<Number> {
        let word = &line[piece.clone()];
        let digits = word.len() - word.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let (_, step) = UNITS.into_iter().find(|(unit, _)| *unit == &word[digits..])?;
        let value = word[..digits].parse().ok()?;
        Some(Number { span: piece.start..piece.start + digits, value, step })
    }

    /// The value after that many steps: at least 0, at most `i32::MAX`, the bound of the API's integers.
    pub(crate) fn stepped(&self, steps: i64) -> i64 {
        self.value.saturating_add(steps.saturating_mul(self.step)).clamp(0, i64::from(i32::MAX).max(self.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_numbers_versions_and_texts_are_not() {
        for (line, at, expected) in [
            ("  backoffLimit: 3", 16, Some(("3", 4))),
            ("  backoffLimit: 3", 17, Some(("3", 4))),
            ("  backoffLimit: 3", 4, None),
            ("- {at: 8.37s, run: 10s}", 8, None),
            ("- {at: 8.37s, run: 10s}", 20, Some(("10", 11))),
            ("run: 500ms", 6, Some(("500", 600))),
            ("image: busybox:1.36", 16, None),
            ("a: \"3\"", 4, None),
            ("a: true", 4, None),
            ("a: 1 # 5", 7, None),
        ] {
            let found = Number::at(line, at).map(|number| (&line[number.span.clone()], number.stepped(1)));
            assert_eq!(found, expected, "{line} at {at}");
        }
    }

    #[test]
    fn steps_stay_within_bounds() {
        let number = Number::at("a: 3", 3).expect("a number");
        assert_eq!(number.stepped(-10), 0);
        assert_eq!(number.stepped(i64::MAX), i64::from(i32::MAX));
    }
}
