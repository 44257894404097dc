//! JSONPath as kubectl reads it (K10.2). Upstream: client-go util/jsonpath.

mod reader;

use super::go_value::{compared, indented_json, json, printed};
use reader::Parser;
use serde_json::{Number, Value};
use std::cmp::Ordering;

/// A template that has been read: texts, paths and loops.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct JsonPath {
    /// As it was given.
    pub(in crate::kubectl) text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// What is outside of braces.
    Text(String),
    /// What is in a pair of braces.
    Path(Vec<Step>),
    /// From `{range …}` to `{end}`.
    Range(Vec<Step>, Vec<Part>),
}

/// One step of a path, applied to all values of the step before.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Text(String),
    Number(Number),
    Bool(bool),
    Field(String),
    Wildcard,
    Recursive,
    Slice { start: Option<i64>, end: Option<i64>, step: Option<i64>, is_index: bool },
    Union(Vec<Vec<Step>>),
    Filter { left: Vec<Step>, operator: Operator, right: Vec<Step> },
    Unknown(String),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Operator {
    Exists,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The most loops and filters within each other.
const DEPTH: usize = 20;
/// The most values that one template may visit: loops within loops multiply.
const STEPS: usize = 200_000;

impl JsonPath {
    /// Reads a template.
    ///
    /// # Errors
    /// kubectl's reason why it is none.
    pub(in crate::kubectl) fn parse(text: &str) -> Result<JsonPath, String> {
        let mut parser = Parser::new(text);
        let mut flat = Vec::new();
        while !parser.rest().is_empty() {
            let rest = parser.rest();
            match rest.find('{') {
                Some(0) => {
                    parser.skip(1);
                    flat.push(parser.action()?);
                }
                found => {
                    let length = found.unwrap_or(rest.len());
                    flat.push(Action::Path(vec![Step::Text(rest[..length].to_owned())], true));
                    parser.skip(length);
                }
            }
        }
        let mut flat = flat.into_iter();
        let mut parts = Vec::new();
        while flat.len() > 0 {
            // An `{end}` too many ends nothing.
            parts.extend(nested(&mut flat, 0)?);
        }
        Ok(JsonPath { text: text.to_owned(), parts })
    }

    /// A path as flags take it, with or without braces and the first dot. Upstream: get.RelaxedJSONPathExpression.
    pub(in crate::kubectl) fn relaxed(text: &str) -> Result<JsonPath, String> {
        let inside = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(text);
        let field = inside.strip_prefix('.').unwrap_or(inside);
        if field.is_empty() || field.contains(['{', '}']) {
            let forms = "'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'";
            return Err(format!("unexpected path string, expected a {forms}"));
        }
        JsonPath::parse(&format!("{{.{field}}}"))
    }

    /// What the template prints for a value.
    ///
    /// # Errors
    /// kubectl's reason why it cannot be followed.
    pub(in crate::kubectl) fn print(&self, data: &Value) -> Result<String, String> {
        let mut text = String::new();
        let mut run = Run { steps: STEPS };
        run.follow(&self.parts, data, &mut |values: &[Value]| {
            let texts = values.iter().map(|value| match value {
                Value::Array(_) | Value::Object(_) => json(value),
                simple => printed(simple),
            });
            text += &texts.collect::<Vec<_>>().join(" ");
        })?;
        Ok(text)
    }

    /// All values that it finds, as a list of JSON.
    pub(in crate::kubectl) fn print_as_json(&self, data: &Value) -> Result<String, String> {
        Ok(indented_json(&Value::Array(self.values(data)?)) + "\n")
    }

    /// All values that it finds.
    pub(in crate::kubectl) fn values(&self, data: &Value) -> Result<Vec<Value>, String> {
        let mut all = Vec::new();
        let mut run = Run { steps: STEPS };
        run.follow(&self.parts, data, &mut |values: &[Value]| all.extend(values.iter().cloned()))?;
        Ok(all)
    }
}

/// What a pair of braces is.
enum Action {
    /// Whether it is a text outside of braces.
    Path(Vec<Step>, bool),
    Range(Vec<Step>),
    End,
}

fn nested(flat: &mut std::vec::IntoIter<Action>, depth: usize) -> Result<Vec<Part>, String> {
    if depth > DEPTH {
        return Err("too many loops within each other".to_owned());
    }
    let mut parts = Vec::new();
    while let Some(action) = flat.next() {
        match action {
            Action::Path(mut steps, true) => {
                if let Some(Step::Text(text)) = steps.pop() {
                    parts.push(Part::Text(text));
                }
            }
            Action::Path(steps, false) => parts.push(Part::Path(steps)),
            Action::Range(steps) => parts.push(Part::Range(steps, nested(flat, depth + 1)?)),
            Action::End => break,
        }
    }
    Ok(parts)
}

struct Run {
    steps: usize,
}

impl Run {
    fn follow(&mut self, parts: &[Part], data: &Value, found: &mut impl FnMut(&[Value])) -> Result<(), String> {
        for part in parts {
            match part {
                Part::Text(text) => found(&[Value::String(text.clone())]),
                Part::Path(steps) => found(&self.path(steps, data)?),
                Part::Range(steps, body) => {
                    for value in self.path(steps, data)? {
                        self.follow(body, &value, found)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn path(&mut self, steps: &[Step], data: &Value) -> Result<Vec<Value>, String> {
        let mut values = vec![data.clone()];
        for step in steps {
            let mut next = Vec::new();
            // Of several keys each is looked up in all values before the next.
            let keys: &[Vec<Step>] = if let Step::Union(paths) = step { paths } else { &[] };
            for path in keys {
                for value in &values {
                    next.extend(self.path(path, value)?);
                }
            }
            for value in values.iter().filter(|_| keys.is_empty()) {
                self.step(step, value, &mut next)?;
            }
            values = next;
            if let Step::Text(_) | Step::Number(_) | Step::Bool(_) = step {
                values.truncate(1);
            }
        }
        Ok(values)
    }

    fn step(&mut self, step: &Step, value: &Value, found: &mut Vec<Value>) -> Result<(), String> {
        self.steps = self.steps.checked_sub(1).ok_or("too many values")?;
        match step {
            Step::Text(text) => found.push(Value::String(text.clone())),
            Step::Number(number) => found.push(Value::Number(number.clone())),
            Step::Bool(value) => found.push(Value::Bool(*value)),
            Step::Unknown(word) => return Err(format!("unrecognized identifier {word}")),
            Step::Field(name) if name.is_empty() => found.push(value.clone()),
            Step::Field(name) => found.extend(value.get(name).cloned()),
            Step::Wildcard => match value {
                Value::Array(items) => found.extend(items.iter().cloned()),
                Value::Object(fields) => {
                    found.extend(super::go_value::sorted(fields).into_iter().map(|(_, v)| v.clone()))
                }
                _ => {}
            },
            Step::Recursive => self.everything(value, found)?,
            Step::Slice { start, end, step, is_index } => {
                let Value::Array(items) = value else {
                    if value.is_null() {
                        return Ok(());
                    }
                    return Err(format!("{} is not array or slice", super::go_value::in_go_syntax(value)));
                };
                slice(
                    items,
                    *start,
                    if *is_index { start.map(|start| start + 1) } else { *end },
                    *step,
                    *is_index,
                    found,
                )?;
            }
            // In `path`.
            Step::Union(_) => {}
            Step::Filter { left, operator, right } => {
                let Value::Array(items) = value else {
                    if value.is_null() {
                        return Ok(());
                    }
                    return Err(format!("{} is not array or slice and cannot be filtered", printed(value)));
                };
                for item in items {
                    if self.passes(left, *operator, right, item)? {
                        found.push(item.clone());
                    }
                }
            }
        }
        Ok(())
    }

    fn passes(&mut self, left: &[Step], operator: Operator, right: &[Step], item: &Value) -> Result<bool, String> {
        let left = self.path(left, item)?;
        if operator == Operator::Exists {
            return Ok(!left.is_empty());
        }
        let right = self.path(right, item)?;
        let (left, right) = match (&left[..], &right[..]) {
            ([], _) | (_, []) => return Ok(false),
            ([left], [right]) => (left, right),
            _ => return Err("can only compare one element at a time".to_owned()),
        };
        let order = compared(left, right).ok_or("incompatible types for comparison")?;
        Ok(match operator {
            Operator::Exists => true,
            Operator::Equal => order == Ordering::Equal,
            Operator::NotEqual => order != Ordering::Equal,
            Operator::Less => order == Ordering::Less,
            Operator::LessOrEqual => order != Ordering::Greater,
            Operator::Greater => order == Ordering::Greater,
            Operator::GreaterOrEqual => order != Ordering::Less,
        })
    }

    /// A value and all that is in it.
    fn everything(&mut self, value: &Value, found: &mut Vec<Value>) -> Result<(), String> {
        self.steps = self.steps.checked_sub(1).ok_or("too many values")?;
        found.push(value.clone());
        match value {
            Value::Array(items) => items.iter().try_for_each(|item| self.everything(item, found)),
            Value::Object(fields) => {
                super::go_value::sorted(fields).into_iter().try_for_each(|(_, item)| self.everything(item, found))
            }
            _ => Ok(()),
        }
    }
}

fn slice(
    items: &[Value],
    start: Option<i64>,
    end: Option<i64>,
    step: Option<i64>,
    is_index: bool,
    found: &mut Vec<Value>,
) -> Result<(), String> {
    let length = items.len() as i64;
    let start = start.map_or(0, |start| if start < 0 { start + length } else { start });
    let end = match end {
        None => length,
        Some(end) if end < 0 || (end == 0 && is_index) => end + length,
        Some(end) => end,
    };
    if start == end {
        return Ok(());
    }
    let beyond = |index: i64| Err(format!("array index out of bounds: index {index}, length {length}"));
    if start >= length || start < 0 {
        return beyond(start);
    }
    if end > length || end < 0 {
        return beyond(end - 1);
    }
    if start > end {
        return Err(format!("starting index {start} is greater than ending index {end}"));
    }
    let step = match step {
        None => 1,
        Some(step) if step > 0 => step as usize,
        Some(_) => return Err("step must be > 0".to_owned()),
    };
    found.extend(items[start as usize..end as usize].iter().step_by(step).cloned());
    Ok(())
}
