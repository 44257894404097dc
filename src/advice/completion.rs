//! What can be written at the caret, on texts that need not be YAML yet.

use super::caret::{CaretContext, OutlineStep, Style};
use super::field_info::patched;
use super::nearest::{beside, root};
use super::outline::Outline;
use super::schema::{FieldId, SchemaField, SchemaType, TypeName};
use super::{documents, names};
use crate::limits::COMPLETED_BYTES;
use crate::manifest::{Reading, print, schema};
use crate::order;
use serde_json::Value;
use std::ops::Range;

/// What can be written at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Completions {
    /// The bytes that an item replaces; empty if nothing is written there yet.
    pub range: Range<usize>,
    /// What there is, the likeliest first; never empty.
    pub items: Vec<Item>,
}

/// One thing that can be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What is shown: a field's name, a value.
    pub label: String,
    /// What is written in place of [`Completions::range`].
    pub insert: String,
    /// Where in `insert` the caret goes, in bytes.
    pub caret: usize,
    /// What it is.
    pub kind: ItemKind,
    /// The field that is written, or whose value this is; none for a whole document.
    pub field: Option<FieldId>,
    /// Whether the value is the one that the field has anyway.
    pub is_default: bool,
    /// Whether the text is refused without this field.
    pub is_required: bool,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A field's name.
    Field,
    /// A field's value.
    Value,
    /// A whole document.
    Document,
}

/// What can be written at a byte of the text; `None` where nothing is known or wanted: in comments, in block scalars
/// and quoted texts, behind values.
pub fn complete(reading: &Reading, caret: usize) -> Option<Completions> {
    let document = reading.documents.iter().rev().find(|document| document.span.start <= caret)?;
    if document.span.len() > COMPLETED_BYTES {
        return None;
    }
    let outline = Outline::of(&reading.text, document.span.clone());
    let spot = outline.spot(caret)?;
    let typed = reading.text.get(spot.range.start..caret)?;
    let mut items = Vec::new();
    if spot.path.is_empty() && spot.key.is_none() && outline.is_empty_but(caret) {
        let skeletons = documents::skeletons(reading);
        items.extend(skeletons.filter(|(label, _)| fits_document(label, typed)).map(Item::document));
    }
    items.extend(items_at(reading, root(&outline, &spot)?, &spot)?);
    keep_matching(&mut items, typed);
    let written = reading.text.get(spot.range.clone())?;
    let adds_something = items.iter().any(|item| item.insert != written);
    adds_something.then_some(Completions { range: spot.range, items })
}

/// Fields or values, by what the types say about the way to the caret.
fn items_at(reading: &Reading, root: SchemaType, spot: &CaretContext<'_>) -> Option<Vec<Item>> {
    let patched = patched(reading);
    let (mut kind, mut field) = (root, None);
    for step in &spot.path {
        kind = match step {
            OutlineStep::Item => kind.item()?,
            OutlineStep::Key(_) if let Some(named) = kind.named() => named,
            OutlineStep::Key(name) => field.insert(kind.member(name, &patched)?).kind.clone(),
        };
    }
    let kind = kind.with_keys(|key| spot.siblings.contains(&key));
    if let Some(name) = spot.key {
        let member = kind.member(name, &patched)?;
        return Some(value_items(reading, &member, &member.kind, spot));
    }
    if kind.is_map() {
        return Some(field_items(&kind, field.as_ref().map(|field| field.id), &patched, spot, false));
    }
    match (spot.path.last()?, kind.item()) {
        (OutlineStep::Item, _) => Some(value_items(reading, &field?, &kind, spot)),
        // A list without its first dash.
        (OutlineStep::Key(_), Some(item)) if item.is_map() => Some(field_items(&item, None, &patched, spot, true)),
        (OutlineStep::Key(_), _) => None,
    }
}

/// A document is found by its name and by how it begins.
fn fits_document(label: &str, typed: &str) -> bool {
    [label, "apiVersion", "kind"].iter().any(|name| rank(name, typed) == Some(0))
}

/// The fields of a map that are not there yet, the likeliest first. `of`: the field whose value it is; `as_item` if their
/// list has no dash here.
fn field_items(
    kind: &SchemaType,
    of: Option<FieldId>,
    patched: &[&str],
    spot: &CaretContext<'_>,
    as_item: bool,
) -> Vec<Item> {
    if let TypeName::Map(value) = kind.type_name() {
        let names = of.filter(|_| *value == TypeName::Quantity).map_or(&[][..], names::resources);
        let names = names.iter().filter(|name| !spot.siblings.contains(name));
        return names.map(|name| Item::new(name, scalar_field(name, spot), ItemKind::Field)).collect();
    }
    let has_verb = spot.siblings.iter().any(|name| schema::VERBS.contains(name));
    let is_second_verb = |id: FieldId| id.owner == "input" && has_verb && schema::VERBS.contains(&id.name);
    let mut members = kind.members(patched);
    members.retain(|member| {
        !spot.siblings.contains(&member.id.name) && !names::is_left_out(member.id) && !is_second_verb(member.id)
    });
    order::sort_by_key(&mut members, |member| (!member.is_required(), names::place(member.id)));
    members.iter().map(|member| field_item(member, spot, as_item)).collect()
}

