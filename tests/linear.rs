//! What is said about a text costs as much as the text is long: texts of up to 10,000 lines, each full of one thing. A kind
//! that is looked for anew at each of its places takes minutes here, and not a second.

#![expect(clippy::disallowed_types, reason = "the time of the machine is what is measured")]

use job_playground::advice;
use job_playground::limits::{FIXES, FIXES_READ_BYTES, TRIED_BYTES};
use job_playground::manifest;
use std::time::{Duration, Instant};

/// Ample for a debug build on a busy machine.
const MOST: Duration = Duration::from_secs(20);

fn job(spec: &str, pod: &str, container: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: pi\nspec:\n{spec}  template:\n    spec:\n      \
         restartPolicy: Never\n{pod}      containers:\n      - name: main\n        image: busybox\n{container}"
    )
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

fn in_container(list: &str, count: usize, item: impl Fn(usize) -> String) -> String {
    job("", "", &format!("        {list}:\n{}", lines(count, |number| format!("        - {}\n", item(number)))))
}

fn in_scenario(list: &str, count: usize, line: impl Fn(usize) -> String) -> String {
    let lines = lines(count, |number| format!("  {}\n", line(number)));
    let job = job("", "", "");
    format!("{job}---\napiVersion: job-playground/v1\nkind: Scenario\nspec:\n  {list}\n{lines}")
}

fn labels(count: usize, label: impl Fn(usize) -> String) -> String {
    let labels = lines(count, |number| format!("    {}\n", label(number)));
    job("", "", "").replace("  name: pi\n", &format!("  name: pi\n  labels:\n{labels}"))
}

fn kinds() -> Vec<(&'static str, String)> {
    let cron_job = |number: usize| {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: c{number}}}\nspec:\n  schedule: '*/5 * * * *'\n  \
             jobTemplate: {{spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: b}}]}}}}}}}}\n---\n"
        )
    };
    let shared = lines(100, |number| format!("k{number}: {number}, "));
    vec![
        ("unknown fields", job(&lines(9_900, |number| format!("  u{number}: 1\n")), "", "")),
        (
            "unknown fields of many Jobs",
            lines(900, |number| {
                format!(
                    "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: j{number}}}\nspec:\n  complitions: 3\n  a: 1\n  restartPolicy: Never\n---\n"
                )
            }),
        ),
        ("misplaced fields", job(&lines(9_900, |_| "  restartPolicy: Never\n".to_owned()), "", "")),
        ("repeated keys", job(&lines(9_900, |_| "  completions: 1\n".to_owned()), "", "")),
        ("names of variables", in_container("env", 9_900, |number| format!("{{name: 'a b={number}', value: x}}"))),
        ("no names of variables", in_container("env", 9_900, |_| "{value: x}".to_owned())),
        ("repeated variables", in_container("env", 9_900, |_| "{name: A, value: x}".to_owned())),
        ("ports", in_container("ports", 9_900, |number| format!("{{containerPort: {}}}", number + 70_000))),
        ("repeated ports", in_container("ports", 9_900, |_| "{containerPort: 80, name: a}".to_owned())),
        ("mounts", in_container("volumeMounts", 9_900, |number| format!("{{name: v{number}, mountPath: /a}}"))),
        ("containers", job("", "", &lines(4_900, |_| "      - {name: main, image: ''}\n".to_owned()))),
        ("volumes", job("", &format!("      volumes:\n{}", lines(9_900, |_| "      - {name: a}\n".to_owned())), "")),
        (
            "tolerations",
            job("", &format!("      tolerations:\n{}", lines(9_900, |_| "      - {operator: X}\n".to_owned())), ""),
        ),
        ("labels", labels(9_900, |number| format!("'a b{number}': 'c d'"))),
        ("unknown fields of a Scenario", in_scenario("cluster:", 9_900, |number| format!("  u{number}: 1"))),
        (
            "taints of a node",
            in_scenario("cluster: {nodes: [{name: a, taints: [", 9_900, |number| {
                format!("'a{number}:NoSchedule', 'b{number}:NoExecute', 'c{number}:No',")
            }) + "  ]}]}\n",
        ),
        ("inputs without a verb", in_scenario("inputs:", 9_900, |number| format!("- {{at: {number}s}}"))),
        (
            "patches of unknown fields",
            in_scenario("inputs:", 9_900, |number| format!("- {{at: {number}s, patch: {{spec: {{complitions: 3}}}}}}")),
        ),
        ("behaviors", in_scenario("behaviors:", 9_900, |number| format!("- {{run: {number}}}"))),
        ("documents that cannot be read", lines(4_900, |_| "a: [\n---\n".to_owned())),
        ("documents without a kind", lines(3_300, |_| "a: 1\nb: 1\n---\n".to_owned())),
        ("documents of other kinds", lines(3_300, |_| "kind: Pod\nb: 1\n---\n".to_owned())),
        ("Jobs without a version", lines(3_300, |_| "kind: Job\nspec: {}\n---\n".to_owned())),
        (
            "items of a List without a kind",
            format!("kind: List\nitems: [\n{}{{}}]\n", lines(9_900, |_| "{},".repeat(30) + "\n")),
        ),
        ("objects of a JSON stream, and blanks", "{}".repeat(250_000) + &lines(9_000, |_| " ".repeat(50) + "\n")),
        ("keys behind no-break spaces", lines(9_900, |number| format!("\u{a0}k{number}: \u{a0}{number}\n"))),
        ("no-break spaces", lines(900, |_| format!("a: b{}c\n", "\u{a0}".repeat(500)))),
        ("objects of a JSON stream", lines(9_900, |_| "{}".repeat(45) + "\n")),
        ("templates", lines(3_300, |_| "a: {{ .Values.a }}\nb: [\n---\n".to_owned())),
        ("separators", lines(9_900, |number| format!("--- a{number}\n"))),
        ("CronJobs", lines(1_400, cron_job)),
        (
            "merge keys",
            format!("a: &a {{{shared}}}\nkind: Job\nspec:\n{}", lines(450, |n| format!("  m{n}: {{<<: *a}}\n"))),
        ),
        (
            "merge keys in one map",
            format!("a: &a {{{shared}}}\nkind: Job\nspec:\n{}", lines(450, |_| "  <<: *a\n".to_owned())),
        ),
    ]
}

