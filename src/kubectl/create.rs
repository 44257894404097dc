//! What `kubectl create -f FILE` prints for the answers of the API server (V2, V3).

use crate::api::admission::{Refusal, Status};
use crate::manifest::answer::Answer;
use serde_json::Value;
use std::collections::BTreeSet;

/// A file given to `kubectl create -f`, with the answers to its documents.
#[derive(Clone, Copy, Debug)]
pub struct Creation<'a> {
    /// The name of the file as it was given.
    pub file: &'a str,
    /// The manifests with their answers, in order.
    pub documents: &'a [(Value, Answer)],
}

impl Creation<'_> {
    /// The lines on standard error, warnings first. A single refusal has a layout of its own.
    pub fn errors(&self) -> Vec<String> {
        self.errors_beside(0)
    }

    /// The same beside so many other failures.
    pub(super) fn errors_beside(&self, others: usize) -> Vec<String> {
        if self.documents.is_empty() && others == 0 {
            return vec!["error: no objects passed to create".to_owned()];
        }
        let mut lines: Vec<String> = Vec::new();
        let failed = self.documents.iter().filter(|(_, answer)| !matches!(answer, Answer::Accepted(_))).count();
        let alone = failed + others == 1;
        for (manifest, answer) in self.documents {
            match answer {
                Answer::Accepted(admitted) => {
                    for warning in &admitted.warnings {
                        let line = format!("Warning: {warning}");
                        if !lines.contains(&line) {
                            lines.push(line);
                        }
                    }
                }
                _ => lines.extend(self.failure(manifest, answer, alone)),
            }
        }
        lines
    }

    fn failure(&self, manifest: &Value, answer: &Answer, alone: bool) -> Vec<String> {
        let file = self.file;
        let prefix = if alone { "error: " } else { "" };
        match answer {
            Answer::Unreadable(problem) => {
                vec![format!("{prefix}error parsing {file}: error converting YAML to JSON: {problem}")]
            }
            _ if not_sent(manifest, answer).is_some() => {
                not_sent(manifest, answer).map_or_else(Vec::new, |why| why.lines(file, prefix, manifest))
            }
            Answer::Refused(refusal) if refusal.decode_error.is_some() => {
                vec![format!("Error from server (BadRequest): error when creating \"{file}\": {}", refusal.message)]
            }
            Answer::Refused(refusal) if alone => {
                refused(text(manifest, "/kind"), text(manifest, "/metadata/name"), refusal)
            }
            Answer::Refused(refusal) => {
                vec![format!("Error from server (Invalid): error when creating \"{file}\": {}", refusal.message)]
            }
            // What is not modelled is created, as far as anybody here knows; the rest is not sent.
            Answer::Accepted(_)
            | Answer::NotModelled { .. }
            | Answer::NoObject(_)
            | Answer::NotSet(_)
            | Answer::NotServed { .. } => Vec::new(),
        }
    }
}

/// The lines on standard error for the refusal of a single object or of its update (V2.8 … V2.10, V2.15, V13.6).
pub(super) fn refused(kind: &str, name: &str, refusal: &Refusal) -> Vec<String> {
    match refusal.status {
        Status::Invalid => invalid(&format!("The {kind} \"{name}\" is invalid: "), refusal),
        Status::InvalidRequest => invalid("The request is invalid: ", refusal),
        Status::BadRequest | Status::Conflict | Status::AlreadyExists | Status::Internal => {
            let reason = refusal.status.reason();
            let reason = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
            vec![format!("Error from server{reason}: {}", refusal.message)]
        }
    }
}

/// One error in a line, several in a list.
fn invalid(head: &str, refusal: &Refusal) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let all = refusal.errors.iter().map(ToString::to_string);
    let errors: Vec<String> = all.filter(|error| seen.insert(error.clone())).collect();
    if let [error] = &*errors {
        return vec![format!("{head}{error}")];
    }
    std::iter::once(head.to_owned()).chain(errors.iter().map(|error| format!("* {error}"))).collect()
}

