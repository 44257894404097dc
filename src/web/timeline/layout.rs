//! Where things stand on the sheet: rows in pixels, times as shares of the track, and how much room words take.

use super::cell_grid::CellGrid;
use super::crowd_of::{CrowdOf, crowd_of, detail};
use crate::api::PodId;
pub(super) use crate::picture::labels::{Labels, text_width};
use crate::time::Time;
use crate::timeline::faults::Fault;
use crate::timeline::many::Many;
use crate::timeline::nodes::{NodeLane, Part, PodRow, RowsBy};
use crate::timeline::pods::{Row, RowOf};
use crate::timeline::sorted::{RowOrder, RowOutcome};
use crate::timeline::{DetailLevel, JobTrack, Timeline};
use std::borrow::Cow;

/// Heights in CSS pixels, as the style sheet has them.
pub(super) const AXIS: f64 = 38.0;
pub(super) const CLUSTER: f64 = 32.0;
pub(super) const FAULT_TRACK: f64 = 30.0;
pub(super) const CRON: f64 = 34.0;
pub(super) const JOB: f64 = 58.0;
pub(super) const CONTROLLER: f64 = 32.0;
pub(super) const GROUP: f64 = 26.0;
pub(super) const ROW: f64 = 38.0;
/// A container below its pod.
pub(super) const CONTAINER: f64 = 20.0;
/// What stands over the pods of a node, without and with a line of words.
const NODE: f64 = 30.0;
const TOLD_NODE: f64 = 46.0;
pub(super) const THIN_ROW: f64 = 8.0;
pub(super) const CAP: f64 = 20.0;
/// So far words may stand beside the track, at its right.
pub(super) const BESIDE: f64 = 18.0;
/// The line of sets above the strip of bands.
const SETS: f64 = 22.0;
/// The strip of bands.
pub(super) const BAND: f64 = 34.0;

/// A share of the track in CSS.
pub(super) fn percent(share: f64) -> String {
    format!("{:.3}%", share * 100.0)
}

/// Moves an element by a share of the track (class `playhead`, `veil`): on a layer of its own, so that nothing else is
/// laid out or painted for it.
pub(super) fn moved(share: f64) -> String {
    format!("--at:{share:.5}")
}

/// A lane of the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lane {
    pub(super) top: f64,
    pub(super) height: f64,
    pub(super) kind: LaneKind,
}

/// What a lane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LaneKind {
    /// The inputs.
    Cluster,
    /// The CronJob with this position.
    Cron(usize),
    /// The Job of the track with this position.
    Job(usize),
    /// Its controllers.
    Controller(usize),
    /// Rows of it that end alike, and how many they are, above them.
    Group(usize, RowOutcome, usize),
    /// A row of it.
    Row(usize, RowIs),
    /// The container with this position of a row.
    Container(usize, RowIs, usize),
    /// What stands over the pods that no node has taken.
    NoNode,
    /// The node with this position.
    Node(usize),
    /// Too many to have a lane or a mark each.
    Crowd(CrowdOf),
}

/// Of what a row of pods is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowIs {
    /// The row of the track with this position.
    Of(usize),
    /// The pod of the bar with this position, or a part of it.
    Pod(usize, Part),
}

impl RowIs {
    /// Which part of its pods it shows.
    pub(super) fn part(self) -> Part {
        match self {
            RowIs::Of(_) => Part::Whole,
            RowIs::Pod(_, part) => part,
        }
    }
}

/// The bars and back-offs of a row.
pub(super) fn row_of(track: &JobTrack, row: RowIs) -> Cow<'_, Row> {
    match row {
        RowIs::Of(row) => Cow::Borrowed(&track.rows[row]),
        RowIs::Pod(bar, part) => {
            let pod = track.bars[bar].pod;
            let ended_by_it = |backoff: &usize| track.backoffs[*backoff].pods.contains(&pod);
            let backoffs = (0..track.backoffs.len()).filter(ended_by_it).filter(|_| part != Part::OnNode).collect();
            Cow::Owned(Row { of: RowOf::Pod(pod), bars: vec![bar], backoffs })
        }
    }
}

