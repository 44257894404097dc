//! What a lesson says of its answers, stops and goals, by their keys; and the keys that choose an answer.

use crate::scenario::lesson::Prose;
use crate::web::state::action::Action;
use crate::web::state::lesson::LearnAction;
use std::rc::Rc;
use yew::prelude::*;

fn of<'p, T>(entries: &'p [(crate::api::Name, T)], key: &str) -> Option<&'p T> {
    entries.iter().find(|(known, _)| **known == *key).map(|(_, words)| words)
}

/// An answer in a few words.
pub(crate) fn say<'p>(prose: &'p Prose, key: &str) -> &'p str {
    of(&prose.options, key).map_or("", |answer| &answer.say)
}

/// What is said to who gives it.
pub(super) fn reply<'p>(prose: &'p Prose, key: &str) -> &'p str {
    of(&prose.options, key).map_or("", |answer| &answer.reply)
}

/// What there is to see at a stop.
pub(crate) fn stop<'p>(prose: &'p Prose, key: &str) -> &'p str {
    of(&prose.stops, key).map_or("", |words: &Rc<str>| words)
}

/// What is to be reached.
pub(super) fn goal<'p>(prose: &'p Prose, key: &str) -> &'p str {
    of(&prose.goals, key).map_or("", |words: &Rc<str>| words)
}

/// 1 to 4 choose an answer, wherever the focus is in the card, and Enter gives it.
pub(super) fn keys(on_action: &Callback<Action>, count: usize) -> Callback<KeyboardEvent> {
    let on_action = on_action.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
            return;
        }
        let target = event.target_dyn_into::<web_sys::Element>();
        let is_pressed = target.is_some_and(|target| matches!(target.tag_name().as_str(), "BUTTON" | "A"));
        if count > 0 && event.key() == "Enter" && !is_pressed {
            event.prevent_default();
            return on_action.emit(Action::Learn(LearnAction::Answer));
        }
        let Some(number) = event.key().parse::<usize>().ok().filter(|number| (1..=count).contains(number)) else {
            return;
        };
        event.prevent_default();
        event.stop_propagation();
        on_action.emit(Action::Learn(LearnAction::Choose(number - 1)));
    })
}
