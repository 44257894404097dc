//! The list of what could stand at the caret. It opens while a word is typed, or by key; the focus stays in the text
//! box, which says to screen readers what is chosen.

use super::EditorProps;
use super::card::floating_at;
use super::sight::Spot;
use super::text_box::Replacement;
use crate::advice::{self, Completions, Item, ItemKind};
use crate::late::Late;
use crate::manifest::Reading;
use crate::order;
use std::ops::Range;
use yew::prelude::*;

/// As the style sheet has it.
const WIDTH: f64 = 300.0;
const LOW: f64 = 200.0;
const HIGH: f64 = 260.0;

/// An open list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OpenList {
    /// The bytes of the whole text that an item replaces.
    pub(super) range: Range<usize>,
    pub(super) items: Vec<Item>,
    pub(super) chosen: Option<usize>,
    /// Whether it was opened by a key, and not by typing.
    pub(super) by_hand: bool,
    pub(super) spot: Spot,
}

/// What could stand at a caret: comes with a chunk.
pub(crate) static COMPLETE: Late<fn(&Reading, usize) -> Option<Completions>> = Late::new(&COMPLETIONS);
pub(crate) static COMPLETIONS: fn(&Reading, usize) -> Option<Completions> = advice::complete;

/// What fits at a caret: the bytes to replace, the items, and which of them Enter takes. A word that is complete
/// takes none: Enter makes a new line then.
pub(super) fn at(reading: &Reading, caret: usize, by_hand: bool) -> Option<(Range<usize>, Vec<Item>, Option<usize>)> {
    let found = COMPLETE.get()?(reading, caret)?;
    let word = reading.text[found.range.start..caret.clamp(found.range.start, found.range.end)].to_lowercase();
    let mut items = found.items;
    // One letter is in most names: it has to be the first.
    let fits = |label: &str| label.starts_with(&word) || word.len() > 1 && label.contains(&word);
    items.retain(|item| fits(&item.label.to_lowercase()));
    order::sort_by_key(&mut items, |item| !item.label.to_lowercase().starts_with(&word));
    let is_complete = items.iter().any(|item| item.label.to_lowercase() == word);
    let first = items.first()?;
    if is_complete && items.len() == 1 && !by_hand {
        return None;
    }
    let begins = !word.is_empty() && first.label.to_lowercase().starts_with(&word);
    let chosen = (by_hand || begins && !is_complete).then_some(0);
    Some((found.range, items, chosen))
}

impl OpenList {
    /// Chooses another item; after the last one, the first.
    pub(super) fn choose(&mut self, by: i32) {
        let count = self.items.len();
        self.chosen = Some(match self.chosen {
            None if by > 0 => 0,
            None => count - 1,
            Some(now) => (now + count).saturating_add_signed(by as isize) % count,
        });
    }

    /// What an item replaces in a text box that shows the text from byte `start`.
    pub(super) fn change(&self, item: usize, start: usize) -> Option<Replacement> {
        let item = self.items.get(item)?;
        let from = self.range.start.checked_sub(start)?;
        let caret = from + item.caret;
        Some(Replacement { range: from..self.range.end - start, text: item.insert.clone(), selection: caret..caret })
    }
}

/// The id of the chosen item, for `aria-activedescendant` of the text box.
pub(super) fn active(list: Option<&OpenList>) -> Option<AttrValue> {
    list?.chosen.map(|chosen| format!("completion-{chosen}").into())
}

/// The list.
pub(super) fn view(props: &EditorProps, list: &OpenList, on_take: &Callback<usize>) -> Html {
    let items = list.items.iter().enumerate().map(|(number, item)| {
        let selected = list.chosen == Some(number);
        let onclick = on_take.reform(move |_: MouseEvent| number);
        html! {
            <li key={number} role="option" id={format!("completion-{number}")} aria-selected={selected.to_string()} {onclick}>
                <code lang="en">{ &item.label }</code>{ tail(props, item) }
            </li>
        }
    });
    // A press must not take the focus from the text box.
    let hold = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <ul class="completions" id="completions" role="listbox" aria-label={props.stage.lang.editor().completions} ~style={floating_at(list.spot, WIDTH, LOW, HIGH)} onmousedown={hold}>
            { for items }
        </ul>
    }
}

fn tail(props: &EditorProps, item: &Item) -> Html {
    let words = props.stage.lang.editor();
    let tail = match item.kind {
        _ if item.is_required => words.required,
        _ if item.is_default => words.default,
        ItemKind::Field | ItemKind::Value => return Html::default(),
        ItemKind::Document => words.document,
    };
    html! { <small>{ tail }</small> }
}
