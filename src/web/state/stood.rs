//! Where the playhead stood with each text that undo leads back to.

use crate::explain::Selection;
use crate::time::Time;
use std::rc::{Rc, Weak};

/// A place in a run, and what was explained there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    pub(super) at: Time,
    pub(super) selection: Option<Selection>,
}

/// For each text that can still be had, where the playhead stood as it was left last.
#[derive(Debug, Default)]
pub(super) struct Stood(Vec<(Weak<str>, Moment)>);

impl Stood {
    /// A text is about to be left. Texts that are in no history any more are forgotten.
    pub(super) fn note(&mut self, text: &Rc<str>, moment: Moment) {
        self.0.retain(|(other, _)| other.upgrade().is_some_and(|other| !Rc::ptr_eq(&other, text)));
        self.0.push((Rc::downgrade(text), moment));
    }

    /// Where it stood with this text.
    pub(super) fn with(&self, text: &Rc<str>) -> Option<Moment> {
        self.0
            .iter()
            .find(|(other, _)| other.upgrade().is_some_and(|other| Rc::ptr_eq(&other, text)))
            .map(|(_, it)| *it)
    }
}
