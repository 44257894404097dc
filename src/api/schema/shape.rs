//! What belongs at a path of a Job or CronJob: for those who help to write one.

use super::{Struct, StructId, Type};
use crate::api::field_path::{FieldPath, Segment};

/// What belongs somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A struct with these fields, sorted.
    Struct {
        /// Go's name: `JobSpec`.
        name: &'static str,
        /// Its JSON fields.
        fields: Vec<&'static str>,
    },
    /// A map from texts.
    Map,
    /// A list.
    List,
    /// A text.
    Text,
    /// `true` or `false`.
    Truth,
    /// A whole number.
    Number,
    /// A quantity: `500m`, `1Gi`.
    Quantity,
    /// A whole number or a text.
    NumberOrText,
    /// A time.
    Time,
    /// Anything.
    Any,
}

impl Shape {
    /// What belongs at a path of an object of this kind, `Job` or `CronJob`; `None` if there is no such field.
    pub fn at(kind: &str, path: &FieldPath) -> Option<Shape> {
        if !matches!(kind, "Job" | "CronJob") {
            return None;
        }
        let mut found = &Type::Struct(StructId::named(kind));
        for segment in &path.0 {
            found = match (found, segment) {
                (Type::Struct(id), Segment::Field(name)) => &id.get().slot(name)?.field.kind,
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
        Shape::Struct { name: found.name, fields: found.slots().map(|slot| slot.field.name).collect() }
    }
}
