//! The curtain: right of where the film is cut stands the question, in the place of the answer. On a phone it is a card at
//! the end of the story.

use super::answers;
use super::marked::marked;
use crate::api::Name;
use crate::scenario::lesson::Check;
use crate::texts::Lang;
use crate::time::Time;
use crate::web::controls::button::{button, press};
use crate::web::controls::late::drawn_late;
use crate::web::state::action::Action;
use crate::web::state::lesson::{LearnAction, Unit};
use crate::web::state::shared::Shared;
use yew::prelude::*;

/// The question.
#[derive(PartialEq)]
pub(crate) struct QuestionProps {
    pub(crate) unit: Shared<Unit>,
    /// The answer that is chosen.
    pub(crate) chosen: Option<usize>,
    /// Where the film is cut.
    pub(crate) cut: Time,
    /// Whether it stands at the end of the story.
    pub(crate) narrow: bool,
    pub(crate) lang: Lang,
    pub(crate) on_action: Callback<Action>,
}

drawn_late!(QuestionProps, |props| props, |props, _| question(props));

fn question(props: &QuestionProps) -> Html {
    let words = props.lang.learn();
    let (Some(prose), Some(ask)) = (props.unit.prose(props.lang), &props.unit.lesson.ask) else {
        return Html::default();
    };
    let act = |action: LearnAction| press(&props.on_action, Action::Learn(action));
    let option = |(number, (key, _)): (usize, &(Name, Check))| {
        let on = props.chosen == Some(number);
        let onchange = props.on_action.reform(move |_: Event| Action::Learn(LearnAction::Choose(number)));
        html! {
            <label class={classes!("opt", on.then_some("on"))}>
                <input type="radio" name="answer" checked={on} {onchange}/><i></i>
                <span>{ marked(answers::say(prose, key)) }</span>
                if !props.narrow { <kbd aria-hidden="true">{ number + 1 }</kbd> }
            </label>
        }
    };
    let onclick = act(LearnAction::Answer);
    let show_me = if props.narrow { words.show_me_short } else { words.show_me };
    let clock = props.lang.format();
    let time = if props.narrow { clock.clock_short(props.cut) } else { clock.clock_exact(props.cut).to_string() };
    html! {
        <div class={if props.narrow { "qcard" } else { "curtain" }} onkeydown={answers::keys(&props.on_action, ask.options.len())}>
            <p class="cutlab">{ (words.cut_at)(&time) }</p>
            <div class="ask">
            <fieldset>
                <legend>{ marked(prose.ask.as_deref().unwrap_or_default()) }</legend>
                { for ask.options.iter().enumerate().map(option) }
            </fieldset>
            <div class="acts">
                <button type="button" class="btn ink" disabled={props.chosen.is_none()} {onclick}>{ words.answer }</button>
                { button("btn ring", None, show_me, act(LearnAction::ShowMe)) }
            </div>
            </div>
        </div>
    }
}
