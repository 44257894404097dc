//! Whose text is open, one's own or one that came with a link: where it is kept, and how the address decides.

use super::chrome::is_anchor;
use crate::manifest::link::{self, LinkError};
use crate::web::browser::{address, storage};
use crate::web::state::effect::Effect;
use crate::web::state::examples::EXAMPLES;
use crate::web::state::{Opening, Slot, State, Toast};

/// What the page begins with: the text of the address, one's own, or the first example.
pub(super) fn first_state() -> State {
    let (text, slot, toast) = text_of(named_by_address());
    let opening = match EXAMPLES.iter().find(|example| *example.text == *text) {
        Some(example) => Opening::At(example.opens_at),
        None => Opening::Telling,
    };
    let mut state = State::new(&text, slot, opening);
    state.toast = toast;
    state
}

/// Opens the text that the address names, unless it is open.
pub(super) fn follow_address(state: &mut State) -> Vec<Effect> {
    let slot = named_by_address();
    if slot == state.slot {
        return Vec::new();
    }
    let (text, slot, toast) = text_of(slot);
    state.enter(&text, slot, toast)
}

fn named_by_address() -> Slot {
    address::fragment().map_or(Slot::Mine, Slot::Link)
}

/// Stores the text where [`text_of`] looks for it.
pub(super) fn keep(state: &State) {
    match &state.slot {
        Slot::Mine => storage::store(storage::TEXT_KEY, state.text.as_str()),
        Slot::Link(fragment) => storage::store(&guest_key(fragment), state.text.as_str()),
    }
}

fn guest_key(fragment: &str) -> String {
    format!("{}{fragment}", storage::GUEST_KEY)
}

/// The text of a slot. What came with a link and was changed since is found again; a link that cannot be read leads
/// to one's own text, with a notice.
fn text_of(slot: Slot) -> (String, Slot, Option<Toast>) {
    let mine = || storage::stored(storage::TEXT_KEY).unwrap_or_else(|| EXAMPLES[0].text.to_owned());
    let Slot::Link(fragment) = slot else { return (mine(), Slot::Mine, None) };
    if let Some(text) = storage::stored(&guest_key(&fragment)) {
        return (text, Slot::Link(fragment), None);
    }
    match link::decode(&fragment) {
        Ok(text) => (text, Slot::Link(fragment), None),
        Err(error) if error.readable().is_some_and(|text| !text.trim().is_empty()) => {
            let text = error.readable().unwrap_or_default().to_owned();
            (text, Slot::Link(fragment), Some(Toast::Link(error)))
        }
        Err(LinkError::NotALink) if is_anchor(&fragment) => (mine(), Slot::Mine, None),
        Err(error) => (mine(), Slot::Mine, Some(Toast::Link(error))),
    }
}

/// What the text is called: the example it began as, its Scenario's name, its first object's name.
pub(super) fn title(state: &State) -> String {
    let words = state.preferences.lang.page();
    let scenario = &state.text.reading().scenario;
    let name = scenario.name.as_deref();
    let example = name.and_then(|name| EXAMPLES.iter().position(|example| example.name == name));
    if let Some(example) = example.and_then(|number| words.example(number)) {
        return example.title.to_owned();
    }
    let object = scenario.manifests.first().and_then(|manifest| manifest.value["metadata"]["name"].as_str());
    name.or(object).unwrap_or(words.untitled).to_owned()
}
