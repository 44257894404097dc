//! The Scenario: what the programs do and what happens to them.

use super::template::container_name;
use super::{Style, cron_job, duration, indexes, job};
use crate::dice::Dice;
use serde_json::{Map, Value, json};

/// The whole document.
pub(super) fn document(style: &Style, dice: &mut Dice) -> Value {
    let mut spec = Map::new();
    let mut set = |name: &str, value: Value| spec.insert(name.to_owned(), value);
    set("kubernetes", json!("1.36"));
    if dice.one_in(2) {
        set("seed", json!(dice.between(0, 1000)));
    }
    if dice.one_in(3) {
        set("startTime", json!(dice.pick(&STARTS)));
    }
    set("cluster", cluster(style, dice));
    let behaviors = dice.between(0, 4);
    if behaviors > 0 {
        set("behaviors", (0..behaviors).map(|_| behavior(style, dice)).collect());
    }
    let inputs = if dice.one_in(20) { dice.between(8, 14) } else { dice.between(0, 5) };
    if inputs > 0 {
        set("inputs", (0..inputs).map(|_| input(style, dice)).collect());
    }
    // A CronJob that nobody patches ends at its sixth scheduled time.
    if !style.cron || inputs > 0 || dice.one_in(2) {
        set("until", json!(dice.pick(&["1m", "5m", "5m", "15m", "15m", "1h"])));
    }
    json!({ "apiVersion": "job-playground/v1", "kind": "Scenario", "spec": spec })
}

/// Ordinary times, and times at which clocks are set or years end.
const STARTS: [&str; 6] = [
    "2000-01-01T12:00:00Z",
    "2024-03-31T00:58:30Z",
    "2024-10-27T00:30:00Z",
    "2024-11-03T05:59:07Z",
    "2023-12-31T23:59:59Z",
    "2024-02-28T23:58:00Z",
];

fn cluster(style: &Style, dice: &mut Dice) -> Value {
    let mut cluster = json!({});
    if dice.one_in(2) {
        cluster["scheduling"] = json!(duration(2, style, dice));
    }
    if dice.one_in(2) {
        cluster["starting"] = json!(duration(6, style, dice));
    }
    if dice.one_in(6) {
        cluster["podQuota"] = json!(dice.between(0, 4));
    }
    cluster
}

fn behavior(style: &Style, dice: &mut Dice) -> Value {
    let mut behavior = json!({});
    let mut selector = target(dice);
    if dice.one_in(4) {
        selector.insert("container".to_owned(), json!(container_name(dice.between(0, style.containers - 1))));
    }
    if dice.one_in(5) {
        selector.insert("restart".to_owned(), json!(dice.between(0, 3)));
    }
    let whole_pod = !selector.contains_key("container") && !selector.contains_key("restart");
    if !selector.is_empty() {
        behavior["match"] = Value::Object(selector);
    }
    if dice.one_in(4) {
        behavior["chance"] = json!(dice.pick(&["50%", "20%", "0.5%", "100%"]));
    }
    if whole_pod && dice.one_in(5) {
        behavior["starting"] = json!(duration(10, style, dice));
    }
    if !dice.one_in(4) {
        behavior["run"] = json!(if dice.one_in(10) { "forever".to_owned() } else { duration(40, style, dice) });
    }
    if dice.one_in(2) {
        behavior["exitCode"] = json!(dice.pick(&[0, 1, 1, 42, 137, 255]));
    }
    if dice.one_in(3) {
        let after = if dice.one_in(4) { "forever".to_owned() } else { duration(10, style, dice) };
        behavior["onTerminate"] = json!({ "after": after, "exitCode": dice.pick(&[0, 143, 1, 42]) });
    }
    behavior
}

/// Which pods; mostly one key, or none.
fn target(dice: &mut Dice) -> Map<String, Value> {
    let mut target = Map::new();
    for _ in 0..dice.pick(&[0, 1, 1, 1, 2]) {
        let (key, value) = match dice.between(0, 5) {
            0 => ("job", json!(dice.between(1, 3))),
            1 => ("job", json!(dice.pick(&[job::FIRST, job::SECOND]))),
            2 => ("pod", json!(dice.between(1, 6))),
            3 => ("index", json!(dice.between(0, 4))),
            4 => ("index", json!(indexes(5, dice))),
            _ => ("attempt", json!(dice.between(1, 4))),
        };
        target.insert(key.to_owned(), value);
    }
    target
}

fn input(style: &Style, dice: &mut Dice) -> Value {
    let up_to = dice.pick(&[10, 30, 90, 300]);
    let (verb, details) = verb(style, dice);
    let mut input = json!({ "at": duration(up_to, style, dice), verb: details });
    if dice.one_in(10) {
        input["note"] = json!("it was: \"needed\" #1");
    }
    if dice.one_in(15) {
        input["disabled"] = json!(true);
    }
    input
}

