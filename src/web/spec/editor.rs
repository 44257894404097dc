//! The editor: a native text box over highlighted lines. The text box has the caret, the selection, the input method
//! and the screen reader; the lines under it have colours, numbers and marks. Only lines in sight are drawn. While an
//! input method composes, nothing else happens.

mod across;
pub(crate) mod card;
pub(crate) mod card_opening;
mod chips;
mod commands;
mod field_help;
mod highlight;
mod hover;
mod key_bindings;
mod layer;
pub(crate) mod list;
mod number;
mod offer;
mod pointer;
mod read_only;
mod scrolling;
mod sight;
mod text_box;
mod typing;

pub(crate) use layer::tier_class;

use crate::advice::Tier;
use crate::manifest::Reading;
use crate::texts::Lang;
use crate::texts::help::Help;
use crate::web::browser;
use crate::web::browser::listener::Listener;
use crate::web::spec::margin::Notes;
use crate::web::state::Reveal;
use crate::web::state::action::Action;
use crate::web::state::apply::Applicable;
use crate::web::state::lesson::locks::Locks;
use crate::web::state::part::Part;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use across::Across;
use card::By;
use chips::Chip;
use hover::Hover;
use layer::Layer;
use list::OpenList;
use pointer::Drag;
use scrolling::{FIRST_SIGHT, MARGIN};
use sight::Hit;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement, Node};
use yew::prelude::*;

/// What the editor shows.
#[derive(Properties, PartialEq)]
pub(crate) struct EditorProps {
    /// The run that the notes are of.
    pub(crate) stage: Shared<Stage>,
    pub(crate) reading: Shared<Reading>,
    pub(crate) part: Part,
    pub(crate) notes: Notes,
    pub(crate) reveal: Reveal,
    pub(crate) applicable: Option<Applicable>,
    /// What can be changed of the text.
    pub(crate) locks: Shared<Locks>,
}

/// The editor.
pub(crate) struct Editor {
    root: NodeRef,
    scroller: NodeRef,
    text_box: NodeRef,
    layer: Layer,
    /// Lines in sight.
    sight: Range<usize>,
    /// Which part of very long lines is drawn.
    across: Across,
    /// As wide as 1,000 letters and as high as 100 times the font.
    ruler: NodeRef,
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
    /// The language of those being fetched.
    help_asked: Option<Lang>,
    /// How much of the window a keyboard covers: asked when it changes, because the answer takes a layout.
    covered: f64,
    said: String,
    listeners: Vec<Listener>,
}

/// What happens to the editor.
pub(crate) enum EditorMessage {
    Scrolled,
    Typed(InputEvent),
    /// An input method begins or ends.
    Composing(bool),
    /// The browser's own undo, or redo: there is only one history.
    History(Action),
    /// A key went down in the text box.
    Key(KeyboardEvent),
    /// Escape was pressed, anywhere.
    Escape,
    /// The pointer moved over the text.
    PointerMoved(PointerEvent),
    PointerLeft,
    PointerDown(PointerEvent),
    PointerUp,
    /// The pointer has rested for long enough.
    Rested,
    /// The pointer is on the card, or left it.
    Held(bool),
    /// The focus left the editor.
    FocusLeft,
    /// A number is stepped by a button.
    Step(i64),
    /// The card has done its work.
    Done,
    /// A chip was pressed.
    Chip(Chip),
    /// The window has another size, or a keyboard covers it.
    Resized,
    /// Opens the card of the caret.
    Card,
    /// Opens the list, or lets it follow.
    Suggest,
    /// The paragraphs about fields have arrived; empty if they cannot be had.
    Help(Lang, Rc<[u8]>),
    /// An item of the list was taken.
    Take(usize),
    /// The caret was moved by a press.
    CaretMoved(MouseEvent),
}

impl Component for Editor {
    type Message = EditorMessage;
    type Properties = EditorProps;

