//! The judge: every recorded trace of the real controllers in tests/conformance, none skipped. `UPDATE_EXPECT` does
//! nothing here: these files are what Kubernetes did, not what we would like.

use job_playground::conformance::{CaseKind, RECORDED_CASES, cases, judge};
use support::{root, shown, text};

#[test]
fn every_recorded_trace_is_equal() {
    let all = cases(&root().join("tests/conformance")).unwrap_or_else(|error| panic!("{error}"));
    let traces: Vec<_> = all.iter().filter(|case| case.kind == CaseKind::Trace).collect();
    assert_eq!(traces.len(), 743 + 446, "the number of traces");
    assert_eq!(all.len(), RECORDED_CASES, "what the page says");
    let mut failed = Vec::new();
    for case in &traces {
        if let Some(difference) = judge(case).unwrap_or_else(|error| panic!("{}: {error}", case.name)) {
            failed.push(format!(
                "{}: line {} differs\n  recorded  {}\n  found     {}\n  alone     cargo run -- run {} --trace",
                case.name,
                difference.line,
                difference.expected,
                difference.found,
                shown(&case.input)
            ));
        }
    }
    println!("conformance: {} passed, {} failed", traces.len() - failed.len(), failed.len());
    assert!(failed.is_empty(), "{} of {} cases differ\n{}", failed.len(), traces.len(), failed.join("\n"));
}

#[test]
fn every_core_case_has_a_trace() {
    let folder = root().join("tests/conformance");
    let core = text(&folder.join("core.txt"));
    assert_eq!(core.lines().count(), 60);
    for name in core.lines() {
        assert!(folder.join(format!("curated/{name}.trace.jsonl")).exists(), "{name}");
    }
}
