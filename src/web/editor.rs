//! The editor: a native text box over highlighted lines. The text box has the caret, the selection, the input method
//! and the screen reader; the lines under it have colours, numbers and marks. Only lines in sight are drawn. While an
//! input method composes, nothing else happens.

mod card;
mod chips;
mod field;
mod hover;
mod keys;
mod layer;
mod list;
mod number;
mod sight;
mod text_box;
mod typing;

pub(super) use layer::tier_class;

use super::action::Action;
use super::browser::{self, Listener};
use super::effects::Dot;
use super::part::Part;
use super::remarks::Remark;
use super::state::Reveal;
use super::timeline::Shared;
use crate::advice::Tier;
use crate::explain::Counterfactual;
use crate::manifest::Reading;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::texts::help::Help;
use card::{By, Hands, OpenCard, Subject};
use chips::Chip;
use hover::Hover;
use keys::Key;
use layer::Layer;
use list::OpenList;
use number::Number;
use sight::{Hit, Sight};
use std::ops::Range;
use std::rc::Rc;
use text_box::Change;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement, Node};
use yew::prelude::*;

/// Lines drawn above and below those in sight, so that scrolling shows no gaps.
const MARGIN: usize = 30;
/// A run without a field that takes more steps than this is not made: some milliseconds.
const WITHOUT_STEPS: usize = 3_000;
/// So far the pointer goes for one step of a number.
const STEP_PIXELS: f64 = 6.0;

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
    /// The run that the dots are of.
    pub(super) recording: Shared<Recording>,
    pub(super) scenario: Shared<Scenario>,
    pub(super) lang: Lang,
    pub(super) on_action: Callback<Action>,
}

/// The editor.
pub(super) struct Editor {
    root: NodeRef,
    scroller: NodeRef,
    text_box: NodeRef,
    layer: Layer,
    /// Lines in sight.
    sight: Range<usize>,
    shown: u32,
    composing: bool,
    hover: Hover,
    /// The finding that the next reveal opens a card for.
    next_card: Option<usize>,
    drag: Option<Drag>,
    list: Option<OpenList>,
    /// A letter of a word was typed: the list may open, or follow.
    suggests: bool,
    /// The paragraphs about fields, once one was needed.
    help: Option<(Lang, Help)>,
    /// The language whose paragraphs are on their way.
    help_asked: Option<Lang>,
    said: String,
    listeners: Vec<Listener>,
}

/// A number that is being dragged.
struct Drag {
    number: Number,
    from: f64,
}

/// What happens to the editor.
pub(super) enum Message {
    /// It was scrolled.
    Scrolled,
    /// Something was typed.
    Typed(InputEvent),
    /// An input method begins or ends.
    Composing(bool),
    /// The browser's own undo, or redo: there is only one history.
    History(Action),
    /// A key went down in the text box.
    Key(KeyboardEvent),
    /// Escape, anywhere.
    Escape,
    /// The pointer moved over the text.
    PointerMoved(PointerEvent),
    /// It left the text.
    PointerLeft,
    /// It went down.
    PointerDown(PointerEvent),
    /// It went up again.
    PointerUp,
    /// It has stood still for long enough.
    Rested,
    /// It is on the card, or left it.
    Held(bool),
    /// The focus left the editor.
    FocusLeft,
    /// A number is stepped by a button.
    Step(i64),
    /// A card is done with.
    Done,
    /// A chip was pressed.
    Chip(Chip),
    /// A keyboard appeared, or went away.
    Covered,
    /// Opens the card of the caret.
    Card,
    /// Opens the list, or lets it follow.
    Suggest,
    /// The paragraphs about fields are here.
    Help(Lang, Rc<[u8]>),
    /// An item of the list is taken.
    Take(usize),
    /// The caret was put somewhere by hand.
    CaretMoved,
}

impl Component for Editor {
    type Message = Message;
    type Properties = EditorProps;

