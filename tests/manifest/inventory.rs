//! What a cluster has beside the objects that it creates: documents of kinds that pods name, nodes, images.

use job_playground::cluster::inventory::ReferencedObject;
use job_playground::limits::{INVENTORY_LINES, NODE_FIELDS, NODES};
use job_playground::manifest::{Code, DocumentKind, Limited, print, read};

const OBJECTS: &str = "\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {mode: fast}
---
apiVersion: batch/v1
kind: Job
metadata: {name: pi}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Secret, metadata: {name: token}, stringData: {key: a}}
- {apiVersion: batch/v1, kind: Job, metadata: {name: other}}
- {apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000}
---
apiVersion: v1
kind: SecretList
items:
- metadata: {name: second}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: robot}
";

#[test]
fn objects_that_pods_name_are_part_of_the_cluster() {
    let reading = read(OBJECTS);
    assert_eq!(reading.diagnostics, []);
    let named = |object: &ReferencedObject| format!("{}/{}", object.kind.as_str(), object.name());
    let objects: Vec<String> = reading.scenario.cluster.inventory.objects.iter().map(named).collect();
    assert_eq!(
        objects,
        [
            "ConfigMap/settings",
            "Secret/token",
            "PriorityClass/high",
            "Secret/second",
            "PersistentVolumeClaim/data",
            "ServiceAccount/robot"
        ]
    );
    let manifests = reading.scenario.manifests.iter().map(|manifest| manifest.value["metadata"]["name"].as_str());
    assert_eq!(manifests.collect::<Vec<_>>(), [Some("pi"), Some("other")]);
    let kinds: Vec<&DocumentKind> = reading.documents.iter().map(|document| &document.kind).collect();
    let (object, job) = (DocumentKind::Referenced, DocumentKind::Manifest(0));
    assert_eq!(kinds, [&object, &job, &DocumentKind::List(1..2), &DocumentKind::List(2..2), &object, &object]);
    let objects = &reading.scenario.cluster.inventory.objects;
    assert!(objects[0].has_key("mode") && objects[1].has_key("key") && !objects[1].has_key("mode"));
    // Their place among the manifests is not kept: they are there before all of these.
    assert_eq!(read(&print::text(&reading.scenario)).scenario, reading.scenario);
}

#[test]
fn nodes_images_and_objects_are_bounded() {
    let spec = |spec: &str| format!("apiVersion: job-playground/v1\nkind: Scenario\nspec: {{{spec}}}\n");
    let lines = |line: &str, count: usize| vec![line; count].join(", ");
    let secret = "apiVersion: v1\nkind: Secret\n";
    let labelled = |nodes: usize, labels: usize| {
        let labels: Vec<String> = (0..labels).map(|number| format!("l{number}: v")).collect();
        format!("{{name: a, count: {nodes}, labels: {{{}}}}}", labels.join(", "))
    };
    for (text, what, count) in [
        (
            spec(&format!("cluster: {{nodes: [{{name: a, count: {NODES}}}, {{name: b}}, {{name: c}}]}}")),
            Limited::Nodes,
            NODES + 2,
        ),
        (spec("cluster: {nodes: [{name: a, count: 4294967295}]}"), Limited::Nodes, u32::MAX as usize),
        (
            spec(&format!(
                "cluster: {{nodes: [{{name: a}}]}}, inputs: [{{at: 1s, nodeAdd: {{name: b, count: {NODES}}}}}, {{at: 2s, drain: {{node: x}}}}]"
            )),
            Limited::Nodes,
            NODES + 1,
        ),
        (
            spec(&format!(
                "cluster: {{nodes: [{}, {{name: b, taints: [\"a:NoSchedule\"]}}]}}",
                labelled(NODES / 2, 2 * NODE_FIELDS / NODES)
            )),
            Limited::NodeFields,
            NODE_FIELDS + 1,
        ),
        (
            spec(&format!("cluster: {{images: [{}]}}", lines("{match: a}", INVENTORY_LINES + 1))),
            Limited::Images,
            INVENTORY_LINES + 1,
        ),
        (
            spec(&format!("cluster: {{missing: [{}]}}", lines("Secret/a", INVENTORY_LINES + 1))),
            Limited::Missing,
            INVENTORY_LINES + 1,
        ),
        (vec![secret; INVENTORY_LINES + 1].join("---\n"), Limited::Referenced, INVENTORY_LINES + 1),
    ] {
        let reading = read(&text);
        let codes: Vec<&Code> = reading.diagnostics.iter().map(|found| &found.code).collect();
        assert_eq!(codes, [&Code::TooMany { what, count }]);
        let inventory = &reading.scenario.cluster.inventory;
        assert!(reading.scenario.node_names().count() <= NODES);
        assert!(inventory.images.len() <= INVENTORY_LINES && inventory.missing.len() <= INVENTORY_LINES);
        assert!(inventory.objects.len() <= INVENTORY_LINES);
    }
}
