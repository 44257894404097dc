//! Whose text is open, one's own or one that came with a link: what the address decides, and what is kept.

#[cfg(test)]
mod tests;

use super::chrome::is_anchor;
use crate::examples::{EXAMPLES, is_example};
use crate::manifest::link::{self, LinkError};
use crate::web::browser::storage::BrowserStore;
use crate::web::keeping::courses;
use crate::web::keeping::past::PastText;
use crate::web::keeping::progress::{self, Progress};
use crate::web::keeping::store::StoreError;
use crate::web::keeping::{Keeping, TEXT_KEY, ToKeep};
use crate::web::state::action::Action;
use crate::web::state::draft::Draft;
use crate::web::state::effect::Effect;
use crate::web::state::lesson::Door;
use crate::web::state::{Opening, Slot, State, Toast};
use std::rc::Rc;

/// Where the page keeps texts.
pub(super) const KEEPING: Keeping<'static> =
    Keeping { store: &BrowserStore::Local, tab: &BrowserStore::Tab, is_given: is_example };

/// What the page begins with: the text of the address, one's own, or the first example.
pub(super) fn first_state(keeping: Keeping, fragment: Option<String>) -> State {
    let door = fragment.as_deref().and_then(Door::of);
    let (slot, there) = named(fragment.filter(|_| door.is_none()));
    let Opened { draft, toast, error } = open(keeping, slot);
    let example = EXAMPLES.iter().find(|example| *example.text == *draft.text.as_str());
    let opening = there.or(example.map(|example| Opening::At(example.opens_at))).unwrap_or(Opening::Telling);
    let mut state = State::new(draft, opening);
    state.toast = toast;
    state.has_own_text = has_own_text(keeping);
    note(&mut state, error);
    state.progress_kept(progress::kept(keeping.store));
    state.learn.take_texts(&courses::kept(keeping.store));
    state
}

/// Opens the text that the address names, unless it is open: with its changes, if it was open before.
pub(super) fn follow_address(state: &mut State, keeping: Keeping, fragment: Option<String>) -> Vec<Effect> {
    match fragment.as_deref().and_then(Door::of) {
        Some(Door::Lesson(id, stage)) => return state.enter_lesson(&id, stage),
        Some(Door::Course(id)) => return state.enter_course(&id),
        Some(Door::Result(theirs)) => return state.enter_result(&theirs),
        Some(Door::Handed(text, stage)) => return state.hand_out(&text, stage),
        None => {}
    }
    let (slot, there) = named(fragment);
    let effects = if slot == state.draft.slot { Vec::new() } else { enter(state, keeping, slot) };
    if let Some(there) = there {
        state.open_at(there);
    }
    effects
}

/// Opens the text of a link in the place of the one that is open, where in its run the link leads.
pub(super) fn open_carried(state: &mut State, fragment: &str) -> Vec<Effect> {
    let Ok(text) = link::decode(fragment) else { return Vec::new() };
    let effects = state.apply(Action::OpenText(text));
    if let (_, Some(there)) = named(Some(fragment.to_owned())) {
        state.open_at(there);
    }
    effects
}

/// Opens the text of a slot that is not open.
fn enter(state: &mut State, keeping: Keeping, slot: Slot) -> Vec<Effect> {
    if let Some(draft) = state.take_at_hand(&slot) {
        return state.enter(draft, None);
    }
    let Opened { draft, toast, error } = open(keeping, slot);
    note(state, error);
    state.has_own_text |= has_own_text(keeping);
    // What is no link leads to one's own text.
    if draft.slot == state.draft.slot {
        return toast.map_or_else(Vec::new, |toast| state.notify(toast));
    }
    let draft = state.take_at_hand(&draft.slot).unwrap_or(draft);
    state.enter(draft, toast)
}

/// Whether a text of one's own is kept: not an example. What cannot be read now may be one.
fn has_own_text(keeping: Keeping) -> bool {
    match keeping.store.get(TEXT_KEY) {
        Ok(text) => text.is_some_and(|text| !(keeping.is_given)(&text)),
        Err(error) => error != StoreError::Denied,
    }
}

/// Whose text a fragment names, and where in its run it leads.
fn named(fragment: Option<String>) -> (Slot, Option<Opening>) {
    let at = fragment.as_deref().and_then(link::moment);
    let mark = fragment.as_deref().and_then(link::mark);
    let there = at.map(|at| mark.map_or(Opening::At(at), |name| Opening::Mark(at, name.into())));
    let link = fragment.map(|fragment| link::without_keys(&fragment).to_owned());
    (link.map_or(Slot::Mine, Slot::Link), there)
}

/// Says that what was kept cannot be read. Where the page may keep nothing there is nothing to be read.
fn note(state: &mut State, error: Option<StoreError>) {
    if let Some(error) = error.filter(|error| *error != StoreError::Denied) {
        state.not_read(error);
    }
}

