//! Redacted texts: nothing that was replaced is left in them, and the run stays what it was.

use job_playground::api::schema::{StructId, Type};
use job_playground::manifest::redact::{Redacted, Replaced, redact};
use job_playground::manifest::{self, Reading};
use job_playground::recording::Recording;
use serde_json::{Value, json};
use std::path::PathBuf;
use support::{files_with, shown};

/// Texts as people have written them: recorded cases, examples, cases of the properties.
fn texts() -> Vec<(PathBuf, String)> {
    let folders = ["tests/conformance", "tests/properties/cases", "src/examples"];
    let all = folders.iter().flat_map(|folder| files_with("yaml", folder));
    all.map(|path| (path.clone(), support::text(&path))).collect()
}

fn redacted(text: &str) -> (Reading, Redacted) {
    let reading = manifest::read(text);
    let redacted = redact(&reading);
    (reading, redacted)
}

/// What happens and when, without a name.
fn shape(reading: &Reading) -> Vec<String> {
    let recording = Recording::of(&reading.scenario.clone().with_time_zones());
    let steps = recording.steps().iter().map(|step| {
        let kinds = recording.reasons(step).iter().map(|reason| {
            let told = format!("{reason:?}");
            told.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned()
        });
        let kinds: Vec<String> = kinds.collect();
        let (at, who, key) = (step.at, step.component, step.key);
        let versions = recording.versions(step).iter().map(|version| version.verb).collect::<Vec<_>>();
        format!("{at:?} {who:?} {key:?} {kinds:?} {versions:?} {} events", recording.events(step).len())
    });
    steps.chain([format!("{:?}", recording.end())]).collect()
}

/// Whether a name stands in a text, and not just its letters in a longer one.
fn has(text: &str, name: &str) -> bool {
    let is_of_name = |letter: char| letter.is_alphanumeric() || "-_./:".contains(letter);
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(is_of_name);
        let behind = text[at + name.len()..].chars().next().is_some_and(is_of_name);
        !before && !behind
    })
}

fn check(path: &str, text: &str, wrong: &mut Vec<String>) {
    let (reading, redacted) = redacted(text);
    let again = manifest::read(&redacted.text);
    if reading.has_errors() != again.has_errors() && again.has_errors() {
        let first = again.diagnostics.iter().map(|found| format!("{:?}", found.code)).next();
        wrong.push(format!("{path}: {first:?}"));
        return;
    }
    // Words of the format itself that somebody uses for a name.
    let own = [
        "main", "name", "image", "text", "command", "sh", "-c", "job", "data", "value", "sleep", "true", "false",
        "spec", "spec:", "key",
    ];
    let is_word = |from: &str| from.len() > 2 && from.contains(char::is_alphabetic) && !own.contains(&from);
    for Replaced { from, .. } in redacted.replaced.iter().filter(|one| is_word(&one.from)) {
        if has(&redacted.text, from) {
            let line = redacted.text.lines().find(|line| has(line, from)).unwrap_or_default();
            wrong.push(format!("{path}: {from:?} is still in {line:?}"));
        }
    }
    if reading.has_errors() || redacted.has_chance {
        return;
    }
    let (before, after) = (shape(&reading), shape(&again));
    if before != after {
        let at = before.iter().zip(&after).position(|(one, other)| one != other).unwrap_or(0);
        let line = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
        wrong.push(format!("{path}: step {at}\n  {}\n  {}", line(&before), line(&after)));
    }
}

