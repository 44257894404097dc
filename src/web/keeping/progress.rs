//! What became of each lesson, as it is kept and as it is written into a file:
//!
//! `{"v":1,"lessons":{"six-retries":{"guess":"six","right":false,"state":"solved","hints":1,"edits":2,"text":"…"}}}`
//!
//! Two of them can be merged: of each lesson the better state wins, the first guess stays.

use super::store::{Store, StoreError};
use super::twice;
use crate::lessons::is_built_in;
use crate::limits::{LESSON_GUESS_BYTES, LESSON_TEXT_BYTES, PROGRESS_BYTES, PROGRESS_LESSONS};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The key of the value, and its version.
pub(crate) const KEY: &str = "job-playground/progress";
const VERSION: u64 = 1;
/// What the id of a lesson of one's own begins with.
const OWN: &str = "own:";

/// How far someone came with a lesson; later is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reached {
    #[default]
    Begun,
    Watched,
    /// The solution was shown.
    Seen,
    Solved,
}

impl Reached {
    const NAMED: [(&'static str, Reached); 3] =
        [("watched", Reached::Watched), ("seen", Reached::Seen), ("solved", Reached::Solved)];

    fn named(name: &str) -> Reached {
        Reached::NAMED.iter().find(|(known, _)| *known == name).map_or(Reached::Begun, |(_, reached)| *reached)
    }

    fn name(self) -> Option<&'static str> {
        Reached::NAMED.iter().find(|(_, reached)| *reached == self).map(|(name, _)| *name)
    }
}

/// What became of one lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The first guess; `None` before it, and if the answer was shown without one.
    pub(crate) guess: Option<Rc<str>>,
    pub(crate) right: bool,
    pub(crate) state: Reached,
    pub(crate) hints: u32,
    /// Lines changed.
    pub(crate) edits: u32,
    /// The edited text.
    pub(crate) text: Option<Rc<str>>,
}

impl Entry {
    fn read(value: &Value) -> Entry {
        let number = |name: &str| value[name].as_u64().map_or(0, |number| number.min(9_999) as u32);
        let text = |name: &str, most: usize| value[name].as_str().filter(|text| text.len() <= most).map(Rc::from);
        Entry {
            guess: text("guess", LESSON_GUESS_BYTES),
            right: value["right"].as_bool().unwrap_or(false),
            state: value["state"].as_str().map_or(Reached::Begun, Reached::named),
            hints: number("hints"),
            edits: number("edits"),
            text: text("text", LESSON_TEXT_BYTES),
        }
    }

    fn value(&self) -> Value {
        let mut fields = Map::new();
        let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
        if let Some(guess) = self.guess.as_ref().filter(|guess| guess.len() <= LESSON_GUESS_BYTES) {
            put("guess", json!(**guess));
            put("right", json!(self.right));
        }
        if let Some(state) = self.state.name() {
            put("state", json!(state));
        }
        for (name, number) in [("hints", self.hints), ("edits", self.edits)] {
            if number > 0 {
                put(name, json!(number));
            }
        }
        if let Some(text) = self.text.as_ref().filter(|text| text.len() <= LESSON_TEXT_BYTES) {
            put("text", json!(**text));
        }
        Value::Object(fields)
    }

    /// The better of both; of two that are as good this one. The first guess stays.
    fn merge(&mut self, other: &Entry) {
        let guess = self.guess.clone().map(|guess| (guess, self.right));
        let guess = guess.or(other.guess.clone().map(|guess| (guess, other.right)));
        if other.state > self.state {
            *self = other.clone();
        }
        if let Some((guess, right)) = guess {
            (self.guess, self.right) = (Some(guess), right);
        }
    }
}

/// What became of all lessons, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) lessons: BTreeMap<Rc<str>, Entry>,
}

