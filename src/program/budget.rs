//! What one guess may cost. A command can be short and its meaning endless: loops within loops, variables that double.

use crate::limits::{SHELL_DEPTH, SHELL_STEPS, SHELL_TEXT_BYTES};
use std::cell::Cell;

/// The limit that a command goes beyond, so that it is not guessed what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// [`crate::limits::COMMAND_BYTES`].
    Length,
    /// [`SHELL_DEPTH`].
    Depth,
    /// [`SHELL_STEPS`].
    Steps,
    /// [`SHELL_TEXT_BYTES`].
    Text,
}

/// What is left for one guess. Reader, interpreter and arithmetic share it; whoever is refused something gives up.
#[derive(Default)]
pub(super) struct Budget {
    steps: Cell<u32>,
    text: Cell<usize>,
    exceeded: Cell<Option<Bound>>,
    depends_on_index: Cell<bool>,
}

/// What a value costs beside its bytes, so that many empty ones are not free.
const PER_VALUE: usize = 16;

impl Budget {
    /// The limit that ended the guess, if one did.
    pub(super) fn exceeded(&self) -> Option<Bound> {
        self.exceeded.get()
    }

    /// Whether the completion index was asked for.
    pub(super) fn depends_on_index(&self) -> bool {
        self.depends_on_index.get()
    }

    /// The completion index is asked for.
    pub(super) fn ask_for_index(&self) {
        self.depends_on_index.set(true);
    }

    /// One more step; `None` if there is none left.
    pub(super) fn step(&self) -> Option<()> {
        self.steps.set(self.steps.get() + 1);
        self.within(self.steps.get() <= SHELL_STEPS, Bound::Steps)
    }

    /// A value of so many bytes is made or copied; `None` if that is too much.
    pub(super) fn value(&self, bytes: usize) -> Option<()> {
        self.text.set(self.text.get().saturating_add(bytes).saturating_add(PER_VALUE));
        self.within(self.text.get() <= SHELL_TEXT_BYTES, Bound::Text)
    }

    /// Something is nested so deep; `None` if that is too deep.
    pub(super) fn depth(&self, depth: usize) -> Option<()> {
        self.within(depth <= SHELL_DEPTH, Bound::Depth)
    }

    fn within(&self, is_within: bool, bound: Bound) -> Option<()> {
        if !is_within {
            self.exceeded.set(Some(bound));
        }
        is_within.then_some(())
    }
}
