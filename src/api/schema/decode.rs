//! JSON → the value as Go's structs hold it: unknown fields and wrong types found, quantities canonical, empty fields
//! gone. In the words of sigs.k8s.io/json, whose order and precedence this keeps (V4); or of the reader of patched
//! objects, which names no field and ends at the first wrong type.

use super::{Field, JsonField, Struct, StructId, Type};
use crate::api::field_path::{FieldPath, Segment};
use crate::api::go_text;
use crate::api::go_time;
use crate::api::quantity::{Quantity, QuantityError};
use crate::order;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt;

/// The most unknown fields that one error lists.
const MAX_UNKNOWN: usize = 100;

/// A value as Go's structs hold it.
#[derive(Clone, Debug)]
pub(in crate::api) struct Decoded {
    /// Fields sorted; what is absent is null, empty or zero in Go.
    pub(in crate::api) value: Value,
    /// Fields that no struct has, in order.
    pub(in crate::api) unknown: Vec<FieldPath>,
}

/// Why a manifest cannot be decoded as the kind that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// A value has the wrong type, or is not a number, quantity or time. Nothing else is reported beside it.
    Wrong(Problem),
    /// Fields that do not exist, in order.
    Unknown(Vec<FieldPath>),
}

/// What is wrong with one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub path: FieldPath,
    /// The API server's whole sentence. For output only.
    pub message: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DecodeError::Wrong(problem) => f.write_str(&problem.message),
            DecodeError::Unknown(paths) => {
                let quoted = paths.iter().map(|path| go_text::quoted(&path.to_string()));
                let fields: Vec<String> = quoted.map(|path| format!("unknown field {path}")).collect();
                write!(f, "strict decoding error: {}", fields.join(", "))
            }
        }
    }
}

impl DecodeError {
    /// The fields that are wrong, in order.
    pub fn paths(&self) -> impl Iterator<Item = &FieldPath> {
        match self {
            DecodeError::Wrong(problem) => std::slice::from_ref(&problem.path).iter(),
            DecodeError::Unknown(paths) => paths.iter(),
        }
    }
}

impl Decoded {
    /// The value, if it has no unknown field.
    pub(in crate::api) fn strict(self) -> Result<Value, DecodeError> {
        if self.unknown.is_empty() { Ok(self.value) } else { Err(DecodeError::Unknown(self.unknown)) }
    }
}

/// Which of Go's decoders reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reader {
    /// Of whole manifests.
    #[default]
    Json,
    /// Of objects that a patch has changed. Upstream: apimachinery runtime/converter.go fromUnstructured.
    Converter,
}

/// Reads a manifest as a struct.
pub(in crate::api) fn decode(kind: StructId, value: &Value) -> Result<Decoded, DecodeError> {
    read(Reader::Json, kind, value)
}

/// Reads a patched object as a struct. Of two values with wrong types, the reported one is
/// not always Go's first.
pub(in crate::api) fn decode_patched(kind: StructId, value: &Value) -> Result<Decoded, DecodeError> {
    let mut decoded = read(Reader::Converter, kind, value)?;
    order::sort_by_key(&mut decoded.unknown, FieldPath::to_string);
    Ok(decoded)
}

fn read(reader: Reader, kind: StructId, value: &Value) -> Result<Decoded, DecodeError> {
    let mut decoder = Decoder { reader, ..Decoder::default() };
    let decoded = decoder.value(&Type::Struct(kind), value).map_err(DecodeError::Wrong)?;
    match decoder.first_mistake {
        Some(problem) => Err(DecodeError::Wrong(problem)),
        None => Ok(Decoded { value: decoded, unknown: decoder.unknown }),
    }
}

#[derive(Default)]
struct Decoder {
    reader: Reader,
    path: Vec<Segment>,
    /// As Go's errors name the place: embedded structs too, but no list index.
    go_path: Vec<&'static str>,
    /// The struct whose field is being read.
    owner: &'static str,
    /// Go goes on after a wrong type, and reports the first at the end.
    first_mistake: Option<Problem>,
    unknown: Vec<FieldPath>,
}