/// Keeps what became of the lessons, together with what another tab has kept.
pub(super) fn keep_progress(state: &mut State, keeping: Keeping) -> Vec<Effect> {
    let kept = progress::keep(keeping.store, &state.learn.progress);
    state.progress_kept(kept);
    Vec::new()
}

/// Keeps the lessons that were handed out.
pub(super) fn keep_handed(state: &mut State, keeping: Keeping) -> Vec<Effect> {
    if let Err(error) = courses::keep(keeping.store, &state.learn.texts()) {
        state.learn.not_kept = Some(error);
    }
    Vec::new()
}

/// Forgets what became of the lessons.
pub(super) fn forget_progress(state: &mut State, keeping: Keeping) -> Vec<Effect> {
    let forgotten = progress::forget(keeping.store);
    state.progress_kept(forgotten.map(|()| Progress::default()));
    Vec::new()
}

/// Keeps the open text, for [`open`] to find.
pub(super) fn keep(state: &mut State, keeping: Keeping, now: u64) -> Vec<Effect> {
    if let Slot::Lesson(_) = state.draft.slot {
        return state.keep_lesson();
    }
    let name = state.object_name();
    let draft = &mut state.draft;
    let to_keep = ToKeep { name: &name, text: draft.text.rc(), original: draft.original.as_deref(), now };
    let kept = keeping.keep(&mut draft.place, &to_keep);
    state.text_kept(kept)
}

/// Keeps a text that another one takes the place of.
pub(super) fn keep_past(state: &mut State, keeping: Keeping, name: &str, text: &str, now: u64) -> Vec<Effect> {
    match keeping.keep_past(&state.draft.place, name, text, now) {
        Ok(()) => Vec::new(),
        Err(error) => state.past_not_kept(error),
    }
}

/// Removes a past text.
pub(super) fn remove_past(state: &mut State, keeping: Keeping, time: u64) -> Vec<Effect> {
    // What could not be removed is still in the list.
    let _ = keeping.remove_past(time);
    state.past_texts_read(keeping.past_texts())
}

/// The open text, and all past ones.
pub(super) fn texts_to_export(state: &State, now: u64) -> Vec<PastText> {
    let open = PastText { time: now, name: state.object_name(), text: Rc::clone(state.draft.text.rc()) };
    let past = state.past.as_ref().map(|texts| texts.to_vec()).unwrap_or_default();
    [open].into_iter().chain(past).collect()
}

struct Opened {
    draft: Draft,
    toast: Option<Toast>,
    /// Why what was kept cannot be read.
    error: Option<StoreError>,
}

/// The text of a slot. What came with a link and was changed since is found again; a link that cannot be read leads
/// to one's own text, with a notice.
fn open(keeping: Keeping, slot: Slot) -> Opened {
    let Slot::Link(fragment) = &slot else { return mine(keeping, None) };
    let (original, error) = match link::decode(fragment) {
        Ok(text) => (Some(text), None),
        Err(error) => (error.readable().filter(|text| !text.trim().is_empty()).map(str::to_owned), Some(error)),
    };
    let is_anchor = error == Some(LinkError::NotALink) && is_anchor(fragment);
    let toast = error.filter(|_| !is_anchor).map(Toast::Link);
    if is_anchor {
        return mine(keeping, None);
    }
    let original: Option<Rc<str>> = original.map(Rc::from);
    let (place, kept, error) = keeping.open(slot.key());
    match kept.or_else(|| original.clone()) {
        Some(text) => Opened { draft: Draft::new(&text, slot, place, original), toast, error },
        None => mine(keeping, toast),
    }
}

fn mine(keeping: Keeping, toast: Option<Toast>) -> Opened {
    let (place, kept, error) = keeping.open(Slot::Mine.key());
    let text = kept.unwrap_or_else(|| EXAMPLES[0].text.into());
    Opened { draft: Draft::new(&text, Slot::Mine, place, None), toast, error }
}

/// The example that the text began as, by its Scenario's name.
pub(super) fn began_as(state: &State) -> Option<usize> {
    let name = state.draft.text.complete_reading().scenario.name.as_deref()?;
    EXAMPLES.iter().position(|example| example.name == name)
}

/// What the text is called: its lesson, the example it began as, its Scenario's name, its first object's name.
pub(super) fn title(state: &State) -> String {
    let words = state.preferences.lang.page();
    if let Some(prose) = state.lesson().and_then(|lesson| lesson.prose(state.preferences.lang)) {
        return prose.title.to_string();
    }
    if let Some(example) = began_as(state).and_then(|number| words.example(number)) {
        return example.title.to_owned();
    }
    let name = state.draft.text.complete_reading().scenario.name.as_deref();
    let name = name.map_or_else(|| state.object_name(), str::to_owned);
    if name.is_empty() { words.untitled.to_owned() } else { name }
}
