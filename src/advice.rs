//! What an editor can say about a text before anything runs: what the API server refuses, what is valid and will
//! surprise, what is not modelled here, each at its bytes and with the edits that mend it. No words: these are in
//! [`crate::texts`]. Knows nothing of browsers.

mod answers;
mod finding;
mod fix;
mod mistake;
mod surprise;
mod unknown;

pub use finding::{About, Finding, Tier};
pub use fix::{Change, Fix};
pub use mistake::{Mistake, Warned};
pub use surprise::Surprise;

use crate::manifest::Reading;

/// Everything there is to say about a text, in the order of the text. Of two findings at one place the worse is first.
pub fn findings(reading: &Reading) -> Vec<Finding> {
    let mut findings: Vec<Finding> = reading.diagnostics.iter().map(Finding::of_diagnostic).collect();
    for manifest in 0..reading.scenario.manifests.len() {
        findings.extend(answers::findings(reading, manifest));
    }
    findings.sort_by_key(|finding| (finding.span.start, finding.span.end, finding.tier));
    findings
}
