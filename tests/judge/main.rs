//! kubectl itself as the judge: a real client asks a small server on loopback that has a recording at a moment, and our
//! own answers must be equal to its. What was compared is kept in tests/kubectl/judged, so that tests/kubectl.rs needs no
//! client.
//!
//! `KUBECTL=/usr/bin/kubectl cargo test --test judge -- --ignored --nocapture`; with `KEEP=1` the texts that are kept are
//! written again, of which the lines with the commands are what is asked.

// The client counts ages from the clock of the machine.
#![allow(clippy::disallowed_types)]

mod server;

use job_playground::kubectl::{Conventions, Snapshot, World, words};
use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::texts::Lang;
use job_playground::time::{Span, Time};
use std::net::TcpListener;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use support::{root, text};

/// A text without what a client of version 1.33 prints otherwise than 1.36: `describe cronjob` has a line `Time Zone`
/// since 1.36; `kyaml` is a format since 1.36; since 1.34 `delete` names the namespace, and `creationTimestamp: null` is
/// not written.
fn as_of_1_33(text: &str) -> String {
    let is_log = |line: &str| {
        let mut letters = line.chars();
        letters.next().is_some_and(|first| "IWE".contains(first)) && letters.take(4).all(|c| c.is_ascii_digit())
    };
    let is_everywhere = |line: &&str| {
        !line.starts_with("Time Zone:")
            && line.trim() != "creationTimestamp: null"
            && !(line.len() > 20 && is_log(line))
    };
    let lines: Vec<&str> = text.lines().filter(is_everywhere).collect();
    // In front of the message of an Event stands since 1.36 which container it is about.
    let without_container = |line: &str| match line.split_once("spec.") {
        Some((before, behind)) if behind.contains("ontainers{") && behind.contains("}: ") => {
            before.to_owned() + behind.split_once("}: ").map_or("", |(_, message)| message)
        }
        _ => line.to_owned(),
    };
    let lines: Vec<String> = lines.into_iter().map(without_container).collect();
    let text = lines.join("\n").replace("jsonpath-file,kyaml,name", "jsonpath-file,name");
    text.replace(" from default namespace", "").replace("metadata: {}", "metadata:")
}

/// The client leaves it open which of several things of one time comes first, and which of several logs.
fn is_unordered(line: &str) -> bool {
    [
        "events",
        "describe pod",
        "get events --sort-by",
        "logs job/pi --all-pods",
        "logs job/retry --all-containers",
        "logs -l",
    ]
    .iter()
    .any(|words| line.starts_with(words))
}

#[test]
#[ignore = "needs a client: KUBECTL"]
fn the_client_prints_the_same() {
    let client = std::env::var("KUBECTL").unwrap_or_else(|_| "kubectl".to_owned());
    let folder = root().join("tests/kubectl/judged");
    let (mut compared, mut report) = (0, String::new());
    for path in
        support::files("tests/kubectl/judged").into_iter().filter(|path| path.extension().is_some_and(|e| e == "yaml"))
    {
        let input = text(&path);
        let reading = manifest::read(&input);
        let scenario = reading.scenario.with_time_zones();
        let recording = Recording::of(&scenario);
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let asked = text(&folder.join(format!("{name}.txt")));
        let mut kept = String::new();
        for prompt in asked.lines().filter_map(|line| line.strip_prefix("$ kubectl ")) {
            let (line, at) = prompt.split_once("  # t=").expect("a time");
            let at = Time::ZERO + Span::parse(at).expect("a time");
            // In the first half of a second, so that both clocks show the same one.
            let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
            let counts_ages = line.starts_with("describe") || line.starts_with("events");
            if counts_ages {
                std::thread::sleep(Duration::from_millis(1_100 - u64::from(now.subsec_millis())));
            }
            let now = now.as_secs() as i64 + i64::from(counts_ages);
            let snapshot = Snapshot {
                recording: &recording,
                start_unix_seconds: scenario.start_unix_seconds,
                at,
                conventions: Conventions::Cluster,
            };
            let world = World {
                snapshot: server::as_of_now(snapshot, now),
                behaviors: Some(&scenario.behaviors),
                text: &input,
                stdin: None,
                help: None,
                lang: Lang::En,
                most_objects: None,
            };
            let words = words(line);
            let ours = server::run(&words, &world);
            let theirs = ask(&client, &words, &world);
            compared += 1;
            let as_kept = server::run(&words, &World { snapshot, ..world });
            kept += &format!("$ kubectl {prompt}\n{}{}", as_kept.stdout, as_kept.stderr);
            kept += if kept.ends_with('\n') { "" } else { "\n" };
            let cut = |text: &str| {
                let text = as_of_1_33(text);
                let mut lines: Vec<&str> = text.lines().collect();
                if is_unordered(line) {
                    lines.sort_unstable();
                }
                lines.join("\n")
            };
            if cut(&ours.stdout) != cut(&theirs.0) || cut(&ours.stderr) != cut(&theirs.1) {
                report += &format!(
                    "{name}: {prompt}\n--- kubectl\n{}{}--- ours\n{}{}\n",
                    theirs.0, theirs.1, ours.stdout, ours.stderr
                );
            }
        }
        if std::env::var_os("KEEP").is_some() {
            std::fs::write(folder.join(format!("{name}.txt")), kept).expect("the texts are kept");
        }
    }
    println!("{compared} compared");
    assert!(report.is_empty(), "{report}");
}

/// What the client prints.
fn ask(client: &str, words: &[String], world: &World<'_>) -> (String, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let home = std::env::temp_dir().join("kubectl-judge");
    let done = AtomicBool::new(false);
    let mut result = (String::new(), String::new());
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| {
            let output = Command::new(client)
                .args(words.iter().take_while(|word| *word != "--"))
                .args(["--request-timeout=20s", &format!("--server=http://{address}")])
                .args(words.iter().skip_while(|word| *word != "--"))
                .env("KUBECONFIG", "/dev/null")
                .env("HOME", &home)
                .env("TZ", "UTC")
                .output()
                .expect("the client runs");
            done.store(true, Ordering::SeqCst);
            // Whoever waits for the next request is told that there is none.
            let _ = std::net::TcpStream::connect(address);
            output
        });
        for stream in listener.incoming() {
            if done.load(Ordering::SeqCst) {
                break;
            }
            if let Ok(stream) = stream {
                server::serve(stream, world);
            }
        }
        if let Ok(output) = asking.join() {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            result = (text(&output.stdout), text(&output.stderr));
        }
    });
    result
}
