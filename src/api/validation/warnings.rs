//! What the API server accepts but warns of (V11). Each warning is one line of text.

use super::at::At;
use super::cause;
use super::names;
use super::overlaps;
use super::pod::containers;
use super::warning::{WarningCause, Warnings};
use crate::api::go_text::quoted;
use crate::api::quantity::Quantity;
use crate::order::{Map, Set};
use std::net::IpAddr;

const MANY_COMPLETIONS: i64 = 100_000;
const MANY_PODS: i64 = 10_000;
const DEPRECATED_NODE_LABELS: [(&str, &str); 8] = [
    ("app.kubernetes.io/created-by", "deprecated since v1.9"),
    ("beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead"),
    ("beta.kubernetes.io/instance-type", "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead"),
    ("beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead"),
    (
        "failure-domain.beta.kubernetes.io/region",
        "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
    ),
    ("failure-domain.beta.kubernetes.io/zone", "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead"),
    ("node-role.kubernetes.io/master", "use \"node-role.kubernetes.io/control-plane\" instead"),
    ("scheduler.alpha.kubernetes.io/preferAvoidPods", "deprecated since v1.22; use Taints and Tolerations instead"),
];
const DEPRECATED_ANNOTATIONS: [(&str, &str); 3] = [
    (
        "scheduler.alpha.kubernetes.io/critical-pod",
        "non-functional in v1.16+; use the \"priorityClassName\" field instead",
    ),
    ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
    ("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
];
/// In the order of the warnings; the second name is the one in the warning.
const DEPRECATED_VOLUMES: [(&str, &str, &str); 9] = [
    ("photonPersistentDisk", "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
    ("gitRepo", "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
    ("scaleIO", "scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
    ("flocker", "flocker", "deprecated in v1.22, non-functional in v1.25+"),
    ("storageos", "storageOS", "deprecated in v1.22, non-functional in v1.25+"),
    ("quobyte", "quobyte", "deprecated in v1.22, non-functional in v1.25+"),
    ("glusterfs", "glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
    ("cephfs", "cephfs", "deprecated in v1.28, non-functional in v1.31+"),
    ("rbd", "rbd", "deprecated in v1.28, non-functional in v1.31+"),
];

/// Of a new object's name.
pub(super) fn of_name(name: &At<'_>, warnings: &mut Warnings) {
    let wrong = names::dns_label(name.text());
    let detail = "this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is \
                  recommended";
    if !wrong.is_empty() {
        warnings.add_because(name, WarningCause::HostName, &format!("{detail}: [{}]", cause::joined(&wrong, " ")));
    }
}

/// Of the schedule of a changed CronJob.
pub(super) fn of_changed_schedule(schedule: &At<'_>, warnings: &mut Warnings) {
    if schedule.text().contains("TZ") {
        let text = "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see \
                    https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details";
        warnings.add_text(schedule, text.to_owned());
    }
}

/// Of a Job's spec, or the one in a CronJob.
pub(super) fn of_job_spec(spec: &At<'_>, warnings: &mut Warnings) {
    let above = |field, limit| spec.get(field).integer().is_some_and(|number| number > limit);
    let is_indexed = spec.get("completionMode").text() == "Indexed";
    if is_indexed && above("completions", MANY_COMPLETIONS) && above("parallelism", MANY_PODS) {
        let text = "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, \
                    Kubernetes might not be able to track completedIndexes when a big number of indexes fail";
        warnings.add(spec, text);
    }
    let template = spec.get("template");
    of_template(&template.get("spec"), &template.at(&["metadata", "annotations"]), warnings);
}

fn of_template(spec: &At<'_>, annotations: &At<'_>, warnings: &mut Warnings) {
    node_labels(spec, warnings);
    for (key, text) in DEPRECATED_ANNOTATIONS {
        if annotations.entry(key).is_set() {
            warnings.add_because(&annotations.entry(key), WarningCause::Deprecated, text);
        }
    }
    for volume in spec.get("volumes").items() {
        of_volume(&volume, warnings);
    }
    overlaps::of_volumes(&spec.get("volumes"), warnings);
    repeated(&spec.get("hostAliases"), "ip", "duplicate ip", warnings);
    let secrets = spec.get("imagePullSecrets");
    repeated(&secrets, "name", "duplicate name", warnings);
    for secret in secrets.items().filter(|secret| secret.get("name").is_empty()) {
        warnings.add(&secret.get("name"), "invalid empty name \"\"");
    }
    for resource in ["memory", "ephemeral-storage"] {
        fractional(&spec.get("overhead").entry(resource), warnings);
    }
    let key = annotations.entry("seccomp.security.alpha.kubernetes.io/pod");
    if key.is_set() && !spec.at(&["securityContext", "seccompProfile"]).is_set() {
        warnings.add_because(&key, WarningCause::Deprecated, SECCOMP);
    }
    for container in containers(spec) {
        of_container(spec, annotations, &container, warnings);
    }
    ports(spec, warnings);
    let grace = spec.get("terminationGracePeriodSeconds");
    if grace.integer().is_some_and(|seconds| seconds < 0) {
        let text = "must be >= 0; negative values are invalid and will be treated as 1";
        warnings.add_because(&grace, WarningCause::NegativeGracePeriod, text);
    }
    pod_affinity(spec, warnings);
    for server in spec.at(&["dnsConfig", "nameservers"]).items() {
        address(&server, warnings);
    }
    for alias in spec.get("hostAliases").items() {
        address(&alias.get("ip"), warnings);
    }
}

const SECCOMP: &str = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
const NO_SELECTOR: &str = "a null labelSelector results in matching no pod";

fn deprecated_label(key: &str) -> Option<&'static str> {
    DEPRECATED_NODE_LABELS.iter().find(|(label, _)| *label == key).map(|(_, text)| *text)
}

fn node_labels(spec: &At<'_>, warnings: &mut Warnings) {
    for (key, entry) in spec.get("nodeSelector").entries() {
        if let Some(text) = deprecated_label(key) {
            warnings.add_because(&entry, WarningCause::Deprecated, text);
        }
    }
    let nodes = spec.at(&["affinity", "nodeAffinity"]);
    let required = nodes.at(&["requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"]);
    required.items().for_each(|term| node_term(&term, false, warnings));
    for term in nodes.get("preferredDuringSchedulingIgnoredDuringExecution").items() {
        node_term(&term.get("preference"), true, warnings);
    }
    for constraint in spec.get("topologySpreadConstraints").items() {
        let key = constraint.get("topologyKey");
        if let Some(text) = deprecated_label(key.text()) {
            warnings.add_because(&key, WarningCause::Deprecated, &format!("{} is {text}", key.text()));
        }
        let selector = constraint.get("labelSelector");
        if !selector.is_set() {
            warnings.add(&selector, NO_SELECTOR);
        }
    }
}

fn node_term(term: &At<'_>, checks_values: bool, warnings: &mut Warnings) {
    for expression in term.get("matchExpressions").items() {
        let key = expression.get("key");
        if let Some(text) = deprecated_label(key.text()) {
            warnings.add_because(&key, WarningCause::Deprecated, &format!("{} is {text}", key.text()));
        }
        if checks_values {
            for value in expression.get("values").items() {
                for wrong in names::label_value(value.text()) {
                    warnings.add(&value, &format!("{} is invalid, {}", value.text(), wrong.sentence));
                }
            }
        }
    }
}

fn of_volume(volume: &At<'_>, warnings: &mut Warnings) {
    for (source, called, text) in DEPRECATED_VOLUMES {
        let at = volume.get(source);
        if source == "cephfs" {
            let claim = volume.at(&["ephemeral", "volumeClaimTemplate", "spec", "resources"]);
            fractional(&claim.get("requests").entry("storage"), warnings);
            fractional(&claim.get("limits").entry("storage"), warnings);
        }
        if at.is_set() {
            warnings.add_because(&at.shown_below(volume, called), WarningCause::Deprecated, text);
        }
    }
}

fn repeated(list: &At<'_>, field: &'static str, text: &str, warnings: &mut Warnings) {
    let mut seen = Set::new();
    for item in list.items() {
        let at = item.get(field);
        if !seen.insert(at.text()) {
            warnings.add(&at, &format!("{text} {}", quoted(at.text())));
        }
    }
}

fn fractional(amount: &At<'_>, warnings: &mut Warnings) {
    if let Ok(value) = Quantity::parse(amount.text())
        && !value.is_integer()
    {
        let value = quoted(amount.text());
        warnings.add(amount, &format!("fractional byte value {value} is invalid, must be an integer"));
    }
}

fn of_container(spec: &At<'_>, annotations: &At<'_>, container: &At<'_>, warnings: &mut Warnings) {
    let (name, context) = (container.get("name").text(), container.get("securityContext"));
    let seccomp = annotations.entry(&format!("container.seccomp.security.alpha.kubernetes.io/{name}"));
    if seccomp.is_set() && !context.get("seccompProfile").is_set() {
        warnings.add_because(&seccomp, WarningCause::Deprecated, SECCOMP);
    }
    let app_armor = annotations.entry(&format!("container.apparmor.security.beta.kubernetes.io/{name}"));
    if app_armor.is_set() && !context.get("appArmorProfile").is_set() {
        let of_pod = spec.at(&["securityContext", "appArmorProfile"]);
        if !says_the_same(app_armor.text(), &of_pod) {
            let text = "deprecated since v1.30; use the \"appArmorProfile\" field instead";
            warnings.add_because(&app_armor, WarningCause::Deprecated, text);
        }
    }
    for resource in ["memory", "ephemeral-storage"] {
        for kind in ["limits", "requests"] {
            fractional(&container.at(&["resources", kind]).entry(resource), warnings);
        }
    }
    let mut seen = Set::new();
    for variable in container.get("env").items() {
        let (name, value) = (variable.get("name").text(), variable.get("value").text());
        let reference = format!("$({name})");
        let hides = variable.get("valueFrom").is_set() || value == reference || !value.contains(&reference);
        if !seen.insert(name) && hides {
            let text = format!("hides previous definition of {}, which may be dropped when using apply", quoted(name));
            warnings.add_because(&variable, WarningCause::RepeatedVariable, &text);
        }
    }
}

/// Whether the pod's AppArmor field is what an annotation says.
fn says_the_same(annotation: &str, profile: &At<'_>) -> bool {
    let (kind, path) = match annotation {
        "unconfined" => ("Unconfined", None),
        "runtime/default" => ("RuntimeDefault", None),
        _ => match annotation.strip_prefix("localhost/") {
            Some(path) if !path.is_empty() => ("Localhost", Some(path)),
            _ => return false,
        },
    };
    profile.is_set() && profile.get("type").text() == kind && profile.get("localhostProfile").value.as_str() == path
}

fn ports(spec: &At<'_>, warnings: &mut Warnings) {
    let all: Vec<At<'_>> =
        containers(spec).flat_map(|container| container.get("ports").items().collect::<Vec<_>>()).collect();
    // With its address and its port on the host.
    type Known<'a> = (&'a At<'a>, &'a str, i64);
    let mut known: Map<(Option<i64>, &str), Vec<Known<'_>>> = Map::new();
    for port in &all {
        if warnings.is_full() {
            return;
        }
        let (address, number) = (port.get("hostIP").text(), port.get("hostPort").integer().unwrap_or(0));
        if !address.is_empty() && number == 0 {
            warnings.add(port, &format!("hostIP set without hostPort: {}", go_port(port)));
        }
        let others = known
            .get_or_insert_with((port.get("containerPort").integer(), port.get("protocol").text()), Default::default);
        for (other, their_address, theirs) in others.iter().copied() {
            let mut cause = WarningCause::Other;
            let text = if (address, number) == (their_address, theirs) {
                cause = WarningCause::RepeatedPort { first: other.path() };
                "duplicate port definition with"
            } else if number == 0 || theirs == 0 {
                "overlapping port definition with"
            } else if number == theirs && address.is_empty() != their_address.is_empty() {
                "dangerously ambiguous port definition with"
            } else {
                continue;
            };
            warnings.add_because(port, cause, &format!("{text} {}", other.shown()));
        }
        others.push((port, address, number));
    }
    let mut named: Map<&str, String> = Map::new();
    for port in &all {
        let name = port.get("name").text();
        if name.is_empty() {
            continue;
        }
        match named.get(name) {
            None => {
                named.insert(name, port.shown());
            }
            Some(other) => {
                let name = quoted(name);
                let text = format!(
                    "duplicate port name {name} with {other}, services and probes that select ports by name will use \
                     {other}"
                );
                warnings.add(port, &text);
            }
        }
    }
}

/// A port as Go prints a struct.
fn go_port(port: &At<'_>) -> String {
    let number = |field| port.get(field).integer().unwrap_or(0);
    format!(
        "{{Name:{} HostPort:{} ContainerPort:{} Protocol:{} HostIP:{}}}",
        port.get("name").text(),
        number("hostPort"),
        number("containerPort"),
        port.get("protocol").text(),
        port.get("hostIP").text()
    )
}

fn pod_affinity(spec: &At<'_>, warnings: &mut Warnings) {
    for kind in ["podAffinity", "podAntiAffinity"] {
        let affinity = spec.at(&["affinity", kind]);
        let required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution");
        let preferred = affinity.get("preferredDuringSchedulingIgnoredDuringExecution");
        let terms = required.items().chain(preferred.items().map(|term| term.get("podAffinityTerm")));
        for selector in terms.map(|term| term.get("labelSelector")).filter(|selector| !selector.is_set()) {
            warnings.add(&selector, NO_SELECTOR);
        }
    }
}

fn address(at: &At<'_>, warnings: &mut Warnings) {
    if let Ok(IpAddr::V6(address)) = at.text().parse()
        && address.to_string() != at.text()
    {
        let (given, canonical) = (quoted(at.text()), quoted(&address.to_string()));
        warnings.add(at, &format!("IPv6 address {given} should be in RFC 5952 canonical format ({canonical})"));
    }
}