    fn create(ctx: &Context<Editor>) -> Editor {
        let props = ctx.props();
        Editor {
            root: NodeRef::default(),
            scroller: NodeRef::default(),
            text_box: NodeRef::default(),
            layer: Layer::of(&props.reading, props.part),
            sight: 0..FIRST_SIGHT,
            across: Across::FIRST,
            ruler: NodeRef::default(),
            shown: props.reveal.serial,
            composing: false,
            hover: Hover::default(),
            next_card: None,
            drag: None,
            list: None,
            suggests: false,
            help: None,
            help_asked: None,
            covered: 0.0,
            said: String::new(),
            listeners: Vec::new(),
        }
    }

    fn changed(&mut self, ctx: &Context<Editor>, old: &EditorProps) -> bool {
        let props = ctx.props();
        if old.reading != props.reading || old.part != props.part {
            self.layer = Layer::of(&props.reading, props.part);
            self.look(ctx);
            self.follow_text(ctx);
        }
        if old.notes.effects != props.notes.effects
            && let Some(subject) = self.hover.card.as_ref().map(|card| card.subject.clone())
        {
            let without = self.without(ctx, &subject);
            self.hover.card.iter_mut().for_each(|card| card.without = without.clone());
        }
        // Drawing anew would set the text box, and throw away what is being composed.
        !self.composing
    }

    fn update(&mut self, ctx: &Context<Editor>, message: EditorMessage) -> bool {
        // The first letter is not there yet when composing begins: what is open can still be closed.
        let begins = matches!(message, EditorMessage::Composing(true));
        self.handle(ctx, message) && (begins || !self.composing)
    }

    fn rendered(&mut self, ctx: &Context<Editor>, first: bool) {
        if first {
            self.listen(ctx);
            ctx.link().send_message(EditorMessage::Resized);
        }
        if std::mem::take(&mut self.suggests) {
            ctx.link().send_message(EditorMessage::Suggest);
        }
        self.show_chosen();
        let reveal = &ctx.props().reveal;
        if self.shown != reveal.serial {
            self.shown = reveal.serial;
            self.show(ctx);
            if self.next_card.take().is_some_and(|at| at == reveal.bytes.start) {
                ctx.link().send_message(EditorMessage::Card);
            }
        }
    }

    fn view(&self, ctx: &Context<Editor>) -> Html {
        let props = ctx.props();
        let link = ctx.link();
        let words = props.stage.lang.editor();
        let value = AttrValue::from(props.reading.text[self.layer.range.clone()].to_owned());
        let first = self.first_drawn();
        let last = (self.sight.end + MARGIN).min(self.layer.lines.len());
        let label = match props.part {
            Part::Spec => words.spec_box,
            Part::Scenario => words.scenario_box,
            Part::Lesson => words.lesson_box,
        };
        let invalid = props.notes.remarks.iter().any(|remark| remark.tier == Tier::Refused).then_some("true");
        html! {
            <div class="editor" ref={&self.root} onfocusout={self.on_focus_out(ctx)}>
                <i class="ruler" ref={&self.ruler} aria-hidden="true"></i>
                <div class="code" ref={&self.scroller}>
                    <div class="page-of-text" ~style={self.layer.size()}>
                        <div class="lines" aria-hidden="true">
                            { for self.layer.drawn_lines(props, first.min(last)..last, &self.sight, &self.across) }
                        </div>
                        <textarea id="spec-text" ref={&self.text_box} {value} aria-label={label} aria-invalid={invalid} aria-describedby="verdict"
                            aria-autocomplete="list" aria-haspopup="listbox" aria-controls={self.list.as_ref().map(|_| "completions")} aria-activedescendant={list::active(self.list.as_ref())}
                            readonly={props.locks.is_read_only} spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off"
                            oninput={link.callback(EditorMessage::Typed)}
                            onkeydown={link.callback(EditorMessage::Key)}
                            onpointermove={link.callback(EditorMessage::PointerMoved)} onpointerleave={link.callback(|_: PointerEvent| EditorMessage::PointerLeft)}
                            onpointerdown={link.callback(EditorMessage::PointerDown)} onpointerup={link.callback(|_: PointerEvent| EditorMessage::PointerUp)}
                            onclick={link.callback(EditorMessage::CaretMoved)}
                            onpointercancel={link.callback(|_: PointerEvent| EditorMessage::PointerUp)} />
                        { offer::view(props, &self.layer) }
                    </div>
                </div>
                // One node each, there or not: else yew would take the text box for another.
                if let Some(card) = &self.hover.card {
                    { card::view(props, &self.layer, card, self.help(props.stage.lang), &self.hands(ctx)) }
                }
                if let Some(list) = &self.list {
                    { list::view(props, list, &link.callback(EditorMessage::Take)) }
                }
                if !props.locks.is_read_only { { chips::row(props, self.covered, &link.callback(EditorMessage::Chip)) } }
                <p class="sr" role="status">{ &self.said }</p>
            </div>
        }
    }
}

