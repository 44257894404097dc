//! A grid of cells: where each of them stands, and how their states are drawn. One path per state, so that the number
//! of marks does not grow with the pods.

use crate::timeline::crowd::{self, CellState};
use std::fmt::Write;

/// Cells in rows, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CellGrid {
    /// The number of its first cell.
    pub(super) first: usize,
    /// How many are in it.
    pub(super) count: usize,
    /// How many stand in a row.
    pub(super) columns: usize,
    /// The room of a cell, its gap included.
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Rows of a page of cells, below the bands.
const PAGE_ROWS: usize = 6;

impl CellGrid {
    /// All `count` cells: the more, the smaller. A multiple of ten in a row, so that a number can be found by counting.
    pub(super) fn of(count: usize, width: f64) -> CellGrid {
        let (pitch, height) = match count {
            0..=1000 => (20.0, 15.0),
            1001..=4000 => (10.0, 10.0),
            _ => (5.5, 6.0),
        };
        let columns = columns(width, pitch);
        CellGrid { first: 0, count, columns, width: width / columns as f64, height }
    }

    /// The page with a cell, of more cells than can be seen at once.
    pub(super) fn page(count: usize, cell: usize, width: f64) -> CellGrid {
        let columns = columns(width, 20.0);
        let room = columns * PAGE_ROWS;
        let first = cell.min(count.saturating_sub(1)) / room * room;
        CellGrid { first, count: room.min(count - first), columns, width: width / columns as f64, height: 15.0 }
    }

    /// Thin rows over the whole width.
    pub(super) fn rows(count: usize, width: f64, height: f64) -> CellGrid {
        CellGrid { first: 0, count, columns: 1, width, height }
    }

    /// How high it is.
    pub(super) fn tall(&self) -> f64 {
        self.count.div_ceil(self.columns) as f64 * self.height
    }

    /// How high a page is.
    pub(super) fn page_height() -> f64 {
        PAGE_ROWS as f64 * 15.0
    }

    /// The gap between two cells, and how round they are.
    pub(super) fn gap(&self) -> (f64, f64) {
        if self.height > 12.0 { (2.0, 2.5) } else { (1.0, 1.0) }
    }

    /// The upper left corner of a cell that is in it.
    pub(super) fn corner(&self, cell: usize) -> Option<(f64, f64)> {
        let number = cell.checked_sub(self.first).filter(|number| *number < self.count)?;
        let (row, column) = (number / self.columns, number % self.columns);
        Some((column as f64 * self.width, row as f64 * self.height))
    }

    /// The cell at a place.
    pub(super) fn cell_at(&self, x: f64, y: f64) -> Option<usize> {
        let column = ((x / self.width).max(0.0) as usize).min(self.columns - 1);
        let row = (y / self.height).max(0.0) as usize;
        let number = row * self.columns + column;
        (number < self.count).then_some(self.first + number)
    }

    /// The cell to which a key leads from a cell, among `of` cells; `None` where it leaves the grid.
    pub(super) fn step(&self, cell: usize, key: &str, of: usize) -> Option<usize> {
        let page = if of > self.count { self.count.max(1) } else { self.columns * 5 };
        let next = match key {
            "ArrowLeft" => cell.checked_sub(1),
            "ArrowRight" => Some(cell + 1),
            "ArrowUp" => cell.checked_sub(self.columns),
            "ArrowDown" => Some(cell + self.columns),
            "PageUp" => Some(cell.saturating_sub(page)),
            "PageDown" => Some((cell + page).min(of.saturating_sub(1))),
            _ => None,
        };
        next.filter(|next| *next < of)
    }

    /// The states of its cells as paths.
    pub(super) fn paths(&self, states: &[CellState]) -> Vec<(CellState, String)> {
        let mut paths: Vec<(CellState, String)> = CellState::ALL.iter().map(|state| (*state, String::new())).collect();
        for (row, states) in states.chunks(self.columns).enumerate() {
            for band in crowd::bands(states) {
                let Some((_, path)) = paths.iter_mut().find(|(state, _)| *state == band.state) else { continue };
                let (x, y) = (f64::from(band.from) * self.width, row as f64 * self.height);
                let width = f64::from(band.to - band.from + 1) * self.width;
                // Writing to a String cannot fail.
                let _ = write!(path, "M{x:.2} {y}h{width:.2}v{}H{x:.2}z", self.height);
            }
        }
        paths.retain(|(_, path)| !path.is_empty());
        paths
    }
}

/// The class of a cell's colour, as part of a path.
pub(super) fn state_class(state: CellState) -> &'static str {
    match state {
        CellState::NotStarted => "k-none",
        CellState::Succeeded => "k-succeeded",
        CellState::Running => "k-running",
        CellState::Pending => "k-pending",
        CellState::Waiting => "k-waiting",
        CellState::Terminating => "k-terminating",
        CellState::Failed => "k-failed",
    }
}

fn columns(width: f64, pitch: f64) -> usize {
    ((width / pitch / 10.0) as usize * 10).max(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_found_where_it_stands() {
        for grid in [CellGrid::of(400, 880.0), CellGrid::of(10_000, 1100.0), CellGrid::page(100_000, 4711, 880.0)] {
            for cell in grid.first..grid.first + grid.count {
                let (x, y) = grid.corner(cell).expect("it is in the grid");
                assert_eq!(grid.cell_at(x + 0.1, y + 0.1), Some(cell), "{grid:?}");
            }
            assert_eq!(grid.corner(grid.first + grid.count), None);
            assert_eq!(grid.cell_at(1.0, grid.tall() + 1.0), None);
        }
        assert!(CellGrid::page(100_000, 4711, 880.0).corner(4711).is_some());
        assert_eq!(CellGrid::page(100_000, 99_999, 880.0).step(99_999, "ArrowRight", 100_000), None);
    }

    #[test]
    fn keys_walk_over_the_cells_and_leave_at_the_edges() {
        let grid = CellGrid::of(400, 880.0);
        assert_eq!(grid.columns, 40);
        for (cell, key, to) in [
            (0, "ArrowLeft", None),
            (0, "ArrowRight", Some(1)),
            (39, "ArrowUp", None),
            (40, "ArrowUp", Some(0)),
            (399, "ArrowDown", None),
            (0, "PageDown", Some(200)),
            (399, "PageDown", Some(399)),
        ] {
            assert_eq!(grid.step(cell, key, 400), to, "{key} from {cell}");
        }
    }

    #[test]
    fn equal_neighbours_are_one_rectangle() {
        let grid = CellGrid { first: 0, count: 4, columns: 2, width: 10.0, height: 5.0 };
        use CellState::{Failed, Running};
        let paths = grid.paths(&[Running, Running, Failed, Running]);
        assert_eq!(
            paths,
            [
                (Running, "M0.00 0h20.00v5H0.00zM10.00 5h10.00v5H10.00z".to_owned()),
                (Failed, "M0.00 5h10.00v5H0.00z".to_owned())
            ]
        );
    }
}
