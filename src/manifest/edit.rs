//! Gestures as edits of the text that change as few bytes as possible: comments, key order, quotes and line endings stay
//! as their author wrote them. Every changed text is read back, so an edit either says exactly what was meant or is
//! refused.

mod cluster;
mod pen;

pub use super::text_edit::Edit;
pub use cluster::{ClusterChange, ClusterLine, ClusterList, change_cluster, cluster_field};
pub use pen::EditError;

use super::documents::SCENARIO_VERSION;
use super::place::{Field, Path, PathStep, Place, field};
use super::print::{self, Piece};
use super::reader::read;
use super::reading::{Document, DocumentKind, Reading};
use super::yaml::{NodeId, NodeKind, Tree};
use crate::cluster::behavior::Behavior;
use crate::cluster::input::{Input, JobSelector, PodName, PodSelector};
use crate::order;
use crate::scenario::Scenario;
use crate::time::Time;
use pen::Pen;
use serde_json::Value;
use std::rc::Rc;

/// The text after `edits`, which must not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    order::sort_by_key(&mut edits, |edit| (edit.range.start, edit.range.end));
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        changed += &text[at..edit.range.start];
        changed += &edit.replacement;
        at = edit.range.end;
    }
    changed + &text[at..]
}

/// The one edit that makes `before` into `after`, as short as it can be without cutting a letter; `None` if they are
/// equal.
pub fn difference(before: &str, after: &str) -> Option<Edit> {
    if before == after {
        return None;
    }
    let mut start = before.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
    while !before.is_char_boundary(start) {
        start -= 1;
    }
    let (rest, new) = (&before[start..], &after[start..]);
    let mut end = rest.bytes().rev().zip(new.bytes().rev()).take_while(|(one, other)| one == other).count();
    while !rest.is_char_boundary(rest.len() - end) {
        end -= 1;
    }
    Some(Edit { range: start..before.len() - end, replacement: new[..new.len() - end].to_owned() })
}

/// Adds an input behind the last one that is not later. Creates the Scenario, its spec and the list if they are missing.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn add_input(reading: &Reading, input: &Input) -> Result<Vec<Edit>, EditError> {
    let inputs = &reading.scenario.inputs;
    let place = inputs.iter().rposition(|known| known.at <= input.at).map_or(0, |last| last + 1);
    let first_kind = reading.scenario.manifests.first().map(|manifest| manifest.kind);
    let piece = print::input_piece(input, first_kind);
    let neighbour = place.checked_sub(1).map(|before| reading.inputs[before]);
    let edits = add_line(reading, "inputs", piece, neighbour, inputs.is_empty())?;
    let mut wanted = inputs.to_vec();
    wanted.insert(place, input.clone());
    checked_inputs(reading, edits, &wanted)
}

/// Moves an input to another time; its line stays where it is.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn move_input(reading: &Reading, input: usize, at: Time) -> Result<Vec<Edit>, EditError> {
    let time = Piece::plain(at - Time::ZERO);
    let edits = set(reading, &line_field(input, "at"), time)?;
    let mut wanted = reading.scenario.inputs.to_vec();
    wanted.get_mut(input).ok_or(EditError::NotThere)?.at = at;
    checked_inputs(reading, edits, &wanted)
}

/// Removes an input, and its list if it was the only one.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn remove_input(reading: &Reading, input: usize) -> Result<Vec<Edit>, EditError> {
    let tree = reading.scenario_tree().ok_or(EditError::NotThere)?;
    let line = *reading.inputs.get(input).ok_or(EditError::NotThere)?;
    let list = scenario_field(reading, &["spec", "inputs"]).ok_or(EditError::NotThere)?;
    let pen = Pen::new(reading, tree);
    let edits = pen.remove_item(list.value, line)?;
    let mut wanted = reading.scenario.inputs.to_vec();
    wanted.remove(input);
    checked_inputs(reading, edits, &wanted)
}

