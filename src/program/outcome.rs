//! What reading a command finds out.

use crate::time::Span;

/// How a command ends.
pub(super) struct Outcome {
    /// The sum of its sleeps; [`Span::FOREVER`] if it never ends.
    pub(super) slept: Span,
    pub(super) exit_code: i32,
}
