//! A spec in words: what it asks for, with the values that count once all defaults are filled in.

use super::format::FormatWords;
use super::sentence::Sentence;
use crate::api::{CronJobSpec, JobSpec};

/// Specs in words.
pub struct InWords {
    /// Numbers, times and punctuation of the language.
    pub format: &'static FormatWords,
    /// How many pods a Job runs to success.
    pub work: fn(&JobSpec) -> Option<Sentence>,
    /// When it gives up.
    pub end: fn(&JobSpec) -> Option<Sentence>,
    /// When it is deleted.
    pub deletion: fn(&JobSpec) -> Option<Sentence>,
    /// What a CronJob's spec asks for.
    pub cron_job: fn(&CronJobSpec) -> Sentence,
}

impl InWords {
    /// What a Job's spec asks for.
    pub fn job(&self, spec: &JobSpec) -> Sentence {
        let mut sentences = [self.work, self.end, self.deletion].into_iter().filter_map(|topic| topic(spec));
        let first = sentences.next().unwrap_or_default();
        sentences.fold(first, |all, next| all.and(self.format.gap, next))
    }
}
