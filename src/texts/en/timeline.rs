//! English words of the timeline.

use super::called;
use super::depth::DEPTH;
use super::faults::FAULTS;
use super::format::FORMAT;
use super::reason::REASON;
use crate::api::{ConditionType, Phase, PodId};
use crate::cluster::input::{Cascade, InputAction, TaintChange};
use crate::cluster::reason::DeletedBecause;
use crate::texts::format::{NO_BREAK, count};
use crate::texts::sentence::{Sentence, say};
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
    of: "of",
    timeline: "Timeline",
    outcome: "Outcome",
    active: "Still active",
    suspended: "Suspended",
    deleted_early: "Deleted before it was over",
    took: "took",
    pods: |number| if number == 1 { "pod" } else { "pods" },
    failures_used: "failures counted",
    restarts_used: "restarts",
    pod_time: "pod time",
    logs_readable: "logs readable",
    no_logs: "none",
    until_time: "until",
    to_the_end: "as long as it is kept",
    at: "At",
    completions: "Completions",
    done_and_active: |done, active| format!("{done} done, {active} active"),
    budget: |budget| match budget.counts {
        BudgetOf::Failures => "Failure budget",
        BudgetOf::Restarts => "Container restarts",
        BudgetOf::FailedIndexes { .. } | BudgetOf::PerIndex { .. } => "Failed indexes",
    },
    budget_read: |budget| match budget.counts {
        BudgetOf::PerIndex { per_index } => {
            format!("{} failed; {} tolerated in each", count(budget.used), failures(per_index))
        }
        _ if budget.is_spent() => {
            let last = count(budget.allowed.saturating_add(1));
            format!("{last} of {last} used, ends the Job")
        }
        _ => format!("{} used, {} left", count(budget.used), count(budget.left())),
    },
    ends_the_job: "ends the Job",
    budget_name: |budget| {
        let last = budget.allowed.saturating_add(1);
        let has_limit = !matches!(budget.counts, BudgetOf::PerIndex { .. });
        let used = count(if has_limit { budget.used.min(last) } else { budget.used });
        let left = count(budget.left());
        let nth = (FORMAT.ordinal)(last);
        match budget.counts {
            BudgetOf::Failures => {
                format!("Failure budget: {used} used, {left} left; the {nth} failure ends the Job")
            }
            BudgetOf::Restarts => {
                format!("Container restarts: {used} used, {left} left; the {nth} restart ends the Job")
            }
            BudgetOf::FailedIndexes { per_index } => format!(
                "Failed indexes: {used}, {left} more tolerated; the {nth} ends the Job. Each index may fail {}",
                times(per_index)
            ),
            BudgetOf::PerIndex { per_index } => {
                format!("Failed indexes: {used}. Each index may fail {}; the others go on", times(per_index))
            }
        }
    },
    deadline: "Deadline",
    not_set: "not set",
    left: ["", " left"],
    cluster: "Cluster",
    controller: "Controller",
    row: |row, attempts| match row {
        RowOf::Pod(pod) => (format!("Pod{NO_BREAK}{}", pod.0), String::new()),
        RowOf::Index(index) if attempts > 1 => (format!("Index{NO_BREAK}{index}"), format!("{attempts} attempts")),
        RowOf::Index(index) => (format!("Index{NO_BREAK}{index}"), String::new()),
        RowOf::NeverMade => ("No pod".to_owned(), "never made".to_owned()),
    },
    rows: |are_indexes, from, to| {
        let what = if are_indexes { "Indexes" } else { "Pods" };
        format!("{what} {} to {}", count(from as i64), count(to as i64))
    },
    idle: |reason, length| {
        let length = FORMAT.span_rounded(length);
        match reason {
            IdleReason::Backoff => format!("{length} back-off"),
            IdleReason::Restart => format!("{length} restart back-off"),
            IdleReason::Ttl => format!("{length} TTL"),
            IdleReason::Deadline => format!("{length} to the deadline"),
            IdleReason::Suspended => format!("{length} suspended"),
            IdleReason::Schedule => format!("{length} to the next time"),
            IdleReason::Running => format!("{length} of running"),
            IdleReason::Waiting => format!("{length} of waiting"),
            IdleReason::Repeats => format!("{length} of the same again"),
            IdleReason::Endless => "the same again, for ever".to_owned(),
            IdleReason::Other => format!("{length} of nothing"),
        }
    },
    for_ever: "for ever",
    playhead: "Playhead",
    backoff_name: |wait| {
        let nth = (FORMAT.ordinal)(wait.failures);
        let early = if wait.was_cut_short() { ", ended early" } else { "" };
        format!(
            "Back-off of {} after the {nth} failure in a row, until {}{early}",
            FORMAT.span(wait.length),
            FORMAT.clock_exact(wait.until)
        )
    },
    end: EndWords {
        killed: |because| match because {
            DeletedBecause::TooMany => "too many",
            DeletedBecause::WrongIndex => "wrong index",
            DeletedBecause::Suspended => "suspended",
            DeletedBecause::JobEnds => "Job ends",
        },
        vanished: "gone",
        never_ran: "never ran",
        preempted: "preempted",
        evicted: "evicted",
        ignored: "ignored",
    },
    grace_label: |grace| format!("grace {}", FORMAT.span(grace)),
    gone: |because| match because {
        GoneBecause::Ttl => "deleted by its Job's TTL",
        GoneBecause::Cascade => "deleted with its Job",
        GoneBecause::Outside => "deleted from outside",
        GoneBecause::Controller => "deleted by the Job controller",
        GoneBecause::NeverScheduled => "removed, for it never had a node",
    },
    logs_gone: "logs gone",
    bar: BarWords {
        attempt: |index, number| match index {
            Some(index) => format!("attempt {number} of index {index}"),
            None => format!("attempt {number}"),
        },
        doing: |segment| match segment {
            Some(SegmentKind::Running) => "running",
            Some(SegmentKind::Terminating { .. }) => "terminating",
            Some(SegmentKind::AwaitingRestart { .. }) => "waits for its restart",
            Some(SegmentKind::Pending | SegmentKind::Waiting(_)) | None => "pending",
        },
        ended: |how| match how {
            PodEnding::Succeeded => "succeeded",
            PodEnding::Failed => "failed",
            PodEnding::Vanished => "gone before its end",
        },
        exit_code: |code| format!("exit code {code}"),
        oom: "killed for its memory",
        ran: |time| format!("ran {time}"),
        restarted: |times| match times {
            1 => "restarted once".to_owned(),
            _ => format!("restarted {times} times"),
        },
        counted: |number, limit| match limit {
            Some(limit) => format!("counted: {number} of {limit}"),
            None => "counted".to_owned(),
        },
        ignored: |rule| format!("ignored by rule {}", rule + 1),
    },
    press_enter: "Press Enter for why.",
    restart_name: |number| format!("container restart {number}"),
    sync: SyncWords {
        acted: |is_ttl, at| format!("{} at {at}", if is_ttl { "TTL controller" } else { "Job controller" }),
        wrote: "wrote",
        nothing_to_do: "nothing to do",
        verdict,
    },
    failed: |number| format!("{} failed", count(number)),
    ttl: "TTL",
    deleted: "deleted",
    deleted_by: |by| match by {
        DeletedBy::Ttl => "Job deleted by its TTL",
        DeletedBy::Outside => "Job deleted from outside",
        DeletedBy::CronJob => "Job deleted by its CronJob",
        DeletedBy::Cascade => "Job deleted with its CronJob",
    },
    alive_at_once: |alive| format!("{} alive at once", count(alive)),
    condition: |condition, is_true| match (condition, is_true) {
        (ConditionType::Suspended, true) => "suspended",
        (ConditionType::Suspended, false) => "resumed",
        _ => condition.as_str(),
    },
    tick_fate: |fate| match fate {
        Fate::Started { job, .. } => format!("Job {}", job.0),
        Fate::Forbidden => "held back".to_owned(),
        Fate::Missed => "missed".to_owned(),
    },
    tick: |fate| match fate {
        Fate::Started { job, missed: 0 } => format!("Job {} started", job.0),
        Fate::Started { job, missed: 1 } => format!("Job {} started, 1 time before it missed", job.0),
        Fate::Started { job, missed } => format!("Job {} started, {missed} times before it missed", job.0),
        Fate::Forbidden => "held back, a run is active".to_owned(),
        Fate::Missed => "missed, too late".to_owned(),
    },
    cells: |state, number| format!("{} {}", count(number as i64), cell_state(state)),
    listed: |cells| format!(": {}", cells.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")),
    cell: CellWords {
        state: cell_state,
        exit_code: |code| format!("exit {code}"),
        attempt: |number| format!("attempt {number}"),
    },
    go_to: |is_index| if is_index { "Go to index" } else { "Go to pod" },
    many: ManyWords {
        what: many,
        part: |of, from, to| format!("{} {} to {}", many(of), count(from as i64), count(to as i64)),
        state: state_of_many,
        go_to: |of| match of {
            Many::Jobs => "Go to Job number",
            Many::CronJobs => "Go to CronJob number",
            Many::Ticks(_) => "Go to scheduled time number",
            Many::Inputs => "Go to input number",
        },
        one: |of, number, all| {
            let what = match of {
                Many::Jobs => "Job",
                Many::CronJobs => "CronJob",
                Many::Ticks(_) => "Scheduled time",
                Many::Inputs => "Input",
            };
            format!("{what} {} of {}", count(number as i64), count(all as i64))
        },
        strip: "All of them in one strip. Press, drag or use the arrow keys to choose the part below.",
        opens: "Press Enter to open it.",
        more_here: |number| format!("{} more at this place: press again for the next one.", count(number as i64)),
    },
    bands: "All of them in one strip. Press, drag or use the arrow keys to choose the part below.",
    fault,
    fault_name: |of| {
        let effect = match (of.disabled, of.no_effect.is_some(), of.refused.is_some()) {
            (true, ..) => " Switched off.",
            (_, true, _) => " It did nothing.",
            (.., true) => " The API server refuses it.",
            _ => "",
        };
        format!("{} at {}.{effect} Drag it, or use the arrow keys, to move it.", fault(of), FORMAT.clock(of.at))
    },
    nearest: |at, why| format!("At {} instead: {}", FORMAT.clock_exact(at), (REASON.no_effect)(why)),
    moved_by: |later, by| format!("{} {}", FORMAT.span(by), if later { "later" } else { "earlier" }),
    remove: "Remove",
    disable: "Switch off",
    enable: "Switch on",
    break_it: "Break it",
    pod_fault: |fault| match fault {
        PodFault::Fail => "Kill a pod",
        PodFault::OomKill => "OOM",
        PodFault::Evict => "Evict",
        PodFault::NodePressure => "Node pressure",
        PodFault::Preempt => "Preempt",
        PodFault::Delete => "Delete",
    },
    pod_fault_on: |fault, pod| match fault {
        PodFault::Fail => format!("Kill pod {pod}: exit 1"),
        PodFault::OomKill => format!("Kill pod {pod} for its memory"),
        PodFault::Evict => format!("Evict pod {pod}"),
        PodFault::NodePressure => format!("Evict pod {pod} under node pressure"),
        PodFault::Preempt => format!("Preempt pod {pod}"),
        PodFault::Delete => format!("Delete pod {pod}"),
    },
    pod_fault_later: |fault, pod, at| {
        format!(
            "{}, at {}: none can be hit at this moment",
            (TIMELINE.pod_fault_on)(fault, pod),
            FORMAT.clock_exact(at)
        )
    },
    faults: &FAULTS,
    restart_controllers: "Restart controllers",
    menu: |of| format!("What can happen to {of}"),
    menu_words: MenuWords {
        exit: "exit",
        grace: "grace",
        exit_code: "Exit with code",
        grace_seconds: "Grace, seconds",
        own: "its own",
        now: "at",
        suspend: "Suspend",
        resume: "Resume",
        scale: "parallelism",
        deadline: "activeDeadlineSeconds",
        delete_job: "Delete the Job",
        cascade: "cascade",
        close: "Close",
        job_is_over: "The Job is over.",
        run_now: "Run now",
        schedule: "New schedule",
        delete_cron_job: "Delete the CronJob",
        cron_job_is_gone: "The CronJob is not there at this moment.",
    },
    rows_words: RowsWords {
        tools: "How the pods are shown",
        order: "Order of the pods",
        by: |order| match order {
            RowOrder::Creation => "By creation",
            RowOrder::Index => "By index",
            RowOrder::Outcome => "By outcome",
        },
        no_order: "Cells stand in the order of their numbers",
        group: |outcome, count| {
            let words = match outcome {
                RowOutcome::Failed => "Failed",
                RowOutcome::Vanished => "Deleted",
                RowOutcome::Open => "Not over",
                RowOutcome::Succeeded => "Succeeded",
            };
            format!("{words} · {count}")
        },
        as_table: "Table",
        there: |there, all| format!("{} of {} pods", count(there as i64), count(all as i64)),
        none_there: "No pods at this moment",
        index: "Index",
        outcome: "Outcome",
        find: "Find a pod",
        find_by: "Number, index or name",
        found: |number, of| if of == 0 { "No such pod".to_owned() } else { format!("{number} of {of}") },
    },
    depth: &DEPTH,
    overview: "Overview, true scale",
    edges: ["Start of what is shown", "End of what is shown"],
    story: "What happened, in order of time",
    happening,
};

