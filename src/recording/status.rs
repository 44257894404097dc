//! A Job's status as JSON, field by field as the API server shows it. The caller says how times and pods are spelled:
//! an API object has RFC 3339 and UIDs, a trace has seconds and numbers.

use crate::api::{Condition, JobStatus, Message, PodId};
use crate::time::Time;
use serde_json::{Map, Value, json};

/// How times, pods and messages are spelled.
pub(super) struct Spelling<'a> {
    pub(super) time: &'a dyn Fn(Time) -> Value,
    /// A list of pods that are not counted yet.
    pub(super) pods: &'a dyn Fn(&[PodId]) -> Vec<String>,
    pub(super) message: &'a dyn Fn(&Message) -> String,
}

/// The whole status; like the API server, it leaves out fields that are zero or not set.
pub(super) fn job_status(status: &JobStatus, spelling: &Spelling<'_>) -> Value {
    let mut map = Map::new();
    if !status.conditions.is_empty() {
        let conditions = status.conditions.iter().map(|one| condition(one, spelling)).collect();
        map.insert("conditions".into(), conditions);
    }
    for (field, time) in [("startTime", status.start_time), ("completionTime", status.completion_time)] {
        if let Some(time) = time {
            map.insert(field.into(), (spelling.time)(time));
        }
    }
    for (field, count) in [("active", status.active), ("succeeded", status.succeeded), ("failed", status.failed)] {
        if count > 0 {
            map.insert(field.into(), json!(count));
        }
    }
    for (field, count) in [("terminating", status.terminating), ("ready", status.ready)] {
        if let Some(count) = count {
            map.insert(field.into(), json!(count));
        }
    }
    if !status.completed_indexes.is_empty() {
        map.insert("completedIndexes".into(), json!(status.completed_indexes.to_string()));
    }
    if let Some(failed) = &status.failed_indexes {
        map.insert("failedIndexes".into(), json!(failed.to_string()));
    }
    if let Some(uncounted) = &status.uncounted {
        let mut lists = Map::new();
        for (field, pods) in [("succeeded", &uncounted.succeeded), ("failed", &uncounted.failed)] {
            if !pods.is_empty() {
                lists.insert(field.into(), json!((spelling.pods)(pods)));
            }
        }
        map.insert("uncountedTerminatedPods".into(), Value::Object(lists));
    }
    Value::Object(map)
}

fn condition(condition: &Condition, spelling: &Spelling<'_>) -> Value {
    let since = (spelling.time)(condition.since);
    json!({
        "type": condition.condition_type.as_str(),
        "status": condition.status.as_str(),
        "lastProbeTime": since,
        "lastTransitionTime": since,
        "reason": condition.reason,
        "message": (spelling.message)(&condition.message),
    })
}

/// How a trace calls a pod.
pub(super) fn pod_name(pod: PodId) -> String {
    format!("pod#{}", pod.0)
}
