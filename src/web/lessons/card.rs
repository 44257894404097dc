//! The card of a lesson, at the head of the text: its title, its steps, and what is to be done at this one.

use super::marked::marked;
use super::props::CardProps;
use super::{answers, goals, handout, result};
use crate::scenario::lesson::Prose;
use crate::web::browser;
use crate::web::controls::button::{button, icon_button, press};
use crate::web::controls::late::drawn_late;
use crate::web::state::action::{Action, Dialog};
use crate::web::state::lesson::{LearnAction, Stage};
use std::rc::Rc;
use yew::prelude::*;

drawn_late!(CardProps, |props| props, |props, _| card(props));

fn card(props: &CardProps) -> Html {
    let words = props.lang.learn();
    let Some(prose) = props.prose() else { return Html::default() };
    let (fold, glyph) = if props.is_folded { (words.unfold, "down") } else { (words.fold, "up") };
    html! {
        <section class="lesson" aria-labelledby="lesson-title" tabindex="-1" data-stage={stage_name(props.stage)} onkeydown={keys(props)}>
            <header>
                <p class="where">{ if props.is_others { props.lang.workshop().result.to_owned() } else { props.place.clone().unwrap_or_default() } }</p>
                if !props.is_kept { <span class="unkept">{ words.not_kept }</span> }
                { icon_button("btn icon", glyph, fold, Some(props.act(LearnAction::Fold(!props.is_folded)))) }
            </header>
            <h2 id="lesson-title">{ marked(&prose.title) }</h2>
            if !props.is_folded {
                if !props.is_others { { steps(props) } }
                <div class="body">{ body(props, prose) }</div>
            }
            { handout::handout(props, prose) }
        </section>
    }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Guess => "guess",
        Stage::Watch => "watch",
        Stage::Fix => "fix",
        Stage::Kept => "kept",
    }
}

/// Where one is: a dot for each step.
pub(super) fn steps(props: &CardProps) -> Html {
    let words = props.lang.learn();
    html! {
        <ol class="stages">{ for props.stages().map(|stage| {
            let current = (stage == props.stage).then_some("step");
            html! { <li class={(stage < props.stage).then_some("done")} aria-current={current}><i></i><span>{ words.steps[stage as usize] }</span></li> }
        }) }</ol>
    }
}

fn body(props: &CardProps, prose: &Prose) -> Html {
    match props.stage {
        _ if props.is_others => result::result(props, prose),
        Stage::Guess => html! { <p class="say">{ marked(&prose.symptom) }</p> },
        Stage::Watch => html! { <>{ verdict(props, prose) }{ stop(props, prose) }{ watch_acts(props) }</> },
        Stage::Fix => task(props, prose),
        Stage::Kept => html! { <>{ kept(props, prose) }{ kept_acts(props) }</> },
    }
}

/// The guess beside the truth, and the reply.
pub(super) fn verdict(props: &CardProps, prose: &Prose) -> Html {
    let words = props.lang.learn();
    let Some(truth) = props.answer(prose, props.truth) else { return Html::default() };
    let guess = props.answer(prose, props.guess);
    let key = props.lesson().ask.as_ref().zip(props.guess.or(props.truth));
    let reply = key.and_then(|(ask, number)| Some(answers::reply(prose, &ask.options.get(number)?.0)));
    html! { <>
        <p class="vs">
            if props.guess == props.truth {
                <span>{ marked(&(words.as_you_said)(truth)) }</span>
            } else {
                if let Some(guess) = guess { <span>{ marked(&(words.you_said)(guess)) }</span> }
                <span>{ marked(&(words.it_was)(truth)) }</span>
            }
        </p>
        <p class="say">{ marked(reply.unwrap_or_default()) }</p>
    </> }
}

/// The stop that was reached last.
pub(super) fn stop(props: &CardProps, prose: &Prose) -> Html {
    let words = props.lang.learn();
    let Some(stop) = props.stops.checked_sub(1).and_then(|last| props.lesson().stops.get(last)) else {
        return Html::default();
    };
    let at = props.stop_at.map(|at| props.lang.format().clock_short(at)).unwrap_or_default();
    html! {
        <div class="stop">
            <small>{ (words.stop)(props.stops, props.lesson().stops.len(), &at) }</small>
            <p>{ marked(answers::stop(prose, &stop.key)) }</p>
            if props.stop_at.is_none() { <p class="quiet">{ words.no_moment }</p> }
        </div>
    }
}

/// On to the next stop; after the last one to the next step.
pub(super) fn next(props: &CardProps) -> Callback<MouseEvent> {
    let on_action = props.on_action.clone();
    Callback::from(move |_| on_action.emit(next_action()))
}

/// Who prefers reduced motion is there at once.
pub(crate) fn next_action() -> Action {
    Action::Learn(LearnAction::Next { jumps: browser::media("(prefers-reduced-motion: reduce)") })
}

