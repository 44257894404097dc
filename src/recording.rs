//! A recorded run: every version of every object, and the steps that wrote them. Any moment is a binary search away.

use crate::api::{CronJob, CronJobId, Event, Job, JobId, Node, NodeId, ObjectKey, Pod, PodId};
use crate::cluster::input::Input;
use crate::cluster::journal::Journal;
use crate::cluster::reason::{Reason, Step, StepId};
use crate::cluster::{Cluster, Settings};
use crate::limits::{CRON_JOB_JOBS, RECORDING_JOBS, RECORDING_PODS, RECORDING_STEPS};
use crate::order;
use crate::scenario::{Manifest, Scenario};
use crate::time::{Span, Time};
use std::rc::Rc;

pub(crate) mod address;
mod events_of_steps;
pub(crate) mod image_id;
mod node_value;
mod pod_events;
pub(crate) mod pod_status;
pub(crate) mod pod_value;
mod silence;
mod status;
mod trace;
mod trace_2;
mod value;

pub use pod_status::Initializing;

pub use crate::cluster::journal::{Object, Verb, Version};
pub use pod_events::{PodEvent, Source};

/// Why a recording ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nothing is left to happen.
    Settled,
    /// `until` is reached, or the sixth scheduled time of a CronJob.
    Horizon,
    /// 10 days are over.
    Limit,
    /// The recording has reached its [`Capacity`].
    Full(FullOf),
    /// Whoever waited for it has stopped it.
    Stopped,
}

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
}

impl Capacity {
    /// The limits of the format (docs/scenario.md, End of the recording).
    pub const WHOLE: Capacity =
        Capacity { steps: RECORDING_STEPS, pods: RECORDING_PODS, jobs: RECORDING_JOBS, cron_job_jobs: CRON_JOB_JOBS };
}

/// A request that the API server refused.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedRequest {
    /// When it was sent.
    pub at: Time,
    /// The step that sent it.
    pub step: StepId,
    /// The API server's words.
    pub message: Rc<str>,
}

