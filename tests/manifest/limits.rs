//! Hostile texts: a clear diagnostic, quickly, never a panic.

use job_playground::limits::{
    ALIASED_BYTES, ALIASED_NODES, BEHAVIORS, DOCUMENTS, INPUTS, LESSON_LANGUAGES, LESSON_LINES, LESSON_TEXTS, OBJECTS,
    TEXT_BYTES, TEXT_LINES,
};
use job_playground::manifest::{self, Code, Diagnostic, DocumentKind, Limited, Reading, YamlProblem, line_column};
use job_playground::texts::Lang;
use proptest::prelude::*;

fn only_code(text: &str) -> Code {
    let mut reading = manifest::read(text);
    assert_eq!(reading.diagnostics.len(), 1, "{:?}", &reading.diagnostics[..reading.diagnostics.len().min(5)]);
    reading.diagnostics.remove(0).code
}

#[test]
fn texts_beyond_the_limits_are_refused() {
    let long = "a".repeat(TEXT_BYTES + 1);
    assert_eq!(only_code(&long), Code::TooManyBytes { bytes: TEXT_BYTES + 1 });
    let lines = "a: b\n".repeat(TEXT_LINES + 1);
    assert_eq!(only_code(&lines), Code::TooManyLines { lines: TEXT_LINES + 1 });
}

