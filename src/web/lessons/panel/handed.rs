//! Lessons that were handed out to someone, in the panel: each text is a world of its own. What is wrong with one is said
//! with its line.

use super::{PanelProps, lesson};
use crate::web::controls::button::button;
use crate::web::state::lesson::own::{Handed, is_own};
use crate::web::state::lesson::{LearnAction, Unit};
use std::rc::Rc;
use yew::prelude::*;

/// All of them, the newest first.
pub(super) fn worlds(props: &PanelProps) -> Html {
    if props.handed.is_empty() {
        return Html::default();
    }
    html! { <div class="worlds handed">{ for props.handed.iter().enumerate().map(|(number, course)| world(props, number, course)) }</div> }
}

fn world(props: &PanelProps, number: usize, course: &Handed) -> Html {
    let (learn, words) = (props.lang.learn(), props.lang.workshop());
    let is_named = props.course.as_ref().is_some_and(|(named, _)| *named == course.id);
    let done = course.lessons.iter().filter(|id| props.is_done(id)).count();
    let units: Vec<&Rc<Unit>> = course.lessons.iter().filter_map(|id| unit(props, course, id)).collect();
    let name = format!("handed-{number}");
    html! {
        <section class={classes!("world", is_named.then_some("on"))} aria-labelledby={name.clone()}>
            <h3 id={name}><span>{ course.title(props.lang).unwrap_or(words.untitled).to_owned() }</span><small>{ (learn.progress)(done, course.lessons.len()) }</small></h3>
            <ul>{ for units.into_iter().map(|unit| lesson(props, unit)) }</ul>
            { faults(props, course) }
            <p class="hints">
                { button("link", None, words.write_on, props.act(LearnAction::WriteOn(Rc::clone(&course.id)))) }
                { button("link", None, words.remove, props.act(LearnAction::HandBack(Rc::clone(&course.id)))) }
            </p>
        </section>
    }
}

fn unit<'p>(props: &'p PanelProps, course: &'p Handed, id: &str) -> Option<&'p Rc<Unit>> {
    if is_own(id) { course.unit(id) } else { props.shelf.unit(id) }
}

/// What is wrong with it, in words, each with its line.
fn faults(props: &PanelProps, course: &Handed) -> Html {
    if course.faults.is_empty() {
        return Html::default();
    }
    let line = |line: usize| (props.lang.editor().line)(line);
    html! {
        <div class="faults" role="status">
            <p>{ props.lang.workshop().faulty }</p>
            <ul>{ for course.faults.iter().map(|(at, what)| html! { <li><b>{ line(*at) }</b>{ " " }{ (props.lang.lesson_faults().fault)(what) }</li> }) }</ul>
            if course.more_faults > 0 { <p>{ (props.lang.workshop().more_faults)(course.more_faults) }</p> }
        </div>
    }
}

/// What is handed in, once it was asked for: to be read before it is pasted, and to be copied by hand where the page may not.
pub(super) fn results(props: &PanelProps) -> Html {
    let words = props.lang.workshop();
    let Some((lines, copied)) = &props.results else { return Html::default() };
    let said = match (lines.is_empty(), copied) {
        (true, _) => words.no_results,
        (false, true) => words.results_copied,
        (false, false) => words.copy_yourself,
    };
    html! {
        <div class="results">
            <p role="status">{ said }</p>
            if !lines.is_empty() { <textarea class="mono" readonly=true wrap="off" rows="6" aria-label={words.results} value={AttrValue::from(Rc::clone(lines))}/> }
        </div>
    }
}
