//! An object of a recording as the API server shows it: what `kubectl get -o yaml` prints (K10.10).

use super::status::{self, Spelling};
use super::{Object, Recording};
use crate::api::defaulting;
use crate::api::{
    ContainerState, ContainerStatus, CronJob, Deletion, Job, JobStatus, Message, Meta, ObjectKey, OwnerReference,
    Phase, Pod, PodId, Terminated,
};
use crate::order;
use crate::time::Time;
use serde_json::{Map, Value, json};

/// The node of the reference cluster.
pub const NODE: &str = "node-1";

impl Recording {
    /// The whole object as JSON; `start` is t = 0 in seconds since 1970.
    pub fn value(&self, object: &Object, start: i64) -> Value {
        let clock = Clock { start };
        match object {
            Object::Job(job) => self.job_value(job, clock),
            Object::CronJob(cron_job) => self.cron_job_value(cron_job, clock),
            Object::Pod(pod) => self.pod_value(pod, clock),
        }
    }

    /// metadata.name of a pod of this run, also after its removal.
    pub fn pod_name(&self, pod: PodId) -> String {
        match self.history(ObjectKey::Pod(pod)).next().map(|version| &version.object) {
            Some(Object::Pod(pod)) => pod.name(),
            Some(Object::Job(_) | Object::CronJob(_)) | None => pod.to_string(),
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

    fn pod_value(&self, pod: &Pod, clock: Clock) -> Value {
        json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": self.pod_metadata(pod, clock),
            "spec": pod_spec(pod),
            "status": pod_status(pod, clock),
        })
    }

    fn pod_metadata(&self, pod: &Pod, clock: Clock) -> Value {
        let birth = &pod.birth;
        let text = |labels: &crate::api::Labels| -> Map<String, Value> {
            order::collect(labels.iter().map(|(key, value)| (key.to_string(), json!(&**value))))
        };
        let mut annotations = text(&birth.template.annotations);
        let mut annotate = |key: &str, value: u32| annotations.insert(key.into(), json!(value.to_string()));
        if let Some(index) = birth.index {
            annotate("batch.kubernetes.io/job-completion-index", index);
        }
        if let Some(count) = birth.failure_count {
            annotate("batch.kubernetes.io/job-index-failure-count", count);
        }
        if birth.ignored_failure_count > 0 {
            annotate("batch.kubernetes.io/job-index-ignored-failure-count", birth.ignored_failure_count);
        }
        let mut metadata = json!({
            "name": pod.name(),
            "generateName": &*birth.prefix,
            "namespace": &*birth.namespace,
            "uid": pod.id.to_string(),
            "creationTimestamp": clock.at(birth.created),
            "labels": text(&pod.labels()),
        });
        if !annotations.is_empty() {
            metadata["annotations"] = Value::Object(annotations);
        }
        if pod.tracked {
            metadata["finalizers"] = json!(["batch.kubernetes.io/job-tracking"]);
        }
        if let Some(owner) = pod.owner
            && let Some(Object::Job(job)) = self.history(ObjectKey::Job(owner)).next().map(|version| &version.object)
        {
            metadata["ownerReferences"] =
                json!([OwnerReference::to_controller("Job", &job.meta.name, owner.to_string())]);
        }
        clock.add_deletion(&mut metadata, pod.deletion);
        metadata
    }
}

/// The template's spec with the additions of the controller, the API server and the scheduler (JC-148, V5.25).
fn pod_spec(pod: &Pod) -> Value {
    let mut spec = pod.birth.template.spec.value.clone();
    defaulting::pod(&mut spec);
    if pod.bound.is_some() {
        spec["nodeName"] = json!(NODE);
    }
    let Some(index) = pod.birth.index else { return spec };
    spec["hostname"] = json!(format!("{}-{index}", pod.birth.job_name));
    for list in ["containers", "initContainers"] {
        for container in spec.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let mut env = container["env"].as_array().cloned().unwrap_or_default();
            if env.iter().any(|variable| variable["name"] == "JOB_COMPLETION_INDEX") {
                continue;
            }
            let path = "metadata.labels['batch.kubernetes.io/job-completion-index']";
            env.push(json!({
                "name": "JOB_COMPLETION_INDEX",
                "valueFrom": { "fieldRef": { "apiVersion": "v1", "fieldPath": path } },
            }));
            container["env"] = json!(env);
        }
    }
    spec
}

