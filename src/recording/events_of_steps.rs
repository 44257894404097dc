//! The Events about pods and nodes that some steps wrote: for a list that shows a part of a run.

use super::pod_events::{PodEvent, Teller, object_of};
use super::{Object, Recording};
use crate::api::{ObjectKey, PodId};
use crate::cluster::reason::{Reason, StepId};
use crate::order;
use std::ops::Range;

impl Recording {
    /// The Events about pods and nodes that these steps wrote, in order. They are counted from the creation of their
    /// objects on: what happens to one does not depend on the others.
    pub fn pod_events_in(&self, steps: Range<u32>) -> Vec<PodEvent> {
        let all = || self.steps()[steps.start as usize..steps.end as usize].iter();
        let told = all().flat_map(|step| {
            self.reasons(step).iter().filter_map(move |reason| match reason {
                Reason::Told(told) => object_of(step, told),
                Reason::Bound { .. } | Reason::ContainersStarted { .. } => step.key,
                _ => None,
            })
        });
        let wanted = order::set(told);
        let born = |key: &ObjectKey| match key {
            ObjectKey::Pod(_) => self.history(*key).next().map_or(0, |version| version.step.0),
            _ => 0,
        };
        let Some(first) = wanted.iter().map(born).min() else { return Vec::new() };
        let name = |pod: PodId| match self.history(ObjectKey::Pod(pod)).next().map(|version| &version.object) {
            Some(Object::Pod(pod)) => pod.name(),
            _ => pod.to_string(),
        };
        let uid = |pod: PodId| pod.to_string();
        let is_wanted = |key: ObjectKey| wanted.contains(&key);
        let mut teller = Teller::new(self, &is_wanted, &name, &uid);
        let counted = (first..steps.end).map(StepId).flat_map(|id| teller.of_step(self.step(id), id));
        counted.filter(|event| event.step.0 >= steps.start).collect()
    }
}
