//! Gestures on the cluster of a Scenario: the lines of its lists, and their fields.

use super::pen::EditError;
use super::{Edit, Piece, Place, add_line, apply, read, remove_field, scenario_field, set};
use crate::cluster::inventory::{ImageRule, Inventory, NodeGroup, Reference};
use crate::manifest::place::{Path, PathStep};
use crate::manifest::print;
use crate::manifest::reading::Reading;
use crate::manifest::yaml::Scalar;
use crate::scenario::ClusterSettings;
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
            checked(reading, edits, |changed| line.is_last_of(&changed.scenario.cluster.inventory))
        }
        ClusterChange::Remove(list, number) => {
            let lines = lines(reading, *list);
            if *number >= lines {
                return Err(EditError::NotThere);
            }
            let whole = if lines == 1 { list.place() } else { cluster_field(*list, *number, "") };
            let edits = remove_field(reading, &outermost(reading, whole))?;
            let last = cluster_field(*list, lines - 1, "");
            checked(reading, edits, |changed| changed.value_at(&last).is_none())
        }
        ClusterChange::Set(list, number, field, Some(value)) => {
            let place = cluster_field(*list, *number, field);
            reading.value_at(&cluster_field(*list, *number, "")).ok_or(EditError::NotThere)?;
            let edits = set(reading, &place, piece_of(value))?;
            checked(reading, edits, |changed| changed.value_at(&place).as_ref() == Some(value))
        }
        ClusterChange::Set(list, number, field, None) => {
            let place = cluster_field(*list, *number, field);
            let edits = match reading.value_at(&place) {
                Some(_) => remove_field(reading, &outermost(reading, place.clone()))?,
                None => Vec::new(),
            };
            checked(reading, edits, |changed| changed.value_at(&place).is_none())
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

/// The map around a field if the field is all that is in it: nothing empty is to be left behind.
fn outermost(reading: &Reading, place: Place) -> Place {
    let Place::Scenario(path) = &place else { return place };
    let around = path.parent();
    let is_line = matches!(path.0.last(), Some(PathStep::Index(_)));
    let is_spec = around == Path::parse("spec");
    let outer = Place::Scenario(around);
    let is_alone = reading.value_at(&outer).as_ref().and_then(Value::as_object).is_some_and(|map| map.len() == 1);
    if is_alone && !is_line && !is_spec { outermost(reading, outer) } else { place }
}

/// Checks the edits by reading the changed text: nothing else but the cluster may have changed.
fn checked(reading: &Reading, edits: Vec<Edit>, is_wanted: impl Fn(&Reading) -> bool) -> Result<Vec<Edit>, EditError> {
    let changed = read(&apply(&reading.text, &edits));
    let rest = |reading: &Reading| {
        let mut scenario = reading.scenario.clone();
        scenario.cluster = ClusterSettings::default();
        scenario.cluster.inventory.objects = reading.scenario.cluster.inventory.objects.clone();
        scenario
    };
    if is_wanted(&changed) && rest(&changed) == rest(reading) { Ok(edits) } else { Err(EditError::Inexpressible) }
}
