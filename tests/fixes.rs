//! Every fix that is offered, applied: fewer refusals than before, and none that was not there. Over the written cases,
//! the examples, and mutations of these: misspelt keys, values of other types, characters of a word processor, and what
//! is copied along with a manifest.

use job_playground::advice::{About, Finding, FixAction, Tier, findings};
use job_playground::limits::TRIED_BYTES;
use job_playground::manifest::edit::apply;
use job_playground::manifest::{Code, Wrapping, read};
use support::{cases, files_with, text};

const JOB: &str = "\
apiVersion: batch/v1
kind: Job
metadata:
  name: pi
spec:
  parallelism: 2
  completions: 4
  backoffLimit: 3
  ttlSecondsAfterFinished: 60
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: busybox
        command: [sh, -c, exit 1]
        env:
        - name: A
          value: b
";

fn written() -> Vec<String> {
    let mut texts: Vec<String> =
        files_with("txt", "tests/findings").iter().flat_map(|path| cases(path)).map(|case| case.input).collect();
    for folder in ["tests/examples", "src/examples"] {
        texts.extend(files_with("yaml", folder).iter().map(|path| text(path)));
    }
    texts
}

/// Each line of a text changed in each of these ways.
fn mutations(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut texts = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        let middle =
            (key.len() - key.trim_start().len() / 2..).find(|at| key.is_char_boundary(*at)).unwrap_or_default();
        let mut changed: Vec<String> = vec![
            format!("{}{}: {value}", &key[..middle], key[middle..].chars().skip(1).collect::<String>()),
            format!("{key}：{value}"),
            format!("{}: {value}", key.to_lowercase()),
            line.replacen("  ", "\u{a0}\u{a0}", 1),
            line.replacen("  ", "\u{3000}", 1),
            format!("{key}: {value}\u{200b}"),
        ];
        if !value.is_empty() {
            let others = [
                "-1",
                "0",
                "1.5",
                "\"3\"",
                "5m",
                "1 hour",
                "echo hi",
                "a: b",
                "{a: b}",
                "[a, 1]",
                "yes",
                "null",
                "{{ .Values.x }}",
            ];
            changed.extend(others.map(|other| format!("{key}: {other}")));
            changed.extend([
                format!("{key}: “{value}”"),
                format!("{key}: \"{{{{ .x }}}}\""),
                format!("{key}\t: {value}"),
            ]);
        }
        for line in changed {
            let mut mutated = lines.clone();
            mutated[at] = &line;
            texts.push(mutated.join("\n") + "\n");
        }
    }
    texts
}

fn refusals(text: &str) -> Vec<Finding> {
    findings(&read(text)).into_iter().filter(|finding| finding.tier == Tier::Refused).collect()
}

/// Whether the API server stops at a finding and does not look at what is behind it (V1.2).
fn hides(finding: &Finding) -> bool {
    let decoding = ["json: ", "strict decoding error: ", "quantities must", "unable to parse", "parsing time"];
    matches!(finding.about, About::Reading(_) | About::Malformed(_))
        || finding.quote.as_deref().is_some_and(|quote| decoding.iter().any(|start| quote.starts_with(start)))
}

