//! The spec of a pod: the few fields that decide something here, beside the whole value for printing.

use super::meta::Name;
use serde_json::Value;

/// `restartPolicy` of a pod. `Always` is refused in a Job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestartPolicy {
    /// A failed container ends the pod.
    Never,
    /// The kubelet restarts a failed container in place.
    OnFailure,
}

/// The spec of a pod template, defaulted.
#[derive(Clone, Debug, PartialEq)]
pub struct PodSpec {
    /// restartPolicy.
    pub restart_policy: RestartPolicy,
    /// terminationGracePeriodSeconds, 30 by default; a negative value counts as 1 (C9.9).
    pub grace_seconds: i64,
    /// containers, in the order of the text.
    pub containers: Vec<Container>,
    /// initContainers, in the order of the text. Not run by the reference cluster.
    pub init_containers: Vec<Container>,
    /// The whole spec as the API server stores it.
    pub value: Value,
}

/// A container of a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Name, unique in the pod.
    pub name: Name,
    /// Image.
    pub image: Name,
    /// command, then args: what would be executed.
    pub command: Vec<Name>,
}

impl PodSpec {
    /// The typed view of a defaulted and validated spec; what is absent reads as its default.
    pub(super) fn from_value(value: Value) -> PodSpec {
        PodSpec {
            restart_policy: match value["restartPolicy"].as_str() {
                Some("OnFailure") => RestartPolicy::OnFailure,
                _ => RestartPolicy::Never,
            },
            grace_seconds: match value["terminationGracePeriodSeconds"].as_i64() {
                Some(seconds) if seconds < 0 => 1,
                Some(seconds) => seconds,
                None => 30,
            },
            containers: containers(&value["containers"]),
            init_containers: containers(&value["initContainers"]),
            value,
        }
    }
}

fn containers(value: &Value) -> Vec<Container> {
    let texts = |value: &Value| -> Vec<Name> {
        value.as_array().into_iter().flatten().filter_map(|text| Some(text.as_str()?.into())).collect()
    };
    let one = |value: &Value| Container {
        name: value["name"].as_str().unwrap_or_default().into(),
        image: value["image"].as_str().unwrap_or_default().into(),
        command: [texts(&value["command"]), texts(&value["args"])].concat(),
    };
    value.as_array().into_iter().flatten().map(one).collect()
}