/// Removes the list of all inputs.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn remove_inputs(reading: &Reading) -> Result<Vec<Edit>, EditError> {
    let tree = reading.scenario_tree().ok_or(EditError::NotThere)?;
    let list = scenario_field(reading, &["spec", "inputs"]).ok_or(EditError::NotThere)?;
    let pen = Pen::new(reading, tree);
    let (map, key) = pen.parent_entry(list.value).ok_or(EditError::Inexpressible)?;
    checked_inputs(reading, pen.remove_entry(map, key)?, &[])
}

/// Disables an input; its line stays.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn disable_input(reading: &Reading, input: usize) -> Result<Vec<Edit>, EditError> {
    let edits = set(reading, &line_field(input, "disabled"), Piece::plain(true))?;
    switched(reading, edits, input, true)
}

/// Enables a disabled input.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn enable_input(reading: &Reading, input: usize) -> Result<Vec<Edit>, EditError> {
    let place = line_field(input, "disabled");
    let edits = if reading.span_of(&place).is_some() { remove_field(reading, &place)? } else { Vec::new() };
    switched(reading, edits, input, false)
}

fn switched(reading: &Reading, edits: Vec<Edit>, input: usize, disabled: bool) -> Result<Vec<Edit>, EditError> {
    let mut wanted = reading.scenario.inputs.to_vec();
    wanted.get_mut(input).ok_or(EditError::NotThere)?.disabled = disabled;
    checked_inputs(reading, edits, &wanted)
}

/// Adds a behavior in front of the first one that could match the same containers and so hide it.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn add_behavior(reading: &Reading, behavior: &Behavior) -> Result<Vec<Edit>, EditError> {
    let known = &reading.scenario.behaviors.list;
    let place = known.iter().position(|known| may_meet(&known.selector, &behavior.selector)).unwrap_or(known.len());
    insert_behavior(reading, behavior, place)
}

/// Adds a behavior behind all others, where it only replaces assumptions.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn append_behavior(reading: &Reading, behavior: &Behavior) -> Result<Vec<Edit>, EditError> {
    insert_behavior(reading, behavior, reading.scenario.behaviors.list.len())
}

fn insert_behavior(reading: &Reading, behavior: &Behavior, place: usize) -> Result<Vec<Edit>, EditError> {
    let known = &reading.scenario.behaviors.list;
    let neighbour = place.checked_sub(1).map(|before| reading.behaviors[before]);
    let edits = add_line(reading, "behaviors", print::behavior_piece(behavior), neighbour, known.is_empty())?;
    let mut wanted = known.to_vec();
    wanted.insert(place, behavior.clone());
    let cleared = |scenario: &mut Scenario| scenario.behaviors.list = Rc::default();
    checked(reading, edits, cleared, |changed| *changed.scenario.behaviors.list == *wanted)
}

/// Whether both could match the same run of a container.
fn may_meet(one: &PodSelector, other: &PodSelector) -> bool {
    fn agree<T>(one: &Option<T>, other: &Option<T>, same: impl Fn(&T, &T) -> bool) -> bool {
        one.as_ref().zip(other.as_ref()).is_none_or(|(one, other)| same(one, other))
    }
    // A number and a name may mean the same.
    let jobs = agree(&one.job, &other.job, |one, other| match (one, other) {
        (JobSelector::Number(_), JobSelector::Name(_)) | (JobSelector::Name(_), JobSelector::Number(_)) => true,
        (one, other) => one == other,
    });
    let pods = agree(&one.pod, &other.pod, |one, other| match (one, other) {
        (PodName::Number(_), PodName::Name(_)) | (PodName::Name(_), PodName::Number(_)) => true,
        (one, other) => one == other,
    });
    let indexes = agree(&one.index, &other.index, |one, other| {
        let (mine, theirs) = (one.intervals(), other.intervals());
        mine.iter().any(|(first, last)| theirs.iter().any(|(from, to)| first <= to && from <= last))
    });
    jobs && pods
        && indexes
        && agree(&one.attempt, &other.attempt, PartialEq::eq)
        && agree(&one.container, &other.container, PartialEq::eq)
        && agree(&one.restart, &other.restart, PartialEq::eq)
}

