//! Strategic merge patch, as `kubectl patch` sends it: maps are merged, `null` removes, a list is replaced or merged by
//! the key that the schema names.

use super::Refusal;
use crate::api::go_text;
use crate::api::schema::{ListMerge, Struct, StructId, Type, decode, drop_empty};
use serde_json::{Map, Value};

/// The patched object, decoded.
pub(super) fn apply(kind: StructId, mut object: Value, patch: &Value) -> Result<Value, Refusal> {
    merge(&mut object, patch, Some(kind.get()));
    match decode(kind, &object) {
        Ok(mut decoded) => {
            drop_empty(kind, &mut decoded.value);
            Ok(decoded.value)
        }
        Err(error) => {
            let patch = go_text::quoted(&go_value(patch));
            let message = format!(" \"\" is invalid: patch: Invalid value: {patch}: {error}");
            Err(Refusal { message, causes: Vec::new(), decode_error: Some(error) })
        }
    }
}

/// `of`: the struct that is patched; `None` for a map of texts.
fn merge(target: &mut Value, patch: &Value, of: Option<&'static Struct>) {
    let Value::Object(changes) = patch else {
        *target = patch.clone();
        return;
    };
    if patch["$patch"] == "replace" || !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(fields) = target else { return };
    for (name, change) in changes.iter().filter(|(name, _)| !name.starts_with('$')) {
        if change.is_null() || change["$patch"] == "delete" {
            fields.remove(name);
            continue;
        }
        let slot = of.and_then(|of| of.slot(name));
        let field = fields.entry(name.clone()).or_insert(Value::Null);
        match (slot.map(|slot| &slot.field.kind), field.as_array_mut(), change.as_array()) {
            (Some(Type::List(item)), Some(items), Some(changes)) => {
                let how = slot.map_or(ListMerge::Replace, |slot| slot.field.list_merge());
                merge_list(items, changes, how, struct_of(item));
            }
            (kind, ..) => merge(field, change, kind.and_then(struct_of)),
        }
    }
}

fn struct_of(kind: &Type) -> Option<&'static Struct> {
    if let Type::Struct(id) = kind { Some(id.get()) } else { None }
}

fn merge_list(items: &mut Vec<Value>, changes: &[Value], how: ListMerge, of: Option<&'static Struct>) {
    let replaces = changes.iter().any(|change| change["$patch"] == "replace");
    let changes = changes.iter().filter(|change| change["$patch"] != "replace");
    match how {
        _ if replaces || how == ListMerge::Replace => *items = changes.cloned().collect(),
        ListMerge::Replace => {}
        ListMerge::AsSet => {
            for change in changes {
                if !items.contains(change) {
                    items.push(change.clone());
                }
            }
        }
        ListMerge::ByKey(key) => {
            for change in changes {
                let position = items.iter().position(|item| item[key] == change[key]);
                match position {
                    Some(position) if change["$patch"] == "delete" => drop(items.remove(position)),
                    Some(position) => merge(&mut items[position], change, of),
                    None if change["$patch"] == "delete" => {}
                    None => items.push(change.clone()),
                }
            }
        }
    }
}

/// As Go's `%v` prints it: `map[spec:map[parallelism:3]]`.
fn go_value(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => go_text::number(number),
        Value::Bool(truth) => truth.to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(go_value).collect::<Vec<_>>().join(" ")),
        Value::Object(fields) => {
            let entries: Vec<String> = fields.iter().map(|(key, value)| format!("{key}:{}", go_value(value))).collect();
            format!("map[{}]", entries.join(" "))
        }
    }
}