impl Editor {
    /// Handles a message. Returns whether the editor has to be drawn again.
    fn handle(&mut self, ctx: &Context<Editor>, message: EditorMessage) -> bool {
        match message {
            _ if ctx.props().locks.is_read_only && message.changes() => false,
            EditorMessage::Scrolled => self.scrolled(ctx),
            EditorMessage::Typed(event) => {
                if !self.composing {
                    self.suggests = commands::is_of_word(&event) || self.list.is_some();
                    self.report(ctx);
                }
                false
            }
            EditorMessage::Composing(true) => {
                self.composing = true;
                self.mark_composing(true);
                self.list.take().is_some() | self.hover.close()
            }
            EditorMessage::Composing(false) => {
                self.composing = false;
                self.mark_composing(false);
                self.report(ctx);
                true
            }
            EditorMessage::History(action) => {
                ctx.props().stage.on_action.emit(action);
                false
            }
            EditorMessage::Key(event) => self.key(ctx, &event),
            EditorMessage::Escape | EditorMessage::Done => {
                self.keep_focus();
                self.list.take().is_some() | self.hover.close()
            }
            EditorMessage::PointerMoved(event) => self.pointer_moved(ctx, &event),
            EditorMessage::PointerLeft => {
                self.aim(ctx, None);
                false
            }
            EditorMessage::PointerDown(event) => self.pointer_down(ctx, &event),
            EditorMessage::PointerUp => self.let_go(ctx),
            EditorMessage::Rested => self.rested(ctx),
            EditorMessage::Held(on) => {
                self.hover.hold(on, ctx.link());
                false
            }
            EditorMessage::FocusLeft => self.list.take().is_some() | self.hover.close(),
            EditorMessage::Step(by) => {
                self.step_card(ctx, by);
                false
            }
            EditorMessage::Chip(chip) => self.chip(ctx, chip),
            EditorMessage::Resized => {
                let covered = browser::covered();
                self.look(ctx) | (std::mem::replace(&mut self.covered, covered) != covered)
            }
            EditorMessage::Suggest => self.suggest(ctx, false),
            EditorMessage::Help(lang, file) => {
                self.help_asked = None;
                self.help = (!file.is_empty()).then(|| (lang, Help::parse(&String::from_utf8_lossy(&file))));
                self.hover.card.is_some()
            }
            EditorMessage::Take(item) => self.take(ctx, item),
            EditorMessage::CaretMoved(event) => {
                let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
                let in_gutter = matches!(self.measure(ctx).and_then(|sight| sight.hit(x, y)), Some(Hit::Gutter(_)));
                self.list.take().is_some() | (!in_gutter && self.hover.close_if(By::Key))
            }
            EditorMessage::Card => self.card_of_caret(ctx),
        }
    }

