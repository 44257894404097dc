//! What a run shows of its own text: manifests and inputs that the API server refused, and inputs that did nothing.

use super::finding::{About, Finding};
use crate::cluster::reason::{Reason, Step, Wake};
use crate::manifest::{Path, Place, Reading, Tier};
use crate::recording::Recording;
use std::ops::Range;

/// What the run shows beside the findings of the text itself.
pub(super) fn findings(known: &[Finding], reading: &Reading, recording: &Recording) -> Vec<Finding> {
    let outside = recording.steps().iter().filter_map(|step| Some((step, Source::of(step)?)));
    let mut findings: Vec<Finding> = Vec::new();
    for (step, source) in outside {
        // What is refused field by field is not said again as a whole.
        let whole = source.manifest().and_then(|manifest| reading.span_of(&Place::manifest(manifest, "")));
        if whole.is_some_and(|whole| is_refused_in(known, &whole)) {
            continue;
        }
        findings
            .extend(recording.reasons(step).iter().filter_map(|reason| finding(reading, recording, reason, source)));
    }
    findings
}

/// What of the text is carried out in a step, by its number in the Scenario.
#[derive(Clone, Copy)]
enum Source {
    Manifest(usize),
    Input(usize),
}

impl Source {
    fn of(step: &Step) -> Option<Source> {
        match step.trigger.wake {
            Wake::Manifest(number) => Some(Source::Manifest(number as usize)),
            Wake::Input(number) => Some(Source::Input(number as usize)),
            _ => None,
        }
    }

    fn manifest(self) -> Option<usize> {
        match self {
            Source::Manifest(number) => Some(number),
            Source::Input(_) => None,
        }
    }

    /// The field at `path` of a manifest; of an input, its whole line.
    fn place(self, path: Path) -> Place {
        match self {
            Source::Manifest(manifest) => Place::Manifest { manifest, path },
            Source::Input(input) => Place::input(input),
        }
    }
}

/// Whether something in these bytes is known to be refused.
fn is_refused_in(findings: &[Finding], bytes: &Range<usize>) -> bool {
    findings.iter().any(|finding| finding.tier == Tier::Refused && bytes.contains(&finding.span.start))
}

fn finding(reading: &Reading, recording: &Recording, reason: &Reason, source: Source) -> Option<Finding> {
    let (about, path, quote) = match reason {
        Reason::Refused(refusal) => {
            let is_about_template = refusal.is_about_template();
            (About::RefusedInRun { is_about_template }, Path::from(&refusal.path()), Some(refusal.message.to_string()))
        }
        // Where nothing was created there is nothing to act on: that goes without saying.
        Reason::NoEffect(_) if is_empty(recording) => return None,
        Reason::NoEffect(why) => (About::NoEffect(*why), Path::default(), None),
        _ => return None,
    };
    let tier = match (&about, source) {
        (About::RefusedInRun { .. }, Source::Manifest(_)) => Tier::Refused,
        _ => Tier::Surprising,
    };
    let span = first_line(reading, reading.nearest_span(&source.place(path)).unwrap_or(0..0));
    Some(Finding { span, tier, about, quote, fixes: Vec::new() })
}

/// Whether no object was ever created.
fn is_empty(recording: &Recording) -> bool {
    recording.jobs().next().is_none() && recording.cron_jobs().next().is_none()
}

/// A place of many lines is marked at its first one.
fn first_line(reading: &Reading, span: Range<usize>) -> Range<usize> {
    let end = reading.text[span.clone()].find('\n').map_or(span.end, |end| span.start + end);
    span.start..end
}
