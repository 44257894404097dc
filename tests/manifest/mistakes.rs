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
        ("  cluster: {imagePull: 3s}", "imagePull", reserved("imagePull")),
        ("  cluster: {scheduling: [1s]}", "[1s]", wrong(Expected::Duration, ValueKind::List)),
        ("  cluster: {podQuota: -1}", "-1", Code::OutOfRange { least: 0, most: None }),
        ("  behaviors: {run: 5s}", "{run: 5s}", wrong(Expected::List, ValueKind::Map)),
        ("  behaviors: [{chance: 20}]", "20", Code::Chance { number: Some("20".to_owned()) }),
        ("  behaviors: [{chance: often}]", "often", Code::Chance { number: None }),
        ("  behaviors: [{exitCode: 256}]", "256", Code::OutOfRange { least: 0, most: Some(255) }),
        ("  behaviors: [{match: {job: no}}]", "no", wrong(Expected::NumberOrName, ValueKind::Truth)),
        ("  behaviors: [{match: {job: 0}}]", "0", Code::OutOfRange { least: 1, most: None }),
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
        ("  inputs: [{at: 5s, setQuota: {}}]", "setQuota", reserved("setQuota")),
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
fn mistakes_about_what_a_cluster_has_are_reported_at_their_place() {
    let wrong = |expected, found| Code::WrongType { expected, found };
    let duration = |error, text: &str| Code::Duration { error, text: text.to_owned() };
    let unknown = |node: &str| Code::UnknownNode(node.to_owned());
    let second = |node: &str| Code::SecondNode(node.to_owned());
    let (added, removed) = (Code::Taint { removed: false }, Code::Taint { removed: true });
    let long = "a".repeat(62);
    for (spec, at, code) in [
        ("  cluster: {nodes: 3}", "3", wrong(Expected::List, ValueKind::Number)),
        ("  cluster: {nodes: [a]}", "a", wrong(Expected::Map, ValueKind::Text)),
        ("  cluster: {nodes: [{count: 2}]}", "{count: 2}", Code::MissingField("name")),
        ("  cluster: {nodes: [{name: 5}]}", "5", wrong(Expected::Text, ValueKind::Number)),
        ("  cluster: {nodes: [{name: Node}]}", "Node", Code::NodeName),
        ("  cluster: {nodes: [{name: a.b}]}", "a.b", Code::NodeName),
        (&format!("  cluster: {{nodes: [{{name: {long}, count: 1}}]}}"), &long, Code::NodeName),
        ("  cluster: {nodes: [{name: a, count: 0}]}", "0", Code::OutOfRange { least: 1, most: None }),
        ("  cluster: {nodes: [{name: a}, {name: a}]}", "name", second("a")),
        ("  cluster: {nodes: [{name: a, count: 2}, {name: a-2}]}", "name", second("a-2")),
        ("  cluster: {nodes: [{name: a, capacity: [4]}]}", "[4]", wrong(Expected::Map, ValueKind::List)),
        ("  cluster: {nodes: [{name: a, capacity: {cpu: many}}]}", "many", Code::Quantity),
        ("  cluster: {nodes: [{name: a, capacity: {cpu: -1}}]}", "-1", Code::Quantity),
        ("  cluster: {nodes: [{name: a, capacity: {cpu: yes}}]}", "yes", wrong(Expected::Quantity, ValueKind::Truth)),
        ("  cluster: {nodes: [{name: a, labels: {zone: 1}}]}", "1", wrong(Expected::Text, ValueKind::Number)),
        ("  cluster: {nodes: [{name: a, labels: {\"a b\": c}}]}", "\"a b\"", Code::Label),
        ("  cluster: {nodes: [{name: a, labels: {zone: \"a b\"}}]}", "\"a b\"", Code::Label),
        ("  cluster: {nodes: [{name: a, taints: [gpu]}]}", "gpu", added.clone()),
        ("  cluster: {nodes: [{name: a, taints: [\"gpu:Never\"]}]}", "\"gpu:Never\"", added.clone()),
        ("  cluster: {nodes: [{name: a, taints: [\"=b:NoExecute\"]}]}", "\"=b:NoExecute\"", added.clone()),
        ("  cluster: {nodes: [{name: a, size: 3}]}", "size", Code::UnknownField("size".to_owned())),
        ("  cluster: {images: [{pull: 3s}]}", "{pull: 3s}", Code::MissingField("match")),
        ("  cluster: {images: [{match: a, pull: 3}]}", "3", duration(SpanError::NoUnit, "3")),
        ("  cluster: {images: [{match: a, until: forever}]}", "forever", Code::ForeverNotHere),
        ("  cluster: {images: [{match: a, error: [b]}]}", "[b]", wrong(Expected::Text, ValueKind::List)),
        ("  cluster: {missing: [Service/a]}", "Service/a", Code::Reference { or_image: false }),
        ("  cluster: {missing: [Secret]}", "Secret", Code::Reference { or_image: false }),
        ("  cluster: {missing: [Secret/]}", "Secret/", Code::Reference { or_image: false }),
        ("  cluster: {missing: [Image/a]}", "Image/a", Code::Reference { or_image: false }),
        ("  behaviors: [{ready: 5}]", "5", duration(SpanError::NoUnit, "5")),
        ("  behaviors: [{match: {node: b}}]", "b", unknown("b")),
        ("  inputs: [{at: 5s, drain: {}}]", "{}", Code::MissingField("node")),
        ("  inputs: [{at: 5s, drain: {node: 3}}]", "3", wrong(Expected::Text, ValueKind::Number)),
        ("  inputs: [{at: 5s, drain: {node: b}}]", "b", unknown("b")),
        ("  inputs: [{at: 5s, evict: {node: b}}]", "b", unknown("b")),
        ("  inputs: [{at: 5s, taint: {node: node-1}}]", "{node: node-1}", Code::MissingField("add")),
        ("  inputs: [{at: 5s, taint: {node: node-1, add: b}}]", "b", added),
        ("  inputs: [{at: 5s, taint: {node: node-1, remove: \"b:Never\"}}]", "\"b:Never\"", removed.clone()),
        ("  inputs: [{at: 5s, taint: {node: node-1, remove: \"b=c:NoExecute\"}}]", "\"b=c:NoExecute\"", removed),
        (
            "  inputs: [{at: 5s, taint: {node: node-1, add: \"b:NoExecute\", remove: c}}]",
            "c",
            Code::TwoVerbs { first: "add".to_owned(), second: "remove".to_owned() },
        ),
        ("  inputs: [{at: 5s, nodeAdd: {}}]", "{}", Code::MissingField("name")),
        ("  inputs: [{at: 5s, provide: {}}]", "{}", wrong(Expected::Text, ValueKind::Map)),
        ("  inputs: [{at: 5s, provide: Service/a}]", "Service/a", Code::Reference { or_image: true }),
    ] {
        let text = format!("{HEAD}{spec}\n");
        let reading = read(&text);
        let found = reading.diagnostics.iter().map(|diagnostic| (&text[diagnostic.span.clone()], &diagnostic.code));
        assert_eq!(found.collect::<Vec<_>>(), [(at, &code)], "{spec}");
        let is_skipped = !matches!(code, Code::UnknownNode(_) | Code::UnknownField(_));
        let scenario = &reading.scenario;
        assert_eq!(scenario.inputs.is_empty(), is_skipped || !spec.contains("inputs"), "{spec}");
    }
}

