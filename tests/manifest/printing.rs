//! Printed scenarios read back as themselves, and look as docs/scenario.md and kubectl write them.

use crate::generate;
use job_playground::manifest::{self, print};
use proptest::prelude::*;
use serde_json::json;
use support::{files_with, shown, text};

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_scenario_reads_back_as_itself(scenario in generate::scenario()) {
        let text = print::text(&scenario);
        let reading = manifest::read(&text);
        prop_assert_eq!(&reading.scenario, &scenario, "{}\n{:?}", text, reading.diagnostics);
    }

    #[test]
    fn a_line_of_input_is_valid_in_any_list(input in generate::input()) {
        let line = print::input(&input, None);
        prop_assert!(!line.contains('\n'));
        let text = format!("apiVersion: job-playground/v1\nkind: Scenario\nspec: {{inputs: [{line}]}}\n");
        let reading = manifest::read(&text);
        prop_assert_eq!(&*reading.scenario.inputs, &[input][..], "{}\n{:?}", text, reading.diagnostics);
    }
}

#[test]
fn every_recorded_scenario_survives_printing() {
    for path in
        [files_with("yaml", "tests/conformance/curated"), files_with("yaml", "tests/conformance/random")].concat()
    {
        let scenario = manifest::read(&text(&path)).scenario;
        let printed = print::text(&scenario);
        assert_eq!(manifest::read(&printed).scenario, scenario, "{}\n{printed}", shown(&path));
    }
}

#[test]
fn a_scenario_looks_as_people_write_it() {
    let text = "\
apiVersion: job-playground/v1
kind: Scenario
metadata: {name: spot-storm}
spec:
  kubernetes: \"1.36\"
  seed: 7
  startTime: \"2024-02-29T23:59:59Z\"
  cluster: {scheduling: 137ms, podQuota: 3}
  behaviors:
  - {match: {job: pi, index: \"0-2,5\", attempt: 1, container: main, restart: 0}, chance: 20.5%, run: 5.017s}
  - {run: forever, exitCode: 1, onTerminate: {after: forever}}
  inputs:
  - {at: 8.37s, evict: {pod: 1}, note: \"the node is needed\"}
  - {at: 20s, patch: {spec: {suspend: true}}, disabled: true}
  - {at: 1m0.25s, delete: {kind: Job, name: pi, cascade: orphan}}
  - {at: 1h2m, restartControllers: {}}
  until: 10m
";
    let reading = manifest::read(text);
    assert_eq!(reading.diagnostics, []);
    assert_eq!(print::document(&reading.scenario), text);
}

#[test]
fn what_a_cluster_has_looks_as_people_write_it() {
    let text = "\
apiVersion: job-playground/v1
kind: Scenario
spec:
  kubernetes: \"1.36\"
  cluster:
    podQuota: 3
    nodes:
    - {name: node, count: 3, capacity: {memory: 16Gi}, labels: {zone: a}, taints: [\"gpu:NoSchedule\"]}
    - {name: spare, capacity: {cpu: 0.5, example.com/gpu: 1500m}}
    images:
    - {match: \"ghcr.io/acme/*\", pull: forever, error: NotFound, until: 40s}
    - {match: busybox, error: \"not today\"}
    missing: [ConfigMap/app, \"Secret/*\"]
  behaviors:
  - {match: {container: proxy, node: node-2}, run: forever, ready: 5s, hang: 30s}
  inputs:
  - {at: 1s, cordon: {node: node-1}}
  - {at: 2s, uncordon: {node: node-1}}
  - {at: 12.37s, drain: {node: node-1}}
  - {at: 13s, taint: {node: node-1, add: \"a=b:NoExecute\"}}
  - {at: 14s, taint: {node: node-1, add: \"example.com/a:PreferNoSchedule\"}}
  - {at: 15s, taint: {node: node-1, remove: \"a:NoExecute\"}}
  - {at: 16s, taint: {node: node-1, remove: a}}
  - {at: 17s, nodeLost: {node: node-2}}
  - {at: 18s, nodeBack: {node: node-2}}
  - {at: 19s, nodeAdd: {name: late, count: 2, labels: {zone: b}}}
  - {at: 20s, nodeDelete: {node: late-1}}
  - {at: 21s, provide: ConfigMap/app}
  - {at: 22s, provide: \"Image/ghcr.io/acme/*\"}
  - {at: 23s, evict: {node: node-2}}
";
    let reading = manifest::read(text);
    assert_eq!(reading.diagnostics, []);
    assert_eq!(print::document(&reading.scenario), text);
}

#[test]
fn no_node_is_not_the_same_as_nothing_said_of_nodes() {
    let document =
        |cluster: &str| format!("apiVersion: job-playground/v1\nkind: Scenario\nspec: {{cluster: {cluster}}}\n");
    let nodes = |text: &str| manifest::read(text).scenario.cluster.inventory.nodes.map(|nodes| nodes.len());
    for (cluster, count) in [("{}", None), ("{nodes: }", None), ("{nodes: []}", Some(0)), ("{nodes: 3}", None)] {
        let text = document(cluster);
        assert_eq!(nodes(&text), count, "{cluster}");
        assert_eq!(nodes(&print::document(&manifest::read(&text).scenario)), count, "{cluster}");
    }
}

#[test]
fn objects_print_as_kubectl_prints_them() {
    let value = json!({
        "metadata": {"name": "pi", "creationTimestamp": "2000-01-01T12:00:00Z", "annotations": {}},
        "spec": {
            "suspend": false,
            "list": [{"name": "a", "values": [1, 2]}, ["x"]],
            "words": ["yes", "no way", "1.36", "10:30", "null", "", "a: b", "# a", "<<", "'a'", "busybox:1.36"],
            "script": "set -e\nsleep 5\n",
            "cut": "a\nb",
        },
    });
    assert_eq!(
        print::yaml(&value),
        "\
metadata:
  annotations: {}
  creationTimestamp: \"2000-01-01T12:00:00Z\"
  name: pi
spec:
  cut: |-
    a
    b
  list:
  - name: a
    values:
    - 1
    - 2
  - - x
  script: |
    set -e
    sleep 5
  suspend: false
  words:
  - \"yes\"
  - no way
  - \"1.36\"
  - \"10:30\"
  - \"null\"
  - \"\"
  - 'a: b'
  - '# a'
  - \"<<\"
  - '''a'''
  - busybox:1.36
"
    );
}
