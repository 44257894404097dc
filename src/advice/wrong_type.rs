//! Fixes for a value of the wrong type.

use super::fix::{Fix, Fixer};
use super::values;
use crate::api::{Problem, Shape};
use crate::manifest::Path;
use serde_json::{Value, json};

/// The value that was probably meant, else leaving the field out.
pub(super) fn fixes(fixer: &Fixer<'_>, manifest: &Value, problem: &Problem) -> Vec<Fix> {
    let path = Path::from(&problem.path);
    let found = values::at_field(manifest, &problem.path);
    let Some(wanted) = values::kind(manifest).and_then(|kind| Shape::at(kind, &problem.path)) else {
        return Vec::new();
    };
    let meant = match path.last_key() {
        Some("restartPolicy") => vec![json!("Never"), json!("OnFailure")],
        _ => meant(fixer, &path, &wanted, found).into_iter().collect(),
    };
    let mut fixes: Vec<Fix> = meant.iter().filter_map(|meant| fixer.write(&path, meant)).collect();
    if fixes.is_empty() {
        fixes.extend(fixer.remove(&path));
    }
    fixes
}

fn meant(fixer: &Fixer<'_>, path: &Path, wanted: &Shape, found: &Value) -> Option<Value> {
    match (wanted, found) {
        (Shape::Number, Value::String(text)) => leading_number(text).map(Value::from),
        (Shape::Number, Value::Number(number)) => {
            let whole = number.as_f64()?.trunc();
            (whole.abs() <= f64::from(i32::MAX)).then(|| json!(whole as i64))
        }
        // As it is written: YAML has read `yes` as true and `010` as 8.
        (Shape::Text, Value::Number(_) | Value::Bool(_)) => fixer.written(path).map(|written| json!(written)),
        (Shape::Truth, Value::String(text)) => match text.to_lowercase().as_str() {
            "true" | "yes" | "y" | "on" | "1" => Some(json!(true)),
            "false" | "no" | "n" | "off" | "0" => Some(json!(false)),
            _ => None,
        },
        (Shape::Truth, Value::Number(number)) => Some(json!(number.as_f64() != Some(0.0))),
        (Shape::List, Value::String(_) | Value::Object(_)) => Some(json!([found])),
        (Shape::Quantity, Value::String(text)) => quantity(text).map(Value::from),
        _ => None,
    }
}

/// The number that a text begins with: `3`, `3x`.
fn leading_number(text: &str) -> Option<i32> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

/// `1 GB`, `64MB`, `100mi` in the API's letters.
fn quantity(text: &str) -> Option<String> {
    let text = text.replace(' ', "");
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = match unit.to_lowercase().as_str() {
        "kb" | "kib" | "ki" => "Ki",
        "mb" | "mib" | "mi" => "Mi",
        "gb" | "gib" | "gi" | "g" => "Gi",
        "tb" | "tib" | "ti" | "t" => "Ti",
        _ => return None,
    };
    number.parse::<f64>().ok().map(|_| format!("{number}{unit}"))
}
