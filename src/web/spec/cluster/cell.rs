//! A cell of the table: a field of a line, typed over, stepped by keys or by dragging. What is not written stands there
//! pale, as its default.

use super::stepping::stepped;
use crate::manifest::edit::{ClusterChange, ClusterList};
use crate::web::controls::drag::{TREMBLE, capture};
use crate::web::controls::piece::{Piece, piece_of_list};
use crate::web::state::action::Action;
use serde_json::{Map, Value};
use web_sys::HtmlInputElement;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// How far the pointer is dragged for one step.
const STEP_PIXELS: f64 = 6.0;

/// What is written in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// A number, alone or with a unit, and its least value.
    Amount(i64),
    /// `a=b, c=d`.
    Labels,
    /// `a=b:NoSchedule, c:NoExecute`.
    Texts,
}

impl Kind {
    /// What is written in the text for what was typed; `None` for nothing.
    fn written(self, typed: &str) -> Option<Value> {
        let typed = typed.trim();
        let parts = || typed.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts().next()?;
        Some(match self {
            Kind::Text => typed.into(),
            Kind::Amount(_) => typed.parse::<i64>().map_or_else(|_| typed.into(), Value::from),
            Kind::Texts => parts().collect::<Vec<_>>().into(),
            Kind::Labels => {
                let pairs = parts().map(|part| part.split_once('=').unwrap_or((part, "")));
                let pairs = pairs.map(|(key, value)| (key.trim().to_owned(), value.trim().into()));
                Value::Object(pairs.collect::<Map<_, _>>())
            }
        })
    }
}

/// A value as it stands in its cell.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            let pairs = map.iter().map(|(key, value)| match shown(value) {
                value if value.is_empty() => key.clone(),
                value => format!("{key}={value}"),
            });
            pairs.collect::<Vec<_>>().join(", ")
        }
        value => value.to_string(),
    }
}

#[derive(Clone, PartialEq)]
pub(super) struct CellProps {
    pub(super) list: ClusterList,
    pub(super) line: usize,
    /// Its field: `capacity.cpu`; empty for the line itself.
    pub(super) field: String,
    pub(super) kind: Kind,
    pub(super) value: String,
    /// What counts while nothing is written.
    pub(super) ghost: String,
    pub(super) name: String,
    /// How a number can be changed without typing it.
    pub(super) hint: &'static str,
    pub(super) is_wrong: bool,
    pub(super) on_action: Callback<Action>,
}

/// A cell, at its place among those of its line.
pub(super) fn cell(props: CellProps) -> Html {
    piece_of_list(props.field.clone(), props)
}

impl CellProps {
    fn change(&self, value: Option<Value>) -> ClusterChange {
        ClusterChange::Set(self.list, self.line, self.field.clone(), value)
    }

    /// Steps from an amount; from the default, where nothing is written.
    fn step(&self, from: &str, steps: i64) {
        let Kind::Amount(least) = self.kind else { return };
        let amount = if from.trim().is_empty() { &self.ghost } else { from.trim() };
        let written = match stepped(amount, steps, least) {
            Some(amount) => self.kind.written(&amount),
            // Dragged back to where it was.
            None if steps == 0 => self.kind.written(from),
            None => return,
        };
        self.on_action.emit(Action::StepCluster(self.change(written)));
    }
}

impl Piece for CellProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_cell(self).run(hooks)
    }
}

/// A number that is held: where, and what it was.
struct Held {
    from: f64,
    amount: String,
    moved: bool,
}

fn input(event: &Event) -> HtmlInputElement {
    event.target_unchecked_into()
}

/// Whether nothing is being typed in it: then it can be dragged.
fn is_free(input: &HtmlInputElement) -> bool {
    let active = input.owner_document().and_then(|document| document.active_element());
    active.is_none_or(|active| !active.is_same_node(Some(input)))
}

