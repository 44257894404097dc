//! Keys of the whole page. Those of the timeline act wherever nothing that has the focus takes them itself, unless it is
//! preferred that they act on the timeline and its transport only.

use crate::web::keys::{self, Command, EVERYWHERE, ON_TIMELINE};
use crate::web::lessons::next_action;
use crate::web::spec::editor::takes_keys;
use crate::web::state::State;
use crate::web::state::action::{Action, Dialog};
use crate::web::state::console::ConsoleAction;
use crate::web::state::lesson::Stage as Step;
use crate::web::state::look::Look;
use crate::web::state::run::Stage;
use crate::web::timeline::{exit_code, without_focus};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What a key does; `None` if it belongs to whatever has the focus.
pub(super) fn action(event: &KeyboardEvent, state: &State, stage: &Stage) -> Option<Action> {
    if event.default_prevented() || state.dialog.is_some() {
        return None;
    }
    let everywhere = keys::command(&EVERYWHERE, event);
    let command = everywhere.or_else(|| on_timeline(event, state.preferences.has_free_keys))?;
    let watches = state.lesson().is_some_and(|lesson| lesson.stage == Step::Watch);
    Some(match command {
        Command::TogglePlay | Command::StepBy(1) if watches && event.key() != "ArrowRight" => next_action(),
        Command::TogglePlay => Action::TogglePlay,
        Command::StepBy(count) => Action::StepBy(count),
        // Where no mark has the focus, from event to event.
        Command::Walk => match event.key().as_str() {
            "ArrowLeft" => Action::StepBy(-1),
            "ArrowRight" => Action::StepBy(1),
            _ => return None,
        },
        Command::SeekTenth(tenths) => Action::SeekTenth(tenths),
        Command::Zoom(factor) => Action::Look(Look::Zoom { about: None, factor }),
        Command::Pan(widths) => Action::Look(Look::Pan(widths)),
        Command::ShowAll => Action::Look(Look::All),
        Command::ShowSelection => Action::Look(Look::Selection),
        Command::FromPlayhead => Action::Look(Look::FromPlayhead),
        Command::ToPlayhead => Action::Look(Look::ToPlayhead),
        Command::Find => Action::Look(Look::Find(true)),
        Command::Table => Action::Look(Look::AsTable(!state.sight.as_table)),
        Command::Console => Action::Console(ConsoleAction::Open),
        Command::Help => Action::ShowDialog(Some(Dialog::Help)),
        Command::Undo => Action::Undo,
        Command::Redo => Action::Redo,
        Command::Share => Action::ShowDialog(Some(Dialog::Share)),
        Command::SelectNothing if state.toast.is_some() => Action::DismissToast,
        Command::ExitCode => {
            exit_code();
            return None;
        }
        Command::SelectNothing | Command::Fault(_) | Command::NodeFault(_) => {
            // Nothing is broken before the answer.
            let breaks = !matches!(command, Command::SelectNothing);
            return without_focus(stage, state.selection, state.playhead, command)
                .filter(|_| !(breaks && state.keeps_what_happens()));
        }
        // The cells have the focus, or an edge.
        Command::Own | Command::EdgeBy(_) | Command::EdgeTo(_) | Command::EdgeBack => return None,
    })
}

/// Whether a key is Escape, and nothing else has made use of it.
pub(super) fn is_escape(event: &KeyboardEvent) -> bool {
    event.key() == "Escape" && !event.default_prevented() && !event.is_composing()
}

/// What has keys of its own, besides what is typed into: lists that are open, edges, tabs.
const WITH_OWN_KEYS: &str = ".menu .list, .divider, [role=tab]";

/// What a key asks for of the timeline. `is_free`: also where the focus is elsewhere, on nothing or on what can only be
/// pressed.
fn on_timeline(event: &KeyboardEvent, is_free: bool) -> Option<Command> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let is_in = |of: &str| element.closest(of).ok().flatten().is_some();
    let is_pressed = matches!(element.tag_name().as_str(), "BUTTON" | "A" | "SUMMARY");
    let is_nothing = matches!(element.tag_name().as_str(), "BODY" | "HTML");
    if takes_keys(event) || is_in(WITH_OWN_KEYS) || !(is_in(".stage, .dock") || is_free && (is_pressed || is_nothing)) {
        return None;
    }
    let command = keys::command(&ON_TIMELINE, event)?;
    // A press of other buttons is their own.
    let is_pressed = is_pressed && !element.matches(".hit").unwrap_or(false);
    (command != Command::TogglePlay || !is_pressed).then_some(command)
}
