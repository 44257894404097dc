//! What exists at an instant of what pods name: claims, configuration, service accounts, priority classes, images.

use super::inventory::{Inventory, Provided, ReferencedKind};
use crate::api::Name;
use crate::order::Map;
use std::cell::RefCell;

/// The inventory of a cluster, and what has been provided since.
#[derive(Clone, Debug, Default)]
pub(crate) struct Provisions {
    inventory: Inventory,
    provided: Vec<Provided>,
    /// What exists and what does not, of what was asked for since something was provided last: pods that wait ask again
    /// at each look, and there may be thousands of patterns.
    asked: RefCell<Map<(ReferencedKind, Name), bool>>,
}

/// The priority of a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Priority {
    pub(crate) value: i32,
    pub(crate) never_preempts: bool,
    pub(crate) class: Option<Name>,
}

impl Provisions {
    pub(crate) fn new(inventory: Inventory) -> Provisions {
        Provisions { inventory, ..Provisions::default() }
    }

    /// Something exists from now on.
    pub(crate) fn provide(&mut self, provided: Provided) {
        self.provided.push(provided);
        *self.asked.get_mut() = Map::new();
    }

    /// Whether nodes have limits, so that it matters what pods ask of them.
    pub(crate) fn has_limits(&self) -> bool {
        self.inventory.nodes.is_some()
    }

    /// Whether nothing is missing at all.
    pub(crate) fn has_everything(&self) -> bool {
        self.inventory.missing.is_empty()
    }

    /// Whether an object exists.
    pub(crate) fn exists(&self, kind: ReferencedKind, name: &str) -> bool {
        let look = || self.look_up(kind, name);
        self.has_everything() || *self.asked.borrow_mut().get_or_insert_with((kind, name.into()), look)
    }

    fn look_up(&self, kind: ReferencedKind, name: &str) -> bool {
        self.inventory.line_of_missing(kind, name).is_none()
            || self.inventory.object(kind, name).is_some()
            || self.provided.iter().any(|provided| match provided {
                Provided::Objects(reference) => reference.matches(kind, name),
                Provided::Images(_) => false,
            })
    }

    /// Whether a ConfigMap or Secret that exists has a key: one that just exists has every key.
    pub(crate) fn has_key(&self, kind: ReferencedKind, name: &str, key: &str) -> bool {
        self.inventory.object(kind, name).is_none_or(|object| object.has_key(key))
    }

    /// Whether the error of the image rules with this pattern is over.
    pub(crate) fn has_image(&self, pattern: &str) -> bool {
        self.provided.iter().any(|provided| match provided {
            Provided::Images(provided) => **provided == *pattern,
            Provided::Objects(_) => false,
        })
    }

    /// The priority of a pod that names this class. Without one, the class that is the default for all counts; a class
    /// that just exists has value 0. Upstream: plugin/pkg/admission/priority.
    pub(crate) fn priority(&self, class: Option<&Name>) -> Priority {
        let mut classes = self.inventory.objects.iter().filter(|object| object.kind == ReferencedKind::PriorityClass);
        let found = match class {
            Some(name) => match &**name {
                "system-cluster-critical" => return Priority::of_system(2_000_000_000, name),
                "system-node-critical" => return Priority::of_system(2_000_001_000, name),
                name => classes.find(|object| object.name() == name),
            },
            None => classes
                .filter(|object| object.value["globalDefault"] == true)
                .min_by_key(|object| object.value["value"].as_i64()),
        };
        let value = found.and_then(|object| object.value["value"].as_i64()).unwrap_or(0);
        Priority {
            value: i32::try_from(value).unwrap_or(0),
            never_preempts: found.is_some_and(|object| object.value["preemptionPolicy"] == "Never"),
            class: class.cloned().or_else(|| found.map(|object| object.name().into())),
        }
    }
}

impl Priority {
    fn of_system(value: i32, class: &Name) -> Priority {
        Priority { value, never_preempts: false, class: Some(class.clone()) }
    }
}
