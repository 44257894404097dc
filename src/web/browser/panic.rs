//! What a panic shows, and the mark by which the page knows a text that makes it panic. The panel itself is plain DOM in `static/boot.js`: after a panic no Rust may run.

use crate::web::browser;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Storage;

/// In session storage while a text is being recorded.
const RECORDING_KEY: &str = "job-playground.recording";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = jobPlaygroundPanic)]
    fn show_panel(message: &str);
}

/// Hands message and place of a panic to the panel. Set through Yew, whose renderer would replace any other hook.
pub(crate) fn install_hook() {
    yew::set_custom_panic_hook(Box::new(|panic| show_panel(&panic.to_string())));
}

/// Leaves the mark: if the page never comes to [`recording_ended`], it will not run this text at its next start.
pub(crate) fn recording_began() {
    if let Some(storage) = session() {
        let _ = storage.set_item(RECORDING_KEY, "");
    }
}

/// Removes the mark.
pub(crate) fn recording_ended() {
    if let Some(storage) = session() {
        let _ = storage.remove_item(RECORDING_KEY);
    }
}

/// Whether the text with which the page starts is to be shown but not run: it broke the page the last time.
pub(crate) fn first_run_is_held_back() -> bool {
    browser::root().and_then(|root| root.get_attribute("data-run")).as_deref() == Some("no")
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
