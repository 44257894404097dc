//! Elastic columns, as Go's text/tabwriter lays them out: a column spans the neighbouring lines that have a cell ended by
//! a tab there, and is as wide as its longest cell (K3.1, K11.1). Knows nothing of Kubernetes.

/// How wide columns are.
#[derive(Clone, Copy)]
pub(super) struct Widths {
    /// The least width of a column in characters, padding included.
    pub(super) least: usize,
    /// The number of blanks behind the longest cell.
    pub(super) padding: usize,
}

/// What kubectl writes for the characters with which a text could take hold of a terminal: `^[` for ESC, `\r` for a
/// carriage return (`printers.EscapeTerminal`, K3.9). It leaves all others as they are.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\x1b', "^[").replace('\r', "\\r")
}

/// Replaces the tabs in a text by blanks. A vertical tab is one, too; a form feed is a line break that ends all columns.
pub(super) fn align(text: &str, widths: Widths) -> String {
    text.split('\x0c').map(|part| align_part(part, widths)).collect()
}

fn align_part(text: &str, widths: Widths) -> String {
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(['\t', '\x0b']).collect()).collect();
    let mut aligned = vec![String::new(); lines.len()];
    let mut start = 0;
    while start < lines.len() {
        let end = block_end(&lines, start, lines.len(), 0);
        if end == start {
            start += 1;
        } else {
            align_column(&lines, start, end, 0, widths, &mut aligned);
            start = end;
        }
    }
    let mut result = String::with_capacity(text.len() * 2);
    for (cells, padded) in lines.iter().zip(aligned) {
        result += &padded;
        // The last cell ends at the line break: it belongs to no column.
        result += cells.last().copied().unwrap_or_default();
        result.push('\n');
    }
    result
}

/// The end of the run of lines that have a cell ended by a tab in this column.
fn block_end(lines: &[Vec<&str>], start: usize, limit: usize, column: usize) -> usize {
    lines[start..limit].iter().position(|cells| cells.len() <= column + 1).map_or(limit, |length| start + length)
}

/// Pads a column over its lines, then the columns to its right, each over its own run of lines.
fn align_column(lines: &[Vec<&str>], start: usize, end: usize, column: usize, widths: Widths, aligned: &mut [String]) {
    let longest = lines[start..end].iter().map(|cells| cells[column].chars().count()).max().unwrap_or(0);
    let width = widths.least.max(longest + widths.padding);
    for (cells, line) in lines[start..end].iter().zip(&mut aligned[start..end]) {
        let cell = cells[column];
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', width - cell.chars().count()));
    }
    let mut next = start;
    while next < end {
        let next_end = block_end(lines, next, end, column + 1);
        if next_end == next {
            next += 1;
        } else {
            align_column(lines, next, next_end, column + 1, widths, aligned);
            next = next_end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Widths, align};

    #[test]
    fn a_column_lasts_while_its_cells_do() {
        let text = "Name:\tpi\nImage Pull:\tnever\n\tx\nNo tab\nIP:\t\nHost Port:\ta\tb\n";
        let expected = "Name:        pi\nImage Pull:  never\n             x\nNo tab\nIP:         \nHost Port:  a  b\n";
        assert_eq!(align(text, Widths { least: 0, padding: 2 }), expected);
    }

    #[test]
    fn a_form_feed_ends_all_columns() {
        assert_eq!(align("long\tb\x0ca\x0bb\n", Widths { least: 0, padding: 1 }), "long b\na b\n");
    }

    #[test]
    fn a_column_has_a_least_width_counted_in_characters() {
        assert_eq!(align("A\tB\nä\tc\n", Widths { least: 6, padding: 3 }), "A     B\nä     c\n");
    }
}
