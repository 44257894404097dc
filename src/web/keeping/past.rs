//! Past texts of one's own: those that another text took the place of. The last ones are kept, by name and time.

use super::store::StoreError;
use super::{Keeping, Place, twice};
use crate::limits::{KEPT_TEXTS, KEPT_TEXTS_BYTES};
use std::fmt::Write;
use std::rc::Rc;

/// What the key of a past text begins with; the time follows at which it became one, in milliseconds since 1970.
const PAST_KEY: &str = "job-playground.past.";

/// A past text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PastText {
    /// When it was put there, in milliseconds since 1970; no two have the same.
    pub(crate) time: u64,
    /// The name of its first object; empty if it has none.
    pub(crate) name: String,
    pub(crate) text: Rc<str>,
}

impl PastText {
    fn read(key: &str, value: &str) -> Option<PastText> {
        let (name, text) = unwrapped(value);
        Some(PastText { time: time(key)?, name: name.to_owned(), text: text.into() })
    }

    fn bytes(&self) -> usize {
        self.name.len() + self.text.len()
    }
}

pub(super) fn is_past(key: &str) -> bool {
    time(key).is_some()
}

fn time(key: &str) -> Option<u64> {
    key.strip_prefix(PAST_KEY)?.parse().ok()
}

fn key(time: u64) -> String {
    format!("{PAST_KEY}{time}")
}

/// Name and text of the value under the key of a past text.
pub(super) fn unwrapped(value: &str) -> (&str, &str) {
    value.split_once('\n').unwrap_or(("", value))
}

impl Keeping<'_> {
    /// All past texts, the newest first.
    pub(crate) fn past_texts(self) -> Result<Vec<PastText>, StoreError> {
        let mut texts = Vec::new();
        for key in twice(|| self.store.keys())?.into_iter().filter(|key| is_past(key)) {
            let value = twice(|| self.store.get(&key))?;
            texts.extend(value.and_then(|value| PastText::read(&key, &value)));
        }
        texts.sort_by_key(|past| std::cmp::Reverse(past.time));
        Ok(texts)
    }

    pub(crate) fn remove_past(self, time: u64) -> Result<(), StoreError> {
        twice(|| self.store.remove(&key(time)))
    }

    /// Makes a text a past one that was at this place, unless it is one already.
    pub(crate) fn keep_past(self, place: &Place, name: &str, text: &str, now: u64) -> Result<(), StoreError> {
        if text.trim().is_empty() || (self.is_given)(text) {
            return Ok(());
        }
        // What this page keeps there itself is about to be another text.
        let other = |past: &PastText| key(past.time) != place.key && *past.text == *text;
        if self.past_texts()?.iter().any(other) {
            return Ok(());
        }
        self.add_past(name, text, now).map(drop)
    }

    /// Returns the key of the new past text.
    pub(super) fn add_past(self, name: &str, text: &str, now: u64) -> Result<String, StoreError> {
        let keys = twice(|| self.store.keys())?;
        let free = (now..).find(|time| !keys.contains(&key(*time))).expect("keys end");
        let key = key(free);
        self.write_past(&key, name, text)?;
        Ok(key)
    }

    pub(super) fn write_past(self, key: &str, name: &str, text: &str) -> Result<(), StoreError> {
        if name.len() + text.len() > KEPT_TEXTS_BYTES {
            return Err(StoreError::Full);
        }
        self.write_value(key, &format!("{}\n{text}", name.replace('\n', " ")))?;
        self.trim_past(key);
        Ok(())
    }

    /// Lets the oldest go until the rest are within the bounds. The one under this key stays.
    pub(super) fn trim_past(self, stays: &str) {
        let texts = self.past_texts().unwrap_or_default();
        let mut bytes: usize = texts.iter().map(PastText::bytes).sum();
        let mut count = texts.len();
        for past in texts.iter().rev().filter(|past| key(past.time) != stays) {
            if count <= KEPT_TEXTS && bytes <= KEPT_TEXTS_BYTES {
                break;
            }
            // What cannot be removed now is too much the next time, too.
            let _ = self.remove_past(past.time);
            (count, bytes) = (count - 1, bytes - past.bytes());
        }
    }
}

/// All texts as one file: a YAML stream in which each is headed by its name and time in a comment. `time` writes a time.
pub(crate) fn exported(texts: &[PastText], time: impl Fn(u64) -> String) -> String {
    let mut file = String::new();
    for (number, past) in texts.iter().enumerate() {
        let mark = if number == 0 { "" } else { "---\n" };
        let name = if past.name.is_empty() { "-" } else { &past.name };
        let end = if past.text.ends_with('\n') { "" } else { "\n" };
        // Writing into a string never fails.
        let _ = write!(file, "{mark}# {name} · {}\n{}{end}", time(past.time), past.text);
    }
    file
}
