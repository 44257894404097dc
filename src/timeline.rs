//! Layout: what a recording looks like as lanes, bars, marks and waits along one axis. It knows times and numbers, but
//! no pixels (widths are shares of the axis), no words and no browser. Cost is linear in the steps of the recording.

pub mod axis;
mod bars;
pub mod characters;
pub mod container_rows;
pub mod controller;
pub mod cron;
pub mod crowd;
pub mod depth;
mod facts;
pub mod faults;
mod find;
pub mod idle;
pub mod instruments;
pub mod job_lane;
mod layout;
pub mod many;
pub mod moments;
pub mod node_faults;
pub mod nodes;
pub mod outcome;
pub mod pods;
pub mod possible;
mod repetition;
pub mod sorted;
pub mod stepping;
pub mod story;
pub mod thread;
pub mod trace_events;
pub mod waiting;
pub mod window;

use crate::api::{JobId, Name, ObjectKey, PodId};
use crate::cluster::reason::StepId;
use crate::limits::ROW_MARKS;
use crate::recording::{Recording, cut_back};
use crate::scenario::Scenario;
use crate::time::Time;
use axis::Axis;
use controller::SyncMark;
use cron::CronLane;
use crowd::Crowd;
use faults::Fault;
use job_lane::JobLane;
pub use layout::Layout;
use many::Crowds;
use moments::Moment;
use nodes::NodeLane;
use outcome::Outcome;
use pods::{Backoff, Bar, Row};
use std::rc::Rc;

/// An instant at which something changed, and the step that did it: what a press on a mark selects.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub at: Time,
    pub step: StepId,
}

/// How much of each pod can be shown: names go first, then patterns, then single pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DetailLevel {
    /// A full row per pod or index.
    Rows,
    /// More than 60: thin rows without names.
    Thin,
    /// More than 300: one cell per pod or index, at the playhead.
    Cells,
    /// More than 10,000: bands of equal neighbours, at the playhead.
    Bands,
}

impl DetailLevel {
    /// So many rows are drawn as thin ones; more are cells.
    const MOST_THIN: usize = 300;

    /// The level for so many rows.
    pub fn of_rows(rows: usize) -> DetailLevel {
        match rows {
            0..=60 => DetailLevel::Rows,
            61..=DetailLevel::MOST_THIN => DetailLevel::Thin,
            301..=10_000 => DetailLevel::Cells,
            _ => DetailLevel::Bands,
        }
    }
}

/// Everything that is shown of one Job.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct JobTrack {
    pub job: JobId,
    pub name: Name,
    /// Its status as a lane.
    pub lane: JobLane,
    /// What the controllers did for it, a dot each.
    pub syncs: Vec<SyncMark>,
    /// Its pods by pod or, for an Indexed Job, by index.
    pub rows: Vec<Row>,
    /// Its pods in creation order.
    pub bars: Vec<Bar>,
    /// When creation was held back; [`Row::backoffs`] points into this.
    pub backoffs: Vec<Backoff>,
    /// Its pods or indexes as cells; none for pods without indexes that are not so many.
    pub crowd: Crowd,
    level: DetailLevel,
    /// Whether the containers of pods that have several have rows of their own.
    has_container_rows: bool,
    pub outcome: Outcome,
}

impl JobTrack {
    /// How much of each pod can be shown.
    pub fn detail(&self) -> DetailLevel {
        self.level
    }

    /// How many marks its rows have.
    fn row_marks(&self) -> usize {
        match self.level {
            DetailLevel::Rows => {
                self.backoffs.len() + self.bars.iter().map(|bar| 1 + bar.restarts.len()).sum::<usize>()
            }
            DetailLevel::Thin | DetailLevel::Cells | DetailLevel::Bands => 0,
        }
    }

    /// Gives back the memory that its lists have reserved: there may be 150,000 tracks of one pod each.
    fn fit(&mut self) {
        let lane = &mut self.lane;
        lane.stretches.shrink_to_fit();
        lane.counts.shrink_to_fit();
        lane.flags.shrink_to_fit();
        self.syncs.shrink_to_fit();
        self.rows.shrink_to_fit();
        self.bars.shrink_to_fit();
        self.rows.iter_mut().for_each(|row| row.bars.shrink_to_fit());
        self.bars.iter_mut().for_each(|bar| bar.segments.shrink_to_fit());
    }

    /// Decides [`JobTrack::detail`], and whether there is room for the rows of containers.
    fn find_level(&mut self) {
        let marks = self.row_marks();
        self.level = match DetailLevel::of_rows(self.rows.len()) {
            DetailLevel::Rows if marks > ROW_MARKS => DetailLevel::Thin,
            few @ (DetailLevel::Rows | DetailLevel::Thin) => few,
            // An index without a pod has a cell, too.
            DetailLevel::Cells | DetailLevel::Bands => DetailLevel::of_rows(self.crowd.len()),
        };
        // They are the first to go.
        self.has_container_rows = self.level == DetailLevel::Rows
            && DetailLevel::of_rows(self.rows.len() + self.container_count()) == DetailLevel::Rows
            && marks + self.container_marks() <= ROW_MARKS;
    }

