//! The table of `kubectl get`: upper-case headers, columns at least six wide (K3).

use super::columns::{Widths, align, escaped};

/// Column names, as the API server sends them, and rows of as many cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub(super) fn new(columns: &[&str]) -> Table {
        Table { columns: columns.iter().map(|column| column.to_uppercase()).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    /// Whether it has no rows.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// `pi` becomes `job.batch/pi`: with several kinds in one answer, names say theirs.
    pub(super) fn prefix_names(&mut self, kind: &str) {
        let name = self.columns.iter().position(|column| column == "NAME");
        for row in &mut self.rows {
            if let Some(cell) = name.and_then(|name| row.get_mut(name)) {
                *cell = format!("{kind}/{cell}");
            }
        }
    }

    /// Adds a column in front, a cell for each row.
    pub(super) fn prepend(&mut self, column: &str, cells: Vec<String>) {
        self.columns.insert(0, column.to_owned());
        for (row, cell) in self.rows.iter_mut().zip(cells) {
            row.insert(0, cell);
        }
    }

    /// Adds a column at the end, a cell for each row.
    pub(super) fn append(&mut self, column: &str, cells: Vec<String>) {
        self.columns.push(column.to_owned());
        for (row, cell) in self.rows.iter_mut().zip(cells) {
            row.push(cell);
        }
    }

    /// With its header.
    pub(super) fn with_header(&self) -> String {
        lay_out(std::iter::once(&self.columns).chain(&self.rows))
    }

    /// The rows, in columns that are never narrower than before.
    pub(super) fn remembered(&self, widths: &mut RememberedWidths, with_header: bool) -> String {
        let header = with_header.then_some(&self.columns);
        let rows: Vec<Vec<String>> =
            header.into_iter().chain(&self.rows).map(|row| row.iter().map(|cell| first_line(cell)).collect()).collect();
        widths.0.resize(widths.0.len().max(self.columns.len()), 0);
        for (place, width) in widths.0.iter_mut().enumerate() {
            let cells = rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.chars().count() + 3);
            *width = cells.max().unwrap_or(0).max(*width).max(6);
        }
        let mut text = String::new();
        for row in rows {
            let last = row.len().saturating_sub(1);
            for (place, (cell, width)) in row.iter().zip(&widths.0).enumerate() {
                match place == last {
                    true => text += cell,
                    false => text += &format!("{cell:width$}"),
                }
            }
            text.push('\n');
        }
        text
    }

    /// Column names, as they are printed, and the rows.
    pub(super) fn into_parts(self) -> (Vec<String>, Vec<Vec<String>>) {
        (self.columns, self.rows)
    }

    /// The rows alone; the header does not count for the widths either.
    pub(super) fn without_header(&self) -> String {
        lay_out(self.rows.iter())
    }
}

/// How wide each column has been so far.
#[derive(Default)]
pub(super) struct RememberedWidths(Vec<usize>);

fn lay_out<'a>(rows: impl Iterator<Item = &'a Vec<String>>) -> String {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| first_line(cell)).collect();
        text += &cells.join("\t");
        text.push('\n');
    }
    align(&text, Widths { least: 6, padding: 3 })
}

/// A cell is one line: what follows is `...`.
fn first_line(cell: &str) -> String {
    match cell.split_once(['\n', '\r', '\x0c']) {
        Some((first, _)) => escaped(first) + "...",
        None => escaped(cell),
    }
}
