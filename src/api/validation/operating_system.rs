//! Rules of `spec.os`: what a pod for Linux or for Windows may not have, and Windows's own options.

use super::at::At;
use super::field_error::Errors;
use super::names;
use super::pod::containers;
use crate::api::words;

const MAX_CREDENTIAL_SPEC: usize = 64 * 1024;
const MAX_DOMAIN: usize = 256;
const MAX_USER: usize = 104;
const FOR_LINUX: &str = "windows options cannot be set for a linux pod";
const FOR_WINDOWS: &str = "cannot be set for a windows pod";
/// Fields of a pod that Windows has not; those with `true` are in the security context.
const POD_FIELDS: [(&str, bool); 15] = [
    ("appArmorProfile", true),
    ("seLinuxOptions", true),
    ("hostUsers", false),
    ("hostPID", false),
    ("hostIPC", false),
    ("seccompProfile", true),
    ("fsGroup", true),
    ("fsGroupChangePolicy", true),
    ("sysctls", true),
    ("shareProcessNamespace", false),
    ("runAsUser", true),
    ("runAsGroup", true),
    ("supplementalGroups", true),
    ("supplementalGroupsPolicy", true),
    ("seLinuxChangePolicy", true),
];
const CONTAINER_FIELDS: [&str; 10] = [
    "appArmorProfile",
    "seLinuxOptions",
    "seccompProfile",
    "capabilities",
    "readOnlyRootFilesystem",
    "privileged",
    "allowPrivilegeEscalation",
    "procMount",
    "runAsUser",
    "runAsGroup",
];

/// `spec.os`.
pub(super) fn operating_system(spec: &At<'_>, errors: &mut Errors) {
    let system = spec.get("os");
    let name = system.get("name");
    match name.text() {
        _ if !system.is_set() => {}
        "" => errors.required(&name, ""),
        "linux" => linux(spec, errors),
        "windows" => windows(spec, errors),
        _ => errors.unsupported(&name.shown_as(&system), words::SYSTEMS),
    }
}

fn linux(spec: &At<'_>, errors: &mut Errors) {
    let contexts = std::iter::once(spec.get("securityContext"))
        .chain(containers(spec).map(|container| container.get("securityContext")));
    for context in contexts {
        let options = context.get("windowsOptions");
        if options.is_set() {
            errors.forbidden(&options, FOR_LINUX);
        }
    }
}

fn windows(spec: &At<'_>, errors: &mut Errors) {
    let context = spec.get("securityContext");
    for (field, in_context) in POD_FIELDS {
        let at = if in_context { context.get(field) } else { spec.get(field) };
        if at.is_set() {
            errors.forbidden(&at, FOR_WINDOWS);
        }
    }
    for container in containers(spec) {
        for field in CONTAINER_FIELDS {
            let at = container.get("securityContext").get(field);
            if at.is_set() {
                errors.forbidden(&at, FOR_WINDOWS);
            }
        }
    }
}

/// `windowsOptions`.
pub(super) fn windows_options(options: &At<'_>, errors: &mut Errors) {
    let name = options.get("gmsaCredentialSpecName");
    if name.is_set() {
        for detail in names::dns_subdomain(name.text()) {
            errors.invalid_typed(&name, detail);
        }
    }
    let spec = options.get("gmsaCredentialSpec");
    if spec.is_set() && spec.is_empty() {
        errors.invalid_typed(&spec, "gmsaCredentialSpec cannot be an empty string");
    } else if spec.text().len() > MAX_CREDENTIAL_SPEC {
        errors.invalid_typed(&spec, "gmsaCredentialSpec size must be under 64 KiB");
    }
    let user = options.get("runAsUserName");
    if user.is_set() {
        user_name(&user, errors);
    }
}

fn user_name(at: &At<'_>, errors: &mut Errors) {
    let text = at.text();
    let mut refuse = |detail: &'static str| errors.invalid_typed(at, detail);
    if text.is_empty() {
        return refuse("runAsUserName cannot be an empty string");
    }
    if text.bytes().any(|byte| byte.is_ascii_control()) {
        return refuse("runAsUserName cannot contain control characters");
    }
    if text.matches('\\').count() > 1 {
        return refuse("runAsUserName cannot contain more than one backslash");
    }
    let (domain, user) = match text.split_once('\\') {
        Some((domain, user)) => (Some(domain), user),
        None => (None, text),
    };
    if domain.is_some_and(|domain| domain.len() >= MAX_DOMAIN) {
        refuse("runAsUserName's Domain length must be under 256 characters");
    }
    if domain.is_some_and(|domain| !is_net_bios(domain) && !is_domain(domain)) {
        refuse("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
    }
    if user.is_empty() {
        refuse("runAsUserName's User cannot be empty");
    } else if user.len() > MAX_USER {
        refuse("runAsUserName's User length must not be longer than 104 characters");
    }
    if !user.is_empty() && user.bytes().all(|byte| matches!(byte, b'.' | b' ')) {
        refuse("runAsUserName's User cannot contain only periods or spaces");
    }
    if user.contains(['"', '/', '\\', ':', ';', '|', '=', ',', '+', '*', '?', '<', '>', '@', '[', ']']) {
        refuse("runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
    }
}

fn is_net_bios(domain: &str) -> bool {
    (1..=15).contains(&domain.chars().count())
        && !domain.starts_with('.')
        && !domain.contains(['\\', '/', ':', '*', '?', '"', '<', '>', '|'])
}

fn is_domain(domain: &str) -> bool {
    domain.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    })
}

/// Containers that are processes of the host: all or none, and with the host's network.
pub(super) fn host_process(spec: &At<'_>, errors: &mut Errors) {
    let of_pod = spec.at(&["securityContext", "windowsOptions", "hostProcess"]);
    let (mut all, mut of_host) = (0, 0);
    for container in containers(spec) {
        let own = container.at(&["securityContext", "windowsOptions", "hostProcess"]);
        if of_pod.is_set() && own.is_set() && of_pod.value != own.value {
            let detail = format!("pod hostProcess value must be identical if both are specified, was {}", of_pod.value);
            errors.invalid(&own, detail);
        }
        all += 1;
        of_host += u32::from(if own.is_set() { own.is_true() } else { of_pod.is_true() });
    }
    if of_host == 0 {
        return;
    }
    if of_host != all {
        let detail = "If pod contains any hostProcess containers then all containers must be HostProcess containers";
        errors.invalid_value(spec, "\"\"".to_owned(), detail);
    }
    let network = spec.get("hostNetwork");
    if !network.is_true() {
        let detail = "hostNetwork must be true if pod contains any hostProcess containers";
        errors.invalid_value(&network, "false".to_owned(), detail);
    }
}
