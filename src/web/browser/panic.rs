//! What a panic shows, and the mark by which the page knows a text that breaks it. Both are plain scripts, in
//! `static/boot.js`: after a panic no Rust may run. What the marks mean is written there.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = jobPlayground, js_name = panic)]
    fn show_panel(message: &str);

    /// Leaves the mark: if the page never comes to [`shown`], this text is not opened again without a question.
    #[wasm_bindgen(js_namespace = jobPlayground)]
    pub(crate) fn reading(text: &str);

    /// Removes the mark, once the next frame is drawn.
    #[wasm_bindgen(js_namespace = jobPlayground)]
    pub(crate) fn shown();

    /// Whether the text that the address names may have broken the page, so that the page has to be loaded anew to ask.
    #[wasm_bindgen(js_namespace = jobPlayground, js_name = isHeldBack)]
    pub(crate) fn is_held_back() -> bool;
}

/// Hands message and place of a panic to the panel. Set through Yew, whose renderer would replace any other hook.
pub(crate) fn install_hook() {
    yew::set_custom_panic_hook(Box::new(|panic| show_panel(&panic.to_string())));
}
