//! Chinese: where pods run, what keeps them from starting, and what happens to their nodes.

use super::called::{self, container, it, span};
use crate::api::{ConfigKind, NodeId, ObjectKey, ProbeKind};
use crate::cluster::inventory::{Provided, PullError, ReferencedKind};
use crate::cluster::reason::Reason;
use crate::cluster::scheduler::{Obstacle, Refusals};
use crate::cluster::told::{Killing, Missing, Told};
use crate::explain::{MOST_GROUPS, Names, NodeFilter, alike};
use crate::texts::explain::NodeWords;
use crate::texts::format::{amount, count};
use crate::texts::sentence::{Phrase, Sentence, code, say};

/// What the scheduler asked of each node.
pub(super) static NODES: NodeWords = NodeWords {
    asked_at: |at| format!("调度器在 {} 逐个询问节点", called::clock(at)),
    node: "节点",
    refuses: "为何不行",
    filter: |filter| match filter {
        NodeFilter::Cordon => "停止调度？".to_owned(),
        NodeFilter::Taint => "容忍污点？".to_owned(),
        NodeFilter::Selector => "选择器匹配？".to_owned(),
        NodeFilter::Ports => "端口空闲？".to_owned(),
        NodeFilter::Pods => "Pod 数未满？".to_owned(),
        NodeFilter::Resource { name, asked } => format!("{name}：请求 {}", amount(name, *asked)),
        NodeFilter::Spread => "分布约束允许？".to_owned(),
        NodeFilter::Affinity => "亲和性允许？".to_owned(),
    },
    answer: "回答",
    yes: "是",
    no: "否",
    not_asked: "未询问",
    free: |free, whole| format!("{whole} 中剩 {free}"),
    full: |limit| format!("否，已有 {limit} 个"),
    more: |count| format!("另外 {count} 个节点"),
};

/// The sentence of a reason of this kind.
pub(super) fn words(reason: &Reason, names: Names<'_>) -> Sentence {
    match reason {
        Reason::SandboxMade { after } => {
            say!("{} 的沙箱已就绪，距卷就绪 {}：容器可以启动了。", it(names), span(*after))
        }
        Reason::Told(told) => told_words(told, names),
        Reason::Untold(told) => say!("节点连不上 API 服务器，*没有人得知*：{}", told_words(told, names)),
        Reason::Provided(Provided::Objects(reference)) => {
            say!("{} *从现在起存在*。", code(reference.to_string()))
        }
        Reason::Provided(Provided::Images(pattern)) => say!("{} 从现在起可以拉取。", code(&**pattern)),
        Reason::NodesRefused(refusals) if refusals.total() == 0 => {
            say!("没有为 {} *询问任何节点*：没有节点，或者它引用的 PVC 不存在。", it(names))
        }
        Reason::NodesRefused(refusals) => say!("*没有节点能容纳 {}*：{}。", it(names), refused(refusals, names)),
        Reason::NodesCompared(scores) => {
            let each: Vec<String> =
                scores.first.iter().map(|score| format!("{} {}", names.node(score.node), score.total())).collect();
            say!(
                "有几个节点能容纳 {}；得分最高者胜，同分取排在前面的：{}{}。",
                it(names),
                each.join("，"),
                and_more(scores.more)
            )
        }
        Reason::OnlyNode(id) => say!("{} 是*唯一能容纳它*的节点。", node(*id, names)),
        Reason::NodeLost(id) => {
            say!("{} *再也连不上 API 服务器*。它的容器继续运行，而且还没有人知道。", node(*id, names))
        }
        Reason::NodeBack(id) => say!("{} *重新上报*：集群得知那里此后发生的事，它也得知该做什么。", node(*id, names)),
        Reason::NodeUnheard(id) => {
            say!("{} 超过 50\u{a0}秒没有续租：*它被视为未就绪*，不再接收新的 Pod。", node(*id, names))
        }
        Reason::TaintedForEviction(id) => say!(
            "{} 未就绪：它得到 {} 污点。不再容忍它的 Pod 要离开，默认是 300\u{a0}秒之后。",
            node(*id, names),
            code("NoExecute")
        ),
        Reason::NodeGone(id) => say!("{} 的节点已不存在，因此它算作失败。", called::pod(*id, names)),
        Reason::OutOfService(id) => {
            say!("{} 的节点被标记为停止服务：没有人会在那里停止它，因此直接移除。", called::pod(*id, names))
        }
        Reason::ProbeConcluded { container: place, probe: kind, succeeds } => {
            let (kind, container) = (*kind, container(*place, names));
            match (kind, succeeds) {
                (ProbeKind::Startup, true) => say!("启动探针已成功：{}*已启动*。", container),
                (_, true) => say!("{}已成功：{}*就绪*。", probe(kind), container),
                (ProbeKind::Readiness, false) => say!("就绪探针失败次数已达上限：{}*未就绪*。", container),
                (_, false) => say!("{}的{}失败次数*已达上限*。", container, probe(kind)),
            }
        }
        Reason::CreationForbidden { kind, name, skipped: _ } => {
            say!("*API 服务器拒绝了 Pod*：没有 {} {}。", kind.as_str(), code(&**name))
        }
        _ => Sentence::default(),
    }
}

