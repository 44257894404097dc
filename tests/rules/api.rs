//! Rules of the API server that no recorded answer shows, one by one: tests/rules/api/*.txt.

use job_playground::api::JobId;
use job_playground::api::admission;
use job_playground::manifest::answer::Answer;
use job_playground::time::Time;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Sections of the spec that say what the API server answers, with the number of their last row before a gap.
const SECTIONS: [(&str, &[(u32, u32)]); 7] = [
    ("V4", &[(1, 11)]),
    ("V5", &[(1, 7), (20, 24), (30, 32)]),
    ("V8", &[(1, 35), (40, 41)]),
    ("V9", &[(1, 7), (10, 26), (30, 36)]),
    ("V10", &[(1, 9)]),
    ("V11", &[(1, 2), (5, 11)]),
    ("V13", &[(1, 6)]),
];

/// Keys that are written twice never reach the server.
const NO_CASES: [&str; 1] = ["V4.2"];

/// A case says in its first line which rows it shows.
#[test]
fn every_row_of_the_spec_has_a_case() {
    let all = [
        include_str!("api/job.txt"),
        include_str!("api/pod.txt"),
        include_str!("api/cron_job.txt"),
        include_str!("api/update.txt"),
    ];
    let shown: BTreeSet<&str> = all
        .iter()
        .flat_map(|text| rows(text))
        .flat_map(|row| row.rule.split(' ').take_while(|word| word.starts_with('V') || *word == "and"))
        .map(|row| row.trim_end_matches(|letter: char| letter.is_ascii_lowercase()))
        .collect();
    let wanted = SECTIONS.iter().flat_map(|(section, parts)| {
        parts.iter().flat_map(move |(first, last)| (*first..=*last).map(move |row| format!("{section}.{row}")))
    });
    let missing: Vec<String> =
        wanted.filter(|row| !shown.contains(row.as_str()) && !NO_CASES.contains(&row.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
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
    let answer = answer.as_json();
    if let Some(error) = answer["decodeError"].as_str() {
        return vec![format!("decode {error}")];
    }
    if let Some(causes) = answer["causes"].as_array() {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        return causes.iter().map(|cause| format!("{}: {}", text(&cause["field"]), text(&cause["message"]))).collect();
    }
    let warnings = answer["warnings"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let asked = expected.iter().filter_map(|line| line.strip_prefix("spec ")?.split(' ').next());
    let found = asked.map(|pointer| {
        let found = answer["spec"].pointer(pointer).unwrap_or(&Value::Null);
        format!("spec {pointer} {found}")
    });
    warnings.map(|warning| format!("warning {warning}")).chain(found).collect()
}

/// Expected values may be written with spaces.
fn normal(line: &str) -> String {
    match line.strip_prefix("spec ").and_then(|rest| rest.split_once(' ')) {
        Some((pointer, value)) => {
            let value: Value = serde_json::from_str(value).unwrap_or_else(|error| panic!("{line}: {error}"));
            format!("spec {pointer} {value}")
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

#[test]
fn of_a_change() {
    let text = include_str!("api/update.txt");
    let mut wrong = Vec::new();
    for Row { rule, change, expected } in rows(text) {
        let mut manifest = job();
        merge(&mut manifest, &change);
        let id = JobId(1);
        let old = admission::create_job(&manifest, id, Time::ZERO).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let patch: Value = serde_json::from_str(expected[0]).unwrap_or_else(|error| panic!("{rule}: {error}"));
        let expected = &expected[1..];
        let found: Vec<String> = match admission::patch_job(&old, &patch) {
            Err(refusal) => refusal.causes.iter().map(|cause| format!("{}: {}", cause.field, cause.message)).collect(),
            Ok(new) => told(&Answer::Accepted(admitted(&new.spec.value)), expected),
        };
        let fits = found.len() == expected.len()
            && found.iter().zip(expected).all(|(found, expected)| matches_pattern(found, &normal(expected)));
        if !fits {
            wrong.push(format!("{rule}\n  expected: {expected:#?}\n  found:    {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn admitted(spec: &Value) -> admission::Admitted {
    admission::Admitted { value: json!({ "spec": spec }), warnings: Vec::new() }
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
