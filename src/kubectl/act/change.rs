//! A Job or CronJob that a command changes.

use super::{MOST, selector};
use crate::api::admission::{self, FieldValidation, Refusal};
use crate::api::validation::Warning;
use crate::api::{CronJob, Job, ObjectKey};
use crate::cluster::input::{ObjectKind, ObjectSelector};
use crate::kubectl::listing::Listing;
use crate::kubectl::resource::Resource;
use crate::kubectl::snapshot::Snapshot;
use crate::kubectl::usage_error::UsageError;
use serde_json::Value;

/// A Job or CronJob that a command changes.
pub(super) struct Target<'a> {
    pub(super) kind: ObjectKind,
    pub(super) resource: Resource,
    pub(super) name: String,
    pub(super) namespace: String,
    /// As the server shows it.
    pub(super) value: Value,
    object: Object<'a>,
}

enum Object<'a> {
    Job(&'a Job),
    CronJob(&'a CronJob),
}

impl Target<'_> {
    /// Whether a strategic merge patch changes it, and the warnings.
    pub(super) fn admitted(&self, change: &Value) -> Result<(bool, Vec<Warning>), Refusal> {
        match self.object {
            Object::Job(old) => {
                let changed = admission::patch_job(old, change, FieldValidation::Warn)?;
                Ok((changed.object != *old, changed.warnings()))
            }
            Object::CronJob(old) => {
                let changed = admission::patch_cron_job(old, change, FieldValidation::Warn)?;
                Ok((changed.object != *old, changed.warnings()))
            }
        }
    }

    /// As inputs name it.
    pub(super) fn selector(&self) -> ObjectSelector {
        selector(self.kind, &self.name, &self.namespace)
    }
}

/// The objects of some lists; other kinds than Job and CronJob have no inputs that change them.
pub(super) fn targets<'a>(
    found: &[(Resource, Listing<'a>)],
    snapshot: &Snapshot<'a>,
) -> Result<Vec<Target<'a>>, UsageError> {
    let mut targets = Vec::new();
    for (resource, listing) in found {
        let of = |kind, name: &str, namespace: &str, value, object| Target {
            kind,
            resource: *resource,
            name: name.to_owned(),
            namespace: namespace.to_owned(),
            value,
            object,
        };
        match listing {
            Listing::Jobs(jobs) => targets.extend(jobs.iter().map(|job| {
                let value = snapshot.value(ObjectKey::Job(job.id));
                of(ObjectKind::Job, &job.meta.name, &job.meta.namespace, value, Object::Job(job))
            })),
            Listing::CronJobs(cron_jobs) => targets.extend(cron_jobs.iter().map(|cron_job| {
                let value = snapshot.value(ObjectKey::CronJob(cron_job.id));
                let meta = &cron_job.meta;
                of(ObjectKind::CronJob, &meta.name, &meta.namespace, value, Object::CronJob(cron_job))
            })),
            other if other.count() == 0 => {}
            _ => return Err(UsageError::NotModelled(format!("changes of {}", resource.plural()))),
        }
    }
    match targets.len() > MOST {
        true => Err(UsageError::NotModelled(format!("more than {MOST} objects at once"))),
        false => Ok(targets),
    }
}
