//! The browser's local storage: what is kept from one visit to the next, by key.

use super::window;
use web_sys::Storage;

/// One's own text. `static/boot.js` reads it, too, for the panel that replaces a broken page.
pub(crate) const TEXT_KEY: &str = "job-playground.text";
pub(crate) const LANG_KEY: &str = "job-playground.lang";
/// Read by `static/boot.js` before the first paint, too.
pub(crate) const THEME_KEY: &str = "job-playground.theme";
pub(crate) const SPEED_KEY: &str = "job-playground.speed";
/// What the key of a text begins with that came with a link and was changed; the fragment follows.
pub(crate) const GUEST_KEY: &str = "job-playground.guest.";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept under a key.
pub(crate) fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a value. If storage is full or forbidden it is lost silently: the page works without it.
pub(crate) fn store(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}
