//! The left region: the two views of the text, what there is to say about it, and what the run makes of it.

pub(crate) mod editor;
pub(crate) mod margin;

use crate::manifest::Reading;
use crate::texts::sentence::{Phrase, Sentence};
use crate::web::controls::button::{button, press};
use crate::web::controls::icon::icon;
use crate::web::controls::piece::Piece;
use crate::web::spec::editor::Editor;
use crate::web::spec::margin::findings;
use crate::web::state::Reveal;
use crate::web::state::action::Action;
use crate::web::state::apply::Applicable;
use crate::web::state::panes::Panes;
use crate::web::state::part::{self, Part};
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use margin::Notes;
use std::rc::Rc;
use yew::functional::HookContext;
use yew::prelude::*;

/// What the region shows.
#[derive(PartialEq)]
pub(crate) struct SpecProps {
    pub(crate) stage: Shared<Stage>,
    pub(crate) reading: Shared<Reading>,
    pub(crate) part: Part,
    pub(crate) notes: Notes,
    pub(crate) reveal: Reveal,
    /// The change that could as well be applied at the playhead.
    pub(crate) applicable: Option<Applicable>,
    pub(crate) panes: Panes,
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
    let tab = |part: Part, name: &'static str, count: usize| {
        let onclick = press(&props.stage.on_action, Action::ShowPart(part));
        let selected = props.part == part;
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
    let empty = props.part == Part::Scenario && !part::has_scenario(text);
    html! {
        <section class="spec" id="spec" tabindex="-1" aria-label={words.spec_region}>
            { fold(props) }
            <div class="desk" id="desk">
                <div class="tabs">
                    <div class="tabs" role="tablist" aria-label={words.spec_region}>
                        { tab(Part::Spec, words.spec, 0) }
                        { tab(Part::Scenario, words.scenario, props.reading.scenario.inputs.len()) }
                    </div>
                    { findings::verdict(&props.notes.remarks, props.notes.is_pending, props.stage.lang) }
                </div>
                // Printed; and where the panel that stands in for a broken page finds the whole text.
                <pre id="whole-text" class="paper">{ AttrValue::from(Rc::clone(text)) }</pre>
                <div class="spec-panel" id="spec-panel" role="tabpanel">
                    if empty {
                        <div class="nothing">
                            <p>{ words.no_scenario }</p>
                            { button("btn ring", Some("pen"), words.begin_scenario, begin) }
                        </div>
                    } else {
                        <Editor stage={props.stage.clone()} reading={props.reading.clone()} part={props.part} notes={props.notes.clone()} reveal={props.reveal.clone()} applicable={props.applicable.clone()} />
                    }
                    if props.part == Part::Spec { { defaults(props) } }
                    { findings::list(&props.reading, &props.notes.remarks, props.stage.lang, &props.stage.on_action) }
                    if !props.notes.in_words.is_empty() {
                        <p class="words">{ for props.notes.in_words.iter().map(|sentence| html! { <span>{ words_of(sentence) }</span> }) }</p>
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

/// A sentence with what matters in bold.
fn words_of(sentence: &Sentence) -> Html {
    let pieces = sentence.0.iter().map(|piece| match piece {
        Phrase::Strong(words) => html! { <b>{ words }</b> },
        other => html! { { other.words() } },
    });
    html! { <>{ for pieces }</> }
}
