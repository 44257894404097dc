//! Selectors of pods and of objects.

use super::decoder::{Decoder, Fields};
use crate::api::{IndexSet, Name};
use crate::cluster::input::{Cascade, JobSelector, ObjectKind, PodName, PodSelector};
use crate::manifest::diagnostic::{Code, Expected};
use crate::manifest::yaml::{NodeId, Scalar};

/// The upper bound of creation numbers, indexes and attempts: int32 in Kubernetes.
const MOST: i64 = i32::MAX as i64;

/// A number or a name, depending on the YAML type.
enum NumberOrName {
    Number(u32),
    Name(Name),
}

impl Decoder<'_> {
    /// The keys of `match` and of a target; `None` if one of them is wrong.
    pub(super) fn selector(&mut self, fields: &Fields) -> Option<PodSelector> {
        let before = self.errors;
        let selector = PodSelector {
            job: fields.field("job").and_then(|node| self.number_or_name(node)).map(|job| match job {
                NumberOrName::Number(number) => JobSelector::Number(number),
                NumberOrName::Name(name) => JobSelector::Name(name),
            }),
            pod: fields.field("pod").and_then(|node| self.number_or_name(node)).map(|pod| match pod {
                NumberOrName::Number(number) => PodName::Number(number),
                NumberOrName::Name(name) => PodName::Name(name),
            }),
            index: fields.field("index").and_then(|node| self.index_set(node)),
            attempt: fields.field("attempt").and_then(|node| self.number(node, 1..=MOST)),
            container: fields.field("container").and_then(|node| self.text(node)).map(Into::into),
            restart: fields.field("restart").and_then(|node| self.number(node, 0..=MOST)),
            node: fields.field("node").and_then(|node| self.node_name(node)),
        };
        (self.errors == before).then_some(selector)
    }

    fn number_or_name(&mut self, node: NodeId) -> Option<NumberOrName> {
        match self.tree.scalar(node) {
            Some(Scalar::Text(name)) => Some(NumberOrName::Name(name.into())),
            Some(Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_)) => {
                self.number(node, 1..=MOST).map(NumberOrName::Number)
            }
            _ => self.wrong_type(node, Expected::NumberOrName),
        }
    }

    fn index_set(&mut self, node: NodeId) -> Option<IndexSet> {
        match self.tree.scalar(node) {
            Some(Scalar::Text(text)) => match IndexSet::parse(&text, i32::MAX as u32) {
                Ok(set) => Some(set),
                Err(error) => {
                    self.report(node, Code::IndexSet(error));
                    None
                }
            },
            Some(Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_)) => {
                let index: u32 = self.number(node, 0..=MOST - 1)?;
                Some(IndexSet::from_indexes([index]))
            }
            _ => self.wrong_type(node, Expected::NumberOrSet),
        }
    }

    /// The name of a node that should exist.
    pub(super) fn node_name(&mut self, node: NodeId) -> Option<Name> {
        let name: Name = self.text(node)?.into();
        self.nodes.name(node, name.clone());
        Some(name)
    }

    pub(super) fn kind(&mut self, node: NodeId) -> Option<ObjectKind> {
        match self.text(node)?.as_str() {
            "Job" => Some(ObjectKind::Job),
            "CronJob" => Some(ObjectKind::CronJob),
            _ => {
                self.report(node, Code::UnknownWord { allowed: &["Job", "CronJob"] });
                None
            }
        }
    }

    pub(super) fn cascade(&mut self, node: NodeId) -> Option<Cascade> {
        match self.text(node)?.as_str() {
            "background" => Some(Cascade::Background),
            "foreground" => Some(Cascade::Foreground),
            "orphan" => Some(Cascade::Orphan),
            _ => {
                self.report(node, Code::UnknownWord { allowed: &["background", "foreground", "orphan"] });
                None
            }
        }
    }
}