fn field_item(member: &SchemaField, spot: &CaretContext<'_>, as_item: bool) -> Item {
    let name = member.id.name;
    let column = if as_item { spot.column + 2 } else { spot.column };
    let (indent, deeper) = (" ".repeat(column), " ".repeat(column + 2));
    let in_flow = spot.style != Style::Block;
    let is_fieldless = member.kind.members(&[]).is_empty();
    let (insert, back) = match member.kind.type_name() {
        _ if spot.has_colon => (name.to_owned(), 0),
        TypeName::Object | TypeName::Map(_) if in_flow => (format!("{name}: {{}}"), 1),
        TypeName::List(_) if in_flow => (format!("{name}: []"), 1),
        TypeName::Object if is_fieldless => (format!("{name}: {{}}"), 0),
        TypeName::Object | TypeName::Map(_) => (format!("{name}:\n{deeper}"), 0),
        TypeName::List(_) => (format!("{name}:\n{indent}- "), 0),
        _ => (scalar_field(name, spot), 0),
    };
    let (insert, back) = match spot.style {
        Style::FlowList => (format!("{{{insert}}}"), back + 1),
        _ if as_item => (format!("- {insert}"), back),
        Style::FlowMap | Style::Block => (insert, back),
    };
    Item {
        caret: insert.len() - back,
        field: Some(member.id),
        is_required: member.is_required(),
        ..Item::new(name, insert, ItemKind::Field)
    }
}

fn scalar_field(name: &str, spot: &CaretContext<'_>) -> String {
    if spot.has_colon { name.to_owned() } else { format!("{name}: ") }
}

/// The values that a field may have, as far as they are known.
fn value_items(reading: &Reading, member: &SchemaField, kind: &SchemaType, spot: &CaretContext<'_>) -> Vec<Item> {
    let default = member.default(&beside(spot));
    let mut texts: Vec<String> = kind.words().iter().map(|word| print::scalar(word)).collect();
    match kind.type_name() {
        TypeName::Truth => texts.extend(["true", "false"].map(str::to_owned)),
        TypeName::DurationOrForever => texts.push("forever".to_owned()),
        _ => {}
    }
    for text in names::values(reading, member.id).iter().map(|value| print::scalar(value)) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let default = default.and_then(|value| match value {
        Value::String(text) => Some(print::scalar(&text)),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    });
    // A default that is not an allowed word (restartPolicy) would be refused.
    let is_closed = !kind.words().is_empty();
    if let Some(default) = default.as_ref().filter(|default| !is_closed && !texts.contains(default)) {
        texts.insert(0, default.clone());
    }
    let typed_gap = spot.key.is_some() && reading.text[..spot.range.start].ends_with(':');
    let gap = if typed_gap { " " } else { "" };
    let items = texts.into_iter().map(|text| Item {
        field: Some(member.id),
        is_default: default.as_deref() == Some(&text),
        ..Item::new(&text, format!("{gap}{text}"), ItemKind::Value)
    });
    items.collect()
}

/// Keeps what begins with what was typed, and behind it what has its letters in order.
fn keep_matching(items: &mut Vec<Item>, typed: &str) {
    if items.iter().any(|item| item.kind == ItemKind::Document) {
        items.retain(|item| item.kind == ItemKind::Document || rank(&item.label, typed).is_some());
        return;
    }
    items.retain(|item| rank(&item.label, typed).is_some());
    order::sort_by_key(items, |item| rank(&item.label, typed));
}

/// 0 for a beginning, 1 for letters in order, quotes and case aside.
fn rank(label: &str, typed: &str) -> Option<u8> {
    let (label, typed) = (label.trim_start_matches('"').to_lowercase(), typed.to_lowercase());
    if label.starts_with(&typed) {
        return Some(0);
    }
    let mut letters = label.chars();
    typed.chars().all(|wanted| letters.any(|letter| letter == wanted)).then_some(1)
}

impl Item {
    fn new(label: &str, insert: String, kind: ItemKind) -> Item {
        let caret = insert.len();
        Item { label: label.to_owned(), insert, caret, kind, field: None, is_default: false, is_required: false }
    }

    fn document((label, text): (&str, String)) -> Item {
        Item::new(label, text, ItemKind::Document)
    }
}
