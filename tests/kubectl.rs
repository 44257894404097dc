//! What kubectl prints: the recorded texts in tests/conformance, texts of our own in tests/kubectl, and what its
//! commands that act answer (tests/kubectl/acts.txt).

use job_playground::conformance::{self, CaseKind, Difference, PROMPT, cases, judge};
use job_playground::kubectl::complete::complete;
use job_playground::kubectl::{self, Answer, Command, Conventions, Session, Shell, Snapshot, UsageError, World};
use job_playground::manifest::{self, Reading};
use job_playground::recording::Recording;
use job_playground::texts::Lang;
use job_playground::time::{Span, Time};
use std::fmt::Write;
use support::{Case, root, shown};

#[test]
fn every_recorded_text_is_equal() {
    check_texts("tests/conformance/kubectl", 106);
}

#[test]
fn every_recorded_text_of_pods_in_depth_is_equal() {
    check_texts("tests/conformance/pods/kubectl", 146);
}

/// tests/contradicted/README.md: how long ago a container ended that waits for its restart.
#[test]
fn texts_that_the_real_kubelet_contradicts_differ_in_the_last_end_only() {
    let all = cases(&root().join("tests/contradicted")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(all.len(), 4);
    for case in all {
        let difference = judge(&case).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let Difference { line, expected, found } = difference.unwrap_or_else(|| panic!("{} is equal", case.name));
        let without_age = |row: &str| row.split_once(" (").map(|(before, _)| before.to_owned());
        // The heading is the first line that differs where the age makes the column wider.
        let is_heading = expected.starts_with("NAME") && expected.split_whitespace().eq(found.split_whitespace());
        let is_row = without_age(&expected).is_some() && without_age(&expected) == without_age(&found);
        assert!(is_heading || is_row, "{}: line {line}\n{expected}\n{found}", case.name);
    }
}

#[test]
fn every_text_of_our_own_is_equal() {
    check_texts("tests/kubectl", 5);
}

fn check_texts(folder: &str, count: usize) {
    let all = cases(&root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let texts: Vec<_> = all.iter().filter(|case| case.kind == CaseKind::Kubectl).collect();
    assert_eq!(texts.len(), count, "the number of texts");
    let (mut failed, mut report) = (0, String::new());
    for case in &texts {
        let Some(difference) = judge(case).unwrap_or_else(|error| panic!("{}: {error}", case.name)) else { continue };
        failed += 1;
        let recorded = support::text(&case.expected);
        let before: Vec<&str> = recorded.lines().take(difference.line).collect();
        let prompt = before.iter().rev().find(|line| line.starts_with(PROMPT)).copied().unwrap_or_default();
        let _ = write!(
            report,
            "\n{}: line {} differs\n  recorded  {}|\n  found     {}|\n",
            case.name, difference.line, difference.expected, difference.found
        );
        if let Some((command, at)) = conformance::kubectl_command(prompt) {
            let (input, at) = (shown(&case.input), at - Time::ZERO);
            let _ = writeln!(report, "  alone     cargo run -- kubectl {input} --at {at} --normalize -- {command}");
        }
    }
    println!("kubectl: {} passed, {failed} failed", texts.len() - failed);
    assert_eq!(failed, 0, "{failed} of {} texts differ\n{report}", texts.len());
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

/// What a command that acts prints, in the order in which kubectl does, and its inputs behind `+`.
fn answer(command: &str, snapshot: &Snapshot<'_>) -> String {
    let outcome = Command::parse(&kubectl::words(command)).and_then(|command| kubectl::run(&command, snapshot));
    match outcome {
        Err(UsageError::Invalid(text)) => text,
        Err(UsageError::NotModelled(what)) => format!("not modelled: {what}\n"),
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
fn commands_that_act_answer_as_the_server_does() {
    let recording = Recording::of(&manifest::read(TEXT).scenario);
    let at = Time::ZERO + Span::from_seconds(3);
    let snapshot =
        Snapshot { recording: &recording, start_unix_seconds: 946_728_000, at, conventions: Conventions::Cluster };
    let cases = support::cases(&root().join("tests/kubectl/acts.txt"));
    assert!(cases.len() > 30, "{}", cases.len());
    for Case { title, input, expected, .. } in cases {
        assert_eq!(answer(input.trim_end(), &snapshot).trim_end(), expected, "{title}: {input}");
    }
}

/// What a real client was asked too (tests/judge).
#[test]
fn every_judged_text_is_equal() {
    let mut count = 0;
    for path in
        support::files("tests/kubectl/judged").into_iter().filter(|path| path.extension().is_some_and(|e| e == "yaml"))
    {
        let text = support::text(&path);
        let scenario = manifest::read(&text).scenario.with_time_zones();
        let recording = Recording::of(&scenario);
        let expected = support::text(&path.with_extension("txt"));
        let prompts = expected.lines().filter(|line| line.starts_with(PROMPT));
        let mut found = String::new();
        for prompt in prompts {
            let (line, at) = conformance::kubectl_command(prompt).expect("a command and a time");
            let start_unix_seconds = scenario.start_unix_seconds;
            let snapshot =
                Snapshot { recording: &recording, start_unix_seconds, at, conventions: Conventions::Cluster };
            let world = World { behaviors: Some(&scenario.behaviors), text: &text, ..World::of(snapshot) };
            let response = Command::parse(&kubectl::words(line)).and_then(|command| kubectl::run_in(&command, &world));
            let printed = match response {
                Ok(response) => response.printed.stdout + &response.printed.stderr,
                Err(UsageError::Invalid(text)) => text,
                Err(UsageError::NotModelled(what)) => format!("not modelled: {what}\n"),
            };
            found += &format!("{prompt}\n{printed}");
            found += if found.ends_with('\n') { "" } else { "\n" };
            count += 1;
        }
        if let Some((expected, found)) = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found)
        {
            panic!("{}:\n{expected}\n{found}", shown(&path));
        }
        assert_eq!(expected.lines().count(), found.lines().count(), "{}", shown(&path));
    }
    assert!(count > 180, "{count}");
}

/// A session with a text and the run of it.
fn session(reading: &Reading, recording: &Recording, at: Time) -> Session<'static> {
    Session::new(reading.clone(), reading.scenario.clone(), recording.clone(), at, Conventions::Cluster)
}

/// The moment at which the lines of typed.txt are typed.
const TYPED_AT: Span = Span::from_seconds(12);

/// Command lines as people type them: what each comes to. At most 8 of 158 are not modelled.
#[test]
fn what_people_type_is_answered() {
    let reading = manifest::read(&support::text(&root().join("tests/kubectl/typed.yaml")));
    assert!(!reading.has_errors(), "{:?}", reading.diagnostics);
    let recording = Recording::of(&reading.scenario);
    let outcomes = std::cell::RefCell::new(std::collections::BTreeMap::<&str, usize>::new());
    support::expect_answers(&root().join("tests/kubectl/typed.txt"), |line| {
        let at = Time::ZERO + TYPED_AT;
        let mut session = session(&reading, &recording, at);
        session
            .run("JOB_NAME=hello-job; POD=$(kubectl get pods -l job-name=pi -o jsonpath='{.items[0].metadata.name}')");
        let answer = session.run(line);
        let printed = answer.printed;
        let outcome = match (answer.acted, printed.failed, printed.stderr.contains("not modelled here")) {
            (_, _, true) => "not modelled",
            (true, ..) => "acts",
            (false, true, _) => "refused",
            (false, false, _) => "printed",
        };
        *outcomes.borrow_mut().entry(outcome).or_default() += 1;
        let inputs = manifest::read(session.text()).scenario.inputs;
        let inputs: String =
            inputs.iter().map(|input| format!("+ {}\n", manifest::print::input(input, None))).collect();
        let notes =
            printed.notes.iter().map(|note| format!("# {}\n", note.text(Lang::En, |at| (at - Time::ZERO).to_string())));
        let shown = printed.stderr + &notes.collect::<String>() + &printed.stdout;
        let lines: Vec<&str> = shown.lines().collect();
        let cut = if lines.len() > 16 { format!("… {} more lines\n", lines.len() - 12) } else { String::new() };
        let lines = if cut.is_empty() { &lines[..] } else { &lines[..12] };
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        format!("{outcome}\n{text}{cut}{inputs}")
    });
    let outcomes = outcomes.into_inner();
    println!("{outcomes:?}");
    assert_eq!(outcomes.values().sum::<usize>(), 158);
    assert!(outcomes.get("not modelled").is_none_or(|count| *count <= 8), "{outcomes:?}");
}

/// The time of the run with which the console is tried.
fn typed() -> (Reading, Recording, Time) {
    let reading = manifest::read(&support::text(&root().join("tests/kubectl/typed.yaml")));
    let recording = Recording::of(&reading.scenario);
    (reading, recording, Time::ZERO + TYPED_AT)
}

/// Words beside kubectl, and what is followed as the time goes on.
#[test]
fn the_console_in_a_page_answers() {
    let (reading, recording, at) = typed();
    support::expect_answers(&root().join("tests/kubectl/console.txt"), |line| {
        let mut session =
            session(&reading, &recording, at).in_page(recording.end().expect("it ends").1, Shell::default());
        session.run("POD=$(kubectl get pods -l job-name=pi -o jsonpath='{.items[0].metadata.name}')");
        let Answer { printed, requests, .. } = session.run(line);
        let mut text = String::new();
        let later = printed.later.unwrap_or_default();
        let ends = later.iter().map(|later| later.byte).skip(1).chain([printed.stdout.len()]);
        let now = later.first().map_or(printed.stdout.len(), |later| later.byte);
        text += &printed.stdout[..now];
        for (later, end) in later.iter().zip(ends) {
            let _ = write!(text, "({}) {}", later.at - Time::ZERO, &printed.stdout[later.byte..end]);
        }
        text += &printed.stderr;
        for note in &printed.notes {
            let _ = writeln!(text, "# {}", note.text(Lang::En, |at| (at - Time::ZERO).to_string()));
        }
        for request in requests {
            let _ = writeln!(text, "> {request:?}");
        }
        for input in manifest::read(session.text()).scenario.inputs.iter() {
            let _ = writeln!(text, "+ {}", manifest::print::input(input, None));
        }
        if session.at() != at {
            let _ = writeln!(text, "it is {}", session.at() - Time::ZERO);
        }
        text
    });
}

#[test]
fn the_end_of_a_line_is_completed() {
    let (reading, recording, at) = typed();
    let start_unix_seconds = reading.scenario.start_unix_seconds;
    let snapshot = Snapshot { recording: &recording, start_unix_seconds, at, conventions: Conventions::Cluster };
    support::expect_answers(&root().join("tests/kubectl/completions.txt"), |line| {
        let line = line.trim_end_matches('\n');
        let Some(found) = complete(line, &snapshot) else { return "nothing".to_owned() };
        let mut text = format!("[{}]\n", &line[found.range.clone()]);
        for item in found.items {
            let _ = writeln!(
                text,
                "{}{}",
                item.text,
                if item.what.is_empty() { String::new() } else { format!("  {}", item.what) }
            );
        }
        text
    });
}

/// Lines that cost more than they look end in words, and what is behind them is not run.
#[test]
fn a_line_that_never_ends_is_ended_in_words() {
    let text = TEXT.to_owned() + "---\napiVersion: job-playground/v1\nkind: Scenario\nspec: {until: 1m}\n";
    let reading = manifest::read(&text);
    let recording = Recording::of(&reading.scenario);
    let session = || session(&reading, &recording, Time::ZERO + Span::from_seconds(30));
    let doubled = "A=aaaaaaaaaa; ".to_owned() + &"A=$A$A; ".repeat(60) + "kubectl delete job pi";
    let label = |number: usize| format!("kubectl label job pi a={number} --overwrite");
    let piped = (0..501).map(label).collect::<Vec<_>>().join(" | ");
    let substituted = "kubectl delete job pi ".to_owned() + &"$(kubectl get nodes -o name)".repeat(501);
    let nested = "kubectl delete job pi ".to_owned() + &"$(echo ".repeat(1_000) + &")".repeat(1_000);
    let long = "kubectl delete job pi".to_owned() + &" x".repeat(200_000);
    for line in [doubled, piped, substituted, nested, long] {
        let mut session = session();
        let answer = session.run(&line);
        assert_eq!(answer.printed.stderr, "error: more than is done at once here\n", "{}", &line[..60]);
        assert!(answer.printed.failed && !answer.acted, "{}", &line[..60]);
        assert_eq!(session.run("echo ready").printed.stdout, "ready\n");
    }
    for pattern in ["a*".repeat(20_000) + "b", "a|".repeat(40_000)] {
        let answer = session().run(&format!("kubectl get jobs,pods,nodes -o yaml | grep -Ew '{pattern}'"));
        assert_eq!(answer.printed.stderr, "error: more than is done at once here\n");
    }
    let around = format!("echo a | grep -C {} a", usize::MAX);
    assert_eq!(session().run(&around).printed.stdout, "a\n");
}
