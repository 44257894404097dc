//! Laying out piece by piece, so that the page stays responsive: what every step says, a bar per pod, a track per Job, the
//! stretches in which nothing happens. Where a piece ends changes nothing of what is laid out.

use super::axis::Axis;
use super::bars;
use super::crowd::{Crowd, Crowding};
use super::facts::Facts;
use super::idle::{self, Alive, IdleReason};
use super::many::Crowds;
use super::moments::{self, Moments};
use super::pods::Bar;
use super::repetition::{self, Fold};
use super::{DetailLevel, JobTrack, Timeline, container_rows, controller, cron, faults, job_lane, nodes, outcome};
use crate::api::{JobId, PodId};
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::time::Time;
use std::collections::VecDeque;

/// Makes a timeline. It is given the same recording and scenario at every call.
#[derive(Debug)]
pub struct Layout {
    facts: Facts,
    moments: Moments,
    /// How many steps have been noted.
    noted: usize,
    pods: VecDeque<PodId>,
    /// The bars of the Jobs that have no track yet.
    bars: Vec<Vec<Bar>>,
    jobs: VecDeque<JobId>,
    open: Option<(JobTrack, Part)>,
    tracks: Vec<JobTrack>,
    alive: Alive,
    /// The tracks of which `alive` knows, and the bars of the next one.
    counted: (usize, usize),
    end: Option<Time>,
    folds: Vec<Fold>,
}

/// What comes next for a track that has its lane.
#[derive(Debug)]
enum Part {
    Rows,
    Cells(Crowding),
    Counts(Crowd),
}

impl Layout {
    /// A layout with nothing done.
    pub fn new(recording: &Recording, scenario: &Scenario) -> Layout {
        Layout {
            facts: Facts::new(recording, scenario),
            moments: Moments::default(),
            noted: 0,
            pods: recording.pods().collect(),
            bars: recording.jobs().map(|_| Vec::new()).collect(),
            jobs: recording.jobs().collect(),
            open: None,
            tracks: Vec::new(),
            alive: Alive::default(),
            counted: (0, 0),
            end: None,
            folds: Vec::new(),
        }
    }

    /// Goes on by about as many steps, pods and rows as `work` says; returns the timeline once it is complete.
    pub fn advance(&mut self, recording: &Recording, scenario: &Scenario, work: usize) -> Option<Timeline> {
        let mut left = work.max(1);
        while left > 0 {
            let done = self.piece(recording, left);
            if done == 0 {
                return Some(self.complete(recording, scenario));
            }
            left = left.saturating_sub(done);
        }
        None
    }

    /// Does a piece of at most `room`, unless it cannot be divided; returns how much it was, 0 when none is left.
    fn piece(&mut self, recording: &Recording, room: usize) -> usize {
        let steps = recording.steps().len();
        if self.noted < steps {
            let until = steps.min(self.noted.saturating_add(room));
            let first = std::mem::replace(&mut self.noted, until);
            for number in first..until {
                self.facts.note(recording, number);
                self.moments.note(recording, number);
            }
            return until - first;
        }
        let Some(end) = self.end else {
            let end = moments::end(recording, &self.moments.all);
            self.folds = repetition::fold(recording, &mut self.moments.all, end);
            self.end = Some(end);
            return 1 + self.pods.len() / 8;
        };
        if !self.pods.is_empty() {
            let count = self.pods.len().min(room);
            for pod in self.pods.drain(..count) {
                if let Some(bar) = bars::bar(recording, &self.facts, pod, end) {
                    let bars = &mut self.bars[bar.job.0 as usize - 1];
                    if bars.is_empty() {
                        // Most of very many Jobs have one pod; a list that grows reserves room for four.
                        bars.reserve_exact(1);
                    }
                    bars.push(bar);
                }
            }
            return count;
        }
        if let Some((track, part)) = self.open.take() {
            return self.continue_track(track, part, room);
        }
        if let Some(job) = self.jobs.pop_front() {
            let bars = std::mem::take(&mut self.bars[job.0 as usize - 1]);
            let size = 1 + bars.len();
            let track = track(recording, &self.facts, job, bars, end);
            self.open = track.map(|track| (track, Part::Rows));
            return size;
        }
        self.count_alive(room)
    }