/// What is wrong with a fix of a refusal, if anything is.
fn faults(text: &str) -> Vec<String> {
    let before = refusals(text);
    let mut faults = Vec::new();
    for finding in &before {
        let mut least = usize::MAX;
        for fix in &finding.fixes {
            let changed = apply(text, &fix.edits);
            let after = refusals(&changed);
            if after.len() > least {
                faults.push(format!("{:?} for {:?} leaves more than another\n{changed}", fix.action, finding.about));
            }
            least = least.min(after.len());
            let is_new = |new: &&Finding| !before.iter().any(|old| old.about == new.about);
            let gained: i64 =
                fix.edits.iter().map(|edit| edit.replacement.len() as i64 - edit.range.len() as i64).sum();
            let shows_hidden = before.iter().any(hides);
            // What the fix wrote must not be refused; what it brought to light stood there before.
            let is_of_fix = |new: &&Finding| {
                let (Some(first), Some(last)) = (fix.edits.first(), fix.edits.last()) else { return true };
                let end = (last.range.end as i64 + gained).max(0) as usize;
                first.range.start < new.span.end && new.span.start < end
            };
            let is_wide = matches!(
                fix.action,
                FixAction::Unwrap
                    | FixAction::Move { .. }
                    | FixAction::SpacesForTabs
                    | FixAction::PlainCharacters
                    | FixAction::RemoveServerWritten
            );
            let bad: Vec<&About> = after
                .iter()
                .filter(is_new)
                .filter(|new| !shows_hidden || !is_wide && is_of_fix(new))
                .map(|new| &new.about)
                .collect();
            let stays = after.iter().any(|new| new.about == finding.about && new.quote == finding.quote)
                && after.len() >= before.len();
            if !bad.is_empty() || stays || !shows_hidden && after.len() >= before.len() {
                faults.push(format!("{:?} for {:?} leaves {bad:?}\n{changed}", fix.action, finding.about));
            }
        }
    }
    faults
}

#[test]
fn every_fix_leaves_fewer_refusals_and_adds_none() {
    let mut texts = written();
    texts.extend(mutations(JOB));
    // Of the others each 23rd, which come to every kind of line.
    let all: Vec<String> = written().iter().flat_map(|text| mutations(text)).collect();
    texts.extend(all.into_iter().step_by(23));
    let found: Vec<String> = texts.iter().flat_map(|text| faults(text)).collect();
    assert!(found.is_empty(), "{} of {} texts\n{}", found.len(), texts.len(), found[..found.len().min(12)].join("\n"));
}

/// Characters that only look right, and letters of the wrong size: each can be mended in one click.
#[test]
fn what_only_looks_right_is_mended() {
    let mut texts = Vec::new();
    for (at, line) in JOB.lines().enumerate() {
        let small = line.split_once(": ").map(|(key, value)| format!("{}: {value}", key.to_lowercase()));
        for changed in [
            line.replacen("  ", "\u{a0}\u{a0}", 1),
            line.replacen("  ", "\u{3000}", 1),
            line.replacen(": ", "\u{200b}: ", 1),
            format!("{line}\u{200b}"),
            line.replacen(", -", ", —", 1),
            line.replacen(", -", ", –", 1),
            small.unwrap_or_default(),
        ] {
            let mut lines: Vec<&str> = JOB.lines().collect();
            if changed != line && !changed.is_empty() {
                lines[at] = &changed;
                texts.push(lines.join("\n") + "\n");
            }
        }
    }
    for text in texts {
        let found = findings(&read(&text));
        let mut fixed = found.iter().flat_map(|finding| &finding.fixes).map(|fix| apply(&text, &fix.edits));
        assert!(fixed.any(|fixed| fixed == JOB), "{text}\n{found:?}");
    }
}

