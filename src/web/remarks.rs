//! What there is to say about places of the text, in words.

use super::state::Run;
use crate::advice::{self, Tier};
use crate::manifest::Reading;
use crate::manifest::edit::Edit;
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
    /// Ways to fix it.
    pub(super) fixes: Vec<Fix>,
}

/// A way to fix something.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fix {
    /// What it does, in words.
    pub(super) title: String,
    pub(super) edits: Vec<Edit>,
}

/// All remarks, in the order of the text. `run` is the text's own; `None` if there is none.
pub(super) fn of(reading: &Reading, run: Option<&Run>, lang: Lang) -> Vec<Remark> {
    let findings = advice::findings_with_run(reading, run.map(|run| &*run.recording));
    let remarks = findings.into_iter().map(|finding| Remark {
        words: lang.finding(&finding.about),
        span: finding.span,
        tier: finding.tier,
        quote: finding.quote,
        fixes: finding.fixes.into_iter().map(|fix| Fix { title: lang.fix(&fix.action), edits: fix.edits }).collect(),
    });
    remarks.collect()
}
