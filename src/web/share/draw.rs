//! The sheet: three rows, the link, what is pasted, what is saved.

mod copied;
mod embed;
mod link;
mod rows;
mod save;

use super::made::{Choice, Link, Pictures, mark_at};
use super::props::ShareProps;
use super::run::RunOfText;
use crate::manifest::Reading;
use crate::manifest::redact::redact;
use crate::picture::snippet::Form;
use crate::picture::svg::Look;
use crate::web::browser;
use crate::web::controls::button::{button, press};
use crate::web::controls::piece::Piece;
use crate::web::state::action::Action;
use crate::web::state::lesson::{Gesture, LearnAction};
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use rows::Rows;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

impl Piece for ShareProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_sheet(self).run(hooks)
    }
}

#[hook]
fn use_sheet(props: &ShareProps) -> Html {
    let words = props.lang.share();
    let choice = use_state_eq(|| {
        let look = Look { lang: props.lang, ..Look::default() };
        Choice { is_at: false, is_redacted: false, form: Form::Frame, look }
    });
    let lacks_pixels = use_state_eq(|| false);
    let redacted = use_memo(props.reading.clone(), |reading| redact(reading));
    let redacted_run = use_redacted_run(props, choice.is_redacted, &redacted.text);
    let shown = props.stage.as_ref().map(|stage| RunOfText::shown(stage));
    let run = if choice.is_redacted { redacted_run } else { shown.clone() };
    let text: Rc<str> = match choice.is_redacted {
        true => redacted.text.as_str().into(),
        false => Rc::clone(&props.reading.text),
    };
    let at = choice.is_at.then_some(props.playhead);
    let look = Look { at, lang: props.lang, ..choice.look };
    let pictures = use_pictures(run.as_ref(), &text, look);
    let mark = mark_at(run.as_ref().or(shown.as_ref()), props.playhead, props.selection);
    let has_mark = mark.is_some();
    let link = use_memo((Rc::clone(&text), at, mark), |(text, at, mark)| Link::to(text, *at, mark.as_deref()));
    let name = match choice.is_redacted || props.name.is_empty() {
        true => "run".to_owned(),
        false => props.name.to_string(),
    };
    let is_waiting = choice.is_redacted && run.is_none() && props.stage.is_some();
    let rows =
        Rows { props, choice, redacted: &redacted, text, name, link: &link, has_mark, run, pictures, lacks_pixels };
    html! {
        <div class="share">
            { rows.link_row() }
            { rows.embed_row() }
            { rows.save_row() }
            { lesson_row(props) }
            <p class="small" role="status">
                if is_waiting { { words.records } } else if props.stage.is_none() { { words.no_run } }
            </p>
            <p class="small about">{ words.about }</p>
        </div>
    }
}

/// The text as the start of a lesson.
fn lesson_row(props: &ShareProps) -> Html {
    let words = props.lang.workshop();
    let make = press(&props.on_action, Action::Learn(LearnAction::Write(Gesture::Make)));
    html! {
        <section aria-labelledby="share-lesson">
            <h3 id="share-lesson">{ words.lesson }</h3>
            <div>{ button("btn ring", None, words.make, make) }<p class="small">{ words.no_lesson }</p></div>
        </section>
    }
}

/// The run of the redacted text: recorded when it is asked for, and kept as long as the text is the same.
#[hook]
fn use_redacted_run(props: &ShareProps, is_redacted: bool, text: &str) -> Option<RunOfText> {
    let made = use_state(|| None::<(Shared<Reading>, RunOfText)>);
    let run = made.as_ref().filter(|(of, _)| *of == props.reading).map(|(_, run)| run.clone());
    let asked = props.stage.clone().filter(|_| is_redacted && run.is_none());
    use_effect_with((asked, props.reading.clone()), {
        let text = text.to_owned();
        move |(asked, reading): &(Option<Shared<Stage>>, Shared<Reading>)| {
            let alive = Rc::new(Cell::new(true));
            if let Some(stage) = asked.clone() {
                let (alive, reading) = (Rc::clone(&alive), reading.clone());
                spawn_local(async move {
                    if let Some(run) = RunOfText::record(&text, &RunOfText::shown(&stage), &alive).await {
                        made.set(Some((reading, run)));
                    }
                });
            }
            move || alive.set(false)
        }
    });
    run
}

/// The pictures of a run, made when the sheet has been drawn.
#[hook]
fn use_pictures(run: Option<&RunOfText>, text: &Rc<str>, look: Look) -> Option<Rc<Pictures>> {
    let pictures = use_state(|| None);
    use_effect_with((run.cloned(), look), {
        let (pictures, text) = (pictures.clone(), Rc::clone(text));
        move |(run, look): &(Option<RunOfText>, Look)| {
            let alive = Rc::new(Cell::new(true));
            if let Some(run) = run.clone() {
                let (alive, look) = (Rc::clone(&alive), *look);
                spawn_local(async move {
                    browser::pause().await;
                    if alive.get() {
                        pictures.set(Some(Rc::new(Pictures::of(run, &text, look))));
                    }
                });
            }
            move || alive.set(false)
        }
    });
    // Those of another run, the one that is not redacted, are never shown with it.
    (*pictures).clone().filter(|made: &Rc<Pictures>| run == Some(&made.run))
}
