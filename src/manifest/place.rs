//! Places of fields in a text: from an explanation back to the bytes that caused it, and from the cursor to its field.

use super::reading::{DocumentKind, Reading};
use super::yaml::{Entry, NodeId, NodeKind, Scalar, Tree};
use serde_json::Value;
use std::fmt;
use std::ops::Range;

/// A field of the text. All numbers are from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Place {
    /// In `scenario.manifests[manifest]`, from its root: `spec.backoffLimit`.
    Manifest { manifest: usize, path: Path },
    /// In the Scenario's document, from its root: `spec.cluster.podQuota`.
    Scenario(Path),
    /// In the Lesson's document, from its root: `spec.ask.options.six`.
    Lesson(Path),
    /// In the Course's document, from its root: `spec.lessons[2]`.
    Course(Path),
    /// In the View's document, from its root: `spec.guess`.
    View(Path),
    /// In `scenario.inputs[input]`, from the root of the line: `at`. The empty path is the whole line.
    Input { input: usize, path: Path },
    /// In `scenario.behaviors.list[behavior]`, from the root of the line: `run`. The empty path is the whole line.
    Behavior { behavior: usize, path: Path },
}

/// The steps to a field, as the API server writes them: `spec.template.spec.containers[0].env[2]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(pub Vec<PathStep>);

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PathStep {
    /// Into a map.
    Key(String),
    /// Into a list, from 0.
    Index(usize),
}

impl Path {
    /// Reads `spec.rules[0].action` or `metadata.annotations[example.com/note]`. Never fails: every text is a path.
    pub fn parse(text: &str) -> Path {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(bracketed) = rest.strip_prefix('[') {
                let (inside, tail) = bracketed.split_once(']').unwrap_or((bracketed, ""));
                steps.push(match inside.parse() {
                    Ok(index) => PathStep::Index(index),
                    Err(_) => PathStep::Key(inside.to_owned()),
                });
                rest = tail.strip_prefix('.').unwrap_or(tail);
                continue;
            }
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(PathStep::Key(rest[..end].to_owned()));
            rest = rest[end..].strip_prefix('.').unwrap_or(&rest[end..]);
        }
        Path(steps)
    }

    /// The name of the field or entry; `None` for an item of a list and for the root.
    pub fn last_key(&self) -> Option<&str> {
        match self.0.last()? {
            PathStep::Key(key) => Some(key),
            PathStep::Index(_) => None,
        }
    }

    /// The name of the field; for an item, the name of its list with its index: `containers[0]`.
    pub fn name(&self) -> String {
        let from = self.0.iter().rposition(|step| matches!(step, PathStep::Key(_))).unwrap_or(0);
        Path(self.0[from..].to_vec()).to_string()
    }

    /// The path to a field in the map at this path.
    pub fn joined(&self, field: &str) -> Path {
        Path(self.0.iter().cloned().chain([PathStep::Key(field.to_owned())]).collect())
    }

    /// The path to what stands below this one, by a path as it is written.
    pub fn below(&self, path: &str) -> Path {
        Path(self.0.iter().cloned().chain(Path::parse(path).0).collect())
    }

    /// The path to the map or list around; the root is its own parent.
    pub fn parent(&self) -> Path {
        Path(self.0[..self.0.len().saturating_sub(1)].to_vec())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Index(index) => write!(f, "[{index}]")?,
                PathStep::Key(key) if key.contains(['.', '[', ']']) => write!(f, "[{key}]")?,
                PathStep::Key(key) if position == 0 => f.write_str(key)?,
                PathStep::Key(key) => write!(f, ".{key}")?,
            }
        }
        Ok(())
    }
}

impl Place {
    /// A field of a manifest, by the path that the API server would print.
    pub fn manifest(manifest: usize, path: &str) -> Place {
        Place::Manifest { manifest, path: Path::parse(path) }
    }

    /// A field of the Scenario, from its document's root.
    pub fn scenario(path: &str) -> Place {
        Place::Scenario(Path::parse(path))
    }

