//! What the real printers print, line by line: every recorded case in tests/conformance/kubectl, none skipped, and cases
//! of our own in tests/kubectl. And what its commands that act are answered: kubectl/acts.txt.

use job_playground::conformance::{self, CaseKind, PROMPT, cases, judge};
use job_playground::kubectl::{self, Command, Conventions, Refusal, View};
use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::time::{Span, Time};
use std::fmt::Write;
use std::path::Path;

#[test]
fn every_recorded_text_is_equal() {
    every_text_is_equal("tests/conformance/kubectl", 110);
}

#[test]
fn every_text_of_our_own_is_equal() {
    every_text_is_equal("tests/kubectl", 2);
}

fn every_text_is_equal(folder: &str, count: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let all = cases(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let texts: Vec<_> = all.iter().filter(|case| case.kind == CaseKind::Kubectl).collect();
    assert_eq!(texts.len(), count, "the texts are complete");
    let (mut failed, mut told) = (0, String::new());
    for case in &texts {
        let Some(difference) = judge(case).unwrap_or_else(|error| panic!("{}: {error}", case.name)) else { continue };
        failed += 1;
        let recorded = std::fs::read_to_string(&case.expected).unwrap_or_default();
        let before: Vec<&str> = recorded.lines().take(difference.line).collect();
        let prompt = before.iter().rev().find(|line| line.starts_with(PROMPT)).copied().unwrap_or_default();
        let input = case.input.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&case.input).display();
        let _ = write!(
            told,
            "\n{}: line {} differs\n  recorded  {}|\n  found     {}|\n",
            case.name, difference.line, difference.expected, difference.found
        );
        if let Some((command, at)) = conformance::kubectl_command(prompt) {
            let at = at - Time::ZERO;
            let _ = writeln!(told, "  alone     cargo run -- kubectl {input} --at {at} --normalize -- {command}");
        }
    }
    println!("kubectl: {} passed, {failed} failed", texts.len() - failed);
    assert_eq!(failed, 0, "{failed} of {} texts differ\n{told}", texts.len());
}

const TEXT: &str = "\
apiVersion: batch/v1
kind: Job
metadata: {name: pi}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec:
  schedule: '* * * * *'
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}}}
";

/// What a command that acts prints, and what comes of it.
fn acted(command: &str, view: &View<'_>) -> String {
    let outcome = Command::parse(&kubectl::words(command)).and_then(|command| kubectl::run(&command, view));
    match outcome {
        Err(Refusal::Kubectl(text)) => text,
        Err(Refusal::NotModelled(what)) => format!("not modelled: {what}\n"),
        Ok(outcome) => {
            let printed = outcome.printed;
            assert_eq!(printed.failed, printed.stderr.contains("rror") || printed.stderr.contains("is invalid"));
            let inputs: Vec<&str> = outcome.inputs.iter().map(|input| input.action.keyword()).collect();
            let inputs = if inputs.is_empty() { String::new() } else { format!("+ {}\n", inputs.join(" ")) };
            match command.starts_with("delete") {
                true => printed.stdout + &printed.stderr + &inputs,
                false => printed.stderr + &printed.stdout + &inputs,
            }
        }
    }
}

#[test]
fn what_acts_answers_as_the_server_does() {
    let recording = Recording::of(&manifest::read(TEXT).scenario);
    let at = Time::ZERO + Span::from_seconds(3);
    let view = View { recording: &recording, start_unix_seconds: 946_728_000, at, conventions: Conventions::Cluster };
    let cases = include_str!("kubectl/acts.txt").split("\n\n").filter_map(|block| block.split_once("$ "));
    let cases: Vec<(&str, &str)> = cases.filter_map(|(_, case)| case.split_once('\n')).collect();
    assert!(cases.len() > 30);
    for (command, expected) in cases {
        assert_eq!(acted(command, &view).trim_end(), expected.trim_end(), "{command}");
    }
}
