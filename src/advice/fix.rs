//! Fixes of a finding: edits of the text, and a name for what they do.

use super::values;
use crate::limits::{FIXES, FIXES_READ_BYTES};
use crate::manifest::edit::{self, Edit};
use crate::manifest::{Path, Place, Reading, print, read};
use crate::order;
use serde_json::{Value, json};
use std::cell::Cell;

/// A way to fix a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does.
    pub action: FixAction,
    /// The bytes to action; they do not overlap.
    pub edits: Vec<Edit>,
}

/// What a fix does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FixAction {
    /// Adds a field.
    Add {
        /// Its name.
        field: String,
        /// Its value, as it is written.
        value: String,
    },
    /// Gives a field another value.
    Set {
        /// Its name.
        field: String,
        /// The value, as it is written.
        value: String,
    },
    /// Takes a field out.
    Remove {
        /// Its name.
        field: String,
    },
    /// Takes out the first of two fields of one name: the one that does not count.
    RemoveFirst {
        /// Their name.
        field: String,
    },
    /// Gives a field another name.
    Rename {
        /// As it was.
        from: String,
        /// As it is known.
        to: String,
    },
    /// Puts a field where it belongs.
    Move {
        /// Its name.
        field: String,
        /// The field in which it belongs: `spec.template.spec`.
        to: String,
    },
    /// Makes a container a sidecar: an init container with `restartPolicy: Always`.
    MakeSidecar {
        /// Its name.
        container: String,
    },
    /// Writes one text for another.
    Replace {
        /// What stands there.
        found: String,
        /// What comes there.
        with: String,
    },
    /// Writes the characters of YAML for what looks like them.
    PlainCharacters,
    /// Takes off what is around a manifest: fences, marks, commands.
    Unwrap,
    /// Takes out what the API server and the controllers wrote: status, UIDs, generated labels and their selector.
    RemoveServerWritten,
    /// Indents with spaces instead of tabs.
    SpacesForTabs,
    /// Of two Scenarios keeps the first, or the other one.
    KeepScenario {
        /// Whether it is the first.
        first: bool,
    },
}

/// The deadline for a Job that does not end without one, in seconds.
const DEADLINE: i64 = 3600;

/// What all fixes of a text may cost together: a text can have thousands of mistakes, and each fix is an edit that walks
/// the text, or one that is tried out.
#[derive(Default)]
pub(super) struct FixBudget {
    fixes: Cell<usize>,
    read_bytes: Cell<usize>,
}

impl FixBudget {
    /// With nothing left: findings without fixes.
    pub(super) fn spent() -> FixBudget {
        FixBudget { fixes: Cell::new(FIXES), read_bytes: Cell::new(FIXES_READ_BYTES) }
    }

    /// One more fix; `None` if there is none left.
    pub(super) fn fix(&self) -> Option<()> {
        self.fixes.set(self.fixes.get() + 1);
        (self.fixes.get() <= FIXES).then_some(())
    }

    /// A text of so many bytes is read again; `None` if too much was already. The first may be of any length.
    pub(super) fn read(&self, bytes: usize) -> Option<()> {
        let before = self.read_bytes.get();
        self.read_bytes.set(before.saturating_add(bytes));
        (before < FIXES_READ_BYTES).then_some(())
    }
}

/// Makes fixes in one manifest; `None` where one cannot be written into the text.
pub(super) struct Fixer<'a> {
    pub(super) reading: &'a Reading,
    pub(super) manifest: usize,
    pub(super) budget: &'a FixBudget,
}

