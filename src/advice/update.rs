//! Where fields stand that keep the value with which a Job was created (V13.2, V13.4).

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

/// Where the outermost keys of such fields begin in the text's Jobs. `completions` of an Indexed Job is left out: it may
/// change together with `parallelism`.
pub fn fixed_fields(reading: &Reading) -> Vec<usize> {
    let fields = [false, true].map(outermost);
    let manifests = reading.scenario.manifests.iter().enumerate();
    let jobs = manifests.filter(|(_, manifest)| manifest.kind == ObjectKind::Job);
    jobs.flat_map(|(number, manifest)| {
        let is_indexed = manifest.value["spec"]["completionMode"] == "Indexed";
        let names = fields[usize::from(is_indexed)].iter();
        names.filter_map(move |field| Some(reading.key_span(&Place::manifest(number, field))?.start))
    })
    .collect()
}

/// Those that lie in no other.
fn outermost(is_indexed: bool) -> Vec<&'static str> {
    let is_outermost = |field: &&str| {
        let path: Vec<&str> = field.split('.').collect();
        let is_inner = (1..path.len()).any(|length| IMMUTABLE.contains(&path[..length].join(".").as_str()));
        !is_inner && job_mutability(&path, is_indexed) != Mutability::WithParallelism
    };
    IMMUTABLE.into_iter().filter(is_outermost).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;

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
}
