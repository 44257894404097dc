//! The pod template: what a Job's pods are made from.

use super::meta::Labels;
use super::pod_spec::PodSpec;
use crate::order;
use serde_json::Value;
use std::rc::Rc;

/// A pod template, defaulted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodTemplate {
    /// metadata.labels, the generated ones included.
    pub labels: Rc<Labels>,
    /// metadata.annotations.
    pub annotations: Rc<Labels>,
    /// spec; shared by all pods, and by the Jobs of a CronJob.
    pub spec: Rc<PodSpec>,
}

impl PodTemplate {
    /// The typed view of a defaulted and validated template; what is absent reads as its default.
    pub fn from_value(value: &Value) -> PodTemplate {
        PodTemplate::new(&value["metadata"], PodSpec::from_value(value["spec"].clone()))
    }

    pub(super) fn new(metadata: &Value, spec: PodSpec) -> PodTemplate {
        PodTemplate {
            labels: Rc::new(labels(&metadata["labels"])),
            annotations: Rc::new(labels(&metadata["annotations"])),
            spec: Rc::new(spec),
        }
    }
}

/// A map of texts; anything else in it is left out.
pub(super) fn labels(value: &Value) -> Labels {
    let pairs = value.as_object().into_iter().flatten();
    order::collect(pairs.filter_map(|(key, value)| Some((key.as_str().into(), value.as_str()?.into()))))
}
