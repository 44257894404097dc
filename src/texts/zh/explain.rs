//! Chinese: WHY.

use super::reason::{REASON, clock, object, pod, span};
use crate::api::{ObjectKey, PodId};
use crate::cluster::input::{Input, Verb};
use crate::cluster::reason::{Answer, Check, DeletedBecause};
use crate::explain::{
    Brief, Budget, Change, Counterfactual, CreatedBecause, Ending, Fact, Failure, Names, Note, Places, Question, Role,
    Rule, Setting, Statement, Success, Wait,
};
use crate::texts::Lang;
use crate::texts::explain::ExplainWords;
use crate::texts::format::{self, NO_BREAK, clock_exact, span_rounded};
use crate::texts::sentence::{Arg, Part, Sentence, code, say};
use crate::time::Time;
use serde_json::Value;

pub(crate) const EXPLAIN: ExplainWords = ExplainWords {
    statement: statement_words,
    fact: fact_words,
    role,
    rule,
    brief,
    between: "，",
    question,
    answer,
    wait,
    places,
    full_stop: "。",
    note,
    docs_root: "https://kubernetes.io/zh-cn/",
    why: "为什么",
    now: |at| format!("{} 时", clock_exact(at, Lang::Zh)),
    because: "因为",
    asked_at: |at| format!("控制器在 {} 的检查", clock_exact(at, Lang::Zh)),
    what_if: "怎样会不同",
    change,
    then,
    looking: "正在尝试其他取值……",
    no_difference: "试过的单项改动都不会改变结局。",
    try_it: "试一试",
    in_real_life: "真实集群中",
    docs: "文档",
    previous: "上一个决定",
    next: "下一个决定",
    close: "关闭",
    whole: "完整因果链、检查清单和假设",
    nothing_recorded: "还什么都没有发生。",
    decided: "由此决定",
};

