//! What a sentence calls an object: its number or its name, and only as much of it as is needed to tell it apart.

use crate::api::{ContainerPlace, ContainerRole, CronJobId, JobId, Name, NodeId, ObjectKey, PodId, PodSpec};
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

    /// A container of the subject; `None` where it is the only one.
    pub fn container(self, place: ContainerPlace) -> Option<(ContainerRole, &'a Name)> {
        match self.subject? {
            ObjectKey::Pod(pod) => self.container_of(pod, place),
            ObjectKey::Job(_) | ObjectKey::CronJob(_) | ObjectKey::Node(_) => None,
        }
    }

    /// A container of a pod; `None` where it is the only one.
    pub fn container_of(self, pod: PodId, place: ContainerPlace) -> Option<(ContainerRole, &'a Name)> {
        let spec = self.spec_of(pod)?;
        let container = spec.container(place).filter(|_| spec.container_count() > 1)?;
        Some((container.role(place), &container.name))
    }

    /// Whether a container of a pod ever ran, so that there were logs.
    pub fn had_logs(self, pod: PodId) -> bool {
        let last = self.recording.history(ObjectKey::Pod(pod)).next_back().map(|version| &version.object);
        matches!(last, Some(Object::Pod(pod)) if pod.ever_ran())
    }

    /// The name of a node.
    pub fn node(self, id: NodeId) -> &'a str {
        self.recording.node_name(id).unwrap_or_default()
    }

    /// The spec of the subject, if it is a pod.
    pub fn spec(self) -> Option<&'a PodSpec> {
        match self.subject? {
            ObjectKey::Pod(pod) => self.spec_of(pod),
            ObjectKey::Job(_) | ObjectKey::CronJob(_) | ObjectKey::Node(_) => None,
        }
    }

    fn spec_of(self, pod: PodId) -> Option<&'a PodSpec> {
        Some(&self.recording.born(pod)?.birth.template.spec)
    }
}
