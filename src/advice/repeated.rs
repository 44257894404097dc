//! Fixes for what is given twice: which of the two can be removed without a difference.

use super::Fix;
use super::fix::{FixAction, Fixer};
use super::values;
use crate::manifest::{Path, PathStep};
use serde_json::Value;

/// Takes out the earlier of two variables of one name, unless a variable between them is made of it.
pub(super) fn variable(fixer: &Fixer<'_>, manifest: &Value, path: &Path) -> Option<Fix> {
    let (variables, at) = list_around(manifest, path)?;
    let name = variables[at]["name"].as_str()?;
    let first = variables[..at].iter().rposition(|variable| variable["name"] == name)?;
    let reference = format!("$({name})");
    let is_used = |variable: &Value| variable["value"].as_str().is_some_and(|value| value.contains(&reference));
    if variables[first + 1..at].iter().any(is_used) {
        return None;
    }
    let edits = fixer.remove(&item(path, first))?.edits;
    Some(Fix { action: FixAction::RemoveFirst { field: name.to_owned() }, edits })
}

/// Takes out the second of two equal ports of a container; the first if only the second has a name.
pub(super) fn port(fixer: &Fixer<'_>, manifest: &Value, path: &Path, other: &Path) -> Option<Fix> {
    let (ports, at) = list_around(manifest, path)?;
    let (_, first) = list_around(manifest, other).filter(|_| other.parent() == path.parent())?;
    let name = |at: usize| ports.get(at)?["name"].as_str().filter(|name| !name.is_empty());
    match (name(first), name(at)) {
        (None, Some(_)) => fixer.remove(other),
        (Some(one), Some(two)) if one != two => None,
        _ => fixer.remove(path),
    }
}

/// The list that an item is in, and its place there.
fn list_around<'v>(manifest: &'v Value, path: &Path) -> Option<(&'v [Value], usize)> {
    let Some(PathStep::Index(at)) = path.0.last() else { return None };
    let list = values::at_path(manifest, &path.parent()).as_array()?;
    (*at < list.len()).then_some((list.as_slice(), *at))
}

/// Another item of the same list.
fn item(path: &Path, at: usize) -> Path {
    let mut path = path.parent();
    path.0.push(PathStep::Index(at));
    path
}