/// Which of many have their lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Open {
    /// Positions of a Job's track and of a CronJob.
    pub(super) job: Option<usize>,
    pub(super) cron_job: Option<usize>,
    /// Of many pods or indexes the selected one has a row: the positions of the track and of the row.
    pub(super) row: Option<(usize, usize)>,
}

/// A row with more attempts than this is not opened.
const OPEN_ATTEMPTS: usize = 200;

/// The row of a pod that has only a cell or a thin row.
pub(super) fn open_row(timeline: &Timeline, pod: PodId) -> Option<(usize, usize)> {
    let job = timeline.track_of(pod)?.job;
    let n = timeline.jobs.binary_search_by_key(&job, |track| track.job).ok()?;
    let track = &timeline.jobs[n];
    let row = track.row(track.row_of(pod)?)?;
    let is_short = track.rows[row].bars.len() + track.rows[row].backoffs.len() <= OPEN_ATTEMPTS;
    (track.detail() != DetailLevel::Rows && is_short).then_some((n, row))
}

/// The lanes from top to bottom, below the axis. Of many Jobs or CronJobs only the open one has lanes.
pub(super) fn lanes(
    timeline: &Timeline,
    (order, by): (RowOrder, RowsBy),
    faults: &FaultTracks,
    open: Open,
    width: f64,
) -> Vec<Lane> {
    let by_node = is_by_node(timeline, by);
    let rows_by_node = if by_node { timeline.rows_by_node(order) } else { None };
    let mut lanes = Vec::new();
    let mut top = AXIS;
    let mut push = |kind, height| {
        lanes.push(Lane { top, height, kind });
        top += height;
    };
    push(LaneKind::Cluster, CLUSTER + FAULT_TRACK * faults.of(None).saturating_sub(1) as f64);
    let crowd = |of| (LaneKind::Crowd(of), crowd_height(timeline, of, width));
    let many = |many| timeline.crowd(many).map(|_| crowd(CrowdOf::Many(many)));
    for (kind, height) in [many(Many::Inputs), many(Many::CronJobs)].into_iter().flatten() {
        push(kind, height);
    }
    for position in 0..timeline.cron_jobs.len() {
        if timeline.crowds.cron_jobs.is_some() && open.cron_job != Some(position) {
            continue;
        }
        push(LaneKind::Cron(position), CRON);
        if let Some((kind, height)) = many(Many::Ticks(position)) {
            push(kind, height);
        }
    }
    if let Some((kind, height)) = many(Many::Jobs) {
        push(kind, height);
    }
    let of_many = timeline.crowds.jobs.is_some();
    let shown = if of_many { open.job.map_or(0..0, |job| job..job + 1) } else { 0..timeline.jobs.len() };
    for position in shown {
        push(LaneKind::Job(position), JOB);
        push(LaneKind::Controller(position), CONTROLLER);
        let track = &timeline.jobs[position];
        match track.detail() {
            DetailLevel::Rows if rows_by_node.is_some() => {}
            DetailLevel::Rows => {
                let in_groups = order == RowOrder::Outcome;
                let outcome = |row: &usize| track.outcome_of(*row);
                for group in track.sorted_rows(order).chunk_by(|one, other| outcome(one) == outcome(other)) {
                    if in_groups {
                        push(LaneKind::Group(position, outcome(&group[0]), group.len()), GROUP);
                    }
                    for row in group {
                        let containers = track.containers_of(&track.rows[*row]).len();
                        push_row(&mut push, position, RowIs::Of(*row), containers);
                    }
                }
            }
            DetailLevel::Thin | DetailLevel::Cells | DetailLevel::Bands => {
                let (kind, height) = crowd(CrowdOf::Pods(position));
                push(kind, height);
                if let Some((n, row)) = open.row.filter(|(n, _)| *n == position) {
                    let containers = track.all_containers_of(&track.rows[row]).len();
                    push_row(&mut push, n, RowIs::Of(row), containers);
                }
            }
        }
    }
    if by_node {
        let rows = rows_by_node.unwrap_or_default();
        let push_pods = |rows: &[PodRow], push: &mut dyn FnMut(LaneKind, f64)| {
            for PodRow { track, bar, part } in rows {
                let row = RowIs::Pod(*bar, *part);
                let jobs = &timeline.jobs[*track];
                // Containers come to a pod with its node.
                let has_containers = *part != Part::WithoutNode;
                let containers = if has_containers { jobs.containers_of(&row_of(jobs, row)).len() } else { 0 };
                push_row(push, *track, row, containers);
            }
        };
        if !rows.without.is_empty() {
            push(LaneKind::NoNode, GROUP);
            push_pods(&rows.without, &mut push);
        }
        for (position, node) in timeline.nodes.iter().enumerate() {
            let height = if has_words(node) { TOLD_NODE } else { NODE };
            push(LaneKind::Node(position), height + faults.over_node(position));
            push_pods(rows.on.get(position).map_or(&[], Vec::as_slice), &mut push);
        }
    }
    lanes
}

