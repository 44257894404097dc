//! The common part of Go templates (K10.11): fields, variables, `if`, `with`, `range`, pipelines, and the functions
//! `print`, `printf`, `println`, `len`, `index`, `eq` … `ge`, `and`, `or`, `not`.

use super::go_value::{compared, printed, sorted};
use serde_json::Value;
use std::cmp::Ordering;

mod reader;

/// A template that has been read.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct GoTemplate {
    /// As it was given.
    pub(in crate::kubectl) text: String,
    nodes: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Text(String),
    /// A pipeline whose value is printed, or kept in a variable.
    Print(Pipeline),
    If {
        condition: Pipeline,
        then: Vec<Node>,
        otherwise: Vec<Node>,
    },
    With {
        value: Pipeline,
        then: Vec<Node>,
        otherwise: Vec<Node>,
    },
    Range {
        list: Pipeline,
        body: Vec<Node>,
        otherwise: Vec<Node>,
    },
}

/// Commands joined by `|`; the value of one is the last argument of the next.
#[derive(Clone, Debug, Default, PartialEq)]
struct Pipeline {
    /// `$x :=` or, of a range, `$i, $x :=`.
    variables: Vec<String>,
    commands: Vec<Vec<Operand>>,
}

#[derive(Clone, Debug, PartialEq)]
enum Operand {
    /// `.a.b`
    Field(Vec<String>),
    /// `$x.a`
    Variable(String, Vec<String>),
    Literal(Value),
    Function(String),
    Group(Pipeline, Vec<String>),
}

/// Functions that are known.
const FUNCTIONS: [&str; 14] =
    ["print", "printf", "println", "len", "index", "eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not"];
/// The most nodes that one template may pass through.
const STEPS: usize = 200_000;
/// The longest text that one may print.
const BYTES: usize = 4_000_000;

impl GoTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// Go's reason why it is none.
    pub(in crate::kubectl) fn parse(text: &str) -> Result<GoTemplate, String> {
        Ok(GoTemplate { text: text.to_owned(), nodes: reader::read(text)? })
    }

    /// What it prints for a value.
    ///
    /// # Errors
    /// Go's reason why it stops.
    pub(in crate::kubectl) fn print(&self, data: &Value) -> Result<String, String> {
        let mut run = Run { variables: vec![("$".to_owned(), data.clone())], text: String::new(), steps: STEPS };
        run.nodes(&self.nodes, data)?;
        Ok(run.text)
    }
}

struct Run {
    variables: Vec<(String, Value)>,
    text: String,
    steps: usize,
}

impl Run {
    fn nodes(&mut self, nodes: &[Node], dot: &Value) -> Result<(), String> {
        let depth = self.variables.len();
        for node in nodes {
            self.step()?;
            match node {
                Node::Text(text) => self.text += text,
                Node::Print(pipeline) => {
                    let value = self.pipeline(pipeline, dot)?;
                    match &pipeline.variables[..] {
                        [] => self.text += &shown(&value),
                        [name, ..] => self.variables.push((name.clone(), value)),
                    }
                }
                Node::If { condition, then, otherwise } => {
                    let inner = self.variables.len();
                    let value = self.bound(condition, dot)?;
                    self.nodes(if is_true(&value) { then } else { otherwise }, dot)?;
                    self.variables.truncate(inner);
                }
                Node::With { value, then, otherwise } => {
                    let inner = self.variables.len();
                    let value = self.bound(value, dot)?;
                    if is_true(&value) {
                        self.nodes(then, &value)?
                    } else {
                        self.nodes(otherwise, dot)?
                    }
                    self.variables.truncate(inner);
                }
                Node::Range { list, body, otherwise } => self.range(list, body, otherwise, dot)?,
            }
        }
        self.variables.truncate(depth);
        Ok(())
    }

    fn step(&mut self) -> Result<(), String> {
        self.steps = self.steps.checked_sub(1).ok_or("the template takes too long")?;
        if self.text.len() > BYTES { Err("the template prints too much".to_owned()) } else { Ok(()) }
    }

    fn bound(&mut self, pipeline: &Pipeline, dot: &Value) -> Result<Value, String> {
        let value = self.pipeline(pipeline, dot)?;
        self.variables.extend(pipeline.variables.iter().map(|name| (name.clone(), value.clone())));
        Ok(value)
    }

