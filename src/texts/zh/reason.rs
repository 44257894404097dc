//! Chinese: what the engine records.

use super::called::{self, clock, container, it, span};
use super::format::FORMAT;
use super::placement;
use crate::api::{FailureAction, ObjectKey};
use crate::cluster::input::Cascade;
use crate::cluster::reason::{Check, Component, CountedAs, DeletedBecause, EndedBy, NoEffect, Reason, Wake};
use crate::explain::Names;
use crate::texts::reason::{AnswerWords, ReasonWords};
use crate::texts::sentence::{Sentence, code, say};
use crate::time::Span;

pub(in crate::texts) static REASON: ReasonWords = ReasonWords {
    format: &FORMAT,
    reason: reason_words,
    wake,
    component,
    check,
    answers: AnswerWords {
        not_set: "未设置",
        not_reached: "未执行到",
        no: "否",
        yes: "*是*",
        no_limit: "没有限制",
        decided: "{} / {} 有结果",
        elapsed: "{} / {}",
        pods: "需 {}，活跃 {}",
        pods_with_terminating: "需 {}，活跃 {}，终止中 {}",
        left: "还剩 {}，*等待*",
    },
    ended_by,
    no_effect,
    template_refused: "API 服务器拒绝：*已有 Job 的 Pod 模板不可更改*。请删除后重建，或换一个名称。",
    deleted_because,
    called: called::name,
};

