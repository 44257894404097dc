//! Chinese words of the timeline.

use super::format::FORMAT;
use crate::api::{ConditionType, DisruptionReason, Phase};
use crate::cluster::input::{Cascade, InputAction};
use crate::cluster::reason::{CountedAs, DeletedBecause};
use crate::texts::format::{NO_BREAK, count};
use crate::texts::timeline::{Attempt, Figure, MenuWords, TimelineWords};
use crate::time::Span;
use crate::timeline::controller::{SyncMark, Verdict};
use crate::timeline::cron::Fate;
use crate::timeline::crowd::CellState;
use crate::timeline::faults::{Fault, PodFault};
use crate::timeline::idle::IdleReason;
use crate::timeline::instruments::{BudgetOf, Completions};
use crate::timeline::job_lane::DeletedBy;
use crate::timeline::pods::{Bar, EndCap, Ending, GoneBecause, RowOf, SegmentKind};
use crate::timeline::story::Happening;

pub(super) const TIMELINE: TimelineWords = TimelineWords {
    timeline: "时间线",
    outcome: "结果",
    active: "仍在进行",
    suspended: "已挂起",
    deleted_early: "结束前已被删除",
    took: "用时",
    pods: |_| "Pod 数",
    failures_used: "已用失败次数",
    restarts_used: "已用重启次数",
    pod_time: "Pod 运行时间",
    logs_readable: "日志可读",
    length: |length| {
        let text = FORMAT.span_rounded(length);
        match text.split_once(NO_BREAK) {
            Some((figure, unit)) => Figure { figure: figure.to_owned(), unit: unit.to_owned(), before: "" },
            None => Figure { figure: text, unit: String::new(), before: "" },
        }
    },
    used_of: |used, limit| Figure {
        figure: count(used),
        unit: limit.map_or(String::new(), |limit| format!("/ {}", count(limit))),
        before: "",
    },
    until: |until| match until {
        Some(at) => Figure { figure: FORMAT.clock_short(at), unit: String::new(), before: "到" },
        None => Figure { figure: "一直可读".to_owned(), unit: String::new(), before: "" },
    },
    at: "此刻",
    completions: "完成数",
    completions_read: |completions| match completions {
        Completions::Pods { done, needed } => format!("{} / {}", count(*done), count(*needed)),
        Completions::Indexes { done, count: all, .. } => format!("{} / {}", count(done.len()), count(*all)),
        Completions::WorkQueue { done, active } => format!("已完成 {}，活跃 {}", count(*done), count(*active)),
    },
    budget: |budget| match budget.counts {
        BudgetOf::Failures => "失败预算",
        BudgetOf::Restarts => "容器重启",
        BudgetOf::FailedIndexes { .. } | BudgetOf::PerIndex { .. } => "失败的索引",
    },
    budget_read: |budget| match budget.counts {
        BudgetOf::PerIndex { per_index } => format!("{}，每个索引可失败 {} 次", count(budget.used), count(per_index)),
        _ if budget.is_spent() => format!("已用 {}，已用尽", count(budget.used)),
        _ => format!("已用 {}，还剩 {}", count(budget.used), count(budget.left())),
    },
    ends_the_job: "Job 结束",
    budget_name: |budget| {
        let (used, left, last) = (count(budget.used), count(budget.left()), budget.allowed.saturating_add(1));
        let last = count(last);
        match budget.counts {
            BudgetOf::Failures => {
                format!("失败预算：已用 {used}，还剩 {left}；第 {last} 次失败使 Job 结束")
            }
            BudgetOf::Restarts => {
                format!("容器重启：已用 {used}，还剩 {left}；第 {last} 次重启使 Job 结束")
            }
            BudgetOf::FailedIndexes { per_index } => format!(
                "失败的索引：{used}，还可容忍 {left} 个；第 {last} 个使 Job 结束。每个索引可失败 {} 次",
                count(per_index)
            ),
            BudgetOf::PerIndex { per_index } => {
                format!("失败的索引：{used}。每个索引可失败 {} 次，其余继续", count(per_index))
            }
        }
    },
    deadline: "活跃期限",
    deadline_read: |fuse| {
        let Some(fuse) = fuse else { return [String::new(), "未设置".to_owned(), String::new()] };
        let at = |length: Span| FORMAT.clock_short(crate::time::Time::ZERO + length);
        ["还剩 ".to_owned(), at(fuse.left()), format!(" / {}", at(fuse.total))]
    },
    cluster: "集群",
    controller: "控制器",
    row: |row, attempts| match row {
        RowOf::Pod(pod) => (format!("Pod{NO_BREAK}{}", pod.0), String::new()),
        RowOf::Index(index) if attempts > 1 => (format!("索引{NO_BREAK}{index}"), format!("{attempts} 次尝试")),
        RowOf::Index(index) => (format!("索引{NO_BREAK}{index}"), String::new()),
        RowOf::NeverMade => ("没有 Pod".to_owned(), "从未创建".to_owned()),
    },
    rows: |are_indexes, from, to| {
        let what = if are_indexes { "索引" } else { "Pod" };
        format!("{what} {} 至 {}", count(from as i64), count(to as i64))
    },
    idle: |reason, length| {
        let length = FORMAT.span_rounded(length);
        match reason {
            IdleReason::Backoff => format!("回退 {length}"),
            IdleReason::Restart => format!("重启回退 {length}"),
            IdleReason::Ttl => format!("TTL {length}"),
            IdleReason::Deadline => format!("距活跃期限 {length}"),
            IdleReason::Suspended => format!("挂起 {length}"),
            IdleReason::Schedule => format!("距下次调度 {length}"),
            IdleReason::Running => format!("运行 {length}"),
            IdleReason::Other => format!("无事发生 {length}"),
        }
    },
    playhead: "播放头",
    wait_label: |wait| {
        if wait.was_cut_short() {
            format!("{} / {}", FORMAT.span_rounded(wait.ended - wait.from), FORMAT.span(wait.length))
        } else {
            FORMAT.span(wait.length)
        }
    },
    wait_name: |wait| {
        let early = if wait.was_cut_short() { "，提前结束" } else { "" };
        format!(
            "连续第 {} 次失败后回退 {}，到 {}{early}",
            wait.failures,
            FORMAT.span(wait.length),
            FORMAT.clock_exact(wait.until)
        )
    },
    end_label,
    grace_label: |grace| format!("宽限期 {}", FORMAT.span(grace)),
    gone: |because| match because {
        GoneBecause::Ttl => "因 Job 的 TTL 被删除，日志消失",
        GoneBecause::Cascade => "随 Job 一起被删除，日志消失",
        GoneBecause::Outside => "被外部删除，日志消失",
        GoneBecause::Controller => "被 Job 控制器删除，日志消失",
        GoneBecause::NeverScheduled => "从未分配节点，已被移除",
    },
    bar_name,
    press_enter: "按 Enter 查看原因。",
    restart_name: |number| format!("容器第 {number} 次重启"),
    sync_label,
    sync_name: |sync| {
        let what = if sync.wrote { "已写入" } else { "无事可做" };
        let said = sync_label(sync).map_or(String::new(), |label| format!("，{label}"));
        let who = if sync.is_ttl { "TTL 控制器" } else { "Job 控制器" };
        format!("{who}，{}，{what}{said}", FORMAT.clock_exact(sync.mark.at))
    },
    failed: |number| format!("失败 {}", count(number)),
    ttl: "TTL",
    deleted: "已删除",
    deleted_by: |by| match by {
        DeletedBy::Ttl => "Job 因 TTL 被删除",
        DeletedBy::Outside => "Job 被外部删除",
        DeletedBy::CronJob => "Job 被 CronJob 删除",
        DeletedBy::Cascade => "Job 随 CronJob 被删除",
    },
    alive_at_once: |alive| format!("同时存活 {} 个", count(alive)),
    condition: |condition, is_true| match (condition, is_true) {
        (ConditionType::Suspended, true) => "已挂起",
        (ConditionType::Suspended, false) => "已恢复",
        _ => condition.as_str(),
    },
    tick_label: |fate| match fate {
        Fate::Started { job, .. } => format!("Job {}", job.0),
        Fate::Forbidden => "暂不启动".to_owned(),
        Fate::Missed => "已错过".to_owned(),
    },
    tick: |fate| match fate {
        Fate::Started { job, missed: 0 } => format!("启动了 Job {}", job.0),
        Fate::Started { job, missed } => format!("启动了 Job {}，错过了 {missed} 次", job.0),
        Fate::Forbidden => "暂不启动，上一次仍在运行".to_owned(),
        Fate::Missed => "已错过，太晚".to_owned(),
    },
    cells: |state, number| {
        let number = count(number as i64);
        match state {
            CellState::NotStarted => format!("{number} 未开始"),
            CellState::Succeeded => format!("{number} 成功"),
            CellState::Running => format!("{number} 运行中"),
            CellState::Pending => format!("{number} 等待启动"),
            CellState::Waiting => format!("{number} 回退中"),
            CellState::Terminating => format!("{number} 正在终止"),
            CellState::Failed => format!("{number} 失败"),
        }
    },
    listed: |cells| format!("：{}", cells.iter().map(usize::to_string).collect::<Vec<_>>().join("、")),
    cell_name,
    go_to: |is_index| if is_index { "转到索引" } else { "转到 Pod" },
    bands: "全部 Pod 的条带。点按、拖动或用方向键选择下方显示的部分。",
    fault,
    fault_name: |of| {
        let effect = match (of.disabled, of.no_effect.is_some()) {
            (true, _) => "已停用。",
            (false, true) => "没有效果。",
            (false, false) => "",
        };
        format!("你的故障：{}，{}。{effect}可拖动，或用方向键移动。", FORMAT.clock(of.at), fault(of))
    },
    did_nothing: "没有效果",
    remove: "移除",
    disable: "停用",
    enable: "启用",
    break_it: "注入故障",
    pod_fault: |fault| match fault {
        PodFault::Fail => "杀死 Pod",
        PodFault::OomKill => "OOM",
        PodFault::Evict => "驱逐",
        PodFault::NodePressure => "节点压力",
        PodFault::Preempt => "抢占",
        PodFault::Delete => "删除",
    },
    pod_fault_on: |fault, pod| match fault {
        PodFault::Fail => format!("杀死 Pod {pod}：退出码 1"),
        PodFault::OomKill => format!("因内存杀死 Pod {pod}"),
        PodFault::Evict => format!("驱逐 Pod {pod}"),
        PodFault::NodePressure => format!("因节点压力驱逐 Pod {pod}"),
        PodFault::Preempt => format!("抢占 Pod {pod}"),
        PodFault::Delete => format!("删除 Pod {pod}"),
    },
    pod_fault_later: |fault, pod, at| {
        format!("{}，在 {}：此前没有可作用的 Pod", (TIMELINE.pod_fault_on)(fault, pod), FORMAT.clock_exact(at))
    },
    restart_controllers: "重启控制器",
    menu: |of| format!("对 {of} 可以做的事"),
    menu_words: MenuWords {
        exit_code: "退出码",
        grace_seconds: "宽限期（秒）",
        own: "默认",
        now: "时刻",
        suspend: "挂起",
        resume: "恢复",
        scale: "parallelism",
        deadline: "activeDeadlineSeconds",
        delete_job: "删除 Job",
        cascade: "级联删除",
        close: "关闭",
        job_is_over: "Job 已结束。",
    },
    overview: "概览，真实比例",
    story: "发生的事，按时间顺序",
    happening,
};

