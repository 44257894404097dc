//! English: checks of lessons, and what is wrong with a lesson.

use super::format::FORMAT;
use crate::cluster::input::{JobSelector, PodName, PodSelector};
use crate::lessons::{FaultKind, Observation, Seen, each_lesson};
use crate::limits::{LESSON_LINK_LETTERS, LESSON_PODS, LESSON_STEPS};
use crate::scenario::lesson::{
    Bounds, Check, Count, Counted, Expectation, JobChange, JobState, Moment, Peak, PodChange, ScheduleChange,
};
use crate::texts::lessons::{
    BuiltInLessonWords, LessonFaultWords, LessonWords, a_job, container_meant, instant, shown,
};
use crate::texts::{Lang, format::NO_BREAK};

macro_rules! prose {
    ($($world:literal: $($id:literal),*;)*) => { &[$($(($id, include_str!(concat!("lessons/", $id, ".yaml")))),*),*] };
}

pub(in crate::texts) static LESSONS: LessonWords = LessonWords {
    format: &FORMAT,
    wanted,
    moment,
    sentence,
    state,
    no_job: "no such Job",
    comes: |at| at.to_owned(),
    never: "never",
    logs_readable: "readable",
    logs_no_pod: "no such pod",
    logs_not_started: "not started",
    logs_out_of_reach: "node out of reach",
    logs_gone: |since| format!("gone since {since}"),
    absent: "not there",
    accepted: "accepted",
    refused: "refused",
    world: |id| match id {
        "counting" => "Counting",
        "stuck" => "Stuck",
        "gone" => "Gone",
        "disruption" => "Disruption",
        _ => "Specs and schedules",
    },
};

pub(in crate::texts) static LESSON_FAULTS: LessonFaultWords = LessonFaultWords { fault };

pub(in crate::texts) static BUILT_IN_LESSONS: BuiltInLessonWords = BuiltInLessonWords { prose: each_lesson!(prose) };

fn state(state: JobState, reason: Option<&str>) -> String {
    let word = state_word(state);
    reason.map_or_else(|| word.to_owned(), |reason| format!("{word} ({reason})"))
}

fn state_word(state: JobState) -> &'static str {
    match state {
        JobState::Complete => "Complete",
        JobState::Failed => "Failed",
        JobState::Suspended => "suspended",
        JobState::Active => "active",
        JobState::Deleted => "deleted",
    }
}

fn sentence(check: &Check, observation: &Observation) -> String {
    let seen = Lang::En.lessons().seen(observation);
    let wanted = wanted(check);
    match (check, &observation.seen) {
        // Which pod is meant is the answer's to say, unless it is asked for.
        (Check::Logs { pods, at, .. }, Seen::Logs(Some(birth), _)) if *pods == PodSelector::default() => {
            let logs = logs_of(birth.index, birth.attempt);
            let at = at.map_or_else(String::new, |at| format!(" at {}", FORMAT.clock_exact(at)));
            format!("{logs}{at}: {seen}")
        }
        (Check::Logs { .. }, _) => format!("{wanted}: {seen}"),
        (Check::All(checks), Seen::Parts(parts)) => joined(checks, parts, "; "),
        (Check::Any(checks), Seen::Parts(parts)) => joined(checks, parts, "; or "),
        (Check::Not(check), Seen::Parts(parts)) => {
            format!("not: {}", parts.first().map_or_else(String::new, |part| sentence(check, part)))
        }
        (Check::Moment { .. }, Seen::Moment(Some(_))) => format!("{wanted} wanted, seen at {seen}"),
        (Check::Moment { .. }, _) => format!("{wanted} wanted, {seen} seen"),
        _ => format!("{wanted} wanted, {seen} seen"),
    }
}

fn logs_of(index: Option<u32>, attempt: u32) -> String {
    match index {
        Some(index) => format!("logs of attempt {attempt} of index {index}"),
        None => format!("logs of attempt {attempt}"),
    }
}

fn joined(checks: &[Check], parts: &[Observation], between: &str) -> String {
    let each: Vec<String> = checks.iter().zip(parts).map(|(check, part)| sentence(check, part)).collect();
    each.join(between)
}

