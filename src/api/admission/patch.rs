//! Strategic merge patch, as `kubectl patch` sends it: maps are merged, `null` removes, a list is replaced or merged by
//! the key that the schema names. Directives: `$patch` in a map or an item; `$retainKeys`, `$setElementOrder/LIST` and
//! `$deleteFromPrimitiveList/LIST` beside the fields of a map, which kubectl's computed patches have. Upstream:
//! apimachinery strategicpatch/patch.go mergeMap, mergeSlice.

use super::{Refusal, Status};
use crate::api::schema::{DecodeError, ListMerge, Struct, StructId, Type, decode_patched, drop_empty};
use crate::api::validation::{Warning, WarningCause};
use crate::api::{FieldPath, Segment, go_text};
use crate::order;
use serde_json::{Map, Value};
use std::mem;

/// What becomes of fields that do not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldValidation {
    /// They are dropped, with a warning: what a request without `fieldValidation` gets, and so `kubectl patch`.
    Warn,
    /// The request is refused: `kubectl apply`.
    Strict,
}

/// The patched object, and what the API server warns of.
pub(super) fn apply(
    kind: StructId,
    object: Value,
    patch: &Value,
    validation: FieldValidation,
) -> Result<(Value, Vec<Warning>), Refusal> {
    let Value::Object(mut fields) = object else { return Ok((object, Vec::new())) };
    match patch {
        Value::Null => {}
        Value::Object(changes) => merge(&mut fields, changes, Some(kind.get())).map_err(Refusal::internal)?,
        _ => {
            let got = go_text::kind(patch);
            let message = format!("json: cannot unmarshal {got} into Go value of type map[string]interface {{}}");
            return Err(Refusal::other(Status::BadRequest, message));
        }
    }
    let refused = |error: DecodeError| Refusal::of_patch(&go_value(patch), error.to_string());
    let decoded = decode_patched(kind, &Value::Object(fields)).map_err(refused)?;
    let (mut value, warnings) = match validation {
        FieldValidation::Strict => (decoded.strict().map_err(refused)?, Vec::new()),
        FieldValidation::Warn => {
            let warnings = decoded.unknown.iter().map(unknown_field).collect();
            (decoded.value, warnings)
        }
    };
    drop_empty(kind, &mut value);
    Ok((value, warnings))
}

/// What is warned of a field that does not exist.
pub fn unknown_field(path: &FieldPath) -> Warning {
    Warning::new(path.clone(), WarningCause::UnknownField, format!("unknown field \"{path}\""))
}

/// Fields of a patch of an object of this kind, `Job` or `CronJob`, that do not exist; none where something in it has a
/// wrong type. Directives are not fields.
pub fn unknown_fields(kind: &str, patch: &Value) -> Vec<FieldPath> {
    let decoded = decode_patched(StructId::named(kind), patch).map(|decoded| decoded.unknown);
    let is_directive = |path: &FieldPath| matches!(path.0.last(), Some(Segment::Field(name)) if name.starts_with('$'));
    let mut unknown = decoded.unwrap_or_default();
    unknown.retain(|path| !is_directive(path));
    unknown
}

/// `of`: the struct that is patched; `None` for a map of texts.
fn merge(
    target: &mut Map<String, Value>,
    changes: &Map<String, Value>,
    of: Option<&'static Struct>,
) -> Result<(), String> {
    match changes.get("$patch") {
        None => {}
        Some(directive) if directive == "replace" => {
            *target = changes.clone();
            target.remove("$patch");
            return Ok(());
        }
        Some(directive) if directive == "delete" => {
            target.clear();
            return Ok(());
        }
        Some(directive) => return Err(unknown_directive(directive, &go_map(changes))),
    }
    retain_keys(target, changes)?;
    let mut ordered = Vec::new();
    for (directive, order) in changes {
        if let Some(list) = list_of(directive, SET_ELEMENT_ORDER) {
            let name = list.ok_or("invalid patch format of setElementOrder list")?;
            set_element_order(target, name, changes.get(name), order, of)?;
            ordered.push(name);
        }
    }
    for (name, change) in changes {
        if name == RETAIN_KEYS || name.starts_with(SET_ELEMENT_ORDER) || ordered.contains(&&**name) {
            continue;
        }
        if let Some(list) = list_of(name, DELETE_FROM_PRIMITIVE_LIST) {
            let name = list.ok_or("invalid patch format of primitive list")?;
            if let (Some(Value::Array(items)), Value::Array(doomed)) = (target.get_mut(name), change) {
                let doomed = places(doomed, |item| item);
                items.retain(|item| doomed.get(&item.to_string()).is_none());
            }
            continue;
        }
        let kind = of.and_then(|of| of.json_field(name)).map(|found| &found.field);
        match (target.get_mut(name), change) {
            (_, Value::Null) => {
                target.remove(name);
            }
            (Some(Value::Object(fields)), Value::Object(changes)) => {
                merge(fields, changes, kind.and_then(|field| struct_of(&field.kind)))?;
            }
            (Some(Value::Array(items)), Value::Array(changes)) => {
                let (how, of) = list_type(name, of);
                *items = merge_list(mem::take(items), changes, how, of)?;
            }
            _ => match without_directives(change) {
                Some(change) => drop(target.insert(name.clone(), change)),
                None => drop(target.remove(name)),
            },
        }
    }
    Ok(())
}

