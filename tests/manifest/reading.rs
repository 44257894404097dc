//! Reading texts: everything recorded reads without a false alarm, and what Go refuses is refused in its words.

use job_playground::manifest::{self, Code, Diagnostic, DocumentKind, Tier};
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn yaml_files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder that can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    files.sort();
    files
}

pub(crate) fn text_of(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_recorded_scenario_reads_without_a_remark() {
    let files = [yaml_files("conformance/curated"), yaml_files("conformance/random")].concat();
    assert_eq!(files.len(), 743);
    for path in files {
        let reading = manifest::read(&text_of(&path));
        // The random ones give a container's behavior a `starting` now and then, which does nothing: a warning.
        let is_expected = |said: &&Diagnostic| said.code == Code::StartingOfContainer;
        let surprise = reading.diagnostics.iter().find(|said| !is_expected(said));
        assert_eq!(surprise, None, "{}", path.display());
        assert!(!reading.scenario.manifests.is_empty(), "{}", path.display());
        assert!(reading.scenario.until.is_some(), "{}", path.display());
    }
}

#[test]
fn pasted_manifests_read_without_a_false_alarm() {
    for path in yaml_files("examples") {
        let text = text_of(&path);
        let reading = manifest::read(&text);
        assert!(!reading.scenario.manifests.is_empty(), "{}", path.display());
        let is_old = text.contains("batch/v1beta1");
        let said: Vec<&Code> = reading.diagnostics.iter().map(|diagnostic| &diagnostic.code).collect();
        match said.as_slice() {
            [] => assert!(!is_old, "{}: said nothing of batch/v1beta1", path.display()),
            [Code::WrongApiVersion { .. }] => assert!(is_old, "{}", path.display()),
            _ => panic!("{}: {said:?}", path.display()),
        }
    }
}

#[test]
fn what_go_cannot_read_is_refused_in_its_words() {
    let mut refused = 0;
    let mut differing = Vec::new();
    for path in yaml_files("conformance/manifests") {
        let reading = manifest::read(&text_of(&path));
        let problem = reading.documents.iter().find_map(|document| match &document.kind {
            DocumentKind::Unreadable(problem) => Some(problem.to_string()),
            _ => None,
        });
        let answer: serde_json::Value = serde_json::from_str(&text_of(&path.with_extension("answer.json")))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        if problem.as_deref() != answer["yamlError"].as_str() {
            differing.push(format!("{}: {problem:?}, not {}", path.display(), answer["yamlError"]));
        }
        if problem.is_some() {
            refused += 1;
            let said = reading.diagnostics.iter().find(|said| said.tier() == Tier::Refused);
            let said = said.unwrap_or_else(|| panic!("{}: nothing said", path.display()));
            assert!(!said.span.is_empty(), "{}: {said:?}", path.display());
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(refused > 50, "only {refused} of the answers are about YAML");
}
