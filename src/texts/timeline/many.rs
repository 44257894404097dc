//! Words for many Jobs, CronJobs, scheduled times or inputs.

use super::TimelineWords;
use crate::texts::format::count;
use crate::timeline::crowd::CellState;
use crate::timeline::many::Many;

/// Words of cells that are no pods.
#[allow(missing_docs)]
pub struct ManyWords {
    /// What they are: `Jobs`.
    pub what: fn(Many) -> &'static str,
    /// A part of them, from 1: `Jobs 1 to 60`.
    pub part: fn(Many, usize, usize) -> String,
    /// A cell's state.
    pub state: fn(Many, CellState) -> &'static str,
    /// Goes to one of them by number.
    pub go_to: fn(Many) -> &'static str,
    /// One of them: its number, and how many there are.
    pub one: fn(Many, usize, usize) -> String,
    /// All of them in one strip.
    pub strip: &'static str,
    /// What stands below is about one of them.
    pub opens: &'static str,
    /// Marks that stand at one place: how many more there are.
    pub more_here: fn(usize) -> String,
}

impl TimelineWords {
    /// How many are in a state.
    pub fn many_in_state(&self, many: Many, state: CellState, number: usize) -> String {
        format!("{} {}", count(number as i64), (self.many.state)(many, state))
    }

    /// One of them in words: its number, its name where it has one, its state.
    pub fn one_of_many(&self, many: Many, number: usize, of: usize, name: &str, state: CellState) -> String {
        let mut parts = vec![(self.many.one)(many, number, of)];
        parts.extend((!name.is_empty()).then(|| name.to_owned()));
        parts.push((self.many.state)(many, state).to_owned());
        parts.join(self.format.comma)
    }
}
