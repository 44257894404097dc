//! Gestures on the cluster change only the bytes that they must.

use crate::generate;
use job_playground::cluster::inventory::{ImageRule, NodeGroup, PullError, Reference, ReferencedKind};
use job_playground::manifest::edit::{
    ClusterChange, ClusterLine, ClusterList, EditError, apply, change_cluster, cluster_field,
};
use job_playground::manifest::{Place, Reading, print, read};
use job_playground::scenario::Scenario;
use proptest::prelude::*;
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
        // A line stays, whatever is taken out of it.
        ("  cluster: {nodes: [{name: a}]}\n", set(0, "name", None), "  cluster: {nodes: [{}]}\n"),
        (
            "  cluster:\n    nodes:\n    - name: a\n    - name: b\n",
            set(0, "name", None),
            "  cluster:\n    nodes:\n    - {}\n    - name: b\n",
        ),
        (
            "  cluster:\n    missing:\n    - Secret/a\n    - Secret/b\n",
            ClusterChange::Set(ClusterList::Missing, 0, String::new(), None),
            "  cluster:\n    missing:\n    - Secret/b\n",
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
    // The other line would change, too.
    assert_eq!(refused(&shared, &set(0, "count", json!(2))), Some(EditError::Inexpressible));
    let merged = format!("{HEAD}  cluster:\n    nodes:\n    - &a {{name: a, count: 2}}\n    - {{<<: *a, name: b}}\n");
    assert_eq!(refused(&merged, &set(0, "count", json!(3))), Some(EditError::Inexpressible));
    assert_eq!(refused(&merged, &set(0, "count", None)), Some(EditError::Inexpressible));
    assert_eq!(refused(HEAD, &remove(0)), Some(EditError::NotThere));
    assert_eq!(refused(HEAD, &set(0, "count", json!(2))), Some(EditError::NotThere));
    assert_eq!(refused(&format!("{HEAD}  cluster: ["), &node("a")), Some(EditError::Unreadable));
}

/// A value between brackets, as it may be written in JSON and in YAML.
fn flow(value: &Value) -> String {
    let mut text = String::new();
    for letter in value.to_string().chars() {
        match letter {
            ' '..='~' => text.push(letter),
            '\u{10000}'.. => text += &format!("\\U{:08x}", u32::from(letter)),
            _ => text += &format!("\\u{:04x}", u32::from(letter)),
        }
    }
    text
}

const LISTS: [ClusterList; 3] = [ClusterList::Nodes, ClusterList::Images, ClusterList::Missing];

fn cluster_of(reading: &Reading) -> Value {
    reading.value_at(&Place::scenario("spec.cluster")).unwrap_or_default()
}