/// Whether the rows do stand by node.
pub(super) fn is_by_node(timeline: &Timeline, by: RowsBy) -> bool {
    by == RowsBy::Node && timeline.has_rows_by_node()
}

/// A row of pods and, below it, those of its containers.
fn push_row(push: &mut dyn FnMut(LaneKind, f64), track: usize, row: RowIs, containers: usize) {
    push(LaneKind::Row(track, row), ROW);
    for container in 0..containers {
        let is_last = container + 1 == containers;
        push(LaneKind::Container(track, row, container), CONTAINER + if is_last { 6.0 } else { 0.0 });
    }
}

/// Whether there is something to say over the strip of a node.
pub(super) fn has_words(node: &NodeLane) -> bool {
    !(node.closed.is_empty() && node.taints.is_empty() && node.lost.is_empty() && node.not_ready.is_empty())
}

/// Whether a lane is the row of a pod.
pub(super) fn is_row_of(timeline: &Timeline, lane: LaneKind, pod: PodId) -> bool {
    let LaneKind::Row(n, row) = lane else { return false };
    let bars = &timeline.jobs[n].bars;
    match row {
        RowIs::Of(row) => timeline.jobs[n].rows[row].bars.iter().any(|bar| bars[*bar].pod == pod),
        // Faults, threads and menus go to the node of a pod, if it ever has one.
        RowIs::Pod(bar, part) => part != Part::WithoutNode && bars[bar].pod == pod,
    }
}

/// With the line above the cells, and the strip above those.
fn crowd_height(timeline: &Timeline, of: CrowdOf, width: f64) -> f64 {
    match (detail(timeline, of), of) {
        (DetailLevel::Rows | DetailLevel::Thin, CrowdOf::Pods(track)) => {
            THIN_ROW * timeline.jobs[track].rows.len() as f64 + 12.0
        }
        (DetailLevel::Bands, _) => {
            let has_sets = matches!(of, CrowdOf::Pods(track) if timeline.jobs[track].lane.is_indexed);
            let sets = if has_sets { SETS } else { 0.0 };
            44.0 + sets + BAND + 46.0 + CellGrid::page_height() + 12.0
        }
        _ => 44.0 + CellGrid::of(crowd_of(timeline, of).len(), width).tall() + 12.0,
    }
}

/// Where a fault stands: on the node that it is about, where nodes have lanes, else on the lane of the cluster; and in
/// which track of it.
pub(super) type FaultPlace = (Option<usize>, usize);

