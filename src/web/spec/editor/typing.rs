//! Indentation while typing: that of a new line, and lines that move in and out. Pure.

use super::text_box::Replacement;
use std::ops::Range;

/// The indentation of one level.
const LEVEL: &str = "  ";

/// A new line: indented as the last one; one level deeper after a key that opens a map, and as deep as the first key
/// of a list item.
pub(super) fn new_line(value: &str, selection: Range<usize>, is_yaml: bool) -> Replacement {
    let line = &value[line_start(value, selection.start)..selection.start];
    let mut indent = line.len() - line.trim_start_matches(' ').len();
    if is_yaml {
        let mut rest = &line[indent..];
        // `- name: main`: the next key of the item stands under `name`.
        while let Some(item) = rest.strip_prefix("- ").filter(|item| item.contains(": ") || item.ends_with(':')) {
            indent += rest.len() - item.trim_start().len();
            rest = item.trim_start();
        }
        if line.trim_end().ends_with(':') && !rest.starts_with('#') {
            indent += LEVEL.len();
        }
    }
    Replacement::insert(selection, format!("\n{}", " ".repeat(indent)))
}

/// The lines of the selection one level deeper; at a caret, blanks up to the next level.
pub(super) fn indent(value: &str, selection: Range<usize>) -> Replacement {
    if selection.is_empty() {
        let column = selection.start - line_start(value, selection.start);
        return Replacement::insert(selection, " ".repeat(LEVEL.len() - column % LEVEL.len()));
    }
    each_line(value, selection, |line| if line.is_empty() { String::new() } else { format!("{LEVEL}{line}") })
}

/// The lines of the selection, or of the caret, one level less deep.
pub(super) fn outdent(value: &str, selection: Range<usize>) -> Replacement {
    each_line(value, selection, |line| {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        line[blanks.min(LEVEL.len())..].to_owned()
    })
}

/// Whether a selection reaches over the end of a line.
pub(super) fn spans_lines(value: &str, selection: &Range<usize>) -> bool {
    value[selection.clone()].contains('\n')
}

fn each_line(value: &str, selection: Range<usize>, change: impl Fn(&str) -> String) -> Replacement {
    let start = line_start(value, selection.start);
    // A selection that ends at the start of a line does not include that line.
    let last = if spans_lines(value, &selection) && value[..selection.end].ends_with('\n') {
        selection.end - 1
    } else {
        selection.end
    };
    let end = value[last..].find('\n').map_or(value.len(), |end| last + end);
    let lines: Vec<String> = value[start..end].split('\n').map(change).collect();
    let first_before = value[start..end].split('\n').next().map_or(0, str::len);
    let moved = lines.first().map_or(0, |line| line.len() as isize - first_before as isize);
    let text = lines.join("\n");
    let grown = text.len() as isize - (end - start) as isize;
    let from = selection.start.saturating_add_signed(moved).max(start);
    let to = selection.end.saturating_add_signed(grown).max(from);
    Replacement { range: start..end, text, selection: from..to }
}

fn line_start(value: &str, at: usize) -> usize {
    value[..at].rfind('\n').map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with its selection between `‹` and `›`, or a caret `|`.
    fn marked(text: &str) -> (String, Range<usize>) {
        let plain = text.replace(['‹', '›', '|'], "");
        let start = text.find(['‹', '|']).expect("a mark");
        let end = text.find('›').map_or(start, |end| end - '‹'.len_utf8());
        (plain, start..end)
    }

    fn after(text: &str, change: impl Fn(&str, Range<usize>) -> Replacement) -> String {
        let (value, selection) = marked(text);
        let Replacement { range, text, selection } = change(&value, selection);
        let mut changed = [&value[..range.start], &text, &value[range.end..]].concat();
        if selection.is_empty() {
            changed.insert(selection.start, '|');
        } else {
            changed.insert(selection.end, '›');
            changed.insert(selection.start, '‹');
        }
        changed
    }

    #[test]
    fn a_new_line_finds_its_indentation() {
        for (before, expected) in [
            ("spec:|", "spec:\n  |"),
            ("  parallelism: 1|", "  parallelism: 1\n  |"),
            ("  - name: main|", "  - name: main\n    |"),
            ("  - containers:|", "  - containers:\n      |"),
            ("  - plain|", "  - plain\n  |"),
            ("  - - a: 1|", "  - - a: 1\n      |"),
            ("  # note:|", "  # note:\n  |"),
            ("  a: ‹1\n  b›: 2", "  a: \n    |: 2"),
            ("|a: 1", "\n|a: 1"),
        ] {
            assert_eq!(after(before, |value, at| new_line(value, at, true)), expected, "{before}");
        }
        assert_eq!(after("  echo a:|", |value, at| new_line(value, at, false)), "  echo a:\n  |");
    }

    #[test]
    fn lines_move_in_and_out() {
        for (before, deeper) in [
            ("a:\n‹b: 1\nc: 2›\nd", "a:\n  ‹b: 1\n  c: 2›\nd"),
            ("‹b: 1\n›c: 2", "  ‹b: 1\n›c: 2"),
            ("a|: 1", "a |: 1"),
            ("|a: 1", "  |a: 1"),
        ] {
            assert_eq!(after(before, indent), deeper, "{before}");
        }
        for (before, out) in [
            ("a:\n  ‹b: 1\n  c: 2›\nd", "a:\n‹b: 1\nc: 2›\nd"),
            ("   a|: 1", " a|: 1"),
            ("|a: 1", "|a: 1"),
            (" |  a: 1", "| a: 1"),
        ] {
            assert_eq!(after(before, outdent), out, "{before}");
        }
    }
}
