//! What the API server answers to the patches of the Scenario, as far as the text alone decides it: fields that do not
//! exist are dropped with a warning (V1.4). The rest shows in the run.

use super::finding::{About, Finding, mark};
use super::fix::{Fix, FixAction};
use super::unknown::{closest, split};
use crate::api::admission;
use crate::api::{FieldPath, Shape};
use crate::cluster::input::InputAction;
use crate::manifest::Tier;
use crate::manifest::edit::Edit;
use crate::manifest::{Path, Place, Reading};

/// Of all patches.
pub(super) fn findings(reading: &Reading) -> Vec<Finding> {
    let inputs = reading.scenario.inputs.iter().enumerate();
    let patches = inputs.filter_map(|(number, input)| match &input.action {
        InputAction::Patch { target, patch } => Some((number, target.kind.as_str(), patch)),
        _ => None,
    });
    patches
        .flat_map(|(input, kind, patch)| {
            let unknown = admission::unknown_fields(kind, patch);
            unknown.into_iter().map(move |unknown| finding(reading, input, kind, &unknown))
        })
        .collect()
}

fn finding(reading: &Reading, input: usize, kind: &str, unknown: &FieldPath) -> Finding {
    let path = Path(Path::parse("patch").0.into_iter().chain(Path::from(unknown).0).collect());
    let place = Place::Input { input, path };
    let (around, field) = split(unknown);
    let known = match Shape::at(kind, &around) {
        Some(Shape::Struct { fields, .. }) => fields,
        _ => Vec::new(),
    };
    let span = reading.key_span(&place).unwrap_or_else(|| mark(reading, &place));
    let rename = closest(&field, known.into_iter()).and_then(|to| {
        let at = span.start + reading.text[span.clone()].find(&field)?;
        let edits = vec![Edit { range: at..at + field.len(), replacement: to.to_owned() }];
        Some(Fix { action: FixAction::Rename { from: field.clone(), to: to.to_owned() }, edits })
    });
    let warning = admission::unknown_field(unknown);
    Finding {
        span,
        tier: Tier::Surprising,
        about: About::Warned(warning.cause.clone()),
        quote: Some(warning.to_string()),
        fixes: rename.into_iter().collect(),
    }
}
