//! The field at a byte of the text.

use super::field_info::{FieldInfo, described, mutability, patched, struct_of};
use super::nearest;
use super::schema::{SchemaField, SchemaType, TypeName};
use crate::api::validation::Mutability;
use crate::manifest::{PathStep, Place, Reading, schema};
use serde_json::{Map, Value};

/// The field at a byte of the text. In an item of a list, and in a map of the user's own names, that list or map.
/// Right behind a key or value counts as in it. Of a document that cannot be read, as far as its lines show it.
pub fn field_at(reading: &Reading, offset: usize) -> Option<FieldInfo> {
    read_field_at(reading, offset).or_else(|| nearest::field_at(reading, offset))
}

fn read_field_at(reading: &Reading, offset: usize) -> Option<FieldInfo> {
    let is_space = |c: char| c.is_whitespace();
    let (before, behind) = reading.text.split_at_checked(offset)?;
    let is_behind = !before.is_empty() && !before.ends_with(is_space) && behind.chars().next().is_none_or(is_space);
    let mut place = reading.place_at(offset - usize::from(is_behind))?;
    let root = match &place {
        Place::Manifest { manifest, .. } => SchemaType::go(struct_of(reading.scenario.manifests.get(*manifest)?.kind)),
        Place::Scenario(_) => SchemaType::own(&schema::DOCUMENT),
        Place::Lesson(_) => SchemaType::own(&schema::lesson::LESSON),
        Place::Course(_) => SchemaType::own(&schema::lesson::COURSE),
        Place::View(_) => SchemaType::own(&schema::lesson::VIEW),
        Place::Input { .. } => SchemaType::own(&schema::INPUT),
        Place::Behavior { .. } => SchemaType::own(&schema::BEHAVIOR),
    };
    let steps = place.path_mut().0.clone();
    let has = |depth: usize, key: &str| {
        let mut around = place.clone();
        around.path_mut().0.truncate(depth);
        reading.value_at(&around).is_some_and(|value| value.get(key).is_some())
    };
    let (member, depth) = follow(root, &steps, &patched(reading), &has)?;
    place.path_mut().0.truncate(depth);
    let spans = (reading.key_span(&place)?, reading.value_span(&place)?);
    let beside = beside(reading, &place);
    let mutability = mutability_at(reading, &place);
    Some(described(&member, spans, Some(place), mutability, &beside))
}

/// The last step of a path that is a known field, and how many steps lead there. Nothing for unknown fields.
fn follow(
    root: SchemaType,
    path: &[PathStep],
    patched: &[&str],
    has: &dyn Fn(usize, &str) -> bool,
) -> Option<(SchemaField, usize)> {
    let mut kind = root;
    let mut found = None;
    for (position, step) in path.iter().enumerate() {
        kind = kind.with_keys(|key| has(position, key));
        kind = match step {
            PathStep::Index(_) => match kind.item() {
                Some(item) => item,
                None => break,
            },
            PathStep::Key(_) if let Some(named) = kind.named() => named,
            PathStep::Key(_) if matches!(kind.type_name(), TypeName::Map(_) | TypeName::Anything) => break,
            PathStep::Key(name) => {
                let member = kind.member(name, patched)?;
                let kind = member.kind.clone();
                found = Some((member, position + 1));
                kind
            }
        };
    }
    found
}

/// The fields around a field of a manifest, itself included.
fn beside(reading: &Reading, place: &Place) -> Map<String, Value> {
    let Place::Manifest { manifest, path } = place else { return Map::new() };
    let Some((_, around)) = path.0.split_last() else { return Map::new() };
    let Some(manifest) = reading.scenario.manifests.get(*manifest) else { return Map::new() };
    let map = around.iter().try_fold(&*manifest.value, |value, step| match step {
        PathStep::Key(name) => value.get(name),
        PathStep::Index(index) => value.get(index),
    });
    map.and_then(Value::as_object).cloned().unwrap_or_default()
}

fn mutability_at(reading: &Reading, place: &Place) -> Option<Mutability> {
    let Place::Manifest { manifest, path } = place else { return None };
    let manifest = reading.scenario.manifests.get(*manifest)?;
    let names: Vec<&str> = path.0.iter().filter_map(name_of).collect();
    Some(mutability(manifest.kind, &names, manifest.value["spec"]["completionMode"] == "Indexed"))
}

fn name_of(step: &PathStep) -> Option<&str> {
    match step {
        PathStep::Key(name) => Some(name),
        PathStep::Index(_) => None,
    }
}
