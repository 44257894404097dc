//! Many pods at the playhead: one cell per pod or index, and bands of equal neighbours. The worst state wins.

use super::JobTrack;
use super::pods::{Ending, Row, RowOf, SegmentKind};
use crate::cluster::reason::CountedAs;
use crate::time::Time;

/// What a pod or an index is at a moment, from the least to the most worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellState {
    /// No pod of it yet.
    NotStarted,
    /// Done.
    Succeeded,
    /// Runs.
    Running,
    /// Gets a node, or its containers are being made.
    Pending,
    /// Waits for its next attempt or its restart.
    Waiting,
    /// Is being stopped.
    Terminating,
    /// Failed, and nothing follows at this moment.
    Failed,
}

impl CellState {
    /// All of them, in the order of the legend line above the cells.
    pub const ALL: [CellState; 7] = [
        CellState::Succeeded,
        CellState::Running,
        CellState::Pending,
        CellState::Waiting,
        CellState::Terminating,
        CellState::Failed,
        CellState::NotStarted,
    ];
}

/// Equal neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The first: an index, or a position in creation order.
    pub from: u32,
    /// The last, inclusive.
    pub to: u32,
    /// What they are.
    pub state: CellState,
}

/// One state per index, or per pod in creation order.
pub fn cells(track: &JobTrack, at: Time) -> Vec<CellState> {
    if !track.lane.is_indexed {
        return track.rows.iter().map(|row| state(track, row, at)).collect();
    }
    let mut cells = vec![CellState::NotStarted; track.lane.last.spec.index_count() as usize];
    for row in &track.rows {
        let RowOf::Index(index) = row.of else { continue };
        if let Some(cell) = cells.get_mut(index as usize) {
            *cell = state(track, row, at);
        }
    }
    cells
}

/// The cells as bands, as `completedIndexes` writes sets.
pub fn bands(cells: &[CellState]) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for (number, state) in cells.iter().enumerate() {
        let number = number as u32;
        match bands.last_mut() {
            Some(last) if last.state == *state => last.to = number,
            _ => bands.push(Band { from: number, to: number, state: *state }),
        }
    }
    bands
}

/// At most `width` bands: neighbours are merged, and the worst state among them is shown.
pub fn merged(cells: &[CellState], width: usize) -> Vec<CellState> {
    if cells.len() <= width || width == 0 {
        return cells.to_vec();
    }
    let edge = |column: usize| column * cells.len() / width;
    (0..width).filter_map(|column| cells[edge(column)..edge(column + 1)].iter().max().copied()).collect()
}

fn state(track: &JobTrack, row: &Row, at: Time) -> CellState {
    let started = row.bars.partition_point(|position| track.bars[*position].created.at <= at);
    let waits = row.waits.iter().map(|position| &track.waits[*position]);
    let is_waiting = waits.into_iter().any(|wait| wait.from <= at && at < wait.ended);
    let Some(position) = row.bars[..started].last() else {
        return if is_waiting { CellState::Waiting } else { CellState::NotStarted };
    };
    let bar = &track.bars[*position];
    if let Some(segment) = bar.segment_at(at) {
        return match segment.kind {
            SegmentKind::Pending => CellState::Pending,
            SegmentKind::Running => CellState::Running,
            SegmentKind::AwaitingRestart { .. } => CellState::Waiting,
            SegmentKind::Terminating { .. } => CellState::Terminating,
        };
    }
    let Some(end) = bar.end else { return CellState::Running };
    match end.how {
        Ending::Succeeded => CellState::Succeeded,
        Ending::Failed | Ending::Vanished if is_waiting => CellState::Waiting,
        // An ignored failure is no failure of the Job; nothing of it exists until its next attempt.
        Ending::Failed if matches!(end.counted.map(|counted| counted.counted), Some(CountedAs::Ignored { .. })) => {
            CellState::NotStarted
        }
        Ending::Failed | Ending::Vanished => CellState::Failed,
    }
}
