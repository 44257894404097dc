//! The panel Learn: how far one came, all lessons by their courses, and what is done with the progress. What was done shows
//! what is to be kept of it, so that the list becomes the reference.

mod handed;

use super::marked::marked;
use crate::lessons::COURSES;
use crate::texts::Lang;
use crate::web::browser::files;
use crate::web::controls::button::{button, press};
use crate::web::controls::icon::icon;
use crate::web::controls::piece::Piece;
use crate::web::keeping::progress::{Progress, Reached};
use crate::web::state::action::Action;
use crate::web::state::lesson::own::Handed;
use crate::web::state::lesson::{Gesture, LearnAction, ReadIn, Shelf, Unit, shelf};
use crate::web::state::shared::Shared;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// What the panel shows.
#[derive(Clone, PartialEq)]
pub(crate) struct PanelProps {
    pub(crate) shelf: Shelf,
    /// What was handed out to one.
    pub(crate) handed: Shared<Vec<Handed>>,
    pub(crate) progress: Shared<Progress>,
    /// The lesson that is open.
    pub(crate) open: Option<Rc<str>>,
    /// The course that the address names; with `false` there is no such course.
    pub(crate) course: Option<(Rc<str>, bool)>,
    pub(crate) read_in: Option<ReadIn>,
    /// What is handed in, and whether it is in the clipboard.
    pub(crate) results: Option<(Rc<str>, bool)>,
    pub(crate) is_kept: bool,
    pub(crate) lang: Lang,
    pub(crate) on_action: Callback<Action>,
}

impl Piece for PanelProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_panel(self).run(hooks)
    }
}

impl PanelProps {
    pub(super) fn act(&self, action: LearnAction) -> Callback<MouseEvent> {
        press(&self.on_action, Action::Learn(action))
    }

    fn reached(&self, id: &str) -> Reached {
        self.progress.of(id).map_or(Reached::Begun, |entry| entry.state)
    }

    pub(super) fn is_done(&self, id: &str) -> bool {
        self.reached(id) >= Reached::Seen
    }

    /// The lesson to go on with: the open one, else the first that is not done.
    fn next(&self) -> Option<&Rc<Unit>> {
        let open = self.open.iter().map(|id| &**id);
        let all = shelf::path().map(|(_, id)| id);
        let next = open.chain(all).find(|id| !self.is_done(id))?;
        self.shelf.unit(next)
    }
}

#[hook]
fn use_panel(props: &PanelProps) -> Html {
    let words = props.lang.learn();
    let asks = use_state_eq(|| false);
    let unknown = props.course.as_ref().filter(|(_, is_known)| !is_known).map(|(id, _)| (words.no_course)(id));
    html! {
        <div class="learn">
            { head(props) }
            if let Some(unknown) = unknown { <p role="status">{ unknown }</p> }
            { handed::worlds(props) }
            { match &props.shelf {
                Shelf::Absent | Shelf::Asked => html! { <p role="status">{ words.fetching }</p> },
                Shelf::Missing => html! {
                    <p role="status">{ words.not_fetched }{ " " }{ button("btn ring", None, props.lang.page().try_again, props.act(LearnAction::Fetch)) }</p>
                },
                Shelf::Here(_) => html! { <div class="worlds">{ for COURSES.iter().map(|world| course(props, world.id, world.lessons)) }</div> },
            } }
            { foot(props, &asks) }
            { handed::results(props) }
        </div>
    }
}

/// How far one came, and how to go on.
fn head(props: &PanelProps) -> Html {
    let words = props.lang.learn();
    let ids: Vec<&str> = shelf::path().map(|(_, id)| id).collect();
    let done = ids.iter().filter(|id| props.is_done(id)).count();
    let next = props.next().and_then(|unit| Some((Rc::clone(&unit.id), Rc::clone(&unit.prose(props.lang)?.title))));
    let is_new = done == 0 && ids.iter().all(|id| props.progress.of(id).is_none());
    let dots = COURSES.iter().map(|world| {
        html! { <span>{ for world.lessons.iter().map(|id| html! { <i class={mark(props.reached(id)).0}></i> }) }</span> }
    });
    html! {
        <div class="how-far">
            <span>{ (words.progress)(done, ids.len()) }</span>
            <span class="meter" aria-hidden="true">{ for dots }</span>
            if !props.is_kept { <span class="unkept">{ words.not_kept }</span> }
            <span class="grow"></span>
            if let Some((id, title)) = next {
                { button("btn ink", None, if is_new { (words.begin)(&title) } else { (words.go_on)(&title) }, props.act(LearnAction::Open(id))) }
            }
        </div>
    }
}

