//! The clipboard.

use super::{element, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Puts a text into the clipboard, and says whether it is there. The text has to be selected: it is copied as the key
/// does, which works on plain http, where pages have no clipboard, and in frames of other sites, which may not use it.
pub(crate) fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let document = window().document().and_then(|document| document.dyn_into::<HtmlDocument>().ok());
    let copied = document.is_some_and(|document| document.exec_command("copy").unwrap_or(false));
    // Deprecated: a browser may have lost the command.
    let clipboard = window().navigator().clipboard();
    if copied || clipboard.is_undefined() {
        return done(copied);
    }
    let promise = clipboard.write_text(text);
    spawn_local(async move { done(JsFuture::from(promise).await.is_ok()) });
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

/// The same for a text that is nowhere to be seen: it is selected in a text box of its own meanwhile.
pub(crate) fn copy_unseen(text: &str, done: impl FnOnce(bool) + 'static) {
    let text_box = element::<HtmlTextAreaElement>("textarea");
    let body = window().document().and_then(|document| document.body());
    if let (Some(text_box), Some(body)) = (&text_box, body) {
        text_box.set_value(text);
        text_box.set_class_name("sr");
        // Without it what is selected may be something else, but the text is copied where pages have a clipboard.
        let _ = body.append_child(text_box);
        text_box.select();
    }
    copy(text, done);
    if let Some(text_box) = text_box {
        text_box.remove();
    }
}