impl Fixer<'_> {
    pub(super) fn place(&self, path: &Path) -> Place {
        Place::Manifest { manifest: self.manifest, path: path.clone() }
    }

    /// Writes a value into a field, whether or not it is there.
    pub(super) fn write(&self, path: &Path, value: &Value) -> Option<Fix> {
        let place = self.place(path);
        let is_there = self.reading.key_span(&place).is_some();
        self.budget.fix()?;
        self.budget.read(self.reading.text.len())?;
        let edits = edit::set_field(self.reading, &place, value).ok()?;
        let (field, value) = (path.name(), shown(value));
        let action = if is_there { FixAction::Set { field, value } } else { FixAction::Add { field, value } };
        Some(Fix { action, edits })
    }

    /// Gives a Job a deadline that has none. `spec`: the way to the Job's spec.
    pub(super) fn end_in_time(&self, spec: &Path, deadline: Option<i64>) -> Option<Fix> {
        if deadline.is_some() {
            return None;
        }
        self.write(&spec.joined("activeDeadlineSeconds"), &json!(DEADLINE))
    }

    /// Adds an item to a list, at its end, as it is to be written. The list is created if it is missing.
    pub(super) fn add_item(&self, list: &Path, item: &str) -> Option<Fix> {
        self.budget.fix()?;
        self.budget.read(self.reading.text.len())?;
        let edits = put_item(self.reading, &self.place(list), &[item.to_owned()])?;
        let value = if item.len() <= SHORT { item.to_owned() } else { "{…}".to_owned() };
        Some(Fix { action: FixAction::Add { field: list.name(), value }, edits })
    }

    /// Makes a container of a pod's spec a sidecar, the last of its init containers.
    pub(super) fn make_sidecar(&self, spec: &Path, number: usize) -> Option<Fix> {
        self.budget.fix()?;
        self.budget.read(4 * self.reading.text.len())?;
        let from = Path::parse(&format!("{spec}.containers[{number}]"));
        let mut moved = values::at_path(&self.reading.scenario.manifests[self.manifest].value, &from).clone();
        let container = moved["name"].as_str()?.to_owned();
        let lines = sidecar_lines(self.reading, &self.place(&from)).filter(|_| moved["restartPolicy"].is_null())?;
        let removed = edit::remove_field(self.reading, &self.place(&from)).ok()?;
        let without = read(&edit::apply(&self.reading.text, &removed));
        let list = spec.joined("initContainers");
        let added = put_item(&without, &self.place(&list), &lines)?;
        let after = edit::apply(&without.text, &added);
        moved["restartPolicy"] = Value::from("Always");
        let changed = read(&after);
        let manifest = changed.scenario.manifests.get(self.manifest)?;
        let is_moved = values::at_path(&manifest.value, &list).as_array().and_then(|list| list.last()) == Some(&moved);
        let edit = edit::difference(&self.reading.text, &after).filter(|_| is_moved)?;
        Some(Fix { action: FixAction::MakeSidecar { container }, edits: vec![edit] })
    }

    /// Takes a field out.
    pub(super) fn remove(&self, path: &Path) -> Option<Fix> {
        self.budget.fix()?;
        let edits = edit::remove_field(self.reading, &self.place(path)).ok()?;
        Some(Fix { action: FixAction::Remove { field: self.item_or_name(path) }, edits })
    }

    /// How a menu calls what stands at a path: an item that is a scalar by its value.
    fn item_or_name(&self, path: &Path) -> String {
        let written = self.reading.value_span(&self.place(path)).map(|span| &self.reading.text[span]);
        match (path.last_key(), written) {
            (None, Some(value)) if !value.contains(['\n', '{', '[']) => value.to_owned(),
            _ => path.name(),
        }
    }

    /// What stands in the text as a field's value, quotes and all.
    pub(super) fn written(&self, path: &Path) -> Option<&str> {
        self.reading.value_span(&self.place(path)).map(|span| &self.reading.text[span])
    }

    /// Several fixes as one, if they action different bytes.
    pub(super) fn together(action: FixAction, fixes: impl IntoIterator<Item = Option<Fix>>) -> Option<Fix> {
        let mut edits = Vec::new();
        for fix in fixes {
            edits.extend(fix?.edits);
        }
        order::sort_by_key(&mut edits, |edit| (edit.range.start, edit.range.end));
        let are_apart = edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start);
        are_apart.then_some(Fix { action, edits })
    }

    /// Gives a field another name; its quotes stay.
    pub(super) fn rename(&self, path: &Path, to: &str) -> Option<Fix> {
        self.budget.fix()?;
        let from = path.last_key()?.to_owned();
        let span = self.reading.key_span(&self.place(path))?;
        let written = &self.reading.text[span.clone()];
        let at = span.start + written.find(&from)?;
        let edits = vec![Edit { range: at..at + from.len(), replacement: to.to_owned() }];
        Some(Fix { action: FixAction::Rename { from, to: to.to_owned() }, edits })
    }

    /// Takes a field out and writes it, as it stands, into the map at `to`.
    pub(super) fn move_to(&self, path: &Path, to: &Path, value: &Value) -> Option<Fix> {
        let field = path.last_key()?.to_owned();
        let removed = self.remove(path)?.edits;
        // Up to two edits are tried out, before and after the field is taken out.
        self.budget.read(4 * self.reading.text.len())?;
        let home = self.place(&to.joined(&field));
        let lines = lines_of(self.reading, &self.place(path));
        let added = put(self.reading, &home, &field, lines.as_deref(), value)?;
        let action = FixAction::Move { field: field.clone(), to: to.to_string() };
        let both = [removed.clone(), added].map(|edits| Some(Fix { action: action.clone(), edits }));
        if let Some(fix) = Fixer::together(action.clone(), both) {
            return Some(fix);
        }
        // What is added would stand in what is taken out: one after the other, and what differs in the end.
        let without = read(&edit::apply(&self.reading.text, &removed));
        let added = put(&without, &home, &field, lines.as_deref(), value)?;
        let edit = edit::difference(&self.reading.text, &edit::apply(&without.text, &added));
        Some(Fix { action, edits: edit.into_iter().collect() })
    }
}