    /// The bar of a pod of this Job.
    pub fn bar(&self, pod: PodId) -> Option<&Bar> {
        let position = self.bars.binary_search_by_key(&pod, |bar| bar.pod).ok()?;
        self.bars.get(position)
    }
}

/// The picture of a recording, before it has a size or a language.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Idle time collapsed.
    pub axis: Axis,
    /// Everything to scale, but for what only repeats itself.
    pub true_scale: Axis,
    /// The inputs of the text.
    pub faults: Vec<Fault>,
    /// A lane per CronJob.
    pub cron_jobs: Rc<[CronLane]>,
    /// A group of lanes per Job, in creation order.
    pub jobs: Rc<[JobTrack]>,
    /// A lane per node, in a text that is about nodes.
    pub nodes: Rc<[NodeLane]>,
    /// Cells in place of lanes and marks, where there are too many.
    pub crowds: Rc<Crowds>,
    /// The instants at which something was written, in order; the keys `.` and `,` step through them.
    pub moments: Rc<[Moment]>,
    /// The last instant that is shown.
    pub end: Time,
    /// Whether it goes on for ever as it does at its end.
    pub is_endless: bool,
}

impl Timeline {
    /// Lays out a recording; the inputs of the scenario become the faults of the cluster lane.
    pub fn of(recording: &Recording, scenario: &Scenario) -> Timeline {
        let mut layout = Layout::new(recording, scenario);
        loop {
            if let Some(timeline) = layout.advance(recording, scenario, usize::MAX) {
                return timeline;
            }
        }
    }

    /// The axis of the whole run: to scale, or with waits collapsed.
    pub fn whole_axis(&self, to_scale: bool) -> &Axis {
        if to_scale { &self.true_scale } else { &self.axis }
    }

    /// Gives back what its last pieces take, so many of each list and of so many Jobs; returns whether there is more. Only
    /// of a timeline that nobody needs any more.
    pub fn give_back(&mut self, count: usize) -> bool {
        // The same timeline on another axis may hold them, too: then they are its own to free.
        let Some(tracks) = Rc::get_mut(&mut self.jobs) else { return false };
        let is_full =
            |track: &&mut JobTrack| !(track.bars.is_empty() && track.rows.is_empty() && track.syncs.is_empty());
        let mut seen = 0;
        for track in tracks.iter_mut().rev().filter(is_full) {
            seen += 1;
            let is_left =
                [cut_back(&mut track.bars, count), cut_back(&mut track.rows, count), cut_back(&mut track.syncs, count)];
            if is_left.contains(&true) || seen == count {
                return true;
            }
        }
        false
    }

    /// The same timeline on another axis.
    pub fn with_axis(&self, axis: Axis) -> Timeline {
        Timeline { axis, ..self.clone() }
    }

    /// The track of a Job.
    pub fn track(&self, job: JobId) -> Option<&JobTrack> {
        let position = self.jobs.binary_search_by_key(&job, |track| track.job).ok()?;
        self.jobs.get(position)
    }

    /// The track that a pod is in.
    pub fn track_of(&self, pod: PodId) -> Option<&JobTrack> {
        // Jobs create their pods in turn, so that it has to be looked for.
        self.jobs.iter().find(|track| track.bar(pod).is_some())
    }

    /// The bar of a pod.
    pub fn bar(&self, pod: PodId) -> Option<&Bar> {
        self.track_of(pod)?.bar(pod)
    }

    /// From when to when something happens to an object.
    pub fn stretch(&self, object: ObjectKey) -> Option<(Time, Time)> {
        match object {
            ObjectKey::Pod(pod) => self.bar(pod).map(|bar| (bar.created.at, bar.last())),
            ObjectKey::Job(job) => self.track(job).map(|track| {
                let lane = &track.lane;
                let over = lane.finished().map(|flag| flag.mark.at).or(lane.deleted.map(|(mark, _)| mark.at));
                (lane.created.at, over.unwrap_or(self.end))
            }),
            ObjectKey::CronJob(id) => {
                let lane = self.cron_jobs.iter().find(|lane| lane.cron_job == id)?;
                Some((lane.created.at, lane.until))
            }
            ObjectKey::Node(_) => None,
        }
    }

    /// The Job that the outcome and the instruments are about: the one an object belongs to, else the newest one that
    /// is there at the playhead, else the first.
    pub fn subject(&self, object: Option<ObjectKey>, playhead: Time) -> Option<&JobTrack> {
        let selected = match object {
            Some(ObjectKey::Job(job)) => self.track(job),
            Some(ObjectKey::Pod(pod)) => self.track_of(pod),
            Some(ObjectKey::CronJob(_) | ObjectKey::Node(_)) | None => None,
        };
        // Jobs are in the order of their creation.
        let newest = || {
            let created = self.jobs.partition_point(|track| track.lane.created.at <= playhead);
            self.jobs[..created].last()
        };
        let first = || self.jobs.first();
        // The Jobs of one text are created together; then the first is the subject.
        let together = self.jobs.iter().all(|track| track.lane.created.at == Time::ZERO);
        selected.or_else(|| if together { first() } else { newest() }).or_else(first)
    }
}
