//! Doors into lessons: which lesson shows what a remark says, and which is about the same as an example.

use crate::advice::{About, Surprise};

/// The lesson that shows what a remark is about.
pub(crate) fn of_remark(_about: &About) -> Option<&'static str> {
    None
}

/// The lesson that is about what an example shows, by the name of its Scenario.
pub(crate) fn of_example(_name: &str) -> Option<&'static str> {
    None
}
