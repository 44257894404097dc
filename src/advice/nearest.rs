//! What the lines of a document and their indentation tell where it cannot be read: its kind, and the field at a byte.

use super::caret::{CaretContext, OutlineStep};
use super::field_info::{FieldInfo, described, mutability, patched};
use super::outline::Outline;
use super::schema::{SchemaType, TypeName};
use crate::cluster::input::ObjectKind;
use crate::manifest::{Document, DocumentKind, Reading, schema};
use crate::order;
use serde_json::{Map, Value};

/// The field whose key or value is at a byte; in an item of a list, that list. Of the two spans the one that is not at
/// the byte is not known: it is the same, or empty.
pub(super) fn field_at(reading: &Reading, offset: usize) -> Option<FieldInfo> {
    let is_around = |document: &&Document| document.span.start <= offset && offset <= document.span.end;
    let mut unreadable =
        reading.documents.iter().filter(|document| matches!(document.kind, DocumentKind::Unreadable(_)));
    let document = unreadable.find(is_around)?;
    let outline = Outline::of(&reading.text, document.span.clone());
    let spot = outline.spot(offset)?;
    let written = reading.text.get(spot.range.clone())?;
    let key = spot.key.or(spot.has_colon.then_some(written));
    let patched = patched(reading);
    let (mut kind, mut found) = (root(&outline, &spot)?, None);
    let depth = spot.path.len();
    for (position, step) in spot.path.iter().copied().chain(key.map(OutlineStep::Key)).enumerate() {
        if position == depth {
            kind = kind.with_keys(|name| key == Some(name) || spot.siblings.contains(&name));
        }
        kind = match step {
            OutlineStep::Item => kind.item()?,
            OutlineStep::Key(_) if let Some(named) = kind.named() => named,
            // Names of the user's own.
            OutlineStep::Key(_) if matches!(kind.type_name(), TypeName::Map(_) | TypeName::Anything) => break,
            OutlineStep::Key(name) => found.insert(kind.member(name, &patched)?).kind.clone(),
        };
    }
    let value_span =
        if spot.key.is_none() && spot.has_colon { spot.range.end..spot.range.end } else { spot.range.clone() };
    let names: Vec<&str> = spot.path.iter().filter_map(OutlineStep::name).chain(key).collect();
    let object = match outline.root_value("kind") {
        Some("CronJob") => Some(ObjectKind::CronJob),
        None | Some("" | "Job") => Some(ObjectKind::Job),
        Some(_) => None,
    };
    let is_indexed = reading.text[document.span.clone()].contains("completionMode: Indexed");
    let mutability = object.map(|kind| mutability(kind, &names, is_indexed));
    Some(described(&found?, (spot.range.clone(), value_span), None, mutability, &beside(&spot)))
}

/// What the document is, by its kind; a Job if it does not say. Of other kinds only the beginning is known.
pub(super) fn root(outline: &Outline<'_>, spot: &CaretContext<'_>) -> Option<SchemaType> {
    let is_own = || outline.root_value("apiVersion").is_some_and(|version| version.starts_with("job-playground/"));
    match outline.root_value("kind") {
        Some("CronJob") => Some(SchemaType::go("CronJob")),
        Some("Scenario") => Some(SchemaType::own(&schema::DOCUMENT)),
        Some("Lesson") => Some(SchemaType::own(&schema::lesson::LESSON)),
        Some("Course") => Some(SchemaType::own(&schema::lesson::COURSE)),
        Some("View") => Some(SchemaType::own(&schema::lesson::VIEW)),
        None | Some("") if is_own() => Some(SchemaType::own(&schema::DOCUMENT)),
        None | Some("" | "Job") => Some(SchemaType::go("Job")),
        Some(_) => spot.path.is_empty().then(|| SchemaType::go("Job")),
    }
}

/// The scalar fields around, as values: enough for the defaults that depend on them.
pub(super) fn beside(spot: &CaretContext<'_>) -> Map<String, Value> {
    order::collect(spot.siblings.iter().map(|name| ((*name).to_owned(), Value::Bool(true))))
}
