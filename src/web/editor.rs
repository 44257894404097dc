//! The editor: a native text box over highlighted lines. The text box has the caret, the selection, the input method
//! and the screen reader; the lines under it have colours, numbers and marks. Only lines in sight are drawn.

use super::action::Action;
use super::effects::Dot;
use super::highlight::{self, Kind};
use super::icon::classed;
use super::part::Part;
use super::remarks::Remark;
use super::state::Reveal;
use super::timeline::Shared;
use crate::manifest::{Reading, Severity};
use crate::texts::Lang;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Lines drawn above and below those in sight, so that scrolling shows no gaps.
const MARGIN: usize = 30;

/// What the editor shows.
#[derive(Properties, PartialEq)]
pub(super) struct EditorProps {
    pub(super) reading: Shared<Reading>,
    pub(super) part: Part,
    /// What there is to say about its places.
    pub(super) remarks: Rc<[Remark]>,
    /// Which fields decided something.
    pub(super) dots: Rc<[Dot]>,
    /// Bytes of the text that glow: the selected step comes from them.
    pub(super) glow: Rc<[Range<usize>]>,
    pub(super) reveal: Reveal,
    pub(super) lang: Lang,
    pub(super) on_action: Callback<Action>,
}

/// The editor.
pub(super) struct Editor {
    scroller: NodeRef,
    text_box: NodeRef,
    /// Bytes of the text that are shown, and within them the lines.
    range: Range<usize>,
    lines: Vec<Range<usize>>,
    literal: Vec<bool>,
    /// The longest line, in columns.
    columns: usize,
    /// Lines in sight.
    sight: Range<usize>,
    shown: u32,
}

/// What happens to the editor.
pub(super) enum Message {
    /// It was scrolled.
    Scrolled,
    /// Something was typed.
    Typed,
    /// A key went down in the text box.
    Key(KeyboardEvent),
}

impl Component for Editor {
    type Message = Message;
    type Properties = EditorProps;

    fn create(ctx: &Context<Editor>) -> Editor {
        let mut editor = Editor {
            scroller: NodeRef::default(),
            text_box: NodeRef::default(),
            range: 0..0,
            lines: Vec::new(),
            literal: Vec::new(),
            columns: 0,
            sight: 0..80,
            shown: ctx.props().reveal.serial,
        };
        editor.measure(ctx.props());
        editor
    }

    fn changed(&mut self, ctx: &Context<Editor>, old: &EditorProps) -> bool {
        let props = ctx.props();
        if old.reading != props.reading || old.part != props.part {
            self.measure(props);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Editor>, message: Message) -> bool {
        match message {
            Message::Scrolled => self.look(),
            Message::Typed => {
                self.report(ctx);
                false
            }
            Message::Key(event) => {
                self.key(ctx, &event);
                false
            }
        }
    }

    fn rendered(&mut self, ctx: &Context<Editor>, _first: bool) {
        let reveal = &ctx.props().reveal;
        if self.shown != reveal.serial {
            self.shown = reveal.serial;
            self.show(reveal);
        }
    }

    fn view(&self, ctx: &Context<Editor>) -> Html {
        let props = ctx.props();
        let words = props.lang.page();
        let text = &props.reading.text;
        let value = AttrValue::from(text[self.range.clone()].to_owned());
        let first = self.sight.start.saturating_sub(MARGIN);
        let last = (self.sight.end + MARGIN).min(self.lines.len());
        let before = text[..self.range.start].matches('\n').count();
        let size =
            format!("height:calc({} * var(--line-h) + 8px);width:calc({}ch + 60px)", self.lines.len(), self.columns);
        let label = match props.part {
            Part::Spec => words.spec_box,
            Part::Scenario => words.scenario_box,
        };
        let invalid = props.remarks.iter().any(|remark| remark.severity == Severity::Error).then_some("true");
        html! {
            <div class="code" ref={&self.scroller} onscroll={ctx.link().callback(|_: Event| Message::Scrolled)}>
                <div class="page-of-text" style={size}>
                    <div aria-hidden="true">
                        { for (first..last).map(|line| self.line(props, line, before)) }
                    </div>
                    <textarea id="spec-text" ref={&self.text_box} {value} aria-label={label} aria-invalid={invalid} aria-describedby="problems"
                        spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off"
                        oninput={ctx.link().callback(|_: InputEvent| Message::Typed)}
                        onkeydown={ctx.link().callback(Message::Key)} />
                </div>
            </div>
        }
    }
}

impl Editor {
    fn measure(&mut self, props: &EditorProps) {
        let text = &props.reading.text;
        self.range = props.part.range(text);
        let shown = &text[self.range.clone()];
        self.lines = highlight::lines(shown);
        self.literal = highlight::literal_lines(shown);
        // A CJK character takes two columns.
        let columns = |line: &Range<usize>| {
            shown[line.clone()].chars().map(|letter| if letter < '\u{1100}' { 1 } else { 2 }).sum::<usize>()
        };
        self.columns = self.lines.iter().map(columns).max().unwrap_or(0);
    }

