//! Values of JSON as Go prints them: `fmt.Print`, `%#v` and `json.Marshal`.

use crate::api::quoted;
use serde_json::Value;

/// As `fmt.Print` does: `map[a:1 b:[x y]]`, without quotes.
pub(in crate::kubectl) fn printed(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(printed).collect::<Vec<_>>().join(" ")),
        Value::Object(fields) => {
            let fields = sorted(fields).into_iter().map(|(key, value)| format!("{key}:{}", printed(value)));
            format!("map[{}]", fields.collect::<Vec<_>>().join(" "))
        }
    }
}

/// As `%#v` does: `map[string]interface {}{"a":1}`.
pub(in crate::kubectl) fn in_go_syntax(value: &Value) -> String {
    match value {
        Value::Null => "interface {}(nil)".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text).to_string(),
        Value::Array(items) => {
            format!("[]interface {{}}{{{}}}", items.iter().map(in_go_syntax).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let fields =
                sorted(fields).into_iter().map(|(key, value)| format!("{}:{}", quoted(key), in_go_syntax(value)));
            format!("map[string]interface {{}}{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

/// As `json.Marshal` does: keys sorted, and `<`, `>` and `&` written as escapes.
pub(in crate::kubectl) fn json(value: &Value) -> String {
    escaped(&serde_json::to_string(&in_order(value)).unwrap_or_default())
}

/// As `json.MarshalIndent` does, by four blanks.
pub(in crate::kubectl) fn indented_json(value: &Value) -> String {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    // Writing a value to a Vec does not fail.
    let _ = serde::Serialize::serialize(&in_order(value), &mut serializer);
    escaped(&String::from_utf8_lossy(&bytes))
}

fn escaped(json: &str) -> String {
    json.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

fn in_order(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(in_order).collect()),
        Value::Object(fields) => {
            Value::Object(sorted(fields).into_iter().map(|(key, value)| (key.clone(), in_order(value))).collect())
        }
        other => other.clone(),
    }
}

/// The fields of a map in the order in which Go prints them.
pub(in crate::kubectl) fn sorted(fields: &serde_json::Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
    crate::order::sort_by_key(&mut fields, |(key, _)| *key);
    fields
}

/// How two simple values stand to each other; `None` if they are not of one kind.
pub(in crate::kubectl) fn compared(one: &Value, other: &Value) -> Option<std::cmp::Ordering> {
    match (one, other) {
        (Value::Bool(one), Value::Bool(other)) => Some(one.cmp(other)),
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        (Value::Number(one), Value::Number(other)) => match (one.as_i64(), other.as_i64()) {
            (Some(one), Some(other)) => Some(one.cmp(&other)),
            _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
        },
        _ => None,
    }
}
