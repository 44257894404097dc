//! What the API server answers to one manifest, each error and warning at its field with its fixes.

use super::finding::{About, Finding, mark};
use super::fix::{FixBudget, Fixer};
use super::malformed::Malformed;
use super::refused::Refused;
use super::{Fix, repeated, review, unknown, values, wrong_type};
use crate::api::admission::{self, Refusal};
use crate::api::validation::{Cause, FieldError, Warning, WarningCause};
use crate::api::{DecodeError, Segment};
use crate::cluster::input::ObjectKind;
use crate::manifest::answer::UID;
use crate::manifest::{Code, DocumentKind, Tier};
use crate::manifest::{Path, Reading};
use crate::order::Map;
use serde_json::{Value, json};

/// Everything about one manifest.
pub(super) fn findings(reading: &Reading, manifest: usize, budget: &FixBudget) -> Vec<Finding> {
    let value = &*reading.scenario.manifests[manifest].value;
    let fixer = Fixer { reading, manifest, budget };
    // With an apiVersion that is missing or wrong it is read as what was meant.
    let admitted = match reading.scenario.manifests[manifest].kind {
        ObjectKind::CronJob => admission::admit_cron_job(value, UID),
        ObjectKind::Job => admission::admit_job(value, UID),
    };
    match admitted {
        Err(Refusal { decode_error: Some(error), .. }) => {
            let mut findings = undecoded(&fixer, value, &error);
            if has_lookalikes(reading, manifest) {
                // `backoffLimit：3` is no field: what is said of the colon has the fix.
                findings.iter_mut().for_each(|finding| finding.fixes.clear());
            }
            findings
        }
        Err(Refusal { errors, .. }) => {
            let mut findings = Vec::new();
            let mut known = Map::new();
            for finding in errors.iter().map(|error| refused(&fixer, value, error)) {
                add(&mut findings, &mut known, finding);
            }
            findings
        }
        Ok(admitted) => {
            let mut findings: Vec<Finding> =
                admitted.warnings.iter().map(|warning| warned(&fixer, value, warning)).collect();
            findings.extend(review::findings(&fixer, &admitted.value));
            findings
        }
    }
}

fn has_lookalikes(reading: &Reading, manifest: usize) -> bool {
    let document = reading.documents.iter().find(|document| match &document.kind {
        DocumentKind::Manifest(number) => *number == manifest,
        DocumentKind::List(items) => items.contains(&manifest),
        _ => false,
    });
    document.is_some_and(|document| {
        let is_here = |offset: &usize| document.span.contains(offset);
        let lookalikes = reading.diagnostics.iter().filter(|said| matches!(said.code, Code::LookalikeInValue { .. }));
        lookalikes.map(|said| said.span.start).any(|offset| is_here(&offset))
    })
}

/// What is refused twice for the same reason is said once, with all quotes.
fn add(findings: &mut Vec<Finding>, known: &mut Map<(usize, usize), Vec<usize>>, new: Finding) {
    let here = known.get_or_insert_with((new.span.start, new.span.end), Vec::new);
    let same = here.iter().copied().find(|place| findings[*place].about == new.about);
    match (same.and_then(|place| findings[place].quote.as_mut()), new.quote.as_deref()) {
        (Some(known), Some(quote)) => {
            known.push('\n');
            known.push_str(quote);
        }
        _ => {
            here.push(findings.len());
            findings.push(new);
        }
    }
}

fn undecoded(fixer: &Fixer<'_>, manifest: &Value, error: &DecodeError) -> Vec<Finding> {
    match error {
        DecodeError::Wrong(problem) => {
            let path = Path::from(&problem.path);
            if is_template(manifest, &path) {
                let about = About::Reading(Code::Template);
                return vec![finding(fixer, &path, Tier::Refused, about, problem.message.clone(), Vec::new())];
            }
            let about = Malformed::of_problem(manifest, problem);
            let fixes = wrong_type::fixes(fixer, manifest, problem);
            vec![finding(fixer, &path, Tier::Refused, About::Malformed(about), problem.message.clone(), fixes)]
        }
        DecodeError::Unknown(paths) => paths
            .iter()
            .map(|unknown| {
                let path = Path::from(unknown);
                let quote = DecodeError::Unknown(vec![unknown.clone()]).to_string();
                let (about, fixes) = unknown::about(fixer, manifest, unknown);
                let mut finding = finding(fixer, &path, Tier::Refused, About::Malformed(about), quote, fixes);
                if let Some(key) = fixer.reading.key_span(&fixer.place(&path)) {
                    finding.span = key;
                }
                finding
            })
            .collect(),
    }
}

/// Whether a value waits to be filled in, between the braces of Helm.
fn is_template(manifest: &Value, path: &Path) -> bool {
    values::at_path(manifest, path).as_str().is_some_and(|text| text.contains("{{"))
}

fn refused(fixer: &Fixer<'_>, manifest: &Value, error: &FieldError) -> Finding {
    let is_of_label = matches!(error.path.0.last(), Some(Segment::Key(_)));
    // The Job's name is wrong where it is written, not in the labels made of it.
    let (field, path) = match &error.cause {
        Cause::BadName | Cause::JobNameTooLong { .. } if is_of_label => {
            ("name".to_owned(), Path::parse("metadata.name"))
        }
        _ => (values::name_of(&error.path), Path::from(&error.path)),
    };
    if is_template(manifest, &path) {
        let about = About::Reading(Code::Template);
        return finding(fixer, &path, Tier::Refused, about, error.to_string(), Vec::new());
    }
    let fixes = Refused { fixer, manifest, error, path: &path }.fixes();
    let about = About::Refused { field, cause: error.cause.clone() };
    finding(fixer, &path, Tier::Refused, about, error.to_string(), fixes)
}

fn warned(fixer: &Fixer<'_>, manifest: &Value, warning: &Warning) -> Finding {
    let path = Path::from(&warning.path);
    let fix = match &warning.cause {
        WarningCause::HostName => {
            let name = manifest["metadata"]["name"].as_str().unwrap_or_default();
            fixer.write(&path, &json!(name.replace('.', "-").chars().take(63).collect::<String>()))
        }
        WarningCause::NegativeGracePeriod => fixer.write(&path, &json!(1)),
        WarningCause::RepeatedVariable => repeated::variable(fixer, manifest, &path),
        WarningCause::RepeatedPort { first } => repeated::port(fixer, manifest, &path, &Path::from(first)),
        // In a patch: its finding brings its own.
        WarningCause::UnknownField => None,
        // No fix: what was meant cannot be known.
        WarningCause::Deprecated | WarningCause::Other => None,
    };
    let fixes = fix.into_iter().collect();
    let about = About::Warned(warning.cause.clone());
    finding(fixer, &path, Tier::Surprising, about, warning.to_string(), fixes)
}

fn finding(fixer: &Fixer<'_>, path: &Path, tier: Tier, about: About, quote: String, fixes: Vec<Fix>) -> Finding {
    Finding { span: mark(fixer.reading, &fixer.place(path)), tier, about, quote: Some(quote), fixes }
}
