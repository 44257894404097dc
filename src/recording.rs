//! A recorded run: every version of every object, and the steps that wrote them. Any moment is a binary search away.

use crate::api::{CronJob, CronJobId, Event, Job, JobId, Node, NodeId, ObjectKey, Pod, PodId};
use crate::cluster::journal::Journal;
use crate::cluster::reason::{Component, Reason, Step, StepId};
use crate::order::Map;
use crate::scenario::Scenario;
use crate::time::Time;
use std::rc::Rc;

pub(crate) mod address;
mod events_of_steps;
pub(crate) mod image_id;
mod node_value;
mod pod_events;
pub(crate) mod pod_status;
pub(crate) mod pod_value;
mod recorder;
mod silence;
mod status;
mod trace;
mod trace_2;
mod value;

pub use pod_status::Initializing;

pub use crate::cluster::journal::{Object, Verb, Version};
pub use pod_events::{PodEvent, Source};
pub use recorder::{Capacity, FullOf, Progress, Recorder};

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
    /// What happens next is left out on purpose ([`Recorder::cut_after`]).
    Cut,
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

/// Drops so many of the last ones; returns whether there are more.
pub(crate) fn cut_back<T>(list: &mut Vec<T>, count: usize) -> bool {
    list.truncate(list.len().saturating_sub(count));
    !list.is_empty()
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
    /// The steps of taint eviction that write, by the step after which it weighed taints.
    evictions: Map<StepId, Vec<StepId>>,
    /// The nodes that were there from the beginning.
    first_nodes: Rc<[Rc<Node>]>,
    silences: Vec<silence::Silence>,
    /// How many versions are in these indexes.
    indexed: usize,
    refused: Vec<RefusedRequest>,
    end: Option<(End, Time)>,
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

    /// Gives back what its last pieces take, so many of each list; returns whether there is more. Only of a recording that
    /// nobody needs any more.
    pub fn give_back(&mut self, count: usize) -> bool {
        let Journal { steps, reasons, versions, events, .. } = &mut self.journal;
        let is_left = [
            cut_back(versions, count),
            cut_back(reasons, count),
            cut_back(events, count),
            cut_back(steps, count),
            cut_back(&mut self.pods, count),
        ];
        is_left.contains(&true)
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
            let step = &self.journal.steps[version.step.0 as usize];
            if let (Component::TaintEviction, Some(cause)) = (step.component, step.trigger.cause) {
                let evictions = self.evictions.get_or_insert_with(cause, Vec::new);
                if evictions.last() != Some(&version.step) {
                    evictions.push(version.step);
                }
            }
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

    /// The steps of taint eviction that write because of a step, in order.
    pub fn evictions_after(&self, step: StepId) -> &[StepId] {
        self.evictions.get(&step).map_or(&[], Vec::as_slice)
    }

    /// The writes of one object before a step, the newest first.
    pub fn history_before(&self, key: ObjectKey, step: StepId) -> impl Iterator<Item = &Version> {
        let (history, written) = (self.history_of(key), self.step(step).versions.start);
        let before = history.partition_point(|index| *index < written);
        history[..before].iter().rev().map(|index| &self.journal.versions[*index as usize])
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

    /// A pod as it was created, even if it is gone.
    pub(crate) fn born(&self, pod: PodId) -> Option<&Pod> {
        pod_of(&self.history(ObjectKey::Pod(pod)).next()?.object)
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

    /// A node as it was in the beginning.
    pub fn first_node(&self, id: NodeId) -> Option<&Node> {
        self.first_nodes.get(id.0 as usize - 1).map(|node| &**node)
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
