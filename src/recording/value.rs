//! An object of a recording as the API server shows it: what `kubectl get -o yaml` prints (K10.10).

use super::status::{self, Spelling};
use super::{Object, Recording};
use crate::api::defaulting;
use crate::api::{
    Container, ContainerState, ContainerStatus, CronJob, Deletion, Job, JobStatus, Message, Meta, Node, ObjectKey,
    OwnerReference, Pod, PodId, Terminated,
};
use crate::order;
use crate::time::Time;
use serde_json::{Map, Value, json};

impl Recording {
    /// The whole object as JSON; `start` is t = 0 in seconds since 1970.
    pub fn value(&self, object: &Object, start: i64) -> Value {
        let clock = Clock { start };
        match object {
            Object::Job(job) => self.job_value(job, clock),
            Object::CronJob(cron_job) => self.cron_job_value(cron_job, clock),
            Object::Pod(pod) => self.pod_value(pod, clock),
            Object::Node(node) => node_value(node, clock),
        }
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

    fn pod_value(&self, pod: &Pod, clock: Clock) -> Value {
        json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": self.pod_metadata(pod, clock),
            "spec": self.pod_spec(pod),
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

    /// The template's spec with the additions of the controller, the API server and the scheduler (JC-148, V5.25).
    fn pod_spec(&self, pod: &Pod) -> Value {
        let mut spec = pod.birth.template.spec.value.clone();
        defaulting::pod(&mut spec);
        if let Some(node) = self.node_of(pod) {
            spec["nodeName"] = json!(node);
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
}

fn node_value(node: &Node, clock: Clock) -> Value {
    let labels = node.labels.iter().map(|(key, value)| (key.to_string(), json!(&**value)));
    let mut spec = Map::new();
    if node.unschedulable {
        spec.insert("unschedulable".into(), json!(true));
    }
    let taints = node.taints.iter().map(|taint| {
        let mut value = json!({ "key": &*taint.key, "effect": taint.effect.as_str() });
        if !taint.value.is_empty() {
            value["value"] = json!(&*taint.value);
        }
        if let Some(added) = taint.added {
            value["timeAdded"] = clock.at(added);
        }
        value
    });
    let taints: Vec<Value> = taints.collect();
    if !taints.is_empty() {
        spec.insert("taints".into(), json!(taints));
    }
    let capacity = node.capacity.as_ref().map(|capacity| {
        let written = capacity.written.iter().map(|(name, amount)| (name.to_string(), json!(&**amount)));
        order::collect::<Map<String, Value>, _>(written)
    });
    let mut status = json!({
        "conditions": [{
            "type": "Ready",
            "status": node.ready.as_str(),
            "lastTransitionTime": clock.at(node.ready_since),
        }],
    });
    if let Some(capacity) = capacity {
        status["capacity"] = json!(capacity);
        status["allocatable"] = status["capacity"].clone();
    }
    json!({
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": &*node.name,
            "uid": node.id.to_string(),
            "creationTimestamp": clock.at(node.joined.truncated()),
            "labels": order::collect::<Map<String, Value>, _>(labels),
        },
        "spec": spec,
        "status": status,
    })
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
            if !condition.message.is_empty() {
                value["message"] = json!(condition.message);
            }
            value
        })
        .collect();
    if !conditions.is_empty() {
        status.insert("conditions".into(), json!(conditions));
    }
    let init: Vec<Value> =
        pod.init_statuses().map(|(declared, status)| container_status(status, declared, clock)).collect();
    if !init.is_empty() {
        status.insert("initContainerStatuses".into(), json!(init));
    }
    let containers = &pod.birth.template.spec.containers;
    let statuses: Vec<Value> = pod
        .statuses()
        .into_iter()
        .filter_map(|(place, status)| Some(container_status(status, containers.get(place)?, clock)))
        .collect();
    if !statuses.is_empty() {
        status.insert("containerStatuses".into(), json!(statuses));
    }
    if let Some(started) = pod.started {
        status.insert("startTime".into(), clock.at(started));
    }
    if let Some(reason) = pod.reason {
        status.insert("reason".into(), json!(reason.as_str()));
        status.insert("message".into(), json!(reason.message()));
    }
    status.insert("phase".into(), json!(pod.phase.as_str()));
    Value::Object(status)
}

fn container_status(status: &ContainerStatus, declared: &Container, clock: Clock) -> Value {
    let state = match status.state {
        ContainerState::Waiting(reason) => json!({ "waiting": { "reason": reason.as_str() } }),
        ContainerState::Running(since) => json!({ "running": { "startedAt": clock.at(since) } }),
        ContainerState::Terminated(terminated) => terminated_value(&terminated, clock),
    };
    json!({
        "name": &*declared.name,
        "image": &*declared.image,
        "imageID": "",
        "ready": status.ready,
        "started": status.started,
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