const RETAIN_KEYS: &str = "$retainKeys";
const SET_ELEMENT_ORDER: &str = "$setElementOrder";
const DELETE_FROM_PRIMITIVE_LIST: &str = "$deleteFromPrimitiveList";

/// The list that a directive is about; `None` within if it names none, `None` if it is another key.
fn list_of<'a>(key: &'a str, directive: &str) -> Option<Option<&'a str>> {
    let rest = key.strip_prefix(directive)?;
    Some(rest.strip_prefix('/'))
}

/// How a list of a struct is merged, and the struct of its items.
fn list_type(name: &str, of: Option<&'static Struct>) -> (ListMerge, Option<&'static Struct>) {
    let field = of.and_then(|of| of.json_field(name)).map(|found| &found.field);
    let how = field.map_or(ListMerge::Replace, |field| field.list_merge());
    (how, field.and_then(|field| if let Type::List(item) = &field.kind { struct_of(item) } else { None }))
}

/// Removes the fields that `$retainKeys` does not name. Upstream: applyRetainKeysDirective.
fn retain_keys(target: &mut Map<String, Value>, changes: &Map<String, Value>) -> Result<(), String> {
    let Some(retained) = changes.get(RETAIN_KEYS) else { return Ok(()) };
    let is_retained = |name: &String| retained.as_array().is_some_and(|keys| keys.iter().any(|key| *key == **name));
    let is_directive = |name: &str| {
        [RETAIN_KEYS, SET_ELEMENT_ORDER, DELETE_FROM_PRIMITIVE_LIST].iter().any(|directive| name.starts_with(directive))
    };
    let mut written = changes.iter().filter(|(name, change)| !change.is_null() && !is_directive(name));
    if !retained.is_array() || written.any(|(name, _)| !is_retained(name)) {
        return Err("invalid patch format of retainKeys".to_owned());
    }
    target.retain(|name, _| is_retained(name));
    Ok(())
}

/// Merges a list as its patch says, and puts it into the order that `$setElementOrder` gives. Upstream:
/// mergePatchIntoOriginal.
fn set_element_order(
    target: &mut Map<String, Value>,
    name: &str,
    change: Option<&Value>,
    order: &Value,
    of: Option<&'static Struct>,
) -> Result<(), String> {
    let list = |value: &Value| match value {
        Value::Array(items) => Ok(items.clone()),
        other => Err(format!("expected a []interface {{}}, but received a {}", go_text::kind(other))),
    };
    let order = list(order)?;
    let before = target.get(name).map(list).transpose()?;
    let change = change.filter(|change| !change.is_null()).map(list).transpose()?;
    let (how, item) = list_type(name, of);
    let key = if let ListMerge::ByKey(key) = how { Some(key) } else { None };
    let of_item = |item: &Value| key.map_or_else(|| item.clone(), |key| item[key].clone());
    if let Some(change) = &change {
        let mut places = order.iter().map(of_item);
        let written = change.iter().filter(|item| key.is_none() || item["$patch"] != "delete");
        if !written.map(of_item).all(|item| places.any(|place| place == item)) {
            let (patch, order) = (go_list(change), go_list(&order));
            return Err(format!(
                "The order in patch list:\n{patch}\n doesn't match {SET_ELEMENT_ORDER} list:\n{order}\n"
            ));
        }
    }
    let merged = match (&before, change) {
        (None, None) => return Ok(()),
        (Some(before), None) => before.clone(),
        (None, Some(change)) => change.iter().filter_map(without_directives).collect(),
        (Some(before), Some(change)) => merge_list(before.clone(), &change, how, item)?,
    };
    let before = before.unwrap_or_default();
    let merged = match key {
        Some(key) => in_order(merged, &order, &before, |item| &item[key]),
        None => in_order(merged, &order, &before, |item| item),
    };
    target.insert(name.to_owned(), Value::Array(merged));
    Ok(())
}

fn struct_of(kind: &Type) -> Option<&'static Struct> {
    if let Type::Struct(id) = kind { Some(id.get()) } else { None }
}

fn unknown_directive(directive: &Value, map: &str) -> String {
    format!("unknown patch type: {} in map: {map}", go_value(directive))
}

