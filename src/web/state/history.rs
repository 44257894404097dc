//! Undo and redo. Every change, typed or made by a gesture, is an entry; what is typed in one go is one entry.

use crate::limits::{UNDO_BYTES, UNDO_CHANGES};
use crate::manifest::edit::difference;
use std::collections::VecDeque;
use std::rc::Rc;

/// The text and the texts before and after it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct History {
    text: Rc<str>,
    past: VecDeque<Rc<str>>,
    future: Vec<Rc<str>>,
    /// The end of the last typed change, while typing there goes on in the same way.
    typing: Option<Typing>,
    /// Where the number begins that is being stepped.
    stepping: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Typing {
    at: usize,
    inserts: bool,
}

impl History {
    /// A history with this text and nothing to undo.
    pub(super) fn new(text: Rc<str>) -> History {
        History { text, past: VecDeque::new(), future: Vec::new(), typing: None, stepping: None }
    }

    /// The text as it is now.
    pub(super) fn text(&self) -> &Rc<str> {
        &self.text
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// A change that joins no other. Returns whether the text is another one now.
    pub(super) fn set(&mut self, text: &str) -> bool {
        self.push(text)
    }

    /// A change made at the keyboard: joins the one before if it goes on at the same place in the same way, until
    /// the end of a line. Returns whether there was one.
    pub(super) fn type_in(&mut self, text: &str) -> bool {
        let Some(edit) = difference(&self.text, text) else { return false };
        let (old, new) = (edit.range, edit.replacement);
        let (inserts, removes) = (old.is_empty(), new.is_empty());
        let goes_on = self.typing.is_some_and(|typing| {
            typing.inserts == inserts && (inserts && typing.at == old.start || removes && typing.at == old.end)
        });
        let one_letter = old.len().max(new.len()) <= 4;
        let ends_line = new.contains('\n');
        if goes_on && one_letter && !ends_line {
            self.text = text.into();
            self.future.clear();
            self.stepping = None;
        } else {
            self.push(text);
        }
        self.typing = (one_letter && (inserts || removes)).then_some(Typing { at: old.start + new.len(), inserts });
        true
    }

    /// A step of the number that begins at this byte: joins the steps of the same number right before it. Returns
    /// whether there was one.
    pub(super) fn step(&mut self, text: &str, number: usize) -> bool {
        if self.stepping != Some(number) {
            let pushed = self.push(text);
            self.stepping = pushed.then_some(number);
            return pushed;
        }
        if self.past.back().is_some_and(|before| **before == *text) {
            // Back at the value where the stepping began: no change is left.
            self.past.pop_back();
            self.stepping = None;
        }
        self.future.clear();
        let before = std::mem::replace(&mut self.text, text.into());
        before != self.text
    }

    /// The next step is an entry of its own.
    pub(super) fn end_steps(&mut self) {
        self.stepping = None;
    }

    fn push(&mut self, text: &str) -> bool {
        self.typing = None;
        self.stepping = None;
        if *self.text == *text {
            return false;
        }
        self.past.push_back(std::mem::replace(&mut self.text, text.into()));
        let mut bytes: usize = self.past.iter().map(|text| text.len()).sum();
        while self.past.len() > UNDO_CHANGES || bytes > UNDO_BYTES {
            bytes -= self.past.pop_front().map_or(bytes, |text| text.len());
        }
        self.future.clear();
        true
    }

    /// One change back. Returns whether there was one.
    pub(super) fn undo(&mut self) -> bool {
        let Some(text) = self.past.pop_back() else { return false };
        (self.typing, self.stepping) = (None, None);
        self.future.push(std::mem::replace(&mut self.text, text));
        true
    }

    /// One change forward again. Returns whether there was one.
    pub(super) fn redo(&mut self) -> bool {
        let Some(text) = self.future.pop() else { return false };
        (self.typing, self.stepping) = (None, None);
        self.past.push_back(std::mem::replace(&mut self.text, text));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(history: &mut History, text: &str) {
        for (end, letter) in text.char_indices() {
            let whole = format!("{}{}", &text[..end], letter);
            history.type_in(&whole);
        }
    }

    #[test]
    fn what_is_typed_in_one_go_is_undone_in_one_go() {
        let mut history = History::new("".into());
        typed(&mut history, "kind: Job");
        history.undo();
        assert_eq!(&**history.text(), "");
        history.redo();
        assert_eq!(&**history.text(), "kind: Job");
    }

    #[test]
    fn a_line_is_an_entry() {
        let mut history = History::new("".into());
        typed(&mut history, "a: 1\nb: 2");
        history.undo();
        assert_eq!(&**history.text(), "a: 1");
    }

    #[test]
    fn typing_elsewhere_or_a_gesture_begins_anew() {
        let mut history = History::new("a\nb".into());
        history.type_in("a1\nb");
        history.type_in("a1\nb2");
        history.set("a1\nb2\nc");
        history.type_in("a1\nb2\ncd");
        for expected in ["a1\nb2\nc", "a1\nb2", "a1\nb", "a\nb"] {
            history.undo();
            assert_eq!(&**history.text(), expected);
        }
        assert!(!history.can_undo());
    }

    #[test]
    fn the_oldest_changes_go() {
        let mut history = History::new("".into());
        for number in 0..=UNDO_CHANGES {
            history.set(&number.to_string());
        }
        assert_eq!(history.past.len(), UNDO_CHANGES);
        assert_eq!(&*history.past[0], "0", "the empty text went");

        let half = |letter: &str| letter.repeat(UNDO_BYTES / 2);
        let mut history = History::new(half("a").into());
        history.set(&half("b"));
        history.set("");
        assert_eq!(history.past.len(), 2);
        history.set("c");
        history.set("d");
        assert_eq!(history.past.iter().map(|text| text.len()).collect::<Vec<_>>(), [UNDO_BYTES / 2, 0, 1]);
    }

    #[test]
    fn deleting_backwards_is_one_entry() {
        let mut history = History::new("abcd".into());
        history.type_in("abc");
        history.type_in("ab");
        history.undo();
        assert_eq!(&**history.text(), "abcd");
    }

    #[test]
    fn steps_of_a_number_are_one_entry() {
        let mut history = History::new("a: 1".into());
        for text in ["a: 2", "a: 3", "a: 4"] {
            assert!(history.step(text, 3));
        }
        history.end_steps();
        assert!(history.step("a: 5", 3));
        history.undo();
        assert_eq!(&**history.text(), "a: 4");
        history.undo();
        assert_eq!(&**history.text(), "a: 1");
        assert!(history.step("a: 2", 3));
        assert!(history.step("a: 1", 3));
        assert!(!history.can_undo(), "back where it began");
    }
}
