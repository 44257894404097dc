//! `kind: List`, as `kubectl get -o yaml` writes it: kubectl sends each item on its own, so each is a manifest.

use job_playground::manifest::answer::Answer;
use job_playground::manifest::{Code, DocumentKind, ManifestKind, Place, edit, read};
use serde_json::json;

const LIST: &str = "\
apiVersion: v1
kind: List
metadata: {resourceVersion: \"\"}
items:
- apiVersion: batch/v1
  kind: Job
  metadata: {name: a}
  spec:
    parallelism: 2
- apiVersion: v1
  kind: Service
- apiVersion: v1
  kind: List
  items:
  - {apiVersion: batch/v1, kind: CronJob, metadata: {name: b}}
---
apiVersion: batch/v1
kind: JobList
items:
- metadata: {name: c}
- kind: Job
";

#[test]
fn every_item_is_a_manifest_with_its_place() {
    let reading = read(LIST);
    let names: Vec<&str> = reading
        .scenario
        .manifests
        .iter()
        .map(|manifest| manifest.value["metadata"]["name"].as_str().unwrap_or("none"))
        .collect();
    assert_eq!(names, ["a", "b", "c", "none"]);
    assert_eq!(reading.documents[0].kind, DocumentKind::List(0..2));
    assert_eq!(reading.documents[1].kind, DocumentKind::List(2..4));
    // An item without kind and apiVersion has those of its list; one with either keeps its own.
    assert_eq!(reading.scenario.manifests[2].value["apiVersion"], "batch/v1");
    let codes: Vec<&Code> = reading.diagnostics.iter().map(|found| &found.code).collect();
    let job = ManifestKind::Object(job_playground::cluster::input::ObjectKind::Job);
    assert_eq!(codes, [&Code::KindNotModelled("Service".to_owned()), &Code::NoApiVersion { kind: job }]);

    let place = Place::manifest(0, "spec.parallelism");
    let span = reading.value_span(&place).expect("a field");
    assert_eq!(&LIST[span.clone()], "2");
    assert_eq!(reading.place_at(span.start), Some(place.clone()));
    let edits = edit::set_field(&reading, &place, &json!(3)).expect("an edit");
    assert!(edit::apply(LIST, &edits).contains("\n    parallelism: 3\n"));
    let at = reading.value_span(&Place::manifest(1, "metadata.name")).expect("a name");
    assert_eq!(&LIST[at], "b");
}

#[test]
fn each_item_has_an_answer() {
    let text = "kind: List\nitems:\n- apiVersion: batch/v1\n  kind: Job\n  spec: {foo: 1}\n- kind: Job\n";
    let answers: Vec<_> = Answer::to_text(text).iter().map(Answer::as_json).collect();
    assert_eq!(answers[0]["decodeError"], "strict decoding error: unknown field \"spec.foo\"");
    assert_eq!(answers[1]["message"], "apiVersion not set");
}

#[test]
fn a_list_without_items_holds_no_manifests() {
    for text in ["kind: List\nitems: {}\n", "kind: List\n", "kind: List\nitems: [a, 5]\n", "kind: List\nitems: []\n"] {
        assert!(read(text).scenario.manifests.is_empty(), "{text}");
    }
}
