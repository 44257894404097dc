//! Keys of the grid: arrows move over the marks, letters break things. They act only while the grid has the focus, and
//! never while something is typed.

use super::SheetProps;
use super::tray::{self, nodes};
use crate::api::{ObjectKey, PodId};
use crate::cluster::reason::StepId;
use crate::explain::Selection;
use crate::time::Time;
use crate::timeline::node_faults::{NodeFault, Reach};
use crate::web::browser;
use crate::web::keys::{self, Command, ON_TIMELINE};
use crate::web::state::action::Action;
use crate::web::state::look::Look;
use crate::web::state::run::Stage;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// What other keys of the timeline do is the same wherever its focus is. `on_exit_code` opens the menu of a pod at its
/// exit code.
pub(super) fn grid(props: &SheetProps, grid: &NodeRef, on_exit_code: &Callback<PodId>) -> Callback<KeyboardEvent> {
    let (props, grid, on_exit_code) = (props.clone(), grid.clone(), on_exit_code.clone());
    Callback::from(move |event: KeyboardEvent| {
        let Some(target) = event.target_dyn_into::<Element>() else { return };
        if matches!(target.tag_name().as_str(), "INPUT" | "SELECT") {
            return;
        }
        // Other buttons keep their own keys.
        if target.tag_name() == "BUTTON" && !target.matches(".hit").unwrap_or(false) {
            return;
        }
        let Some(command) = keys::command(&ON_TIMELINE, &event) else { return };
        let act = |action: Option<Action>| action.map(|action| props.stage.on_action.emit(action)).is_some();
        let is_handled = match command {
            Command::Walk => walk(&grid, &target, &event.key()),
            Command::ExitCode => focused_pod(&props, &target).map(|pod| on_exit_code.emit(pod)).is_some(),
            command => act(asked(&props.stage, focused(&target), props.selection, props.playhead, command)),
        };
        if is_handled {
            event.prevent_default();
            event.stop_propagation();
        }
    })
}

/// What a key asks for that is about a pod: the one that has the focus, else the selected or newest one.
fn asked(
    stage: &Stage,
    focused: Option<PodId>,
    selection: Option<Selection>,
    playhead: Time,
    command: Command,
) -> Option<Action> {
    let selected = selection.and_then(|on| on.object);
    match command {
        Command::Fault(fault) => tray::hit_by_key(stage, focused, selected, playhead, fault),
        Command::NodeFault(fault) => node_fault(stage, focused.map(ObjectKey::Pod).or(selected), playhead, fault),
        Command::SelectNothing => Some(Action::Select(None)),
        _ => None,
    }
}

/// The same where no mark has the focus.
pub(crate) fn without_focus(
    stage: &Stage,
    selection: Option<Selection>,
    playhead: Time,
    command: Command,
) -> Option<Action> {
    asked(stage, None, selection, playhead, command)
}

/// The exit code that goes with the button of the tray takes the focus.
pub(crate) fn exit_code() {
    browser::focus(".tray .numbered input");
}

/// A fault on the node of a pod. A node that is lost comes back by the same key.
fn node_fault(stage: &Stage, object: Option<ObjectKey>, at: Time, fault: NodeFault) -> Option<Action> {
    let job = stage.timeline.subject(object, at).map(|track| track.job);
    let reach = Reach::of(&stage.recording);
    let find = |fault| nodes::target(stage, &reach, job, object, at, fault).ok().map(|node| (fault, node));
    let back = if fault == NodeFault::Lost { find(NodeFault::Back) } else { None };
    let own = nodes::node_of(stage, object, at);
    let (fault, node) = match back {
        Some((_, node)) if own == Some(node.id) => back?,
        back => find(fault).or(back)?,
    };
    Some(Action::AddInput(nodes::on_node(fault, node, at, None)))
}

/// The pod that has the focus.
fn focused(target: &Element) -> Option<PodId> {
    target.get_attribute("data-pod").and_then(|number| number.parse().ok()).map(PodId)
}

/// The pod that has the focus, else the selected one.
fn focused_pod(props: &SheetProps, target: &Element) -> Option<PodId> {
    let selected = match props.selection.and_then(|on| on.object) {
        Some(ObjectKey::Pod(pod)) => Some(pod),
        Some(ObjectKey::Job(_) | ObjectKey::CronJob(_) | ObjectKey::Node(_)) | None => None,
    };
    focused(target).or(selected)
}

/// Moves the focus to the neighbouring mark of a row, or to the nearest one of the next row that has any.
fn walk(grid: &NodeRef, target: &Element, key: &str) -> bool {
    let Some(grid) = grid.cast::<Element>() else { return false };
    let Some(row) = target.closest("[role=row]").ok().flatten() else { return false };
    let here = buttons(&row);
    let Some(position) = here.iter().position(|button| button.is_same_node(Some(target))) else { return false };
    let next = match key {
        "ArrowLeft" => position.checked_sub(1).and_then(|position| here.get(position)).cloned(),
        "ArrowRight" => here.get(position + 1).cloned(),
        _ => neighbour(&grid, &row, target, key == "ArrowDown"),
    };
    if let Some(next) = next {
        // A page that refuses the focus keeps working.
        let _ = next.focus();
    }
    true
}

fn neighbour(grid: &Element, row: &Element, target: &Element, is_down: bool) -> Option<HtmlElement> {
    let rows = elements(grid, "[role=row]");
    let position = rows.iter().position(|other| other.is_same_node(Some(row)))?;
    let left = |element: &Element| element.get_bounding_client_rect().left();
    let nearest = |row: &HtmlElement| {
        buttons(row)
            .into_iter()
            .min_by(|a, b| (left(a) - left(target)).abs().total_cmp(&(left(b) - left(target)).abs()))
    };
    if is_down {
        rows[position + 1..].iter().find_map(nearest)
    } else {
        rows[..position].iter().rev().find_map(nearest)
    }
}

fn buttons(row: &Element) -> Vec<HtmlElement> {
    elements(row, ".hit")
}

fn elements(of: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = of.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|n| list.item(n)?.dyn_into::<HtmlElement>().ok()).collect()
}

/// Tab comes back to the mark that had the focus last. What has the focus is shown.
pub(super) fn keep_focus(props: &SheetProps, grid: &NodeRef, track: &NodeRef) -> Callback<FocusEvent> {
    let (grid, track, recording) = (grid.clone(), track.clone(), props.stage.recording.clone());
    let (is_part, on_action) = (props.sight.window.is_some(), props.stage.on_action.clone());
    Callback::from(move |event: FocusEvent| {
        let Some(target) = event.target_dyn_into::<HtmlElement>() else { return };
        if is_part
            && is_beside(&target, &track)
            && let Some(step) = target.get_attribute("data-step").and_then(|step| step.parse().ok())
        {
            on_action.emit(Action::Look(Look::With(recording.step(StepId(step)).at)));
        }
        if !target.matches(".hit").unwrap_or(false) {
            return;
        }
        let Some(grid) = grid.cast::<Element>() else { return };
        for before in elements(&grid, ".hit[tabindex='0']") {
            before.set_tab_index(-1);
        }
        target.set_tab_index(0);
    })
}

/// Whether nothing of an element lies within the width of the track.
fn is_beside(element: &Element, track: &NodeRef) -> bool {
    let Some(track) = track.cast::<Element>().map(|track| track.get_bounding_client_rect()) else { return false };
    let here = element.get_bounding_client_rect();
    here.right() <= track.left() || track.right() <= here.left()
}
