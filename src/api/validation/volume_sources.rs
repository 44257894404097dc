//! Rules of the volume sources of single vendors, and of plug-ins.

use super::at::At;
use super::cause::Cause;
use super::field_error::Errors;
use super::files::relative_path;
use super::names;
use super::values::{one_of_if_set, required};
use crate::api::go_text::quoted;
use serde_json::Value;

const MANAGED_DISK: &str =
    "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
const BLOB_DISK: &str = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";

/// A source of which little more is asked than that some fields are given.
pub(super) fn other(volume: &At<'_>, name: &str, at: &At<'_>, errors: &mut Errors) {
    match name {
        "gitRepo" => {
            required(at, &["repository"], errors);
            relative_path(&at.get("directory"), errors);
        }
        // Upstream names this one differently from its field.
        "gcePersistentDisk" => {
            let shown = at.clone().shown_below(volume, "persistentDisk");
            disk(&shown, "pdName", errors);
        }
        "awsElasticBlockStore" => disk(at, "volumeID", errors),
        "iscsi" => iscsi(at, errors),
        "glusterfs" => required(at, &["endpoints", "path"], errors),
        "flocker" => flocker(at, errors),
        "rbd" => required(at, &["monitors", "image"], errors),
        "cinder" => {
            required(at, &["volumeID"], errors);
            secret_name(at, errors);
        }
        "cephfs" => required(at, &["monitors"], errors),
        "quobyte" => quobyte(at, errors),
        "fc" => fibre_channel(at, errors),
        "flexVolume" => flex(at, errors),
        "azureFile" => required(at, &["secretName", "shareName"], errors),
        "vsphereVolume" => required(at, &["volumePath"], errors),
        "photonPersistentDisk" => required(at, &["pdID"], errors),
        "portworxVolume" => required(at, &["volumeID"], errors),
        "azureDisk" => azure_disk(at, errors),
        "storageos" => storage_os(at, errors),
        "scaleIO" => required(at, &["gateway", "system", "volumeName"], errors),
        "csi" => csi(at, errors),
        _ => {}
    }
}

fn disk(at: &At<'_>, name: &'static str, errors: &mut Errors) {
    required(at, &[name], errors);
    let partition = at.get("partition");
    if partition.integer().is_some_and(|number| !(0..=255).contains(&number)) {
        // 0 is accepted all the same.
        errors.invalid(&partition, Cause::OutOfRange { least: 1, most: 255 });
    }
}

fn secret_name(at: &At<'_>, errors: &mut Errors) {
    if at.get("secretRef").is_set() {
        required(&at.get("secretRef"), &["name"], errors);
    }
}

fn iscsi(at: &At<'_>, errors: &mut Errors) {
    let (name, unit) = (at.get("iqn"), at.get("lun"));
    required(at, &["targetPortal", "iqn"], errors);
    if !name.is_empty() {
        initiator(&name, errors);
    }
    if let Some(number) = unit.integer() {
        errors.invalid_each(&unit, names::in_range(number, 0, 255));
    }
    let asks_secret = at.get("chapAuthDiscovery").is_true() || at.get("chapAuthSession").is_true();
    if asks_secret && !at.get("secretRef").is_set() {
        errors.required(&at.get("secretRef"), "");
    }
    let own_name = at.get("initiatorName");
    if own_name.is_set() {
        initiator(&own_name.shown_below(at, "initiatorname"), errors);
    }
}

