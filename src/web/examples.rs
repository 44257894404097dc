//! The examples: whole texts, grouped by the question that each of them answers. Their words are in
//! [`crate::texts::page`], in the same order.

use crate::time::Time;

/// An example.
pub(super) struct Example {
    /// Its text.
    pub(super) text: &'static str,
    /// Where the playhead stands when it is opened.
    pub(super) opens_at: Time,
}

/// How many there are.
pub(crate) const COUNT: usize = 9;

/// All examples; the first is what a first visit shows.
pub(super) const EXAMPLES: [Example; COUNT] = [
    Example { text: include_str!("examples/two-failures.yaml"), opens_at: Time::from_millis(25_301) },
    Example { text: include_str!("examples/deadline.yaml"), opens_at: Time::from_millis(45_000) },
    Example { text: include_str!("examples/lost-logs.yaml"), opens_at: Time::from_millis(86_000) },
    Example { text: include_str!("examples/sidecar.yaml"), opens_at: Time::from_millis(60_000) },
    Example { text: include_str!("examples/drain.yaml"), opens_at: Time::from_millis(16_500) },
    Example { text: include_str!("examples/overlap.yaml"), opens_at: Time::from_millis(14_500) },
    Example { text: include_str!("examples/bad-index.yaml"), opens_at: Time::from_millis(27_000) },
    Example { text: include_str!("examples/suspend.yaml"), opens_at: Time::from_millis(15_000) },
    Example { text: include_str!("examples/cron.yaml"), opens_at: Time::from_millis(120_000) },
];