fn end_label(end: &EndCap) -> String {
    if let Some(because) = end.killed {
        return match because {
            DeletedBecause::TooMany => "多余",
            DeletedBecause::WrongIndex => "索引不对",
            DeletedBecause::Suspended => "已挂起",
            DeletedBecause::JobEnds => "Job 结束",
        }
        .to_owned();
    }
    let mut label = match (end.how, end.exit_code) {
        (Ending::Vanished, _) => return "消失".to_owned(),
        (_, Some(code)) => format!("exit{NO_BREAK}{code}"),
        (_, None) => "从未运行".to_owned(),
    };
    if end.oom {
        label = format!("OOM，{label}");
    }
    match end.disruption {
        Some(DisruptionReason::PreemptionByScheduler) => label = format!("被抢占，{label}"),
        Some(_) => label = format!("被驱逐，{label}"),
        None => {}
    }
    match end.counted.map(|counted| counted.counted) {
        Some(CountedAs::Ignored { .. }) => format!("{label}，已忽略"),
        _ => label,
    }
}

fn bar_name(bar: &Bar, limit: Option<u32>) -> String {
    let mut name = format!("Pod {}", bar.pod.0);
    match bar.birth.index {
        Some(index) => name += &format!("，索引 {index} 的第 {} 次尝试", bar.birth.attempt),
        None => name += &format!("，第 {} 次尝试", bar.birth.attempt),
    }
    match bar.end {
        None => {
            name += match bar.segments.last().map(|segment| segment.kind) {
                Some(SegmentKind::Running) => "，运行中",
                Some(SegmentKind::Terminating { .. }) => "，正在终止",
                Some(SegmentKind::AwaitingRestart { .. }) => "，等待重启",
                Some(SegmentKind::Pending) | None => "，等待启动",
            };
        }
        Some(end) => {
            name += match end.how {
                Ending::Succeeded => "，成功",
                Ending::Failed => "，失败",
                Ending::Vanished => "，结束前已消失",
            };
            if let Some(code) = end.exit_code {
                name += &format!("，退出码 {code}");
            }
            if end.oom {
                name += "，因内存被杀死";
            }
            if let Some(disruption) = end.disruption {
                name += &format!("，{}", disruption.as_str());
            }
        }
    }
    if bar.first_run().is_some() {
        name += &format!("，运行 {}", FORMAT.span_rounded(bar.run_time()));
    }
    if let Some(restart) = bar.restarts.last() {
        name += &format!("，重启 {} 次", restart.number);
    }
    if let Some(counted) = bar.end.and_then(|end| end.counted) {
        match (counted.counted, limit) {
            (CountedAs::Failed, Some(limit)) => name += &format!("，已计入：{limit} 次中的第 {} 次", counted.number),
            (CountedAs::Failed, None) => name += "，已计入",
            (CountedAs::Ignored { rule }, _) => name += &format!("，被规则 {rule} 忽略"),
            (CountedAs::Succeeded | CountedAs::Nothing, _) => {}
        }
    }
    name + "。"
}

