//! `cluster`: how long things take, nodes, images, what is missing.

use super::decoder::{Decoder, Fields};
use crate::api::{Labels, Name, Taint, TaintEffect, is_amount, is_label_key, is_label_value, is_node_name};
use crate::cluster::input::TaintChange;
use crate::cluster::inventory::{ImageRule, Inventory, NodeGroup, Provided, PullError, Reference, ReferencedKind};
use crate::limits::INVENTORY_LINES;
use crate::manifest::diagnostic::{Code, Expected, Limited};
use crate::manifest::documents::first_line;
use crate::manifest::schema;
use crate::manifest::yaml::{NodeId, Scalar};
use crate::order::Set;
use crate::scenario::ClusterSettings;
use crate::time::Span;
use std::rc::Rc;

impl Decoder<'_> {
    pub(super) fn cluster(&mut self, fields: &Fields) -> ClusterSettings {
        let default = ClusterSettings::default();
        let mut length = |name: &str, default: Span| match fields.field(name) {
            Some(node) => self.length(node).unwrap_or(default),
            None => default,
        };
        ClusterSettings {
            scheduling: length("scheduling", default.scheduling),
            starting: length("starting", default.starting),
            pod_quota: fields.field("podQuota").and_then(|node| self.number(node, 0..=i64::from(u32::MAX))),
            inventory: Inventory {
                nodes: fields.field("nodes").and_then(|node| self.nodes(node)),
                images: self.lines(fields.field("images"), Limited::Images, Decoder::image),
                missing: self.lines(fields.field("missing"), Limited::Missing, Decoder::reference),
                objects: default.inventory.objects,
            },
        }
    }

    fn lines<T>(
        &mut self,
        list: Option<NodeId>,
        what: Limited,
        read: impl Fn(&mut Self, NodeId) -> Option<T>,
    ) -> Rc<[T]> {
        let items = list.map(|node| self.list(node)).unwrap_or_default();
        let items = self.at_most(INVENTORY_LINES, what, items);
        items.into_iter().filter_map(|node| read(self, node)).collect()
    }

    /// No list is no nodes, not an empty list of them.
    fn nodes(&mut self, list: NodeId) -> Option<Rc<[NodeGroup]>> {
        let Some(lines) = self.tree.items(list) else { return self.wrong_type(list, Expected::List) };
        let mut groups = Vec::new();
        for line in lines.iter().copied() {
            let Some(group) = self.node_group(line) else { continue };
            let second = self.nodes.second_of(&group);
            match second {
                Some(name) => self.report_at(first_line(self.tree, line), Code::SecondNode(name.to_string())),
                None => {
                    self.nodes.know(&group);
                    groups.push(group);
                }
            }
        }
        Some(groups.into())
    }

    /// A line of `nodes`, or what is behind `nodeAdd`. `None`, with a diagnostic, if anything in it is wrong or there are
    /// too many nodes.
    pub(super) fn node_group(&mut self, node: NodeId) -> Option<NodeGroup> {
        let group = self.any_node_group(node);
        self.nodes.takes(group.as_ref(), first_line(self.tree, node)).then_some(group).flatten()
    }

    fn any_node_group(&mut self, node: NodeId) -> Option<NodeGroup> {
        let before = self.errors;
        let fields = self.map(node, &schema::NODE)?;
        let named = self.required(node, &fields, "name")?;
        let name: Name = self.text(named)?.into();
        let count = fields.field("count").and_then(|node| self.number(node, 1..=i64::from(u32::MAX)));
        let longest = count.map_or_else(|| name.to_string(), |count: u32| format!("{name}-{count}"));
        if !is_node_name(&longest) {
            self.report(named, Code::NodeName);
        }
        let group = NodeGroup {
            name,
            count,
            capacity: fields.field("capacity").map(|node| self.capacity(node)).unwrap_or_default(),
            labels: Rc::new(fields.field("labels").map(|node| self.labels(node)).unwrap_or_default()),
            taints: fields.field("taints").map(|node| self.taints(node)).unwrap_or_default(),
        };
        (self.errors == before).then_some(group)
    }

    /// Amounts by name: `cpu: 4`, `memory: 16Gi`.
    fn capacity(&mut self, node: NodeId) -> Vec<(Name, Name)> {
        let Some(fields) = self.map(node, &schema::MANIFEST) else { return Vec::new() };
        let mut amounts = Vec::new();
        for entry in fields.0 {
            // A number counts, however it is written: `0x10`.
            let amount = match self.tree.scalar(entry.value) {
                Some(Scalar::Int(number)) => Some(number.to_string()),
                Some(Scalar::Uint(number)) => Some(number.to_string()),
                Some(Scalar::Text(_) | Scalar::Float(_)) => self.written(entry.value),
                _ => self.wrong_type(entry.value, Expected::Quantity),
            };
            match amount {
                Some(amount) if is_amount(&amount) => amounts.push((entry.name.as_str().into(), amount.into())),
                Some(_) => self.report(entry.value, Code::Quantity),
                None => {}
            }
        }
        amounts
    }

    fn labels(&mut self, node: NodeId) -> Labels {
        let Some(fields) = self.map(node, &schema::MANIFEST) else { return Labels::default() };
        let mut labels = Labels::new();
        for entry in fields.0 {
            let Some(value) = self.text(entry.value) else { continue };
            if !is_label_key(&entry.name) {
                self.report(entry.key, Code::Label);
            } else if !is_label_value(&value) {
                self.report(entry.value, Code::Label);
            }
            labels.insert(entry.name.as_str().into(), value.into());
        }
        labels
    }

    fn taints(&mut self, list: NodeId) -> Rc<[Taint]> {
        let mut taints: Vec<Taint> = self.list(list).into_iter().filter_map(|node| self.taint_text(node)).collect();
        // The last one of a key and effect counts.
        let mut seen = Set::default();
        taints.reverse();
        taints.retain(|taint| seen.insert((taint.key.clone(), taint.effect.as_str())));
        taints.reverse();
        taints.into()
    }

    /// `KEY[=VALUE]:EFFECT`.
    pub(super) fn taint_text(&mut self, node: NodeId) -> Option<Taint> {
        let text = self.text(node)?;
        let taint = Taint::parse(&text).filter(|taint| is_label_key(&taint.key) && is_label_value(&taint.value));
        if taint.is_none() {
            self.report(node, Code::Taint { removed: false });
        }
        taint
    }

    /// `KEY[:EFFECT]`.
    pub(super) fn removed_taint(&mut self, node: NodeId) -> Option<TaintChange> {
        let text = self.text(node)?;
        let (key, effect) = match text.split_once(':') {
            Some((key, effect)) => (key, Some(TaintEffect::named(effect))),
            None => (text.as_str(), None),
        };
        if !is_label_key(key) || effect == Some(None) {
            self.report(node, Code::Taint { removed: true });
            return None;
        }
        Some(TaintChange::Remove { key: key.into(), effect: effect.flatten() })
    }

    fn image(&mut self, node: NodeId) -> Option<ImageRule> {
        let before = self.errors;
        let fields = self.map(node, &schema::IMAGE)?;
        let pattern = self.required(node, &fields, "match")?;
        let rule = ImageRule {
            pattern: self.text(pattern)?.into(),
            pull: fields.field("pull").and_then(|node| self.length_or_forever(node)),
            error: fields.field("error").and_then(|node| self.text(node)).map(|text| PullError::of(&text)),
            until: fields.field("until").and_then(|node| self.time(node)),
        };
        (self.errors == before).then_some(rule)
    }

    /// `KIND/NAME`.
    fn reference(&mut self, node: NodeId) -> Option<Reference> {
        let text = self.text(node)?;
        let reference = reference(&text);
        if reference.is_none() {
            self.report(node, Code::Reference { or_image: false });
        }
        reference
    }

    /// `KIND/NAME` or `Image/PATTERN`.
    pub(super) fn provided(&mut self, node: NodeId) -> Option<Provided> {
        let text = self.text(node)?;
        let provided = match text.split_once('/') {
            Some((Provided::IMAGE, pattern)) if !pattern.is_empty() => Some(Provided::Images(pattern.into())),
            _ => reference(&text).map(Provided::Objects),
        };
        if provided.is_none() {
            self.report(node, Code::Reference { or_image: true });
        }
        provided
    }
}

fn reference(text: &str) -> Option<Reference> {
    let (kind, name) = text.split_once('/').filter(|(_, name)| !name.is_empty())?;
    ReferencedKind::named(kind).map(|kind| Reference { kind, name: name.into() })
}
