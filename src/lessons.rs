//! Lessons: what a recording says to their checks, where their moments are, and whether a lesson is sound. No words.

mod check;
mod cut;
mod fault;
mod keep;
mod observe;
mod set;
mod written;

pub use check::{CheckedText, check, check_text, skim_text};
pub use cut::{CutAt, cut, cut_at};
pub use fault::{Checked, Fault, FaultKind, Line};
pub use keep::{places, stays};
pub use observe::{Logs, Observation, Seen, observe, step_of};
pub(crate) use set::each_lesson;
pub use set::{COURSES, World, is_built_in, joined, structure};
pub use written::{moment_at, written};
