//! What is stored in a field.

use super::jobs;
use crate::api::Name;
use crate::cluster::input::ObjectKind;
use crate::manifest::{Path, PathStep};
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::scenario::lesson::{Bounds, Expectation};
use crate::time::Time;
use serde_json::Value;

/// The value of a field, as `kubectl get -o yaml` shows it; `None` if it is not there.
pub(super) fn value(
    (kind, name): (ObjectKind, Option<&Name>),
    path: &str,
    (scenario, recording): (&Scenario, &Recording),
    at: Time,
) -> Option<Value> {
    let key = jobs::object(kind, name, scenario, recording, at)?;
    let mut value = &recording.value_at(key, at, scenario.start_unix_seconds)?;
    for step in &Path::parse(path).0 {
        value = match step {
            PathStep::Key(key) => value.get(key)?,
            PathStep::Index(index) => value.get(index)?,
        };
    }
    Some(value.clone())
}

/// Whether a field is what it should be. A number is the same however it is written.
pub(super) fn fits(expected: &Expectation, seen: Option<&Value>) -> bool {
    match (expected, seen) {
        (Expectation::Absent, seen) => seen.is_none(),
        (Expectation::Is(expected), Some(seen)) => match (expected.as_f64(), seen.as_f64()) {
            (Some(expected), Some(seen)) => expected.to_bits() == seen.to_bits(),
            _ => expected == seen,
        },
        (Expectation::Within(bounds), Some(seen)) => is_within(*bounds, seen),
        (Expectation::Is(_) | Expectation::Within(_), None) => false,
    }
}

fn is_within(bounds: Bounds, seen: &Value) -> bool {
    seen.as_u64().and_then(|number| u32::try_from(number).ok()).is_some_and(|number| bounds.contains(number))
}
