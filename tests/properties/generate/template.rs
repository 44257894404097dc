//! Pod templates: containers, init containers and sidecars, commands that the playground reads, grace periods.

use super::Style;
use crate::dice::Dice;
use serde_json::{Value, json};

/// The n-th container's name.
pub(super) fn container_name(number: i64) -> String {
    ["main", "side", "log"][number as usize].to_owned()
}

/// A template with as many containers as the style has.
pub(super) fn template(restart_policy: &str, style: &Style, dice: &mut Dice) -> Value {
    let containers: Vec<Value> = (0..style.containers).map(|number| container(&container_name(number), dice)).collect();
    let mut spec = json!({ "restartPolicy": restart_policy, "containers": containers });
    if dice.one_in(8) {
        let mut init = vec![container("init", dice)];
        if dice.one_in(2) {
            init.push(json!({ "name": "proxy", "image": "envoy:1", "restartPolicy": "Always" }));
        }
        spec["initContainers"] = json!(init);
    }
    if dice.one_in(4) {
        spec["terminationGracePeriodSeconds"] = json!(dice.pick(&[0, 1, 2, 5, 60]));
    }
    if dice.one_in(12) {
        spec["activeDeadlineSeconds"] = json!(dice.pick(&[1, 5, 30]));
    }
    let mut template = json!({ "spec": spec });
    if style.adoption {
        template["metadata"] = json!({ "labels": { "app": "mine" } });
    } else if dice.one_in(10) {
        template["metadata"] = json!({ "labels": { "team": "a" }, "annotations": { "note": "b" } });
    }
    template
}

fn container(name: &str, dice: &mut Dice) -> Value {
    let mut container =
        json!({ "name": name, "image": dice.pick(&["busybox:1.36", "busybox", "nosuch.example/image:0"]) });
    if dice.one_in(5) {
        let commands = [
            "sleep 5",
            "exit 1",
            "sleep 3 && exit 42",
            "false",
            "echo hi; sleep 1; exit $((JOB_COMPLETION_INDEX % 2))",
            "[ $JOB_COMPLETION_INDEX -eq 1 ] && exit 1",
            "while true; do sleep 1; done",
        ];
        container["command"] = json!(["sh", "-c", dice.pick(&commands)]);
    }
    container
}
