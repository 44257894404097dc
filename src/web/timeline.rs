//! The timeline sheet: outcome, instruments, axis, lanes, tray. Shows a [`Timeline`] and reports gestures; what they
//! mean and what follows from them is decided elsewhere.

mod aim;
mod bands;
mod cell_grid;
mod container_row;
mod controller_row;
mod cron_row;
pub(super) mod crowd;
mod crowd_of;
mod dots;
pub(super) mod fault_menu;
mod faults;
mod gestures;
mod grid_keys;
mod job_row;
mod lanes;
mod layout;
mod many_marks;
mod node_row;
mod on_track;
mod outcome;
mod overlay;
mod overview;
mod pod_row;
mod scroller;
mod shapes;
pub(super) mod story;
pub(super) mod table;
mod thin;
mod tools;
mod track;
pub(crate) mod transport;
mod tray;

pub(crate) use grid_keys::{exit_code, without_focus};
pub(crate) use overview::OverviewProps;
pub(crate) use story::StoryProps;

use crate::api::ObjectKey;
use crate::explain::Selection;
use crate::time::Time;
use crate::timeline::Timeline;
use crate::timeline::nodes::RowsBy;
use crate::timeline::pods::Bar;
use crate::timeline::sorted::RowOrder;
use crate::timeline::window::Window;
use crate::web::browser;
use crate::web::controls::button::press;
use crate::web::controls::late::late_piece;
use crate::web::controls::piece::{Piece, piece};
use crate::web::state::action::Action;
use crate::web::state::drag::Held;
use crate::web::state::look::Sight;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use lanes::Lanes;
use outcome::{InstrumentProps, OutcomeProps, instrument_panel};
use table::TableProps;
use tools::ToolsProps;
use tray::TrayProps;
use web_sys::{Element, HtmlElement};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// The whole sheet, without the transport bar.
#[derive(Clone, PartialEq)]
pub(crate) struct SheetProps {
    pub(crate) stage: Shared<Stage>,
    /// Where the playhead is.
    pub(crate) playhead: Time,
    /// What is selected.
    pub(crate) selection: Option<Selection>,
    /// The picture before the last edit, to be shown as an outline until it is taken away.
    pub(crate) ghost: Option<Shared<Timeline>>,
    /// Time to scale instead of waits collapsed.
    pub(crate) true_scale: bool,
    pub(crate) sight: Sight,
    /// The input that is being dragged.
    pub(crate) held: Option<Held>,
    /// In which order the pods stand.
    pub(crate) order: RowOrder,
    /// Whether they stand by pod or by node.
    pub(crate) rows: RowsBy,
    /// Whether the film is cut: what comes then is a question.
    pub(crate) is_cut: bool,
    /// What hangs over the rest of the track then, where there is room for it.
    pub(crate) curtain: Option<Html>,
    /// Why nothing can be broken now.
    pub(crate) closed: Option<&'static str>,
}

impl SheetProps {
    /// The stage with the part of the axis that is shown. While an input is dragged, the past stays where it was when the
    /// input was grabbed, and so does what is under the hand.
    fn on_axis(&self) -> Shared<Stage> {
        let timeline = &self.stage.timeline;
        let fault = self.held.and_then(|held| timeline.faults.iter().find(|fault| fault.input == held.input));
        let axis = match (fault, &self.ghost) {
            (Some(fault), Some(before)) => {
                let before = before.whole_axis(self.true_scale);
                let pinned = timeline.whole_axis(self.true_scale).pinned(fault.at, before.x(fault.at));
                Window::part(Window::shares(self.sight.window, before), &pinned)
            }
            _ if !self.true_scale && self.sight.window.is_none() => return self.stage.clone(),
            _ => Window::axis(self.sight.window, timeline.whole_axis(self.true_scale)),
        };
        self.stage.with_timeline(timeline.with_axis(axis))
    }
}

impl Piece for SheetProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_timeline_sheet(self).run(hooks)
    }
}