/// What is copied along with a manifest, and whether taking it off leaves the manifest as it was.
#[test]
fn what_is_copied_along_is_taken_off() {
    let marked = |mark: &str| JOB.lines().map(|line| format!("{mark}{line}\n")).collect::<String>();
    let numbered = |width: usize, sign: &str| {
        JOB.lines().enumerate().map(|(at, line)| format!("{:>width$}{sign}{line}\n", at + 1)).collect::<String>()
    };
    let diff = JOB.replace("  backoffLimit: 3\n", "  backoffLimit: 1\n+  backoffLimit: 3\n");
    let diff: String = diff
        .lines()
        .map(|line| match line {
            "  backoffLimit: 1" => "-  backoffLimit: 1\n".to_owned(),
            line if line.starts_with('+') => format!("{line}\n"),
            line => format!(" {line}\n"),
        })
        .collect();
    let only_changed = JOB.replace("  backoffLimit: 3\n", "-  backoffLimit: 1\n+  backoffLimit: 3\n");
    for (wrapping, text) in [
        (Wrapping::MarkdownFence, format!("```yaml\n{JOB}```\n")),
        (Wrapping::MarkdownFence, format!("```\n{JOB}```")),
        (Wrapping::MarkdownFence, format!("~~~ yml\n{JOB}~~~\n")),
        (Wrapping::MarkdownFence, format!("Here is my job: it fails.\n\n```yaml\n{JOB}```\n\nWhat now?\n")),
        (Wrapping::MarkdownFence, format!("{JOB}```\nthanks\n")),
        (Wrapping::MarkdownFence, format!("```sh\nkubectl apply -f x\n```\n```yaml\n{JOB}```\n")),
        (Wrapping::MarkdownFence, format!("1. apply\n   ```yaml\n{}   ```\n", marked("   "))),
        (Wrapping::HereDocument, format!("cat <<EOF | kubectl apply -f -\n{JOB}EOF\n")),
        (Wrapping::HereDocument, format!("kubectl apply -f - <<'YAML'\n{JOB}YAML\nkubectl get pods\n")),
        (Wrapping::HereDocument, format!("$ cat > job.yaml <<-\"END\"\n{}END\n", marked("\t"))),
        (Wrapping::HereDocument, format!("{JOB}EOF\n")),
        (Wrapping::DiffMarks, marked("+")),
        (Wrapping::DiffMarks, format!("diff --git a/j b/j\n--- a/j\n+++ b/j\n@@ -1,18 +1,18 @@\n{diff}")),
        (Wrapping::DiffMarks, only_changed.replace("+  ", "+ ").replace("-  ", "- ")),
        (Wrapping::DiffMarks, only_changed),
        (Wrapping::QuoteMarks, marked("> ")),
        (Wrapping::LineNumbers, numbered(6, "\t")),
        (Wrapping::LineNumbers, numbered(1, ":")),
        (Wrapping::LineNumbers, numbered(3, " | ")),
        (Wrapping::Prompt, format!("$ kubectl get job pi -o yaml\n{JOB}")),
        (
            Wrapping::Prompt,
            format!("user@host:~$ cat job.yaml\n{JOB}$ kubectl apply -f job.yaml\njob.batch/pi created\n"),
        ),
    ] {
        let found = refusals(&text);
        let about = About::Reading(Code::Wrapped(wrapping));
        let fix = found.iter().find(|finding| finding.about == about).and_then(|finding| finding.fixes.first());
        let fix = fix.unwrap_or_else(|| panic!("{wrapping:?} of\n{text}\n{found:?}"));
        assert_eq!(apply(&text, &fix.edits).trim_end(), JOB.trim_end(), "{wrapping:?} of\n{text}");
        assert!(found.iter().all(|finding| finding.about == about || finding.fixes.is_empty()), "{found:?}");
    }
}

/// A text that is no manifest is said to be none, without a fix that would make one of it.
#[test]
fn what_kubectl_prints_is_no_manifest() {
    let described = "Name:             pi\nNamespace:        default\nSelector:         x=y\nLabels:           <none>\n\
                     Parallelism:      1\nPod Template:\n  Labels:  a=b\n";
    let table = "NAME   STATUS     COMPLETIONS   DURATION   AGE\npi     Complete   1/1           12s        5m\n";
    for (wrapping, text) in [(Wrapping::Description, described), (Wrapping::Table, table)] {
        let found = refusals(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].about, About::Reading(Code::Wrapped(wrapping)));
        assert!(found[0].fixes.is_empty());
    }
}

