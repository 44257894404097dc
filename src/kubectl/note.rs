//! What is said beside kubectl's own words: when a command returns in the time of the run, and what is not simulated.

use crate::texts::Lang;
use crate::time::{Span, Time};

/// A remark beside what kubectl prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The command returns at this time.
    Returns(Time),
    /// What it waits for does not happen: nothing is left to happen in this run.
    NeverAgain,
    /// What it waits for does not happen any more: the Job has ended, with this condition.
    EndedAs {
        /// Its name.
        job: String,
        /// `Complete` or `Failed`.
        condition: &'static str,
        /// When.
        at: Time,
    },
    /// It would happen, but later than the command waits.
    Later(Time),
    /// The recording ends before the command does.
    BeyondRecording(Time),
    /// The lines of these containers are not known from their commands.
    SimulatedLog,
    /// More changes than are printed.
    CutShort(usize),
}

impl Note {
    /// The remark in words.
    pub fn text(&self, lang: Lang) -> String {
        let words = lang.kubectl();
        let after = |time: &Time| -> Span { *time - Time::ZERO };
        match self {
            Note::Returns(at) => (words.returns)(after(at)),
            Note::NeverAgain => words.never_again.to_owned(),
            Note::EndedAs { job, condition, at } => (words.ended_as)(job, condition, after(at)),
            Note::Later(at) => (words.later)(after(at)),
            Note::BeyondRecording(at) => (words.beyond_recording)(after(at)),
            Note::SimulatedLog => words.simulated_log.to_owned(),
            Note::CutShort(count) => (words.cut_short)(*count),
        }
    }
}
