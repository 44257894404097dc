//! The left region: the two views of the text, what there is to say about it, and what the run makes of it.

pub(super) mod cluster;
pub(crate) mod editor;
pub(crate) mod margin;

use crate::manifest::Reading;
use crate::web::controls::button::{button, press};
use crate::web::controls::icon::icon;
use crate::web::controls::late::late_piece;
use crate::web::controls::piece::Piece;
use crate::web::lessons::AuthorProps;
use crate::web::spec::cluster::ClusterProps;
use crate::web::spec::editor::Editor;
use crate::web::spec::margin::findings;
use crate::web::state::Reveal;
use crate::web::state::action::Action;
use crate::web::state::apply::Applicable;
use crate::web::state::lesson::locks::Locks;
use crate::web::state::panes::Panes;
use crate::web::state::part::{self, Part, Tab};
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use crate::web::why::sentence;
pub(crate) use cluster::first_line;
use margin::Notes;
use std::rc::Rc;
use yew::functional::HookContext;
use yew::prelude::*;

/// What the region shows.
#[derive(PartialEq)]
pub(crate) struct SpecProps {
    pub(crate) stage: Shared<Stage>,
    pub(crate) reading: Shared<Reading>,
    pub(crate) tab: Tab,
    pub(crate) notes: Notes,
    pub(crate) reveal: Reveal,
    /// The change that could as well be applied at the playhead.
    pub(crate) applicable: Option<Applicable>,
    pub(crate) panes: Panes,
    /// What a lesson keeps of the text; its card is shown at the head.
    pub(crate) locks: Shared<Locks>,
    pub(crate) card: Html,
    /// What an author of a lesson can do; `None` for who only learns one.
    pub(crate) author: Option<AuthorProps>,
}

impl Piece for SpecProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        spec(self)
    }
}

/// The region.
fn spec(props: &SpecProps) -> Html {
    let words = props.stage.lang.page();
    let text = &props.reading.text;
    let tab = |tab: Tab, name: &'static str, count: usize| {
        let onclick = press(&props.stage.on_action, Action::ShowTab(tab));
        let selected = props.tab == tab;
        html! {
            <button type="button" class="tab" role="tab" aria-selected={selected.to_string()} aria-controls="spec-panel" {onclick}>
                { name }if count > 0 { <span class="count">{ count }</span> }
            </button>
        }
    };
    let begin = props.stage.on_action.reform({
        let text = Rc::clone(text);
        move |_: MouseEvent| Action::SetText(part::with_scenario(&text))
    });
    let panel = match props.tab {
        Tab::Cluster => late_piece(ClusterProps {
            stage: props.stage.clone(),
            reading: props.reading.clone(),
            notes: props.notes.clone(),
        }),
        Tab::Text(Part::Scenario) if !part::has_scenario(text) => html! {
            <div class="nothing">
                <p>{ words.no_scenario }</p>
                if !props.locks.is_read_only { { button("btn ring", Some("pen"), words.begin_scenario, begin) } }
            </div>
        },
        Tab::Text(Part::Lesson) if !part::has_lesson(text) => props.author.clone().map(late_piece).unwrap_or_default(),
        Tab::Text(part) => html! {
            <Editor stage={props.stage.clone()} reading={props.reading.clone()} {part} notes={props.notes.clone()} reveal={props.reveal.clone()} applicable={props.applicable.clone()} locks={props.locks.clone()} />
        },
    };
    html! {
        <section class="spec" id="spec" tabindex="-1" aria-label={words.spec_region}>
            { fold(props) }
            <div class="desk" id="desk">
                { props.card.clone() }
                <div class="tabs">
                    <div class="tabs" role="tablist" aria-label={words.spec_region}>
                        { tab(Tab::Text(Part::Spec), words.spec, 0) }
                        { tab(Tab::Text(Part::Scenario), words.scenario, props.reading.scenario.inputs.len()) }
                        { tab(Tab::Cluster, props.stage.lang.cluster().cluster, cluster::node_count(&props.reading)) }
                        if props.author.is_some() && (part::has_lesson(text) || props.tab == Tab::Text(Part::Lesson)) { { tab(Tab::Text(Part::Lesson), props.stage.lang.workshop().lesson, 0) } }
                    </div>
                    if props.locks.is_read_only {
                        <span class="valid" id="verdict">{ icon("lock") }<span>{ props.stage.lang.learn().read_only }</span></span>
                    } else {
                        { findings::verdict(&props.notes, &props.stage) }
                    }
                </div>
                // Printed; and where the panel that stands in for a broken page finds the whole text.
                <pre id="whole-text" class="paper">{ AttrValue::from(Rc::clone(text)) }</pre>
                <div class="spec-panel" id="spec-panel" role="tabpanel">
                    if props.tab == Tab::Text(Part::Lesson) && part::has_lesson(text) { { for props.author.clone().map(late_piece) } }
                    { panel }
                    if props.tab == Tab::Text(Part::Spec) { { defaults(props) } }
                    { findings::list(&props.reading, &props.notes.remarks, props.stage.lang, &props.stage.on_action) }
                    if props.tab != Tab::Cluster && !props.notes.in_words.is_empty() {
                        <p class="words">{ for props.notes.in_words.iter().map(|told| html! { <span>{ sentence(told) }</span> }) }</p>
                    }
                </div>
            </div>
        </section>
    }
}

