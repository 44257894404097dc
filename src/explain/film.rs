//! What an explanation is made of: the recording, and the scenario that it was recorded from.

use super::origin::{ObjectSource, Origin, Setting};
use super::spec_field::SpecField;
use crate::api::{Job, JobId, ObjectKey, Pod, PodId};
use crate::cluster::input::InputAction;
use crate::cluster::reason::{Reason, StepId, Wake};
use crate::cluster::scheduler::Refusals;
use crate::manifest::{Path, PathStep};
use crate::recording::{Object, Recording, Verb};
use crate::scenario::Scenario;
use serde_json::Value;
use std::rc::Rc;

/// A recording and its scenario.
#[derive(Clone, Copy)]
pub(super) struct Film<'a> {
    pub(super) recording: &'a Recording,
    pub(super) scenario: &'a Scenario,
}

impl<'a> Film<'a> {
    /// A field of a Job or CronJob as it was right after a step; `None` where it is absent.
    pub(super) fn setting(self, key: ObjectKey, field: SpecField, step: StepId) -> Option<Setting> {
        let value = match field.value_in(self.last_seen(key, step)?)? {
            Value::Null => return None,
            Value::String(text) => text.clone(),
            Value::Object(_) | Value::Array(_) => String::new(),
            value @ (Value::Bool(_) | Value::Number(_)) => value.to_string(),
        };
        Some(Setting { field, rule: None, value, origin: self.origin(key, field, step) })
    }

    /// One rule of a policy; its value is the rule's action.
    pub(super) fn rule(self, key: ObjectKey, field: SpecField, number: u32, step: StepId) -> Option<Setting> {
        let policy = field.value_in(self.last_seen(key, step)?)?;
        let action = policy["rules"][number as usize]["action"].as_str().unwrap_or_default().to_owned();
        let origin = self.origin(key, field, step).map(|origin| match origin {
            Origin::Field { source, field, written, .. } => {
                Origin::Field { source, field, rule: Some(number), written }
            }
            other => other,
        });
        Some(Setting { field, rule: Some(number), value: action, origin })
    }

    /// An object as it was right after a step; one that is gone by then as it was last.
    pub(super) fn last_seen(self, key: ObjectKey, step: StepId) -> Option<&'a Object> {
        self.recording.history(key).rfind(|version| version.step <= step).map(|version| &version.object)
    }

    /// A Job as it was right after a step.
    pub(super) fn job(self, job: JobId, step: StepId) -> Option<&'a Job> {
        match self.last_seen(ObjectKey::Job(job), step)? {
            Object::Job(job) => Some(job),
            Object::Pod(_) | Object::CronJob(_) | Object::Node(_) => None,
        }
    }

    /// A pod as it was right after a step; one that is gone by then as it was last.
    pub(super) fn pod(self, pod: PodId, step: StepId) -> Option<&'a Pod> {
        match self.last_seen(ObjectKey::Pod(pod), step)? {
            Object::Pod(pod) => Some(pod),
            Object::Job(_) | Object::CronJob(_) | Object::Node(_) => None,
        }
    }

    /// The reasons of a step.
    pub(super) fn reasons(self, step: StepId) -> &'a [Reason] {
        self.recording.reasons(self.recording.step(step))
    }

    /// Why the nodes could not take a pod in a step; `None` where it is no such step.
    pub(super) fn refusals(self, step: StepId) -> Option<&'a Rc<Refusals>> {
        self.reasons(step).iter().find_map(|reason| match reason {
            Reason::NodesRefused(refusals) if refusals.total() > 0 => Some(refusals),
            _ => None,
        })
    }

    /// Whether a pod became Ready in a step, or is no longer; `None` if that did not change.
    pub(super) fn turned_ready(self, pod: PodId, step: StepId) -> Option<bool> {
        let is_ready = |step| self.pod(pod, step).is_some_and(Pod::is_ready);
        let (was, is) = (is_ready(StepId(step.0.checked_sub(1)?)), is_ready(step));
        (was != is).then_some(is)
    }

    /// Where the value of a field comes from: the input that changed it last, else the source of the object.
    fn origin(self, key: ObjectKey, field: SpecField, until: StepId) -> Option<Origin> {
        let mut last: Option<(StepId, Verb, Option<&Value>)> = None;
        for version in self.recording.history(key).take_while(|version| version.step <= until) {
            let value = field.value_in(&version.object);
            let changes = match version.verb {
                Verb::Create => true,
                Verb::Update => last.is_none_or(|(_, _, before)| before != value),
                Verb::Status | Verb::Remove => false,
            };
            if changes {
                last = Some((version.step, version.verb, value));
            }
        }
        let (step, verb, _) = last?;
        if verb == Verb::Update {
            return match self.recording.step(step).trigger.wake {
                Wake::Input(number) => Some(Origin::Input(number)),
                _ => None,
            };
        }
        let source = self.source(key)?;
        Some(Origin::Field { source, field, rule: None, written: self.is_written(source, field) })
    }

    /// The Job that owns a pod by the time of a step.
    pub(super) fn owner_of(self, pod: PodId, step: StepId) -> Option<JobId> {
        self.pod(pod, step)?.owner
    }

    /// Where an object was written down.
    pub(super) fn source(self, key: ObjectKey) -> Option<ObjectSource> {
        source(self.recording, key)
    }

    fn is_written(self, source: ObjectSource, field: SpecField) -> bool {
        let (root, prefix): (&Value, &[&str]) = match source {
            ObjectSource::Manifest(number) => match self.scenario.manifests.get(number as usize) {
                Some(manifest) => (&manifest.value, &[]),
                None => return false,
            },
            ObjectSource::JobTemplate(number) => match self.scenario.manifests.get(number as usize) {
                Some(manifest) => (&manifest.value, &["spec", "jobTemplate"]),
                None => return false,
            },
            ObjectSource::Input(number) => match self.scenario.inputs.get(number as usize).map(|input| &input.action) {
                Some(InputAction::Create(value)) => (value, &[]),
                _ => return false,
            },
        };
        let root = prefix.iter().try_fold(root, |value, key| value.get(key));
        root.and_then(|root| value_at(root, &field.path())).is_some()
    }
}

/// Where an object was written down.
pub fn source(recording: &Recording, key: ObjectKey) -> Option<ObjectSource> {
    let created = recording.history(key).next()?;
    match (recording.step(created.step).trigger.wake, &created.object) {
        (Wake::Manifest(number), _) => Some(ObjectSource::Manifest(number)),
        (Wake::Input(number), _) => Some(ObjectSource::Input(number)),
        (_, Object::Job(job)) => match source(recording, ObjectKey::CronJob(job.meta.cron_job()?))? {
            ObjectSource::Manifest(number) => Some(ObjectSource::JobTemplate(number)),
            ObjectSource::JobTemplate(_) | ObjectSource::Input(_) => None,
        },
        _ => None,
    }
}

/// The value at a path.
fn value_at<'v>(root: &'v Value, path: &Path) -> Option<&'v Value> {
    path.0.iter().try_fold(root, |value, step| match step {
        PathStep::Key(key) => value.get(key),
        PathStep::Index(place) => value.get(place),
    })
}
