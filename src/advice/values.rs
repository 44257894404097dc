//! Values in a manifest, found by their paths; null where there is none.

use crate::api::{FieldPath, Segment};
use crate::manifest::{Path, PathStep};
use serde_json::Value;

/// The kind that a manifest says it is.
pub(super) fn kind(manifest: &Value) -> Option<&str> {
    manifest["kind"].as_str()
}

/// The spec of the Job, wherever the kind has it.
pub(super) fn job_spec(manifest: &Value) -> &Value {
    match kind(manifest) {
        Some("CronJob") => &manifest["spec"]["jobTemplate"]["spec"],
        _ => &manifest["spec"],
    }
}

/// The spec of the pods.
pub(super) fn pod_spec(manifest: &Value) -> &Value {
    &job_spec(manifest)["template"]["spec"]
}

/// The value where the API server finds an error.
pub(super) fn at_field<'v>(value: &'v Value, path: &FieldPath) -> &'v Value {
    path.0.iter().fold(value, |value, segment| match segment {
        Segment::Field(name) => &value[name.as_ref()],
        Segment::Key(key) => &value[key.as_str()],
        Segment::Index(index) => &value[*index],
    })
}

/// The value at a path of the text.
pub(super) fn at_path<'v>(value: &'v Value, path: &Path) -> &'v Value {
    path.0.iter().fold(value, |value, step| match step {
        PathStep::Key(key) => &value[key.as_str()],
        PathStep::Index(index) => &value[*index],
    })
}

/// The name of a field; of an item, the name of its list.
pub(super) fn name_of(path: &FieldPath) -> String {
    let name = path.0.iter().rev().find_map(|segment| match segment {
        Segment::Field(name) => Some(name.to_string()),
        Segment::Key(key) => Some(key.clone()),
        Segment::Index(_) => None,
    });
    name.unwrap_or_default()
}
