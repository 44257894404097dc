//! English: what would have changed it.

use crate::explain::{Counterfactual, Ending, Intervention};
use crate::texts::en::format::FORMAT;
use crate::texts::en::reason::{clock, many, pods, span};
use crate::texts::sentence::{Part, Sentence, code, say};
use crate::time::Time;
use serde_json::Value;

pub(super) fn change(change: &Intervention) -> Sentence {
    match change {
        Intervention::Field { field, value: Value::Null, .. } => say!("without {}", chip(field.name())),
        Intervention::Field { field, value, .. } => say!("{}", chip(&format!("{}: {}", field.name(), bare(value)))),
        Intervention::Ignore { .. } => say!("{}", chip("podFailurePolicy: Ignore")),
        Intervention::WithoutInput {
            keyword: "fail" | "oomKill" | "evict" | "preempt" | "nodePressureEvict",
            at,
            ..
        } => {
            say!("without your fault at {}", clock(*at))
        }
        Intervention::WithoutInput { keyword, at, .. } => say!("without your {} at {}", code(*keyword), clock(*at)),
        Intervention::Quota(None) => say!("without {}", chip("podQuota")),
        Intervention::Quota(Some(quota)) => say!("{}", chip(&format!("podQuota: {quota}"))),
    }
}

fn chip(words: &str) -> Part {
    Part::Field(words.to_owned(), None)
}

/// A value as YAML has it on a line.
fn bare(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn then(found: &Counterfactual) -> Sentence {
    let at = |at: Time| FORMAT.clock_short(at);
    let (before, after) = (&found.before, &found.after);
    match (before.ending, after.ending) {
        (_, Ending::Failed(end)) if found.fails_here() => say!("*the Job fails here, at {}*", at(end)),
        (Ending::Complete(was), Ending::Complete(end)) if was != end => {
            say!("*Complete at {}, {}*", at(end), sooner(was, end))
        }
        (Ending::Failed(was), Ending::Failed(end)) if was != end => {
            say!("*Failed at {}, {}*", at(end), sooner(was, end))
        }
        (Ending::Failed(_) | Ending::Open | Ending::Absent, Ending::Complete(end)) => {
            say!("*the Job completes, at {}*", at(end))
        }
        (Ending::Complete(_) | Ending::Open | Ending::Absent, Ending::Failed(end)) => {
            say!("*the Job fails, at {}*", at(end))
        }
        (Ending::Complete(_) | Ending::Failed(_), Ending::Open | Ending::Absent) => {
            say!("*it would not have ended by then*")
        }
        _ if before.failed != after.failed => {
            say!("*{} counted, the end stays the same*", many(after.failed, "failure", "failures"))
        }
        _ if before.gone != after.gone => match after.gone {
            Some(gone) => say!("*deleted at {}*", at(gone)),
            None => say!("*it stays, with its pods and logs*"),
        },
        _ => say!("*{} instead of {}*", pods(after.pods), before.pods),
    }
    .capitalized()
}

/// `22 s sooner`.
fn sooner(was: Time, end: Time) -> String {
    if end < was { format!("{} sooner", span(was - end)) } else { format!("{} later", span(end - was)) }
}
