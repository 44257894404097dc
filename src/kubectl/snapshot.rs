//! What kubectl sees: the objects that exist in a recording at one moment, in the order in which the API server lists
//! them, with their names, ages and dates. Knows no layout.

use super::as_recorded;
use super::duration::human;
use crate::api::{CronJob, Event, Job, Labels, Name, Node, ObjectKey, Pod, PodId, shown_message};
use crate::order;
use crate::recording::{Object, Recording};
use crate::time::Time;
use crate::time::calendar::Civil;
use serde_json::Value;
use std::rc::Rc;

/// How generated names and Events are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conventions {
    /// As a cluster shows them.
    #[default]
    Cluster,
    /// As the recorded cases show them (tests/conformance/README.md, kubectl): placeholders for UIDs, IDs and random
    /// characters, pods ordered by their numbers, and Events of one age by their words. Three differences come from
    /// their store: each write of an Event of a controller or of the scheduler is a row, where a cluster counts up one
    /// object; Events without a UID are found at any node; and the labels that a Job gets when it is read back are
    /// missing until its first update.
    Recordings,
}

/// The namespaces that a command looks into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Namespaces {
    /// This one.
    One(String),
    /// `--all-namespaces`.
    All,
}

impl Namespaces {
    pub(super) fn contain(&self, namespace: &str) -> bool {
        match self {
            Namespaces::One(one) => one == namespace,
            Namespaces::All => true,
        }
    }
}

/// A recording at a moment.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Snapshot<'a> {
    pub recording: &'a Recording,
    /// Time zero of the recording, in seconds since 1970.
    pub start_unix_seconds: i64,
    pub at: Time,
    pub conventions: Conventions,
}

/// The number of labels that are generated for a Job without labels of its own (V6.2).
const GENERATED_LABELS: usize = 4;