fn cell_name(of: RowOf, state: CellState, pod: Option<Attempt>) -> String {
    let mut name = (TIMELINE.row)(of, 1).0.replace(NO_BREAK, " ");
    name += match state {
        CellState::NotStarted => "，尚未开始",
        CellState::Succeeded => "，成功",
        CellState::Running => "，运行中",
        CellState::Pending => "，等待启动",
        CellState::Waiting => "，回退中",
        CellState::Terminating => "，正在终止",
        CellState::Failed => "，失败",
    };
    if let Some(Attempt { number, exit_code }) = pod {
        name += &exit_code.map_or(String::new(), |code| format!("，退出码 {code}"));
        name += &format!("，第 {number} 次尝试。{}", TIMELINE.press_enter);
    }
    name
}

fn sync_label(sync: &SyncMark) -> Option<String> {
    Some(match sync.verdict? {
        Verdict::HeldBack(wait) => format!("等 {}", FORMAT.span(wait)),
        Verdict::IndexHeldBack { index, wait } => format!("索引 {index} 等 {}", FORMAT.span_rounded(wait)),
        Verdict::Refused { used, limited } => format!("配额 {used} / {limited}"),
        Verdict::Condition(ConditionType::Complete) => "完成".to_owned(),
        Verdict::Condition(ConditionType::Failed) => "失败".to_owned(),
        Verdict::Suspended => "挂起".to_owned(),
        Verdict::Resumed => "恢复".to_owned(),
        Verdict::Condition(_) => "判定结束".to_owned(),
        Verdict::Deletes => "删除".to_owned(),
    })
}