    /// Which lines are in sight now; whether others are than before.
    fn look(&mut self) -> bool {
        let Some(scroller) = self.scroller.cast::<HtmlElement>() else { return false };
        let height = (f64::from(scroller.scroll_height()) / self.lines.len().max(1) as f64).max(1.0);
        let first = (f64::from(scroller.scroll_top()) / height) as usize;
        let last = first + (f64::from(scroller.client_height()) / height) as usize + 1;
        // Only when the margin is half used up: scrolling a few lines costs nothing.
        let moved = first.abs_diff(self.sight.start) > MARGIN / 2 || last > self.sight.end + MARGIN / 2;
        if moved {
            self.sight = first..last;
        }
        moved
    }

    fn report(&self, ctx: &Context<Editor>) {
        let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() else { return };
        let props = ctx.props();
        props.on_action.emit(Action::Type(props.part.spliced(&props.reading.text, &text_box.value())));
    }

    /// Undo and redo are the page's; a new line begins where the last one did.
    fn key(&self, ctx: &Context<Editor>, event: &KeyboardEvent) {
        if event.is_composing() || event.key() != "Enter" || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() else { return };
        let Ok(Some(caret)) = text_box.selection_start() else { return };
        let value = text_box.value();
        let caret = byte_of(&value, caret);
        let line = value[..caret].rsplit('\n').next().unwrap_or("");
        let indent: String = line.chars().take_while(|letter| *letter == ' ').collect();
        if indent.is_empty() {
            return;
        }
        event.prevent_default();
        // Refused only for a range outside the text.
        let _ = text_box.set_range_text(&format!("\n{indent}"));
        let end = utf16_of(&value, caret) + 1 + indent.len() as u32;
        let _ = text_box.set_selection_range(end, end);
        self.report(ctx);
    }

    /// Selects these bytes and scrolls to them.
    fn show(&mut self, reveal: &Reveal) {
        let (Some(text_box), Some(scroller)) =
            (self.text_box.cast::<HtmlTextAreaElement>(), self.scroller.cast::<HtmlElement>())
        else {
            return;
        };
        let value = text_box.value();
        let within = |byte: usize| byte.saturating_sub(self.range.start).min(value.len());
        let (start, end) = (within(reveal.bytes.start), within(reveal.bytes.end));
        if reveal.focus {
            // Focus can only fail for an element outside the page.
            let _ = text_box.focus();
        }
        let from = if reveal.focus { start } else { end };
        let _ = text_box.set_selection_range(utf16_of(&value, from), utf16_of(&value, end));
        let line = self.lines.partition_point(|line| line.end < start);
        let height = f64::from(scroller.scroll_height()) / self.lines.len().max(1) as f64;
        let top = (line as f64 * height) as i32;
        let (seen, room) = (scroller.scroll_top(), scroller.client_height());
        if top < seen || top + 2 * height as i32 > seen + room {
            scroller.set_scroll_top(top - room / 3);
        }
    }

