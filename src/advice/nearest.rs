//! The field at a byte of a document that cannot be read: as its lines and their indentation tell it.

use super::completion::{beside, root};
use super::fields::{Field, TypeName, described, mutability, patched};
use super::outline::{Outline, Step};
use crate::cluster::input::ObjectKind;
use crate::manifest::{Document, DocumentKind, Reading};

/// The field whose key or value is at a byte; in an item of a list, that list. Of the two spans the one that is not at
/// the byte is not known: it is the same, or empty.
pub(super) fn field_at(reading: &Reading, offset: usize) -> Option<Field> {
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
    for step in spot.path.iter().copied().chain(key.map(Step::Key)) {
        kind = match step {
            Step::Item => kind.item()?,
            // Names of the user's own.
            Step::Key(_) if matches!(kind.type_name(), TypeName::Map(_) | TypeName::Anything) => break,
            Step::Key(name) => found.insert(kind.member(name, &patched)?).kind.clone(),
        };
    }
    let value_span =
        if spot.key.is_none() && spot.has_colon { spot.range.end..spot.range.end } else { spot.range.clone() };
    let names: Vec<&str> = spot.path.iter().filter_map(Step::name).chain(key).collect();
    let object = match outline.root_value("kind") {
        Some("CronJob") => Some(ObjectKind::CronJob),
        None | Some("" | "Job") => Some(ObjectKind::Job),
        Some(_) => None,
    };
    let is_indexed = reading.text[document.span.clone()].contains("completionMode: Indexed");
    let mutability = object.map(|kind| mutability(kind, &names, is_indexed));
    Some(described(&found?, (spot.range.clone(), value_span), None, mutability, &beside(&spot)))
}
