//! What the API server answers to one manifest, each mistake at its field and with what would mend it.

use super::causes::Cause;
use super::finding::{About, Finding, mark};
use super::fix::Mender;
use super::mistake::{Mistake, Warned};
use super::{Fix, repeated, surprise, types, unknown};
use crate::api::DecodeError;
use crate::api::admission::Refusal;
use crate::api::validation::FieldError;
use crate::manifest::Tier;
use crate::manifest::answer::Answer;
use crate::manifest::{Path, Reading};
use serde_json::{Value, json};

/// Everything about one manifest.
pub(super) fn findings(reading: &Reading, manifest: usize) -> Vec<Finding> {
    let value = &*reading.scenario.manifests[manifest].value;
    let mender = Mender { reading, manifest };
    match Answer::to_value(value) {
        Answer::Refused(Refusal { decode_error: Some(error), .. }) => undecoded(&mender, value, &error),
        Answer::Refused(Refusal { causes, .. }) => {
            let mut findings: Vec<Finding> = Vec::new();
            for finding in causes.iter().map(|cause| refused(&mender, value, cause)) {
                add(&mut findings, finding);
            }
            findings
        }
        Answer::Accepted(admitted) => {
            let mut findings: Vec<Finding> =
                admitted.warnings.iter().map(|warning| warned(&mender, value, warning)).collect();
            findings.extend(surprise::findings(&mender, &admitted.value));
            findings
        }
        // The reader has told it.
        Answer::Unreadable(_) => Vec::new(),
    }
}

/// What is refused twice for the same reason is said once, with all quotes.
fn add(findings: &mut Vec<Finding>, new: Finding) {
    let known = findings.iter_mut().find(|known| known.span == new.span && known.about == new.about);
    match (known.and_then(|known| known.quote.as_mut()), new.quote.as_deref()) {
        (Some(known), Some(quote)) => {
            known.push('\n');
            known.push_str(quote);
        }
        _ => findings.push(new),
    }
}

fn undecoded(mender: &Mender<'_>, value: &Value, error: &DecodeError) -> Vec<Finding> {
    match error {
        DecodeError::Wrong(problem) => {
            let path = Path::from(&problem.path);
            let about = Mistake::of_problem(value, problem);
            let fixes = types::fixes(mender, value, problem);
            vec![finding(mender, &path, Tier::Refused, About::Refused(about), problem.message.clone(), fixes)]
        }
        DecodeError::Unknown(paths) => paths
            .iter()
            .map(|unknown| {
                let path = Path::from(unknown);
                let quote = DecodeError::Unknown(vec![unknown.clone()]).to_string();
                let (about, fixes) = unknown::about(mender, value, unknown);
                let mut finding = finding(mender, &path, Tier::Refused, About::Refused(about), quote, fixes);
                if let Some(key) = mender.reading.key_span(&mender.place(&path)) {
                    finding.span = key;
                }
                finding
            })
            .collect(),
    }
}

fn refused(mender: &Mender<'_>, manifest: &Value, cause: &FieldError) -> Finding {
    let mistake = Mistake::of_cause(cause);
    // The name is what makes the labels of the pods too long.
    let path = match mistake {
        Mistake::LongName { .. } => Path::parse("metadata.name"),
        _ => Path::from(&cause.path),
    };
    let fixes = Cause { mender, manifest, cause, path: &path }.fixes(&mistake);
    let quote = format!("{}: {}", cause.field, cause.message);
    finding(mender, &path, Tier::Refused, About::Refused(mistake), quote, fixes)
}

/// A warning names its field in front of the first colon, or none at all.
fn warned(mender: &Mender<'_>, manifest: &Value, warning: &str) -> Finding {
    let field = warning.split_once(": ").map_or("", |(field, _)| field);
    let path = if field.contains(' ') { Path::default() } else { Path::parse(field) };
    let about = Warned::of(warning);
    let fix = match about {
        Warned::Name => {
            let name = manifest["metadata"]["name"].as_str().unwrap_or_default();
            mender.write(&path, &json!(name.replace('.', "-").chars().take(63).collect::<String>()))
        }
        Warned::Grace => mender.write(&path, &json!(1)),
        Warned::Env => repeated::variable(mender, manifest, &path),
        Warned::Port => {
            let other = warning.rsplit(' ').next().unwrap_or_default();
            repeated::port(mender, manifest, &path, &Path::parse(other))
        }
        Warned::Deprecated | Warned::UnknownField | Warned::Other => None,
    };
    let fixes = fix.into_iter().collect();
    finding(mender, &path, Tier::Surprising, About::Warned(about), warning.to_owned(), fixes)
}

fn finding(mender: &Mender<'_>, path: &Path, tier: Tier, about: About, quote: String, fixes: Vec<Fix>) -> Finding {
    Finding { span: mark(mender.reading, &mender.place(path)), tier, about, quote: Some(quote), fixes }
}