fn statement_words(statement: &Statement, names: Names<'_>) -> Sentence {
    match statement {
        Statement::Retry { failures, wait, budget, ignored, .. } => {
            let start = say!("Kubernetes 会重试，但要先*等 {}*：这是*连续第 {} 次失败*", span(*wait), *failures);
            start.and("", spent(budget.as_ref(), ignored.is_some()))
        }
        Statement::StillWaiting { failures, left, until } => say!(
            "还没有新动作：等待*还剩 {}*，到 {} 为止。这是连续失败 {} 次之后的等待，期间整个 Job 不创建任何 Pod。",
            span_rounded(*left, Lang::Zh),
            clock(*until),
            *failures
        ),
        Statement::IndexRetry { index, failures, until, budget } => {
            let start = say!("索引 {} 会重试，但*要到 {}*：它已*失败 {} 次*", *index, clock(*until), *failures);
            start.and("", spent(budget.as_ref(), false))
        }
        Statement::IndexGivenUp { index, failures, limit, failed_indexes } => say!(
            "*索引 {} 彻底失败*，共失败 {} 次{}。其他索引继续运行，但已有 {} 个失败的索引，Job 最终只能是 Failed。",
            *index,
            *failures,
            in_brackets(limit.as_ref()),
            (*failed_indexes).max(1)
        ),
        Statement::Created { first, count, because, wanted } => created(*first, *count, because, *wanted, names),
        Statement::JobFails { failure, stopped, at_once } => {
            let start = say!("*Job 失败*：").and("", failure_words(failure, names));
            start.and("", stopping(*stopped, "，并且也计为失败")).and("", once(*at_once, "Failed"))
        }
        Statement::JobCompletes { success, stopped, at_once } => {
            let start = say!("*Job 完成*：").and("", success_words(success));
            start.and("", stopping(*stopped, "，不计数")).and("", once(*at_once, "Complete"))
        }
        Statement::Ended { condition, decided: Some(decided) } => say!(
            "Job 现在是 *{}*：{} 就已判定，但要等它的每个 Pod 都停止后才成定局。",
            code(condition.as_str()),
            clock(*decided)
        ),
        Statement::Ended { condition, decided: None } => {
            say!("Job 现在是 *{}*：它的每个 Pod 都已停止。", code(condition.as_str()))
        }
        Statement::EndWaits { terminating } => {
            say!("结局已定，但*还有 {} 个 Pod 没有停止*；都停止后才成定局。", *terminating)
        }
        Statement::ScaledDown { deleted, wanted: Some(wanted), parallelism } => say!(
            "*删除了 {} 个 Pod*，因为现在最多只能有 {} 个活跃 Pod{}。它们不计数。",
            *deleted,
            *wanted,
            in_brackets(parallelism.as_ref())
        ),
        Statement::ScaledDown { deleted, wanted: None, parallelism } => say!(
            "*删除了 {} 个 Pod*，因为需要的活跃 Pod 变少了{}。它们不计数。",
            *deleted,
            in_brackets(parallelism.as_ref())
        ),
        Statement::Suspended { deleted: 0, setting } => {
            say!("Job *已挂起*{}：不创建 Pod。", in_brackets(setting.as_ref()))
        }
        Statement::Suspended { deleted, setting } => say!(
            "Job *已挂起*{}。挂起不是暂停：*{} 个活跃 Pod 被删除*，不计数；恢复时活跃期限重新起算。",
            in_brackets(setting.as_ref()),
            *deleted
        ),
        Statement::Refused { used, limited, created, again } => {
            let before = if *created == 0 { Sentence::default() } else { say!("此前创建了 {} 个。", *created) };
            let again = match again {
                Some(again) => say!("*{}* 再试；这不算 Job 失败。", clock(*again)),
                None => say!("之后会自动再试；这不算 Job 失败。"),
            };
            say!("*创建 Pod 被拒绝*：配额允许 {} 个，已有 {} 个。", *limited, *used).and("", before).and("", again)
        }
        Statement::PlacesHeld { terminating, policy } => say!(
            "还不创建新 Pod：*{} 个正在停止的 Pod 停止之前仍占着位置*{}。",
            *terminating,
            in_brackets(policy.as_ref())
        ),
        Statement::Succeeded { pod: id, succeeded, completions: Some(completions) } => {
            say!("{} 成功：已成功 *{}* 个，要求 {}。", pod(*id, names), *succeeded, completions)
        }
        Statement::Succeeded { pod: id, succeeded, completions: None } => say!(
            "{} 成功（共 {} 个）：没有设置 completions，一次成功就够了，因此不再创建新 Pod，其余 Pod 结束后 Job 即完成。",
            pod(*id, names),
            *succeeded
        ),
        Statement::Ignored { pod: id, rule: Some(rule) } => {
            say!("{} 失败，但*不计数*：依据 {}。", pod(*id, names), rule)
        }
        Statement::Ignored { pod: id, rule: None } => say!("{} 失败，但*不计数*。", pod(*id, names)),
        Statement::NothingToDo { active, wanted: Some(wanted) } => {
            say!("控制器检查了一遍，*无事可做*：需要 {} 个 Pod，活跃 {} 个。", *wanted, *active)
        }
        Statement::NothingToDo { wanted: None, .. } => say!("检查了一遍，*无事可做*。"),
        Statement::Input { input, pod, .. } => {
            say!("*你{}*：", did(input, *pod, names)).and("", effect_of(&input.verb))
        }
        Statement::Reason(reason) => (REASON.reason)(reason, names),
    }
}

/// `，而 2 次仍在 backoffLimit: 3 之内。`
fn spent(budget: Option<&Budget>, ignored: bool) -> Sentence {
    match budget {
        Some(Budget { limit, .. }) if ignored => say!("。策略忽略了它，不占用 {}；等待照样加长。", limit),
        Some(Budget { used, limit }) if limit.is_default() => {
            say!("，而 {} 次仍在 {} 之内（默认值）。", *used, limit)
        }
        Some(Budget { used, limit }) => say!("，而 {} 次仍在 {} 之内。", *used, limit),
        None => say!("。"),
    }
}

/// `（backoffLimit: 3）`
fn in_brackets(setting: Option<&Setting>) -> Arg {
    match setting {
        Some(setting) => Arg::bracketed("（", setting, "）"),
        None => "".into(),
    }
}

fn stopping(stopped: u32, so: &str) -> Sentence {
    match stopped {
        0 => Sentence::default(),
        _ => say!("还在运行的 {} 个 Pod 被停止{}。", stopped, so),
    }
}