fn wanted(check: &Check) -> String {
    let at = instant(check).map_or_else(String::new, |at| format!(" at {}", FORMAT.clock_exact(at)));
    match check {
        Check::Count { what, number, .. } => format!("{}{at}", counted(what, *number)),
        Check::Peak { what, pods, number } => {
            let doing = if *what == Peak::Running { "running" } else { "alive" };
            let noun = if is_one(*number) { "pod" } else { "pods" };
            format!("{} {noun}{} {doing} at once", bounds(*number), of(pods))
        }
        Check::Job { job, is, reason, .. } => {
            format!("{} {}{at}", a_job(job), state(*is, reason.as_deref()))
        }
        Check::Moment { moment: what, after, before, never } => {
            let clock = |at| FORMAT.clock_exact(at);
            let window = match (*after, *before) {
                (Some(after), Some(before)) => format!(" from {} to {}", clock(after), clock(before)),
                (Some(after), None) => format!(" at {} or later", clock(after)),
                (None, Some(before)) => format!(" by {}", clock(before)),
                (None, None) => String::new(),
            };
            let no = if *never { "no " } else { "" };
            format!("{no}{}{window}", moment(what))
        }
        Check::Logs { pods, .. } => format!("logs{}{at}", of(pods)),
        Check::Field { name, path, value, .. } => {
            let of = name.as_ref().map_or_else(String::new, |name| format!(" of {name}"));
            let value = match value {
                Expectation::Is(value) => shown(value),
                Expectation::Within(number) => bounds(*number),
                Expectation::Absent => "absent".to_owned(),
            };
            format!("{path}{of}: {value}{at}")
        }
        Check::Accepted(true) => "manifests accepted".to_owned(),
        Check::Accepted(false) => "manifests refused".to_owned(),
        Check::Refused(number) => format!("input {number} refused"),
        Check::All(checks) => checks.iter().map(wanted).collect::<Vec<_>>().join(" and "),
        Check::Any(checks) => checks.iter().map(wanted).collect::<Vec<_>>().join(" or "),
        Check::Not(check) => format!("not {}", wanted(check)),
    }
}

fn bounds(bounds: Bounds) -> String {
    match (bounds.at_least, bounds.at_most) {
        (Some(least), Some(most)) if least == most => least.to_string(),
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(most)) => format!("at most {most}"),
        (None, None) => "any number of".to_owned(),
    }
}

fn is_one(bounds: Bounds) -> bool {
    bounds.at_most.or(bounds.at_least) == Some(1)
}

fn counted(what: &Count, number: Bounds) -> String {
    let words = match what.of {
        Counted::Pods => ["pod", "pods"],
        Counted::Succeeded => ["succeeded pod", "succeeded pods"],
        Counted::Failed => ["failed pod", "failed pods"],
        Counted::Ignored => ["ignored failure", "ignored failures"],
        Counted::Restarts => ["restart", "restarts"],
        Counted::Runs => ["ended run", "ended runs"],
        Counted::Jobs => ["Job", "Jobs"],
    };
    let code = what.exit_code.map_or_else(String::new, |code| format!(" with exit code {code}"));
    format!("{}{NO_BREAK}{}{code}{}", bounds(number), words[usize::from(!is_one(number))], of(&what.pods))
}

/// Which pods: ` of index 1, attempt 2`.
fn of(pods: &PodSelector) -> String {
    let mut parts = Vec::new();
    match &pods.pod {
        Some(PodName::Number(number)) => parts.push(format!("pod {number}")),
        Some(PodName::Name(name)) => parts.push(name.to_string()),
        None => {}
    }
    parts.extend(pods.index.as_ref().map(|index| format!("index {index}")));
    parts.extend(pods.attempt.map(|attempt| format!("attempt {attempt}")));
    parts.extend(pods.container.as_ref().map(|name| format!("container {name}")));
    parts.extend(pods.node.as_ref().map(|name| format!("node {name}")));
    match &pods.job {
        Some(JobSelector::Number(number)) => parts.push(format!("Job {number}")),
        Some(JobSelector::Name(name)) => parts.push(format!("Job {name}")),
        None => {}
    }
    if parts.is_empty() { String::new() } else { format!(" of {}", parts.join(", ")) }
}

fn moment(moment: &Moment) -> String {
    match moment {
        Moment::Pod { pods, is } => {
            let change = match is {
                PodChange::Created => "created",
                PodChange::Running => "running",
                PodChange::Succeeded => "succeeded",
                PodChange::Failed => "failed",
                PodChange::Terminating => "terminating",
                PodChange::Deleted => "deleted",
            };
            match container_meant(pods, *is) {
                Some((name, others)) => {
                    format!("container {name}{} {change}", of(&others))
                }
                None => format!("pod{} {change}", of(pods)),
            }
        }
        Moment::Job { job, is } => {
            let change = match is {
                JobChange::Created => "created",
                JobChange::Suspended => "suspended",
                JobChange::Resumed => "resumed",
                JobChange::FailureTarget => "FailureTarget",
                JobChange::SuccessCriteriaMet => "SuccessCriteriaMet",
                JobChange::Failed => "Failed",
                JobChange::Complete => "Complete",
                JobChange::Deleted => "deleted",
            };
            format!("{} {change}", a_job(job))
        }
        Moment::Schedule { number, is } => {
            let change = match is {
                ScheduleChange::Started => "started",
                ScheduleChange::Held => "held back",
                ScheduleChange::Missed => "missed",
            };
            format!("run of scheduled time {number} {change}")
        }
        Moment::Event { reason, nth: 1 } => format!("event {reason}"),
        Moment::Event { reason, nth } => format!("event {reason}, number {nth}"),
        Moment::Count(what, number) => counted(what, Bounds::only(*number)),
        Moment::Input(number) => format!("input {number}"),
        Moment::At(at) => FORMAT.clock_exact(*at),
    }
}

