//! Very long lines: of such a line only what is in sight is drawn, so that its length costs nothing but being read once.

use std::ops::Range;

/// A line with more bytes than this is drawn only as far as it is in sight.
const LONG: usize = 400;
/// Letters between two places of a long line at which a drawn part may begin or end.
const STRIDE: usize = 64;

/// What is in sight from left to right, and how wide letters are: in CSS pixels, from the beginning of the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Across {
    pub(super) from: f64,
    pub(super) to: f64,
    /// A letter of the alphabet, and one of Chinese.
    pub(super) narrow: f64,
    pub(super) wide: f64,
}

impl Across {
    /// Until it is measured: a wide screen.
    pub(super) const FIRST: Across = Across { from: 0.0, to: 800.0, narrow: 7.8, wide: 13.0 };

    /// Whether what is in sight lies within what is drawn for another position.
    pub(super) fn is_covered_by(&self, drawn: &Across) -> bool {
        let margin = drawn.margin();
        (self.narrow, self.wide) == (drawn.narrow, drawn.wide)
            && drawn.from - margin / 2.0 <= self.from
            && self.to <= drawn.to + margin / 2.0
    }

    /// That much more than what is in sight is drawn on either side.
    fn margin(&self) -> f64 {
        (self.to - self.from) / 2.0
    }

    fn pixels(&self, columns: Columns) -> f64 {
        columns.narrow as f64 * self.narrow + columns.wide as f64 * self.wide
    }
}

/// How many letters stand before a place, by their width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) narrow: usize,
    pub(super) wide: usize,
}

impl Columns {
    fn pass(&mut self, letter: char) {
        match letter {
            // Tabs stop at every second column.
            '\t' => self.narrow += 2 - self.narrow % 2,
            '\0'..'\u{1100}' => self.narrow += 1,
            _ => self.wide += 1,
        }
    }

    /// Of a whole line.
    pub(super) fn of(line: &str) -> Columns {
        if line.is_ascii() && !line.contains('\t') {
            return Columns { narrow: line.len(), wide: 0 };
        }
        let mut columns = Columns::default();
        line.chars().for_each(|letter| columns.pass(letter));
        columns
    }

    /// As a length in CSS, in the font of the lines: a letter of Chinese is as wide as the font is high.
    pub(super) fn length(self) -> String {
        format!("calc({}ch + {}em)", self.narrow, self.wide)
    }
}

/// A long line, with the places at which a drawn part of it may begin or end.
#[derive(Debug)]
pub(super) struct LongLine {
    pub(super) line: usize,
    /// Bytes of the line and the columns before them; the first is its beginning.
    stops: Vec<(usize, Columns)>,
}

/// What is drawn of a line: its bytes, and the columns before them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Drawn {
    pub(super) bytes: Range<usize>,
    pub(super) before: Columns,
}

impl LongLine {
    /// A line, if it is long.
    pub(super) fn of(line: usize, words: &str) -> Option<LongLine> {
        if words.len() <= LONG {
            return None;
        }
        let mut stops = Vec::with_capacity(words.len() / STRIDE + 1);
        let mut columns = Columns::default();
        for (number, (byte, letter)) in words.char_indices().enumerate() {
            if number % STRIDE == 0 {
                stops.push((byte, columns));
            }
            columns.pass(letter);
        }
        Some(LongLine { line, stops })
    }

    /// What of the line is drawn; `length`: its bytes.
    pub(super) fn drawn(&self, across: &Across, length: usize) -> Drawn {
        let margin = across.margin();
        let until = |pixels: f64| self.stops.partition_point(|(_, columns)| across.pixels(*columns) <= pixels);
        let (start, before) = self.stops[until(across.from - margin).saturating_sub(1)];
        let end = self.stops.get(until(across.to + margin)).map_or(length, |(byte, _)| *byte);
        Drawn { bytes: start..end.max(start), before }
    }

    /// Where a byte of the line stands, to within [`STRIDE`] letters.
    pub(super) fn pixels(&self, byte: usize, across: &Across) -> f64 {
        let stop = self.stops.partition_point(|(other, _)| *other <= byte).saturating_sub(1);
        across.pixels(self.stops[stop].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_line_is_drawn_what_is_in_sight() {
        let words = "{\"任务\": [1, 2]}, ".repeat(20_000);
        let line = LongLine::of(0, &words).expect("it is long");
        let narrow = words.chars().filter(char::is_ascii).count();
        let columns = Columns::of(&words);
        assert_eq!((columns.narrow, columns.wide), (narrow, 40_000));
        let mut before = 0;
        for screen in 0..2_000 {
            let from = f64::from(screen) * 900.0;
            let across = Across { from, to: from + 450.0, narrow: 8.0, wide: 13.0 };
            let drawn = line.drawn(&across, words.len());
            let shown = &words[drawn.bytes.clone()];
            assert!(shown.len() < 600, "{}", shown.len());
            let left = across.pixels(drawn.before);
            let right = left + across.pixels(Columns::of(shown));
            assert!(left <= from && (across.to <= right || drawn.bytes.end == words.len()), "{left} {right}");
            assert!(drawn.bytes.start >= before);
            before = drawn.bytes.start;
            assert_eq!(line.pixels(drawn.bytes.start, &across), left);
        }
    }

    #[test]
    fn short_lines_are_drawn_whole() {
        assert!(LongLine::of(0, &"x".repeat(LONG)).is_none());
        assert!(LongLine::of(0, &"x".repeat(LONG + 1)).is_some());
    }
}
