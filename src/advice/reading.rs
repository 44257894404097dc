//! Fixes for what the reader of a text reports: YAML, documents, the Scenario.

use super::fix::{Fix, FixAction, FixBudget, Fixer};
use super::unknown::closest;
use crate::cluster::inventory::ReferencedKind;
use crate::manifest::edit::{self, Edit};
use crate::manifest::{
    Code, Diagnostic, Document, DocumentKind, Lookalike, ManifestKind, Path, Reading, YamlProblem, is_yaml, lookalikes,
    own_fields, read, wrapping,
};
use crate::time::SpanError;
use serde_json::json;
use std::ops::Range;

/// Fixes, the likeliest first.
pub(super) fn fixes(reading: &Reading, diagnostic: &Diagnostic, whole: &Whole, budget: &FixBudget) -> Vec<Fix> {
    let span = &diagnostic.span;
    let found = &reading.text[span.clone()];
    match &diagnostic.code {
        Code::Wrapped(_) => unwrapped(reading, budget).into_iter().collect(),
        _ if whole.has(span) => Vec::new(),
        Code::NoApiVersion { kind: ManifestKind::Referenced(kind) } => {
            budget.fix().map(|()| on_top(reading, span, "apiVersion", kind.api_version())).into_iter().collect()
        }
        Code::WrongApiVersion { kind: ManifestKind::Referenced(kind), .. } => {
            vec![replaced(span, found, kind.api_version())]
        }
        Code::NoApiVersion { .. } | Code::WrongApiVersion { .. } => {
            budget.fix().and_then(|()| api_version(reading, span, budget)).into_iter().collect()
        }
        Code::ScenarioWithoutVersion => {
            let line = line_at(&reading.text, span.start);
            let starts_with_kind = reading.text[line.clone()].starts_with("kind");
            let on_top = on_top(reading, &line, "apiVersion", "job-playground/v1");
            if starts_with_kind { vec![on_top] } else { Vec::new() }
        }
        Code::NoKind => {
            let on_top = budget.fix().map(|()| on_top(reading, span, "kind", likely_kind(reading, span)));
            on_top.into_iter().collect()
        }
        // An invisible character in it has its own remark.
        Code::KindNotServed { kind, version } if kind.is_ascii() => {
            let is_of_version = |kind: &ManifestKind| version.is_empty() || kind.api_version() == version;
            let known = ManifestKind::all().filter(is_of_version).map(ManifestKind::as_str);
            let own = version.is_empty().then_some("Scenario");
            let meant = closest(kind, known.chain(own));
            meant.map(|meant| replaced(span, kind, meant)).into_iter().collect()
        }
        Code::Lookalike { .. } | Code::LookalikeInValue { .. } => plain(reading, span).into_iter().collect(),
        Code::DuplicateKey { key, first } => {
            let action = FixAction::RemoveFirst { field: key.clone() };
            let edits = budget.fix().and_then(|()| edit::remove_entry_at(reading, *first).ok());
            edits.map(|edits| Fix { action, edits }).into_iter().collect()
        }
        Code::SecondScenario => budget.fix().map_or_else(Vec::new, |()| {
            [true, false].into_iter().filter_map(|first| keep(reading, span, first)).collect()
        }),
        Code::Yaml(YamlProblem::Syntax { .. }) => {
            budget.fix().and_then(|()| yaml(reading, span, budget)).into_iter().collect()
        }
        Code::Duration { error: SpanError::NoUnit, text } => vec![replaced(span, text, &format!("{text}s"))],
        Code::Chance { number: Some(number) } => vec![replaced(span, number, &format!("{number}%"))],
        Code::UnknownWord { allowed } => {
            let meant = closest(found.trim_matches(['"', '\'']), allowed.iter().copied());
            meant.map(|meant| replaced(span, found, meant)).into_iter().collect()
        }
        Code::UnknownNode(name) => {
            let known: Vec<String> = reading.scenario.node_names().map(|known| known.to_string()).collect();
            let meant = closest(name, known.iter().map(String::as_str));
            meant.map(|meant| replaced(span, name, meant)).into_iter().collect()
        }
        Code::Reference { .. } => {
            let kind = found.trim_matches(['"', '\'']).split('/').next().unwrap_or_default();
            let meant = closest(kind, ReferencedKind::ALL.into_iter().map(ReferencedKind::as_str));
            let meant = meant.filter(|_| found.contains('/'));
            meant.map(|meant| replaced(span, found, &found.replacen(kind, meant, 1))).into_iter().collect()
        }
        Code::UnknownField(field) => {
            let name = budget.fix().and_then(|()| closest(field, own_fields()));
            let meant = name.map(|meant| Fix {
                action: FixAction::Rename { from: field.clone(), to: meant.to_owned() },
                edits: vec![Edit { range: span.clone(), replacement: meant.to_owned() }],
            });
            let is_known =
                |fix: &Fix| read(&edit::apply(&reading.text, &fix.edits)).diagnostics.len() < reading.diagnostics.len();
            let may_try = |_: &Fix| budget.read(reading.text.len()).is_some();
            meant.filter(may_try).filter(is_known).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Of two Scenarios takes one out, with the separator in front of it. `span`: of the second.
fn keep(reading: &Reading, span: &Range<usize>, first: bool) -> Option<Fix> {
    let documents = &reading.documents;
    let number = match first {
        true => documents.iter().position(|document| document.span.contains(&span.start))?,
        false => documents.iter().position(|document| document.kind == DocumentKind::Scenario)?,
    };
    let document = &documents[number].span;
    let range = match (number.checked_sub(1), documents.get(number + 1)) {
        (Some(before), _) => documents[before].span.end..document.end,
        (None, Some(next)) => document.start..next.span.start,
        (None, None) => return None,
    };
    Some(Fix { action: FixAction::KeepScenario { first }, edits: vec![Edit { range, replacement: String::new() }] })
}

fn replaced(span: &Range<usize>, found: &str, with: &str) -> Fix {
    let action = FixAction::Replace { found: found.to_owned(), with: with.to_owned() };
    Fix { action, edits: vec![Edit { range: span.clone(), replacement: with.to_owned() }] }
}

/// A line in front of the first key of a document, or an entry in front of it between brackets.
fn on_top(reading: &Reading, first_key: &Range<usize>, field: &str, value: &str) -> Fix {
    let before = &reading.text[..first_key.start];
    let starts_line = before.is_empty() || before.ends_with(['\n', '\u{feff}']);
    let newline = if reading.text.contains("\r\n") { "\r\n" } else { "\n" };
    let replacement = if starts_line {
        format!("{field}: {value}{newline}")
    } else if reading.text[first_key.clone()].starts_with('"') {
        format!("\"{field}\": \"{value}\", ")
    } else {
        format!("{field}: {value}, ")
    };
    let action = FixAction::Add { field: field.to_owned(), value: value.to_owned() };
    Fix { action, edits: vec![Edit { range: first_key.start..first_key.start, replacement }] }
}

fn api_version(reading: &Reading, span: &Range<usize>, budget: &FixBudget) -> Option<Fix> {
    let document = reading.documents.iter().find(|document| document.span.contains(&span.start))?;
    let DocumentKind::Manifest(manifest) = document.kind else { return None };
    let fixer = Fixer { reading, manifest, budget };
    let path = Path::parse("apiVersion");
    match fixer.written(&path) {
        Some(_) => fixer.write(&path, &json!("batch/v1")),
        None => Some(on_top(reading, span, "apiVersion", "batch/v1")),
    }
}

fn likely_kind(reading: &Reading, span: &Range<usize>) -> &'static str {
    let document = reading.documents.iter().find(|document| document.span.contains(&span.start));
    let text = document.map_or("", |document| &reading.text[document.span.clone()]);
    if text.contains("jobTemplate") {
        "CronJob"
    } else if text.contains("job-playground/") {
        "Scenario"
    } else {
        "Job"
    }
}

/// Where something is wrong with the whole: the wrapping of the text, or a document that is a template. What is said of
/// that is said of what stumbles over it, too.
pub(super) struct Whole {
    is_wrapped: bool,
    /// Documents that are templates, in order.
    templates: Vec<Range<usize>>,
}

impl Whole {
    pub(super) fn of(reading: &Reading) -> Whole {
        let said = |wanted: fn(&Code) -> bool| reading.diagnostics.iter().filter(move |said| wanted(&said.code));
        let templates = said(|code| *code == Code::Template).filter_map(|said| document_at(reading, &said.span));
        Whole {
            is_wrapped: said(|code| matches!(code, Code::Wrapped(_))).next().is_some(),
            templates: templates.map(|document| document.span.clone()).collect(),
        }
    }

    fn has(&self, span: &Range<usize>) -> bool {
        let before = self.templates.partition_point(|template| template.start <= span.start);
        let is_in_template = before > 0 && self.templates[before - 1].contains(&span.start);
        self.is_wrapped || is_in_template
    }
}

fn document_at<'r>(reading: &'r Reading, span: &Range<usize>) -> Option<&'r Document> {
    reading.documents.iter().find(|document| document.span.start <= span.start && span.start <= document.span.end)
}

