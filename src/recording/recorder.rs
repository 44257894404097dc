//! Makes a recording, piece by piece and up to a capacity.

use super::{End, Recording, RefusedRequest, silence};
use crate::cluster::input::Input;
use crate::cluster::reason::StepId;
use crate::cluster::{Cluster, Settings};
use crate::limits::{CRON_JOB_JOBS, NODE_LOOKS, RECORDING_JOBS, RECORDING_PODS, RECORDING_STEPS, SILENT_TURNS};
use crate::order;
use crate::scenario::{Manifest, Scenario};
use crate::time::{Span, Time};
use std::rc::Rc;

/// What a full recording has too many of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FullOf {
    /// So many steps.
    Steps(usize),
    /// So many pods.
    Pods(usize),
    /// So many Jobs.
    Jobs(usize),
    /// So many runs of CronJobs, which pile up: each sync looks at all of them.
    Runs(usize),
    /// So many looks of the scheduler at nodes and pods.
    NodeLooks(usize),
    /// So many turns of which nothing came.
    SilentTurns(usize),
}

/// The upper limits of a recording. A smaller recording is the beginning of a larger one, to the byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// Steps; a pod that runs once takes three.
    pub steps: usize,
    /// Pods created: a sync creates hundreds of them in one step, and they may wait for days without another.
    pub pods: usize,
    /// Jobs created.
    pub jobs: usize,
    /// Jobs that syncs of CronJobs look at ([`CRON_JOB_JOBS`]).
    pub cron_job_jobs: usize,
    /// Looks of the scheduler at nodes and pods ([`NODE_LOOKS`]).
    pub node_looks: usize,
    /// Turns of components of which nothing comes ([`SILENT_TURNS`]).
    pub silent_turns: usize,
}

impl Capacity {
    /// The limits of the format (docs/scenario.md, End of the recording).
    pub const WHOLE: Capacity = Capacity {
        steps: RECORDING_STEPS,
        pods: RECORDING_PODS,
        jobs: RECORDING_JOBS,
        cron_job_jobs: CRON_JOB_JOBS,
        node_looks: NODE_LOOKS,
        silent_turns: SILENT_TURNS,
    };
}

/// No run is longer than this (docs/scenario.md, End of the recording).
const LONGEST: Span = Span::from_seconds(10 * 24 * 3600);
/// A run with a CronJob ends at this scheduled time, counted from 1 …
const SCHEDULED_TIMES: u32 = 6;
/// … but not longer than this.
const LONGEST_SCHEDULE: Span = Span::from_seconds(400 * 24 * 3600);

/// Makes a recording piece by piece, so that the page stays responsive.
#[derive(Clone, Debug)]
pub struct Recorder {
    cluster: Cluster,
    manifests: Rc<[Manifest]>,
    inputs: Rc<[Input]>,
    /// The enabled inputs in the order in which they happen, by their places in the text.
    order: Vec<u32>,
    /// How many of the manifests have been created; one more than there are once that is over.
    created: usize,
    /// How many of `order` have happened.
    happened: usize,
    /// The end, if the text or a CronJob sets one.
    until: Option<Time>,
    capacity: Capacity,
    /// After how many steps it is cut, and how long it shows what they have left.
    cut: Option<(usize, Time)>,
    recording: Recording,
}

/// Whether a recorder is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// There is more to record.
    More,
    /// The recording is complete.
    Done,
}

impl Recorder {
    /// A recorder at t = 0.
    pub fn new(scenario: &Scenario) -> Recorder {
        let settings = Settings {
            seed: scenario.seed,
            start_unix_seconds: scenario.start_unix_seconds,
            time_zones: scenario.time_zones.clone(),
            scheduling: scenario.cluster.scheduling,
            starting: scenario.cluster.starting,
            pod_quota: scenario.cluster.pod_quota,
            inventory: scenario.cluster.inventory.clone(),
            has_node_inputs: scenario.inputs.iter().any(|input| !input.disabled && input.action.is_about_nodes()),
            behaviors: scenario.behaviors.clone(),
            first_object: scenario.manifests.first().map(|first| (first.kind, Rc::clone(&first.value))),
        };
        let mut order: Vec<u32> = (0..scenario.inputs.len() as u32).collect();
        order.retain(|number| !scenario.inputs[*number as usize].disabled);
        order::sort_by_key(&mut order, |number| scenario.inputs[*number as usize].at);
        let cluster = Cluster::new(settings);
        let first_nodes = cluster.nodes().cloned().collect();
        Recorder {
            cluster,
            manifests: Rc::clone(&scenario.manifests),
            inputs: Rc::clone(&scenario.inputs),
            order,
            created: 0,
            happened: 0,
            until: scenario.until,
            capacity: Capacity::WHOLE,
            cut: None,
            recording: Recording { first_nodes, ..Recording::default() },
        }
    }

