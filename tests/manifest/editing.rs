//! Gestures change only the bytes that they must.

use crate::generate;
use job_playground::cluster::behavior::Behavior;
use job_playground::cluster::input::{Input, InputAction, PodSelector};
use job_playground::manifest::edit::{self, Edit, EditError, apply};
use job_playground::manifest::{Code, Diagnostic, Path, Place, Reading, print, read};
use job_playground::time::Time;
use proptest::prelude::*;
use serde_json::json;

fn evict(seconds: i64) -> Input {
    Input {
        at: Time::from_seconds(seconds),
        action: InputAction::Evict(PodSelector::default()),
        note: None,
        disabled: false,
    }
}

/// The text after a gesture.
fn after(text: &str, gesture: impl Fn(&Reading) -> Result<Vec<Edit>, EditError>) -> String {
    let edits = gesture(&read(text)).unwrap_or_else(|error| panic!("{error:?} in\n{text}"));
    apply(text, &edits)
}

const HEAD: &str = "apiVersion: job-playground/v1\nkind: Scenario\n";

#[test]
fn an_input_finds_its_place() {
    for (before, expected) in [
        (
            "spec:\n  inputs: # what happens\n  # first\n  - {at: 5s, evict: {}} # five\n  # second\n  - {at: 15s, evict: {}}\n  until: 1m # end\n",
            "spec:\n  inputs: # what happens\n  # first\n  - {at: 5s, evict: {}} # five\n  - {at: 10s, evict: {}}\n  # second\n  - {at: 15s, evict: {}}\n  until: 1m # end\n",
        ),
        (
            "spec:\n  inputs:\n    # first\n    -   at: 15s\n        evict: {}\n",
            "spec:\n  inputs:\n    - at: 10s\n      evict: {}\n    # first\n    -   at: 15s\n        evict: {}\n",
        ),
        ("spec:\n  inputs: [ {at: 5s, evict: {}} ]", "spec:\n  inputs: [ {at: 5s, evict: {}}, {at: 10s, evict: {}} ]"),
        ("spec: {inputs: []}", "spec: {inputs: [{at: 10s, evict: {}}]}"),
        ("spec:\r\n  inputs:\r\n", "spec:\r\n  inputs:\r\n  - {at: 10s, evict: {}}\r\n"),
        ("spec:\n  inputs: # none\n  until: 5m\n", "spec:\n  inputs: # none\n  - {at: 10s, evict: {}}\n  until: 5m\n"),
        ("spec:\n  inputs: ~\n", "spec:\n  inputs: [{at: 10s, evict: {}}]\n"),
        (
            "spec:\n    seed: 7 # luck\n    until: 5m\n",
            "spec:\n    seed: 7 # luck\n    inputs:\n    - {at: 10s, evict: {}}\n    until: 5m\n",
        ),
        ("spec: {seed: 7}", "spec: {seed: 7, inputs: [{at: 10s, evict: {}}]}"),
        ("spec:", "spec:\n  inputs:\n  - {at: 10s, evict: {}}"),
        ("", "spec:\n  inputs:\n  - {at: 10s, evict: {}}\n"),
        (
            "spec:\n  inputs: [\n    {at: 5s, evict: {}}, # five\n  ]\n",
            "spec:\n  inputs: [\n    {at: 5s, evict: {}},\n    {at: 10s, evict: {}}, # five\n  ]\n",
        ),
        (
            "spec:\n  inputs:\n  - at: 5s\n    evict: {}\n    note: |\n      why\n\n\n  # end\n",
            "spec:\n  inputs:\n  - at: 5s\n    evict: {}\n    note: |\n      why\n\n\n  - at: 10s\n    evict: {}\n  # end\n",
        ),
    ] {
        let head = if before.contains('\r') { HEAD.replace('\n', "\r\n") } else { HEAD.to_owned() };
        let (before, expected) = (format!("{head}{before}"), format!("{head}{expected}"));
        assert_eq!(after(&before, |reading| edit::add_input(reading, &evict(10))), expected);
    }
}

/// A Lesson is the last document of its text.
#[test]
fn the_first_input_of_a_lesson_stands_before_the_lesson() {
    let lesson = "apiVersion: job-playground/v1\nkind: Lesson\nmetadata: {name: a}\n";
    let job = "kind: Job\napiVersion: batch/v1\n";
    let scenario = format!("{HEAD}spec:\n  kubernetes: \"1.36\"\n  inputs:\n  - {{at: 10s, evict: {{}}}}\n");
    for (text, expected) in [
        (format!("{job}---\n{lesson}"), format!("{job}---\n{scenario}---\n{lesson}")),
        (format!("# nothing\n---\n{lesson}"), format!("# nothing\n{scenario}---\n{lesson}")),
        (lesson.to_owned(), format!("{scenario}---\n{lesson}")),
    ] {
        let found = after(&text, |reading| edit::add_input(reading, &evict(10)));
        assert_eq!(found, expected);
        assert_eq!(read(&found).scenario.inputs.len(), 1);
    }
}