/// A Scenario as a person may write it: in one of several layouts, with comments and odd indentation.
fn handwritten() -> impl Strategy<Value = String> {
    let layout = (0u8..4, any::<bool>(), any::<bool>(), 0usize..3);
    (generate::scenario().boxed(), layout).prop_map(|(scenario, (style, crlf, last_newline, indent))| {
        let cluster = cluster_of(&read(&print::text(&scenario)));
        let pad = " ".repeat(indent);
        let mut text: String =
            scenario.manifests.iter().map(|manifest| print::yaml(&manifest.value) + "---\n").collect();
        text += HEAD;
        if style == 0 {
            text += &format!("  cluster: {} # all of it\n", flow(&cluster));
        } else {
            text += "  # the cluster\n  cluster: # ours\n    podQuota: 3 # pods\n";
            for list in LISTS {
                let Some(lines) = cluster[list.name()].as_array() else { continue };
                let name = list.name();
                if lines.is_empty() {
                    text += &format!("    {name}: [] # none\n");
                } else if style == 1 {
                    text += &format!("    {name}: [ # some\n");
                    lines.iter().for_each(|line| text += &format!("      {}, # a line\n", flow(line)));
                    text += "    ]\n";
                } else {
                    text += &format!("    # 集群\n    {name}: # some\n");
                    for line in lines {
                        text += &format!("    {pad}# above\n\n    {pad}-");
                        match line.as_object().filter(|fields| style == 3 && !fields.is_empty()) {
                            Some(fields) => {
                                text += " # the line\n";
                                for (name, value) in fields {
                                    let name = flow(&Value::from(name.as_str()));
                                    text += &format!("      {pad}{name}: {} # a field\n", flow(value));
                                }
                            }
                            None => text += &format!("   {} # a line\n", flow(line)),
                        }
                    }
                }
            }
        }
        text += "  until: 5m # the end\n";
        if !last_newline {
            text = text.trim_end().to_owned();
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

/// What is typed into a cell of the table.
fn field() -> impl Strategy<Value = (ClusterList, &'static str, Option<Value>)> {
    let typed = prop_oneof![
        generate::text().prop_map(Value::from),
        (0i64..2_000_000_000).prop_map(Value::from),
        proptest::collection::vec(generate::text(), 1..3).prop_map(Value::from),
        proptest::collection::btree_map(generate::text(), generate::text(), 1..3).prop_map(|map| json!(map)),
    ];
    let fields = vec![
        (ClusterList::Nodes, "name"),
        (ClusterList::Nodes, "count"),
        (ClusterList::Nodes, "capacity.cpu"),
        (ClusterList::Nodes, "capacity.pods"),
        (ClusterList::Nodes, "labels"),
        (ClusterList::Nodes, "taints"),
        (ClusterList::Images, "match"),
        (ClusterList::Images, "error"),
        (ClusterList::Images, "until"),
        (ClusterList::Missing, ""),
    ];
    (proptest::sample::select(fields), proptest::option::of(typed))
        .prop_map(|((list, field), typed)| (list, field, typed))
}

fn line() -> impl Strategy<Value = ClusterLine> {
    let lines = generate::scenario().prop_map(|scenario| {
        let inventory = scenario.cluster.inventory;
        let nodes = inventory.nodes.iter().flat_map(|nodes| nodes.iter().cloned());
        // No two of a name.
        let nodes = nodes.map(|group| ClusterLine::Node(NodeGroup { name: "g".into(), ..group }));
        let images = inventory.images.iter().cloned().map(ClusterLine::Image);
        let missing = inventory.missing.iter().cloned().map(ClusterLine::Missing);
        nodes.chain(images).chain(missing).next()
    });
    lines.boxed().prop_filter_map("a line", |line| line)
}

/// All but the cluster's lists.
fn rest(reading: &Reading) -> (Scenario, Value) {
    let mut scenario = reading.scenario.clone();
    scenario.cluster = Scenario::default().cluster;
    scenario.cluster.inventory.objects = reading.scenario.cluster.inventory.objects.clone();
    let mut cluster = cluster_of(reading);
    LISTS.iter().for_each(|list| drop(cluster.as_object_mut().map(|cluster| cluster.remove(list.name()))));
    (scenario, cluster)
}

/// The lines of a list as they are written.
fn lines_of(reading: &Reading, list: ClusterList) -> Vec<Value> {
    cluster_of(reading)[list.name()].as_array().cloned().unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gestures_change_one_line(
        text in handwritten().boxed(), added in line().boxed(), (list, field, typed) in field().boxed(),
        which in any::<prop::sample::Index>()) {
        let before = read(&text);
        let after = |change: &ClusterChange| -> Result<(Reading, usize), TestCaseError> {
            let edits = change_cluster(&before, change);
            prop_assert!(edits.is_ok(), "{:?} for {:?} in\n{}", edits, change, text);
            let edits = edits.unwrap_or_default();
            let after = read(&apply(&text, &edits));
            prop_assert_eq!(rest(&after), rest(&before), "{:?} made\n{}", change, &after.text);
            Ok((after, edits.iter().map(|edit| edit.range.len()).sum()))
        };
        let (more, cut) = after(&ClusterChange::Add(added))?;
        prop_assert!(cut <= 1, "adding takes nothing away but a blank");
        for list in LISTS {
            let (before, after) = (lines_of(&before, list), lines_of(&more, list));
            prop_assert_eq!(&after[..before.len()], before);
        }
        let count = lines_of(&before, list).len();
        if count == 0 {
            return Ok(());
        }
        let which = which.index(count);
        let (changed, _) = after(&ClusterChange::Set(list, which, field.to_owned(), typed.clone()))?;
        let (removed, _) = after(&ClusterChange::Remove(list, which))?;
        let written = changed.value_at(&cluster_field(list, which, field));
        for other in LISTS {
            let (mut before, changed, removed) =
                (lines_of(&before, other), lines_of(&changed, other), lines_of(&removed, other));
            if other == list {
                prop_assert_eq!(changed.len(), if typed.is_none() && field.is_empty() { count - 1 } else { count });
                if changed.len() == count {
                    let mut others = before.clone();
                    others[which] = changed[which].clone();
                    prop_assert_eq!(changed, others);
                    prop_assert_eq!(&written, &typed);
                }
                before.remove(which);
            } else {
                prop_assert_eq!(changed, before.clone());
            }
            prop_assert_eq!(removed, before);
        }
    }
}
