//! A lesson where there is room for one region: a line under the header, a line above the dock, and the sentence of the stop
//! in the card that says why.

use super::card;
use super::marked::marked;
use super::props::CardProps;
use super::{goals, result};
use crate::web::browser;
use crate::web::controls::icon::icon;
use crate::web::controls::late::drawn_late;
use crate::web::state::lesson::Stage;
use yew::prelude::*;

/// Title and steps, and what belongs to this one.
#[derive(PartialEq)]
pub(crate) struct Head(pub(crate) CardProps);

drawn_late!(Head, |props| &props.0, |props, _| head(&props.0));

fn head(props: &CardProps) -> Html {
    let Some(prose) = props.prose() else { return Html::default() };
    html! {
        <section class="lesson headline" aria-labelledby="lesson-title" tabindex="-1">
            <div class="where"><h2 id="lesson-title">{ marked(&prose.title) }</h2>if !props.is_others { { card::steps(props) } }</div>
            if !props.is_kept { <p class="unkept">{ props.lang.learn().not_kept }</p> }
            { match props.stage {
                Stage::Guess => html! { <p class="say">{ marked(&prose.symptom) }</p> },
                Stage::Watch => card::verdict(props, prose),
                Stage::Fix | Stage::Kept => Html::default(),
            } }
        </section>
    }
}

/// What can be done now, above the dock.
#[derive(PartialEq)]
pub(crate) struct Foot(pub(crate) CardProps);

drawn_late!(Foot, |props| &props.0, |props, _| foot(&props.0));

fn foot(props: &CardProps) -> Html {
    let words = props.lang.learn();
    let Some(prose) = props.prose() else { return Html::default() };
    match props.stage {
        Stage::Guess => Html::default(),
        Stage::Watch => {
            let name = match (props.has_more_stops(), props.lesson().goals.is_empty()) {
                (true, _) => words.next,
                (false, true) => words.steps[3],
                (false, false) => words.to_fix,
            };
            html! { <button type="button" class="lesson-foot ink" onclick={card::next(props)}>{ name }{ icon("right") }</button> }
        }
        Stage::Fix => {
            let lines = goals::lines(props, prose);
            let open = lines.iter().find(|goal| !goal.is_met).or(lines.first());
            html! {
                <details class="lesson-foot">
                    <summary>if let Some(goal) = open { { goals::face(props, goal) } }{ icon("up") }</summary>
                    <div class="lesson sheetful">{ if props.is_others { result::result(props, prose) } else { card::task(props, prose) } }</div>
                </details>
            }
        }
        Stage::Kept => html! {
            <div class="lesson-foot lesson sheetful">{ card::kept(props, prose) }{ card::kept_acts(props) }</div>
        },
    }
}

/// The sentence of the stop, above why.
pub(crate) fn stop(props: &CardProps) -> Html {
    let is_here = props.stage == Stage::Watch && browser::media("(max-width: 699px)");
    props.prose().filter(|_| is_here).map(|prose| card::stop(props, prose)).unwrap_or_default()
}
