//! Words for what the engine records: reasons, what woke a component, questions and answers of a sync.

use super::sentence::Sentence;
use crate::cluster::reason::{Answer, Check, Component, CountedAs, DeletedBecause, EndedBy, NoEffect, Reason, Wake};
use crate::explain::{Called, Names};

/// From here on a limit is none: the default of backoffLimit beside backoffLimitPerIndex (JC-115).
pub(super) const NO_LIMIT: u32 = i32::MAX as u32;

/// Words for the vocabulary of [`crate::cluster::reason`].
pub struct ReasonWords {
    /// A reason as a whole sentence about the subject of `names`.
    pub reason: fn(&Reason, Names<'_>) -> Sentence,
    /// What woke a component: `woken by …`.
    pub wake: fn(Wake, Names<'_>) -> Sentence,
    /// Who acts.
    pub component: fn(Component) -> &'static str,
    /// A question of a sync, with its question mark.
    pub check: fn(Check) -> &'static str,
    /// Its answer, in a few words.
    pub answer: fn(Check, Answer) -> Sentence,
    /// How a container came to its end.
    pub ended_by: fn(EndedBy) -> &'static str,
    /// Why an input did nothing, as a whole sentence.
    pub no_effect: fn(NoEffect) -> &'static str,
    /// As what an ended pod was counted.
    pub counted_as: fn(CountedAs) -> String,
    /// Why the Job controller deletes a pod.
    pub deleted_because: fn(DeletedBecause) -> &'static str,
    /// What an object is called inside a sentence.
    pub called: fn(&Called) -> String,
}
