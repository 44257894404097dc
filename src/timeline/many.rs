//! Many Jobs, CronJobs, scheduled times or inputs: cells as pods have (`super::crowd`), and one of them open.

use super::cron::{CronLane, Fate};
use super::crowd::{CellState, Crowd};
use super::faults::Fault;
use super::job_lane::StretchKind;
use super::{DetailLevel, JobTrack, Mark, Timeline};
use crate::api::{ConditionType, ObjectKey};
use crate::limits::{CRON_LANES, INPUT_BOXES, LANE_MARKS, LANES, TICKS};
use crate::order;
use crate::time::Time;

/// What there is many of, besides pods.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    Jobs,
    CronJobs,
    /// The scheduled times of the CronJob with this position.
    Ticks(usize),
    Inputs,
}

/// Cells in place of lanes and marks, where there are too many of those; else `None`.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crowds {
    /// A cell per Job: as lanes, they and their pods would be more than [`LANES`], or have more than [`LANE_MARKS`].
    pub jobs: Option<Crowd>,
    /// A cell per CronJob, if there are more than [`CRON_LANES`].
    pub cron_jobs: Option<Crowd>,
    /// By CronJob: a cell per scheduled time, if it has more than [`TICKS`].
    pub ticks: Vec<Option<Crowd>>,
    /// A cell per input, if there are more than [`INPUT_BOXES`].
    pub inputs: Option<Crowd>,
}

impl Crowds {
    pub(super) fn of(jobs: &[JobTrack], cron_jobs: &[CronLane], faults: &[Fault]) -> Crowds {
        let lanes_of = |track: &JobTrack| match track.detail() {
            DetailLevel::Rows => 2 + track.rows.len(),
            DetailLevel::Thin | DetailLevel::Cells | DetailLevel::Bands => 3,
        };
        let marks_of = |track: &JobTrack| track.lane.flags.len() + track.syncs.len() + track.row_marks();
        let sum = |of: &dyn Fn(&JobTrack) -> usize| jobs.iter().map(of).sum::<usize>();
        let are_many = jobs.len() > 1 && (sum(&lanes_of) > LANES || sum(&marks_of) > LANE_MARKS);
        // What all lanes have room for is shared out among them.
        let ticks: usize = cron_jobs.iter().map(|lane| lane.ticks.len()).sum();
        let room = if ticks > 2 * TICKS { 2 * TICKS / cron_jobs.len() } else { TICKS }.min(TICKS);
        Crowds {
            jobs: are_many.then(|| Crowd::of_cells(jobs.iter().map(states_of_job))),
            cron_jobs: (cron_jobs.len() > CRON_LANES)
                .then(|| Crowd::of_cells(cron_jobs.iter().map(|lane| states_of_cron_job(lane, jobs)))),
            ticks: cron_jobs
                .iter()
                .map(|lane| {
                    let states = lane.ticks.iter().map(|tick| vec![(tick.mark.at, state_of(tick.fate))]);
                    (lane.ticks.len() > room).then(|| Crowd::of_cells(states))
                })
                .collect(),
            inputs: (faults.len() > INPUT_BOXES).then(|| Crowd::of_cells(faults.iter().map(states_of_input))),
        }
    }
}

fn states_of_job(track: &JobTrack) -> Vec<(Time, CellState)> {
    let lane = &track.lane;
    let mut states: Vec<(Time, CellState)> = Vec::new();
    for stretch in &lane.stretches {
        let state = match stretch.kind {
            StretchKind::Active => CellState::Running,
            StretchKind::Suspended => CellState::Waiting,
            StretchKind::Finishing => CellState::Terminating,
            StretchKind::Finished => match lane.finished().map(|flag| flag.condition) {
                Some(ConditionType::Failed) => CellState::Failed,
                _ => CellState::Succeeded,
            },
        };
        states.push((stretch.from, state));
    }
    // What was over before it was deleted stays what it was.
    if let Some((mark, _)) = lane.deleted
        && lane.finished().is_none()
    {
        states.push((mark.at, CellState::Pending));
    }
    states
}

impl JobTrack {
    /// The state that a Job among many has at a time.
    pub fn state_at(&self, at: Time) -> CellState {
        let states = states_of_job(self);
        states.iter().rfind(|(since, _)| *since <= at).map_or(CellState::NotStarted, |(_, state)| *state)
    }
}