/// Why kubectl does not send a manifest.
enum NotSent {
    NoObject,
    Missing(Vec<&'static str>),
    /// Metadata of wrong types, in Go's words (V3.6).
    Metadata(String),
    NoSuchKind,
}

fn not_sent(manifest: &Value, answer: &Answer) -> Option<NotSent> {
    if !manifest.is_object() {
        return Some(NotSent::NoObject);
    }
    let missing: Vec<&str> =
        ["apiVersion", "kind"].into_iter().filter(|field| text(manifest, &format!("/{field}")).is_empty()).collect();
    if !missing.is_empty() {
        return Some(NotSent::Missing(missing));
    }
    if let Answer::Refused(Refusal { decode_error: Some(error), .. }) = answer {
        let error = error.to_string();
        let whole = [" Job.metadata ", " CronJob.metadata "].iter().find(|whole| error.contains(**whole));
        if whole.is_some() || error.contains(" ObjectMeta.metadata.") {
            let error = whole.map_or(error.clone(), |whole| error.replace(whole, " metadataOnlyObject.metadata "));
            return Some(NotSent::Metadata(error));
        }
    }
    let known = text(manifest, "/apiVersion") == "batch/v1" && matches!(text(manifest, "/kind"), "Job" | "CronJob");
    (!known).then_some(NotSent::NoSuchKind)
}

impl NotSent {
    fn lines(&self, file: &str, prefix: &str, manifest: &Value) -> Vec<String> {
        let invalid = |why: &str| {
            vec![format!(
                "{prefix}error validating \"{file}\": error validating data: {why}; if you choose to ignore these \
                 errors, turn validation off with --validate=false"
            )]
        };
        match self {
            NotSent::NoObject => invalid("invalid object to validate"),
            NotSent::Missing(fields) => {
                let texts: Vec<String> = fields.iter().map(|field| format!("{field} not set")).collect();
                invalid(&if texts.len() == 1 { texts.concat() } else { format!("[{}]", texts.join(", ")) })
            }
            NotSent::Metadata(error) => vec![format!("{prefix}unable to decode \"{file}\": {error}")],
            NotSent::NoSuchKind => {
                let (name, namespace) = (text(manifest, "/metadata/name"), text(manifest, "/metadata/namespace"));
                let (kind, version) = (text(manifest, "/kind"), text(manifest, "/apiVersion"));
                vec![
                    format!(
                        "{prefix}resource mapping not found for name: \"{name}\" namespace: \"{namespace}\" from \
                         \"{file}\": no matches for kind \"{kind}\" in version \"{version}\""
                    ),
                    "ensure CRDs are installed first".to_owned(),
                ]
            }
        }
    }
}

fn text<'a>(manifest: &'a Value, pointer: &str) -> &'a str {
    manifest.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn printed(documents: &[Value]) -> Vec<String> {
        let documents: Vec<(Value, Answer)> =
            documents.iter().map(|manifest| (manifest.clone(), Answer::to_value(manifest))).collect();
        Creation { file: "job.yaml", documents: &documents }.errors()
    }

    fn job(spec: Value) -> Value {
        json!({ "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "pi" }, "spec": spec })
    }

    #[test]
    fn one_error_is_a_line_and_several_are_a_list() {
        let template = |policy: &str| json!({ "spec": { "restartPolicy": policy, "containers": [{ "name": "main", "image": "busybox" }] } });
        let restart = "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"";
        assert_eq!(
            printed(&[job(json!({ "template": template("Always") }))]),
            [format!("The Job \"pi\" is invalid: {restart}")]
        );
        assert_eq!(
            printed(&[job(json!({ "parallelism": -1, "template": template("Always") }))]),
            [
                "The Job \"pi\" is invalid: ".to_owned(),
                "* spec.parallelism: Invalid value: -1: must be greater than or equal to 0".to_owned(),
                format!("* {restart}"),
            ]
        );
        let server = "Error from server (Invalid): error when creating \"job.yaml\"";
        let twice = format!("{server}: Job.batch \"pi\" is invalid: {restart}");
        let bad = job(json!({ "template": template("Always") }));
        assert_eq!(printed(&[bad.clone(), bad]), [twice.clone(), twice]);
        assert!(printed(&[job(json!({ "template": template("Never") }))]).is_empty());
    }

    /// V2.9, V2.10, V2.12, V2.17, V3.1, V3.3, V3.6, V13.6.
    #[test]
    fn each_layout_is_kubectls() {
        let read = |text: &str| {
            let value = crate::manifest::value(text).unwrap_or_default();
            (value, Answer::to_text(text).into_iter().next().unwrap_or(Answer::NoObject(Value::Null)))
        };
        let create = |texts: &[&str]| {
            let documents: Vec<(Value, Answer)> = texts.iter().map(|text| read(text)).collect();
            Creation { file: "job.yaml", documents: &documents }.errors()
        };
        const GOOD: &str = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a.b}\nspec: {template: {spec: \
            {restartPolicy: Never, containers: [{name: main, image: busybox}]}}}\n";
        let warning = "Warning: metadata.name: this is used in Pod names and hostnames, which can result in surprising \
            behavior; a DNS label is recommended: [must not contain dots]";
        let kindless = "error validating \"job.yaml\": error validating data: kind not set; if you choose to ignore \
            these errors, turn validation off with --validate=false";
        let of_type = |field: &str, want: &str| {
            format!("error: unable to decode \"job.yaml\": json: cannot unmarshal {field} of type {want}")
        };
        let error = |text: &str| format!("error: {text}");
        let tab = "error parsing job.yaml: error converting YAML to JSON: yaml: line 2: found a tab character \
            that violates indentation";
        let named = |metadata: &str| format!("apiVersion: batch/v1\nkind: Job\nmetadata: {metadata}\n");
        for (texts, expected) in [
            (vec![], vec![error("no objects passed to create")]),
            (vec![GOOD, GOOD], vec![warning.to_owned()]),
            (vec!["kind: Job\n\tspec: {}"], vec![error(tab)]),
            // Beside another failure, kubectl's own lose their beginning.
            (
                vec!["apiVersion: v1\n", "kind: Job\n\tspec: {}", GOOD],
                vec![kindless.to_owned(), tab.to_owned(), warning.to_owned()],
            ),
            (
                vec![&*named("{name: 123}")],
                vec![of_type("number into Go struct field ObjectMeta.metadata.name", "string")],
            ),
            (
                vec![&*named("{labels: {a: yes}}")],
                vec![of_type("bool into Go struct field ObjectMeta.metadata.labels", "string")],
            ),
            (
                vec![&*named("foo")],
                vec![of_type("string into Go struct field metadataOnlyObject.metadata", "v1.ObjectMeta")],
            ),
            (
                vec!["apiVersion: batch/v1\nkind: Job\nspec: {template: {metadata: {name: 5}}}\n"],
                vec![
                    "Error from server (BadRequest): error when creating \"job.yaml\": Job in version \"v1\" cannot be \
                      handled as a Job: json: cannot unmarshal number into Go struct field \
                      ObjectMeta.spec.template.metadata.name of type string"
                        .to_owned(),
                ],
            ),
        ] {
            assert_eq!(create(&texts), expected, "{texts:?}");
        }
        // Both generated labels are too long for the same reason: printed once.
        let long = "a".repeat(64);
        assert_eq!(
            create(&[&GOOD.replace("a.b", &long)]),
            [format!(
                "The Job \"{long}\" is invalid: spec.template.labels: Invalid value: \"{long}\": must be no more than 63 \
                 bytes"
            )]
        );
    }

    #[test]
    fn a_change_that_must_not_be() {
        use crate::api::JobId;
        use crate::api::admission::{self, FieldValidation};
        let manifest = job(json!({ "template": { "spec": {
            "restartPolicy": "Never", "containers": [{ "name": "main", "image": "busybox" }]
        } } }));
        let old = admission::create_job(&manifest, JobId(1), crate::time::Time::ZERO).expect("a good Job");
        let patch =
            json!({ "spec": { "template": { "spec": { "containers": [{ "name": "main", "image": "alpine" }] } } } });
        let refusal = admission::patch_job(&old, &patch, FieldValidation::Warn).expect_err("another program");
        let lines = refused("Job", "pi", &refusal);
        assert_eq!(lines.len(), 1);
        assert!(
            lines[0].starts_with("The Job \"pi\" is invalid: spec.template: Invalid value: {\"labels\":{"),
            "{lines:?}"
        );
        assert!(lines[0].ends_with("}}: field is immutable"), "{lines:?}");
        let two = admission::patch_job(
            &old,
            &json!({ "spec": { "parallelism": -1, "completions": 5 } }),
            FieldValidation::Warn,
        );
        assert_eq!(
            refused("Job", "pi", &two.expect_err("two mistakes")),
            [
                "The Job \"pi\" is invalid: ",
                "* spec.parallelism: Invalid value: -1: must be greater than or equal to 0",
                "* spec.completions: Invalid value: 5: field is immutable",
            ]
        );
    }

    #[test]
    fn what_is_not_sent_and_what_is_not_decoded() {
        let never = "if you choose to ignore these errors, turn validation off with --validate=false";
        let validating = "error: error validating \"job.yaml\": error validating data";
        assert_eq!(
            printed(&[json!({ "spec": {} })]),
            [format!("{validating}: [apiVersion not set, kind not set]; {never}")]
        );
        assert_eq!(printed(&[json!([])]), [format!("{validating}: invalid object to validate; {never}")]);
        assert_eq!(
            printed(&[json!({ "apiVersion": "batch/v1", "kind": "Jobb", "metadata": { "name": "pi" } })]),
            [
                "error: resource mapping not found for name: \"pi\" namespace: \"\" from \"job.yaml\": no matches for \
                 kind \"Jobb\" in version \"batch/v1\"",
                "ensure CRDs are installed first",
            ]
        );
        assert_eq!(
            printed(&[job(json!({ "foo": 1, "bar": 2 }))]),
            ["Error from server (BadRequest): error when creating \"job.yaml\": Job in version \"v1\" cannot be \
              handled as a Job: strict decoding error: unknown field \"spec.bar\", unknown field \"spec.foo\""]
        );
    }
}
