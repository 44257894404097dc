//! `--sort-by` (K10.7). Upstream: kubectl/pkg/cmd/get/sorter.go.

use super::go_value::compared;
use super::jsonpath::JsonPath;
use crate::order;
use serde_json::Value;
use std::cmp::Ordering;

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
    order::sort_by(&mut places, |one, other| match (&keys[*one], &keys[*other]) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(Value::String(one)), Some(Value::String(other))) => natural(one, other),
        (Some(one), Some(other)) => compared(one, other).unwrap_or(Ordering::Equal),
    });
    Ok(places)
}

/// Numbers in texts are compared as numbers: `a9` is before `a10`.
fn natural(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    loop {
        match (one.first(), other.first()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => {
                let (first, second) = (digits(one), digits(other));
                let (mine, yours) = (significant(&one[..first]), significant(&other[..second]));
                let order = mine.len().cmp(&yours.len()).then_with(|| mine.cmp(yours));
                let order = order.then_with(|| second.cmp(&first));
                if order != Ordering::Equal {
                    return order;
                }
                (one, other) = (&one[first..], &other[second..]);
            }
            (Some(a), Some(b)) if a != b => return a.cmp(b),
            _ => (one, other) = (&one[1..], &other[1..]),
        }
    }
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn significant(digits: &[u8]) -> &[u8] {
    &digits[digits.iter().take_while(|digit| **digit == b'0').count()..]
}

#[cfg(test)]
mod tests {
    use super::natural;
    use std::cmp::Ordering;

    #[test]
    fn numbers_in_texts_are_numbers() {
        for (one, other) in [("a9", "a10"), ("a", "a1"), ("2000-01-02", "2000-01-10"), ("a2b", "a2c")] {
            assert_eq!(natural(one, other), Ordering::Less, "{one} {other}");
        }
    }
}
