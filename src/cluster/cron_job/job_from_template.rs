//! The Job for a scheduled time, as the controller sends it to the API server.
//! Upstream: cronjob/utils.go getJobFromTemplate2; C22.1, C22.2.

use super::plan::{Plan, WallClock};
use crate::api::{CronJob, Name};
use crate::time::Time;
use serde_json::{Value, json};

/// The annotation with the scheduled time of a Job.
const SCHEDULED_TIMESTAMP: &str = "batch.kubernetes.io/cronjob-scheduled-timestamp";

/// The name of the Job for a scheduled time: its minutes since 1970, so that no time is run twice.
pub(super) fn job_name(cron_job: &CronJob, scheduled: Time, clock: &WallClock) -> Name {
    format!("{}-{}", cron_job.meta.name, clock.unix_seconds(scheduled) / 60).into()
}

/// The manifest of the Job for a scheduled time.
pub(super) fn job_from_template(cron_job: &CronJob, scheduled: Time, plan: &Plan, clock: &WallClock) -> Value {
    let template = &cron_job.spec.value["jobTemplate"];
    let mut annotations = match &template["metadata"]["annotations"] {
        Value::Object(annotations) => annotations.clone(),
        _ => Default::default(),
    };
    annotations.insert(SCHEDULED_TIMESTAMP.to_owned(), json!(plan.rfc3339(scheduled)));
    json!({
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {
            "name": &*job_name(cron_job, scheduled, clock),
            "namespace": &*cron_job.meta.namespace,
            "labels": template["metadata"]["labels"],
            "annotations": annotations,
        },
        "spec": template["spec"],
    })
}
