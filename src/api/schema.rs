//! The shape of Job and CronJob with everything in them: which fields there are, their Go types and names. One text
//! table (`schema/types.txt`, its header says how it was made), read at the first use.
//! Knows no rule about values: those are in `defaulting` and `validation`.

mod decode;
mod internal;
mod shape;

pub use decode::{DecodeError, Problem};
pub(super) use decode::{decode, decode_patched, drop_empty};
pub(super) use internal::internal_json;
pub use shape::Shape;

use crate::order::{self, Map};
use std::sync::OnceLock;

const TABLE: &str = include_str!("schema/types.txt");

/// A struct, by its place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StructId(u16);

/// A Go struct.
#[derive(Debug)]
pub struct Struct {
    /// `PodSpec`.
    pub name: &'static str,
    /// Declared in apimachinery: its fields have JSON names in internal objects too.
    has_json_names: bool,
    /// In the order of the internal type.
    fields: Vec<Field>,
    /// Every JSON field, those of embedded structs included.
    by_name: Map<&'static str, JsonField>,
}

/// A JSON field and the embedded structs through which it is reached.
#[derive(Debug)]
pub struct JsonField {
    embedded: Vec<&'static str>,
    /// The field itself.
    pub field: Field,
}

impl JsonField {
    /// The struct that declares the field: an embedded one, where it was looked through.
    pub fn owner(&self, outer: &'static Struct) -> &'static str {
        self.embedded.last().copied().unwrap_or(outer.name)
    }
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// JSON name; of an embedded struct its Go name.
    pub name: &'static str,
    go_name: Option<&'static str>,
    embedded: bool,
    /// Its type.
    pub kind: Type,
    pointer: bool,
    /// `!` in the table.
    marked: bool,
    always: bool,
    merge: Option<&'static str>,
}

/// A Go type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `string`, or a type of its own that is one.
    Text(&'static str),
    /// `bool`.
    Bool,
    /// `int32`.
    Int32,
    /// `int64`.
    Int64,
    /// `resource.Quantity`.
    Quantity,
    /// `intstr.IntOrString`.
    IntOrString,
    /// `metav1.Time`.
    Time,
    /// Anything at all.
    Raw,
    /// A struct of the table.
    Struct(StructId),
    /// A list.
    List(Box<Type>),
    /// A map from texts.
    Map(Box<Type>),
    /// `v1.ResourceList`: a map of quantities with a name of its own.
    ResourceList,
}

/// How a strategic merge patch treats a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListMerge {
    /// The whole list is replaced.
    Replace,
    /// Items with an equal field are merged.
    ByKey(&'static str),
    /// Values are added.
    AsSet,
}

impl Field {
    /// How a patch treats it, if it is a list.
    pub(super) fn list_merge(&self) -> ListMerge {
        match self.merge {
            Some("merge") => ListMerge::AsSet,
            Some(key) => ListMerge::ByKey(key),
            None => ListMerge::Replace,
        }
    }

    /// Whether Go always writes it: it has to have a value, were there no default.
    pub fn is_marked(&self) -> bool {
        self.marked && !self.pointer
    }

    /// Whether zero differs from absent.
    pub(super) fn is_pointer(&self) -> bool {
        self.pointer
    }

    fn go_name(&self) -> String {
        match self.go_name {
            Some(name) => name.to_owned(),
            None => {
                let (first, rest) = self.name.split_at(1);
                first.to_uppercase() + rest
            }
        }
    }
}

impl Struct {
    /// A field by its JSON name; embedded structs are looked through.
    pub fn json_field(&self, name: &str) -> Option<&JsonField> {
        self.by_name.get(name)
    }

    /// Every JSON field.
    pub fn json_fields(&self) -> impl Iterator<Item = &JsonField> {
        self.by_name.values()
    }
}

impl StructId {
    /// By its Go name.
    ///
    /// # Panics
    /// If the table has no such struct.
    pub fn named(name: &str) -> StructId {
        let position = table().iter().position(|known| known.name == name);
        StructId(position.expect("a struct of the table") as u16)
    }

    /// The struct.
    pub fn get(self) -> &'static Struct {
        &table()[usize::from(self.0)]
    }
}

