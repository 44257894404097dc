//! What every object has: identity, labels, times.

use crate::order;
use crate::time::Time;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// A name or any other short text that many objects share.
pub type Name = Rc<str>;

/// Labels or annotations, sorted by key.
pub type Labels = BTreeMap<Name, Name>;

/// Labels or annotations as a value.
pub fn labels_value(labels: &Labels) -> Map<String, Value> {
    order::collect(labels.iter().map(|(key, value)| (key.to_string(), Value::from(&**value))))
}

/// A Job: its number in creation order over the whole scenario, from 1. Stands for the UID: never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u32);

/// A pod: its number in creation order over the whole scenario, from 1. Stands for the UID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PodId(pub u32);

/// A node: its place in the order of the list of nodes, then of those that joined, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

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
    /// A node.
    Node(NodeId),
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

impl fmt::Display for NodeId {
    /// The UID.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "node-{:06}", self.0)
    }
}

impl fmt::Display for CronJobId {
    /// The UID.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cronjob-{:06}", self.0)
    }
}

/// Metadata of a Job or CronJob. Pods keep theirs more tightly: [`super::Pod`].
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// ownerReferences, as written.
    pub owners: Rc<[OwnerReference]>,
}

impl Meta {
    /// The owner that controls it. Upstream: metav1.GetControllerOf.
    pub fn controller(&self) -> Option<&OwnerReference> {
        self.owners.iter().find(|owner| owner.controller == Some(true))
    }

    /// The CronJob that controls this Job.
    pub fn cron_job(&self) -> Option<CronJobId> {
        match self.controller()?.object()? {
            ObjectKey::CronJob(id) => Some(id),
            ObjectKey::Job(_) | ObjectKey::Pod(_) | ObjectKey::Node(_) => None,
        }
    }
}

/// An entry of ownerReferences.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(missing_docs)]
pub struct OwnerReference {
    pub api_version: Name,
    pub kind: Name,
    pub name: Name,
    pub uid: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controller: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block_owner_deletion: Option<bool>,
}

impl Default for OwnerReference {
    fn default() -> OwnerReference {
        let empty: Name = "".into();
        OwnerReference {
            api_version: empty.clone(),
            kind: empty.clone(),
            name: empty.clone(),
            uid: empty,
            controller: None,
            block_owner_deletion: None,
        }
    }
}

impl OwnerReference {
    /// The reference to the Job or CronJob that has created an object. Upstream: metav1.NewControllerRef.
    pub(crate) fn to_controller(kind: &str, name: &Name, uid: String) -> OwnerReference {
        OwnerReference {
            api_version: "batch/v1".into(),
            kind: kind.into(),
            name: name.clone(),
            uid: uid.into(),
            controller: Some(true),
            block_owner_deletion: Some(true),
        }
    }

    /// The object that has this UID, if any object of the run ever can: it is a Job, a CronJob or a pod.
    pub fn object(&self) -> Option<ObjectKey> {
        // Six digits, or more without a zero in front.
        let number = |prefix| {
            let digits = self.uid.strip_prefix(prefix)?;
            let is_uid = digits.len() == 6 || digits.len() > 6 && !digits.starts_with('0');
            if is_uid && digits.bytes().all(|digit| digit.is_ascii_digit()) { digits.parse().ok() } else { None }
        };
        match (&*self.api_version, &*self.kind) {
            ("batch/v1", "CronJob") => Some(ObjectKey::CronJob(CronJobId(number("cronjob-")?))),
            ("batch/v1", "Job") => Some(ObjectKey::Job(JobId(number("job-")?))),
            ("v1", "Pod") => Some(ObjectKey::Pod(PodId(number("pod-")?))),
            _ => None,
        }
    }
}

/// A deletion under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// deletionTimestamp, whole seconds: when the grace period ends.
    pub timestamp: Time,
    /// deletionGracePeriodSeconds.
    pub grace_seconds: i64,
}
