//! What is said beside kubectl's own words: when a command returns in the time of the run, and what is not simulated.

use crate::texts::Lang;
use crate::time::Time;

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
    /// What an object has come to, in a sentence.
    Because(String),
}

impl Note {
    /// The remark in words, with times as they are written there.
    pub fn text(&self, lang: Lang, time: impl Fn(Time) -> String) -> String {
        let words = lang.kubectl();
        match self {
            Note::Returns(at) => (words.returns)(&time(*at)),
            Note::NeverAgain => words.never_again.to_owned(),
            Note::EndedAs { job, condition, at } => (words.ended_as)(job, condition, &time(*at)),
            Note::Later(at) => (words.later)(&time(*at)),
            Note::BeyondRecording(at) => (words.beyond_recording)(&time(*at)),
            Note::Because(sentence) => sentence.clone(),
            Note::SimulatedLog => words.simulated_log.to_owned(),
            Note::CutShort(count) => (words.cut_short)(*count),
        }
    }
}