#[test]
fn recorded_cases_keep_their_shape_and_no_name() {
    let mut wrong = Vec::new();
    for (path, text) in texts() {
        check(&shown(&path), &text, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}

const OWN: &str = r#"
# the nightly job of team violet
apiVersion: v1
kind: Secret
metadata: {name: violet-token}
stringData: {password: hunter2}
---
apiVersion: example.com/v1
kind: Violet
metadata: {name: not-modelled}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: violet, annotations: {owner: "mail violet@example.com"}}
spec:
  schedule: "* * * * *"
  jobTemplate:
    spec:
      template:
        metadata: {labels: {app: violet, example.com/team: colours}}
        spec:
          restartPolicy: Never
          nodeSelector: {disk: fast}
          containers:
          - name: violet
            image: "registry.violet.example/etl:2024.1"
            command: [sh, -c, "echo secret-of-violet; sleep 5; exit 3"]
            args: [-v]
            env:
            - {name: DB_HOST, value: db.violet.example}
            - {name: TOKEN, valueFrom: {secretKeyRef: {name: violet-token, key: password}}}
          - name: helper
            image: "registry.violet.example/etl:2024.1"
            command: [/opt/violet/run, --all]
---
apiVersion: job-playground/v1
kind: Scenario
metadata: {name: violet-night}
spec:
  cluster:
    nodes:
    - {name: blue, count: 2, labels: {disk: fast}, taints: ["violet=yes:PreferNoSchedule"]}
    images:
    - {match: "registry.violet.example/*", pull: 4s}
    missing: [ConfigMap/violet-*]
  behaviors:
  - {match: {container: helper, node: blue-1}, run: 3s}
  inputs:
  - {at: 20s, drain: {node: blue-2}, note: "violet is upgraded"}
  - {at: 70s, fail: {job: violet-15778802, container: violet, exitCode: 9}}
  until: 3m
"#;

#[test]
fn the_same_name_is_the_same_everywhere() {
    let (reading, redacted) = redacted(OWN);
    let again = manifest::read(&redacted.text);
    assert!(!again.has_errors(), "{:?}\n{}", again.diagnostics, redacted.text);
    assert_eq!(shape(&reading), shape(&again), "{}", redacted.text);
    for word in
        ["violet", "hunter2", "colours", "team", "registry", "2024", "DB_HOST", "blue", "fast", "upgraded", "helper"]
    {
        assert!(!redacted.text.contains(word), "{word} is in\n{}", redacted.text);
    }
    let to = |from: &str| {
        let mut found = redacted.replaced.iter().filter(|one| one.from == from);
        found.next().unwrap_or_else(|| panic!("{from} is replaced: {:?}", redacted.replaced)).to.clone()
    };
    for (from, count) in [("violet", 6), ("violet-token", 2), ("password", 2), ("fast", 2), ("blue", 3), ("helper", 2)]
    {
        let found = redacted.text.matches(&to(from)).count();
        assert_eq!(found, count, "{from}: {}\n{}", to(from), redacted.text);
    }
    assert!(redacted.text.contains("sleep 5; exit 3"), "what it does stays: {}", redacted.text);
}

#[test]
fn chance_is_said() {
    let text = OWN.replace("{match: {container: helper, node: blue-1}, run: 3s}", "{chance: 20%, run: 3s}");
    assert!(redacted(&text).1.has_chance && !redacted(OWN).1.has_chance);
}

#[test]
fn what_a_command_does_with_an_index_stays() {
    let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi}\nspec:\n  completionMode: Indexed\n  completions: 7\n  \
                parallelism: 3\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: main\n        \
                image: busybox\n        command: [bash, -c, 'P=tuesday; if [ $((JOB_COMPLETION_INDEX % 3)) -eq 1 ]; then exit 4; \
                fi; sleep $((JOB_COMPLETION_INDEX + 2))']\n";
    let (reading, redacted) = redacted(text);
    assert!(!redacted.text.contains("tuesday"), "{}", redacted.text);
    assert_eq!(shape(&reading), shape(&manifest::read(&redacted.text)), "{}", redacted.text);
}

/// A value of a type, with a word wherever somebody can write one.
fn full_of(of: &Type, word: &str) -> Value {
    match of {
        Type::Struct(id) => {
            let fields = id.get().json_fields().map(|slot| (slot.field.name, full_of(&slot.field.kind, word)));
            let mut value: Value = fields.map(|(name, value)| (name.to_owned(), value)).collect();
            value[word] = json!({ word: word });
            value
        }
        Type::List(item) => json!([full_of(item, word)]),
        Type::Map(item) => json!({ word: full_of(item, word) }),
        Type::ResourceList => json!({ word: word }),
        _ => word.into(),
    }
}

