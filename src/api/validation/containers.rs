//! Rules of containers and init containers (V9.10 … V9.26).

use super::at::At;
use super::cause::Cause;
use super::field_error::Errors;
use super::pod::{Pod, containers};
use super::values::one_of;
use super::volumes::Volumes;
use super::{env, mounts, names, network, probes, resources, security};
use crate::api::words;
use crate::order::{self, Set};

const MAX_RESTART_RULES: usize = 20;
const MAX_EXIT_CODES: usize = 255;
/// What an ephemeral container cannot have.
const NOT_EPHEMERAL: [&str; 9] = [
    "ports",
    "resources",
    "resizePolicy",
    "restartPolicy",
    "restartPolicyRules",
    "livenessProbe",
    "readinessProbe",
    "startupProbe",
    "lifecycle",
];

/// `spec.containers`, `spec.initContainers`, `spec.ephemeralContainers`.
pub(super) fn all<'v>(spec: &At<'v>, volumes: &Volumes<'v>, claims: &Set<&'v str>, errors: &mut Errors) {
    let pod = Pod { spec, volumes, claims };
    let list = spec.get("containers");
    if list.is_empty() {
        errors.required(&list, Cause::ContainersRequired);
    } else {
        regular(&pod, &list, errors);
    }
    init(&pod, errors);
    ephemeral(&pod, errors);
}

fn regular(pod: &Pod<'_, '_>, list: &At<'_>, errors: &mut Errors) {
    let mut names = Set::new();
    for container in list.items() {
        common(pod, &container, errors);
        let name = container.get("name");
        if !names.insert(name.text()) {
            errors.duplicate(&name);
        }
        running(pod, &container, errors);
        restart_policy(&container, errors);
    }
    network::unique_host_ports(list.items().map(|container| (container.clone(), container)), errors);
}

fn init(pod: &Pod<'_, '_>, errors: &mut Errors) {
    let regular = pod.spec.get("containers");
    let mut names = order::set(regular.items().map(|container| container.get("name").text()));
    let list = pod.spec.get("initContainers");
    for container in list.items() {
        common(pod, &container, errors);
        init_restart_policy(&container, errors);
        let name = container.get("name");
        if names.contains(name.text()) {
            errors.duplicate(&name);
        } else if !name.is_empty() {
            names.insert(name.text());
        }
        if let Some(first) = list.items().next() {
            // Upstream checks one container as if it were a list: the first one is named.
            network::unique_host_ports(std::iter::once((container.clone(), first)), errors);
        }
        if container.get("restartPolicy").text() == "Always" {
            running(pod, &container, errors);
            continue;
        }
        for field in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] {
            if container.get(field).is_set() {
                let detail = "may not be set for init containers without restartPolicy=Always";
                errors.forbidden(&container.get(field), detail);
            }
        }
        for policy in container.get("resizePolicy").items() {
            let restart = policy.get("restartPolicy");
            if restart.text() == "RestartContainer" {
                let detail = "must not be set to 'RestartContainer' for non-sidecar initContainers";
                errors.invalid_typed(&restart, detail);
            }
        }
    }
}

/// They help to debug a running pod, so much is forbidden; in a template they are forbidden altogether.
fn ephemeral(pod: &Pod<'_, '_>, errors: &mut Errors) {
    const FORBIDDEN: &str = "cannot be set for an Ephemeral Container";
    let others = ["containers", "initContainers"].map(|list| pod.spec.get(list));
    let others = order::set(others.iter().flat_map(At::items).map(|container| container.get("name").text()));
    let mut names = others.clone();
    for container in pod.spec.get("ephemeralContainers").items() {
        common(pod, &container, errors);
        let (name, image) = (container.get("name").or_empty(), container.get("image"));
        if image.text().trim() != image.text() {
            errors.invalid(&image, "must not have leading or trailing whitespace");
        }
        if !names.insert(name.text()) {
            errors.duplicate(&name);
        }
        let target = container.get("targetContainerName");
        if !target.is_empty() && !others.contains(target.text()) {
            errors.not_found(&target, "");
        }
        for field in NOT_EPHEMERAL {
            let is_default = field == "resources" && container.get(field).is_empty();
            if container.get(field).is_set() && !is_default {
                errors.forbidden(&container.get(field), FORBIDDEN);
            }
        }
        for mount in container.get("volumeMounts").items() {
            for field in ["subPath", "subPathExpr"] {
                if !mount.get(field).is_empty() {
                    errors.forbidden(&mount.get(field), FORBIDDEN);
                }
            }
        }
    }
}

