//! First, previous, play, next; the whole run true to scale; where the playhead stands and how fast it goes.

use super::action::{Action, Speed};
use super::icon::icon;
use super::moments::Moments;
use super::same::Same;
use crate::texts::Lang;
use crate::texts::format::clock_exact;
use crate::time::Time;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlSelectElement};
use yew::prelude::*;

/// What the transport shows.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct TransportProps {
    pub(super) moments: Same<Moments>,
    pub(super) playhead: Time,
    pub(super) end: Time,
    pub(super) playing: bool,
    pub(super) speed: Speed,
    pub(super) lang: Lang,
    pub(super) on_action: Callback<Action>,
    /// The picture of the whole run.
    #[prop_or_default]
    pub(super) children: Children,
}

/// The bar under the timeline.
#[function_component]
pub(super) fn Transport(props: &TransportProps) -> Html {
    html! {
        <div class="transport" role="group" aria-label={props.lang.page().playback}>
            { keys(props) }
            <Scrub playhead={props.playhead} end={props.end} lang={props.lang} on_action={props.on_action.clone()}>
                { props.children.clone() }
            </Scrub>
            { step_number(props) }
            { speed(props) }
        </div>
    }
}

/// The four buttons.
pub(super) fn keys(props: &TransportProps) -> Html {
    let words = props.lang.page();
    let act = |action: Action| props.on_action.reform(move |_: MouseEvent| action.clone());
    let (play, glyph) = if props.playing { (words.pause, "pause") } else { (words.play, "play") };
    let idle = props.moments.len() == 0;
    html! {
        <div class="keys">
            <button type="button" class="btn icon" disabled={idle} aria-label={words.start} title={words.start} onclick={act(Action::Seek(Time::ZERO))}>{ icon("start") }</button>
            <button type="button" class="btn icon" disabled={idle} aria-label={words.previous} title={words.previous} onclick={act(Action::StepBy(-1))}>{ icon("prev") }</button>
            <button type="button" class="btn icon playbtn" disabled={idle} aria-label={play} title={play} onclick={act(Action::TogglePlay)}>{ icon(glyph) }</button>
            <button type="button" class="btn icon" disabled={idle} aria-label={words.next} title={words.next} onclick={act(Action::StepBy(1))}>{ icon("next") }</button>
        </div>
    }
}

/// Step n of m.
pub(super) fn step_number(props: &TransportProps) -> Html {
    let [before, between, behind] = props.lang.page().step;
    html! {
        <span class="stepno">{ before }<b>{ props.moments.passed(props.playhead) }</b>{ between }{ props.moments.len() }{ behind }</span>
    }
}

fn speed(props: &TransportProps) -> Html {
    let words = props.lang.page();
    let name = |speed: Speed| match speed {
        Speed::Beat => words.beat.to_owned(),
        Speed::Times(times) => format!("{times}×"),
    };
    let onchange = props.on_action.reform(|event: Event| {
        let picked = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let at = picked.map_or(0, |select| select.selected_index().max(0) as usize);
        Action::SetSpeed(Speed::ALL[at.min(Speed::ALL.len() - 1)])
    });
    html! {
        <span class="pick">
            <select aria-label={words.speed} {onchange}>
                { for Speed::ALL.iter().map(|speed| html! { <option selected={*speed == props.speed}>{ name(*speed) }</option> }) }
            </select>
            { icon("down") }
        </span>
    }
}

#[derive(Properties, PartialEq)]
struct ScrubProps {
    playhead: Time,
    end: Time,
    lang: Lang,
    on_action: Callback<Action>,
    children: Children,
}

/// The whole run as a slider.
#[function_component]
fn Scrub(props: &ScrubProps) -> Html {
    let end = props.end.millis().max(1);
    let seek = {
        let on_action = props.on_action.clone();
        move |event: &PointerEvent| {
            let Some(track) = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
                return;
            };
            let place = track.get_bounding_client_rect();
            let share = ((f64::from(event.client_x()) - place.left()) / place.width().max(1.0)).clamp(0.0, 1.0);
            on_action.emit(Action::Seek(Time::from_millis((share * end as f64) as i64)));
        }
    };
    let onpointerdown = {
        let seek = seek.clone();
        Callback::from(move |event: PointerEvent| {
            if let Some(track) = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
                // Without capture the drag ends at the edge of the track; nothing else is lost.
                let _ = track.set_pointer_capture(event.pointer_id());
            }
            seek(&event);
        })
    };
    let onpointermove = Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 1 {
            seek(&event);
        }
    });
    let onkeydown = {
        let on_action = props.on_action.clone();
        Callback::from(move |event: KeyboardEvent| {
            let action = match event.key().as_str() {
                "ArrowLeft" | "ArrowDown" => Action::StepBy(-1),
                "ArrowRight" | "ArrowUp" => Action::StepBy(1),
                "PageDown" => Action::StepBy(-10),
                "PageUp" => Action::StepBy(10),
                "Home" => Action::SeekTenth(0),
                "End" => Action::SeekTenth(10),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            on_action.emit(action);
        })
    };
    let share = props.playhead.millis() as f64 / end as f64 * 100.0;
    html! {
        <div class="scrub" role="slider" tabindex="0" aria-label={props.lang.page().overview} aria-valuemin="0" aria-valuemax={end.to_string()}
            aria-valuenow={props.playhead.millis().to_string()} aria-valuetext={clock_exact(props.playhead, props.lang)}
            {onpointerdown} {onpointermove} {onkeydown}>
            { props.children.clone() }
            <i style={format!("left:{share:.3}%")}></i>
        </div>
    }
}
