//! Whole documents to begin with: a Job, a CronJob, a Scenario, as short as they can be.

use crate::manifest::Reading;

const TEMPLATE: [&str; 6] = [
    "template:",
    "  spec:",
    "    restartPolicy: Never",
    "    containers:",
    "    - name: main",
    "      image: example.com/main:1.0",
];

const SCENARIO: &str = "\
apiVersion: job-playground/v1
kind: Scenario
spec:
  kubernetes: \"1.36\"
  behaviors:
  - run: 10s
";

/// Names and texts; behind a manifest a Scenario is the likeliest.
pub(super) fn skeletons(reading: &Reading) -> impl Iterator<Item = (&'static str, String)> + use<> {
    let job = ("Job", manifest("Job", &[], 2));
    let jobs_of_a_schedule = ["  schedule: \"*/5 * * * *\"", "  jobTemplate:", "    spec:"];
    let cron_job = ("CronJob", manifest("CronJob", &jobs_of_a_schedule, 6));
    let scenario = ("Scenario", SCENARIO.to_owned());
    let has_manifest = !reading.scenario.manifests.is_empty();
    let order = if has_manifest { [scenario, job, cron_job] } else { [job, cron_job, scenario] };
    order.into_iter()
}

fn manifest(kind: &str, spec: &[&str], template_column: usize) -> String {
    let mut text = format!("apiVersion: batch/v1\nkind: {kind}\nmetadata:\n  name: example\nspec:\n");
    for line in spec {
        text += &format!("{line}\n");
    }
    for line in TEMPLATE {
        text += &format!("{}{line}\n", " ".repeat(template_column));
    }
    text
}
