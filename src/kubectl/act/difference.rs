//! The strategic merge patch that makes one object of another: what an input of the text is.

use serde_json::{Map, Value, json};

/// From one object to another; what only the server writes is left out.
pub(super) fn between(old: &Value, new: &Value) -> Value {
    let mut patch = Map::new();
    let metadata = ["labels", "annotations", "finalizers", "ownerReferences"].iter().filter_map(|field| {
        let change = change(&old["metadata"][*field], &new["metadata"][*field])?;
        Some(((*field).to_owned(), change))
    });
    let mut metadata: Map<String, Value> = metadata.collect();
    for field in ["name", "namespace"] {
        if old["metadata"][field] != new["metadata"][field] {
            metadata.insert(field.to_owned(), new["metadata"][field].clone());
        }
    }
    if !metadata.is_empty() {
        patch.insert("metadata".to_owned(), Value::Object(metadata));
    }
    if let Some(spec) = change(&old["spec"], &new["spec"]) {
        patch.insert("spec".to_owned(), spec);
    }
    Value::Object(patch)
}

/// `None` if there is none.
fn change(old: &Value, new: &Value) -> Option<Value> {
    match (old, new) {
        (old, new) if old == new => None,
        (Value::Object(old), Value::Object(new)) => {
            let removed = old.keys().filter(|key| !new.contains_key(*key)).map(|key| (key.clone(), Value::Null));
            let changed = new
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), change(old.get(key).unwrap_or(&Value::Null), value)?)));
            Some(Value::Object(removed.chain(changed).collect()))
        }
        // A list of objects would be merged by their keys: it says that it is meant as a whole.
        (Value::Array(_), Value::Array(new)) if new.iter().any(Value::is_object) => {
            Some(Value::Array(new.iter().cloned().chain([json!({ "$patch": "replace" })]).collect()))
        }
        (_, new) => Some(new.clone()),
    }
}

/// What `kubectl apply` sends: what the manifest has otherwise, and what it does not have any more. Upstream:
/// strategicpatch.CreateThreeWayMergePatch.
pub(super) fn applied(original: &Value, modified: &Value, current: &Value) -> Option<Value> {
    let (Value::Object(modified), Value::Object(known)) = (modified, current) else {
        return match (modified, current) {
            (Value::Array(wanted), Value::Array(known)) => {
                let is_there = wanted.len() == known.len()
                    && wanted.iter().zip(known).all(|(wanted, known)| applied(&Value::Null, wanted, known).is_none());
                (!is_there).then(|| modified.clone())
            }
            (wanted, known) => (wanted != known).then(|| wanted.clone()),
        };
    };
    let mut patch = Map::new();
    for key in original.as_object().into_iter().flat_map(Map::keys) {
        if !modified.contains_key(key) && known.contains_key(key) {
            patch.insert(key.clone(), Value::Null);
        }
    }
    for (key, value) in modified {
        let change = match known.get(key) {
            None if is_nothing(value) => None,
            None => Some(value.clone()),
            Some(known) => applied(&original[key.as_str()], value, known),
        };
        patch.extend(change.map(|change| (key.clone(), change)));
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(Map::is_empty)
}
