//! One text, several documents: split as kubectl splits them, read one by one, and classified by apiVersion and kind.

use super::diagnostic::{Code, Diagnostic, Limited, ManifestKind};
use super::json_stream::JsonStream;
use super::lookalike::{Lookalike, is_blank, lookalikes};
use super::yaml::{Aliased, Entry, Located, NodeId, NodeKind, Scalar, Tree, YamlProblem};
use crate::api::kinds;
use crate::cluster::inventory::ReferencedObject;
use crate::limits::DOCUMENTS;
use crate::order::Map;
use crate::scenario::Manifest;
use serde_json::Value;
use std::ops::Range;
use std::rc::Rc;

/// The apiVersion of Scenarios, Lessons and Courses.
pub(super) const SCENARIO_VERSION: &str = "job-playground/v1";

/// Splits at lines that begin with `---`, like kubectl. A separator with nothing before it belongs to its document, so
/// that line numbers are those of kubectl.
pub(super) fn split(text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    // Behind a byte order mark `kubectl` sees YAML.
    if at == 0 {
        let stream = JsonStream::read(text);
        for end in &stream.ends {
            chunks.push(at..*end);
            at = *end;
        }
        if let Some(located) = stream.broken {
            // There it stops.
            diagnostics.push(Diagnostic { span: located.span, code: Code::Yaml(located.problem) });
            leave_out(&mut chunks, text, diagnostics);
            return chunks;
        }
        at = stream.rest;
    }
    let mut start = at;
    for line in text[at..].split_inclusive('\n') {
        let line_start = at;
        at += line.len();
        let Some(rest) = line.strip_prefix("---") else { continue };
        let trimmed = rest.trim();
        let is_valid = trimmed.is_empty() || trimmed.starts_with('#');
        if !is_valid {
            let from = at - rest.len() + (rest.len() - rest.trim_start().len());
            let code = Code::BadSeparator(trimmed.to_owned());
            diagnostics.push(Diagnostic { span: from..from + trimmed.len(), code });
        }
        if start < line_start {
            chunks.push(start..line_start);
            start = at;
        }
        if !is_valid {
            start = if rest.starts_with([' ', '\t']) { line_start } else { at };
        }
    }
    chunks.push(start..text.len());
    leave_out(&mut chunks, text, diagnostics);
    chunks
}

/// Leaves out the documents beyond [`DOCUMENTS`].
fn leave_out(chunks: &mut Vec<Range<usize>>, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let count = chunks.len();
    let Some(first) = chunks.get(DOCUMENTS) else { return };
    let span = first.start..first.start + text[first.clone()].find('\n').unwrap_or(first.len());
    diagnostics.push(Diagnostic { span, code: Code::TooMany { what: Limited::Documents, count } });
    chunks.truncate(DOCUMENTS);
}

/// Reads one document as a tree and a value; `aliased` is what the documents before it have unfolded.
pub(super) fn parse(
    text: &str,
    span: &Range<usize>,
    aliased: &mut Aliased,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Tree, Value), YamlProblem> {
    with_value(text, span, Tree::parse(&text[span.clone()], span.start), aliased, diagnostics)
}

/// Adds to what was read of a document its value.
pub(super) fn with_value(
    text: &str,
    span: &Range<usize>,
    read: Result<Tree, Located>,
    aliased: &mut Aliased,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Tree, Value), YamlProblem> {
    let parsed = read.and_then(|tree| {
        let value = tree.to_value(aliased)?;
        Ok((tree, value))
    });
    match parsed {
        Ok((tree, value)) => {
            duplicate_keys(&tree, diagnostics);
            diagnostics.extend(spaced_key(text, &tree));
            diagnostics.extend(lookalike_in_value(text, span));
            Ok((tree, value))
        }
        Err(located) => {
            let end = located.span.end.min(span.end);
            // Of a template nothing else is worth saying.
            if let Some(template) = template(&text[span.clone()], span.start) {
                diagnostics.push(template);
            } else {
                diagnostics.extend(lookalike(text, &(span.start..end)));
                diagnostics.push(Diagnostic { span: located.span, code: Code::Yaml(located.problem.clone()) });
            }
            Err(located.problem)
        }
    }
}

/// The first `{{` outside of comments: the document is a template that has not been rendered.
fn template(text: &str, offset: usize) -> Option<Diagnostic> {
    let mut start = offset;
    for line in text.split_inclusive('\n') {
        let written = line.find('#').map_or(line, |comment| &line[..comment]);
        if let Some(at) = written.find("{{") {
            let length = written[at..].find("}}").map_or(2, |end| end + 2);
            return Some(Diagnostic { span: start + at..start + at + length, code: Code::Template });
        }
        start += line.len();
    }
    None
}