#[hook]
fn use_cell(props: &CellProps) -> Html {
    let held = use_mut_ref(|| None::<Held>);
    let is_amount = matches!(props.kind, Kind::Amount(_));
    let onchange = {
        let props = props.clone();
        Callback::from(move |event: Event| {
            let typed = input(&event).value();
            if typed.trim() != props.value {
                props.on_action.emit(Action::ChangeCluster(props.change(props.kind.written(&typed))));
            }
        })
    };
    let onkeydown = {
        let props = props.clone();
        Callback::from(move |event: KeyboardEvent| {
            let input = input(&event);
            let by = if event.shift_key() { 10 } else { 1 };
            match event.key().as_str() {
                "ArrowUp" if is_amount => props.step(&input.value(), by),
                "ArrowDown" if is_amount => props.step(&input.value(), -by),
                // What was typed counts from now on; the cell keeps the focus.
                "Enter" if !event.is_composing() => {
                    let _ = input.blur();
                    let _ = input.focus();
                }
                "Escape" => input.set_value(&props.value),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onblur = props.on_action.reform(|_: FocusEvent| Action::EndSteps);
    // A press without a drag is for typing: the focus comes when it is let go.
    let onmousedown = Callback::from(move |event: MouseEvent| {
        if is_amount && is_free(&input(&event)) {
            event.prevent_default();
        }
    });
    let onpointerdown = {
        let held = held.clone();
        Callback::from(move |event: PointerEvent| {
            let input = input(&event);
            if is_amount && event.button() == 0 && is_free(&input) {
                capture(&input, event.pointer_id());
                let from = f64::from(event.client_x());
                *held.borrow_mut() = Some(Held { from, amount: input.value(), moved: false });
            }
        })
    };
    let onpointermove = {
        let (held, props) = (held.clone(), props.clone());
        Callback::from(move |event: PointerEvent| {
            let mut held = held.borrow_mut();
            let Some(held) = held.as_mut() else { return };
            let far = f64::from(event.client_x()) - held.from;
            held.moved |= far.abs() >= TREMBLE;
            if held.moved {
                let steps = (far / STEP_PIXELS) as i64;
                props.step(&held.amount, if event.shift_key() { steps * 10 } else { steps });
            }
        })
    };
    let onpointerup = {
        let (held, on_action) = (held.clone(), props.on_action.clone());
        Callback::from(move |event: PointerEvent| match held.borrow_mut().take() {
            Some(Held { moved: true, .. }) => on_action.emit(Action::EndSteps),
            Some(_) => {
                let input = input(&event);
                // A page that refuses the focus keeps working.
                let _ = input.focus();
                input.select();
            }
            None => {}
        })
    };
    let onpointercancel = Callback::from(move |_: PointerEvent| drop(held.borrow_mut().take()));
    let size = props.value.chars().count().max(props.ghost.chars().count()).max(2).to_string();
    html! {
        <input type="text" class={classes!("entry", is_amount.then_some("amount"))} {size} value={props.value.clone()} placeholder={props.ghost.clone()}
            aria-label={props.name.clone()} title={is_amount.then_some(props.hint)} aria-invalid={props.is_wrong.then_some("true")}
            autocomplete="off" autocapitalize="off" spellcheck="false"
            {onchange} {onkeydown} {onblur} {onmousedown} {onpointerdown} {onpointermove} {onpointerup} {onpointercancel}/>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_typed_is_written_as_its_field_needs_it() {
        for (kind, typed, expected) in [
            (Kind::Text, " node ", Some(json!("node"))),
            (Kind::Text, "7", Some(json!("7"))),
            (Kind::Amount(0), "4", Some(json!(4))),
            (Kind::Amount(0), "500m", Some(json!("500m"))),
            (Kind::Amount(0), "", None),
            (Kind::Labels, "zone=a, ssd", Some(json!({"zone": "a", "ssd": ""}))),
            (Kind::Labels, " , ", None),
            (Kind::Texts, "gpu=yes:NoSchedule, b:NoExecute", Some(json!(["gpu=yes:NoSchedule", "b:NoExecute"]))),
        ] {
            let written = kind.written(typed);
            assert_eq!(written, expected, "{typed}");
            let again = written.as_ref().map(shown).and_then(|shown| kind.written(&shown));
            assert_eq!(again, expected, "what is shown means the same");
        }
    }
}
