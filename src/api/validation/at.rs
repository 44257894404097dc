//! A place in an object: a value and the path to it. What is absent is null, so every path can be followed.

use crate::api::field_path::{FieldPath, Segment};
use serde_json::Value;
use std::borrow::Cow;
use std::rc::Rc;

static NULL: Value = Value::Null;
static EMPTY: Value = Value::String(String::new());

/// A value and where it stands. Cheap to clone; the path is only written out for an error.
#[derive(Clone, Debug)]
pub(super) struct At<'v> {
    /// The value; null if it is absent.
    pub(super) value: &'v Value,
    way: Option<Rc<PathNode>>,
    /// The path that the API server shows, where it is another one.
    shown: Option<Rc<str>>,
}

#[derive(Debug)]
struct PathNode {
    before: Option<Rc<PathNode>>,
    segment: Segment,
    shown_before: Option<Rc<str>>,
}

impl<'v> At<'v> {
    /// The object itself.
    pub(super) fn root(value: &'v Value) -> At<'v> {
        At { value, way: None, shown: None }
    }

    /// A field of a struct.
    pub(super) fn get(&self, field: &'static str) -> At<'v> {
        self.step(self.value.get(field).unwrap_or(&NULL), Segment::Field(Cow::Borrowed(field)))
    }

    /// A field in a field.
    pub(super) fn at(&self, fields: &[&'static str]) -> At<'v> {
        fields.iter().fold(self.clone(), |at, field| at.get(field))
    }

    /// An entry of a map.
    pub(super) fn entry(&self, key: &str) -> At<'v> {
        self.step(self.value.get(key).unwrap_or(&NULL), Segment::Key(key.to_owned()))
    }

    /// The items of a list; none if it is absent.
    pub(super) fn items(&self) -> impl Iterator<Item = At<'v>> + use<'v> {
        let list = self.clone();
        let items = self.value.as_array().map(Vec::as_slice).unwrap_or_default();
        items.iter().enumerate().map(move |(index, value)| list.step(value, Segment::Index(index)))
    }

    /// The entries of a map, by key.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'v str, At<'v>)> + use<'v> {
        let map = self.clone();
        self.value
            .as_object()
            .into_iter()
            .flatten()
            .map(move |(key, value)| (key.as_str(), map.step(value, Segment::Key(key.clone()))))
    }

    fn step(&self, value: &'v Value, segment: Segment) -> At<'v> {
        let step = PathNode { before: self.way.clone(), segment, shown_before: self.shown.clone() };
        At { value, way: Some(Rc::new(step)), shown: None }
    }

    /// The same place with another value.
    pub(super) fn with_value<'w>(&self, value: &'w Value) -> At<'w> {
        At { value, way: self.way.clone(), shown: self.shown.clone() }
    }

    /// The same place; an absent value is an empty text, as in Go where the field is not a pointer.
    pub(super) fn or_empty(self) -> At<'v> {
        if self.is_set() { self } else { At { value: &EMPTY, ..self } }
    }

    /// The same place, shown as `name` right below `parent`.
    pub(super) fn shown_below(mut self, parent: &At<'_>, name: &str) -> At<'v> {
        let dot = if name.starts_with('[') { "" } else { "." };
        self.shown = Some(format!("{}{dot}{name}", parent.shown()).into());
        self
    }

    /// The same place, shown as `other`.
    pub(super) fn shown_as(mut self, other: &At<'_>) -> At<'v> {
        self.shown = Some(other.shown().into());
        self
    }

    /// Whether it is given; of a pointer, whatever its value.
    pub(super) fn is_set(&self) -> bool {
        !self.value.is_null()
    }

    /// Its text; empty if absent.
    pub(super) fn text(&self) -> &'v str {
        self.value.as_str().unwrap_or_default()
    }

    /// Its number.
    pub(super) fn integer(&self) -> Option<i64> {
        self.value.as_i64()
    }

    /// Whether it is `true`.
    pub(super) fn is_true(&self) -> bool {
        self.value == &Value::Bool(true)
    }

    /// How many items it has.
    pub(super) fn len(&self) -> usize {
        self.value.as_array().map_or_else(|| self.value.as_object().map_or(0, serde_json::Map::len), Vec::len)
    }

    /// Whether it is an empty text or list, or absent.
    pub(super) fn is_empty(&self) -> bool {
        self.text().is_empty() && self.len() == 0
    }

    /// The path to it.
    pub(super) fn path(&self) -> FieldPath {
        let mut segments = Vec::new();
        let mut way = &self.way;
        while let Some(step) = way {
            segments.push(step.segment.clone());
            way = &step.before;
        }
        segments.reverse();
        FieldPath(segments)
    }

    /// As the API server names it.
    pub(super) fn shown(&self) -> String {
        if let Some(shown) = &self.shown {
            return shown.to_string();
        }
        let mut segments = Vec::new();
        let mut start = String::new();
        let mut way = &self.way;
        while let Some(step) = way {
            segments.push(step.segment.clone());
            if let Some(shown) = &step.shown_before {
                start = shown.to_string();
                break;
            }
            way = &step.before;
        }
        segments.reverse();
        let rest = FieldPath(segments).to_string();
        if start.is_empty() || rest.starts_with('[') { start + &rest } else { format!("{start}.{rest}") }
    }
}