/// Sets a field. Creates it and the maps around it if they are missing.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn set_field(reading: &Reading, place: &Place, value: &Value) -> Result<Vec<Edit>, EditError> {
    let edits = set(reading, place, Piece::of(value))?;
    let changed = read(&apply(&reading.text, &edits));
    let found = changed.value_at(place);
    let (old, new) = (&reading.scenario.manifests, &changed.scenario.manifests);
    let is_other = |number: &usize| !matches!(place, Place::Manifest { manifest, .. } if manifest == number);
    let others_are_same = old.len() == new.len() && (0..old.len()).filter(is_other).all(|n| old[n] == new[n]);
    if found.as_ref() == Some(value) && others_are_same { Ok(edits) } else { Err(EditError::Inexpressible) }
}

/// Adds an item at the end of a list. Creates the list and the maps around it if they are missing.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn add_item(reading: &Reading, list: &Place, item: &Value) -> Result<Vec<Edit>, EditError> {
    let (tree, root) = reading.root_of(list).ok_or(EditError::NotThere)?;
    match field(tree, root, list.path()) {
        Some(found) => insert_item(&Pen::new(reading, tree), tree, found, Piece::of(item), <[NodeId]>::last),
        None => set(reading, list, Piece::List(vec![Piece::of(item)])),
    }
}

/// Adds an item behind the one that is chosen, or as the first one.
fn insert_item<'t>(
    pen: &Pen<'_>,
    tree: &'t Tree,
    list: Field,
    item: Piece,
    neighbour: impl FnOnce(&'t [NodeId]) -> Option<&'t NodeId>,
) -> Result<Vec<Edit>, EditError> {
    let items = match &tree.node(list.value).kind {
        NodeKind::Sequence { items, .. } => items.as_slice(),
        NodeKind::Alias { .. } => return Err(EditError::Shared),
        _ => return pen.fill(list, Piece::List(vec![item])),
    };
    match neighbour(items) {
        Some(neighbour) => pen.insert_item_after(list.value, *neighbour, item),
        None => pen.insert_first_item(list, item),
    }
}

/// Sets several fields, one after the other.
///
/// # Errors
/// [`EditError`] of the first that cannot be set, and the text stays as it is.
pub fn set_fields(reading: &Reading, fields: &[(Place, Value)]) -> Result<Vec<Edit>, EditError> {
    if let [(place, value)] = fields {
        return set_field(reading, place, value);
    }
    let mut text = reading.text.to_string();
    for (place, value) in fields {
        text = apply(&text, &set_field(&read(&text), place, value)?);
    }
    Ok(difference(&reading.text, &text).into_iter().collect())
}

fn set(reading: &Reading, place: &Place, piece: Piece) -> Result<Vec<Edit>, EditError> {
    if let Place::Scenario(path) = place
        && reading.scenario_tree().is_none()
    {
        let Some((PathStep::Key(first), inside)) = path.0.split_first() else { return Err(EditError::NotThere) };
        let spec = pen::nested(inside, piece)?;
        return if first == "spec" { new_scenario(reading, spec) } else { Err(EditError::NotThere) };
    }
    let (tree, root) = reading.root_of(place).ok_or(EditError::NotThere)?;
    Pen::new(reading, tree).set(root, place.path(), piece)
}

/// Removes a field, key and value.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn remove_field(reading: &Reading, place: &Place) -> Result<Vec<Edit>, EditError> {
    let (tree, root) = reading.root_of(place).ok_or(EditError::NotThere)?;
    let (_, around) = place.path().split_last().ok_or(EditError::NotThere)?;
    let parent = field(tree, root, around).ok_or(EditError::NotThere)?;
    let found = field(tree, root, place.path()).ok_or(EditError::NotThere)?;
    let pen = Pen::new(reading, tree);
    match found.key {
        Some(key) => pen.remove_entry(parent.value, key),
        None => pen.remove_item(parent.value, found.value),
    }
}

