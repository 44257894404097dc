//! CronJob: spec and status.

use super::meta::{CronJobId, JobId, Meta, Name};
use crate::time::Time;
use serde::Deserialize;
use serde_json::Value;
use std::rc::Rc;

/// A CronJob object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CronJob {
    /// Its UID.
    pub id: CronJobId,
    /// Metadata.
    pub meta: Meta,
    /// Spec; shared by all versions with the same spec.
    pub spec: Rc<CronJobSpec>,
    /// Status.
    pub status: CronJobStatus,
}

/// `concurrencyPolicy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum ConcurrencyPolicy {
    /// Runs may overlap.
    #[default]
    Allow,
    /// A run is skipped while another is active.
    Forbid,
    /// The active run is deleted.
    Replace,
}

/// The typed view of a defaulted and validated CronJob spec.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CronJobSpec {
    /// When, in cron's language.
    pub schedule: Name,
    /// In which time zone; the controller's (UTC) if absent.
    pub time_zone: Option<Name>,
    /// How late a run may start.
    pub starting_deadline_seconds: Option<i64>,
    /// What to do when the last run is still active.
    pub concurrency_policy: ConcurrencyPolicy,
    /// Whether no further runs start.
    pub suspend: bool,
    /// How many complete Jobs are kept.
    pub successful_jobs_history_limit: i32,
    /// How many failed Jobs are kept.
    pub failed_jobs_history_limit: i32,
    /// The whole spec as the API server stores it, jobTemplate included.
    #[serde(skip)]
    pub value: Rc<Value>,
}

impl Default for CronJobSpec {
    fn default() -> CronJobSpec {
        CronJobSpec {
            schedule: "".into(),
            time_zone: None,
            starting_deadline_seconds: None,
            concurrency_policy: ConcurrencyPolicy::Allow,
            suspend: false,
            successful_jobs_history_limit: 3,
            failed_jobs_history_limit: 1,
            value: Rc::new(Value::Null),
        }
    }
}

impl CronJobSpec {
    /// The typed view of a defaulted and validated spec.
    ///
    /// # Errors
    /// What serde says where the value has not the shape of a CronJob spec; validation finds that first.
    pub fn from_value(value: Rc<Value>) -> Result<CronJobSpec, serde_json::Error> {
        let mut spec = CronJobSpec::deserialize(&*value)?;
        spec.value = value;
        Ok(spec)
    }
}

/// `status` of a CronJob. Times are whole seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CronJobStatus {
    /// Jobs it started that have not finished, with the name each had.
    pub active: Rc<[(JobId, Name)]>,
    /// The scheduled time of the last run.
    pub last_schedule_time: Option<Time>,
    /// When a run last completed.
    pub last_successful_time: Option<Time>,
}