fn watch_acts(props: &CardProps) -> Html {
    let words = props.lang.learn();
    let is_last = !props.has_more_stops();
    let goes_to = if props.lesson().goals.is_empty() { words.steps[3] } else { words.to_fix };
    html! {
        <div class="acts">
            { button("btn ink", None, if is_last { goes_to } else { words.next }, next(props)) }
            <kbd aria-hidden="true">{ "Space" }</kbd>
            if !is_last { <span class="grow"></span>{ button("btn", None, goes_to, props.act(LearnAction::Fix)) } }
        </div>
    }
}

/// The task, its goals, and what helps.
pub(super) fn task(props: &CardProps, prose: &Prose) -> Html {
    let words = props.lang.learn();
    let shown = props.hints.min(prose.hints.len());
    let has_solution = props.lesson().solution.is_some();
    html! { <>
        <p class="say">{ marked(prose.task.as_deref().unwrap_or(&prose.symptom)) }</p>
        { goals::list(props, prose) }
        <div class="help">
        if shown > 0 {
            <ol class="hinted">{ for prose.hints[..shown].iter().map(|hint| html! { <li>{ marked(hint) }</li> }) }</ol>
        }
        <p class="hints">
            if shown < prose.hints.len() { { button("link", None, (words.hint)(shown + 1, prose.hints.len()), props.act(LearnAction::Hint)) } }
            if has_solution { { button("link", None, words.solution, props.act(LearnAction::Solution)) } }
            { button("link", None, words.again, props.act(LearnAction::Again)) }
        </p>
        </div>
    </> }
}

/// What is to be kept of it.
pub(super) fn kept(props: &CardProps, prose: &Prose) -> Html {
    let words = props.lang.learn();
    let guess = props.answer(prose, props.truth).map(|truth| match props.answer(prose, props.guess) {
        Some(guess) if props.guess != props.truth => (words.guess_was)(guess, truth),
        Some(_) => (words.guess_right)(truth),
        None => words.no_guess.to_owned(),
    });
    let change = (!props.lesson().goals.is_empty()).then(|| {
        let lines = (words.lines_changed)(props.edits, props.hints);
        if props.is_seen { format!("{lines}{}{}", words.comma, words.solution_seen) } else { lines }
    });
    let more = props.lesson().more.as_ref().map(|more| {
        html! { <a href={more.to_string()} target="_blank" rel="noopener noreferrer">{ thread(more) }</a> }
    });
    let rows = [
        (words.your_guess, guess.map(|guess| marked(&guess))),
        (words.your_change, change.map(|change| html! { { change } })),
        (words.real_life, more),
    ];
    html! { <>
        <p class="take">{ marked(&prose.takeaway) }</p>
        <dl class="facts">{ for rows.into_iter().filter_map(|(name, value)| Some(html! { <><dt>{ name }</dt><dd>{ value? }</dd></> })) }</dl>
    </> }
}

/// An address in short: `kubernetes #96630`.
fn thread(address: &str) -> String {
    let parts: Vec<&str> = address.split('/').collect();
    match parts[..] {
        [_, "", "github.com", _, repository, "issues" | "pull", number] => format!("{repository} #{number}"),
        [_, _, host, ..] => host.to_owned(),
        _ => address.to_owned(),
    }
}

pub(super) fn kept_acts(props: &CardProps) -> Html {
    let words = props.lang.learn();
    html! {
        <div class="acts">
            { match &props.next {
                Some((id, title)) => button("btn ink", None, (words.next_lesson)(title), props.act(LearnAction::Open(Rc::clone(id)))),
                None => button("btn ink", None, words.all_lessons, press(&props.on_action, Action::ShowDialog(Some(Dialog::Learn)))),
            } }
            { button("btn", None, words.go_on_playing, props.act(LearnAction::GoOnPlaying)) }
            { button("btn", None, words.again, props.act(LearnAction::Again)) }
        </div>
    }
}

/// Digits choose an answer; the space bar and the full stop go on.
fn keys(props: &CardProps) -> Callback<KeyboardEvent> {
    let options =
        props.lesson().ask.as_ref().filter(|_| props.stage == Stage::Guess).map_or(0, |ask| ask.options.len());
    let choose = answers::keys(&props.on_action, options);
    let (on_action, watches) = (props.on_action.clone(), props.stage == Stage::Watch);
    Callback::from(move |event: KeyboardEvent| {
        let target = event.target_dyn_into::<web_sys::Element>();
        let on_button = target.is_some_and(|target| target.tag_name() == "BUTTON");
        let goes_on = match event.key().as_str() {
            "." => true,
            " " => !on_button,
            _ => false,
        };
        if watches && goes_on {
            event.prevent_default();
            event.stop_propagation();
            return on_action.emit(next_action());
        }
        choose.emit(event);
    })
}
