//! What an editor can say about a text: what the API server refuses, what is valid and will surprise, what is not
//! modelled here, each at its bytes and with the edits that fix it; what a field is, and what can be written where.
//! Codes and places, no words of any language. Knows nothing of browsers.

mod answers;
mod caret;
mod completion;
mod documents;
mod field_at;
mod field_info;
mod finding;
mod fix;
mod flow;
mod malformed;
mod names;
mod nearest;
mod outline;
mod patches;
mod pods;
mod reading;
mod references;
mod refused;
mod repeated;
mod review;
mod run;
mod schema;
mod server_written;
mod surprise;
mod trial;
mod unknown;
mod update;
mod values;
mod wrong_type;

pub use crate::manifest::Tier;
pub use completion::{Completions, Item, ItemKind, complete};
pub use field_at::field_at;
pub use field_info::FieldInfo;
pub use finding::{About, Finding, Unchecked};
pub use fix::{Fix, FixAction};
pub use malformed::Malformed;
pub use schema::{FieldId, TypeName, all_fields};
pub use surprise::{RefusedBy, Surprise};
pub use update::fixed_fields;

use crate::manifest::{Place, Reading};
use crate::order;
use crate::recording::Recording;
use fix::FixBudget;

/// Looks through a text manifest by manifest, so that the page stays responsive: a text may have a thousand.
#[derive(Default)]
pub struct Review {
    findings: Vec<Finding>,
    /// How many manifests have been looked at.
    manifests: usize,
    budget: FixBudget,
}

impl std::fmt::Debug for Review {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Review").field("manifests", &self.manifests).finish_non_exhaustive()
    }
}

impl Review {
    /// Looks at what the reader said.
    pub fn new(reading: &Reading) -> Review {
        let budget = FixBudget::default();
        Review { findings: Finding::of_reader(reading, &budget), manifests: 0, budget }
    }

    /// Looks at one more manifest; returns whether there is another. It is given the same reading at every call.
    pub fn advance(&mut self, reading: &Reading) -> bool {
        let count = reading.scenario.manifests.len();
        if self.manifests < count {
            self.findings.extend(answers::findings(reading, self.manifests, &self.budget));
            self.manifests += 1;
        }
        self.manifests < count
    }

    /// Everything there is to say about the text, in its order. Of two findings at one place the worse is first.
    pub fn complete(mut self, reading: &Reading) -> Vec<Finding> {
        while self.advance(reading) {}
        let mut findings = self.findings;
        trial::keep_what_works(reading, &mut findings, &FixBudget::default());
        findings.extend(patches::findings(reading));
        findings.extend(together(reading));
        findings.iter_mut().for_each(Finding::fold);
        order::sort_by_key(&mut findings, |finding| (finding.span.start, finding.span.end, finding.tier));
        findings
    }

    /// As [`Review::complete`], and what the text's own run shows beside. Of two at one place the worse is first, whatever
    /// their ends.
    pub fn complete_with_run(self, reading: &Reading, recording: Option<&Recording>) -> Vec<Finding> {
        let mut findings = self.complete(reading);
        if let Some(recording) = recording {
            findings.extend(run::findings(&findings, reading, recording));
            findings.extend(pods::findings(reading, recording));
        }
        findings.iter_mut().for_each(Finding::fold);
        order::sort_by_key(&mut findings, |finding| (finding.span.start, finding.tier, finding.span.end));
        findings
    }
}

/// Everything there is to say about a text ([`Review::complete`]).
pub fn findings(reading: &Reading) -> Vec<Finding> {
    Review::new(reading).complete(reading)
}

/// As [`findings`], and what the text's own run shows beside.
pub fn findings_with_run(reading: &Reading, recording: Option<&Recording>) -> Vec<Finding> {
    Review::new(reading).complete_with_run(reading, recording)
}

/// Said once, at the second of several objects: all of them begin at once.
fn together(reading: &Reading) -> Option<Finding> {
    let objects = reading.scenario.manifests.len();
    if objects < 2 {
        return None;
    }
    let span = finding::mark(reading, &Place::manifest(1, "kind"));
    let about = About::Surprise(Surprise::StartTogether { objects });
    Some(Finding { span, tier: Tier::Surprising, about, quote: None, fixes: Vec::new() })
}
