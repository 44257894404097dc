//! Surprises of a CronJob.

use super::Review;
use crate::advice::surprise::Surprise;
use crate::api::schedule::Schedule;
use crate::api::time_zone::TimeZone;
use crate::api::{ConcurrencyPolicy, CronJobSpec, JobSpec};
use crate::program;
use crate::time::Span;
use serde_json::json;

/// How often the controller looks, in seconds (C20.6).
const LOOK: i64 = 10;

/// How many runs in a row are looked at.
const RUNS: usize = 32;

/// `job`: the spec of the Jobs that it makes.
pub(super) fn look(review: &mut Review<'_>, spec: &CronJobSpec, job: Option<&JobSpec>) {
    schedule(review, spec);
    if let Some(job) = job.filter(|_| !spec.suspend && spec.concurrency_policy == ConcurrencyPolicy::Allow) {
        overlap(review, spec, job);
    }
    if spec.suspend {
        let fix = review.remove("suspend");
        review.say("suspend", Surprise::CronSuspended, [fix]);
    }
    if spec.concurrency_policy == ConcurrencyPolicy::Forbid && spec.starting_deadline_seconds.is_none() {
        let fix = review.write("startingDeadlineSeconds", json!(60));
        review.say("concurrencyPolicy", Surprise::ForbidHoldsBack, [fix]);
    }
    if let Some(seconds) = spec.starting_deadline_seconds.filter(|seconds| *seconds < LOOK) {
        let fix = review.write("startingDeadlineSeconds", json!(60));
        review.say("startingDeadlineSeconds", Surprise::ShortStartingDeadline { seconds }, [fix]);
    }
    for (field, limit, failed) in [
        ("successfulJobsHistoryLimit", spec.successful_jobs_history_limit, false),
        ("failedJobsHistoryLimit", spec.failed_jobs_history_limit, true),
    ] {
        if limit == 0 {
            let fix = review.write(field, json!(1));
            review.say(field, Surprise::NoHistory { failed }, [fix]);
        }
    }
}

fn schedule(review: &mut Review<'_>, spec: &CronJobSpec) {
    let text = &*spec.schedule;
    let is_due = Schedule::parse(text).is_ok_and(|schedule| schedule.next(0, &TimeZone::UTC).is_some());
    if !is_due {
        return review.say("schedule", Surprise::NeverDue, []);
    }
    let fields: Vec<&str> = text.split_whitespace().collect();
    let is_free = |field: &str| field.starts_with(['*', '?']);
    let names_an_hour = match fields.as_slice() {
        [minute, hour, day, _, weekday] => {
            if *minute == "*" && hour.parse::<u8>().is_ok() {
                let fixed = review.write("schedule", json!(format!("0 {}", fields[1..].join(" "))));
                review.say("schedule", Surprise::EveryMinuteOfHour { hour: (*hour).to_owned() }, [fixed]);
            }
            if !is_free(day) && !is_free(weekday) {
                review.say("schedule", Surprise::EitherDay, []);
            }
            !is_free(hour)
        }
        [word] => !matches!(*word, "@hourly"),
        _ => false,
    };
    if names_an_hour && spec.time_zone.is_none() {
        let fix = review.write("timeZone", json!("Etc/UTC"));
        review.say("schedule", Surprise::NoTimeZone, [fix]);
    }
}

/// A run that goes on when the next one is due, by the commands of its containers, unless the text has behaviors.
fn overlap(review: &mut Review<'_>, spec: &CronJobSpec, job: &JobSpec) {
    let has_behaviors = !review.fixer.reading.scenario.behaviors.list.is_empty();
    let (Some(run), Some(gap)) = (shortest_run(job), shortest_gap(&spec.schedule)) else { return };
    if has_behaviors || run <= gap {
        return;
    }
    let run = (run < Span::FOREVER).then(|| run.seconds());
    let is_written = review.fixer.written(&review.path("concurrencyPolicy")).is_some();
    let fix = review.write("concurrencyPolicy", json!("Forbid"));
    let field = if is_written { "concurrencyPolicy" } else { "schedule" };
    review.say(field, Surprise::RunsOverlap { run, gap: gap.seconds() }, [fix]);
}

/// How long a Job runs at least: a pod is done when all its containers are; only a deadline ends it before.
fn shortest_run(job: &JobSpec) -> Option<Span> {
    let does_nothing = job.suspend || job.parallelism == 0 || job.completions == Some(0) || job.managed_by.is_some();
    let programs =
        job.template.spec.containers.iter().filter_map(|container| program::guess(container.into(), None).ok());
    let longest = programs.map(|program| program.run).max()?;
    let of_pod = job.template.spec.value["activeDeadlineSeconds"].as_i64();
    let deadline = job.active_deadline_seconds.into_iter().chain(of_pod).min().map(Span::from_seconds);
    (!does_nothing).then_some(deadline.map_or(longest, |deadline| longest.min(deadline)))
}

/// The shortest time between two runs in a row.
fn shortest_gap(schedule: &str) -> Option<Span> {
    let schedule = Schedule::parse(schedule).ok()?;
    let mut last = schedule.next(0, &TimeZone::UTC)?;
    let mut shortest = None;
    for _ in 0..RUNS {
        let next = schedule.next(last, &TimeZone::UTC)?;
        let gap = Span::from_seconds(next - last);
        shortest = Some(shortest.map_or(gap, |shortest: Span| shortest.min(gap)));
        last = next;
    }
    shortest
}
