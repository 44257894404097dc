//! A remark on a place of a text.

use super::fix::{Fix, FixBudget, Fixer};
use super::malformed::Malformed;
use super::reading::Whole;
use super::surprise::Surprise;
use crate::api::validation::{Cause, WarningCause};
use crate::cluster::reason::NoEffect;
use crate::limits::{QUOTE_BYTES, fold};
use crate::manifest::{Code, Diagnostic, DocumentKind, Path, Place, Reading, Tier};
use std::ops::Range;

/// A remark on a place of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its bytes in the text: a key or a value, never more than a line.
    pub span: Range<usize>,
    /// How bad it is.
    pub tier: Tier,
    /// What there is to say.
    pub about: About,
    /// The API server's or kubectl's own words, if there are any; several refusals on a line each. For output only.
    pub quote: Option<String>,
    /// Fixes, the likeliest first.
    pub fixes: Vec<Fix>,
}

/// What there is to say.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// What the reader of the text found: YAML, documents, the Scenario.
    Reading(Code),
    /// What the API server cannot decode.
    Malformed(Malformed),
    /// What the API server refuses.
    Refused {
        /// The last name of the path to it.
        field: String,
        /// Why.
        cause: Cause,
    },
    /// What the API server accepts with a warning.
    Warned(WarningCause),
    /// What it accepts without a word, and what few expect.
    Surprise(Surprise),
    /// What plays no part here.
    Idle {
        /// Fields of a pod template that change nothing, in the order of the text, each once.
        fields: Vec<String>,
        /// What a real cluster would check beside.
        unchecked: Vec<Unchecked>,
    },
    /// A manifest or an input that the API server refused in the run; only its own words are known.
    RefusedInRun {
        /// Whether it changes the pod template of a Job that exists.
        is_about_template: bool,
    },
    /// An input that did nothing in the run.
    NoEffect(NoEffect),
}

/// What a real cluster checks and this page does not, or takes for granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unchecked {
    /// That an object of this kind exists.
    Exists(&'static str),
    /// That an object of this kind exists: it does, unless the Scenario says that it is missing.
    Assumed(&'static str),
    /// That some node has room for the pod, and is one that it may run on: without `cluster.nodes` there is one.
    Node,
    /// That a policy, such as Pod Security admission, allows it.
    Policy,
}

impl Unchecked {
    /// The kinds of which something has to exist, and nobody looks whether it does.
    pub fn unknown_kinds(all: &[Unchecked]) -> impl Iterator<Item = &'static str> {
        all.iter().filter_map(|unchecked| if let Unchecked::Exists(kind) = unchecked { Some(*kind) } else { None })
    }

    /// The kinds of which something is taken to exist.
    pub fn assumed_kinds(all: &[Unchecked]) -> impl Iterator<Item = &'static str> {
        all.iter().filter_map(|unchecked| if let Unchecked::Assumed(kind) = unchecked { Some(*kind) } else { None })
    }
}

impl Finding {
    /// Leaves the beginning and the end of a quote that is very long: the end says why.
    pub(super) fn fold(&mut self) {
        self.quote.iter_mut().for_each(|quote| fold(quote, QUOTE_BYTES));
    }

    /// A surprise at a field of a manifest, with the fixes that can be written.
    pub(super) fn of_surprise(
        fixer: &Fixer<'_>,
        path: &Path,
        surprise: Surprise,
        fixes: impl IntoIterator<Item = Option<Fix>>,
    ) -> Finding {
        Finding {
            span: mark(fixer.reading, &fixer.place(path)),
            tier: Tier::Surprising,
            about: About::Surprise(surprise),
            quote: None,
            fixes: fixes.into_iter().flatten().collect(),
        }
    }

    /// What the reader of the text found.
    pub(super) fn of_reader(reading: &Reading, budget: &FixBudget) -> Vec<Finding> {
        let whole = Whole::of(reading);
        let finding = |diagnostic: &Diagnostic| Finding {
            span: diagnostic.span.clone(),
            tier: diagnostic.tier(),
            quote: diagnostic.code.kubectl_words().or_else(|| behind(reading, diagnostic)),
            about: About::Reading(diagnostic.code.clone()),
            fixes: super::reading::fixes(reading, diagnostic, &whole, budget),
        };
        reading.diagnostics.iter().map(finding).collect()
    }
}

/// What kubectl says of the document that a wrapping or a template makes unreadable.
fn behind(reading: &Reading, diagnostic: &Diagnostic) -> Option<String> {
    let mut documents = reading.documents.iter();
    let document = match diagnostic.code {
        Code::Wrapped(_) => documents.next(),
        Code::Template => documents.find(|document| document.span.contains(&diagnostic.span.start)),
        _ => None,
    };
    match &document?.kind {
        DocumentKind::Unreadable(problem) => Code::Yaml(problem.clone()).kubectl_words(),
        _ => None,
    }
}

/// Where a remark on a field stands: at its value, at its key if the value is a map, a list or nothing, else at the
/// nearest key around. Never more than the first line.
pub(super) fn mark(reading: &Reading, place: &Place) -> Range<usize> {
    let is_line = |span: &Range<usize>| !span.is_empty() && !reading.text[span.clone()].contains('\n');
    let span = reading
        .value_span(place)
        .filter(is_line)
        .or_else(|| reading.key_span(place))
        .or_else(|| reading.nearest_span(place))
        .unwrap_or(0..0);
    let line = reading.text[span.clone()].lines().next().unwrap_or_default();
    span.start..span.start + line.trim_end().len()
}
