//! Someone's result: what they said, what their text reaches here and now, and what it took them.

use super::goals;
use super::marked::marked;
use super::props::CardProps;
use crate::scenario::lesson::Prose;
use crate::web::controls::button::button;
use crate::web::state::lesson::LearnAction;
use std::rc::Rc;
use yew::prelude::*;

/// In the place of the step.
pub(super) fn result(props: &CardProps, prose: &Prose) -> Html {
    let (words, learn) = (props.lang.workshop(), props.lang.learn());
    let guess = props.answer(prose, props.guess);
    let said = props.answer(prose, props.truth).map(|truth| match guess {
        Some(_) if props.guess == props.truth => vec![(words.they_said_so)(truth)],
        Some(guess) => vec![(words.they_said)(guess), (learn.it_was)(truth)],
        None => vec![words.they_did_not_say.to_owned(), (learn.it_was)(truth)],
    });
    let lines = (learn.lines_changed)(props.edits, props.hints);
    let changed = if props.is_seen { format!("{lines}{}{}", learn.comma, learn.solution_seen) } else { lines };
    let has_goals = !props.lesson().goals.is_empty();
    html! { <>
        <p class="vs">{ for said.iter().flatten().map(|said| html! { <span>{ marked(said) }</span> }) }</p>
        if has_goals {
            { goals::list(props, prose) }
            <dl class="facts changed"><dt>{ words.what_they_changed }</dt><dd>{ changed }</dd></dl>
            <p class="quiet">{ words.checked_anew }</p>
        }
        <div class="acts">
            { button("btn ink", None, words.open_lesson, props.act(LearnAction::Open(Rc::clone(&props.unit.id)))) }
            { button("btn", None, learn.go_on_playing, props.act(LearnAction::GoOnPlaying)) }
        </div>
    </> }
}
