//! `kubectl explain` (K27): kubectl's layout, with what this program says about fields.

use super::command::Explain;
use super::resource::Resource;
use super::response::Printed;
use super::usage_error::UsageError;
use super::world::World;
use crate::advice::FieldId;
use crate::api::schema::{Field, JsonField, Struct, StructId, Type};

/// How wide a paragraph is, its indentation left out.
const WIDTH: usize = 76;
/// How deep `--recursive` goes.
const DEPTH: usize = 12;
/// The most fields that it lists.
const MOST: usize = 5_000;

/// Explains a kind, or one of its fields.
pub(super) fn run(explain: &Explain, world: &World<'_>) -> Result<Printed, UsageError> {
    let mut names = explain.path.split('.');
    let first = names.next().unwrap_or_default();
    let resource = Resource::read(first)?;
    let (group, kind) = match resource {
        Resource::Job | Resource::CronJob => ("batch", resource.kind()),
        Resource::Pod | Resource::Node | Resource::Event => {
            return Err(UsageError::NotModelled(format!("explain {first}")));
        }
    };
    let path: Vec<&str> = names.collect();
    let path = match path.strip_prefix(&["batch"]).or_else(|| path.strip_prefix(&["v1", "batch"])) {
        Some(rest) => rest,
        None => &path,
    };
    let mut of = Some(StructId::named(kind).get());
    let mut field: Option<(&'static Struct, &'static JsonField)> = None;
    for name in path.iter().filter(|name| !name.is_empty()) {
        let Some(found) = of.and_then(|of| Some((of, of.json_field(name)?))) else {
            let mut printed = Printed::default();
            printed.fail(&format!("error: field \"{name}\" does not exist"));
            return Ok(printed);
        };
        of = struct_of(&found.1.field.kind);
        field = Some(found);
    }
    let mut text = format!("GROUP:      {group}\nKIND:       {kind}\nVERSION:    v1\n\n");
    if let Some((_, field)) = field {
        let required = if field.field.is_marked() { " -required-" } else { "" };
        text += &format!("FIELD: {} <{}>{required}\n\n", field.field.name, type_name(&field.field));
        text += if of.is_some() { "\n" } else { "" };
    }
    text += "DESCRIPTION:\n";
    let words = field.map_or("", |(of, field)| help_of(of, field, world));
    text += &paragraph(if words.is_empty() { "<empty>" } else { words }, "    ");
    text += "    \n";
    match of {
        None => text.push('\n'),
        Some(of) => {
            text += "FIELDS:\n";
            let mut left = MOST;
            fields(of, "  ", explain.recursive, 0, &mut left, world, &mut text);
            text.push('\n');
        }
    }
    Ok(Printed { stdout: text, ..Printed::default() })
}

fn fields(
    of: &'static Struct,
    indent: &str,
    recursive: bool,
    depth: usize,
    left: &mut usize,
    world: &World<'_>,
    text: &mut String,
) {
    for json_field in of.json_fields() {
        let Some(rest) = left.checked_sub(1) else { return };
        *left = rest;
        let field = &json_field.field;
        let required = if field.is_marked() { " -required-" } else { "" };
        *text += &format!("{indent}{}\t<{}>{required}\n", field.name, type_name(field));
        if recursive {
            if let Some(inner) = struct_of(&field.kind).filter(|_| depth < DEPTH) {
                fields(inner, &format!("{indent}  "), true, depth + 1, left, world, text);
            }
            continue;
        }
        let words = help_of(of, json_field, world);
        *text += &paragraph(if words.is_empty() { "<no description>" } else { words }, &format!("{indent}  "));
        text.push('\n');
    }
}

fn help_of<'w>(of: &'static Struct, field: &'static JsonField, world: &World<'w>) -> &'w str {
    let id = FieldId { owner: field.owner(of), name: field.field.name };
    world.help.and_then(|help| help.of(id)).map_or("", |found| found.text)
}

fn struct_of(kind: &Type) -> Option<&'static Struct> {
    match kind {
        Type::Struct(id) => Some(id.get()),
        Type::List(item) | Type::Map(item) => struct_of(item),
        _ => None,
    }
}

fn type_name(field: &Field) -> String {
    name_of(&field.kind)
}

fn name_of(kind: &Type) -> String {
    match kind {
        Type::Text(_) => "string".to_owned(),
        Type::Bool => "boolean".to_owned(),
        Type::Int32 | Type::Int64 => "integer".to_owned(),
        Type::Quantity => "Quantity".to_owned(),
        Type::IntOrString => "IntOrString".to_owned(),
        Type::Time => "Time".to_owned(),
        Type::Raw => "Object".to_owned(),
        Type::Struct(id) => id.get().name.to_owned(),
        Type::List(item) => format!("[]{}", name_of(item)),
        Type::Map(item) => format!("map[string]{}", name_of(item)),
        Type::ResourceList => "map[string]Quantity".to_owned(),
    }
}

/// Words in lines that are not longer than the width, if they can be.
fn paragraph(words: &str, indent: &str) -> String {
    let mut text = String::new();
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            text += &format!("{indent}{line}\n");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    text + &format!("{indent}{line}\n")
}