/// One sentence per reason, in one match: the compiler sees that none is missing.
fn reason_words(reason: &Reason, names: Names<'_>) -> Sentence {
    match reason {
        // The node.
        Reason::Bound { after } => say!("{} 在*创建 {} 后*由调度器分配到节点。", it(names), span(*after)),
        Reason::NotBound => say!("{} 不再分配节点：它正在被删除。", it(names)),
        Reason::ContainersStarted { after } => say!("{} *开始运行*，距分配节点 {}。", it(names), span(*after)),
        Reason::SandboxMade { .. }
        | Reason::Told(_)
        | Reason::Untold(_)
        | Reason::Provided(_)
        | Reason::NodesRefused(_)
        | Reason::NodesCompared(_)
        | Reason::OnlyNode(_)
        | Reason::NodeLost(_)
        | Reason::NodeBack(_)
        | Reason::NodeUnheard(_)
        | Reason::TaintedForEviction(_)
        | Reason::NodeGone(_)
        | Reason::OutOfService(_)
        | Reason::ProbeConcluded { .. }
        | Reason::CreationForbidden { .. } => placement::words(reason, names),
        Reason::ContainerEnded { container: number, exit_code, by } => say!(
            "{} 的 {} 结束，*退出码 {}*：{}。",
            it(names),
            container(*number, names),
            exit_code.to_string(),
            ended_by(*by)
        ),
        Reason::WillRestart { container: number, wait, at } => {
            say!(
                "{} 将*在原 Pod 内重启*：先等 *{}*，到 {} 再启动。",
                container(*number, names),
                span(*wait),
                clock(*at)
            )
        }
        Reason::Restarted { container: number, restart_count } => {
            say!("{} 的 {} 已重启，*第 {} 次*。", it(names), container(*number, names), *restart_count)
        }
        Reason::CrashLoopBackOff { container: number, until } => say!(
            "{} 要到 {} 才重启，此时显示为 {}。",
            container(*number, names),
            clock(*until),
            code("CrashLoopBackOff")
        ),
        Reason::OthersRun { ended, exit_code, running, first } => {
            let on = match running {
                0 | 1 => say!("*{} 仍在运行*", container(*first, names)),
                _ => say!("还有 *{} 个容器*在运行", *running),
            };
            say!("{} 已以 *{}* 退出，但 {} 没有结束：", container(*ended, names), exit_code.to_string(), it(names))
                .and("", on)
                .and("", say!("。Pod 的所有容器都结束，它才算成功。"))
        }
        Reason::PodEnded { phase } => say!("最后一个容器结束，{} 的阶段变为 *{}*。", it(names), code(phase.as_str())),
        Reason::StopBegan { grace } => say!("{} 的容器收到 SIGTERM，有 *{}* 时间停止。", it(names), span(*grace)),
        Reason::PodGone(id) if names.had_logs(*id) => say!("{} 已消失，日志也随之消失。", called::pod(*id, names)),
        Reason::PodGone(id) => say!("{} 已消失，其中从未运行过容器。", called::pod(*id, names)),
        Reason::PodHeldByFinalizer(id) => {
            say!("{} 只因跟踪用的 Finalizer 而保留：Job 控制器还没有统计它。", called::pod(*id, names))
        }
        // Inputs, the API server, the garbage collectors.
        Reason::Created(key) => say!("{} 已创建。", called::object(*key, names)),
        Reason::Updated(key) => say!("{} 的规约已更改。", called::object(*key, names)),
        Reason::NoEffect(why) => say!("什么也没有发生：{}", no_effect(*why)),
        Reason::Refused(refusal) if refusal.is_about_template() => say!(REASON.template_refused),
        Reason::Refused(refusal) => say!("API 服务器拒绝了：{}", code(&*refusal.message)),
        Reason::DeletionBegan { pod: id, grace_seconds } => {
            say!("{} 被要求停止，宽限期 *{}*。", called::pod(*id, names), span(Span::from_seconds(*grace_seconds)))
        }
        Reason::ObjectDeletionBegan { key, cascade } => match cascade {
            Cascade::Background => {
                say!("{} 现在删除，它所拥有的对象随后删除（后台级联删除）。", called::object(*key, names))
            }
            Cascade::Foreground => {
                say!("{} 正在删除：等它所拥有的对象都消失后才消失（前台级联删除）。", called::object(*key, names))
            }
            Cascade::Orphan => say!("{} 正在删除；它所拥有的对象保留下来，不再有属主。", called::object(*key, names)),
        },
        Reason::ObjectGone(key) => say!("{} 已消失。", called::object(*key, names)),
        Reason::DisruptionTarget(id) => {
            say!("{} 得到状况 {}：podFailurePolicy 可据此识别干扰。", called::pod(*id, names), code("DisruptionTarget"))
        }
        Reason::MemoryLost => {
            say!("控制器重新启动，*内存中的记录全部丢失*，包括连续失败的次数，因此不再有回退等待。")
        }
        Reason::OwnerDeleted(key) => {
            say!("垃圾收集器删除了 {}：它的属主已消失，或正在消失。", called::object(*key, names))
        }
        Reason::OwnerAbsent { key, owner } => {
            say!(
                "垃圾收集器删除了 {}：它的属主 {} {} *在这里不存在*。",
                called::object(*key, names),
                &*owner.kind,
                code(&*owner.name)
            )
        }
        Reason::OwnersForgotten(key) => {
            say!(
                "垃圾收集器从 {} 的 ownerReferences 中去掉了不存在的属主：因为还有其他属主，它会保留。",
                called::object(*key, names)
            )
        }
        Reason::Orphaned(key) => say!("{} 失去属主，保留下来。", called::object(*key, names)),
        Reason::WaitsForDependents(left) => say!("{} 还在：等待它所拥有的 *{} 个对象*消失。", it(names), *left),
        Reason::HeldByFinalizer { key, finalizer } => {
            say!(
                "{} 会保留，直到有人移除它的 Finalizer {}：这里没有控制器会移除。",
                called::object(*key, names),
                code(&**finalizer)
            )
        }
        Reason::NeverScheduled(id) => say!(
            "{} 从未分配到节点又正在被删除，没有谁会让它结束：Pod 垃圾收集器把它置为 Failed 并删除。",
            called::pod(*id, names)
        ),
        // The Job controller: what it sees and counts.
        Reason::JobGone => say!("无事可做：{} 已不存在。", it(names)),
        Reason::ManagedByOther(name) => {
            say!("Job 控制器不处理 {}：它由 {} 管理。", it(names), code(&**name))
        }
        Reason::JobDeleting => say!("Job 正在被删除：不再为它创建或删除 Pod，但已结束的 Pod 仍会统计。"),
        Reason::AlreadyFinished => say!("{} 已结束，结束的 Job *不会再被改动*。", it(names)),
        Reason::Observed { active, ready, terminating, succeeded, failed } => say!(
            "控制器看到：*活跃 {}*（就绪 {}），*终止中 {}*，*成功 {}*，*失败 {}*。",
            *active,
            *ready,
            *terminating,
            *succeeded,
            *failed
        ),
        Reason::StartTimeSet => say!("{} 开始：活跃期限从此刻起算。", it(names)),
        Reason::Adopted(id) => say!("{} 没有属主且符合选择算符，被 {} 接管。", called::pod(*id, names), it(names)),
        Reason::RuleMatched { pod: id, rule, action } => say!(
            "{} 匹配 podFailurePolicy 的*第 {} 条规则*：{}。",
            called::pod(*id, names),
            *rule + 1,
            match action {
                FailureAction::FailJob => "整个 Job 失败",
                FailureAction::FailIndex => "该索引失败",
                FailureAction::Ignore => "不计入失败次数",
                FailureAction::Count => "照常计入失败次数",
            }
        ),
        Reason::Backoff { failures, last } => {
            say!("*连续失败 {} 次*；等待从 {} 起算。", *failures, clock(*last))
        }
        Reason::BackoffReset => say!("一次成功中断了连续失败：下次等待又从 10\u{a0}秒开始。"),
        Reason::CountingDelayed { pod: id, index } => {
            say!(
                "{} 已失败，但要等索引 {} 的下一个 Pod 出现才计数：失败次数由新 Pod 继承。",
                called::pod(*id, names),
                *index
            )
        }
        Reason::IndexFailed { index, failures } => {
            say!("*索引 {} 彻底失败*，共失败 {} 次，不再重试。", *index, *failures)
        }
        Reason::Counted { pod: id, counted } => match counted {
            CountedAs::Succeeded => say!("{} 计为*成功*。", called::pod(*id, names)),
            CountedAs::Failed => say!("{} 计为*失败*。", called::pod(*id, names)),
            CountedAs::Ignored { rule } => {
                say!("{} *不计数*：podFailurePolicy 的第 {} 条规则忽略它。", called::pod(*id, names), *rule + 1)
            }
            CountedAs::Nothing => say!("{} *不计数*：它随 Job 一同结束。", called::pod(*id, names)),
        },
        Reason::TerminatingCountsAsFailed(id) => {
            say!("{} 还在停止，但*已计为失败*，不论最后的退出码是什么。", called::pod(*id, names))
        }
        Reason::CountingLimit => say!("一次同步最多统计 500 个 Pod，其余留到下一次。"),
        // The Job controller: what it decides.
        Reason::Asked { check: question, answer: found } => {
            say!("{}", check(*question)).and("", REASON.answer(*question, *found)).and("", say!("。"))
        }
        Reason::CreationHeldBack { failures, wait, from, until } => say!(
            "*{} 之前不创建 Pod*：连续失败 {} 次后要等 *{}*，从 {} 起算。",
            clock(*until),
            *failures,
            span(*wait),
            clock(*from)
        ),
        Reason::IndexHeldBack { index, failures, until } => {
            say!("索引 {} *在 {} 之前没有新 Pod*：它已失败 {} 次。", *index, clock(*until), *failures)
        }
        Reason::CreatedPods { created, wanted } if created == wanted => {
            say!("创建了 *{} 个 Pod*，按 1、2、4……分批。", *created)
        }
        Reason::CreatedPods { created, wanted } => say!("要创建 {} 个 Pod，*创建了 {} 个*。", *wanted, *created),
        Reason::CreationRefused { used, limited, skipped } => {
            say!("创建 Pod 被拒绝：配额允许 *{} 个*，已有 *{} 个*；还有 {} 个没有再试。", *limited, *used, *skipped)
        }
        Reason::CreatedPod(id) => say!("{} 已创建。", called::pod(*id, names)),
        Reason::DeletedPod { pod: id, because } => {
            say!("Job 控制器删除了 {}：{}。", called::pod(*id, names), deleted_because(*because))
        }
        Reason::ConditionAdded { condition, reason } => {
            say!("{} 得到状况 {}，原因是 {}。", it(names), code(condition.as_str()), code(*reason))
        }
        Reason::EndWaitsForTerminating(left) => say!("结局已定，但*要等 {} 个 Pod 停止*。", *left),
        Reason::StatusRefused(message) => say!("API 服务器拒绝了新的状态：{}", code(&**message)),
        Reason::ComesBack { at, wake: why } => {
            say!("它会在 *{}* 自行再来：", clock(*at)).and("", wake(*why, names)).and("", say!("。"))
        }
        Reason::NothingToWrite => say!("没有变化，因此什么也没有写。"),
        Reason::PodFreed(id) => {
            say!("{} 的跟踪 Finalizer 已移除，因为它的 Job 已消失或已结束：现在它可以消失了。", called::pod(*id, names))
        }
        Reason::NothingToFree { counted: 0 } => say!("没有 Pod 还带着跟踪 Finalizer。"),
        Reason::NothingToFree { counted } => {
            say!("没有移除跟踪 Finalizer：还有 {} 个 Pod 会被 Job 统计。", *counted)
        }
        Reason::EventDropped { reason } => {
            say!("事件 {} 没有发出：该对象的 25 个突发事件额度已用完。", code(*reason))
        }
        Reason::TtlRuns { finished, ttl, until } => say!(
            "{} 结束于 {}，*{}* 后（*{}*）连同它的 Pod 和日志一起删除。",
            it(names),
            clock(*finished),
            span(*ttl),
            clock(*until)
        ),
        Reason::TtlExpired { finished, ttl } => {
            say!("{} 被删除：它结束于 {}，已过 *{}*。", it(names), clock(*finished), span(*ttl))
        }
        // The CronJob controller.
        Reason::CronSuspended => say!("{} 已挂起：*不启动新的运行*。", it(names)),
        Reason::NothingScheduled { next: Some(next) } => say!("还没有到时间；下一次运行在 *{}*。", clock(*next)),
        Reason::NothingScheduled { next: None } => say!("还没有到时间，以后也没有排定的运行。"),
        Reason::RunStarted { scheduled, job, missed: 0 } => {
            say!("{} 已启动，排定时间为 *{}*。", called::object(ObjectKey::Job(*job), names), clock(*scheduled))
        }
        Reason::RunStarted { scheduled, job, missed } => say!(
            "{} 已启动，排定时间为 {}：*只补最近错过的一次*，更早的 {} 次不补。",
            called::object(ObjectKey::Job(*job), names),
            clock(*scheduled),
            *missed
        ),
        Reason::RunForbidden { scheduled, active } => say!(
            "{} 的运行*暂不启动*：还有 {} 个运行没有结束，而策略是 Forbid。它结束后再补启动，除非那时下一次运行已到，或超过了 startingDeadlineSeconds。",
            clock(*scheduled),
            *active
        ),
        Reason::RunReplaced(job) => {
            say!("{} 被删除，给下一次运行让位：策略是 Replace。", called::object(ObjectKey::Job(*job), names))
        }
        Reason::RunMissed { scheduled, late, deadline } => say!(
            "{} 的运行*已错过*：那是 {} 之前的事，而 startingDeadlineSeconds 只允许 *{}*。",
            clock(*scheduled),
            span(*late),
            span(*deadline)
        ),
        Reason::RunOverlooked { scheduled, interval } => say!(
            "{} 的运行已错过，*不会补上*：各次时间间隔不等，而控制器只往回看大约 {}。",
            clock(*scheduled),
            span(*interval)
        ),
        Reason::TooManyMissed(missed) => {
            say!("大约错过了 *{} 次*运行：超过 100 次，所以控制器发出警告；最近的一次照样启动。", *missed)
        }
        Reason::AlreadyRun { scheduled } => say!("{} 的运行已经启动过。", clock(*scheduled)),
        Reason::HistoryPruned(job) => {
            say!("{} 被删除：旧 Job 的数量超过了历史限制。", called::object(ObjectKey::Job(*job), names))
        }
        Reason::RunFinished(job) => say!("{} 已结束。", called::object(ObjectKey::Job(*job), names)),
        Reason::JobWentMissing(job) => {
            say!("{} 没有被看到结束就消失了：*不再算作活跃*。", called::object(ObjectKey::Job(*job), names))
        }
        Reason::UnexpectedJob(job) => {
            say!(
                "{} 属于它并且正在运行，但不是它启动的，或者它已忘记：*不算作活跃*。",
                called::object(ObjectKey::Job(*job), names)
            )
        }
        Reason::JobNameTaken { scheduled, job } => say!(
            "*没有为 {} 创建 Job*：名称由分钟数构成，而 {} 已经占用了它。",
            clock(*scheduled),
            called::object(ObjectKey::Job(*job), names)
        ),
        Reason::CronDeleting => say!("{} 正在删除：*不启动新的运行*。", it(names)),
        Reason::ScheduleNeverDue => say!("时间表写的是*永远不会到来*的时间，比如 2 月 31 日。"),
        Reason::ScheduleUnreadable(why) => say!("无法读懂时间表：{}", code(&**why)),
    }
}

