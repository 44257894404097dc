//! Pods in depth: nodes, images and missing objects; init containers, sidecars and probes; what a pod asks of a node and
//! what it names; what happens to nodes. Made on top of a text that has none of it.

use super::{Style, duration};
use crate::dice::Dice;
use serde_json::{Value, json};

/// Names of init containers and sidecars.
const INIT: [&str; 3] = ["init", "fetch", "proxy"];
const IMAGES: [&str; 4] = ["busybox:1.36", "busybox", "ghcr.io/acme/app:1", "nosuch.example/image:0"];
/// Of nodes that there are, that join, and that there are not.
const NODES: [&str; 8] = ["node-1", "a", "a-1", "a-2", "b", "late", "late-1", "nowhere"];

/// Adds some of all that to a text.
pub(super) fn deepen(documents: &mut Value, style: &Style, dice: &mut Dice) {
    let Some(documents) = documents.as_array_mut() else { return };
    let Some(mut scenario) = documents.pop() else { return };
    documents.iter_mut().for_each(|document| pod_specs(document, style, dice));
    let spec = &mut scenario["spec"];
    cluster(&mut spec["cluster"], style, dice);
    let behaviors = spec["behaviors"].as_array_mut();
    behaviors.into_iter().flatten().for_each(|behavior| deepen_behavior(behavior, style, dice));
    for input in spec["inputs"].as_array_mut().into_iter().flatten() {
        if let Some(job) = input.get_mut("create") {
            pod_specs(job, style, dice);
        }
    }
    let more: Vec<Value> = (0..dice.between(0, 4)).map(|_| input(style, dice)).collect();
    if !more.is_empty() {
        let mut inputs = spec["inputs"].as_array().cloned().unwrap_or_default();
        inputs.extend(more);
        spec["inputs"] = json!(inputs);
    }
    // A pod that waits for a node waits for ever, and the scheduler looks at it every few minutes.
    if spec["until"].is_null() {
        spec["until"] = json!("15m");
    }
    documents.extend((0..dice.between(0, 2)).map(|_| object(dice)));
    documents.push(scenario);
}

/// Deepens the pods of a Job or CronJob.
fn pod_specs(manifest: &mut Value, style: &Style, dice: &mut Dice) {
    for way in ["/spec/template/spec", "/spec/jobTemplate/spec/template/spec"] {
        if let Some(spec) = manifest.pointer_mut(way) {
            pod(spec, style, dice);
        }
    }
}

