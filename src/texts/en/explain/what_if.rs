//! English: what would have changed it.

use crate::api::ConditionType;
use crate::explain::Difference;
use crate::texts::en::called::{clock, many, pods, span};
use crate::texts::en::format::FORMAT;
use crate::texts::explain::ChangeWords;
use crate::texts::sentence::{Sentence, code, say};
use crate::time::Time;

pub(super) static CHANGE: ChangeWords = ChangeWords {
    without: |field| say!("without {}", field),
    without_fault: |at| say!("without the fault injected at {}", clock(at)),
    without_input: |keyword, at| say!("without the {} at {}", code(keyword), clock(at)),
};

pub(super) fn difference(difference: Difference) -> Sentence {
    let at = |at: Time| FORMAT.clock_short(at);
    match difference {
        Difference::FailsHere(end) => say!("*the Job fails here, at {}*", at(end)),
        Difference::EndMoves { condition, was, now } => {
            say!("*{} at {}, {}*", condition.as_str(), at(now), sooner(was, now))
        }
        Difference::Ends { condition: ConditionType::Complete, at: end } => say!("*the Job completes, at {}*", at(end)),
        Difference::Ends { at: end, .. } => say!("*the Job fails, at {}*", at(end)),
        Difference::DoesNotEnd => say!("*it would not have ended by then*"),
        Difference::PodStarts { was: Some(was), now: Some(now) } => {
            say!("*the pod starts at {}, {}*", at(now), sooner(was, now))
        }
        Difference::PodStarts { was: None, now: Some(now) } => say!("*the pod starts at {}*", at(now)),
        Difference::PodStarts { now: None, .. } => say!("*the pod never starts*"),
        Difference::Failures(failed) => {
            say!("*{} counted, the end stays the same*", many(failed, "failure", "failures"))
        }
        Difference::Deleted(gone) => say!("*deleted at {}*", at(gone)),
        Difference::Stays => say!("*it stays, with its pods and logs*"),
        Difference::NoneHelps(exit_code) => {
            say!("*no limit helps: every try ends with exit code {}*, it only fails later", exit_code.to_string())
        }
        Difference::Pods { was, now } => say!("*{} instead of {}*", pods(now), was),
    }
    .capitalized()
}

/// `22 s sooner`.
fn sooner(was: Time, end: Time) -> String {
    if end < was { format!("{} sooner", span(was - end)) } else { format!("{} later", span(end - was)) }
}
