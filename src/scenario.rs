//! What a run is made of: the manifests of a text and its Scenario, all defaults filled in. [`crate::manifest`]
//! makes it from a text, [`crate::recording`] makes a recording of it.

pub mod lesson;

use crate::api::Name;
use crate::api::time_zone::PACKED;
use crate::cluster::behavior::Behaviors;
use crate::cluster::input::{Input, InputAction, ObjectKind};
use crate::cluster::inventory::{Inventory, NodeGroup};
use crate::time::{Span, Time};
use serde_json::Value;
use std::rc::Rc;

/// Everything that decides a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// metadata.name of the Scenario.
    pub name: Option<Name>,
    /// Seed of draws and generated names.
    pub seed: u64,
    /// t = 0 in seconds since 1970-01-01T00:00:00Z. Default 2000-01-01T12:00:00Z.
    pub start_unix_seconds: i64,
    /// How long the cluster takes for what, and its quota.
    pub cluster: ClusterSettings,
    /// The objects that are created at t = 0, in the order of the text.
    pub manifests: Rc<[Manifest]>,
    /// What programs do.
    pub behaviors: Behaviors,
    /// What happens from outside, in the order of the text.
    pub inputs: Rc<[Input]>,
    /// The end of the recording, if the text gives one.
    pub until: Option<Time>,
    /// Time zone data, for texts that name a `timeZone`.
    pub time_zones: Option<Rc<[u8]>>,
}

/// A Job or CronJob as written: without defaults, not validated.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// Job or CronJob.
    pub kind: ObjectKind,
    /// The whole document.
    pub value: Rc<Value>,
}

/// `cluster` of a Scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterSettings {
    /// From a pod's creation to its node.
    pub scheduling: Span,
    /// From a pod's node to its running containers.
    pub starting: Span,
    /// Upper limit for pods that are neither Succeeded nor Failed; `None` is no limit.
    pub pod_quota: Option<u32>,
    /// Nodes, images, and the objects that pods name.
    pub inventory: Inventory,
}

impl Default for ClusterSettings {
    fn default() -> ClusterSettings {
        ClusterSettings {
            scheduling: Span::from_millis(100),
            starting: Span::from_millis(1400),
            pod_quota: None,
            inventory: Inventory::default(),
        }
    }
}

impl Scenario {
    /// 2000-01-01T12:00:00Z.
    pub const DEFAULT_START_UNIX_SECONDS: i64 = 946_728_000;

    /// Whether a CronJob names a time zone, so that a correct recording needs `time_zones`.
    pub fn needs_time_zones(&self) -> bool {
        let names_one = |value: &Value| value["spec"]["timeZone"].is_string();
        let patched = self.inputs.iter().filter_map(|input| match &input.action {
            InputAction::Patch { patch, .. } => Some(patch),
            _ => None,
        });
        self.manifests.iter().map(|manifest| &manifest.value).chain(patched).any(|value| names_one(value))
    }

    /// Whether it names nodes, or something happens to them.
    pub fn is_about_nodes(&self) -> bool {
        let is_told = |input: &Input| !input.disabled && input.action.is_about_nodes();
        self.cluster.inventory.nodes.is_some() || self.inputs.iter().any(is_told)
    }

    /// Whether there are nodes with limits, at the beginning or later, so that pods may find no room.
    pub fn has_nodes(&self) -> bool {
        let joins = |input: &Input| matches!(input.action, InputAction::NodeAdd(_));
        self.cluster.inventory.nodes.is_some() || self.inputs.iter().any(joins)
    }

    /// The names of all nodes that there may be: those of the beginning, then those that join, in the order of the text.
    pub fn node_names(&self) -> impl Iterator<Item = Name> + '_ {
        let joining = self.inputs.iter().filter_map(|input| match &input.action {
            InputAction::NodeAdd(group) => Some(&**group),
            _ => None,
        });
        self.cluster.inventory.node_names().chain(joining.flat_map(NodeGroup::names))
    }

    /// The same scenario with the data of all time zones, if it needs them. For programs that contain the data; the
    /// page fetches it.
    pub fn with_time_zones(mut self) -> Scenario {
        if self.needs_time_zones() {
            self.time_zones = Some(PACKED.into());
        }
        self
    }
}

impl Default for Scenario {
    fn default() -> Scenario {
        Scenario {
            name: None,
            seed: 0,
            start_unix_seconds: Scenario::DEFAULT_START_UNIX_SECONDS,
            cluster: ClusterSettings::default(),
            manifests: Rc::new([]),
            behaviors: Behaviors::default(),
            inputs: Rc::new([]),
            until: None,
            time_zones: None,
        }
    }
}
