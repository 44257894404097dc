//! What is valid and will surprise, read from a spec with all its defaults. Quiet: only what this spec will really do.

use super::finding::{About, Finding, Tier, mark};
use super::fix::{Fix, Mender};
use crate::api::{JobSpec, RestartPolicy};
use crate::manifest::Path;
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
    /// More pods at a time than are needed at all.
    ParallelismAboveCompletions {
        /// As given.
        parallelism: i32,
        /// As given.
        completions: i32,
    },
    /// Several pods and no completions: the first success stops new ones.
    WorkQueue {
        /// How many.
        parallelism: i32,
    },
    /// The Job is deleted with its pods and their logs.
    DeletedSoon {
        /// So many seconds after its end.
        seconds: i64,
    },
}

impl Surprise {
    /// The number of the lesson about it.
    pub fn lesson(&self) -> Option<u8> {
        Some(match self {
            Surprise::OnFailureDeletesPod { .. } => 2,
            Surprise::DeletedSoon { .. } => 12,
            Surprise::ParallelismAboveCompletions { .. } => 15,
            Surprise::WorkQueue { .. } => 16,
        })
    }
}

/// All surprises of an accepted manifest.
pub(super) fn findings(mender: &Mender<'_>, admitted: &Value) -> Vec<Finding> {
    let Ok(spec) = JobSpec::from_value(Rc::new(admitted["spec"].clone())) else { return Vec::new() };
    let spec_path = Path::parse("spec");
    let mut findings = Vec::new();
    let mut say = |field: &str, surprise: Surprise, fix: Option<Fix>| {
        let span = mark(mender.reading, &mender.place(&Path::parse(&format!("spec.{field}"))));
        let about = About::Surprise(surprise);
        findings.push(Finding { span, tier: Tier::Surprising, about, quote: None, fixes: fix.into_iter().collect() });
    };
    if spec.template.restart_policy == RestartPolicy::OnFailure && spec.backoff_limit < i32::MAX {
        let restart = u32::try_from(spec.backoff_limit).unwrap_or(0).max(1);
        let never = mender.write(&Path::parse("spec.template.spec.restartPolicy"), &json!("Never"));
        say("template.spec.restartPolicy", Surprise::OnFailureDeletesPod { restart }, never);
    }
    match (spec.parallelism, spec.completions) {
        (parallelism, Some(completions)) if parallelism > completions => {
            let fix = mender.write(&spec_path.joined("parallelism"), &json!(completions));
            say("parallelism", Surprise::ParallelismAboveCompletions { parallelism, completions }, fix);
        }
        (parallelism, None) if parallelism > 1 => {
            let fix = mender.write(&spec_path.joined("completions"), &json!(parallelism));
            say("parallelism", Surprise::WorkQueue { parallelism }, fix);
        }
        _ => {}
    }
    if let Some(seconds) = spec.ttl_seconds_after_finished.filter(|seconds| *seconds <= 60) {
        let field = "ttlSecondsAfterFinished";
        say(field, Surprise::DeletedSoon { seconds }, mender.write(&spec_path.joined(field), &json!(3600)));
    }
    findings
}