    /// A field of the Lesson, from its document's root.
    pub fn lesson(path: &str) -> Place {
        Place::Lesson(Path::parse(path))
    }

    /// A field of the Course, from its document's root.
    pub fn course(path: &str) -> Place {
        Place::Course(Path::parse(path))
    }

    /// A whole line of `inputs`.
    pub fn input(input: usize) -> Place {
        Place::Input { input, path: Path::default() }
    }

    /// A whole line of `behaviors`.
    pub fn behavior(behavior: usize) -> Place {
        Place::Behavior { behavior, path: Path::default() }
    }

    /// The steps from the root of the place, to change them.
    pub fn path_mut(&mut self) -> &mut Path {
        match self {
            Place::Manifest { path, .. }
            | Place::Scenario(path)
            | Place::Lesson(path)
            | Place::Course(path)
            | Place::View(path)
            | Place::Input { path, .. }
            | Place::Behavior { path, .. } => path,
        }
    }

    /// The steps from the root of the place.
    pub(super) fn path(&self) -> &[PathStep] {
        match self {
            Place::Manifest { path, .. }
            | Place::Scenario(path)
            | Place::Lesson(path)
            | Place::Course(path)
            | Place::View(path)
            | Place::Input { path, .. }
            | Place::Behavior { path, .. } => &path.0,
        }
    }
}

/// The nodes of a field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    /// `None` for items of lists and for roots.
    pub(super) key: Option<NodeId>,
    pub(super) value: NodeId,
}

impl Reading {
    /// The bytes of key and value together; for an item of a list or a whole document, of the value.
    pub fn span_of(&self, place: &Place) -> Option<Range<usize>> {
        let (tree, root) = self.root_of(place)?;
        field(tree, root, place.path()).map(|field| span(tree, field))
    }

    /// The bytes of the key; `None` for an item of a list or a whole document.
    pub fn key_span(&self, place: &Place) -> Option<Range<usize>> {
        let (tree, root) = self.root_of(place)?;
        field(tree, root, place.path())?.key.map(|key| tree.node(key).span.clone())
    }

    /// The bytes of the value; an empty range behind the colon, if nothing is written there.
    pub fn value_span(&self, place: &Place) -> Option<Range<usize>> {
        let (tree, root) = self.root_of(place)?;
        field(tree, root, place.path()).map(|field| tree.node(field.value).span.clone())
    }

    /// What is written in the field; `None` if it is not there.
    pub fn value_at(&self, place: &Place) -> Option<Value> {
        let (tree, root) = self.root_of(place)?;
        tree.value_of(field(tree, root, place.path())?.value).ok()
    }

    /// The bytes of the field if it is there, else of the key of the nearest map or list around its place.
    pub fn nearest_span(&self, place: &Place) -> Option<Range<usize>> {
        let (tree, root) = self.root_of(place)?;
        let path = place.path();
        if let Some(field) = field(tree, root, path) {
            return Some(span(tree, field));
        }
        let around = (0..path.len()).rev().find_map(|length| field(tree, root, &path[..length]))?;
        let node = around.key.or_else(|| first_key(tree, around.value)).unwrap_or(around.value);
        Some(tree.node(node).span.clone())
    }

