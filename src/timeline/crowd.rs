//! Many pods: the state of each pod or index over time, one cell each, so that any moment is a binary search away.
//! Where cells share a place, the worst state is shown.

use super::JobTrack;
use super::pods::{Bar, PodEnding, Row, RowOf, SegmentKind};
use crate::api::PodId;
use crate::cluster::reason::CountedAs;
use crate::time::Time;
use std::ops::Range;

/// The state of a pod or an index at a moment, in ascending order of interest.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellState {
    /// No pod of it has been created yet.
    NotStarted,
    Succeeded,
    Running,
    /// It has no node yet, or its containers are being started.
    Pending,
    /// It waits for its next attempt or for a restart in place.
    Waiting,
    Terminating,
    /// It has failed, and no new attempt is pending at this moment.
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
    const ASCENDING: [CellState; 7] = [
        CellState::NotStarted,
        CellState::Succeeded,
        CellState::Running,
        CellState::Pending,
        CellState::Waiting,
        CellState::Terminating,
        CellState::Failed,
    ];
}

/// How many cells are in each state, by `CellState as usize`.
pub type CellCounts = [u32; 7];

/// Cells and their states over time. Before its first change a cell is [`CellState::NotStarted`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crowd {
    len: usize,
    /// By cell: where its changes end. They begin where those of the cell before it end. Cells behind the last one
    /// that changes have no entry: a Job may have two billion indexes and pods for a few of them.
    ends: Vec<u32>,
    changes: Vec<(Time, CellState)>,
    /// The counts, from each instant on at which one of them changes.
    counts: Vec<(Time, CellCounts)>,
}

/// Neighbouring cells with the same state.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    pub from: u32,
    /// The last, inclusive.
    pub to: u32,
    pub state: CellState,
}

/// Cells as bands of equal neighbours, in the way `completedIndexes` writes sets.
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

impl Crowd {
    /// No cells.
    pub const EMPTY: Crowd = Crowd { len: 0, ends: Vec::new(), changes: Vec::new(), counts: Vec::new() };