#[test]
fn of_a_word_in_every_field_nothing_stays() {
    let words = [
        "violet",
        "VIOLET",
        "violet.example/v1",
        "kubernetes.io/violet",
        "violet.kubernetes.io/x",
        "node-restriction.kubernetes.io/violet",
        "container.apparmor.security.beta.kubernetes.io/violet",
        "localhost/violet",
        "hugepages-violet",
        "metadata.violet",
        "metadata.labels['violet']",
        "violet['x']",
        "SIGVIOLET",
        "TZ=Violet/City * * * * *",
        "5violet",
        "-violet-",
        "violet violet: 1\n# violet",
    ];
    for word in words {
        let manifest = |kind: &str| {
            let mut value = full_of(&Type::Struct(StructId::named(kind)), word);
            value["apiVersion"] = "batch/v1".into();
            value["kind"] = kind.into();
            value
        };
        let patched = |kind: &str| json!({ "metadata": manifest(kind)["metadata"], "spec": manifest(kind)["spec"] });
        let mut created = manifest("Job");
        created["apiVersion"] = word.into();
        let mut job_patch = patched("Job");
        job_patch["job"] = "x".into();
        let mut cron_job_patch = patched("CronJob");
        cron_job_patch["cronjob"] = "x".into();
        let inputs = json!([
            { "at": "1s", "create": created },
            { "at": "2s", "patch": job_patch },
            { "at": "3s", "patch": cron_job_patch },
            { "at": "4s", "fail": { "pod": format!("{word}-token") } },
        ]);
        let scenario = json!({ "apiVersion": "job-playground/v1", "kind": "Scenario", "spec": { "inputs": inputs, "until": "1m" } });
        let text =
            [manifest("Job"), manifest("CronJob"), scenario].map(|document| document.to_string()).join("\n---\n");
        let (reading, redacted) = redacted(&text);
        let scenario = &reading.scenario;
        assert_eq!((scenario.manifests.len(), scenario.inputs.len()), (2, 4), "{word}: {:?}", reading.diagnostics);
        let left = redacted.text.lines().filter(|line| line.to_lowercase().contains("violet"));
        assert_eq!(left.collect::<Vec<_>>(), [""; 0], "{word}");
    }
}

/// Values and names that the API server knows are not people's, and mean something to it.
#[test]
fn what_kubernetes_means_stays() {
    let job = |more: &str| {
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: pi, finalizers: [kubernetes]}}\nspec:\n  template:\n    \
             metadata: {{annotations: {{{more}}}}}\n    spec:\n      restartPolicy: Never\n      priorityClassName: \
             system-cluster-critical\n      containers:\n      - {{name: violet, image: busybox}}\n"
        )
    };
    for annotation in [
        "controller.kubernetes.io/pod-deletion-cost: \"-100\"",
        "container.apparmor.security.beta.kubernetes.io/violet: localhost/violet",
        "seccomp.security.alpha.kubernetes.io/pod: runtime/default",
        "container.seccomp.security.alpha.kubernetes.io/violet: localhost/violet.json",
    ] {
        let (reading, redacted) = redacted(&job(annotation));
        let again = manifest::read(&redacted.text);
        let before: Vec<_> = reading.diagnostics.iter().map(|found| found.code.tier()).collect();
        let after: Vec<_> = again.diagnostics.iter().map(|found| found.code.tier()).collect();
        assert_eq!(before, after, "{:?}\n{}", again.diagnostics, redacted.text);
        assert_eq!(shape(&reading), shape(&again), "{}", redacted.text);
        assert!(
            redacted.text.contains("system-cluster-critical") && !redacted.text.contains("violet"),
            "{}",
            redacted.text
        );
    }
}