    fn range(&mut self, list: &Pipeline, body: &[Node], otherwise: &[Node], dot: &Value) -> Result<(), String> {
        let items: Vec<(Value, Value)> = match self.pipeline(list, dot)? {
            Value::Array(items) => items.into_iter().enumerate().map(|(place, item)| (place.into(), item)).collect(),
            Value::Object(fields) => {
                sorted(&fields).into_iter().map(|(key, value)| (Value::String(key.clone()), value.clone())).collect()
            }
            Value::Null => Vec::new(),
            other => return Err(format!("range can't iterate over {}", printed(&other))),
        };
        if items.is_empty() {
            return self.nodes(otherwise, dot);
        }
        for (key, item) in items {
            self.step()?;
            let depth = self.variables.len();
            match &list.variables[..] {
                [] => {}
                [value] => self.variables.push((value.clone(), item.clone())),
                [first, second, ..] => {
                    self.variables.push((first.clone(), key));
                    self.variables.push((second.clone(), item.clone()));
                }
            }
            self.nodes(body, &item)?;
            self.variables.truncate(depth);
        }
        Ok(())
    }

    fn pipeline(&mut self, pipeline: &Pipeline, dot: &Value) -> Result<Value, String> {
        let mut value = None;
        for command in &pipeline.commands {
            self.step()?;
            value = Some(self.command(command, value, dot)?);
        }
        Ok(value.unwrap_or(Value::Null))
    }

    fn command(&mut self, operands: &[Operand], piped: Option<Value>, dot: &Value) -> Result<Value, String> {
        let Some((first, rest)) = operands.split_first() else { return Ok(Value::Null) };
        let Operand::Function(name) = first else {
            return match rest.is_empty() && piped.is_none() {
                true => self.operand(first, dot),
                false => Err("can't give argument to non-function".to_owned()),
            };
        };
        let mut arguments = Vec::new();
        for operand in rest {
            arguments.push(self.operand(operand, dot)?);
        }
        arguments.extend(piped);
        call(name, &arguments)
    }

    fn operand(&mut self, operand: &Operand, dot: &Value) -> Result<Value, String> {
        match operand {
            Operand::Field(path) => field(dot, path),
            Operand::Literal(value) => Ok(value.clone()),
            Operand::Variable(name, path) => {
                let value = self.variables.iter().rev().find(|(known, _)| known == name);
                let value =
                    value.map(|(_, value)| value.clone()).ok_or_else(|| format!("undefined variable \"{name}\""))?;
                field(&value, path)
            }
            Operand::Function(name) => call(name, &[]),
            Operand::Group(pipeline, path) => {
                let value = self.pipeline(pipeline, dot)?;
                field(&value, path)
            }
        }
    }
}

fn field(value: &Value, path: &[String]) -> Result<Value, String> {
    let mut value = value;
    for (place, name) in path.iter().enumerate() {
        value = match value {
            Value::Object(fields) => fields.get(name).unwrap_or(&Value::Null),
            Value::Null if place > 0 => return Err(format!("nil pointer evaluating interface {{}}.{name}")),
            Value::Null => return Err(format!("nil data; no entry for key \"{name}\"")),
            other => return Err(format!("can't evaluate field {name} in type {}", go_type(other))),
        };
    }
    Ok(value.clone())
}

fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Array(_) => "[]interface {}",
        _ => "interface {}",
    }
}

fn shown(value: &Value) -> String {
    if value.is_null() { "<no value>".to_owned() } else { printed(value) }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
    }
}

