//! Fixes for a value of the wrong type.

use super::fix::{Fix, Fixer};
use super::values;
use crate::api::{FieldPath, Problem, Segment, Shape};
use crate::manifest::Path;
use serde_json::{Map, Value, json};

/// The value that was probably meant, else leaving the field out.
pub(super) fn fixes(fixer: &Fixer<'_>, manifest: &Value, problem: &Problem) -> Vec<Fix> {
    let path = Path::from(&problem.path);
    let found = values::at_field(manifest, &problem.path);
    let Some(wanted) = values::kind(manifest).and_then(|kind| Shape::at(kind, &problem.path)) else {
        return Vec::new();
    };
    let meant = match path.last_key() {
        Some("restartPolicy") => vec![json!("Never"), json!("OnFailure")],
        Some("command") => command(found).into_iter().collect(),
        Some("args") => arguments(&values::at_path(manifest, &path.parent())["command"], found).into_iter().collect(),
        _ => {
            let item = values::kind(manifest).and_then(|kind| Shape::at(kind, &item_of(&problem.path)));
            match (&wanted, item) {
                (Shape::List, Some(item)) => list(&item, found).into_iter().collect(),
                _ => meant(fixer, &path, &wanted, found).into_iter().collect(),
            }
        }
    };
    let mut fixes: Vec<Fix> = meant.iter().filter_map(|meant| fixer.write(&path, meant)).collect();
    if fixes.is_empty() {
        fixes.extend(fixer.remove(&path));
    }
    fixes
}

fn meant(fixer: &Fixer<'_>, path: &Path, wanted: &Shape, found: &Value) -> Option<Value> {
    match (wanted, found) {
        (Shape::Number, Value::String(text)) if path.name().contains("Seconds") => seconds(text).map(Value::from),
        // `3x`; of `5m` nobody knows what it means.
        (Shape::Number, Value::String(text)) => text.trim().trim_end_matches('x').parse::<i32>().ok().map(Value::from),
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
        (Shape::Quantity, Value::String(text)) => quantity(text).map(Value::from),
        _ => None,
    }
}

/// What a shell would do with it; a single word is a program.
fn command(found: &Value) -> Option<Value> {
    let line = found.as_str()?.trim();
    let is_word = !line.contains(|letter: char| letter.is_whitespace() || "|&;<>()$`\"'".contains(letter));
    Some(if is_word { json!([line]) } else { json!(["sh", "-c", line]) })
}

/// One for `sh -c`, else one of each word, as a shell without quotes takes them.
fn arguments(command: &Value, found: &Value) -> Option<Value> {
    let line = match found {
        Value::String(line) => line.trim().to_owned(),
        Value::Number(_) | Value::Bool(_) => return Some(json!([found.to_string()])),
        _ => return None,
    };
    let is_script = command.as_array().and_then(|words| words.last()).is_some_and(|last| last == "-c");
    let is_plain = !line.contains(['"', '\'', '\\', '$', '`']);
    let words: Vec<&str> = line.split_whitespace().collect();
    Some(if is_script || !is_plain { json!([line]) } else { json!(words) })
}

fn item_of(list: &FieldPath) -> FieldPath {
    let mut item = list.clone();
    item.0.push(Segment::Index(0));
    item
}

/// A list of what stands there: of the item itself, or of a map from names to items, as other formats have it.
fn list(item: &Shape, found: &Value) -> Option<Value> {
    let fits = |value: &Value| match (item, value) {
        (Shape::Struct { fields, .. }, Value::Object(map)) => {
            !map.is_empty() && map.keys().all(|key| fields.contains(&key.as_str()))
        }
        (Shape::Text, Value::String(_)) | (Shape::Number, Value::Number(_)) => true,
        _ => false,
    };
    if fits(found) {
        return Some(json!([found]));
    }
    let (Shape::Struct { fields, .. }, Value::Object(map)) = (item, found) else { return None };
    let named = |(name, value): (&String, &Value)| {
        let mut item = match value {
            Value::Object(inner) => inner.clone(),
            Value::String(text) if fields.contains(&"value") => Map::from_iter([("value".to_owned(), json!(text))]),
            Value::Number(_) | Value::Bool(_) if fields.contains(&"value") => {
                Map::from_iter([("value".to_owned(), json!(value.to_string()))])
            }
            _ => return None,
        };
        item.insert("name".to_owned(), json!(name));
        let item = Value::Object(item);
        fits(&item).then_some(item)
    };
    if !fields.contains(&"name") || map.is_empty() {
        return None;
    }
    map.iter().map(named).collect::<Option<Vec<Value>>>().map(Value::from)
}

/// `300`, `5m`, `1h30m`, `2 days` in seconds.
fn seconds(text: &str) -> Option<i32> {
    let mut rest = text.trim();
    let mut sum: i32 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, behind) = rest.split_at(digits);
        let behind = behind.trim_start();
        let letters = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at(letters);
        let seconds = match unit.to_lowercase().as_str() {
            "" | "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "h" | "hr" | "hour" | "hours" => 3600,
            "d" | "day" | "days" => 86_400,
            _ => return None,
        };
        sum = number.parse::<i32>().ok()?.checked_mul(seconds)?.checked_add(sum)?;
        rest = behind.trim_start();
    }
    Some(sum)
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