fn pod(spec: &mut Value, style: &Style, dice: &mut Dice) {
    let mut init = Vec::new();
    for name in INIT {
        if dice.one_in(4) {
            let mut made = json!({ "name": name, "image": dice.pick(&IMAGES) });
            let is_sidecar = dice.one_in(2);
            if is_sidecar {
                made["restartPolicy"] = json!("Always");
            }
            container(&mut made, is_sidecar, style, dice);
            init.push(made);
        }
    }
    spec["initContainers"] = json!(init);
    for made in spec["containers"].as_array_mut().into_iter().flatten() {
        container(made, true, style, dice);
    }
    if dice.one_in(5) {
        spec["nodeSelector"] = json!({ "zone": dice.pick(&["a", "b"]) });
    }
    if dice.one_in(4) {
        spec["tolerations"] = json!([toleration(dice)]);
    }
    if dice.one_in(6) {
        spec["serviceAccountName"] = json!("robot");
    }
    if dice.one_in(4) {
        spec["priorityClassName"] = json!(dice.pick(&["high", "low"]));
    }
    if dice.one_in(8) {
        let term = json!({ "topologyKey": "kubernetes.io/hostname", "labelSelector": {} });
        spec["affinity"] = json!({ "podAntiAffinity": { "requiredDuringSchedulingIgnoredDuringExecution": [term] } });
    }
    if dice.one_in(8) {
        spec["topologySpreadConstraints"] = json!([{ "maxSkew": 1, "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "DoNotSchedule", "labelSelector": {} }]);
    }
    if dice.one_in(5) {
        spec["volumes"] =
            json!([{ "name": "data", (dice.pick(&["configMap", "secret", "persistentVolumeClaim"])): {} }]);
        for (source, field) in [("configMap", "name"), ("secret", "secretName"), ("persistentVolumeClaim", "claimName")]
        {
            if spec["volumes"][0][source].is_object() {
                spec["volumes"][0][source] = json!({ field: "settings" });
            }
        }
    }
}

fn toleration(dice: &mut Dice) -> Value {
    match dice.between(0, 3) {
        0 => json!({ "operator": "Exists" }),
        1 => json!({ "key": "gpu", "operator": "Exists" }),
        2 => {
            json!({ "key": "gpu", "value": "yes", "effect": "NoExecute", "tolerationSeconds": dice.pick(&[0, 5, 60]) })
        }
        _ => {
            let key = dice.pick(&["node.kubernetes.io/unreachable", "node.kubernetes.io/not-ready"]);
            json!({ "key": key, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": dice.pick(&[0, 10, 90]) })
        }
    }
}

/// What a container asks for; `has_probes` if it may have some.
fn container(made: &mut Value, has_probes: bool, style: &Style, dice: &mut Dice) {
    if dice.one_in(3) {
        made["image"] = json!(dice.pick(&IMAGES));
    }
    if dice.one_in(6) {
        made["imagePullPolicy"] = json!(dice.pick(&["Always", "IfNotPresent", "Never"]));
    }
    if dice.one_in(3) {
        made["resources"] = json!({ "requests": { "cpu": dice.pick(&["250m", "1", "3"]), "memory": "1Gi" } });
    }
    if dice.one_in(6) {
        made["envFrom"] = json!([{ (dice.pick(&["configMapRef", "secretRef"])): { "name": "settings" } }]);
    }
    if dice.one_in(8) {
        let key = json!({ "name": "settings", "key": dice.pick(&["mode", "other"]), "optional": dice.one_in(4) });
        made["env"] = json!([{ "name": "MODE", "valueFrom": { "configMapKeyRef": key } }]);
    }
    if !has_probes {
        return;
    }
    for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
        if dice.one_in(6) {
            made[probe] = json!({
                "exec": { "command": ["check"] },
                "initialDelaySeconds": dice.pick(&[0, 0, 1, 5]),
                "periodSeconds": dice.pick(&[1, 5, 10]),
                "failureThreshold": dice.pick(&[1, 3]),
            });
        }
    }
    if dice.one_in(10) {
        let grace = duration(5, style, dice);
        let seconds = job_playground::time::Span::parse(&grace).map_or(1, |grace| grace.millis() / 1000);
        made["lifecycle"] = json!({ "preStop": { "sleep": { "seconds": seconds } } });
    }
}

fn cluster(cluster: &mut Value, style: &Style, dice: &mut Dice) {
    if !dice.one_in(4) {
        let groups = ["a", "b"].into_iter().take(dice.pick(&[0, 1, 2, 2, 2]));
        cluster["nodes"] = groups.map(|name| node(name, dice)).collect();
    }
    let rules = dice.between(0, 2);
    if rules > 0 {
        cluster["images"] = (0..rules).map(|_| image(style, dice)).collect();
    }
    let entries = [
        "ConfigMap/settings",
        "Secret/*",
        "PersistentVolumeClaim/settings",
        "ServiceAccount/robot",
        "PriorityClass/low",
    ];
    let missing: Vec<&str> = entries.into_iter().filter(|_| dice.one_in(6)).collect();
    if !missing.is_empty() {
        cluster["missing"] = json!(missing);
    }
}

fn node(name: &str, dice: &mut Dice) -> Value {
    let mut node = json!({ "name": name });
    if dice.one_in(2) {
        node["count"] = json!(dice.between(1, 3));
    }
    if dice.one_in(2) {
        node["capacity"] =
            json!({ "cpu": dice.pick(&[json!(1), json!(2), json!("500m")]), "pods": dice.between(1, 6) });
    }
    if dice.one_in(2) {
        node["labels"] = json!({ "zone": dice.pick(&["a", "b"]) });
    }
    if dice.one_in(4) {
        node["taints"] = json!([taint(dice)]);
    }
    node
}

fn taint(dice: &mut Dice) -> &'static str {
    dice.pick(&["gpu:NoSchedule", "gpu=yes:NoExecute", "gpu=yes:PreferNoSchedule", "example.com/spot:NoSchedule"])
}

fn image(style: &Style, dice: &mut Dice) -> Value {
    let mut rule = json!({ "match": dice.pick(&["busybox", "busybox:*", "ghcr.io/acme/*", "*"]) });
    if dice.one_in(2) {
        let forever = dice.one_in(12);
        rule["pull"] = json!(if forever { "forever".to_owned() } else { duration(20, style, dice) });
    }
    if dice.one_in(2) {
        rule["error"] = json!(dice.pick(&["NotFound", "Unauthorized", "Unavailable", "not today"]));
        if dice.one_in(2) {
            rule["until"] = json!(duration(120, style, dice));
        }
    }
    rule
}

fn deepen_behavior(behavior: &mut Value, style: &Style, dice: &mut Dice) {
    if behavior["match"]["container"].is_string() && dice.one_in(3) {
        behavior["match"]["container"] = json!(dice.pick(&INIT));
    }
    if dice.one_in(8) {
        behavior["match"]["node"] = json!(dice.pick(&NODES));
    }
    for field in ["ready", "hang"] {
        if dice.one_in(5) {
            let forever = dice.one_in(6);
            behavior[field] = json!(if forever { "forever".to_owned() } else { duration(30, style, dice) });
        }
    }
}

fn input(style: &Style, dice: &mut Dice) -> Value {
    let named = json!({ "node": dice.pick(&NODES) });
    let (verb, details) = match dice.between(0, 10) {
        0 => ("cordon", named),
        1 => ("uncordon", named),
        2 | 3 => ("drain", named),
        4 => ("taint", json!({ "node": named["node"], "add": taint(dice) })),
        5 => ("taint", json!({ "node": named["node"], "remove": dice.pick(&["gpu", "gpu:NoExecute"]) })),
        6 => ("nodeLost", named),
        7 => ("nodeBack", named),
        8 => ("nodeAdd", node("late", dice)),
        9 => ("nodeDelete", named),
        _ => {
            let what = ["ConfigMap/settings", "Secret/*", "PriorityClass/low", "Image/busybox", "Image/*"];
            ("provide", json!(dice.pick(&what)))
        }
    };
    let up_to = dice.pick(&[10, 30, 90, 300]);
    json!({ "at": duration(up_to, style, dice), verb: details })
}

/// A document of a kind that pods name.
fn object(dice: &mut Dice) -> Value {
    match dice.between(0, 3) {
        0 => {
            json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "settings" }, "data": { "mode": "a" } })
        }
        1 => {
            json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "settings" }, "stringData": { "a": "b" } })
        }
        2 => json!({ "apiVersion": "v1", "kind": "ServiceAccount", "metadata": { "name": "robot" } }),
        _ => json!({
            "apiVersion": "scheduling.k8s.io/v1",
            "kind": "PriorityClass",
            "metadata": { "name": "high" },
            "value": 1000,
            "preemptionPolicy": dice.pick(&["PreemptLowerPriority", "Never"]),
        }),
    }
}
