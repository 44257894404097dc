//! Node: where pods run. Capacity, labels, taints, and what the controllers of nodes write on it.

use super::meta::{Labels, Name, NodeId};
use super::quantity::Quantity;
use crate::order::Map;
use crate::time::Time;
use serde_json::Value;
use std::fmt;
use std::rc::Rc;

/// A Node object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its place in the order of all nodes; stands for the UID.
    pub id: NodeId,
    /// metadata.name.
    pub name: Name,
    /// metadata.labels, those of every node included.
    pub labels: Rc<Labels>,
    /// status.capacity and status.allocatable, which are the same; `None` for a node without limits.
    pub capacity: Option<Rc<Capacity>>,
    /// spec.taints, in the order in which they were set.
    pub taints: Rc<[Taint]>,
    /// spec.unschedulable.
    pub unschedulable: bool,
    /// The condition Ready.
    pub ready: NodeReady,
    /// lastTransitionTime of Ready, whole seconds.
    pub ready_since: Time,
    /// When it joined.
    pub joined: Time,
}

/// Status of the condition Ready of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeReady {
    /// It reports.
    True,
    /// It has not been heard of for a while (P-82).
    Unknown,
}

impl NodeReady {
    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            NodeReady::True => "True",
            NodeReady::Unknown => "Unknown",
        }
    }
}

/// Amounts of resources by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// As written, by resource name, sorted.
    pub written: Vec<(Name, Name)>,
    /// The same as the scheduler counts it.
    counted: Amounts,
}

impl Default for Capacity {
    /// cpu 4, memory 16Gi, pods 110, ephemeral-storage 100Gi.
    fn default() -> Capacity {
        let written = [("cpu", "4"), ("ephemeral-storage", "100Gi"), ("memory", "16Gi"), ("pods", "110")];
        Capacity::of(written.map(|(name, amount)| (name.into(), amount.into())).into())
    }
}

impl Capacity {
    /// The default with other amounts; a name that is not in it is added.
    pub fn with(amounts: impl IntoIterator<Item = (Name, Name)>) -> Capacity {
        let mut all: Map<Name, Name> = Map::new();
        for (name, amount) in Capacity::default().written.into_iter().chain(amounts) {
            all.insert(name, amount);
        }
        Capacity::of(all.iter().map(|(name, amount)| (name.clone(), amount.clone())).collect())
    }

    fn of(written: Vec<(Name, Name)>) -> Capacity {
        let by_name = written.iter().map(|(name, amount)| (name.clone(), counted(name, amount))).collect();
        Capacity { written, counted: Amounts { by_name } }
    }

    /// How much there is of a resource, as the scheduler counts it ([`Amounts`]); 0 of what it does not have.
    pub fn amount(&self, resource: &str) -> i64 {
        self.counted.of(resource)
    }
}

/// Whether a text is an amount of a resource: a quantity that is not negative.
pub fn is_amount(text: &str) -> bool {
    Quantity::parse(text).is_ok_and(|quantity| quantity >= Quantity::ZERO)
}

/// An amount as the scheduler counts it: thousandths of a cpu, else whole units, rounded up; 0 for what is none.
pub(super) fn counted(resource: &str, amount: &str) -> i64 {
    let Ok(quantity) = Quantity::parse(amount) else { return 0 };
    quantity.scaled(if resource == "cpu" { -3 } else { 0 })
}

/// Amounts of resources as the scheduler counts them: thousandths of a cpu, else whole units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// By resource name, sorted; none is 0.
    pub by_name: Vec<(Name, i64)>,
}

impl Amounts {
    /// How much of a resource.
    pub fn of(&self, resource: &str) -> i64 {
        self.by_name.iter().find(|(name, _)| **name == *resource).map_or(0, |(_, amount)| *amount)
    }

    /// Adds to one resource.
    pub fn add(&mut self, resource: &Name, amount: i64) {
        match self.by_name.iter_mut().find(|(name, _)| name == resource) {
            Some((_, sum)) => *sum = sum.saturating_add(amount),
            None if amount == 0 => {}
            None => {
                let place = self.by_name.partition_point(|(name, _)| name < resource);
                self.by_name.insert(place, (resource.clone(), amount));
            }
        }
    }

    /// Adds all of `other`.
    pub fn add_all(&mut self, other: &Amounts) {
        other.by_name.iter().for_each(|(name, amount)| self.add(name, *amount));
    }

    /// Takes all of `other` away.
    pub fn subtract_all(&mut self, other: &Amounts) {
        other.by_name.iter().for_each(|(name, amount)| self.add(name, -*amount));
    }

    /// The larger of both, of each resource.
    pub fn max_all(&mut self, other: &Amounts) {
        for (name, amount) in &other.by_name {
            let more = amount - self.of(name);
            self.add(name, more.max(0));
        }
    }
}

/// spec.taints of a node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taint {
    /// Its key.
    pub key: Name,
    /// Its value; may be empty.
    pub value: Name,
    /// What it does to pods that do not tolerate it.
    pub effect: TaintEffect,
    /// timeAdded, which the API has for NoExecute only.
    pub added: Option<Time>,
}

/// What a taint does to pods that do not tolerate it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaintEffect {
    /// They are not bound to the node.
    NoSchedule,
    /// They are bound to other nodes rather.
    PreferNoSchedule,
    /// They are not bound to it, and those that run there are deleted.
    NoExecute,
}

impl TaintEffect {
    /// All of them.
    pub const ALL: [TaintEffect; 3] = [TaintEffect::NoSchedule, TaintEffect::PreferNoSchedule, TaintEffect::NoExecute];

    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            TaintEffect::NoSchedule => "NoSchedule",
            TaintEffect::PreferNoSchedule => "PreferNoSchedule",
            TaintEffect::NoExecute => "NoExecute",
        }
    }

    /// The effect of this name.
    pub fn named(name: &str) -> Option<TaintEffect> {
        TaintEffect::ALL.into_iter().find(|effect| effect.as_str() == name)
    }
}

impl fmt::Display for Taint {
    /// `KEY[=VALUE]:EFFECT`, as kubectl writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        if !self.value.is_empty() {
            write!(f, "={}", self.value)?;
        }
        write!(f, ":{}", self.effect.as_str())
    }
}

impl Taint {
    /// A taint without a value.
    pub fn new(key: &str, effect: TaintEffect) -> Taint {
        Taint { key: key.into(), value: "".into(), effect, added: None }
    }

    /// Reads `KEY[=VALUE]:EFFECT`; `None` if it is not one.
    pub fn parse(text: &str) -> Option<Taint> {
        let (rest, effect) = text.rsplit_once(':')?;
        let (key, value) = rest.split_once('=').unwrap_or((rest, ""));
        let effect = TaintEffect::named(effect)?;
        (!key.is_empty() && !value.contains(['=', ':'])).then(|| Taint {
            key: key.into(),
            value: value.into(),
            effect,
            added: None,
        })
    }

    /// Whether the control plane or the kubelet calls its own taints so.
    pub fn is_of_system(&self) -> bool {
        self.key.starts_with("node.kubernetes.io/")
    }

    /// Whether it has the same key and effect: a node has one of these.
    pub fn replaces(&self, other: &Taint) -> bool {
        self.key == other.key && self.effect == other.effect
    }
}

/// An amount of a manifest, which may be a number or a text.
pub(crate) fn amount_of(resource: &str, amount: &Value) -> i64 {
    match amount {
        Value::String(text) => counted(resource, text),
        number => counted(resource, &number.to_string()),
    }
}