fn failures(number: u32) -> String {
    if number == 1 { "1 failure".to_owned() } else { format!("{} failures", count(number)) }
}

fn times(number: u32) -> String {
    match number {
        0 => "not even once".to_owned(),
        1 => "once and try again".to_owned(),
        _ => format!("{} times and try again", count(number)),
    }
}

fn cell_state(state: CellState) -> &'static str {
    match state {
        CellState::NotStarted => "not started",
        CellState::Succeeded => "succeeded",
        CellState::Running => "running",
        CellState::Pending => "pending",
        CellState::Waiting => "waiting",
        CellState::Terminating => "terminating",
        CellState::Failed => "failed",
    }
}

fn many(of: Many) -> &'static str {
    match of {
        Many::Jobs => "Jobs",
        Many::CronJobs => "CronJobs",
        Many::Ticks(_) => "Scheduled times",
        Many::Inputs => "Inputs",
    }
}

fn state_of_many(of: Many, state: CellState) -> &'static str {
    match (of, state) {
        (Many::Jobs | Many::CronJobs, CellState::NotStarted) => "not created yet",
        (Many::Jobs, CellState::Running) => "active",
        (Many::Jobs, CellState::Waiting) => "suspended",
        (Many::Jobs, CellState::Terminating) => "finishing",
        (Many::Jobs, CellState::Succeeded) => "complete",
        (Many::Jobs, CellState::Pending) => "deleted before the end",
        (Many::CronJobs, CellState::Running) => "with an active run",
        (Many::CronJobs, CellState::Failed) => "last time not started",
        (Many::CronJobs, _) => "between runs",
        (Many::Ticks(_) | Many::Inputs, CellState::NotStarted) => "still to come",
        (Many::Ticks(_), CellState::Succeeded) => "started",
        (Many::Ticks(_), CellState::Waiting) => "held back",
        (Many::Ticks(_), _) => "missed",
        (Many::Inputs, CellState::Succeeded) => "happened",
        (Many::Inputs, CellState::Pending) => "switched off",
        (Many::Inputs, _) => "without effect",
        (Many::Jobs, CellState::Failed) => "failed",
    }
}

