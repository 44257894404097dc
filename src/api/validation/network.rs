//! Rules of ports, host names, name servers and the host's namespaces.

use super::at::At;
use super::cause::of_part;
use super::field_error::Errors;
use super::names;
use super::pod::containers;
use crate::api::words;
use crate::order::Set;

const MAX_NAME_SERVERS: usize = 3;
const MAX_SEARCH_PATHS: usize = 32;
const MAX_SEARCH_BYTES: usize = 2048;
const MAX_HOST_NAME: usize = 64;

/// `ports` of a container (V9.14).
pub(super) fn container_ports(ports: &At<'_>, errors: &mut Errors) {
    let mut seen = Set::new();
    for port in ports.items() {
        let (name, number) = (port.get("name"), port.get("containerPort"));
        if !name.is_empty() {
            let wrong = names::port_name(name.text());
            if !wrong.is_empty() {
                errors.invalid_each(&name, wrong);
            } else if !seen.insert(name.text()) {
                errors.duplicate(&name);
            }
        }
        match number.integer() {
            None | Some(0) => errors.required(&number, ""),
            Some(value) => errors.invalid_each(&number, names::port_number(value)),
        }
        let host_port = port.get("hostPort");
        if let Some(value) = host_port.integer().filter(|value| *value != 0) {
            errors.invalid_each(&host_port, names::port_number(value));
        }
        let protocol = port.get("protocol");
        if !words::PROTOCOLS.contains(&protocol.text()) {
            errors.unsupported(&protocol, words::PROTOCOLS);
        }
    }
}

/// No two containers on one port of the host. Beside each container, the one that is named for it.
pub(super) fn unique_host_ports<'v>(containers: impl Iterator<Item = (At<'v>, At<'v>)>, errors: &mut Errors) {
    let mut seen = Set::new();
    for (container, named) in containers {
        for (index, port) in container.get("ports").items().enumerate() {
            let host_port = port.get("hostPort");
            let Some(number) = host_port.integer().filter(|number| *number != 0) else { continue };
            let key = format!("{}/{}/{number}", port.get("protocol").text(), port.get("hostIP").text());
            if !seen.insert(key.clone()) {
                let shown = host_port.shown_below(&named, &format!("ports[{index}].hostPort"));
                errors.duplicate_value(&shown, &key);
            }
        }
    }
}

/// With the host's network, a port is the same on both sides.
pub(super) fn host_ports(spec: &At<'_>, errors: &mut Errors) {
    if !spec.get("hostNetwork").is_true() {
        return;
    }
    for port in spec.get("containers").items().flat_map(|container| container.get("ports").items().collect::<Vec<_>>())
    {
        let (host, inside) = (port.get("hostPort"), port.get("containerPort"));
        if host.integer().is_some_and(|host| host != 0 && Some(host) != inside.integer()) {
            errors.invalid(&host, "must match `containerPort` when `hostNetwork` is true");
        }
    }
}

/// `dnsConfig`.
pub(super) fn dns_config(spec: &At<'_>, errors: &mut Errors) {
    let config = spec.get("dnsConfig");
    let (servers, searches) = (config.get("nameservers"), config.get("searches"));
    if spec.get("dnsPolicy").text() == "None" {
        if !config.is_set() {
            return errors.required(&config, "must provide `dnsConfig` when `dnsPolicy` is None");
        }
        if servers.is_empty() {
            let detail = "must provide at least one DNS nameserver when `dnsPolicy` is None";
            return errors.required(&servers, detail);
        }
    }
    if servers.len() > MAX_NAME_SERVERS {
        errors.invalid(&servers, format!("must not have more than {MAX_NAME_SERVERS} nameservers"));
    }
    for server in servers.items() {
        errors.invalid_each(&server, names::ip_address(server.text()));
    }
    if searches.len() > MAX_SEARCH_PATHS {
        errors.invalid(&searches, format!("must not have more than {MAX_SEARCH_PATHS} search paths"));
    }
    let bytes: usize = searches.items().map(|search| search.text().len() + 1).sum();
    if bytes > MAX_SEARCH_BYTES + 1 {
        let detail =
            format!("must not have more than {MAX_SEARCH_BYTES} characters (including spaces) in the search list");
        errors.invalid(&searches, detail);
    }
    for search in searches.items().filter(|search| search.text() != ".") {
        let text = search.text().strip_suffix('.').unwrap_or(search.text());
        errors.invalid_each(&search.with_value(&text.into()), names::dns_search(text));
    }
    for option in config.get("options").items() {
        if option.get("name").is_empty() {
            errors.required(&option, "must not be empty");
        }
    }
}

/// `hostAliases`.
pub(super) fn host_aliases(list: &At<'_>, errors: &mut Errors) {
    for alias in list.items() {
        let address = alias.get("ip");
        errors.invalid_each(&address, names::ip_address(address.text()));
        for name in alias.get("hostnames").items() {
            errors.invalid_each(&name, of_part(names::dns_subdomain(name.text())));
        }
    }
}

/// Users of its own leave a pod none of the host's namespaces.
pub(super) fn host_users(spec: &At<'_>, errors: &mut Errors) {
    if spec.get("hostUsers").value != &serde_json::Value::Bool(false) {
        return;
    }
    for (field, called) in [("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")] {
        let at = spec.get(field);
        if at.is_true() {
            errors.forbidden(&at.shown_below(spec, called), "when `hostUsers` is false");
        }
    }
    for container in containers(spec) {
        let devices = container.get("volumeDevices");
        if !devices.is_empty() {
            errors.forbidden(&devices, "when `hostUsers` is false");
        }
    }
}

/// `hostnameOverride`.
pub(super) fn host_name_override(spec: &At<'_>, errors: &mut Errors) {
    let name = spec.get("hostnameOverride");
    if !name.is_set() {
        return;
    }
    if spec.get("setHostnameAsFQDN").is_true() {
        errors.forbidden(&name, "may not be specified when setHostnameAsFQDN is true");
    }
    if spec.get("hostNetwork").is_true() {
        errors.forbidden(&name, "may not be specified when hostNetwork is true");
    }
    if name.text().len() > MAX_HOST_NAME {
        errors.too_long(&name, MAX_HOST_NAME);
    }
    errors.invalid_each(&name, names::dns_subdomain(name.text()));
}
