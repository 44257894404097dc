//! Rules of annotations that mean something to a pod: what later became fields.

use super::at::At;
use super::field_error::Errors;
use super::files::relative_path;
use super::pod::containers;
use super::tolerations;
use crate::api::go_text::quoted;
use serde_json::Value;

const MIRROR_POD: &str = "kubernetes.io/config.mirror";
const TOLERATIONS: &str = "scheduler.alpha.kubernetes.io/tolerations";
const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";
const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";

/// What the values of some annotations must be.
pub(super) fn pod_annotations(annotations: &At<'_>, template: &At<'_>, errors: &mut Errors) {
    let spec = template.get("spec");
    let mirror = annotations.entry(MIRROR_POD);
    if mirror.is_set() && spec.get("nodeName").is_empty() {
        errors.invalid(&mirror, "must set spec.nodeName if mirror pod annotation is set");
    }
    let tolerations = annotations.entry(TOLERATIONS);
    if let Ok(list) = serde_json::from_str::<Value>(tolerations.text()) {
        let shown = tolerations.clone().shown_below(annotations, TOLERATIONS);
        tolerations::tolerations(&shown.with_value(&list), errors);
    }
    let cost = annotations.entry(DELETION_COST);
    if cost.is_set() && !is_deletion_cost(cost.text()) {
        errors.invalid(&cost, "must be a 32bit integer");
    }
    for (key, value) in annotations.entries() {
        if key == SECCOMP_POD || key.starts_with(SECCOMP_CONTAINER) {
            seccomp(&value.shown_below(annotations, key), errors);
        }
    }
    for (key, value) in annotations.entries() {
        if let Some(name) = key.strip_prefix(APP_ARMOR) {
            app_armor(&value, name, &spec, errors);
        }
    }
}

fn is_deletion_cost(text: &str) -> bool {
    let is_canonical = text == "0" || text.starts_with(['-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    is_canonical && text.parse::<i32>().is_ok()
}

fn seccomp(value: &At<'_>, errors: &mut Errors) {
    match value.text() {
        "runtime/default" | "docker/default" | "unconfined" => {}
        text => match text.strip_prefix("localhost/") {
            Some(path) => relative_path(&value.with_value(&path.into()), errors),
            None => errors.invalid(value, "must be a valid seccomp profile"),
        },
    }
}

fn app_armor(value: &At<'_>, name: &str, spec: &At<'_>, errors: &mut Errors) {
    if !containers(spec).any(|container| container.get("name").text() == name) {
        errors.invalid(&value.with_value(&name.into()), "container not found");
    }
    let text = value.text();
    if !matches!(text, "" | "runtime/default" | "unconfined") && !text.starts_with("localhost/") {
        errors.invalid(value, format!("invalid AppArmor profile name: {}", quoted(text)));
    }
}

/// An annotation and the field that took its place must say the same.
pub(super) fn matching_profiles(annotations: &At<'_>, spec: &At<'_>, errors: &mut Errors) {
    let of_pod = spec.at(&["securityContext", "seccompProfile"]);
    matching(&annotations.entry(SECCOMP_POD), &of_pod, &of_pod, "seccomp", errors);
    for container in containers(spec) {
        let profile = container.at(&["securityContext", "seccompProfile"]);
        let key = format!("{SECCOMP_CONTAINER}{}", container.get("name").text());
        matching(&annotations.entry(&key), &profile, &profile, "seccomp", errors);
    }
    if spec.at(&["os", "name"]).text() == "windows" {
        return;
    }
    for container in containers(spec) {
        let own = container.at(&["securityContext", "appArmorProfile"]);
        let meant = if own.is_set() { own.clone() } else { spec.at(&["securityContext", "appArmorProfile"]) };
        let key = format!("{APP_ARMOR}{}", container.get("name").text());
        matching(&annotations.entry(&key), &meant, &own, "apparmor", errors);
    }
}

fn matching(annotation: &At<'_>, profile: &At<'_>, reported_at: &At<'_>, called: &str, errors: &mut Errors) {
    if !annotation.is_set() || !profile.is_set() {
        return;
    }
    let text = annotation.text();
    let (fits, local) = match profile.get("type").text() {
        "Unconfined" => (text == "unconfined", None),
        "RuntimeDefault" => (text == "runtime/default" || called == "seccomp" && text == "docker/default", None),
        "Localhost" => (text.starts_with("localhost/"), text.strip_prefix("localhost/")),
        _ => return,
    };
    if !fits {
        errors.forbidden(&reported_at.get("type"), format!("{called} type in annotation and field must match"));
    } else if local.is_some_and(|path| profile.get("localhostProfile").text() != path) {
        let detail = format!("{called} profile in annotation and field must match");
        errors.forbidden(&reported_at.get("localhostProfile"), detail);
    }
}