    fn create(ctx: &Context<Editor>) -> Editor {
        let props = ctx.props();
        Editor {
            root: NodeRef::default(),
            scroller: NodeRef::default(),
            text_box: NodeRef::default(),
            layer: Layer::of(&props.reading.text, props.part),
            sight: 0..80,
            shown: props.reveal.serial,
            composing: false,
            hover: Hover::default(),
            next_card: None,
            drag: None,
            list: None,
            suggests: false,
            help: None,
            help_asked: None,
            said: String::new(),
            listeners: Vec::new(),
        }
    }

    fn changed(&mut self, ctx: &Context<Editor>, old: &EditorProps) -> bool {
        let props = ctx.props();
        if old.reading != props.reading || old.part != props.part {
            self.layer = Layer::of(&props.reading.text, props.part);
            self.follow_text(ctx);
        }
        if old.dots != props.dots
            && let Some(subject) = self.hover.card.as_ref().map(|card| card.subject.clone())
        {
            let without = self.without(ctx, &subject);
            self.hover.card.iter_mut().for_each(|card| card.without = without.clone());
        }
        // Drawing anew would set the text box, and throw away what is being composed.
        !self.composing
    }

    fn update(&mut self, ctx: &Context<Editor>, message: Message) -> bool {
        match message {
            Message::Scrolled => self.scrolled(ctx),
            Message::Typed(event) => {
                if !self.composing {
                    self.suggests = is_of_word(&event) || self.list.is_some();
                    self.report(ctx);
                }
                false
            }
            Message::Composing(true) => {
                self.composing = true;
                self.hover.close();
                self.mark_composing(true);
                false
            }
            Message::Composing(false) => {
                self.composing = false;
                self.mark_composing(false);
                self.report(ctx);
                true
            }
            Message::History(action) => {
                ctx.props().on_action.emit(action);
                false
            }
            Message::Key(event) => self.key(ctx, &event),
            Message::Escape | Message::Done => {
                self.keep_focus();
                self.list.take().is_some() | self.hover.close()
            }
            Message::PointerMoved(event) => self.pointer_moved(ctx, &event),
            Message::PointerLeft => {
                self.aim(ctx, None);
                false
            }
            Message::PointerDown(event) => self.pointer_down(ctx, &event),
            Message::PointerUp => self.let_go(ctx),
            Message::Rested => self.rested(ctx),
            Message::Held(on) => {
                self.hover.hold(on, ctx.link());
                false
            }
            Message::FocusLeft => self.list.take().is_some() | self.hover.close(),
            Message::Step(by) => {
                self.step_card(ctx, by);
                false
            }
            Message::Chip(chip) => self.chip(ctx, chip),
            Message::Covered => true,
            Message::Suggest => self.suggest(ctx, false),
            Message::Help(lang, file) => {
                self.help_asked = None;
                self.help = (!file.is_empty()).then(|| (lang, Help::parse(&String::from_utf8_lossy(&file))));
                self.hover.card.is_some()
            }
            Message::Take(item) => self.take(ctx, item),
            Message::CaretMoved => self.list.take().is_some() | self.hover.close_if(By::Key),
            Message::Card => self.card_of_caret(ctx),
        }
    }

    fn rendered(&mut self, ctx: &Context<Editor>, first: bool) {
        if first {
            self.listen(ctx);
        }
        if std::mem::take(&mut self.suggests) {
            ctx.link().send_message(Message::Suggest);
        }
        self.show_chosen();
        let reveal = &ctx.props().reveal;
        if self.shown != reveal.serial {
            self.shown = reveal.serial;
            self.show(ctx);
            if self.next_card.take().is_some_and(|at| at == reveal.bytes.start) {
                ctx.link().send_message(Message::Card);
            }
        }
    }