/// A value where there was none to merge with. `None`: it was nothing but a directive.
fn without_directives(value: &Value) -> Option<Value> {
    match value {
        Value::Object(fields) if fields.contains_key("$patch") => None,
        Value::Object(fields) => {
            let given = fields.iter().filter(|(_, value)| !value.is_null());
            let kept = given.filter_map(|(name, value)| Some((name.clone(), without_directives(value)?)));
            Some(Value::Object(order::collect(kept)))
        }
        Value::Array(items) => Some(items.iter().filter_map(without_directives).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Some(value.clone()),
    }
}

fn merge_list(
    items: Vec<Value>,
    changes: &[Value],
    how: ListMerge,
    of: Option<&'static Struct>,
) -> Result<Vec<Value>, String> {
    if how == ListMerge::Replace || items.is_empty() && changes.is_empty() {
        return Ok(changes.to_vec());
    }
    let mut all = items.iter().chain(changes).map(mem::discriminant);
    let first = all.next();
    if all.any(|kind| Some(kind) != first) {
        let both = [&items[..], changes].map(go_list).join(" ");
        return Err(format!("list element types are not identical: [{both}]"));
    }
    match how {
        ListMerge::Replace => Ok(changes.to_vec()),
        ListMerge::AsSet => {
            let mut merged = items.clone();
            let mut known = places(&merged, |item| item);
            for change in changes {
                let text = change.to_string();
                if known.get(&text).is_none() {
                    known.insert(text, merged.len());
                    merged.push(change.clone());
                }
            }
            Ok(in_order(merged, changes, &items, |item| item))
        }
        ListMerge::ByKey(key) => merge_by_key(items, changes, key, of),
    }
}

fn merge_by_key(
    mut items: Vec<Value>,
    changes: &[Value],
    key: &'static str,
    of: Option<&'static Struct>,
) -> Result<Vec<Value>, String> {
    let (mut given, mut replaces) = (Vec::new(), false);
    for change in changes {
        let has_key = !change[key].is_null();
        match &change["$patch"] {
            Value::Null if has_key => given.push(change.clone()),
            directive if directive == "replace" => replaces = true,
            directive if directive == "delete" && has_key => items.retain(|item| item[key] != change[key]),
            directive if directive.is_null() || directive == "delete" => {
                return Err(format!("map: {} does not contain declared merge key: {key}", go_value(change)));
            }
            directive if directive == "merge" => {
                return Err("merging lists cannot yet be specified in the patch".to_owned());
            }
            directive => return Err(unknown_directive(directive, &go_value(change))),
        }
    }
    if replaces {
        return Ok(given);
    }
    let mut merged = items.clone();
    let mut known = places(&merged, |item| &item[key]);
    for change in &given {
        let text = change[key].to_string();
        match (known.get(&text).and_then(|place| merged.get_mut(*place)), change) {
            (Some(Value::Object(fields)), Value::Object(changes)) => merge(fields, changes, of)?,
            (there, _) => {
                if there.is_none() {
                    known.insert(text, merged.len());
                }
                merged.push(change.clone());
            }
        }
    }
    Ok(in_order(merged, &given, &items, |item| &item[key]))
}

/// The first place of each item of a list, by the text of what it is known by.
fn places<'v>(items: &'v [Value], key: impl Fn(&'v Value) -> &'v Value) -> order::Map<String, usize> {
    let mut places = order::Map::new();
    for (place, item) in items.iter().enumerate() {
        places.get_or_insert_with(key(item).to_string(), || place);
    }
    places
}

/// Items of the patch in its order, the others where they were before them: what is new comes first.
fn in_order(merged: Vec<Value>, given: &[Value], before: &[Value], key: impl Fn(&Value) -> &Value) -> Vec<Value> {
    let (given, before) = (places(given, &key), places(before, &key));
    let position = |places: &order::Map<String, usize>, item: &Value| places.get(&key(item).to_string()).copied();
    let (mut theirs, rest): (Vec<Value>, Vec<Value>) =
        merged.into_iter().partition(|item| position(&given, item).is_some());
    order::sort_by_key(&mut theirs, |item| position(&given, item));
    let (mut theirs, mut rest) = (theirs.into_iter().peekable(), rest.into_iter().peekable());
    let mut ordered = Vec::new();
    loop {
        let old_is_first = match (rest.peek(), theirs.peek()) {
            (None, None) => return ordered,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (Some(old), Some(new)) => position(&before, new).is_some_and(|new| position(&before, old) < Some(new)),
        };
        ordered.extend(if old_is_first { rest.next() } else { theirs.next() });
    }
}

/// As Go's `%v` prints it: `map[spec:map[parallelism:3]]`.
fn go_value(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => go_text::number(number),
        Value::Bool(truth) => truth.to_string(),
        Value::Array(items) => go_list(items),
        Value::Object(fields) => go_map(fields),
    }
}

fn go_list(items: &[Value]) -> String {
    format!("[{}]", items.iter().map(go_value).collect::<Vec<_>>().join(" "))
}

fn go_map(fields: &Map<String, Value>) -> String {
    let entries: Vec<String> = fields.iter().map(|(key, value)| format!("{key}:{}", go_value(value))).collect();
    format!("map[{}]", entries.join(" "))
}
