//! Why: the chain from a mark to the field, fault or rule that caused it. No words.

mod names;
mod place;

pub use names::{Called, Names};
pub use place::{Document, Place, Setting, SpecField};
