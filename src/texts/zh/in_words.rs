//! Specs in Chinese.

use super::format::FORMAT;
use super::schedule;
use crate::api::{CompletionMode, ConcurrencyPolicy, CronJobSpec, FailureAction, JobSpec, RestartPolicy};
use crate::texts::format::count as number;
use crate::texts::in_words::{InWords, When};
use crate::texts::sentence::{Sentence, say};
use crate::time::Span;

pub(in crate::texts) static IN_WORDS: InWords =
    InWords { format: &FORMAT, work, end, policies, deletion, cron_job, next, object };

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

fn policies(spec: &JobSpec) -> Option<Sentence> {
    let mut sentences = Vec::new();
    if let Some(most) = spec.max_failed_indexes {
        sentences.push(say!("*失败的索引超过 {} 个*就立即结束。", number(most)));
    }
    if let Some(policy) = &spec.pod_failure_policy {
        let of = |action: FailureAction| policy.rules.iter().any(|rule| rule.action == action);
        let does = [
            (FailureAction::FailJob, "立即结束 Job"),
            (FailureAction::FailIndex, "立即放弃索引"),
            (FailureAction::Ignore, "不计数"),
            (FailureAction::Count, "照常计数"),
        ];
        let does: Vec<&str> = does.into_iter().filter(|(action, _)| of(*action)).map(|(_, words)| words).collect();
        let rules = policy.rules.len().to_string();
        sentences.push(say!("按 *podFailurePolicy 的 {} 条规则*，有的失败{}。", rules, does.join("，有的")));
    }
    if spec.success_policy.is_some() {
        sentences.push(say!("*successPolicy* 可以在全部索引成功之前就让它完成。"));
    }
    let mut sentences = sentences.into_iter();
    let first = sentences.next()?;
    Some(sentences.fold(first, |all, next| all.and("", next)))
}

fn cron_job(spec: &CronJobSpec, when: When) -> Sentence {
    if spec.suspend {
        return say!("已挂起：恢复之前*不启动任何 Job*。");
    }
    let times = schedule::times(spec, when);
    let start = match spec.concurrency_policy {
        ConcurrencyPolicy::Allow => say!("*{}*启动 Job，即使上一个还在运行。", times),
        ConcurrencyPolicy::Forbid => say!("*{}*启动 Job；上一个还在运行时*先等它结束*。", times),
        ConcurrencyPolicy::Replace => say!("*{}*启动 Job；上一个还在运行时*先将其删除*。", times),
    };
    let start = match spec.starting_deadline_seconds {
        Some(seconds) => start.and("", say!("晚于 *{}*就不再启动。", length(seconds))),
        None => start,
    };
    let (good, bad) = (spec.successful_jobs_history_limit, spec.failed_jobs_history_limit);
    if (good, bad) == (3, 1) {
        return start;
    }
    start.and("", say!("保留 *{} 个成功*和 *{} 个失败*的 Job。", number(good), number(bad)))
}

fn next(times: &[String]) -> Sentence {
    say!("接下来：{}。", times.join("、"))
}

fn object(name: &str) -> Sentence {
    say!("{}：", name)
}
