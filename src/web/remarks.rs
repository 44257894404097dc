//! What there is to say about places of the text: by its reader, by the API server, and about inputs that did nothing.

use super::state::Run;
use super::why::capitalized;
use crate::advice::{self, Tier};
use crate::cluster::reason::{Reason, Wake};
use crate::manifest::edit::Edit;
use crate::manifest::{Place, Reading};
use crate::order;
use crate::texts::Lang;
use std::ops::Range;

/// A remark on a place of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Remark {
    /// Its bytes.
    pub(super) span: Range<usize>,
    pub(super) tier: Tier,
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
    let read = advice::findings(reading).into_iter().map(|finding| Remark {
        words: lang.finding(&finding.about),
        span: finding.span,
        tier: finding.tier,
        quote: finding.quote,
        fixes: finding.fixes.into_iter().map(|fix| Fix { title: lang.fix(&fix.change), edits: fix.edits }).collect(),
    });
    let mut remarks: Vec<Remark> = read.collect();
    if let Some(run) = run {
        let mut happened = happened(reading, run, lang);
        // What is told field by field is not told again as a whole.
        happened.retain(|(manifest, _)| !manifest.as_ref().is_some_and(|whole| is_refused_in(&remarks, whole)));
        remarks.extend(happened.into_iter().map(|(_, remark)| remark));
    }
    order::sort_by_key(&mut remarks, |remark| (remark.span.start, remark.tier, remark.span.end));
    remarks
}

/// Whether something in these bytes is known to be refused.
fn is_refused_in(remarks: &[Remark], bytes: &Range<usize>) -> bool {
    remarks.iter().any(|remark| remark.tier == Tier::Refused && bytes.contains(&remark.span.start))
}

/// Manifests that were refused, with their bytes; inputs that were refused or did nothing.
fn happened(reading: &Reading, run: &Run, lang: Lang) -> Vec<(Option<Range<usize>>, Remark)> {
    let steps = run.recording.steps().iter();
    let outside = steps.filter(|step| matches!(step.trigger.wake, Wake::Manifest(_) | Wake::Input(_)));
    let mut remarks = Vec::new();
    for step in outside {
        for reason in run.recording.reasons(step) {
            let (words, quote, tier) = match (reason, step.trigger.wake) {
                (Reason::Refused(message), Wake::Manifest(_)) => {
                    (lang.page().refused.to_owned(), Some(message.to_string()), Tier::Refused)
                }
                (Reason::Refused(message), _) => {
                    (lang.page().refused.to_owned(), Some(message.to_string()), Tier::Surprising)
                }
                // Where nothing was created there is nothing to hit: that goes without saying.
                (Reason::NoEffect(_), _) if run.is_empty() => continue,
                (Reason::NoEffect(why), _) => (capitalized((lang.reason().no_effect)(*why)), None, Tier::Surprising),
                _ => continue,
            };
            let place = match step.trigger.wake {
                Wake::Manifest(number) => Place::manifest(number as usize, quote.as_deref().map_or("", field_of)),
                Wake::Input(number) => Place::input(number as usize),
                _ => continue,
            };
            let span = first_line(reading, reading.nearest_span(&place).unwrap_or(0..0));
            let whole = match step.trigger.wake {
                Wake::Manifest(number) => reading.span_of(&Place::manifest(number as usize, "")),
                _ => None,
            };
            let remark = Remark { span, tier, words, quote, fixes: Vec::new() };
            remarks.push((whole, remark));
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
