//! Everything that happened: the steps in order and, in a list for all steps each, their reasons, writes and events.

use super::reason::{Component, Reason, Step, StepId, Trigger};
use crate::api::{CronJob, Event, Job, Node, ObjectKey, Pod};
use crate::time::Time;
use std::rc::Rc;

/// What a write does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Creates the object.
    Create,
    /// Changes spec or metadata.
    Update,
    /// Changes the status.
    Status,
    /// Removes the object; the version holds its last state.
    Remove,
}

/// An object in one of its versions.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    CronJob(Rc<CronJob>),
    Job(Rc<Job>),
    Pod(Rc<Pod>),
    Node(Rc<Node>),
}

impl Object {
    /// The object that this is a version of.
    pub fn key(&self) -> ObjectKey {
        match self {
            Object::CronJob(cron_job) => ObjectKey::CronJob(cron_job.id),
            Object::Job(job) => ObjectKey::Job(job.id),
            Object::Pod(pod) => ObjectKey::Pod(pod.id),
            Object::Node(node) => ObjectKey::Node(node.id),
        }
    }
}

/// One write of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The step that wrote it.
    pub step: StepId,
    /// What the write did.
    pub verb: Verb,
    /// The object after the write; before it, for [`Verb::Remove`].
    pub object: Object,
}

/// Everything that happened, in order. Steps hold ranges into the other lists.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    pub steps: Vec<Step>,
    pub reasons: Vec<Reason>,
    pub versions: Vec<Version>,
    pub events: Vec<Event>,
    /// Jobs that the syncs of CronJobs looked at ([`crate::limits::CRON_JOB_JOBS`]).
    pub cron_job_jobs: usize,
    /// Nodes and pods that the scheduler looked at ([`crate::limits::NODE_LOOKS`]).
    pub node_looks: usize,
    /// Turns of components of which nothing came ([`crate::limits::SILENT_TURNS`]).
    pub silent_turns: usize,
}

impl Journal {
    /// The step that is being made now.
    pub fn current(&self) -> StepId {
        StepId(self.steps.len() as u32)
    }

    /// Ends the current step: everything noted since the previous one belongs to it.
    pub(crate) fn close_step(&mut self, at: Time, component: Component, key: Option<ObjectKey>, trigger: Trigger) {
        let since = |end: fn(&Step) -> u32| self.steps.last().map_or(0, end);
        let step = Step {
            at,
            component,
            key,
            trigger,
            reasons: since(|last| last.reasons.end)..self.reasons.len() as u32,
            versions: since(|last| last.versions.end)..self.versions.len() as u32,
            events: since(|last| last.events.end)..self.events.len() as u32,
        };
        self.steps.push(step);
    }
}
