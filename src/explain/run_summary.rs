//! What two runs of a Job are compared by.

use crate::api::{ConditionType, JobId, ObjectKey, PodId};
use crate::recording::{Object, Recording, Verb, Version};
use crate::time::Time;

/// How a Job ends.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobEnding {
    Complete(Time),
    Failed(Time),
    /// Not within the recording.
    Open,
    /// The Job was never created.
    Absent,
}

/// What is compared between two runs of a Job.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunSummary {
    pub ending: JobEnding,
    /// When the Job is removed.
    pub gone: Option<Time>,
    /// Pods counted as failed.
    pub failed: u32,
    pub pods: u32,
    /// When the pod starts that the question is about; `None` if it never does, or the question is not about one.
    pub starts: Option<Time>,
}

impl RunSummary {
    /// The summary of a Job in a recording.
    pub fn of(recording: &Recording, job: JobId) -> RunSummary {
        let mut summary = RunSummary { ending: JobEnding::Absent, gone: None, failed: 0, pods: 0, starts: None };
        for version in recording.history(ObjectKey::Job(job)) {
            let Object::Job(object) = &version.object else {
                continue;
            };
            summary.failed = object.status.failed;
            summary.gone = (version.verb == Verb::Remove).then(|| recording.written_at(version));
            summary.ending = match object.status.finished() {
                Some(condition) if condition.condition_type == ConditionType::Complete => {
                    JobEnding::Complete(condition.since)
                }
                Some(condition) => JobEnding::Failed(condition.since),
                None => JobEnding::Open,
            };
        }
        summary.pods = pods_of(recording, job).count() as u32;
        summary
    }
}

/// When a container of a pod first runs.
pub(super) fn start_of(recording: &Recording, pod: PodId) -> Option<Time> {
    let ran = |version: &&Version| matches!(&version.object, Object::Pod(pod) if pod.ever_ran());
    recording.history(ObjectKey::Pod(pod)).find(ran).map(|version| recording.written_at(version))
}

pub(super) fn pods_of(recording: &Recording, job: JobId) -> impl Iterator<Item = PodId> + '_ {
    recording.pods().filter(move |pod| recording.born(*pod).is_some_and(|pod| pod.birth.job == job))
}
