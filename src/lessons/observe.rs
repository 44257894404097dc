//! What a recording says to a check. Every question about a recording goes through its steps once at most.

mod counts;
mod fields;
mod jobs;
mod logs;
mod moments;
mod peaks;

use crate::api::{Pod, PodBirth};
use crate::cluster::input::PodSelector;
use crate::cluster::reason::{Step, StepId, Wake};
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::scenario::lesson::{Check, JobState, Moment};
use crate::time::Time;
use serde_json::Value;
use std::rc::Rc;

/// An answer to a check.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Whether it is as the check says.
    pub holds: bool,
    /// What was seen.
    pub seen: Seen,
}

/// What was seen in a recording, whether or not it is as the check says.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// So many.
    Number(u32),
    /// The state of the Job and the reason of its final condition; `None` if no such Job was ever there.
    Job(Option<(JobState, Option<Rc<str>>)>),
    /// When the moment comes; `None` if it does not.
    Moment(Option<Time>),
    /// Whether there is something to read, and of which pod.
    Logs(Option<Rc<PodBirth>>, Logs),
    /// The value of the field; `None` if it is not there.
    Field(Option<Value>),
    /// The manifests are taken, or refused with the API server's words.
    Answer(Result<(), Rc<str>>),
    /// Of each part.
    Parts(Vec<Observation>),
}

/// Whether logs can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Logs {
    /// They can.
    Readable,
    /// No such pod was ever there.
    NoPod,
    /// The container has not started yet.
    NotStarted,
    /// The pod is gone since.
    Gone(Time),
    /// Its node cannot be reached.
    OutOfReach,
}

/// Asks a recording for a check.
pub fn observe(check: &Check, scenario: &Scenario, recording: &Recording) -> Observation {
    let up_to = |at: Option<Time>| at.unwrap_or_else(|| end_of(recording));
    match check {
        Check::Count { what, number, at } => {
            let seen = counts::count(what, recording, up_to(*at));
            Observation { holds: number.contains(seen), seen: Seen::Number(seen) }
        }
        Check::Peak { what, pods, number } => {
            let seen = peaks::peak(*what, pods, recording);
            Observation { holds: number.contains(seen), seen: Seen::Number(seen) }
        }
        Check::Job { job, is, reason, at } => {
            let seen = jobs::state(job, scenario, recording, up_to(*at));
            let fits = |(state, why): &(JobState, Option<Rc<str>>)| {
                state == is && reason.as_ref().is_none_or(|reason| why.as_ref() == Some(reason))
            };
            Observation { holds: seen.as_ref().is_some_and(fits), seen: Seen::Job(seen) }
        }
        Check::Moment { moment, after, before, never } => {
            let is_within = |at: &Time| after.is_none_or(|after| *at >= after) && before.is_none_or(|end| *at <= end);
            let mut times = moments::steps(moment, scenario, recording).into_iter().map(|id| recording.step(id).at);
            let seen = if *never { times.find(is_within) } else { times.next() };
            let holds = seen.as_ref().is_some_and(is_within) != *never;
            Observation { holds, seen: Seen::Moment(seen) }
        }
        Check::Logs { pods, readable, at } => {
            let (pod, seen) = logs::logs(pods, recording, up_to(*at));
            Observation { holds: (seen == Logs::Readable) == *readable, seen: Seen::Logs(pod, seen) }
        }
        Check::Field { kind, name, path, value, at } => {
            let seen = fields::value((*kind, name.as_ref()), path, (scenario, recording), up_to(*at));
            Observation { holds: fields::fits(value, seen.as_ref()), seen: Seen::Field(seen) }
        }
        Check::Accepted(accepted) => {
            let answer = answer(recording, |wake| matches!(wake, Wake::Manifest(_)));
            Observation { holds: answer.is_ok() == *accepted, seen: Seen::Answer(answer) }
        }
        Check::Refused(number) => {
            let answer = answer(recording, |wake| wake == Wake::Input(number - 1));
            Observation { holds: answer.is_err(), seen: Seen::Answer(answer) }
        }
        Check::All(checks) => parts(checks, scenario, recording, |parts| parts.iter().all(|part| part.holds)),
        Check::Any(checks) => parts(checks, scenario, recording, |parts| parts.iter().any(|part| part.holds)),
        Check::Not(check) => {
            parts(std::slice::from_ref(check), scenario, recording, |parts| parts.iter().all(|part| !part.holds))
        }
    }
}

/// The step of a moment; `None` if it does not come.
pub fn step_of(moment: &Moment, scenario: &Scenario, recording: &Recording) -> Option<StepId> {
    moments::steps(moment, scenario, recording).first().copied()
}

fn parts(
    checks: &[Check],
    scenario: &Scenario,
    recording: &Recording,
    holds: impl Fn(&[Observation]) -> bool,
) -> Observation {
    let parts: Vec<Observation> = checks.iter().map(|check| observe(check, scenario, recording)).collect();
    Observation { holds: holds(&parts), seen: Seen::Parts(parts) }
}

/// The API server's answer to the first refused request of these.
fn answer(recording: &Recording, is_asked: impl Fn(Wake) -> bool) -> Result<(), Rc<str>> {
    let mut refused = recording.refused().iter();
    let found = refused.find(|request| is_asked(recording.step(request.step).trigger.wake));
    found.map_or(Ok(()), |request| Err(Rc::clone(&request.message)))
}

/// The last instant of a recording.
pub(super) fn end_of(recording: &Recording) -> Time {
    recording.end().map_or(Time::NEVER, |(_, at)| at)
}

/// The steps up to an instant, with their numbers.
fn steps_until(recording: &Recording, at: Time) -> impl Iterator<Item = (StepId, &Step)> {
    (0..).map(StepId).zip(recording.steps()).take_while(move |(_, step)| step.at <= at)
}

/// Whether a pod is one of those that are meant.
fn is_meant(pods: &PodSelector, recording: &Recording, pod: &Pod) -> bool {
    pods.means(pod, recording.node_of(pod))
}