/// Takes off what is around a manifest, if that leaves one.
fn unwrapped(reading: &Reading, budget: &FixBudget) -> Option<Fix> {
    budget.fix()?;
    budget.read(reading.text.len())?;
    let edits = wrapping(&reading.text)?.edits;
    let inside = read(&edit::apply(&reading.text, &edits));
    let is_worse = inside.diagnostics.iter().any(|diagnostic| matches!(diagnostic.code, Code::Wrapped(_)));
    let is_manifest = !inside.scenario.manifests.is_empty() || inside.has_template();
    (is_manifest && !is_worse).then_some(Fix { action: FixAction::Unwrap, edits })
}

/// All that look like characters of YAML in a document, as those.
fn plain(reading: &Reading, span: &Range<usize>) -> Option<Fix> {
    let document = document_at(reading, span)?;
    let found = lookalikes(&reading.text, &document.span);
    let action = match found.as_slice() {
        [] => return None,
        [only] if only.meant.is_some_and(|meant| meant != ' ') => {
            FixAction::Replace { found: only.found.to_string(), with: only.with().to_owned() }
        }
        _ => FixAction::PlainCharacters,
    };
    Some(Fix { action, edits: found.iter().map(Lookalike::edit).collect() })
}

/// Tries fixes for what is usually wrong in a document that is not YAML, and keeps the one that makes it YAML.
fn yaml(reading: &Reading, span: &Range<usize>, budget: &FixBudget) -> Option<Fix> {
    let text = &*reading.text;
    let document = reading.documents.iter().find(|document| {
        matches!(document.kind, DocumentKind::Unreadable(_))
            && document.span.start <= span.start
            && span.start <= document.span.end
    })?;
    let works = |fix: &Fix| {
        if budget.read(document.span.len()).is_none() {
            return false;
        }
        let (from, to) = (document.span.start, document.span.end);
        let moved = |edit: &Edit| Edit {
            range: edit.range.start - from..edit.range.end - from,
            replacement: edit.replacement.clone(),
        };
        is_yaml(&edit::apply(&text[from..to], &fix.edits.iter().map(moved).collect::<Vec<_>>()))
    };
    let here = line_at(text, span.start);
    let above = line_at(text, here.start.saturating_sub(1));
    let lines = [here, above].into_iter().filter(|line| line.start >= document.span.start);
    let candidates = lines.flat_map(|line| [quoted(text, &line), spaced(text, &line)]);
    [spaces_for_tabs(text, &document.span)].into_iter().chain(candidates).flatten().find(works)
}

