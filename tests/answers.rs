//! Every recorded answer of the API server, held against ours.

use job_playground::conformance::{self, CaseKind};
use std::path::Path;

#[test]
fn every_answer_is_the_recorded_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/manifests");
    let cases = conformance::cases(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let answers: Vec<_> = cases.iter().filter(|case| case.kind == CaseKind::Answer).collect();
    assert!(!answers.is_empty(), "no recorded answers under {}", folder.display());
    let mut failed = Vec::new();
    for case in &answers {
        match conformance::judge(case) {
            Ok(None) => {}
            Ok(Some(difference)) => failed.push(format!(
                "{}: line {}\n  recorded: {}\n  found:    {}\n  alone:    cargo run -- answer {}",
                case.name,
                difference.line,
                difference.expected.trim(),
                difference.found.trim(),
                case.input.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&case.input).display()
            )),
            Err(error) => failed.push(format!("{}: {error}", case.name)),
        }
    }
    let (wrong, all) = (failed.len(), answers.len());
    assert!(failed.is_empty(), "{wrong} of {all} answers differ\n\n{}", failed.join("\n\n"));
}