impl Progress {
    /// Reads what [`Progress::written`] wrote, on this page or another; `None` if it is something else.
    pub(crate) fn read(text: &str) -> Option<Progress> {
        let value: Value = serde_json::from_str(text).ok()?;
        let lessons = value["lessons"].as_object().filter(|_| value["v"] == VERSION)?;
        let entries = lessons.iter().filter(|(id, entry)| is_id(id) && entry.is_object());
        // However many others there are, they take no place from the lessons that everybody has.
        let (known, others): (Vec<_>, Vec<_>) = entries.partition(|(id, _)| is_built_in(id));
        let lessons = known
            .into_iter()
            .chain(others)
            .take(PROGRESS_LESSONS)
            .map(|(id, entry)| (Rc::from(&**id), Entry::read(entry)));
        Some(Progress { lessons: lessons.collect() })
    }

    /// As it is kept, and as a file. What is too much is written without the texts.
    pub(crate) fn written(&self) -> String {
        let write = |with_texts: bool| {
            let entry = |entry: &Entry| match with_texts {
                true => entry.value(),
                false => Entry { text: None, ..entry.clone() }.value(),
            };
            let lessons: Map<String, Value> =
                self.lessons.iter().map(|(id, one)| (id.to_string(), entry(one))).collect();
            json!({ "v": VERSION, "lessons": lessons }).to_string()
        };
        let whole = write(true);
        if whole.len() <= PROGRESS_BYTES { whole } else { write(false) }
    }

    /// Takes in what is better elsewhere.
    pub(crate) fn merge(&mut self, other: &Progress) {
        for (id, entry) in &other.lessons {
            if let Some(own) = self.lessons.get_mut(id) {
                own.merge(entry);
            } else if self.lessons.len() < PROGRESS_LESSONS {
                self.lessons.insert(Rc::clone(id), entry.clone());
            }
        }
    }

    pub(crate) fn of(&self, id: &str) -> Option<&Entry> {
        self.lessons.get(id)
    }

    /// The entry of a lesson, to be changed.
    pub(crate) fn entry(&mut self, id: &str) -> &mut Entry {
        self.lessons.entry(Rc::from(id)).or_default()
    }
}

