//! 简体中文：课程的检查，以及课程有什么问题。

use super::format::FORMAT;
use crate::cluster::input::{JobSelector, PodName, PodSelector};
use crate::lessons::{FaultKind, Observation, Seen, each_lesson};
use crate::limits::{LESSON_LINK_LETTERS, LESSON_PODS, LESSON_STEPS};
use crate::scenario::lesson::{
    Bounds, Check, Count, Counted, Expectation, JobChange, JobState, Moment, Peak, PodChange, ScheduleChange,
};
use crate::texts::Lang;
use crate::texts::lessons::{
    BuiltInLessonWords, LessonFaultWords, LessonWords, a_job, container_meant, instant, shown,
};

macro_rules! prose {
    ($($world:literal: $($id:literal),*;)*) => { &[$($(($id, include_str!(concat!("lessons/", $id, ".yaml")))),*),*] };
}

pub(in crate::texts) static LESSONS: LessonWords = LessonWords {
    format: &FORMAT,
    wanted,
    moment,
    sentence,
    state,
    no_job: "没有这个 Job",
    comes: |at| at.to_owned(),
    never: "没有出现",
    logs_readable: "可以读取",
    logs_no_pod: "没有这个 Pod",
    logs_not_started: "尚未启动",
    logs_out_of_reach: "节点失联",
    logs_gone: |since| format!("{since} 起已消失"),
    absent: "不存在",
    accepted: "已接受",
    refused: "被拒绝",
    world: |id| match id {
        "counting" => "数一数",
        "stuck" => "卡住",
        "gone" => "不见了",
        "disruption" => "干扰",
        _ => "规约与调度",
    },
};

pub(in crate::texts) static LESSON_FAULTS: LessonFaultWords = LessonFaultWords { fault };

pub(in crate::texts) static BUILT_IN_LESSONS: BuiltInLessonWords = BuiltInLessonWords { prose: each_lesson!(prose) };

fn state(state: JobState, reason: Option<&str>) -> String {
    let word = match state {
        JobState::Complete => "Complete",
        JobState::Failed => "Failed",
        JobState::Suspended => "已挂起",
        JobState::Active => "活动中",
        JobState::Deleted => "已删除",
    };
    reason.map_or_else(|| word.to_owned(), |reason| format!("{word}（{reason}）"))
}

fn sentence(check: &Check, observation: &Observation) -> String {
    let seen = Lang::Zh.lessons().seen(observation);
    let wanted = wanted(check);
    match (check, &observation.seen) {
        // 没有指定 Pod 时，由所见说明是哪一个。
        (Check::Logs { pods, at, .. }, Seen::Logs(Some(birth), _)) if *pods == PodSelector::default() => {
            let logs = logs_of(birth.index, birth.attempt);
            let at = at.map_or_else(String::new, |at| format!("（在 {}）", FORMAT.clock_exact(at)));
            format!("{logs}{at}：{seen}")
        }
        (Check::Logs { .. }, _) => format!("{wanted}：{seen}"),
        (Check::All(checks), Seen::Parts(parts)) => joined(checks, parts, "；"),
        (Check::Any(checks), Seen::Parts(parts)) => joined(checks, parts, "；或者"),
        (Check::Not(check), Seen::Parts(parts)) => {
            format!("不应当：{}", parts.first().map_or_else(String::new, |part| sentence(check, part)))
        }
        (Check::Moment { .. }, Seen::Moment(Some(_))) => format!("想要：{wanted}，实际出现在 {seen}"),
        _ => format!("想要：{wanted}，实际：{seen}"),
    }
}

fn logs_of(index: Option<u32>, attempt: u32) -> String {
    match index {
        Some(index) => format!("索引 {index} 第 {attempt} 次尝试的日志"),
        None => format!("第 {attempt} 次尝试的日志"),
    }
}

fn joined(checks: &[Check], parts: &[Observation], between: &str) -> String {
    let each: Vec<String> = checks.iter().zip(parts).map(|(check, part)| sentence(check, part)).collect();
    each.join(between)
}

