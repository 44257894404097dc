//! Rules of the API server that no recorded answer shows, one by one: tests/rules/api/*.txt.

use job_playground::api::admission::{self, Admitted, FieldValidation, Refusal};
use job_playground::api::{CronJobId, CronJobSpec, JobId, Meta};
use job_playground::manifest::answer::Answer;
use job_playground::time::Time;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// Sections of the spec that say what the API server answers, with the number of their last row before a gap.
const SECTIONS: [(&str, &[(u32, u32)]); 7] = [
    ("V4", &[(1, 13)]),
    ("V5", &[(1, 10), (20, 25), (30, 32)]),
    ("V8", &[(1, 35), (40, 41)]),
    ("V9", &[(1, 7), (10, 26), (30, 36)]),
    ("V10", &[(1, 10)]),
    ("V11", &[(1, 12)]),
    ("V13", &[(1, 8)]),
];

/// A case says in its first line which rows it shows. Of those without one the README says why.
#[test]
fn every_row_of_the_spec_has_a_case() {
    let all = [
        include_str!("api/job.txt"),
        include_str!("api/pod.txt"),
        include_str!("api/cron_job.txt"),
        include_str!("api/update.txt"),
        include_str!("api/cron_job_update.txt"),
    ];
    let told = include_str!("README.md").lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" |"));
    let told: BTreeSet<&str> = told.map(|(row, _)| row).filter(|row| row.starts_with('V')).collect();
    let shown: BTreeSet<&str> = all
        .iter()
        .flat_map(|text| rows(text))
        .flat_map(|row| row.rule.split(' ').take_while(|word| word.starts_with('V') || *word == "and"))
        .map(|row| row.trim_end_matches(|letter: char| letter.is_ascii_lowercase()))
        .collect();
    let wanted = SECTIONS.iter().flat_map(|(section, parts)| {
        parts.iter().flat_map(move |(first, last)| (*first..=*last).map(move |row| format!("{section}.{row}")))
    });
    let wrong: Vec<String> = wanted.filter(|row| shown.contains(row.as_str()) == told.contains(row.as_str())).collect();
    assert!(wrong.is_empty(), "neither a case nor a reason, or both: {wrong:?}");
}

/// Fields without a rule in Kubernetes 1.36: any value of their type will do.
const FREE: &str = "args audience automountServiceAccountToken blockOwnerDeletion certificateChainPath \
    credentialBundlePath drop enableServiceLinks fsType group host iscsiInterface keyPath keyType keyring level maxExpirationSeconds \
    medium optional podGroupName pool portals priority protectionDomain reference revision role runAsNonRoot \
    schedulerName secretFile service serviceAccount signerName sslEnabled stdin stdinOnce storageMode \
    storagePolicyID storagePolicyName storagePool suspend terminationMessagePath tty user \
    userAnnotations volumeAttributes workingDir";

/// A field that no file of the validation names, and that is not known to be free, would be called valid unread.
#[test]
fn no_field_goes_without_its_rules() {
    let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api");
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let folder = fs::read_dir(api.join("validation")).expect("the folder of the rules");
    let rules: String = folder.map(|file| read(&file.expect("a file").path())).collect();
    let rules = rules + &read(&api.join("admission.rs"));
    let table = read(&api.join("schema/types.txt"));
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

struct Row<'a> {
    rule: &'a str,
    change: Value,
    expected: Vec<&'a str>,
}

fn rows(text: &str) -> Vec<Row<'_>> {
    let blocks = text.split("\n\n").filter(|block| !block.starts_with('#'));
    blocks
        .map(|block| {
            let mut lines = block.trim().lines();
            let rule = lines.next().unwrap_or_default();
            let change = lines.next().unwrap_or_default();
            let change = serde_json::from_str(change).unwrap_or_else(|error| panic!("{rule}: {error}"));
            Row { rule, change, expected: lines.collect() }
        })
        .collect()
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

