//! The faults as boxes that can be dragged to another time, switched off and taken out.

use super::layout::{fault_box, percent, rounded, time_at};
use crate::api::ObjectKey;
use crate::explain::Selection;
use crate::time::{Span, Time};
use crate::timeline::Timeline;
use crate::timeline::faults::Fault;
use crate::web::controls::button::press;
use crate::web::controls::drag::{TREMBLE, capture};
use crate::web::controls::icon::icon;
use crate::web::controls::piece::Piece;
use crate::web::state::action::Action;
use crate::web::state::drag::Held;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{Element, HtmlElement};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(super) struct FaultProps {
    pub(super) stage: Shared<Stage>,
    /// Position in [`Timeline::faults`].
    pub(super) fault: usize,
    pub(super) words: AttrValue,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) on: bool,
    /// Where it is held, if it is.
    pub(super) held: Option<Held>,
    /// The track that times are measured on.
    pub(super) track: NodeRef,
}

impl Piece for FaultProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_fault_box(self).run(hooks)
    }
}

/// Where a fault was grabbed.
struct Grab {
    client_x: i32,
    /// From the fault's time to the pointer, in pixels.
    offset: f64,
    /// The picture as it was then: places are looked up in it, since the one that is shown changes under the hand.
    timeline: Shared<Timeline>,
    flies_left: bool,
    moved: bool,
}

/// One fault: press selects, drag moves, Delete removes.
#[hook]
fn use_fault_box(props: &FaultProps) -> Html {
    let fault = &props.stage.timeline.faults[props.fault];
    let words = props.stage.lang.timeline();
    let grab = use_mut_ref(|| None::<Grab>);
    let at = props.held.map_or(fault.at, |held| held.at);
    let share = props.stage.timeline.axis.x(at);
    let x = share * props.width;
    let (left, _) = fault_box(x, &props.words);
    // A box that is held stays on its side.
    let flies_left = grab.borrow().as_ref().map_or(left < x, |grab| grab.flies_left);

    let onpointerdown = {
        let (grab, track, timeline) = (grab.clone(), props.track.clone(), props.stage.timeline.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(rect) = track.cast::<Element>().map(|track| track.get_bounding_client_rect()) else { return };
            if event.button() == 0 {
                let client_x = event.client_x();
                let offset = f64::from(client_x) - rect.left() - share * rect.width();
                *grab.borrow_mut() =
                    Some(Grab { client_x, offset, timeline: timeline.clone(), flies_left, moved: false });
                if let Some(element) = event.target_dyn_into::<HtmlElement>() {
                    capture(&element, event.pointer_id());
                }
            }
        })
    };
    let onpointermove = {
        let (grab, track, width) = (grab.clone(), props.track.clone(), props.width);
        let (on_action, input) = (props.stage.on_action.clone(), fault.input);
        Callback::from(move |event: PointerEvent| {
            let at = {
                let mut grab = grab.borrow_mut();
                let Some(grab) = grab.as_mut() else { return };
                if !grab.moved && f64::from((event.client_x() - grab.client_x).abs()) < TREMBLE {
                    return;
                }
                grab.moved = true;
                let place = f64::from(event.client_x()) - grab.offset;
                super::share_of(&track, place).map(|share| time_at(&grab.timeline, share, width))
            };
            if let Some(at) = at {
                on_action.emit(Action::DragInput(input, at));
            }
        })
    };
    let onpointerup = {
        let (grab, on_action, selection) = (grab.clone(), props.stage.on_action.clone(), selection(fault));
        Callback::from(move |_: PointerEvent| {
            let Some(Grab { moved, .. }) = grab.borrow_mut().take() else { return };
            on_action.emit(if moved { Action::LetGo } else { Action::Select(selection) });
        })
    };
    let onpointercancel = {
        let (grab, on_action) = (grab.clone(), props.stage.on_action.clone());
        Callback::from(move |_: PointerEvent| {
            if grab.borrow_mut().take().is_some_and(|grab| grab.moved) {
                on_action.emit(Action::CancelDrag);
            }
        })
    };
    let onkeydown = keys(props, fault, &grab);
    let (place, top) = (percent(share), props.top);
    let style = if flies_left {
        format!("right:calc(100% - {place});top:{top}px")
    } else {
        format!("left:{place};top:{top}px;max-width:calc(100% - {place} + 12px)")
    };
    let class = classes!(
        "fault",
        fault.disabled.then_some("off"),
        fault.no_effect.is_some().then_some("idle"),
        props.on.then_some("on"),
        props.held.is_some().then_some("dragged"),
    );
    let remove = press(&props.stage.on_action, Action::RemoveInput(fault.input));
    let toggle = press(&props.stage.on_action, Action::SetInputDisabled(fault.input, !fault.disabled));
    let toggle_word = if fault.disabled { words.enable } else { words.disable };
    let nearest = props.held.and_then(|held| Some((words.nearest)(held.at, held.refusal?)));
    html! {
        <div {class} ~{style}>
            <button type="button" class="what" {onpointerdown} {onpointermove} {onpointerup} {onpointercancel} {onkeydown} aria-label={(words.fault_name)(fault)} data-step={fault.mark.map(|mark| mark.step.0.to_string())}
                title={fault.no_effect.map(|why| (props.stage.lang.reason().no_effect)(why))}>
                { icon("grip") }<span>{ props.words.clone() }</span>
                if let Some(held) = props.held { <b class="when">{ props.stage.lang.format().clock(held.at) }</b> }
            </button>
            if let Some(nearest) = nearest { <p class="nearest">{ nearest }</p> }
            <span class="acts">
                <button type="button" onclick={toggle} aria-label={format!("{toggle_word}: {}", props.words)} title={toggle_word}>{ icon(if fault.disabled { "play" } else { "pause" }) }</button>
                <button type="button" onclick={remove} aria-label={format!("{}: {}", words.remove, props.words)} title={words.remove}>{ icon("close") }</button>
            </span>
        </div>
    }
}

fn selection(fault: &Fault) -> Option<Selection> {
    let object = fault.pod.map(ObjectKey::Pod).or(fault.job.map(ObjectKey::Job));
    fault.mark.map(|mark| Selection { step: mark.step, object })
}

fn keys(props: &FaultProps, fault: &Fault, grab: &Rc<RefCell<Option<Grab>>>) -> Callback<KeyboardEvent> {
    let (timeline, on_action, width) = (props.stage.timeline.clone(), props.stage.on_action.clone(), props.width);
    let (input, at, selection, grab) = (fault.input, fault.at, selection(fault), grab.clone());
    Callback::from(move |event: KeyboardEvent| {
        let nudge = |direction: i64| {
            let length = if event.shift_key() { 1000 } else { 100 };
            let moved = Time::from_millis((at + Span::from_millis(direction * length)).millis().max(0));
            if moved == at { rounded(&timeline, at, width) } else { moved }
        };
        let is_grabbed = grab.borrow().is_some();
        match event.key().as_str() {
            "Escape" if is_grabbed => {
                *grab.borrow_mut() = None;
                on_action.emit(Action::CancelDrag);
            }
            "ArrowLeft" | "ArrowRight" if !is_grabbed => {
                on_action.emit(Action::DragInput(input, nudge(if event.key() == "ArrowLeft" { -1 } else { 1 })));
                on_action.emit(Action::LetGo);
            }
            "Delete" | "Backspace" if !is_grabbed => on_action.emit(Action::RemoveInput(input)),
            "Enter" | " " => on_action.emit(Action::Select(selection)),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    })
}
