//! What there is to say about places of the text, in words.

use crate::advice::{About, Review, Tier};
use crate::lessons::{Checked, FaultKind};
use crate::manifest::Reading;
use crate::manifest::edit::Edit;
use crate::order;
use crate::texts::Lang;
use crate::web::lessons::doors;
use crate::web::state::run::RecordedRun;
use std::ops::Range;

/// A remark on a place of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remark {
    /// Its bytes.
    pub(crate) span: Range<usize>,
    pub(crate) tier: Tier,
    /// Whether it is about fields that play no part here: nobody has to do anything about them.
    pub(crate) is_idle: bool,
    /// In plain words.
    pub(crate) words: String,
    /// In the words of the API server or kubectl.
    pub(crate) quote: Option<String>,
    /// Ways to fix it.
    pub(crate) fixes: Vec<Fix>,
    /// The lesson that shows it, by its id.
    pub(crate) lesson: Option<&'static str>,
}

/// A way to fix something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fix {
    /// What it does, in words.
    pub(crate) title: String,
    pub(crate) edits: Vec<Edit>,
}

/// These, and what is wrong with the lesson that is being written. What reading reports is among them already.
pub(super) fn with_faults(remarks: &[Remark], checked: &Checked, lang: Lang) -> Vec<Remark> {
    let faults = checked.faults.iter().filter(|fault| !matches!(fault.what, FaultKind::Reading(_)));
    let faults = faults.map(|fault| Remark {
        span: fault.span.clone(),
        tier: Tier::Surprising,
        is_idle: false,
        words: (lang.lesson_faults().fault)(&fault.what),
        quote: None,
        fixes: Vec::new(),
        lesson: None,
    });
    let mut all: Vec<Remark> = remarks.iter().cloned().chain(faults).collect();
    order::sort_by_key(&mut all, |remark| (remark.span.start, remark.span.end));
    all
}

/// All remarks, in the order of the text, of what a review found. `run` is the text's own; `None` if there is none.
/// `has_doors`: whether they lead to lessons; in a lesson they do not, nor do they say how to mend what is to be found out.
pub(crate) fn of(
    review: Review,
    reading: &Reading,
    run: Option<&RecordedRun>,
    lang: Lang,
    has_doors: bool,
) -> Vec<Remark> {
    let findings = review.complete_with_run(reading, run.map(|run| &*run.recording));
    let remarks = findings.into_iter().map(|finding| Remark {
        words: lang.finding(&finding.about),
        lesson: doors::of_remark(&finding.about).filter(|_| has_doors),
        span: finding.span,
        tier: finding.tier,
        is_idle: matches!(finding.about, About::Idle { .. }),
        quote: finding.quote,
        fixes: finding
            .fixes
            .into_iter()
            .filter(|_| has_doors)
            .map(|fix| Fix { title: lang.fix(&fix.action), edits: fix.edits })
            .collect(),
    });
    remarks.collect()
}
