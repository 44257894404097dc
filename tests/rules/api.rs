//! Rules of the API server that no recorded answer shows: tests/rules/api/*.txt. The title of a case begins with the
//! rows of docs/validation.md that it is about.

use job_playground::api::admission::{self, Admitted, FieldValidation, Refusal};
use job_playground::api::validation::Warning;
use job_playground::api::{CronJobId, CronJobSpec, JobId, Meta};
use job_playground::manifest::answer::Answer;
use job_playground::time::Time;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::rc::Rc;
use support::{Case, cases, files, files_with, root, text};

/// Sections of docs/validation.md that say what the API server answers, each with the ranges of its rows.
const SECTIONS: [(&str, &[(u32, u32)]); 7] = [
    ("V4", &[(1, 13)]),
    ("V5", &[(1, 10), (20, 25), (30, 32)]),
    ("V8", &[(1, 35), (40, 41)]),
    ("V9", &[(1, 7), (10, 26), (30, 36)]),
    ("V10", &[(1, 10)]),
    ("V11", &[(1, 12)]),
    ("V13", &[(1, 8)]),
];

#[test]
fn every_row_has_a_case_or_a_reason_for_having_none() {
    let readme = text(&root().join("tests/rules/README.md"));
    let excused = readme.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" |"));
    let excused: BTreeSet<&str> = excused.map(|(row, _)| row).filter(|row| row.starts_with('V')).collect();
    let titles: Vec<String> =
        files_with("txt", "tests/rules/api").iter().flat_map(|path| cases(path)).map(|case| case.title).collect();
    let shown: BTreeSet<&str> = titles
        .iter()
        .flat_map(|title| title.split(' ').take_while(|word| word.starts_with('V') || *word == "and"))
        .map(|row| row.trim_end_matches(|letter: char| letter.is_ascii_lowercase()))
        .collect();
    let wanted = SECTIONS.iter().flat_map(|(section, parts)| {
        parts.iter().flat_map(move |(first, last)| (*first..=*last).map(move |row| format!("{section}.{row}")))
    });
    let wrong: Vec<String> =
        wanted.filter(|row| shown.contains(row.as_str()) == excused.contains(row.as_str())).collect();
    assert!(wrong.is_empty(), "neither a case nor a reason, or both: {wrong:?}");
}

/// Fields without a rule in Kubernetes 1.36: any value of their type will do.
const FREE: &str = "args audience automountServiceAccountToken blockOwnerDeletion certificateChainPath \
    credentialBundlePath drop enableServiceLinks fsType group host iscsiInterface keyPath keyType keyring level maxExpirationSeconds \
    medium optional podGroupName pool portals priority protectionDomain reference revision role runAsNonRoot \
    schedulerName secretFile service serviceAccount signerName sslEnabled stdin stdinOnce storageMode \
    storagePolicyID storagePolicyName storagePool suspend terminationMessagePath tty user \
    userAnnotations volumeAttributes workingDir";

/// A field that no file of the validation names, and that is not known to be free, would be accepted without a check.
#[test]
fn every_field_has_rules_or_is_free() {
    let rules: String = files("src/api/validation").iter().map(|path| text(path)).collect();
    let rules = rules + &text(&root().join("src/api/admission.rs"));
    let table = text(&root().join("src/api/schema/types.txt"));
    // What a user writes below metadata and spec; the rest is the server's.
    let of_the_server =
        ["TypeMeta", "ManagedFieldsEntry", "JobStatus", "CronJobStatus", "JobCondition", "ObjectReference"];
    let structs = table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    let of_users = structs.filter(|(name, _)| !of_the_server.contains(&name.trim_end_matches('~')));
    let fields = of_users.flat_map(|(name, fields)| fields.split(", ").map(move |field| (name, field)));
    let mut seen = 0;
    for (name, field) in fields.filter(|(_, field)| !field.starts_with('+')) {
        let field = field.split([' ', '=']).next().unwrap_or_default();
        let is_free = FREE.split(' ').any(|free| free == field);
        let has_rules = rules.contains(&format!("\"{field}\""));
        assert!(is_free != has_rules || name.contains("Status"), "{name}.{field}: free {is_free}, named {has_rules}");
        seen += 1;
    }
    assert!(seen > 300, "{seen}");
}

