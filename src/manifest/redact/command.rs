//! Commands: what a program does is guessed from its command, so one that is understood is replaced by one that does the
//! same, and one that is not by one that is not.

use super::names::{Names, What};
use crate::cluster::input::InputAction;
use crate::program::{self, Program, Started};
use crate::scenario::Scenario;
use crate::time::Span;
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// The variable with the completion index.
const INDEX: &str = "JOB_COMPLETION_INDEX";

/// Indexes beyond are taken for the last one.
const MOST_INDEXES: u32 = 1_000;

/// As many indexes as a patch ever gives a Job.
pub(super) fn most_indexes(scenario: &Scenario) -> u32 {
    let patched = scenario.inputs.iter().filter_map(|input| match &input.action {
        InputAction::Patch { patch, .. } => patch["spec"]["completions"].as_u64(),
        _ => None,
    });
    patched.max().map_or(0, |most| most.min(u64::from(MOST_INDEXES)) as u32)
}

/// Replaces command and args of a container, whose Job has so many indexes.
pub(super) fn redact(
    container: &Map<String, Value>,
    redacted: &mut Map<String, Value>,
    indexes: u32,
    names: &mut Names,
) {
    let words = |field: &str| -> Vec<Rc<str>> {
        let words = container.get(field).and_then(Value::as_array).into_iter().flatten();
        words.filter_map(Value::as_str).map(Rc::from).collect()
    };
    let all = [words("command"), words("args")].concat();
    let text_of = |field: &str| container.get(field).and_then(Value::as_str).unwrap_or_default();
    let started = Started { command: &all, image: text_of("image"), container: text_of("name") };
    if let Some(script) = script(started, indexes) {
        let field = if container.contains_key("command") || all.is_empty() { "command" } else { "args" };
        redacted.remove("command");
        redacted.remove("args");
        redacted.insert(field.to_owned(), json!(["sh", "-c", script]));
        let whole = all.join(" ");
        if !whole.ends_with(&script) {
            names.command(whole, &script);
        }
        return;
    }
    for field in ["command", "args"] {
        if let Some(value) = container.get(field) {
            redacted.insert(field.to_owned(), each(value, names));
        }
    }
}

/// Words of a command that nobody follows.
pub(super) fn each(value: &Value, names: &mut Names) -> Value {
    let Some(words) = value.as_array() else { return Value::Object(Map::new()) };
    words.iter().map(|word| word.as_str().map_or(Value::Null, |word| names.text(What::Command, word).into())).collect()
}

/// A script that does what a command is guessed to do, with every index.
fn script(started: Started<'_>, indexes: u32) -> Option<String> {
    let has_index = started.command.iter().any(|word| word.contains(INDEX));
    let of = |index| program::guess(started, index).ok().map(|program| told(&program));
    if !has_index || indexes == 0 {
        return of(None);
    }
    let all: Vec<String> = (0..indexes.min(MOST_INDEXES)).map(|index| of(Some(index))).collect::<Option<_>>()?;
    let mut script = String::new();
    let mut next = 0;
    for equal in all.chunk_by(|one, other| one == other) {
        next += equal.len();
        match next == all.len() {
            true => script.push_str(&equal[0]),
            false => script.push_str(&format!("if [ ${INDEX} -lt {next} ]; then {}; fi; ", ended(&equal[0]))),
        }
    }
    Some(script)
}

fn told(program: &Program) -> String {
    let run = if program.run == Span::FOREVER { "infinity".to_owned() } else { seconds(program.run) };
    match program.exit_code {
        0 => format!("sleep {run}"),
        code => format!("sleep {run}; exit {code}"),
    }
}

/// Where more follows a script has to end itself.
fn ended(told: &str) -> String {
    if told.contains("exit") { told.to_owned() } else { format!("{told}; exit 0") }
}

fn seconds(span: Span) -> String {
    let millis = span.millis();
    let text = format!("{}.{:03}", millis / 1000, millis % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
