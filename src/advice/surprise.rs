//! What is valid and will surprise, read from a spec with all its defaults. Quiet: only what this spec will really do.

mod cron_job;
mod idle;
mod job;
mod unchecked;

use super::finding::{About, Finding, mark};
use super::fix::{Fix, Fixer};
use super::values;
use crate::api::admission;
use crate::api::{CronJobSpec, JobSpec};
use crate::manifest::Path;
use crate::manifest::Tier;
use crate::manifest::answer::UID;
use serde_json::{Value, json};
use std::rc::Rc;

/// What is valid and will surprise, with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Surprise {
    /// OnFailure: at this restart the Job fails, and the pod goes with its logs.
    OnFailureDeletesPod {
        /// Which restart.
        restart: u32,
    },
    /// A container that never ends keeps its pod from ending, and nothing else ends the Job.
    NeverEnds {
        /// Its name.
        container: String,
        /// Whether there are others beside it.
        beside_others: bool,
    },
    /// A name that no image can have: the pod stays Pending, which is no failure.
    ImageName {
        /// The Job's deadline, in seconds.
        deadline: Option<i64>,
    },
    /// The deadline comes before all tries are made, even if each fails at once.
    DeadlineBeforeRetries {
        /// The deadline, in seconds.
        deadline: i64,
        /// How many tries can begin before it.
        possible: u32,
        /// How many backoffLimit allows.
        allowed: u32,
        /// How long the waits between them are in all, in seconds.
        waits: i64,
    },
    /// A deadline of nothing.
    DeadlineZero,
    /// A deadline in the pod template: it ends a pod, not the Job.
    PodDeadline {
        /// In seconds.
        seconds: i64,
    },
    /// One eviction fails the Job.
    EvictionFailsJob,
    /// An exit code that no container has.
    ImpossibleExitCode {
        /// As given.
        code: i32,
    },
    /// A rule of podFailurePolicy that another one before it always meets first.
    RuleNeverReached {
        /// The rule, from 0.
        rule: usize,
        /// The one before it, from 0.
        by: usize,
    },
    /// The Job is deleted with its pods and their logs.
    DeletedSoon {
        /// So many seconds after its end.
        seconds: i64,
    },
    /// A pod that is being deleted and its replacement run side by side.
    ReplacementOverlaps {
        /// For so many seconds at most.
        grace: i64,
    },
    /// More pods at a time than are needed at all.
    ParallelismAboveCompletions {
        /// As given.
        parallelism: i32,
        /// As given.
        completions: i32,
    },
    /// No pod may run.
    ParallelismZero,
    /// Nothing is to be done: complete at once.
    CompletionsZero,
    /// Several pods and no completions: the first success stops new ones.
    WorkQueue {
        /// How many.
        parallelism: i32,
    },
    /// All indexes share the failures of backoffLimit.
    SharedBudget {
        /// How many failures.
        limit: i32,
        /// How many indexes.
        indexes: i32,
    },
    /// One index that is given up fails the Job, when all others are done.
    PartialFailure {
        /// How many failures of one index are allowed.
        limit: i32,
    },
    /// Suspended from the start.
    Suspended,
    /// Another controller's Job: the one in the cluster leaves it alone.
    ManagedBy {
        /// Its name.
        manager: String,
    },
    /// The Job takes every pod that fits its selector for its own.
    SelectorByHand,
    /// A fixed hour without a time zone.
    NoTimeZone,
    /// Day of the month and day of the week: either is enough.
    EitherDay,
    /// A fixed hour and every minute: sixty runs.
    EveryMinuteOfHour {
        /// As written.
        hour: String,
    },
    /// A schedule without a time.
    NeverDue,
    /// Forbid: what falls due meanwhile starts when the last run has ended.
    ForbidHoldsBack,
    /// Allow: a run goes on when the next one begins.
    RunsOverlap {
        /// How long a run takes at least, in seconds; `None` if it does not end by itself.
        run: Option<i64>,
        /// How long after it the next one can be due, in seconds.
        gap: i64,
    },
    /// A starting deadline shorter than the controller's look.
    ShortStartingDeadline {
        /// In seconds.
        seconds: i64,
    },
    /// Jobs that are done are deleted at once.
    NoHistory {
        /// The failed ones, not the complete ones.
        failed: bool,
    },
    /// No Job starts.
    CronSuspended,
    /// Several objects in one text begin at the same time.
    StartTogether {
        /// How many.
        objects: usize,
    },
}

/// Collects what is said about one manifest.
struct Speaker<'a> {
    fixer: &'a Fixer<'a>,
    /// The way to the spec that is being looked at.
    spec: Path,
    findings: Vec<Finding>,
}

impl Speaker<'_> {
    /// The path of a field of the spec.
    fn path(&self, field: &str) -> Path {
        Path(self.spec.0.iter().cloned().chain(Path::parse(field).0).collect())
    }

    fn say<const N: usize>(&mut self, field: &str, surprise: Surprise, fixes: [Option<Fix>; N]) {
        let span = mark(self.fixer.reading, &self.fixer.place(&self.path(field)));
        let fixes = fixes.into_iter().flatten().collect();
        let about = About::Surprise(surprise);
        self.findings.push(Finding { span, tier: Tier::Surprising, about, quote: None, fixes });
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
    let mut speaker = Speaker { fixer, spec: Path::parse("spec"), findings: Vec::new() };
    let written = &*fixer.reading.scenario.manifests[fixer.manifest].value;
    if values::kind(written) == Some("CronJob") {
        // The Job that it will make, with the defaults that it will get.
        let template = &admitted["spec"]["jobTemplate"]["spec"];
        let job = json!({ "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "run" }, "spec": template });
        let job = admission::admit_job(&job, UID).ok().and_then(|job| job_spec(&job.value));
        if let Ok(spec) = CronJobSpec::from_value(Rc::new(admitted["spec"].clone())) {
            cron_job::look(&mut speaker, &spec, job.as_ref());
        }
        speaker.spec = Path::parse("spec.jobTemplate.spec");
        if let Some(job) = job {
            job::look(&mut speaker, &job);
        }
    } else if let Some(job) = job_spec(admitted) {
        job::look(&mut speaker, &job);
    }
    idle::look(&mut speaker, written);
    speaker.findings
}

fn job_spec(job: &Value) -> Option<JobSpec> {
    JobSpec::from_value(Rc::new(job["spec"].clone())).ok()
}
