//! Images: which of them are on which node (P-40).

use crate::api::{Container, Name, NodeId, PullPolicy};
use crate::cluster::inventory::ImageRule;
use crate::order::{Map, Set};
use std::rc::Rc;

/// Images on nodes.
#[derive(Clone, Debug, Default)]
pub(super) struct Images {
    pub(super) rules: Rc<[ImageRule]>,
    /// The first rule that matches an image, by its name.
    known: Map<Name, Option<usize>>,
    /// Images with a rule that have been pulled.
    pub(super) there: Set<(NodeId, Name)>,
}

impl Images {
    pub(super) fn new(rules: Rc<[ImageRule]>) -> Images {
        Images { rules, ..Images::default() }
    }

    /// The rule of an image; one without a rule is on every node.
    pub(super) fn rule(&mut self, image: &Name) -> Option<usize> {
        if self.rules.is_empty() {
            return None;
        }
        let rules = &self.rules;
        *self.known.get_or_insert_with(image.clone(), || ImageRule::of(rules, image))
    }

    /// Whether a container's image is known to be there, so that no pull is needed.
    pub(super) fn is_there(&self, node: NodeId, container: &Container) -> bool {
        if container.pull_policy == PullPolicy::Always || !container.has_valid_image {
            return false;
        }
        self.rules.is_empty() || self.there.contains(&(node, container.image.clone()))
    }

    pub(super) fn has(&mut self, node: NodeId, image: &Name) -> bool {
        self.rule(image).is_none() || self.there.contains(&(node, image.clone()))
    }

    /// The images of a node that is gone are gone.
    pub(super) fn forget(&mut self, node: NodeId) {
        let there: Vec<_> = self.there.iter().filter(|(on, _)| *on != node).cloned().collect();
        self.there = crate::order::set(there.into_iter());
    }
}