/// Removes the entry whose key begins at this byte, also one that is overridden by a later one of the same name.
///
/// # Errors
/// [`EditError`], and the text stays as it is.
pub fn remove_entry_at(reading: &Reading, offset: usize) -> Result<Vec<Edit>, EditError> {
    let around = reading.documents.iter().find(|document| document.span.contains(&offset));
    let tree = &around.ok_or(EditError::NotThere)?.tree;
    let entry = tree.maps().find_map(|(map, entries)| {
        let (key, _) = entries.iter().find(|(key, _)| tree.node(*key).span.start == offset)?;
        Some((map, *key))
    });
    let (map, key) = entry.ok_or(EditError::NotThere)?;
    Pen::new(reading, tree).remove_entry(map, key)
}

fn line_field(input: usize, name: &str) -> Place {
    Place::Input { input, path: Path::parse(name) }
}

/// Adds a line to a list in the Scenario's spec: behind `neighbour`, or as the first one. `none_readable`: no line of the
/// list could be read; then it is added at the end.
fn add_line(
    reading: &Reading,
    list: &str,
    piece: Piece,
    neighbour: Option<NodeId>,
    none_readable: bool,
) -> Result<Vec<Edit>, EditError> {
    let place = Place::scenario(&format!("spec.{list}"));
    let (Some(tree), Some(found)) = (reading.scenario_tree(), scenario_field(reading, &["spec", list])) else {
        return set(reading, &place, Piece::List(vec![piece]));
    };
    let pen = Pen::new(reading, tree);
    insert_item(&pen, tree, found, piece, |items| neighbour.as_ref().or(items.last().filter(|_| none_readable)))
}

/// Adds a Scenario to a text without one; not to a text with one that is not YAML at the moment.
fn new_scenario(reading: &Reading, spec: Piece) -> Result<Vec<Edit>, EditError> {
    let is_broken_scenario = |document: &Document| {
        matches!(document.kind, DocumentKind::Unreadable(_))
            && reading.text[document.span.clone()].contains(SCENARIO_VERSION)
    };
    if reading.documents.iter().any(is_broken_scenario) {
        return Err(EditError::Unreadable);
    }
    Pen::new_scenario(reading, spec)
}

fn scenario_field(reading: &Reading, path: &[&str]) -> Option<Field> {
    let tree: &Tree = reading.scenario_tree()?;
    field(tree, tree.root()?, &Path::parse(&path.join(".")).0)
}

/// Checks the edits by reading the changed text: `is_wanted` must hold, and what `cleared` leaves of the Scenario and its
/// manifests must be as it was.
fn checked(
    reading: &Reading,
    edits: Vec<Edit>,
    cleared: impl Fn(&mut Scenario),
    is_wanted: impl Fn(&Reading) -> bool,
) -> Result<Vec<Edit>, EditError> {
    let rest = |reading: &Reading| {
        let mut scenario = reading.scenario.clone();
        cleared(&mut scenario);
        scenario
    };
    let changed = read(&apply(&reading.text, &edits));
    if is_wanted(&changed) && rest(&changed) == rest(reading) { Ok(edits) } else { Err(EditError::Inexpressible) }
}

/// [`checked`], for inputs.
fn checked_inputs(reading: &Reading, edits: Vec<Edit>, wanted: &[Input]) -> Result<Vec<Edit>, EditError> {
    let cleared = |scenario: &mut Scenario| scenario.inputs = Rc::default();
    checked(reading, edits, cleared, |changed| *changed.scenario.inputs == *wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_keeps_letters_whole() {
        for (before, after, expected) in [
            ("abc", "abxc", Some((2..2, "x"))),
            ("aa", "aaa", Some((2..2, "a"))),
            ("abc", "ac", Some((1..2, ""))),
            ("挂起", "挂恢起", Some((3..3, "恢"))),
            ("é", "è", Some((0..2, "è"))),
            ("x", "x", None),
        ] {
            let expected = expected.map(|(range, text)| Edit { range, replacement: text.to_owned() });
            assert_eq!(difference(before, after), expected, "{before} → {after}");
        }
    }
}
