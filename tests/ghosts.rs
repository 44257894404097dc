//! What counts although a text does not say it, written down: the same recording. Over the examples and the recorded cases,
//! and texts in which one default hangs on another.

use job_playground::explain::{assumed_programs, unwritten_fields};
use job_playground::manifest::edit::{append_behavior, apply, set_fields};
use job_playground::manifest::read;
use job_playground::recording::{Object, Recording};
use support::{files_with, text};

fn texts() -> Vec<String> {
    let job = |spec: &str, name: &str, command: &str| {
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: {name}}}\nspec:\n{spec}  template:\n    spec:\n      \
             restartPolicy: Never\n      containers:\n      - {{name: main, image: busybox, command: [sh, -c, {command:?}]}}\n"
        )
    };
    let mut texts: Vec<String> =
        ["", "  completions: 3\n", "  parallelism: 2\n", "  completions: 2\n  completionMode: Indexed\n"]
            .iter()
            .map(|spec| job(spec, "pi", "sleep 3; exit 1"))
            .collect();
    // Programs of two Jobs, and of two indexes, are not the same.
    texts.push(format!("{}---\n{}", job("", "one", "sleep 3"), job("", "two", "exit 4")));
    texts.push(job("  completions: 2\n  completionMode: Indexed\n", "pi", "exit $JOB_COMPLETION_INDEX"));
    let folders = ["src/examples", "tests/examples", "tests/conformance/curated", "tests/conformance/manifests"];
    texts.extend(folders.iter().flat_map(|folder| files_with("yaml", folder)).map(|path| text(&path)));
    texts
}

#[test]
fn a_default_that_is_written_down_changes_nothing() {
    let (mut fields, mut programs) = (0, 0);
    for text in texts() {
        let reading = read(&text);
        if reading.has_errors() {
            continue;
        }
        let recording = Recording::of(&reading.scenario);
        if recording.steps().len() > 3_000 {
            continue;
        }
        let same = |changed: &str, what: &str| {
            let again = Recording::of(&read(changed).scenario);
            assert_eq!(recording.steps().len(), again.steps().len(), "{what}\n{changed}");
            for (before, after) in recording.steps().iter().zip(again.steps()) {
                assert_eq!((before.at, before.key), (after.at, after.key), "{what}\n{changed}");
                let writes = |recording: &Recording, step| {
                    let objects = recording.versions(step).iter().map(|version| match &version.object {
                        // Its spec is the text.
                        Object::CronJob(cron_job) => format!("{:?}", cron_job.status),
                        other => format!("{other:?}"),
                    });
                    objects.collect::<Vec<String>>()
                };
                assert_eq!(writes(&recording, before), writes(&again, after), "{what}\n{changed}");
            }
        };
        for field in unwritten_fields(&reading, &recording) {
            let Ok(edits) = set_fields(&reading, &field.writes) else { continue };
            fields += 1;
            same(&apply(&text, &edits), field.name);
        }
        for assumed in assumed_programs(&recording, &reading.scenario) {
            let Some(behavior) = &assumed.behavior else { continue };
            let Ok(edits) = append_behavior(&reading, behavior) else { continue };
            programs += 1;
            same(&apply(&text, &edits), &assumed.container);
        }
    }
    assert!(fields > 400 && programs > 100, "{fields} fields, {programs} programs");
}
