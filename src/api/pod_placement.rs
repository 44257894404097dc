//! What a pod asks of its node: the fields of its spec that the scheduler reads.

use super::container::{Container, HostPort};
use super::meta::Name;
use super::node::{Amounts, Node, Taint, TaintEffect, amount_of};
use super::selector::LabelSelector;
use serde::Deserialize;
use serde_json::Value;

/// What a pod without a request counts with where the scheduler compares how full nodes are: 100m and 200Mi for each
/// container (P-11).
const DEFAULT_CPU: i64 = 100;
const DEFAULT_MEMORY: i64 = 200 * 1024 * 1024;

/// What a pod asks of its node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// nodeSelector.
    pub node_selector: Vec<(Name, Name)>,
    /// affinity.nodeAffinity, required: one of these must match; `None` without.
    pub required_nodes: Option<Vec<NodeSelectorTerm>>,
    /// affinity.nodeAffinity, preferred, with their weights.
    pub preferred_nodes: Vec<(i64, NodeSelectorTerm)>,
    /// affinity.podAffinity, required.
    pub affinity: Vec<PodAffinityTerm>,
    /// affinity.podAntiAffinity, required.
    pub anti_affinity: Vec<PodAffinityTerm>,
    /// topologySpreadConstraints with `DoNotSchedule`.
    pub spread: Vec<SpreadConstraint>,
    /// tolerations, those that every pod gets included (P-1).
    pub tolerations: Vec<Toleration>,
    /// Ports of the node.
    pub host_ports: Vec<HostPort>,
    /// PersistentVolumeClaims of its volumes.
    pub claims: Vec<Name>,
    /// What it asks for (P-11).
    pub requests: Amounts,
    /// The same with the default for what is not asked for: thousandths of a cpu, and bytes.
    pub nonzero_requests: (i64, i64),
}

/// A term of a node selector: all of it must match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeSelectorTerm {
    /// About labels.
    pub match_expressions: Vec<Requirement>,
    /// About metadata.name.
    pub match_fields: Vec<Requirement>,
}

/// A requirement of a node selector.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Requirement {
    /// Label or field.
    pub key: Name,
    /// How it must stand to the values.
    pub operator: RequirementOperator,
    /// The values.
    #[serde(default)]
    pub values: Vec<Name>,
}

/// How a label must stand to values.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum RequirementOperator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
    Gt,
    Lt,
}

impl Requirement {
    fn is_met(&self, found: Option<&str>) -> bool {
        let listed = || found.is_some_and(|found| self.values.iter().any(|value| **value == *found));
        let compared = || {
            let found: i64 = found?.parse().ok()?;
            let bound: i64 = self.values.first()?.parse().ok()?;
            Some(found.cmp(&bound))
        };
        match self.operator {
            RequirementOperator::In => listed(),
            RequirementOperator::NotIn => !listed(),
            RequirementOperator::Exists => found.is_some(),
            RequirementOperator::DoesNotExist => found.is_none(),
            RequirementOperator::Gt => compared().is_some_and(|order| order.is_gt()),
            RequirementOperator::Lt => compared().is_some_and(|order| order.is_lt()),
        }
    }
}

impl NodeSelectorTerm {
    /// Whether a node matches; an empty term matches none.
    pub fn matches(&self, node: &Node) -> bool {
        let has_any = !self.match_expressions.is_empty() || !self.match_fields.is_empty();
        has_any
            && self.match_expressions.iter().all(|one| one.is_met(node.labels.get(&one.key).map(|value| &**value)))
            && self.match_fields.iter().all(|one| *one.key == *"metadata.name" && one.is_met(Some(&node.name)))
    }
}

/// A required term of podAffinity or podAntiAffinity.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PodAffinityTerm {
    /// Which pods it is about; none without.
    #[serde(default)]
    pub label_selector: Option<LabelSelector>,
    /// What counts as the same place: a label of nodes.
    pub topology_key: Name,
}

/// An entry of topologySpreadConstraints with `DoNotSchedule`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpreadConstraint {
    /// How much more pods one place may have than the one with the fewest.
    pub max_skew: i64,
    /// What counts as the same place: a label of nodes.
    pub topology_key: Name,
    /// Which pods are counted.
    pub label_selector: Option<LabelSelector>,
    /// With fewer places than this, the fewest is 0.
    pub min_domains: i64,
    /// Whether only nodes count that the pod's selectors allow.
    pub honors_affinity: bool,
    /// Whether only nodes count whose taints the pod tolerates.
    pub honors_taints: bool,
}

