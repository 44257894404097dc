//! The judge: compares this engine with recorded cases of the real Kubernetes (tests/conformance/README.md). No case is
//! ever skipped: one that cannot be run counts as different.

use crate::kubectl::{self, Command, Conventions, Snapshot, UsageError};
use crate::manifest;
use crate::manifest::answer::Answer;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::time::{Span, Time};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// How many recordings there are in `tests/conformance`, all of them equal (`tests/conformance.rs`).
pub const RECORDED_CASES: usize = 1_862;

/// What is compared in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseKind {
    /// `NAME.trace.jsonl`: what happens in a scenario.
    Trace,
    /// `NAME.answer.json`: what the API server answers to a manifest.
    Answer,
    /// `NAME.kubectl.txt`: what kubectl prints at several times.
    Kubectl,
}

impl CaseKind {
    const ALL: [(CaseKind, &'static str); 3] =
        [(CaseKind::Trace, ".trace.jsonl"), (CaseKind::Answer, ".answer.json"), (CaseKind::Kubectl, ".kubectl.txt")];
}

/// One recorded case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Case {
    /// The file name without its extensions.
    pub name: String,
    pub kind: CaseKind,
    /// The recorded file.
    pub expected: PathBuf,
    /// The file of the scenario or manifest.
    pub input: PathBuf,
}

/// The first difference in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The line in the recorded file, from 1.
    pub line: usize,
    /// The recorded line; empty behind the last one.
    pub expected: String,
    /// The line of this engine; empty behind the last one.
    pub found: String,
}

/// All cases under a folder, ordered by path. The input of a case is the `NAME.yaml` beside it, else anywhere under that
/// folder or its parent.
///
/// # Errors
/// If a folder cannot be read, or a case has no input.
pub fn cases(folder: &Path) -> io::Result<Vec<Case>> {
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    let mut cases = Vec::new();
    for file in &files {
        let Some(file_name) = file.file_name().and_then(|name| name.to_str()) else { continue };
        let Some((kind, name)) =
            CaseKind::ALL.iter().find_map(|(kind, ending)| Some((*kind, file_name.strip_suffix(ending)?)))
        else {
            continue;
        };
        let input = input_of(name, file, folder, &files)?;
        cases.push(Case { name: name.to_owned(), kind, expected: file.clone(), input });
    }
    Ok(cases)
}

fn input_of(name: &str, case: &Path, folder: &Path, files: &[PathBuf]) -> io::Result<PathBuf> {
    let wanted = format!("{name}.yaml");
    let beside = case.with_file_name(&wanted);
    if beside.exists() {
        return Ok(beside);
    }
    let named = |file: &&PathBuf| file.file_name().is_some_and(|found| found == wanted.as_str());
    if let Some(file) = files.iter().find(named) {
        return Ok(file.clone());
    }
    let mut around = Vec::new();
    let folder = folder.canonicalize()?;
    walk(folder.parent().unwrap_or(&folder), &mut around)?;
    let found = around.iter().find(named).cloned();
    found.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("{}: no {wanted} for it", case.display())))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            walk(&entry, files)?;
        } else {
            files.push(entry);
        }
    }
    Ok(())
}

/// Runs one case; `None` if it is equal to the recording.
///
/// # Errors
/// If one of its files cannot be read.
pub fn judge(case: &Case) -> io::Result<Option<Difference>> {
    let expected = fs::read_to_string(&case.expected)?;
    let input = String::from_utf8_lossy(&fs::read(&case.input)?).into_owned();
    match case.kind {
        CaseKind::Trace => {
            let recording = Recording::of(&manifest::read(&input).scenario.with_time_zones());
            let expected: Vec<String> = expected.lines().map(str::to_owned).collect();
            let first = expected.first().and_then(|line| serde_json::from_str::<Value>(line).ok());
            let found = match first.unwrap_or_default()["trace"].as_i64() {
                Some(2) => recording.trace_2(&case.name),
                _ => recording.trace(&case.name),
            };
            Ok(first_difference(&expected, &found, |expected, found| {
                serde_json::from_str::<Value>(expected).ok() == serde_json::from_str::<Value>(found).ok()
            }))
        }
        CaseKind::Answer => {
            let answers = Answer::to_text(&input);
            let found = answers.first().map_or(Value::Null, Answer::as_json);
            let recorded: Value = serde_json::from_str(&expected).unwrap_or_default();
            let lines = |value| -> Vec<String> { pretty(value).lines().map(str::to_owned).collect() };
            Ok(first_difference(&lines(&recorded), &lines(&found), |expected, found| expected == found))
        }
        CaseKind::Kubectl => {
            let scenario = manifest::read(&input).scenario.with_time_zones();
            let recording = Recording::of(&scenario);
            let expected: Vec<String> = expected.lines().map(str::to_owned).collect();
            let prompts = expected.iter().filter(|line| line.starts_with(PROMPT));
            let found: Vec<String> = prompts.flat_map(|prompt| kubectl_block(prompt, &recording, &scenario)).collect();
            Ok(first_difference(&expected, &found, |expected, found| expected == found))
        }
    }
}

/// How a block of a kubectl case begins: `$ kubectl COMMAND  # t=SECONDSs`.
pub const PROMPT: &str = "$ kubectl ";

/// The command and the time of a block's first line.
pub fn kubectl_command(prompt: &str) -> Option<(&str, Time)> {
    let (command, time) = prompt.strip_prefix(PROMPT)?.split_once("  # t=")?;
    Some((command, Time::ZERO + Span::parse(time).ok()?))
}

/// A block: its first line and what kubectl prints.
fn kubectl_block(prompt: &str, recording: &Recording, scenario: &Scenario) -> Vec<String> {
    let mut lines = vec![prompt.to_owned()];
    let Some((line, at)) = kubectl_command(prompt) else { return lines };
    let snapshot = Snapshot {
        recording,
        start_unix_seconds: scenario.start_unix_seconds,
        at,
        conventions: Conventions::Recordings,
    };
    let outcome = Command::parse(&kubectl::words(line)).and_then(|command| kubectl::run(&command, &snapshot));
    match outcome {
        Ok(outcome) => lines.extend((outcome.printed.stdout + &outcome.printed.stderr).lines().map(str::to_owned)),
        Err(UsageError::Invalid(text) | UsageError::NotModelled(text)) => lines.extend(text.lines().map(str::to_owned)),
    }
    lines
}

/// JSON as recorded answers are written: keys sorted, indented by one space.
pub fn pretty(value: &Value) -> String {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    match serde::Serialize::serialize(value, &mut serializer) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => error.to_string(),
    }
}

fn first_difference(expected: &[String], found: &[String], equal: impl Fn(&str, &str) -> bool) -> Option<Difference> {
    let line = |lines: &[String], number: usize| lines.get(number).cloned().unwrap_or_default();
    (0..expected.len().max(found.len()))
        .map(|number| (number, line(expected, number), line(found, number)))
        .find(|(_, expected, found)| !equal(expected, found))
        .map(|(number, expected, found)| Difference { line: number + 1, expected, found })
}
