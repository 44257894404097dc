//! What kits for documentation systems stand on: figures with attributes, messages that lead to a line of a page, and the
//! preprocessor of mdBook. The sites themselves: `cargo xtask hosts`.

use job_playground::picture::attributes::{Attributes, Mistake};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

const JOB: &str = "apiVersion: batch/v1
kind: Job
metadata: {name: pi}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: main, image: busybox, command: [sleep, \"5\"]}
";

/// Exit code, output and errors.
fn ended(arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_job-playground"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("an input").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn figure(attributes: &str) -> (Option<i32>, String, String) {
    ended(&["run", "-", "--output=html", "--name=guide/pi.md:12", &format!("--attributes={attributes}")], JOB)
}

#[test]
fn a_figure_is_as_its_author_wants_it() {
    let (code, html, errors) = figure(r#" at="4s" lang=zh why='full' caption="Pi & “co”" "#);
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert!(html.starts_with("<figure><job-playground lang=\"zh-CN\" at=\"4s\" why=\"full\" film='"), "{html:.200}");
    assert!(html.contains("<figcaption>Pi &amp; “co”</figcaption></figure>"));
    let (_, html, _) = figure("live=true mode=play faults='fail evict'");
    assert!(
        html.starts_with("<figure><job-playground lang=\"en\" mode=\"play\" faults=\"fail evict\"><a href="),
        "{html:.200}"
    );
    assert!(html.contains("<pre><code class=\"language-yaml\">apiVersion: batch/v1&#10;"));
    let (_, html, _) = figure("at=mark:pod-1 beats=\"0s;end\"");
    assert!(html.contains(" at=\"mark:pod-1\" beats=\"0s;end\" film='"), "{html:.200}");
}

#[test]
fn what_is_no_attribute_is_told_with_the_line() {
    for (line, message) in [
        ("at=soon", "guide/pi.md:12: at=\"soon\""),
        ("lang=fr", "guide/pi.md:12: lang=\"fr\""),
        ("theme=blue", "guide/pi.md:12: theme=\"blue\""),
        ("live=maybe", "guide/pi.md:12: live=\"maybe\""),
        ("onclick=\"alert()\"", "guide/pi.md:12: a run has no attribute `onclick`"),
        ("at", "guide/pi.md:12: write attributes like"),
        ("at=\"4s", "not `at=\"4s`"),
        ("at=\"4s\"why=full", "not `at"),
    ] {
        let (code, html, errors) = figure(line);
        assert_eq!((code, html.as_str()), (Some(2), ""), "{line}");
        assert!(errors.contains(message), "{line}: {errors}");
    }
    assert_eq!(Attributes::read(" at = 4s"), Err(Mistake::Malformed("at = 4s".to_owned())));
    assert_eq!(Attributes::read("\t "), Ok(Attributes::default()));
}

#[test]
fn messages_lead_to_the_line_of_the_page() {
    let text = JOB.replace("kind: Job", "kind: Jobb");
    let (code, html, errors) = ended(&["run", "-", "--output=html", "--name=guide/pi.md:12"], &text);
    assert_eq!((code, html.as_str()), (Some(2), ""));
    assert!(errors.starts_with("guide/pi.md:13:7: "), "{errors}");
}

/// A book of one chapter with a chapter below it.
fn book(chapter: &str, below: &str) -> String {
    let below = json!([{"Chapter": {"content": below, "path": "deep/below.md", "sub_items": []}}, "Separator"]);
    let items = json!([{"Chapter": {"content": chapter, "path": "jobs.md", "sub_items": below}}]);
    let config = json!({"book": {"language": "en", "src": "text"}, "preprocessor": {"job-playground": {"page": "https://jobs.example/"}}});
    json!([{"config": config, "renderer": "html"}, {"items": items}]).to_string()
}

/// The contents of its chapters.
fn contents(book: &str) -> [String; 2] {
    let book: Value = serde_json::from_str(book).expect("JSON");
    let chapter = &book["items"][0]["Chapter"];
    let below = &chapter["sub_items"][0]["Chapter"];
    [chapter, below].map(|chapter| chapter["content"].as_str().expect("a text").to_owned())
}

#[test]
fn fences_of_a_book_become_figures() {
    let indented = JOB.replace('\n', "\n  ");
    let chapter = format!(
        "# Jobs\n\n```yaml job-playground at=\"4s\"\n{JOB}```\n\n- In a list\n\n  ~~~~yml,job-playground\n  {indented}~~~~\nEnd"
    );
    let (code, printed, errors) = ended(&["mdbook"], &book(&chapter, &format!("```yaml,job-playground\n{JOB}```\n")));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    let [chapter, below] = contents(&printed);
    let lines: Vec<&str> = chapter.lines().collect();
    let figures: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].trim_start().starts_with("<figure>")).collect();
    assert_eq!((figures, lines.len()), (vec![2, 7], 10), "{chapter:.300}");
    assert!(lines[7].starts_with("  <figure>") && lines[3].is_empty() && lines[8].is_empty() && lines[9] == "End");
    assert!(lines[2].contains("href=\"https://jobs.example/#v1."));
    // The text is the same as if it stood in no list.
    let state = |line: &str| line.split("#v1.").nth(1).map(|rest| rest.split(['&', '"']).next().map(str::to_owned));
    assert_eq!(state(lines[2]), state(lines[7]));
    assert!(below.starts_with("<figure>"));
}

#[test]
fn all_else_in_a_book_stays() {
    let chapter = format!(
        "```yaml\n{JOB}```\n\n````markdown\n```yaml job-playground\n{JOB}```\n````\n\n```yaml job-playground-later\n{JOB}```\n\n```job-playground`` in a line\n\n    ```yaml,editable\n{JOB}"
    );
    let (code, printed, errors) = ended(&["mdbook"], &book(&chapter, "```yaml job-playgrounds\nno end\n"));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert_eq!(contents(&printed), [chapter, "```yaml job-playgrounds\nno end\n".to_owned()]);
}

#[test]
fn all_mistakes_of_a_book_are_told() {
    let broken = JOB.replace("kind: Job", "kind: Jobb");
    let chapter =
        format!("# Jobs\n\n```yaml job-playground\n{broken}```\n\n```yaml job-playground at=soon\n{JOB}```\n");
    let (code, printed, errors) =
        ended(&["mdbook"], &book(&chapter, &format!("```yaml job-playground\n{broken}```\n")));
    assert_eq!((code, printed.as_str()), (Some(1), ""));
    for place in ["text/jobs.md:5:7: ", "text/jobs.md:16: at=\"soon\"", "text/deep/below.md:3:7: "] {
        assert!(errors.contains(place), "{place}: {errors}");
    }
}

#[test]
fn only_html_has_figures() {
    assert_eq!(ended(&["mdbook", "supports", "html"], "").0, Some(0));
    assert_eq!(ended(&["mdbook", "supports", "markdown"], "").0, Some(1));
    assert_eq!(ended(&["mdbook"], "no book").0, Some(2));
}