fn wake(wake: Wake, names: Names<'_>) -> Sentence {
    match wake {
        Wake::Manifest(number) => say!("清单已创建（文本中的第 {} 份文档）", number + 1),
        Wake::Input(number) => say!("发生了第 {} 个输入", number + 1),
        Wake::Changed(key) => say!("{} 有变化", called::object(key, names)),
        Wake::Batched(key) => say!("{} 有变化；变化会攒一秒后一并处理", called::object(key, names)),
        Wake::BackoffOver => say!("失败后的等待结束"),
        Wake::Deadline => say!("activeDeadlineSeconds 可能已到"),
        Wake::Retry(number) => say!("上一次以错误告终，这是第 {} 次再试", number),
        Wake::TtlOver => say!("ttlSecondsAfterFinished 可能已到"),
        Wake::Schedule => say!("到了时间表上的时间"),
        Wake::Restarted => say!("控制器重新启动"),
        Wake::Period(period) => say!("它每 {}\u{a0}秒检查一次", period.seconds().to_string()),
        Wake::Scheduling => say!("分配节点的时间已过"),
        Wake::Starting => say!("启动容器的时间已过"),
        Wake::ProgramEnded => say!("程序自行结束"),
        Wake::RestartDue => say!("重启前的等待结束"),
        Wake::StopOver => say!("收到 SIGTERM 的容器已停止，或宽限期已到"),
        Wake::Looked => say!("kubelet 会不时检查 Pod"),
        Wake::Retried => say!("再次尝试挂载卷"),
        Wake::PullOver => say!("镜像拉取结束"),
        Wake::Probed => say!("探针得到了结果"),
        Wake::MayFit => say!("有变化，可能腾出了位置"),
        Wake::TaintsChanged => say!("节点的污点有变化"),
        Wake::TolerationOver => say!("容忍污点的时间已到"),
    }
}