fn wanted(check: &Check) -> String {
    let at = instant(check).map_or_else(String::new, |at| format!("（在 {}）", FORMAT.clock_exact(at)));
    match check {
        Check::Count { what, number, .. } => format!("{}{at}", counted(what, *number)),
        Check::Peak { what, pods, number } => {
            let doing = if *what == Peak::Running { "运行" } else { "存活" };
            format!("{} 个 Pod", meet(&meet(&of(pods), &format!("同时{doing}")), &bounds(*number)))
        }
        Check::Job { job, is, reason, .. } => format!("{} {}{at}", a_job(job), state(*is, reason.as_deref())),
        Check::Moment { moment: what, after, before, never } => {
            let clock = |at| FORMAT.clock_exact(at);
            let window = match (*after, *before) {
                (Some(after), Some(before)) => format!("（{} 到 {} 之间）", clock(after), clock(before)),
                (Some(after), None) => format!("（不早于 {}）", clock(after)),
                (None, Some(before)) => format!("（不晚于 {}）", clock(before)),
                (None, None) => String::new(),
            };
            let no = if *never { "不出现：" } else { "" };
            format!("{no}{}{window}", moment(what))
        }
        Check::Logs { pods, .. } => format!("{}日志{at}", of(pods)),
        Check::Field { name, path, value, .. } => {
            let of = name.as_ref().map_or_else(String::new, |name| format!("{name} 的 "));
            let value = match value {
                Expectation::Is(value) => meet("为", &shown(value)),
                Expectation::Within(number) => meet("为", &bounds(*number)),
                Expectation::Absent => "不存在".to_owned(),
            };
            format!("{of}{path} {value}{at}")
        }
        Check::Accepted(true) => "清单被接受".to_owned(),
        Check::Accepted(false) => "清单被拒绝".to_owned(),
        Check::Refused(number) => format!("第 {number} 个输入被拒绝"),
        Check::All(checks) => checks.iter().map(wanted).collect::<Vec<_>>().join("，并且"),
        Check::Any(checks) => checks.iter().map(wanted).collect::<Vec<_>>().join("，或者"),
        Check::Not(check) => format!("不是：{}", wanted(check)),
    }
}

fn bounds(bounds: Bounds) -> String {
    match (bounds.at_least, bounds.at_most) {
        (Some(least), Some(most)) if least == most => least.to_string(),
        (Some(least), Some(most)) => format!("{least} 到 {most}"),
        (Some(least), None) => format!("至少 {least}"),
        (None, Some(most)) => format!("至多 {most}"),
        (None, None) => "任意".to_owned(),
    }
}

fn counted(what: &Count, number: Bounds) -> String {
    let noun = match what.of {
        Counted::Pods => "个 Pod",
        Counted::Succeeded => "个成功的 Pod",
        Counted::Failed => "个失败的 Pod",
        Counted::Ignored => "次被忽略的失败",
        Counted::Restarts => "次重启",
        Counted::Runs => "次结束的运行",
        Counted::Jobs => "个 Job",
    };
    let code = what.exit_code.map_or_else(String::new, |code| format!("（退出码 {code}）"));
    format!("{} {noun}{code}", meet(&of(&what.pods), &bounds(number)))
}

/// 两段文字相接：一边是汉字，一边不是，中间空一格。
fn meet(left: &str, right: &str) -> String {
    let apart = match (left.chars().next_back(), right.chars().next()) {
        (Some(last), Some(first)) => last.is_ascii() != first.is_ascii(),
        _ => false,
    };
    format!("{left}{}{right}", if apart { " " } else { "" })
}

/// 哪些 Pod：“索引 1、第 2 次尝试的”。
fn of(pods: &PodSelector) -> String {
    let mut parts = Vec::new();
    match &pods.job {
        Some(JobSelector::Number(number)) => parts.push(format!("Job {number}")),
        Some(JobSelector::Name(name)) => parts.push(format!("Job {name}")),
        None => {}
    }
    match &pods.pod {
        Some(PodName::Number(number)) => parts.push(format!("Pod {number}")),
        Some(PodName::Name(name)) => parts.push(format!("Pod {name}")),
        None => {}
    }
    parts.extend(pods.node.as_ref().map(|name| format!("节点 {name}")));
    parts.extend(pods.index.as_ref().map(|index| format!("索引 {index}")));
    parts.extend(pods.attempt.map(|attempt| format!("第 {attempt} 次尝试")));
    parts.extend(pods.container.as_ref().map(|name| format!("容器 {name}")));
    let Some(last) = parts.last() else { return String::new() };
    let gap = if last.is_ascii() || last.ends_with(|letter: char| letter.is_ascii()) { " 的" } else { "的" };
    format!("{}{gap}", parts.join("、"))
}

fn moment(moment: &Moment) -> String {
    match moment {
        Moment::Pod { pods, is } => {
            let change = match is {
                PodChange::Created => "创建",
                PodChange::Running => "开始运行",
                PodChange::Succeeded => "成功",
                PodChange::Failed => "失败",
                PodChange::Terminating => "正在终止",
                PodChange::Deleted => "被删除",
            };
            match container_meant(pods, *is) {
                Some((name, others)) => meet(&meet(&of(&others), &format!("容器 {name}")), change),
                None => meet(&meet(&of(pods), "Pod"), change),
            }
        }
        Moment::Job { job, is } => {
            let change = match is {
                JobChange::Created => "创建",
                JobChange::Suspended => "挂起",
                JobChange::Resumed => "恢复",
                JobChange::FailureTarget => "FailureTarget",
                JobChange::SuccessCriteriaMet => "SuccessCriteriaMet",
                JobChange::Failed => "Failed",
                JobChange::Complete => "Complete",
                JobChange::Deleted => "被删除",
            };
            format!("{} {change}", a_job(job))
        }
        Moment::Schedule { number, is } => {
            let change = match is {
                ScheduleChange::Started => "启动",
                ScheduleChange::Held => "被推迟",
                ScheduleChange::Missed => "被错过",
            };
            format!("第 {number} 个计划时间的运行{change}")
        }
        Moment::Event { reason, nth: 1 } => format!("事件 {reason}"),
        Moment::Event { reason, nth } => format!("第 {nth} 个 {reason} 事件"),
        Moment::Count(what, number) => counted(what, Bounds::only(*number)),
        Moment::Input(number) => format!("第 {number} 个输入"),
        Moment::At(at) => FORMAT.clock_exact(*at),
    }
}

