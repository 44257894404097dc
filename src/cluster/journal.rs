//! What happened: the steps in order, and in arenas what each of them wrote, why, and which events it sent.

use super::reason::{Component, Reason, Step, StepId, Trigger};
use crate::api::{CronJob, Event, Job, ObjectKey, Pod};
use crate::time::Time;
use std::rc::Rc;

/// What a write did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// A new object.
    Create,
    /// Spec or metadata changed.
    Update,
    /// Status changed.
    Status,
    /// The object went away; the version holds its last state.
    Remove,
}

/// An object at some version.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    /// A CronJob.
    CronJob(Rc<CronJob>),
    /// A Job.
    Job(Rc<Job>),
    /// A pod.
    Pod(Rc<Pod>),
}

impl Object {
    /// Which object it is.
    pub fn key(&self) -> ObjectKey {
        match self {
            Object::CronJob(cron_job) => ObjectKey::CronJob(cron_job.id),
            Object::Job(job) => ObjectKey::Job(job.id),
            Object::Pod(pod) => ObjectKey::Pod(pod.id),
        }
    }
}

/// One write.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The step that wrote it.
    pub step: StepId,
    /// What it did.
    pub verb: Verb,
    /// The object after it (before it, for [`Verb::Remove`]).
    pub object: Object,
}

/// Everything that happened, in order. Steps hold ranges into the other lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journal {
    /// Steps.
    pub steps: Vec<Step>,
    /// Reasons of all steps.
    pub reasons: Vec<Reason>,
    /// Writes of all steps.
    pub versions: Vec<Version>,
    /// Events of all steps.
    pub events: Vec<Event>,
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
