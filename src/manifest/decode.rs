//! The documents of the format → types. A line with a mistake is reported and skipped; the rest is read. Which fields exist is
//! in [`schema`]; what they mean is here.

mod behavior;
mod check;
mod cluster;
mod decoder;
mod input;
mod lesson;
mod nodes;
mod scalars;
mod selector;

use super::diagnostic::{Code, Diagnostic, Expected, Limited};
use super::documents::first_line;
use super::schema;
use super::yaml::{NodeId, NodeKind, Tree};
use crate::cluster::behavior::{Behavior, Behaviors};
use crate::cluster::input::{Input, ObjectKind};
use crate::limits::{BEHAVIORS, INPUTS};
use crate::scenario::Scenario;
use decoder::{Decoder, Fields};
pub(super) use lesson::{course, lesson, view};

/// A Scenario, and the nodes of its lines.
pub(super) struct DecodedScenario {
    pub(super) scenario: Scenario,
    /// The node of each of `scenario.inputs`.
    pub(super) input_nodes: Vec<NodeId>,
    /// The node of each of `scenario.behaviors.list`.
    pub(super) behavior_nodes: Vec<NodeId>,
}

/// Reads the Scenario; `first_kind` is the kind of the text's first manifest, the default of patches.
pub(super) fn scenario(
    tree: &Tree,
    first_kind: Option<ObjectKind>,
    diagnostics: &mut Vec<Diagnostic>,
) -> DecodedScenario {
    let mut decoder = Decoder { first_kind, ..Decoder::new(tree, diagnostics) };
    let mut decoded =
        DecodedScenario { scenario: Scenario::default(), input_nodes: Vec::new(), behavior_nodes: Vec::new() };
    let Some(document) = tree.root().and_then(|root| decoder.map(root, &schema::DOCUMENT)) else { return decoded };
    if let Some(metadata) = document.field("metadata").and_then(|node| decoder.map(node, &schema::METADATA)) {
        decoded.scenario.name = metadata.field("name").and_then(|node| decoder.text(node)).map(Into::into);
    }
    if let Some(spec) = document.field("spec").and_then(|node| decoder.map(node, &schema::SPEC)) {
        decoder.spec(&spec, &mut decoded);
    }
    decoded
}

impl Decoder<'_> {
    fn spec(&mut self, spec: &Fields, decoded: &mut DecodedScenario) {
        let scenario = &mut decoded.scenario;
        if let Some(node) = spec.field("kubernetes") {
            self.kubernetes(node);
        }
        let seed = spec.field("seed").and_then(|node| self.unsigned(node)).unwrap_or_default();
        scenario.seed = seed;
        if let Some(start) = spec.field("startTime").and_then(|node| self.start_time(node)) {
            scenario.start_unix_seconds = start;
        }
        if let Some(cluster) = spec.field("cluster").and_then(|node| self.map(node, &schema::CLUSTER)) {
            scenario.cluster = self.cluster(&cluster);
        }
        scenario.until = spec.field("until").and_then(|node| self.time(node));
        let items = spec.field("behaviors").map(|node| self.list(node)).unwrap_or_default();
        let items = self.at_most(BEHAVIORS, Limited::Behaviors, items);
        let lines = items.into_iter().filter_map(|node| Some((node, self.behavior(node)?)));
        let (nodes, behaviors): (Vec<NodeId>, Vec<Behavior>) = lines.unzip();
        decoded.behavior_nodes = nodes;
        scenario.behaviors = Behaviors { list: behaviors.into(), seed, ..Behaviors::default() };
        let items = spec.field("inputs").map(|node| self.list(node)).unwrap_or_default();
        let items = self.at_most(INPUTS, Limited::Inputs, items);
        let lines = items.into_iter().filter_map(|node| Some((node, self.input(node)?)));
        let (nodes, inputs): (Vec<NodeId>, Vec<Input>) = lines.unzip();
        decoded.input_nodes = nodes;
        scenario.inputs = inputs.into();
        self.check_nodes(scenario.cluster.inventory.nodes.is_some());
    }

    /// Says what can be said of nodes once all of them are read.
    fn check_nodes(&mut self, are_given: bool) {
        if let Some((line, code)) = self.nodes.left_out() {
            self.report_at(line, code);
        }
        for (node, code) in self.nodes.unknown(are_given) {
            self.report(node, code);
        }
    }

    /// The first items of a list; says at the next one that the rest is left out.
    fn at_most(&mut self, most: usize, what: Limited, mut items: Vec<NodeId>) -> Vec<NodeId> {
        let count = items.len();
        if let Some(first) = items.get(most) {
            let span = first_line(self.tree, *first);
            self.report_at(span, Code::TooMany { what, count });
            items.truncate(most);
        }
        items
    }

    /// Checks the version as it is written, since `1.36` without quotes is a number.
    fn kubernetes(&mut self, node: NodeId) {
        let NodeKind::Scalar { text, .. } = &self.tree.resolve(node).kind else {
            self.wrong_type::<()>(node, Expected::Text);
            return;
        };
        if !matches!(text.as_str(), "1.36" | "1.36.3") {
            let code = Code::OtherKubernetes(text.clone());
            self.report(node, code);
        }
    }
}