fn once(at_once: bool, condition: &str) -> Sentence {
    if at_once { Sentence::default() } else { say!("所有 Pod 停止后，状况才变为 {}。", code(condition)) }
}

fn created(first: PodId, count: u32, because: &CreatedBecause, wanted: Option<u32>, names: Names<'_>) -> Sentence {
    let what = match count {
        1 => say!("*创建 {}*", pod(first, names)),
        _ => say!("*创建 {} 个 Pod*", count),
    };
    let why = match because {
        CreatedBecause::First { parallelism: Some(parallelism) } => {
            say!("：Job 刚创建，同时最多运行 {} 个 Pod，依据 {}。", wanted.unwrap_or(count), parallelism)
        }
        CreatedBecause::First { parallelism: None } => say!("：Job 刚创建。"),
        CreatedBecause::WaitOver { failures, wait } => {
            say!("：连续失败 {} 次后的 *{}* 等待已结束。", *failures, span(*wait))
        }
        CreatedBecause::IndexWaitOver { index, failures } => {
            say!("：索引 {} 失败 {} 次后的等待已结束。", *index, *failures)
        }
        CreatedBecause::MoreNeeded { completions: Some(completions) } => {
            say!("：有了空位，而 {} 要求更多成功。", completions)
        }
        CreatedBecause::MoreNeeded { completions: None } => say!("：有了空位。"),
        CreatedBecause::Resumed => say!("：Job 已恢复，计时重新开始。"),
        CreatedBecause::Missing => say!("：需要 {} 个 Pod，活跃的不够。", wanted.unwrap_or(count)),
    };
    what.and("", why)
}

fn failure_words(failure: &Failure, names: Names<'_>) -> Sentence {
    match failure {
        Failure::BackoffLimit { failed, limit: Some(limit) } => {
            say!("*已有 {} 个 Pod 失败*，超过 {}。", *failed, limit)
        }
        Failure::BackoffLimit { failed, limit: None } => say!("*已有 {} 个 Pod 失败*。", *failed),
        Failure::Restarts { restarts, limit: Some(limit) } => {
            say!("容器*共重启 {} 次*；restartPolicy 为 OnFailure 时，达到 {} 就失败。", *restarts, limit)
        }
        Failure::Restarts { restarts, limit: None } => say!("容器*共重启 {} 次*。", *restarts),
        Failure::Deadline { elapsed, limit: Some(limit) } => {
            say!("它已活跃 *{}*，到了 {} 的期限。剩余的重试次数不起作用。", span_rounded(*elapsed, Lang::Zh), limit)
        }
        Failure::Deadline { elapsed, limit: None } => say!("它已活跃 *{}*。", span_rounded(*elapsed, Lang::Zh)),
        Failure::Rule { pod: Some(id), rule: Some(rule) } => {
            say!("{} 匹配 {}，整个 Job 随即结束，与剩余的重试次数无关。", pod(*id, names), rule)
        }
        Failure::Rule { .. } => say!("podFailurePolicy 的一条规则要求 FailJob。"),
        Failure::MaxFailedIndexes { failed, limit: Some(limit) } => {
            say!("*已有 {} 个索引失败*，超过 {}。", *failed, limit)
        }
        Failure::MaxFailedIndexes { failed, limit: None } => say!("*已有 {} 个索引失败*。", *failed),
        Failure::FailedIndexes { failed } => {
            say!("所有索引都有了结果，其中 *{} 个失败*。其余全部成功，但一个失败的索引就足以使 Job 失败。", *failed)
        }
    }
}

fn success_words(success: &Success) -> Sentence {
    match success {
        Success::Completions { succeeded, completions: Some(completions) } => {
            say!("*已有 {} 个 Pod 成功*，达到 {}，且没有活跃的 Pod。", *succeeded, completions)
        }
        Success::Completions { succeeded, completions: None } => {
            say!("*已有 {} 个 Pod 成功*，且没有活跃的 Pod；没有设置 completions 时这就够了。", *succeeded)
        }
        Success::Policy { policy: Some(policy) } => say!("满足了 {}。", policy),
        Success::Policy { policy: None } => say!("满足了成功策略。"),
    }
}

