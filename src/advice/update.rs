//! Fields that stay as they were created (V13.2, V13.4): where they stand, and which of them a refused change was
//! about.

use crate::api::validation::{Mutability, job_mutability};
use crate::cluster::input::ObjectKind;
use crate::manifest::{Place, Reading};

/// Fields of a Job that cannot be changed, in the API server's order.
const IMMUTABLE: [&str; 9] = [
    "spec.completions",
    "spec.selector",
    "spec.template",
    "spec.template.spec",
    "spec.completionMode",
    "spec.podFailurePolicy",
    "spec.backoffLimitPerIndex",
    "spec.managedBy",
    "spec.successPolicy",
];

/// Where the keys of such fields begin, the outermost ones, in the text's Jobs. `completions` of an Indexed Job is none:
/// it may change together with `parallelism`.
pub fn fixed_fields(reading: &Reading) -> Vec<usize> {
    let manifests = reading.scenario.manifests.iter().enumerate();
    let jobs = manifests.filter(|(_, manifest)| manifest.kind == ObjectKind::Job);
    jobs.flat_map(|(number, manifest)| {
        let is_indexed = manifest.value["spec"]["completionMode"] == "Indexed";
        let names = IMMUTABLE.into_iter().filter(move |field| {
            let path: Vec<&str> = field.split('.').collect();
            let is_inner = (1..path.len()).any(|length| IMMUTABLE.contains(&path[..length].join(".").as_str()));
            !is_inner && job_mutability(&path, is_indexed) != Mutability::WithParallelism
        });
        names.filter_map(move |field| Some(reading.key_span(&Place::manifest(number, field))?.start))
    })
    .collect()
}

/// The lesson about them.
pub const IMMUTABLE_LESSON: u8 = 7;

/// The fields that a refused change was to change and that cannot be changed, from the API server's message.
pub fn immutable_fields(message: &str) -> Vec<&'static str> {
    let Some((_, errors)) = message.split_once(" is invalid: ") else { return Vec::new() };
    let is_named = |field: &&str| {
        let error = format!("{field}: Invalid value: ");
        let starts = [errors.strip_prefix('['), Some(errors)].into_iter().flatten();
        let is_first = starts.into_iter().any(|errors| errors.starts_with(&error));
        is_first || errors.contains(&format!(", {error}"))
    };
    let has_any = errors.contains("field is immutable");
    IMMUTABLE.into_iter().filter(|_| has_any).filter(is_named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::JobId;
    use crate::api::admission::{self, FieldValidation};
    use crate::manifest::read;
    use crate::time::Time;
    use serde_json::json;

    #[test]
    fn what_stays_is_found_in_jobs() {
        let job = |mode: &str| {
            let spec = format!("  completions: 2\n  parallelism: 2\n  {mode}template: {{spec: {{}}}}\n");
            format!("apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n{spec}")
        };
        let found = |text: &str| {
            let starts = fixed_fields(&read(text));
            let keys: Vec<String> =
                starts.iter().map(|at| text[*at..].split(':').next().unwrap_or_default().to_owned()).collect();
            keys
        };
        assert_eq!(found(&job("")), ["completions", "template"]);
        assert_eq!(found(&job("completionMode: Indexed\n  ")), ["template", "completionMode"]);
        assert_eq!(
            found("apiVersion: batch/v1\nkind: CronJob\nspec: {jobTemplate: {spec: {template: {}}}}\n"),
            [""; 0]
        );
    }

    #[test]
    fn what_cannot_be_changed_is_found_in_the_refusal() {
        let pod = |image: &str| json!({ "spec": { "restartPolicy": "Never", "containers": [{ "name": "main", "image": image }] } });
        let job = json!({ "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "pi" },
            "spec": { "completions": 2, "template": pod("busybox") } });
        let job = admission::create_job(&job, JobId(1), Time::ZERO).expect("a valid Job");
        for (change, fields) in [
            (json!({ "spec": { "template": pod("alpine") } }), vec!["spec.template"]),
            (
                json!({ "spec": { "completions": 3, "template": pod("alpine") } }),
                vec!["spec.completions", "spec.template"],
            ),
            (
                json!({ "spec": { "parallelism": -1, "completionMode": "Indexed", "template": pod("alpine") } }),
                vec!["spec.template", "spec.completionMode"],
            ),
            (json!({ "spec": { "parallelism": -1 } }), vec![]),
            (json!({ "spec": { "parallelism": "3" } }), vec![]),
        ] {
            let refusal = admission::patch_job(&job, &change, FieldValidation::Warn).expect_err("it is refused");
            assert_eq!(immutable_fields(&refusal.message), fields, "{}", refusal.message);
        }
        let mut suspended = job.clone();
        suspended.spec = std::rc::Rc::new(crate::api::JobSpec { suspend: true, ..(*suspended.spec).clone() });
        let change = json!({ "spec": { "suspend": true, "template": pod("alpine") } });
        let refusal = admission::patch_job(&suspended, &change, FieldValidation::Warn).expect_err("another program");
        assert_eq!(immutable_fields(&refusal.message), ["spec.template.spec"], "{}", refusal.message);
        assert_eq!(immutable_fields("jobs.batch \"pi\" already exists"), Vec::<&str>::new());
    }
}