fn verb(style: &Style, dice: &mut Dice) -> (&'static str, Value) {
    let verb = dice.pick(&[
        "fail",
        "fail",
        "oomKill",
        "evict",
        "evict",
        "preempt",
        "nodePressureEvict",
        "delete",
        "delete",
        "patch",
        "patch",
        "patch",
        "patch",
        "create",
        "restartControllers",
        "delete object",
    ]);
    match verb {
        "patch" => ("patch", patch(style, dice)),
        "create" => {
            let name = dice.pick(&[job::FIRST, job::SECOND, job::SECOND]);
            ("create", job::manifest(name, style, dice))
        }
        "restartControllers" => ("restartControllers", json!({})),
        "delete object" => ("delete", deletion(style, dice)),
        "delete" => {
            let mut target = target(dice);
            if dice.one_in(2) {
                target.insert("gracePeriodSeconds".to_owned(), json!(dice.pick(&[0, 0, 1, 3, 120])));
            }
            ("delete", Value::Object(target))
        }
        verb => {
            let mut target = target(dice);
            if matches!(verb, "fail" | "oomKill") && dice.one_in(3) {
                target.insert("container".to_owned(), json!(container_name(dice.between(0, style.containers - 1))));
            }
            if verb == "fail" && dice.one_in(2) {
                target.insert("exitCode".to_owned(), json!(dice.pick(&[0, 1, 2, 42])));
            }
            (verb, Value::Object(target))
        }
    }
}

fn deletion(style: &Style, dice: &mut Dice) -> Value {
    let kind = if style.cron && dice.one_in(2) { "CronJob" } else { "Job" };
    let mut deletion = json!({ "kind": kind });
    if dice.one_in(5) {
        deletion["name"] = json!(dice.pick(&[job::FIRST, job::SECOND, "nobody"]));
    }
    if !dice.one_in(3) {
        deletion["cascade"] = json!(dice.pick(&["background", "foreground", "orphan"]));
    }
    deletion
}

fn patch(style: &Style, dice: &mut Dice) -> Value {
    if style.cron && dice.one_in(2) {
        return json!({ "kind": "CronJob", "spec": cron_change(dice) });
    }
    let mut patch = json!({ "spec": job_change(style, dice) });
    if style.cron || dice.one_in(6) {
        patch["kind"] = json!("Job");
    }
    if dice.one_in(8) {
        patch["metadata"] = json!({ "name": dice.pick(&[job::FIRST, job::SECOND]) });
    }
    if dice.one_in(12) {
        patch["metadata"]["labels"] = json!({ "team": "b" });
    }
    patch
}

fn job_change(style: &Style, dice: &mut Dice) -> Value {
    let size = dice.between(0, 6);
    match dice.between(0, 13) {
        0..=2 => json!({ "suspend": true }),
        3..=5 => json!({ "suspend": false }),
        6 => json!({ "parallelism": size }),
        7 | 8 => json!({ "parallelism": size, "completions": size }),
        9 => json!({ "backoffLimit": dice.between(0, 3) }),
        10 => json!({ "activeDeadlineSeconds": dice.pick(&[Value::Null, json!(1), json!(20), json!(100)]) }),
        11 => json!({ "ttlSecondsAfterFinished": dice.pick(&[Value::Null, json!(0), json!(30)]) }),
        12 => json!({ "suspend": false, "template": { "metadata": { "labels": { "queue": "b" } } } }),
        _ => match dice.between(0, 3) {
            0 => json!({ "maxFailedIndexes": size }),
            1 => json!({ "podReplacementPolicy": dice.pick(&["Failed", "TerminatingOrFailed"]) }),
            2 => json!({ "completions": size }),
            _ => json!({ "backoffLimitPerIndex": style.containers }),
        },
    }
}

fn cron_change(dice: &mut Dice) -> Value {
    match dice.between(0, 7) {
        0 => json!({ "suspend": true }),
        1 => json!({ "suspend": false }),
        2 => json!({ "schedule": dice.pick(&cron_job::SCHEDULES) }),
        3 => json!({ "concurrencyPolicy": dice.pick(&["Allow", "Forbid", "Replace"]) }),
        4 => json!({ "successfulJobsHistoryLimit": dice.between(0, 3), "failedJobsHistoryLimit": dice.between(0, 3) }),
        5 => json!({ "startingDeadlineSeconds": dice.pick(&[Value::Null, json!(5), json!(100)]) }),
        6 => json!({ "timeZone": dice.pick(&cron_job::ZONES) }),
        _ => json!({ "jobTemplate": { "spec": { "parallelism": dice.between(0, 4) } } }),
    }
}