/// What a person did: `杀死了 Pod 2`.
fn did(input: &Input, hit: Option<PodId>, names: Names<'_>) -> Sentence {
    let target = || hit.map_or_else(|| "一个 Pod".into(), |id| Arg::from(pod(id, names)));
    match &input.verb {
        Verb::Fail { .. } => say!("杀死了 {}", target()),
        Verb::OomKill(_) => say!("让 {} 耗尽了内存", target()),
        Verb::Evict(_) => say!("驱逐了 {}", target()),
        Verb::Preempt(_) => say!("抢占了 {}", target()),
        Verb::NodePressureEvict(_) => say!("让 {} 的节点出现内存压力", target()),
        Verb::DeletePod { .. } => say!("删除了 {}", target()),
        Verb::Delete { target, .. } => say!("删除了 {}", target.kind.as_str()),
        Verb::Create(_) => say!("创建了一个 Job"),
        Verb::Patch { target, .. } => say!("修改了 {}", target.kind.as_str()),
        Verb::RestartControllers => say!("重启了控制器"),
    }
}

/// What Kubernetes makes of it, at once.
fn effect_of(verb: &Verb) -> Sentence {
    match verb {
        Verb::Fail { exit_code, .. } => say!("它的容器以退出码 {} 结束。", exit_code.to_string()),
        Verb::OomKill(_) => {
            say!("它的容器以退出码 137（{}）结束。对 podFailurePolicy 来说这是退出码，不是干扰。", code("OOMKilled"))
        }
        Verb::Evict(_) => {
            say!("Pod 得到状况 {}，并按宽限期删除。除非策略忽略，否则计为失败。", code("DisruptionTarget"))
        }
        Verb::Preempt(_) => {
            say!("更重要的 Pod 需要这个位置。Pod 得到状况 {}，并按宽限期删除。", code("DisruptionTarget"))
        }
        Verb::NodePressureEvict(_) => say!(
            "kubelet 在 2\u{a0}秒内停止 Pod，标记为 {} 和 {}。对象保留。",
            code("Evicted"),
            code("DisruptionTarget")
        ),
        Verb::DeletePod { .. } => say!("它收到 SIGTERM，进入宽限期。没有结束的 Pod 计为失败。"),
        Verb::Delete { .. } => say!("对象消失，它所拥有的对象按级联方式处理。"),
        Verb::Create(_) => say!("随即进行第一次同步。"),
        Verb::Patch { .. } => say!("规约的变化立即处理，不等那一秒。"),
        Verb::RestartControllers => say!("内存中的记录丢失，首先是连续失败的次数。"),
    }
}

