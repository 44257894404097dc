//! The lessons that were handed out to someone, as they are kept: `{"v":1,"texts":["…"]}`, the newest first.

use super::store::{Store, StoreError};
use super::twice;
use crate::limits::{KEPT_COURSES, KEPT_COURSES_BYTES};
use serde_json::{Value, json};
use std::rc::Rc;

/// The key of the value, and its version.
const KEY: &str = "job-playground/courses";
const VERSION: u64 = 1;

/// What is kept; nothing if it cannot be read, or is something else.
pub(crate) fn kept(store: &dyn Store) -> Vec<Rc<str>> {
    let value = twice(|| store.get(KEY)).ok().flatten();
    let value: Value = value.and_then(|value| serde_json::from_str(&value).ok()).unwrap_or_default();
    let texts = value["texts"].as_array().filter(|_| value["v"] == VERSION);
    let texts = texts.into_iter().flatten().filter_map(Value::as_str).map(Rc::from);
    texts.take(KEPT_COURSES).collect()
}

/// Keeps these texts, the newest first, as far as there is room.
///
/// # Errors
/// If they are not kept.
pub(crate) fn keep(store: &dyn Store, texts: &[Rc<str>]) -> Result<(), StoreError> {
    let mut bytes = 0;
    let fits = texts.iter().take(KEPT_COURSES).take_while(|text| {
        bytes += text.len();
        bytes <= KEPT_COURSES_BYTES
    });
    let fits: Vec<&str> = fits.map(|text| &**text).collect();
    if fits.is_empty() {
        return twice(|| store.remove(KEY));
    }
    let value = json!({ "v": VERSION, "texts": fits }).to_string();
    twice(|| store.set(KEY, &value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::keeping::store::fake::FakeStore;

    #[test]
    fn what_was_kept_once_can_be_read_for_ever() {
        let store = FakeStore::default();
        let texts: Vec<Rc<str>> = vec!["kind: Job\n".into(), "b".into()];
        assert_eq!(keep(&store, &texts), Ok(()));
        assert_eq!(store.value(KEY).as_deref(), Some(r#"{"texts":["kind: Job\n","b"],"v":1}"#));
        assert_eq!(kept(&store), texts);
        assert_eq!(keep(&store, &[]), Ok(()));
        assert_eq!(store.value(KEY), None);
    }

    #[test]
    fn what_is_something_else_is_nothing() {
        let store = FakeStore::default();
        for value in ["", "[]", r#"{"v":2,"texts":["a"]}"#, r#"{"v":1,"texts":3}"#] {
            store.put(KEY, value);
            assert!(kept(&store).is_empty(), "{value}");
        }
    }

    #[test]
    fn the_oldest_go_where_there_is_no_room() {
        let store = FakeStore::default();
        let long: Rc<str> = "x".repeat(KEPT_COURSES_BYTES / 2).into();
        assert_eq!(keep(&store, &[Rc::clone(&long), Rc::clone(&long), "a".into()]), Ok(()));
        assert_eq!(kept(&store).len(), 2);
    }
}
