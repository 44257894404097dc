//! Keys of the whole page. Those of the timeline and its transport act only while the focus is there.

use crate::web::keys::{self, Command, EVERYWHERE, ON_TIMELINE};
use crate::web::spec::editor::takes_keys;
use crate::web::state::action::{Action, Dialog};
use crate::web::state::look::Look;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What a key does; `None` if it belongs to whatever has the focus.
pub(super) fn action(event: &KeyboardEvent, as_table: bool) -> Option<Action> {
    if event.default_prevented() {
        return None;
    }
    let command = keys::command(&EVERYWHERE, event).or_else(|| on_timeline(event))?;
    Some(match command {
        Command::TogglePlay => Action::TogglePlay,
        Command::StepBy(count) => Action::StepBy(count),
        Command::SeekTenth(tenths) => Action::SeekTenth(tenths),
        Command::Zoom(factor) => Action::Look(Look::Zoom { about: None, factor }),
        Command::Pan(widths) => Action::Look(Look::Pan(widths)),
        Command::ShowAll => Action::Look(Look::All),
        Command::ShowSelection => Action::Look(Look::Selection),
        Command::FromPlayhead => Action::Look(Look::FromPlayhead),
        Command::ToPlayhead => Action::Look(Look::ToPlayhead),
        Command::Find => Action::Look(Look::Find(true)),
        Command::Table => Action::Look(Look::AsTable(!as_table)),
        Command::Help => Action::ShowDialog(Some(Dialog::Help)),
        Command::Undo => Action::Undo,
        Command::Redo => Action::Redo,
        Command::Share => Action::ShowDialog(Some(Dialog::Share)),
        // The marks have the focus, or an edge, or nobody.
        Command::Own | Command::Walk | Command::ExitCode | Command::SelectNothing => return None,
        Command::Fault(_) | Command::NodeFault(_) => return None,
        Command::EdgeBy(_) | Command::EdgeTo(_) | Command::EdgeBack => return None,
    })
}

/// Whether a key is Escape, and nothing else has made use of it.
pub(super) fn is_escape(event: &KeyboardEvent) -> bool {
    event.key() == "Escape" && !event.default_prevented() && !event.is_composing()
}

/// What a key asks for that goes to the timeline or its transport, and not to a control that takes keys itself.
fn on_timeline(event: &KeyboardEvent) -> Option<Command> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.closest(".stage, .dock").ok()??;
    if takes_keys(event) {
        return None;
    }
    let command = keys::command(&ON_TIMELINE, event)?;
    // A press of other buttons is their own.
    let is_pressed = element.tag_name() == "BUTTON" && !element.matches(".hit").unwrap_or(false);
    (command != Command::TogglePlay || !is_pressed).then_some(command)
}