fn fact_words(fact: &Fact, names: Names<'_>) -> Sentence {
    match fact {
        Fact::NoPodUntil { until, then: Some(then) } => {
            say!("*{}* 之前没有新 Pod，之后是 {}", clock(*until), pod(*then, names))
        }
        Fact::NoPodUntil { until, then: None } => say!("*{}* 之前没有新 Pod", clock(*until)),
        Fact::PodsCreated { first, count: 1 } => say!("创建 {}", pod(*first, names)),
        Fact::PodsCreated { first, count } => say!("创建 *{} 个 Pod*，从 {} 开始", *count, pod(*first, names)),
        Fact::PodsDeleted { count, because } => {
            say!("删除 *{} 个 Pod*：{}", *count, (REASON.deleted_because)(*because))
        }
        Fact::JobEnds { condition, at: Some(at) } => {
            say!("Job 在 *{}* 变为 *{}*", clock(*at), code(condition.as_str()))
        }
        Fact::JobEnds { condition, at: None } => say!("Job 将变为 *{}*", code(condition.as_str())),
        Fact::JobDeleted { job, at: Some(at) } => {
            say!("{} 及其 Pod 在 *{}* 删除", object(ObjectKey::Job(*job), names), clock(*at))
        }
        Fact::JobDeleted { job, at: None } => say!("{} 及其 Pod 被删除", object(ObjectKey::Job(*job), names)),
        Fact::Rule(the_rule) => rule(*the_rule),
        Fact::FailuresInARow { before, after, last } => {
            say!("连续失败 n *{}\u{a0}→\u{a0}{}*，结束于 {}", *before, *after, clock(*last))
        }
        Fact::Counter { counter, before, after } => {
            say!("{} *{}\u{a0}→\u{a0}{}*", code(counter.name()), *before, *after)
        }
        Fact::PodEnded { pod: id, exit_code, at, by } => say!(
            "{} 在 {} 结束，*退出码 {}*：{}",
            pod(*id, names),
            clock(*at),
            exit_code.to_string(),
            (REASON.ended_by)(*by)
        ),
        Fact::Asked(check, answer) => say!("{}", (REASON.check)(*check)).and("", (REASON.answer)(*check, *answer)),
        Fact::Reason(reason) => (REASON.reason)(reason, names),
        Fact::Input { input, pod, .. } => say!("在 {} {}", clock(input.at), did(input, *pod, names)),
        Fact::Program { pod: id, behavior: Some(number), exit_code, run } => say!(
            "第 {} 条行为：{} 运行 {}，以退出码 {} 结束",
            number + 1,
            pod(*id, names),
            span(*run),
            exit_code.to_string()
        ),
        Fact::Program { pod: id, behavior: None, exit_code, run } => {
            say!("没有行为说明，假定 {} 运行 {}，以退出码 {} 结束", pod(*id, names), span(*run), exit_code.to_string())
        }
        Fact::Setting(setting) if setting.is_default() => say!("{} 是默认值", setting),
        Fact::Setting(setting) => say!("{}", setting),
        Fact::Quota(quota) => say!("集群的 podQuota: {}", *quota),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Effect => "结果",
        Role::Rule => "规则",
        Role::Facts => "事实",
        Role::Spec => "规约",
        Role::You => "你",
        Role::Program => "程序",
    }
}

fn rule(rule: Rule) -> Sentence {
    match rule {
        Rule::WaitDoubles => {
            say!("连续失败一次，等待翻一倍：10\u{a0}秒\u{a0}×\u{a0}2ⁿ⁻¹，最多 10\u{a0}分钟")
        }
        Rule::WaitIsForTheWholeJob => say!("等待是整个 Job 的：期间不创建任何 Pod"),
        Rule::WaitPerIndex => say!("设置了 backoffLimitPerIndex，每个索引各等各的"),
        Rule::IgnoredStillWaits => say!("被忽略的失败不计数，但下一个 Pod 照样要等"),
        Rule::FailsAboveLimit => say!("失败的 Pod 超过 backoffLimit 时 Job 失败"),
        Rule::FailsAtRestarts => say!("OnFailure 时，重启次数达到 backoffLimit 则 Job 失败"),
        Rule::DeadlineOverAll => say!("活跃期限从 startTime 起算，启动、运行和等待都算在内"),
        Rule::FailJobEndsAll => say!("FailJob 立即结束整个 Job，不看任何限制"),
        Rule::IndexLimit => say!("失败次数超过 backoffLimitPerIndex 的索引失败，不再重试"),
        Rule::FailedIndexFailsJob => say!("其他索引继续运行，但有一个索引失败，Job 就是 Failed"),
        Rule::MaxFailedIndexes => say!("失败的索引超过 maxFailedIndexes，Job 立即结束"),
        Rule::Wanted => say!("并行数允许多少就运行多少，但不多于还缺的成功数"),
        Rule::EnoughSuccesses => say!("成功数已够且没有活跃 Pod，Job 完成"),
        Rule::WorkQueue => say!("没有设置 completions：一次成功就够，等没有活跃 Pod 时完成"),
        Rule::SuccessPolicy => say!("successPolicy 中第一条满足的规则使 Job 结束"),
        Rule::EndWaits => say!("Complete 和 Failed 都要等每个 Pod 停止"),
        Rule::RunningPodsFailToo => say!("Job 失败时仍在运行的 Pod 被停止，并计为失败"),
        Rule::RunningPodsUncounted => say!("此时仍在运行的 Pod 被停止，不计数"),
        Rule::DisruptionsCount => say!("驱逐计为失败，除非 podFailurePolicy 忽略它"),
        Rule::TerminatingCounts => say!("正在被删除的 Pod 立即计为失败"),
        Rule::TerminatingHoldsPlace => say!("podReplacementPolicy 为 Failed 时，Pod 停止后才会被替换"),
        Rule::SuspendDeletes => say!("挂起会删除活跃的 Pod，不计数"),
        Rule::ScaleDown => say!("活跃 Pod 太多：先删最新、最不就绪的，不计数"),
        Rule::RefusedIsRetried => say!("创建被拒绝不算失败：过 1、2、4\u{a0}……\u{a0}秒再试"),
        Rule::FirstRuleWins => say!("podFailurePolicy 的规则按顺序匹配，第一条匹配的生效"),
        Rule::Batched => say!("Pod 的变化攒一秒后一并处理"),
        Rule::NeverTouchedAgain => say!("Complete 或 Failed 的 Job 不会再被改动"),
        Rule::RestartInPlace => say!("OnFailure 时，kubelet 在原 Pod 内重启容器"),
        Rule::GracePeriod => say!("先发 SIGTERM，宽限期到了再发 SIGKILL"),
        Rule::TtlFromEnd => say!("TTL 从 Job 结束时起算，连同 Pod 一起删除"),
        Rule::Foreground => say!("最后一个 Pod 消失后 Job 才消失"),
        Rule::Cascade => say!("失去属主的对象被删除；级联方式为 orphan 时保留"),
        Rule::Finalizer => say!("Pod 在被统计之前一直保留，统计后移除 Finalizer"),
        Rule::MemoryLost => say!("连续失败的次数只在控制器的内存里"),
        Rule::ManagedBy => say!("设置了 managedBy 的 Job 由那个控制器处理"),
        Rule::Concurrency => say!("Forbid 跳过新的运行，Replace 删除旧的，Allow 允许并存"),
        Rule::StartingDeadline => say!("晚于 startingDeadlineSeconds 的运行不再启动"),
        Rule::History => say!("只保留若干结束的 Job：默认 3 个完成的、1 个失败的"),
    }
}