fn component(component: Component) -> &'static str {
    match component {
        Component::Outside => "外部",
        Component::Scheduler => "调度器",
        Component::Kubelet => "kubelet",
        Component::NodeLifecycle => "节点生命周期控制器",
        Component::TaintEviction => "污点驱逐控制器",
        Component::PodGarbageCollector => "Pod 垃圾收集器",
        Component::JobController => "Job 控制器",
        Component::OrphanPods => "Job 控制器（孤立 Pod）",
        Component::TtlAfterFinished => "TTL 控制器",
        Component::CronJobController => "CronJob 控制器",
        Component::GarbageCollector => "垃圾收集器",
    }
}

fn check(check: Check) -> &'static str {
    match check {
        Check::SuccessDecided => "已判定成功？",
        Check::FailureDecided => "已判定失败？",
        Check::FailJobRule => "podFailurePolicy 要求 FailJob？",
        Check::BackoffLimit => "失败次数超过 backoffLimit？",
        Check::RestartLimit => "重启次数达到 backoffLimit？",
        Check::ActiveDeadline => "超过活跃期限？",
        Check::MaxFailedIndexes => "失败索引超过 maxFailedIndexes？",
        Check::FailedIndexes => "索引全部有结果，且有失败？",
        Check::SuccessPolicy => "满足 successPolicy？",
        Check::Suspended => "已挂起？",
        Check::TooManyPods => "Pod 太多？",
        Check::PodsMissing => "缺少 Pod？",
        Check::BackoffOver => "回退结束？",
        Check::Completions => "成功数已够，且无活跃 Pod？",
    }
}

