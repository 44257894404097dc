//! The browser's local storage: what is kept from one visit to the next, by key.

use super::window;
use web_sys::Storage;

/// The key of one's own text in storage. The panel that stands in for a broken page reads it, too.
pub(crate) const TEXT_KEY: &str = "job-playground.text";
/// The key of the language.
pub(crate) const LANG_KEY: &str = "job-playground.lang";
/// The key of the theme; read before the first paint, too.
pub(crate) const THEME_KEY: &str = "job-playground.theme";
/// The key of the speed.
pub(crate) const SPEED_KEY: &str = "job-playground.speed";
/// Begins the key of a text that came with a link, and was changed.
pub(crate) const GUEST_KEY: &str = "job-playground.guest.";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept under a key.
pub(crate) fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a value. A full or forbidden storage loses it in silence: the page works without.
pub(crate) fn store(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}
