//! Places of the text that come into sight.

use super::State;
use super::action::Pane;
use super::effect::Effect;
use super::part::{Part, Tab};
use super::preferences::Preferences;
use std::ops::Range;

/// A place in the text to show, and how often one was asked for, so that the same place can be shown again.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reveal {
    pub(crate) serial: u32,
    pub(crate) bytes: Range<usize>,
    /// Whether the text box takes the focus, too.
    pub(crate) focus: bool,
}

impl State {
    pub(super) fn show(&mut self, bytes: Range<usize>, focus: bool) {
        self.tab = Tab::Text(Part::at(self.draft.text.as_str(), bytes.start));
        self.reveal = Reveal { serial: self.reveal.serial + 1, bytes, focus };
    }

    /// Selects these bytes in the text box, wherever the spec is.
    pub(super) fn go_to_bytes(&mut self, bytes: Range<usize>) -> Vec<Effect> {
        self.pane = Pane::Spec;
        self.show(bytes, true);
        let panes = self.preferences.panes.folded(false);
        self.prefer(Preferences { panes, ..self.preferences })
    }
}
