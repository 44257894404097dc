//! Every reason occurs: each variant of `cluster::reason`, and of the types in its reasons, is produced by a recorded
//! case or by one of tests/reasons, and has words in each language.

use job_playground::cluster::reason::Reason;
use job_playground::conformance::{CaseKind, cases};
use job_playground::explain::Names;
use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::texts::Lang;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::PathBuf;
use support::{files_with, root, text};

/// Where the enums are, and which of them; an empty list is all of them.
const SOURCES: [(&str, &[&str]); 5] = [
    ("src/cluster/reason.rs", &[]),
    ("src/cluster/step.rs", &["Component", "Wake"]),
    ("src/api/job.rs", &["FailureAction", "ConditionType"]),
    ("src/api/pod.rs", &["Phase"]),
    ("src/cluster/input.rs", &["Cascade"]),
];

/// Variants that never occur, and why.
const NEVER: [(&str, &str); 2] = [
    ("Phase::Pending", "`PodEnded` has the phase of a pod that has ended: Succeeded or Failed"),
    ("Phase::Running", "as Pending"),
];

/// `Enum::Variant` for every variant that the sources list.
fn listed() -> BTreeSet<String> {
    let mut listed = BTreeSet::new();
    for (file, only) in SOURCES {
        let parsed = syn::parse_file(&text(&root().join(file))).unwrap_or_else(|error| panic!("{file}: {error}"));
        for item in parsed.items {
            let syn::Item::Enum(item) = item else { continue };
            let name = item.ident.to_string();
            if only.is_empty() || only.contains(&name.as_str()) {
                listed.extend(item.variants.iter().map(|variant| format!("{name}::{}", variant.ident)));
            }
        }
    }
    listed
}

/// The inputs of all recorded traces, and of our own cases.
fn scenarios() -> Vec<PathBuf> {
    let recorded = cases(&root().join("tests/conformance")).unwrap_or_else(|error| panic!("{error}"));
    let traces = recorded.into_iter().filter(|case| case.kind == CaseKind::Trace).map(|case| case.input);
    traces.chain(files_with("yaml", "tests/reasons")).collect()
}

/// How often each variant occurs.
#[derive(Default)]
struct Found(BTreeMap<String, u64>);

impl Found {
    /// Counts a value of an enum by its variant, with which its `Debug` form begins; how often it has occurred.
    fn add(&mut self, name: &str, value: &dyn Debug) -> u64 {
        let text = format!("{value:?}");
        let variant = text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let times = self.0.entry(format!("{name}::{variant}")).or_default();
        *times += 1;
        *times
    }

    /// Counts all values in a recording, and checks that its reasons have words.
    fn add_recording(&mut self, recording: &Recording) {
        for step in recording.steps() {
            self.add("Component", &step.component);
            self.add("Wake", &step.trigger.wake);
            for reason in recording.reasons(step) {
                if self.add_reason(reason) <= CHECKED {
                    has_words(reason, Names::new(recording, step.key));
                }
            }
        }
    }

    /// Counts a reason and the values in it; how often its variant has occurred.
    fn add_reason(&mut self, reason: &Reason) -> u64 {
        match reason {
            Reason::ContainerEnded { by, .. } => {
                self.add("EndedBy", by);
            }
            Reason::PodEnded { phase } => {
                self.add("Phase", phase);
            }
            Reason::NoEffect(why) => {
                self.add("NoEffect", why);
            }
            Reason::ObjectDeletionBegan { cascade, .. } => {
                self.add("Cascade", cascade);
            }
            Reason::RuleMatched { action, .. } => {
                self.add("FailureAction", action);
            }
            Reason::Asked { check, answer } => {
                self.add("Check", check);
                self.add("Answer", answer);
            }
            Reason::DeletedPod { because, .. } => {
                self.add("DeletedBecause", because);
            }
            Reason::Counted { counted, .. } => {
                self.add("CountedAs", counted);
            }
            Reason::ConditionAdded { condition, .. } => {
                self.add("ConditionType", condition);
            }
            Reason::ComesBack { wake, .. } => {
                self.add("Wake", wake);
            }
            _ => {}
        }
        self.add("Reason", reason)
    }
}

/// How many reasons of each variant are put into words: sentences differ with the numbers.
const CHECKED: u64 = 50;

#[test]
fn every_reason_occurs_and_has_words() {
    let mut found = Found::default();
    for path in scenarios() {
        let scenario = manifest::read(&text(&path)).scenario;
        // The page may not have the data of the time zones yet.
        if scenario.needs_time_zones() {
            found.add_recording(&Recording::of(&scenario));
        }
        found.add_recording(&Recording::of(&scenario.with_time_zones()));
    }
    let never: BTreeSet<String> = NEVER.iter().map(|(variant, _)| (*variant).to_owned()).collect();
    let listed = listed();
    assert!(listed.len() > 100, "only {} variants are listed", listed.len());
    let missing: Vec<&String> =
        listed.iter().filter(|variant| !found.0.contains_key(*variant) && !never.contains(*variant)).collect();
    assert!(missing.is_empty(), "{} of {} never occur: {missing:#?}", missing.len(), listed.len());
    let unknown: Vec<&String> = found.0.keys().filter(|variant| !listed.contains(*variant)).collect();
    assert!(unknown.is_empty(), "not in the sources: {unknown:?}");
    let stale: Vec<&String> = never.iter().filter(|variant| found.0.contains_key(*variant)).collect();
    assert!(stale.is_empty(), "in NEVER, but they occur: {stale:?}");
}

fn has_words(reason: &Reason, names: Names<'_>) {
    let [english, chinese] = [Lang::En, Lang::Zh].map(|lang| (lang.reason().reason)(reason, names).plain());
    assert!(!english.trim().is_empty() && !chinese.trim().is_empty(), "{reason:?} has no words");
    assert_ne!(english, chinese, "{reason:?} has the same words in both languages");
}