#[test]
fn the_likeliest_fix_is_what_was_meant() {
    for (from, to, fixed) in [
        ("  backoffLimit: 3", "  backofLimit: 3", "  backoffLimit: 3"),
        (
            "        command: [sh, -c, exit 1]",
            "        command: echo hi",
            "        command: [\"sh\", \"-c\", \"echo hi\"]",
        ),
        ("        command: [sh, -c, exit 1]", "        command: /run.sh", "        command: [\"/run.sh\"]"),
        ("        command: [sh, -c, exit 1]", "        args: --all now", "        args: [\"--all\", \"now\"]"),
        ("  parallelism: 2\n", "  parallelism: -1\n", ""),
        ("  ttlSecondsAfterFinished: 60\n", "  ttlSecondsAfterFinished: -1\n", ""),
        ("  name: pi", "  name: “pi”", "  name: \"pi\""),
        ("  backoffLimit: 3", "  backoffLimit：3", "  backoffLimit: 3"),
        (
            "  completions: 4\n  backoffLimit: 3",
            "  completions：4\n  backoffLimit：3",
            "  completions: 4\n  backoffLimit: 3",
        ),
        ("[sh, -c, exit 1]", "[“sh”，“-c”，“exit 1”]", "[\"sh\", \"-c\", \"exit 1\"]"),
        ("      - name: main", "      – name: main", "      - name: main"),
        (
            "        env:\n        - name: A\n          value: b",
            "        env: {A: b}",
            "        env: [{\"name\":\"A\",\"value\":\"b\"}]",
        ),
    ] {
        let (text, wanted) = (JOB.replace(from, to), JOB.replace(from, fixed));
        let found = findings(&read(&text));
        // Worst first, as the page lists them.
        let worst = found.iter().filter(|finding| !finding.fixes.is_empty()).min_by_key(|finding| finding.tier);
        let worst = worst.filter(|finding| finding.tier == Tier::Refused).or_else(|| {
            found.iter().find(|finding| matches!(finding.about, About::Reading(Code::LookalikeInValue { .. })))
        });
        let fix = worst.and_then(|finding| finding.fixes.first());
        let fix = fix.unwrap_or_else(|| panic!("no fix of\n{text}\n{found:?}"));
        let changed = apply(&text, &fix.edits);
        assert_eq!(read(&changed).scenario, read(&wanted).scenario, "{to}: {:?}\n{changed}", fix.action);
    }
}

/// `kubectl get job pi -o yaml`, pasted: one click, and it can be created.
#[test]
fn what_the_server_wrote_goes_in_one_click() {
    let copied = "\
apiVersion: batch/v1
kind: Job
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{}'
  creationTimestamp: \"2025-01-01T00:00:00Z\"
  generation: 1
  labels:
    batch.kubernetes.io/controller-uid: 6b8e
    batch.kubernetes.io/job-name: pi
    controller-uid: 6b8e
    job-name: pi
  name: pi
  namespace: default
  resourceVersion: \"1234\"
  uid: 6b8e
spec:
  backoffLimit: 6
  selector:
    matchLabels:
      batch.kubernetes.io/controller-uid: 6b8e
  template:
    metadata:
      creationTimestamp: null
      labels:
        app: pi # mine
        batch.kubernetes.io/controller-uid: 6b8e
        batch.kubernetes.io/job-name: pi
        controller-uid: 6b8e
        job-name: pi
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: busybox
status:
  active: 1
  ready: 1
";
    let found = refusals(copied);
    let fix = found.iter().find_map(|finding| finding.fixes.first()).expect("a fix");
    assert_eq!(fix.action, FixAction::RemoveServerWritten);
    let changed = apply(copied, &fix.edits);
    assert!(refusals(&changed).is_empty(), "{:?}\n{changed}", refusals(&changed));
    for gone in ["uid", "status", "resourceVersion", "selector", "job-name", "creationTimestamp", "last-applied"] {
        assert!(!changed.contains(gone), "{gone} stays in\n{changed}");
    }
    assert!(changed.contains("app: pi # mine") && changed.contains("namespace: default"), "{changed}");
}

/// In a long document fixes are not tried out, and so not offered.
#[test]
fn refusals_of_a_long_document_have_no_fixes() {
    let text = |bytes: usize| {
        let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi}\nspec:\n  backofLimit: 3\n  template: {spec: \
                   {restartPolicy: Never, containers: [{name: main, image: busybox}]}}\n";
        format!("{job}#{}\n", "x".repeat(bytes - job.len() - 2))
    };
    for (bytes, has_fixes) in [(TRIED_BYTES, true), (TRIED_BYTES + 1, false)] {
        let text = text(bytes);
        assert_eq!(text.len(), bytes);
        let found = findings(&read(&text));
        let refusal = found.iter().find(|finding| finding.tier == Tier::Refused).expect("an unknown field");
        assert_eq!(!refusal.fixes.is_empty(), has_fixes, "{bytes}");
    }
}
