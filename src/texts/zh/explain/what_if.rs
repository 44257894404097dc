//! Chinese: what would have changed it.

use crate::api::ConditionType;
use crate::explain::Difference;
use crate::texts::explain::ChangeWords;
use crate::texts::sentence::{Sentence, code, say};
use crate::texts::zh::called::{clock, span};
use crate::texts::zh::format::FORMAT;
use crate::time::Time;

pub(super) static CHANGE: ChangeWords = ChangeWords {
    without: |field| say!("去掉 {}", field),
    without_fault: |at| say!("去掉在 {} 注入的故障", clock(at)),
    without_input: |keyword, at| say!("去掉在 {} 注入的 {}", clock(at), code(keyword)),
};

pub(super) fn difference(difference: Difference) -> Sentence {
    let at = |at: Time| FORMAT.clock_short(at);
    let ends = |condition| if condition == ConditionType::Complete { "完成" } else { "失败" };
    match difference {
        Difference::FailsHere(end) => say!("*Job 在 {} 失败*", at(end)),
        Difference::EndMoves { condition, was, now } => say!("*{} {}，{}*", at(now), ends(condition), sooner(was, now)),
        Difference::Ends { condition, at: end } => say!("*Job 在 {} {}*", at(end), ends(condition)),
        Difference::DoesNotEnd => say!("*到那时还不会结束*"),
        Difference::PodStarts { was: Some(was), now: Some(now) } => {
            say!("*Pod 在 {} 启动，{}*", at(now), sooner(was, now))
        }
        Difference::PodStarts { was: None, now: Some(now) } => say!("*Pod 在 {} 启动*", at(now)),
        Difference::PodStarts { now: None, .. } => say!("*Pod 不会启动*"),
        Difference::Failures(failed) => say!("*计入 {} 次失败，结局不变*", failed),
        Difference::Deleted(gone) => say!("*{} 删除*", at(gone)),
        Difference::Stays => say!("*一直保留，Pod 和日志都在*"),
        Difference::NoneHelps(exit_code) => {
            say!("*调高限制没有用：每次尝试都以退出码 {} 结束*，只是晚些失败", exit_code.to_string())
        }
        Difference::Pods { was, now } => say!("*{} 个 Pod，而不是 {} 个*", now, was),
    }
}

/// `早 22 秒`
fn sooner(was: Time, end: Time) -> String {
    if end < was { format!("早 {}", span(was - end)) } else { format!("晚 {}", span(end - was)) }
}