    /// The same recorder with a smaller capacity.
    pub fn within(self, capacity: Capacity) -> Recorder {
        Recorder { capacity, ..self }
    }

    /// The same recorder, which ends after a step, or at an instant before the next one: nothing of what comes then is in
    /// the recording. `None` is the creation of the manifests, than which no recording is shorter.
    pub fn cut_after(self, step: Option<StepId>, at: Time) -> Recorder {
        Recorder { cut: Some((step.map_or(0, |step| step.0 as usize + 1), at)), ..self }
    }

    /// Records about `steps` more steps; turns of which nothing comes count, too.
    pub fn advance(&mut self, steps: usize) -> Progress {
        let stop = self.turns() + steps;
        while self.recording.end.is_none() {
            if self.turns() >= stop {
                return Progress::More;
            }
            self.next();
        }
        Progress::Done
    }

    fn turns(&self) -> usize {
        self.recording.journal.steps.len() + self.recording.journal.silent_turns
    }

    /// Ends the recording where it is, unless it is complete.
    pub fn stop(&mut self) {
        if self.recording.end.is_none() {
            self.finish(End::Stopped, self.cluster.now());
        }
    }

    /// The recording so far.
    pub fn recording(&self) -> &Recording {
        &self.recording
    }

    /// The recording, complete or not.
    pub fn into_recording(self) -> Recording {
        self.recording
    }

    /// Records the next thing: first the manifests; then, at each instant, what is due in the cluster before the
    /// inputs.
    fn next(&mut self) {
        if self.created <= self.manifests.len() {
            return self.create_next_manifest();
        }
        if let Some((steps, at)) = self.cut
            && self.recording.journal.steps.len() >= steps
        {
            return self.finish(End::Cut, at.max(self.cluster.now()));
        }
        let happened = self.happened;
        if let Some(of) = self.full_of() {
            return self.finish(End::Full(of), self.cluster.now());
        }
        let wakeup = self.cluster.next_wakeup();
        let input = self.order.get(happened).map(|number| (*number, self.inputs[*number as usize].at));
        let next = wakeup.into_iter().chain(input.map(|(_, at)| at)).min();
        let (end, limit) = match self.until {
            Some(until) => (End::Horizon, until),
            None => (End::Limit, Time::ZERO + LONGEST),
        };
        match next {
            None => return self.finish(End::Settled, self.cluster.now()),
            Some(at) if at > limit => return self.finish(end, limit),
            Some(at) => self.cluster.wait_until(at),
        }
        let stepped =
            wakeup.is_some_and(|at| at <= self.cluster.now()) && self.cluster.step(&mut self.recording.journal);
        if !stepped
            && let Some((number, at)) = input
            && at <= self.cluster.now()
        {
            self.happened = happened + 1;
            let answer = self.cluster.input(number, &self.inputs[number as usize], &mut self.recording.journal);
            self.note_refusal(answer);
            silence::note(&mut self.recording.silences, self.cluster.out_of_reach(), self.cluster.now());
        }
        self.recording.index();
    }

    /// What the recording has too many of.
    fn full_of(&self) -> Option<FullOf> {
        let Capacity { steps, pods, jobs, cron_job_jobs, node_looks, silent_turns } = self.capacity;
        let Recording { journal, pods: all_pods, jobs: all_jobs, .. } = &self.recording;
        let full = [
            (journal.steps.len() >= steps, FullOf::Steps(journal.steps.len())),
            (all_pods.len() >= pods, FullOf::Pods(all_pods.len())),
            (all_jobs.len() >= jobs, FullOf::Jobs(all_jobs.len())),
            (journal.cron_job_jobs > cron_job_jobs, FullOf::Runs(all_jobs.len())),
            (journal.node_looks > node_looks, FullOf::NodeLooks(node_looks)),
            (journal.silent_turns > silent_turns, FullOf::SilentTurns(silent_turns)),
        ];
        full.into_iter().find(|(is_full, _)| *is_full).map(|(_, of)| of)
    }

    /// Creates one manifest; after the last one it is known how long the recording will be.
    fn create_next_manifest(&mut self) {
        let number = self.created;
        self.created += 1;
        if let Some(manifest) = self.manifests.get(number) {
            let answer = self.cluster.create(number as u32, &manifest.value, &mut self.recording.journal);
            self.note_refusal(answer);
        } else if self.until.is_none() {
            let last = self.cluster.nth_scheduled_time(SCHEDULED_TIMES);
            self.until = last.map(|last| last.min(Time::ZERO + LONGEST_SCHEDULE));
        }
        self.recording.index();
    }

    fn note_refusal(&mut self, answer: Result<(), Rc<str>>) {
        if let Err(message) = answer {
            let step = StepId(self.recording.journal.steps.len() as u32 - 1);
            self.recording.refused.push(RefusedRequest { at: self.cluster.now(), step, message });
        }
    }

    fn finish(&mut self, end: End, at: Time) {
        self.recording.end = Some((end, at));
    }
}
