//! Gestures on the cluster change only the bytes that they must.

use job_playground::cluster::inventory::{ImageRule, NodeGroup, PullError, Reference, ReferencedKind};
use job_playground::manifest::edit::{ClusterChange, ClusterLine, ClusterList, EditError, apply, change_cluster};
use job_playground::manifest::read;
use serde_json::{Value, json};
use std::rc::Rc;

const HEAD: &str = "apiVersion: job-playground/v1\nkind: Scenario\nspec:\n  kubernetes: \"1.36\"\n";

fn node(name: &str) -> ClusterChange {
    ClusterChange::Add(ClusterLine::Node(NodeGroup {
        name: name.into(),
        count: None,
        capacity: Vec::new(),
        labels: Rc::default(),
        taints: Rc::default(),
    }))
}

fn image(pattern: &str) -> ClusterChange {
    ClusterChange::Add(ClusterLine::Image(ImageRule {
        pattern: pattern.into(),
        pull: None,
        error: Some(PullError::NotFound),
        until: None,
    }))
}

fn missing(name: &str) -> ClusterChange {
    ClusterChange::Add(ClusterLine::Missing(Reference { kind: ReferencedKind::ConfigMap, name: name.into() }))
}

fn set(line: usize, field: &'static str, value: impl Into<Option<Value>>) -> ClusterChange {
    ClusterChange::Set(ClusterList::Nodes, line, field.to_owned(), value.into())
}

fn remove(line: usize) -> ClusterChange {
    ClusterChange::Remove(ClusterList::Nodes, line)
}

fn after(text: &str, change: &ClusterChange) -> String {
    let edits = change_cluster(&read(text), change).unwrap_or_else(|error| panic!("{error:?}: {change:?} in\n{text}"));
    apply(text, &edits)
}

#[test]
fn lines_are_added_set_and_removed() {
    let two = "  cluster:\n    # ours\n    nodes: # two\n    - {name: a} # first\n    # between\n    - name: b\n      capacity: # small\n        cpu: 2 # two\n    images: []\n  until: 1m\n";
    for (before, change, expected) in [
        ("", node("node-1"), "  cluster:\n    nodes:\n    - {name: node-1}\n"),
        ("  until: 1m\n", node("node-1"), "  cluster:\n    nodes:\n    - {name: node-1}\n  until: 1m\n"),
        (
            "  cluster: {podQuota: 3}\n",
            image("a:*"),
            "  cluster: {podQuota: 3, images: [{match: \"a:*\", error: NotFound}]}\n",
        ),
        ("  cluster: {nodes: []}\n", node("b"), "  cluster: {nodes: [{name: b}]}\n"),
        ("  cluster:\n    nodes:\n", node("b"), "  cluster:\n    nodes:\n    - {name: b}\n"),
        (
            "  cluster:\n    missing: # what is not there\n    - Secret/a # a\n",
            missing("app"),
            "  cluster:\n    missing: # what is not there\n    - Secret/a # a\n    - ConfigMap/app\n",
        ),
        // A line with a mistake stays where it is.
        (
            "  cluster:\n    nodes:\n    - {nam: x}\n",
            node("b"),
            "  cluster:\n    nodes:\n    - {nam: x}\n    - {name: b}\n",
        ),
        (two, node("c"), &two.replace("two\n    images", "two\n    - name: c\n    images")),
        (two, image("x"), &two.replace("[]", "[{match: x, error: NotFound}]")),
        (two, set(0, "count", json!(3)), &two.replace("{name: a}", "{name: a, count: 3}")),
        (two, set(0, "capacity.cpu", json!("500m")), &two.replace("{name: a}", "{name: a, capacity: {cpu: 500m}}")),
        (two, set(1, "capacity.cpu", json!(8)), &two.replace("cpu: 2 #", "cpu: 8 #")),
        (two, set(1, "capacity.cpu", json!("a lot")), &two.replace("cpu: 2 #", "cpu: \"a lot\" #")),
        (
            two,
            set(1, "taints", json!(["gpu=yes:NoSchedule"])),
            &two.replace("# two\n    images", "# two\n      taints: [\"gpu=yes:NoSchedule\"]\n    images"),
        ),
        (
            two,
            set(1, "labels", json!({"example.com/zone": "a"})),
            &two.replace("# two\n    images", "# two\n      labels: {example.com/zone: a}\n    images"),
        ),
        // Nothing empty is left behind.
        (two, set(1, "capacity.cpu", None), &two.replace("      capacity: # small\n        cpu: 2 # two\n", "")),
        (two, set(0, "capacity.cpu", None), two),
        (two, remove(0), &two.replace("    - {name: a} # first\n", "")),
        ("  cluster:\n    nodes:\n    - {name: a}\n    podQuota: 3\n", remove(0), "  cluster:\n    podQuota: 3\n"),
        ("  cluster:\n    nodes:\n    - {name: a}\n  until: 1m\n", remove(0), "  until: 1m\n"),
        ("  cluster: {nodes: [{name: a}]}\n", remove(0), ""),
    ] {
        assert_eq!(after(&format!("{HEAD}{before}"), &change), format!("{HEAD}{expected}"), "{change:?}");
    }
}

#[test]
fn the_first_line_adds_a_scenario() {
    let expected = format!("kind: Job\n---\n{HEAD}  cluster:\n    nodes:\n    - {{name: node-1}}\n");
    assert_eq!(after("kind: Job\n", &node("node-1")), expected);
}

#[test]
fn what_cannot_be_changed_stays() {
    let refused = |text: &str, change: &ClusterChange| change_cluster(&read(text), change).err();
    let shared = format!("{HEAD}  cluster:\n    nodes:\n    - &a {{name: a}}\n    - *a\n");
    assert_eq!(refused(&shared, &set(1, "count", json!(2))), Some(EditError::Shared));
    assert_eq!(refused(HEAD, &remove(0)), Some(EditError::NotThere));
    assert_eq!(refused(HEAD, &set(0, "count", json!(2))), Some(EditError::NotThere));
    assert_eq!(refused(&format!("{HEAD}  cluster: ["), &node("a")), Some(EditError::Unreadable));
}
