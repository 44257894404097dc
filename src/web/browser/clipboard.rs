//! The clipboard.

use super::window;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Puts a text into the clipboard, and calls `done` once it is there.
pub(crate) fn copy(text: &str, done: impl FnOnce() + 'static) {
    let promise = window().navigator().clipboard().write_text(text);
    spawn_local(async move {
        if JsFuture::from(promise).await.is_ok() {
            done();
        }
    });
}

/// Reads the clipboard; `None` if the browser does not allow it.
pub(crate) fn paste(done: impl FnOnce(Option<String>) + 'static) {
    let clipboard = window().navigator().clipboard();
    // Where the page may not read the clipboard, the method itself may be missing.
    if !js_sys::Reflect::has(&clipboard, &"readText".into()).unwrap_or(false) {
        return done(None);
    }
    let promise = clipboard.read_text();
    spawn_local(async move {
        let text = JsFuture::from(promise).await.ok().and_then(|text| text.as_string());
        done(text);
    });
}
