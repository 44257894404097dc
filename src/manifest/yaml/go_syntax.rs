//! Values as Go's `%#v` prints them, and floats as its `%g` does: for messages about keys.

use serde_json::Value;

/// A value on its own.
pub(super) fn alone(value: &Value) -> String {
    if value.is_null() { "<nil>".to_owned() } else { within(value) }
}

/// A value within another.
fn within(value: &Value) -> String {
    match value {
        Value::Null => "interface {}(nil)".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => match number.as_u64().filter(|number| *number > i64::MAX as u64) {
            Some(unsigned) => format!("{unsigned:#x}"),
            None => match number.as_f64() {
                Some(float) if number.is_f64() => general(&format!("{float:e}"), &float.to_string()),
                _ => number.to_string(),
            },
        },
        Value::String(text) => crate::api::quoted(text),
        Value::Array(items) => {
            format!("[]interface {{}}{{{}}}", items.iter().map(within).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(key, value)| format!("{}:{}", crate::api::quoted(key), within(value))).collect();
            format!("map[interface {{}}]interface {{}}{{{}}}", fields.join(", "))
        }
    }
}

/// A float as a key: `FormatFloat(number, 'g', -1, 32)`, rounded to 32 bits.
pub(super) fn float_key(number: f64) -> String {
    let number = number as f32;
    if number.is_nan() {
        return ".nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    general(&format!("{number:e}"), &number.to_string())
}

/// The one of two ways to write a float that `%g` chooses.
fn general(scientific: &str, plain: &str) -> String {
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return plain.to_owned() };
    match exponent.parse::<i32>() {
        Ok(exponent) if !(-4..6).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{mantissa}e{sign}{:02}", exponent.abs())
        }
        _ => plain.to_owned(),
    }
}
