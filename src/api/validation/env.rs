//! Rules of environment variables and their sources (V9.15 … V9.17).

use super::at::At;
use super::field_error::Errors;
use super::names;
use crate::api::go_text::quoted;
use crate::api::quantity::Quantity;
use crate::api::words::POD_FIELDS;
use serde_json::Value;

const VARIABLE_FIELDS: [&str; 9] = [
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];
/// Fields of a pod that a file of a downward API volume may show.
pub(super) const FILE_FIELDS: [&str; 5] =
    ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];
const RESOURCES: [&str; 6] = [
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];
const BYTE_DIVISORS: [&str; 13] = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];
const MORE_THAN_ONE: &str = "may not have more than one field specified at a time";

/// `env`.
pub(super) fn variables(list: &At<'_>, errors: &mut Errors) {
    for variable in list.items() {
        let name = variable.get("name");
        if name.is_empty() {
            errors.required(&name, "");
        } else {
            errors.invalid_each(&name, names::environment_name(name.text()));
        }
        let source = variable.get("valueFrom");
        if source.is_set() {
            value_from(&source, !variable.get("value").is_empty(), errors);
        }
    }
}

fn value_from(source: &At<'_>, has_value: bool, errors: &mut Errors) {
    let mut sources = 0;
    let mut given = |field| {
        let at = source.get(field);
        sources += u32::from(at.is_set());
        at.is_set().then_some(at)
    };
    if let Some(at) = given("fieldRef") {
        field_selector(&at, &VARIABLE_FIELDS, errors);
    }
    if let Some(at) = given("resourceFieldRef") {
        resource_selector(&at, errors);
    }
    for field in ["configMapKeyRef", "secretKeyRef"] {
        if let Some(at) = given(field) {
            key_selector(&at, errors);
        }
    }
    if let Some(at) = given("fileKeyRef") {
        file_key_selector(&at, errors);
    }
    let detail = match sources {
        0 => "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`",
        _ if has_value => "may not be specified when `value` is not empty",
        1 => return,
        _ => MORE_THAN_ONE,
    };
    errors.invalid_value(source, "\"\"".to_owned(), detail);
}

