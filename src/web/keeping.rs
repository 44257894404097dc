//! What is kept of texts from one visit to the next. Nothing is overwritten that this page has not read: if another tab
//! has written where a text belongs, the text is kept beside it, among the past texts.
//!
//! | key | value |
//! |---|---|
//! | `job-playground.text` | one's own text |
//! | `job-playground.guest.FRAGMENT` | the text that came with a link, once it was changed |
//! | `job-playground.guests` | hashes of those fragments, the last changed last |
//! | `job-playground.past.MILLISECONDS` | a past text of one's own, behind a line with its name |
//! | `job-playground/progress` | what became of each lesson |
//! | `job-playground/courses` | lessons that someone handed out |
//!
//! In the store of a tab, the key of a text holds that of the past text that this tab works on instead.

pub(crate) mod courses;
mod links;
pub(crate) mod past;
pub(crate) mod progress;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use past::{is_past, unwrapped};
use std::rc::Rc;
use store::{Store, StoreError};

/// One's own text. `static/boot.js` reads it, too, for the panel that replaces a broken page.
pub(crate) const TEXT_KEY: &str = "job-playground.text";
/// What the key of a text begins with that came with a link and was changed; the fragment follows.
pub(crate) const GUEST_KEY: &str = "job-playground.guest.";

/// Where an open text is kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// The key under which the text belongs.
    home: String,
    /// The key under which it is kept: that of a past text, while another tab keeps its own at home.
    key: String,
    /// What this page last read there or wrote.
    seen: Option<Rc<str>>,
    /// What that is called among the past texts.
    name: String,
    /// Whether that is to be a past text once it is overwritten: it was written by another page.
    is_others: bool,
    /// Whether the tab may still remember another key.
    is_back: bool,
}

impl Place {
    /// A place of which nothing is known.
    pub(crate) fn new(home: String) -> Place {
        Place { key: home.clone(), home, seen: None, name: String::new(), is_others: false, is_back: false }
    }

    pub(crate) fn home(&self) -> &str {
        &self.home
    }

    pub(crate) fn is_at_home(&self) -> bool {
        self.key == self.home
    }

    /// What was read there has this name.
    pub(crate) fn call(&mut self, name: String) {
        self.name = name;
    }

    /// Another page has written this text there, and it is the one that is open.
    pub(crate) fn agree(&mut self, text: Rc<str>, name: String) {
        (self.seen, self.name) = (Some(text), name);
    }

    /// Nothing is kept there any more. Returns whether something was.
    pub(crate) fn forget(&mut self) -> bool {
        self.seen.take().is_some()
    }

    /// The text that another page keeps at home is taken over: this page goes on there.
    pub(crate) fn take_over(&mut self, text: Rc<str>, name: String) {
        self.is_back |= !self.is_at_home();
        self.key = self.home.clone();
        self.is_others = true;
        self.agree(text, name);
    }
}

/// What became of a text that was to be kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Kept {
    /// Whether it is kept.
    pub(crate) text: Result<(), StoreError>,
    /// Whether the one is kept that it took the place of.
    pub(crate) past: Result<(), StoreError>,
    /// The text of another page that was found in its place, and stays there.
    pub(crate) other: Option<Rc<str>>,
}

/// A text to be kept.
pub(crate) struct ToKeep<'t> {
    pub(crate) name: &'t str,
    pub(crate) text: &'t Rc<str>,
    /// The text as it came with a link: that need not be kept.
    pub(crate) original: Option<&'t str>,
    /// Milliseconds since 1970.
    pub(crate) now: u64,
}

/// Where things are kept.
#[derive(Clone, Copy)]
pub(crate) struct Keeping<'s> {
    /// From one visit to the next, for all tabs.
    pub(crate) store: &'s dyn Store,
    /// For the life of this tab.
    pub(crate) tab: &'s dyn Store,
    /// Whether everybody has this text: the examples never become past texts.
    pub(crate) is_given: fn(&str) -> bool,
}

/// A failure may be over at once.
fn twice<T>(action: impl Fn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    action().or_else(|_| action())
}

impl Keeping<'_> {
    /// What is kept under a key, where this tab goes on, and why not all could be read.
    pub(crate) fn open(self, home: String) -> (Place, Option<Rc<str>>, Option<StoreError>) {
        let mut place = Place::new(home);
        let moved = twice(|| self.tab.get(&place.home)).and_then(|key| {
            let key = key.filter(|key| is_past(key));
            key.map_or(Ok(None), |key| Ok(self.read(&key)?.map(|text| (key, text))))
        });
        if let Ok(Some((key, text))) = moved {
            (place.key, place.seen) = (key, Some(Rc::clone(&text)));
            return (place, Some(text), None);
        }
        let text = self.read(&place.home);
        let error = text.as_ref().err().or(moved.as_ref().err()).copied();
        place.seen = text.ok().flatten();
        place.is_others = place.home == TEXT_KEY;
        let text = place.seen.clone();
        (place, text, error)
    }

    /// Keeps a text at its place; where another page has written since, beside it.
    pub(crate) fn keep(self, place: &mut Place, to_keep: &ToKeep) -> Kept {
        let mut kept = Kept { text: Ok(()), past: Ok(()), other: None };
        kept.text = self.keep_at(place, to_keep, &mut kept);
        kept
    }

    fn keep_at(self, place: &mut Place, to_keep: &ToKeep, kept: &mut Kept) -> Result<(), StoreError> {
        let ToKeep { name, text, now, .. } = *to_keep;
        let stored = self.read(&place.key)?;
        let is_kept = stored.as_ref() == Some(text);
        if !(is_kept || stored.is_none() || stored == place.seen) {
            let key = self.add_past(name, text, now)?;
            kept.other = stored;
            (place.key, place.is_others) = (key, false);
            place.agree(Rc::clone(text), name.to_owned());
            return twice(|| self.tab.set(&place.home, &place.key));
        }
        if let Some(old) = stored.as_ref().filter(|_| !is_kept)
            && std::mem::take(&mut place.is_others)
        {
            kept.past = self.keep_past(place, &place.name, old, now);
        }
        if to_keep.original == Some(&**text) && place.is_at_home() {
            if stored.is_some() {
                twice(|| self.store.remove(&place.key))?;
            }
            place.seen = None;
        } else {
            if !is_kept {
                self.write(&place.key, name, text)?;
            }
            place.agree(Rc::clone(text), name.to_owned());
        }
        if std::mem::take(&mut place.is_back) {
            return twice(|| self.tab.remove(&place.home));
        }
        Ok(())
    }

    /// What is kept under the key of a text.
    fn read(self, key: &str) -> Result<Option<Rc<str>>, StoreError> {
        let value = twice(|| self.store.get(key))?;
        Ok(value.map(|value| if is_past(key) { unwrapped(&value).1.into() } else { value.into() }))
    }

    fn write(self, key: &str, name: &str, text: &str) -> Result<(), StoreError> {
        if is_past(key) {
            self.write_past(key, name, text)
        } else if let Some(fragment) = key.strip_prefix(GUEST_KEY) {
            self.write_link(fragment, text)
        } else {
            self.write_value(key, text)
        }
    }

    /// Where there is no room, what is beyond the bounds makes room: pages from before there were any kept without end.
    fn write_value(self, key: &str, value: &str) -> Result<(), StoreError> {
        self.store.set(key, value).or_else(|_| {
            self.trim_links(key);
            self.trim_past(key);
            self.store.set(key, value)
        })
    }
}