    fn view(&self, ctx: &Context<Editor>) -> Html {
        let props = ctx.props();
        let link = ctx.link();
        let words = props.lang.editor();
        let value = AttrValue::from(props.reading.text[self.layer.range.clone()].to_owned());
        let first = self.first_drawn();
        let last = (self.sight.end + MARGIN).min(self.layer.lines.len());
        let label = match props.part {
            Part::Spec => words.spec_box,
            Part::Scenario => words.scenario_box,
        };
        let invalid = props.remarks.iter().any(|remark| remark.tier == Tier::Refused).then_some("true");
        html! {
            <div class="editor" ref={&self.root} onfocusout={self.on_focus_out(ctx)}>
                <div class="code" ref={&self.scroller}>
                    <div class="page-of-text" style={self.layer.size()}>
                        <div class="lines" aria-hidden="true">
                            { for (first..last).map(|line| self.layer.line(props, line)) }
                        </div>
                        <textarea id="spec-text" ref={&self.text_box} {value} aria-label={label} aria-invalid={invalid} aria-describedby="verdict"
                            aria-autocomplete="list" aria-haspopup="listbox" aria-controls={self.list.as_ref().map(|_| "completions")} aria-activedescendant={list::active(self.list.as_ref())}
                            spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off"
                            oninput={link.callback(Message::Typed)}
                            onkeydown={link.callback(Message::Key)}
                            onpointermove={link.callback(Message::PointerMoved)} onpointerleave={link.callback(|_: PointerEvent| Message::PointerLeft)}
                            onpointerdown={link.callback(Message::PointerDown)} onpointerup={link.callback(|_: PointerEvent| Message::PointerUp)}
                            onclick={link.callback(|_: MouseEvent| Message::CaretMoved)}
                            onpointercancel={link.callback(|_: PointerEvent| Message::PointerUp)} />
                    </div>
                </div>
                // One node each, there or not: with more or fewer of them yew would take the text box for another.
                if let Some(card) = &self.hover.card {
                    { card::view(props, &self.layer, card, self.help(props.lang), &self.hands(ctx)) }
                }
                if let Some(list) = &self.list {
                    { list::view(props, list, &link.callback(Message::Take)) }
                }
                { chips::row(props, &link.callback(Message::Chip)) }
                <p class="sr" aria-live="polite">{ &self.said }</p>
            </div>
        }
    }
}

impl Editor {
    fn first_drawn(&self) -> usize {
        self.sight.start.saturating_sub(MARGIN)
    }