#[test]
fn the_first_input_adds_a_scenario() {
    let scenario = format!("{HEAD}spec:\n  kubernetes: \"1.36\"\n  inputs:\n  - {{at: 10s, evict: {{}}}}\n");
    for (before, between) in [
        ("kind: Job\n", "---\n"),
        ("kind: Job", "\n---\n"),
        ("kind: Job\n---\n", ""),
        ("kind: Job\n---\n# mine\n", ""),
        ("", ""),
        ("# only a comment", "\n"),
        ("{\"kind\": \"Job\"}", "\n---\n"),
    ] {
        let expected = format!("{before}{between}{scenario}");
        assert_eq!(after(before, |reading| edit::add_input(reading, &evict(10))), expected);
    }
    let expected = format!("kind: Job\r\n{}", format!("---\n{scenario}").replace('\n', "\r\n"));
    assert_eq!(after("kind: Job\r\n", |reading| edit::add_input(reading, &evict(10))), expected);
}

#[test]
fn lines_are_moved_switched_and_removed() {
    let text = format!(
        "{HEAD}spec:\n  inputs:\n  - {{at: 5s, evict: {{}}}} # five\n  # six\n  - note: \"x\" # why\n    at: 6s # when\n    evict: {{}}\n  until: 1m\n"
    );
    for (gesture, from, to) in [
        (edit::move_input(&read(&text), 1, Time::from_millis(61_500)), "at: 6s #", "at: 1m1.5s #"),
        (edit::move_input(&read(&text), 0, Time::ZERO), "at: 5s,", "at: 0s,"),
        (edit::disable_input(&read(&text), 0), "evict: {}}", "evict: {}, disabled: true}"),
        (edit::disable_input(&read(&text), 1), "    evict: {}\n", "    evict: {}\n    disabled: true\n"),
        (edit::enable_input(&read(&text), 1), "five", "five"),
        (edit::remove_input(&read(&text), 0), "  - {at: 5s, evict: {}} # five\n", ""),
        (edit::remove_input(&read(&text), 1), "  - note: \"x\" # why\n    at: 6s # when\n    evict: {}\n", ""),
    ] {
        let edits = gesture.unwrap_or_else(|error| panic!("{error:?}: {from}"));
        assert_eq!(apply(&text, &edits), text.replacen(from, to, 1));
    }
    assert_eq!(edit::remove_input(&read(&text), 2), Err(EditError::NotThere));
    let disabled = after(&text, |reading| edit::disable_input(reading, 0));
    assert_eq!(after(&disabled, |reading| edit::enable_input(reading, 0)), text);
    let one = format!("{HEAD}spec:\n  seed: 1\n  inputs:\n  - {{at: 5s, evict: {{}}}}\n  until: 1m\n");
    assert_eq!(after(&one, |reading| edit::remove_input(reading, 0)), format!("{HEAD}spec:\n  seed: 1\n  until: 1m\n"));
}

#[test]
fn fields_are_set_and_removed() {
    let text = "\
apiVersion: batch/v1 # one
kind: Job
metadata: {name: pi}
spec:
  backoffLimit:   6   # six
  empty: # nothing yet
  template:
    spec: {containers: [{name: main, image: a}]}
";
    let set = |path: &str, value: serde_json::Value| {
        after(text, |reading| edit::set_field(reading, &Place::manifest(0, path), &value))
    };
    for (path, value, from, to) in [
        ("spec.backoffLimit", json!(3), "   6   ", "   3   "),
        ("spec.empty", json!("5s"), "empty: #", "empty: \"5s\" #"),
        ("metadata.name", json!("e"), "{name: pi}", "{name: e}"),
        ("metadata.labels.app", json!("x"), "{name: pi}", "{name: pi, labels: {app: x}}"),
        ("spec.completions", json!(3), "[{name: main, image: a}]}\n", "[{name: main, image: a}]}\n  completions: 3\n"),
        ("spec.template.spec.containers[0].image", json!("b:1"), "image: a", "image: \"b:1\""),
        ("spec.template.spec.restartPolicy", json!("Never"), "a}]}", "a}], restartPolicy: Never}"),
        ("spec.template.metadata.labels", json!({"a": "b"}), "a}]}\n", "a}]}\n    metadata: {labels: {a: b}}\n"),
        ("spec.template.spec", json!(7), "{containers: [{name: main, image: a}]}", "7"),
        ("spec.template", json!({}), "template:\n    spec: {containers: [{name: main, image: a}]}\n", "template: {}\n"),
        ("spec.empty.deep.er", json!(1), "nothing yet\n", "nothing yet\n    deep: {er: 1}\n"),
    ] {
        assert_eq!(set(path, value), text.replacen(from, to, 1), "{path}");
    }
    for (path, from, to) in [
        ("spec.backoffLimit", "  backoffLimit:   6   # six\n", ""),
        ("spec.template.spec.containers[0].image", ", image: a", ""),
        ("spec.template.spec.containers[0].name", "name: main, ", ""),
        ("spec.template", "  template:\n    spec: {containers: [{name: main, image: a}]}\n", ""),
        ("metadata.name", "name: pi", ""),
    ] {
        let removed = after(text, |reading| edit::remove_field(reading, &Place::manifest(0, path)));
        assert_eq!(removed, text.replacen(from, to, 1), "{path}");
    }
    let scenario = after("kind: Job\n", |reading| edit::set_field(reading, &Place::scenario("spec.seed"), &json!(7)));
    assert_eq!(scenario, format!("kind: Job\n---\n{HEAD}spec:\n  kubernetes: \"1.36\"\n  seed: 7\n"));
}

