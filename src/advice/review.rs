//! Reviews a manifest that the API server accepts, with all its defaults, for what will surprise. Quiet: only what this
//! spec will really do.

mod cron_job;
mod idle;
mod job;
mod unchecked;

use super::finding::Finding;
use super::fix::{Fix, Fixer};
use super::server_written;
use super::surprise::Surprise;
use super::values;
use crate::api::admission;
use crate::api::{CronJobSpec, JobSpec, OwnerReference, kinds};
use crate::manifest::Path;
use crate::manifest::answer::UID;
use serde_json::{Value, json};
use std::rc::Rc;

/// Collects findings about one manifest.
struct Review<'a> {
    fixer: &'a Fixer<'a>,
    /// The way to the spec that is being looked at.
    spec: Path,
    findings: Vec<Finding>,
}

impl Review<'_> {
    /// The path of a field of the spec.
    fn path(&self, field: &str) -> Path {
        self.spec.below(field)
    }

    fn say<const N: usize>(&mut self, field: &str, surprise: Surprise, fixes: [Option<Fix>; N]) {
        self.findings.push(Finding::of_surprise(self.fixer, &self.path(field), surprise, fixes));
    }

    fn write(&self, field: &str, value: Value) -> Option<Fix> {
        self.fixer.write(&self.path(field), &value)
    }

    fn remove(&self, field: &str) -> Option<Fix> {
        self.fixer.remove(&self.path(field))
    }
}

/// All surprises of a manifest that is accepted and stored like this.
pub(super) fn findings(fixer: &Fixer<'_>, admitted: &Value) -> Vec<Finding> {
    let mut review = Review { fixer, spec: Path::parse("spec"), findings: Vec::new() };
    let written = &*fixer.reading.scenario.manifests[fixer.manifest].value;
    if values::kind(written) == Some("CronJob") {
        // The Job that it will make, with the defaults that it will get.
        let template = &admitted["spec"]["jobTemplate"]["spec"];
        let job = json!({ "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "run" }, "spec": template });
        let job = admission::admit_job(&job, UID).ok().and_then(|job| job_spec(&job.value));
        if let Ok(spec) = CronJobSpec::from_value(Rc::new(admitted["spec"].clone())) {
            cron_job::look(&mut review, &spec, job.as_ref());
        }
        review.spec = Path::parse("spec.jobTemplate.spec");
        if let Some(job) = job {
            job::look(&mut review, &job);
        }
    } else if let Some(job) = job_spec(admitted) {
        job::look(&mut review, &job);
    }
    owners(&mut review, admitted);
    idle::look(&mut review, written);
    review.findings
}

/// Owners that are not in a new cluster. A CronJob or Job of this run is named by its UID here, and may be there by then.
fn owners(review: &mut Review<'_>, admitted: &Value) {
    let owners = admission::owners(&admitted["metadata"]);
    let is_absent =
        |owner: &OwnerReference| kinds::is_served(&owner.api_version, &owner.kind) && owner.object().is_none();
    if let Some(first) = owners.first().filter(|_| owners.iter().all(is_absent)) {
        let path = Path::parse("metadata.ownerReferences");
        let surprise = Surprise::OwnerAbsent { kind: first.kind.to_string(), name: first.name.to_string() };
        let copied = server_written::removed(review.fixer, admitted).filter(|_| admitted.get("status").is_some());
        let fix = copied.or_else(|| review.fixer.remove(&path));
        review.findings.push(Finding::of_surprise(review.fixer, &path, surprise, [fix]));
    }
}

fn job_spec(job: &Value) -> Option<JobSpec> {
    JobSpec::from_value(job["spec"].clone()).ok()
}
