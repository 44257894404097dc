//! Many pods, Jobs, CronJobs, scheduled times or inputs: thin rows, cells, or one strip. Names go first, then single
//! pods; colour, order and the worst state stay.

use super::painter::{BESIDE, Painter, Words};
use super::{Class, Kind};
use crate::api::ObjectKey;
use crate::order;
use crate::timeline::crowd::{self, CellState, Crowd};
use crate::timeline::many::Many;
use crate::timeline::pods::{PodEnding, SegmentKind};
use crate::timeline::{DetailLevel, JobTrack};

/// The line that says how many are in which state.
const SUMMARY: f64 = 28.0;
/// Below the cells.
const BELOW: f64 = 10.0;
/// Thin rows take about so much together, and between so much each.
const THIN_ROWS: f64 = 480.0;
const THIN_ROW: (f64, f64) = (2.0, 8.0);
/// The strip of more than 10,000, and how many states it can show.
const STRIP: f64 = 30.0;
const STRIP_CELLS: usize = 240;
/// Cells are as large as they can be without taking more height than this.
const GRID: f64 = 280.0;
/// Widths and heights of cells, and the gap below each.
const SIZES: [(f64, f64, f64); 4] = [(16.0, 14.0, 2.0), (11.0, 10.0, 1.5), (8.5, 8.0, 1.0), (5.5, 5.0, 1.0)];
/// Steps of what is alive over time.
const ALIVE_STEPS: usize = 80;
const ALIVE: f64 = 34.0;
const BETWEEN: f64 = 6.0;

