//! What there is to say about places of the text: by its reader, by the API server, and about inputs that did nothing.

use super::state::Run;
use crate::cluster::reason::{Reason, Wake};
use crate::manifest::edit::Edit;
use crate::manifest::{Place, Reading, Severity};
use crate::texts::Lang;
use std::ops::Range;

/// A remark on a place of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Remark {
    /// Its bytes.
    pub(super) span: Range<usize>,
    pub(super) severity: Severity,
    /// In plain words.
    pub(super) words: String,
    /// In the words of the API server or kubectl.
    pub(super) quote: Option<String>,
    /// Ways to mend it.
    pub(super) fixes: Vec<Fix>,
}

/// A way to mend something.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fix {
    /// What it does, in words.
    pub(super) title: String,
    pub(super) edits: Vec<Edit>,
}

/// All remarks, in the order of the text. `run` is the text's own; `None` if there is none.
pub(super) fn of(reading: &Reading, run: Option<&Run>, lang: Lang) -> Vec<Remark> {
    let read = reading.diagnostics.iter().map(|diagnostic| Remark {
        span: diagnostic.span.clone(),
        severity: diagnostic.severity(),
        words: lang.diagnostic(&diagnostic.code),
        quote: diagnostic.code.kubectl_words(),
        fixes: Vec::new(),
    });
    let mut remarks: Vec<Remark> = read.collect();
    if let Some(run) = run {
        remarks.extend(happened(reading, run, lang));
    }
    remarks.sort_by_key(|remark| (remark.span.start, remark.span.end));
    remarks
}

/// Manifests that were refused, inputs that were refused or did nothing.
fn happened(reading: &Reading, run: &Run, lang: Lang) -> Vec<Remark> {
    let steps = run.recording.steps().iter();
    let outside = steps.filter(|step| matches!(step.trigger.wake, Wake::Manifest(_) | Wake::Input(_)));
    let mut remarks = Vec::new();
    for step in outside {
        for reason in run.recording.reasons(step) {
            let (words, quote, severity) = match (reason, step.trigger.wake) {
                (Reason::Refused(message), Wake::Manifest(_)) => {
                    (lang.page().refused.to_owned(), Some(message.to_string()), Severity::Error)
                }
                (Reason::Refused(message), _) => {
                    (lang.page().refused.to_owned(), Some(message.to_string()), Severity::Warning)
                }
                (Reason::NoEffect(why), _) => ((lang.reason().no_effect)(*why).to_owned(), None, Severity::Warning),
                _ => continue,
            };
            let place = match step.trigger.wake {
                Wake::Manifest(number) => Place::manifest(number as usize, quote.as_deref().map_or("", field_of)),
                Wake::Input(number) => Place::input(number as usize),
                _ => continue,
            };
            let span = first_line(reading, reading.nearest_span(&place).unwrap_or(0..0));
            remarks.push(Remark { span, severity, words, quote, fixes: Vec::new() });
        }
    }
    remarks
}

/// A place of many lines is told at its first one.
fn first_line(reading: &Reading, span: Range<usize>) -> Range<usize> {
    let end = reading.text[span.clone()].find('\n').map_or(span.end, |end| span.start + end);
    span.start..end
}

/// The first field that a refusal names: `The Job "pi" is invalid: spec.parallelism: Invalid value: …`.
fn field_of(message: &str) -> &str {
    let Some((_, fields)) = message.split_once(" is invalid: ") else { return "" };
    let fields = fields.trim_start_matches(['[', ' ', '*']);
    fields.split_once(": ").map_or("", |(field, _)| field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_its_field() {
        for (message, field) in [
            ("The Job \"pi\" is invalid: spec.parallelism: Invalid value: -1: must be …", "spec.parallelism"),
            ("The Job \"a\" is invalid: [spec.completions: Required value, spec.x: …]", "spec.completions"),
            ("jobs.batch \"pi\" already exists", ""),
        ] {
            assert_eq!(field_of(message), field, "{message}");
        }
    }
}
