//! Words of posters and films: how a run went in a line, and the buttons of a player.

use super::format::FormatWords;
use crate::time::Span;

/// Words of pictures.
#[allow(missing_docs)]
pub struct PictureWords {
    pub format: &'static FormatWords,
    /// It took so long.
    pub after: fn(&str) -> String,
    /// So many pods failed, of so many that may.
    pub failures: fn(u32, Option<u32>) -> String,
    /// So many containers were restarted, of so many that may be.
    pub restarts: fn(u32, Option<u32>) -> String,
    /// Between how long it took and what failed.
    pub with: &'static str,
    /// An object, and how it went.
    pub went: fn(&str, &str) -> String,
    /// So many Jobs.
    pub jobs: fn(u32) -> String,
    /// Indexes or pods, from which to which.
    pub range: fn(bool, usize, usize) -> (String, String),
    /// The lane of what is alive over time, and the most that ever was.
    pub alive: &'static str,
    pub most_alive: fn(u32) -> String,
    /// The button of a poster.
    pub step_through: &'static str,
    /// Opens the run in the page.
    pub open: &'static str,
    /// There is more than a player shows.
    pub truncated: &'static str,
}

impl PictureWords {
    /// How long it took and what it cost: `after 51 s, with 2 of 3 failures used`.
    pub fn told(&self, took: Option<Span>, used: Option<String>) -> String {
        let after = took.map(|took| (self.after)(&self.format.span_rounded(took)));
        [after, used].into_iter().flatten().collect::<Vec<_>>().join(self.with)
    }
}
