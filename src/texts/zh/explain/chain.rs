//! Chinese: the links of the chain, and the rules.

use crate::api::{ObjectKey, PodId};
use crate::cluster::input::{Input, InputAction, TaintChange};
use crate::cluster::reason::CountedAs;
use crate::explain::{Cut, CutBy, Fact, LinkRole, Names, Origin, Rule};
use crate::texts::sentence::{Arg, Phrase, Sentence, code, say};
use crate::texts::zh::called::{self, clock, span};
use crate::texts::zh::reason::REASON;

/// What ended a wait early, and when.
pub(super) fn cut_short(cut: Cut) -> Sentence {
    let at = clock(cut.at);
    match cut.by {
        CutBy::Restart => say!("*等待在 {} 提前结束*：控制器重启，忘记了它", at),
        CutBy::Success => say!("*等待在 {} 提前结束*：成功使连续失败中断", at),
        CutBy::Other => say!("*等待在 {} 提前结束*", at),
    }
}

pub(super) fn fact(fact: &Fact, names: Names<'_>) -> Sentence {
    match fact {
        Fact::NoPodUntil { until, cut: Some(cut), then: Some(then) } => say!("原定 {} 之前没有新 Pod", clock(*until))
            .and("，但", cut_short(*cut).and("：", say!("创建 {}", called::pod(*then, names)))),
        Fact::NoPodUntil { until, then: Some(then), .. } => {
            say!("*{}* 之前没有新 Pod，之后是 {}", clock(*until), called::pod(*then, names))
        }
        Fact::NoPodUntil { until, then: None, .. } => say!("*{}* 之前没有新 Pod", clock(*until)),
        Fact::PodsCreated { first, count: 1 } => say!("创建 {}", called::pod(*first, names)),
        Fact::PodsCreated { first, count } => say!("创建 *{} 个 Pod*，从 {} 开始", *count, called::pod(*first, names)),
        Fact::PodsDeleted { count, because } => {
            say!("删除 *{} 个 Pod*：{}", *count, (REASON.deleted_because)(*because))
        }
        Fact::JobEnds { condition, at: Some(at) } => {
            say!("Job 在 *{}* 变为 *{}*", clock(*at), code(condition.as_str()))
        }
        Fact::JobEnds { condition, at: None } => {
            say!("所有 Pod 停止后 Job 才变为 *{}*：这次运行没有等到", code(condition.as_str()))
        }
        Fact::JobDeleted { job, at: Some(at) } => {
            say!("{} 及其 Pod 在 *{}* 删除", called::object(ObjectKey::Job(*job), names), clock(*at))
        }
        Fact::JobDeleted { job, at: None } => say!("{} 及其 Pod 被删除", called::object(ObjectKey::Job(*job), names)),
        Fact::Rule(the_rule) => rule(*the_rule),
        Fact::FailuresInARow { before, after, last } => {
            say!("连续失败 n *{}\u{a0}→\u{a0}{}*，等待从 {} 起算", *before, *after, clock(*last))
        }
        Fact::Counter { counter, before, after } => {
            say!("{} *{}\u{a0}→\u{a0}{}*", code(counter.name()), *before, *after)
        }
        Fact::PodEnded { pod: id, container, exit_code, at, by } => say!(
            "{} 在 {} 结束，*退出码 {}*：{}",
            called::container_of(*id, *container, names),
            clock(*at),
            exit_code.to_string(),
            (REASON.ended_by)(*by)
        ),
        Fact::Asked(check, answer) => say!("{}", (REASON.check)(*check)).and("", REASON.answer(*check, *answer)),
        Fact::Reason(reason) => (REASON.reason)(reason, names),
        Fact::Input { input, pod, .. } => say!("在 {} {}", clock(input.at), did(input, *pod, names)),
        Fact::Program { pod: id, container, behavior: Some(number), exit_code, run } => say!(
            "第 {} 条行为：{} 运行 {}，以退出码 {} 结束",
            number + 1,
            called::container_of(*id, *container, names),
            span(*run),
            exit_code.to_string()
        ),
        Fact::Program { pod: id, container, behavior: None, exit_code, run } => {
            say!(
                "没有行为说明，假定 {} 运行 {}，以退出码 {} 结束",
                called::container_of(*id, *container, names),
                span(*run),
                exit_code.to_string()
            )
        }
        Fact::Setting(setting) if setting.is_default() => say!("{} 是默认值", setting),
        Fact::Setting(setting) => say!("{}", setting),
        Fact::Quota(quota) => say!("集群的 podQuota: {}", *quota),
        Fact::NodeFound { pod: id, found: Some((at, node)) } => say!(
            "{} 等到 *{}*，然后去往 {}",
            called::pod(*id, names),
            clock(*at),
            called::object(ObjectKey::Node(*node), names)
        ),
        Fact::NodeFound { pod: id, found: None } => say!("{} *在这次运行里没有得到节点*", called::pod(*id, names)),
        Fact::PulledAgain { at: Some(at) } => say!("下一次拉取在 *{}* 开始", clock(*at)),
        Fact::PulledAgain { at: None } => say!("这次运行里*不再拉取*"),
        Fact::PulledAfterRecording => say!("*下一次拉取*在录制结束之后，如此继续"),
        Fact::DrivenOut { first, count: 1, at } => {
            say!("{} 因它在 {} *必须离开*", called::pod(*first, names), clock(*at))
        }
        Fact::DrivenOut { count, at, .. } => say!("从 {} 起，*{} 个 Pod 因它必须离开*", clock(*at), *count),
        Fact::Unheard { pod: id, node, until } => {
            let node = called::object(ObjectKey::Node(*node), names);
            let ends = until.map_or_else(|| "；这次运行里没有".to_owned(), |at| format!("，这里是 {}", clock(at)));
            say!(
                "*没有谁停止 {}*：{} 收不到，宽限期也不会到期；节点恢复或被删除时它才结束{}",
                called::pod(*id, names),
                node,
                ends
            )
        }
        Fact::CountedLater { first, count, counted, at } => {
            let which = match count {
                1 => Arg::from(called::pod(*first, names)),
                _ => Arg::from(format!("{count} 个 Pod")),
            };
            match counted {
                CountedAs::Ignored { rule } => {
                    say!("{} *不计入*：podFailurePolicy 的规则 {}，在 {}", which, rule + 1, clock(*at))
                }
                _ => say!("{} 在 {} *计为失败*", which, clock(*at)),
            }
        }
        Fact::Starts { pod: id, container, at: Some(at) } => {
            say!("{} 在 *{}* 启动", called::container_of(*id, *container, names), clock(*at))
        }
        Fact::Starts { pod: id, container, at: None } => {
            say!("{} 在这次运行里*没有启动*", called::container_of(*id, *container, names))
        }
        Fact::Tainted { node, taint, at: Some(at) } => say!(
            "{} 从 {} 起带有污点 {}",
            called::object(ObjectKey::Node(*node), names),
            clock(*at),
            code(taint.to_string())
        ),
        Fact::Tainted { node, taint, at: None } => {
            say!("{} 带有污点 {}", called::object(ObjectKey::Node(*node), names), code(taint.to_string()))
        }
        Fact::OfCluster { setting, value } => {
            let value = if value.is_empty() { String::new() } else { format!(": {value}") };
            say!("{}", Phrase::Field(format!("cluster.{setting}{value}"), Some(Origin::ClusterSetting(setting))))
        }
    }
}