fn call(name: &str, arguments: &[Value]) -> Result<Value, String> {
    let order = |arguments: &[Value]| match arguments {
        [one, other] => compared(one, other).ok_or("incompatible types for comparison".to_owned()),
        _ => Err(format!("wrong number of args for {name}: want 2 got {}", arguments.len())),
    };
    Ok(match (name, arguments) {
        ("and", all) => all.iter().find(|value| !is_true(value)).or(all.last()).cloned().unwrap_or(Value::Null),
        ("or", all) => all.iter().find(|value| is_true(value)).or(all.last()).cloned().unwrap_or(Value::Null),
        ("not", [value]) => Value::Bool(!is_true(value)),
        ("eq", [first, rest @ ..]) if !rest.is_empty() => {
            let mut equal = false;
            for other in rest {
                equal |= (first.is_null() && other.is_null()) || compared(first, other) == Some(Ordering::Equal);
            }
            Value::Bool(equal)
        }
        ("ne", [one, other]) => Value::Bool(one != other && compared(one, other) != Some(Ordering::Equal)),
        ("lt", all) => Value::Bool(order(all)? == Ordering::Less),
        ("le", all) => Value::Bool(order(all)? != Ordering::Greater),
        ("gt", all) => Value::Bool(order(all)? == Ordering::Greater),
        ("ge", all) => Value::Bool(order(all)? != Ordering::Less),
        ("len", [Value::Array(items)]) => items.len().into(),
        ("len", [Value::Object(fields)]) => fields.len().into(),
        ("len", [Value::String(text)]) => text.len().into(),
        ("len", [_]) => return Err("error calling len: len of nil pointer".to_owned()),
        ("index", [value, keys @ ..]) => index(value, keys)?,
        ("print", all) => Value::String(spaced(all)),
        ("println", all) => Value::String(all.iter().map(shown_argument).collect::<Vec<_>>().join(" ") + "\n"),
        ("printf", [Value::String(format), rest @ ..]) => Value::String(formatted(format, rest)),
        (name, _) => return Err(format!("wrong number of args for {name}: got {}", arguments.len())),
    })
}

fn shown_argument(value: &Value) -> String {
    printed(value)
}

/// `fmt.Sprint` puts a blank between two values neither of which is a text.
fn spaced(values: &[Value]) -> String {
    let mut text = String::new();
    for (place, value) in values.iter().enumerate() {
        if place > 0 && !value.is_string() && !values[place - 1].is_string() {
            text.push(' ');
        }
        text += &printed(value);
    }
    text
}

fn index(value: &Value, keys: &[Value]) -> Result<Value, String> {
    let mut value = value.clone();
    for key in keys {
        value = match (&value, key) {
            (Value::Array(items), Value::Number(place)) => {
                let found = place.as_u64().and_then(|place| items.get(place as usize)).cloned();
                found.ok_or_else(|| format!("error calling index: reflect: slice index out of range: {place}"))?
            }
            (Value::Object(fields), Value::String(key)) => fields.get(key).cloned().unwrap_or(Value::Null),
            (Value::Null, _) => return Err("error calling index: index of untyped nil".to_owned()),
            _ => return Err("error calling index: can't index item".to_owned()),
        };
    }
    Ok(value)
}

/// `%s`, `%d`, `%v`, `%q`, `%t` and widths such as `%-20s`.
fn formatted(format: &str, arguments: &[Value]) -> String {
    let (mut text, mut arguments) = (String::new(), arguments.iter());
    let mut letters = format.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        let (mut left, mut zeros, mut width) = (false, false, String::new());
        while let Some(flag) = letters.next_if(|letter| "-0123456789.+ #".contains(*letter)) {
            match flag {
                '-' => left = true,
                '0' if width.is_empty() => zeros = true,
                '0'..='9' => width.push(flag),
                _ => {}
            }
        }
        let verb = letters.next();
        let piece = match (verb, verb.filter(|verb| *verb != '%').and_then(|_| arguments.next())) {
            (Some('%'), _) => "%".to_owned(),
            (None, _) => "%!(NOVERB)".to_owned(),
            (Some(verb), None) => format!("%!{verb}(MISSING)"),
            (Some('q'), Some(Value::String(text))) => crate::api::quoted(text).to_string(),
            (Some('s'), Some(Value::Null)) => "%!s(<nil>)".to_owned(),
            (Some('d'), Some(Value::String(text))) => format!("%!d(string={text})"),
            (Some('s'), Some(Value::Number(number))) => format!("%!s(float64={number})"),
            (Some(_), Some(value)) => printed(value),
        };
        let width = width.parse::<usize>().unwrap_or(0).min(1000);
        let missing = width.saturating_sub(piece.chars().count());
        let fill = |with: &str| with.repeat(missing);
        text += &match (left, zeros) {
            (true, _) => piece + &fill(" "),
            (false, true) => fill("0") + &piece,
            (false, false) => fill(" ") + &piece,
        };
    }
    text
}
