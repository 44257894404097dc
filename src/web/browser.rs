//! What the page asks of the browser: storage, address, clipboard, preferences. Every refusal is harmless: the page
//! goes on without.

use super::state::FileError;
use crate::manifest::MAX_BYTES;
use crate::texts::Lang;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, Element, Event, EventTarget, Storage, Window};
use yew::Callback;

/// The key of one's own text in storage. The panel that stands in for a broken page reads it, too.
pub(super) const TEXT_KEY: &str = "job-playground.text";
/// The key of the playhead, in milliseconds.
pub(super) const AT_KEY: &str = "job-playground.at";
/// The key of the language.
pub(super) const LANG_KEY: &str = "job-playground.lang";
/// The key of the theme; read before the first paint, too.
pub(super) const THEME_KEY: &str = "job-playground.theme";
/// The key of the speed.
pub(super) const SPEED_KEY: &str = "job-playground.speed";
/// Begins the key of a text that came with a link, and was changed.
pub(super) const GUEST_KEY: &str = "job-playground.guest.";

fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept under a key.
pub(super) fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a value. A full or forbidden storage loses it in silence: the page works without.
pub(super) fn store(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}

/// The fragment of the address, without `#`; `None` if there is none.
pub(super) fn fragment() -> Option<String> {
    let fragment = window().location().hash().ok()?;
    let fragment = fragment.trim_start_matches('#');
    (!fragment.is_empty()).then(|| fragment.to_owned())
}

/// Takes the fragment out of the address; the browser's way back leads to it again.
pub(super) fn leave_fragment() {
    let location = window().location();
    let address = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// The address with this fragment.
pub(super) fn address_with(fragment: &str) -> String {
    let location = window().location();
    format!("{}{}#{fragment}", location.origin().unwrap_or_default(), location.pathname().unwrap_or_default())
}

/// A value of the address's query: `?lang=zh-CN`.
pub(super) fn query(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    let pairs = search.trim_start_matches('?').split('&');
    pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// From the address, else the last choice, else the browser's language.
pub(super) fn preferred_lang() -> Lang {
    let wanted = query("lang").or_else(|| stored(LANG_KEY)).or_else(|| window().navigator().language());
    match wanted {
        Some(tag) if tag.starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// Whether a media query holds.
pub(super) fn media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// The element of the whole page.
pub(super) fn root() -> Option<Element> {
    window().document()?.document_element()
}

/// Scrolls the first element of this kind to its top.
pub(super) fn scroll_to_top(selector: &str) {
    let found = window().document().and_then(|document| document.query_selector(selector).ok()?);
    if let Some(element) = found {
        element.set_scroll_top(0);
    }
}

/// The title of the window.
pub(super) fn set_title(title: &str) {
    if let Some(document) = window().document() {
        document.set_title(title);
    }
}

/// The size of the clock's grain, in milliseconds, for playing only.
pub(super) fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Puts a text into the clipboard, and tells when it is there.
pub(super) fn copy(text: &str, done: impl FnOnce() + 'static) {
    let promise = window().navigator().clipboard().write_text(text);
    spawn_local(async move {
        if JsFuture::from(promise).await.is_ok() {
            done();
        }
    });
}

/// Reads the clipboard; `None` if the browser does not allow it.
pub(super) fn paste(done: impl FnOnce(Option<String>) + 'static) {
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

/// Fetches a file of the page; `None` if it is not to be had.
pub(super) fn fetch(address: &str, done: impl FnOnce(Option<Rc<[u8]>>) + 'static) {
    let promise = window().fetch_with_str(address);
    spawn_local(async move {
        let bytes = async {
            let response: web_sys::Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
            let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
            response.ok().then(|| js_sys::Uint8Array::new(&buffer).to_vec())
        };
        done(bytes.await.map(Rc::from));
    });
}

/// Whether something is dragged from outside that can be opened: a file, or a text. The page's own drags are neither.
pub(super) fn brings_text(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.iter().any(|one| one == "Files" || one == "text/plain"))
}

/// Reads a file as text.
pub(super) fn read_file(file: &web_sys::File, done: impl FnOnce(Result<String, FileError>) + 'static) {
    let blob = file.unchecked_ref::<web_sys::Blob>();
    if blob.size() > MAX_BYTES as f64 {
        return done(Err(FileError::TooLarge(blob.size() as usize)));
    }
    let promise = blob.array_buffer();
    spawn_local(async move {
        let Ok(buffer) = JsFuture::from(promise).await else { return done(Err(FileError::Unreadable)) };
        done(text_of(js_sys::Uint8Array::new(&buffer).to_vec()));
    });
}

/// Bytes of a file as text, without the mark that some editors put in front.
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

/// A listener, for as long as the value lives.
pub(super) struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
    captures: bool,
}

impl Listener {
    /// Hears what happens at a target, or in it.
    pub(super) fn new(target: &EventTarget, name: &'static str, callback: Callback<Event>) -> Listener {
        let closure = Closure::new(move |event: Event| callback.emit(event));
        // Refused only for what is no function.
        let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Listener { target: target.clone(), name, closure, captures: false }
    }

    /// Hears it before whatever is in the target, and also what does not go up to it: scrolling.
    pub(super) fn before(target: &EventTarget, name: &'static str, callback: Callback<Event>) -> Listener {
        let closure = Closure::new(move |event: Event| callback.emit(event));
        let _ = target.add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
        Listener { target: target.clone(), name, closure, captures: true }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.name, function, self.captures);
    }
}

/// The size of the window.
pub(super) fn window_size() -> (f64, f64) {
    let pixels = |side: Result<JsValue, JsValue>| side.ok().and_then(|side| side.as_f64()).unwrap_or_default();
    (pixels(window().inner_width()), pixels(window().inner_height()))
}

/// How much of the window's bottom is covered, as by the keyboard of a phone.
pub(super) fn covered() -> f64 {
    let (_, height) = window_size();
    let seen = window().visual_viewport().map_or(height, |seen| seen.height() + seen.offset_top());
    (height - seen).max(0.0)
}
