//! A container of a pod: the fields that decide something here.

use super::image_name::ImageName;
use super::meta::Name;
use super::node::{Amounts, amount_of};
use crate::order;
use crate::time::Span;
use serde_json::Value;

/// A container of a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Name, unique in the pod.
    pub name: Name,
    /// Image.
    pub image: Name,
    /// Whether a node can read its name ([`ImageName`]): each look of a kubelet asks, of a name of any length.
    pub has_valid_image: bool,
    /// command, then args: what would be executed.
    pub command: Vec<Name>,
    /// Whether it is an init container with `restartPolicy: Always`.
    pub is_sidecar: bool,
    /// Its own restartPolicy and restartPolicyRules, if it has them and is no sidecar.
    pub restart_rules: Option<Box<RestartRules>>,
    /// imagePullPolicy.
    pub pull_policy: PullPolicy,
    /// What its variables take from ConfigMaps and Secrets, in order; optional ones are left out.
    pub config: Vec<ConfigNeed>,
    /// Whether it must not run as root, and nothing says as whom else (P-51).
    pub refuses_root: bool,
    /// Its probes; `None` if it has none.
    pub probes: Option<Box<Probes>>,
    /// How long its preStop hook takes, if it has one: `sleep` is known, others take no time.
    pub pre_stop: Option<Span>,
    /// resources.requests, and what is limited and not requested (V5.25).
    pub requests: Amounts,
    /// Ports of the node.
    pub host_ports: Vec<HostPort>,
}

/// When a container is restarted, by its own word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestartRules {
    /// restartPolicy: whether it is restarted after an end with 0, and after one with another code.
    policy: Option<(bool, bool)>,
    /// restartPolicyRules, each with the action Restart: whether the codes are meant, or all others, and the codes.
    rules: Vec<(bool, Vec<i64>)>,
}

impl RestartRules {
    fn from_value(container: &Value) -> Option<Box<RestartRules>> {
        let rules = container["restartPolicyRules"].as_array().into_iter().flatten();
        let rules = RestartRules {
            policy: match container["restartPolicy"].as_str() {
                Some("Always") => Some((true, true)),
                Some("OnFailure") => Some((false, true)),
                Some("Never") => Some((false, false)),
                _ => None,
            },
            rules: rules
                .filter(|rule| rule["action"] == "Restart")
                .map(|rule| {
                    let codes = &rule["exitCodes"];
                    let values = codes["values"].as_array().into_iter().flatten();
                    (codes["operator"] != "NotIn", values.filter_map(Value::as_i64).collect())
                })
                .collect(),
        };
        (rules != RestartRules::default()).then(|| Box::new(rules))
    }

    /// Whether a container that ended with this code is restarted; `None` leaves it to its pod. Upstream:
    /// podutil ContainerShouldRestart.
    pub fn decide(&self, exit_code: i32) -> Option<bool> {
        let matches = |(meant, codes): &(bool, Vec<i64>)| codes.contains(&i64::from(exit_code)) == *meant;
        if self.rules.iter().any(matches) {
            return Some(true);
        }
        self.policy.map(|(after_success, after_failure)| if exit_code == 0 { after_success } else { after_failure })
    }
}

/// `imagePullPolicy`.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PullPolicy {
    Always,
    IfNotPresent,
    Never,
}

/// What holds configuration.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigKind {
    ConfigMap,
    Secret,
}

/// A ConfigMap or Secret that a container needs, or a key of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigNeed {
    /// ConfigMap or Secret.
    pub kind: ConfigKind,
    /// Its name.
    pub name: Name,
    /// The key, if only one is needed.
    pub key: Option<Name>,
}

/// A container by its place in the template, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContainerPlace {
    /// Of initContainers, sidecars included.
    Init(u16),
    /// Of containers.
    Regular(u16),
}

/// What a container is for its pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerRole {
    /// It must end before the others start.
    Init,
    /// It runs beside the others, and is stopped when they have ended.
    Sidecar,
    /// One of `containers`.
    Regular,
}

