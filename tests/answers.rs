//! Every recorded answer of the API server, held against ours.

use job_playground::api::admission::{create_cron_job, create_job};
use job_playground::api::{CronJobId, JobId};
use job_playground::conformance::{self, Case, CaseKind};
use job_playground::manifest;
use job_playground::manifest::answer::Answer;
use job_playground::time::Time;
use serde_json::Value;
use support::{root, shown};

fn recorded_cases() -> Vec<Case> {
    let folder = root().join("tests/conformance/manifests");
    conformance::cases(&folder).unwrap_or_else(|error| panic!("{}: {error}", shown(&folder)))
}

#[test]
fn every_answer_is_the_recorded_one() {
    let cases = recorded_cases();
    let answers: Vec<_> = cases.iter().filter(|case| case.kind == CaseKind::Answer).collect();
    assert_eq!(answers.len(), 421, "the number of recorded answers");
    let mut failed = Vec::new();
    for case in &answers {
        match conformance::judge(case) {
            Ok(None) => {}
            Ok(Some(difference)) => failed.push(format!(
                "{}: line {}\n  recorded: {}\n  found:    {}\n  alone:    cargo run -- answer {}",
                case.name,
                difference.line,
                difference.expected.trim(),
                difference.found.trim(),
                shown(&case.input)
            )),
            Err(error) => failed.push(format!("{}: {error}", case.name)),
        }
    }
    let (wrong, all) = (failed.len(), answers.len());
    assert!(failed.is_empty(), "{wrong} of {all} answers differ\n\n{}", failed.join("\n\n"));
}

#[test]
fn what_is_accepted_can_be_created() {
    let cases = recorded_cases();
    let mut created = 0;
    for case in cases {
        let text = String::from_utf8_lossy(&std::fs::read(&case.input).unwrap_or_default()).into_owned();
        let accepted = matches!(Answer::to_text(&text).first(), Some(Answer::Accepted(_)));
        for manifest in manifest::read(&text).scenario.manifests.iter().filter(|_| accepted) {
            let outcome = match manifest.value["kind"].as_str() {
                Some("CronJob") => create_cron_job(&manifest.value, CronJobId(1), Time::ZERO).map(drop),
                _ => create_job(&manifest.value, JobId(1), Time::ZERO).map(drop),
            };
            assert_eq!(outcome, Ok(()), "{}", case.name);
            created += 1;
        }
    }
    assert!(created > 100, "{created}");
}

/// The answer to the first document of a text.
fn first(text: &str) -> Value {
    Answer::to_text(text).first().map_or(Value::Null, Answer::as_json)
}

/// What the recorded answers do not show of YAML: go-yaml's words for keys, tags and ends that nobody means.
#[test]
fn what_is_no_yaml() {
    for (text, error) in [
        (
            "{{ .Values.x }}: 1",
            r#"yaml: invalid map key: map[interface {}]interface {}{".Values.x":interface {}(nil)}"#,
        ),
        (
            "? {a: [1, null, true, 1e-5]}\n: b",
            r#"yaml: invalid map key: map[interface {}]interface {}{"a":[]interface {}{1, interface {}(nil), true, 1e-05}}"#,
        ),
        ("a: {~: x}", r#"unsupported map key of type: %!s(<nil>), key: <nil>, value: "x""#),
        ("18446744073709551615: x", r#"unsupported map key of type: uint64, key: 0xffffffffffffffff, value: "x""#),
        ("a: .nan\nb: &b {c: *b}", "yaml: anchor 'b' value contains itself"),
        ("a: .nan\n~: x", r#"unsupported map key of type: %!s(<nil>), key: <nil>, value: "x""#),
        ("a: !!int 5.5", "yaml: cannot decode !!float `5.5` as a !!int"),
        ("!!int a: b", "yaml: cannot decode !!str `a` as a !!int"),
        ("a: !!binary '=='", "yaml: !!binary value contains invalid base64 data"),
        ("a: &a [b]\nb: {<<: *a}", "yaml: map merge requires map or sequence of maps as the value"),
        ("{\"a\": [\n   ", "yaml: line 2: did not find expected node content"),
        ("a: b\nc:017\n   ", "yaml: line 3: could not find expected ':'"),
        ("a: [}\n\u{1b}", "yaml: control characters are not allowed"),
        ("a: b\n\u{feff}\nc: d\n", "yaml: line 3: could not find expected ':'"),
        ("a: b\nc\n d", "yaml: line 3: could not find expected ':'"),
        ("a: b\nc", "yaml: line 3: could not find expected ':'"),
    ] {
        assert_eq!(first(text)["yamlError"], error, "{text}");
    }
    // A byte order mark within a text is a letter.
    let marked = first("apiVersion: batch/v1\nkind: Job\n\u{feff}metadata: {}\n");
    assert_eq!(marked["decodeError"], r#"strict decoding error: unknown field "\ufeffmetadata""#);
    // A control character is noticed with the 512 bytes that it stands in.
    for (spaces, error) in
        [(500, "yaml: control characters are not allowed"), (510, "did not find expected node content")]
    {
        let text = format!("a: [}}{}\u{1b}", " ".repeat(spaces));
        let found = first(&text)["yamlError"].to_string();
        assert!(found.contains(error), "{spaces}: {found}");
    }
    for (text, field) in [("0.000001: a", "1e-06"), ("1234567.0: a", "1.234567e+06"), ("!!binary YQ==: b", "a")] {
        let error = format!("strict decoding error: unknown field \"{field}\"");
        let text = format!("apiVersion: batch/v1\nkind: Job\n{text}");
        assert_eq!(first(&text)["decodeError"], error, "{text}");
    }
}

#[test]
fn a_name_is_quoted_as_go_quotes() {
    let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: \"a\\x01\"}\n";
    let message = first(text)["message"].as_str().unwrap_or_default().to_owned();
    assert!(message.starts_with(r#"Job.batch "a\x01" is invalid: "#), "{message}");
}

/// Whatever stands in a manifest, there is an answer.
#[test]
fn no_value_is_without_an_answer() {
    let cases = recorded_cases();
    for (number, case) in cases.iter().enumerate().step_by(6) {
        let text = String::from_utf8_lossy(&std::fs::read(&case.input).unwrap_or_default()).into_owned();
        let lines: Vec<&str> = text.lines().collect();
        for (turn, value) in
            ["null", "[]", "{}", "-1", "true", "''", "[null]", "[{}]", "{a: b}", "1e30"].iter().enumerate()
        {
            let at = (number * 7 + turn * 13) % lines.len().max(1);
            let Some((key, _)) = lines.get(at).and_then(|line| line.split_once(':')) else { continue };
            let changed = format!("{key}: {value}");
            let mut mutated = lines.clone();
            mutated[at] = &changed;
            let answer = first(&mutated.join("\n"));
            assert!(answer.as_object().is_some_and(|answer| !answer.is_empty()));
        }
    }
}
