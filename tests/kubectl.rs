//! What the real printers print, line by line: every recorded case in tests/conformance/kubectl, none skipped, and cases
//! of our own in tests/kubectl.

use job_playground::conformance::{self, CaseKind, PROMPT, cases, judge};
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
            let at = at - job_playground::time::Time::ZERO;
            let _ = writeln!(told, "  alone     cargo run -- kubectl {input} --at {at} --normalize -- {command}");
        }
    }
    println!("kubectl: {} passed, {failed} failed", texts.len() - failed);
    assert_eq!(failed, 0, "{failed} of {} texts differ\n{told}", texts.len());
}