/// A toleration.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Toleration {
    /// The key; none with `Exists` is every key.
    #[serde(default)]
    pub key: Option<Name>,
    /// `Equal` by default.
    #[serde(default)]
    pub operator: Option<Name>,
    /// For `Equal`.
    #[serde(default)]
    pub value: Option<Name>,
    /// None is every effect.
    #[serde(default)]
    pub effect: Option<Name>,
    /// For how long a taint with NoExecute is tolerated; for ever without.
    #[serde(default)]
    pub toleration_seconds: Option<i64>,
}

impl Toleration {
    /// Those that every pod gets: for a node that is not ready or not reachable (P-1).
    const OF_EVERY_POD: [&str; 2] = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    fn of_every_pod(key: &str) -> Toleration {
        Toleration {
            key: Some(key.into()),
            operator: Some("Exists".into()),
            value: None,
            effect: Some(TaintEffect::NoExecute.as_str().into()),
            toleration_seconds: Some(300),
        }
    }

    /// Upstream: component-helpers ToleratesTaint.
    pub fn tolerates(&self, taint: &Taint) -> bool {
        let effect = self.effect.as_deref().unwrap_or_default();
        let key = self.key.as_deref().unwrap_or_default();
        if !effect.is_empty() && effect != taint.effect.as_str() || !key.is_empty() && key != &*taint.key {
            return false;
        }
        let value = self.value.as_deref().unwrap_or_default();
        match self.operator.as_deref().unwrap_or_default() {
            "" | "Equal" => value == &*taint.value,
            "Exists" => true,
            operator @ ("Gt" | "Lt") => match (taint.value.parse::<i64>(), value.parse::<i64>()) {
                (Ok(found), Ok(bound)) => {
                    if operator == "Gt" {
                        found > bound
                    } else {
                        found < bound
                    }
                }
                _ => false,
            },
            _ => false,
        }
    }
}

impl Placement {
    /// Reads it from a defaulted and validated spec, whose containers are read already.
    pub(super) fn from_value(spec: &Value, containers: &[Container], init_containers: &[Container]) -> Placement {
        fn read<T: for<'a> Deserialize<'a>>(value: &Value) -> Vec<T> {
            value.as_array().into_iter().flatten().filter_map(|item| T::deserialize(item).ok()).collect()
        }
        let selector = spec["nodeSelector"].as_object().into_iter().flatten();
        let affinity = &spec["affinity"];
        let when = "requiredDuringSchedulingIgnoredDuringExecution";
        let nodes = &affinity["nodeAffinity"];
        let preferred = nodes["preferredDuringSchedulingIgnoredDuringExecution"].as_array().into_iter().flatten();
        let (requests, nonzero_requests) = requests(spec, containers, init_containers);
        Placement {
            node_selector: selector
                .filter_map(|(key, value)| Some((key.as_str().into(), value.as_str()?.into())))
                .collect(),
            required_nodes: nodes[when].is_object().then(|| read(&nodes[when]["nodeSelectorTerms"])),
            preferred_nodes: preferred
                .filter_map(|one| {
                    let term = NodeSelectorTerm::deserialize(&one["preference"]).ok()?;
                    Some((one["weight"].as_i64()?, term))
                })
                .collect(),
            affinity: read(&affinity["podAffinity"][when]),
            anti_affinity: read(&affinity["podAntiAffinity"][when]),
            spread: spread(&spec["topologySpreadConstraints"]),
            tolerations: tolerations(&spec["tolerations"]),
            host_ports: host_ports(containers.iter().chain(init_containers.iter().filter(|init| init.is_sidecar))),
            claims: claims(&spec["volumes"]),
            requests,
            nonzero_requests,
        }
    }

    /// Whether it asks about other pods, and so about labels of pods.
    pub fn asks_about_pods(&self) -> bool {
        !(self.spread.is_empty() && self.affinity.is_empty() && self.anti_affinity.is_empty())
    }

    /// Whether a taint with this effect is tolerated.
    pub fn tolerates(&self, taint: &Taint) -> bool {
        self.tolerations.iter().any(|toleration| toleration.tolerates(taint))
    }

    /// The first taint that keeps a pod off a node.
    pub fn untolerated<'n>(&self, node: &'n Node) -> Option<&'n Taint> {
        node.taints.iter().find(|taint| taint.effect != TaintEffect::PreferNoSchedule && !self.tolerates(taint))
    }

    /// Whether a node matches nodeSelector and required node affinity.
    pub fn selects(&self, node: &Node) -> bool {
        self.node_selector.iter().all(|(key, value)| node.labels.get(key) == Some(value))
            && self.required_nodes.as_ref().is_none_or(|terms| terms.iter().any(|term| term.matches(node)))
    }
}

