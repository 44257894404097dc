//! Gestures on the cluster of a Scenario: the lines of its lists, and their fields.

use super::pen::EditError;
use super::{Edit, Piece, Place, add_line, checked, remove_field, scenario_field, set};
use crate::cluster::inventory::{ImageRule, Inventory, NodeGroup, Reference};
use crate::manifest::place::{Path, PathStep};
use crate::manifest::print;
use crate::manifest::reading::Reading;
use crate::manifest::yaml::Scalar;
use crate::scenario::{ClusterSettings, Scenario};
use serde_json::Value;

/// A list of `spec.cluster`.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClusterList {
    Nodes,
    Images,
    Missing,
}

impl ClusterList {
    /// Its field.
    pub fn name(self) -> &'static str {
        match self {
            ClusterList::Nodes => "nodes",
            ClusterList::Images => "images",
            ClusterList::Missing => "missing",
        }
    }

    /// Where it is.
    pub fn place(self) -> Place {
        Place::scenario(&format!("spec.cluster.{}", self.name()))
    }
}

/// A line of one of the lists.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub enum ClusterLine {
    Node(NodeGroup),
    Image(ImageRule),
    Missing(Reference),
}

impl ClusterLine {
    fn list(&self) -> ClusterList {
        match self {
            ClusterLine::Node(_) => ClusterList::Nodes,
            ClusterLine::Image(_) => ClusterList::Images,
            ClusterLine::Missing(_) => ClusterList::Missing,
        }
    }

    fn piece(&self) -> Piece {
        match self {
            ClusterLine::Node(group) => print::node_piece(group),
            ClusterLine::Image(rule) => print::image_piece(rule),
            ClusterLine::Missing(reference) => Piece::text(&reference.to_string()),
        }
    }

    fn is_last_of(&self, inventory: &Inventory) -> bool {
        match self {
            ClusterLine::Node(group) => inventory.nodes.as_ref().and_then(|nodes| nodes.last()) == Some(group),
            ClusterLine::Image(rule) => inventory.images.last() == Some(rule),
            ClusterLine::Missing(reference) => inventory.missing.last() == Some(reference),
        }
    }
}

/// A gesture on the cluster.
#[derive(Clone, Debug, PartialEq)]
pub enum ClusterChange {
    /// Adds a line behind all others.
    Add(ClusterLine),
    /// Takes out a line, by its place; with the last one its list.
    Remove(ClusterList, usize),
    /// Writes a field of a line: `capacity.cpu`; the empty path is the line. Without a value the field is taken out.
    Set(ClusterList, usize, String, Option<Value>),
}

/// A field of a line: `capacity.cpu`; the empty path is the line itself.
pub fn cluster_field(list: ClusterList, line: usize, field: &str) -> Place {
    let dot = if field.is_empty() { "" } else { "." };
    Place::scenario(&format!("spec.cluster.{}[{line}]{dot}{field}", list.name()))
}

/// Changes the cluster. Creates the Scenario if it is missing. What is written may be wrong: then the text says so, as it
/// does of all that is typed.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn change_cluster(reading: &Reading, change: &ClusterChange) -> Result<Vec<Edit>, EditError> {
    match change {
        ClusterChange::Add(line) => {
            let list = format!("cluster.{}", line.list().name());
            let last = lines(reading, line.list()).checked_sub(1);
            let last = last.and_then(|last| scenario_field(reading, &["spec", &format!("{list}[{last}]")]));
            let edits = add_line(reading, &list, line.piece(), last.map(|last| last.value), false)?;
            let place = cluster_field(line.list(), lines(reading, line.list()), "");
            changed_line(reading, edits, &place, &place, |changed| line.is_last_of(&changed.scenario.cluster.inventory))
        }
        ClusterChange::Set(list, number, field, None) if field.is_empty() => {
            change_cluster(reading, &ClusterChange::Remove(*list, *number))
        }
        ClusterChange::Remove(list, number) => {
            let lines = lines(reading, *list);
            if *number >= lines {
                return Err(EditError::NotThere);
            }
            let line = cluster_field(*list, *number, "");
            let whole = if lines == 1 { outermost(reading, list.place()) } else { line.clone() };
            let edits = remove_field(reading, &whole)?;
            let last = cluster_field(*list, lines - 1, "");
            changed_line(reading, edits, &line, &last, |changed| changed.value_at(&last).is_none())
        }
        ClusterChange::Set(list, number, field, Some(value)) => {
            let place = cluster_field(*list, *number, field);
            reading.value_at(&cluster_field(*list, *number, "")).ok_or(EditError::NotThere)?;
            let edits = set(reading, &place, piece_of(value))?;
            changed_line(reading, edits, &place, &place, |changed| changed.value_at(&place).as_ref() == Some(value))
        }
        ClusterChange::Set(list, number, field, None) => {
            let place = cluster_field(*list, *number, field);
            let edits = match reading.value_at(&place) {
                Some(_) => remove_field(reading, &outermost(reading, place.clone()))?,
                None => Vec::new(),
            };
            changed_line(reading, edits, &place, &place, |changed| changed.value_at(&place).is_none())
        }
    }
}

