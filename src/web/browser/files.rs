//! Files: those of the page, and those that a person drops on it.

use super::element;
use crate::limits::TEXT_BYTES;
use crate::web::state::FileError;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::DragEvent;

#[wasm_bindgen]
extern "C" {
    /// In `static/boot.js`, which knows what a file of `static/` is called in this version, tries twice, and gives up in
    /// time. Its bytes, or null.
    #[wasm_bindgen(js_namespace = jobPlayground)]
    fn file(name: &str) -> js_sys::Promise;
}

/// Fetches a file of the page; `None` if it cannot be had.
pub(crate) fn fetch(name: &str, done: impl FnOnce(Option<Rc<[u8]>>) + 'static) {
    let promise = file(name);
    spawn_local(async move {
        let bytes = JsFuture::from(promise).await.ok().and_then(|bytes| bytes.dyn_into::<js_sys::Uint8Array>().ok());
        done(bytes.map(|bytes| bytes.to_vec().into()));
    });
}

/// Whether something is dragged from outside that can be opened: a file, or a text. The page's own drags are neither.
pub(crate) fn brings_text(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.iter().any(|one| one == "Files" || one == "text/plain"))
}

/// Reads a file as text.
pub(crate) fn read_file(file: &web_sys::File, done: impl FnOnce(Result<String, FileError>) + 'static) {
    let blob = file.unchecked_ref::<web_sys::Blob>();
    if blob.size() > TEXT_BYTES as f64 {
        return done(Err(FileError::TooLarge(blob.size() as usize)));
    }
    let promise = blob.array_buffer();
    spawn_local(async move {
        let Ok(buffer) = JsFuture::from(promise).await else { return done(Err(FileError::Unreadable)) };
        done(text_of(js_sys::Uint8Array::new(&buffer).to_vec()));
    });
}

/// Saves a text as a file.
pub(crate) fn save(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    if let Ok(blob) = web_sys::Blob::new_with_str_sequence(&parts) {
        save_blob(name, &blob);
    }
}

/// Saves what a file is to hold, as if a link to it were pressed.
pub(crate) fn save_blob(name: &str, blob: &web_sys::Blob) {
    let Ok(address) = web_sys::Url::create_object_url_with_blob(blob) else { return };
    if let Some(link) = element::<web_sys::HtmlAnchorElement>("a") {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // The browser holds what it began to save.
    let _ = web_sys::Url::revoke_object_url(&address);
}

/// Bytes of a file as text, without the byte order mark that some editors write.
fn text_of(bytes: Vec<u8>) -> Result<String, FileError> {
    if bytes.contains(&0) {
        return Err(FileError::NotText);
    }
    let text = String::from_utf8(bytes).map_err(|_| FileError::NotText)?;
    match text.strip_prefix('\u{feff}') {
        Some(text) => Ok(text.to_owned()),
        None => Ok(text),
    }
}
