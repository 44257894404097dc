//! A spec in words: what it asks for, with the values that count once all defaults are filled in.

use super::format::{FormatWords, day_and_time};
use super::sentence::Sentence;
use crate::api::schedule::{Pattern, Schedule};
use crate::api::time_zone::TimeZone;
use crate::api::{CronJobSpec, JobSpec};
use crate::time::calendar::Civil;

/// Specs in words.
pub struct InWords {
    /// Numbers, times and punctuation of the language.
    pub format: &'static FormatWords,
    /// How many pods a Job runs to success.
    pub work: fn(&JobSpec) -> Option<Sentence>,
    /// When it gives up.
    pub end: fn(&JobSpec) -> Option<Sentence>,
    /// What its policies decide.
    pub policies: fn(&JobSpec) -> Option<Sentence>,
    /// When it is deleted.
    pub deletion: fn(&JobSpec) -> Option<Sentence>,
    /// What a CronJob's spec asks for.
    pub cron_job: fn(&CronJobSpec, When) -> Sentence,
    /// The next times of a schedule.
    pub next: fn(&[String]) -> Sentence,
    /// In front of what an object asks for, where a text has several.
    pub object: fn(&str) -> Sentence,
}

/// When Jobs start.
pub struct When {
    /// In plain words, if there are any.
    pub pattern: Option<Pattern>,
    /// The city of the zone, or its name.
    pub zone: Option<String>,
}

/// So many next times are named.
const NEXT: usize = 3;

impl InWords {
    /// What a Job's spec asks for.
    pub fn job(&self, spec: &JobSpec) -> Sentence {
        let topics = [self.work, self.end, self.policies, self.deletion];
        let mut sentences = topics.into_iter().filter_map(|topic| topic(spec));
        let first = sentences.next().unwrap_or_default();
        sentences.fold(first, |all, next| all.and(self.format.gap, next))
    }

    /// Which object asks for it.
    pub fn named(&self, name: &str, sentence: Sentence) -> Sentence {
        (self.object)(name).and(self.format.gap, sentence)
    }

    /// What a CronJob asks for, with the next times after an instant in seconds since 1970.
    pub fn schedule(&self, spec: &CronJobSpec, now: i64, packed: Option<&[u8]>) -> Sentence {
        let schedule = Schedule::parse(&spec.schedule).ok();
        let named = schedule.as_ref().and_then(|schedule| schedule.zone.as_ref()).or(spec.time_zone.as_ref());
        let city = |name: &str| name.rsplit('/').next().unwrap_or(name).replace('_', " ");
        let when = When { pattern: schedule.as_ref().and_then(Schedule::pattern), zone: named.map(|name| city(name)) };
        let sentence = (self.cron_job)(spec, when);
        let zone = named.map_or(Some(TimeZone::UTC), |name| TimeZone::find(name, packed));
        let (Some(schedule), Some(zone), false) = (schedule, zone, spec.suspend) else { return sentence };
        let mut at = now;
        let times = std::iter::from_fn(|| {
            at = schedule.next(at, &zone)?;
            Some(zone.civil_at(at))
        });
        let times: Vec<Civil> = times.take(NEXT).collect();
        let this_year = zone.civil_at(now).year;
        let needs_year = times.iter().any(|time| time.year != this_year);
        let shown = |time: &Civil| {
            let day = day_and_time(*time);
            if needs_year { format!("{}-{day}", time.year) } else { day }
        };
        let times: Vec<String> = times.iter().map(shown).collect();
        if times.is_empty() { sentence } else { sentence.and(self.format.gap, (self.next)(&times)) }
    }
}
