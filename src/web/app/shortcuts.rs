//! Keys of the whole page. Those of the timeline and its transport act only while the focus is there.

use crate::web::spec::editor::takes_keys;
use crate::web::state::action::{Action, Dialog};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What a key does; `None` if it belongs to whatever has the focus.
pub(super) fn action(event: &KeyboardEvent) -> Option<Action> {
    if event.default_prevented() || event.is_composing() {
        return None;
    }
    let command = event.ctrl_key() || event.meta_key();
    match (command, event.shift_key(), event.key().to_ascii_lowercase().as_str()) {
        (true, false, "z") => Some(Action::Undo),
        (true, true, "z") | (true, false, "y") => Some(Action::Redo),
        (true, false, "s") => Some(Action::ShowDialog(Some(Dialog::Share))),
        (false, ..) if !event.alt_key() => on_timeline(event),
        _ => None,
    }
}

/// Whether a key is Escape, and nothing else has made use of it.
pub(super) fn is_escape(event: &KeyboardEvent) -> bool {
    event.key() == "Escape" && !event.default_prevented() && !event.is_composing()
}

/// What a key does that goes to the timeline or its transport, and not to a control that takes keys itself.
fn on_timeline(event: &KeyboardEvent) -> Option<Action> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.closest(".stage, .dock").ok()??;
    if takes_keys(event) {
        return None;
    }
    Some(match event.key().as_str() {
        " " if element.tag_name() != "BUTTON" => Action::TogglePlay,
        "." => Action::StepBy(1),
        "," => Action::StepBy(-1),
        "Home" => Action::SeekTenth(0),
        "End" => Action::SeekTenth(10),
        "?" => Action::ShowDialog(Some(Dialog::Help)),
        key => match key.as_bytes() {
            [digit @ b'0'..=b'9'] => Action::SeekTenth(digit - b'0'),
            _ => return None,
        },
    })
}
