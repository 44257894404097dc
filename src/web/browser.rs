//! What the page asks of the browser: here the window and the document, in the files of this room storage, address,
//! clipboard, files, animation frames. Whatever the browser refuses, the page works without it.

pub(crate) mod address;
pub(crate) mod animation;
pub(crate) mod chunks;
pub(crate) mod clipboard;
pub mod exports;
pub(crate) mod files;
pub(crate) mod listener;
pub(crate) mod panic;
pub(crate) mod reached;
pub(crate) mod storage;

use crate::api::ObjectKey;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Window};

fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

/// Whether a media query holds.
pub(crate) fn media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// The document's root element.
pub(crate) fn root() -> Option<Element> {
    window().document()?.document_element()
}

/// The first element of the page that a selector finds, if it is of this type.
pub(crate) fn first<T: JsCast>(selector: &str) -> Option<T> {
    window().document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// The first one within an element.
pub(crate) fn first_in<T: JsCast>(within: &Element, selector: &str) -> Option<T> {
    within.query_selector(selector).ok()??.dyn_into().ok()
}

/// A new element of this kind, which is nowhere yet.
pub(crate) fn element<T: JsCast>(kind: &str) -> Option<T> {
    window().document()?.create_element(kind).ok()?.dyn_into().ok()
}

/// Goes on when the browser has drawn and read its keys.
pub(crate) async fn pause() {
    let promise = js_sys::Promise::new(&mut |done, _| {
        // A browser without timers goes on at once.
        if window().set_timeout_with_callback(&done).is_err() {
            let _ = done.call0(&JsValue::NULL);
        }
    });
    // It never fails.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Scrolls the first element of this kind to its top.
pub(crate) fn scroll_to_top(selector: &str) {
    if let Some(element) = first::<Element>(selector) {
        element.set_scroll_top(0);
    }
}

/// Scrolls so that the first element of this kind is in the middle, if it is shown.
pub(crate) fn scroll_to_middle(selector: &str) {
    if let Some(element) = first::<Element>(selector) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls as little as brings the first element of this kind into sight, if there is one.
pub(crate) fn scroll_into_sight(selector: &str) -> bool {
    let element = first::<Element>(selector);
    if let Some(element) = &element {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
    element.is_some()
}

/// The first element of this kind takes the focus, if there is one; nothing scrolls for it.
pub(crate) fn focus(selector: &str) -> bool {
    let element = first::<web_sys::HtmlElement>(selector);
    if let Some(element) = &element {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // A page that refuses the focus keeps working.
        let _ = element.focus_with_options(&options);
    }
    element.is_some()
}

/// Washes the row of an object, where it has one; of none, no row any more.
pub(crate) fn point_at(object: Option<ObjectKey>) {
    const POINTED: &str = "data-pointed";
    if let Some(row) = first::<Element>(&format!("[{POINTED}]")) {
        // Refused only for a name that is none.
        let _ = row.remove_attribute(POINTED);
    }
    if let Some(ObjectKey::Pod(pod)) = object {
        let mark = first::<Element>(&format!("[data-pod=\"{}\"]", pod.0));
        if let Some(row) = mark.and_then(|mark| mark.closest(".lane").ok().flatten()) {
            let _ = row.set_attribute(POINTED, "");
        }
    }
}

/// Sets the title of the window.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = window().document() {
        document.set_title(title);
    }
}

/// Loads the page anew.
pub(crate) fn reload() {
    // It can only fail where the browser forbids it; then the page stays as it is.
    let _ = window().location().reload();
}

/// Milliseconds since the page was opened. Only for playing and for slices of recording: nothing that is recorded
/// depends on it.
pub(crate) fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Milliseconds since 1970. Only for the times of past texts.
pub(crate) fn date() -> u64 {
    js_sys::Date::now() as u64
}

fn date_of(millis: u64) -> js_sys::Date {
    js_sys::Date::new(&JsValue::from_f64(millis as f64))
}

/// Such a time as `2026-11-30T09:05:00.000Z`.
pub(crate) fn iso_date(millis: u64) -> String {
    date_of(millis).to_iso_string().into()
}

/// Such a time as people of this language write it, in the time zone of the browser.
pub(crate) fn local_date(millis: u64, tag: &str) -> String {
    date_of(millis).to_locale_string(tag, &JsValue::UNDEFINED).into()
}

/// Width and height of the window in CSS pixels.
pub(crate) fn window_size() -> (f64, f64) {
    let pixels = |side: Result<JsValue, JsValue>| side.ok().and_then(|side| side.as_f64()).unwrap_or_default();
    (pixels(window().inner_width()), pixels(window().inner_height()))
}

/// How many CSS pixels at the bottom of the window are covered, as by the keyboard of a phone.
pub(crate) fn covered() -> f64 {
    let (_, height) = window_size();
    let seen = window().visual_viewport().map_or(height, |seen| seen.height() + seen.offset_top());
    (height - seen).max(0.0)
}

/// The language that the browser prefers, as a tag: `zh-CN`.
pub(crate) fn language() -> Option<String> {
    window().navigator().language()
}
