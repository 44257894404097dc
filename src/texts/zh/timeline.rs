//! Chinese words of the timeline.

use super::depth::DEPTH;
use super::faults::FAULTS;
use super::format::FORMAT;
use super::reason::REASON;
use crate::api::{ConditionType, Phase, PodId};
use crate::cluster::input::{Cascade, InputAction, TaintChange};
use crate::cluster::reason::DeletedBecause;
use crate::texts::format::{NO_BREAK, count};
use crate::texts::sentence::{Sentence, joined, say};
use crate::texts::timeline::{
    BarWords, CellWords, EndWords, ManyWords, MenuWords, RowsWords, SyncWords, TimelineWords, patched_fields,
};
use crate::timeline::controller::Verdict;
use crate::timeline::cron::Fate;
use crate::timeline::crowd::CellState;
use crate::timeline::faults::{Fault, PodFault};
use crate::timeline::idle::IdleReason;
use crate::timeline::instruments::BudgetOf;
use crate::timeline::job_lane::DeletedBy;
use crate::timeline::many::Many;
use crate::timeline::pods::{GoneBecause, PodEnding, RowOf, SegmentKind};
use crate::timeline::sorted::{RowOrder, RowOutcome};
use crate::timeline::story::Happening;

pub(in crate::texts) static TIMELINE: TimelineWords = TimelineWords {
    format: &FORMAT,
    of: "/",
    timeline: "时间线",
    outcome: "结果",
    active: "仍在进行",
    suspended: "已挂起",
    deleted_early: "结束前已被删除",
    took: "用时",
    pods: |_| "Pod 数",
    failures_used: "计入的失败",
    restarts_used: "重启次数",
    pod_time: "Pod 运行时间",
    logs_readable: "日志可读",
    no_logs: "无",
    until_time: "到",
    to_the_end: "一直可读",
    at: "此刻",
    completions: "完成数",
    done_and_active: |done, active| format!("已完成 {done}，活跃 {active}"),
    budget: |budget| match budget.counts {
        BudgetOf::Failures => "失败预算",
        BudgetOf::Restarts => "容器重启",
        BudgetOf::FailedIndexes { .. } | BudgetOf::PerIndex { .. } => "失败的索引",
    },
    budget_read: |budget| match budget.counts {
        BudgetOf::PerIndex { per_index } => {
            format!("失败 {} 个；每个索引可失败 {} 次", count(budget.used), count(per_index))
        }
        _ if budget.is_spent() => {
            let last = count(budget.allowed.saturating_add(1));
            format!("已用 {last} / {last}，Job 结束")
        }
        _ => format!("已用 {}，还剩 {}", count(budget.used), count(budget.left())),
    },
    ends_the_job: "Job 结束",
    budget_name: |budget| {
        let last = budget.allowed.saturating_add(1);
        let has_limit = !matches!(budget.counts, BudgetOf::PerIndex { .. });
        let used = count(if has_limit { budget.used.min(last) } else { budget.used });
        let (left, last) = (count(budget.left()), count(last));
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
    not_set: "未设置",
    left: ["还剩 ", ""],
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
            IdleReason::Waiting => format!("等待 {length}"),
            IdleReason::Repeats => format!("如此反复 {length}"),
            IdleReason::Endless => "如此反复，永不结束".to_owned(),
            IdleReason::Other => format!("无事发生 {length}"),
        }
    },
    for_ever: "永远",
    playhead: "播放头",
    backoff_name: |wait| {
        let early = if wait.was_cut_short() { "，提前结束" } else { "" };
        format!(
            "连续第 {} 次失败后回退 {}，到 {}{early}",
            wait.failures,
            FORMAT.span(wait.length),
            FORMAT.clock_exact(wait.until)
        )
    },
    end: EndWords {
        killed: |because| match because {
            DeletedBecause::TooMany => "多余",
            DeletedBecause::WrongIndex => "索引不对",
            DeletedBecause::Suspended => "已挂起",
            DeletedBecause::JobEnds => "Job 结束",
        },
        vanished: "消失",
        never_ran: "从未运行",
        preempted: "被抢占",
        evicted: "被驱逐",
        ignored: "已忽略",
    },
    grace_label: |grace| format!("宽限期 {}", FORMAT.span(grace)),
    gone: |because| match because {
        GoneBecause::Ttl => "因 Job 的 TTL 被删除",
        GoneBecause::Cascade => "随 Job 一起被删除",
        GoneBecause::Outside => "被外部删除",
        GoneBecause::Controller => "被 Job 控制器删除",
        GoneBecause::NeverScheduled => "从未分配节点，已被移除",
    },
    logs_gone: "日志消失",
    bar: BarWords {
        attempt: |index, number| match index {
            Some(index) => format!("索引 {index} 的第 {number} 次尝试"),
            None => format!("第 {number} 次尝试"),
        },
        doing: |segment| match segment {
            Some(SegmentKind::Running) => "运行中",
            Some(SegmentKind::Terminating { .. }) => "正在终止",
            Some(SegmentKind::AwaitingRestart { .. }) => "等待重启",
            Some(SegmentKind::Pending | SegmentKind::Waiting(_)) | None => "等待启动",
        },
        ended: |how| match how {
            PodEnding::Succeeded => "成功",
            PodEnding::Failed => "失败",
            PodEnding::Vanished => "结束前已消失",
        },
        exit_code: |code| format!("退出码 {code}"),
        oom: "因内存被杀死",
        ran: |time| format!("运行 {time}"),
        restarted: |times| format!("重启 {times} 次"),
        counted: |number, limit| match limit {
            Some(limit) => format!("已计入：{limit} 次中的第 {number} 次"),
            None => "已计入".to_owned(),
        },
        ignored: |rule| format!("被第 {} 条规则忽略", rule + 1),
    },
    press_enter: "按 Enter 查看原因。",
    restart_name: |number| format!("容器第 {number} 次重启"),
    sync: SyncWords {
        acted: |is_ttl, at| format!("{}，{at}", if is_ttl { "TTL 控制器" } else { "Job 控制器" }),
        wrote: "已写入",
        nothing_to_do: "无事可做",
        verdict,
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
    tick_fate: |fate| match fate {
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
        let state = if state == CellState::NotStarted { "未开始" } else { cell_state(state) };
        format!("{} {state}", count(number as i64))
    },
    listed: |cells| format!("：{}", cells.iter().map(usize::to_string).collect::<Vec<_>>().join("、")),
    cell: CellWords {
        state: cell_state,
        exit_code: |code| format!("退出码 {code}"),
        attempt: |number| format!("第 {number} 次尝试"),
    },
    go_to: |is_index| if is_index { "转到索引" } else { "转到 Pod" },
    many: ManyWords {
        what: many,
        part: |of, from, to| format!("{} {} 至 {}", many(of), count(from as i64), count(to as i64)),
        state: state_of_many,
        go_to: |of| match of {
            Many::Jobs => "转到第几个 Job",
            Many::CronJobs => "转到第几个 CronJob",
            Many::Ticks(_) => "转到第几个计划时间",
            Many::Inputs => "转到第几个输入",
        },
        one: |of, number, all| format!("{} {}，共 {} 个", many(of), count(number as i64), count(all as i64)),
        strip: "全部的条带。点按、拖动或用方向键选择下方显示的部分。",
        opens: "按 Enter 打开。",
        more_here: |number| format!("此处还有 {} 个：再按一次看下一个。", count(number as i64)),
    },
    bands: "全部 Pod 的条带。点按、拖动或用方向键选择下方显示的部分。",
    fault,
    fault_name: |of| {
        let effect = match (of.disabled, of.no_effect.is_some(), of.refused.is_some()) {
            (true, ..) => "已停用。",
            (_, true, _) => "没有效果。",
            (.., true) => "API 服务器拒绝了它。",
            _ => "",
        };
        format!("{}，{}。{effect}可拖动，或用方向键移动。", FORMAT.clock(of.at), fault(of))
    },
    nearest: |at, why| format!("改在 {}：{}", FORMAT.clock_exact(at), (REASON.no_effect)(why)),
    moved_by: |later, by| format!("{} {}", if later { "推后" } else { "提前" }, FORMAT.span(by)),
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
        format!("{}，在 {}：此刻没有可作用的 Pod", (TIMELINE.pod_fault_on)(fault, pod), FORMAT.clock_exact(at))
    },
    faults: &FAULTS,
    restart_controllers: "重启控制器",
    menu: |of| joined(&format!("对 {of} 可以做的事")),
    menu_words: MenuWords {
        exit: "退出码",
        grace: "宽限期",
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
        run_now: "立即运行",
        schedule: "新的调度时间",
        delete_cron_job: "删除 CronJob",
        cron_job_is_gone: "此刻没有该 CronJob。",
    },
    rows_words: RowsWords {
        tools: "Pod 的显示方式",
        order: "Pod 的顺序",
        by: |order| match order {
            RowOrder::Creation => "按创建时间",
            RowOrder::Index => "按索引",
            RowOrder::Outcome => "按结果",
        },
        no_order: "单元格按编号排列",
        group: |outcome, count| {
            let words = match outcome {
                RowOutcome::Failed => "失败",
                RowOutcome::Vanished => "已删除",
                RowOutcome::Open => "未结束",
                RowOutcome::Succeeded => "成功",
            };
            format!("{words} · {count}")
        },
        as_table: "表格",
        there: |there, all| format!("{} / {} 个 Pod", count(there as i64), count(all as i64)),
        none_there: "此刻没有 Pod",
        index: "索引",
        outcome: "结果",
        find: "查找 Pod",
        find_by: "编号、索引或名称",
        found: |number, of| if of == 0 { "没有这个 Pod".to_owned() } else { format!("{number} / {of}") },
    },
    depth: &DEPTH,
    overview: "概览，真实比例",
    edges: ["显示范围的起点", "显示范围的终点"],
    story: "发生的事，按时间顺序",
    happening,
};

