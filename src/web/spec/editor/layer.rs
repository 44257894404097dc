//! The lines under the text box: numbers, marks, colours, underlines. For the eye only; screen readers read the text
//! box.

use super::EditorProps;
use super::number::Number;
use crate::advice::{self, Tier};
use crate::manifest::Reading;
use crate::order;
use crate::web::controls::icon::classed;
use crate::web::spec::editor::highlight::{self, Kind};
use crate::web::spec::margin::remarks::Remark;
use crate::web::state::part::Part;
use std::ops::Range;
use yew::prelude::*;

/// What is shown of the text, cut into lines.
#[derive(Default)]
pub(super) struct Layer {
    /// Bytes of the text that are shown, and within them the lines.
    pub(super) range: Range<usize>,
    pub(super) lines: Vec<Range<usize>>,
    /// Bytes of the whole text at which the keys of immutable fields begin.
    locks: Vec<usize>,
    /// Which lines lie in a literal block, where nothing is YAML.
    pub(super) literal: Vec<bool>,
    /// The longest line, in columns.
    columns: usize,
    /// Lines of the text before the first one shown.
    before: usize,
}

impl Layer {
    /// Cuts a view of a text.
    pub(super) fn of(reading: &Reading, part: Part) -> Layer {
        let text = &*reading.text;
        let range = part.range(text);
        let shown = &text[range.clone()];
        let lines = highlight::lines(shown);
        // A CJK character takes two columns.
        let columns = |line: &Range<usize>| {
            shown[line.clone()].chars().map(|letter| if letter < '\u{1100}' { 1 } else { 2 }).sum::<usize>()
        };
        let columns = lines.iter().map(columns).max().unwrap_or(0);
        let before = text[..range.start].matches('\n').count();
        let locks = advice::fixed_fields(reading);
        Layer { locks, literal: highlight::literal_lines(shown), range, lines, columns, before }
    }

    /// The size of the whole page of text.
    pub(super) fn size(&self) -> String {
        format!("height:calc({} * var(--line-h) + 8px);width:calc({}ch + 64px)", self.lines.len(), self.columns)
    }

    /// The line that a byte of the whole text is in.
    pub(super) fn line_at(&self, byte: usize) -> usize {
        let at = byte.saturating_sub(self.range.start);
        self.lines.partition_point(|line| line.end < at).min(self.lines.len().saturating_sub(1))
    }

    /// Bytes of a line in the whole text.
    pub(super) fn bytes(&self, line: usize) -> Range<usize> {
        let bytes = self.lines.get(line).cloned().unwrap_or(0..0);
        self.range.start + bytes.start..self.range.start + bytes.end
    }

    /// The integer at a byte of the whole text, its digits in bytes of the whole text.
    pub(super) fn number_at(&self, text: &str, byte: usize) -> Option<Number> {
        if !(self.range.start..=self.range.end).contains(&byte) {
            return None;
        }
        let line = self.line_at(byte);
        let bytes = self.bytes(line);
        if *self.literal.get(line)? || byte < bytes.start {
            return None;
        }
        let mut number = Number::at(&text[bytes.clone()], byte - bytes.start)?;
        number.span = bytes.start + number.span.start..bytes.start + number.span.end;
        Some(number)
    }

    /// A line as it is drawn.
    pub(super) fn line(&self, props: &EditorProps, line: usize) -> Html {
        let text = &props.reading.text;
        let own = self.bytes(line);
        let here: Vec<&Remark> = props.notes.remarks.iter().filter(|remark| touches(&remark.span, &own)).collect();
        let glows = props.notes.glow.iter().any(|glow| touches(glow, &own));
        let colours = if self.literal[line] { Vec::new() } else { highlight::pieces(&text[own.clone()]) };
        let reveal = &props.reveal;
        let flash = !reveal.focus && !reveal.bytes.is_empty() && touches(&reveal.bytes, &own);
        html! {
            <div key={line} class={classes!("ln", glows.then_some("glow"))} ~style={format!("top:calc({line} * var(--line-h))")}>
                if self.locks.iter().any(|at| own.contains(at)) { { classed("lock", "i lock") } }
                <span class="no">{ self.before + line + 1 }</span>
                <span class="dot-box">{ mark(props, &here, &own) }</span>
                <code>{ pieces(&text[own.clone()], &colours, &here, own.start) }</code>
                if flash { <i key={format!("flash-{}", reveal.serial)} class="flash"></i> }
            </div>
        }
    }
}

/// The mark in the gutter: the worst remark that begins on the line, else the dot of its field.
fn mark(props: &EditorProps, here: &[&Remark], own: &Range<usize>) -> Html {
    let begins = |byte: usize| own.start <= byte && byte <= own.end;
    let worst = here.iter().filter(|remark| begins(remark.span.start)).map(|remark| remark.tier).min();
    let effect = props.notes.effects.iter().find(|effect| begins(effect.at));
    match (worst, effect) {
        (Some(Tier::Refused), _) => classed("error", "i mark error"),
        (Some(Tier::Surprising), _) => classed("warn", "i mark warning"),
        (Some(Tier::NotModelled), None) => classed("unmodelled", "i mark note"),
        (_, Some(effect)) => {
            html! { <span class={if effect.has_decided() { "dot full" } else { "dot hollow" }}></span> }
        }
        (None, None) => Html::default(),
    }
}

/// A line cut where colours and underlines begin and end.
fn pieces(line: &str, colours: &[(Range<usize>, Kind)], remarks: &[&Remark], start: usize) -> Html {
    let underlines: Vec<(Range<usize>, Tier)> = remarks
        .iter()
        .map(|remark| {
            let from = remark.span.start.saturating_sub(start).min(line.len());
            let to = remark.span.end.saturating_sub(start).min(line.len());
            (from..to.max(from), remark.tier)
        })
        .collect();
    let mut cuts: Vec<usize> = vec![0, line.len()];
    cuts.extend(colours.iter().flat_map(|(range, _)| [range.start, range.end]));
    cuts.extend(underlines.iter().flat_map(|(range, _)| [range.start, range.end]));
    order::sort(&mut cuts);
    cuts.dedup();
    cuts.windows(2)
        .map(|cut| {
            let colour = colours.iter().find(|(range, _)| range.contains(&cut[0])).map(|(_, kind)| *kind);
            let underline = underlines.iter().filter(|(range, _)| range.contains(&cut[0])).map(|(_, tier)| *tier).min();
            let words = &line[cut[0]..cut[1]];
            if colour.is_none() && underline.is_none() {
                return html! { { words } };
            }
            let squiggle = underline.map(|tier| classes!("sq", tier_class(tier)));
            let steps = (colour == Some(Kind::Number) && Number::at(line, cut[0]).is_some()).then_some("steps");
            html! { <span class={classes!(squiggle, colour.map(Kind::class), steps)}>{ words }</span> }
        })
        .collect()
}

/// The class of a tier in the style sheet.
pub(crate) fn tier_class(tier: Tier) -> &'static str {
    match tier {
        Tier::Refused => "error",
        Tier::Surprising => "warning",
        Tier::NotModelled => "note",
    }
}

/// Whether a span shares a byte with a line; an empty span may stand at its edge.
pub(super) fn touches(span: &Range<usize>, line: &Range<usize>) -> bool {
    span.start <= line.end && span.end > line.start
        || span.start == span.end && line.start <= span.start && span.start <= line.end
}
