//! What the API server answers to manifests, before anything runs.

use super::diagnostic::Code;
use super::documents;
use super::place::{Path, PathStep};
use super::yaml::{Aliased, YamlProblem};
use crate::api::admission::{self, Admitted, Refusal};
use crate::api::{FieldPath, Segment, json_kind, kinds};
use serde_json::{Value, json};

/// The UID of an object in an answer.
pub const UID: &str = "00000000-0000-0000-0000-000000000001";

/// An answer to one document.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Answer {
    /// It is not YAML: kubectl sends nothing.
    Unreadable(YamlProblem),
    /// It is not a map, so it has no kind.
    NoObject(Value),
    /// It has no apiVersion, no kind, or neither: kubectl sends nothing.
    NotSet(Vec<&'static str>),
    /// The API server has no such kind in this version.
    NotServed {
        api_version: String,
        kind: String,
    },
    /// Another kind than Job and CronJob: there is no answer here.
    NotModelled {
        api_version: String,
        kind: String,
    },
    Refused(Refusal),
    /// With defaults and warnings.
    Accepted(Admitted),
}

impl Answer {
    /// The answers to the documents of a text, in order; each item of a List has its own. Empty documents and Scenarios
    /// have none.
    pub fn to_text(text: &str) -> Vec<Answer> {
        Answer::to_documents(text).into_iter().map(|(_, answer)| answer).collect()
    }

    /// The documents of a text with their answers, as [`Answer::to_text`]; what cannot be read is null.
    pub fn to_documents(text: &str) -> Vec<(Value, Answer)> {
        let mut answers = Vec::new();
        let mut aliased = Aliased::default();
        let mut said = Vec::new();
        for span in documents::split(text, &mut said) {
            match documents::parse(text, &span, &mut aliased, &mut Vec::new()) {
                Err(problem) => answers.push((Value::Null, Answer::Unreadable(problem))),
                Ok((_, Value::Null)) => {}
                Ok((_, value)) => Answer::to_document(value, &mut answers),
            }
        }
        // A stream of JSON that breaks off.
        let broken = said.into_iter().filter_map(|said| match said.code {
            Code::Yaml(problem) => Some((Value::Null, Answer::Unreadable(problem))),
            _ => None,
        });
        answers.extend(broken);
        answers
    }

    fn to_document(mut value: Value, answers: &mut Vec<(Value, Answer)>) {
        if value["apiVersion"].as_str().is_some_and(|version| version.starts_with("job-playground/")) {
            return;
        }
        if value["items"].is_array() && value["kind"].as_str().is_some_and(|kind| kind.ends_with("List")) {
            let items = documents::list_items(&mut value);
            return items.into_iter().for_each(|item| Answer::to_document(item, answers));
        }
        let answer = Answer::to_value(&value);
        answers.push((value, answer));
    }

    /// The answer to a manifest.
    pub fn to_value(manifest: &Value) -> Answer {
        if !manifest.is_object() {
            return Answer::NoObject(manifest.clone());
        }
        let text = |field: &str| manifest[field].as_str().unwrap_or_default();
        let missing: Vec<&str> = ["apiVersion", "kind"].into_iter().filter(|field| text(field).is_empty()).collect();
        if !missing.is_empty() {
            return Answer::NotSet(missing);
        }
        let (api_version, kind) = (text("apiVersion").to_owned(), text("kind").to_owned());
        let admitted = match (&*api_version, &*kind) {
            ("batch/v1", "Job") => admission::admit_job(manifest, UID),
            ("batch/v1", "CronJob") => admission::admit_cron_job(manifest, UID),
            (version, kind) if !kinds::may_serve(version, kind) => {
                return Answer::NotServed { api_version, kind: kind.to_owned() };
            }
            _ => return Answer::NotModelled { api_version, kind },
        };
        admitted.map_or_else(Answer::Refused, Answer::Accepted)
    }

    /// The answer in the format of recorded answers (tests/conformance/README.md).
    pub fn as_json(&self) -> Value {
        match self {
            Answer::Unreadable(problem) => json!({ "yamlError": problem.to_string() }),
            Answer::NoObject(value) => json!({ "decodeError": no_version_or_kind(value) }),
            Answer::NotSet(fields) => {
                let fields: Vec<String> = fields.iter().map(|field| format!("{field} not set")).collect();
                json!({ "message": if fields.len() == 1 { fields.concat() } else { format!("[{}]", fields.join(", ")) } })
            }
            Answer::NotServed { api_version, kind } => {
                json!({ "message": format!("no matches for kind \"{kind}\" in version \"{api_version}\"") })
            }
            Answer::NotModelled { api_version, kind } => {
                json!({ "notModelled": { "apiVersion": api_version, "kind": kind } })
            }
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

/// Why the API server cannot tell what kind of object something is. Upstream: json/meta.go SimpleMetaFactory.Interpret.
fn no_version_or_kind(value: &Value) -> String {
    let found = json_kind(value);
    format!(
        "couldn't get version/kind; json parse error: json: cannot unmarshal {found} into Go value of type struct \
         {{ APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }}"
    )
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
