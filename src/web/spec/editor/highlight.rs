//! Colours for YAML, line by line: keys, numbers, comments and punctuation; everything else is a value. Goes by how the
//! line looks, so that it never waits for the reader and survives any mistake.

use std::ops::Range;

/// What a piece of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A key with its colon.
    Key,
    /// A number, a truth value or a duration.
    Number,
    Comment,
    /// Separators, dashes, brackets.
    Punctuation,
}

impl Kind {
    /// Its class in the style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Kind::Key => "k",
            Kind::Number => "n",
            Kind::Comment => "c",
            Kind::Punctuation => "p",
        }
    }
}

/// Lines of the text: their bytes, without the line end.
pub(crate) fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        lines.push(start..start + line.len());
        start += line.len() + 1;
    }
    lines
}

/// Which lines lie in a block of literal text (`key: |`), where nothing is YAML.
pub(crate) fn literal_lines(text: &str) -> Vec<bool> {
    let mut block: Option<usize> = None;
    text.split('\n')
        .map(|line| {
            let indent = line.len() - line.trim_start().len();
            let blank = line.trim().is_empty();
            if let Some(outer) = block {
                if blank || indent > outer {
                    return true;
                }
                block = None;
            }
            let value = line.trim_end().rsplit_once([' ', ':']).map_or("", |(_, value)| value);
            let opens =
                matches!(value.trim_end_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']), "|" | ">");
            if opens {
                block = Some(indent);
            }
            false
        })
        .collect()
}

/// The coloured pieces that touch a part of a line, in order, without overlap. The line is read from its beginning, but kept
/// is only what is asked for.
pub(crate) fn pieces_within(line: &str, part: Range<usize>) -> Vec<(Range<usize>, Kind)> {
    let mut pieces = Pieces { part, all: Vec::new() };
    if line.starts_with("---") || line.starts_with("...") {
        pieces.push((0..3, Kind::Punctuation));
        return pieces.all;
    }
    let bytes = line.as_bytes();
    let mut at = line.len() - line.trim_start().len();
    let mut token = at;
    // A token that begins in the part may end behind it.
    while at < bytes.len() && token <= pieces.part.end {
        match bytes[at] {
            b'#' if at == 0 || bytes[at - 1].is_ascii_whitespace() => {
                scalar(line, token..at, &mut pieces);
                pieces.push((at..line.len(), Kind::Comment));
                return pieces.all;
            }
            quote @ (b'"' | b'\'') if line[token..at].trim().is_empty() => {
                at += 1 + closing(&bytes[at + 1..], quote);
            }
            b'-' if line[token..at].trim().is_empty() && ends_word(bytes, at + 1) => {
                pieces.push((at..at + 1, Kind::Punctuation));
                token = at + 1;
                at += 1;
            }
            b':' if ends_word(bytes, at + 1) => {
                let start = token + (line[token..at].len() - line[token..at].trim_start().len());
                pieces.push((start..at + 1, Kind::Key));
                token = at + 1;
                at += 1;
            }
            b'{' | b'}' | b'[' | b']' | b',' => {
                scalar(line, token..at, &mut pieces);
                pieces.push((at..at + 1, Kind::Punctuation));
                token = at + 1;
                at += 1;
            }
            _ => at += 1,
        }
    }
    if token <= pieces.part.end {
        scalar(line, token..line.len(), &mut pieces);
    }
    pieces.all
}

/// Pieces that touch a part of a line.
struct Pieces {
    part: Range<usize>,
    all: Vec<(Range<usize>, Kind)>,
}

impl Pieces {
    fn push(&mut self, (range, kind): (Range<usize>, Kind)) {
        if range.end < self.part.start || range.start > self.part.end {
            return;
        }
        match self.all.last_mut() {
            // Brackets in a row are one piece.
            Some((last, Kind::Punctuation)) if kind == Kind::Punctuation && last.end == range.start => {
                last.end = range.end;
            }
            _ => self.all.push((range, kind)),
        }
    }
}

/// The number of bytes of a quoted text, its closing quote included.
fn closing(rest: &[u8], quote: u8) -> usize {
    let mut escaped = false;
    for (position, byte) in rest.iter().enumerate() {
        if *byte == quote && !escaped {
            return position + 1;
        }
        escaped = quote == b'"' && *byte == b'\\' && !escaped;
    }
    rest.len()
}

fn ends_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b'}' | b']'))
}

/// A value: a number or truth value gets a piece of its own.
fn scalar(line: &str, range: Range<usize>, pieces: &mut Pieces) {
    let word = line[range.clone()].trim();
    let start = range.start + (line[range.clone()].len() - line[range].trim_start().len());
    let counts = word.starts_with(|first: char| first.is_ascii_digit())
        && word.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | 'h' | 'm' | 's' | '%'));
    if counts || matches!(word, "true" | "false" | "null" | "forever") {
        pieces.push((start..start + word.len(), Kind::Number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        pieces_within(line, 0..line.len())
            .iter()
            .map(|(range, kind)| format!("{}‹{}› ", kind.class(), &line[range.clone()]))
            .collect()
    }

    #[test]
    fn lines_are_coloured_by_their_look() {
        for (line, expected) in [
            ("  backoffLimit: 3", "k‹backoffLimit:› n‹3› "),
            ("  - name: main # the one", "p‹-› k‹name:› c‹# the one› "),
            ("---", "p‹---› "),
            ("- {at: 8.37s, evict: {pod: 1}}", "p‹-› p‹{› k‹at:› n‹8.37s› p‹,› k‹evict:› p‹{› k‹pod:› n‹1› p‹}}› "),
            ("image: busybox:1.36", "k‹image:› "),
            ("command: [\"sh\", \"-c\", \"a: 1 # no\"]", "k‹command:› p‹[› p‹,› p‹,› p‹]› "),
            ("suspend: true", "k‹suspend:› n‹true› "),
            ("名称: 值", "k‹名称:› "),
        ] {
            assert_eq!(shown(line), expected, "{line}");
        }
    }

    #[test]
    fn a_part_of_a_line_has_the_pieces_of_the_whole() {
        let line = "a: [1, {b: 2}, \"c: 3\", - 4] # 5";
        let all = pieces_within(line, 0..line.len());
        for start in 0..line.len() {
            for end in start..line.len() {
                let touching = |range: &Range<usize>| range.start <= end && start <= range.end;
                let expected: Vec<_> = all.iter().filter(|(range, _)| touching(range)).cloned().collect();
                let found = pieces_within(line, start..end);
                let kept = found.iter().filter(|(range, _)| range.start < end && start < range.end).count();
                let wanted = expected.iter().filter(|(range, _)| range.start < end && start < range.end).count();
                assert_eq!(kept, wanted, "{start}..{end}: {found:?}, not {expected:?}");
            }
        }
    }

    #[test]
    fn literal_text_is_not_yaml() {
        let text = "a: |\n  b: 1\n\n  c\nd: >-\n  e\nf: 1";
        assert_eq!(literal_lines(text), [false, true, true, true, false, true, false]);
    }
}
