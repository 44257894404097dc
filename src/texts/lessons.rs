//! Checks and moments of lessons in words: what is wanted, and what was seen; and what is wrong with a lesson.

use super::format::FormatWords;
use crate::cluster::input::{JobSelector, PodSelector};
use crate::lessons::{FaultKind, Logs, Observation, Seen};
use crate::scenario::lesson::{Check, JobState, Moment, PodChange};
use crate::time::Time;

/// What lessons say.
#[allow(missing_docs)]
pub struct LessonWords {
    /// Numbers, times and punctuation of the language.
    pub format: &'static FormatWords,
    /// What a check wants: `3 pods`, `at most 1 pod alive at once`.
    pub wanted: fn(&Check) -> String,
    /// A moment: `pod created (attempt 2)`.
    pub moment: fn(&Moment) -> String,
    /// What was seen, behind what is wanted: `3 pods wanted, 7 seen`.
    pub sentence: fn(&Check, &Observation) -> String,
    /// A state with the reason of its condition.
    pub state: fn(JobState, Option<&str>) -> String,
    /// No such Job was ever there.
    pub no_job: &'static str,
    /// When a moment comes.
    pub comes: fn(&str) -> String,
    /// It does not come.
    pub never: &'static str,
    pub logs_readable: &'static str,
    pub logs_no_pod: &'static str,
    pub logs_not_started: &'static str,
    pub logs_out_of_reach: &'static str,
    /// Gone since.
    pub logs_gone: fn(&str) -> String,
    /// The field is not there.
    pub absent: &'static str,
    pub accepted: &'static str,
    pub refused: &'static str,
    /// The title of a built-in course, by its id.
    pub world: fn(&str) -> &'static str,
}

/// What is wrong with a lesson.
#[allow(missing_docs)]
pub struct LessonFaultWords {
    pub fault: fn(&FaultKind) -> String,
}

/// The words of the built-in lessons. The page does not contain them, it fetches them.
pub struct BuiltInLessonWords {
    /// By their ids: what stands in `text` of each.
    pub prose: &'static [(&'static str, &'static str)],
}

impl BuiltInLessonWords {
    /// The words of a built-in lesson.
    pub fn of(&self, id: &str) -> Option<&'static str> {
        self.prose.iter().find(|(known, _)| *known == id).map(|(_, prose)| *prose)
    }
}

impl LessonWords {
    /// What was seen, in a word or two: `7`, `Failed (DeadlineExceeded)`, `gone since 0:46`.
    pub fn seen(&self, observation: &Observation) -> String {
        match &observation.seen {
            Seen::Number(number) => number.to_string(),
            Seen::Job(None) => self.no_job.to_owned(),
            Seen::Job(Some((state, reason))) => (self.state)(*state, reason.as_deref()),
            Seen::Moment(None) => self.never.to_owned(),
            Seen::Moment(Some(at)) => (self.comes)(&self.format.clock_exact(*at)),
            Seen::Logs(_, logs) => self.logs(logs),
            Seen::Field(None) => self.absent.to_owned(),
            Seen::Field(Some(value)) => shown(value),
            Seen::Answer(Ok(())) => self.accepted.to_owned(),
            Seen::Answer(Err(_)) => self.refused.to_owned(),
            Seen::Parts(parts) => self.parts(parts, observation.holds),
        }
    }

    /// Of several, those that decide: of `all` what is not as it should be, of `any` what is; else each.
    fn parts(&self, parts: &[Observation], holds: bool) -> String {
        let decide = || parts.iter().filter(|part| part.holds == holds);
        let mut told: Vec<String> = match decide().next() {
            Some(_) => decide().map(|part| self.seen(part)).collect(),
            None => parts.iter().map(|part| self.seen(part)).collect(),
        };
        // What is seen of several alike is said once.
        told.dedup();
        told.join(self.format.comma)
    }

    fn logs(&self, logs: &Logs) -> String {
        match logs {
            Logs::Readable => self.logs_readable.to_owned(),
            Logs::NoPod => self.logs_no_pod.to_owned(),
            Logs::NotStarted => self.logs_not_started.to_owned(),
            Logs::OutOfReach => self.logs_out_of_reach.to_owned(),
            Logs::Gone(since) => (self.logs_gone)(&self.format.clock_short(*since)),
        }
    }
}

/// A value of a field: a text without quotes, all else as JSON.
pub(super) fn shown(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The Job that is meant, by its number or its name.
pub(super) fn a_job(job: &PodSelector) -> String {
    match &job.job {
        Some(JobSelector::Number(number)) => format!("Job {number}"),
        Some(JobSelector::Name(name)) => format!("Job {name}"),
        None => "Job".to_owned(),
    }
}

/// The container whose change is meant, not the pod's, and what else says which pod.
pub(super) fn container_meant(pods: &PodSelector, is: PodChange) -> Option<(&str, PodSelector)> {
    if !matches!(is, PodChange::Running | PodChange::Succeeded | PodChange::Failed) {
        return None;
    }
    Some((pods.container.as_deref()?, PodSelector { container: None, ..pods.clone() }))
}

/// The instant of a check, if it has one.
pub(super) fn instant(check: &Check) -> Option<Time> {
    match check {
        Check::Count { at, .. } | Check::Job { at, .. } | Check::Logs { at, .. } | Check::Field { at, .. } => *at,
        _ => None,
    }
}