fn cell_state(state: CellState) -> &'static str {
    match state {
        CellState::NotStarted => "尚未开始",
        CellState::Succeeded => "成功",
        CellState::Running => "运行中",
        CellState::Pending => "等待启动",
        CellState::Waiting => "回退中",
        CellState::Terminating => "正在终止",
        CellState::Failed => "失败",
    }
}

fn many(of: Many) -> &'static str {
    match of {
        Many::Jobs => "Job",
        Many::CronJobs => "CronJob",
        Many::Ticks(_) => "计划时间",
        Many::Inputs => "输入",
    }
}

fn state_of_many(of: Many, state: CellState) -> &'static str {
    match (of, state) {
        (Many::Jobs | Many::CronJobs, CellState::NotStarted) => "尚未创建",
        (Many::Jobs, CellState::Running) => "活动中",
        (Many::Jobs, CellState::Waiting) => "已挂起",
        (Many::Jobs, CellState::Terminating) => "正在结束",
        (Many::Jobs, CellState::Succeeded) => "已完成",
        (Many::Jobs, CellState::Pending) => "结束前被删除",
        (Many::CronJobs, CellState::Running) => "有活动的运行",
        (Many::CronJobs, CellState::Failed) => "上次未启动",
        (Many::CronJobs, _) => "两次运行之间",
        (Many::Ticks(_) | Many::Inputs, CellState::NotStarted) => "尚未到来",
        (Many::Ticks(_), CellState::Succeeded) => "已启动",
        (Many::Ticks(_), CellState::Waiting) => "被推迟",
        (Many::Ticks(_), _) => "已错过",
        (Many::Inputs, CellState::Succeeded) => "已发生",
        (Many::Inputs, CellState::Pending) => "已停用",
        (Many::Inputs, _) => "没有效果",
        (Many::Jobs, CellState::Failed) => "失败",
    }
}