#[test]
fn shared_nodes_are_not_edited() {
    let text = "kind: Job\nbase: &base {a: 1}\nspec: *base\nother: {<<: *base}\n";
    let set = |path: &str| {
        let edits = edit::set_field(&read(text), &Place::manifest(0, path), &json!(2));
        edits.map(|edits| apply(text, &edits))
    };
    assert_eq!(set("spec.a"), Err(EditError::Shared));
    assert_eq!(set("other.a"), Ok(text.replace("{<<: *base}", "{<<: *base, a: 2}")));
    let broken = format!("kind: Job\n---\n{HEAD}spec: [\n");
    assert_eq!(edit::add_input(&read(&broken), &evict(1)), Err(EditError::Unreadable));
}

#[test]
fn a_behavior_is_inserted_before_one_that_would_hide_it() {
    let text = format!(
        "{HEAD}spec:\n  behaviors:\n  - {{match: {{attempt: 1}}, run: 1s}}\n  - {{match: {{attempt: 2}}, run: 2s}}\n  - run: 3s\n"
    );
    let selector = PodSelector { attempt: Some(2), container: Some("main".into()), ..PodSelector::default() };
    let behavior = Behavior { selector, exit_code: Some(1), ..Behavior::default() };
    let line = "  - {match: {attempt: 2, container: main}, exitCode: 1}\n";
    let expected = text.replacen("  - {match: {attempt: 2}", &format!("{line}  - {{match: {{attempt: 2}}"), 1);
    assert_eq!(after(&text, |reading| edit::add_behavior(reading, &behavior)), expected);
    let last = after(&text, |reading| edit::append_behavior(reading, &behavior));
    assert_eq!(last, format!("{text}  - match: {{attempt: 2, container: main}}\n    exitCode: 1\n"));
}