    fn line(&self, props: &EditorProps, line: usize, before: usize) -> Html {
        let text = &props.reading.text;
        let bytes = &self.lines[line];
        let own = self.range.start + bytes.start..self.range.start + bytes.end;
        let here: Vec<&Remark> = props.remarks.iter().filter(|remark| touches(&remark.span, &own)).collect();
        let glows = props.glow.iter().any(|glow| touches(glow, &own));
        let begins = |byte: usize| own.start <= byte && byte <= own.end;
        let worst = here.iter().filter(|remark| begins(remark.span.start)).map(|remark| remark.severity).min();
        let dot = props.dots.iter().find(|dot| begins(dot.at)).copied();
        let words = props.lang.page();
        let mark = match (worst, dot) {
            (Some(Severity::Error), _) => classed("error", "i mark error"),
            (Some(Severity::Warning), _) => classed("warn", "i mark warning"),
            (Some(Severity::Note), None) => classed("note", "i mark note"),
            (_, Some(Dot { is_full: true, .. })) => html! { <span class="dot full" title={words.decided}></span> },
            (_, Some(Dot { is_full: false, .. })) => html! { <span class="dot hollow" title={words.inert}></span> },
            (None, None) => Html::default(),
        };
        let colours = if self.literal[line] { Vec::new() } else { highlight::pieces(&text[own.clone()]) };
        html! {
            <div key={line} class={classes!("ln", glows.then_some("glow"))} style={format!("top:calc({line} * var(--line-h))")}>
                <span class="no">{ before + line + 1 }</span>
                <span class="dot-box">{ mark }</span>
                <code>{ pieces(&text[own.clone()], &colours, &here, own.start) }</code>
            </div>
        }
    }
}

/// A line cut where colours and underlines begin and end.
fn pieces(line: &str, colours: &[(Range<usize>, Kind)], remarks: &[&Remark], start: usize) -> Html {
    let underlines: Vec<(Range<usize>, Severity)> = remarks
        .iter()
        .map(|remark| {
            let from = remark.span.start.saturating_sub(start).min(line.len());
            let to = remark.span.end.saturating_sub(start).min(line.len());
            (from..to.max(from), remark.severity)
        })
        .collect();
    let mut cuts: Vec<usize> = vec![0, line.len()];
    cuts.extend(colours.iter().flat_map(|(range, _)| [range.start, range.end]));
    cuts.extend(underlines.iter().flat_map(|(range, _)| [range.start, range.end]));
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|cut| {
            let colour = colours.iter().find(|(range, _)| range.contains(&cut[0])).map(|(_, kind)| kind.class());
            let underline =
                underlines.iter().filter(|(range, _)| range.contains(&cut[0])).map(|(_, severity)| *severity).min();
            let words = &line[cut[0]..cut[1]];
            match underline {
                None if colour.is_none() => html! { { words } },
                None => html! { <span class={colour}>{ words }</span> },
                Some(severity) => {
                    html! { <span class={classes!("sq", severity_class(severity), colour)}>{ words }</span> }
                }
            }
        })
        .collect()
}

/// The class of a severity in the style sheet.
pub(super) fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn touches(span: &Range<usize>, line: &Range<usize>) -> bool {
    span.start <= line.end && span.end > line.start
        || span.start == span.end && line.start <= span.start && span.start <= line.end
}

/// The text box counts in UTF-16, the text in bytes.
fn utf16_of(text: &str, byte: usize) -> u32 {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    text[..byte].encode_utf16().count() as u32
}

fn byte_of(text: &str, utf16: u32) -> usize {
    let mut units = 0;
    for (byte, letter) in text.char_indices() {
        if units >= utf16 {
            return byte;
        }
        units += letter.len_utf16() as u32;
    }
    text.len()
}

/// Whether an event comes from a text box or another control that takes keys itself.
pub(super) fn takes_keys(event: &Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "TEXTAREA" | "INPUT" | "SELECT"))
}
