//! `--sort-by` (K10.7). Upstream: kubectl/pkg/cmd/get/sorter.go.

use super::go_value::compared;
use super::jsonpath::JsonPath;
use crate::order;
use serde_json::Value;
use std::cmp::Ordering;

/// Up to so many Go sorts by insertion; beyond that it leaves open what happens to equal ones.
const INSERTED: usize = 12;

/// The places of the objects in the order of a field; those without it come first.
///
/// # Errors
/// kubectl's words, if none of them has it.
pub(in crate::kubectl) fn order_of(objects: &[Value], path: &JsonPath) -> Result<Vec<usize>, String> {
    let mut keys = Vec::new();
    for object in objects {
        keys.push(path.values(object)?.into_iter().next());
    }
    if !keys.is_empty() && keys.iter().all(Option::is_none) {
        return Err(format!("couldn't find any field with path \"{}\" in the list of objects", path.text));
    }
    let mut places: Vec<usize> = (0..objects.len()).collect();
    let precedes = |one: usize, other: usize| match (&keys[one], &keys[other]) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(one), Some(other)) => in_order(one, other) == Ordering::Less,
    };
    if places.len() <= INSERTED {
        // So few are inserted one by one: those without the field turn round.
        for end in 1..places.len() {
            for place in (1..=end).rev() {
                if !precedes(places[place], places[place - 1]) {
                    break;
                }
                places.swap(place, place - 1);
            }
        }
        return Ok(places);
    }
    order::sort_by(&mut places, |one, other| match (&keys[*one], &keys[*other]) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(one), Some(other)) => in_order(one, other),
    });
    Ok(places)
}

/// Values of different kinds have an order, too, so that every list has one.
fn in_order(one: &Value, other: &Value) -> Ordering {
    let rank = |value: &Value| match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) | Value::Object(_) => 4,
    };
    rank(one).cmp(&rank(other)).then_with(|| compared(one, other).unwrap_or(Ordering::Equal))
}
