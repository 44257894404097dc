//! The pods of the moment at the playhead as a table, with the columns of kubectl: one row per pod, of which only those in
//! sight are drawn. The keyboard walks over the rows, and what is walked to is selected.

use super::{pick, tray};
use crate::api::{ObjectKey, PodId};
use crate::explain::Selection;
use crate::kubectl;
use crate::time::Time;
use crate::timeline::pods::{Bar, PodEnding};
use crate::timeline::sorted::RowOrder;
use crate::web::browser;
use crate::web::controls::late::drawn_late;
use crate::web::keys::{self, Command, ON_TIMELINE};
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use web_sys::{Element, HtmlElement};
use yew::functional::Hook;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(crate) struct TableProps {
    pub(super) stage: Shared<Stage>,
    pub(super) playhead: Time,
    pub(super) selection: Option<Selection>,
    pub(super) order: RowOrder,
}

/// The height of a row, as the style sheet has it.
const ROW: i32 = 30;
/// So many rows are drawn before those in sight and behind them; what is drawn changes by blocks.
const BLOCK: usize = 24;
/// More are never in sight at once.
const SIGHT: usize = 48;

drawn_late!(TableProps, |props| &props.stage, |props, hooks| use_table(props).run(hooks));

#[hook]
fn use_table(props: &TableProps) -> Html {
    let lang = props.stage.lang;
    let words = &lang.timeline().rows_words;
    let timeline = &props.stage.timeline;
    let sorted = use_memo((timeline.clone(), props.order), |(timeline, order)| timeline.sorted_pods(*order));
    let there: Vec<&Bar> = sorted
        .iter()
        .map(|(track, bar)| &timeline.jobs[*track].bars[*bar])
        .filter(|bar| bar.is_there(props.playhead))
        .collect();
    let has_index = timeline.jobs.iter().any(|track| track.lane.is_indexed);
    let selected = match props.selection.and_then(|on| on.object) {
        Some(ObjectKey::Pod(pod)) => there.iter().position(|bar| bar.pod == pod),
        Some(ObjectKey::Job(_) | ObjectKey::CronJob(_) | ObjectKey::Node(_)) | None => None,
    };
    let (grid, block) = (use_node_ref(), use_state_eq(|| 0usize));
    let onscroll = {
        let (grid, block) = (grid.clone(), block.clone());
        Callback::from(move |_: Event| {
            if let Some(grid) = grid.cast::<Element>() {
                block.set((grid.scroll_top() / ROW).max(0) as usize / BLOCK);
            }
        })
    };
    use_effect_with(selected, {
        let grid = grid.clone();
        move |selected| {
            if let Some((grid, selected)) = grid.cast::<HtmlElement>().zip(*selected) {
                keep_in_sight(&grid, selected as i32);
            }
        }
    });
    let onkeydown = keys(props, &there, selected);
    let first = (*block * BLOCK).saturating_sub(BLOCK).min(there.len());
    let last = (*block * BLOCK + SIGHT + 2 * BLOCK).min(there.len());
    let own = [has_index.then_some(words.index), Some("Node"), Some(words.outcome)];
    let columns = kubectl::POD_COLUMNS.into_iter().chain(own.into_iter().flatten());
    let columns: Vec<String> = columns.map(str::to_uppercase).collect();
    let space = |rows: usize| format!("height:{}px", rows as i32 * ROW);
    html! {
        <div class="podtable">
            <p class="about" aria-hidden="true">{ (words.there)(there.len(), sorted.len()) }</p>
            <div class={classes!("podgrid", has_index.then_some("indexed"))} ref={grid} role="grid" tabindex="0" aria-label={(words.there)(there.len(), sorted.len())}
                aria-rowcount={(there.len() + 1).to_string()} aria-colcount={columns.len().to_string()}
                aria-activedescendant={selected.map(|row| row_id(there[row].pod))} {onscroll} {onkeydown}>
                <div role="row" class="heads" aria-rowindex="1">
                    { for columns.iter().map(|name| html! { <span role="columnheader">{ name }</span> }) }
                </div>
                if there.is_empty() {
                    <div role="row" class="none" aria-rowindex="2"><span role="gridcell">{ words.none_there }</span></div>
                }
                <div class="space" role="presentation" ~style={space(first)}/>
                { for there[first..last].iter().enumerate().map(|(n, bar)| row(props, bar, first + n, selected == Some(first + n), has_index)) }
                <div class="space" role="presentation" ~style={space(there.len() - last)}/>
            </div>
        </div>
    }
}