/// Stands for a value until its lines are put in its place.
const STAND_IN: &str = "to-be-moved";

/// Writes a field: as these lines, where it gets a line of its own, else as a value.
fn put(reading: &Reading, home: &Place, field: &str, lines: Option<&[String]>, value: &Value) -> Option<Vec<Edit>> {
    let Some(lines) = lines else { return edit::set_field(reading, home, value).ok() };
    let mut edits = edit::set_field(reading, home, &Value::from(STAND_IN)).ok()?;
    let written = format!("{field}: {STAND_IN}");
    let found = edits.iter_mut().find_map(|edit| Some((edit.replacement.find(&written)?, edit)));
    if let Some((at, edit)) = found {
        let indent = edit.replacement[..at].rsplit('\n').next().unwrap_or_default().to_owned();
        if indent.chars().all(|letter| letter == ' ') {
            let newline = if reading.text.contains("\r\n") { "\r\n" } else { "\n" };
            let indented: Vec<String> = lines.iter().map(|line| format!("{indent}{line}")).collect();
            let moved = indented.join(newline);
            edit.replacement = edit.replacement.replacen(&written, moved.trim_start_matches(' '), 1);
            return Some(edits);
        }
    }
    edit::set_field(reading, home, value).ok()
}

/// Adds an item to a list, as these lines. More than one cannot stand between brackets.
fn put_item(reading: &Reading, list: &Place, lines: &[String]) -> Option<Vec<Edit>> {
    let stand_in = json!({ STAND_IN: true });
    let written = format!("{STAND_IN}: true");
    let mut edits = edit::add_item(reading, list, &stand_in).ok()?;
    let edit = edits.iter_mut().find(|edit| edit.replacement.contains(&written))?;
    let in_braces = format!("{{{written}}}");
    let written = if edit.replacement.contains(&in_braces) { in_braces } else { written };
    let at = edit.replacement.find(&written)?;
    let dash = edit.replacement[..at].rsplit('\n').next().unwrap_or_default();
    let is_block = dash.trim_start_matches(' ') == "- ";
    if lines.len() > 1 && !is_block {
        return None;
    }
    let newline = if reading.text.contains("\r\n") { "\r\n" } else { "\n" };
    let moved = lines.join(&format!("{newline}{}", " ".repeat(dash.len())));
    edit.replacement = edit.replacement.replacen(&written, &moved, 1);
    Some(edits)
}

/// A container of a list as lines, comments and all, with `restartPolicy: Always`; `None` if it stands between brackets
/// on several lines.
fn sidecar_lines(reading: &Reading, place: &Place) -> Option<Vec<String>> {
    let span = reading.value_span(place)?;
    let written = &reading.text[span.clone()];
    if let Some(inside) = written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        let inside = inside.trim_end().trim_end_matches(',');
        return (!written.contains('\n')).then(|| vec![format!("{{{inside}, restartPolicy: Always}}")]);
    }
    let start = reading.text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = reading.text[span.end..].find('\n').map_or(reading.text.len(), |newline| span.end + newline);
    let mut lines = reading.text[span.start..end].trim_end().lines();
    let first = lines.next().map(str::to_owned);
    let others = lines.map(|line| dedented(line, span.start - start));
    let own = std::iter::once("restartPolicy: Always".to_owned()).map(Some);
    std::iter::once(first).chain(others).chain(own).collect()
}

/// A line without so many spaces at its beginning; `None` if there is something else.
fn dedented(line: &str, column: usize) -> Option<String> {
    match line.split_at_checked(column) {
        Some((indent, rest)) if indent.trim().is_empty() => Some(rest.to_owned()),
        _ => line.trim().is_empty().then(String::new),
    }
}

/// A field's lines without their indent, comments and all; `None` if it shares its lines with others.
fn lines_of(reading: &Reading, place: &Place) -> Option<Vec<String>> {
    let text = &*reading.text;
    let (key, value) = (reading.key_span(place)?, reading.value_span(place)?);
    let start = text[..key.start].rfind('\n').map_or(0, |newline| newline + 1);
    let column = key.start - start;
    let end = value.end.max(key.end);
    let end = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
    let is_alone = text[start..key.start].bytes().all(|byte| byte == b' ');
    if is_alone { text[start..end].lines().map(|line| dedented(line, column)).collect() } else { None }
}

/// In a menu, longer values are not shown.
const SHORT: usize = 40;

/// A value as a menu shows it; of a long one, only what it is.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => print::scalar(text),
        Value::Array(_) | Value::Object(_) => {
            let text = value.to_string();
            let is_list = value.is_array();
            if text.len() <= SHORT { text } else { if is_list { "[…]" } else { "{…}" }.to_owned() }
        }
        _ => value.to_string(),
    }
}