fn line_at(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    start..start + line.len()
}

/// Two spaces for each tab in front of a line.
fn spaces_for_tabs(text: &str, span: &Range<usize>) -> Option<Fix> {
    let mut edits = Vec::new();
    let mut at = span.start;
    for line in text[span.clone()].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if line[..indent].contains('\t') {
            edits.push(Edit { range: at..at + indent, replacement: line[..indent].replace('\t', "  ") });
        }
        at += line.len();
    }
    (!edits.is_empty()).then_some(Fix { action: FixAction::SpacesForTabs, edits })
}

/// `key: value` with its value in quotes.
fn quoted(text: &str, line: &Range<usize>) -> Option<Fix> {
    let (before, value) = text[line.clone()].split_once(": ")?;
    let value = value.split(" #").next().unwrap_or(value);
    let start = line.start + before.len() + 2 + (value.len() - value.trim_start().len());
    let value = value.trim();
    if value.contains('"') || value.starts_with(['[', '{', '|', '>', '&', '!', '\'']) || value.is_empty() {
        return None;
    }
    let with = format!("\"{}\"", value.replace('\\', "\\\\"));
    Some(replaced(&(start..start + value.len()), value, &with))
}

/// `key:value` with the space that makes it a key.
fn spaced(text: &str, line: &Range<usize>) -> Option<Fix> {
    let written = &text[line.clone()];
    let colon = written.find(':').filter(|colon| !written[colon + 1..].starts_with(' '))?;
    let start = written.len() - written.trim_start_matches([' ', '-']).len();
    let word = &written[start..colon];
    if word.is_empty() || !word.chars().all(char::is_alphanumeric) {
        return None;
    }
    let at = line.start + colon;
    Some(replaced(&(at..at + 1), &format!("{word}:"), ": ")).map(|fix| Fix {
        action: FixAction::Replace {
            found: written.trim().to_owned(),
            with: format!("{word}: {}", &written[colon + 1..]),
        },
        ..fix
    })
}