    /// A cell for each of these, with its states from the first instant on.
    pub(super) fn of_cells(cells: impl Iterator<Item = Vec<(Time, CellState)>>) -> Crowd {
        let mut crowd = Crowd::default();
        for states in cells {
            let first = crowd.changes.len();
            for (at, state) in states {
                crowd.push_after(first, at, state);
            }
            crowd.ends.push(crowd.changes.len() as u32);
        }
        crowd.len = crowd.ends.len();
        crowd.count();
        crowd
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The states of some cells at a time.
    pub fn states(&self, cells: Range<usize>, at: Time) -> impl Iterator<Item = CellState> {
        cells.map(move |cell| {
            let changes = self.changes_of(cell);
            let passed = changes.partition_point(|(since, _)| *since <= at);
            changes[..passed].last().map_or(CellState::NotStarted, |(_, state)| *state)
        })
    }

    /// How many cells are in each state at a time.
    pub fn counts(&self, at: Time) -> CellCounts {
        let passed = self.counts.partition_point(|(since, _)| *since <= at);
        self.counts[..passed].last().map_or_else(|| self.at_first(), |(_, counts)| *counts)
    }

    /// At most `columns` cells: neighbours are merged into one, which shows the worst state among them.
    pub fn merged(&self, columns: usize) -> Crowd {
        if self.len() <= columns || columns == 0 {
            return self.clone();
        }
        let mut merged = Crowd { len: columns, ..Crowd::default() };
        // In 64 bits: there may be 2,147,483,647 indexes, and the page's numbers have 32.
        let edge = |column: usize| (column as u64 * self.len as u64 / columns as u64) as usize;
        for column in 0..columns {
            let first = merged.changes.len();
            for (at, counts) in self.sums(edge(column)..edge(column + 1)) {
                let worst = CellState::ASCENDING.into_iter().rev().find(|state| counts[*state as usize] > 0);
                let worst = worst.unwrap_or(CellState::NotStarted);
                if merged.changes[first..].last().is_none_or(|(_, before)| *before != worst) {
                    merged.changes.push((at, worst));
                }
            }
            merged.ends.push(merged.changes.len() as u32);
        }
        merged.count();
        merged
    }

    /// Adds a change to the last cell, unless its state stays the same.
    fn push(&mut self, at: Time, state: CellState) {
        let first = self.ends.last().map_or(0, |end| *end as usize);
        self.push_after(first, at, state);
    }

    /// Adds a change to the cell whose changes begin at `first`. The last one of an instant counts.
    fn push_after(&mut self, first: usize, at: Time, state: CellState) {
        if self.changes[first..].last().is_some_and(|(last, _)| *last == at) {
            self.changes.pop();
        }
        let before = self.changes[first..].last().map_or(CellState::NotStarted, |(_, state)| *state);
        if before != state {
            self.changes.push((at, state));
        }
    }

    /// With the counts, which go over all cells.
    pub(super) fn counted(mut self) -> Crowd {
        self.count();
        self
    }

    fn count(&mut self) {
        self.counts = self.sums(0..self.len());
    }

    fn at_first(&self) -> CellCounts {
        let mut counts = CellCounts::default();
        counts[CellState::NotStarted as usize] = self.len() as u32;
        counts
    }

    fn changes_of(&self, cell: usize) -> &[(Time, CellState)] {
        let Some(end) = self.ends.get(cell) else { return &[] };
        let first = cell.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.changes[first..*end as usize]
    }

    /// The counts of some cells, at each instant at which one of them changes.
    fn sums(&self, cells: Range<usize>) -> Vec<(Time, CellCounts)> {
        let mut counts = CellCounts::default();
        counts[CellState::NotStarted as usize] = cells.len() as u32;
        let mut changes: Vec<(Time, CellState, CellState)> = Vec::new();
        for cell in cells.start..cells.end.min(self.ends.len()) {
            let mut before = CellState::NotStarted;
            for (at, state) in self.changes_of(cell) {
                changes.push((*at, before, *state));
                before = *state;
            }
        }
        changes.sort_unstable_by_key(|(at, ..)| *at);
        let mut sums: Vec<(Time, CellCounts)> = Vec::new();
        for (at, before, state) in changes {
            // The changes of one instant may come in any order: their sum is the same.
            counts[before as usize] = counts[before as usize].wrapping_sub(1);
            counts[state as usize] = counts[state as usize].wrapping_add(1);
            match sums.last_mut() {
                Some(last) if last.0 == at => last.1 = counts,
                _ => sums.push((at, counts)),
            }
        }
        sums
    }
}

/// The cells of a Job, made piece by piece.
#[derive(Debug)]
pub(super) struct Crowding {
    crowd: Crowd,
    /// The next row.
    row: usize,
}

impl Crowding {
    /// A cell per index, or per row of pods in creation order; none of them has changed yet.
    pub(super) fn new(track: &JobTrack) -> Crowding {
        let indexes = || track.lane.last.spec.index_count() as usize;
        let len = if track.lane.is_indexed { indexes() } else { track.rows.len() };
        Crowding { crowd: Crowd { len, ..Crowd::default() }, row: 0 }
    }

    /// Takes in at most so many more rows; returns how many they were.
    pub(super) fn advance(&mut self, track: &JobTrack, rows: usize) -> usize {
        let (first, until) = (self.row, track.rows.len().min(self.row.saturating_add(rows)));
        self.row = until;
        for (position, row) in (first..until).zip(&track.rows[first..until]) {
            let cell = match row.of {
                RowOf::Index(index) => index as usize,
                RowOf::Pod(_) | RowOf::NeverMade if track.lane.is_indexed => continue,
                RowOf::Pod(_) | RowOf::NeverMade => position,
            };
            // An elastic Job may have lost its last indexes.
            let crowd = &mut self.crowd;
            if cell < crowd.len {
                crowd.ends.resize(cell, crowd.changes.len() as u32);
                states(track, row, |at, state| crowd.push(at, state));
                crowd.ends.push(crowd.changes.len() as u32);
            }
        }
        until - first
    }