fn running(pod: &Pod<'_, '_>, container: &At<'_>, errors: &mut Errors) {
    probes::lifecycle(pod, &container.get("lifecycle"), errors);
    probes::liveness_probe(pod, &container.get("livenessProbe"), errors);
    probes::readiness_probe(pod, &container.get("readinessProbe"), errors);
    probes::startup_probe(pod, &container.get("startupProbe"), errors);
}

fn common(pod: &Pod<'_, '_>, container: &At<'_>, errors: &mut Errors) {
    let (name, image) = (container.get("name"), container.get("image"));
    if name.is_empty() {
        errors.required(&name, "");
    } else {
        errors.invalid_each(&name, names::dns_label(name.text()));
    }
    if image.is_empty() {
        errors.required(&image, Cause::ImageRequired);
    }
    one_of(&container.get("terminationMessagePolicy"), words::MESSAGE_POLICIES, errors);
    network::container_ports(&container.get("ports"), errors);
    env::variables(&container.get("env"), errors);
    env::sources(&container.get("envFrom"), errors);
    mounts::volume_mounts(pod.volumes, container, errors);
    mounts::volume_devices(pod.volumes, container, errors);
    one_of(&container.get("imagePullPolicy"), words::PULL_POLICIES, errors);
    resources::container_resources(&container.get("resources"), pod.claims, errors);
    resize_policies(&container.get("resizePolicy"), pod.spec.get("restartPolicy").text(), errors);
    security::security_context(&container.get("securityContext"), pod.host_users(), errors);
}

fn resize_policies(list: &At<'_>, pod_restart_policy: &str, errors: &mut Errors) {
    let mut seen = Set::new();
    for policy in list.items() {
        let (resource, restart) = (policy.get("resourceName"), policy.get("restartPolicy"));
        if !seen.insert(resource.text()) {
            errors.duplicate(&resource.clone().shown_as(&policy));
        }
        one_of(&resource.shown_as(list), &["cpu", "memory"], errors);
        let restart = restart.shown_as(list);
        one_of(&restart, words::RESIZE_POLICIES, errors);
        if pod_restart_policy == "Never" && restart.text() != "NotRequired" {
            errors.invalid_typed(&restart, "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
        }
    }
}

/// As of a running container, but without a policy its rules are not looked at.
fn init_restart_policy(container: &At<'_>, errors: &mut Errors) {
    let policy = container.get("restartPolicy");
    if policy.is_set() {
        restart_policy(container, errors);
    } else if !container.get("restartPolicyRules").is_empty() {
        errors.required(&policy, "must specify restartPolicy when restart rules are used");
    }
}

/// A container's own restart policy and rules (V9.23, V9.24).
fn restart_policy(container: &At<'_>, errors: &mut Errors) {
    let (policy, rules) = (container.get("restartPolicy"), container.get("restartPolicyRules"));
    if !policy.is_set() {
        if !rules.is_empty() {
            errors.required(&policy, "must specify restartPolicy when restart rules are used");
        } else {
            return;
        }
    } else if !words::CONTAINER_RESTART_POLICIES.contains(&policy.text()) {
        errors.unsupported(&policy, words::CONTAINER_RESTART_POLICIES);
    }
    if rules.len() > MAX_RESTART_RULES {
        errors.too_many(&rules, MAX_RESTART_RULES);
    }
    for rule in rules.items() {
        let (action, exit_codes) = (rule.get("action").or_empty(), rule.get("exitCodes"));
        if !words::RESTART_ACTIONS.contains(&action.text()) {
            errors.unsupported(&action, words::RESTART_ACTIONS);
        }
        if !exit_codes.is_set() {
            errors.required(&exit_codes, "must be specified");
            continue;
        }
        let (operator, values) = (exit_codes.get("operator").or_empty(), exit_codes.get("values"));
        if !words::IN_OR_NOT.contains(&operator.text()) {
            errors.unsupported(&operator, words::IN_OR_NOT);
        }
        if values.len() > MAX_EXIT_CODES {
            errors.too_many(&values, MAX_EXIT_CODES);
        }
    }
}

/// Files of variables are read from empty directories.
pub(super) fn file_key_volumes(spec: &At<'_>, errors: &mut Errors) {
    for container in containers(spec) {
        for variable in container.get("env").items() {
            let reference = variable.at(&["valueFrom", "fileKeyRef"]);
            if !reference.is_set() {
                continue;
            }
            let name = reference.get("volumeName");
            match spec.get("volumes").items().filter(|volume| volume.get("name").text() == name.text()).last() {
                None => errors.not_found(&name, ""),
                Some(volume) if !volume.get("emptyDir").is_set() => {
                    errors.invalid(&name, "referenced volume must be of type emptyDir");
                }
                Some(_) => {}
            }
        }
    }
}
