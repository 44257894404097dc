//! One line of `inputs`.

use super::decoder::{Decoder, Fields};
use crate::api::Name;
use crate::cluster::input::{Input, InputAction, ObjectKind, ObjectSelector, PodSelector, TaintChange};
use crate::manifest::diagnostic::{Code, Expected};
use crate::manifest::schema::{self, ObjectSchema, VERBS};
use crate::manifest::yaml::{Entry, NodeId, Scalar};
use serde_json::Value;
use std::rc::Rc;

impl Decoder<'_> {
    /// `None`, with a diagnostic, if anything in it is wrong or the line is for a later version.
    pub(super) fn input(&mut self, node: NodeId) -> Option<Input> {
        let before = self.errors;
        let fields = self.map(node, &schema::INPUT)?;
        let note = fields.field("note").and_then(|node| self.text(node)).map(Into::into);
        let disabled = fields.field("disabled").and_then(|node| self.truth(node)).unwrap_or(false);
        let at = fields.field("at").map(|node| self.time(node));
        let is_newer = fields.0.iter().any(|entry| schema::INPUT.field_type(&entry.name).is_none());
        if at.is_none() && !is_newer {
            self.report(node, Code::MissingField("at"));
        }
        let verb = self.only_verb(node, &fields, is_newer).and_then(|entry| self.verb(&entry));
        if self.errors > before {
            return None;
        }
        Some(Input { at: at??, action: verb?, note, disabled })
    }

    /// The one verb of a line. In a line with a field of a later version, that field may be the verb.
    fn only_verb(&mut self, node: NodeId, fields: &Fields, is_newer: bool) -> Option<Entry> {
        let mut verbs = fields.0.iter().filter(|entry| VERBS.contains(&entry.name.as_str()));
        let Some(first) = verbs.next() else {
            if !is_newer {
                self.report(node, Code::NoVerb);
            }
            return None;
        };
        if let Some(second) = verbs.next() {
            let code = Code::TwoVerbs { first: first.name.clone(), second: second.name.clone() };
            self.report(second.key, code);
            return None;
        }
        Some(first.clone())
    }

    fn verb(&mut self, entry: &Entry) -> Option<InputAction> {
        let node = entry.value;
        match entry.name.as_str() {
            "fail" => self.fail(node),
            "oomKill" => self.target(node, &schema::OOM_KILL).map(InputAction::OomKill),
            "evict" => self.target(node, &schema::TARGET).map(InputAction::Evict),
            "preempt" => self.target(node, &schema::TARGET).map(InputAction::Preempt),
            "nodePressureEvict" => self.target(node, &schema::TARGET).map(InputAction::NodePressureEvict),
            "delete" => self.delete(node),
            "create" => self.create(node),
            "patch" => self.patch(node),
            "cordon" => self.named_node(node).map(InputAction::Cordon),
            "uncordon" => self.named_node(node).map(InputAction::Uncordon),
            "drain" => self.named_node(node).map(InputAction::Drain),
            "taint" => self.taint(node),
            "nodeLost" => self.named_node(node).map(InputAction::NodeLost),
            "nodeBack" => self.named_node(node).map(InputAction::NodeBack),
            "nodeAdd" => self.node_add(node),
            "nodeDelete" => self.named_node(node).map(InputAction::NodeDelete),
            "provide" => self.provided(node).map(InputAction::Provide),
            _ => {
                if self.tree.scalar(node) != Some(Scalar::Null) {
                    self.map(node, &schema::NOTHING)?;
                }
                Some(InputAction::RestartControllers)
            }
        }
    }

    fn target_fields(&mut self, node: NodeId, schema: &ObjectSchema) -> Option<(Fields, PodSelector)> {
        let known_elsewhere = self.tree.entry(node, "restart");
        if let Some(restart) = known_elsewhere {
            self.report(restart.key, Code::RestartInTarget);
            return None;
        }
        let fields = self.map(node, schema)?;
        let selector = self.selector(&fields)?;
        Some((fields, selector))
    }

    fn target(&mut self, node: NodeId, schema: &ObjectSchema) -> Option<PodSelector> {
        let (fields, mut selector) = self.target_fields(node, schema)?;
        if schema.field_type("container").is_none() && fields.field("container").is_some() {
            selector.container = None; // flagged as unknown: these verbs are about whole pods
        }
        Some(selector)
    }

    fn fail(&mut self, node: NodeId) -> Option<InputAction> {
        let (fields, target) = self.target_fields(node, &schema::FAIL)?;
        let exit_code = fields.field("exitCode").map_or(Some(1), |node| self.exit_code(node))?;
        Some(InputAction::Fail { target, exit_code })
    }

    fn delete(&mut self, node: NodeId) -> Option<InputAction> {
        let names_object = |entry: &Entry| matches!(entry.name.as_str(), "kind" | "name" | "namespace" | "cascade");
        if self.tree.entries(node).is_some_and(|entries| entries.iter().any(names_object)) {
            return self.delete_object(node);
        }
        let (fields, target) = self.target_fields(node, &schema::DELETE_POD)?;
        let grace_seconds = match fields.field("gracePeriodSeconds") {
            Some(node) => Some(self.number(node, 0..=i64::MAX)?),
            None => None,
        };
        Some(InputAction::DeletePod { target, grace_seconds })
    }

    fn delete_object(&mut self, node: NodeId) -> Option<InputAction> {
        let fields = self.map(node, &schema::DELETE_OBJECT)?;
        let kind = self.required(node, &fields, "kind")?;
        let kind = self.kind(kind)?;
        let target = ObjectSelector {
            kind,
            namespace: fields.field("namespace").and_then(|node| self.text(node)).map(Into::into),
            name: fields.field("name").and_then(|node| self.text(node)).map(Into::into),
        };
        let cascade = fields.field("cascade").map_or(Some(Default::default()), |node| self.cascade(node))?;
        Some(InputAction::Delete { target, cascade })
    }

    /// `{node: NAME}`.
    fn named_node(&mut self, node: NodeId) -> Option<Name> {
        let fields = self.map(node, &schema::NODE_TARGET)?;
        let name = self.required(node, &fields, "node")?;
        self.node_name(name)
    }

    fn taint(&mut self, node: NodeId) -> Option<InputAction> {
        let fields = self.map(node, &schema::TAINT)?;
        let name = self.required(node, &fields, "node")?;
        let name = self.node_name(name)?;
        let change = match (fields.field("add"), fields.field("remove")) {
            (Some(add), None) => TaintChange::Add(self.taint_text(add)?),
            (None, Some(remove)) => self.removed_taint(remove)?,
            (None, None) => {
                self.report(node, Code::MissingField("add"));
                return None;
            }
            (Some(_), Some(second)) => {
                self.report(second, Code::TwoVerbs { first: "add".to_owned(), second: "remove".to_owned() });
                return None;
            }
        };
        Some(InputAction::Taint { node: name, change })
    }

    fn node_add(&mut self, node: NodeId) -> Option<InputAction> {
        let group = self.node_group(node)?;
        self.nodes.know(&group);
        Some(InputAction::NodeAdd(group.into()))
    }

    fn create(&mut self, node: NodeId) -> Option<InputAction> {
        let fields = self.map(node, &schema::MANIFEST)?;
        let kind = self.required(node, &fields, "kind")?;
        if self.kind(kind)? != ObjectKind::Job {
            self.report(kind, Code::UnknownWord { allowed: &["Job"] });
            return None;
        }
        self.tree.value_of(node).ok().map(Rc::new).map(InputAction::Create)
    }

    fn patch(&mut self, node: NodeId) -> Option<InputAction> {
        let fields = self.map(node, &schema::MANIFEST)?;
        let kind = match fields.field("kind") {
            Some(kind) => self.kind(kind)?,
            None => self.first_kind.unwrap_or(ObjectKind::Job),
        };
        let mut namespace = None;
        let mut name = None;
        if let Some(metadata) = fields.field("metadata") {
            let metadata = self.map(metadata, &schema::MANIFEST)?;
            namespace = self.optional_name(&metadata, "namespace")?;
            name = self.optional_name(&metadata, "name")?;
        }
        let Ok(Value::Object(mut patch)) = self.tree.value_of(node) else {
            return self.wrong_type(node, Expected::Map);
        };
        patch.remove("apiVersion");
        patch.remove("kind");
        if let Some(Value::Object(metadata)) = patch.get_mut("metadata") {
            metadata.remove("name");
            metadata.remove("namespace");
            if metadata.is_empty() {
                patch.remove("metadata");
            }
        }
        let target = ObjectSelector { kind, namespace, name };
        Some(InputAction::Patch { target, patch: Rc::new(Value::Object(patch)) })
    }

    /// `None` if the field is wrong.
    fn optional_name(&mut self, fields: &Fields, field: &str) -> Option<Option<Name>> {
        match fields.field(field) {
            Some(node) => self.text(node).map(|name| Some(name.into())),
            None => Some(None),
        }
    }
}