impl Painter<'_> {
    /// A row of some pixels for each pod or index.
    pub(super) fn thin_rows(&mut self, track: &JobTrack) {
        let rows = &track.rows;
        let row = (THIN_ROWS / rows.len().max(1) as f64).clamp(THIN_ROW.0, THIN_ROW.1).floor();
        let height = row * rows.len() as f64 + BELOW;
        let (name, rest) = self.range(track);
        self.label(height.min(34.0), name, rest);
        let bar = (row - 1.0).max(row * 0.75);
        // By state, so that neighbours in the list look alike.
        let mut stretches = Vec::new();
        for (n, row_of) in rows.iter().enumerate() {
            let top = row * n as f64;
            for backoff in row_of.backoffs.iter().map(|backoff| &track.backoffs[*backoff]) {
                stretches.push((Class::Backoff, (backoff.from, backoff.ended), top));
            }
            for bar in row_of.bars.iter().map(|bar| &track.bars[*bar]) {
                for segment in &bar.segments {
                    let class = match segment.kind {
                        SegmentKind::AwaitingRestart { .. } => Class::Backoff,
                        SegmentKind::Pending | SegmentKind::Waiting(_) => Class::Pending,
                        SegmentKind::Running => Class::Running,
                        SegmentKind::Terminating { .. } => Class::Terminating,
                    };
                    stretches.push((class, (segment.from, segment.to), top));
                }
                if let Some(end) = bar.end {
                    let class = if end.how == PodEnding::Succeeded { Class::Succeeded } else { Class::Failed };
                    stretches.push((class, (end.mark.at, end.mark.at), top));
                }
            }
        }
        order::sort_by_key(&mut stretches, |(class, ..)| *class);
        for (class, (from, to), top) in stretches {
            let is_end = matches!(class, Class::Succeeded | Class::Failed);
            let (y, h) = match class {
                Class::Backoff | Class::Pending => (top + bar * 0.25, bar * 0.5),
                _ => (top, bar),
            };
            let x = self.share(from);
            let w = if is_end { 6.0 / self.frame.width } else { self.share(to) - x };
            self.shape(Kind::Rect, (x, w), (y, h), class);
        }
        for (n, row_of) in rows.iter().enumerate() {
            let bars = || row_of.bars.iter().map(|bar| &track.bars[*bar]);
            let (Some(first), Some(last)) = (bars().next(), bars().next_back()) else { continue };
            let place = (row * n as f64, row);
            let object = (last.telling_step(), ObjectKey::Pod(last.pod));
            let name = self.words.bar_name(last, track.outcome.limit);
            self.mark((first.created.at, last.last()), (0.0, 6.0), place, object, name);
        }
        self.end_lane(height);
    }

    /// Pods or indexes of a Job as cells at the moment of the picture, below what is alive over time.
    pub(super) fn crowd_of_pods(&mut self, track: &JobTrack) {
        let label = self.range(track);
        self.alive(track);
        let state = |state, number| (self.words.cells)(state, number);
        let summary = self.summary(&track.crowd, state);
        self.crowd(&track.crowd, label, summary);
    }

    /// Other cells than pods.
    pub(super) fn crowd_of_many(&mut self, many: Many) {
        let Some(crowd) = self.run.timeline.crowd(many) else { return };
        let words = self.words;
        let summary = self.summary(crowd, |state, number| words.many_in_state(many, state, number));
        self.crowd(crowd, ((words.many.what)(many).to_owned(), String::new()), summary);
    }

    /// From where to where they go.
    fn range(&self, track: &JobTrack) -> (String, String) {
        let first = usize::from(!track.lane.is_indexed);
        (self.frame.lang.picture().range)(track.lane.is_indexed, first, last_of(track))
    }

    /// How many are in which state.
    fn summary(&self, crowd: &Crowd, words: impl Fn(CellState, usize) -> String) -> Vec<(Class, String)> {
        let counts = crowd.counts(self.frame.at);
        let there = CellState::ALL.into_iter().filter(|state| counts[*state as usize] > 0);
        there.map(|state| (class_of(state), words(state, counts[state as usize] as usize))).collect()
    }

    fn crowd(&mut self, crowd: &Crowd, (name, rest): (String, String), summary: Vec<(Class, String)>) {
        let top = self.y;
        self.label(SUMMARY, name, rest);
        let mut left = 0.0;
        for (class, text) in summary {
            let class = if class == Class::Empty { Class::Second } else { class };
            let words = Words { class, text: &text, x: 0.0, dx: left, y: 18.0 };
            if !self.start(words, self.frame.width + BESIDE) {
                break;
            }
            left += super::labels::bold_width(&text) + 16.0;
        }
        self.end_lane(SUMMARY);
        if DetailLevel::of_rows(crowd.len()) == DetailLevel::Bands {
            let strip = crowd.merged(STRIP_CELLS);
            let states: Vec<CellState> = strip.states(0..strip.len(), self.frame.at).collect();
            let whole = STRIP_CELLS as f64;
            for band in crowd::bands(&states) {
                let (x, w) = (f64::from(band.from) / whole, f64::from(band.to + 1 - band.from) / whole);
                self.shape(Kind::Rect, (x, w), (0.0, STRIP - 8.0), class_of(band.state));
            }
            self.end_lane(STRIP + BELOW - 8.0);
            return self.picture.still.push((top, self.y - top));
        }
        let grid = Grid::of(crowd.len(), self.frame.width);
        let states: Vec<CellState> = crowd.states(0..crowd.len(), self.frame.at).collect();
        let column = 1.0 / grid.columns as f64;
        for (row, states) in states.chunks(grid.columns).enumerate() {
            for band in crowd::bands(states) {
                let count = band.to + 1 - band.from;
                let (x, w) = (f64::from(band.from) * column, f64::from(count) * column);
                let place = (row as f64 * grid.height, grid.height - grid.gap);
                self.shape(Kind::Cells, (x, w), place, class_of(band.state));
                self.with_text(count.to_string());
            }
        }
        let rows = crowd.len().div_ceil(grid.columns) as f64;
        self.end_lane(rows * grid.height + BELOW);
        self.picture.still.push((top, self.y - top));
    }

    /// Pods that are alive, over time: steps as high as they are many.
    fn alive(&mut self, track: &JobTrack) {
        let most = f64::from(track.lane.most_alive.max(1));
        let end = self.run.timeline.end;
        // Of steps that stand very close to each other the highest.
        let mut steps: Vec<(f64, u32)> = Vec::new();
        for counts in &track.lane.counts {
            let (x, alive) = (self.share(counts.mark.at), counts.active + counts.terminating);
            match steps.last_mut() {
                Some((last, highest)) if x - *last < 1.0 / ALIVE_STEPS as f64 && alive > 0 => {
                    *highest = (*highest).max(alive);
                }
                _ => steps.push((x, alive)),
            }
        }
        let last = track.lane.finished().map_or(end, |flag| flag.mark.at);
        let words = self.frame.lang.picture();
        self.label(ALIVE, words.alive, (words.most_alive)(track.lane.most_alive));
        for (n, (x, alive)) in steps.iter().enumerate() {
            let until = steps.get(n + 1).map_or(self.share(last), |(next, _)| *next);
            if *alive > 0 && until > *x {
                let height = (f64::from(*alive) / most * (ALIVE - 6.0)).max(1.5);
                self.shape(Kind::Rect, (*x, until - x), (ALIVE - 2.0 - height, height), Class::Alive);
            }
        }
        self.end_lane(ALIVE + BETWEEN);
    }
}

/// The number of the last of them.
fn last_of(track: &JobTrack) -> usize {
    let len = if track.crowd.is_empty() { track.rows.len() } else { track.crowd.len() };
    if track.lane.is_indexed { len.saturating_sub(1) } else { len }
}

/// Cells in rows: the more, the smaller. A multiple of ten in a row, so that a number can be found by counting.
struct Grid {
    columns: usize,
    height: f64,
    gap: f64,
}

impl Grid {
    fn of(count: usize, width: f64) -> Grid {
        let of_size = |(pitch, height, gap): (f64, f64, f64)| Grid {
            columns: ((width / pitch / 10.0) as usize * 10).max(10),
            height,
            gap,
        };
        let fits = |grid: &Grid| count.div_ceil(grid.columns) as f64 * grid.height <= GRID;
        let [larger @ .., smallest] = SIZES;
        larger.into_iter().map(of_size).find(fits).unwrap_or_else(|| of_size(smallest))
    }
}

fn class_of(state: CellState) -> Class {
    match state {
        CellState::NotStarted => Class::Empty,
        CellState::Succeeded => Class::Succeeded,
        CellState::Running => Class::Running,
        CellState::Pending => Class::Pending,
        CellState::Waiting => Class::Backoff,
        CellState::Terminating => Class::Terminating,
        CellState::Failed => Class::Failed,
    }
}
