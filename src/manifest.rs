//! Text ⇄ scenario, with places. The ground state of the product is one text; this reads it into a [`Scenario`],
//! says what is wrong and where, finds the bytes of any field again, and changes no byte that it need not change.
//! Knows nothing of what a run will do.

pub mod answer;
mod decode;
mod diagnostic;
mod documents;
pub mod edit;
pub mod link;
mod place;
pub mod print;
mod yaml;

pub use decode::shape;
pub use diagnostic::{Code, Diagnostic, Expected, Tier, ValueKind, line_column};
pub use place::{Path, PathStep, Place};
pub use yaml::{MAX_DEPTH, YamlProblem};

use crate::cluster::input::ObjectKind;
use crate::order;
use crate::scenario::{Manifest, Scenario};
use std::ops::Range;
use std::rc::Rc;
use yaml::{NodeId, Tree};

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 1_000_000;

/// The most lines that are read.
pub const MAX_LINES: usize = 10_000;

/// What a text says.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The text itself.
    pub text: Rc<str>,
    /// What it decides; what could not be read has its default.
    pub scenario: Scenario,
    /// What is wrong or surprising, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Its documents, in order; empty ones too.
    pub documents: Vec<Document>,
    /// The document and the node of each of `scenario.manifests`.
    manifests: Vec<(usize, NodeId)>,
    /// The node of each of `scenario.inputs`, in the Scenario's document.
    inputs: Vec<NodeId>,
    /// The node of each of `scenario.behaviors.list`.
    behaviors: Vec<NodeId>,
}

/// A part of the text between separators.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its bytes, comments included, separators not.
    pub span: Range<usize>,
    /// What it turned out to be.
    pub kind: DocumentKind,
    /// Its tree; empty if it is unreadable.
    tree: Tree,
}

/// What a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// `scenario.manifests[n]`.
    Manifest(usize),
    /// A List; its Jobs and CronJobs are these of `scenario.manifests`.
    List(Range<usize>),
    /// The Scenario.
    Scenario,
    /// Something else: another kind, a second Scenario, no manifest at all.
    Other,
    /// Comments and blank lines.
    Empty,
    /// Not YAML.
    Unreadable(YamlProblem),
}

/// One YAML document as a value.
pub(crate) fn value(text: &str) -> Result<serde_json::Value, YamlProblem> {
    yaml::Tree::parse(text, 0).and_then(|tree| tree.to_value()).map_err(|located| located.problem)
}

/// A file as a text.
///
/// # Errors
/// It is not UTF-8: what can be read of it, and what there is to tell about its end.
pub fn text_of(bytes: &[u8]) -> Result<&str, (&str, Code)> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (readable, _) = bytes.split_at(error.valid_up_to());
        let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        (std::str::from_utf8(readable).unwrap_or_default(), Code::NotUtf8 { utf16 })
    })
}

/// Whether a text without separators is YAML that Kubernetes reads.
pub fn is_yaml(text: &str) -> bool {
    value(text).is_ok()
}

/// The names of all fields of a Scenario, whatever they are in.
pub fn scenario_fields() -> impl Iterator<Item = &'static str> + Clone {
    decode::shape::ALL.iter().flat_map(|shape| shape.fields).map(|(name, _)| *name)
}

/// Reads a text. Never fails: what cannot be read is left out and told in [`Reading::diagnostics`].
pub fn read(text: &str) -> Reading {
    let mut reading = Reading {
        text: text.into(),
        scenario: Scenario::default(),
        diagnostics: Vec::new(),
        documents: Vec::new(),
        manifests: Vec::new(),
        inputs: Vec::new(),
        behaviors: Vec::new(),
    };
    if let Some(code) = beyond_limits(text) {
        reading.diagnostics.push(Diagnostic { span: 0..0, code });
        return reading;
    }
    let chunks = documents::split(text, &mut reading.diagnostics);
    let mut manifests: Vec<Manifest> = Vec::new();
    let mut scenario: Option<usize> = None;
    for span in chunks {
        let (tree, value) = match documents::parse(text, &span, &mut reading.diagnostics) {
            Ok(parsed) => parsed,
            Err(problem) => {
                reading.documents.push(Document {
                    span,
                    kind: DocumentKind::Unreadable(problem),
                    tree: Tree::default(),
                });
                continue;
            }
        };
        let number = reading.documents.len();
        let known = manifests.len();
        let mut add = |kind, value, node| {
            manifests.push(Manifest { kind, value: Rc::new(value) });
            reading.manifests.push((number, node));
        };
        let kind = match documents::classify(&tree, value, &mut reading.diagnostics) {
            documents::Class::Empty => DocumentKind::Empty,
            documents::Class::Other => DocumentKind::Other,
            documents::Class::Manifest(found) => {
                add(found.kind, found.value, found.node);
                DocumentKind::Manifest(known)
            }
            documents::Class::List(items) => {
                items.into_iter().for_each(|found| add(found.kind, found.value, found.node));
                DocumentKind::List(known..manifests.len())
            }
            documents::Class::Scenario if scenario.is_none() => {
                scenario = Some(number);
                DocumentKind::Scenario
            }
            documents::Class::Scenario => {
                documents::second_scenario(&tree, &mut reading.diagnostics);
                DocumentKind::Other
            }
        };
        reading.documents.push(Document { span, kind, tree });
    }
    let first_kind = manifests.first().map(|manifest| manifest.kind);
    reading.scenario.manifests = manifests.into();
    if let Some(number) = scenario {
        reading.decode_scenario(number, first_kind);
    }
    order::sort_by_key(&mut reading.diagnostics, |diagnostic| (diagnostic.span.start, diagnostic.span.end));
    reading
}

fn beyond_limits(text: &str) -> Option<Code> {
    if text.len() > MAX_BYTES {
        return Some(Code::TooManyBytes { bytes: text.len() });
    }
    let lines = text.lines().count();
    (lines > MAX_LINES).then_some(Code::TooManyLines { lines })
}

impl Reading {
    fn decode_scenario(&mut self, number: usize, first_kind: Option<ObjectKind>) {
        let tree = &self.documents[number].tree;
        let decoded = decode::scenario(tree, first_kind, &mut self.diagnostics);
        self.inputs = decoded.input_nodes;
        self.behaviors = decoded.behavior_nodes;
        let manifests = Rc::clone(&self.scenario.manifests);
        self.scenario = Scenario { manifests, ..decoded.scenario };
    }

    /// Whether anything would be refused or was left out.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.tier() == Tier::Refused)
    }
}