fn brief(brief: &Brief, names: Names<'_>) -> String {
    let called = |key| (REASON.called)(&names.called(key));
    let the_pod = |id| called(ObjectKey::Pod(id));
    let arrow = format!("{NO_BREAK}→{NO_BREAK}");
    match brief {
        Brief::ObjectCreated(key) => format!("{} 已创建", called(*key)),
        Brief::ObjectChanged(key) => format!("{} 已更改", called(*key)),
        Brief::DeletionBegan(key, cascade) => format!("{} 正在删除（{}）", called(*key), cascade.as_str()),
        Brief::ObjectGone(key) => format!("{} 已消失", called(*key)),
        Brief::PodsCreated { first, count: 1 } => format!("{} 已创建", the_pod(*first)),
        Brief::PodsCreated { count, .. } => format!("创建 {count} 个 Pod"),
        Brief::PodsDeleted { first, count: 1, because } => {
            format!("{} 被删除（{}）", the_pod(*first), deleted(*because))
        }
        Brief::PodsDeleted { count, because, .. } => format!("删除 {count} 个 Pod（{}）", deleted(*because)),
        Brief::PodBound(id) => format!("{} 分配到节点", the_pod(*id)),
        Brief::PodRuns(id) => format!("{} 开始运行", the_pod(*id)),
        Brief::PodStops { pod: id, grace } => format!("{} 正在停止，宽限期 {}", the_pod(*id), span(*grace)),
        Brief::PodDisrupted(id) => format!("{} 得到 DisruptionTarget", the_pod(*id)),
        Brief::PodEnded { pod: id, phase } => {
            let how = match phase {
                crate::api::Phase::Failed => "失败",
                crate::api::Phase::Succeeded => "成功",
                crate::api::Phase::Pending | crate::api::Phase::Running => "结束",
            };
            format!("{} {how}", the_pod(*id))
        }
        Brief::Exit { code, after, yours } => {
            let after = after.map(|after| format!("，运行 {}", span(after))).unwrap_or_default();
            format!("退出码{NO_BREAK}{code}{after}{}", if *yours { "（你的故障）" } else { "" })
        }
        Brief::RestartAt(at) => format!("{} 重启", clock(*at)),
        Brief::Restarted { pod: Some(id), restart_count } => {
            format!("{} 第{NO_BREAK}{restart_count} 次重启", the_pod(*id))
        }
        Brief::Restarted { pod: None, restart_count } => format!("第{NO_BREAK}{restart_count} 次重启"),
        Brief::CrashLoopBackOff => "CrashLoopBackOff".to_owned(),
        Brief::OthersRun(count) => format!("还有 {count} 个容器在运行"),
        Brief::Counter { counter, before, after } => format!("{} {before}{arrow}{after}", counter.name()),
        Brief::Ignored(id) => format!("{} 不计数", the_pod(*id)),
        Brief::WaitsUntil(until) => format!("等到 {}", clock(*until)),
        Brief::IndexWaitsUntil { index, until } => format!("索引 {index} 等到 {}", clock(*until)),
        Brief::IndexFailed(index) => format!("索引 {index} 失败"),
        Brief::Condition { condition, reason } => format!("{}（{reason}）", condition.as_str()),
        Brief::EndWaits(count) => format!("等待 {count} 个 Pod 停止"),
        Brief::QuotaRefused => "配额拒绝了一个 Pod".to_owned(),
        Brief::Refused(message) => format!("被拒绝：{message}"),
        Brief::NoEffect(why) => format!("没有效果：{}", (REASON.no_effect)(*why).trim_end_matches('。')),
        Brief::MemoryLost => "控制器重启".to_owned(),
        Brief::PodsFreed(count) => format!("释放 {count} 个 Pod"),
        Brief::TtlUntil(until) => format!("{} 删除", clock(*until)),
        Brief::TtlOver => "TTL 到期".to_owned(),
        Brief::RunStarted(job) => format!("{} 已启动", called(ObjectKey::Job(*job))),
        Brief::RunSkipped(at) => format!("跳过 {} 的运行", clock(*at)),
        Brief::RunMissed(at) => format!("错过 {} 的运行", clock(*at)),
        Brief::JobPruned(job) => format!("{} 被删除", called(ObjectKey::Job(*job))),
        Brief::RunFinished(job) => format!("{} 已结束", called(ObjectKey::Job(*job))),
        Brief::NextRun(at) => format!("下一次运行在 {}", clock(*at)),
        Brief::NothingToDo => "无事可做".to_owned(),
    }
}