    /// What yew has no names for.
    fn listen(&mut self, ctx: &Context<Editor>) {
        let link = ctx.link();
        let mut listeners = Vec::new();
        let mut hear = |target: Option<&web_sys::EventTarget>, name: &'static str, callback: Callback<Event>| {
            listeners.extend(target.map(|target| Listener::new(target, name, callback)));
        };
        let text_box = self.text_box.cast::<HtmlTextAreaElement>();
        let text_box = text_box.as_ref().map(AsRef::as_ref);
        hear(text_box, "compositionstart", link.callback(|_| Message::Composing(true)));
        hear(text_box, "compositionend", link.callback(|_| Message::Composing(false)));
        hear(
            text_box,
            "beforeinput",
            link.batch_callback(|event: Event| {
                let kind = event.dyn_ref::<web_sys::InputEvent>()?.input_type();
                let action = match kind.as_str() {
                    "historyUndo" => Action::Undo,
                    "historyRedo" => Action::Redo,
                    _ => return None,
                };
                event.prevent_default();
                Some(Message::History(action))
            }),
        );
        let window = web_sys::window();
        let escape = link.batch_callback(|event: Event| {
            let key = event.dyn_into::<KeyboardEvent>().ok()?;
            (key.key() == "Escape" && !key.is_composing()).then_some(Message::Escape)
        });
        hear(window.as_ref().map(AsRef::as_ref), "keydown", escape);
        let seen = window.as_ref().and_then(web_sys::Window::visual_viewport);
        hear(seen.as_ref().map(AsRef::as_ref), "resize", link.callback(|_| Message::Covered));
        if let Some(window) = &window {
            let text_box = self.text_box.clone();
            // Only what the text scrolls with: not the card, not the timeline.
            let scrolled = link.batch_callback(move |event: Event| {
                let what = event.target()?.dyn_into::<Node>().ok()?;
                what.contains(text_box.get().as_ref()).then_some(Message::Scrolled)
            });
            listeners.push(Listener::before(window, "scroll", scrolled));
        }
        self.listeners = listeners;
    }

    /// The letters that are being composed are the text box's own.
    fn mark_composing(&self, on: bool) {
        if let Some(scroller) = self.scroller.cast::<HtmlElement>() {
            // Refused only for a name that is none.
            let _ = if on {
                scroller.set_attribute("data-composing", "")
            } else {
                scroller.remove_attribute("data-composing")
            };
        }
    }

    /// What was opened by key goes along; what the pointer opened goes away.
    fn scrolled(&mut self, ctx: &Context<Editor>) -> bool {
        let closed = self.list.take().is_some() | self.hover.close_if(By::Pointer);
        let moved = self.look(ctx);
        let subject = self.hover.card.as_ref().map(|card| card.subject.clone());
        let placed = subject.is_some_and(|subject| self.open(ctx, subject, By::Key));
        closed || moved || placed
    }

    /// Who was in the card is in the text again.
    fn keep_focus(&self) {
        let active = web_sys::window().and_then(|window| window.document()?.active_element());
        let in_card = active.is_some_and(|active| active.closest(".hint").ok().flatten().is_some());
        if let Some(text_box) = self.text_box.cast::<HtmlElement>().filter(|_| in_card) {
            // Focus can only fail for an element outside the page.
            let _ = text_box.focus();
        }
    }

    /// Which lines are in sight now; whether others are than before.
    fn look(&mut self, ctx: &Context<Editor>) -> bool {
        let Some(scroller) = self.scroller.cast::<HtmlElement>() else { return false };
        let height = self.measure(ctx).map_or(22.0, |sight| sight.line_height());
        let first = (f64::from(scroller.scroll_top()) / height) as usize;
        let last = first + (f64::from(scroller.client_height()) / height) as usize + 1;
        // Only when the margin is half used up: scrolling a few lines costs nothing.
        let moved = first.abs_diff(self.sight.start) > MARGIN / 2 || last > self.sight.end + MARGIN / 2;
        if moved {
            self.sight = first..last;
        }
        moved
    }

    fn measure<'a>(&'a self, ctx: &'a Context<Editor>) -> Option<Sight<'a>> {
        let scroller = self.scroller.cast()?;
        let text = &ctx.props().reading.text[self.layer.range.clone()];
        Some(Sight { scroller, first: self.first_drawn(), layer: &self.layer, text })
    }

    fn report(&self, ctx: &Context<Editor>) {
        let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() else { return };
        let props = ctx.props();
        props.on_action.emit(Action::Type(props.part.spliced(&props.reading.text, &text_box.value())));
    }

    /// What is selected: bytes of the whole text.
    fn selection(&self) -> Option<Range<usize>> {
        let selection = text_box::selection(&self.text_box.cast()?);
        Some(self.layer.range.start + selection.start..self.layer.range.start + selection.end)
    }

    // Keys.

    /// Undo and redo are the page's. Returns whether something else is shown now.
    fn key(&mut self, ctx: &Context<Editor>, event: &KeyboardEvent) -> bool {
        let Some(key) = keys::of(event).filter(|_| !self.composing) else { return false };
        let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() else { return false };
        if let Some(chosen) = self.list_key(ctx, key) {
            event.prevent_default();
            return chosen;
        }
        let (value, selection) = (text_box.value(), text_box::selection(&text_box));
        let spans_lines = typing::spans_lines(&value, &selection);
        let change = match key {
            Key::Enter => {
                let literal = self.layer.lines.partition_point(|line| line.end < selection.start);
                let is_yaml = !self.layer.literal.get(literal).copied().unwrap_or(false);
                Some(typing::new_line(&value, selection, is_yaml))
            }
            Key::Tab if spans_lines => Some(typing::indent(&value, selection)),
            Key::ShiftTab if spans_lines => Some(typing::outdent(&value, selection)),
            Key::Indent => Some(typing::indent(&value, selection)),
            Key::Outdent => Some(typing::outdent(&value, selection)),
            Key::Step(by) if self.step_at(ctx, self.layer.range.start + selection.end, by) => None,
            Key::Finding(by) => {
                event.prevent_default();
                return self.next_finding(ctx, by);
            }
            Key::Card => {
                event.prevent_default();
                return self.card_of_caret(ctx);
            }
            Key::Complete => {
                event.prevent_default();
                return self.suggest(ctx, true);
            }
            Key::Away | Key::Choose(_) => return self.list.take().is_some() | self.hover.close_if(By::Key),
            Key::Tab | Key::ShiftTab | Key::Step(_) | Key::Escape => return false,
        };
        event.prevent_default();
        if let Some(change) = change {
            self.make(ctx, &change);
        }
        false
    }

    fn make(&self, ctx: &Context<Editor>, change: &Change) {
        if let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() {
            change.make(&text_box);
            self.report(ctx);
        }
    }

    fn chip(&mut self, ctx: &Context<Editor>, chip: Chip) -> bool {
        let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() else { return false };
        let (value, selection) = (text_box.value(), text_box::selection(&text_box));
        let change = match chip {
            Chip::Text(text) => Change::insert(selection, text.to_owned()),
            Chip::Indent => typing::indent(&value, selection),
            Chip::Outdent => typing::outdent(&value, selection),
            Chip::Undo => {
                ctx.props().on_action.emit(Action::Undo);
                return false;
            }
            Chip::Card => return self.card_of_caret(ctx),
        };
        self.make(ctx, &change);
        false
    }

    /// To the next finding behind the caret, or the one before it, round and round.
    fn next_finding(&mut self, ctx: &Context<Editor>, by: i32) -> bool {
        let props = ctx.props();
        let Some(caret) = self.selection().map(|selection| selection.start) else { return false };
        let mut starts: Vec<&Range<usize>> = props.remarks.iter().map(|remark| &remark.span).collect();
        starts.dedup_by_key(|span| span.start);
        let next = if by > 0 {
            starts.iter().find(|span| span.start > caret).or(starts.first())
        } else {
            starts.iter().rfind(|span| span.start < caret).or(starts.last())
        };
        if let Some(span) = next {
            self.next_card = Some(span.start);
            props.on_action.emit(Action::GoTo((*span).clone()));
        }
        false
    }

    // The list.

    /// What a key does to an open list; `None` if it is none of its keys. Returns whether something else is shown now.
    fn list_key(&mut self, ctx: &Context<Editor>, key: Key) -> Option<bool> {
        let list = self.list.as_mut()?;
        match key {
            Key::Choose(by) => {
                list.choose(by);
                Some(true)
            }
            Key::Enter => list.chosen.map(|chosen| self.take(ctx, chosen)).or_else(|| {
                self.list = None;
                None
            }),
            Key::Tab => {
                let chosen = list.chosen.unwrap_or(0);
                Some(self.take(ctx, chosen))
            }
            _ => None,
        }
    }

    /// Opens the list at the caret, or lets it follow the word; returns whether something else is shown now.
    fn suggest(&mut self, ctx: &Context<Editor>, by_hand: bool) -> bool {
        let had = self.list.take();
        let by_hand = by_hand || had.as_ref().is_some_and(|list| list.by_hand);
        let props = ctx.props();
        let caret = self.selection().filter(|selection| selection.is_empty() && !self.composing);
        let found = caret.and_then(|caret| list::at(&props.reading, caret.start, by_hand));
        let start = self.layer.range.start;
        if let Some((range, items, chosen)) = found
            && let Some(from) = range.start.checked_sub(start)
            && let Some(spot) = self.measure(ctx).and_then(|sight| sight.spot(&(from..from)))
        {
            self.hover.close();
            if had.as_ref().is_none_or(|had| had.items.len() != items.len()) {
                self.said = (props.lang.editor().suggestions)(items.len());
            }
            self.list = Some(OpenList { range, items, chosen, by_hand, spot });
        } else if by_hand && had.is_none() {
            self.said = (props.lang.editor().suggestions)(0);
            return true;
        }
        had != self.list
    }

    /// Writes an item of the list; a field with a few values goes on with them.
    fn take(&mut self, ctx: &Context<Editor>, item: usize) -> bool {
        let Some(list) = self.list.take() else { return false };
        if let Some(change) = list.change(item, self.layer.range.start) {
            self.suggests = change.text.ends_with(": ");
            self.make(ctx, &change);
        }
        true
    }

    /// The chosen item stays in sight.
    fn show_chosen(&self) {
        let Some(id) = list::active(self.list.as_ref()) else { return };
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(item) = document.and_then(|document| document.get_element_by_id(&id)) {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            item.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    }

    // Numbers.

    /// Steps the number at a byte of the whole text; whether there is one.
    fn step_at(&self, ctx: &Context<Editor>, byte: usize, by: i64) -> bool {
        let text = &ctx.props().reading.text;
        let Some(number) = self.layer.number_at(text, byte) else { return false };
        self.write(ctx, &number, number.stepped(by));
        true
    }

    /// Writes another number in the place of one. The caret stays in it.
    fn write(&self, ctx: &Context<Editor>, number: &Number, value: i64) {
        let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() else { return };
        let props = ctx.props();
        // While it is dragged it may have fewer digits or more than at the start.
        let Some(now) = self.layer.number_at(&props.reading.text, number.span.start) else { return };
        let start = self.layer.range.start;
        let text = value.to_string();
        let end = now.span.start - start + text.len();
        Change { range: now.span.start - start..now.span.end - start, text, selection: end..end }.make(&text_box);
        let whole = props.part.spliced(&props.reading.text, &text_box.value());
        props.on_action.emit(Action::Step(whole, number.span.start));
    }

    fn step_card(&mut self, ctx: &Context<Editor>, by: i64) {
        if let Some(card) = &self.hover.card {
            let at = card.subject.content(ctx.props(), &self.layer).number.map(|number| number.span.start);
            if let Some(at) = at {
                self.hover.keeps = true;
                self.step_at(ctx, at, by);
            }
        }
    }

    // The pointer.

    fn pointer_moved(&mut self, ctx: &Context<Editor>, event: &PointerEvent) -> bool {
        if let Some(drag) = &self.drag {
            event.prevent_default();
            let steps = ((f64::from(event.client_x()) - drag.from) / STEP_PIXELS) as i64;
            let value = drag.number.stepped(if event.shift_key() { steps * 10 } else { steps });
            self.write(ctx, &drag.number, value);
            return false;
        }
        if event.pointer_type() == "touch" || event.buttons() != 0 {
            return false;
        }
        let hit =
            self.measure(ctx).and_then(|sight| sight.hit(f64::from(event.client_x()), f64::from(event.client_y())));
        self.set_cursor(ctx, hit, event.alt_key());
        let subject = hit.and_then(|hit| Subject::at(ctx.props(), &self.layer, hit));
        self.aim(ctx, subject);
        false
    }

    /// With Alt a number can be dragged; a mark in the gutter can be pressed.
    fn set_cursor(&self, ctx: &Context<Editor>, hit: Option<Hit>, alt: bool) {
        let byte = match hit {
            Some(Hit::Byte(byte)) if alt => Some(self.layer.range.start + byte),
            _ => None,
        };
        let number = byte.and_then(|byte| self.layer.number_at(&ctx.props().reading.text, byte));
        let pressed = matches!(hit, Some(Hit::Gutter(_)));
        if let Some(text_box) = self.text_box.cast::<HtmlElement>() {
            let class = if number.is_some() {
                "drags"
            } else if pressed {
                "gutter"
            } else {
                ""
            };
            text_box.set_class_name(class);
        }
    }

    fn pointer_down(&mut self, ctx: &Context<Editor>, event: &PointerEvent) -> bool {
        let Some(sight) = self.measure(ctx).filter(|_| event.button() == 0) else { return false };
        match sight.hit(f64::from(event.client_x()), f64::from(event.client_y())) {
            Some(Hit::Gutter(line)) => {
                let subject = Subject::at(ctx.props(), &self.layer, Hit::Gutter(line));
                let Some(subject) = subject else { return false };
                event.prevent_default();
                let content = subject.content(ctx.props(), &self.layer);
                match content.dot.filter(|dot| dot.is_full() && content.remarks.is_empty()) {
                    Some(dot) => {
                        ctx.props().on_action.emit(Action::Cycle(Rc::clone(&dot.marks)));
                        self.hover.close()
                    }
                    None => self.open(ctx, subject, By::Key),
                }
            }
            Some(Hit::Byte(byte)) if event.alt_key() => {
                let text = &ctx.props().reading.text;
                let Some(number) = self.layer.number_at(text, self.layer.range.start + byte) else { return false };
                event.prevent_default();
                if let Some(text_box) = self.text_box.cast::<HtmlElement>() {
                    // Fails only for a pointer that has gone already.
                    let _ = text_box.set_pointer_capture(event.pointer_id());
                }
                self.drag = Some(Drag { number, from: f64::from(event.client_x()) });
                self.hover.close()
            }
            _ => self.hover.close(),
        }
    }

    fn let_go(&mut self, ctx: &Context<Editor>) -> bool {
        if self.drag.take().is_some() {
            ctx.props().on_action.emit(Action::EndSteps);
        }
        false
    }

    // The card.

    fn help(&self, lang: Lang) -> Option<&Help> {
        self.help.as_ref().filter(|(known, _)| *known == lang).map(|(_, help)| help)
    }

    /// Fetches the paragraphs about fields, once for each language.
    fn ask_for_help(&mut self, ctx: &Context<Editor>) {
        let lang = ctx.props().lang;
        if self.help_asked != Some(lang) && self.help(lang).is_none() {
            self.help_asked = Some(lang);
            let link = ctx.link().clone();
            browser::fetch(&format!("static/{}", lang.help_file()), move |file| {
                if let Some(file) = file {
                    link.send_message(Message::Help(lang, file));
                }
            });
        }
    }

    fn aim(&mut self, ctx: &Context<Editor>, subject: Option<Subject>) {
        if subject.is_some() {
            self.ask_for_help(ctx);
        }
        self.hover.aim(subject, ctx.link());
    }

    fn rested(&mut self, ctx: &Context<Editor>) -> bool {
        match self.hover.aimed().filter(|subject| subject.bytes.end <= ctx.props().reading.text.len()) {
            Some(subject) => self.open(ctx, subject, By::Pointer),
            None => self.hover.close_if(By::Pointer),
        }
    }

    fn card_of_caret(&mut self, ctx: &Context<Editor>) -> bool {
        self.ask_for_help(ctx);
        let Some(caret) = self.selection().map(|selection| selection.start) else { return false };
        let props = ctx.props();
        let at = Subject::at(props, &self.layer, Hit::Byte(caret - self.layer.range.start));
        let line = || Subject::at(props, &self.layer, Hit::Gutter(self.layer.line_at(caret)));
        match at.or_else(line) {
            Some(subject) => {
                let opened = self.open(ctx, subject, By::Key);
                self.said = self
                    .hover
                    .card
                    .as_ref()
                    .map(|card| card::spoken(props, &self.layer, card, self.help(props.lang)))
                    .unwrap_or_default();
                opened
            }
            None => {
                self.said = props.lang.editor().nothing_to_say.to_owned();
                true
            }
        }
    }

    fn open(&mut self, ctx: &Context<Editor>, subject: Subject, by: By) -> bool {
        let start = self.layer.range.start;
        let within = subject.bytes.start.saturating_sub(start)..subject.bytes.end.saturating_sub(start);
        let spot = self.measure(ctx).and_then(|sight| sight.spot(&within));
        let without = self.without(ctx, &subject);
        spot.is_some_and(|spot| self.hover.open(OpenCard { subject, spot, by, without }))
    }

    /// The run without the field that a card is about: nobody waits for long ones.
    fn without(&self, ctx: &Context<Editor>, subject: &Subject) -> Option<Counterfactual> {
        let props = ctx.props();
        let content = subject.content(props, &self.layer);
        let (document, field) = content.dot.filter(|dot| dot.is_full())?.field;
        Counterfactual::without((&props.recording, &props.scenario), document, field, WITHOUT_STEPS)
    }

    /// A card is about a place of a text: another text, and it goes; but not while it is what changes the text.
    fn follow_text(&mut self, ctx: &Context<Editor>) {
        let keeps = std::mem::take(&mut self.hover.keeps);
        let start = self.hover.card.as_ref().map(|card| card.subject.bytes.start);
        let number = start.filter(|_| keeps).and_then(|at| self.layer.number_at(&ctx.props().reading.text, at));
        match (number, &mut self.hover.card) {
            (Some(number), Some(card)) if !card.subject.is_line => card.subject.bytes = number.span,
            (_, Some(_)) if keeps => {}
            _ => {
                self.hover.close();
            }
        }
    }

    fn hands(&self, ctx: &Context<Editor>) -> Hands {
        let link = ctx.link();
        Hands {
            on_action: ctx.props().on_action.clone(),
            on_step: link.callback(Message::Step),
            on_done: link.callback(|()| Message::Done),
            on_hold: link.callback(Message::Held),
        }
    }

    fn on_focus_out(&self, ctx: &Context<Editor>) -> Callback<FocusEvent> {
        let root = self.root.clone();
        ctx.link().batch_callback(move |event: FocusEvent| {
            let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
            // Without a next one the window itself lost the focus, or nothing that takes it was pressed.
            let inside = next.is_some_and(|next| root.get().is_some_and(|root| root.contains(Some(&next))));
            (!inside).then_some(Message::FocusLeft)
        })
    }

    /// Selects these bytes and scrolls to them.
    fn show(&mut self, ctx: &Context<Editor>) {
        let reveal = &ctx.props().reveal;
        let (Some(text_box), Some(scroller)) =
            (self.text_box.cast::<HtmlTextAreaElement>(), self.scroller.cast::<HtmlElement>())
        else {
            return;
        };
        let length = self.layer.range.len();
        let within = |byte: usize| byte.saturating_sub(self.layer.range.start).min(length);
        let (start, end) = (within(reveal.bytes.start), within(reveal.bytes.end));
        if reveal.focus {
            // Focus can only fail for an element outside the page.
            let _ = text_box.focus();
        }
        text_box::select(&text_box, if reveal.focus { start..end } else { end..end });
        let line = self.layer.lines.partition_point(|line| line.end < start);
        let height = self.measure(ctx).map_or(22.0, |sight| sight.line_height());
        let top = (line as f64 * height) as i32;
        let (seen, room) = (scroller.scroll_top(), scroller.client_height());
        if top < seen || top + 2 * height as i32 > seen + room {
            scroller.set_scroll_top(top - room / 3);
        }
    }
}

/// Whether a letter of a word was typed.
fn is_of_word(event: &InputEvent) -> bool {
    let letter = |data: String| data.chars().count() == 1 && data.chars().all(char::is_alphanumeric);
    event.input_type() == "insertText" && event.data().is_some_and(letter)
}

/// Whether an event comes from a text box or another control that takes keys itself.
pub(super) fn takes_keys(event: &Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "TEXTAREA" | "INPUT" | "SELECT"))
}
