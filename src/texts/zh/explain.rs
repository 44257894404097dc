//! Chinese: explanations.

mod chain;
mod line;
mod what_if;

use super::called::{self, clock, span};
use super::format::FORMAT;
use super::placement;
use super::reason::REASON;
use crate::api::{PodId, TaintEffect};
use crate::cluster::input::{InputAction, TaintChange};
use crate::explain::{
    CreatedBecause, JobFailure, JobSuccess, LimitUse, Names, Note, Setting, Statement, StoppedPods, StoppingPod,
};
use crate::texts::explain::ExplainWords;
use crate::texts::sentence::{Arg, Sentence, code, say};

pub(in crate::texts) static EXPLAIN: ExplainWords = ExplainWords {
    statement: statement_words,
    fact: chain::fact,
    role: chain::role,
    rule: chain::rule,
    brief: line::brief,
    format: &FORMAT,
    reason: &REASON,
    index_limits_and_success_policy: "逐索引限制？successPolicy？",
    create_pods: "创建 Pod",
    created,
    wait: line::wait,
    slots: line::slots,
    note,
    docs_root: "https://kubernetes.io/zh-cn/",
    why: "为什么",
    now: |at| format!("{} 时", FORMAT.clock_exact(at)),
    beside: "同一时刻还有",
    because: "因为",
    asked_at: |at| format!("控制器在 {} 的检查", FORMAT.clock_exact(at)),
    what_if: "改什么会不同",
    change: &what_if::CHANGE,
    difference: what_if::difference,
    logs_stay: |tries| say!("*{} 次尝试的日志都在*", tries),
    looking: "正在尝试其他取值……",
    try_it: "试一试",
    in_its_words: "服务器的原话",
    in_real_life: "真实集群中",
    docs: "文档",
    previous: "上一个决定",
    next: "下一个决定",
    close: "关闭",
    whole: "完整因果链、检查清单和假设",
    nothing_recorded: "还什么都没有发生。",
    nodes: &placement::NODES,
    decided: "由此决定",
};

