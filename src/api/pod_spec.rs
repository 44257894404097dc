//! The spec of a pod: the fields that decide something here, beside the whole value for printing.

use super::meta::Name;
use super::node::Amounts;
use super::pod::ContainerPlace;
use super::pod_placement::{HostPort, Placement, amount_of};
use crate::time::Span;
use serde_json::Value;

/// `restartPolicy` of a pod. `Always` is refused in a Job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestartPolicy {
    /// A failed container ends the pod.
    Never,
    /// The kubelet restarts a failed container in place.
    OnFailure,
}

/// The spec of a pod template, defaulted.
#[derive(Clone, Debug, PartialEq)]
pub struct PodSpec {
    /// restartPolicy.
    pub restart_policy: RestartPolicy,
    /// terminationGracePeriodSeconds, 30 by default; a negative value counts as 1 (C9.9).
    pub grace_seconds: i64,
    /// activeDeadlineSeconds of the pod, not of its Job.
    pub active_deadline: Option<Span>,
    /// containers, in the order of the text.
    pub containers: Vec<Container>,
    /// initContainers, in the order of the text, sidecars included.
    pub init_containers: Vec<Container>,
    /// ConfigMaps and Secrets of its volumes.
    pub mounts: Vec<MountNeed>,
    /// serviceAccountName, `default` by default.
    pub service_account: Name,
    /// priorityClassName.
    pub priority_class: Option<Name>,
    /// Whether it has schedulingGates.
    pub is_gated: bool,
    /// What it asks of its node.
    pub placement: Placement,
    /// The whole spec as the API server stores it.
    pub value: Value,
}

/// A container of a pod.
#[derive(Clone, Debug, PartialEq)]
pub struct Container {
    /// Name, unique in the pod.
    pub name: Name,
    /// Image.
    pub image: Name,
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
    /// resources.requests.
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

/// A ConfigMap or Secret that a volume needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountNeed {
    /// The volume.
    pub volume: Name,
    /// ConfigMap or Secret.
    pub kind: ConfigKind,
    /// Its name.
    pub name: Name,
    /// The keys of `items`.
    pub keys: Vec<Name>,
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

impl PodSpec {
    /// The typed view of a defaulted and validated spec; what is absent reads as its default.
    pub(super) fn from_value(value: Value) -> PodSpec {
        let security = &value["securityContext"];
        let read = |list: &Value, is_init: bool| -> Vec<Container> {
            let list = list.as_array().into_iter().flatten();
            list.map(|one| Container::from_value(one, security, is_init)).collect()
        };
        let (containers, init_containers) = (read(&value["containers"], false), read(&value["initContainers"], true));
        PodSpec {
            restart_policy: match value["restartPolicy"].as_str() {
                Some("OnFailure") => RestartPolicy::OnFailure,
                _ => RestartPolicy::Never,
            },
            grace_seconds: match value["terminationGracePeriodSeconds"].as_i64() {
                Some(seconds) if seconds < 0 => 1,
                Some(seconds) => seconds,
                None => 30,
            },
            active_deadline: value["activeDeadlineSeconds"].as_i64().map(Span::from_seconds),
            mounts: mounts(&value["volumes"]),
            service_account: value["serviceAccountName"]
                .as_str()
                .filter(|name| !name.is_empty())
                .unwrap_or("default")
                .into(),
            priority_class: value["priorityClassName"].as_str().filter(|name| !name.is_empty()).map(Into::into),
            is_gated: value["schedulingGates"].as_array().is_some_and(|gates| !gates.is_empty()),
            placement: Placement::from_value(&value, &containers, &init_containers),
            containers,
            init_containers,
            value,
        }
    }

    /// A container by its place.
    pub fn container(&self, place: ContainerPlace) -> Option<&Container> {
        match place {
            ContainerPlace::Init(place) => self.init_containers.get(usize::from(place)),
            ContainerPlace::Regular(place) => self.containers.get(usize::from(place)),
        }
    }

    /// The place of the container with this name.
    pub fn place_of(&self, name: &str) -> Option<ContainerPlace> {
        let position =
            |list: &[Container]| list.iter().position(|container| *container.name == *name).map(|at| at as u16);
        position(&self.containers)
            .map(ContainerPlace::Regular)
            .or(position(&self.init_containers).map(ContainerPlace::Init))
    }

    /// Whether it has a sidecar.
    pub fn has_sidecar(&self) -> bool {
        self.init_containers.iter().any(|container| container.is_sidecar)
    }

    /// How many containers it has, init containers included.
    pub fn container_count(&self) -> usize {
        self.init_containers.len() + self.containers.len()
    }
}

impl Container {
    fn from_value(value: &Value, of_pod: &Value, is_init: bool) -> Container {
        let texts = |value: &Value| -> Vec<Name> {
            value.as_array().into_iter().flatten().filter_map(|text| Some(text.as_str()?.into())).collect()
        };
        let own = &value["securityContext"];
        let either = |field: &str| if own[field].is_null() { of_pod[field].clone() } else { own[field].clone() };
        let mut requests = Amounts::default();
        for (resource, amount) in value["resources"]["requests"].as_object().into_iter().flatten() {
            let name: Name = resource.as_str().into();
            requests.by_name.push((name, amount_of(resource, amount)));
        }
        Container {
            name: value["name"].as_str().unwrap_or_default().into(),
            image: value["image"].as_str().unwrap_or_default().into(),
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
            requests,
            host_ports: host_ports(&value["ports"]),
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

fn mounts(volumes: &Value) -> Vec<MountNeed> {
    let volumes = volumes.as_array().into_iter().flatten();
    volumes
        .filter_map(|volume| {
            let (kind, source, field) = match (&volume["configMap"], &volume["secret"]) {
                (map, _) if map.is_object() => (ConfigKind::ConfigMap, map, "name"),
                (_, secret) if secret.is_object() => (ConfigKind::Secret, secret, "secretName"),
                _ => return None,
            };
            let items = source["items"].as_array().into_iter().flatten();
            (source["optional"] != true).then(|| MountNeed {
                volume: volume["name"].as_str().unwrap_or_default().into(),
                kind,
                name: source[field].as_str().unwrap_or_default().into(),
                keys: items.filter_map(|item| Some(item["key"].as_str()?.into())).collect(),
            })
        })
        .collect()
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