fn fault(fault: &Fault) -> String {
    let pod = fault.pod.map_or("一个 Pod".to_owned(), |pod| format!("Pod {}", pod.0));
    match &fault.verb {
        InputAction::Fail { exit_code: 1, .. } => format!("你杀死了 {pod}"),
        InputAction::Fail { exit_code, .. } => format!("你让 {pod} 以 {exit_code} 退出"),
        InputAction::OomKill(_) => format!("你耗尽了 {pod} 的内存"),
        InputAction::Evict(_) => format!("你驱逐了 {pod}"),
        InputAction::Preempt(_) => format!("你抢占了 {pod}"),
        InputAction::NodePressureEvict(_) => format!("你让 {pod} 的节点承压"),
        InputAction::DeletePod { .. } => format!("你删除了 {pod}"),
        InputAction::Delete { target, cascade } => {
            let how = match cascade {
                Cascade::Background => "",
                Cascade::Foreground => "，foreground",
                Cascade::Orphan => "，orphan",
            };
            format!("你删除了 {}{how}", target.kind.as_str())
        }
        InputAction::Create(_) => "你创建了一个 Job".to_owned(),
        InputAction::Patch { patch, .. } => {
            let fields: Vec<String> = patch["spec"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, value)| match value {
                    serde_json::Value::Object(_) | serde_json::Value::Array(_) => key.clone(),
                    value => format!("{key}: {value}"),
                })
                .collect();
            if fields.is_empty() {
                "你做了修改".to_owned()
            } else {
                format!("你设置了 {}", fields.join("，"))
            }
        }
        InputAction::RestartControllers => "你重启了控制器".to_owned(),
    }
}

