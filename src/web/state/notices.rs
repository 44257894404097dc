//! The state's part in short notices, and in what a person prefers.

use super::action::Action;
use super::effect::Effect;
use super::preferences::Preferences;
use super::{State, Toast};
use crate::texts::Lang;

impl State {
    /// Puts up a notice.
    pub(crate) fn notify(&mut self, toast: Toast) -> Vec<Effect> {
        self.toast = Some(toast);
        vec![Effect::TimeToast]
    }

    /// What was asked for needs a part of the page that is not there.
    pub(super) fn lacks_part(&mut self) -> Vec<Effect> {
        let mut effects = self.notify(Toast::PartMissing);
        effects.push(Effect::FetchChunks);
        effects
    }

    /// The words of a language have arrived, or cannot be had.
    pub(crate) fn words_fetched(&mut self, lang: Lang, found: bool) -> Vec<Effect> {
        if found { self.apply(Action::SetLang(lang)) } else { self.notify(Toast::WordsMissing(lang)) }
    }

    /// Something is done: a notice about what was done before has been seen. One about a link or a file stays, as nothing
    /// else on the page says that it was not opened.
    pub(super) fn pass_over(&mut self) {
        if !matches!(self.toast, Some(Toast::Link(_) | Toast::File(_))) {
            self.toast = None;
        }
    }

    pub(super) fn prefer(&mut self, preferences: Preferences) -> Vec<Effect> {
        if preferences == self.preferences {
            return Vec::new();
        }
        self.preferences = preferences;
        vec![Effect::KeepPreferences, Effect::ShowPreferences]
    }
}