fn verdict(verdict: Verdict) -> String {
    match verdict {
        Verdict::HeldBack(wait) => format!("wait {}", FORMAT.span(wait)),
        Verdict::IndexHeldBack { index, wait } => format!("index {index} waits {}", FORMAT.span_rounded(wait)),
        Verdict::Refused { used, limited } => format!("quota {used} of {limited}"),
        Verdict::Condition(ConditionType::Complete) => "complete".to_owned(),
        Verdict::Condition(ConditionType::Failed) => "failed".to_owned(),
        Verdict::Suspended => "suspended".to_owned(),
        Verdict::Resumed => "resumed".to_owned(),
        Verdict::Condition(_) => "ends it".to_owned(),
        Verdict::Deletes => "delete".to_owned(),
    }
}

fn fault(fault: &Fault) -> String {
    let pod = fault.pod.map_or("a pod".to_owned(), |pod| format!("pod {}", pod.0));
    match &fault.action {
        InputAction::Fail { exit_code: 1, .. } => format!("Fault injected: {pod} killed"),
        InputAction::Fail { exit_code, .. } => format!("Fault injected: {pod} ended, exit {exit_code}"),
        InputAction::OomKill(_) => format!("Fault injected: {pod} out of memory"),
        InputAction::Evict(_) => format!("Fault injected: {pod} evicted"),
        InputAction::Preempt(_) => format!("Fault injected: {pod} preempted"),
        InputAction::NodePressureEvict(_) => format!("Fault injected: pressure on the node of {pod}"),
        InputAction::DeletePod { .. } => format!("Injected: {pod} deleted"),
        InputAction::Delete { target, cascade: Cascade::Background } => {
            format!("Injected: {} deleted", target.kind.as_str())
        }
        InputAction::Delete { target, cascade } => {
            format!("Injected: {} deleted, {}", target.kind.as_str(), cascade.as_str())
        }
        InputAction::Patch { patch, .. } if fault.refused.is_some() => match patched_fields(patch) {
            fields if fields.is_empty() => "Refused: the patch".to_owned(),
            fields => format!("Refused: {}", fields.join(", ")),
        },
        InputAction::Create(_) if fault.refused.is_some() => "Refused: a new Job".to_owned(),
        InputAction::Create(_) => "Injected: a Job created".to_owned(),
        InputAction::Patch { patch, .. } => match patched_fields(patch) {
            fields if fields.is_empty() => "Injected: patched".to_owned(),
            fields => format!("Injected: {} set", fields.join(", ")),
        },
        InputAction::RestartControllers => "Injected: controllers restarted".to_owned(),
        InputAction::Cordon(node) => format!("Injected: {} cordoned", called::node(node)),
        InputAction::Uncordon(node) => format!("Injected: {} uncordoned", called::node(node)),
        InputAction::Drain(node) => format!("Injected: {} drained", called::node(node)),
        InputAction::Taint { node, change: TaintChange::Add(taint) } => {
            format!("Injected: {} tainted {taint}", called::node(node))
        }
        InputAction::Taint { node, change } => format!("Injected: taint {change} taken off {}", called::node(node)),
        InputAction::NodeLost(node) => format!("Fault injected: {} lost", called::node(node)),
        InputAction::NodeBack(node) => format!("Injected: {} back", called::node(node)),
        InputAction::NodeAdd(group) => match group.ends() {
            (first, None) => format!("Injected: {} joined", called::node(&first)),
            (first, Some(last)) => format!("Injected: {} to {} joined", called::node(&first), called::node(&last)),
        },
        InputAction::NodeDelete(node) => format!("Fault injected: {} deleted", called::node(node)),
        InputAction::Provide(what) => format!("Injected: {what} provided"),
    }
}