/// Class, glyph and place among the words of what became of a lesson.
fn mark(reached: Reached) -> (&'static str, &'static str, usize) {
    match reached {
        Reached::Begun => ("new", "ring", 0),
        Reached::Watched => ("half", "half", 1),
        Reached::Solved => ("full", "full", 2),
        Reached::Seen => ("seen", "target", 3),
    }
}

/// A course with its lessons.
fn course(props: &PanelProps, id: &'static str, lessons: &'static [&'static str]) -> Html {
    let words = props.lang.learn();
    let is_named = props.course.as_ref().is_some_and(|(named, _)| **named == *id);
    let done = lessons.iter().filter(|id| props.is_done(id)).count();
    let units = lessons.iter().filter_map(|id| props.shelf.unit(id));
    html! {
        <section class={classes!("world", is_named.then_some("on"))} aria-labelledby={format!("world-{id}")}>
            <h3 id={format!("world-{id}")}><span>{ (props.lang.lessons().world)(id) }</span><small>{ (words.progress)(done, lessons.len()) }</small></h3>
            <ul>{ for units.map(|unit| lesson(props, unit)) }</ul>
        </section>
    }
}

pub(super) fn lesson(props: &PanelProps, unit: &Unit) -> Html {
    let Some(prose) = unit.prose(props.lang) else { return Html::default() };
    let (class, glyph, name) = mark(props.reached(&unit.id));
    let is_open = props.open.as_ref() == Some(&unit.id);
    html! {
        <li><button type="button" class={classes!("les", class)} aria-current={is_open.then_some("true")} onclick={props.act(LearnAction::Open(Rc::clone(&unit.id)))}>
            { icon(glyph) }
            <span>
                <span class="sr">{ props.lang.learn().states[name] }{ ": " }</span>{ marked(&prose.title) }
                if props.is_done(&unit.id) { <small>{ marked(&prose.takeaway) }</small> }
            </span>
        </button></li>
    }
}

/// What is done with the progress. Forgetting it is asked for twice.
fn foot(props: &PanelProps, asks: &UseStateHandle<bool>) -> Html {
    let words = props.lang.learn();
    let onchange = {
        let on_action = props.on_action.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let on_action = on_action.clone();
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                files::read_file(&file, move |text| {
                    let text = text.unwrap_or_default();
                    on_action.emit(Action::Learn(LearnAction::ReadIn(text.into())));
                });
            }
            // The same file can be read once more.
            input.set_value("");
        })
    };
    let forget = {
        let (asks, on_action) = (asks.clone(), props.on_action.clone());
        Callback::from(move |_: MouseEvent| {
            if *asks {
                on_action.emit(Action::Learn(LearnAction::Forget));
            }
            asks.set(!*asks);
        })
    };
    let said = props.read_in.map(|read| match read {
        ReadIn::Lessons(count) => (words.read_in)(count),
        ReadIn::Nothing => words.not_progress.to_owned(),
    });
    html! {
        <footer>
            { button("btn", None, words.save, props.act(LearnAction::Save)) }
            <label class="btn choose-file">{ words.read }<input type="file" class="sr" accept=".json,.yaml,.yml,application/json,application/yaml" {onchange}/></label>
            { button("btn", None, props.lang.workshop().copy_results, props.act(LearnAction::CopyResults)) }
            { button("btn", None, props.lang.workshop().write, props.act(LearnAction::Write(Gesture::Make))) }
            { button("btn", None, if **asks { words.forget_really } else { words.forget }, forget) }
            <span role="status">{ said.unwrap_or_default() }</span>
        </footer>
    }
}
