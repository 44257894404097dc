//! What a sentence calls an object: its number or its name, and only as much of it as is needed to tell it apart.

use crate::api::{ContainerPlace, CronJobId, JobId, Name, NodeId, ObjectKey, PodId, PodSpec};
use crate::recording::{Object, Recording};

/// What a sentence needs to know of an object to name it.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Called {
    Pod {
        /// Its number over the whole scenario.
        id: PodId,
        /// Its completion index, for an Indexed Job.
        index: Option<u32>,
    },
    Job {
        /// Its number over the whole scenario.
        id: JobId,
        /// Its name; `None` if the recording has no other of its kind.
        name: Option<Name>,
    },
    CronJob {
        /// Its number over the whole scenario.
        id: CronJobId,
        /// Its name; `None` if the recording has no other of its kind.
        name: Option<Name>,
    },
    Node {
        /// Its name.
        name: Name,
    },
}

/// The names of a recording, for sentences about one object.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    recording: &'a Recording,
    subject: Option<ObjectKey>,
}

impl<'a> Names<'a> {
    /// For sentences about `subject`: the key of a step.
    pub fn new(recording: &'a Recording, subject: Option<ObjectKey>) -> Names<'a> {
        Names { recording, subject }
    }

    /// What the sentence is about.
    pub fn subject(self) -> Option<ObjectKey> {
        self.subject
    }

    /// What to call an object.
    pub fn called(self, key: ObjectKey) -> Called {
        let first = self.recording.history(key).next().map(|version| &version.object);
        match (key, first) {
            (ObjectKey::Pod(id), Some(Object::Pod(pod))) => Called::Pod { id, index: pod.birth.index },
            (ObjectKey::Job(id), Some(Object::Job(job))) => {
                let alone = self.recording.jobs().nth(1).is_none();
                Called::Job { id, name: (!alone).then(|| job.meta.name.clone()) }
            }
            (ObjectKey::CronJob(id), Some(Object::CronJob(cron_job))) => {
                let alone = self.recording.cron_jobs().nth(1).is_none();
                Called::CronJob { id, name: (!alone).then(|| cron_job.meta.name.clone()) }
            }
            (ObjectKey::Pod(id), _) => Called::Pod { id, index: None },
            (ObjectKey::Job(id), _) => Called::Job { id, name: None },
            (ObjectKey::CronJob(id), _) => Called::CronJob { id, name: None },
            (ObjectKey::Node(id), _) => Called::Node { name: self.recording.node_name(id).unwrap_or_default().into() },
        }
    }

    /// The name of a container of the subject; `None` where it is the only one.
    pub fn container(self, place: ContainerPlace) -> Option<Name> {
        let spec = self.spec()?;
        if spec.container_count() < 2 {
            return None;
        }
        spec.container(place).map(|container| container.name.clone())
    }

    /// The name of a node.
    pub fn node(self, id: NodeId) -> &'a str {
        self.recording.node_name(id).unwrap_or_default()
    }

    /// The spec of the subject, if it is a pod.
    pub fn spec(self) -> Option<&'a PodSpec> {
        match &self.recording.history(self.subject?).next()?.object {
            Object::Pod(pod) => Some(&pod.birth.template.spec),
            _ => None,
        }
    }
}