/// How many tracks of faults the lane of the cluster and those of nodes have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FaultTracks(Vec<(Option<usize>, usize)>);

impl FaultTracks {
    /// Of one lane.
    fn of(&self, lane: Option<usize>) -> usize {
        self.0.iter().find(|(place, _)| *place == lane).map_or(0, |(_, tracks)| *tracks)
    }

    /// How far the strip of a node is moved down by the faults over it.
    pub(super) fn over_node(&self, node: usize) -> f64 {
        FAULT_TRACK * self.of(Some(node)) as f64
    }
}

/// Where each fault stands, so that boxes do not lie on each other. Those that are not shown take no room.
pub(super) fn fault_places(
    timeline: &Timeline,
    faults: &[(usize, &Fault, String)],
    by_node: bool,
    width: f64,
) -> (Vec<FaultPlace>, FaultTracks) {
    let mut ends: Vec<(Option<usize>, Vec<f64>)> = Vec::new();
    let places = faults.iter().map(|(_, fault, words)| {
        let name = fault.action.node().filter(|_| by_node);
        let lane = name.and_then(|name| timeline.nodes.iter().position(|node| node.name == *name));
        let (left, right) = fault_box(timeline.axis.x(fault.at) * width, words);
        if right < 0.0 || width < left {
            return (lane, 0);
        }
        let position = ends.iter().position(|(place, _)| *place == lane).unwrap_or_else(|| {
            ends.push((lane, Vec::new()));
            ends.len() - 1
        });
        let ends = &mut ends[position].1;
        let track = ends.iter().position(|end| *end + 6.0 <= left).unwrap_or(ends.len());
        match ends.get_mut(track) {
            Some(end) => *end = right,
            None => ends.push(right),
        }
        (lane, track)
    });
    let places: Vec<FaultPlace> = places.collect();
    (places, FaultTracks(ends.into_iter().map(|(place, ends)| (place, ends.len())).collect()))
}

/// The top of a fault's box.
pub(super) fn fault_top(lanes: &[Lane], (node, track): FaultPlace) -> f64 {
    let lane = node.and_then(|node| lanes.iter().find(|lane| lane.kind == LaneKind::Node(node)));
    lane.map_or(AXIS, |lane| lane.top) + 3.0 + FAULT_TRACK * track as f64
}

/// Left and right edge of a fault's box: left of its time where there is room, else right of it.
pub(super) fn fault_box(x: f64, words: &str) -> (f64, f64) {
    let width = text_width(words) * 13.0 / 12.0 + 32.0;
    if x >= width - 8.0 { (x - width, x) } else { (x, x + width) }
}

/// A moment for a place that was pressed: the nearest moment within a few pixels, else a round time.
pub(super) fn time_at(timeline: &Timeline, share: f64, width: f64) -> Time {
    let axis = &timeline.axis;
    let at = axis.time(share.clamp(0.0, 1.0));
    let near = |other: &Time| ((axis.x(*other) - share) * width).abs();
    let next = timeline.moments.partition_point(|moment| moment.at < at);
    let neighbours = timeline.moments[next.saturating_sub(1)..].iter().take(2).map(|moment| moment.at);
    let nearest = neighbours.min_by(|a, b| near(a).total_cmp(&near(b)));
    if let Some(nearest) = nearest.filter(|nearest| near(nearest) <= 4.0) {
        return nearest;
    }
    rounded(timeline, at, width)
}

/// The time cut to what a pixel can tell: tenths, seconds, minutes.
pub(super) fn rounded(timeline: &Timeline, at: Time, width: f64) -> Time {
    let here = timeline.axis.x(at);
    let pixel = (timeline.axis.time(here + 1.0 / width.max(1.0)) - at).millis();
    let step = [1, 10, 100, 500, 1000, 5000, 60_000].into_iter().find(|step| *step >= pixel).unwrap_or(60_000);
    Time::from_millis((at.millis() + step / 2).div_euclid(step) * step)
}
