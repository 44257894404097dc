//! The terminal front end from outside: what it answers to its command line, where it prints to, and how it ends.

use job_playground::manifest::link;
use job_playground::time::Time;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use support::{expect_answers, files_with, root};

const TICKS: &str = "\
apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec:
  schedule: '* * * * *'
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}}}
---
apiVersion: job-playground/v1
kind: Scenario
spec: {until: 2h}
";

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_job-playground"));
    command.current_dir(root()).args(arguments).stdin(Stdio::null());
    command
}

fn output(arguments: &[&str]) -> Output {
    program(arguments).output().expect("the program runs")
}

/// Exit code, standard output, standard error.
fn ended(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn file(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("a file for this test");
    path
}

#[test]
fn each_command_has_help_and_the_program_a_version() {
    for arguments in [
        &["--help"][..],
        &["run", "--help"],
        &["link", "--help"],
        &["redact", "--help"],
        &["embed", "-h"],
        &["answer", "-h"],
        &["kubectl", "--help"],
        &["lesson", "--help"],
    ] {
        let (code, printed, errors) = ended(&output(arguments));
        assert_eq!((code, errors.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(
            printed.contains(&format!("job-playground {}", arguments[0].trim_start_matches('-')))
                || arguments.len() == 1
        );
    }
    let (code, printed, _) = ended(&output(&["conformance", "--help"]));
    assert!(code == Some(0) && printed.contains("DIR"));
    assert_eq!(ended(&output(&["--version"])).1, concat!("job-playground ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn what_cannot_be_done_is_refused() {
    let ticks = file("ticks.yaml", TICKS);
    let ticks = ticks.to_str().expect("a path in UTF-8");
    let empty = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-cases");
    fs::create_dir_all(&empty).expect("a folder for this test");
    let empty = empty.to_str().expect("a path in UTF-8");
    for (arguments, message) in [
        (&["run", ticks, "--at", "30s"][..], "--at"),
        (&["run", ticks, "--trace", "--at", "30s"], "--at"),
        (&["run", ticks, "--output", "film", "--at", "30s"], "--at"),
        (&["run", ticks, "--output", "png"], "png"),
        (&["run", ticks, "--width", "500"], "500"),
        (&["run", ticks, "--theme", "blue"], "blue"),
        (&["run", ticks, "--lang", "fr"], "fr"),
        (&["run", ticks, "--output", "perfetto", "--at", "30s"], "--at"),
        (&["redact"], "which file?"),
        (&["redact", "no/such/file"], "no/such/file"),
        (&["link"], "which file?"),
        (&["link", ticks, "--at", "soon"], "soon"),
        (&["embed", empty], "--out"),
        (&["embed", "--out", empty], "which folders?"),
        (&["embed", "no/such/folder", "--out", empty], "no/such/folder"),
        (&["conformance", empty], "no recorded cases"),
        (&["conformance", "no/such/folder"], "no/such/folder"),
        (&["run", "no/such/file"], "no/such/file"),
        (&["run"], "which file?"),
        (&["walk"], "walk"),
    ] {
        let (code, printed, errors) = ended(&output(arguments));
        assert_eq!((code, printed.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(errors.contains(message), "{arguments:?}: {errors}");
    }
}

/// A text may have a million bytes; of what has more, endless or not, no more is read.
#[test]
fn input_is_bounded_before_it_is_read() {
    let most = 1_000_000;
    let text = format!("{TICKS}#{}\n", "a".repeat(most - TICKS.len() - 2));
    assert_eq!(text.len(), most);
    let at_the_limit = file("at-the-limit.yaml", &text);
    let above = file("above-the-limit.yaml", format!("{text}\n"));
    let answered = |path: &Path| ended(&output(&["answer", path.to_str().expect("a path in UTF-8")]));
    assert_eq!(answered(&at_the_limit).0, Some(0));
    let (code, _, errors) = answered(&above);
    assert!(code == Some(2) && errors.contains("more than 1000000 bytes"), "{errors}");

    let mut endless = program(&["run", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let mut input = endless.stdin.take().expect("a pipe");
    let written = (0..200).take_while(|_| input.write_all(&[b'a'; 1 << 16]).is_ok()).count();
    assert!(written < 200, "it read {written} times 64 KiB");
    drop(input);
    let (code, _, errors) = ended(&endless.wait_with_output().expect("it ends"));
    assert!(code == Some(2) && errors.contains("more than 1000000 bytes"), "{errors}");
}

/// `… | head -1`
#[test]
fn a_closed_pipe_is_no_error() {
    let ticks = file("ticks-for-a-pipe.yaml", TICKS);
    let ticks = ticks.to_str().expect("a path in UTF-8");
    for arguments in [&["run", ticks, "--trace"][..], &["run", ticks, "--output", "yaml"], &["run", ticks]] {
        let mut child: Child =
            program(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let mut first = [0; 1];
        child.stdout.take().expect("a pipe").read_exact(&mut first).expect("a first byte");
        let (code, _, errors) = ended(&child.wait_with_output().expect("it ends"));
        assert_eq!((code, errors.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_in_a_line() {
    let ticks = file("ticks-for-a-disk.yaml", TICKS);
    let ticks = ticks.to_str().expect("a path in UTF-8");
    let full = || File::options().write(true).open("/dev/full").expect("Linux has it");
    for arguments in [&["run", ticks, "--trace"][..], &["run", ticks], &["--help"], &["--version"]] {
        let (code, _, errors) = ended(&program(arguments).stdout(full()).output().expect("the program runs"));
        assert_eq!(code, Some(1), "{arguments:?}");
        assert!(errors.starts_with("standard output: ") && errors.lines().count() == 1, "{errors}");
    }
    // Nowhere to tell it.
    let silent = program(&["run", "no/such/file"]).stdout(full()).stderr(full()).status().expect("the program runs");
    assert_eq!(silent.code(), Some(2));
}

/// Nothing of a text takes hold of the terminal, whatever is printed of it, and wherever.
#[test]
fn escapes_of_a_text_are_shown() {
    let text = fs::read_to_string(root().join("tests/kubectl/escapes.yaml")).expect("a file of kubectl's cases");
    let refused = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi, labels: {\"a\\e[31m\": \"\\u009b2J\"}}\n\"s\\e[2Jpec\": 1\n";
    let texts = [file("escapes.yaml", &text), file("refused-escapes.yaml", refused)];
    for path in &texts {
        let path = path.to_str().expect("a path in UTF-8");
        for command in [
            &["run", path][..],
            &["run", path, "--trace"],
            &["run", path, "--output", "yaml"],
            &["run", path, "--output", "json"],
            &["run", path, "--output", "svg"],
            &["run", path, "--output", "film"],
            &["run", path, "--output", "html"],
            &["link", path],
            &["answer", path],
            &["kubectl", path, "--", "get", "jobs,pods,cronjobs", "-o", "wide", "--show-labels"],
            &["kubectl", path, "--", "get", "jobs,pods,cronjobs", "-o", "name"],
            &["kubectl", path, "--", "get", "jobs,pods,cronjobs", "-o", "yaml"],
            &["kubectl", path, "--", "get", "jobs,pods,cronjobs", "-o", "json"],
            &["kubectl", path, "--", "describe", "jobs,pods,cronjobs"],
            &["kubectl", path, "--", "get", "events"],
            &["kubectl", path, "--", "get", "job", "a\u{1b}[2J\rb"],
            &["kubectl", path, "--", "get", "\u{1b}[2J\rb"],
            &["run", path, "--\u{1b}[2J"],
            &["run", "\u{1b}[2J\rb"],
        ] {
            let (_, printed, errors) = ended(&output(command));
            for text in [&printed, &errors] {
                assert!(!text.contains(['\u{1b}', '\r']), "{command:?}: {text:?}");
            }
            assert!(!errors.contains('\u{9b}'), "{command:?}: {errors:?}");
        }
    }
}

#[test]
fn a_link_holds_the_text_and_leads_to_a_moment() {
    let ticks = file("ticks-for-a-link.yaml", TICKS);
    let ticks = ticks.to_str().expect("a path in UTF-8");
    let (code, printed, _) = ended(&output(&["link", ticks, "--at", "90s", "--page", "https://example.org/"]));
    let fragment = printed.trim_end().strip_prefix("https://example.org/#").expect("the address of the page");
    assert_eq!((code, link::decode(fragment).as_deref()), (Some(0), Ok(TICKS)));
    assert_eq!(link::moment(fragment), Some(Time::from_seconds(90)));
}

/// A second time nothing is to be done, and `--check` says so; if a text or a file changes, it names what would change.
#[test]
fn embeds_of_a_folder_are_kept_up_to_date() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("embeds");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("in/deep")).expect("a folder for this test");
    fs::write(folder.join("in/deep/ticks.yaml"), TICKS).expect("a file for this test");
    fs::write(folder.join("in/other.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n").expect("a file");
    let (from, to) = (folder.join("in"), folder.join("out"));
    let paths = [from.to_str().expect("UTF-8"), to.to_str().expect("UTF-8")];
    let embed = |more: &[&str]| {
        let arguments = ["embed", paths[0], "--out", paths[1], "--lang", "en,zh", "--width", "720,380"];
        ended(&output(&[&arguments[..], more].concat()))
    };
    let (code, printed, _) = embed(&["--check"]);
    assert!(code == Some(1) && printed.ends_with("6 of 6 files would be written anew\n"), "{printed}");
    assert!(!to.exists(), "it only looks");
    let (code, printed, errors) = embed(&[]);
    assert!(code == Some(0) && printed.ends_with("6 of 6 files written\n"), "{printed}{errors}");
    assert!(errors.contains("other.yaml: no Job or CronJob in it"), "{errors}");
    let entries = fs::read_dir(to.join("deep")).expect("it was made");
    let names = entries.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned());
    let mut written: Vec<String> = names.collect();
    written.sort();
    let names =
        ["ticks.380.svg", "ticks.film.json", "ticks.svg", "ticks.zh.380.svg", "ticks.zh.film.json", "ticks.zh.svg"];
    assert_eq!(written, names);
    assert_eq!(embed(&["--check"]).0, Some(0));
    fs::write(to.join("deep/ticks.svg"), "another").expect("it can be written");
    let (code, printed, _) = embed(&["--check"]);
    assert!(code == Some(1) && printed.contains("ticks.svg\n1 of 6"), "{printed}");
}

/// One line, so that Markdown takes it as it is: the film and the text in it are whole.
#[test]
fn a_figure_is_a_line_of_html() {
    let ticks = file("ticks-for-a-figure.yaml", TICKS);
    let ticks = ticks.to_str().expect("a path in UTF-8");
    let (code, printed, _) = ended(&output(&["run", ticks, "--output", "html", "--at", "90s"]));
    assert!(code == Some(0) && printed.starts_with("<figure><job-playground lang=\"en\" at=\"1m30s\" film='{"));
    assert_eq!(printed.matches('\n').count(), 1);
    let (_, film) = printed.split_once("film='").expect("a film");
    let (film, _) = film.split_once('\'').expect("its end");
    let film = film.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&amp;", "&");
    let film: serde_json::Value = serde_json::from_str(&film).expect("JSON");
    assert_eq!(film["film"], 1);
    assert!(printed.contains("&amp;at=1m30s\"><img src=\"data:image/svg+xml,%3Csvg"), "{printed:.3000}");
}

/// What a terminal shows for the commands of a case: its first lines, behind `$`; the rest is the file `text.yaml`, or
/// `text.json` where it is JSON. Standard error stands below standard output, then the exit code, if it is not 0.
fn session(input: &str) -> String {
    let commands: Vec<&str> = input.lines().take_while(|line| line.starts_with("$ ")).collect();
    let text: String = input.lines().skip(commands.len()).map(|line| format!("{line}\n")).collect();
    let name = if text.starts_with('{') { "text.json" } else { "text.yaml" };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sessions");
    fs::create_dir_all(&folder).expect("a folder for this test");
    fs::write(folder.join(name), text).expect("a file for this test");
    let shown = commands.iter().map(|command| {
        let words = command[2..].split_whitespace();
        let mut program = Command::new(env!("CARGO_BIN_EXE_job-playground"));
        let output = program.current_dir(&folder).args(words).stdin(Stdio::null()).output().expect("the program runs");
        let (code, printed, errors) = ended(&output);
        let code = if code == Some(0) { String::new() } else { format!("exit code {}\n", code.unwrap_or(-1)) };
        format!("{command}\n{printed}{errors}{code}")
    });
    shown.collect::<String>().trim_end().to_owned()
}

/// Whole sessions: what goes in, and what a terminal shows.
#[test]
fn sessions_are_as_written() {
    let files = files_with("txt", "tests/terminal");
    assert!(!files.is_empty(), "there are sessions");
    for file in files {
        expect_answers(&file, session);
    }
}

/// What `lesson` says of files, and whether it ends well.
#[test]
fn lessons_are_tried() {
    let start = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n  backoffLimit: 0\n  template:\n    spec:\n      \
                 restartPolicy: Never\n      containers: [{name: main, image: a, command: [sh, -c, sleep 1; exit 1]}]\n";
    let lesson = "---\napiVersion: job-playground/v1\nkind: Lesson\nmetadata: {name: one}\nspec:\n  ask:\n    at: {pod: {}, is: \
                  running}\n    options: {one: {count: pods, is: 1}, two: {count: pods, is: 2}}\n  stops: {end: {job: {}, is: \
                  Failed}}\n  text:\n    en:\n      title: T\n      symptom: S\n      ask: A\n      options: {one: {say: '1', reply: \
                  R}, two: {say: '2', reply: R}}\n      stops: {end: E}\n      takeaway: W\n";
    let sound = file("sound.yaml", format!("{start}{lesson}"));
    let damaged = file("damaged.yaml", format!("{start}{}", lesson.replace("is: 1", "is: 3")));
    let course = "apiVersion: job-playground/v1\nkind: Course\nmetadata: {name: mine}\nspec: {lessons: [six-retries, one], text: {en: \
                  {title: Mine}}}\n";
    let course = file("course.yaml", format!("{course}---\n{start}{lesson}"));
    let [sound, damaged, course] = [&sound, &damaged, &course].map(|path| path.to_str().expect("a path in UTF-8"));

    let (code, printed, errors) = ended(&output(&["lesson", sound]));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert!(printed.starts_with("one  ") && printed.lines().count() == 1, "{printed}");

    let (code, printed, _) = ended(&output(&["lesson", "--observe", sound]));
    assert_eq!(code, Some(0));
    assert!(printed.contains("\n  ✓ ask.options.one  1\u{a0}pod wanted, 1 seen\n"), "{printed}");
    assert!(printed.contains("\n  ○ ask.options.two  2\u{a0}pods wanted, 1 seen\n"), "{printed}");
    assert!(printed.contains("\n  ✓ ask.at  "), "{printed}");

    let (code, printed, _) = ended(&output(&["lesson", sound, damaged, "--lang", "zh"]));
    assert_eq!(code, Some(1));
    let fault = printed.lines().last().unwrap_or_default();
    assert!(fault.contains("damaged.yaml:17:5: ") && fault.ends_with("必须恰好有一个成立。"), "{printed}");

    let (code, printed, _) = ended(&output(&["lesson", course]));
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.starts_with("course mine\none  "), "{printed}");

    assert_eq!(ended(&output(&["lesson"])).0, Some(2));
    assert_eq!(ended(&output(&["lesson", "no-such-file.yaml"])).0, Some(2));
}

#[test]
fn a_redacted_text_is_printed_and_runs() {
    let text = TICKS.replace("tick", "violet").replace("busybox", "registry.violet.example/app");
    let path = file("violet.yaml", text);
    let path = path.to_str().expect("a path in UTF-8");
    let (code, printed, errors) = ended(&output(&["redact", path]));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert!(!printed.contains("violet") && printed.contains("* * * * *"), "{printed}");
    let redacted = file("redacted.yaml", printed);
    let (code, printed, _) =
        ended(&output(&["run", redacted.to_str().expect("a path in UTF-8"), "--output", "perfetto"]));
    assert!(code == Some(0) && printed.starts_with("{\"displayTimeUnit\":\"ms\""), "{printed}");
}
