//! Specs in English.

use super::format::FORMAT;
use super::schedule;
use crate::api::{CompletionMode, ConcurrencyPolicy, CronJobSpec, FailureAction, JobSpec, RestartPolicy};
use crate::texts::format::count as number;
use crate::texts::in_words::{InWords, When};
use crate::texts::sentence::{Sentence, say};
use crate::time::Span;

pub(in crate::texts) static IN_WORDS: InWords =
    InWords { format: &FORMAT, work, end, policies, deletion, cron_job, next, object };

fn length(seconds: i64) -> String {
    FORMAT.span(Span::from_seconds(seconds))
}

fn work(spec: &JobSpec) -> Option<Sentence> {
    if spec.suspend {
        return Some(say!("Suspended: *no pod runs* until it is resumed."));
    }
    let at_a_time = |count: i32| match spec.parallelism {
        0 => say!("; none may run while *parallelism is 0*."),
        most if most >= count => say!(", all at once."),
        most => say!(", at most *{}* at a time.", number(most)),
    };
    let indexed = spec.completion_mode == CompletionMode::Indexed;
    Some(match spec.completions {
        Some(1) if !indexed && spec.parallelism > 0 => say!("Run *1 pod* to success."),
        Some(count) if indexed => {
            say!("Run *indexes 0 to {}* to success", number((count - 1).max(0))).and("", at_a_time(count))
        }
        Some(count) => say!("Run *{} pods* to success", number(count)).and("", at_a_time(count)),
        None if spec.parallelism == 1 => say!("Run *1 pod* until one has succeeded."),
        None => say!(
            "Run *{} pods* that share the work; after the *first success* no new one starts.",
            number(spec.parallelism)
        ),
    })
}

fn end(spec: &JobSpec) -> Option<Sentence> {
    let straw = spec.last_straw().map(|number| match spec.template.spec.restart_policy {
        RestartPolicy::OnFailure => say!("at the *{} restart*", (FORMAT.ordinal)(number)),
        RestartPolicy::Never => say!("at the *{} failure*", (FORMAT.ordinal)(number)),
    });
    let deadline = spec.active_deadline_seconds.map(|seconds| say!("after *{}*", length(seconds)));
    let total = match (straw, deadline) {
        (Some(straw), Some(deadline)) => {
            Some(say!("Give up ").and("", straw).and(", or ", deadline).and("", say!(".")))
        }
        (Some(one), None) | (None, Some(one)) => Some(say!("Give up ").and("", one).and("", say!("."))),
        (None, None) => None,
    };
    let Some(per_index) = spec.backoff_limit_per_index else { return total };
    let number = (FORMAT.ordinal)(u32::try_from(per_index).unwrap_or_default() + 1);
    let index = say!("An index is given up at its *{} failure*, and the others go on.", number);
    Some(match total {
        Some(total) => index.and(" ", total),
        None => index,
    })
}

fn deletion(spec: &JobSpec) -> Option<Sentence> {
    Some(match spec.ttl_seconds_after_finished? {
        0 => say!("Delete everything *at once* after the end."),
        seconds => say!("Delete everything *{}* after the end.", length(seconds)),
    })
}

fn policies(spec: &JobSpec) -> Option<Sentence> {
    let mut sentences = Vec::new();
    if let Some(most) = spec.max_failed_indexes {
        sentences.push(say!("More than *{} failed indexes* end all at once.", number(most)));
    }
    if let Some(policy) = &spec.pod_failure_policy {
        let rules = policy.rules.len();
        let of = |action: FailureAction| policy.rules.iter().any(|rule| rule.action == action);
        let does = [
            (FailureAction::FailJob, "end the Job at once"),
            (FailureAction::FailIndex, "give up the index at once"),
            (FailureAction::Ignore, "do not count"),
            (FailureAction::Count, "count as usual"),
        ];
        let does: Vec<&str> = does.into_iter().filter(|(action, _)| of(*action)).map(|(_, words)| words).collect();
        let rules = if rules == 1 { "1 rule".to_owned() } else { format!("{rules} rules") };
        sentences.push(say!("By *{} of podFailurePolicy* some failures {}.", rules, does.join(", others ")));
    }
    if spec.success_policy.is_some() {
        sentences.push(say!("A *successPolicy* may complete it before all indexes have succeeded."));
    }
    let mut sentences = sentences.into_iter();
    let first = sentences.next()?;
    Some(sentences.fold(first, |all, next| all.and(" ", next)))
}

fn cron_job(spec: &CronJobSpec, when: When) -> Sentence {
    if spec.suspend {
        return say!("Suspended: *no Job starts* until it is resumed.");
    }
    let times = schedule::times(spec, when);
    let start = match spec.concurrency_policy {
        ConcurrencyPolicy::Allow => say!("Start a Job *{}*, even while the last one still runs.", times),
        ConcurrencyPolicy::Forbid => say!("Start a Job *{}*; while the last one still runs, *hold it back*.", times),
        ConcurrencyPolicy::Replace => say!("Start a Job *{}*; *delete the last one* if it still runs.", times),
    };
    let start = match spec.starting_deadline_seconds {
        Some(seconds) => start.and(" ", say!("Later than *{}* it is not started.", length(seconds))),
        None => start,
    };
    let (good, bad) = (spec.successful_jobs_history_limit, spec.failed_jobs_history_limit);
    if (good, bad) == (3, 1) {
        return start;
    }
    start.and(" ", say!("Keep *{} complete* and *{} failed* Jobs.", number(good), number(bad)))
}

fn next(times: &[String]) -> Sentence {
    say!("Next: {}.", times.join(", "))
}

fn object(name: &str) -> Sentence {
    say!("{}:", name)
}
