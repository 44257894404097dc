//! Which Jobs are left to another controller. Upstream: job_controller.go, controllerName; JC-29, JC-43.

use crate::api::{Job, Name};

/// `spec.managedBy` of a Job that this controller manages.
const JOB_CONTROLLER_NAME: &str = "kubernetes.io/job-controller";

/// The other controller that manages a Job.
pub(super) fn managed_by_other(job: &Job) -> Option<&Name> {
    job.spec.managed_by.as_ref().filter(|manager| ***manager != *JOB_CONTROLLER_NAME)
}