/// One line of an input.
fn json_of(line: &str, title: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{title}: {error}"))
}

/// JSON merge patch.
fn merge(target: &mut Value, change: &Value) {
    let Value::Object(fields) = change else {
        *target = change.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (name, change) in fields {
        merge(&mut target[name], change);
    }
}

fn job() -> Value {
    json!({ "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "pi" }, "spec": spec() })
}

fn cron_job() -> Value {
    let spec = json!({ "schedule": "* * * * *", "jobTemplate": { "spec": spec() } });
    json!({ "apiVersion": "batch/v1", "kind": "CronJob", "metadata": { "name": "tick" }, "spec": spec })
}

fn spec() -> Value {
    json!({ "template": { "spec": {
        "restartPolicy": "Never", "containers": [{ "name": "main", "image": "busybox" }]
    } } })
}

/// The answer as lines like the expected ones; of the stored object, only the values that those ask for.
fn answer_lines(answer: &Answer, expected: &[&str]) -> Vec<String> {
    let json = answer.as_json();
    if let Some(error) = json["decodeError"].as_str() {
        return vec![format!("decode {error}")];
    }
    if let Some(causes) = json["causes"].as_array() {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        return causes.iter().map(|cause| format!("{}: {}", text(&cause["field"]), text(&cause["message"]))).collect();
    }
    let Answer::Accepted(Admitted { value, warnings }) = answer else { return Vec::new() };
    let found = expected
        .iter()
        .filter_map(|line| asked(line))
        .map(|(part, pointer, _)| format!("{part} {pointer} {}", value[part].pointer(pointer).unwrap_or(&Value::Null)));
    warnings.iter().map(|warning| format!("warning {warning}")).chain(found).collect()
}

/// The parts of a stored object that an expected line can ask for.
const PARTS: [&str; 2] = ["spec", "metadata"];

/// `spec POINTER VALUE`: the part, the pointer and the value.
fn asked(line: &str) -> Option<(&'static str, &str, &str)> {
    let part = PARTS.into_iter().find(|part| line.starts_with(&format!("{part} /")))?;
    let (pointer, value) = line[part.len() + 1..].split_once(' ')?;
    Some((part, pointer, value))
}

/// An expected line whose value is written as `serde_json` does; in the files there may be spaces in it.
fn normalized(line: &str) -> String {
    match asked(line) {
        Some((part, pointer, value)) => {
            let value: Value = serde_json::from_str(value).unwrap_or_else(|error| panic!("{line}: {error}"));
            format!("{part} {pointer} {value}")
        }
        None => line.to_owned(),
    }
}

/// Cases of an object to be created. The input is a change of `base`; `wrap` says where in it.
fn check_created(file: &str, base: &Value, wrap: impl Fn(&Value) -> Value) {
    let cases = cases(&root().join("tests/rules/api").join(file));
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for Case { title, input, expected, .. } in &cases {
        let mut manifest = base.clone();
        merge(&mut manifest, &wrap(&json_of(input, title)));
        let expected: Vec<&str> = expected.lines().collect();
        let found = answer_lines(&Answer::to_value(&manifest), &expected);
        let expected: Vec<String> = expected.into_iter().map(normalized).collect();
        if found != expected {
            wrong.push(format!(
                "{title}\n  expected:\n    {}\n  found:\n    {}",
                expected.join("\n    "),
                found.join("\n    ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases\n\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

#[test]
fn jobs_that_are_created() {
    check_created("job.txt", &job(), Value::clone);
}

#[test]
fn pod_templates_that_are_created() {
    check_created("pod.txt", &job(), |change| json!({ "spec": { "template": { "spec": change } } }));
}

#[test]
fn cron_jobs_that_are_created() {
    check_created("cron_job.txt", &cron_job(), Value::clone);
}

/// Cases of an object to be patched. The first line of the input is what the small object is different in, the second
/// the patch; `strict` in front of it: as `kubectl apply` sends it.
fn check_patched(file: &str, patch_object: impl Fn(&Value, &Value, FieldValidation) -> Result<Answer, Refusal>) {
    let mut wrong = Vec::new();
    for Case { title, input, expected, .. } in cases(&root().join("tests/rules/api").join(file)) {
        let (own, patch) = input.split_once('\n').unwrap_or_else(|| panic!("{title}: no patch"));
        let (validation, patch) = match patch.strip_prefix("strict ") {
            Some(patch) => (FieldValidation::Strict, patch),
            None => (FieldValidation::Warn, patch),
        };
        let expected: Vec<&str> = expected.lines().collect();
        let found: Vec<String> = match patch_object(&json_of(own, &title), &json_of(patch, &title), validation) {
            Err(refusal) if refusal.errors.is_empty() => vec![format!("{:?} {}", refusal.status, refusal.message)],
            Err(refusal) => refusal.errors.iter().map(ToString::to_string).collect(),
            Ok(answer) => answer_lines(&answer, &expected),
        };
        let fits = found.len() == expected.len()
            && found.iter().zip(&expected).all(|(found, expected)| matches_pattern(found, &normalized(expected)));
        if !fits {
            wrong.push(format!("{title}\n  expected: {expected:#?}\n  found:    {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn jobs_that_are_patched() {
    check_patched("update.txt", |own, patch, validation| {
        let mut manifest = job();
        merge(&mut manifest, own);
        let old = admission::create_job(&manifest, JobId(1), Time::ZERO)?;
        let new = admission::patch_job(&old, patch, validation)?;
        Ok(accepted(&new.object.meta, &new.object.spec.to_value(), new.warnings()))
    });
}

/// A `schedule` in the first line is stored unchecked: an older Kubernetes accepted it.
#[test]
fn cron_jobs_that_are_patched() {
    check_patched("cron_job_update.txt", |own, patch, validation| {
        let (mut manifest, mut own) = (cron_job(), own.clone());
        let schedule = own.get_mut("spec").and_then(Value::as_object_mut).and_then(|spec| spec.remove("schedule"));
        merge(&mut manifest, &own);
        let mut old = admission::create_cron_job(&manifest, CronJobId(1), Time::ZERO)?;
        if let Some(schedule) = schedule {
            let mut spec = Value::clone(&old.spec.value);
            spec["schedule"] = schedule;
            old.spec = Rc::new(CronJobSpec::from_value(Rc::new(spec)).expect("a spec"));
        }
        let new = admission::patch_cron_job(&old, patch, validation)?;
        Ok(accepted(&new.object.meta, &new.object.spec.value, new.warnings()))
    });
}

fn accepted(meta: &Meta, spec: &Value, warnings: Vec<Warning>) -> Answer {
    let mut metadata = admission::metadata(meta);
    metadata["generation"] = json!(meta.generation);
    Answer::Accepted(Admitted { value: json!({ "metadata": metadata, "spec": spec }), warnings })
}

/// `…` in a pattern stands for anything.
fn matches_pattern(text: &str, pattern: &str) -> bool {
    let (Some((first, rest)), Some((_, last))) = (pattern.split_once('…'), pattern.rsplit_once('…')) else {
        return text == pattern;
    };
    let Some(mut text) = text.strip_prefix(first).and_then(|text| text.strip_suffix(last)) else { return false };
    let middle = rest.strip_suffix(last).unwrap_or_default().split('…');
    middle.into_iter().all(|part| match text.split_once(part) {
        Some((_, after)) => {
            text = after;
            true
        }
        None => false,
    })
}