fn fault(fault: &FaultKind) -> String {
    match fault {
        FaultKind::Reading(code) => Lang::Zh.diagnostic(code),
        FaultKind::NoLesson => "没有 Lesson 文档：一节课以它结尾。".to_owned(),
        FaultKind::NoStart => "Lesson 之前没有可以运行的内容：缺少 Job 或 CronJob。".to_owned(),
        FaultKind::InputsUnordered => "课程的输入要按时间先后排列，这里不是。".to_owned(),
        FaultKind::TooLong { solution } => {
            let what = if *solution { "解法" } else { "起点" };
            format!("{what}的运行超过 {LESSON_STEPS} 步，或超过 {LESSON_PODS} 个 Pod 或 Job。")
        }
        FaultKind::Beyond => "这里要看的时刻在记录结束之后。请让 Scenario 的 until 更晚。".to_owned(),
        FaultKind::FewOptions => "一个问题至少需要两个选项。".to_owned(),
        FaultKind::NoneHolds => "在起点上没有一个选项成立。必须恰好有一个成立。".to_owned(),
        FaultKind::AlsoHolds { first } => format!("它在起点上成立，而 {first} 也成立。必须恰好有一个选项成立。"),
        FaultKind::CutNotReached => "这个时刻不会到来，问题就不会提出。".to_owned(),
        FaultKind::NothingLeft => "这个时刻之后什么都不再发生：问题提得太晚。".to_owned(),
        FaultKind::Leaks => "提问时显示的内容取决于之后发生的事。请换一个时刻。".to_owned(),
        FaultKind::NoStops => "有问题的课程至少需要一个停留点，让人看到答案。".to_owned(),
        FaultKind::StopNotReached => "这个时刻不会到来。".to_owned(),
        FaultKind::StopBeforeQuestion => "这个停留点在问题之前。".to_owned(),
        FaultKind::StopUnordered { above } => format!("这个停留点早于写在它上面的 {above}。"),
        FaultKind::GoalMet => "起点已经达到全部目标，没有什么可做。".to_owned(),
        FaultKind::NoSolution => "有目标就需要解法。".to_owned(),
        FaultKind::NoGoal => "有解法就需要目标。".to_owned(),
        FaultKind::InSolution(line, column, code) => {
            format!("解法的第 {line} 行第 {column} 列：{}", Lang::Zh.diagnostic(code))
        }
        FaultKind::LessonInSolution => "解法是改动后的起点，不带 Lesson。".to_owned(),
        FaultKind::GoalMissed(missed) => format!("解法没有达到这一点：{}。", sentence(&missed.0, &missed.1)),
        FaultKind::KeptChanged => "解法改动了这里，而它应当保持不变。".to_owned(),
        FaultKind::NoText => "没有文字：text 至少需要一种语言。".to_owned(),
        FaultKind::TextMissing { lang, path } => format!("{lang} 缺少 {path}。"),
        FaultKind::TextWithoutKey { lang, path } => format!("{lang} 有 {path}，而课程里没有与它对应的内容。"),
        FaultKind::TextTooLong { letters, most } => format!("这里有 {letters} 个字，最多 {most} 个。"),
        FaultKind::NamesCause { field } => {
            format!("这里提到了只有解法才有的 {field}。请写人们看到了什么，而不是为什么。")
        }
        FaultKind::LinkTooLong { letters } => {
            format!("这节课的链接有 {letters} 个字符，最多 {LESSON_LINK_LETTERS} 个。")
        }
        FaultKind::LinkDiffers => "这节课的链接打开的是另一段文本。".to_owned(),
        FaultKind::NoLessons => "Course 需要包含课程。".to_owned(),
        FaultKind::UnknownLesson(id) => format!("没有 {id} 这节课：既不是内置的，也不在这段文本里。"),
        FaultKind::SecondLesson(id) => format!("{id} 已经有了。每节课都有自己的 id。"),
        FaultKind::Unlisted(id) => format!("这段文本里有 {id}，而 Course 没有列出它。"),
    }
}
