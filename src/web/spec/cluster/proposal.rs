//! The line that is added to a list: the one that is most likely meant.

use crate::api::PodSpec;
use crate::cluster::inventory::{ImageRule, Inventory, NodeGroup, PullError, Reference, ReferencedKind};
use crate::explain::{images, needed_objects};
use crate::manifest::edit::{ClusterLine, ClusterList};
use crate::recording::Recording;
use crate::scenario::Scenario;
use std::rc::Rc;

/// What pods name most, in this order.
const NAMED_KINDS: [ReferencedKind; 3] =
    [ReferencedKind::ConfigMap, ReferencedKind::Secret, ReferencedKind::PersistentVolumeClaim];
/// That many pods are asked for what they name.
const PODS: usize = 64;

/// A line for a list: a node with the next number, an image or object that a pod of the run names.
pub(crate) fn line(list: ClusterList, scenario: &Scenario, recording: &Recording) -> ClusterLine {
    let inventory = &scenario.cluster.inventory;
    match list {
        ClusterList::Nodes => ClusterLine::Node(node(scenario)),
        ClusterList::Images => {
            let mut named = specs(recording).flat_map(images);
            let image = named.find(|image| ImageRule::of(&inventory.images, image).is_none());
            ClusterLine::Image(ImageRule {
                pattern: image.unwrap_or_else(|| "*".into()),
                pull: None,
                error: Some(PullError::NotFound),
                until: None,
            })
        }
        ClusterList::Missing => {
            let mut named = specs(recording).flat_map(needed_objects);
            let is_there = |object: &Reference| inventory.line_of_missing(object.kind, &object.name).is_none();
            // Where the pods name nothing more: everything of a kind.
            let mut all = NAMED_KINDS.map(|kind| Reference { kind, name: "*".into() }).into_iter();
            let first = || Reference { kind: NAMED_KINDS[0], name: "*".into() };
            ClusterLine::Missing(named.find(is_there).or_else(|| all.find(is_there)).unwrap_or_else(first))
        }
    }
}

/// The first node is called like the one that there was before.
fn node(scenario: &Scenario) -> NodeGroup {
    let is_taken = |name: &String| {
        let is_only = scenario.cluster.inventory.nodes.is_none() && **name == *Inventory::ONLY_NODE;
        !is_only && scenario.node_names().any(|known| *known == **name)
    };
    let name = (1..).map(|number| format!("node-{number}")).find(|name| !is_taken(name));
    NodeGroup {
        name: name.unwrap_or_default().as_str().into(),
        count: None,
        capacity: Vec::new(),
        labels: Rc::default(),
        taints: Rc::default(),
    }
}

fn specs(recording: &Recording) -> impl Iterator<Item = &PodSpec> {
    recording.pods().take(PODS).filter_map(|pod| Some(&*recording.born(pod)?.birth.template.spec))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;

    #[test]
    fn what_is_added_is_what_the_run_names() {
        let proposed = |cluster: &str, list| {
            let text = format!(
                "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n  template:\n    spec:\n      restartPolicy: \
                 Never\n      containers: [{{name: m, image: app:1, envFrom: [{{secretRef: {{name: s}}}}]}}]\n---\napiVersion: \
                 job-playground/v1\nkind: Scenario\nspec: {{kubernetes: \"1.36\", cluster: {cluster}}}\n"
            );
            let scenario = read(&text).scenario;
            match line(list, &scenario, &Recording::of(&scenario)) {
                ClusterLine::Node(group) => group.name.to_string(),
                ClusterLine::Image(rule) => rule.pattern.to_string(),
                ClusterLine::Missing(reference) => reference.to_string(),
            }
        };
        assert_eq!(proposed("{}", ClusterList::Nodes), "node-1");
        assert_eq!(proposed("{nodes: [{name: node, count: 2}]}", ClusterList::Nodes), "node-3");
        assert_eq!(proposed("{nodes: []}", ClusterList::Nodes), "node-1");
        assert_eq!(proposed("{}", ClusterList::Images), "app:1");
        assert_eq!(proposed("{images: [{match: \"app:*\"}]}", ClusterList::Images), "*");
        assert_eq!(proposed("{}", ClusterList::Missing), "Secret/s");
        assert_eq!(proposed("{missing: [\"Secret/*\"]}", ClusterList::Missing), "ConfigMap/*");
        assert_eq!(
            proposed("{missing: [\"Secret/*\", \"ConfigMap/*\"]}", ClusterList::Missing),
            "PersistentVolumeClaim/*"
        );
    }
}
