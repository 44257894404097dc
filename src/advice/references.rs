//! The objects that a pod's spec names, and where.

use crate::cluster::inventory::ReferencedKind;
use serde_json::Value;

/// These are in every cluster.
const BUILT_IN: [&str; 3] = ["default", "system-cluster-critical", "system-node-critical"];

/// An object that a pod cannot do without.
pub(super) struct Reference<'v> {
    pub(super) kind: ReferencedKind,
    pub(super) name: &'v str,
    /// The way from the spec to its name.
    pub(super) path: String,
    /// Whether a run shows that it is missing. What is projected into a volume is not looked up.
    pub(super) is_looked_up: bool,
}

/// All objects that a pod with this spec cannot do without.
pub(super) fn references(spec: &Value) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    let mut add = |kind: ReferencedKind, around: &str, source, field: &str, is_looked_up: bool| {
        let source: &Value = source;
        let name = source[field].as_str().filter(|name| !name.is_empty() && !BUILT_IN.contains(name));
        if let Some(name) = name.filter(|_| source["optional"] != true) {
            let path = if around.is_empty() { field.to_owned() } else { format!("{around}.{field}") };
            found.push(Reference { kind, name, path, is_looked_up });
        }
    };
    add(ReferencedKind::ServiceAccount, "", spec, "serviceAccountName", true);
    add(ReferencedKind::PriorityClass, "", spec, "priorityClassName", true);
    for (number, volume) in items(&spec["volumes"]).enumerate() {
        let around = |source: &str| format!("volumes[{number}].{source}");
        let claim = "persistentVolumeClaim";
        add(ReferencedKind::ConfigMap, &around("configMap"), &volume["configMap"], "name", true);
        add(ReferencedKind::Secret, &around("secret"), &volume["secret"], "secretName", true);
        add(ReferencedKind::PersistentVolumeClaim, &around(claim), &volume[claim], "claimName", true);
        for (place, source) in items(&volume["projected"]["sources"]).enumerate() {
            let around = |kind: &str| format!("volumes[{number}].projected.sources[{place}].{kind}");
            add(ReferencedKind::ConfigMap, &around("configMap"), &source["configMap"], "name", false);
            add(ReferencedKind::Secret, &around("secret"), &source["secret"], "name", false);
        }
    }
    for (container, value) in containers(spec) {
        for (number, from) in items(&value["envFrom"]).enumerate() {
            let around = |source: &str| format!("{container}.envFrom[{number}].{source}");
            add(ReferencedKind::ConfigMap, &around("configMapRef"), &from["configMapRef"], "name", true);
            add(ReferencedKind::Secret, &around("secretRef"), &from["secretRef"], "name", true);
        }
        for (number, variable) in items(&value["env"]).enumerate() {
            let around = |source: &str| format!("{container}.env[{number}].valueFrom.{source}");
            let from = &variable["valueFrom"];
            add(ReferencedKind::ConfigMap, &around("configMapKeyRef"), &from["configMapKeyRef"], "name", true);
            add(ReferencedKind::Secret, &around("secretKeyRef"), &from["secretKeyRef"], "name", true);
        }
    }
    found
}

/// All containers of a spec with the ways to them, in the order in which they start.
pub(super) fn containers(spec: &Value) -> impl Iterator<Item = (String, &Value)> {
    ["initContainers", "containers"].into_iter().flat_map(move |list| {
        items(&spec[list]).enumerate().map(move |(number, container)| (format!("{list}[{number}]"), container))
    })
}

/// The items of a list; none if it is no list.
pub(super) fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}
