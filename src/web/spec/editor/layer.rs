//! The lines under the text box: numbers, marks, colours, underlines. For the eye only; screen readers read the text
//! box.

use super::EditorProps;
use super::across::{Across, Columns, Drawn, LongLine};
use super::number::Number;
use crate::advice::Tier;
use crate::limits::COLOURED_PIECES;
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
    /// Which lines lie in a literal block, where nothing is YAML.
    pub(super) literal: Vec<bool>,
    long: Vec<LongLine>,
    /// The longest line, in columns; a letter of Chinese takes two.
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
        let columns = lines.iter().map(|line| {
            let columns = Columns::of(&shown[line.clone()]);
            columns.narrow + 2 * columns.wide
        });
        let columns = columns.max().unwrap_or(0);
        let long = lines.iter().enumerate().filter_map(|(number, line)| LongLine::of(number, &shown[line.clone()]));
        let long = long.collect();
        let before = text[..range.start].matches('\n').count();
        Layer { literal: highlight::literal_lines(shown), range, lines, long, columns, before }
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

    /// A line, if it is too long to be drawn whole.
    pub(super) fn long(&self, line: usize) -> Option<&LongLine> {
        self.long.binary_search_by_key(&line, |long| long.line).ok().map(|found| &self.long[found])
    }

    /// Whether there is any such line.
    pub(super) fn has_long(&self) -> bool {
        !self.long.is_empty()
    }

    /// What of a line is drawn: bytes of the line.
    pub(super) fn drawn(&self, line: usize, across: &Across) -> Drawn {
        let length = self.lines.get(line).map_or(0, Range::len);
        match self.long(line) {
            Some(long) => long.drawn(across, length),
            None => Drawn { bytes: 0..length, before: Columns::default() },
        }
    }

    /// The integer at a byte of the whole text, its digits in bytes of the whole text. That may be newer than what is drawn: its
    /// lines are the same, but longer or shorter.
    pub(super) fn number_at(&self, text: &str, byte: usize) -> Option<Number> {
        let before = text.get(self.range.start..byte)?;
        let start = before.rfind('\n').map_or(self.range.start, |end| self.range.start + end + 1);
        let end = text[byte..].find('\n').map_or(text.len(), |length| byte + length);
        if *self.literal.get(before.matches('\n').count())? {
            return None;
        }
        let mut number = Number::at(&text[start..end], byte - start)?;
        number.span = start + number.span.start..start + number.span.end;
        Some(number)
    }

    /// Lines as they are drawn. Those in `sight` get their colours first: there are no more than [`COLOURED_PIECES`].
    pub(super) fn drawn_lines(
        &self,
        props: &EditorProps,
        lines: Range<usize>,
        sight: &Range<usize>,
        across: &Across,
    ) -> Vec<Html> {
        let mut order: Vec<usize> = lines.clone().collect();
        order::sort_by_key(&mut order, |line| !sight.contains(line));
        let mut room = COLOURED_PIECES;
        let mut drawn: Vec<Html> = lines.clone().map(|_| Html::default()).collect();
        for line in order {
            drawn[line - lines.start] = self.line(props, line, across, &mut room);
        }
        drawn
    }

    /// A line as it is drawn. `room`: for so many coloured or underlined pieces.
    fn line(&self, props: &EditorProps, line: usize, across: &Across, room: &mut usize) -> Html {
        let text = &props.reading.text;
        let own = self.bytes(line);
        let drawn = self.drawn(line, across);
        let seen = own.start + drawn.bytes.start..own.start + drawn.bytes.end;
        let here: Vec<&Remark> = props.notes.remarks.iter().filter(|remark| touches(&remark.span, &own)).collect();
        let glows = props.notes.glow.iter().any(|glow| touches(glow, &own));
        let words = &text[own.clone()];
        let colours = match self.literal[line] {
            true => Vec::new(),
            false => highlight::pieces_within(words, drawn.bytes.clone()),
        };
        let reveal = &props.reveal;
        let flash = !reveal.focus && !reveal.bytes.is_empty() && touches(&reveal.bytes, &own);
        let in_sight: Vec<&Remark> = here.iter().copied().filter(|remark| touches(&remark.span, &seen)).collect();
        let pieces = pieces(words, drawn.bytes.clone(), &colours, &in_sight, own.start);
        let code = match room.checked_sub(pieces.len()) {
            Some(left) => {
                *room = left;
                pieces.into_iter().collect()
            }
            None => html! { { &words[drawn.bytes.clone()] } },
        };
        let is_kept = props.locks.kept.iter().any(|kept| touches(kept, &own) && kept.end > own.start);
        let is_touched = props.locks.touched.iter().any(|touched| touches(touched, &own));
        let has_lock = is_kept || props.locks.kept.is_empty() && props.notes.locks.iter().any(|at| own.contains(at));
        let indent = (drawn.bytes.start > 0).then(|| format!("padding-left:{}", drawn.before.length()));
        html! {
            <div key={line} class={classes!("ln", glows.then_some("glow"), is_touched.then_some("touched"))} ~style={format!("top:calc({line} * var(--line-h))")}>
                if has_lock { { classed("lock", "i lock") } }
                <span class="no">{ self.before + line + 1 }</span>
                <span class="dot-box">{ mark(props, &here, &own) }</span>
                <code ~style={indent}>{ code }</code>
                if is_touched { <span class="tail">{ props.stage.lang.learn().line_kept }</span> }
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

/// A part of a line, cut where colours and underlines begin and end. One pass over both: neither their number nor the
/// length of the line may be squared.
fn pieces(
    line: &str,
    part: Range<usize>,
    colours: &[(Range<usize>, Kind)],
    remarks: &[&Remark],
    start: usize,
) -> Vec<Html> {
    let within = |byte: usize| byte.clamp(part.start, part.end);
    // Where underlines begin and end, by tier.
    let mut edges: Vec<(usize, Tier, i32)> = Vec::with_capacity(2 * remarks.len());
    for remark in remarks {
        let from = within(remark.span.start.saturating_sub(start));
        let to = within(remark.span.end.saturating_sub(start));
        if from < to {
            edges.extend([(from, remark.tier, 1), (to, remark.tier, -1)]);
        }
    }
    order::sort_by_key(&mut edges, |(at, ..)| *at);
    let mut cuts: Vec<usize> = vec![part.start, part.end];
    cuts.extend(colours.iter().flat_map(|(range, _)| [within(range.start), within(range.end)]));
    cuts.extend(edges.iter().map(|(at, ..)| *at));
    order::sort(&mut cuts);
    cuts.dedup();
    let mut open = [0; TIERS.len()];
    let (mut edges, mut colours) = (edges.into_iter().peekable(), colours.iter().peekable());
    let mut pieces = Vec::with_capacity(cuts.len());
    for cut in cuts.windows(2) {
        while let Some((_, tier, change)) = edges.next_if(|(at, ..)| *at <= cut[0]) {
            open[tier as usize] += change;
        }
        while colours.next_if(|(range, _)| range.end <= cut[0]).is_some() {}
        let colour = colours.peek().filter(|(range, _)| range.contains(&cut[0]));
        let underline = TIERS.into_iter().find(|tier| open[*tier as usize] > 0);
        let words = &line[cut[0]..cut[1]];
        if colour.is_none() && underline.is_none() {
            pieces.push(html! { { words } });
            continue;
        }
        let squiggle = underline.map(|tier| classes!("sq", tier_class(tier)));
        let number = colour.filter(|(_, kind)| *kind == Kind::Number);
        let steps = number.and_then(|(range, _)| Number::of_piece(line, range.clone())).map(|_| "steps");
        let class = classes!(squiggle, colour.map(|(_, kind)| kind.class()), steps);
        pieces.push(html! { <span {class}>{ words }</span> });
    }
    pieces
}

/// The tiers, worst first.
const TIERS: [Tier; 3] = [Tier::Refused, Tier::Surprising, Tier::NotModelled];

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
