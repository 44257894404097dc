//! An object of a recording as the API server shows it: what `kubectl get -o yaml` prints (K10.10).

use super::status::{self, Spelling};
use super::{Object, Recording};
use crate::api::{CronJob, Deletion, Job, JobStatus, Message, Meta, ObjectKey, PodId};
use crate::time::Time;
use serde_json::{Map, Value, json};

impl Recording {
    /// The whole object as in [`Recording::object_at`], as JSON; `start` is t = 0 in seconds since 1970.
    pub fn value_at(&self, key: ObjectKey, at: Time, start: i64) -> Option<Value> {
        let clock = Clock { start, now: at };
        if let ObjectKey::Node(id) = key {
            return Some(self.node_value(self.node_at(id, at)?, clock));
        }
        Some(match self.object_at(key, at)? {
            Object::Job(job) => self.job_value(job, clock),
            Object::CronJob(cron_job) => self.cron_job_value(cron_job, clock),
            Object::Pod(pod) => self.pod_value(pod, clock),
            Object::Node(node) => self.node_value(node, clock),
        })
    }

    /// metadata.name of a pod of this run, also after its removal.
    pub fn pod_name(&self, pod: PodId) -> String {
        match self.history(ObjectKey::Pod(pod)).next().map(|version| &version.object) {
            Some(Object::Pod(pod)) => pod.name(),
            Some(Object::Job(_) | Object::CronJob(_) | Object::Node(_)) | None => pod.to_string(),
        }
    }

    /// A message with the names of the pods that it mentions.
    pub fn message(&self, message: &Message) -> String {
        message.text(&|pod| self.pod_name(pod), &|suffix| suffix.iter().map(|byte| char::from(*byte)).collect())
    }

    fn job_value(&self, job: &Job, clock: Clock) -> Value {
        json!({
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": clock.metadata(&job.meta, job.id.to_string()),
            "spec": job.spec.to_value(),
            "status": self.job_status(&job.status, clock),
        })
    }

    fn job_status(&self, status: &JobStatus, clock: Clock) -> Value {
        let time = |time| clock.at(time);
        let pods = |pods: &[PodId]| pods.iter().map(PodId::to_string).collect();
        let message = |message: &Message| self.message(message);
        status::job_status(status, &Spelling { time: &time, pods: &pods, message: &message })
    }

    fn cron_job_value(&self, cron_job: &CronJob, clock: Clock) -> Value {
        let mut status = Map::new();
        let active = cron_job.status.active.iter().map(|(id, name)| {
            json!({
                "apiVersion": "batch/v1", "kind": "Job", "name": &**name,
                "namespace": &*cron_job.meta.namespace, "uid": id.to_string(),
            })
        });
        let active: Vec<Value> = active.collect();
        if !active.is_empty() {
            status.insert("active".into(), json!(active));
        }
        let times = [
            ("lastScheduleTime", cron_job.status.last_schedule_time),
            ("lastSuccessfulTime", cron_job.status.last_successful_time),
        ];
        for (field, time) in times {
            if let Some(time) = time {
                status.insert(field.into(), clock.at(time));
            }
        }
        json!({
            "apiVersion": "batch/v1",
            "kind": "CronJob",
            "metadata": clock.metadata(&cron_job.meta, cron_job.id.to_string()),
            "spec": *cron_job.spec.value,
            "status": status,
        })
    }
}

/// Virtual time as wall-clock time.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    start: i64,
    /// The time at which the object is looked at.
    pub(super) now: Time,
}

impl Clock {
    pub(super) fn at(self, time: Time) -> Value {
        json!(crate::time::rfc3339(self.start + time.seconds()))
    }

    fn metadata(self, meta: &Meta, uid: String) -> Value {
        let mut metadata = crate::api::admission::metadata(meta);
        metadata["uid"] = json!(uid);
        metadata["generation"] = json!(meta.generation);
        metadata["creationTimestamp"] = self.at(meta.created);
        self.add_deletion(&mut metadata, meta.deletion);
        metadata
    }

    pub(super) fn add_deletion(self, metadata: &mut Value, deletion: Option<Deletion>) {
        if let Some(deletion) = deletion {
            metadata["deletionTimestamp"] = self.at(deletion.timestamp);
            metadata["deletionGracePeriodSeconds"] = json!(deletion.grace_seconds);
        }
    }
}
