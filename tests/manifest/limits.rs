//! Hostile texts: a clear diagnostic, quickly, never a panic.

use job_playground::manifest::{self, Code, MAX_BYTES, MAX_LINES, YamlProblem, line_column};
use proptest::prelude::*;

fn only_code(text: &str) -> Code {
    let mut reading = manifest::read(text);
    assert_eq!(reading.diagnostics.len(), 1, "{:?}", &reading.diagnostics[..reading.diagnostics.len().min(5)]);
    reading.diagnostics.remove(0).code
}

#[test]
fn texts_beyond_the_limits_are_refused() {
    let long = "a".repeat(MAX_BYTES + 1);
    assert_eq!(only_code(&long), Code::TooManyBytes { bytes: MAX_BYTES + 1 });
    let lines = "a: b\n".repeat(MAX_LINES + 1);
    assert_eq!(only_code(&lines), Code::TooManyLines { lines: MAX_LINES + 1 });
}

#[test]
fn deep_nesting_is_refused() {
    for text in [
        "[".repeat(900_000),
        "{a: ".repeat(200_000),
        "- ".repeat(400_000),
        "? ".repeat(400_000),
        (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        format!("a: {}1{}", "[".repeat(5_000), "]".repeat(5_000)),
    ] {
        let code = only_code(&text);
        assert!(matches!(code, Code::Yaml(YamlProblem::TooDeep)), "{code:?}");
    }
}

#[test]
fn alias_bombs_are_refused() {
    let mut bomb = "kind: Job\nl0: &l0 [a, a, a, a, a, a, a, a, a]\n".to_owned();
    for level in 1..20 {
        let alias = format!("*l{}", level - 1);
        bomb += &format!("l{level}: &l{level} [{}]\n", vec![alias; 9].join(", "));
    }
    assert_eq!(only_code(&bomb), Code::Yaml(YamlProblem::ExcessiveAliasing));
    let mut bomb = "kind: Job\nl0: &l0 {a: b}\n".to_owned();
    for level in 1..30 {
        let alias = format!("*l{}", level - 1);
        bomb += &format!("l{level}: &l{level} {{<<: [{}]}}\n", vec![alias; 9].join(", "));
    }
    assert_eq!(only_code(&bomb), Code::Yaml(YamlProblem::ExcessiveAliasing));
    for (text, problem) in [
        ("a: &a [*a]", YamlProblem::ContainsItself("a".to_owned())),
        ("a: &a {<<: *a}", YamlProblem::ContainsItself("a".to_owned())),
        ("a: *a", YamlProblem::UnknownAnchor("a".to_owned())),
        ("a: {<<: 5}", YamlProblem::MergeWithoutMap),
        ("a: .inf", YamlProblem::UnsupportedNumber("+Inf".to_owned())),
        ("{[a]: b}", YamlProblem::InvalidKey("[]interface {}{\"a\"}".to_owned())),
    ] {
        assert_eq!(only_code(text), Code::Yaml(problem), "{text}");
    }
}

#[test]
fn control_characters_are_located() {
    for text in [
        "a: \0",
        "\0",
        "a: \u{1}b",
        "\u{7f}",
        "%",
        "@",
        "`",
        "\t",
        "\u{feff}\u{feff}",
        "---\u{85}a",
        "\r\r\r",
        "- \u{fffe}",
    ] {
        let reading = manifest::read(text);
        for diagnostic in &reading.diagnostics {
            let _ = &text[diagnostic.span.clone()];
        }
    }
    let code = only_code("a: \0");
    assert_eq!(code, Code::Yaml(YamlProblem::Syntax { problem: "control characters are not allowed", line: None }));
}

#[test]
fn the_other_documents_of_an_unreadable_one_are_read() {
    let text =
        "kind: Job\napiVersion: batch/v1\n---\na: [\n---\nkind: CronJob\napiVersion: batch/v1\n--- {kind: Job}\n";
    let reading = manifest::read(text);
    assert_eq!(reading.scenario.manifests.len(), 3);
    let lines: Vec<usize> = reading.diagnostics.iter().map(|found| line_column(text, found.span.start).0).collect();
    assert_eq!(lines, [4, 8, 8], "{:?}", reading.diagnostics);
}

/// Where libyaml-safer would panic, found by tests/fuzz.
#[test]
fn ends_and_tags_at_which_the_parser_would_panic() {
    let spec = |text: &str| {
        let reading = manifest::read(&format!("apiVersion: batch/v1\nkind: Job\n{text}"));
        assert_eq!(reading.diagnostics, [], "{text}");
        reading.scenario.manifests[0].value["spec"].clone()
    };
    for (text, value) in [
        ("spec: |", ""),
        ("spec: |\n  a", "a"),
        ("spec: |\n  a\n", "a\n"),
        ("spec: |\n  a\n  ", "a\n"),
        ("spec: |+\n  a", "a"),
        ("spec: |+\n  a\n  ", "a\n"),
        ("spec: |-\n  a\n  b", "a\nb"),
        ("spec: >\n  a\n  b", "a b"),
        ("spec: |\r\n  a", "a"),
        ("spec: \"say !a, b\"", "say !a, b"),
        ("spec: say !a, b", "say !a, b"),
        ("spec: |\n  assert a !=b, c\n", "assert a !=b, c\n"),
    ] {
        assert_eq!(spec(text), value, "{text}");
    }
    assert_eq!(spec("spec: [a !b] # !c, d"), serde_json::json!(["a !b"]));
    let syntax = |problem, line| Code::Yaml(YamlProblem::Syntax { problem, line });
    let tag = "did not find expected whitespace or line break";
    for (text, code) in [
        ("[!a, b]", syntax(tag, None)),
        ("a:\n- [x !b, !c, d]", syntax(tag, Some(2))),
        ("{\"a\"!b, c}", syntax(tag, None)),
        ("[!<a,b>, c]", syntax(tag, None)),
        ("\"a\\", syntax("found unexpected end of stream", None)),
        ("a:\n  \"b", syntax("found unexpected end of stream", Some(2))),
    ] {
        assert_eq!(only_code(text), code, "{text}");
    }
}

#[test]
fn files_that_are_not_utf8() {
    assert_eq!(manifest::text_of("中".as_bytes()), Ok("中"));
    assert_eq!(manifest::text_of(b"a: \xff"), Err(("a: ", Code::NotUtf8 { utf16: false })));
    assert_eq!(manifest::text_of(b"\xff\xfea\0"), Err(("", Code::NotUtf8 { utf16: true })));
}

#[test]
fn a_template_that_is_not_rendered_is_recognized() {
    let text = "# {{ no }}\nkind: Job\nspec:\n  {{- if .Values.on }}\n  suspend: true\n  {{- end }}\n";
    let reading = manifest::read(text);
    let found = reading.diagnostics.iter().find(|found| found.code == Code::Template).expect("a diagnostic");
    assert_eq!(&text[found.span.clone()], "{{- if .Values.on }}");
    let filled = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: \"{{ .Values.name }}\"}\n";
    assert_eq!(manifest::read(filled).diagnostics, [], "a text that reads is left to the API server");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_reads(text in "([a-c:\\-\\[\\]{},&*!|>'\"#%@` \t\r\n?<]|kind: Job\n|---\n|spec:|inputs:\n|- at: 5s\n|\\PC){0,60}") {
        let reading = manifest::read(&text);
        for diagnostic in &reading.diagnostics {
            prop_assert!(text.get(diagnostic.span.clone()).is_some(), "{:?}", diagnostic);
        }
        prop_assert!(reading.documents.iter().all(|document| text.get(document.span.clone()).is_some()));
    }
}