/// A whole run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    journal: Journal,
    /// By PodId − 1: indexes into the journal's versions, ascending. The same for Jobs and CronJobs.
    pods: Vec<Vec<u32>>,
    jobs: Vec<Vec<u32>>,
    cron_jobs: Vec<Vec<u32>>,
    nodes: Vec<Vec<u32>>,
    /// The nodes that were there from the beginning.
    first_nodes: Rc<[Rc<Node>]>,
    silences: Vec<silence::Silence>,
    /// How many versions are in these indexes.
    indexed: usize,
    refused: Vec<RefusedRequest>,
    end: Option<(End, Time)>,
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
            recording: Recording { first_nodes, ..Recording::default() },
        }
    }

    /// The same recorder with a smaller capacity.
    pub fn within(self, capacity: Capacity) -> Recorder {
        Recorder { capacity, ..self }
    }

    /// Records about `steps` more steps.
    pub fn advance(&mut self, steps: usize) -> Progress {
        let stop = self.recording.journal.steps.len() + steps;
        while self.recording.end.is_none() {
            if self.recording.journal.steps.len() >= stop {
                return Progress::More;
            }
            self.next();
        }
        Progress::Done
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
        let happened = self.happened;
        let Capacity { steps, pods, jobs, cron_job_jobs } = self.capacity;
        let journal = &self.recording.journal;
        let full = if journal.steps.len() >= steps {
            Some(FullOf::Steps(journal.steps.len()))
        } else if self.recording.pods.len() >= pods {
            Some(FullOf::Pods(self.recording.pods.len()))
        } else if self.recording.jobs.len() >= jobs {
            Some(FullOf::Jobs(self.recording.jobs.len()))
        } else if journal.cron_job_jobs > cron_job_jobs {
            Some(FullOf::Runs(self.recording.jobs.len()))
        } else {
            None
        };
        if let Some(of) = full {
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

impl Recording {
    /// Records a whole scenario at once.
    pub fn of(scenario: &Scenario) -> Recording {
        let mut recorder = Recorder::new(scenario);
        while recorder.advance(usize::MAX >> 1) == Progress::More {}
        recorder.into_recording()
    }

    /// As [`Recording::of`], but not shorter than until `at` if there is more to happen by then: a text may end its own
    /// recording before.
    pub fn until(scenario: &Scenario, at: Time) -> Recording {
        let recording = Recording::of(scenario);
        match recording.end() {
            Some((End::Horizon | End::Limit, end)) if end < at => {
                Recording::of(&Scenario { until: Some(at), ..scenario.clone() })
            }
            _ => recording,
        }
    }

    /// Whether the state of the cluster at `at` is known.
    pub fn covers(&self, at: Time) -> bool {
        self.end.is_some_and(|(end, last)| end == End::Settled || last >= at)
    }

    /// Adds the newest versions to the indexes of their objects.
    fn index(&mut self) {
        let indexed = self.indexed;
        for (number, version) in self.journal.versions.iter().enumerate().skip(indexed) {
            let (list, place) = match version.object.key() {
                ObjectKey::CronJob(CronJobId(place)) => (&mut self.cron_jobs, place),
                ObjectKey::Job(JobId(place)) => (&mut self.jobs, place),
                ObjectKey::Pod(PodId(place)) => (&mut self.pods, place),
                ObjectKey::Node(NodeId(place)) => (&mut self.nodes, place),
            };
            let place = place as usize;
            if list.len() < place {
                list.resize_with(place, Vec::new);
            }
            list[place - 1].push(number as u32);
        }
        self.indexed = self.journal.versions.len();
    }

    /// The requests that the API server refused, in order.
    pub fn refused(&self) -> &[RefusedRequest] {
        &self.refused
    }

    /// All steps in order.
    pub fn steps(&self) -> &[Step] {
        &self.journal.steps
    }

    /// One step.
    pub fn step(&self, id: StepId) -> &Step {
        &self.journal.steps[id.0 as usize]
    }

    /// The reasons of a step, in order.
    pub fn reasons(&self, step: &Step) -> &[Reason] {
        &self.journal.reasons[step.reasons.start as usize..step.reasons.end as usize]
    }

    /// What a step wrote, in order.
    pub fn versions(&self, step: &Step) -> &[Version] {
        &self.journal.versions[step.versions.start as usize..step.versions.end as usize]
    }

    /// The events of a step, in order.
    pub fn events(&self, step: &Step) -> &[Event] {
        &self.journal.events[step.events.start as usize..step.events.end as usize]
    }

    /// All writes of one object, in order.
    pub fn history(&self, key: ObjectKey) -> impl DoubleEndedIterator<Item = &Version> {
        self.history_of(key).iter().map(|index| &self.journal.versions[*index as usize])
    }

    fn history_of(&self, key: ObjectKey) -> &[u32] {
        let (list, number) = match key {
            ObjectKey::CronJob(CronJobId(number)) => (&self.cron_jobs, number),
            ObjectKey::Job(JobId(number)) => (&self.jobs, number),
            ObjectKey::Pod(PodId(number)) => (&self.pods, number),
            ObjectKey::Node(NodeId(number)) => (&self.nodes, number),
        };
        list.get(number as usize - 1).map_or(&[], Vec::as_slice)
    }

    /// The instant of a version.
    pub fn written_at(&self, version: &Version) -> Time {
        self.step(version.step).at
    }

    /// An object right after everything that happens at `at`; `None` before its creation and after its removal.
    pub fn object_at(&self, key: ObjectKey, at: Time) -> Option<&Object> {
        self.newest(self.history_of(key), self.written_by(at))
    }

    /// The last version of an object up to `at`, its removal included.
    pub fn version_at(&self, key: ObjectKey, at: Time) -> Option<&Version> {
        self.last(self.history_of(key), self.written_by(at))
    }

    /// An object right after a step.
    pub fn object_after(&self, key: ObjectKey, step: StepId) -> Option<&Object> {
        self.newest(self.history_of(key), self.step(step).versions.end)
    }

    /// All living pods right after everything that happens at `at`, in creation order.
    pub fn pods_at(&self, at: Time) -> impl Iterator<Item = &Pod> {
        // The moment is searched once; then each pod is a search among its own few versions.
        let written = self.written_by(at);
        self.pods.iter().filter_map(move |history| pod_of(self.newest(history, written)?))
    }

    /// How many versions are written by the end of the instant `at`.
    fn written_by(&self, at: Time) -> u32 {
        let passed = self.journal.steps.partition_point(|step| step.at <= at);
        passed.checked_sub(1).map_or(0, |last| self.journal.steps[last].versions.end)
    }

    /// The object in the last of these versions that is among the first `written`, unless that one removes it.
    fn newest(&self, history: &[u32], written: u32) -> Option<&Object> {
        let version = self.last(history, written)?;
        (version.verb != Verb::Remove).then_some(&version.object)
    }

    fn last(&self, history: &[u32], written: u32) -> Option<&Version> {
        let after = history.partition_point(|index| *index < written);
        Some(&self.journal.versions[*history.get(after.checked_sub(1)?)? as usize])
    }

    /// All pods of the run, in creation order.
    pub fn pods(&self) -> impl DoubleEndedIterator<Item = PodId> + use<> {
        (1..=self.pods.len() as u32).map(PodId)
    }

    /// All Jobs of the run, in creation order.
    pub fn jobs(&self) -> impl DoubleEndedIterator<Item = JobId> + use<> {
        (1..=self.jobs.len() as u32).map(JobId)
    }

    /// All CronJobs of the run, in creation order.
    pub fn cron_jobs(&self) -> impl DoubleEndedIterator<Item = CronJobId> + use<> {
        (1..=self.cron_jobs.len() as u32).map(CronJobId)
    }

    /// A pod as in [`Recording::object_at`].
    pub fn pod_at(&self, pod: PodId, at: Time) -> Option<&Pod> {
        pod_of(self.object_at(ObjectKey::Pod(pod), at)?)
    }

    /// A pod as it was last at an instant, even if it is gone.
    pub(crate) fn last_pod(&self, pod: PodId, at: Time) -> Option<&Pod> {
        pod_of(&self.version_at(ObjectKey::Pod(pod), at)?.object)
    }

    /// A Job as in [`Recording::object_at`].
    pub fn job_at(&self, job: JobId, at: Time) -> Option<&Job> {
        match self.object_at(ObjectKey::Job(job), at)? {
            Object::Job(job) => Some(job),
            Object::Pod(_) | Object::CronJob(_) | Object::Node(_) => None,
        }
    }

    /// A CronJob as in [`Recording::object_at`].
    pub fn cron_job_at(&self, cron_job: CronJobId, at: Time) -> Option<&CronJob> {
        match self.object_at(ObjectKey::CronJob(cron_job), at)? {
            Object::CronJob(cron_job) => Some(cron_job),
            Object::Pod(_) | Object::Job(_) | Object::Node(_) => None,
        }
    }

    /// All nodes that ever were, in their order.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + use<> {
        (1..=self.nodes.len().max(self.first_nodes.len()) as u32).map(NodeId)
    }

    /// A node right after everything that happens at `at`; `None` before it joins and after it is gone.
    pub fn node_at(&self, id: NodeId, at: Time) -> Option<&Node> {
        match self.version_at(ObjectKey::Node(id), at) {
            Some(version) => match &version.object {
                Object::Node(node) if version.verb != Verb::Remove => Some(node),
                _ => None,
            },
            None => self.first_nodes.get(id.0 as usize - 1).map(|node| &**node),
        }
    }

    /// The name of a node.
    pub fn node_name(&self, id: NodeId) -> Option<&str> {
        let first = self.first_nodes.get(id.0 as usize - 1).map(|node| &*node.name);
        first.or_else(|| match &self.history(ObjectKey::Node(id)).next()?.object {
            Object::Node(node) => Some(&*node.name),
            _ => None,
        })
    }

    /// The name of the node to which a pod is bound.
    pub fn node_of(&self, pod: &Pod) -> Option<&str> {
        self.node_name(pod.bound?.node)
    }

    /// status.nominatedNodeName of a pod.
    pub fn nominated_node(&self, pod: &Pod) -> Option<&str> {
        self.node_name(pod.pending.as_ref()?.nominated?)
    }

    /// Why and when the recording ends; `None` while it is incomplete.
    pub fn end(&self) -> Option<(End, Time)> {
        self.end
    }
}

fn pod_of(object: &Object) -> Option<&Pod> {
    match object {
        Object::Pod(pod) => Some(pod),
        Object::Job(_) | Object::CronJob(_) | Object::Node(_) => None,
    }
}
