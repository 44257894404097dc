//! Rules of a pod template: metadata, and the pod spec field by field in the API server's order (V9).

use super::at::At;
use super::cause::Cause;
use super::field_error::Errors;
use super::tolerations::tolerations;
use super::values::one_of;
use super::{affinity, annotations, containers, meta, names, network, operating_system, resources, security};
use super::{topology_spread, volumes};
use crate::api::words;
use crate::order::Set;

/// `spec.template`.
pub(super) fn pod_template(template: &At<'_>, errors: &mut Errors) {
    // The template's metadata is embedded in Go: its fields are named without it.
    let metadata = template.get("metadata");
    meta::pod_labels(&metadata.get("labels").shown_below(template, "labels"), errors);
    let annotations = metadata.get("annotations").shown_below(template, "annotations");
    meta::annotations(&annotations, errors);
    annotations::pod_annotations(&annotations, template, errors);
    let spec = template.get("spec");
    pod_spec(&spec, errors);
    annotations::matching_profiles(&annotations, &spec, errors);
    let ephemeral = spec.get("ephemeralContainers");
    if !ephemeral.is_empty() {
        errors.forbidden(&ephemeral, "ephemeral containers not allowed in pod template");
    }
}

fn pod_spec(spec: &At<'_>, errors: &mut Errors) {
    let volumes = volumes::volumes(&spec.get("volumes"), errors);
    let claims = resources::pod_claims(&spec.get("resourceClaims"), errors);
    containers::all(spec, &volumes, &claims, errors);
    resources::pod_resources(spec, &claims, errors);
    network::host_ports(spec, errors);
    restart_policy(&spec.get("restartPolicy"), errors);
    one_of(&spec.get("dnsPolicy"), words::DNS_POLICIES, errors);
    meta::labels(&spec.get("nodeSelector"), errors);
    security::pod_security_context(spec, errors);
    affinity::affinity(&spec.get("affinity"), errors);
    network::dns_config(spec, errors);
    for gate in spec.get("readinessGates").items() {
        let condition = gate.get("conditionType");
        errors.invalid_each(&condition, names::qualified_name(condition.text()));
    }
    scheduling_gates(&spec.get("schedulingGates"), errors);
    topology_spread::constraints(&spec.get("topologySpreadConstraints"), errors);
    operating_system::host_process(spec, errors);
    network::host_users(spec, errors);
    network::host_name_override(spec, errors);
    pod_names(spec, errors);
    tolerations(&spec.get("tolerations"), errors);
    network::host_aliases(&spec.get("hostAliases"), errors);
    let priority_class = spec.get("priorityClassName");
    if !priority_class.is_empty() {
        errors.invalid_each(&priority_class, names::dns_subdomain(priority_class.text()));
    }
    let runtime_class = spec.get("runtimeClassName");
    if runtime_class.is_set() {
        errors.invalid_each(&runtime_class, names::dns_subdomain(runtime_class.text()));
    }
    let preemption = spec.get("preemptionPolicy");
    if preemption.is_set() {
        one_of(&preemption, words::PREEMPTION_POLICIES, errors);
    }
    resources::overhead(&spec.get("overhead"), errors);
    operating_system::operating_system(spec, errors);
    containers::file_key_volumes(spec, errors);
}

/// A pod may be restarted always, but not a Job's, and of a Job is every pod that is checked here (V8.32).
fn restart_policy(at: &At<'_>, errors: &mut Errors) {
    if at.text().is_empty() {
        errors.required(at, Cause::RestartPolicyRequired.saying(""));
    } else if !words::RESTART_POLICIES.contains(&at.text()) {
        let cause = Cause::NotSupported { allowed: words::JOB_RESTART_POLICIES };
        errors.unsupported_because(at, words::RESTART_POLICIES, cause);
    }
}

fn scheduling_gates(gates: &At<'_>, errors: &mut Errors) {
    let mut seen = Set::new();
    for gate in gates.items() {
        let name = gate.get("name").shown_as(&gate);
        errors.invalid_each(&name, names::qualified_name(name.text()));
        if !seen.insert(name.text()) {
            errors.duplicate(&name);
        }
    }
}

/// Service account, node, deadline, host name.
fn pod_names(spec: &At<'_>, errors: &mut Errors) {
    for field in ["serviceAccountName", "nodeName"] {
        let at = spec.get(field);
        if !at.is_empty() {
            errors.invalid_each(&at, names::dns_subdomain(at.text()));
        }
    }
    let deadline = spec.get("activeDeadlineSeconds");
    if let Some(seconds) = deadline.integer() {
        errors.invalid_each(&deadline, names::in_range(seconds, 1, i64::from(i32::MAX)));
    }
    for field in ["hostname", "subdomain"] {
        let at = spec.get(field);
        if !at.is_empty() {
            errors.invalid_each(&at, names::dns_label(at.text()));
        }
    }
}