fn statement_words(statement: &Statement, names: Names<'_>) -> Sentence {
    match statement {
        Statement::Retry { failures, wait, budget, ignored, holds_others, .. } => {
            let start = say!("Kubernetes 会重试，但要先*等 {}*：这是*连续第 {} 次失败*", span(*wait), *failures);
            let others = if *holds_others {
                say!("等待是整个 Job 的：*期间不创建任何 Pod*。")
            } else {
                Sentence::default()
            };
            start.and("", spent(budget.as_ref(), ignored.is_some())).and("", others)
        }
        Statement::StillWaiting { failures, left, until, cut } => {
            let waits = say!(
                "还没有新动作：等待*还剩 {}*，到 {} 为止。这是连续失败 {} 次之后的等待，期间整个 Job 不创建任何 Pod。",
                FORMAT.span_rounded(*left),
                clock(*until),
                *failures
            );
            match cut {
                Some(cut) => waits.and("", chain::cut_short(*cut)).and("", say!("。")),
                None => waits,
            }
        }
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
        Statement::Created { first, count, because, wanted, beside } => {
            let overlap = match beside {
                Some(StoppingPod { pod, is_heard: false, .. }) => {
                    say!("没有谁能停止 {}：它的节点失联，*可能仍在运行*。", called::pod(*pod, names))
                }
                Some(StoppingPod { pod, until: Some(until), .. }) => {
                    say!("{} 还在停止，到 {} 为止：*两个同时运行*。", called::pod(*pod, names), clock(*until))
                }
                Some(StoppingPod { pod, until: None, .. }) => {
                    say!("{} 还在停止：*两个同时运行*。", called::pod(*pod, names))
                }
                None => Sentence::default(),
            };
            pods_created(*first, *count, because, *wanted, names).and("", overlap)
        }
        Statement::JobFails { failure, stopped, at_once } => {
            let start = say!("*Job 失败*：").and("", failure_words(failure, names));
            let logs = matches!(failure, JobFailure::Restarts { .. }) && stopped.count > 0;
            let logs = if logs { say!("日志一并消失。") } else { Sentence::default() };
            start.and("", stopping(stopped, names, "，并且也计为失败")).and("", logs).and("", once(*at_once, "Failed"))
        }
        Statement::JobCompletes { success, stopped, at_once } => {
            let start = say!("*Job 完成*：").and("", success_words(success));
            start.and("", stopping(stopped, names, "，不计数")).and("", once(*at_once, "Complete"))
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
        Statement::SlotsHeld { terminating, policy } => say!(
            "还不创建新 Pod：*{} 个正在停止的 Pod 停止之前仍占着位置*{}。",
            *terminating,
            in_brackets(policy.as_ref())
        ),
        Statement::Succeeded { pod: id, succeeded, completions: Some(completions) } => {
            say!("{} 成功：已成功 *{}* 个，要求 {}。", called::pod(*id, names), *succeeded, completions)
        }
        Statement::Succeeded { pod: id, succeeded, completions: None } => say!(
            "{} 成功（共 {} 个）：没有设置 completions，一次成功就够了，因此不再创建新 Pod，其余 Pod 结束后 Job 即完成。",
            called::pod(*id, names),
            *succeeded
        ),
        Statement::Ignored { pod: id, rule: Some(rule) } => {
            say!("{} 失败，但*不计数*：依据 {}。", called::pod(*id, names), rule)
        }
        Statement::Ignored { pod: id, rule: None } => say!("{} 失败，但*不计数*。", called::pod(*id, names)),
        Statement::StatusWritten { active, wanted: Some(wanted) } => {
            say!("控制器*更新了状态中的计数*；不缺 Pod：需要 {} 个 Pod，活跃 {} 个。", *wanted, *active)
        }
        Statement::StatusWritten { wanted: None, .. } => say!("控制器*更新了状态中的计数*。"),
        Statement::Written { key, ready: Some(true) } => say!("{} 从现在起*就绪*。", called::object(*key, names)),
        Statement::Written { key, ready: Some(false) } => say!("{} *不再就绪*。", called::object(*key, names)),
        Statement::Written { key, ready: None } => say!("{} 的状态*已更新*。", called::object(*key, names)),
        Statement::Unplaced { pod, refusals, times: 1 } => {
            say!("*没有节点能容纳 {}*：{}。", called::pod(*pod, names), placement::refused(refusals, names))
        }
        Statement::Unplaced { pod, refusals, times } => say!(
            "*尝试 {} 次后，仍然没有节点能容纳 {}*：{}。",
            *times,
            called::pod(*pod, names),
            placement::refused(refusals, names)
        ),
        Statement::NothingToDo { active, wanted: Some(wanted) } => {
            say!("控制器检查了一遍，*无事可做*：需要 {} 个 Pod，活跃 {} 个。", *wanted, *active)
        }
        Statement::NothingToDo { wanted: None, .. } => say!("检查了一遍，*无事可做*。"),
        Statement::Input { input, pod, .. } => {
            say!("*注入：{}*：", chain::did(input, *pod, names)).and("", effect_of(&input.action))
        }
        Statement::Reason(reason) => (REASON.reason)(reason, names),
    }
}

/// `，而 2 次仍在 backoffLimit: 3 之内。`
fn spent(budget: Option<&LimitUse>, ignored: bool) -> Sentence {
    match budget {
        Some(LimitUse { limit, .. }) if ignored => say!("。策略忽略了它，不占用 {}；等待照样加长。", limit),
        Some(LimitUse { used, limit }) if limit.is_default() => {
            say!("，而 {} 次仍在 {} 之内（默认值）。", *used, limit)
        }
        Some(LimitUse { used, limit }) => say!("，而 {} 次仍在 {} 之内。", *used, limit),
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

fn stopping(stopped: &StoppedPods, names: Names<'_>, so: &str) -> Sentence {
    match (stopped.count, stopped.first, stopped.never_started) {
        (0, ..) => Sentence::default(),
        (1, Some(pod), true) => say!("从未启动的 {} 被删除{}。", called::pod(pod, names), so),
        (1, Some(pod), false) => say!("还没有结束的 {} 被删除{}。", called::pod(pod, names), so),
        (count, _, true) => say!("从未启动的 {} 个 Pod 被删除{}。", count, so),
        (count, _, false) => say!("还没有结束的 {} 个 Pod 被删除{}。", count, so),
    }
}

fn once(at_once: bool, condition: &str) -> Sentence {
    if at_once { Sentence::default() } else { say!("所有 Pod 停止后，状况才变为 {}。", code(condition)) }
}

fn pods_created(first: PodId, count: u32, because: &CreatedBecause, wanted: Option<u32>, names: Names<'_>) -> Sentence {
    let what = match count {
        1 => say!("*创建 {}*", called::pod(first, names)),
        _ => say!("*创建 {} 个 Pod*", count),
    };
    let why = match because {
        CreatedBecause::First { parallelism: Some(parallelism) } => match (wanted, parallelism.number()) {
            (Some(missing), Some(most)) if i64::from(missing) < most => {
                say!("：Job 刚创建，还差 {} 次成功；{} 本可允许 {} 个。", missing, parallelism, most.to_string())
            }
            _ => say!("：Job 刚创建，同时最多运行 {} 个 Pod，依据 {}。", wanted.unwrap_or(count), parallelism),
        },
        CreatedBecause::First { parallelism: None } => say!("：Job 刚创建。"),
        CreatedBecause::WaitOver { failures, wait, ignored } => say!(
            "：连续失败 {} 次后的 *{}* 等待已结束{}。",
            *failures,
            span(*wait),
            if *ignored { "（失败不计数，但等待照样加长）" } else { "" }
        ),
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

fn failure_words(failure: &JobFailure, names: Names<'_>) -> Sentence {
    match failure {
        JobFailure::BackoffLimit { failed, limit: Some(limit) } => {
            say!("*已有 {} 个 Pod 失败*，超过 {}。", *failed, limit)
        }
        JobFailure::BackoffLimit { failed, limit: None } => say!("*已有 {} 个 Pod 失败*。", *failed),
        JobFailure::Restarts { restarts, limit: Some(limit) } => {
            say!("容器*共重启 {} 次*；restartPolicy 为 OnFailure 时，达到 {} 就失败。", *restarts, limit)
        }
        JobFailure::Restarts { restarts, limit: None } => say!("容器*共重启 {} 次*。", *restarts),
        JobFailure::Deadline { elapsed, limit: Some(limit) } => {
            say!("它已活跃 *{}*，到了 {} 的期限。剩余的重试次数不起作用。", FORMAT.span_rounded(*elapsed), limit)
        }
        JobFailure::Deadline { elapsed, limit: None } => say!("它已活跃 *{}*。", FORMAT.span_rounded(*elapsed)),
        JobFailure::Rule { pod: Some(id), rule: Some(rule) } => {
            say!("{} 匹配 {}，整个 Job 随即结束，与剩余的重试次数无关。", called::pod(*id, names), rule)
        }
        JobFailure::Rule { .. } => say!("podFailurePolicy 的一条规则要求 FailJob。"),
        JobFailure::MaxFailedIndexes { failed, limit: Some(limit) } => {
            say!("*已有 {} 个索引失败*，超过 {}。", *failed, limit)
        }
        JobFailure::MaxFailedIndexes { failed, limit: None } => say!("*已有 {} 个索引失败*。", *failed),
        JobFailure::FailedIndexes { failed } => {
            say!("所有索引都有了结果，其中 *{} 个失败*。其余全部成功，但一个失败的索引就足以使 Job 失败。", *failed)
        }
    }
}

fn success_words(success: &JobSuccess) -> Sentence {
    match success {
        JobSuccess::Completions { succeeded, completions: Some(completions) } => {
            say!("*已有 {} 个 Pod 成功*，达到 {}，且没有活跃的 Pod。", *succeeded, completions)
        }
        JobSuccess::Completions { succeeded, completions: None } => {
            say!("*已有 {} 个 Pod 成功*，且没有活跃的 Pod；没有设置 completions 时这就够了。", *succeeded)
        }
        JobSuccess::Policy { policy: Some(policy) } => say!("满足了 {}。", policy),
        JobSuccess::Policy { policy: None } => say!("满足了成功策略。"),
    }
}

/// What follows from an input at once.
fn effect_of(verb: &InputAction) -> Sentence {
    match verb {
        InputAction::Fail { exit_code, .. } => say!("它的容器以退出码 {} 结束。", exit_code.to_string()),
        InputAction::OomKill(_) => {
            say!("它的容器以退出码 137（{}）结束。对 podFailurePolicy 来说这是退出码，不是干扰。", code("OOMKilled"))
        }
        InputAction::Evict(_) => {
            say!("Pod 得到状况 {}，并按宽限期删除。除非策略忽略，否则计为失败。", code("DisruptionTarget"))
        }
        InputAction::Preempt(_) => {
            say!("更重要的 Pod 需要这个位置。Pod 得到状况 {}，并按宽限期删除。", code("DisruptionTarget"))
        }
        InputAction::NodePressureEvict(_) => say!(
            "kubelet 在 2\u{a0}秒内停止 Pod，标记为 {} 和 {}。对象保留。",
            code("Evicted"),
            code("DisruptionTarget")
        ),
        InputAction::DeletePod { .. } => say!("它收到 SIGTERM，进入宽限期。没有结束的 Pod 计为失败。"),
        InputAction::Delete { .. } => say!("对象消失，它所拥有的对象按级联方式处理。"),
        InputAction::Create(_) => say!("随即进行第一次同步。"),
        InputAction::Patch { .. } => say!("规约的变化立即处理，不等那一秒。"),
        InputAction::RestartControllers => say!("内存中的记录丢失，首先是连续失败的次数。"),
        InputAction::Cordon(_) => say!("它不再接收新的 Pod，已有的继续运行。"),
        InputAction::Uncordon(_) => say!("它重新接收 Pod。"),
        InputAction::Drain(_) => {
            say!("它不再接收新的 Pod，上面的 Pod 逐个被驱逐：得到状况 {}，并按宽限期删除。", code("DisruptionTarget"))
        }
        InputAction::Taint { change: TaintChange::Add(taint), .. } => match taint.effect {
            TaintEffect::NoSchedule => say!("除了容忍这个污点的 Pod，它不再接收新的 Pod。"),
            TaintEffect::PreferNoSchedule => say!("不容忍这个污点的 Pod 尽量去别的节点。"),
            TaintEffect::NoExecute => say!("不容忍这个污点的 Pod 不再调度过来，已有的会被删除。"),
        },
        InputAction::Taint { .. } => say!("它重新接收不容忍这个污点的 Pod。"),
        InputAction::NodeLost(_) => {
            say!(
                "它的容器继续运行，但没有人知道。过一段时间节点被判定为失联，上面的 Pod 被删除；如果没有别的节点就绪，则什么也不删除。"
            )
        }
        InputAction::NodeBack(_) => say!("它随即报告这段时间里发生的事。"),
        InputAction::NodeAdd(_) => say!("等待节点的 Pod 会重新调度。"),
        InputAction::NodeDelete(_) => say!("在它上面运行的一切随之消失，它的 Pod 由 Pod 垃圾回收器删除。"),
        InputAction::Provide(_) => say!("等待它的 Pod 下一次尝试时就会继续。"),
    }
}

fn created(count: u32, wanted: u32) -> Sentence {
    if count == wanted { say!("*创建了 {} 个*", count) } else { say!("*{} 个中创建了 {} 个*", wanted, count) }
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
        Note::AtLeastOnce => say!("程序从头再运行：Job 至少运行一次，工作要可重复"),
        Note::OomIsExitCode => say!("没有规则匹配：OOM 是退出码 137，不是 DisruptionTarget"),
        Note::OldAndNewOverlap => say!("默认情况下新旧 Pod 可能同时运行；这个策略会等"),
    }
}
