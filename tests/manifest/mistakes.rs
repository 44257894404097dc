//! Mistakes in a Scenario: each is reported at its place, its line is skipped, and the rest is read.

use job_playground::api::IndexSetError;
use job_playground::manifest::{Code, Expected, Tier, ValueKind, line_column, read};
use job_playground::texts::Lang;
use job_playground::time::SpanError;

const HEAD: &str = "apiVersion: job-playground/v1\nkind: Scenario\nspec:\n";

#[test]
fn each_mistake_is_reported_at_its_place() {
    let wrong = |expected, found| Code::WrongType { expected, found };
    let duration = |error, text: &str| Code::Duration { error, text: text.to_owned() };
    let unknown = |field: &str| Code::UnknownField(field.to_owned());
    let reserved = |field: &str| Code::ReservedField(field.to_owned());
    for (spec, at, code) in [
        ("  seed: -1", "-1", Code::OutOfRange { least: 0, most: None }),
        ("  seed: a", "a", wrong(Expected::Number, ValueKind::Text)),
        ("  kubernetes: \"1.35\"", "\"1.35\"", Code::OtherKubernetes("1.35".to_owned())),
        ("  startTime: \"2000-01-01\"", "\"2000-01-01\"", Code::StartTime),
        ("  until: 5", "5", duration(SpanError::NoUnit, "5")),
        ("  until: 0", "0", duration(SpanError::NoUnit, "0")),
        ("  until: forever", "forever", Code::ForeverNotHere),
        ("  until: -5s", "-5s", duration(SpanError::Negative, "-5s")),
        ("  untill: 5s", "untill", unknown("untill")),
        ("  from: {scenario: a}", "from", reserved("from")),
        ("  cluster: {nodes: 3}", "nodes", reserved("nodes")),
        ("  cluster: {scheduling: [1s]}", "[1s]", wrong(Expected::Duration, ValueKind::List)),
        ("  cluster: {podQuota: -1}", "-1", Code::OutOfRange { least: 0, most: None }),
        ("  behaviors: {run: 5s}", "{run: 5s}", wrong(Expected::List, ValueKind::Map)),
        ("  behaviors: [{chance: 20}]", "20", Code::Chance { number: Some("20".to_owned()) }),
        ("  behaviors: [{chance: often}]", "often", Code::Chance { number: None }),
        ("  behaviors: [{exitCode: 256}]", "256", Code::OutOfRange { least: 0, most: Some(255) }),
        ("  behaviors: [{match: {job: no}}]", "no", wrong(Expected::NumberOrName, ValueKind::Truth)),
        ("  behaviors: [{match: {job: 0}}]", "0", Code::OutOfRange { least: 1, most: None }),
        ("  behaviors: [{match: {node: a}}]", "node", reserved("node")),
        (
            "  behaviors: [{match: {index: \"3,1\"}}]",
            "\"3,1\"",
            Code::IndexSet(IndexSetError::Order { previous: 3, current: 1 }),
        ),
        ("  behaviors: [{match: {restart: 1}, starting: 5s}]", "5s", Code::StartingOfContainer),
        ("  inputs: [{at: 5s}]", "{at: 5s}", Code::NoVerb),
        ("  inputs: [{evict: {}}]", "{evict: {}}", Code::MissingField("at")),
        (
            "  inputs: [{at: 5s, evict: {}, fail: {}}]",
            "fail",
            Code::TwoVerbs { first: "evict".to_owned(), second: "fail".to_owned() },
        ),
        ("  inputs: [{at: 5, evict: {}}]", "5", duration(SpanError::NoUnit, "5")),
        ("  inputs: [{at: 5s, evict: }]", "", wrong(Expected::Map, ValueKind::Nothing)),
        ("  inputs: [{at: 5s, drain: {}}]", "drain", reserved("drain")),
        ("  inputs: [{at: 5s, explode: {}}]", "explode", unknown("explode")),
        ("  inputs: [{at: 5s, evict: {restart: 1}}]", "restart", Code::RestartInTarget),
        ("  inputs: [{at: 5s, evict: {container: a}}]", "container", unknown("container")),
        ("  inputs: [{at: 5s, evict: {}, note: 5}]", "5", wrong(Expected::Text, ValueKind::Number)),
        ("  inputs: [{at: 5s, evict: {}, disabled: maybe}]", "maybe", wrong(Expected::Truth, ValueKind::Text)),
        ("  inputs: [{at: 5s, delete: {name: pi}}]", "{name: pi}", Code::MissingField("kind")),
        ("  inputs: [{at: 5s, delete: {kind: Pod}}]", "Pod", Code::UnknownWord { allowed: &["Job", "CronJob"] }),
        ("  inputs: [{at: 5s, create: {kind: CronJob}}]", "CronJob", Code::UnknownWord { allowed: &["Job"] }),
        ("  inputs: [{at: 5s, patch: [a]}]", "[a]", wrong(Expected::Map, ValueKind::List)),
        ("  inputs: [{at: 5s, restartControllers: {a: b}}]", "a", unknown("a")),
    ] {
        let text = format!("{HEAD}{spec}\n  # the rest\n  metadata: {{}}\n");
        let reading = read(&text);
        let found: Vec<(&str, &Code)> = reading
            .diagnostics
            .iter()
            .map(|diagnostic| (&text[diagnostic.span.clone()], &diagnostic.code))
            .filter(|(_, code)| **code != unknown("metadata"))
            .collect();
        assert_eq!(found, [(at, &code)], "{spec}");
    }
}

