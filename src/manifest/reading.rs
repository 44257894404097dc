//! A text read: its documents, the scenario that they make, and the diagnostics.

use super::decode;
use super::diagnostic::{Code, Diagnostic, Limited, Tier};
use super::documents::{self, LocatedObject};
use super::wrapping::{Wrapped, wrapping};
use super::yaml::{NodeId, Tree, YamlProblem};
use crate::cluster::input::ObjectKind;
use crate::limits::{INVENTORY_LINES, OBJECTS};
use crate::scenario::lesson::{Course, Lesson, View};
use crate::scenario::{Manifest, Scenario};
use std::ops::Range;
use std::rc::Rc;

/// A text, and what could be read of it.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Reading {
    pub text: Rc<str>,
    /// What could not be read has its default.
    pub scenario: Scenario,
    /// The Lesson with which the text ends.
    pub lesson: Option<Lesson>,
    /// The Course with which the text begins.
    pub course: Option<Course>,
    /// The View with which the text ends.
    pub view: Option<View>,
    /// In the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// In the order of the text, empty ones included.
    pub documents: Vec<Document>,
    /// The document and the node of each of `scenario.manifests`.
    pub(super) manifests: Vec<(usize, NodeId)>,
    /// The node of each of `scenario.inputs`, in the Scenario's document.
    pub(super) inputs: Vec<NodeId>,
    /// The node of each of `scenario.behaviors.list`.
    pub(super) behaviors: Vec<NodeId>,
}

/// A part of the text between separators.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Document {
    /// Its bytes in the text, without the separators.
    pub span: Range<usize>,
    pub kind: DocumentKind,
    /// Empty if the document is unreadable.
    pub(super) tree: Tree,
}

/// What a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// `scenario.manifests[n]`.
    Manifest(usize),
    /// A List, with its Jobs and CronJobs: the range of them in `scenario.manifests`.
    List(Range<usize>),
    /// An object that pods name; it is in the inventory of the cluster.
    Referenced,
    /// The Scenario of the text.
    Scenario,
    /// The Lesson of the text: its last document.
    Lesson,
    /// The Course of the text: its first document.
    Course,
    /// The View of the text.
    View,
    /// Behind the Lesson, so it belongs to the next one.
    BehindLesson,
    /// Another kind, a second Scenario, or not a map.
    Other,
    /// Only comments and blank lines.
    Empty,
    /// Not YAML that Kubernetes reads.
    Unreadable(YamlProblem),
}

impl Reading {
    /// Of a text of which nothing has been read.
    pub(crate) fn unread(text: Rc<str>) -> Reading {
        Reading {
            text,
            scenario: Scenario::default(),
            lesson: None,
            course: None,
            view: None,
            diagnostics: Vec::new(),
            documents: Vec::new(),
            manifests: Vec::new(),
            inputs: Vec::new(),
            behaviors: Vec::new(),
        }
    }

    /// Leaves out the objects beyond [`OBJECTS`].
    pub(super) fn leave_out_objects(&mut self, manifests: &mut Vec<Manifest>) {
        let count = manifests.len();
        let Some((document, node)) = self.manifests.get(OBJECTS) else { return };
        let span = documents::first_line(&self.documents[*document].tree, *node);
        self.diagnostics.push(Diagnostic { span, code: Code::TooMany { what: Limited::Objects, count } });
        manifests.truncate(OBJECTS);
        self.manifests.truncate(OBJECTS);
        for document in &mut self.documents {
            document.kind = match &document.kind {
                DocumentKind::Manifest(number) if *number >= OBJECTS => DocumentKind::Other,
                DocumentKind::List(items) if items.start >= OBJECTS => DocumentKind::Other,
                DocumentKind::List(items) => DocumentKind::List(items.start..items.end.min(OBJECTS)),
                _ => continue,
            };
        }
    }

    /// Adds the objects that pods name to the inventory, but those beyond [`INVENTORY_LINES`].
    pub(super) fn take_in(&mut self, mut objects: Vec<(usize, LocatedObject)>) {
        let count = objects.len();
        if let Some((document, LocatedObject { node, .. })) = objects.get(INVENTORY_LINES) {
            let span = documents::first_line(&self.documents[*document].tree, *node);
            self.diagnostics.push(Diagnostic { span, code: Code::TooMany { what: Limited::Referenced, count } });
            objects.truncate(INVENTORY_LINES);
        }
        self.scenario.cluster.inventory.objects = objects.into_iter().map(|(_, located)| located.object).collect();
    }

    /// Says what is around the manifest. What stumbles over that is not worth saying.
    pub(super) fn unwrap(&mut self) {
        // The marks of a diff may leave YAML that is read as something else.
        let may_be = self.has_errors() || self.text.lines().any(is_of_diff);
        let Some(Wrapped { wrapping, span, .. }) = may_be.then(|| wrapping(&self.text)).flatten() else {
            return;
        };
        let stumbles = |code: &Code| match code {
            Code::NoKind | Code::NoApiVersion { .. } | Code::NotAManifest | Code::BadSeparator(_) => true,
            Code::Lookalike { .. } | Code::LookalikeInValue { .. } | Code::DuplicateKey { .. } => true,
            _ => matches!(code, Code::Yaml(_)),
        };
        self.diagnostics.retain(|diagnostic| !stumbles(&diagnostic.code));
        self.diagnostics.push(Diagnostic { span, code: Code::Wrapped(wrapping) });
    }

    pub(super) fn decode_scenario(&mut self, number: usize, first_kind: Option<ObjectKind>) {
        let tree = &self.documents[number].tree;
        let decoded = decode::scenario(tree, first_kind, &mut self.diagnostics);
        self.inputs = decoded.input_nodes;
        self.behaviors = decoded.behavior_nodes;
        let manifests = Rc::clone(&self.scenario.manifests);
        self.scenario = Scenario { manifests, ..decoded.scenario };
    }

    /// The start of the lesson: the text without its Lesson or View, and without the Course in front of it.
    pub fn start(&self) -> &str {
        &self.text[self.start_span()]
    }

    /// Its bytes.
    pub fn start_span(&self) -> Range<usize> {
        let is = |kind: DocumentKind| self.documents.iter().position(|document| document.kind == kind);
        let ends = |document: &Document| matches!(document.kind, DocumentKind::Lesson | DocumentKind::View);
        let from = is(DocumentKind::Course).map_or(0, |course| course + 1);
        let to = self.documents.iter().position(ends).unwrap_or(self.documents.len());
        match self.documents.get(from..to) {
            Some([first, .., last] | [first @ last]) => first.span.start..last.span.end,
            _ => 0..0,
        }
    }

    /// Whether any of it waits to be rendered.
    pub fn has_template(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::Template)
    }

    /// Whether anything would be refused, or was left out.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.tier() == Tier::Refused)
    }
}

/// Whether a line looks like one of a diff. A key may begin with a plus, too.
fn is_of_diff(line: &str) -> bool {
    let is_field =
        |added: &str| [" ", "apiVersion:", "kind:", "metadata:", "spec:"].iter().any(|start| added.starts_with(start));
    line.starts_with("@@") || line.strip_prefix('+').is_some_and(is_field)
}
