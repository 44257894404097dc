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
    for (schedule, en, zh) in [
        ("*/5 * * * *", "every 5 minutes, UTC", "每 5 分钟（UTC）"),
        ("0 * * * *", "every hour, on the hour, UTC", "每小时整点（UTC）"),
        (
            "*/7 * * * *",
            "every 7 minutes, anew from minute 0 of each hour on, UTC",
            "每小时从第 0 分起每 7 分钟（UTC）",
        ),
        ("0 3 1 * *", "on the 1st of every month at 03:00, UTC", "每月 1 日 03:00（UTC）"),
        ("30 6 * * 0,6", "every Saturday and Sunday at 06:30, UTC", "每周六、日 06:30（UTC）"),
        (
            "0 9-17/2 * * 1-5",
            "every 2 hours from 09:00 to 17:00, every weekday, UTC",
            "每个工作日，09:00 至 17:00 每 2 小时（UTC）",
        ),
        (
            "30 4 1,15 * 5",
            "on the 1st and 15th of every month, and every Friday as well, at 04:30, UTC",
            "每月 1、15 日以及每周五 04:30（UTC）",
        ),
        ("0 2,14 * 7 *", "every day in July at 02:00 and 14:00, UTC", "每年 7 月的每天 02:00、14:00（UTC）"),
        (
            "0 2 */15 * 5",
            "on the 1st, 16th and 31st of every month, and every Friday as well, at 02:00, UTC",
            "每月 1、16、31 日以及每周五 02:00（UTC）",
        ),
        ("1,2,3,5,8,13,21,34 * * * *", "at 1,2,3,5,8,13,21,34 * * * *, UTC", "按 1,2,3,5,8,13,21,34 * * * *（UTC）"),
        ("@every 90s", "every 1 min 30 s, UTC", "每隔 1 分钟 30 秒（UTC）"),
    ] {
        let said = words(Lang::En, &spec(json!({"schedule": schedule})));
        assert!(said.starts_with(&format!("Start a Job {en}, even while")), "{said}");
        let said = words(Lang::Zh, &spec(json!({"schedule": schedule})));
        assert!(said.starts_with(&format!("{zh}启动 Job")), "{said}");
    }
    let yearly = words(Lang::En, &spec(json!({"schedule": "0 0 1 1 *"})));
    assert!(yearly.contains("every year on 1 January at 00:00"), "{yearly}");
    assert!(yearly.ends_with("Next: 2001-01-01 00:00, 2002-01-01 00:00, 2003-01-01 00:00."), "{yearly}");
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