/// The last of these characters up to a mistake: often the mistake itself.
fn lookalike(text: &str, span: &Range<usize>) -> Option<Diagnostic> {
    let Lookalike { span, found, meant, .. } = lookalikes(text, span).pop()?;
    Some(Diagnostic { span, code: Code::Lookalike { found, meant } })
}

/// The first of them in a document that is YAML all the same. A space may be part of a value.
fn lookalike_in_value(text: &str, span: &Range<usize>) -> Option<Diagnostic> {
    let first = lookalikes(text, span).into_iter().find(|lookalike| lookalike.meant != Some(' '))?;
    let Lookalike { span, found, meant, .. } = first;
    Some(Diagnostic { span, code: Code::LookalikeInValue { found, meant } })
}

/// The first key that begins with what looks like a space: it was to indent the key.
fn spaced_key(text: &str, tree: &Tree) -> Option<Diagnostic> {
    let keys = tree.maps().flat_map(|(_, pairs)| pairs.iter().map(|(key, _)| tree.node(*key).span.start));
    let spaced = keys.filter_map(|start| Some((start, text[start..].chars().next().filter(|first| is_blank(*first))?)));
    let (start, found) = spaced.min()?;
    let code = Code::LookalikeInValue { found, meant: Some(' ') };
    Some(Diagnostic { span: start..start + found.len_utf8(), code })
}

fn duplicate_keys(tree: &Tree, diagnostics: &mut Vec<Diagnostic>) {
    for (_, pairs) in tree.maps() {
        let mut seen: Map<String, NodeId> = Map::new();
        for (key, _) in pairs {
            let Some(name) = tree.scalar(*key).and_then(Scalar::into_key).filter(|_| !tree.is_merge(*key)) else {
                continue;
            };
            let span = tree.node(*key).span.clone();
            if let Some(first) = seen.get(&name) {
                let first = tree.node(*first).span.start;
                diagnostics.push(Diagnostic { span, code: Code::DuplicateKey { key: name, first } });
            } else {
                seen.insert(name, *key);
            }
        }
    }
}

/// What a document holds, by its apiVersion and kind.
pub(super) enum Content {
    Empty,
    Manifest(LocatedManifest),
    Referenced(LocatedObject),
    List(Vec<LocatedManifest>, Vec<LocatedObject>),
    Scenario,
    Lesson,
    Course,
    View,
    Other,
}

/// The manifest of a Job or CronJob and its node in the tree of the document.
pub(super) struct LocatedManifest {
    pub(super) manifest: Manifest,
    pub(super) node: NodeId,
}

/// An object that pods name, and its node in the tree of the document.
pub(super) struct LocatedObject {
    pub(super) object: ReferencedObject,
    pub(super) node: NodeId,
}

/// Classifies a document by apiVersion and kind.
pub(super) fn classify(tree: &Tree, value: Value, diagnostics: &mut Vec<Diagnostic>) -> Content {
    match tree.root().filter(|_| !value.is_null()) {
        Some(root) => classify_node(tree, root, value, diagnostics),
        None => Content::Empty,
    }
}

/// A document, or an item of a List.
fn classify_node(tree: &Tree, root: NodeId, value: Value, diagnostics: &mut Vec<Diagnostic>) -> Content {
    let Some(map) = value.as_object() else {
        diagnostics.push(Diagnostic { span: first_line(tree, root), code: Code::NotAManifest });
        return Content::Other;
    };
    let (version, kind) = (map.get("apiVersion").and_then(Value::as_str), map.get("kind").and_then(Value::as_str));
    let at = |field: &str| match entry(tree, root, field) {
        Some(entry) => tree.node(entry.value).span.clone(),
        None => first_line(tree, root),
    };
    let mut say = |field: &str, code: Code| diagnostics.push(Diagnostic { span: at(field), code });
    // Somebody else's API, which may have its own `kind: Job`.
    let is_foreign = version.is_some_and(|version| !kinds::knows_group(version));
    let known = match kind {
        Some(kind) if is_foreign => {
            say("kind", Code::KindNotModelled(kind.to_owned()));
            return Content::Other;
        }
        Some(kind) if let Some(known) = ManifestKind::named(kind) => known,
        _ if version.is_some_and(|version| version.starts_with("job-playground/")) => {
            return classify_own(version.unwrap_or_default(), kind, say);
        }
        Some(kind) if is_list(kind) && map.get("items").is_some_and(Value::is_array) => {
            return items(tree, root, value, diagnostics);
        }
        Some("Scenario") if version.is_none() => {
            say("kind", Code::ScenarioWithoutVersion);
            return Content::Scenario;
        }
        Some(kind) if version.is_none_or(|version| !kinds::may_serve(version, kind)) => {
            let version = version.unwrap_or_default().to_owned();
            say("kind", Code::KindNotServed { kind: kind.to_owned(), version });
            return Content::Other;
        }
        Some(kind) => {
            say("kind", Code::KindNotModelled(kind.to_owned()));
            return Content::Other;
        }
        None => {
            say("kind", Code::NoKind);
            return Content::Other;
        }
    };
    match version {
        Some(found) if found == known.api_version() => {}
        Some(found) => say("apiVersion", Code::WrongApiVersion { kind: known, found: found.to_owned() }),
        None => say("apiVersion", Code::NoApiVersion { kind: known }),
    }
    let value = Rc::new(value);
    match known {
        ManifestKind::Object(kind) => {
            Content::Manifest(LocatedManifest { manifest: Manifest { kind, value }, node: root })
        }
        ManifestKind::Referenced(kind) => {
            Content::Referenced(LocatedObject { object: ReferencedObject { kind, value }, node: root })
        }
    }
}

