//! Specs in words, in both languages.

use job_playground::api::CronJobSpec;
use job_playground::api::ObjectKey;
use job_playground::api::time_zone::PACKED;
use job_playground::manifest::answer::Answer;
use job_playground::manifest::read;
use job_playground::recording::{Object, Recording};
use job_playground::texts::Lang;
use serde_json::json;
use std::rc::Rc;

fn words(lang: Lang, spec: &serde_json::Value) -> String {
    let manifest = json!({"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "c"}, "spec": spec});
    let Answer::Accepted(admitted) = Answer::to_value(&manifest) else { panic!("{spec} is refused") };
    let spec = CronJobSpec::from_value(Rc::new(admitted.value["spec"].clone())).expect("a spec");
    // Saturday, 2000-01-01T12:00:00Z.
    lang.in_words().schedule(&spec, 946_728_000, Some(PACKED)).plain().replace('\u{a0}', " ")
}

#[test]
fn schedules_in_words() {
    let job = json!({"spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "m", "image": "i"}]}}}});
    let spec = |more: serde_json::Value| {
        let mut spec = json!({"schedule": "0 2 * * 1-5", "jobTemplate": job});
        spec.as_object_mut().expect("a map").extend(more.as_object().expect("a map").clone());
        spec
    };
    let berlin =
        spec(json!({"timeZone": "Europe/Berlin", "startingDeadlineSeconds": 600, "failedJobsHistoryLimit": 5}));
    assert_eq!(
        words(Lang::En, &berlin),
        "Start a Job every weekday at 02:00, Berlin time, even while the last one still runs. Later than 10 min it is not \
         started. Keep 3 complete and 5 failed Jobs. Next: 01-03 02:00, 01-04 02:00, 01-05 02:00."
    );
    assert_eq!(
        words(Lang::Zh, &berlin),
        "每个工作日 02:00（Berlin 时间）启动 Job，即使上一个还在运行。晚于 10 分钟就不再启动。保留 3 个成功和 5 个失败的 Job。接下来：01-03 \
         02:00、01-04 02:00、01-05 02:00。"
    );
    for (schedule, start) in [
        ("*/5 * * * *", "Start a Job every 5 minutes, UTC, "),
        ("0 3 1 * *", "Start a Job on the 1st of every month at 03:00, UTC, "),
        ("30 6 * * 0,6", "Start a Job every Sunday, Saturday at 06:30, UTC, "),
        ("0 2 13 * 5", "Start a Job at 0 2 13 * 5, "),
        ("@every 90s", "Start a Job every 1 min 30 s, UTC, "),
    ] {
        let said = words(Lang::En, &spec(json!({"schedule": schedule})));
        assert!(said.starts_with(start), "{said}");
    }
}

#[test]
fn policies_in_words() {
    let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n  completions: 3\n  completionMode: Indexed\n  \
         backoffLimitPerIndex: 1\n  maxFailedIndexes: 2\n  podFailurePolicy: {rules: [{action: Ignore, onPodConditions: \
         [{type: DisruptionTarget}]}, {action: FailJob, onExitCodes: {operator: In, values: [42]}}]}\n  successPolicy: \
         {rules: [{succeededCount: 2}]}\n  template: {spec: {restartPolicy: Never, containers: [{name: m, image: i}]}}\n";
    let recording = Recording::of(&read(text).scenario);
    let id = recording.jobs().next().expect("a Job");
    let Some(Object::Job(job)) = recording.history(ObjectKey::Job(id)).next().map(|version| &version.object) else {
        panic!("no Job")
    };
    for (lang, said) in [
        (
            Lang::En,
            ["More than 2 failed indexes end all", "2 rules of podFailurePolicy", "A successPolicy may complete"],
        ),
        (Lang::Zh, ["失败的索引超过 2 个", "podFailurePolicy 的 2 条规则", "successPolicy 可以"]),
    ] {
        let words = lang.in_words().job(&job.spec).plain().replace('\u{a0}', " ");
        assert!(said.iter().all(|part| words.contains(part)), "{words}");
    }
}
