//! The one text: its history, and what its reader makes of it. Both change together or not at all, so the reading is
//! never that of another text.

use super::history::History;
use super::shared::Shared;
use crate::manifest::{self, Reading, edit};
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

thread_local! {
    static BEFORE_READING: Cell<fn(&str)> = const { Cell::new(|_| ()) };
}

/// Has each text handed over before it is read: if reading it breaks the page, it is known which one it was.
pub(crate) fn before_reading(hand_over: fn(&str)) {
    BEFORE_READING.set(hand_over);
}

fn read(text: &str) -> Shared<Reading> {
    BEFORE_READING.get()(text);
    Shared::new(manifest::read(text))
}

/// The text of the page.
pub(crate) struct Text {
    history: History,
    reading: Shared<Reading>,
}

impl Text {
    /// A text with nothing to undo.
    pub(crate) fn new(text: &str) -> Text {
        Text { history: History::new(text.into()), reading: read(text) }
    }

    pub(crate) fn as_str(&self) -> &str {
        self.history.text()
    }

    pub(crate) fn rc(&self) -> &Rc<str> {
        self.history.text()
    }

    pub(crate) fn reading(&self) -> &Shared<Reading> {
        &self.reading
    }

    pub(crate) fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    pub(crate) fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Another text, as one change. Returns the bytes that differ now; `None` if it is the same.
    pub(crate) fn set(&mut self, text: &str) -> Option<Range<usize>> {
        self.change(|history| history.set(text))
    }

    /// What stands in the text box after a key was typed. Returns as [`Text::set`] does.
    pub(crate) fn type_in(&mut self, text: &str) -> Option<Range<usize>> {
        self.change(|history| history.type_in(text))
    }

    /// The text after the number that begins at byte `number` was stepped. Returns as [`Text::set`] does.
    pub(crate) fn step(&mut self, text: &str, number: usize) -> Option<Range<usize>> {
        self.change(|history| history.step(text, number))
    }

    /// The next step of a number is a change of its own.
    pub(crate) fn end_steps(&mut self) {
        self.history.end_steps();
    }

    /// One change back. Returns the bytes that differ now; `None` if there is nothing to undo.
    pub(crate) fn undo(&mut self) -> Option<Range<usize>> {
        self.change(History::undo)
    }

    /// One change forward again. Returns the bytes that differ now; `None` if there is nothing to redo.
    pub(crate) fn redo(&mut self) -> Option<Range<usize>> {
        self.change(History::redo)
    }

    fn change(&mut self, change: impl FnOnce(&mut History) -> bool) -> Option<Range<usize>> {
        let before = Rc::clone(self.history.text());
        if !change(&mut self.history) {
            return None;
        }
        let after = self.history.text();
        self.reading = read(after);
        let edit = edit::difference(&before, after)?;
        Some(edit.range.start..edit.range.start + edit.replacement.len())
    }
}
