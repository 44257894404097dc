//! Jobs: every field of the spec, in combinations that validation takes; now and then one that it does not.

use super::template::{container_name, template};
use super::{Style, indexes};
use crate::dice::Dice;
use serde_json::{Value, json};

/// Name of the first Job of a text.
pub(super) const FIRST: &str = "pi";
/// Name of any other Job.
pub(super) const SECOND: &str = "other";

/// A whole manifest.
pub(super) fn manifest(name: &str, style: &Style, dice: &mut Dice) -> Value {
    let mut metadata = json!({ "name": name });
    if dice.one_in(12) {
        metadata["labels"] = json!({ "team": "a" });
    }
    if dice.one_in(20) {
        metadata["finalizers"] = json!(["example.com/hold"]);
    }
    json!({ "apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": spec(style, dice) })
}

/// A Job's spec.
pub(super) fn spec(style: &Style, dice: &mut Dice) -> Value {
    let indexed = dice.one_in(2);
    let policy = dice.one_in(3);
    let restart_policy = if !policy && dice.one_in(3) { "OnFailure" } else { "Never" };
    let mut spec = json!({ "template": template(restart_policy, style, dice) });
    amounts(&mut spec, indexed, dice);
    common(&mut spec, dice);
    if indexed {
        limits_per_index(&mut spec, dice);
    }
    if policy {
        spec["podFailurePolicy"] = json!({ "rules": failure_rules(&spec, style, dice) });
    } else if dice.one_in(3) {
        spec["podReplacementPolicy"] = json!(dice.pick(&["Failed", "TerminatingOrFailed"]));
    }
    if style.adoption && dice.one_in(2) {
        spec["manualSelector"] = json!(true);
        spec["selector"] = match dice.one_in(2) {
            true => json!({ "matchLabels": { "app": "mine" } }),
            false => json!({ "matchExpressions": [{ "key": "app", "operator": "In", "values": ["mine", "yours"] }] }),
        };
    }
    if dice.one_in(40) {
        mistake(&mut spec, dice);
    }
    spec
}

fn amounts(spec: &mut Value, indexed: bool, dice: &mut Dice) {
    let parallelism = if dice.one_in(15) { dice.between(8, 30) } else { dice.between(0, 5) };
    if indexed {
        spec["completionMode"] = json!("Indexed");
        let completions = if dice.one_in(10) { dice.between(0, 20) } else { dice.between(1, 5) };
        spec["completions"] = json!(completions);
        // Elastic Jobs have as many places as indexes.
        spec["parallelism"] = json!(if dice.one_in(3) { completions } else { parallelism });
        return;
    }
    if !dice.one_in(4) {
        spec["parallelism"] = json!(parallelism);
    }
    if !dice.one_in(4) {
        spec["completions"] = json!(dice.between(0, 6));
    }
    if dice.one_in(6) {
        spec["completionMode"] = json!("NonIndexed");
    }
}

fn common(spec: &mut Value, dice: &mut Dice) {
    if !dice.one_in(4) {
        spec["backoffLimit"] = json!(dice.pick(&[0, 1, 2, 3, 6]));
    }
    if dice.one_in(4) {
        spec["activeDeadlineSeconds"] = json!(dice.pick(&[0, 1, 10, 30, 60, 600]));
    }
    if dice.one_in(3) {
        spec["ttlSecondsAfterFinished"] = json!(dice.pick(&[0, 1, 10, 60, 3600]));
    }
    if dice.one_in(6) {
        spec["suspend"] = json!(dice.one_in(2));
    }
    if dice.one_in(25) {
        spec["managedBy"] = json!(dice.pick(&["example.com/manager", "kubernetes.io/job-controller"]));
    }
}

fn limits_per_index(spec: &mut Value, dice: &mut Dice) {
    let completions = spec["completions"].as_i64().unwrap_or(0);
    if dice.one_in(2) {
        spec["backoffLimitPerIndex"] = json!(dice.between(0, 3));
        if dice.one_in(3) {
            spec["maxFailedIndexes"] = json!(dice.between(0, completions));
        }
    }
    if completions > 0 && dice.one_in(4) {
        let rules: Vec<Value> = (0..dice.between(1, 2)).map(|_| success_rule(completions, dice)).collect();
        spec["successPolicy"] = json!({ "rules": rules });
    }
}

fn success_rule(completions: i64, dice: &mut Dice) -> Value {
    let count = dice.between(1, completions);
    match dice.between(0, 2) {
        0 => json!({ "succeededCount": count }),
        1 => json!({ "succeededIndexes": indexes(completions, dice) }),
        _ => json!({ "succeededIndexes": format!("0-{}", completions - 1), "succeededCount": count }),
    }
}

fn failure_rules(spec: &Value, style: &Style, dice: &mut Dice) -> Vec<Value> {
    let mut actions = vec!["FailJob", "Ignore", "Ignore", "Count"];
    if spec["backoffLimitPerIndex"].is_number() {
        actions.push("FailIndex");
    }
    let rules = dice.between(1, 3);
    (0..rules).map(|_| failure_rule(dice.pick(&actions), style, dice)).collect()
}

fn failure_rule(action: &str, style: &Style, dice: &mut Dice) -> Value {
    if dice.one_in(2) {
        let status = dice.pick(&["True", "False"]);
        let patterns = match dice.between(0, 3) {
            0 => json!([{ "type": "Ready", "status": status }, { "type": "DisruptionTarget" }]),
            1 => json!([{ "type": "DisruptionTarget", "status": status }]),
            _ => json!([{ "type": "DisruptionTarget" }]),
        };
        return json!({ "action": action, "onPodConditions": patterns });
    }
    let mut codes = json!({
        "operator": dice.pick(&["In", "NotIn"]),
        "values": dice.pick(&[vec![1], vec![42], vec![1, 42], vec![137, 143], vec![1, 2, 3, 42, 143]]),
    });
    if dice.one_in(3) {
        codes["containerName"] = json!(container_name(dice.between(0, style.containers - 1)));
    }
    json!({ "action": action, "onExitCodes": codes })
}

/// Something that validation refuses.
fn mistake(spec: &mut Value, dice: &mut Dice) {
    match dice.between(0, 4) {
        0 => spec["parallelism"] = json!(-1),
        1 => spec["template"]["spec"]["restartPolicy"] = json!("Always"),
        2 => spec["maxFailedIndexes"] = json!(1000),
        3 => spec["backoffLimit"] = json!("six"),
        _ => spec["template"]["spec"]["containers"] = json!([]),
    }
}