    /// The innermost field around a byte of the text, such as that of the cursor.
    pub fn place_at(&self, offset: usize) -> Option<Place> {
        let number = self.documents.iter().position(|document| document.span.contains(&offset))?;
        let document = &self.documents[number];
        let root = document.tree.root()?;
        let path = |from: NodeId| Path(path_to(&document.tree, from, offset));
        match document.kind {
            DocumentKind::Manifest(manifest) => Some(Place::Manifest { manifest, path: path(root) }),
            DocumentKind::List(_) => {
                let mut around = self.manifests.iter().enumerate().filter(|(_, (document, node))| {
                    *document == number && self.documents[number].tree.node(*node).span.contains(&offset)
                });
                let (manifest, (_, node)) = around.next()?;
                Some(Place::Manifest { manifest, path: path(*node) })
            }
            DocumentKind::Scenario => {
                let around = |line: &&NodeId| document.tree.node(**line).span.contains(&offset);
                if let Some(line) = self.inputs.iter().find(around) {
                    let input = self.inputs.iter().position(|known| known == line)?;
                    return Some(Place::Input { input, path: path(*line) });
                }
                if let Some(line) = self.behaviors.iter().find(around) {
                    let behavior = self.behaviors.iter().position(|known| known == line)?;
                    return Some(Place::Behavior { behavior, path: path(*line) });
                }
                Some(Place::Scenario(path(root)))
            }
            DocumentKind::Lesson => Some(Place::Lesson(path(root))),
            DocumentKind::Course => Some(Place::Course(path(root))),
            DocumentKind::View => Some(Place::View(path(root))),
            DocumentKind::BehindLesson => None,
            DocumentKind::Referenced | DocumentKind::Other | DocumentKind::Empty | DocumentKind::Unreadable(_) => None,
        }
    }

    /// The tree that holds a place, and the node from which its path starts.
    pub(super) fn root_of(&self, place: &Place) -> Option<(&Tree, NodeId)> {
        match place {
            Place::Manifest { manifest, .. } => {
                let (document, node) = self.manifests.get(*manifest)?;
                Some((&self.documents[*document].tree, *node))
            }
            Place::Scenario(_) => self.root_of_only(&DocumentKind::Scenario),
            Place::Lesson(_) => self.root_of_only(&DocumentKind::Lesson),
            Place::Course(_) => self.root_of_only(&DocumentKind::Course),
            Place::View(_) => self.root_of_only(&DocumentKind::View),
            Place::Input { input, .. } => Some((self.scenario_tree()?, *self.inputs.get(*input)?)),
            Place::Behavior { behavior, .. } => Some((self.scenario_tree()?, *self.behaviors.get(*behavior)?)),
        }
    }

    /// The tree of the Scenario's document.
    pub(super) fn scenario_tree(&self) -> Option<&Tree> {
        self.root_of_only(&DocumentKind::Scenario).map(|(tree, _)| tree)
    }

    /// The tree and the root of the one document of a kind.
    fn root_of_only(&self, kind: &DocumentKind) -> Option<(&Tree, NodeId)> {
        let document = self.documents.iter().find(|document| document.kind == *kind)?;
        Some((&document.tree, document.tree.root()?))
    }
}

/// Follows a path from a node.
pub(super) fn field(tree: &Tree, root: NodeId, path: &[PathStep]) -> Option<Field> {
    let mut found = Field { key: None, value: root };
    for step in path {
        found = match step {
            PathStep::Key(name) => {
                let Entry { key, value, .. } = tree.entry(found.value, name)?;
                Field { key: Some(key), value }
            }
            PathStep::Index(index) => Field { key: None, value: *tree.items(found.value)?.get(*index)? },
        };
    }
    Some(found)
}

/// The steps from a node to the innermost field around a byte.
fn path_to(tree: &Tree, root: NodeId, offset: usize) -> Vec<PathStep> {
    let mut steps = Vec::new();
    let mut at = root;
    loop {
        let next = match &tree.node(at).kind {
            NodeKind::Mapping { entries, .. } => entries.iter().find_map(|(key, value)| {
                let start = tree.node(*key).span.start;
                let around = start..tree.node(*value).span.end.max(tree.node(*key).span.end + 1);
                let name = tree.scalar(*key).and_then(Scalar::into_key)?;
                around.contains(&offset).then_some((PathStep::Key(name), *value))
            }),
            NodeKind::Sequence { items, .. } => {
                let place = items.iter().position(|item| tree.node(*item).span.contains(&offset));
                place.map(|place| (PathStep::Index(place), items[place]))
            }
            NodeKind::Scalar { .. } | NodeKind::Alias { .. } => None,
        };
        let Some((step, value)) = next else { return steps };
        steps.push(step);
        at = value;
    }
}

