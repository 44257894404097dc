//! What the Scenario says of the cluster, of programs and of what happens to them.

use super::names::{Names, What};
use super::object::Objects;
use crate::api::{Name, Taint};
use crate::cluster::behavior::Behavior;
use crate::cluster::input::{
    Input, InputAction, JobSelector, ObjectKind, ObjectSelector, PodName, PodSelector, TaintChange,
};
use crate::cluster::inventory::{ImageRule, Inventory, NodeGroup, Provided, PullError, Reference, ReferencedObject};
use crate::scenario::ClusterSettings;
use std::rc::Rc;

pub(super) fn cluster(settings: &ClusterSettings, objects: &mut Objects<'_>) -> ClusterSettings {
    let inventory = &settings.inventory;
    let nodes = inventory.nodes.as_ref();
    let nodes = nodes.map(|groups| groups.iter().map(|group| node_group(group, objects)).collect());
    let images = inventory.images.iter().map(|rule| image_rule(rule, objects.names)).collect();
    let missing = inventory.missing.iter().map(|missing| reference(missing, objects.names)).collect();
    let referenced = inventory.objects.iter().map(|object| {
        let value = objects.referenced(object.kind, &object.value);
        ReferencedObject { kind: object.kind, value: Rc::new(value) }
    });
    let referenced = referenced.collect();
    ClusterSettings { inventory: Inventory { nodes, images, missing, objects: referenced }, ..settings.clone() }
}

fn node_group(group: &NodeGroup, objects: &mut Objects<'_>) -> NodeGroup {
    let capacity =
        group.capacity.iter().map(|(name, amount)| (objects.resource(name).into(), amount.clone())).collect();
    let names = &mut *objects.names;
    let mut label = |text: &Name| Name::from(names.name(What::Label, text));
    let labels = group.labels.iter().map(|(key, value)| (label(key), label(value))).collect();
    NodeGroup {
        labels: Rc::new(labels),
        taints: group.taints.iter().map(|one| taint(one, names)).collect(),
        name: named(&group.name, names),
        capacity,
        ..group.clone()
    }
}

fn image_rule(rule: &ImageRule, names: &mut Names) -> ImageRule {
    let error = rule.error.as_ref().map(|error| match error {
        PullError::Other(message) => PullError::Other(names.text(What::Text, message).into()),
        known => known.clone(),
    });
    ImageRule { pattern: names.image_glob(&rule.pattern).into(), error, ..rule.clone() }
}

fn reference(reference: &Reference, names: &mut Names) -> Reference {
    Reference { name: names.name_glob(&reference.name).into(), ..reference.clone() }
}

fn taint(taint: &Taint, names: &mut Names) -> Taint {
    let mut label = |text: &Name| names.name(What::Label, text).into();
    Taint { key: label(&taint.key), value: label(&taint.value), ..taint.clone() }
}

pub(super) fn behavior(behavior: &Behavior, names: &mut Names) -> Behavior {
    // What a program prints is its author's.
    Behavior { selector: selector(&behavior.selector, names), logs: None, ..behavior.clone() }
}

pub(super) fn input(input: &Input, first_kind: Option<ObjectKind>, objects: &mut Objects<'_>) -> Input {
    Input { note: None, action: action(&input.action, first_kind, objects), ..input.clone() }
}

fn action(action: &InputAction, first_kind: Option<ObjectKind>, objects: &mut Objects<'_>) -> InputAction {
    let names = &mut *objects.names;
    match action {
        InputAction::Fail { target, exit_code } => {
            InputAction::Fail { target: selector(target, names), exit_code: *exit_code }
        }
        InputAction::OomKill(target) => InputAction::OomKill(selector(target, names)),
        InputAction::Evict(target) => InputAction::Evict(selector(target, names)),
        InputAction::Preempt(target) => InputAction::Preempt(selector(target, names)),
        InputAction::NodePressureEvict(target) => InputAction::NodePressureEvict(selector(target, names)),
        InputAction::DeletePod { target, grace_seconds } => {
            InputAction::DeletePod { target: selector(target, names), grace_seconds: *grace_seconds }
        }
        InputAction::Delete { target, cascade } => {
            InputAction::Delete { target: object(target, names), cascade: *cascade }
        }
        InputAction::Create(value) => {
            let kind = value["kind"]
                .as_str()
                .and_then(|kind| [ObjectKind::Job, ObjectKind::CronJob].into_iter().find(|one| one.as_str() == kind));
            let kind = kind.or(first_kind).unwrap_or(ObjectKind::Job);
            InputAction::Create(Rc::new(objects.object(kind.as_str(), value)))
        }
        InputAction::Patch { target, patch } => InputAction::Patch {
            target: object(target, names),
            patch: Rc::new(objects.object(target.kind.as_str(), patch)),
        },
        InputAction::RestartControllers => InputAction::RestartControllers,
        InputAction::Cordon(node) => InputAction::Cordon(named(node, names)),
        InputAction::Uncordon(node) => InputAction::Uncordon(named(node, names)),
        InputAction::Drain(node) => InputAction::Drain(named(node, names)),
        InputAction::NodeLost(node) => InputAction::NodeLost(named(node, names)),
        InputAction::NodeBack(node) => InputAction::NodeBack(named(node, names)),
        InputAction::NodeDelete(node) => InputAction::NodeDelete(named(node, names)),
        InputAction::Taint { node, change } => InputAction::Taint {
            change: match change {
                TaintChange::Add(added) => TaintChange::Add(taint(added, names)),
                TaintChange::Remove { key, effect } => {
                    TaintChange::Remove { key: names.name(What::Label, key).into(), effect: *effect }
                }
            },
            node: named(node, names),
        },
        InputAction::NodeAdd(group) => InputAction::NodeAdd(Rc::new(node_group(group, objects))),
        InputAction::Provide(Provided::Objects(what)) => {
            InputAction::Provide(Provided::Objects(reference(what, names)))
        }
        InputAction::Provide(Provided::Images(pattern)) => {
            InputAction::Provide(Provided::Images(names.image_glob(pattern).into()))
        }
    }
}

fn object(target: &ObjectSelector, names: &mut Names) -> ObjectSelector {
    let mut one = |name: &Option<Name>| name.as_ref().map(|name| named(name, names));
    ObjectSelector { kind: target.kind, namespace: one(&target.namespace), name: one(&target.name) }
}

fn selector(selector: &PodSelector, names: &mut Names) -> PodSelector {
    PodSelector {
        job: selector.job.as_ref().map(|job| match job {
            JobSelector::Name(name) => JobSelector::Name(named(name, names)),
            JobSelector::Number(_) => job.clone(),
        }),
        pod: selector.pod.as_ref().map(|pod| match pod {
            PodName::Name(name) => PodName::Name(names.pod(name).into()),
            PodName::Number(_) => pod.clone(),
        }),
        container: selector.container.as_ref().map(|name| named(name, names)),
        node: selector.node.as_ref().map(|name| named(name, names)),
        ..selector.clone()
    }
}

fn named(name: &Name, names: &mut Names) -> Name {
    names.name(What::Name, name).into()
}
