//! The spec of a pod: the fields that decide something here, beside the whole value for printing.

use super::container::{ConfigKind, Container, ContainerPlace};
use super::meta::Name;
use super::pod_placement::Placement;
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
#[derive(Clone, Debug, PartialEq, Eq)]
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

    /// All containers with their places, in the order in which they start.
    pub fn all_containers(&self) -> impl Iterator<Item = (ContainerPlace, &Container)> {
        let init = (0..).map(ContainerPlace::Init).zip(&self.init_containers);
        init.chain((0..).map(ContainerPlace::Regular).zip(&self.containers))
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
