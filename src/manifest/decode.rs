//! The Scenario document → types. A line with a mistake is told and skipped; the rest still works. Which fields there
//! are is in [`shape`]; here is what they mean.

mod behavior;
mod input;
mod scalars;
mod selector;
pub mod shape;

use super::diagnostic::{Code, Diagnostic, Expected, ValueKind};
use super::yaml::{Entry, NodeId, NodeKind, Scalar, Tree};
use crate::cluster::behavior::{Behavior, Behaviors};
use crate::cluster::input::{Input, ObjectKind};
use crate::scenario::{ClusterSettings, Scenario};
use crate::time::{Span, Time};
use shape::Shape;
use std::ops::Range;

/// A Scenario and where its lines stand.
pub(super) struct Decoded {
    pub(super) scenario: Scenario,
    /// Node of each input of `scenario`.
    pub(super) input_nodes: Vec<NodeId>,
    /// Node of each behavior of `scenario`.
    pub(super) behavior_nodes: Vec<NodeId>,
}

/// Reads the Scenario; `first_kind` is the kind of the text's first manifest, the default of patches.
pub(super) fn scenario(tree: &Tree, first_kind: Option<ObjectKind>, diagnostics: &mut Vec<Diagnostic>) -> Decoded {
    let mut decoder = Decoder { tree, first_kind, diagnostics };
    let mut decoded = Decoded { scenario: Scenario::default(), input_nodes: Vec::new(), behavior_nodes: Vec::new() };
    let Some(document) = tree.root().and_then(|root| decoder.map(root, &shape::DOCUMENT)) else { return decoded };
    if let Some(metadata) = document.field("metadata").and_then(|node| decoder.map(node, &shape::METADATA)) {
        decoded.scenario.name = metadata.field("name").and_then(|node| decoder.text(node)).map(Into::into);
    }
    if let Some(spec) = document.field("spec").and_then(|node| decoder.map(node, &shape::SPEC)) {
        decoder.spec(&spec, &mut decoded);
    }
    decoded
}

/// Reads nodes as what they should be and says so where they are not.
struct Decoder<'a> {
    tree: &'a Tree,
    first_kind: Option<ObjectKind>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// A map whose keys have been looked at.
struct Fields(Vec<Entry>);

impl Fields {
    /// The value of a field; absent and null are the same.
    fn field(&self, name: &str) -> Option<NodeId> {
        self.0.iter().find(|entry| entry.name == name).map(|entry| entry.value)
    }
}

impl Decoder<'_> {
    fn say(&mut self, node: NodeId, code: Code) {
        let span = self.tree.node(node).span.clone();
        self.say_at(span, code);
    }

    fn say_at(&mut self, span: Range<usize>, code: Code) {
        self.diagnostics.push(Diagnostic { span, code });
    }

    fn wrong_type<T>(&mut self, node: NodeId, expected: Expected) -> Option<T> {
        let found = match (&self.tree.resolve(node).kind, self.tree.scalar(node)) {
            (NodeKind::Mapping { .. }, _) => ValueKind::Map,
            (NodeKind::Sequence { .. }, _) => ValueKind::List,
            (_, Some(Scalar::Null)) => ValueKind::Nothing,
            (_, Some(Scalar::Bool(_))) => ValueKind::Truth,
            (_, Some(Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_))) => ValueKind::Number,
            (_, Some(Scalar::Text(_)) | None) => ValueKind::Text,
        };
        self.say(node, Code::WrongType { expected, found });
        None
    }

    /// A map: unknown and reserved fields are told, null ones left out.
    fn map(&mut self, node: NodeId, shape: &Shape) -> Option<Fields> {
        let Some(mut entries) = self.tree.entries(node) else { return self.wrong_type(node, Expected::Map) };
        for entry in &entries {
            let name = entry.name.as_str();
            if shape.is_open || shape.holds(name).is_some() {
                continue;
            }
            let code = match shape.reserved.contains(&name) {
                true => Code::ReservedField(entry.name.clone()),
                false => Code::UnknownField(entry.name.clone()),
            };
            self.say(entry.key, code);
        }
        entries.retain(|entry| self.tree.scalar(entry.value) != Some(Scalar::Null) || shape.keeps_null(&entry.name));
        Some(Fields(entries))
    }

    fn list(&mut self, node: NodeId) -> Vec<NodeId> {
        match self.tree.items(node) {
            Some(items) => items.to_vec(),
            None => self.wrong_type(node, Expected::List).unwrap_or_default(),
        }
    }

    fn spec(&mut self, spec: &Fields, decoded: &mut Decoded) {
        let scenario = &mut decoded.scenario;
        if let Some(node) = spec.field("kubernetes") {
            self.kubernetes(node);
        }
        let seed = spec.field("seed").and_then(|node| self.unsigned(node)).unwrap_or_default();
        scenario.seed = seed;
        if let Some(start) = spec.field("startTime").and_then(|node| self.start_time(node)) {
            scenario.start_unix_seconds = start;
        }
        if let Some(cluster) = spec.field("cluster").and_then(|node| self.map(node, &shape::CLUSTER)) {
            scenario.cluster = self.cluster(&cluster);
        }
        scenario.until = spec.field("until").and_then(|node| self.time(node));
        let items = spec.field("behaviors").map(|node| self.list(node)).unwrap_or_default();
        let lines = items.into_iter().filter_map(|node| Some((node, self.behavior(node)?)));
        let (nodes, behaviors): (Vec<NodeId>, Vec<Behavior>) = lines.unzip();
        decoded.behavior_nodes = nodes;
        scenario.behaviors = Behaviors { list: behaviors.into(), seed };
        let items = spec.field("inputs").map(|node| self.list(node)).unwrap_or_default();
        let lines = items.into_iter().filter_map(|node| Some((node, self.input(node)?)));
        let (nodes, inputs): (Vec<NodeId>, Vec<Input>) = lines.unzip();
        decoded.input_nodes = nodes;
        scenario.inputs = inputs.into();
    }

    /// Whose rules: as it is written, since `1.36` without quotes is a number.
    fn kubernetes(&mut self, node: NodeId) {
        let NodeKind::Scalar { text, .. } = &self.tree.resolve(node).kind else {
            self.wrong_type::<()>(node, Expected::Text);
            return;
        };
        if !matches!(text.as_str(), "1.36" | "1.36.3") {
            let code = Code::OtherKubernetes(text.clone());
            self.say(node, code);
        }
    }

    fn cluster(&mut self, fields: &Fields) -> ClusterSettings {
        let default = ClusterSettings::default();
        let mut length = |name: &str, default: Span| match fields.field(name) {
            Some(node) => self.length(node).unwrap_or(default),
            None => default,
        };
        ClusterSettings {
            scheduling: length("scheduling", default.scheduling),
            starting: length("starting", default.starting),
            pod_quota: fields.field("podQuota").and_then(|node| self.number(node, 0..=i64::from(u32::MAX))),
        }
    }

    fn time(&mut self, node: NodeId) -> Option<Time> {
        self.length(node).map(|span| Time::from_millis(span.millis()))
    }
}