impl Decoder {
    /// An error here ends reading at once: it comes out of a type's own reader.
    fn value(&mut self, kind: &Type, value: &Value) -> Result<Value, Problem> {
        match (kind, value) {
            (Type::Quantity, _) => self.quantity(value),
            (Type::IntOrString, Value::Null) => Ok(Value::from(0)),
            (Type::IntOrString, Value::String(_)) | (Type::Raw, _) => Ok(value.clone()),
            (Type::IntOrString, _) => match integer(value, i64::from(i32::MAX)) {
                Some(number) => Ok(Value::from(number)),
                None => Err(self.wrong_type(value, &Type::Int32)),
            },
            (Type::Time, Value::String(text)) => match go_time::error(text) {
                None => Ok(value.clone()),
                Some(message) => Err(self.problem(message)),
            },
            (Type::Time, Value::Null) => Ok(Value::Null),
            (Type::Time, _) => Err(self.wrong_type(value, &Type::Text("string"))),
            (_, Value::Null) => Ok(zero(kind)),
            (Type::Text(_), Value::String(_)) | (Type::Bool, Value::Bool(_)) => Ok(value.clone()),
            (Type::Int32, Value::Number(_)) => self.integer(value, kind, i64::from(i32::MAX)),
            (Type::Int64, Value::Number(_)) => self.integer(value, kind, i64::MAX),
            (Type::List(item), Value::Array(items)) => self.list(item, items),
            (Type::Map(item), Value::Object(entries)) => self.map(item, entries),
            (Type::ResourceList, Value::Object(entries)) => self.map(&Type::Quantity, entries),
            (Type::Struct(id), Value::Object(fields)) => self.object(id.get(), fields),
            _ => self.mistake(value, kind),
        }
    }

    fn list(&mut self, item: &Type, items: &[Value]) -> Result<Value, Problem> {
        let mut list = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            self.path.push(Segment::Index(index));
            list.push(self.value(item, value)?);
            self.path.pop();
        }
        Ok(Value::Array(list))
    }

    fn map(&mut self, item: &Type, entries: &Map<String, Value>) -> Result<Value, Problem> {
        let mut map = Map::new();
        for (key, value) in entries {
            self.path.push(Segment::Key(key.clone()));
            map.insert(key.clone(), self.value(item, value)?);
            self.path.pop();
        }
        Ok(Value::Object(map))
    }

    fn object(&mut self, of: &'static Struct, fields: &Map<String, Value>) -> Result<Value, Problem> {
        let mut object = Map::new();
        for (name, value) in fields {
            let Some(slot) = of.json_field(name) else {
                self.unknown_field(name);
                continue;
            };
            let depth = self.go_path.len();
            let outer = std::mem::replace(&mut self.owner, of.name);
            self.go_path.extend(&slot.embedded);
            self.go_path.push(slot.field.name);
            self.path.push(Segment::Field(Cow::Borrowed(slot.field.name)));
            let decoded =
                if value.is_null() && slot.field.pointer { Value::Null } else { self.value(&slot.field.kind, value)? };
            self.path.pop();
            self.go_path.truncate(depth);
            self.owner = outer;
            if slot.field.always || is_empty_collection(&decoded) || !is_omitted(&slot.field, &decoded) {
                object.insert(name.clone(), decoded);
            }
        }
        add_zeroes(of, &mut object);
        Ok(Value::Object(object))
    }

    fn unknown_field(&mut self, name: &str) {
        if self.unknown.len() < MAX_UNKNOWN {
            let mut path = self.path.clone();
            path.push(Segment::Field(Cow::Owned(name.to_owned())));
            self.unknown.push(FieldPath(path));
        }
    }

    fn integer(&mut self, value: &Value, kind: &Type, max: i64) -> Result<Value, Problem> {
        let number = match self.reader {
            Reader::Json => integer(value, max),
            Reader::Converter => whole(value).map(|number| if *kind == Type::Int32 { wrapped(number) } else { number }),
        };
        match number {
            Some(number) => Ok(Value::from(number)),
            None => self.mistake(value, kind),
        }
    }

    fn quantity(&mut self, value: &Value) -> Result<Value, Problem> {
        let text = match value {
            Value::Null => return Ok(zero(&Type::Quantity)),
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => go_text::number(number),
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Err(self.problem(QuantityError::Format.to_string()));
            }
        };
        match Quantity::parse(&text) {
            Ok(quantity) => Ok(Value::String(quantity.stored(&text))),
            Err(error) => Err(self.problem(error.to_string())),
        }
    }

    fn mistake(&mut self, value: &Value, want: &Type) -> Result<Value, Problem> {
        if self.reader == Reader::Converter {
            return Err(self.problem(not_converted(value, want)));
        }
        if self.first_mistake.is_none() {
            self.first_mistake = Some(self.wrong_type(value, want));
        }
        Ok(zero(want))
    }

    fn wrong_type(&self, value: &Value, want: &Type) -> Problem {
        let got = match value {
            Value::Number(number) if matches!(want, Type::Int32 | Type::Int64) => {
                format!("number {}", go_text::number(number))
            }
            other => go_text::kind(other).to_owned(),
        };
        let want = want.go_name();
        if self.go_path.is_empty() || self.reader == Reader::Converter {
            return self.problem(format!("json: cannot unmarshal {got} into Go value of type {want}"));
        }
        let (owner, path) = (self.owner, self.go_path.join("."));
        self.problem(format!("json: cannot unmarshal {got} into Go struct field {owner}.{path} of type {want}"))
    }

    fn problem(&self, message: String) -> Problem {
        Problem { path: FieldPath(self.path.clone()), message }
    }
}