/// Whether an id can be one of a lesson, of everybody's or one's own.
fn is_id(id: &str) -> bool {
    let id = id.strip_prefix(OWN).unwrap_or(id);
    (1..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// What is kept.
///
/// # Errors
/// If it cannot be read, or is something else: then it stays as it is.
pub(crate) fn kept(store: &dyn Store) -> Result<Progress, StoreError> {
    match twice(|| store.get(KEY))? {
        Some(text) => Progress::read(&text).ok_or(StoreError::Broken),
        None => Ok(Progress::default()),
    }
}

/// Keeps it, together with what another tab has kept since. Returns the whole.
///
/// # Errors
/// If it is not kept.
pub(crate) fn keep(store: &dyn Store, progress: &Progress) -> Result<Progress, StoreError> {
    let mut whole = progress.clone();
    whole.merge(&kept(store)?);
    twice(|| store.set(KEY, &whole.written()))?;
    Ok(whole)
}

/// Forgets all of it.
///
/// # Errors
/// If it is still there.
pub(crate) fn forget(store: &dyn Store) -> Result<(), StoreError> {
    twice(|| store.remove(KEY))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::keeping::store::fake::FakeStore;

    const GOLDEN: &str = r#"{"lessons":{"six-retries":{"edits":2,"guess":"six","hints":1,"right":false,"state":"solved","text":"kind: Job\n"}},"v":1}"#;

    fn golden() -> Progress {
        Progress::read(GOLDEN).expect("it can be read")
    }

    #[test]
    fn what_was_kept_once_can_be_read_for_ever() {
        let progress = golden();
        let entry = progress.of("six-retries").expect("it is there");
        let text = Some(Rc::from("kind: Job\n"));
        let guess = Some(Rc::from("six"));
        assert_eq!(*entry, Entry { guess, right: false, state: Reached::Solved, hints: 1, edits: 2, text });
        assert_eq!(progress.written(), GOLDEN);
    }

    #[test]
    fn what_is_something_else_is_no_progress_and_damaged_entries_are_left_out() {
        for text in ["", "[]", "{}", r#"{"v":2,"lessons":{}}"#, r#"{"v":1}"#] {
            assert_eq!(Progress::read(text), None, "{text}");
        }
        let read =
            Progress::read(r#"{"v":1,"lessons":{"A b":{},"x":3,"ok":{"state":"new","hints":-1},"own:mine":{}}}"#);
        let ids: Vec<String> = read.expect("it can be read").lessons.keys().map(|id| id.to_string()).collect();
        assert_eq!(ids, ["ok", "own:mine"]);
    }

    #[test]
    fn merged_the_better_state_wins_and_the_first_guess_stays() {
        let mut own = Progress::default();
        own.entry("six-retries").guess = Some("seven".into());
        own.entry("six-retries").right = true;
        own.entry("ttl").state = Reached::Watched;
        own.merge(&golden());
        let entry = own.of("six-retries").expect("it is there");
        assert_eq!((entry.state, entry.guess.as_deref(), entry.right), (Reached::Solved, Some("seven"), true));
        assert_eq!(own.lessons.len(), 2);
        // What is no better changes nothing.
        let before = own.clone();
        let mut worse = golden();
        worse.entry("six-retries").state = Reached::Seen;
        worse.entry("six-retries").text = None;
        own.merge(&worse);
        assert_eq!(own, before);
    }

    #[test]
    fn two_tabs_lose_nothing_of_each_other() {
        let store = FakeStore::default();
        let mut own = Progress::default();
        own.entry("ttl").state = Reached::Watched;
        assert_eq!(keep(&store, &golden()), Ok(golden()));
        let whole = keep(&store, &own).expect("it is kept");
        assert_eq!(whole.lessons.len(), 2);
        assert_eq!(kept(&store), Ok(whole));
        assert_eq!(forget(&store), Ok(()));
        assert_eq!(kept(&store), Ok(Progress::default()));
    }

    #[test]
    fn what_a_newer_page_kept_stays_and_is_not_overwritten() {
        let store = FakeStore::default();
        store.put(KEY, r#"{"v":2}"#);
        assert_eq!(keep(&store, &golden()), Err(StoreError::Broken));
        assert_eq!(store.value(KEY).as_deref(), Some(r#"{"v":2}"#));
    }

    #[test]
    fn a_file_with_very_long_guesses_is_not_too_much_to_keep() {
        let guess = "\u{1}".repeat(LESSON_TEXT_BYTES);
        let lessons: Map<String, Value> =
            (0..2 * PROGRESS_LESSONS).map(|number| (format!("own:{number}"), json!({ "guess": guess }))).collect();
        let read = Progress::read(&json!({ "v": VERSION, "lessons": lessons }).to_string()).expect("it can be read");
        assert_eq!(read.lessons.len(), PROGRESS_LESSONS);
        assert!(read.written().len() <= PROGRESS_BYTES);
        let longest = "\u{1}".repeat(LESSON_GUESS_BYTES);
        let mut progress = Progress::default();
        (0..PROGRESS_LESSONS)
            .for_each(|number| progress.entry(&format!("own:{number:060}")).guess = Some((&*longest).into()));
        assert!(progress.written().len() <= PROGRESS_BYTES);
    }

    #[test]
    fn lessons_that_nobody_has_take_no_place_from_those_that_everybody_has() {
        let mut lessons: Map<String, Value> =
            (0..2 * PROGRESS_LESSONS).map(|number| (format!("a-{number}"), json!({ "state": "solved" }))).collect();
        lessons.insert("six-retries".to_owned(), json!({ "state": "solved" }));
        let read = Progress::read(&json!({ "v": VERSION, "lessons": lessons }).to_string()).expect("it can be read");
        assert_eq!(read.lessons.len(), PROGRESS_LESSONS);
        assert_eq!(read.of("six-retries").map(|entry| entry.state), Some(Reached::Solved));
    }

    #[test]
    fn what_is_too_much_is_kept_without_the_texts() {
        let mut progress = Progress::default();
        for number in 0..64 {
            progress.entry(&format!("own:{number}")).text = Some("x".repeat(LESSON_TEXT_BYTES).into());
        }
        assert!(progress.written().len() <= PROGRESS_BYTES);
    }
}