fn deleted(because: DeletedBecause) -> &'static str {
    match because {
        DeletedBecause::TooMany => "太多",
        DeletedBecause::WrongIndex => "索引不对",
        DeletedBecause::Suspended => "挂起",
        DeletedBecause::JobEnds => "Job 结束",
    }
}

fn question(question: Question) -> &'static str {
    match question {
        Question::Check(check) => (REASON.check)(check),
        Question::IndexLimitsAndSuccessPolicy => "逐索引限制？successPolicy？",
        Question::Create => "创建 Pod",
    }
}

fn answer(question: Question, answer: Answer) -> Sentence {
    match (question, answer) {
        (Question::Create, Answer::Count { count, limit, .. }) if count == limit => say!("*创建了 {} 个*", count),
        (Question::Create, Answer::Count { count, limit, .. }) => say!("*{} 个中创建了 {} 个*", limit, count),
        (Question::Check(check), answer) => (REASON.answer)(check, answer),
        (Question::Create | Question::IndexLimitsAndSuccessPolicy, answer) => {
            (REASON.answer)(Check::Completions, answer)
        }
    }
}

fn wait(wait: &Wait) -> Sentence {
    let left = |left| span_rounded(left, Lang::Zh);
    match wait {
        Wait::Backoff { until, left: rest } => say!("正在*回退等待，到 {}*（还剩 {}）", clock(*until), left(*rest)),
        Wait::IndexBackoff { index, until, left: rest } => {
            say!("索引 {} 正在*回退等待，到 {}*（还剩 {}）", *index, clock(*until), left(*rest))
        }
        Wait::Running(count) => say!("*{} 个 Pod 在运行*", *count),
        Wait::Pending(count) => say!("*{} 个 Pod 尚未启动*", *count),
        Wait::Stopping(count) => say!("*{} 个 Pod 正在停止*", *count),
        Wait::EndWaits(0) => say!("结局已定，下一次同步时写入"),
        Wait::EndWaits(count) => say!("结局已定，等待 *{} 个 Pod 停止*", *count),
        Wait::Batch { at } => say!("有了变化：控制器在 *{}* 处理", clock(*at)),
        Wait::Quota { again: Some(again) } => say!("配额拒绝了一个 Pod，*{}* 再试", clock(*again)),
        Wait::Quota { again: None } => say!("配额拒绝了一个 Pod"),
        Wait::Suspended => say!("*已挂起*：把 suspend 设为 false 之前什么也不会发生"),
        Wait::ManagedByOther => say!("由另一个控制器管理，Kubernetes 自己不做任何事"),
        Wait::NoPodsWanted => say!("*并行数为 0*：不需要 Pod"),
        Wait::Ttl { until, left: rest } => {
            say!("已结束；*{}* 连同 Pod 一起删除（还剩 {}）", clock(*until), left(*rest))
        }
        Wait::Finished => say!("*已结束*：不会再有变化，没有设置 TTL 就一直保留"),
        Wait::Gone => say!("对象*已消失*"),
        Wait::NotYetCreated => say!("对象还没有创建"),
        Wait::NextRun { at } => say!("下一次运行在 *{}*", clock(*at)),
        Wait::Nothing => say!("没有在等什么"),
    }
}

