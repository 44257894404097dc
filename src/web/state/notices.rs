//! The state's part in short notices, and in what a person prefers.

use super::effect::Effect;
use super::preferences::Preferences;
use super::{State, Toast};

impl State {
    /// Puts up a notice.
    pub(crate) fn notify(&mut self, toast: Toast) -> Vec<Effect> {
        self.toast = Some(toast);
        vec![Effect::TimeToast]
    }

    pub(super) fn prefer(&mut self, preferences: Preferences) -> Vec<Effect> {
        if preferences == self.preferences {
            return Vec::new();
        }
        self.preferences = preferences;
        vec![Effect::KeepPreferences, Effect::ShowPreferences]
    }
}
