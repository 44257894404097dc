//! Nodes as maps, lists and diagnostics: what all parts of the decoder stand on.

use super::nodes::Nodes;
use crate::cluster::input::ObjectKind;
use crate::manifest::diagnostic::{Code, Diagnostic, Expected, Tier, ValueKind};
use crate::manifest::schema::ObjectSchema;
use crate::manifest::yaml::{Entry, NodeId, NodeKind, Scalar, Tree};
use std::ops::Range;

/// Reads nodes as what they should be, and reports where they are something else.
pub(super) struct Decoder<'a> {
    pub(super) tree: &'a Tree,
    /// The kind of the text's first manifest: the default of patches.
    pub(super) first_kind: Option<ObjectKind>,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    /// How many errors were reported so far: a line that adds one is skipped.
    pub(super) errors: usize,
    /// What the text says of nodes so far.
    pub(super) nodes: Nodes,
    /// How many checks were read so far.
    pub(super) checks: usize,
}

/// The entries of a map whose keys have been checked.
pub(super) struct Fields(pub(super) Vec<Entry>);

impl Fields {
    /// The value of a field; absent and null are the same.
    pub(super) fn field(&self, name: &str) -> Option<NodeId> {
        self.0.iter().find(|entry| entry.name == name).map(|entry| entry.value)
    }
}

impl<'a> Decoder<'a> {
    pub(super) fn new(tree: &'a Tree, diagnostics: &'a mut Vec<Diagnostic>) -> Decoder<'a> {
        Decoder { tree, first_kind: None, diagnostics, errors: 0, nodes: Nodes::default(), checks: 0 }
    }
}

impl Decoder<'_> {
    pub(super) fn report(&mut self, node: NodeId, code: Code) {
        let span = self.tree.node(node).span.clone();
        self.report_at(span, code);
    }

    pub(super) fn report_at(&mut self, span: Range<usize>, code: Code) {
        let diagnostic = Diagnostic { span, code };
        self.errors += usize::from(diagnostic.tier() == Tier::Refused);
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn wrong_type<T>(&mut self, node: NodeId, expected: Expected) -> Option<T> {
        let found = match (&self.tree.resolve(node).kind, self.tree.scalar(node)) {
            (NodeKind::Mapping { .. }, _) => ValueKind::Map,
            (NodeKind::Sequence { .. }, _) => ValueKind::List,
            (_, Some(Scalar::Null)) => ValueKind::Nothing,
            (_, Some(Scalar::Bool(_))) => ValueKind::Truth,
            (_, Some(Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_))) => ValueKind::Number,
            (_, Some(Scalar::Text(_)) | None) => ValueKind::Text,
        };
        self.report(node, Code::WrongType { expected, found });
        None
    }

    /// A map: unknown and reserved fields are reported, null ones left out.
    pub(super) fn map(&mut self, node: NodeId, schema: &ObjectSchema) -> Option<Fields> {
        let Some(mut entries) = self.tree.entries(node) else { return self.wrong_type(node, Expected::Map) };
        for entry in &entries {
            let name = entry.name.as_str();
            if schema.is_open || schema.field_type(name).is_some() {
                continue;
            }
            let code = match schema.reserved.contains(&name) {
                true => Code::ReservedField(entry.name.clone()),
                false => Code::UnknownField(entry.name.clone()),
            };
            self.report(entry.key, code);
        }
        entries.retain(|entry| self.tree.scalar(entry.value) != Some(Scalar::Null) || schema.keeps_null(&entry.name));
        Some(Fields(entries))
    }

    /// A field without which its line, `node`, means nothing.
    pub(super) fn required(&mut self, node: NodeId, fields: &Fields, field: &'static str) -> Option<NodeId> {
        let found = fields.field(field);
        if found.is_none() {
            self.report(node, Code::MissingField(field));
        }
        found
    }

    pub(super) fn list(&mut self, node: NodeId) -> Vec<NodeId> {
        match self.tree.items(node) {
            Some(items) => items.to_vec(),
            None => self.wrong_type(node, Expected::List).unwrap_or_default(),
        }
    }
}
