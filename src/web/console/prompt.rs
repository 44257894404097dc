//! The prompt: a line, or several, with the lines before and with completions, which stand above it.

use crate::kubectl::complete::{Completions, complete};
use crate::kubectl::goes_on;
use crate::time::Time;
use crate::web::browser;
use crate::web::controls::button::{icon_button, press};
use crate::web::controls::piece::Piece;
use crate::web::state::action::Action;
use crate::web::state::console::ConsoleAction;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// So many completions are shown; more letters bring the others.
const SHOWN: usize = 6;
/// The most lines that the prompt is high.
const LINES: usize = 6;

/// What the prompt knows.
#[derive(Clone, PartialEq)]
pub(super) struct PromptProps {
    pub(super) stage: Shared<Stage>,
    pub(super) playhead: Time,
    pub(super) history: Shared<Vec<Rc<str>>>,
    /// Whether something runs that can be stopped.
    pub(super) is_busy: bool,
    /// Whether there is something to copy, and to clear.
    pub(super) has_lines: bool,
}

impl Piece for PromptProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_prompt(self).run(hooks)
    }
}

/// What is typed.
#[derive(Clone, Default, PartialEq)]
struct Typed {
    line: String,
    /// How many lines back it was called from; 0 is a new one.
    back: usize,
    /// What was typed before others were called back.
    own: String,
    /// The completion that is chosen; `None` while none are shown.
    chosen: Option<usize>,
}

impl Typed {
    /// A letter was typed, or taken away.
    fn changed(line: String) -> Typed {
        let chosen = (!line.trim().is_empty()).then_some(0);
        Typed { own: line.clone(), line, back: 0, chosen }
    }

    /// Another line of those before.
    fn called(&self, history: &[Rc<str>], by: isize) -> Typed {
        let back = self.back.saturating_add_signed(by).min(history.len());
        let line = match back {
            0 => self.own.clone(),
            back => history[history.len() - back].to_string(),
        };
        Typed { line, back, own: self.own.clone(), chosen: None }
    }
}

