//! Shrinks a failing text: removes documents, lines and fields, lowers numbers and shortens durations, as long as it
//! still violates the same invariant. Knows JSON only.

use job_playground::time::Span;
use serde_json::{Value, json};

/// Upper limit of the texts tried.
const MOST_TRIES: usize = 3000;

/// The way from the root to a part.
type Path = Vec<Step>;

#[derive(Clone)]
enum Step {
    Key(String),
    Place(usize),
}

/// The smallest documents found that still fail.
pub(crate) fn shrink(documents: &Value, fails: impl Fn(&Value) -> bool) -> Value {
    let mut smallest = documents.clone();
    let mut tries = 0;
    'again: loop {
        for path in paths(&smallest) {
            for candidate in smaller(&smallest, &path) {
                tries += 1;
                if tries > MOST_TRIES {
                    return smallest;
                }
                if fails(&candidate) {
                    smallest = candidate;
                    continue 'again;
                }
            }
        }
        return smallest;
    }
}

/// All parts, larger ones first.
fn paths(root: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    let mut level: Vec<Path> = vec![Vec::new()];
    while !level.is_empty() {
        let below = level
            .iter()
            .flat_map(|path| steps(at(root, path)).into_iter().map(|step| [path.as_slice(), &[step]].concat()));
        level = below.collect();
        found.extend(level.iter().cloned());
    }
    found
}

fn steps(value: &Value) -> Vec<Step> {
    match value {
        Value::Array(list) => (0..list.len()).map(Step::Place).collect(),
        Value::Object(map) => map.keys().cloned().map(Step::Key).collect(),
        _ => Vec::new(),
    }
}

fn at<'a>(root: &'a Value, path: &[Step]) -> &'a Value {
    path.iter().fold(root, |value, step| match step {
        Step::Key(key) => &value[key],
        Step::Place(place) => &value[place],
    })
}

fn at_mut<'a>(root: &'a mut Value, path: &[Step]) -> &'a mut Value {
    path.iter().fold(root, |value, step| match step {
        Step::Key(key) => &mut value[key],
        Step::Place(place) => &mut value[place],
    })
}

/// The whole without a part, then with simpler values in its place.
fn smaller(root: &Value, path: &Path) -> Vec<Value> {
    let Some((last, parent)) = path.split_last() else { return Vec::new() };
    let mut without = root.clone();
    match (at_mut(&mut without, parent), last) {
        (Value::Array(list), Step::Place(place)) => drop(list.remove(*place)),
        (Value::Object(map), Step::Key(key)) => drop(map.remove(key)),
        _ => {}
    }
    let replaced = simpler(at(root, path)).into_iter().map(|simple| {
        let mut candidate = root.clone();
        *at_mut(&mut candidate, path) = simple;
        candidate
    });
    [without].into_iter().chain(replaced).collect()
}

/// Simpler values; repeated, this always ends.
fn simpler(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(number) => {
            let Some(number) = number.as_i64() else { return Vec::new() };
            let mut lower: Vec<i64> =
                [0, 1, number / 2, number - 1].into_iter().filter(|low| (0..number).contains(low)).collect();
            lower.dedup();
            lower.into_iter().map(|low| json!(low)).collect()
        }
        Value::Bool(true) => vec![json!(false)],
        Value::String(text) => {
            let Ok(span) = Span::parse(text) else { return Vec::new() };
            let millis = span.millis();
            let shorter = [0, 1000, 10_000, millis / 2 / 1000 * 1000, (millis - 1) / 1000 * 1000, millis / 2];
            let mut shorter: Vec<i64> = shorter.into_iter().filter(|short| (0..millis).contains(short)).collect();
            shorter.dedup();
            shorter.into_iter().map(|short| json!(Span::from_millis(short).to_string())).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn irrelevant_parts_are_removed() {
    let documents = json!([
        { "kind": "Job", "spec": { "parallelism": 5, "suspend": true, "backoffLimit": 6 } },
        { "kind": "Scenario", "spec": { "inputs": [{ "at": "37.5s", "evict": {} }, { "at": "12s", "fail": { "pod": 3 } }], "until": "1h" } },
    ]);
    // An artificial invariant: an eviction after 20 s where three pods may run.
    let fails = |documents: &Value| {
        let evicted_at =
            |input: &Value| input["evict"].is_object().then(|| Span::parse(input["at"].as_str()?).ok()).flatten();
        let all = documents.as_array().into_iter().flatten();
        let inputs = all.clone().filter_map(|document| document["spec"]["inputs"].as_array()).flatten();
        let late = inputs.filter_map(evicted_at).any(|at| at > Span::from_seconds(20));
        let three = all.filter_map(|document| document["spec"]["parallelism"].as_i64()).any(|pods| pods >= 3);
        late && three
    };
    assert!(fails(&documents));
    let smallest = json!([{ "spec": { "parallelism": 3 } }, { "spec": { "inputs": [{ "at": "21s", "evict": {} }] } }]);
    assert_eq!(shrink(&documents, fails), smallest);
}