#[test]
fn wrong_lines_are_skipped_and_the_others_stay() {
    let text = format!(
        "{HEAD}  behaviors:\n  - {{run: 5}}\n  - {{run: 6s}}\n  inputs:\n  - {{at: 1s, evict: {{pod: []}}}}\n  - {{at: 2s, evict: {{}}}}\n  - {{at: 3s, drain: {{}}}}\n"
    );
    let reading = read(&text);
    assert_eq!((reading.scenario.behaviors.list.len(), reading.scenario.inputs.len()), (1, 1));
    let lines: Vec<(usize, usize)> =
        reading.diagnostics.iter().map(|found| line_column(&text, found.span.start)).collect();
    assert_eq!(lines, [(5, 11), (8, 27), (10, 14)]);
}

#[test]
fn documents_are_classified() {
    for (text, tier, code) in [
        ("kind: Job\n", Tier::Refused, "NoApiVersion { kind: Object(Job) }"),
        ("apiVersion: batch/v1\nspec: {}\n", Tier::Refused, "NoKind"),
        ("just words\n", Tier::Refused, "NotAManifest"),
        ("apiVersion: v1\nkind: Service\n", Tier::NotModelled, "KindNotModelled(\"Service\")"),
        ("apiVersion: job-playground/v1\nkind: View\n", Tier::NotModelled, "NewerKind(\"View\")"),
        ("apiVersion: job-playground/v2\nkind: Scenario\n", Tier::Surprising, "NewerScenario(\"job-playground/v2\")"),
        ("kind: Scenario\n", Tier::Refused, "ScenarioWithoutVersion"),
        (
            "apiVersion: batch/v1beta1\nkind: CronJob\n",
            Tier::Refused,
            "WrongApiVersion { kind: Object(CronJob), found: \"batch/v1beta1\" }",
        ),
        ("apiVersion: batch/v1\nkind: Job\nkind: Job\n", Tier::Surprising, "DuplicateKey { key: \"kind\", first: 21 }"),
        ("apiVersion： batch/v1\nkind: Job\n", Tier::Refused, "Lookalike { found: '：', meant: ':' }"),
    ] {
        let reading = read(text);
        let first = reading.diagnostics.first().unwrap_or_else(|| panic!("no diagnostic for {text}"));
        assert_eq!((first.tier(), format!("{:?}", first.code).as_str()), (tier, code), "{text}");
    }
    let two = format!("{HEAD}  seed: 1\n---\n{HEAD}  seed: 2\n---\n{HEAD}  from: {{}}\n");
    let reading = read(&two);
    assert_eq!(reading.scenario.seed, 1);
    let codes: Vec<&Code> = reading.diagnostics.iter().map(|found| &found.code).collect();
    assert_eq!(codes, [&Code::SecondScenario, &Code::ReservedField("from".to_owned())]);
}

#[test]
fn diagnostics_have_words_in_both_languages() {
    for (text, en, zh) in [
        ("kind: Job\napiVersion: batch/v1\nspec: [\n", "Something is missing here.", "这里缺少内容。"),
        (
            "apiVersion: job-playground/v1\nkind: Scenario\nspec: {until: 5}\n",
            "A duration needs a unit: write 5s.",
            "时长需要单位：请写 5s。",
        ),
        (
            "apiVersion: job-playground/v1\nkind: Scenario\nspec: {behaviors: [{match: {container: no}}]}\n",
            "A text belongs here, not a truth value. YAML reads yes, no, on and off as truth values: put it in quotes.",
            "这里应当是文本，而不是布尔值。YAML 把 yes、no、on、off 读作布尔值：请加引号。",
        ),
    ] {
        let reading = read(text);
        let code = &reading.diagnostics[0].code;
        assert_eq!((Lang::En.diagnostic(code).as_str(), Lang::Zh.diagnostic(code).as_str()), (en, zh));
    }
}