#[hook]
fn use_prompt(props: &PromptProps) -> Html {
    let words = props.stage.lang.console();
    let typed = use_state_eq(Typed::default);
    let text_box = use_node_ref();
    let found = use_memo(
        (props.stage.clone(), props.playhead, typed.line.clone(), typed.chosen.is_some()),
        |(stage, at, line, is_open)| is_open.then(|| complete(line, &stage.snapshot(*at))).flatten(),
    );
    let items = found.as_ref().as_ref().map_or(&[][..], |found| &found.items[..found.items.len().min(SHOWN)]);
    let chosen = typed.chosen.unwrap_or_default().min(items.len().saturating_sub(1));
    let set = {
        let (typed, text_box) = (typed.clone(), text_box.clone());
        move |next: Typed| {
            // The caret goes behind the line.
            if let Some(text_box) = text_box.cast::<HtmlTextAreaElement>() {
                text_box.set_value(&next.line);
            }
            typed.set(next);
        }
    };
    let run = {
        let (on_action, set) = (props.stage.on_action.clone(), set.clone());
        move |line: String| {
            set(Typed::default());
            on_action.emit(Action::Console(ConsoleAction::Run(line)));
        }
    };
    let take = {
        let (set, found, line) = (set.clone(), Rc::clone(&found), typed.line.clone());
        move |number: usize| {
            if let Some(line) = (*found).as_ref().and_then(|found| taken(&line, found, number)) {
                set(Typed::changed(line));
            }
        }
    };
    let onkeydown = {
        let (props, typed, set, run, take) = (props.clone(), typed.clone(), set.clone(), run.clone(), take.clone());
        let count = items.len();
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            let is_command = event.ctrl_key() && !event.alt_key() && !event.meta_key();
            let is_one_line = !typed.line.contains('\n');
            let act = |action| props.stage.on_action.emit(Action::Console(action));
            match event.key().as_str() {
                "Enter" if !event.shift_key() && !goes_on(&typed.line) => run(typed.line.clone()),
                "Tab" if !event.shift_key() && count > 0 => take(chosen),
                "ArrowDown" if count > 1 => set_chosen(&typed, (chosen + 1) % count),
                "ArrowUp" if count > 1 && typed.back == 0 => set_chosen(&typed, (chosen + count - 1) % count),
                "ArrowUp" if is_one_line || typed.back > 0 => set(typed.called(&props.history, 1)),
                "ArrowDown" if is_one_line || typed.back > 0 => set(typed.called(&props.history, -1)),
                "Escape" if count > 0 => typed.set(Typed { chosen: None, ..(*typed).clone() }),
                " " if is_command => typed.set(Typed { chosen: Some(0), ..(*typed).clone() }),
                "c" if is_command && !has_selection(&event) => match props.is_busy && typed.line.is_empty() {
                    true => act(ConsoleAction::Stop),
                    false => set(Typed::default()),
                },
                "l" if is_command => act(ConsoleAction::Clear),
                // What is typed here is undone here.
                "z" | "Z" | "y" if (is_command || event.meta_key()) && !typed.line.is_empty() => {
                    event.stop_propagation();
                    return;
                }
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(text_box) = event.target_dyn_into::<HtmlTextAreaElement>() {
                typed.set(Typed::changed(text_box.value()));
            }
        })
    };
    let onclick = {
        let (run, line) = (run.clone(), typed.line.clone());
        (!typed.line.trim().is_empty()).then(|| Callback::from(move |_: MouseEvent| run(line.clone())))
    };
    let rows = typed.line.split('\n').count().min(LINES).to_string();
    let active = (!items.is_empty()).then(|| format!("console-item-{chosen}"));
    use_effect_with(active.clone(), |active| {
        if let Some(active) = active {
            browser::scroll_into_sight(&format!("#{active}"));
        }
    });
    html! {<>
        if !items.is_empty() { { list(props, found.as_ref().as_ref(), items.len(), chosen, Callback::from(take)) } }
        <div class="prompt">
            <time>{ props.stage.lang.format().clock_short(props.playhead) }</time>
            <span class="pr" aria-hidden="true">{ "$" }</span>
            <textarea id="console-line" ref={text_box} value={typed.line.clone()} {rows} {oninput} {onkeydown} lang="en"
                aria-label={words.prompt} aria-autocomplete="list" aria-controls={active.as_ref().map(|_| "console-list")}
                aria-activedescendant={active} spellcheck="false" autocapitalize="off" autocomplete="off" autocorrect="off"
                enterkeyhint="go"/>
            if !items.is_empty() { <kbd>{ words.tab_takes }</kbd> }
            <span class="acts">
                if onclick.is_some() {
                    { icon_button("btn icon go", "right", words.run, onclick) }
                } else if props.has_lines {
                    { icon_button("btn icon", "copy", words.copy, Some(press(&props.stage.on_action, Action::Console(ConsoleAction::Copy)))) }
                    { icon_button("btn icon", "trash", words.clear, Some(press(&props.stage.on_action, Action::Console(ConsoleAction::Clear)))) }
                }
            </span>
        </div>
    </>}
}

fn set_chosen(typed: &UseStateHandle<Typed>, chosen: usize) {
    typed.set(Typed { chosen: Some(chosen), ..(**typed).clone() });
}

/// The line with a completion at its end, and a blank behind it unless the word goes on.
fn taken(line: &str, found: &Completions, number: usize) -> Option<String> {
    let item = found.items.get(number)?;
    let end = if item.is_open || item.text.ends_with('/') { "" } else { " " };
    Some(format!("{}{}{end}", &line[..found.range.start], item.text))
}

fn has_selection(event: &KeyboardEvent) -> bool {
    let text_box = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    text_box.is_some_and(|text_box| text_box.selection_start().ok() != text_box.selection_end().ok())
}

/// What fits, and what each is.
fn list(props: &PromptProps, found: Option<&Completions>, count: usize, chosen: usize, take: Callback<usize>) -> Html {
    let Some(found) = found else { return Html::default() };
    let items = found.items[..count].iter().enumerate().map(|(number, item)| {
        let selected = (number == chosen).to_string();
        let onclick = take.reform(move |_: MouseEvent| number);
        html! {
            <li key={number} id={format!("console-item-{number}")} role="option" aria-selected={selected} {onclick}>
                <code lang="en">{ &item.text }</code><span lang="en">{ &item.what }</span>
            </li>
        }
    });
    // A press must not take the focus from the prompt.
    let hold = Callback::from(|event: MouseEvent| event.prevent_default());
    let left = found.items.len() - count;
    html! {
        <>
            <ul class="compl" id="console-list" role="listbox" aria-label={props.stage.lang.console().completions} onmousedown={hold}>{ for items }</ul>
            if left > 0 { <p class="more">{ format!("… {left}") }</p> }
        </>
    }
}
