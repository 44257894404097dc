//! The pod template: the few fields that decide something here, beside the whole value for printing.

use super::meta::{Labels, Name};
use crate::order;
use serde_json::Value;
use std::rc::Rc;

/// `restartPolicy` of a pod. `Always` is refused in a Job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestartPolicy {
    /// A failed container ends the pod.
    Never,
    /// The kubelet restarts a failed container in place.
    OnFailure,
}

/// A pod template, defaulted.
#[derive(Clone, Debug, PartialEq)]
pub struct PodTemplate {
    /// metadata.labels, the generated ones included.
    pub labels: Rc<Labels>,
    /// metadata.annotations.
    pub annotations: Rc<Labels>,
    /// spec.restartPolicy.
    pub restart_policy: RestartPolicy,
    /// spec.terminationGracePeriodSeconds, 30 by default; a negative value counts as 1 (C9.9).
    pub grace_seconds: i64,
    /// spec.containers, in the order of the text.
    pub containers: Rc<[Container]>,
    /// spec.initContainers, in the order of the text. Not run by the reference cluster.
    pub init_containers: Rc<[Container]>,
    /// The whole template as the API server stores it.
    pub value: Rc<Value>,
}

/// A container of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Name, unique in the pod.
    pub name: Name,
    /// Image.
    pub image: Name,
    /// command, then args: what would be executed.
    pub command: Vec<Name>,
}

impl PodTemplate {
    /// The typed view of a defaulted and validated template; what is absent reads as its default.
    pub fn from_value(value: Rc<Value>) -> PodTemplate {
        let spec = &value["spec"];
        PodTemplate {
            labels: Rc::new(labels(&value["metadata"]["labels"])),
            annotations: Rc::new(labels(&value["metadata"]["annotations"])),
            restart_policy: match spec["restartPolicy"].as_str() {
                Some("OnFailure") => RestartPolicy::OnFailure,
                _ => RestartPolicy::Never,
            },
            grace_seconds: match spec["terminationGracePeriodSeconds"].as_i64() {
                Some(seconds) if seconds < 0 => 1,
                Some(seconds) => seconds,
                None => 30,
            },
            containers: containers(&spec["containers"]),
            init_containers: containers(&spec["initContainers"]),
            value,
        }
    }
}

/// A map of texts; anything else in it is left out.
pub(super) fn labels(value: &Value) -> Labels {
    let pairs = value.as_object().into_iter().flatten();
    order::collect(pairs.filter_map(|(key, value)| Some((key.as_str().into(), value.as_str()?.into()))))
}

fn containers(value: &Value) -> Rc<[Container]> {
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
