//! Texts from outside: pasted, dropped, read from a file or the clipboard; and what the window reports.

use super::{App, AppMessage};
use crate::manifest::link;
use crate::picture::svg;
use crate::web::browser::listener::Listener;
use crate::web::browser::{chunks, files};
use crate::web::spec::editor::takes_keys;
use crate::web::state::action::Action;
use crate::web::state::lesson::LearnAction;
use crate::web::state::lesson::own::is_handed;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlTextAreaElement};
use yew::html::Scope;
use yew::prelude::*;

/// A text with something in it.
fn filled(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}

/// The text that a paste opens; `None` if it goes into the text box, or brings nothing.
pub(super) fn pasted(event: &Event) -> Option<String> {
    let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    let text = data.get_data("text/plain").ok().and_then(filled)?;
    // A whole manifest over all that stands in the box is a text of its own: what happened to the pods of the
    // old one does not happen to its pods.
    let is_manifest = text.lines().any(|line| line.starts_with("kind:"));
    (!takes_keys(event) || is_manifest && all_is_selected(event)).then_some(text)
}

/// Whether a paste replaces everything in a text box.
fn all_is_selected(event: &Event) -> bool {
    let text_box = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    text_box.is_some_and(|text_box| {
        let at = |edge: Result<Option<u32>, _>| edge.ok().flatten().unwrap_or(0);
        let length = text_box.value().encode_utf16().count() as u32;
        at(text_box.selection_start()) == 0 && at(text_box.selection_end()) >= length
    })
}

/// What the clipboard held; `None` if the page may not read it.
pub(super) fn from_clipboard(text: Option<String>) -> AppMessage {
    match text.and_then(filled) {
        Some(text) => AppMessage::Act(Action::OpenText(text)),
        None => AppMessage::PasteRefused,
    }
}

/// What a file has in it: a poster carries a link, lessons are to be learned from, any other is a text.
fn content(text: String) -> AppMessage {
    match svg::link_of(&text).filter(|fragment| link::decode(fragment).is_ok()) {
        Some(fragment) => AppMessage::Carried(fragment),
        None if is_handed(&text) => AppMessage::Act(Action::Learn(LearnAction::HandOut(text.into()))),
        None => AppMessage::Act(Action::OpenText(text)),
    }
}

/// Opens what was dropped: a file, or a text outside the text box.
pub(super) fn dropped(app: &Scope<App>, event: &DragEvent) {
    let Some(data) = event.data_transfer() else { return };
    let app = app.clone();
    if let Some(file) = data.files().and_then(|files| files.get(0)) {
        event.prevent_default();
        files::read_file(&file, move |text| {
            app.send_message(match text {
                Ok(text) => content(text),
                Err(error) => AppMessage::NotOpened(error),
            });
        });
    } else if !takes_keys(event)
        && let Some(text) = data.get_data("text/plain").ok().and_then(filled)
    {
        event.prevent_default();
        app.send_message(AppMessage::Act(Action::OpenText(text)));
    }
}

/// What the window reports.
pub(super) fn listeners(link: &Scope<App>) -> Vec<Listener> {
    let callbacks: [(&'static str, Callback<Event>); 8] = [
        ("resize", link.callback(|_| AppMessage::Resized)),
        ("hashchange", link.callback(|_| AppMessage::AddressChanged)),
        ("popstate", link.callback(|_| AppMessage::AddressChanged)),
        ("keydown", link.batch_callback(|event: Event| event.dyn_into().ok().map(AppMessage::Key))),
        ("storage", link.batch_callback(|event: Event| event.dyn_into().ok().map(AppMessage::KeptElsewhere))),
        ("paste", link.callback(AppMessage::Pasted)),
        (chunks::SETTLED, link.callback(|_| AppMessage::Chunks)),
        // What could not be had for want of a network.
        ("online", link.callback(|_| AppMessage::Act(Action::FetchChunks))),
    ];
    callbacks
        .into_iter()
        .filter_map(|(name, callback)| Some(Listener::new(web_sys::window()?.as_ref(), name, callback)))
        .collect()
}
