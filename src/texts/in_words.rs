//! A spec in words: what it asks for, with the values that count once all defaults are filled in.

use super::sentence::Sentence;
use crate::api::{CronJobSpec, JobSpec, RestartPolicy};

/// Specs in words.
pub struct InWords {
    /// What a Job's spec asks for.
    pub job: fn(&JobSpec) -> Sentence,
    /// What a CronJob's spec asks for.
    pub cron_job: fn(&CronJobSpec) -> Sentence,
}

/// The failure (or, with OnFailure, the restart) that ends the Job; `None` if no number of them does.
pub(super) fn last_straw(spec: &JobSpec) -> Option<u32> {
    let limit = u32::try_from(spec.backoff_limit).ok().filter(|_| spec.backoff_limit < i32::MAX)?;
    Some(match spec.template.restart_policy {
        RestartPolicy::OnFailure => limit.max(1),
        RestartPolicy::Never => limit + 1,
    })
}