#[test]
fn findings_are_linear() {
    let mut slow = Vec::new();
    for (kind, text) in kinds() {
        assert!(text.lines().count() > 440 && text.lines().count() <= 10_000, "{kind}: {}", text.lines().count());
        let start = Instant::now();
        let reading = manifest::read(&text);
        let read = start.elapsed();
        let findings = advice::findings(&reading).len();
        let all = start.elapsed();
        println!("{kind}: {} bytes, {findings} findings, read in {read:?}, all in {all:?}", text.len());
        assert!(findings > 0, "{kind}: nothing is said");
        if all > MOST {
            slow.push(format!("{kind}: {all:?}"));
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}

fn findings_with_fixes(text: &str) -> (usize, usize) {
    let findings = advice::findings(&manifest::read(text));
    (findings.len(), findings.iter().filter(|finding| !finding.fixes.is_empty()).count())
}

#[test]
fn fixes_are_bounded() {
    let repeated = |keys: usize| job(&lines(keys + 1, |_| "  completions: 1\n".to_owned()), "", "");
    assert_eq!(findings_with_fixes(&repeated(FIXES)), (FIXES, FIXES));
    assert_eq!(findings_with_fixes(&repeated(FIXES + 1)), (FIXES + 1, FIXES));
}

/// Each of these images is fixed by writing another one, which is checked by reading the text with it.
#[test]
fn what_fixes_read_is_bounded() {
    for count in [10, 1_000, 3_000] {
        let text = job("", "", &lines(count, |number| format!("      - {{name: c{number}, image: ''}}\n")));
        let is_tried = text.len() <= TRIED_BYTES;
        let checked = if is_tried { FIXES_READ_BYTES.div_ceil(text.len()).min(count) } else { 0 };
        assert_eq!(findings_with_fixes(&text), (count, checked), "{count}");
    }
}