fn happening(happening: &Happening) -> Sentence {
    let ended = |phase| if phase == Phase::Succeeded { "succeeded" } else { "failed" };
    match *happening {
        Happening::JobCreated(_) => say!("Job created"),
        Happening::PodsCreated(first, 1) => say!("*{}* created", pod(first)),
        Happening::PodsCreated(_, number) => say!("*{} pods* created", number.to_string()),
        Happening::PodRuns(id) => say!("*{}* runs", pod(id)),
        Happening::Waits(id, waiting) => say!("*{}* {}", pod(id), waiting.to_string()),
        Happening::ContainerRuns(id, ref name) => say!("*{}*: {} runs", pod(id), name.to_string()),
        Happening::ContainerEnded(id, ref name, code) => {
            say!("*{}*: {} ended, exit{}{}", pod(id), name.to_string(), NO_BREAK.to_string(), code.to_string())
        }
        Happening::Restarted(id, number) => say!("*{}* runs again, restart {}", pod(id), number.to_string()),
        Happening::WillRestart(id, wait) => {
            say!("*{}* ended, restarts in place after *{}*", pod(id), FORMAT.span(wait))
        }
        Happening::PodEnded { pod: id, phase, exit_code: Some(code), .. } => {
            say!("*{}* {}, exit{}{}", pod(id), ended(phase), NO_BREAK.to_string(), code.to_string())
        }
        Happening::PodEnded { pod: id, phase, exit_code: None, .. } => say!("*{}* {}", pod(id), ended(phase)),
        Happening::KeptBack(id, what) => say!("*{}* {}", pod(id), what),
        Happening::StopUnheard(id, ref node) => {
            say!("*{}* is to stop; {} does not hear of it", pod(id), node.to_string())
        }
        Happening::NodeNotReady(ref node) => say!("*{}* is not heard of: NotReady", node.to_string()),
        Happening::NodeTainted(ref node, Some(stay)) => {
            say!("*{}* tainted NoExecute; its pods stay *{}* more", node.to_string(), FORMAT.span(stay))
        }
        Happening::NodeTainted(ref node, None) => say!("*{}* tainted NoExecute", node.to_string()),
        Happening::PodStops(id) => say!("*{}* is told to stop", pod(id)),
        Happening::PodsGone { first, count: 1, had_logs: true } => say!("*{}* is gone, with its logs", pod(first)),
        Happening::PodsGone { first, count: 1, .. } => say!("*{}* is gone; nothing of it ever ran", pod(first)),
        Happening::PodsGone { count, had_logs: true, .. } => {
            say!("*{} pods* are gone, with their logs", count.to_string())
        }
        Happening::PodsGone { count, .. } => say!("*{} pods* are gone; nothing of them ever ran", count.to_string()),
        Happening::Counted(number, Some(limit)) => say!("Counted: *{} of {}*", number, limit),
        Happening::Counted(number, None) => say!("Counted: *{}*", number),
        Happening::HeldBack(wait) => say!("Wait *{}*", FORMAT.span(wait)),
        Happening::Condition(condition, reason) => say!("*{}* {}", condition.as_str(), reason),
        Happening::JobGone(_, true) => say!("Job deleted by its TTL"),
        Happening::JobGone(_, false) => say!("Job deleted"),
        Happening::Input(_) => Sentence::default(),
    }
}

fn pod(pod: PodId) -> String {
    format!("Pod{NO_BREAK}{}", pod.0)
}
