//! The goals of a lesson: each with a tick or a ring, and what was seen. What the task keeps is one more, once it was
//! touched.

use super::answers;
use super::marked::{marked, plain};
use super::props::CardProps;
use crate::scenario::lesson::Prose;
use crate::web::controls::icon::icon;
use yew::prelude::*;

/// One line.
pub(super) struct Goal<'p> {
    pub(super) words: &'p str,
    pub(super) is_met: bool,
    /// What was seen, with its marks.
    pub(super) seen: String,
}

/// All of them, in order.
pub(super) fn lines<'p>(props: &'p CardProps, prose: &'p Prose) -> Vec<Goal<'p>> {
    let words = props.lang.learn();
    let goals = props.unit.lesson.goals.iter().enumerate().map(|(number, goal)| {
        let observed = props.goals.get(number);
        let seen = match observed {
            Some(observed) => (words.seen)(&props.lang.lessons().seen(observed)),
            None => words.no_run.to_owned(),
        };
        Goal { words: answers::goal(prose, &goal.key), is_met: observed.is_some_and(|observed| observed.holds), seen }
    });
    let kept =
        (!props.is_whole).then(|| Goal { words: words.kept_lines, is_met: false, seen: words.changed.to_owned() });
    goals.chain(kept).collect()
}

/// As a list.
pub(super) fn list(props: &CardProps, prose: &Prose) -> Html {
    let words = props.lang.learn();
    html! {
        <ul class="goals" aria-label={words.goals}>{ for lines(props, prose).iter().map(|goal| html! {
            <li class={if goal.is_met { "met" } else { "open" }}>{ face(props, goal) }</li>
        }) }</ul>
    }
}

/// What a line shows.
pub(super) fn face(props: &CardProps, goal: &Goal<'_>) -> Html {
    let words = props.lang.learn();
    html! { <>
        { icon(if goal.is_met { "tick" } else { "ring" }) }
        <span class="sr">{ if goal.is_met { words.reached } else { words.open } }{ ": " }</span>
        <span class="what">{ marked(goal.words) }</span>
        <span class="seen" title={plain(&goal.seen)}>{ marked(&goal.seen) }</span>
    </> }
}