fn verdict(verdict: Verdict) -> String {
    match verdict {
        Verdict::HeldBack(wait) => format!("等 {}", FORMAT.span(wait)),
        Verdict::IndexHeldBack { index, wait } => format!("索引 {index} 等 {}", FORMAT.span_rounded(wait)),
        Verdict::Refused { used, limited } => format!("配额 {used} / {limited}"),
        Verdict::Condition(ConditionType::Complete) => "完成".to_owned(),
        Verdict::Condition(ConditionType::Failed) => "失败".to_owned(),
        Verdict::Suspended => "挂起".to_owned(),
        Verdict::Resumed => "恢复".to_owned(),
        Verdict::Condition(_) => "判定结束".to_owned(),
        Verdict::Deletes => "删除".to_owned(),
    }
}

fn fault(fault: &Fault) -> String {
    let pod = fault.pod.map_or("一个 Pod".to_owned(), |pod| format!("Pod {}", pod.0));
    match &fault.action {
        InputAction::Fail { exit_code: 1, .. } => format!("注入的故障：杀死 {pod}"),
        InputAction::Fail { exit_code, .. } => format!("注入的故障：{pod} 以 {exit_code} 退出"),
        InputAction::OomKill(_) => format!("注入的故障：{pod} 内存耗尽"),
        InputAction::Evict(_) => format!("注入的故障：驱逐 {pod}"),
        InputAction::Preempt(_) => format!("注入的故障：抢占 {pod}"),
        InputAction::NodePressureEvict(_) => format!("注入的故障：{pod} 的节点承压"),
        InputAction::DeletePod { .. } => format!("注入：删除 {pod}"),
        InputAction::Delete { target, cascade: Cascade::Background } => format!("注入：删除 {}", target.kind.as_str()),
        InputAction::Delete { target, cascade } => {
            format!("注入：删除 {}，{}", target.kind.as_str(), cascade.as_str())
        }
        InputAction::Patch { patch, .. } if fault.refused.is_some() => match patched_fields(patch) {
            fields if fields.is_empty() => "被拒绝：修改".to_owned(),
            fields => format!("被拒绝：{}", fields.join("，")),
        },
        InputAction::Create(_) if fault.refused.is_some() => "被拒绝：新的 Job".to_owned(),
        InputAction::Create(_) => "注入：创建一个 Job".to_owned(),
        InputAction::Patch { patch, .. } => match patched_fields(patch) {
            fields if fields.is_empty() => "注入：修改".to_owned(),
            fields => format!("注入：设置 {}", fields.join("，")),
        },
        InputAction::RestartControllers => "注入：重启控制器".to_owned(),
        InputAction::Cordon(node) => format!("注入：节点 {node} 设为不可调度"),
        InputAction::Uncordon(node) => format!("注入：节点 {node} 恢复可调度"),
        InputAction::Drain(node) => format!("注入：排空节点 {node}"),
        InputAction::Taint { node, change: TaintChange::Add(taint) } => format!("注入：给节点 {node} 加上污点 {taint}"),
        InputAction::Taint { node, change } => format!("注入：去掉节点 {node} 的污点 {change}"),
        InputAction::NodeLost(node) => format!("注入的故障：节点 {node} 失联"),
        InputAction::NodeBack(node) => format!("注入：节点 {node} 恢复联系"),
        InputAction::NodeAdd(group) => match group.ends() {
            (first, None) => format!("注入：节点 {first} 加入"),
            (first, Some(last)) => format!("注入：节点 {first} 至 {last} 加入"),
        },
        InputAction::NodeDelete(node) => format!("注入的故障：删除节点 {node}"),
        InputAction::Provide(what) => format!("注入：补上 {what}"),
    }
}