#[test]
fn parts_of_a_lesson_beyond_the_limits_are_left_out() {
    let list = |count: usize| vec!["x"; count].join(", ");
    let map = |count: usize, value: &str| {
        (0..count).map(|number| format!("k{number}: {value}")).collect::<Vec<_>>().join(", ")
    };
    let (lines, texts, languages) = (LESSON_LINES, LESSON_TEXTS, LESSON_LANGUAGES);
    let cases = [
        (format!("keep: [{}]", list(lines + 1)), Limited::Lines, lines),
        (format!("about: [{}]", list(50_000)), Limited::Lines, lines),
        (format!("text: {{{}}}", map(languages + 1, "{title: a}")), Limited::Languages, languages),
        (format!("text: {{en: {{goal: {{{}}}}}}}", map(30_000, "a")), Limited::Texts, texts),
        (format!("text: {{en: {{stops: {{{}}}}}}}", map(texts + 1, "a")), Limited::Texts, texts),
        (format!("text: {{en: {{options: {{{}}}}}}}", map(texts + 1, "{say: a}")), Limited::Texts, texts),
    ];
    for (spec, limited, most) in cases {
        let text = format!("apiVersion: job-playground/v1\nkind: Lesson\nmetadata: {{name: a}}\nspec:\n  {spec}\n");
        let Code::TooMany { what, count } = only_code(&text) else { panic!("{what:?}", what = only_code(&text)) };
        assert!(what == limited && count > most);
        let lesson = manifest::read(&text).lesson.expect("it is there");
        let texts = lesson.prose.iter().flat_map(|(_, prose)| [&prose.goals, &prose.stops]).map(Vec::len);
        let options = lesson.prose.iter().map(|(_, prose)| prose.options.len());
        let lengths = [lesson.keep.len(), lesson.about.len(), lesson.prose.len()];
        assert_eq!(lengths.into_iter().chain(texts).chain(options).max(), Some(most));
        assert!(!Lang::ALL.iter().any(|lang| lang.diagnostic(&Code::TooMany { what, count }).is_empty()));
    }
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

/// The diagnostics, and what is written at the first.
fn said(reading: &Reading) -> (Vec<Code>, &str) {
    let codes = reading.diagnostics.iter().map(|said| said.code.clone()).collect();
    let place = reading.diagnostics.first().map(|Diagnostic { span, .. }| &reading.text[span.clone()]);
    (codes, place.unwrap_or_default())
}

#[test]
fn what_aliases_add_is_bounded() {
    let job = |metadata: &str| format!("apiVersion: batch/v1\nkind: Job\nmetadata: {{{metadata}}}\n");
    let beyond = || vec![Code::Yaml(YamlProblem::AliasesBeyondLimit)];
    // A text of 1,000 bytes, so many times.
    let bytes =
        |times: usize| job(&format!("a: &long {}, b: [{}]", "x".repeat(1_000), vec!["*long"; times].join(", ")));
    assert_eq!(said(&manifest::read(&bytes(ALIASED_BYTES / 1_000))).0, []);
    assert_eq!(said(&manifest::read(&bytes(ALIASED_BYTES / 1_000 + 1))), (beyond(), "*long"));
    // A list of 99 items, with itself 100 nodes.
    let nodes =
        |times: usize| job(&format!("a: &all [{}], b: [{}]", vec!["1"; 99].join(","), vec!["*all"; times].join(",")));
    assert_eq!(said(&manifest::read(&nodes(ALIASED_NODES / 100 - 1))).0, []);
    assert_eq!(said(&manifest::read(&nodes(ALIASED_NODES / 100 + 1))), (beyond(), "*all"));
    // Merge keys: the map, 33 keys and 33 values, so often in one map. Looked up without merging again.
    let keys: Vec<String> = (0..33).map(|key| format!("k{key}: 1")).collect();
    let merges = |times: usize| {
        job(&format!("a: &all {{{}}}, labels: {{{}}}", keys.join(", "), vec!["<<: *all"; times].join(", ")))
    };
    assert_eq!(said(&manifest::read(&merges(ALIASED_NODES / 67))).0, []);
    assert_eq!(said(&manifest::read(&merges(ALIASED_NODES / 67 + 1))), (beyond(), "*all"));
    // All documents of a text together.
    let many = vec![bytes(ALIASED_BYTES / 1_000 / 2); 3].join("---\n");
    assert_eq!(said(&manifest::read(&many)), (beyond(), "*long"));
}

#[test]
fn objects_inputs_and_behaviors_are_bounded() {
    let job = "apiVersion: batch/v1\nkind: Job\n";
    let too_many = |what, count| vec![Code::TooMany { what, count }];
    for (count, codes) in [(OBJECTS, vec![]), (OBJECTS + 1, too_many(Limited::Objects, OBJECTS + 1))] {
        let reading = manifest::read(&vec![job; count].join("---\n"));
        assert_eq!(said(&reading).0, codes);
        assert_eq!(reading.scenario.manifests.len(), OBJECTS);
        let left_out = reading.documents.iter().filter(|document| document.kind == DocumentKind::Other).count();
        assert_eq!(left_out, count - OBJECTS);
    }
    for (count, codes) in [(DOCUMENTS, vec![]), (DOCUMENTS + 1, too_many(Limited::Documents, DOCUMENTS + 1))] {
        let reading = manifest::read(&"{\"apiVersion\":\"example.com/v1\",\"kind\":\"Other\"}".repeat(count));
        let said = reading.diagnostics.iter().map(|said| &said.code);
        let said: Vec<&Code> = said.filter(|code| !matches!(code, Code::KindNotModelled(_))).collect();
        assert_eq!(said, codes.iter().collect::<Vec<_>>());
        assert_eq!(reading.documents.len(), DOCUMENTS);
    }
    let list = |count: usize| format!("apiVersion: v1\nkind: List\nitems: [{}]", vec!["{kind: Job}"; count].join(", "));
    let reading = manifest::read(&list(OBJECTS + 5));
    assert_eq!(reading.documents[0].kind, DocumentKind::List(0..OBJECTS));
    for (list, line, most, what) in [
        ("inputs", "{at: 5s, evict: {}}", INPUTS, Limited::Inputs),
        ("behaviors", "{run: 5s}", BEHAVIORS, Limited::Behaviors),
    ] {
        for (count, codes) in [(most, vec![]), (most + 1, too_many(what, most + 1))] {
            let lines = vec![line; count].join(", ");
            let text = format!("apiVersion: job-playground/v1\nkind: Scenario\nspec: {{{list}: [{lines}]}}\n");
            let reading = manifest::read(&text);
            assert_eq!(said(&reading).0, codes, "{list}");
            let read = reading.scenario.inputs.len() + reading.scenario.behaviors.list.len();
            assert_eq!(read, most, "{list}");
        }
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

/// A byte order mark makes YAML of a JSON stream.
#[test]
fn a_stream_behind_a_byte_order_mark_is_one_document() {
    for objects in ["{\"a\": 1}{\"b\": 2}", "{}{}", "{}\u{e9}{}"] {
        let text = format!("\u{feff}{objects}");
        let reading = manifest::read(&text);
        let [document] = &*reading.documents else { panic!("{text}: {:?}", reading.documents) };
        assert_eq!(document.span, '\u{feff}'.len_utf8()..text.len());
    }
}