fn ended_by(by: EndedBy) -> &'static str {
    match by {
        EndedBy::Itself => "程序自行结束",
        EndedBy::FailInput => "注入的故障使它失败",
        EndedBy::OomKill => "因内存超限被杀死",
        EndedBy::Sigterm => "响应了 SIGTERM",
        EndedBy::Sigkill => "宽限期已到，被 SIGKILL 结束",
        EndedBy::NotRunning => "停止 Pod 时它没有在运行",
    }
}

fn no_effect(why: NoEffect) -> &'static str {
    match why {
        NoEffect::NoSuchPod => "它针对的 Pod 不存在。",
        NoEffect::NoSuchObject => "没有叫这个名字的对象。",
        NoEffect::NotBound => "该 Pod 还没有节点。",
        NoEffect::NotRunning => "此时该 Pod 没有正在运行的容器。",
        NoEffect::AlreadyEnded => "该 Pod 已经结束。",
        NoEffect::AlreadyStopping => "该 Pod 已经在停止。",
        NoEffect::NoSuchNode => "没有叫这个名字的节点。",
        NoEffect::NodeExists => "已有叫这个名字的节点。",
        NoEffect::NodeUnreachable => "该节点连不上 API 服务器。",
        NoEffect::NoChange => "没有任何变化。",
    }
}

fn deleted_because(because: DeletedBecause) -> &'static str {
    match because {
        DeletedBecause::TooMany => "活跃的 Pod 比需要的多",
        DeletedBecause::WrongIndex => "它的索引不属于该 Job，或已有别的 Pod 占用",
        DeletedBecause::Suspended => "Job 已挂起",
        DeletedBecause::JobEnds => "Job 即将结束",
    }
}