fn happening(happening: &Happening) -> Sentence {
    let ended = |phase| if phase == Phase::Succeeded { "成功" } else { "失败" };
    match *happening {
        Happening::JobCreated(_) => say!("创建 Job"),
        Happening::PodsCreated(first, 1) => say!("创建 *{}*", pod(first)),
        Happening::PodsCreated(_, number) => say!("创建 *{} 个 Pod*", number.to_string()),
        Happening::PodRuns(id) => say!("*{}* 运行", pod(id)),
        Happening::Waits(id, waiting) => say!("*{}* {}", pod(id), waiting.to_string()),
        Happening::ContainerRuns(id, ref name) => say!("*{}*：{} 运行", pod(id), name.to_string()),
        Happening::ContainerEnded(id, ref name, code) => {
            say!("*{}*：{} 结束，退出码{}{}", pod(id), name.to_string(), NO_BREAK.to_string(), code.to_string())
        }
        Happening::Restarted(id, number) => say!("*{}* 再次运行，第 {} 次重启", pod(id), number.to_string()),
        Happening::WillRestart(id, wait) => {
            say!("*{}* 的容器退出，原地重启前等待 *{}*", pod(id), FORMAT.span(wait))
        }
        Happening::PodEnded { pod: id, phase, exit_code: Some(code), .. } => {
            say!("*{}* {}，退出码{}{}", pod(id), ended(phase), NO_BREAK.to_string(), code.to_string())
        }
        Happening::PodEnded { pod: id, phase, exit_code: None, .. } => say!("*{}* {}", pod(id), ended(phase)),
        Happening::KeptBack(id, what) => say!("*{}* {}", pod(id), what),
        Happening::StopUnheard(id, ref node) => say!("*{}* 应停止，{} 收不到", pod(id), node.to_string()),
        Happening::NodeNotReady(ref node) => say!("*{}* 失联：NotReady", node.to_string()),
        Happening::NodeTainted(ref node, Some(stay)) => {
            say!("*{}* 加上污点 NoExecute，Pod 还可停留 *{}*", node.to_string(), FORMAT.span(stay))
        }
        Happening::NodeTainted(ref node, None) => say!("*{}* 加上污点 NoExecute", node.to_string()),
        Happening::PodStops(id) => say!("*{}* 被要求停止", pod(id)),
        Happening::PodsGone { first, count: 1, had_logs: true } => say!("*{}* 消失，日志一并消失", pod(first)),
        Happening::PodsGone { first, count: 1, .. } => say!("*{}* 消失，其中从未运行过容器", pod(first)),
        Happening::PodsGone { count, had_logs: true, .. } => say!("*{} 个 Pod* 消失，日志一并消失", count.to_string()),
        Happening::PodsGone { count, .. } => say!("*{} 个 Pod* 消失，其中从未运行过容器", count.to_string()),
        Happening::Counted(number, Some(limit)) => say!("已计入：*{} / {}*", number, limit),
        Happening::Counted(number, None) => say!("已计入：*{}*", number),
        Happening::HeldBack(wait) => say!("等待 *{}*", FORMAT.span(wait)),
        Happening::Condition(condition, reason) => say!("*{}* {}", condition.as_str(), reason),
        Happening::JobGone(_, true) => say!("Job 因 TTL 被删除"),
        Happening::JobGone(_, false) => say!("Job 被删除"),
        Happening::Input(_) => Sentence::default(),
    }
}

fn pod(pod: PodId) -> String {
    format!("Pod{NO_BREAK}{}", pod.0)
}
