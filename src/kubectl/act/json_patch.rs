//! JSON merge patch (RFC 7386) and JSON patch (RFC 6902).

use crate::api::json_kind;
use serde_json::Value;

/// An object with a merge patch applied.
pub(super) fn merged(target: &Value, patch: &Value) -> Value {
    let Value::Object(changes) = patch else { return patch.clone() };
    let mut fields = target.as_object().cloned().unwrap_or_default();
    for (key, change) in changes {
        match change {
            Value::Null => drop(fields.remove(key)),
            change => {
                let old = fields.get(key).cloned().unwrap_or(Value::Null);
                fields.insert(key.clone(), merged(&old, change));
            }
        }
    }
    Value::Object(fields)
}

/// What the server says of a patch that cannot be applied, whatever the reason.
const REJECTED: &str = "The request is invalid: the server rejected our request due to an error in our request";

/// An object with the operations of a JSON patch applied, in order.
///
/// # Errors
/// What kubectl prints.
pub(super) fn applied(target: &Value, patch: &Value) -> Result<Value, String> {
    let Value::Array(operations) = patch else {
        let got = json_kind(patch);
        return Err(format!(
            "Error from server (BadRequest): json: cannot unmarshal {got} into Go value of type jsonpatch.Patch"
        ));
    };
    let mut value = target.clone();
    for operation in operations.iter().take(1000) {
        apply(&mut value, operation).ok_or_else(|| REJECTED.to_owned())?;
    }
    Ok(value)
}

fn apply(value: &mut Value, operation: &Value) -> Option<()> {
    let path = operation["path"].as_str()?;
    let given = operation.get("value");
    match operation["op"].as_str()? {
        "add" => add(value, path, given?.clone()),
        "remove" => remove(value, path).map(drop),
        "replace" => {
            *value.pointer_mut(path)? = given?.clone();
            Some(())
        }
        "test" => (value.pointer(path).unwrap_or(&Value::Null) == given.unwrap_or(&Value::Null)).then_some(()),
        "move" => {
            let moved = remove(value, operation["from"].as_str()?)?;
            add(value, path, moved)
        }
        "copy" => {
            let copied = value.pointer(operation["from"].as_str()?)?.clone();
            add(value, path, copied)
        }
        _ => None,
    }
}

/// The parent of what a pointer points to, and its key there.
fn parent<'v>(value: &'v mut Value, path: &str) -> Option<(&'v mut Value, String)> {
    let (parent, key) = path.rsplit_once('/')?;
    Some((value.pointer_mut(parent)?, key.replace("~1", "/").replace("~0", "~")))
}

fn add(value: &mut Value, path: &str, new: Value) -> Option<()> {
    match parent(value, path)? {
        (Value::Object(fields), key) => drop(fields.insert(key, new)),
        (Value::Array(items), key) if key == "-" => items.push(new),
        (Value::Array(items), key) => {
            let place: usize = key.parse().ok()?;
            (place <= items.len()).then(|| items.insert(place, new))?;
        }
        _ => return None,
    }
    Some(())
}

fn remove(value: &mut Value, path: &str) -> Option<Value> {
    match parent(value, path)? {
        (Value::Object(fields), key) => fields.remove(&key),
        (Value::Array(items), key) => {
            let place: usize = key.parse().ok()?;
            (place < items.len()).then(|| items.remove(place))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{applied, merged};
    use serde_json::json;

    #[test]
    fn a_merge_patch_replaces_lists_and_removes_by_null() {
        let old = json!({ "a": [1, 2], "b": { "c": 1, "d": 2 } });
        assert_eq!(merged(&old, &json!({ "a": [3], "b": { "c": null } })), json!({ "a": [3], "b": { "d": 2 } }));
    }

    #[test]
    fn the_operations_of_a_json_patch() {
        let old = json!({ "a": [1, 2], "b": { "c": 1 } });
        let all = json!([
            { "op": "test", "path": "/b/c", "value": 1 },
            { "op": "add", "path": "/a/-", "value": 3 },
            { "op": "remove", "path": "/a/0" },
            { "op": "copy", "from": "/b/c", "path": "/b/d" },
            { "op": "move", "from": "/b/c", "path": "/x~1y" },
            { "op": "replace", "path": "/b/d", "value": 5 },
        ]);
        assert_eq!(applied(&old, &all), Ok(json!({ "a": [2, 3], "b": { "d": 5 }, "x/y": 1 })));
        for bad in [json!([{ "op": "remove", "path": "/nope" }]), json!([{ "op": "x" }]), json!([1])] {
            assert!(applied(&old, &bad).is_err(), "{bad}");
        }
    }
}