/// Folds the region to a strip, and unfolds it: one button, so that it keeps the focus.
fn fold(props: &SpecProps) -> Html {
    let words = props.stage.lang.page();
    let is_folded = props.panes.is_folded;
    let (name, glyph) = if is_folded { (words.unfold_spec, "right") } else { (words.fold_spec, "left") };
    let onclick = press(&props.stage.on_action, Action::SetPanes(props.panes.folded(!is_folded)));
    html! {
        <button type="button" class="fold" aria-expanded={(!is_folded).to_string()} aria-controls="desk" aria-label={name} title={name} {onclick}>
            { icon(glyph) }if is_folded { <span>{ words.panes[0] }</span> }
        </button>
    }
}

/// What counts although it is not written: defaults of fields, and what programs are taken to do. A press writes it
/// down. Not shown while the text is broken: it would be about another text.
fn defaults(props: &SpecProps) -> Html {
    let words = props.stage.lang.editor();
    let unwritten = props.notes.unwritten.iter().map(|field| {
        let action = Action::SetFields(field.writes.clone());
        let value = field.value.as_str().map_or_else(|| field.value.to_string(), str::to_owned);
        let face = html! { <code lang="en">{ format!("{}: {value}", field.name) }</code> };
        default(props, face, words.write_default, Some(action))
    });
    let assumed = props.notes.assumed.iter().map(|assumed| {
        let action = assumed.behavior.clone().map(Action::AddBehavior);
        let face = html! { <span>{ (words.program)(&assumed.container, assumed.program) }</span> };
        default(props, face, words.write_assumed, action)
    });
    let rows = [(unwritten.collect::<Vec<Html>>(), words.default), (assumed.collect(), words.assumed)];
    let rows = rows.into_iter().filter(|(buttons, _)| !buttons.is_empty()).map(|(buttons, tail)| {
        html! { <li><div>{ for buttons }</div><small>{ tail }</small></li> }
    });
    let rows: Vec<Html> = rows.collect();
    if rows.is_empty() {
        Html::default()
    } else {
        html! { <ul class="defaults">{ for rows }</ul> }
    }
}

fn default(props: &SpecProps, face: Html, title: &'static str, action: Option<Action>) -> Html {
    let Some(action) = action else { return html! { <span>{ face }</span> } };
    let onclick = press(&props.stage.on_action, action);
    html! { <button type="button" {onclick} {title}>{ face }</button> }
}
