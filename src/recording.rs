//! The film: every version of every object, and the steps that wrote them. Any moment is a binary search away.

use crate::api::{CronJob, CronJobId, Event, Job, JobId, ObjectKey, Pod, PodId};
use crate::cluster::reason::{Reason, Step, StepId};
use crate::scenario::Scenario;
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

/// Why a recording ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nothing is left to happen.
    Settled,
    /// `until`, or the sixth scheduled time of a CronJob.
    Horizon,
    /// 10 days, or 2,000,000 steps.
    Limit,
}

/// A whole run.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    steps: Vec<Step>,
    reasons: Vec<Reason>,
    versions: Vec<Version>,
    events: Vec<Event>,
    /// By PodId − 1: indexes into `versions`, ascending.
    pods: Vec<Vec<u32>>,
    jobs: Vec<Vec<u32>>,
    cron_jobs: Vec<Vec<u32>>,
    end: Option<(End, Time)>,
}

impl Recording {
    /// Records a whole scenario at once.
    pub fn of(_scenario: &Scenario) -> Recording {
        todo!("engine")
    }

    /// All steps in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// One step.
    pub fn step(&self, id: StepId) -> &Step {
        &self.steps[id.0 as usize]
    }

    /// The reasons of a step, in the order in which they came up.
    pub fn reasons(&self, step: &Step) -> &[Reason] {
        &self.reasons[step.reasons.start as usize..step.reasons.end as usize]
    }

    /// What a step wrote, in order.
    pub fn versions(&self, step: &Step) -> &[Version] {
        &self.versions[step.versions.start as usize..step.versions.end as usize]
    }

    /// The events of a step, in order.
    pub fn events(&self, step: &Step) -> &[Event] {
        &self.events[step.events.start as usize..step.events.end as usize]
    }

    /// All writes of one object, in order.
    pub fn history(&self, key: ObjectKey) -> impl DoubleEndedIterator<Item = &Version> {
        self.history_of(key).iter().map(|index| &self.versions[*index as usize])
    }

    fn history_of(&self, key: ObjectKey) -> &[u32] {
        let (list, number) = match key {
            ObjectKey::CronJob(CronJobId(number)) => (&self.cron_jobs, number),
            ObjectKey::Job(JobId(number)) => (&self.jobs, number),
            ObjectKey::Pod(PodId(number)) => (&self.pods, number),
        };
        list.get(number as usize - 1).map_or(&[], Vec::as_slice)
    }

    /// When a version was written.
    pub fn written_at(&self, version: &Version) -> Time {
        self.step(version.step).at
    }

    /// An object as it is right after everything that happens at `at`; `None` before its creation and after its
    /// removal.
    pub fn object_at(&self, key: ObjectKey, at: Time) -> Option<&Object> {
        let history = self.history_of(key);
        let after = history.partition_point(|index| self.written_at(&self.versions[*index as usize]) <= at);
        let version = &self.versions[*history.get(after.checked_sub(1)?)? as usize];
        (version.verb != Verb::Remove).then_some(&version.object)
    }

    /// An object as it is right after a step.
    pub fn object_after(&self, key: ObjectKey, step: StepId) -> Option<&Object> {
        let history = self.history_of(key);
        let after = history.partition_point(|index| self.versions[*index as usize].step <= step);
        let version = &self.versions[*history.get(after.checked_sub(1)?)? as usize];
        (version.verb != Verb::Remove).then_some(&version.object)
    }

    /// All pods that ever were, in creation order.
    pub fn pods(&self) -> impl DoubleEndedIterator<Item = PodId> + use<> {
        (1..=self.pods.len() as u32).map(PodId)
    }

    /// All Jobs that ever were, in creation order.
    pub fn jobs(&self) -> impl DoubleEndedIterator<Item = JobId> + use<> {
        (1..=self.jobs.len() as u32).map(JobId)
    }

    /// All CronJobs that ever were, in creation order.
    pub fn cron_jobs(&self) -> impl DoubleEndedIterator<Item = CronJobId> + use<> {
        (1..=self.cron_jobs.len() as u32).map(CronJobId)
    }

    /// A pod at a time.
    pub fn pod_at(&self, pod: PodId, at: Time) -> Option<&Pod> {
        match self.object_at(ObjectKey::Pod(pod), at)? {
            Object::Pod(pod) => Some(pod),
            Object::Job(_) | Object::CronJob(_) => None,
        }
    }

    /// A Job at a time.
    pub fn job_at(&self, job: JobId, at: Time) -> Option<&Job> {
        match self.object_at(ObjectKey::Job(job), at)? {
            Object::Job(job) => Some(job),
            Object::Pod(_) | Object::CronJob(_) => None,
        }
    }

    /// A CronJob at a time.
    pub fn cron_job_at(&self, cron_job: CronJobId, at: Time) -> Option<&CronJob> {
        match self.object_at(ObjectKey::CronJob(cron_job), at)? {
            Object::CronJob(cron_job) => Some(cron_job),
            Object::Pod(_) | Object::Job(_) => None,
        }
    }

    /// Why and when it ends; `None` while it is being recorded.
    pub fn end(&self) -> Option<(End, Time)> {
        self.end
    }
}
