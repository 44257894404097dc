//! Rules of security contexts, of pods and containers (V9.21).

use super::at::At;
use super::field_error::Errors;
use super::files::relative_path;
use super::operating_system::windows_options;
use super::values::{id, one_of_if_set};
use crate::api::schema::internal_json;
use crate::api::words;
use crate::order::Set;
use serde_json::Value;

const MAX_PROFILE: usize = 4095;
const MAX_SYSCTL: usize = 253;
const IPC_SYSCTLS: [&str; 10] = [
    "kernel.sem",
    "kernel.shm",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
    "kernel.msg",
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
];

/// `spec.securityContext`.
pub(super) fn pod_security_context(spec: &At<'_>, errors: &mut Errors) {
    let context = spec.get("securityContext");
    for field in ["fsGroup", "runAsUser", "runAsGroup"] {
        id(&context.get(field), errors);
    }
    context.get("supplementalGroups").items().for_each(|group| id(&group, errors));
    let shared = spec.get("shareProcessNamespace");
    if shared.is_true() && spec.get("hostPID").is_true() {
        let shared = shared.shown_below(&context, "shareProcessNamespace");
        errors.invalid(&shared, "ShareProcessNamespace and HostPID cannot both be enabled");
    }
    sysctls(spec, &context.get("sysctls"), errors);
    one_of_if_set(&context.get("fsGroupChangePolicy"), words::GROUP_CHANGE_POLICIES, errors);
    seccomp_profile(&context.get("seccompProfile"), errors);
    windows_options(&context.get("windowsOptions"), errors);
    app_armor_profile(&context.get("appArmorProfile"), errors);
    one_of_if_set(&context.get("supplementalGroupsPolicy"), words::GROUP_POLICIES, errors);
    // `MountOption` is behind a gate that is off.
    one_of_if_set(&context.get("seLinuxChangePolicy"), &["Recursive"], errors);
}

/// `securityContext` of a container.
pub(super) fn security_context(context: &At<'_>, host_users: bool, errors: &mut Errors) {
    if !context.is_set() {
        return;
    }
    id(&context.get("runAsUser"), errors);
    id(&context.get("runAsGroup"), errors);
    let mount = context.get("procMount");
    one_of_if_set(&mount, words::PROC_MOUNTS, errors);
    if host_users && mount.text() == "Unmasked" {
        errors.invalid_typed(&mount, "`hostUsers` must be false to use `Unmasked`");
    }
    seccomp_profile(&context.get("seccompProfile"), errors);
    if context.get("allowPrivilegeEscalation").value == &Value::Bool(false) {
        let shown = || internal_json("SecurityContext", context.value);
        if context.get("privileged").is_true() {
            let detail = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
            errors.invalid_value(context, shown(), detail);
        }
        for capability in context.at(&["capabilities", "add"]).items() {
            if capability.text() == "CAP_SYS_ADMIN" {
                let detail = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN";
                errors.invalid_value(context, shown(), detail);
            }
        }
    }
    windows_options(&context.get("windowsOptions"), errors);
    app_armor_profile(&context.get("appArmorProfile"), errors);
}

fn seccomp_profile(profile: &At<'_>, errors: &mut Errors) {
    if !profile.is_set() {
        return;
    }
    let (kind, local) = (profile.get("type"), profile.get("localhostProfile"));
    match kind.text() {
        "" => errors.required(&kind, "type is required when seccompProfile is set"),
        _ => one_of_if_set(&kind, words::PROFILE_TYPES, errors),
    }
    if kind.text() != "Localhost" {
        if local.is_set() {
            let shown = internal_json("SeccompProfile", profile.value);
            errors.invalid_value(&local, shown, "can only be set when seccomp type is Localhost");
        }
    } else if local.is_set() {
        relative_path(&local, errors);
    } else {
        errors.required(&local, "must be set when seccomp type is Localhost");
    }
}

fn app_armor_profile(profile: &At<'_>, errors: &mut Errors) {
    if !profile.is_set() {
        return;
    }
    let (kind, local) = (profile.get("type"), profile.get("localhostProfile"));
    let text = local.text();
    match kind.text() {
        "" => errors.required(&kind, "type is required when appArmorProfile is set"),
        "Localhost" => {
            if local.is_set() && text.trim() != text {
                errors.invalid(&local, "must not be padded with whitespace");
            } else if text.is_empty() {
                errors.required(&local, "must be set when AppArmor type is Localhost");
            }
            if text.len() > MAX_PROFILE {
                errors.too_long(&local, MAX_PROFILE);
            }
        }
        "RuntimeDefault" | "Unconfined" if local.is_set() => {
            errors.invalid_typed(&local, "can only be set when AppArmor type is Localhost");
        }
        _ => one_of_if_set(&kind, words::PROFILE_TYPES, errors),
    }
}

fn sysctls(spec: &At<'_>, list: &At<'_>, errors: &mut Errors) {
    let mut seen = Set::new();
    for sysctl in list.items() {
        let name = sysctl.get("name");
        if name.is_empty() {
            errors.required(&name, "");
        } else if !is_sysctl(name.text()) {
            let detail = format!(
                "must have at most {MAX_SYSCTL} characters and match regex \
                 ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"
            );
            errors.invalid(&name, detail);
        } else if seen.contains(name.text()) {
            errors.duplicate(&name);
        }
        seen.insert(name.text());
        let plain = name.text().replace('/', ".");
        let is_of_processes = plain.starts_with("fs.mqueue.") || IPC_SYSCTLS.contains(&plain.as_str());
        if spec.get("hostNetwork").is_true() && plain.starts_with("net.") {
            errors.invalid(&name, "may not be specified when 'hostNetwork' is true");
        } else if spec.get("hostIPC").is_true() && is_of_processes {
            errors.invalid(&name, "may not be specified when 'hostIPC' is true");
        }
    }
}

fn is_sysctl(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    name.len() <= MAX_SYSCTL
        && name.split(['.', '/']).all(|segment| {
            segment.bytes().all(|byte| is_word(byte) || matches!(byte, b'-' | b'_'))
                && segment.bytes().next().is_some_and(is_word)
                && segment.bytes().next_back().is_some_and(is_word)
        })
}
