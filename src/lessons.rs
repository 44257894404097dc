//! Lessons: what a recording says to their checks, where their moments are, and whether a lesson is sound. No words.

mod cut;
mod observe;
mod set;

pub use cut::{CutAt, cut, cut_at};
pub use observe::{Logs, Observation, Seen, observe, step_of};
pub use set::{COURSES, World, joined, structure};
