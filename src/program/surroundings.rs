//! Where a program runs.

use crate::time::Span;
use std::collections::BTreeMap;

/// Where a program runs, as far as it can print it.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// When it starts, in milliseconds since 1970.
    pub start_unix_millis: i64,
    /// How long it runs: nothing is printed after that.
    pub until: Span,
    /// The name of its pod.
    pub hostname: String,
    /// Its environment; `None` is a value that is not known.
    pub variables: BTreeMap<String, Option<String>>,
    /// Whether there are no others.
    pub is_complete: bool,
}