fn span(tree: &Tree, field: Field) -> Range<usize> {
    let value = tree.node(field.value).span.clone();
    match field.key {
        Some(key) => tree.node(key).span.start..value.end,
        None => value,
    }
}

fn first_key(tree: &Tree, map: NodeId) -> Option<NodeId> {
    tree.first_entry(map).map(|entry| entry.key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;

    const TEXT: &str = "\
# first
kind: Job
apiVersion: batch/v1
metadata: {name: pi, annotations: {example.com/a: b}}
spec:
  backoffLimit: 3 # three
  empty:
  template: {spec: {containers: [{name: main}, {name: helper}]}}
---
apiVersion: job-playground/v1
kind: Scenario
spec:
  cluster: {podQuota: 3}
  behaviors:
  - run: 5s
  inputs:
  - at: 5 # wrong, so it is no input
    evict: {}
  - at: 6s
    evict: {}
";

    #[test]
    fn places_have_bytes() {
        let reading = read(TEXT);
        let found = |place: &Place| reading.span_of(place).map(|span| &TEXT[span]);
        for (place, text) in [
            (Place::manifest(0, "spec.backoffLimit"), Some("backoffLimit: 3")),
            (Place::manifest(0, "spec.empty"), Some("empty:")),
            (Place::manifest(0, "spec.template.spec.containers[1].name"), Some("name: helper")),
            (Place::manifest(0, "metadata.annotations[example.com/a]"), Some("example.com/a: b")),
            (Place::manifest(0, "spec.completions"), None),
            (Place::manifest(1, "spec"), None),
            (Place::scenario("spec.cluster.podQuota"), Some("podQuota: 3")),
            (Place::behavior(0), Some("run: 5s")),
            (Place::input(0), Some("at: 6s\n    evict: {}")),
            (Place::Input { input: 0, path: Path::parse("at") }, Some("at: 6s")),
            (Place::input(1), None),
        ] {
            assert_eq!(found(&place), text, "{place:?}");
        }
        let place = Place::manifest(0, "spec.backoffLimit");
        assert_eq!(reading.key_span(&place).map(|span| &TEXT[span]), Some("backoffLimit"));
        assert_eq!(reading.value_span(&place).map(|span| &TEXT[span]), Some("3"));
        let missing = Place::manifest(0, "spec.template.spec.containers[0].image");
        assert_eq!(reading.nearest_span(&missing).map(|span| &TEXT[span]), Some("name"));
        let missing = Place::manifest(0, "spec.podFailurePolicy.rules[0]");
        assert_eq!(reading.nearest_span(&missing).map(|span| &TEXT[span]), Some("spec"));
    }

    #[test]
    fn bytes_have_places() {
        let reading = read(TEXT);
        for (text, place) in [
            ("3 # three", Some(Place::manifest(0, "spec.backoffLimit"))),
            ("backoff", Some(Place::manifest(0, "spec.backoffLimit"))),
            ("helper", Some(Place::manifest(0, "spec.template.spec.containers[1].name"))),
            ("b}}", Some(Place::manifest(0, "metadata.annotations[example.com/a]"))),
            ("6s", Some(Place::Input { input: 0, path: Path::parse("at") })),
            ("5 # wrong", Some(Place::scenario("spec.inputs[0].at"))),
            ("5s", Some(Place::Behavior { behavior: 0, path: Path::parse("run") })),
            ("podQuota", Some(Place::scenario("spec.cluster.podQuota"))),
        ] {
            let offset = TEXT.find(text).expect("it is in the text");
            assert_eq!(reading.place_at(offset), place, "{text}");
        }
    }

    #[test]
    fn paths_print_as_they_are_read() {
        for path in ["spec.rules[0].action", "metadata.annotations[example.com/a]", "spec", "", "[2].name"] {
            assert_eq!(Path::parse(path).to_string(), path);
        }
    }
}