fn places(places: Places) -> Sentence {
    say!("{} 个位置已用 {} 个", places.wanted, places.used)
}

fn note(note: Note) -> Sentence {
    match note {
        Note::WaitCap => say!("文档说等待上限 6\u{a0}分钟，源码是 10\u{a0}分钟"),
        Note::ExceedsOrReaches => say!("Never：失败次数要超过限制。OnFailure：重启次数达到限制即可"),
        Note::EvictionCounts => say!("常见说法：驱逐不算失败。源码里算，除非策略忽略"),
        Note::IgnoreWaits => say!("Ignore 省下的是计数，不是等待"),
        Note::StoppedCountAsFailed => say!("failed 也包括此时由控制器自己停止的 Pod"),
        Note::DeadlineIsNotPerAttempt => say!("这个期限不是每次尝试的期限；Pod 模板里另有一个同名字段"),
        Note::FailedIndexIsFailure => say!("逐索引的回退限制不等于部分成功：一个索引失败，Job 就失败"),
        Note::SuspendIsNoPause => say!("挂起不是暂停：Pod 会被删除"),
        Note::LimitsAreMutable => say!("常见说法：创建后不可改。其实 parallelism 和 backoffLimit 随时可改"),
        Note::TtlTakesLogs => say!("TTL 删除 Job、它的 Pod 以及日志"),
        Note::MissedStartsGoOn => say!("常见说法：错过 100 次就不再运行。源码只是警告，然后继续"),
        Note::OldAndNewOverlap => say!("默认情况下新旧 Pod 可能同时运行；这个策略会等"),
    }
}

fn change(change: &Change) -> Sentence {
    match change {
        Change::Field { field, value: Value::Null, .. } => say!("去掉 {}", chip(field.name())),
        Change::Field { field, value, .. } => say!("{}", chip(&format!("{}: {}", field.name(), bare(value)))),
        Change::Ignore { .. } => say!("{}", chip("podFailurePolicy: Ignore")),
        Change::WithoutInput {
            keyword: "fail" | "oomKill" | "evict" | "preempt" | "nodePressureEvict", at, ..
        } => {
            say!("没有你在 {} 的故障", clock(*at))
        }
        Change::WithoutInput { keyword, at, .. } => say!("没有你在 {} 的 {}", clock(*at), code(*keyword)),
        Change::Quota(None) => say!("去掉 {}", chip("podQuota")),
        Change::Quota(Some(quota)) => say!("{}", chip(&format!("podQuota: {quota}"))),
    }
}

fn chip(words: &str) -> Part {
    Part::Field(words.to_owned(), None)
}

/// A value as YAML has it on a line.
fn bare(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn then(found: &Counterfactual) -> Sentence {
    let at = |at: Time| format::clock_short(at, Lang::Zh);
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