/// What ends a list of nodes that is not whole.
fn and_more(nodes: u32) -> String {
    match nodes {
        0 => String::new(),
        more => format!("，另有 {} 个节点", count(i64::from(more))),
    }
}

fn node(id: NodeId, names: Names<'_>) -> Phrase {
    called::object(ObjectKey::Node(id), names)
}

/// Nodes that refused for the same reasons, together: `node-1、node-2（cpu 需要 2，剩余 0）`.
pub(super) fn refused(refusals: &Refusals, names: Names<'_>) -> String {
    let group = |(nodes, obstacles): (Vec<NodeId>, &[Obstacle])| {
        let mut shown: Vec<String> = nodes.iter().take(3).map(|node| names.node(*node).to_owned()).collect();
        shown.extend((nodes.len() > 3).then(|| format!("另外 {} 个", nodes.len() - 3)));
        let why: Vec<String> = obstacles.iter().map(obstacle).collect();
        format!("{}（{}）", shown.join("、"), why.join("，"))
    };
    let groups = alike(refusals);
    let shown = groups.len().min(MOST_GROUPS);
    let more: usize = groups[shown..].iter().map(|(nodes, _)| nodes.len()).sum();
    let told: Vec<String> = groups.into_iter().take(shown).map(group).collect();
    format!("{}{}", told.join("，"), and_more(refusals.more + more as u32))
}

/// Why one node cannot take a pod, with the numbers.
pub(super) fn obstacle(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Cordoned => "已停止调度".to_owned(),
        Obstacle::Taint(taint) => format!("不容忍污点 {taint}"),
        Obstacle::Selector => "标签不匹配".to_owned(),
        Obstacle::Ports => "端口已被占用".to_owned(),
        Obstacle::Insufficient { resource, wanted, whole, .. } if wanted > whole => {
            format!("{resource} 需要 {}，整个节点只有 {}", amount(resource, *wanted), amount(resource, *whole))
        }
        Obstacle::Insufficient { resource, wanted, free, .. } => {
            format!("{resource} 需要 {}，剩余 {}", amount(resource, *wanted), amount(resource, *free))
        }
        Obstacle::TooManyPods { limit } => format!("已有 {limit} 个 Pod，达到上限"),
        Obstacle::Spread => "Pod 会分布得太不均匀".to_owned(),
        Obstacle::SpreadLabel => "缺少用于分布的标签".to_owned(),
        Obstacle::Affinity => "没有它想靠近的 Pod".to_owned(),
        Obstacle::AntiAffinity => "有它必须远离的 Pod".to_owned(),
        Obstacle::OthersAntiAffinity => "有必须远离它的 Pod".to_owned(),
    }
}

fn probe(kind: ProbeKind) -> &'static str {
    match kind {
        ProbeKind::Startup => "启动探针",
        ProbeKind::Liveness => "存活探针",
        ProbeKind::Readiness => "就绪探针",
    }
}

fn config(kind: ConfigKind) -> &'static str {
    ReferencedKind::from(kind).as_str()
}

fn pull_error(error: &PullError) -> String {
    match error {
        PullError::NotFound => "镜像仓库里没有这个镜像".to_owned(),
        PullError::Unauthorized => "镜像仓库不允许该节点拉取".to_owned(),
        PullError::Unavailable => "镜像仓库没有应答".to_owned(),
        PullError::Other(message) => message.to_string(),
    }
}