pub(super) fn role(role: LinkRole) -> &'static str {
    match role {
        LinkRole::Effect => "结果",
        LinkRole::Rule => "规则",
        LinkRole::Facts => "事实",
        LinkRole::Spec => "规约",
        LinkRole::You => "注入",
        LinkRole::Program => "程序",
    }
}

pub(super) fn rule(rule: Rule) -> Sentence {
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
        Rule::DisruptionsCount => say!("驱逐和抢占计为失败，除非 podFailurePolicy 忽略它"),
        Rule::TerminatingCounts => say!("正在被删除的 Pod 立即计为失败"),
        Rule::TerminatingHoldsPlace => say!("podReplacementPolicy 为 Failed 时，Pod 停止后才会被替换"),
        Rule::SuspendDeletes => say!("挂起会删除活跃的 Pod，不计数"),
        Rule::ScaleDown => say!("活跃 Pod 太多：先删最新、最不就绪的，不计数"),
        Rule::RefusedIsRetried => say!("创建被拒绝不算失败：过 1、2、4……秒再试"),
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
        Rule::Concurrency => say!("Forbid 暂不启动新的运行，Replace 删除旧的，Allow 允许并存"),
        Rule::StartingDeadline => say!("晚于 startingDeadlineSeconds 的运行不再启动"),
        Rule::EveryFilter => say!("要有一个节点通过每一项过滤；请求的资源无论是否用到，都在那里预留"),
        Rule::WaitingIsNoFailure => {
            say!("等待启动的 Pod 不算失败，什么也不计入：只有 activeDeadlineSeconds 能结束等待")
        }
        Rule::PullBackoff => say!(
            "拉取失败（ErrImagePull）后，下一次要等（ImagePullBackOff）：10、20、40\u{a0}秒，依此类推，最多 5\u{a0}分钟"
        ),
        Rule::TaintDrivesOut => say!("NoExecute 污点会删除其节点上不容忍它的 Pod"),
        Rule::ToleratedForAWhile => {
            say!("tolerationSeconds 是容忍污点的时间：节点未就绪或失联时，默认为 300\u{a0}秒")
        }
        Rule::SidecarsStopLast => {
            say!("其他容器都结束后才停止 sidecar，后启动的先停，共用一个宽限期；它的退出码不计入任何结果")
        }
        Rule::WaitFromNotReady => {
            say!("没有常规容器结束过的 Pod 没有自己的结束时间：等待从它未就绪时算起，也就是它一开始的时候")
        }
        Rule::History => say!("只保留若干结束的 Job：默认 3 个完成的、1 个失败的"),
    }
}