    /// The cells, not yet counted.
    pub(super) fn cells(self) -> Crowd {
        self.crowd
    }
}

impl JobTrack {
    /// What a cell stands for.
    pub fn of_cell(&self, cell: usize) -> Option<RowOf> {
        if self.lane.is_indexed {
            return (cell < self.crowd.len()).then_some(RowOf::Index(cell as u32));
        }
        self.rows.get(cell).map(|row| row.of)
    }

    /// The cell of a row.
    pub fn cell_of(&self, of: RowOf) -> Option<usize> {
        match of {
            RowOf::Index(index) if self.lane.is_indexed => Some(index as usize).filter(|cell| *cell < self.crowd.len()),
            _ => self.row(of),
        }
    }

    /// The row of a pod.
    pub fn row_of(&self, pod: PodId) -> Option<RowOf> {
        match self.bar(pod)?.birth.index {
            Some(index) if self.lane.is_indexed => Some(RowOf::Index(index)),
            _ => Some(RowOf::Pod(pod)),
        }
    }

    /// The position of a row.
    pub fn row(&self, of: RowOf) -> Option<usize> {
        self.rows.binary_search_by_key(&of, |row| row.of).ok()
    }

    /// The newest pod of a row that has been created by then.
    pub fn newest(&self, of: RowOf, at: Time) -> Option<&Bar> {
        let row = &self.rows[self.row(of)?];
        let started = row.bars.partition_point(|position| self.bars[*position].created.at <= at);
        row.bars[..started].last().map(|position| &self.bars[*position])
    }
}

/// Calls `tell` with the state of a row, for each instant at which it may change.
fn states(track: &JobTrack, row: &Row, mut tell: impl FnMut(Time, CellState)) {
    let bars = || row.bars.iter().map(|position| &track.bars[*position]);
    let waits = || row.backoffs.iter().map(|position| &track.backoffs[*position]).filter(|wait| wait.from < wait.ended);
    let mut instants = Vec::new();
    for bar in bars() {
        instants.push(bar.created.at);
        instants.extend(bar.segments.iter().flat_map(|segment| [segment.from, segment.to]));
        instants.extend(bar.end.map(|end| end.mark.at));
    }
    let mut began: Vec<Time> = waits().map(|wait| wait.from).collect();
    let mut ended: Vec<Time> = waits().map(|wait| wait.ended).collect();
    instants.extend(began.iter().chain(&ended));
    for times in [&mut instants, &mut began, &mut ended] {
        times.sort_unstable();
    }
    instants.dedup();
    for at in instants {
        let passed = |times: &[Time]| times.partition_point(|time| *time <= at);
        let is_waiting = passed(&began) > passed(&ended);
        let created = row.bars.partition_point(|position| track.bars[*position].created.at <= at);
        let newest = row.bars[..created].last().map(|position| &track.bars[*position]);
        tell(at, state(newest, is_waiting, at));
    }
}

/// The state of a row at a time, by its newest pod.
fn state(newest: Option<&Bar>, is_waiting: bool, at: Time) -> CellState {
    let Some(bar) = newest else {
        return if is_waiting { CellState::Waiting } else { CellState::NotStarted };
    };
    if let Some(segment) = bar.segment_at(at) {
        return match segment.kind {
            SegmentKind::Pending | SegmentKind::Waiting(_) => CellState::Pending,
            SegmentKind::Running => CellState::Running,
            SegmentKind::AwaitingRestart { .. } => CellState::Waiting,
            SegmentKind::Terminating { .. } => CellState::Terminating,
        };
    }
    let Some(end) = bar.end else { return CellState::Running };
    match end.how {
        PodEnding::Succeeded => CellState::Succeeded,
        PodEnding::Failed | PodEnding::Vanished if is_waiting => CellState::Waiting,
        // An ignored failure is not a failure of the Job: until the next attempt there is nothing to show.
        PodEnding::Failed if matches!(end.counted.map(|counted| counted.counted), Some(CountedAs::Ignored { .. })) => {
            CellState::NotStarted
        }
        PodEnding::Failed | PodEnding::Vanished => CellState::Failed,
    }
}
