//! Rules of probes and lifecycle hooks (V9.22).

use super::at::At;
use super::field_error::Errors;
use super::names;
use super::pod::Pod;
use crate::api::words;

/// Handlers in the order in which they are checked; a second one is refused.
const HANDLERS: [&str; 5] = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

/// `livenessProbe`.
pub(super) fn liveness_probe(pod: &Pod<'_, '_>, at: &At<'_>, errors: &mut Errors) {
    startup_probe(pod, at, errors);
}

/// `startupProbe`.
pub(super) fn startup_probe(pod: &Pod<'_, '_>, at: &At<'_>, errors: &mut Errors) {
    if at.is_set() {
        probe(pod, at, errors);
        let threshold = at.get("successThreshold");
        if threshold.integer() != Some(1) {
            errors.invalid(&threshold, "must be 1");
        }
    }
}

/// `readinessProbe`.
pub(super) fn readiness_probe(pod: &Pod<'_, '_>, at: &At<'_>, errors: &mut Errors) {
    if at.is_set() {
        probe(pod, at, errors);
        let grace = at.get("terminationGracePeriodSeconds");
        if grace.is_set() {
            errors.invalid(&grace, "must not be set for readinessProbes");
        }
    }
}

/// `lifecycle`.
pub(super) fn lifecycle(pod: &Pod<'_, '_>, at: &At<'_>, errors: &mut Errors) {
    for hook in ["postStart", "preStop"] {
        if at.get(hook).is_set() {
            handler(pod, &at.get(hook), errors);
        }
    }
}

fn probe(pod: &Pod<'_, '_>, at: &At<'_>, errors: &mut Errors) {
    handler(pod, at, errors);
    for field in ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"] {
        errors.nonnegative(&at.get(field));
    }
    let grace = at.get("terminationGracePeriodSeconds");
    if grace.integer().is_some_and(|seconds| seconds <= 0) {
        errors.invalid(&grace, "must be greater than 0");
    }
}

fn handler(pod: &Pod<'_, '_>, at: &At<'_>, errors: &mut Errors) {
    let mut found = false;
    for name in HANDLERS {
        let action = at.get(name);
        if !action.is_set() {
            continue;
        }
        if found {
            errors.forbidden(&action, "may not specify more than 1 handler type");
            continue;
        }
        found = true;
        match name {
            "exec" => {
                if action.get("command").is_empty() {
                    errors.required(&action.get("command"), "");
                }
            }
            "httpGet" => http_get(&action, errors),
            "sleep" => sleep(pod, &action, errors),
            _ => port(&action.get("port"), errors),
        }
    }
    if !found {
        errors.required(at, "must specify a handler type");
    }
}

fn http_get(action: &At<'_>, errors: &mut Errors) {
    let (path, scheme) = (action.get("path"), action.get("scheme"));
    if path.is_empty() {
        errors.required(&path, "");
    }
    port(&action.get("port"), errors);
    if !words::SCHEMES.contains(&scheme.text()) {
        errors.unsupported(&scheme, words::SCHEMES);
    }
    let headers = action.get("httpHeaders");
    for header in headers.items() {
        let name = header.get("name").shown_as(&headers);
        errors.invalid_each(&name, names::header_name(name.text()));
    }
}

fn port(at: &At<'_>, errors: &mut Errors) {
    match at.integer() {
        Some(number) => errors.invalid_each(at, names::port_number(number)),
        None => errors.invalid_each(at, names::port_name(at.text())),
    }
}

fn sleep(pod: &Pod<'_, '_>, action: &At<'_>, errors: &mut Errors) {
    let Some(grace) = pod.grace_seconds() else { return };
    let seconds = action.get("seconds").shown_as(action);
    if seconds.integer().is_some_and(|seconds| seconds < 0 || seconds > grace) {
        let detail = format!("must be non-negative and less than terminationGracePeriodSeconds ({grace})");
        errors.invalid(&seconds, detail);
    }
}