/// The probes of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probes {
    /// startupProbe.
    pub startup: Option<Probe>,
    /// livenessProbe.
    pub liveness: Option<Probe>,
    /// readinessProbe.
    pub readiness: Option<Probe>,
}

/// Which probe.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProbeKind {
    Startup,
    Liveness,
    Readiness,
}

impl ProbeKind {
    /// As the kubelet's messages have it.
    pub fn as_str(self) -> &'static str {
        match self {
            ProbeKind::Startup => "Startup",
            ProbeKind::Liveness => "Liveness",
            ProbeKind::Readiness => "Readiness",
        }
    }
}

/// A probe, defaulted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// How it asks.
    pub handler: ProbeHandler,
    /// initialDelaySeconds.
    pub initial_delay: i64,
    /// periodSeconds.
    pub period: Span,
    /// failureThreshold.
    pub failure_threshold: u32,
    /// successThreshold.
    pub success_threshold: u32,
    /// terminationGracePeriodSeconds.
    pub grace_seconds: Option<i64>,
}

/// How a probe asks.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbeHandler {
    HttpGet,
    TcpSocket,
    Grpc,
    Exec,
}

/// A port of the node that a container asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPort {
    /// hostPort.
    pub port: i64,
    /// `TCP` by default.
    pub protocol: Name,
    /// hostIP; empty is all addresses.
    pub ip: Name,
}

impl HostPort {
    /// Whether a node cannot give both.
    pub fn conflicts(&self, other: &HostPort) -> bool {
        let every = |ip: &str| ip.is_empty() || ip == "0.0.0.0";
        self.port == other.port
            && self.protocol == other.protocol
            && (every(&self.ip) || every(&other.ip) || self.ip == other.ip)
    }
}
impl Container {
    pub(super) fn from_value(value: &Value, of_pod: &Value, is_init: bool) -> Container {
        let texts = |value: &Value| -> Vec<Name> {
            value.as_array().into_iter().flatten().filter_map(|text| Some(text.as_str()?.into())).collect()
        };
        let own = &value["securityContext"];
        let image = value["image"].as_str().unwrap_or_default();
        let either = |field: &str| if own[field].is_null() { of_pod[field].clone() } else { own[field].clone() };
        Container {
            name: value["name"].as_str().unwrap_or_default().into(),
            image: image.into(),
            has_valid_image: ImageName::parse(image).is_ok(),
            command: [texts(&value["command"]), texts(&value["args"])].concat(),
            is_sidecar: is_init && value["restartPolicy"] == "Always",
            restart_rules: RestartRules::from_value(value).filter(|_| !is_init || value["restartPolicy"] != "Always"),
            pull_policy: match value["imagePullPolicy"].as_str() {
                Some("Always") => PullPolicy::Always,
                Some("Never") => PullPolicy::Never,
                _ => PullPolicy::IfNotPresent,
            },
            config: config_needs(value),
            refuses_root: either("runAsNonRoot") == true && !either("runAsUser").is_number(),
            probes: probes(value),
            pre_stop: pre_stop(&value["lifecycle"]["preStop"]),
            requests: requests(&value["resources"]),
            host_ports: host_ports(&value["ports"]),
        }
    }

    /// What it is for its pod, at this place of the template.
    pub fn role(&self, place: ContainerPlace) -> ContainerRole {
        match place {
            ContainerPlace::Init(_) if self.is_sidecar => ContainerRole::Sidecar,
            ContainerPlace::Init(_) => ContainerRole::Init,
            ContainerPlace::Regular(_) => ContainerRole::Regular,
        }
    }

    /// One of its probes.
    pub fn probe(&self, kind: ProbeKind) -> Option<&Probe> {
        let probes = self.probes.as_ref()?;
        match kind {
            ProbeKind::Startup => probes.startup.as_ref(),
            ProbeKind::Liveness => probes.liveness.as_ref(),
            ProbeKind::Readiness => probes.readiness.as_ref(),
        }
    }
}