/// `List`, or the list of a kind that is read.
fn is_list(kind: &str) -> bool {
    kind.strip_suffix("List").is_some_and(|kind| kind.is_empty() || ManifestKind::named(kind).is_some())
}

/// What is read of a List, also of Lists in it; kubectl sends each on its own.
fn items(tree: &Tree, root: NodeId, mut list: Value, diagnostics: &mut Vec<Diagnostic>) -> Content {
    let nodes = entry(tree, root, "items").and_then(|entry| tree.items(entry.value)).unwrap_or_default();
    let values = list_items(&mut list);
    let (mut manifests, mut objects) = (Vec::new(), Vec::new());
    for (node, value) in nodes.iter().zip(values) {
        match classify_node(tree, *node, value, diagnostics) {
            Content::Manifest(manifest) => manifests.push(manifest),
            Content::Referenced(object) => objects.push(object),
            Content::List(inner, inner_objects) => {
                manifests.extend(inner);
                objects.extend(inner_objects);
            }
            Content::Scenario => second_scenario(tree, diagnostics),
            Content::Lesson | Content::Course | Content::View => {
                diagnostics.push(Diagnostic { span: first_line(tree, *node), code: Code::InList });
            }
            Content::Empty | Content::Other => {}
        }
    }
    Content::List(manifests, objects)
}

/// The items of a List. An item without kind and apiVersion gets those that the kind of the list implies.
/// Upstream: unstructuredJSONScheme.decodeToList.
pub(super) fn list_items(list: &mut Value) -> Vec<Value> {
    let kind = list["kind"].as_str().unwrap_or_default().strip_suffix("List").unwrap_or_default().to_owned();
    let version = list["apiVersion"].clone();
    let Value::Array(mut items) = list["items"].take() else { return Vec::new() };
    for item in items.iter_mut().filter_map(Value::as_object_mut) {
        if !kind.is_empty() && !item.contains_key("kind") && !item.contains_key("apiVersion") {
            item.insert("kind".to_owned(), kind.clone().into());
            item.insert("apiVersion".to_owned(), version.clone());
        }
    }
    items
}

fn entry(tree: &Tree, map: NodeId, field: &str) -> Option<Entry> {
    tree.entry(map, field)
}

fn classify_own(version: &str, kind: Option<&str>, mut say: impl FnMut(&str, Code)) -> Content {
    let content = match kind {
        Some("Scenario") => Content::Scenario,
        Some("Lesson") => Content::Lesson,
        Some("Course") => Content::Course,
        Some("View") => Content::View,
        Some(kind) => {
            say("kind", Code::NewerKind(kind.to_owned()));
            return Content::Other;
        }
        None => {
            say("kind", Code::NoKind);
            return Content::Other;
        }
    };
    if version != SCENARIO_VERSION {
        say("apiVersion", Code::NewerVersion(version.to_owned()));
    }
    content
}

/// A text has one Scenario; a branch (`from:`) is reserved for later versions.
pub(super) fn second_scenario(tree: &Tree, diagnostics: &mut Vec<Diagnostic>) {
    let Some(root) = tree.root() else { return };
    let from = tree.entry(root, "spec").and_then(|spec| tree.entry(spec.value, "from"));
    let (span, code) = match from {
        Some(from) => (tree.node(from.key).span.clone(), Code::ReservedField("from".to_owned())),
        None => (first_line(tree, root), Code::SecondScenario),
    };
    diagnostics.push(Diagnostic { span, code });
}

/// The bytes of the first line of a document that is neither blank nor a comment.
pub(super) fn first_written(text: &str, document: &Range<usize>) -> Option<Range<usize>> {
    let mut start = document.start;
    for line in text[document.clone()].split_inclusive('\n') {
        let written = line.trim();
        if !written.is_empty() && !written.starts_with('#') {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}

/// The first key of a map, or the first line of anything else: the place of a diagnostic about a whole document.
pub(super) fn first_line(tree: &Tree, id: NodeId) -> Range<usize> {
    let node = tree.node(id);
    if let NodeKind::Mapping { entries, .. } = &node.kind
        && let Some((key, _)) = entries.first()
    {
        return tree.node(*key).span.clone();
    }
    node.span.clone()
}