/// Between its runs it waits; the last scheduled time that was missed or held back shows until the next one.
fn states_of_cron_job(lane: &CronLane, jobs: &[JobTrack]) -> Vec<(Time, CellState)> {
    // When a run begins (1) or ends (-1), or what else became of a scheduled time.
    let mut changes: Vec<(Time, i32, Option<CellState>)> = vec![(lane.created.at, 0, Some(CellState::Waiting))];
    for tick in &lane.ticks {
        let Fate::Started { job, .. } = tick.fate else {
            changes.push((tick.mark.at, 0, Some(CellState::Failed)));
            continue;
        };
        changes.push((tick.mark.at, 1, Some(CellState::Waiting)));
        if let Ok(position) = jobs.binary_search_by_key(&job, |track| track.job) {
            let lane = &jobs[position].lane;
            let gone = lane.deleted.map(|(mark, _)| mark.at);
            let over = lane.finished().map(|flag| flag.mark.at).or(gone);
            changes.extend(over.map(|at| (at, -1, None)));
        }
    }
    order::sort_by_key(&mut changes, |(at, ..)| *at);
    let (mut active, mut idle) = (0, CellState::Waiting);
    let mut states = Vec::with_capacity(changes.len());
    for (at, delta, became) in changes {
        active += delta;
        idle = became.unwrap_or(idle);
        states.push((at, if active > 0 { CellState::Running } else { idle }));
    }
    states
}

fn states_of_input(fault: &Fault) -> Vec<(Time, CellState)> {
    let state = match fault {
        Fault { disabled: true, .. } => CellState::Pending,
        Fault { no_effect: None, refused: None, mark: Some(_), .. } => CellState::Succeeded,
        _ => CellState::Failed,
    };
    vec![(fault.at, state)]
}

fn state_of(fate: Fate) -> CellState {
    match fate {
        Fate::Started { .. } => CellState::Succeeded,
        Fate::Forbidden => CellState::Waiting,
        Fate::Missed => CellState::Failed,
    }
}

impl Timeline {
    /// The cells of many.
    pub fn crowd(&self, many: Many) -> Option<&Crowd> {
        match many {
            Many::Jobs => self.crowds.jobs.as_ref(),
            Many::CronJobs => self.crowds.cron_jobs.as_ref(),
            Many::Ticks(lane) => self.crowds.ticks.get(lane)?.as_ref(),
            Many::Inputs => self.crowds.inputs.as_ref(),
        }
    }

    /// The CronJob that an object is, or that started it; else the first.
    pub fn cron_lane(&self, object: Option<ObjectKey>) -> Option<usize> {
        let of_job = |track: &JobTrack| track.lane.last.meta.cron_job();
        let wanted = match object {
            Some(ObjectKey::CronJob(id)) => Some(id),
            Some(ObjectKey::Job(job)) => self.track(job).and_then(of_job),
            Some(ObjectKey::Pod(pod)) => self.track_of(pod).and_then(of_job),
            Some(ObjectKey::Node(_)) | None => None,
        };
        let found = wanted.and_then(|id| self.cron_jobs.binary_search_by_key(&id, |lane| lane.cron_job).ok());
        found.or((!self.cron_jobs.is_empty()).then_some(0))
    }