/// What the answer says, in the words of the expected lines; of the spec only what is asked for.
fn told(answer: &Answer, expected: &[&str]) -> Vec<String> {
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

/// Of the stored object.
const PARTS: [&str; 2] = ["spec", "metadata"];

/// `spec POINTER VALUE`: its part, the pointer and the value.
fn asked(line: &str) -> Option<(&'static str, &str, &str)> {
    let part = PARTS.into_iter().find(|part| line.starts_with(&format!("{part} /")))?;
    let (pointer, value) = line[part.len() + 1..].split_once(' ')?;
    Some((part, pointer, value))
}

/// Expected values may be written with spaces.
fn normal(line: &str) -> String {
    match asked(line) {
        Some((part, pointer, value)) => {
            let value: Value = serde_json::from_str(value).unwrap_or_else(|error| panic!("{line}: {error}"));
            format!("{part} {pointer} {value}")
        }
        None => line.to_owned(),
    }
}

fn check(rows: &[Row<'_>], base: &Value, wrap: impl Fn(&Value) -> Value) {
    assert!(!rows.is_empty());
    let mut wrong = Vec::new();
    for row in rows {
        let mut manifest = base.clone();
        merge(&mut manifest, &wrap(&row.change));
        let found = told(&Answer::to_value(&manifest), &row.expected);
        let expected: Vec<String> = row.expected.iter().map(|line| normal(line)).collect();
        if found != expected {
            wrong.push(format!(
                "{}\n  expected:\n    {}\n  found:\n    {}",
                row.rule,
                expected.join("\n    "),
                found.join("\n    ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rules\n\n{}", wrong.len(), rows.len(), wrong.join("\n\n"));
}

#[test]
fn of_a_job() {
    check(&rows(include_str!("api/job.txt")), &job(), Value::clone);
}

#[test]
fn of_a_pod_template() {
    let wrap = |change: &Value| json!({ "spec": { "template": { "spec": change } } });
    check(&rows(include_str!("api/pod.txt")), &job(), wrap);
}

#[test]
fn of_a_cron_job() {
    check(&rows(include_str!("api/cron_job.txt")), &cron_job(), Value::clone);
}

/// A change of a small object: the rule, the object's own fields, the patch, and what is said of it. `strict` in front
/// of a patch: as `kubectl apply` sends it.
fn check_changes(text: &str, change: impl Fn(&Value, &Value, FieldValidation) -> Result<Answer, Refusal>) {
    let mut wrong = Vec::new();
    for Row { rule, change: own, expected } in rows(text) {
        let (validation, patch) = match expected[0].strip_prefix("strict ") {
            Some(patch) => (FieldValidation::Strict, patch),
            None => (FieldValidation::Warn, expected[0]),
        };
        let patch: Value = serde_json::from_str(patch).unwrap_or_else(|error| panic!("{rule}: {error}"));
        let expected = &expected[1..];
        let found: Vec<String> = match change(&own, &patch, validation) {
            Err(refusal) if refusal.causes.is_empty() => vec![format!("{:?} {}", refusal.status, refusal.message)],
            Err(refusal) => refusal.causes.iter().map(|cause| format!("{}: {}", cause.field, cause.message)).collect(),
            Ok(answer) => told(&answer, expected),
        };
        let fits = found.len() == expected.len()
            && found.iter().zip(expected).all(|(found, expected)| matches_pattern(found, &normal(expected)));
        if !fits {
            wrong.push(format!("{rule}\n  expected: {expected:#?}\n  found:    {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn of_a_change_of_a_job() {
    check_changes(include_str!("api/update.txt"), |own, patch, validation| {
        let mut manifest = job();
        merge(&mut manifest, own);
        let old = admission::create_job(&manifest, JobId(1), Time::ZERO)?;
        let new = admission::patch_job(&old, patch, validation)?;
        Ok(changed(&new.object.meta, &new.object.spec.value, new.warnings))
    });
}

/// `schedule` as an older Kubernetes took it.
#[test]
fn of_a_change_of_a_cron_job() {
    check_changes(include_str!("api/cron_job_update.txt"), |own, patch, validation| {
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
        Ok(changed(&new.object.meta, &new.object.spec.value, new.warnings))
    });
}

fn changed(meta: &Meta, spec: &Value, warnings: Vec<String>) -> Answer {
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
