//! The card beside a place of the text: what is wrong or surprising there, with fixes; the number there,
//! with buttons to step it; what the field there decided. Shown by pointer and by key alike.

use super::layer::{Layer, touches};
use super::number::Number;
use super::sight::{Hit, Spot};
use super::{EditorProps, field_help};
use crate::advice::{self, FieldInfo};
use crate::explain::{Counterfactual, FieldEffect, Selection};
use crate::late::Late;
use crate::manifest::Reading;
use crate::texts::help::Help;
use crate::web::browser;
use crate::web::controls::button::{button, icon_button, press};
use crate::web::spec::margin::findings;
use crate::web::spec::margin::remarks::Remark;
use crate::web::state::action::Action;
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// As the style sheet has it.
const WIDTH: f64 = 360.0;
/// With less room than this below the spot the card stands above it.
const LOW: f64 = 240.0;
/// The greatest height; a longer card scrolls.
const HIGH: f64 = 480.0;

/// What a card is about: bytes of the whole text. A card opened in the gutter is about a whole line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) bytes: Range<usize>,
    pub(super) is_line: bool,
}

/// Who opened a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The pointer rests there: the card closes when the pointer leaves.
    Pointer,
    /// A key or a press: it stays until it is closed.
    Key,
}

/// An open card.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OpenCard {
    pub(super) subject: Subject,
    pub(super) spot: Spot,
    pub(super) by: By,
    /// The run without the field, if that is known.
    pub(super) without: Option<Counterfactual>,
}

/// What there is to say.
pub(super) struct Content<'a> {
    pub(super) remarks: Vec<&'a Remark>,
    pub(super) field: Option<FieldInfo>,
    pub(super) effect: Option<&'a FieldEffect>,
    pub(super) number: Option<Number>,
}

impl Subject {
    /// What a card at this place would be about, if there is something to say.
    pub(super) fn at(props: &EditorProps, layer: &Layer, hit: Hit) -> Option<Subject> {
        let subject = match hit {
            Hit::Gutter(line) => Subject { bytes: layer.bytes(line), is_line: true },
            Hit::Byte(byte) => {
                let byte = layer.range.start + byte;
                let around = |span: &Range<usize>| span.start <= byte && byte <= span.end;
                let remark = props.notes.remarks.iter().map(|remark| &remark.span).filter(|span| around(span));
                let narrow = remark.min_by_key(|span| span.len()).cloned();
                let number = || layer.number_at(&props.reading.text, byte).map(|number| number.span);
                let field = || field_around(props, byte).map(|(_, span)| span);
                Subject { bytes: narrow.or_else(number).or_else(field)?, is_line: false }
            }
        };
        subject.content(props, layer).says_something().then_some(subject)
    }

    /// What there is to say about it now.
    pub(super) fn content<'a>(&self, props: &'a EditorProps, layer: &Layer) -> Content<'a> {
        let line = layer.bytes(layer.line_at(self.bytes.start));
        let here = |span: &Range<usize>| {
            if self.is_line { line.start <= span.start && span.start <= line.end } else { touches(span, &self.bytes) }
        };
        let remarks = props.notes.remarks.iter().filter(|remark| here(&remark.span)).collect();
        let text = &props.reading.text;
        // A line is about its key.
        let at = match self.is_line {
            true => line.start + text[line.clone()].find(|letter| !matches!(letter, ' ' | '-')).unwrap_or(0),
            false => self.bytes.start,
        };
        let field = field_around(props, at).map(|(field, _)| field);
        let effect = match &field {
            Some(field) => props.notes.effects.iter().find(|effect| effect.at == field.span.start),
            None => props.notes.effects.iter().find(|effect| self.is_line && line.contains(&effect.at)),
        };
        let value = field.as_ref().map(|field| field.value_span.start).filter(|value| *value <= line.end);
        let number = layer.number_at(text, at).or_else(|| layer.number_at(text, value?));
        Content { remarks, field, effect, number }
    }
}

impl Content<'_> {
    fn says_something(&self) -> bool {
        !self.remarks.is_empty() || self.field.is_some() || self.effect.is_some() || self.number.is_some()
    }
}

/// What field stands at a byte: comes with a chunk.
pub(crate) static FIELD_AT: Late<fn(&Reading, usize) -> Option<FieldInfo>> = Late::new(&FIELDS);
pub(crate) static FIELDS: fn(&Reading, usize) -> Option<FieldInfo> = advice::field_at;

/// The field whose key or value is at a byte, and which of the two that is. A value of many lines is fields of its own.
fn field_around(props: &EditorProps, byte: usize) -> Option<(FieldInfo, Range<usize>)> {
    let field = FIELD_AT.get()?(&props.reading, byte)?;
    let is_line = |span: &Range<usize>| !props.reading.text[span.clone()].contains('\n');
    let around = |span: &Range<usize>| span.start <= byte && byte <= span.end && is_line(span);
    let span = [&field.span, &field.value_span].into_iter().find(|span| around(span)).cloned()?;
    Some((field, span))
}

