//! What every object has: identity, labels, times.

use crate::time::Time;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// A name or any other short text that many objects share.
pub type Name = Rc<str>;

/// Labels or annotations, sorted by key.
pub type Labels = BTreeMap<Name, Name>;

/// A Job: its number in creation order over the whole scenario, from 1. Stands for the UID: never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u32);

/// A pod: its number in creation order over the whole scenario, from 1. Stands for the UID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PodId(pub u32);

/// A CronJob: its number in creation order, from 1. Stands for the UID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CronJobId(pub u32);

/// Any object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectKey {
    /// A CronJob.
    CronJob(CronJobId),
    /// A Job.
    Job(JobId),
    /// A pod.
    Pod(PodId),
}

impl fmt::Display for JobId {
    /// The UID.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "job-{:06}", self.0)
    }
}

impl fmt::Display for PodId {
    /// The UID.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pod-{:06}", self.0)
    }
}

impl fmt::Display for CronJobId {
    /// The UID.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cronjob-{:06}", self.0)
    }
}

/// Metadata of a Job or CronJob. Pods keep theirs more tightly: [`super::Pod`].
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    /// Namespace; `default` where the text names none.
    pub namespace: Name,
    /// Name, unique among living objects of a kind and namespace.
    pub name: Name,
    /// Labels.
    pub labels: Rc<Labels>,
    /// Annotations.
    pub annotations: Rc<Labels>,
    /// Finalizers: the object stays until they are gone.
    pub finalizers: Vec<Name>,
    /// Raised by every change of the spec and by a deletion that has to wait (JC-265).
    pub generation: u32,
    /// When it was created, whole seconds.
    pub created: Time,
    /// Set while it is being deleted.
    pub deletion: Option<Deletion>,
    /// The CronJob that controls this Job.
    pub owner: Option<CronJobId>,
}

/// A deletion under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// deletionTimestamp, whole seconds: when the grace period ends.
    pub timestamp: Time,
    /// deletionGracePeriodSeconds.
    pub grace_seconds: i64,
}
