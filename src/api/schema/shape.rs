//! The type of the value at a path of a Job or CronJob.

use super::{Struct, StructId, Type};
use crate::api::field_path::{FieldPath, Segment};

/// The type of a value.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// By Go's name (`JobSpec`), with its JSON fields, sorted.
    Struct {
        name: &'static str,
        fields: Vec<&'static str>,
    },
    /// From texts.
    Map,
    List,
    Text,
    Truth,
    /// A whole number.
    Number,
    /// `500m`, `1Gi`.
    Quantity,
    /// A whole number or a text.
    NumberOrText,
    /// RFC 3339.
    Time,
    Any,
}

impl Shape {
    /// The type at a path of an object of this kind, `Job` or `CronJob`; `None` if there is no such field.
    pub fn at(kind: &str, path: &FieldPath) -> Option<Shape> {
        if !matches!(kind, "Job" | "CronJob") {
            return None;
        }
        let mut found = &Type::Struct(StructId::named(kind));
        for segment in &path.0 {
            found = match (found, segment) {
                (Type::Struct(id), Segment::Field(name)) => &id.get().json_field(name)?.field.kind,
                (Type::List(item), Segment::Index(_)) | (Type::Map(item), Segment::Key(_)) => item,
                (Type::ResourceList, Segment::Key(_)) => &Type::Quantity,
                _ => return None,
            };
        }
        Some(Shape::of(found))
    }

    fn of(found: &Type) -> Shape {
        match found {
            Type::Struct(id) => Shape::of_struct(id.get()),
            Type::Map(_) | Type::ResourceList => Shape::Map,
            Type::List(_) => Shape::List,
            Type::Text(_) => Shape::Text,
            Type::Bool => Shape::Truth,
            Type::Int32 | Type::Int64 => Shape::Number,
            Type::Quantity => Shape::Quantity,
            Type::IntOrString => Shape::NumberOrText,
            Type::Time => Shape::Time,
            Type::Raw => Shape::Any,
        }
    }

    fn of_struct(found: &'static Struct) -> Shape {
        Shape::Struct { name: found.name, fields: found.json_fields().map(|slot| slot.field.name).collect() }
    }
}