/// Removes empty lists and maps that were written: validation treats some of them differently from absent ones, and Go
/// does not store them.
pub(in crate::api) fn drop_empty(kind: StructId, value: &mut Value) {
    drop_empty_in(&Type::Struct(kind), value);
}

fn drop_empty_in(kind: &Type, value: &mut Value) {
    match (kind, value) {
        (Type::Struct(id), Value::Object(fields)) => fields.retain(|name, value| {
            let Some(JsonField { field, .. }) = id.get().json_field(name) else { return true };
            drop_empty_in(&field.kind, value);
            field.always || !is_empty_collection(value) || !is_omitted(field, value)
        }),
        (Type::List(item), Value::Array(items)) => items.iter_mut().for_each(|value| drop_empty_in(item, value)),
        _ => {}
    }
}

/// `[]` or `{}`.
pub(super) fn is_empty_collection(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// Whether Go's `omitempty` leaves a field out.
fn is_omitted(field: &Field, value: &Value) -> bool {
    if value.is_null() {
        return true;
    }
    !field.pointer
        && match value {
            Value::Null => true,
            Value::Bool(truth) => !truth,
            Value::Number(number) => number.as_i64() == Some(0),
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty() && !matches!(field.kind, Type::Struct(_)),
        }
}

/// Adds the fields that Go writes even when they are not given.
fn add_zeroes(of: &'static Struct, object: &mut Map<String, Value>) {
    for slot in of.json_fields().filter(|slot| slot.field.always) {
        if !object.contains_key(slot.field.name) {
            let zero = if slot.field.pointer { Value::Null } else { zero(&slot.field.kind) };
            object.insert(slot.field.name.to_owned(), zero);
        }
    }
}

fn zero(kind: &Type) -> Value {
    match kind {
        Type::Text(_) => Value::from(""),
        Type::Bool => Value::Bool(false),
        Type::Int32 | Type::Int64 | Type::IntOrString => Value::from(0),
        Type::Quantity => Value::from("0"),
        Type::Time | Type::Raw | Type::List(_) | Type::Map(_) | Type::ResourceList => Value::Null,
        Type::Struct(id) => {
            let mut object = Map::new();
            add_zeroes(id.get(), &mut object);
            Value::Object(object)
        }
    }
}

/// A whole number within `-max - 1 ..= max`.
fn integer(value: &Value, max: i64) -> Option<i64> {
    let number = value.as_number()?;
    let number = number.as_i64().or_else(|| {
        let float = number.as_f64().filter(|_| number.is_f64())?;
        (float.fract() == 0.0 && float.abs() < 9.2e18).then_some(float as i64)
    })?;
    (-max - 1..=max).contains(&number).then_some(number)
}

/// A whole number of any size, as Go converts it to int64: what is too large becomes the least int64.
fn whole(value: &Value) -> Option<i64> {
    let float = value.as_f64().filter(|float| float.fract() == 0.0)?;
    let fits = (i64::MIN as f64..i64::MAX as f64).contains(&float);
    Some(value.as_i64().unwrap_or(if fits { float as i64 } else { i64::MIN }))
}

/// Its low 32 bits: a patch is not refused for a number that is too large.
fn wrapped(number: i64) -> i64 {
    i64::from(number as i32)
}

/// Why a patched value does not have the wanted type, in the converter's words.
fn not_converted(value: &Value, want: &Type) -> String {
    let got = match value {
        Value::Null => "invalid",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float64",
        Value::Number(_) => "int64",
        Value::String(_) => "string",
        Value::Array(_) => "slice",
        Value::Object(_) => "map",
    };
    match want {
        Type::Struct(_) => format!("cannot restore struct from: {got}"),
        Type::List(_) => format!("cannot restore slice from {got}"),
        Type::Map(_) | Type::ResourceList => format!("cannot restore map from {got}"),
        // Go converts any number to any other, and integers to texts: that far this tries.
        Type::Text(_) if got == "int64" => format!("cannot convert int64 to {}", want.go_name()),
        Type::Int32 | Type::Int64 if got == "float64" => format!("cannot convert float64 to {}", want.go_name()),
        Type::Int32 | Type::Int64 | Type::Bool => format!("unrecognized type: {}", want.go_name()),
        Type::Text(_) | Type::Quantity | Type::IntOrString | Type::Time | Type::Raw => {
            "unrecognized type: string".to_owned()
        }
    }
}