fn spread(value: &Value) -> Vec<SpreadConstraint> {
    let constraints = value.as_array().into_iter().flatten();
    constraints
        .filter(|one| one["whenUnsatisfiable"] == "DoNotSchedule")
        .filter_map(|one| {
            let mut label_selector = LabelSelector::deserialize(&one["labelSelector"]).ok();
            // Keys of matchLabelKeys have become part of the selector when the pod was created.
            if let Some(selector) = &mut label_selector {
                selector.match_expressions.retain(|expression| !expression.key.is_empty());
            }
            Some(SpreadConstraint {
                max_skew: one["maxSkew"].as_i64()?,
                topology_key: one["topologyKey"].as_str()?.into(),
                label_selector,
                min_domains: one["minDomains"].as_i64().unwrap_or(1),
                honors_affinity: one["nodeAffinityPolicy"] != "Ignore",
                honors_taints: one["nodeTaintsPolicy"] == "Honor",
            })
        })
        .collect()
}

/// Upstream: plugin/pkg/admission/defaulttolerationseconds.
fn tolerations(value: &Value) -> Vec<Toleration> {
    let written = value.as_array().into_iter().flatten();
    let mut tolerations: Vec<Toleration> = written.filter_map(|one| Toleration::deserialize(one).ok()).collect();
    let tolerates = |all: &[Toleration], key: &str| {
        all.iter().any(|one| {
            let is_key = one.key.as_deref().unwrap_or_default();
            let is_effect = one.effect.as_deref().unwrap_or_default();
            (is_key == key || is_key.is_empty()) && (is_effect == "NoExecute" || is_effect.is_empty())
        })
    };
    let missing: Vec<Toleration> = Toleration::OF_EVERY_POD
        .into_iter()
        .filter(|key| !tolerates(&tolerations, key))
        .map(Toleration::of_every_pod)
        .collect();
    tolerations.extend(missing);
    tolerations
}

fn host_ports<'c>(containers: impl Iterator<Item = &'c Container>) -> Vec<HostPort> {
    containers.flat_map(|container| container.host_ports.iter().cloned()).collect()
}

fn claims(volumes: &Value) -> Vec<Name> {
    let volumes = volumes.as_array().into_iter().flatten();
    volumes.filter_map(|volume| Some(volume["persistentVolumeClaim"]["claimName"].as_str()?.into())).collect()
}

/// What a pod asks for, and the same with defaults (P-11): its regular containers and sidecars together or, if that is
/// more, an init container with the sidecars before it.
///
/// Upstream: component-helpers resource.PodRequests.
fn requests(spec: &Value, containers: &[Container], init_containers: &[Container]) -> (Amounts, (i64, i64)) {
    let (mut together, mut nonzero) = (Amounts::default(), (0, 0));
    let plus = |a: (i64, i64), b: (i64, i64)| (a.0.saturating_add(b.0), a.1.saturating_add(b.1));
    for container in containers {
        together.add_all(&container.requests);
        nonzero = plus(nonzero, nonzero_of(&container.requests));
    }
    let (mut sidecars, mut nonzero_sidecars) = (Amounts::default(), (0, 0));
    let (mut most, mut nonzero_most) = (Amounts::default(), (0, 0));
    for init in init_containers {
        let mut own = sidecars.clone();
        own.add_all(&init.requests);
        let nonzero_own = plus(nonzero_sidecars, nonzero_of(&init.requests));
        most.max_all(&own);
        nonzero_most = (nonzero_most.0.max(nonzero_own.0), nonzero_most.1.max(nonzero_own.1));
        if init.is_sidecar {
            sidecars = own;
            nonzero_sidecars = nonzero_own;
        }
    }
    together.add_all(&sidecars);
    nonzero = plus(nonzero, nonzero_sidecars);
    together.max_all(&most);
    let mut nonzero = (nonzero.0.max(nonzero_most.0), nonzero.1.max(nonzero_most.1));
    for (resource, amount) in spec["overhead"].as_object().into_iter().flatten() {
        let amount = amount_of(resource, amount);
        together.add(&resource.as_str().into(), amount);
        match resource.as_str() {
            "cpu" => nonzero.0 += amount,
            "memory" => nonzero.1 += amount,
            _ => {}
        }
    }
    (together, nonzero)
}

fn nonzero_of(requests: &Amounts) -> (i64, i64) {
    let has = |resource: &str| requests.by_name.iter().any(|(name, _)| **name == *resource);
    let cpu = if has("cpu") { requests.of("cpu") } else { DEFAULT_CPU };
    let memory = if has("memory") { requests.of("memory") } else { DEFAULT_MEMORY };
    (cpu, memory)
}