impl Type {
    /// As Go prints it in errors: `[]v1.Container`.
    fn go_name(&self) -> String {
        match self {
            Type::Text("string") => "string".to_owned(),
            Type::Text(name) if name.contains('.') => (*name).to_owned(),
            Type::Text(name) => format!("v1.{name}"),
            Type::Bool => "bool".to_owned(),
            Type::Int32 => "int32".to_owned(),
            Type::Int64 => "int64".to_owned(),
            Type::Quantity => "resource.Quantity".to_owned(),
            Type::IntOrString => "intstr.IntOrString".to_owned(),
            Type::Time => "v1.Time".to_owned(),
            Type::Raw => "v1.FieldsV1".to_owned(),
            Type::Struct(id) => format!("v1.{}", id.get().name),
            Type::List(item) => format!("[]{}", item.go_name()),
            Type::Map(item) => format!("map[string]{}", item.go_name()),
            Type::ResourceList => "v1.ResourceList".to_owned(),
        }
    }
}

fn table() -> &'static [Struct] {
    static STRUCTS: OnceLock<Vec<Struct>> = OnceLock::new();
    STRUCTS.get_or_init(|| read(TABLE))
}

fn read(table: &'static str) -> Vec<Struct> {
    let lines: Vec<(&str, bool, &str)> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .map(|(name, fields)| match name.strip_suffix('~') {
            Some(name) => (name, true, fields),
            None => (name, false, fields),
        })
        .collect();
    let ids: Map<&str, StructId> =
        order::collect(lines.iter().enumerate().map(|(number, (name, ..))| (*name, StructId(number as u16))));
    let fields: Vec<Vec<Field>> =
        lines.iter().map(|(_, _, fields)| fields.split(", ").map(|field| read_field(field, &ids)).collect()).collect();
    let mut structs = Vec::new();
    for (number, (name, has_json_names, _)) in lines.iter().enumerate() {
        let mut by_name = Map::new();
        collect_json_fields(&fields, number, &mut Vec::new(), &mut by_name);
        let fields = fields[number].clone();
        structs.push(Struct { name, has_json_names: *has_json_names, fields, by_name });
    }
    structs
}

fn collect_json_fields(
    fields: &[Vec<Field>],
    number: usize,
    way: &mut Vec<&'static str>,
    found: &mut Map<&'static str, JsonField>,
) {
    for field in &fields[number] {
        match &field.kind {
            Type::Struct(id) if field.embedded => {
                way.push(field.name);
                collect_json_fields(fields, usize::from(id.0), way, found);
                way.pop();
            }
            _ => {
                found.insert(field.name, JsonField { embedded: way.clone(), field: field.clone() });
            }
        }
    }
}

fn read_field(text: &'static str, ids: &Map<&str, StructId>) -> Field {
    if let Some(name) = text.strip_prefix('+') {
        let kind = read_type(name, ids);
        return Field {
            name,
            go_name: None,
            embedded: true,
            kind,
            pointer: false,
            marked: false,
            always: true,
            merge: None,
        };
    }
    let mut words = text.split(' ');
    let name = words.next().unwrap_or_default();
    let kind = words.next().unwrap_or_default();
    let merge = words.next().and_then(|word| word.strip_prefix('@'));
    let (name, go_name) = match name.split_once('=') {
        Some((name, go_name)) => (name, Some(go_name)),
        None => (name, None),
    };
    let (kind, marked) = match kind.strip_suffix('!') {
        Some(kind) => (kind, true),
        None => (kind, false),
    };
    let (kind, pointer) = match kind.strip_prefix('*') {
        Some(kind) => (kind, true),
        None => (kind, false),
    };
    let kind = read_type(kind, ids);
    // Go's omitempty never leaves out a struct, and a quantity is one.
    let always = marked || !pointer && matches!(kind, Type::Struct(_) | Type::Quantity);
    Field { name, go_name, embedded: false, kind, pointer, marked, always, merge }
}

fn read_type(text: &'static str, ids: &Map<&str, StructId>) -> Type {
    if let Some(item) = text.strip_prefix("[]") {
        return Type::List(Box::new(read_type(item, ids)));
    }
    if let Some(item) = text.strip_prefix("map[string]") {
        return Type::Map(Box::new(read_type(item, ids)));
    }
    match text {
        "bool" => Type::Bool,
        "int32" => Type::Int32,
        "int64" => Type::Int64,
        "resource.Quantity" => Type::Quantity,
        "intstr.IntOrString" => Type::IntOrString,
        "Time" => Type::Time,
        "FieldsV1" => Type::Raw,
        "ResourceList" => Type::ResourceList,
        _ => match ids.get(text) {
            Some(id) => Type::Struct(*id),
            None => Type::Text(text),
        },
    }
}
