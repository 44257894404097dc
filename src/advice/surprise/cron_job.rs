//! Surprises of a CronJob.

use super::{Speaker, Surprise};
use crate::api::schedule::Schedule;
use crate::api::time_zone::TimeZone;
use crate::api::{ConcurrencyPolicy, CronJobSpec};
use serde_json::json;

/// How often the controller looks, in seconds (spec C19).
const LOOK: i64 = 10;

pub(super) fn look(speaker: &mut Speaker<'_>, spec: &CronJobSpec) {
    schedule(speaker, spec);
    if spec.suspend {
        let fix = speaker.remove("suspend");
        speaker.say("suspend", Surprise::CronSuspended, [fix]);
    }
    if spec.concurrency_policy == ConcurrencyPolicy::Forbid && spec.starting_deadline_seconds.is_none() {
        let fix = speaker.write("startingDeadlineSeconds", json!(60));
        speaker.say("concurrencyPolicy", Surprise::ForbidHoldsBack, [fix]);
    }
    if let Some(seconds) = spec.starting_deadline_seconds.filter(|seconds| *seconds < LOOK) {
        let fix = speaker.write("startingDeadlineSeconds", json!(60));
        speaker.say("startingDeadlineSeconds", Surprise::ShortStartingDeadline { seconds }, [fix]);
    }
    for (field, limit, failed) in [
        ("successfulJobsHistoryLimit", spec.successful_jobs_history_limit, false),
        ("failedJobsHistoryLimit", spec.failed_jobs_history_limit, true),
    ] {
        if limit == 0 {
            let fix = speaker.write(field, json!(1));
            speaker.say(field, Surprise::NoHistory { failed }, [fix]);
        }
    }
}

fn schedule(speaker: &mut Speaker<'_>, spec: &CronJobSpec) {
    let text = &*spec.schedule;
    let is_due = Schedule::parse(text).is_ok_and(|schedule| schedule.next(0, &TimeZone::UTC).is_some());
    if !is_due {
        return speaker.say("schedule", Surprise::NeverDue, []);
    }
    let fields: Vec<&str> = text.split_whitespace().collect();
    let is_free = |field: &str| field.starts_with(['*', '?']);
    let names_an_hour = match fields.as_slice() {
        [minute, hour, day, _, weekday] => {
            if *minute == "*" && hour.parse::<u8>().is_ok() {
                let fixed = speaker.write("schedule", json!(format!("0 {}", fields[1..].join(" "))));
                speaker.say("schedule", Surprise::EveryMinuteOfHour { hour: (*hour).to_owned() }, [fixed]);
            }
            if !is_free(day) && !is_free(weekday) {
                speaker.say("schedule", Surprise::EitherDay, []);
            }
            !is_free(hour)
        }
        [word] => !matches!(*word, "@hourly"),
        _ => false,
    };
    if names_an_hour && spec.time_zone.is_none() {
        let fix = speaker.write("timeZone", json!("Etc/UTC"));
        speaker.say("schedule", Surprise::NoTimeZone, [fix]);
    }
}