impl<'a> Snapshot<'a> {
    pub(super) fn jobs(&self, namespaces: &Namespaces) -> Vec<&'a Job> {
        let recording = self.recording;
        let mut jobs: Vec<&Job> = recording.jobs().filter_map(|id| recording.job_at(id, self.at)).collect();
        jobs.retain(|job| namespaces.contain(&job.meta.namespace));
        order::sort_by_key(&mut jobs, |job| (&job.meta.namespace, &job.meta.name));
        jobs
    }

    pub(super) fn cron_jobs(&self, namespaces: &Namespaces) -> Vec<&'a CronJob> {
        let recording = self.recording;
        let ids = recording.cron_jobs();
        let mut cron_jobs: Vec<&CronJob> = ids.filter_map(|id| recording.cron_job_at(id, self.at)).collect();
        cron_jobs.retain(|cron_job| namespaces.contain(&cron_job.meta.namespace));
        order::sort_by_key(&mut cron_jobs, |cron_job| (&cron_job.meta.namespace, &cron_job.meta.name));
        cron_jobs
    }

    pub(super) fn pods(&self, namespaces: &Namespaces) -> Vec<&'a Pod> {
        self.pods_where(|pod| namespaces.contain(&pod.birth.namespace))
    }

    pub(super) fn pods_where(&self, is_wanted: impl Fn(&Pod) -> bool) -> Vec<&'a Pod> {
        let recording = self.recording;
        let mut pods: Vec<&Pod> = recording.pods_at(self.at).filter(|pod| is_wanted(pod)).collect();
        match self.conventions {
            Conventions::Cluster => {
                order::sort_by_cached_key(&mut pods, |pod| (pod.birth.namespace.clone(), pod.name()));
            }
            Conventions::Recordings => order::sort_by_key(&mut pods, |pod| pod.id),
        }
        pods
    }

    pub(super) fn nodes(&self) -> Vec<&'a Node> {
        let recording = self.recording;
        let mut nodes: Vec<&Node> = recording.nodes().filter_map(|id| recording.node_at(id, self.at)).collect();
        order::sort_by_key(&mut nodes, |node| &node.name);
        nodes
    }

    pub(super) fn pod_name(&self, pod: &Pod) -> String {
        match self.conventions {
            Conventions::Cluster => pod.name(),
            Conventions::Recordings => format!("{}#{:04}", pod.birth.prefix, pod.id.0),
        }
    }

    /// The whole object; null if it is not there.
    pub(super) fn value(&self, key: ObjectKey) -> Value {
        let value = self.recording.value_at(key, self.at, self.start_unix_seconds).unwrap_or_default();
        match (self.conventions, key) {
            (Conventions::Recordings, ObjectKey::Pod(_)) => as_recorded::pod(value),
            _ => value,
        }
    }

    /// `CronJob/hello`
    pub(super) fn controller_of_job(&self, job: &Job) -> Option<String> {
        job.meta.controller().map(|owner| format!("{}/{}", owner.kind, owner.name))
    }

    /// `Job/pi`
    pub(super) fn controller_of_pod(&self, pod: &Pod) -> Option<String> {
        pod.owner.map(|owner| format!("Job/{}", self.name_of(ObjectKey::Job(owner))))
    }

    /// The name of a pod's node.
    pub(super) fn node_of(&self, pod: &Pod) -> Option<&'a str> {
        self.recording.node_of(pod)
    }

    /// metadata.name, also of an object that is gone.
    pub(super) fn name_of(&self, key: ObjectKey) -> String {
        match self.recording.history(key).next().map(|version| &version.object) {
            Some(Object::Pod(pod)) => self.pod_name(pod),
            Some(Object::Job(job)) => job.meta.name.to_string(),
            Some(Object::CronJob(cron_job)) => cron_job.meta.name.to_string(),
            Some(Object::Node(node)) => node.name.to_string(),
            None => match key {
                ObjectKey::Node(node) => self.recording.node_name(node).unwrap_or_default().to_owned(),
                ObjectKey::CronJob(_) | ObjectKey::Job(_) | ObjectKey::Pod(_) => String::new(),
            },
        }
    }

    /// metadata.uid.
    pub(super) fn uid_of(&self, key: ObjectKey) -> String {
        match (self.conventions, key) {
            (Conventions::Recordings, _) => "UID".to_owned(),
            (Conventions::Cluster, ObjectKey::CronJob(id)) => id.to_string(),
            (Conventions::Cluster, ObjectKey::Job(id)) => id.to_string(),
            (Conventions::Cluster, ObjectKey::Pod(id)) => id.to_string(),
            (Conventions::Cluster, ObjectKey::Node(id)) => id.to_string(),
        }
    }

    /// metadata.namespace, also of an object that is gone.
    pub(super) fn namespace_of(&self, key: ObjectKey) -> &'a str {
        match self.recording.history(key).next().map(|version| &version.object) {
            Some(Object::Pod(pod)) => &pod.birth.namespace,
            Some(Object::Job(job)) => &job.meta.namespace,
            Some(Object::CronJob(cron_job)) => &cron_job.meta.namespace,
            Some(Object::Node(_)) | None => "",
        }
    }

    /// The message of an Event as it is shown.
    pub(super) fn event_message(&self, event: &Event) -> String {
        let pod_name = |pod: PodId| self.name_of(ObjectKey::Pod(pod));
        let suffix = |suffix: [u8; 5]| match self.conventions {
            Conventions::Cluster => suffix.iter().map(|byte| char::from(*byte)).collect(),
            Conventions::Recordings => "?????".to_owned(),
        };
        let text = event.message.text(&pod_name, &suffix);
        shown_message(event.combined, text.trim())
    }

    /// The labels of a Job as `kubectl describe` shows them.
    pub(super) fn job_labels(&self, job: &Job) -> Rc<Labels> {
        let is_new = || {
            self.recording
                .history(ObjectKey::Job(job.id))
                .nth(1)
                .is_none_or(|second| self.recording.written_at(second) > self.at)
        };
        let are_generated = || job.meta.labels == job.spec.template.labels && job.meta.labels.len() == GENERATED_LABELS;
        match self.conventions {
            Conventions::Recordings if is_new() && are_generated() => Rc::default(),
            Conventions::Cluster | Conventions::Recordings => Rc::clone(&job.meta.labels),
        }
    }

    /// `key=value`, one text for each label.
    pub(super) fn labels(&self, labels: &Labels) -> Vec<String> {
        labels.iter().map(|(key, value)| format!("{key}={}", self.label_value(key, value))).collect()
    }

    /// The value of a label; two of those that a Job's pods get are the Job's UID.
    pub(super) fn label_value<'v>(&self, key: &Name, value: &'v Name) -> &'v str {
        let is_uid = matches!(&**key, "controller-uid" | "batch.kubernetes.io/controller-uid");
        if is_uid && self.conventions == Conventions::Recordings { "UID" } else { value }
    }

    /// How long ago a time is.
    pub(super) fn age(&self, since: Time) -> String {
        human(self.at - since)
    }

    /// `Sat, 01 Jan 2000 12:00:00 +0000`
    pub(super) fn date(&self, time: Time) -> String {
        let civil = Civil::of(self.start_unix_seconds + time.seconds());
        let (day_name, month) = (&civil.day_name()[..3], &civil.month_name()[..3]);
        let Civil { year, day, hour, minute, second, .. } = civil;
        format!("{day_name}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} +0000")
    }
}