fn requests(resources: &Value) -> Amounts {
    let list = |field: &str| resources[field].as_object().into_iter().flatten();
    let limited = list("limits").filter(|(resource, _)| resources["requests"][resource.as_str()].is_null());
    let asked = list("requests").chain(limited);
    let mut by_name: Vec<(Name, i64)> =
        asked.map(|(resource, amount)| (resource.as_str().into(), amount_of(resource, amount))).collect();
    order::sort_by_key(&mut by_name, |(resource, _)| resource.clone());
    Amounts { by_name }
}

fn config_need(value: &Value, kind: ConfigKind, has_key: bool) -> Option<ConfigNeed> {
    let is_needed = value.is_object() && value["optional"] != true;
    is_needed.then(|| ConfigNeed {
        kind,
        name: value["name"].as_str().unwrap_or_default().into(),
        key: has_key.then(|| value["key"].as_str().unwrap_or_default().into()),
    })
}

/// In the order in which the kubelet looks them up: envFrom, then env (makeEnvironmentVariables).
fn config_needs(container: &Value) -> Vec<ConfigNeed> {
    let list = |field: &str| container[field].as_array().into_iter().flatten();
    let whole = list("envFrom").flat_map(|one| {
        let of_map = config_need(&one["configMapRef"], ConfigKind::ConfigMap, false);
        [of_map, config_need(&one["secretRef"], ConfigKind::Secret, false)]
    });
    let keys = list("env").flat_map(|one| {
        let from = &one["valueFrom"];
        let of_map = config_need(&from["configMapKeyRef"], ConfigKind::ConfigMap, true);
        [of_map, config_need(&from["secretKeyRef"], ConfigKind::Secret, true)]
    });
    whole.chain(keys).flatten().collect()
}

fn probes(container: &Value) -> Option<Box<Probes>> {
    let probes = Probes {
        startup: probe(&container["startupProbe"]),
        liveness: probe(&container["livenessProbe"]),
        readiness: probe(&container["readinessProbe"]),
    };
    (probes != Probes::default()).then(|| Box::new(probes))
}

fn probe(value: &Value) -> Option<Probe> {
    let number = |field: &str, default: i64| value[field].as_i64().filter(|number| *number > 0).unwrap_or(default);
    let count = |field: &str, default: i64| u32::try_from(number(field, default)).unwrap_or(u32::MAX);
    value.is_object().then(|| Probe {
        handler: match value {
            _ if value["httpGet"].is_object() => ProbeHandler::HttpGet,
            _ if value["tcpSocket"].is_object() => ProbeHandler::TcpSocket,
            _ if value["grpc"].is_object() => ProbeHandler::Grpc,
            _ => ProbeHandler::Exec,
        },
        initial_delay: number("initialDelaySeconds", 0),
        period: Span::from_seconds(number("periodSeconds", 10)),
        failure_threshold: count("failureThreshold", 3),
        success_threshold: count("successThreshold", 1),
        grace_seconds: value["terminationGracePeriodSeconds"].as_i64(),
    })
}

fn pre_stop(hook: &Value) -> Option<Span> {
    hook.is_object().then(|| Span::from_seconds(hook["sleep"]["seconds"].as_i64().unwrap_or(0).max(0)))
}

fn host_ports(ports: &Value) -> Vec<HostPort> {
    let ports = ports.as_array().into_iter().flatten();
    ports
        .filter_map(|port| {
            let number = port["hostPort"].as_i64().filter(|number| *number > 0)?;
            Some(HostPort {
                port: number,
                protocol: port["protocol"].as_str().unwrap_or("TCP").into(),
                ip: port["hostIP"].as_str().unwrap_or_default().into(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_limited_and_not_requested_is_requested() {
        let amounts = |resources: Value| requests(&resources).by_name;
        let resources = json!({
            "limits": { "cpu": "2", "example.com/gpu": "1", "memory": "1Gi" },
            "requests": { "ephemeral-storage": "1", "memory": "0" },
        });
        let of = |name: &str, amount| (Name::from(name), amount);
        let all = [of("cpu", 2000), of("ephemeral-storage", 1), of("example.com/gpu", 1), of("memory", 0)];
        assert_eq!(amounts(resources), all);
        assert_eq!(amounts(json!({})), []);
    }
}
