//! Keys of the timeline and its transport. They act only while the focus is there.

use crate::web::spec::editor::takes_keys;
use crate::web::state::action::{Action, Dialog};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Whether a key goes to the timeline or its transport, and not to a control that takes keys itself.
pub(crate) fn on_stage(event: &KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.closest(".stage, .dock").ok().flatten().is_some()) && !takes_keys(event)
}

/// What a key does there.
pub(crate) fn stage_key(event: &KeyboardEvent) -> Option<Action> {
    let on_button = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| element.tag_name() == "BUTTON");
    Some(match event.key().as_str() {
        " " if !on_button => Action::TogglePlay,
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
