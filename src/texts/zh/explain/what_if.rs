//! Chinese: what would have changed it.

use crate::explain::{Counterfactual, Ending, Intervention};
use crate::texts::sentence::{Part, Sentence, code, say};
use crate::texts::zh::format::FORMAT;
use crate::texts::zh::reason::{clock, span};
use crate::time::Time;
use serde_json::Value;

pub(super) fn change(change: &Intervention) -> Sentence {
    match change {
        Intervention::Field { field, value: Value::Null, .. } => say!("去掉 {}", chip(field.name())),
        Intervention::Field { field, value, .. } => say!("{}", chip(&format!("{}: {}", field.name(), bare(value)))),
        Intervention::Ignore { .. } => say!("{}", chip("podFailurePolicy: Ignore")),
        Intervention::WithoutInput {
            keyword: "fail" | "oomKill" | "evict" | "preempt" | "nodePressureEvict",
            at,
            ..
        } => {
            say!("没有你在 {} 的故障", clock(*at))
        }
        Intervention::WithoutInput { keyword, at, .. } => say!("没有你在 {} 的 {}", clock(*at), code(*keyword)),
        Intervention::Quota(None) => say!("去掉 {}", chip("podQuota")),
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
        (_, Ending::Failed(end)) if found.fails_here() => say!("*Job 在此失败，{}*", at(end)),
        (Ending::Complete(was), Ending::Complete(end)) if was != end => {
            say!("*{} 完成，{}*", at(end), sooner(was, end))
        }
        (Ending::Failed(was), Ending::Failed(end)) if was != end => say!("*{} 失败，{}*", at(end), sooner(was, end)),
        (Ending::Failed(_) | Ending::Open | Ending::Absent, Ending::Complete(end)) => {
            say!("*Job 会完成，{}*", at(end))
        }
        (Ending::Complete(_) | Ending::Open | Ending::Absent, Ending::Failed(end)) => {
            say!("*Job 会失败，{}*", at(end))
        }
        (Ending::Complete(_) | Ending::Failed(_), Ending::Open | Ending::Absent) => say!("*到那时还不会结束*"),
        _ if before.failed != after.failed => say!("*计入 {} 次失败，结局不变*", after.failed),
        _ if before.gone != after.gone => match after.gone {
            Some(gone) => say!("*{} 删除*", at(gone)),
            None => say!("*一直保留，Pod 和日志都在*"),
        },
        _ => say!("*{} 个 Pod，而不是 {} 个*", after.pods, before.pods),
    }
}

/// `早 22 秒`
fn sooner(was: Time, end: Time) -> String {
    if end < was { format!("早 {}", span(was - end)) } else { format!("晚 {}", span(end - was)) }
}
