//! What an editor can say about a text before anything runs: what the API server refuses, what is valid and will
//! surprise, what is not modelled here, each at its bytes and with the edits that mend it; what a field is, and what
//! can be written where. Ids and places, no words of any language. Knows nothing of browsers.

mod answers;
mod completion;
mod documents;
mod fields;
mod finding;
mod fix;
mod flow;
mod kind;
mod mistake;
mod names;
mod outline;
mod surprise;
mod unknown;

pub use completion::{Completions, Item, ItemKind, complete};
pub use fields::{Field, TypeName, field_at};
pub use finding::{About, Finding, Tier};
pub use fix::{Change, Fix};
pub use kind::{FieldId, all_fields};
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