/// What a person did: `杀死了 Pod 2`.
pub(super) fn did(input: &Input, hit: Option<PodId>, names: Names<'_>) -> Sentence {
    let target = || hit.map_or_else(|| "一个 Pod".into(), |id| Arg::from(called::pod(id, names)));
    match &input.action {
        InputAction::Fail { .. } => say!("杀死 {}", target()),
        InputAction::OomKill(_) => say!("{} 内存耗尽", target()),
        InputAction::Evict(_) => say!("驱逐 {}", target()),
        InputAction::Preempt(_) => say!("抢占 {}", target()),
        InputAction::NodePressureEvict(_) => say!("{} 的节点出现内存压力", target()),
        InputAction::DeletePod { .. } => say!("删除 {}", target()),
        InputAction::Delete { target, .. } => say!("删除 {}", target.kind.as_str()),
        InputAction::Create(_) => say!("创建一个 Job"),
        InputAction::Patch { target, .. } => say!("修改 {}", target.kind.as_str()),
        InputAction::RestartControllers => say!("重启控制器"),
        InputAction::Cordon(node) => say!("节点 {} 设为不可调度", &**node),
        InputAction::Uncordon(node) => say!("节点 {} 恢复可调度", &**node),
        InputAction::Drain(node) => say!("排空节点 {}", &**node),
        InputAction::Taint { node, change: TaintChange::Add(taint) } => {
            say!("给节点 {} 加上污点 {}", &**node, code(taint.to_string()))
        }
        InputAction::Taint { node, change } => say!("去掉节点 {} 的污点 {}", &**node, code(change.to_string())),
        InputAction::NodeLost(node) => say!("节点 {} 失联", &**node),
        InputAction::NodeBack(node) => say!("节点 {} 恢复联系", &**node),
        InputAction::NodeAdd(group) => match group.ends() {
            (first, None) => say!("节点 {} 加入", &*first),
            (first, Some(last)) => say!("节点 {} 至 {} 加入", &*first, &*last),
        },
        InputAction::NodeDelete(node) => say!("删除节点 {}", &**node),
        InputAction::Provide(what) => say!("补上 {}", code(what.to_string())),
    }
}
