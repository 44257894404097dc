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
mod reading;
mod refused;
mod repeated;
mod review;
mod run;
mod schema;
mod surprise;
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
pub use surprise::Surprise;
pub use update::fixed_fields;

use crate::manifest::{Place, Reading};
use crate::order;
use crate::recording::Recording;
use fix::FixBudget;

/// Everything there is to say about a text, in the order of the text. Of two findings at one place the worse is first.
pub fn findings(reading: &Reading) -> Vec<Finding> {
    let budget = FixBudget::default();
    let of_reader = reading.diagnostics.iter().map(|said| Finding::of_reader(reading, said, &budget));
    let mut findings: Vec<Finding> = of_reader.collect();
    for manifest in 0..reading.scenario.manifests.len() {
        findings.extend(answers::findings(reading, manifest, &budget));
    }
    findings.extend(patches::findings(reading));
    findings.extend(together(reading));
    order::sort_by_key(&mut findings, |finding| (finding.span.start, finding.span.end, finding.tier));
    findings
}

/// As [`findings`], and what the text's own run shows beside. Of two at one place the worse is first, whatever their
/// ends.
pub fn findings_with_run(reading: &Reading, recording: Option<&Recording>) -> Vec<Finding> {
    let mut findings = findings(reading);
    if let Some(recording) = recording {
        findings.extend(run::findings(&findings, reading, recording));
    }
    order::sort_by_key(&mut findings, |finding| (finding.span.start, finding.tier, finding.span.end));
    findings
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