    /// What is selected when the n-th of many is opened at a time: what put it into its state then.
    pub fn mark_of(&self, many: Many, number: usize, at: Time) -> Option<(Mark, ObjectKey)> {
        match many {
            Many::Jobs => {
                let track = self.jobs.get(number)?;
                let stretches = &track.lane.stretches;
                let began = stretches.iter().rfind(|stretch| stretch.from <= at).map(|stretch| stretch.mark);
                Some((began.unwrap_or(track.lane.created), ObjectKey::Job(track.job)))
            }
            Many::CronJobs => {
                let lane = self.cron_jobs.get(number)?;
                let passed = lane.ticks.partition_point(|tick| tick.mark.at <= at);
                let last = lane.ticks[..passed].last().map_or(lane.created, |tick| tick.mark);
                Some((last, ObjectKey::CronJob(lane.cron_job)))
            }
            Many::Ticks(lane) => {
                let lane = self.cron_jobs.get(lane)?;
                Some((lane.ticks.get(number)?.mark, ObjectKey::CronJob(lane.cron_job)))
            }
            Many::Inputs => {
                let fault = self.faults.get(number)?;
                let object = fault.pod.map(ObjectKey::Pod).or(fault.job.map(ObjectKey::Job));
                Some((fault.mark?, object?))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;
    use crate::recording::Recording;

    fn timeline(text: &str) -> Timeline {
        let scenario = read(text).scenario;
        Timeline::of(&Recording::of(&scenario), &scenario)
    }

    const TEMPLATE: &str = "template: {spec: {restartPolicy: Never, containers: [{name: m, image: b}]}}";

    fn jobs(count: usize) -> String {
        let job = |n| format!("apiVersion: batch/v1\nkind: Job\nmetadata: {{name: j{n}}}\nspec: {{{TEMPLATE}}}\n---\n");
        (0..count).map(job).collect()
    }

    /// A CronJob each minute that was never created before its last time.
    fn cron_job(times: usize) -> String {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: c}}\nspec: {{schedule: \"* * * * *\", jobTemplate: \
             {{spec: {{{TEMPLATE}}}}}}}\n---\napiVersion: job-playground/v1\nkind: Scenario\nspec: {{kubernetes: \"1.36\", \
             until: {}s}}\n",
            60 * times + 1
        )
    }

    #[test]
    fn jobs_are_lanes_up_to_the_limit_and_cells_beyond_it() {
        // Each takes its own lane, its controllers', and that of its pod.
        let few = timeline(&jobs(LANES / 3));
        assert_eq!((few.jobs.len(), few.crowd(Many::Jobs)), (LANES / 3, None));
        let many = timeline(&jobs(LANES / 3 + 1));
        let crowd = many.crowd(Many::Jobs).expect("they are too many for lanes");
        assert_eq!(crowd.len(), LANES / 3 + 1);
        assert_eq!(crowd.counts(Time::ZERO)[CellState::Running as usize], crowd.len() as u32);
        assert_eq!(crowd.counts(Time::NEVER)[CellState::Succeeded as usize], crowd.len() as u32);
    }

    #[test]
    fn scheduled_times_are_marks_up_to_the_limit_and_cells_beyond_it() {
        let few = timeline(&cron_job(TICKS));
        assert_eq!((few.cron_jobs[0].ticks.len(), few.crowd(Many::Ticks(0))), (TICKS, None));
        let many = timeline(&cron_job(TICKS + 1));
        let crowd = many.crowd(Many::Ticks(0)).expect("they are too many for marks");
        assert_eq!(crowd.len(), TICKS + 1);
        let at = Time::from_seconds(130);
        assert_eq!(crowd.counts(at)[CellState::Succeeded as usize], 2, "two minutes, two runs");
        let (mark, object) = many.mark_of(Many::Ticks(0), 1, at).expect("it is there");
        assert_eq!((mark, object), (many.cron_jobs[0].ticks[1].mark, ObjectKey::CronJob(many.cron_jobs[0].cron_job)));
        assert_eq!(many.cron_lane(Some(ObjectKey::Job(many.jobs[0].job))), Some(0));
    }

    #[test]
    fn inputs_are_boxes_up_to_the_limit_and_cells_beyond_it() {
        let with = |count: usize| {
            let inputs: String = (0..count).map(|n| format!("  - {{at: {n}s, evict: {{pod: {}}}}}\n", n + 1)).collect();
            let scenario = "apiVersion: job-playground/v1\nkind: Scenario\nspec:\n  kubernetes: \"1.36\"\n  inputs:\n";
            timeline(&format!("{}{scenario}{inputs}", jobs(1)))
        };
        assert_eq!(with(INPUT_BOXES).crowd(Many::Inputs), None);
        let many = with(INPUT_BOXES + 1);
        let counts = many.crowd(Many::Inputs).expect("they are too many for boxes").counts(Time::NEVER);
        assert_eq!(counts.iter().sum::<u32>() as usize, INPUT_BOXES + 1);
        assert!(counts[CellState::Failed as usize] > 0, "most pods never exist: {counts:?}");
    }
}