/// A field of the pod itself.
pub(super) fn field_selector(selector: &At<'_>, allowed: &'static [&'static str], errors: &mut Errors) {
    let (version, path) = (selector.get("apiVersion"), selector.get("fieldPath"));
    if version.is_empty() {
        return errors.required(&version, "");
    }
    if path.is_empty() {
        return errors.required(&path, "");
    }
    let text = path.text();
    let refused = |why: String| format!("error converting fieldPath: {why}");
    if version.text() != "v1" {
        return errors.invalid(&path, refused(format!("unsupported pod version: {}", version.text())));
    }
    if let Some((map, key)) = subscripted(text) {
        match map {
            "metadata.annotations" => errors.invalid_each(
                &selector.with_value(&Value::from(key.to_lowercase())),
                names::qualified_name(&key.to_lowercase()),
            ),
            "metadata.labels" => {
                errors.invalid_each(&selector.with_value(&Value::from(key)), names::qualified_name(key));
            }
            _ => errors.invalid(&path, refused(format!("field label does not support subscript: {text}"))),
        }
        return;
    }
    let internal = if text == "spec.host" { "spec.nodeName" } else { text };
    if !POD_FIELDS.contains(&internal) {
        errors.invalid(&path, refused(format!("field label not supported: {text}")));
    } else if !allowed.contains(&internal) {
        errors.unsupported_text(&path.with_value(&Value::from(internal)), allowed);
    }
}

/// `metadata.labels['app']` in its parts.
pub fn subscripted(path: &str) -> Option<(&str, &str)> {
    path.strip_suffix("']")?.split_once("['").filter(|(map, _)| !map.is_empty())
}

/// A resource of this container.
fn resource_selector(selector: &At<'_>, errors: &mut Errors) {
    let resource = selector.get("resource");
    if resource.is_empty() {
        errors.required(&resource, "");
    } else {
        known_resource(&resource, errors);
    }
    divisor(selector, errors);
}

/// A resource of a container of this pod, in a volume.
pub(super) fn file_resource_selector(selector: &At<'_>, errors: &mut Errors) {
    let container = selector.get("containerName");
    if container.is_empty() {
        errors.required(&container, "");
        divisor(selector, errors);
    } else {
        resource_selector(selector, errors);
    }
}

fn known_resource(resource: &At<'_>, errors: &mut Errors) {
    if !RESOURCES.contains(&resource.text()) && !is_huge_page(resource.text()) {
        errors.unsupported_text(resource, &RESOURCES);
    }
}

fn is_huge_page(resource: &str) -> bool {
    resource.starts_with("requests.hugepages-") || resource.starts_with("limits.hugepages-")
}

fn divisor(selector: &At<'_>, errors: &mut Errors) {
    let divisor = selector.get("divisor");
    if Quantity::parse(divisor.text()).is_ok_and(Quantity::is_zero) {
        return;
    }
    let resource = selector.get("resource").text();
    let (allowed, listed, called): (&[&str], &str, &str) = match resource {
        "limits.cpu" | "requests.cpu" => (&["1m", "1"], "1m and 1", "cpu"),
        "limits.memory" | "requests.memory" => (&BYTE_DIVISORS, "", "memory"),
        "limits.ephemeral-storage" | "requests.ephemeral-storage" => (&BYTE_DIVISORS, "", "local ephemeral storage"),
        _ if is_huge_page(resource) => (&BYTE_DIVISORS, "", "hugepages"),
        _ => return,
    };
    if !allowed.contains(&divisor.text()) {
        let listed = if listed.is_empty() { allowed.join(", ") } else { listed.to_owned() };
        let detail = format!("only divisor's values {listed} are supported with the {called} resource");
        errors.invalid_value(&divisor, quoted(resource), detail);
    }
}

fn key_selector(selector: &At<'_>, errors: &mut Errors) {
    let (name, key) = (selector.get("name").or_empty(), selector.get("key"));
    errors.invalid_each(&name, names::dns_subdomain(name.text()));
    if key.is_empty() {
        errors.required(&key, "");
    } else {
        errors.invalid_each(&key, names::config_key(key.text()));
    }
}

fn file_key_selector(selector: &At<'_>, errors: &mut Errors) {
    let (key, volume, path) = (selector.get("key"), selector.get("volumeName"), selector.get("path"));
    if key.is_empty() {
        errors.required(&key, "");
    } else {
        errors.invalid_each(&key, names::environment_name(key.text()));
    }
    if volume.is_empty() {
        errors.required(&volume, "");
    } else {
        errors.invalid_each(&volume, names::dns_label(volume.text()));
    }
    if path.is_empty() {
        errors.required(&path, "");
    } else if path.text().split('/').any(|part| part == "..") {
        errors.invalid(&path, "must not contain '..'");
    }
}

/// `envFrom`. Errors of the choice of a source are reported at the list.
pub(super) fn sources(list: &At<'_>, errors: &mut Errors) {
    for source in list.items() {
        let prefix = source.get("prefix");
        if !prefix.is_empty() {
            errors.invalid_each(&prefix, names::environment_name(prefix.text()));
        }
        let mut sources = 0;
        for field in ["configMapRef", "secretRef"] {
            let reference = source.get(field);
            if !reference.is_set() {
                continue;
            }
            sources += 1;
            let name = reference.get("name");
            if name.is_empty() {
                errors.required(&name, "");
            } else {
                errors.invalid_each(&name, names::dns_subdomain_prefix(name.text()));
            }
        }
        let detail = match sources {
            0 => "must specify one of: `configMapRef` or `secretRef`",
            1 => continue,
            _ => MORE_THAN_ONE,
        };
        errors.invalid_value(&source.shown_as(list), "\"\"".to_owned(), detail);
    }
}
