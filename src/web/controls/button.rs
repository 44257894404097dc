//! Buttons that differ only in what they say and what they do. Written once: every further `html!` of a button is a KB
//! of WebAssembly.

use crate::web::controls::icon::icon;
use crate::web::state::action::Action;
use yew::prelude::*;

/// An icon alone; its words are its name and its title. Without a callback it is disabled.
pub(crate) fn icon_button(
    class: &'static str,
    glyph: &str,
    words: impl Into<AttrValue>,
    onclick: Option<Callback<MouseEvent>>,
) -> Html {
    iconic(class, glyph, words.into(), onclick)
}

fn iconic(class: &'static str, glyph: &str, words: AttrValue, onclick: Option<Callback<MouseEvent>>) -> Html {
    html! {
        <button type="button" {class} aria-label={words.clone()} title={words} disabled={onclick.is_none()} {onclick}>{ icon(glyph) }</button>
    }
}

/// Words after an icon; without a glyph, words alone.
pub(crate) fn button(
    class: &'static str,
    glyph: Option<&str>,
    words: impl Into<AttrValue>,
    onclick: Callback<MouseEvent>,
) -> Html {
    of(class, glyph.map(icon), words.into(), onclick)
}

fn of(class: &'static str, icon: Option<Html>, words: AttrValue, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {class} {onclick}>{ icon }{ words }</button> }
}

/// A press emits this action.
pub(crate) fn press(on_action: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    let on_action = on_action.clone();
    Callback::from(move |_| on_action.emit(action.clone()))
}

/// Enter in a field does what the button beside it does.
pub(crate) fn on_enter(act: impl Fn() + 'static) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            act();
        }
    })
}