    /// Listens for events that Yew has no names for.
    fn listen(&mut self, ctx: &Context<Editor>) {
        let link = ctx.link();
        let mut listeners = Vec::new();
        let mut hear = |target: Option<&web_sys::EventTarget>, name: &'static str, callback: Callback<Event>| {
            listeners.extend(target.map(|target| Listener::new(target, name, callback)));
        };
        let text_box = self.text_box.cast::<HtmlTextAreaElement>();
        let text_box = text_box.as_ref().map(AsRef::as_ref);
        hear(text_box, "compositionstart", link.callback(|_| EditorMessage::Composing(true)));
        hear(text_box, "compositionend", link.callback(|_| EditorMessage::Composing(false)));
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
                Some(EditorMessage::History(action))
            }),
        );
        let window = web_sys::window();
        let escape = link.batch_callback(|event: Event| {
            let key = event.dyn_into::<KeyboardEvent>().ok()?;
            (key.key() == "Escape" && !key.is_composing()).then_some(EditorMessage::Escape)
        });
        hear(window.as_ref().map(AsRef::as_ref), "keydown", escape);
        let seen = window.as_ref().and_then(web_sys::Window::visual_viewport);
        hear(seen.as_ref().map(AsRef::as_ref), "resize", link.callback(|_| EditorMessage::Resized));
        if let Some(window) = &window {
            let text_box = self.text_box.clone();
            // Only what the text scrolls with: not the card, not the timeline.
            let scrolled = link.batch_callback(move |event: Event| {
                let what = event.target()?.dyn_into::<Node>().ok()?;
                what.contains(text_box.get().as_ref()).then_some(EditorMessage::Scrolled)
            });
            listeners.push(Listener::before(window, "scroll", scrolled));
            let root = self.root.clone();
            let elsewhere = link.batch_callback(move |event: Event| {
                let what = event.target()?.dyn_into::<Node>().ok()?;
                (!root.get()?.contains(Some(&what))).then_some(EditorMessage::FocusLeft)
            });
            listeners.push(Listener::before(window, "pointerdown", elsewhere));
        }
        self.listeners = listeners;
    }

    /// While an input method composes, the letters are shown by the text box.
    fn mark_composing(&self, on: bool) {
        if let Some(scroller) = self.scroller.cast::<HtmlElement>() {
            // Refused only for an invalid name.
            let _ = if on {
                scroller.set_attribute("data-composing", "")
            } else {
                scroller.remove_attribute("data-composing")
            };
        }
    }

    /// Moves the focus from the card, if it is there, back to the text.
    fn keep_focus(&self) {
        let active = web_sys::window().and_then(|window| window.document()?.active_element());
        let in_card = active.is_some_and(|active| active.closest(".hint").ok().flatten().is_some());
        if let Some(text_box) = self.text_box.cast::<HtmlElement>().filter(|_| in_card) {
            // Focus can only fail for an element outside the page.
            let _ = text_box.focus();
        }
    }

    fn report(&self, ctx: &Context<Editor>) {
        let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() else { return };
        let props = ctx.props();
        props.stage.on_action.emit(Action::Type(props.part.spliced(&props.reading.text, &text_box.value())));
    }

    /// What is selected: bytes of the whole text.
    fn selection(&self) -> Option<Range<usize>> {
        let selection = text_box::selection(&self.text_box.cast()?);
        Some(self.layer.range.start + selection.start..self.layer.range.start + selection.end)
    }

    fn on_focus_out(&self, ctx: &Context<Editor>) -> Callback<FocusEvent> {
        let root = self.root.clone();
        ctx.link().batch_callback(move |event: FocusEvent| {
            let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
            // Without a next element the window itself lost the focus, or something that takes none was pressed.
            let inside = next.is_some_and(|next| root.get().is_some_and(|root| root.contains(Some(&next))));
            (!inside).then_some(EditorMessage::FocusLeft)
        })
    }
}

/// Whether an event comes from a text box or another control that takes keys itself.
pub(crate) fn takes_keys(event: &Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "TEXTAREA" | "INPUT" | "SELECT"))
}
