//! A pod as the API server shows it, with what admission, the scheduler and the kubelet add to its template.

use super::image_id::{container_id, image_id};
use super::value::Clock;
use super::{Object, Recording, address};
use crate::api::defaulting;
use crate::api::{
    Container, ContainerState, ContainerStatus, ObjectKey, OwnerReference, Pod, PodCondition, Terminated,
    TerminatedReason, labels_value, quality_of_service,
};
use crate::time::Time;
use serde_json::{Map, Value, json};

/// Where the token of the service account is mounted, and how the name of its volume begins.
const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";
pub(crate) const TOKEN_VOLUME: &str = "kube-api-access-";

impl Recording {
    pub(super) fn pod_value(&self, pod: &Pod, clock: Clock) -> Value {
        let spec = self.pod_spec(pod);
        let status = self.pod_status(pod, &spec, clock);
        json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": self.pod_metadata(pod, clock),
            "spec": spec,
            "status": status,
        })
    }

    fn pod_metadata(&self, pod: &Pod, clock: Clock) -> Value {
        let birth = &pod.birth;
        let mut annotations = labels_value(&birth.template.annotations);
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
            "labels": labels_value(&pod.labels()),
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
    pub(crate) fn pod_spec(&self, pod: &Pod) -> Value {
        let mut spec = pod.birth.template.spec.value.clone();
        defaulting::pod(&mut spec);
        admit(&mut spec, pod);
        if let Some(node) = self.node_of(pod) {
            spec["nodeName"] = json!(node);
        }
        let Some(index) = pod.birth.index else { return spec };
        spec["hostname"] = json!(format!("{}-{index}", pod.birth.job_name));
        for container in containers_of(&mut spec) {
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
        spec
    }

    fn pod_status(&self, pod: &Pod, spec: &Value, clock: Clock) -> Value {
        let mut status = Map::new();
        let mut conditions: Vec<PodCondition> = pod.conditions().collect();
        // The kubelet puts what others have written first; before it sees it, that stands at the end.
        if pod.disruption.is_some() && self.is_disruption_unseen(pod, clock.now) {
            conditions.rotate_left(1);
        }
        let conditions: Vec<Value> = conditions
            .into_iter()
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
        let init = pod.init_statuses().map(|(declared, status)| container_status(pod, status, declared, clock));
        let init: Vec<Value> = init.collect();
        if !init.is_empty() {
            status.insert("initContainerStatuses".into(), json!(init));
        }
        let containers = &pod.birth.template.spec.containers;
        let statuses: Vec<Value> = pod
            .statuses()
            .into_iter()
            .filter_map(|(place, status)| Some(container_status(pod, status, containers.get(place)?, clock)))
            .collect();
        if !statuses.is_empty() {
            status.insert("containerStatuses".into(), json!(statuses));
        }
        if let Some(started) = pod.started {
            status.insert("startTime".into(), clock.at(started));
            if let Some(bound) = pod.bound {
                let address = address::of_node(bound.node);
                status.insert("hostIPs".into(), json!([{ "ip": address }]));
                status.insert("hostIP".into(), json!(address));
            }
        }
        if let Some(address) = address::of_pod(pod) {
            status.insert("podIPs".into(), json!([{ "ip": address }]));
            status.insert("podIP".into(), json!(address));
        }
        if let Some(node) = self.nominated_node(pod) {
            status.insert("nominatedNodeName".into(), json!(node));
        }
        if let Some(reason) = pod.reason {
            status.insert("reason".into(), json!(reason.as_str()));
            status.insert("message".into(), json!(reason.message()));
        }
        status.insert("qosClass".into(), json!(quality_of_service(spec)));
        status.insert("phase".into(), json!(pod.phase.as_str()));
        Value::Object(status)
    }
}

/// What admission plugins add: Priority, DefaultTolerationSeconds, ServiceAccount.
fn admit(spec: &mut Value, pod: &Pod) {
    let birth = &pod.birth;
    spec["priority"] = json!(birth.priority);
    spec["preemptionPolicy"] = json!(if birth.never_preempts { "Never" } else { "PreemptLowerPriority" });
    if let Some(class) = &birth.priority_class {
        spec["priorityClassName"] = json!(&**class);
    }
    let mut tolerations = spec["tolerations"].as_array().cloned().unwrap_or_default();
    for toleration in birth.template.spec.placement.tolerations.iter().skip(tolerations.len()) {
        tolerations.push(json!({
            "key": toleration.key,
            "operator": toleration.operator,
            "effect": toleration.effect,
            "tolerationSeconds": toleration.toleration_seconds,
        }));
    }
    spec["tolerations"] = json!(tolerations);
    let account = json!(&*birth.template.spec.service_account);
    spec["serviceAccount"] = account.clone();
    spec["serviceAccountName"] = account;
    if spec["automountServiceAccountToken"] != false {
        mount_token(spec, pod);
    }
}

/// A volume with the token, mounted in each container that has nothing there.
///
/// Upstream: plugin/pkg/admission/serviceaccount mountServiceAccountToken.
fn mount_token(spec: &mut Value, pod: &Pod) {
    // The five characters are as random as those of the pod's name.
    let random: String = pod.birth.suffix.iter().rev().map(|byte| char::from(*byte)).collect();
    let volume = format!("{TOKEN_VOLUME}{random}");
    let mut is_used = false;
    for container in containers_of(spec) {
        let mut mounts = container["volumeMounts"].as_array().cloned().unwrap_or_default();
        if mounts.iter().any(|mount| mount["mountPath"] == TOKEN_PATH) {
            continue;
        }
        mounts.push(json!({ "name": volume, "readOnly": true, "mountPath": TOKEN_PATH }));
        container["volumeMounts"] = json!(mounts);
        is_used = true;
    }
    if !is_used {
        return;
    }
    let namespace = json!({ "apiVersion": "v1", "fieldPath": "metadata.namespace" });
    let mut volumes = spec["volumes"].as_array().cloned().unwrap_or_default();
    volumes.push(json!({ "name": volume, "projected": {
        "defaultMode": 420,
        "sources": [
            { "serviceAccountToken": { "expirationSeconds": 3607, "path": "token" } },
            { "configMap": { "name": "kube-root-ca.crt", "items": [{ "key": "ca.crt", "path": "ca.crt" }] } },
            { "downwardAPI": { "items": [{ "path": "namespace", "fieldRef": namespace }] } },
        ],
    } }));
    spec["volumes"] = json!(volumes);
}

fn containers_of(spec: &mut Value) -> Vec<&mut Value> {
    let Some(spec) = spec.as_object_mut() else { return Vec::new() };
    let lists = spec.iter_mut().filter(|(field, _)| matches!(field.as_str(), "containers" | "initContainers"));
    lists.flat_map(|(_, list)| list.as_array_mut().into_iter().flatten()).collect()
}

fn container_status(pod: &Pod, status: &ContainerStatus, declared: &Container, clock: Clock) -> Value {
    let state = match status.state {
        ContainerState::Waiting(reason) => json!({ "waiting": { "reason": reason.as_str() } }),
        ContainerState::Running(since) => json!({ "running": { "startedAt": clock.at(since) } }),
        ContainerState::Terminated(terminated) => terminated_value(&terminated, clock),
    };
    let mut value = json!({
        "name": &*declared.name,
        "image": &*declared.image,
        "imageID": "",
        "ready": status.ready,
        "started": status.started,
        "restartCount": status.restart_count,
        "state": state,
        "lastState": status.last.map_or_else(|| json!({}), |last| terminated_value(&last, clock)),
    });
    if was_made(status) {
        value["imageID"] = json!(image_id(&declared.image));
        value["containerID"] = json!(container_id(pod, declared, status.restart_count));
    }
    value
}

/// Whether there is or was a container behind it.
fn was_made(status: &ContainerStatus) -> bool {
    status.last.is_some()
        || match status.state {
            ContainerState::Running(_) => true,
            ContainerState::Waiting(_) => false,
            ContainerState::Terminated(terminated) => terminated.reason != TerminatedReason::ContainerStatusUnknown,
        }
}

fn terminated_value(terminated: &Terminated, clock: Clock) -> Value {
    let time = |time: Option<Time>| time.map_or(Value::Null, |time| clock.at(time));
    let mut value = json!({
        "exitCode": terminated.exit_code,
        "reason": terminated.reason.as_str(),
        "startedAt": time(terminated.started),
        "finishedAt": time(terminated.finished),
    });
    if !terminated.reason.message().is_empty() {
        value["message"] = json!(terminated.reason.message());
    }
    json!({ "terminated": value })
}