fn initiator(name: &At<'_>, errors: &mut Errors) {
    let text = name.text();
    let is_hex = |text: &str, lengths: &[usize]| {
        lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let valid = match text.split_once('.') {
        _ if !["iqn", "eui", "naa"].iter().any(|kind| text.starts_with(kind)) => {
            return errors.invalid(name, "must be valid format starting with iqn, eui, or naa");
        }
        Some(("iqn", rest)) => is_qualified(rest),
        Some(("eui", rest)) => is_hex(rest, &[16]),
        Some(("naa", rest)) => is_hex(rest, &[16, 32]),
        _ => false,
    };
    if !valid {
        errors.invalid(name, "must be valid format");
    }
}

/// `2001-04.com.example:storage`: a month, a reversed domain, a name.
fn is_qualified(text: &str) -> bool {
    let Some((month, rest)) = text.split_once('.') else { return false };
    let is_month = month.len() == 7
        && month.bytes().enumerate().all(|(at, byte)| if at == 4 { byte == b'-' } else { byte.is_ascii_digit() });
    let (domain, name) = rest.split_once(':').unwrap_or((rest, "-"));
    is_month
        && !name.is_empty()
        && !name.contains(|found: char| ",;*&$|".contains(found) || found.is_ascii_whitespace())
        && domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        && domain.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        && domain.bytes().next_back().is_some_and(|byte| byte.is_ascii_alphanumeric())
}

fn flocker(at: &At<'_>, errors: &mut Errors) {
    let (name, uuid) = (at.get("datasetName"), at.get("datasetUUID"));
    if name.is_empty() && uuid.is_empty() {
        errors.required(at, "one of datasetName and datasetUUID is required");
    }
    if !name.is_empty() && !uuid.is_empty() {
        errors.invalid_value(at, quoted("resource"), "datasetName and datasetUUID can not be specified simultaneously");
    }
    if name.text().contains('/') {
        errors.invalid(&name, "must not contain '/'");
    }
}

fn quobyte(at: &At<'_>, errors: &mut Errors) {
    let registry = at.get("registry");
    let pairs = "must be a host:port pair or multiple pairs separated by commas";
    if registry.is_empty() {
        errors.required(&registry, pairs);
    } else if at.get("tenant").text().len() >= 65 {
        errors.required(&at.get("tenant"), "must be a UUID and may not exceed a length of 64 characters");
    } else {
        for pair in registry.text().split(',') {
            if pair.matches(':').count() != 1 {
                errors.invalid(&registry, pairs);
            }
        }
    }
    required(at, &["volume"], errors);
}

fn fibre_channel(at: &At<'_>, errors: &mut Errors) {
    let (targets, unit) = (at.get("targetWWNs"), at.get("lun"));
    let has_wwids = !at.get("wwids").is_empty();
    if targets.is_empty() && !has_wwids {
        errors.required(&targets, "must specify either targetWWNs or wwids, but not both");
    }
    if !targets.is_empty() && has_wwids {
        errors.invalid(&targets, "targetWWNs and wwids can not be specified simultaneously");
    }
    if !targets.is_empty() {
        match unit.integer() {
            None => errors.required(&unit, "lun is required if targetWWNs is specified"),
            Some(number) => errors.invalid_each(&unit, names::in_range(number, 0, 255)),
        }
    }
}

fn flex(at: &At<'_>, errors: &mut Errors) {
    required(at, &["driver"], errors);
    for (key, option) in at.get("options").entries() {
        let namespace = format!(".{}", key.split('/').next().unwrap_or(key).to_lowercase());
        if namespace.ends_with(".kubernetes.io") || namespace.ends_with(".k8s.io") {
            let detail = "kubernetes.io and k8s.io namespaces are reserved";
            errors.invalid(&option.with_value(&Value::from(key)), detail);
        }
    }
}

fn azure_disk(at: &At<'_>, errors: &mut Errors) {
    let (uri, kind) = (at.get("diskURI"), at.get("kind"));
    required(at, &["diskName", "diskURI"], errors);
    one_of_if_set(&at.get("cachingMode"), &["None", "ReadOnly", "ReadWrite"], errors);
    one_of_if_set(&kind, &["Dedicated", "Managed", "Shared"], errors);
    let is_managed = kind.text() == "Managed";
    if is_managed && !uri.text().starts_with("/subscriptions/") {
        errors.unsupported_text(&uri, &[MANAGED_DISK]);
    }
    if kind.is_set() && !is_managed && !uri.text().starts_with("https://") {
        errors.unsupported_text(&uri, &[BLOB_DISK]);
    }
}

fn storage_os(at: &At<'_>, errors: &mut Errors) {
    required(at, &["volumeName"], errors);
    for field in ["volumeName", "volumeNamespace"] {
        let name = at.get(field);
        if !name.is_empty() {
            errors.invalid_each(&name, names::dns_label(name.text()));
        }
    }
    secret_name(at, errors);
}

fn csi(at: &At<'_>, errors: &mut Errors) {
    let driver = at.get("driver");
    required(at, &["driver"], errors);
    if driver.text().len() > 63 {
        errors.too_long(&driver, 63);
    }
    if !driver.is_empty() {
        errors.invalid_each(&driver, names::dns_subdomain(&driver.text().to_lowercase()));
    }
    let secret = at.get("nodePublishSecretRef");
    let name = secret.get("name");
    if secret.is_set() && name.is_empty() {
        errors.required(&name, "");
    } else if secret.is_set() {
        // Upstream leaves out the reference's own name.
        errors.invalid_each(&name.clone().shown_below(at, "name"), names::dns_subdomain(name.text()));
    }
}
