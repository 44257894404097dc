//! English words of the timeline.

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
    timeline: "Timeline",
    outcome: "Outcome",
    active: "Still active",
    suspended: "Suspended",
    deleted_early: "Deleted before it was over",
    took: "took",
    pods: |number| if number == 1 { "pod" } else { "pods" },
    failures_used: "failures used",
    restarts_used: "restarts used",
    pod_time: "pod time",
    logs_readable: "logs readable",
    length: |length| {
        let text = FORMAT.span_rounded(length);
        match text.split_once(NO_BREAK) {
            Some((figure, unit)) => Figure { figure: figure.to_owned(), unit: unit.to_owned(), before: "" },
            None => Figure { figure: text, unit: String::new(), before: "" },
        }
    },
    used_of: |used, limit| Figure {
        figure: count(used),
        unit: limit.map_or(String::new(), |limit| format!("of {}", count(limit))),
        before: "",
    },
    until: |until| match until {
        Some(at) => Figure { figure: FORMAT.clock_short(at), unit: String::new(), before: "until" },
        None => Figure { figure: "to the end".to_owned(), unit: String::new(), before: "" },
    },
    at: "At",
    completions: "Completions",
    completions_read: |completions| match completions {
        Completions::Pods { done, needed } => format!("{} of {}", count(*done), count(*needed)),
        Completions::Indexes { done, count: all, .. } => format!("{} of {}", count(done.len()), count(*all)),
        Completions::WorkQueue { done, active } => format!("{} done, {} active", count(*done), count(*active)),
    },
    budget: |budget| match budget.counts {
        BudgetOf::Failures => "Failure budget",
        BudgetOf::Restarts => "Container restarts",
        BudgetOf::FailedIndexes { .. } | BudgetOf::PerIndex { .. } => "Failed indexes",
    },
    budget_read: |budget| match budget.counts {
        BudgetOf::PerIndex { per_index } => format!("{}, {} per index", count(budget.used), failures(per_index)),
        _ if budget.is_spent() => format!("{} used, spent", count(budget.used)),
        _ => format!("{} used, {} left", count(budget.used), count(budget.left())),
    },
    ends_the_job: "ends the Job",
    budget_name: |budget| {
        let (used, left, last) = (count(budget.used), count(budget.left()), budget.allowed.saturating_add(1));
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
    deadline_read: |fuse| {
        let Some(fuse) = fuse else { return [String::new(), "not set".to_owned(), String::new()] };
        let at = |length: Span| FORMAT.clock_short(crate::time::Time::ZERO + length);
        [String::new(), at(fuse.left()), format!(" of {} left", at(fuse.total))]
    },
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
            IdleReason::Other => format!("{length} of nothing"),
        }
    },
    playhead: "Playhead",
    wait_label: |wait| {
        if wait.was_cut_short() {
            format!("{} of {}", FORMAT.span_rounded(wait.ended - wait.from), FORMAT.span(wait.length))
        } else {
            FORMAT.span(wait.length)
        }
    },
    wait_name: |wait| {
        let nth = (FORMAT.ordinal)(wait.failures);
        let early = if wait.was_cut_short() { ", ended early" } else { "" };
        format!(
            "Back-off of {} after the {nth} failure in a row, until {}{early}",
            FORMAT.span(wait.length),
            FORMAT.clock_exact(wait.until)
        )
    },
    end_label,
    grace_label: |grace| format!("grace {}", FORMAT.span(grace)),
    gone: |because| match because {
        GoneBecause::Ttl => "deleted by its Job's TTL, logs gone",
        GoneBecause::Cascade => "deleted with its Job, logs gone",
        GoneBecause::Outside => "deleted from outside, logs gone",
        GoneBecause::Controller => "deleted by the Job controller, logs gone",
        GoneBecause::NeverScheduled => "removed, for it never had a node",
    },
    bar_name,
    press_enter: "Press Enter for why.",
    restart_name: |number| format!("container restart {number}"),
    sync_label,
    sync_name: |sync| {
        let what = if sync.wrote { "wrote" } else { "nothing to do" };
        let said = sync_label(sync).map_or(String::new(), |label| format!(", {label}"));
        let who = if sync.is_ttl { "TTL controller" } else { "Job controller" };
        format!("{who} at {}, {what}{said}", FORMAT.clock_exact(sync.mark.at))
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
    tick_label: |fate| match fate {
        Fate::Started { job, .. } => format!("Job {}", job.0),
        Fate::Forbidden => "held back".to_owned(),
        Fate::Missed => "missed".to_owned(),
    },
    tick: |fate| match fate {
        Fate::Started { job, missed: 0 } => format!("Job {} started", job.0),
        Fate::Started { job, missed } => format!("Job {} started, {missed} times missed", job.0),
        Fate::Forbidden => "held back, a run is active".to_owned(),
        Fate::Missed => "missed, too late".to_owned(),
    },
    cells: |state, number| {
        let number = count(number as i64);
        match state {
            CellState::NotStarted => format!("{number} not started"),
            CellState::Succeeded => format!("{number} succeeded"),
            CellState::Running => format!("{number} running"),
            CellState::Pending => format!("{number} pending"),
            CellState::Waiting => format!("{number} waiting"),
            CellState::Terminating => format!("{number} terminating"),
            CellState::Failed => format!("{number} failed"),
        }
    },
    listed: |cells| format!(": {}", cells.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")),
    cell_name,
    go_to: |is_index| if is_index { "Go to index" } else { "Go to pod" },
    bands: "All of them in one strip. Press, drag or use the arrow keys to choose the part below.",
    fault,
    fault_name: |of| {
        let effect = match (of.disabled, of.no_effect.is_some()) {
            (true, _) => " Switched off.",
            (false, true) => " It did nothing.",
            (false, false) => "",
        };
        format!(
            "Your fault: {} at {}.{effect} Drag it, or use the arrow keys, to move it.",
            fault(of),
            FORMAT.clock(of.at)
        )
    },
    did_nothing: "did nothing",
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
        format!("{}, at {}: none can be hit before", (TIMELINE.pod_fault_on)(fault, pod), FORMAT.clock_exact(at))
    },
    restart_controllers: "Restart controllers",
    menu: |of| format!("What can happen to {of}"),
    menu_words: MenuWords {
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
    },
    overview: "Overview, true scale",
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

fn end_label(end: &EndCap) -> String {
    if let Some(because) = end.killed {
        return match because {
            DeletedBecause::TooMany => "too many",
            DeletedBecause::WrongIndex => "wrong index",
            DeletedBecause::Suspended => "suspended",
            DeletedBecause::JobEnds => "Job ends",
        }
        .to_owned();
    }
    let mut label = match (end.how, end.exit_code) {
        (Ending::Vanished, _) => return "gone".to_owned(),
        (_, Some(code)) => format!("exit{NO_BREAK}{code}"),
        (_, None) => "never ran".to_owned(),
    };
    if end.oom {
        label = format!("OOM, {label}");
    }
    match end.disruption {
        Some(DisruptionReason::PreemptionByScheduler) => label = format!("preempted, {label}"),
        Some(_) => label = format!("evicted, {label}"),
        None => {}
    }
    match end.counted.map(|counted| counted.counted) {
        Some(CountedAs::Ignored { .. }) => format!("{label}, ignored"),
        _ => label,
    }
}

fn bar_name(bar: &Bar, limit: Option<u32>) -> String {
    let mut name = format!("Pod {}", bar.pod.0);
    match bar.birth.index {
        Some(index) => name += &format!(", attempt {} of index {index}", bar.birth.attempt),
        None => name += &format!(", attempt {}", bar.birth.attempt),
    }
    match bar.end {
        None => {
            name += match bar.segments.last().map(|segment| segment.kind) {
                Some(SegmentKind::Running) => ", running",
                Some(SegmentKind::Terminating { .. }) => ", terminating",
                Some(SegmentKind::AwaitingRestart { .. }) => ", waits for its restart",
                Some(SegmentKind::Pending) | None => ", pending",
            };
        }
        Some(end) => {
            name += match end.how {
                Ending::Succeeded => ", succeeded",
                Ending::Failed => ", failed",
                Ending::Vanished => ", gone before its end",
            };
            if let Some(code) = end.exit_code {
                name += &format!(", exit code {code}");
            }
            if end.oom {
                name += ", killed for its memory";
            }
            if let Some(disruption) = end.disruption {
                name += &format!(", {}", disruption.as_str());
            }
        }
    }
    if bar.first_run().is_some() {
        name += &format!(", ran {}", FORMAT.span_rounded(bar.run_time()));
    }
    if let Some(restart) = bar.restarts.last() {
        name += &format!(", restarted {} times", restart.number);
    }
    if let Some(counted) = bar.end.and_then(|end| end.counted) {
        match (counted.counted, limit) {
            (CountedAs::Failed, Some(limit)) => name += &format!(", counted: {} of {limit}", counted.number),
            (CountedAs::Failed, None) => name += ", counted",
            (CountedAs::Ignored { rule }, _) => name += &format!(", ignored by rule {rule}"),
            (CountedAs::Succeeded | CountedAs::Nothing, _) => {}
        }
    }
    name + "."
}

fn cell_name(of: RowOf, state: CellState, pod: Option<Attempt>) -> String {
    let mut name = (TIMELINE.row)(of, 1).0.replace(NO_BREAK, " ");
    name += match state {
        CellState::NotStarted => ", not started",
        CellState::Succeeded => ", succeeded",
        CellState::Running => ", running",
        CellState::Pending => ", pending",
        CellState::Waiting => ", waiting",
        CellState::Terminating => ", terminating",
        CellState::Failed => ", failed",
    };
    if let Some(Attempt { number, exit_code }) = pod {
        name += &exit_code.map_or(String::new(), |code| format!(", exit {code}"));
        name += &format!(", attempt {number}. {}", TIMELINE.press_enter);
    }
    name
}

fn sync_label(sync: &SyncMark) -> Option<String> {
    Some(match sync.verdict? {
        Verdict::HeldBack(wait) => format!("wait {}", FORMAT.span(wait)),
        Verdict::IndexHeldBack { index, wait } => format!("index {index} waits {}", FORMAT.span_rounded(wait)),
        Verdict::Refused { used, limited } => format!("quota {used} of {limited}"),
        Verdict::Condition(ConditionType::Complete) => "complete".to_owned(),
        Verdict::Condition(ConditionType::Failed) => "failed".to_owned(),
        Verdict::Suspended => "suspended".to_owned(),
        Verdict::Resumed => "resumed".to_owned(),
        Verdict::Condition(_) => "ends it".to_owned(),
        Verdict::Deletes => "delete".to_owned(),
    })
}

fn fault(fault: &Fault) -> String {
    let pod = fault.pod.map_or("a pod".to_owned(), |pod| format!("pod {}", pod.0));
    match &fault.verb {
        InputAction::Fail { exit_code: 1, .. } => format!("You killed {pod}"),
        InputAction::Fail { exit_code, .. } => format!("You ended {pod}, exit {exit_code}"),
        InputAction::OomKill(_) => format!("You took the memory of {pod}"),
        InputAction::Evict(_) => format!("You evicted {pod}"),
        InputAction::Preempt(_) => format!("You preempted {pod}"),
        InputAction::NodePressureEvict(_) => format!("You put pressure on the node of {pod}"),
        InputAction::DeletePod { .. } => format!("You deleted {pod}"),
        InputAction::Delete { target, cascade } => {
            let how = match cascade {
                Cascade::Background => "",
                Cascade::Foreground => ", foreground",
                Cascade::Orphan => ", orphan",
            };
            format!("You deleted the {}{how}", target.kind.as_str())
        }
        InputAction::Create(_) => "You created a Job".to_owned(),
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
            if fields.is_empty() { "You patched it".to_owned() } else { format!("You set {}", fields.join(", ")) }
        }
        InputAction::RestartControllers => "You restarted the controllers".to_owned(),
    }
}

