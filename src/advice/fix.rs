//! What mends a finding: a few bytes of the text, and a name for what they do.

use crate::manifest::edit::{self, Edit};
use crate::manifest::{Path, Place, Reading};
use serde_json::Value;

/// Something that mends a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does.
    pub change: Change,
    /// The bytes to change; they do not overlap.
    pub edits: Vec<Edit>,
}

/// What a fix does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Adds a field.
    Add {
        /// Its name.
        field: String,
        /// Its value, as it is written.
        value: String,
    },
    /// Gives a field another value.
    Set {
        /// Its name.
        field: String,
        /// The value, as it is written.
        value: String,
    },
    /// Takes a field out.
    Remove {
        /// Its name.
        field: String,
    },
    /// Takes out the first of two fields of one name: the one that does not count.
    RemoveFirst {
        /// Their name.
        field: String,
    },
    /// Makes documents of the items of a List.
    Unpack,
    /// Gives a field another name.
    Rename {
        /// As it was.
        from: String,
        /// As it is known.
        to: String,
    },
    /// Puts a field where it belongs.
    Move {
        /// Its name.
        field: String,
        /// The field in which it belongs: `spec.template.spec`.
        to: String,
    },
    /// Writes one text for another.
    Replace {
        /// What stands there.
        found: String,
        /// What comes there.
        with: String,
    },
    /// Indents with spaces instead of tabs.
    SpacesForTabs,
}

/// Makes fixes in one manifest. A fix that cannot be written into the text is none.
pub(super) struct Mender<'a> {
    pub(super) reading: &'a Reading,
    pub(super) manifest: usize,
}

impl Mender<'_> {
    pub(super) fn place(&self, path: &Path) -> Place {
        Place::Manifest { manifest: self.manifest, path: path.clone() }
    }

    /// Writes a value into a field, whether or not it is there.
    pub(super) fn write(&self, path: &Path, value: &Value) -> Option<Fix> {
        let place = self.place(path);
        let is_there = self.reading.key_span(&place).is_some();
        let edits = edit::set_field(self.reading, &place, value).ok()?;
        let (field, value) = (path.name(), shown(value));
        let change = if is_there { Change::Set { field, value } } else { Change::Add { field, value } };
        Some(Fix { change, edits })
    }

    /// Takes a field out.
    pub(super) fn remove(&self, path: &Path) -> Option<Fix> {
        let edits = edit::remove_field(self.reading, &self.place(path)).ok()?;
        Some(Fix { change: Change::Remove { field: self.item_or_name(path) }, edits })
    }

    /// How a menu calls what stands at a path: an item that is a scalar by its value.
    fn item_or_name(&self, path: &Path) -> String {
        let written = self.reading.value_span(&self.place(path)).map(|span| &self.reading.text[span]);
        match (path.last_key(), written) {
            (None, Some(value)) if !value.contains(['\n', '{', '[']) => value.to_owned(),
            _ => path.name(),
        }
    }

    /// What stands in the text as a field's value, quotes and all.
    pub(super) fn written(&self, path: &Path) -> Option<&str> {
        self.reading.value_span(&self.place(path)).map(|span| &self.reading.text[span])
    }

    /// Several fixes as one, if they change different bytes.
    pub(super) fn together(change: Change, fixes: impl IntoIterator<Item = Option<Fix>>) -> Option<Fix> {
        let mut edits = Vec::new();
        for fix in fixes {
            edits.extend(fix?.edits);
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let are_apart = edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start);
        are_apart.then_some(Fix { change, edits })
    }

    /// Gives a field another name; its quotes stay.
    pub(super) fn rename(&self, path: &Path, to: &str) -> Option<Fix> {
        let from = path.last_key()?.to_owned();
        let span = self.reading.key_span(&self.place(path))?;
        let written = &self.reading.text[span.clone()];
        let at = span.start + written.find(&from)?;
        let edits = vec![Edit { range: at..at + from.len(), replacement: to.to_owned() }];
        Some(Fix { change: Change::Rename { from, to: to.to_owned() }, edits })
    }

    /// Takes a field out and writes it, with its value, into the map at `to`.
    pub(super) fn move_to(&self, path: &Path, to: &Path, value: &Value) -> Option<Fix> {
        let field = path.last_key()?.to_owned();
        let added = self.write(&to.joined(&field), value);
        Mender::together(Change::Move { field, to: to.to_string() }, [self.remove(path), added])
    }
}

/// A value as a menu shows it; a map or a list is not told in full.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(_) => "[…]".to_owned(),
        Value::Object(_) => "{…}".to_owned(),
        _ => value.to_string(),
    }
}