fn pod_status(pod: &Pod, clock: Clock) -> Value {
    let mut status = Map::new();
    let conditions: Vec<Value> = pod
        .conditions()
        .map(|condition| {
            let mut value = json!({
                "type": condition.condition_type,
                "status": condition.status,
                "lastProbeTime": null,
                "lastTransitionTime": clock.at(condition.since),
            });
            if !condition.reason.is_empty() {
                value["reason"] = json!(condition.reason);
            }
            if let Some(disruption) = pod.disruption.filter(|_| condition.condition_type == "DisruptionTarget") {
                value["message"] = json!(disruption.reason.message());
            }
            if condition.reason == "ContainersNotReady" {
                value["message"] = json!(format!("containers with unready status: [{}]", unready(pod).join(" ")));
            }
            value
        })
        .collect();
    if !conditions.is_empty() {
        status.insert("conditions".into(), json!(conditions));
    }
    let containers = &pod.birth.template.spec.containers;
    let statuses: Vec<Value> = pod
        .statuses()
        .into_iter()
        .filter_map(|(place, status)| {
            let declared = containers.get(place)?;
            Some(container_status(status, &declared.name, &declared.image, clock))
        })
        .collect();
    if !statuses.is_empty() {
        status.insert("containerStatuses".into(), json!(statuses));
    }
    if let Some(bound) = pod.bound {
        status.insert("startTime".into(), clock.at(bound));
    }
    if pod.evicted {
        status.insert("reason".into(), json!("Evicted"));
        let reason = crate::api::DisruptionReason::TerminationByKubelet;
        status.insert("message".into(), json!(reason.message()));
    }
    status.insert("phase".into(), json!(pod.phase.as_str()));
    Value::Object(status)
}

/// The names of the containers that do not run (C3.3).
fn unready(pod: &Pod) -> Vec<&str> {
    let runs = |status: &ContainerStatus| matches!(status.state, ContainerState::Running(_));
    let all = pod.containers.iter().zip(pod.birth.template.spec.containers.iter());
    all.filter(|(status, _)| !runs(status) || pod.phase == Phase::Pending)
        .map(|(_, declared)| &*declared.name)
        .collect()
}

fn container_status(status: &ContainerStatus, name: &str, image: &str, clock: Clock) -> Value {
    let runs = matches!(status.state, ContainerState::Running(_));
    let state = match status.state {
        ContainerState::Waiting(reason) => json!({ "waiting": { "reason": reason.as_str() } }),
        ContainerState::Running(since) => json!({ "running": { "startedAt": clock.at(since) } }),
        ContainerState::Terminated(terminated) => terminated_value(&terminated, clock),
    };
    json!({
        "name": name,
        "image": image,
        "imageID": "",
        "ready": runs,
        "started": runs,
        "restartCount": status.restart_count,
        "state": state,
        "lastState": status.last.map_or_else(|| json!({}), |last| terminated_value(&last, clock)),
    })
}

fn terminated_value(terminated: &Terminated, clock: Clock) -> Value {
    let time = |time: Option<Time>| time.map_or(Value::Null, |time| clock.at(time));
    json!({ "terminated": {
        "exitCode": terminated.exit_code,
        "reason": terminated.reason.as_str(),
        "startedAt": time(terminated.started),
        "finishedAt": time(terminated.finished),
    } })
}

/// Virtual time as wall-clock time.
#[derive(Clone, Copy)]
struct Clock {
    start: i64,
}

impl Clock {
    fn at(self, time: Time) -> Value {
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

    fn add_deletion(self, metadata: &mut Value, deletion: Option<Deletion>) {
        if let Some(deletion) = deletion {
            metadata["deletionTimestamp"] = self.at(deletion.timestamp);
            metadata["deletionGracePeriodSeconds"] = json!(deletion.grace_seconds);
        }
    }
}