/// The style of something that floats: below the spot, above it where there is more room; within the window.
pub(super) fn floating_at(spot: Spot, width: f64, low: f64, high: f64) -> String {
    let (window_width, window_height) = browser::window_size();
    let bottom = window_height - browser::covered();
    let width = width.min(window_width - 16.0);
    let left = spot.left.min(window_width - width - 8.0).max(8.0);
    let (below, above) = (bottom - spot.bottom - 12.0, spot.top - 12.0);
    let (edge, room) = if below >= low || below >= above {
        (format!("top:{}px", spot.bottom + 4.0), below)
    } else {
        (format!("bottom:{}px", window_height - spot.top + 4.0), above)
    };
    let room = room.min(high);
    format!("left:{left}px;width:{width}px;{edge};max-height:{room}px")
}

/// What presses in the card call.
#[derive(Clone)]
pub(super) struct Hands {
    pub(super) on_action: Callback<Action>,
    /// Steps the number.
    pub(super) on_step: Callback<i64>,
    /// Something was done that closes the card.
    pub(super) on_done: Callback<()>,
    /// The pointer is on the card, or left it.
    pub(super) on_hold: Callback<bool>,
}

/// The card.
pub(super) fn view(props: &EditorProps, layer: &Layer, card: &OpenCard, help: Option<&Help>, hands: &Hands) -> Html {
    let words = props.stage.lang.editor();
    let content = card.subject.content(props, layer);
    let hold = |on: bool| hands.on_hold.reform(move |_: PointerEvent| on);
    let done = {
        let (on_action, on_done) = (hands.on_action.clone(), hands.on_done.clone());
        Callback::from(move |action: Action| {
            on_action.emit(action);
            on_done.emit(());
        })
    };
    html! {
        <div class="hint" id="editor-card" role="group" aria-label={words.about_place} tabindex="-1" ~style={floating_at(card.spot, WIDTH, LOW, HIGH)}
            onpointerenter={hold(true)} onpointerleave={hold(false)}>
            { for content.remarks.iter().map(|remark| findings::message(remark, props.stage.lang, &done)) }
            { for content.field.as_ref().map(|field| field_help::view(field, help, props.stage.lang)) }
            { for content.effect.map(|effect| effect_of(props, effect, card.without.as_ref(), &hands.on_action)) }
            { for content.number.as_ref().map(|number| stepper(props, number, &hands.on_step)) }
        </div>
    }
}

/// What a field decided in this run.
fn effect_of(
    props: &EditorProps,
    effect: &FieldEffect,
    without: Option<&Counterfactual>,
    on_action: &Callback<Action>,
) -> Html {
    let words = props.stage.lang.editor();
    if !effect.has_decided() {
        return html! { <p class="effects"><span class="dot hollow"></span>{ words.inert }</p> };
    }
    let marks: Rc<[Selection]> = Rc::clone(&effect.marks);
    let show = press(on_action, Action::Cycle(marks));
    html! {<div>
        <p class="effects"><span class="dot full"></span><span>{ (words.decided)(effect.marks.len()) }</span>
            { button("btn ring", None, words.show_effects, show) }
        </p>
        if let Some(without) = without {
            <p>if without.is_same() { { words.same_without } } else { { words.without }{ " " }{ props.stage.lang.explain().then(without).plain() } }</p>
        }
    </div>}
}

/// A number with buttons: for fingers, and for people who do not know the keys.
fn stepper(props: &EditorProps, number: &Number, on_step: &Callback<i64>) -> Html {
    let words = props.stage.lang.editor();
    let step = |by: i64| {
        let on_step = on_step.clone();
        Callback::from(move |event: MouseEvent| on_step.emit(if event.shift_key() { by * 10 } else { by }))
    };
    html! {
        <p class="stepper" role="group" aria-label={words.number}>
            { icon_button("btn ring icon", "minus", words.less_more[0], (number.value > 0).then(|| step(-1))) }
            <output>{ number.value }</output>
            { icon_button("btn ring icon", "plus", words.less_more[1], Some(step(1))) }
            <span class="quiet">{ words.number_keys }</span>
        </p>
    }
}

/// What a screen reader says when a card is opened by key.
pub(super) fn spoken(props: &EditorProps, layer: &Layer, card: &OpenCard, help: Option<&Help>) -> String {
    let content = card.subject.content(props, layer);
    let remarks = content.remarks.iter().map(|remark| {
        let tier = (props.stage.lang.diagnostics().tier)(remark.tier);
        let quote = remark.quote.as_deref().unwrap_or_default();
        format!("{tier}: {} {quote}", remark.words)
    });
    let field = content.field.as_ref().map(|field| field_help::spoken(field, help, props.stage.lang));
    remarks.chain(field).collect::<Vec<_>>().join(" ")
}
