//! The faults as boxes that can be dragged to another time, switched off and taken out.

use super::layout::{fault_box, percent, rounded, time_at};
use crate::api::ObjectKey;
use crate::explain::Selection;
use crate::time::{Span, Time};
use crate::timeline::faults::Fault;
use crate::web::controls::button::press;
use crate::web::controls::icon::icon;
use crate::web::controls::piece::Piece;
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use web_sys::HtmlElement;
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
    /// The track that times are measured on.
    pub(super) track: NodeRef,
}

impl Piece for FaultProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_fault_box(self).run(hooks)
    }
}

/// One fault: press selects, drag moves, Delete removes.
#[hook]
fn use_fault_box(props: &FaultProps) -> Html {
    let fault = &props.stage.timeline.faults[props.fault];
    let words = props.stage.lang.timeline();
    let dragged = use_state(|| None::<Time>);
    let pressed = use_mut_ref(|| None::<(i32, bool)>);
    let at = (*dragged).unwrap_or(fault.at);
    let x = props.stage.timeline.axis.x(at) * props.width;
    let (left, _) = fault_box(x, &props.words);
    let flies_left = left < x;

    let onpointerdown = {
        let pressed = pressed.clone();
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0 {
                *pressed.borrow_mut() = Some((event.client_x(), false));
                if let Some(element) = event.target_dyn_into::<HtmlElement>() {
                    let _ = element.set_pointer_capture(event.pointer_id());
                }
            }
        })
    };
    let onpointermove = {
        let (pressed, dragged, timeline, track, width) =
            (pressed.clone(), dragged.clone(), props.stage.timeline.clone(), props.track.clone(), props.width);
        Callback::from(move |event: PointerEvent| {
            let Some((start, moved)) = *pressed.borrow() else { return };
            if !moved && (event.client_x() - start).abs() < 4 {
                return;
            }
            *pressed.borrow_mut() = Some((start, true));
            if let Some(share) = super::share_of(&track, event.client_x()) {
                dragged.set(Some(time_at(&timeline, share, width)));
            }
        })
    };
    let onpointerup = {
        let (pressed, dragged, on_action, input) =
            (pressed, dragged.clone(), props.stage.on_action.clone(), fault.input);
        let selection = selection(fault);
        Callback::from(move |_: PointerEvent| {
            let Some((_, moved)) = pressed.borrow_mut().take() else { return };
            match *dragged {
                Some(at) if moved => on_action.emit(Action::MoveInput(input, at)),
                _ => on_action.emit(Action::Select(selection)),
            }
            dragged.set(None);
        })
    };
    let onkeydown = keys(props, fault);
    let style = if flies_left {
        format!("right:calc(100% - {});top:{}px", percent(props.stage.timeline.axis.x(at)), props.top)
    } else {
        format!("left:{};top:{}px", percent(props.stage.timeline.axis.x(at)), props.top)
    };
    let class = classes!(
        "fault",
        fault.disabled.then_some("off"),
        fault.no_effect.is_some().then_some("idle"),
        props.on.then_some("on"),
        dragged.is_some().then_some("dragged"),
    );
    let remove = press(&props.stage.on_action, Action::RemoveInput(fault.input));
    let toggle = press(&props.stage.on_action, Action::SetInputDisabled(fault.input, !fault.disabled));
    let toggle_word = if fault.disabled { words.enable } else { words.disable };
    html! {
        <div {class} ~{style}>
            <button type="button" class="what" {onpointerdown} {onpointermove} {onpointerup} {onkeydown} aria-label={(words.fault_name)(fault)}
                title={fault.no_effect.map(|why| (props.stage.lang.reason().no_effect)(why))}>
                { icon("grip") }<span>{ props.words.clone() }</span>
            </button>
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

fn keys(props: &FaultProps, fault: &Fault) -> Callback<KeyboardEvent> {
    let (timeline, on_action, width) = (props.stage.timeline.clone(), props.stage.on_action.clone(), props.width);
    let (input, at, selection) = (fault.input, fault.at, selection(fault));
    Callback::from(move |event: KeyboardEvent| {
        let nudge = |direction: i64| {
            let length = if event.shift_key() { 1000 } else { 100 };
            let moved = Time::from_millis((at + Span::from_millis(direction * length)).millis().max(0));
            let moved = if moved == at { rounded(&timeline, at, width) } else { moved };
            Action::MoveInput(input, moved)
        };
        let action = match event.key().as_str() {
            "ArrowLeft" => nudge(-1),
            "ArrowRight" => nudge(1),
            "Delete" | "Backspace" => Action::RemoveInput(input),
            "Enter" | " " => Action::Select(selection),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        on_action.emit(action);
    })
}
