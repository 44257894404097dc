//! What the API server answers to a manifest, before anything runs.

use super::documents;
use super::place::{Path, PathStep};
use super::yaml::{Aliased, YamlProblem};
use crate::api::admission::{self, Admitted, Refusal};
use crate::api::{FieldPath, Segment};
use serde_json::{Value, json};

/// The UID of an object in an answer.
pub const UID: &str = "00000000-0000-0000-0000-000000000001";

/// An answer to one manifest.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Answer {
    /// It is not YAML: kubectl sends nothing.
    Unreadable(YamlProblem),
    Refused(Refusal),
    /// With defaults and warnings.
    Accepted(Admitted),
}

impl Answer {
    /// The answer to the first document of a text that is not empty; for a List, to its first item. Every other kind than
    /// CronJob is read as a Job.
    pub fn to_text(text: &str) -> Answer {
        let mut answer = Answer::to_value(&Value::Null);
        let mut aliased = Aliased::default();
        for span in documents::split(text, &mut Vec::new()) {
            match documents::parse(text, &span, &mut aliased, &mut Vec::new()) {
                Err(problem) => return Answer::Unreadable(problem),
                Ok((_, Value::Null)) => {}
                Ok((_, mut value)) => {
                    let is_list = value["kind"].as_str().is_some_and(|kind| kind.ends_with("List"));
                    let first = if is_list { documents::list_items(&mut value).into_iter().next() } else { None };
                    answer = Answer::to_value(&first.unwrap_or(value));
                    break;
                }
            }
        }
        answer
    }

    /// The answer to a manifest.
    pub fn to_value(manifest: &Value) -> Answer {
        let admitted = match manifest["kind"].as_str() {
            Some("CronJob") => admission::admit_cron_job(manifest, UID),
            _ => admission::admit_job(manifest, UID),
        };
        admitted.map_or_else(Answer::Refused, Answer::Accepted)
    }

    /// The answer in the format of recorded answers (tests/conformance/README.md).
    pub fn as_json(&self) -> Value {
        match self {
            Answer::Unreadable(problem) => json!({ "yamlError": problem.to_string() }),
            Answer::Refused(Refusal { decode_error: Some(error), .. }) => json!({ "decodeError": error.to_string() }),
            Answer::Refused(refusal) => {
                let errors = refusal.errors.iter().map(
                    |error| json!({ "field": error.field, "message": error.message(), "reason": error.kind.reason() }),
                );
                json!({ "message": &*refusal.message, "causes": errors.collect::<Vec<Value>>() })
            }
            Answer::Accepted(admitted) if admitted.warnings.is_empty() => {
                json!({ "accepted": true, "spec": admitted.value["spec"] })
            }
            Answer::Accepted(admitted) => {
                let warnings: Vec<String> = admitted.warnings.iter().map(ToString::to_string).collect();
                json!({ "accepted": true, "spec": admitted.value["spec"], "warnings": warnings })
            }
        }
    }
}

/// The place in the text of a field that the API server names.
impl From<&FieldPath> for Path {
    fn from(path: &FieldPath) -> Path {
        let step = |segment: &Segment| match segment {
            Segment::Field(name) => PathStep::Key(name.to_string()),
            Segment::Key(key) => PathStep::Key(key.clone()),
            Segment::Index(index) => PathStep::Index(*index),
        };
        Path(path.0.iter().map(step).collect())
    }
}
