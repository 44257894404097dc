//! What `kubectl create -f FILE` prints for an answer (spec V2, V3).

use super::Answer;
use crate::api::admission::Refusal;
use serde_json::Value;
use std::collections::BTreeSet;

/// A file given to `kubectl create -f`: what each of its documents says, and what was answered.
#[derive(Clone, Copy, Debug)]
pub struct Creation<'a> {
    /// The file's name as given.
    pub file: &'a str,
    /// The manifests with their answers, in order.
    pub documents: &'a [(Value, Answer)],
}

impl Creation<'_> {
    /// The lines on standard error, warnings first. A single refusal has a layout of its own.
    pub fn errors(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let failed = self.documents.iter().filter(|(_, answer)| !matches!(answer, Answer::Accepted(_))).count();
        let alone = failed == 1;
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
            _ if not_sent(manifest).is_some() => {
                not_sent(manifest).map_or_else(Vec::new, |why| why.lines(file, prefix, manifest))
            }
            Answer::Refused(refusal) if refusal.decode_error.is_some() => {
                vec![format!("Error from server (BadRequest): error when creating \"{file}\": {}", refusal.message)]
            }
            Answer::Refused(refusal) if alone => invalid(manifest, refusal),
            Answer::Refused(refusal) => {
                vec![format!("Error from server (Invalid): error when creating \"{file}\": {}", refusal.message)]
            }
            Answer::Accepted(_) => Vec::new(),
        }
    }
}

/// One error in a line, several in a list (spec V2.8 … V2.10).
fn invalid(manifest: &Value, refusal: &Refusal) -> Vec<String> {
    let (kind, name) = (text(manifest, "/kind"), text(manifest, "/metadata/name"));
    let mut seen = BTreeSet::new();
    let all = refusal.causes.iter().map(|cause| format!("{}: {}", cause.field, cause.message));
    let errors: Vec<String> = all.filter(|error| seen.insert(error.clone())).collect();
    if let [error] = &*errors {
        return vec![format!("The {kind} \"{name}\" is invalid: {error}")];
    }
    let head = format!("The {kind} \"{name}\" is invalid: ");
    std::iter::once(head).chain(errors.iter().map(|error| format!("* {error}"))).collect()
}

/// Why kubectl does not send a manifest.
enum NotSent {
    NoObject,
    Missing(Vec<&'static str>),
    NoSuchKind,
}

fn not_sent(manifest: &Value) -> Option<NotSent> {
    if !manifest.is_object() {
        return Some(NotSent::NoObject);
    }
    let missing: Vec<&str> =
        ["apiVersion", "kind"].into_iter().filter(|field| text(manifest, &format!("/{field}")).is_empty()).collect();
    if !missing.is_empty() {
        return Some(NotSent::Missing(missing));
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
