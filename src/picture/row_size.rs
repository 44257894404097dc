//! How high rows of pods are: less where there are many.

/// How wide a cap is.
const CAP: f64 = 20.0;

/// Where things stand in a row, from its top: their tops and heights.
#[derive(Clone, Copy)]
pub(super) struct RowSize {
    pub(super) height: f64,
    pub(super) running: (f64, f64),
    pub(super) pending: (f64, f64),
    /// Back-offs and terminations.
    pub(super) hatched: (f64, f64),
    /// A back-off before a restart.
    pub(super) restart: (f64, f64),
    pub(super) log: f64,
    pub(super) baseline: f64,
}

/// A row of a few.
const ROOMY: RowSize = RowSize {
    height: 34.0,
    running: (7.0, 20.0),
    pending: (12.0, 10.0),
    hatched: (7.75, 18.5),
    restart: (10.75, 12.5),
    log: 31.0,
    baseline: 21.5,
};
/// A row of many.
const DENSE: RowSize = RowSize {
    height: 20.0,
    running: (2.5, 15.0),
    pending: (5.5, 9.0),
    hatched: (3.25, 13.5),
    restart: (5.25, 9.5),
    log: 19.25,
    baseline: 14.25,
};
/// More rows than this are dense.
const ROOMY_ROWS: usize = 20;

impl RowSize {
    /// For so many rows.
    pub(super) fn of_rows(rows: usize) -> RowSize {
        if rows > ROOMY_ROWS { DENSE } else { ROOMY }
    }

    /// How much smaller glyphs are.
    pub(super) fn scale(&self) -> f64 {
        self.running.1 / ROOMY.running.1
    }

    /// How wide a cap is.
    pub(super) fn cap(&self) -> f64 {
        CAP * self.scale()
    }
}