fn told_words(told: &Told, names: Names<'_>) -> Sentence {
    match told {
        Told::Pulling(place) => say!("正在拉取 {} 的镜像。", container(*place, names)),
        Told::Pulled { container: place, took: None } => say!("{} 的镜像已在节点上。", container(*place, names)),
        Told::Pulled { container: place, took: Some(took) } => {
            say!("{} 的镜像拉取完毕，用时 *{}*。", container(*place, names), span(*took))
        }
        Told::Created(place) => say!("{} 已创建。", container(*place, names)),
        Told::Started(place) => say!("{} *开始运行*。", container(*place, names)),
        Told::PullFailed { container: place, error } => {
            say!("{} 的镜像*拉取失败*：{}。Pod 不会因此失败，而是等待。", container(*place, names), pull_error(error))
        }
        Told::NeverPulled(place) => {
            say!("{} 的镜像不在节点上，而 {} 不允许拉取。", container(*place, names), code("imagePullPolicy: Never"))
        }
        Told::InvalidImageName(place) => {
            say!("{} 的镜像*名称无效*：不能有大写字母和空格。", container(*place, names))
        }
        Told::CannotStart { container: place, reason } => {
            say!("{} 等待：{}。", container(*place, names), code(reason.as_str()))
        }
        Told::ConfigMissing { container: place, need, missing } => {
            let need = names.spec().and_then(|spec| spec.container(*place)?.config.get(usize::from(*need)));
            let Some(need) = need else { return say!("{} 缺少配置。", container(*place, names)) };
            match (missing, &need.key) {
                (Missing::Key(_), Some(key)) => say!(
                    "{} 无法启动：{} {} 没有键 {}。",
                    container(*place, names),
                    config(need.kind),
                    code(&*need.name),
                    code(&**key)
                ),
                _ => say!("{} 无法启动：没有 {} {}。", container(*place, names), config(need.kind), code(&*need.name)),
            }
        }
        Told::RefusesRoot(place) => say!(
            "{} 无法启动：不允许以 root 运行，而镜像正是如此，又没有写 {}。",
            container(*place, names),
            code("runAsUser")
        ),
        Told::BackOffPulling(place) => {
            say!("{} 的镜像*暂不拉取*：上次失败后的等待还没结束。", container(*place, names))
        }
        Told::BackOffRestarting(place) => say!("{} *暂不启动*：上次结束后的等待还没结束。", container(*place, names)),
        Told::Killing { container: place, why: Killing::Stopping } => say!("正在停止 {}。", container(*place, names)),
        Told::Killing { container: place, why: Killing::Probe { probe: kind, restarts } } => match restarts {
            true => say!("{} 正被停止并*重新启动*：{} 失败次数太多。", container(*place, names), probe(*kind)),
            false => say!("{} 正被*停止*：{} 失败次数太多。", container(*place, names), probe(*kind)),
        },
        Told::Unhealthy { container: place, probe: kind } => {
            say!("{} 的 {} *失败*。", container(*place, names), probe(*kind))
        }
        Told::ProbeErrored(place) => {
            say!("就绪探针发现 {} 已停止，而 Pod 的状态还没有反映。", container(*place, names))
        }
        Told::MountFailed { mount, missing } => {
            let mount = names.spec().and_then(|spec| spec.mounts.get(usize::from(*mount)));
            let Some(mount) = mount else { return say!("无法挂载卷。") };
            match missing {
                Missing::Object => say!(
                    "无法挂载卷 {}：*没有 {} {}*。Pod 等待，kubelet 会再试。",
                    code(&*mount.volume),
                    config(mount.kind),
                    code(&*mount.name)
                ),
                Missing::Key(_) => {
                    say!("无法挂载卷 {}：{} {} 缺少键。", code(&*mount.volume), config(mount.kind), code(&*mount.name))
                }
            }
        }
        Told::DeadlineExceeded => say!("{} 的运行时间已达到它自己的 {}。", it(names), code("activeDeadlineSeconds")),
        Told::Evicted => say!("节点内存不足，{} 必须离开。", it(names)),
        Told::Scheduled(id) => say!("它去往 {}。", node(*id, names)),
        Told::Unschedulable { message, .. } => say!("*没有节点能容纳 {}*：{}", it(names), code(&**message)),
        Told::UnschedulableAgain { message, count, .. } => {
            say!("*仍然没有节点能容纳 {}*，已尝试 {} 次：{}", it(names), *count, code(&**message))
        }
        Told::Preempted { pod, by, node: id } => say!(
            "{} 必须从 {} 离开，让位给*更重要*的 {}。",
            called::pod(*pod, names),
            node(*id, names),
            called::pod(*by, names)
        ),
        Told::MarkedForDeletion(pod) => {
            say!("{} 不容忍节点的污点，或容忍时间已到：*它被删除*。", called::pod(*pod, names))
        }
        Told::DeletionCancelled(pod) => say!("污点及时消失：{} *留下*。", called::pod(*pod, names)),
        Told::PodNodeNotReady(pod) => say!("节点未就绪，因此 {} 也不再就绪。", called::pod(*pod, names)),
        Told::NodeNotReady(id) => say!("{} *未就绪*。", node(*id, names)),
        Told::NodeRegistered(id) => say!("{} 从现在起为集群所知。", node(*id, names)),
        Told::NodeRemoved(id) => say!("{} 已移除。", node(*id, names)),
    }
}
