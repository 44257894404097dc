//! The left region: the two views of the text, what there is to say about it, and where the run stands to it.

use super::action::Action;
use super::editor::{Editor, severity_class};
use super::effects::{Dot, Implied};
use super::icon::icon;
use super::part::{self, Part};
use super::remarks::Remark;
use super::state::Reveal;
use super::timeline::Shared;
use crate::manifest::{Reading, Severity, line_column};
use crate::texts::Lang;
use crate::texts::sentence::{Part as Piece, Sentence};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// No more diagnostics than this are listed; all of them are marked in the text.
const LISTED: usize = 20;

/// What the region shows.
#[derive(Properties, PartialEq)]
pub(super) struct SpecProps {
    pub(super) reading: Shared<Reading>,
    pub(super) part: Part,
    pub(super) remarks: Rc<[Remark]>,
    pub(super) dots: Rc<[Dot]>,
    /// What is left to defaults.
    pub(super) implied: Rc<[Implied]>,
    /// What the first object asks for.
    pub(super) in_words: Rc<[Sentence]>,
    pub(super) glow: Rc<[Range<usize>]>,
    pub(super) reveal: Reveal,
    pub(super) lang: Lang,
    pub(super) on_action: Callback<Action>,
}

/// The region.
#[function_component]
pub(super) fn Spec(props: &SpecProps) -> Html {
    let words = props.lang.page();
    let text = &props.reading.text;
    let tab = |part: Part, name: &'static str, count: usize| {
        let onclick = props.on_action.reform(move |_: MouseEvent| Action::ShowPart(part));
        let selected = props.part == part;
        html! {
            <button type="button" class="tab" role="tab" aria-selected={selected.to_string()} aria-controls="spec-panel" {onclick}>
                { name }if count > 0 { <span class="count">{ count }</span> }
            </button>
        }
    };
    let begin = props.on_action.reform({
        let text = Rc::clone(text);
        move |_: MouseEvent| Action::SetText(part::with_scenario(&text))
    });
    let empty = props.part == Part::Scenario && !part::has_scenario(text);
    html! {
        <section class="spec" id="spec" tabindex="-1" aria-label={words.spec_region}>
            <div class="tabs">
                <div class="tabs" role="tablist" aria-label={words.spec_region}>
                    { tab(Part::Spec, words.spec, 0) }
                    { tab(Part::Scenario, words.scenario, props.reading.scenario.inputs.len()) }
                </div>
                { verdict(props) }
            </div>
            // Where the panel that stands in for a broken page finds the whole text.
            <textarea id="whole-text" hidden=true readonly=true value={AttrValue::from(text.to_string())} />
            <div class="spec-panel" id="spec-panel" role="tabpanel">
                if empty {
                    <div class="nothing">
                        <p>{ words.no_scenario }</p>
                        <button type="button" class="btn ring" onclick={begin}>{ icon("pen") }{ words.begin_scenario }</button>
                    </div>
                } else {
                    <Editor reading={props.reading.clone()} part={props.part} remarks={Rc::clone(&props.remarks)} dots={Rc::clone(&props.dots)} glow={Rc::clone(&props.glow)} reveal={props.reveal.clone()}
                        lang={props.lang} on_action={props.on_action.clone()} />
                }
                if props.part == Part::Spec { { defaults(props) } }
                { problems(props) }
                if !props.in_words.is_empty() {
                    <p class="words">{ for props.in_words.iter().map(|sentence| html! { <span>{ words_of(sentence) }</span> }) }</p>
                }
            </div>
        </section>
    }
}

/// Valid or not, in a few words.
fn verdict(props: &SpecProps) -> Html {
    let words = props.lang.page();
    let count = |severity| props.remarks.iter().filter(|one| one.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let (class, glyph) = match (errors, warnings) {
        (0, 0) => ("ok", "tick"),
        (0, _) => ("ok", "tick"),
        _ => ("error", "error"),
    };
    html! {
        <span class={classes!("valid", class)} role="status">
            { icon(glyph) }<span>{ (words.problems)(errors, warnings, notes) }</span>
        </span>
    }
}

/// Fields that are not written, with the values that count; a press writes one down.
fn defaults(props: &SpecProps) -> Html {
    let words = props.lang.page();
    let items = props.implied.iter().map(|implied| {
        let (place, value) = (implied.place.clone(), implied.value.clone());
        let onclick = props.on_action.reform(move |_: MouseEvent| Action::SetField(place.clone(), value.clone()));
        let value = implied.value.as_str().map_or_else(|| implied.value.to_string(), str::to_owned);
        html! {
            <li><button type="button" {onclick} title={words.write_default}>
                <code lang="en">{ format!("{}: {value}", implied.name) }</code><span>{ words.default }</span>
            </button></li>
        }
    });
    html! { <ul class="defaults">{ for items }</ul> }
}

fn problems(props: &SpecProps) -> Html {
    let words = props.lang.page();
    let items: Html = props
        .remarks
        .iter()
        .take(LISTED)
        .map(|remark| {
            let (line, column) = line_column(&props.reading.text, remark.span.start);
            let span = remark.span.clone();
            let onclick = props.on_action.reform(move |_: MouseEvent| Action::GoTo(span.clone()));
            let severity = remark.severity;
            let glyph = match severity {
                Severity::Error => "error",
                Severity::Warning => "warn",
                Severity::Note => "note",
            };
            html! {
                <li class={severity_class(severity)}>
                    <button type="button" {onclick}>
                        { icon(glyph) }
                        <span><b>{ (words.place)(line, column) }</b>{ " " }{ &remark.words }if let Some(quote) = &remark.quote { {" "}<q lang="en">{ quote }</q> }</span>
                    </button>
                </li>
            }
        })
        .collect();
    html! {
        <ul class="problems" id="problems">
            { items }
            if props.remarks.len() > LISTED { <li class="quiet">{ (words.more_problems)(props.remarks.len() - LISTED) }</li> }
        </ul>
    }
}

/// A sentence with what counts in bold.
fn words_of(sentence: &Sentence) -> Html {
    let pieces = sentence.0.iter().map(|piece| match piece {
        Piece::Strong(words) => html! { <b>{ words }</b> },
        other => html! { { other.words() } },
    });
    html! { <>{ for pieces }</> }
}
