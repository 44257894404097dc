//! The timeline sheet: outcome, instruments, axis, lanes, tray. Shows a [`Timeline`] and reports gestures; what they
//! mean and what follows from them is decided elsewhere.

mod bands;
mod cell_grid;
mod crowd;
mod crowd_of;
mod fault_menu;
mod faults;
mod grid_keys;
mod job_row;
mod lanes;
mod layout;
mod many_marks;
mod outcome;
mod overlay;
mod overview;
mod pod_row;
mod shapes;
mod story;
mod thin;
pub(crate) mod transport;
mod tray;

pub(crate) use overview::OverviewProps;
pub(crate) use story::StoryProps;

use crate::explain::Selection;
use crate::time::Time;
use crate::timeline::Timeline;
use crate::web::controls::button::press;
use crate::web::controls::piece::{Piece, piece};
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use lanes::Lanes;
use outcome::{InstrumentProps, OutcomeProps, instrument_panel};
use tray::TrayProps;
use wasm_bindgen::JsCast;
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
}

impl Piece for SheetProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_timeline_sheet(self).run(hooks)
    }
}

/// The whole sheet, without the transport bar.
#[hook]
fn use_timeline_sheet(props: &SheetProps) -> Html {
    let stage = use_memo((props.stage.clone(), props.true_scale), |(stage, true_scale)| {
        if *true_scale { stage.with_timeline(stage.timeline.to_scale()) } else { stage.clone() }
    });
    let props = SheetProps { stage: (*stage).clone(), ..props.clone() };
    let object = props.selection.and_then(|on| on.object);
    let job = props.stage.timeline.subject(object, props.playhead).map(|track| track.job);
    html! {
        <div class="film">
            if let Some(job) = job {
                { piece(OutcomeProps { stage: props.stage.clone(), job }) }
                { instrument_panel(&InstrumentProps { stage: props.stage.clone(), job, playhead: props.playhead }) }
            }
            { piece(Lanes(props.clone())) }
            { piece(TrayProps { stage: props.stage.clone(), job, playhead: props.playhead, selection: props.selection }) }
        </div>
    }
}

fn select(on_action: &Callback<Action>, selection: Selection) -> Callback<MouseEvent> {
    press(on_action, Action::Select(Some(selection)))
}

/// The position of a pointer on an element, as a share of its width.
fn share_of(node: &NodeRef, client_x: i32) -> Option<f64> {
    let rect = node.cast::<Element>()?.get_bounding_client_rect();
    (rect.width() > 0.0).then(|| (f64::from(client_x) - rect.left()) / rect.width())
}

fn focus_first(node: &NodeRef) {
    let first = node.cast::<Element>().and_then(|element| element.query_selector(".verb, input").ok().flatten());
    if let Some(first) = first.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
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
