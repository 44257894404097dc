//! Objects by name, and the state of a Job.

use crate::api::{ConditionType, Job, JobId, ObjectKey};
use crate::cluster::input::{JobSelector, ObjectKind, PodSelector};
use crate::recording::{Object, Recording, Verb};
use crate::scenario::Scenario;
use crate::scenario::lesson::JobState;
use crate::time::Time;
use std::rc::Rc;

/// The state of a Job at an instant; `None` if it has not been there yet.
pub(super) fn state(
    job: &PodSelector,
    scenario: &Scenario,
    recording: &Recording,
    at: Time,
) -> Option<(JobState, Option<Rc<str>>)> {
    let key = match &job.job {
        Some(JobSelector::Number(number)) => Some(ObjectKey::Job(JobId(*number))),
        Some(JobSelector::Name(name)) => object(ObjectKind::Job, Some(name), scenario, recording, at),
        None => object(ObjectKind::Job, None, scenario, recording, at),
    }?;
    let version = recording.version_at(key, at)?;
    let Object::Job(job) = &version.object else { return None };
    Some(if version.verb == Verb::Remove { (JobState::Deleted, None) } else { state_of(job) })
}

fn state_of(job: &Job) -> (JobState, Option<Rc<str>>) {
    match job.status.finished() {
        Some(condition) if condition.condition_type == ConditionType::Complete => {
            (JobState::Complete, Some(condition.reason.into()))
        }
        Some(condition) => (JobState::Failed, Some(condition.reason.into())),
        None if job.status.true_condition(ConditionType::Suspended).is_some() => (JobState::Suspended, None),
        None => (JobState::Active, None),
    }
}

/// The newest object of this kind and name that is there at an instant, or was. Without a name it is the first object of
/// the text; if that has another kind, the newest of this one. So inputs find theirs, too.
pub(super) fn object(
    kind: ObjectKind,
    name: Option<&Rc<str>>,
    scenario: &Scenario,
    recording: &Recording,
    at: Time,
) -> Option<ObjectKey> {
    let first = || scenario.manifests.first().filter(|first| first.kind == kind);
    let first = || first().and_then(|first| first.value["metadata"]["name"].as_str());
    let name = name.map(|name| &**name).or_else(first);
    let is_named = |key: ObjectKey| match recording.version_at(key, at).map(|version| &version.object) {
        Some(Object::Job(job)) => name.is_none_or(|name| *job.meta.name == *name),
        Some(Object::CronJob(cron_job)) => name.is_none_or(|name| *cron_job.meta.name == *name),
        _ => false,
    };
    match kind {
        ObjectKind::Job => recording.jobs().rev().map(ObjectKey::Job).find(|key| is_named(*key)),
        ObjectKind::CronJob => recording.cron_jobs().rev().map(ObjectKey::CronJob).find(|key| is_named(*key)),
    }
}