fn fault(fault: &FaultKind) -> String {
    match fault {
        FaultKind::Reading(code) => Lang::En.diagnostic(code),
        FaultKind::NoLesson => "There is no Lesson document: a lesson ends with one.".to_owned(),
        FaultKind::NoStart => "Nothing to run stands before the Lesson: a Job or a CronJob is missing.".to_owned(),
        FaultKind::InputsUnordered => "Inputs of a lesson stand in the order of time. These do not.".to_owned(),
        FaultKind::TooLong { solution } => {
            let what = if *solution { "solution" } else { "start" };
            format!("The run of the {what} takes more than {LESSON_STEPS} steps, or {LESSON_PODS} pods or Jobs.")
        }
        FaultKind::Beyond => {
            "This looks at an instant behind the end of the recording. Give the Scenario a later until.".to_owned()
        }
        FaultKind::FewOptions => "A question needs two options at least.".to_owned(),
        FaultKind::NoneHolds => "None of these options holds on the start. Exactly one has to.".to_owned(),
        FaultKind::AlsoHolds { first } => {
            format!("This holds on the start, and so does {first}. Exactly one option has to.")
        }
        FaultKind::CutNotReached => "This moment does not come, so the question would never be asked.".to_owned(),
        FaultKind::NothingLeft => "Nothing happens after this moment: the question comes too late.".to_owned(),
        FaultKind::Leaks => {
            "What is shown with the question depends on what happens after it. Choose another moment.".to_owned()
        }
        FaultKind::NoStops => "A lesson with a question needs a stop at least, where the answer is seen.".to_owned(),
        FaultKind::StopNotReached => "This moment does not come.".to_owned(),
        FaultKind::StopBeforeQuestion => "This stop comes before the question.".to_owned(),
        FaultKind::StopUnordered { above } => format!("This stop comes before {above}, which stands above it."),
        FaultKind::GoalMet => "The start meets the whole goal, so there is nothing to do.".to_owned(),
        FaultKind::NoSolution => "A goal needs a solution.".to_owned(),
        FaultKind::NoGoal => "A solution needs a goal.".to_owned(),
        FaultKind::InSolution(line, column, code) => {
            format!("Line {line}, column {column} of the solution: {}", Lang::En.diagnostic(code))
        }
        FaultKind::LessonInSolution => "The solution is the changed start, without a Lesson.".to_owned(),
        FaultKind::GoalMissed(missed) => format!("The solution misses this: {}.", sentence(&missed.0, &missed.1)),
        FaultKind::KeptChanged => "The solution changes this, though it is to be kept.".to_owned(),
        FaultKind::NoText => "There are no words: text needs a block for one language at least.".to_owned(),
        FaultKind::TextMissing { lang, path } => format!("{lang} lacks {path}."),
        FaultKind::TextWithoutKey { lang, path } => {
            format!("{lang} has {path}, for which nothing stands in the lesson.")
        }
        FaultKind::TextTooLong { letters, most } => format!("This has {letters} letters; {most} fit."),
        FaultKind::NamesCause { field } => {
            format!("This names {field}, which only the solution has. Say what somebody sees, not why.")
        }
        FaultKind::LinkTooLong { letters } => {
            format!("The link to this lesson has {letters} letters; at most {LESSON_LINK_LETTERS} are allowed.")
        }
        FaultKind::LinkDiffers => "The link to this lesson leads to another text.".to_owned(),
        FaultKind::NoLessons => "A Course needs lessons.".to_owned(),
        FaultKind::UnknownLesson(id) => format!("There is no lesson {id}: it is neither built in nor in this text."),
        FaultKind::SecondLesson(id) => format!("{id} is here already. Each lesson has an id of its own."),
        FaultKind::Unlisted(id) => format!("The Course does not name {id}, which is in this text."),
    }
}
