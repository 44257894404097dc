//! Words for what the engine records: reasons, what woke a component, questions and answers of a sync.

use super::Lang;
use super::format::FormatWords;
use super::sentence::{Sentence, say};
use crate::cluster::reason::{Answer, Check, Component, DeletedBecause, EndedBy, NoEffect, Reason, Wake};
use crate::explain::{Called, Names};

/// From here on there is no limit: this is the default of backoffLimit beside backoffLimitPerIndex (JC-115).
const NO_LIMIT: u32 = i32::MAX as u32;

/// Words for the vocabulary of [`crate::cluster::reason`].
#[allow(missing_docs)]
pub struct ReasonWords {
    /// Numbers, times and punctuation of the language.
    pub format: &'static FormatWords,
    /// A reason as a whole sentence about the subject of `names`.
    pub reason: fn(&Reason, Names<'_>) -> Sentence,
    /// What woke a component.
    pub wake: fn(Wake, Names<'_>) -> Sentence,
    pub component: fn(Component) -> &'static str,
    /// A question of a sync, with its question mark.
    pub check: fn(Check) -> &'static str,
    /// Its answer, in a few words.
    pub answers: AnswerWords,
    /// How a container came to its end.
    pub ended_by: fn(EndedBy) -> &'static str,
    /// Why an input did nothing, as a whole sentence.
    pub no_effect: fn(NoEffect) -> &'static str,
    /// The API server refuses to change the pod template of a Job that exists; a template of [`say`].
    pub template_refused: &'static str,
    /// Why the Job controller deletes a pod.
    pub deleted_because: fn(DeletedBecause) -> &'static str,
    /// What an object is called inside a sentence.
    pub called: fn(&Called) -> String,
}

/// Answers of a sync. Templates take their numbers in the order that each one names; `*` sets in bold.
#[allow(missing_docs)]
pub struct AnswerWords {
    /// The question was about a field that is not set.
    pub not_set: &'static str,
    /// An earlier answer decided.
    pub not_reached: &'static str,
    pub no: &'static str,
    pub yes: &'static str,
    /// The field is set so high that there is no limit.
    pub no_limit: &'static str,
    /// Indexes that have succeeded or failed for good, and all of them.
    pub decided: &'static str,
    /// Time that has passed, and the limit.
    pub elapsed: &'static str,
    /// Pods wanted, active.
    pub pods: &'static str,
    /// Pods wanted, active, terminating.
    pub pods_with_terminating: &'static str,
    /// What is left of a wait.
    pub left: &'static str,
}

impl Lang {
    /// Why an input did nothing, as a line of its own.
    pub fn no_effect(self, why: NoEffect) -> String {
        Sentence::words((self.reason().no_effect)(why)).capitalized().plain()
    }
}

impl ReasonWords {
    /// The answer to a question of a sync, in a few words: `3 > 2, yes`.
    pub fn answer(&self, check: Check, answer: Answer) -> Sentence {
        let words = &self.answers;
        let holds = |numbers: &str, holds: bool| {
            format!("{numbers}{}{}", self.format.comma, if holds { words.yes } else { words.no })
        };
        match answer {
            Answer::NotSet => say!(words.not_set),
            Answer::NotReached => say!(words.not_reached),
            Answer::Is(false) => say!(words.no),
            Answer::Is(true) => say!(words.yes),
            Answer::Count { limit: NO_LIMIT.., .. } => say!(words.no_limit),
            Answer::Count { count, limit, holds: yes } => {
                let numbers = match check {
                    Check::FailedIndexes => words.decided,
                    Check::RestartLimit | Check::Completions => "{} ≥ {}",
                    _ => "{} > {}",
                };
                say!(&holds(numbers, yes), count, limit)
            }
            Answer::Elapsed { elapsed, limit, holds: yes } => {
                let (elapsed, limit) = (self.format.span_rounded(elapsed), self.format.span(limit));
                say!(&holds(words.elapsed, yes), elapsed, limit)
            }
            Answer::Pods { wanted, active, terminating: 0, holds: yes } => {
                say!(&holds(words.pods, yes), wanted, active)
            }
            Answer::Pods { wanted, active, terminating, holds: yes } => {
                say!(&holds(words.pods_with_terminating, yes), wanted, active, terminating)
            }
            Answer::Left(left) => say!(words.left, self.format.span_rounded(left)),
        }
    }
}