/// A Scenario as a person may write it: comments, blank lines, odd indentation, one of several layouts.
fn handwritten() -> impl Strategy<Value = String> {
    let layout =
        (0u8..4, proptest::bool::ANY, proptest::bool::ANY, 0usize..3, proptest::collection::vec(comment(), 12));
    (generate::scenario().boxed(), layout).prop_map(|(scenario, (style, crlf, last_newline, indent, comments))| {
        let mut comments = comments.into_iter().cycle();
        let mut text = String::new();
        let mut next = |text: &mut String| text.push_str(&comments.next().unwrap_or_default());
        for manifest in scenario.manifests.iter() {
            next(&mut text);
            text += &print::yaml(&manifest.value);
            text += "---\n";
        }
        text += HEAD;
        let pad = " ".repeat(indent);
        let inputs: Vec<String> = scenario.inputs.iter().map(|input| print::input(input, None)).collect();
        match style {
            0 => text += &format!("spec: {{seed: {}, inputs: [{}]}}\n", scenario.seed, inputs.join(" , ")),
            1 => {
                text += &format!(
                    "spec:\n  inputs: [\n{}\n  ]\n",
                    inputs.iter().map(|input| format!("    {input},")).collect::<Vec<_>>().join("\n")
                );
            }
            2 => {
                text += "spec:\n  inputs: # things that happen\n";
                for input in &inputs {
                    next(&mut text);
                    text += &format!("  {pad}-   {input}   # a remark\n");
                }
                next(&mut text);
                text += "  until: 5m # the end\n";
            }
            _ => {
                text += &format!("spec:\n  {pad}seed: 1\n  {pad}inputs:\n");
                for input in &inputs {
                    let lines = input.replacen("{at", "at", 1);
                    let (at, rest) = lines.split_once(", ").unwrap_or((&lines, ""));
                    let rest = rest.strip_suffix('}').unwrap_or(rest);
                    // The verb is the only other field here: note and disabled would stand behind it.
                    text += &format!("  {pad}- # note\n  {pad}    {at} # when\n\n  {pad}    <<: {{{rest}}}\n");
                    next(&mut text);
                }
            }
        }
        if !last_newline {
            text = text.trim_end().to_owned();
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

/// Random inputs name nodes that are not there, and random manifests hold characters that look like others.
fn mistakes(reading: &Reading) -> Vec<Diagnostic> {
    let is_random = |code: &Code| matches!(code, Code::UnknownNode(_) | Code::LookalikeInValue { .. });
    reading.diagnostics.iter().filter(|found| !is_random(&found.code)).cloned().collect()
}

fn comment() -> impl Strategy<Value = String> {
    proptest::sample::select(vec!["", "# 注释: {a} \"\n", "\n", "      # deep\n", "#\n\n", "# - at: 5s\n"])
        .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gestures_keep_every_other_byte(text in handwritten().boxed(), input in generate::input().boxed(), which in any::<prop::sample::Index>(), at in 0i64..100_000) {
        let reading = read(&text);
        prop_assert_eq!(mistakes(&reading), vec![], "{}", text);
        // Adding is one insertion; the gesture itself checks what the new text says.
        let edits = edit::add_input(&reading, &input);
        prop_assert!(edits.is_ok(), "{:?} for {:?} in\n{}", edits, input, text);
        let edits = edits.unwrap_or_default();
        prop_assert!(edits.len() == 1 && edits[0].range.is_empty(), "{:?}", edits);
        let added = read(&apply(&text, &edits));
        prop_assert_eq!(added.scenario.inputs.len(), reading.scenario.inputs.len() + 1);
        prop_assert!(added.scenario.inputs.contains(&input));
        prop_assert_eq!(&added.scenario.manifests, &reading.scenario.manifests);
        if reading.scenario.inputs.is_empty() {
            return Ok(());
        }
        let which = which.index(reading.scenario.inputs.len());
        let moved = edit::move_input(&reading, which, Time::from_millis(at));
        prop_assert!(moved.is_ok(), "{:?} in\n{}", moved, text);
        prop_assert_eq!(moved.unwrap_or_default().len(), 1);
        let gesture = if reading.scenario.inputs[which].disabled { edit::enable_input } else { edit::disable_input };
        let switched = gesture(&reading, which);
        let is_merged = text.contains("<<: {");
        prop_assert!(switched.is_ok() || is_merged, "{:?} in\n{}", switched, text);
        let removed = edit::remove_input(&reading, which);
        prop_assert!(removed.is_ok(), "{:?} of {} in\n{}", removed, which, text);
        let removed = apply(&text, &removed.unwrap_or_default());
        prop_assert_eq!(mistakes(&read(&removed)), vec![], "{}", removed);
    }

    #[test]
    fn a_set_field_reads_back(
        manifest in generate::manifest().boxed(),
        rest in handwritten().boxed(), name in "[a-z]{1,6}", value in 0i64..100) {
        let newline = if rest.contains('\r') { "\r\n" } else { "\n" };
        let text = format!("{}---\n", print::yaml(&manifest.value)).replace('\n', newline) + &rest;
        let reading = read(&text);
        let place = Place::Manifest { manifest: 0, path: Path::parse(&format!("spec.{name}")) };
        let edits = edit::set_field(&reading, &place, &json!(value));
        prop_assert!(edits.is_ok(), "{:?}", edits);
        let edits = edits.unwrap_or_default();
        let changed = read(&apply(&text, &edits));
        let mut wanted = (*reading.scenario.manifests[0].value).clone();
        wanted["spec"][&name] = json!(value);
        prop_assert_eq!(&*changed.scenario.manifests[0].value, &wanted, "{}", apply(&text, &edits));
        prop_assert_eq!(&changed.scenario.inputs, &reading.scenario.inputs);
        let cleared = edit::remove_field(&changed, &place).unwrap_or_default();
        let cleared = read(&apply(&changed.text, &cleared));
        if let Some(spec) = wanted["spec"].as_object_mut() {
            spec.remove(&name);
        }
        let left = &cleared.scenario.manifests[0].value["spec"];
        let is_empty_now = wanted["spec"] == json!({}) && left.is_null();
        prop_assert!(*left == wanted["spec"] || is_empty_now, "{}", cleared.text);
    }
}