#[test]
fn a_node_is_known_wherever_the_text_makes_it() {
    for (spec, unknown) in [
        ("inputs: [{at: 5s, drain: {node: node-1}}]", ""),
        ("inputs: [{at: 5s, drain: {node: b-2}}, {at: 1s, nodeAdd: {name: b, count: 2}}]", ""),
        ("inputs: [{at: 5s, drain: {node: b}}, {at: 1s, nodeAdd: {name: b, count: 2}}]", "b"),
        ("cluster: {nodes: []}, inputs: [{at: 5s, drain: {node: node-1}}]", "node-1"),
        ("cluster: {nodes: }, inputs: [{at: 5s, drain: {node: node-1}}]", ""),
        ("cluster: {nodes: [{name: a}]}, behaviors: [{match: {node: a}}]", ""),
    ] {
        let reading = read(&format!("apiVersion: job-playground/v1\nkind: Scenario\nspec: {{{spec}}}\n"));
        let found: Vec<&Code> = reading.diagnostics.iter().map(|found| &found.code).collect();
        let expected = Code::UnknownNode(unknown.to_owned());
        assert_eq!(found, if unknown.is_empty() { vec![] } else { vec![&expected] }, "{spec}");
        assert!(!reading.has_errors(), "{spec}");
    }
    // What a line with a mistake makes may be meant.
    let reading = read(&format!(
        "{HEAD}  cluster: {{nodes: [{{name: b, count: x}}]}}\n  inputs: [{{at: 5s, drain: {{node: b-1}}}}]\n"
    ));
    assert_eq!(reading.diagnostics.len(), 1);
}

#[test]
fn wrong_lines_are_skipped_and_the_others_stay() {
    let text = format!(
        "{HEAD}  behaviors:\n  - {{run: 5}}\n  - {{run: 6s}}\n  inputs:\n  - {{at: 1s, evict: {{pod: []}}}}\n  - {{at: 2s, evict: {{}}}}\n  - {{at: 3s, setQuota: {{}}}}\n"
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
        ("apiVersion: job-playground/v1\nkind: Branch\n", Tier::NotModelled, "NewerKind(\"Branch\")"),
        ("apiVersion: job-playground/v2\nkind: Scenario\n", Tier::Surprising, "NewerVersion(\"job-playground/v2\")"),
        ("kind: Scenario\n", Tier::Refused, "ScenarioWithoutVersion"),
        (
            "apiVersion: batch/v1beta1\nkind: CronJob\n",
            Tier::Refused,
            "WrongApiVersion { kind: Object(CronJob), found: \"batch/v1beta1\" }",
        ),
        (
            "apiVersion: v1\nkind: PriorityClass\n",
            Tier::Refused,
            "WrongApiVersion { kind: Referenced(PriorityClass), found: \"v1\" }",
        ),
        ("kind: Secret\n", Tier::Refused, "NoApiVersion { kind: Referenced(Secret) }"),
        ("apiVersion: external-secrets.io/v1\nkind: Secret\n", Tier::NotModelled, "KindNotModelled(\"Secret\")"),
        ("apiVersion: batch/v1\nkind: Job\nkind: Job\n", Tier::Surprising, "DuplicateKey { key: \"kind\", first: 21 }"),
        ("apiVersion： batch/v1\nkind: Job\n", Tier::Refused, "Lookalike { found: '：', meant: Some(':') }"),
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