/// The whole sheet, without the transport bar.
#[hook]
fn use_timeline_sheet(props: &SheetProps) -> Html {
    let held = props.held.map(|held| held.input);
    tools::use_focus_after(props.sight.as_table);
    let on_axis = use_memo((props.stage.clone(), props.true_scale, props.sight.window, held), |_| props.on_axis());
    let object = props.selection.and_then(|on| on.object);
    let job = props.stage.timeline.subject(object, props.playhead).map(|track| track.job);
    let is_cut = props.is_cut;
    let has_curtain = props.curtain.is_some();
    let is_at_cut = has_curtain && props.playhead >= props.stage.timeline.end;
    html! {
        <div class={classes!("film", props.closed.is_some().then_some("closed"))}>
            if let Some(job) = job {
                { piece(OutcomeProps { stage: props.stage.clone(), job, is_cut }) }
                { instrument_panel(&InstrumentProps { stage: props.stage.clone(), job, playhead: props.playhead, is_cut }) }
            }
            if !props.sight.as_table { { tools::rows_by(&props.stage, props.rows) } }
            <div class={classes!("rows", "views", has_curtain.then_some("cut"), is_at_cut.then_some("atcut"))}>
                { piece(ToolsProps { stage: props.stage.clone(), as_table: props.sight.as_table, finding: props.sight.finding.then_some(props.playhead), order: props.order }) }
                if props.sight.as_table {
                    { late_piece(TableProps { stage: props.stage.clone(), playhead: props.playhead, selection: props.selection, order: props.order }) }
                } else {
                    { piece(Lanes { sheet: SheetProps { stage: (*on_axis).clone(), ..props.clone() }, whole: props.stage.clone() }) }
                }
                { props.curtain.clone().unwrap_or_default() }
            </div>
            if let Some(why) = props.closed {
                <div class="row tray closed"><h2 class="lab">{ props.stage.lang.timeline().break_it }</h2><p>{ why }</p></div>
            } else {
                { piece(TrayProps { stage: props.stage.clone(), job, playhead: props.playhead, selection: props.selection }) }
            }
        </div>
    }
}

fn select(on_action: &Callback<Action>, selection: Selection) -> Callback<MouseEvent> {
    press(on_action, Action::Select(Some(selection)))
}

/// Selects a pod with what it does at the playhead, which stays; if it comes later, with its creation.
fn pick(bar: &Bar, playhead: Time) -> Action {
    let selection = |step| Selection { step, object: Some(ObjectKey::Pod(bar.pod)) };
    match bar.created.at <= playhead {
        true => Action::Pick(selection(bar.step_at(playhead))),
        false => Action::Select(Some(selection(bar.created.step))),
    }
}

/// The position of a pointer on an element, as a share of its width.
fn share_of(node: &NodeRef, client_x: f64) -> Option<f64> {
    let rect = node.cast::<Element>()?.get_bounding_client_rect();
    (rect.width() > 0.0).then(|| (client_x - rect.left()) / rect.width())
}

fn focus_first(node: &NodeRef, selector: &str) {
    let first = node.cast::<Element>().and_then(|element| browser::first_in::<HtmlElement>(&element, selector));
    if let Some(first) = first {
        // A page that refuses the focus keeps working.
        let _ = first.focus();
    }
}

/// Keys of a playhead: from event to event, to the ends.
fn playhead_keys(on_action: &Callback<Action>, end: Time) -> Callback<KeyboardEvent> {
    let on_action = on_action.clone();
    Callback::from(move |event: KeyboardEvent| {
        let action = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => Action::StepBy(1),
            "ArrowLeft" | "ArrowDown" => Action::StepBy(-1),
            "PageUp" => Action::StepBy(5),
            "PageDown" => Action::StepBy(-5),
            "Home" => Action::Seek(Time::ZERO),
            "End" => Action::Seek(end),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        on_action.emit(action);
    })
}
