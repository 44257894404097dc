//! The transport bar: the playback buttons, the whole run to scale, the number of the step, and the speed.

use super::OverviewProps;
use crate::time::Time;
use crate::timeline::stepping;
use crate::timeline::window::Window;
use crate::web::controls::button::{icon_button, press};
use crate::web::controls::icon::icon;
use crate::web::controls::piece::piece;
use crate::web::controls::select::chosen;
use crate::web::keys;
use crate::web::state::action::Action;
use crate::web::state::look::Look;
use crate::web::state::preferences::Speed;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(crate) struct TransportProps {
    pub(crate) stage: Shared<Stage>,
    pub(crate) playhead: Time,
    pub(crate) true_scale: bool,
    pub(crate) window: Option<Window>,
    pub(crate) playing: bool,
    pub(crate) speed: Speed,
}

/// The bar under the timeline.
pub(crate) fn transport(props: &TransportProps) -> Html {
    html! {
        <div class="transport" role="group" aria-label={props.stage.lang.page().playback}>
            { keys(props) }
            { piece(OverviewProps { stage: props.stage.clone(), playhead: props.playhead, window: props.window }) }
            { step_number(props) }
            { speed(props) }
            { zoom(props) }
            { true_scale(props) }
        </div>
    }
}

/// The playback buttons.
pub(crate) fn keys(props: &TransportProps) -> Html {
    let (page, words) = (props.stage.lang.page(), props.stage.lang.transport());
    let (play, glyph) = if props.playing { (words.pause, "pause") } else { (words.play, "play") };
    let runs = !props.stage.timeline.moments.is_empty();
    let key = |class, glyph, words, action| {
        icon_button(class, glyph, words, runs.then(|| press(&props.stage.on_action, action)))
    };
    html! {
        <div class="keys">
            { key("btn icon", "start", page.start, Action::Seek(Time::ZERO)) }
            { key("btn icon", "prev", words.previous, Action::StepBy(-1)) }
            { key("btn icon playbtn", glyph, play, Action::TogglePlay) }
            { key("btn icon", "next", words.next, Action::StepBy(1)) }
        </div>
    }
}

/// Step n of m.
pub(crate) fn step_number(props: &TransportProps) -> Html {
    let [before, between, behind] = props.stage.lang.transport().step;
    html! {
        <span class="stepno">{ before }<b>{ stepping::passed(&props.stage.timeline.moments, props.playhead) }</b>{ between }{ props.stage.timeline.moments.len() }{ behind }</span>
    }
}

fn speed(props: &TransportProps) -> Html {
    let words = props.stage.lang.page();
    let name = |speed: Speed| match speed {
        Speed::Beat => words.beat.to_owned(),
        Speed::Times(times) => format!("{times}×"),
    };
    let onchange = props.stage.on_action.reform(|event: Event| Action::SetSpeed(chosen(&event, &Speed::ALL)));
    html! {
        <span class="pick">
            <select aria-label={words.speed} {onchange}>
                { for Speed::ALL.iter().map(|speed| html! { <option selected={*speed == props.speed}>{ name(*speed) }</option> }) }
            </select>
            { icon("down") }
        </span>
    }
}

/// Further away, closer, all of it.
pub(crate) fn zoom(props: &TransportProps) -> Html {
    let words = props.stage.lang.page();
    let look = |look| press(&props.stage.on_action, Action::Look(look));
    let by = |factor| look(Look::Zoom { about: None, factor });
    let is_part = props.window.is_some();
    html! {
        <span class="zoom">
            { icon_button("btn icon", "minus", words.zoom[0], is_part.then(|| by(1.0 / keys::CLOSER))) }
            { icon_button("btn icon", "plus", words.zoom[1], Some(by(keys::CLOSER))) }
            { icon_button("btn icon", "fit", words.zoom[2], is_part.then(|| look(Look::All))) }
        </span>
    }
}

fn true_scale(props: &TransportProps) -> Html {
    let name = props.stage.lang.page().true_scale;
    let on = props.true_scale;
    let onclick = press(&props.stage.on_action, Action::SetTrueScale(!on));
    html! {
        <button type="button" class="btn icon" aria-label={name} title={name} aria-pressed={on.to_string()} {onclick}>{ icon("expand") }</button>
    }
}