fn happening(happening: &Happening) -> Vec<(bool, String)> {
    let pod = |pod: crate::api::PodId| (true, format!("Pod{NO_BREAK}{}", pod.0));
    let text = |words: &str| (false, words.to_owned());
    match happening {
        Happening::JobCreated(_) => vec![text("Job created")],
        Happening::PodsCreated(first, 1) => vec![pod(*first), text(" created")],
        Happening::PodsCreated(_, number) => vec![(true, format!("{number} pods")), text(" created")],
        Happening::PodRuns(of) => vec![pod(*of), text(" runs")],
        Happening::Restarted(of, number) => vec![pod(*of), (false, format!(" runs again, restart {number}"))],
        Happening::WillRestart(of, wait) => {
            vec![pod(*of), text(" ended, restarts in place after "), (true, FORMAT.span(*wait))]
        }
        Happening::PodEnded { pod: of, phase, exit_code, .. } => {
            let how = if *phase == Phase::Succeeded { " succeeded" } else { " failed" };
            let code = exit_code.map_or(String::new(), |code| format!(", exit{NO_BREAK}{code}"));
            vec![pod(*of), (false, format!("{how}{code}"))]
        }
        Happening::PodStops(of) => vec![pod(*of), text(" is told to stop")],
        Happening::PodsGone(of, 1) => vec![pod(*of), text(" is gone, with its logs")],
        Happening::PodsGone(_, number) => vec![(true, format!("{number} pods")), text(" are gone, with their logs")],
        Happening::Counted(number, limit) => {
            let limit = limit.map_or(String::new(), |limit| format!(" of {}", count(limit)));
            vec![text("Counted: "), (true, count(*number) + &limit)]
        }
        Happening::HeldBack(wait) => vec![text("Wait "), (true, FORMAT.span(*wait))],
        Happening::Condition(condition, reason) => {
            vec![(true, condition.as_str().to_owned()), (false, format!(" {reason}"))]
        }
        Happening::JobGone(_, true) => vec![text("Job deleted by its TTL")],
        Happening::JobGone(_, false) => vec![text("Job deleted")],
        Happening::Input(_) => Vec::new(),
    }
}
