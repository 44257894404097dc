//! Rules of what a container mounts (V9.18).

use super::at::At;
use super::cause::Cause;
use super::field_error::Errors;
use super::files::relative_path;
use super::values::one_of_if_set;
use super::volumes::Volumes;
use crate::api::words;
use crate::order::Set;

/// `volumeMounts`.
pub(super) fn volume_mounts(volumes: &Volumes<'_>, container: &At<'_>, errors: &mut Errors) {
    let (list, devices) = (container.get("volumeMounts"), container.get("volumeDevices"));
    let mut paths = Set::new();
    for mount in list.items() {
        let (name, path) = (mount.get("name"), mount.get("mountPath"));
        if name.is_empty() {
            errors.required(&name, "");
        }
        if !volumes.contains(name.text()) {
            errors.not_found(&name, Cause::NoSuchVolume { name: name.text().to_owned() });
        }
        if path.is_empty() {
            errors.required(&path, "");
        }
        if !paths.insert(path.text()) {
            errors.invalid(&path, "must be unique");
        }
        if devices.items().any(|device| device.get("name").text() == name.text()) {
            errors.invalid(&name, "must not already exist in volumeDevices");
        }
        if devices.items().any(|device| device.get("devicePath").text() == path.text()) {
            errors.invalid(&path, "must not already exist as a path in volumeDevices");
        }
        sub_paths(&list, &mount, errors);
        propagation(&list, &mount, container, errors);
        recursive_read_only(&list, &mount, errors);
    }
}

fn sub_paths(list: &At<'_>, mount: &At<'_>, errors: &mut Errors) {
    let (sub_path, expression) = (mount.get("subPath"), mount.get("subPathExpr"));
    if !sub_path.is_empty() {
        relative_path(&sub_path.clone().shown_below(list, "subPath"), errors);
    }
    if !expression.is_empty() {
        if !sub_path.is_empty() {
            errors.invalid(&expression, "subPathExpr and subPath are mutually exclusive");
        }
        relative_path(&expression.shown_below(list, "subPathExpr"), errors);
    }
}

fn propagation(list: &At<'_>, mount: &At<'_>, container: &At<'_>, errors: &mut Errors) {
    let propagation = mount.get("mountPropagation").shown_below(list, "mountPropagation");
    one_of_if_set(&propagation, words::PROPAGATIONS, errors);
    if propagation.text() == "Bidirectional" && !container.at(&["securityContext", "privileged"]).is_true() {
        errors.forbidden(&propagation, "Bidirectional mount propagation is available only to privileged containers");
    }
}

fn recursive_read_only(list: &At<'_>, mount: &At<'_>, errors: &mut Errors) {
    let recursive = mount.get("recursiveReadOnly").shown_below(list, "recursiveReadOnly");
    match recursive.text() {
        "Enabled" | "IfPossible" => {
            if !mount.get("readOnly").is_true() {
                errors.forbidden(&recursive, "may only be specified when readOnly is true");
            }
            let propagation = mount.get("mountPropagation");
            if propagation.is_set() && propagation.text() != "None" {
                let detail = "may only be specified when mountPropagation is None or not specified";
                errors.forbidden(&recursive, detail);
            }
        }
        _ => one_of_if_set(&recursive, words::RECURSIVE_MODES, errors),
    }
}

/// `volumeDevices`.
pub(super) fn volume_devices(volumes: &Volumes<'_>, container: &At<'_>, errors: &mut Errors) {
    let mounts = container.get("volumeMounts");
    let (mut names, mut paths) = (Set::new(), Set::new());
    for device in container.get("volumeDevices").items() {
        let (name, path) = (device.get("name"), device.get("devicePath"));
        if name.is_empty() {
            errors.required(&name, "");
        }
        if names.contains(name.text()) {
            errors.invalid(&name, "must be unique");
        }
        if !volumes.contains(name.text()) {
            errors.not_found(&name, "");
        } else if !volumes.may_be_block(name.text()) {
            let detail = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
            errors.invalid(&name, detail);
        }
        if path.is_empty() {
            errors.required(&path, "");
        }
        if paths.contains(path.text()) {
            errors.invalid(&path, "must be unique");
        }
        if path.text().split('/').any(|part| part == "..") {
            errors.invalid(&path, "can not contain backsteps ('..')");
        } else {
            paths.insert(path.text());
        }
        if mounts.items().any(|mount| mount.get("name").text() == name.text()) {
            errors.invalid(&name, "must not already exist in volumeMounts");
        }
        if mounts.items().any(|mount| mount.get("mountPath").text() == path.text()) {
            errors.invalid(&path, "must not already exist as a path in volumeMounts");
        }
        if !name.is_empty() {
            names.insert(name.text());
        }
    }
}
