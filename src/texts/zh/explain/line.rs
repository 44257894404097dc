//! Chinese: each step in a line, and what is waited for.

use crate::api::{ObjectKey, Phase};
use crate::cluster::reason::DeletedBecause;
use crate::explain::{Brief, ContainerDoes, Names, NodeChange, PodSlots, WaitingFor};
use crate::texts::format::NO_BREAK;
use crate::texts::sentence::{Sentence, joined, say};
use crate::texts::zh::called::{clock, container_of, span};
use crate::texts::zh::format::FORMAT;
use crate::texts::zh::reason::REASON;

pub(super) fn brief(brief: &Brief, names: Names<'_>) -> String {
    joined(&in_line(brief, names))
}

fn in_line(brief: &Brief, names: Names<'_>) -> String {
    let called = |key| (REASON.called)(&names.called(key));
    let the_pod = |id| called(ObjectKey::Pod(id));
    let arrow = format!("{NO_BREAK}→{NO_BREAK}");
    match brief {
        Brief::ObjectCreated(key) => format!("{} 已创建", called(*key)),
        Brief::ObjectChanged(key) => format!("{} 已更改", called(*key)),
        Brief::NodeChanged(node, change) => {
            let node = called(ObjectKey::Node(*node));
            match change {
                NodeChange::Cordoned => format!("{node} 被封锁"),
                NodeChange::Uncordoned => format!("{node} 解除封锁"),
                NodeChange::Drained => format!("{node} 被排空"),
                NodeChange::Tainted(taint) => format!("{node} 加上污点 {taint}"),
                NodeChange::Untainted(taint) => format!("{node} 去掉污点 {taint}"),
            }
        }
        Brief::DeletionBegan(key, cascade) => format!("{} 正在删除（{}）", called(*key), cascade.as_str()),
        Brief::ObjectGone(key) => format!("{} 已消失", called(*key)),
        Brief::PodsCreated { first, count: 1 } => format!("{} 已创建", the_pod(*first)),
        Brief::PodsCreated { count, .. } => format!("创建 {count} 个 Pod"),
        Brief::PodsDeleted { first, count: 1, because } => {
            format!("{} 被删除（{}）", the_pod(*first), deleted(*because))
        }
        Brief::PodsDeleted { count, because, .. } => format!("删除 {count} 个 Pod（{}）", deleted(*because)),
        Brief::PodBound(id) => format!("{} 分配到节点", the_pod(*id)),
        Brief::PodShows { pod: id, what } => format!("{} {what}", the_pod(*id)),
        Brief::NodeShows { node, what } => format!("{} {what}", called(ObjectKey::Node(*node))),
        Brief::SandboxUp(id) => format!("{} 的沙箱就绪", the_pod(*id)),
        Brief::Container { pod: id, container, does } => {
            let of = container_of(*id, *container, names).plain();
            match does {
                ContainerDoes::Pulls => format!("{of} 正在拉取镜像"),
                ContainerDoes::Pulled => format!("{of} 的镜像已拉取"),
                ContainerDoes::Runs => format!("{of} 开始运行"),
                ContainerDoes::Stops => format!("{of} 正在停止"),
                ContainerDoes::Ends { exit_code } => format!("{of} 结束，退出码{NO_BREAK}{exit_code}"),
            }
        }
        Brief::DrivenOut(id) => format!("{} 因污点必须离开", the_pod(*id)),
        Brief::MayStay(id) => format!("{} 可以留下", the_pod(*id)),
        Brief::NodeLost(node) => format!("{} 失联", called(ObjectKey::Node(*node))),
        Brief::NodeBack(node) => format!("{} 恢复联系", called(ObjectKey::Node(*node))),
        Brief::Unheard => "没有人得知".to_owned(),
        Brief::NodeOfPodGone(id) => format!("{} 失去了节点", the_pod(*id)),
        Brief::Provided(what) => format!("{what} 已存在"),
        Brief::PodRefused(kind, name) => format!("拒绝了一个 Pod：没有 {} {name}", kind.as_str()),
        Brief::NothingRan => "从未运行过容器".to_owned(),
        Brief::Ready(id, true) => format!("{} 就绪", the_pod(*id)),
        Brief::Ready(id, false) => format!("{} 不再就绪", the_pod(*id)),
        Brief::StatusWritten => "写入状态".to_owned(),
        Brief::PodRuns(id) => format!("{} 开始运行", the_pod(*id)),
        Brief::PodStops { pod: id, grace } => format!("{} 正在停止，宽限期 {}", the_pod(*id), span(*grace)),
        Brief::StopUnheard(id) => format!("{} 应停止，但节点收不到", the_pod(*id)),
        Brief::PodDisrupted(id) => format!("{} 得到 DisruptionTarget", the_pod(*id)),
        Brief::PodEnded { pod: id, phase } => {
            let how = match phase {
                Phase::Failed => "失败",
                Phase::Succeeded => "成功",
                Phase::Pending | Phase::Running => "结束",
            };
            format!("{} {how}", the_pod(*id))
        }
        Brief::Exit { code, after, yours } => {
            let after = after.map(|after| format!("，运行 {}", span(after))).unwrap_or_default();
            format!("退出码{NO_BREAK}{code}{after}{}", if *yours { "（注入的故障）" } else { "" })
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
        Brief::TemplateRefused => "被拒绝：Pod 模板不可更改".to_owned(),
        Brief::Refused(message) => format!("被拒绝：{message}"),
        Brief::NoEffect(why) => format!("没有效果：{}", (REASON.no_effect)(*why).trim_end_matches('。')),
        Brief::MemoryLost => "控制器重启".to_owned(),
        Brief::PodsFreed(count) => format!("释放 {count} 个 Pod"),
        Brief::TtlUntil(until) => format!("{} 删除", clock(*until)),
        Brief::TtlOver => "TTL 到期".to_owned(),
        Brief::RunStarted(job) => format!("{} 已启动", called(ObjectKey::Job(*job))),
        Brief::RunSkipped(at) => format!("{} 的运行暂不启动", clock(*at)),
        Brief::RunMissed(at) => format!("错过 {} 的运行", clock(*at)),
        Brief::JobPruned(job) => format!("{} 被删除", called(ObjectKey::Job(*job))),
        Brief::RunFinished(job) => format!("{} 已结束", called(ObjectKey::Job(*job))),
        Brief::NextRun(at) => format!("下一次运行在 {}", clock(*at)),
        Brief::More(more) => format!("还有 {more} 项"),
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

pub(super) fn wait(wait: &WaitingFor) -> Sentence {
    let left = |left| FORMAT.span_rounded(left);
    match wait {
        WaitingFor::Backoff { until, left: rest } => {
            say!("正在*回退等待，到 {}*（还剩 {}）", clock(*until), left(*rest))
        }
        WaitingFor::IndexBackoff { index, until, left: rest } => {
            say!("索引 {} 正在*回退等待，到 {}*（还剩 {}）", *index, clock(*until), left(*rest))
        }
        WaitingFor::Running(count) => say!("*{} 个 Pod 在运行*", *count),
        WaitingFor::Pending(count) => say!("*{} 个 Pod 尚未启动*：没有启动就不会失败，什么也不计入", *count),
        WaitingFor::Stopping(count) => say!("*{} 个 Pod 正在停止*", *count),
        WaitingFor::EndWaits(0) => say!("结局已定，下一次同步时写入"),
        WaitingFor::EndWaits(count) => say!("结局已定，等待 *{} 个 Pod 停止*", *count),
        WaitingFor::Batch { at } => say!("有了变化：控制器在 *{}* 处理", clock(*at)),
        WaitingFor::Quota { again: Some(again) } => say!("配额拒绝了一个 Pod，*{}* 再试", clock(*again)),
        WaitingFor::Quota { again: None } => say!("配额拒绝了一个 Pod"),
        WaitingFor::Suspended => say!("*已挂起*：把 suspend 设为 false 之前什么也不会发生"),
        WaitingFor::ManagedByOther => say!("由另一个控制器管理，Kubernetes 自己不做任何事"),
        WaitingFor::NoPodsWanted => say!("*并行数为 0*：不需要 Pod"),
        WaitingFor::Ttl { until, left: rest } => {
            say!("已结束；*{}* 连同 Pod 一起删除（还剩 {}）", clock(*until), left(*rest))
        }
        WaitingFor::Finished => say!("*已结束*：不会再有变化，没有设置 TTL 就一直保留"),
        WaitingFor::Gone => say!("对象*已消失*"),
        WaitingFor::NotYetCreated => say!("对象还没有创建"),
        WaitingFor::NextRun { at } => say!("下一次运行在 *{}*", clock(*at)),
        WaitingFor::Nothing => say!("没有在等什么"),
    }
}

pub(super) fn slots(slots: PodSlots) -> Sentence {
    say!("{} 个位置已用 {} 个", slots.wanted, slots.used)
}
