//! What a real cluster checks of a manifest and this page does not: that what it names exists, that a node fits, that a
//! policy allows it. Said in a word each, whatever the answer is otherwise.

use crate::advice::finding::Unchecked;
use crate::advice::values::pod_spec;
use serde_json::Value;

/// These are in every cluster.
const BUILT_IN: [&str; 4] = ["default", "kube-system", "system-cluster-critical", "system-node-critical"];

/// All of it, each once.
pub(super) fn of(manifest: &Value) -> Vec<Unchecked> {
    let spec = pod_spec(manifest);
    let mut unchecked = Vec::new();
    let mut note = |what: Unchecked, is_so: bool| {
        if is_so && !unchecked.contains(&what) {
            unchecked.push(what);
        }
    };
    for (kind, name) in [
        ("Namespace", &manifest["metadata"]["namespace"]),
        ("ServiceAccount", &spec["serviceAccountName"]),
        ("PriorityClass", &spec["priorityClassName"]),
        ("RuntimeClass", &spec["runtimeClassName"]),
    ] {
        let is_own = name.as_str().is_some_and(|name| !name.is_empty() && !BUILT_IN.contains(&name));
        note(Unchecked::Exists(kind), is_own);
    }
    let volumes = || {
        items(&spec["volumes"]).chain(items(&spec["volumes"]).flat_map(|volume| items(&volume["projected"]["sources"])))
    };
    let env = || containers(spec).flat_map(|container| items(&container["env"])).map(|variable| &variable["valueFrom"]);
    let env_from = || containers(spec).flat_map(|container| items(&container["envFrom"]));
    for (kind, volume, key, all) in [
        ("ConfigMap", "configMap", "configMapKeyRef", "configMapRef"),
        ("Secret", "secret", "secretKeyRef", "secretRef"),
    ] {
        let references = volumes().map(|source| &source[volume]).chain(env().map(|from| &from[key]));
        let mut references = references.chain(env_from().map(|from| &from[all]));
        note(
            Unchecked::Exists(kind),
            references.any(|reference| reference.is_object() && reference["optional"] != true),
        );
    }
    note(Unchecked::Exists("Secret"), items(&spec["imagePullSecrets"]).next().is_some());
    let claims = volumes().any(|volume| volume["persistentVolumeClaim"].is_object());
    note(Unchecked::Exists("PersistentVolumeClaim"), claims);
    let is_choosy = ["nodeSelector", "affinity", "topologySpreadConstraints", "resourceClaims"];
    let asks = |resources: &Value| ["requests", "limits"].iter().any(|list| resources[list].is_object());
    let needs_room = containers(spec).any(|container| asks(&container["resources"])) || asks(&spec["resources"]);
    note(Unchecked::Node, needs_room || is_choosy.iter().any(|field| !spec[field].is_null()));
    note(Unchecked::Policy, is_privileged(spec));
    unchecked
}

/// What the Pod Security Standard "baseline" is mostly about.
fn is_privileged(spec: &Value) -> bool {
    let shares_host = ["hostNetwork", "hostPID", "hostIPC"].iter().any(|field| spec[field] == true);
    let container = |container: &Value| {
        let context = &container["securityContext"];
        let has_port = items(&container["ports"]).any(|port| port["hostPort"].as_i64().is_some_and(|port| port > 0));
        context["privileged"] == true || context["capabilities"]["add"].is_array() || has_port
    };
    shares_host
        || items(&spec["volumes"]).any(|volume| volume["hostPath"].is_object())
        || containers(spec).any(container)
}

fn containers(spec: &Value) -> impl Iterator<Item = &Value> {
    items(&spec["containers"]).chain(items(&spec["initContainers"]))
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}
