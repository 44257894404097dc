//! Specs in Chinese.

use super::format::FORMAT;
use crate::api::{CompletionMode, ConcurrencyPolicy, CronJobSpec, JobSpec, RestartPolicy};
use crate::texts::format::count as number;
use crate::texts::in_words::InWords;
use crate::texts::sentence::{Sentence, say};
use crate::time::Span;

pub(super) static IN_WORDS: InWords = InWords { format: &FORMAT, work, end, deletion, cron_job };

fn length(seconds: i64) -> String {
    FORMAT.span(Span::from_seconds(seconds))
}

fn work(spec: &JobSpec) -> Option<Sentence> {
    if spec.suspend {
        return Some(say!("已挂起：恢复之前*不运行任何 Pod*。"));
    }
    let at_a_time = |count: i32| match spec.parallelism {
        0 => say!("；*parallelism 为 0* 时一个也不能运行。"),
        most if most >= count => say!("，全部同时运行。"),
        most => say!("，同时最多 *{} 个*。", number(most)),
    };
    let indexed = spec.completion_mode == CompletionMode::Indexed;
    Some(match spec.completions {
        Some(1) if !indexed && spec.parallelism > 0 => say!("运行 *1 个 Pod* 直到成功。"),
        Some(count) if indexed => {
            say!("运行*索引 0 到 {}*，直到全部成功", number((count - 1).max(0))).and("", at_a_time(count))
        }
        Some(count) => say!("需要 *{} 个 Pod* 成功", number(count)).and("", at_a_time(count)),
        None if spec.parallelism == 1 => say!("运行 *1 个 Pod*，直到有一个成功。"),
        None => {
            say!("运行 *{} 个 Pod* 分担工作；*第一个成功*之后不再启动新的。", number(spec.parallelism))
        }
    })
}

fn end(spec: &JobSpec) -> Option<Sentence> {
    let straw = spec.last_straw().map(|number| match spec.template.spec.restart_policy {
        RestartPolicy::OnFailure => say!("*第 {} 次重启*时", number.to_string()),
        RestartPolicy::Never => say!("*第 {} 次失败*时", number.to_string()),
    });
    let deadline = spec.active_deadline_seconds.map(|seconds| say!("超过 *{}*时", length(seconds)));
    let total = match (straw, deadline) {
        (Some(straw), Some(deadline)) => Some(straw.and("，或者", deadline).and("", say!("放弃。"))),
        (Some(one), None) | (None, Some(one)) => Some(one.and("", say!("放弃。"))),
        (None, None) => None,
    };
    let Some(per_index) = spec.backoff_limit_per_index else { return total };
    let index = say!("一个索引在其*第 {} 次失败*时被放弃，其他索引继续。", (per_index + 1).to_string());
    Some(match total {
        Some(total) => index.and("", total),
        None => index,
    })
}

fn deletion(spec: &JobSpec) -> Option<Sentence> {
    Some(match spec.ttl_seconds_after_finished? {
        0 => say!("结束后*立即*删除全部。"),
        seconds => say!("结束 *{}*后删除全部。", length(seconds)),
    })
}

fn cron_job(spec: &CronJobSpec) -> Sentence {
    if spec.suspend {
        return say!("已挂起：恢复之前*不启动任何 Job*。");
    }
    match spec.concurrency_policy {
        ConcurrencyPolicy::Allow => say!("按 *{}* 启动 Job，即使上一个还在运行。", spec.schedule.to_string()),
        ConcurrencyPolicy::Forbid => {
            say!("按 *{}* 启动 Job；上一个还在运行时*先等它结束*。", spec.schedule.to_string())
        }
        ConcurrencyPolicy::Replace => {
            say!("按 *{}* 启动 Job；上一个还在运行时*先将其删除*。", spec.schedule.to_string())
        }
    }
}