    fn continue_track(&mut self, mut track: JobTrack, part: Part, room: usize) -> usize {
        let size = 1 + track.bars.len();
        match part {
            Part::Rows => {
                track.rows = bars::rows(track.lane.is_indexed, &track.bars, &track.backoffs);
                // A few pods without indexes are never drawn as cells, and there may be very many such Jobs.
                if !track.lane.is_indexed && track.rows.len() <= DetailLevel::MOST_THIN {
                    self.close_track(track);
                    return size;
                }
                let crowding = Crowding::new(&track);
                self.open = Some((track, Part::Cells(crowding)));
                size
            }
            Part::Cells(mut crowding) => {
                let done = crowding.advance(&track, room);
                let part = if done < room { Part::Counts(crowding.cells()) } else { Part::Cells(crowding) };
                self.open = Some((track, part));
                1 + done
            }
            Part::Counts(crowd) => {
                track.crowd = crowd.counted();
                self.close_track(track);
                size
            }
        }
    }

    fn close_track(&mut self, mut track: JobTrack) {
        track.find_level();
        track.fit();
        self.facts.forget(track.job);
        self.tracks.push(track);
    }

    /// Counts what is alive at each moment.
    fn count_alive(&mut self, room: usize) -> usize {
        let (track, first) = self.counted;
        let Some(bars) = self.tracks.get(track).map(|track| &track.bars) else { return 0 };
        let until = bars.len().min(first.saturating_add(room));
        self.alive.note(&bars[first..until], &self.moments.all);
        self.counted = if until == bars.len() { (track + 1, 0) } else { (track, until) };
        1 + until - first
    }

    fn complete(&mut self, recording: &Recording, scenario: &Scenario) -> Timeline {
        let end = self.end.unwrap_or(Time::ZERO);
        let (mut jobs, moments) = (std::mem::take(&mut self.tracks), std::mem::take(&mut self.moments.all));
        container_rows::make_room(&mut jobs);
        let idle = idle::spans(recording, &jobs, &self.alive, &moments, &self.folds, end);
        let folded: Vec<_> = self.folds.iter().map(|fold| fold.idle(None)).collect();
        let lanes = recording.cron_jobs().filter_map(|id| cron::lane((recording, scenario), &self.facts, id, end));
        let cron_jobs: Vec<_> = lanes.collect();
        let faults = faults::of(scenario, &self.facts);
        Timeline {
            axis: Axis::collapsed(end, &idle),
            true_scale: if folded.is_empty() { Axis::true_scale(end) } else { Axis::collapsed(end, &folded) },
            crowds: Crowds::of(&jobs, &cron_jobs, &faults).into(),
            faults,
            cron_jobs: cron_jobs.into(),
            nodes: nodes::lanes(recording, &self.facts, &jobs, end).into(),
            jobs: jobs.into(),
            moments: moments.into(),
            end,
            is_endless: idle.last().is_some_and(|last| last.reason == IdleReason::Endless),
        }
    }
}

/// The track of a Job, without its rows and cells.
fn track(recording: &Recording, facts: &Facts, job: JobId, bars: Vec<Bar>, end: Time) -> Option<JobTrack> {
    let lane = job_lane::of(recording, facts, job, &bars, end)?;
    Some(JobTrack {
        job,
        name: lane.name.clone(),
        syncs: controller::syncs(recording, facts, job),
        rows: Vec::new(),
        backoffs: facts.backoffs(job, lane.last_instant(end)),
        crowd: Crowd::default(),
        level: DetailLevel::Rows,
        has_container_rows: false,
        outcome: outcome::of(&lane, &bars),
        lane,
        bars,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;

    #[test]
    fn where_a_piece_ends_changes_nothing() {
        let text = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  schedule: \"* * * * *\"\n  jobTemplate:\n    \
                    spec:\n      completions: 20\n      parallelism: 7\n      completionMode: Indexed\n      template: {spec: \
                    {restartPolicy: Never, containers: [{name: m, image: b}]}}\n---\napiVersion: job-playground/v1\nkind: \
                    Scenario\nspec:\n  kubernetes: \"1.36\"\n  behaviors: [{pods: [3, 9], exit: 1}]\n  inputs: [{at: 3s, evict: \
                    {pod: 2}}]\n";
        let scenario = read(text).scenario;
        let recording = Recording::of(&scenario);
        let whole = Timeline::of(&recording, &scenario);
        assert!(whole.jobs.len() > 3);
        for work in [1, 2, 7, 100] {
            let mut layout = Layout::new(&recording, &scenario);
            let mut pieces = 1;
            let timeline = loop {
                match layout.advance(&recording, &scenario, work) {
                    Some(timeline) => break timeline,
                    None => pieces += 1,
                }
            };
            assert_eq!(timeline, whole, "in pieces of {work}");
            assert!(work > 7 || pieces > 20, "{pieces} pieces of {work}");
        }
    }
}
