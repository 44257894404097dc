//! What a recording says to a check.

use crate::cluster::reason::StepId;
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
    /// Whether there is something to read.
    Logs(Logs),
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
    /// The pod has not started yet.
    NotStarted,
    /// The pod is gone since.
    Gone(Time),
}

/// Asks a recording for a check.
pub fn observe(_check: &Check, _scenario: &Scenario, _recording: &Recording) -> Observation {
    todo!()
}

/// The step of a moment; `None` if it does not come.
pub fn step_of(_moment: &Moment, _scenario: &Scenario, _recording: &Recording) -> Option<StepId> {
    todo!()
}
