//! Reading texts: everything recorded reads without a false alarm, and what Go cannot read is refused in its words.

use job_playground::manifest::{self, Code, Diagnostic, DocumentKind, Tier};
use job_playground::recording::Recording;
use support::{files_with, shown, text};

#[test]
fn every_recorded_scenario_reads_without_diagnostics() {
    let files =
        [files_with("yaml", "tests/conformance/curated"), files_with("yaml", "tests/conformance/random")].concat();
    assert_eq!(files.len(), 743);
    for path in files {
        let reading = manifest::read(&text(&path));
        // Some random ones give a container's behavior a `starting`, which has no effect: a warning.
        let is_expected = |found: &&Diagnostic| found.code == Code::StartingOfContainer;
        let unexpected = reading.diagnostics.iter().find(|found| !is_expected(found));
        assert_eq!(unexpected, None, "{}", shown(&path));
        assert!(!reading.scenario.manifests.is_empty(), "{}", shown(&path));
        assert!(reading.scenario.until.is_some(), "{}", shown(&path));
    }
}

#[test]
fn pasted_manifests_read_without_a_false_alarm_and_run() {
    for path in files_with("yaml", "tests/examples") {
        let text = text(&path);
        let reading = manifest::read(&text);
        assert!(!reading.scenario.manifests.is_empty(), "{}", shown(&path));
        let is_old = text.contains("batch/v1beta1");
        let codes: Vec<&Code> = reading.diagnostics.iter().map(|diagnostic| &diagnostic.code).collect();
        match codes.as_slice() {
            [] => assert!(!is_old, "{}: no diagnostic for batch/v1beta1", shown(&path)),
            [Code::WrongApiVersion { .. }] => assert!(is_old, "{}", shown(&path)),
            _ => panic!("{}: {codes:?}", shown(&path)),
        }
        let recording = Recording::of(&reading.scenario.with_time_zones());
        assert!(recording.pods().next().is_some(), "{}: nothing runs", shown(&path));
    }
}

#[test]
fn what_go_cannot_read_is_refused_in_its_words() {
    let mut refused = 0;
    let mut differing = Vec::new();
    for path in files_with("yaml", "tests/conformance/manifests") {
        let reading = manifest::read(&text(&path));
        let problem = reading.documents.iter().find_map(|document| match &document.kind {
            DocumentKind::Unreadable(problem) => Some(problem.to_string()),
            _ => None,
        });
        let answer: serde_json::Value = serde_json::from_str(&text(&path.with_extension("answer.json")))
            .unwrap_or_else(|error| panic!("{}: {error}", shown(&path)));
        if problem.as_deref() != answer["yamlError"].as_str() {
            differing.push(format!("{}: {problem:?}, not {}", shown(&path), answer["yamlError"]));
        }
        if problem.is_some() {
            refused += 1;
            let refusal = reading.diagnostics.iter().find(|found| found.tier() == Tier::Refused);
            let refusal = refusal.unwrap_or_else(|| panic!("{}: no diagnostic", shown(&path)));
            assert!(!refusal.span.is_empty(), "{}: {refusal:?}", shown(&path));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(refused > 50, "only {refused} of the answers are about YAML");
}
