//! What cannot be decoded: fields that do not exist where they stand, and values of another type.

use super::values;
use crate::api::{Problem, Shape};
use crate::manifest::ValueKind;
use serde_json::Value;

/// Why a field cannot be decoded. `field`: the last name of the path to it.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// The struct around it, by Go's name (`JobSpec`), does not have this field. Empty where nothing is known of it.
    UnknownField { field: String, of: &'static str },
    /// A field of another struct, that at `to`: `spec.template.spec`; empty for the root.
    Misplaced { field: String, to: String },
    /// A value of another type than the wanted one.
    WrongType { field: String, wanted: Shape, found: ValueKind },
    /// A number that is not whole or does not fit.
    NotAWholeNumber { field: String },
    /// Not a quantity.
    NotAQuantity { field: String },
    /// Not a time of RFC 3339.
    NotATime { field: String },
}

impl Malformed {
    /// Why a value cannot be decoded.
    pub(super) fn of_problem(manifest: &Value, problem: &Problem) -> Malformed {
        let field = values::name_of(&problem.path);
        let wanted = values::kind(manifest).and_then(|kind| Shape::at(kind, &problem.path)).unwrap_or(Shape::Any);
        let found = match values::at_field(manifest, &problem.path) {
            Value::Null => ValueKind::Nothing,
            Value::Bool(_) => ValueKind::Truth,
            Value::Number(_) => ValueKind::Number,
            Value::String(_) => ValueKind::Text,
            Value::Array(_) => ValueKind::List,
            Value::Object(_) => ValueKind::Map,
        };
        match (&wanted, found) {
            (Shape::Number | Shape::NumberOrText, ValueKind::Number) => Malformed::NotAWholeNumber { field },
            (Shape::Quantity, _) => Malformed::NotAQuantity { field },
            (Shape::Time, ValueKind::Text) => Malformed::NotATime { field },
            _ => Malformed::WrongType { field, wanted, found },
        }
    }
}
