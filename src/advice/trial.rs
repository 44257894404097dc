//! Tries a fix out before it is offered: a fix leaves fewer refusals than there were, and brings none.

use super::finding::{About, Finding};
use super::fix::{Fix, FixBudget};
use super::{Review, Tier};
use crate::limits::TRIED_BYTES;
use crate::manifest::edit::{self, Edit};
use crate::manifest::{Code, Reading, read};
use std::ops::Range;

/// Leaves only fixes that work. What cannot be tried any more is not offered either.
pub(super) fn keep_what_works(reading: &Reading, findings: &mut [Finding], budget: &FixBudget) {
    let is_wrapped = |finding: &Finding| matches!(finding.about, About::Reading(Code::Wrapped(_)));
    if findings.iter().any(is_wrapped) {
        // What is said of the manifest is said of its wrapping.
        let others = findings.iter_mut().filter(|finding| !is_wrapped(finding));
        others.for_each(|finding| finding.fixes.clear());
    }
    let mut known: Option<(Range<usize>, Vec<Finding>)> = None;
    for finding in findings.iter_mut().filter(|finding| finding.tier == Tier::Refused && !finding.fixes.is_empty()) {
        let mut kept = Vec::new();
        // How many refusals the best fix so far leaves: one that leaves more is none.
        let mut least = usize::MAX;
        for fix in std::mem::take(&mut finding.fixes) {
            let span = span_of(reading, finding, &fix);
            if span.len() > TRIED_BYTES || budget.read(span.len()).is_none() {
                break;
            }
            let text = &reading.text[span.clone()];
            if known.as_ref().is_none_or(|(of, _)| *of != span) {
                known = Some((span.clone(), refusals(text)));
            }
            let Some((_, before)) = &known else { break };
            let edits: Vec<Edit> = fix.edits.iter().map(|edit| moved(edit, span.start)).collect();
            if let Some(left) = left_by(text, before, finding, &edits).filter(|left| *left <= least) {
                least = left;
                kept.push(fix);
            }
        }
        finding.fixes = kept;
    }
}

/// The document, where all is in it; else the text.
fn span_of(reading: &Reading, finding: &Finding, fix: &Fix) -> Range<usize> {
    let is_in = |span: &Range<usize>, part: &Range<usize>| span.start <= part.start && part.end <= span.end;
    let documents = reading.documents.iter().map(|document| &document.span);
    let around = documents.filter(|span| is_in(span, &finding.span)).find(|span| {
        let starts_own_line = reading.text[..span.start].ends_with('\n');
        starts_own_line && fix.edits.iter().all(|edit| is_in(span, &edit.range))
    });
    around.cloned().unwrap_or(0..reading.text.len())
}

fn moved(edit: &Edit, start: usize) -> Edit {
    Edit { range: edit.range.start - start..edit.range.end - start, replacement: edit.replacement.clone() }
}

/// All refusals of a text, without fixes.
fn refusals(text: &str) -> Vec<Finding> {
    let reading = read(text);
    let budget = FixBudget::spent();
    let mut review = Review { findings: Finding::of_reader(&reading, &budget), manifests: 0, budget };
    while review.advance(&reading) {}
    review.findings.retain(|finding| finding.tier == Tier::Refused);
    review.findings
}

/// How many refusals a fix leaves, if it works.
fn left_by(text: &str, before: &[Finding], finding: &Finding, edits: &[Edit]) -> Option<usize> {
    let after = refusals(&edit::apply(text, edits));
    let is_same = |other: &&Finding| other.about == finding.about && other.quote == finding.quote;
    let is_gone = after.iter().filter(is_same).count() < before.iter().filter(is_same).count();
    let is_new = |new: &&Finding| !before.iter().any(|old| old.about == new.about);
    let mut new = after.iter().filter(is_new);
    let works = if before.iter().any(hides) {
        let written = written(edits);
        is_gone && !new.any(|new| written.iter().any(|part| part.start < new.span.end && new.span.start < part.end))
    } else {
        is_gone && new.next().is_none() && after.len() < before.len()
    };
    works.then_some(after.len())
}

/// Whether the API server stops at this, so that what is behind it comes to light only when it is gone (V1.2).
fn hides(finding: &Finding) -> bool {
    match &finding.about {
        About::Malformed(_) => true,
        About::Reading(code) => !matches!(code, Code::NoApiVersion { .. } | Code::WrongApiVersion { .. }),
        _ => false,
    }
}

/// The bytes that edits wrote, in the text after them.
fn written(edits: &[Edit]) -> Vec<Range<usize>> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    crate::order::sort_by_key(&mut sorted, |edit| (edit.range.start, edit.range.end));
    let (mut added, mut removed) = (0, 0);
    let mut parts = Vec::new();
    for edit in sorted {
        let start = edit.range.start + added - removed;
        parts.push(start..start + edit.replacement.trim_end().len());
        added += edit.replacement.len();
        removed += edit.range.len();
    }
    parts
}