fn row_id(pod: PodId) -> String {
    format!("pod-row-{}", pod.0)
}

fn row(props: &TableProps, bar: &Bar, number: usize, on: bool, has_index: bool) -> Html {
    let Stage { recording, lang, on_action, .. } = &*props.stage;
    let at = props.playhead;
    let Some(pod) = recording.pod_at(bar.pod, at) else { return Html::default() };
    let snapshot = props.stage.snapshot(at);
    let cells = kubectl::pod_cells(pod, &snapshot);
    let end = bar.end.filter(|end| end.mark.at <= at);
    let index = has_index.then(|| bar.birth.index.map_or(String::new(), |index| index.to_string()));
    let class = match end.map(|end| end.how) {
        Some(PodEnding::Succeeded) => "x-succeeded",
        Some(PodEnding::Failed) => "x-failed",
        Some(PodEnding::Vanished) => "x-term",
        None => "",
    };
    let outcome = end.map(|end| lang.timeline().end_label(&end)).unwrap_or_default();
    let onclick = super::press(on_action, pick(bar, at));
    html! {
        <div key={bar.pod.0} id={row_id(bar.pod)} role="row" class={on.then_some("on")} aria-rowindex={(number + 2).to_string()} aria-selected={on.to_string()} {onclick}>
            { for cells.into_iter().chain(index).chain([kubectl::pod_node(pod, &snapshot).to_owned()]).map(|cell| html! { <span role="gridcell" title={cell.clone()}>{ cell }</span> }) }
            <span role="gridcell" {class}>{ outcome }</span>
        </div>
    }
}

/// Arrow keys and page keys walk over the rows; letters act on the pod that is selected.
fn keys(props: &TableProps, there: &[&Bar], selected: Option<usize>) -> Callback<KeyboardEvent> {
    let last = there.len().saturating_sub(1);
    let page = 10;
    let to = |number: usize| there.get(number).map(|bar| pick(bar, props.playhead));
    let (up, down) = (selected.map_or(0, |row| row.saturating_sub(1)), selected.map_or(0, |row| (row + 1).min(last)));
    let walks = [
        ("ArrowUp", to(up)),
        ("ArrowDown", to(down)),
        ("PageUp", to(selected.unwrap_or(0).saturating_sub(page))),
        ("PageDown", to((selected.unwrap_or(0) + page).min(last))),
        ("Enter", to(selected.unwrap_or(0))),
    ];
    let ends = [("Home", to(0)), ("End", to(last))];
    let props = props.clone();
    Callback::from(move |event: KeyboardEvent| {
        let key = event.key();
        let named = |walks: &[(&str, Option<Action>)]| walks.iter().find(|(name, _)| *name == key)?.1.clone();
        let object = props.selection.and_then(|on| on.object);
        let action = match keys::command(&ON_TIMELINE, &event) {
            Some(Command::ExitCode) => {
                focus_exit_code();
                event.prevent_default();
                None
            }
            Some(Command::Fault(fault)) => tray::hit_by_key(&props.stage, None, object, props.playhead, fault),
            Some(Command::SelectNothing) => Some(Action::Select(None)),
            _ if event.ctrl_key() || event.meta_key() => named(&ends),
            _ => named(&walks),
        };
        if let Some(action) = action {
            event.prevent_default();
            event.stop_propagation();
            props.stage.on_action.emit(action);
        }
    })
}

/// Rows have no menus: the exit code is that of the tray, which acts on the selected pod.
fn focus_exit_code() {
    if let Some(field) = browser::first::<HtmlElement>(".tray .numbered input") {
        // A page that refuses the focus keeps working.
        let _ = field.focus();
    }
}

/// Scrolls the table, and only the table, so far that a row is seen below its heads.
fn keep_in_sight(grid: &HtmlElement, row: i32) {
    let (top, room) = (row * ROW, grid.client_height() - ROW);
    if top < grid.scroll_top() {
        grid.set_scroll_top(top);
    } else if top + ROW > grid.scroll_top() + room {
        grid.set_scroll_top(top + ROW - room);
    }
}
