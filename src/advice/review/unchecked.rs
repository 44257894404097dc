//! What a real cluster checks of a manifest and this page takes for granted, or does not check at all: that what it names
//! exists, that a node fits, that a policy allows it. Said in a word each, whatever the answer is otherwise.

use crate::advice::finding::Unchecked;
use crate::advice::references::{containers, items, references};
use crate::advice::values::pod_spec;
use crate::scenario::Scenario;
use serde_json::Value;

/// Namespaces that are in every cluster.
const NAMESPACES: [&str; 2] = ["default", "kube-system"];

/// All of it, each once, and where it is first found in the Job's spec; without a place, in the metadata.
pub(super) fn of(manifest: &Value, scenario: &Scenario) -> Vec<(Unchecked, Option<String>)> {
    let spec = pod_spec(manifest);
    let inventory = &scenario.cluster.inventory;
    let mut unchecked: Vec<(Unchecked, Option<String>)> = Vec::new();
    let mut note = |what: Unchecked, path: Option<String>| {
        if unchecked.iter().all(|(noted, _)| *noted != what) {
            unchecked.push((what, path));
        }
    };
    let namespace = manifest["metadata"]["namespace"].as_str().unwrap_or_default();
    if !namespace.is_empty() && !NAMESPACES.contains(&namespace) {
        note(Unchecked::Exists("Namespace"), None);
    }
    if spec["runtimeClassName"].as_str().is_some_and(|name| !name.is_empty()) {
        note(Unchecked::Exists("RuntimeClass"), Some("template.spec.runtimeClassName".to_owned()));
    }
    for reference in references(spec) {
        let path = Some(format!("template.spec.{}", reference.path));
        let is_known = inventory.line_of_missing(reference.kind, reference.name).is_some()
            || inventory.object(reference.kind, reference.name).is_some();
        match reference.is_looked_up {
            true if is_known => {}
            true => note(Unchecked::Assumed(reference.kind.as_str()), path),
            false => note(Unchecked::Exists(reference.kind.as_str()), path),
        }
    }
    if !scenario.has_nodes()
        && let Some(path) = asks_for_node(spec)
    {
        note(Unchecked::Node, Some(path));
    }
    if let Some(path) = privilege(spec) {
        note(Unchecked::Policy, Some(path));
    }
    unchecked
}

/// Where it first asks for something that not every node has.
fn asks_for_node(spec: &Value) -> Option<String> {
    let asks = |resources: &Value| ["requests", "limits"].iter().any(|list| resources[list].is_object());
    let is_choosy = ["nodeSelector", "affinity", "topologySpreadConstraints", "resourceClaims"];
    let choosy = is_choosy.iter().find(|field| !spec[**field].is_null()).map(|field| format!("template.spec.{field}"));
    let hungry = containers(spec).find(|(_, container)| asks(&container["resources"]));
    let hungry = hungry.map(|(path, _)| format!("template.spec.{path}.resources"));
    choosy.or(hungry).or_else(|| asks(&spec["resources"]).then(|| "template.spec.resources".to_owned()))
}

/// Where it first asks for what the Pod Security Standard "baseline" is mostly about.
fn privilege(spec: &Value) -> Option<String> {
    let shared = ["hostNetwork", "hostPID", "hostIPC"].into_iter().find(|field| spec[*field] == true);
    let of_host = items(&spec["volumes"]).position(|volume| volume["hostPath"].is_object());
    let of_container = |container: &Value| {
        let context = &container["securityContext"];
        let has_port = items(&container["ports"]).any(|port| port["hostPort"].as_i64().is_some_and(|port| port > 0));
        let is_privileged = context["privileged"] == true || context["capabilities"]["add"].is_array();
        is_privileged.then_some("securityContext").or(has_port.then_some("ports"))
    };
    let mut fields = containers(spec).filter_map(|(path, one)| Some(format!("{path}.{}", of_container(one)?)));
    let of_pod = shared.map(str::to_owned).or(of_host.map(|number| format!("volumes[{number}].hostPath")));
    of_pod.or_else(|| fields.next()).map(|field| format!("template.spec.{field}"))
}
