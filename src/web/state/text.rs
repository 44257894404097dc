//! The one text: its history, and what its reader makes of it. Both change together or not at all, so the reading is
//! never that of another text: of a long one nothing is read at first, and the rest follows piece by piece.

use super::history::History;
use super::shared::Shared;
use crate::manifest::{self, Reader, Reading, edit};
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

/// So many bytes are read at once; a longer text would keep the page from drawing what is typed.
const AT_ONCE: usize = 128 * 1024;

/// The text of the page.
pub(crate) struct Text {
    history: History,
    reading: Shared<Reading>,
    /// The last reading that is complete, of this text or of one before it.
    complete: Shared<Reading>,
}

impl Text {
    /// A text with nothing to undo.
    pub(crate) fn new(text: &str) -> Text {
        let unread = Shared::new(Reading::unread(Rc::default()));
        let mut text = Text { history: History::new(text.into()), reading: unread.clone(), complete: unread };
        text.read();
        text
    }

    /// Reads the text, if it is not too long to be read at once.
    fn read(&mut self) {
        let text = self.history.text();
        BEFORE_READING.get()(text);
        if text.len() > AT_ONCE {
            self.reading = Shared::new(Reading::unread(Rc::clone(text)));
        } else {
            self.reading = Shared::new(manifest::read(text));
            self.complete = self.reading.clone();
        }
    }

    /// Whether the reading is complete.
    pub(crate) fn is_read(&self) -> bool {
        self.reading == self.complete
    }

    /// Reads what is not read yet.
    pub(crate) fn read_now(&mut self) {
        if !self.is_read() {
            self.complete = Shared::new(manifest::read(self.as_str()));
            self.reading = self.complete.clone();
        }
    }

    /// Who reads the rest, if there is one.
    pub(crate) fn reader(&self) -> Option<Reader> {
        (!self.is_read()).then(|| Reader::new(Rc::clone(self.rc())))
    }

    /// Takes what a reader made of it, unless it has changed since.
    pub(crate) fn take_reading(&mut self, reading: Reading) {
        if Rc::ptr_eq(&reading.text, self.rc()) {
            self.complete = Shared::new(reading);
            self.reading = self.complete.clone();
        }
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

    /// The last reading that is complete: while the text is being read, that of the text before.
    pub(crate) fn complete_reading(&self) -> &Reading {
        &self.complete
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
        self.read();
        let after = self.history.text();
        let edit = edit::difference(&before, after)?;
        Some(edit.range.start..edit.range.start + edit.replacement.len())
    }
}