/// A value as the format is written: amounts and times without quotes.
fn piece_of(value: &Value) -> Piece {
    match value {
        Value::String(text) if is_plain(text) => Piece::plain(text),
        value => Piece::of(value),
    }
}

fn is_plain(text: &str) -> bool {
    let is_word = text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '.');
    is_word && matches!(Scalar::plain(text), Scalar::Text(_))
}

/// How many lines a list has, those with mistakes, too.
fn lines(reading: &Reading, list: ClusterList) -> usize {
    let found = reading.value_at(&list.place());
    found.as_ref().and_then(Value::as_array).map_or(0, Vec::len)
}

/// The map around a field if the field is all that is in it: nothing empty is to be left behind. A line stays.
fn outermost(reading: &Reading, place: Place) -> Place {
    let Place::Scenario(path) = &place else { return place };
    let around = path.parent();
    let is_kept = matches!(around.0.last(), Some(PathStep::Index(_))) || around == Path::parse("spec");
    let outer = Place::Scenario(around);
    let is_alone = reading.value_at(&outer).as_ref().and_then(Value::as_object).is_some_and(|map| map.len() == 1);
    if is_alone && !is_kept { outermost(reading, outer) } else { place }
}

/// Checks the edits: of the text nothing else may have changed than what was in the cluster at one place, and is there at
/// the other.
fn changed_line(
    reading: &Reading,
    edits: Vec<Edit>,
    was: &Place,
    is: &Place,
    is_wanted: impl Fn(&Reading) -> bool,
) -> Result<Vec<Edit>, EditError> {
    let cluster = Path::parse("spec.cluster");
    let rest = |reading: &Reading, place: &Place| {
        let written = reading.value_at(&Place::Scenario(cluster.clone()))?;
        without(written, &place.path()[cluster.0.len()..])
    };
    let without_cluster = |scenario: &mut Scenario| {
        let objects = std::mem::take(&mut scenario.cluster.inventory.objects);
        scenario.cluster = ClusterSettings::default();
        scenario.cluster.inventory.objects = objects;
    };
    let old = rest(reading, was);
    checked(reading, edits, without_cluster, |changed| is_wanted(changed) && rest(changed, is) == old)
}

/// A value without what is at the path, and without what is empty then.
fn without(value: Value, path: &[PathStep]) -> Option<Value> {
    let (step, inside) = path.split_first()?;
    match (value, step) {
        (Value::Null, _) => None,
        (Value::Object(mut map), PathStep::Key(key)) => {
            if let Some(left) = map.remove(key).and_then(|value| without(value, inside)) {
                map.insert(key.clone(), left);
            }
            (!map.is_empty()).then_some(Value::Object(map))
        }
        (Value::Array(mut items), PathStep::Index(index)) => {
            if let Some(item) = items.get_mut(*index) {
                match without(item.take(), inside) {
                    Some(left) => *item = left,
                    None => drop(items.remove(*index)),
                }
            }
            (!items.is_empty()).then_some(Value::Array(items))
        }
        (value, _) => Some(value),
    }
}