fn happening(happening: &Happening) -> Vec<(bool, String)> {
    let pod = |pod: crate::api::PodId| (true, format!("Pod{NO_BREAK}{}", pod.0));
    let text = |words: &str| (false, words.to_owned());
    match happening {
        Happening::JobCreated(_) => vec![text("创建 Job")],
        Happening::PodsCreated(first, 1) => vec![text("创建 "), pod(*first)],
        Happening::PodsCreated(_, number) => vec![text("创建 "), (true, format!("{number} 个 Pod"))],
        Happening::PodRuns(of) => vec![pod(*of), text(" 运行")],
        Happening::Restarted(of, number) => vec![pod(*of), (false, format!(" 再次运行，第 {number} 次重启"))],
        Happening::WillRestart(of, wait) => {
            vec![pod(*of), text(" 的容器退出，原地重启前等待 "), (true, FORMAT.span(*wait))]
        }
        Happening::PodEnded { pod: of, phase, exit_code, .. } => {
            let how = if *phase == Phase::Succeeded { " 成功" } else { " 失败" };
            let code = exit_code.map_or(String::new(), |code| format!("，退出码{NO_BREAK}{code}"));
            vec![pod(*of), (false, format!("{how}{code}"))]
        }
        Happening::PodStops(of) => vec![pod(*of), text(" 被要求停止")],
        Happening::PodsGone(of, 1) => vec![pod(*of), text(" 消失，日志一并消失")],
        Happening::PodsGone(_, number) => vec![(true, format!("{number} 个 Pod")), text(" 消失，日志一并消失")],
        Happening::Counted(number, limit) => {
            let limit = limit.map_or(String::new(), |limit| format!(" / {}", count(limit)));
            vec![text("已计入："), (true, count(*number) + &limit)]
        }
        Happening::HeldBack(wait) => vec![text("等待 "), (true, FORMAT.span(*wait))],
        Happening::Condition(condition, reason) => {
            vec![(true, condition.as_str().to_owned()), (false, format!(" {reason}"))]
        }
        Happening::JobGone(_, true) => vec![text("Job 因 TTL 被删除")],
        Happening::JobGone(_, false) => vec![text("Job 被删除")],
        Happening::Input(_) => Vec::new(),
    }
}
