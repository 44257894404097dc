//! What happens to a cluster from outside: kubectl, evictions, preemptions, failing programs (docs/scenario.md,
//! Inputs).

use super::inventory::{NodeGroup, Provided};
use crate::api::{IndexSet, Name, Taint, TaintEffect};
use crate::time::Time;
use serde_json::Value;
use std::fmt;
use std::rc::Rc;

/// One line of `inputs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The instant; inputs of one instant happen in the order of the text.
    pub at: Time,
    /// What is done.
    pub action: InputAction,
    /// The writer's own words, shown beside it.
    pub note: Option<Name>,
    /// It stays in the text, but does not happen.
    pub disabled: bool,
}

impl Input {
    /// What is done at a time, without a note.
    pub fn new(at: Time, action: InputAction) -> Input {
        Input { at, action, note: None, disabled: false }
    }
}

/// What an input does. A pod selector means the newest pod that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputAction {
    /// The running containers of a pod, or one of them, exit now.
    Fail {
        /// Which pod, and which of its containers.
        target: PodSelector,
        /// 1 by default.
        exit_code: i32,
    },
    /// The running containers of a pod, or one of them, are killed for their memory: exit code 137.
    OomKill(PodSelector),
    /// A request to the eviction API, as `kubectl drain` sends it.
    Evict(PodSelector),
    /// The scheduler preempts the pod for a more important one.
    Preempt(PodSelector),
    /// The kubelet evicts the pod because its node is low on memory.
    NodePressureEvict(PodSelector),
    /// `kubectl delete pod`.
    DeletePod {
        /// Which pod.
        target: PodSelector,
        /// Replaces the pod's own grace period.
        grace_seconds: Option<i64>,
    },
    /// `kubectl delete job`, `kubectl delete cronjob`.
    Delete {
        /// Which object.
        target: ObjectSelector,
        /// What happens to its dependents.
        cascade: Cascade,
    },
    /// `kubectl create -f` with this manifest.
    Create(Rc<Value>),
    /// `kubectl patch`.
    Patch {
        /// Which object.
        target: ObjectSelector,
        /// A strategic merge patch of `spec` and `metadata`.
        patch: Rc<Value>,
    },
    /// kube-controller-manager is restarted.
    RestartControllers,
    /// `kubectl cordon`: this node takes no new pods.
    Cordon(Name),
    /// `kubectl uncordon`.
    Uncordon(Name),
    /// `kubectl drain`: the node is cordoned, and every pod on it evicted.
    Drain(Name),
    /// `kubectl taint`.
    Taint {
        /// Which node.
        node: Name,
        /// What becomes of its taints.
        change: TaintChange,
    },
    /// The node cannot reach the API server any more.
    NodeLost(Name),
    /// It can again.
    NodeBack(Name),
    /// Nodes join.
    NodeAdd(Rc<NodeGroup>),
    /// The machine is gone, and its Node object is deleted.
    NodeDelete(Name),
    /// Something that was missing exists from now on.
    Provide(Provided),
}

/// What `taint` does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaintChange {
    /// Sets a taint, in the place of one with the same key and effect.
    Add(Taint),
    /// Takes away the taint with this key and effect, or all with this key.
    Remove {
        /// The key.
        key: Name,
        /// The effect; `None` is any.
        effect: Option<TaintEffect>,
    },
}

impl fmt::Display for TaintChange {
    /// `KEY[=VALUE]:EFFECT` or `KEY[:EFFECT]`, as it is written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TaintChange::Add(taint) => taint.fmt(f),
            TaintChange::Remove { key, effect: None } => f.write_str(key),
            TaintChange::Remove { key, effect: Some(effect) } => write!(f, "{key}:{}", effect.as_str()),
        }
    }
}

impl InputAction {
    /// Whether it sets the condition `DisruptionTarget` on a pod.
    pub fn is_disruption(&self) -> bool {
        matches!(self, InputAction::Evict(_) | InputAction::Preempt(_) | InputAction::NodePressureEvict(_))
    }

    /// The name of the one node that it is about.
    pub fn node(&self) -> Option<&Name> {
        match self {
            InputAction::Cordon(node)
            | InputAction::Uncordon(node)
            | InputAction::Drain(node)
            | InputAction::Taint { node, .. }
            | InputAction::NodeLost(node)
            | InputAction::NodeBack(node)
            | InputAction::NodeDelete(node) => Some(node),
            _ => None,
        }
    }

    /// Whether it is about nodes.
    pub fn is_about_nodes(&self) -> bool {
        matches!(
            self,
            InputAction::Cordon(_)
                | InputAction::Uncordon(_)
                | InputAction::Drain(_)
                | InputAction::Taint { .. }
                | InputAction::NodeLost(_)
                | InputAction::NodeBack(_)
                | InputAction::NodeAdd(_)
                | InputAction::NodeDelete(_)
        )
    }

    /// The key by which the text names it.
    pub fn keyword(&self) -> &'static str {
        match self {
            InputAction::Fail { .. } => "fail",
            InputAction::OomKill(_) => "oomKill",
            InputAction::Evict(_) => "evict",
            InputAction::Preempt(_) => "preempt",
            InputAction::NodePressureEvict(_) => "nodePressureEvict",
            InputAction::DeletePod { .. } | InputAction::Delete { .. } => "delete",
            InputAction::Create(_) => "create",
            InputAction::Patch { .. } => "patch",
            InputAction::RestartControllers => "restartControllers",
            InputAction::Cordon(_) => "cordon",
            InputAction::Uncordon(_) => "uncordon",
            InputAction::Drain(_) => "drain",
            InputAction::Taint { .. } => "taint",
            InputAction::NodeLost(_) => "nodeLost",
            InputAction::NodeBack(_) => "nodeBack",
            InputAction::NodeAdd(_) => "nodeAdd",
            InputAction::NodeDelete(_) => "nodeDelete",
            InputAction::Provide(_) => "provide",
        }
    }
}

/// What a deletion does to the dependents of its object: `cascade` in the text, propagationPolicy in the API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cascade {
    /// The object is removed at once, its dependents afterwards.
    #[default]
    Background,
    /// The dependents are removed first; the object waits for them.
    Foreground,
    /// The dependents stay, without owner.
    Orphan,
}

impl Cascade {
    /// The value in the text.
    pub fn as_str(self) -> &'static str {
        match self {
            Cascade::Background => "background",
            Cascade::Foreground => "foreground",
            Cascade::Orphan => "orphan",
        }
    }
}

/// A Job or CronJob by name. Without a name it means the first object of the text, if that has this kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectSelector {
    /// Job or CronJob.
    pub kind: ObjectKind,
    /// metadata.namespace; `None` is `default`.
    pub namespace: Option<Name>,
    /// metadata.name.
    pub name: Option<Name>,
}

/// The kinds that a manifest may have.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    CronJob,
    Job,
}

impl ObjectKind {
    /// `kind` of the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            ObjectKind::CronJob => "CronJob",
            ObjectKind::Job => "Job",
        }
    }
}

/// Selects pods: all keys that are given must match (docs/scenario.md, Which pods).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodSelector {
    /// The Job that created it.
    pub job: Option<JobSelector>,
    /// A single pod.
    pub pod: Option<PodName>,
    /// Its completion index is in this set.
    pub index: Option<IndexSet>,
    /// The n-th pod of its Job, or of its index, from 1.
    pub attempt: Option<u32>,
    /// It has a container of this name.
    pub container: Option<Name>,
    /// The restartCount of that container; only in `match` of a behavior.
    pub restart: Option<u32>,
    /// It is on the node of this name.
    pub node: Option<Name>,
}

/// A Job in a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobSelector {
    /// Its place among all Jobs of the run in creation order, from 1.
    Number(u32),
    /// metadata.name.
    Name(Name),
}

/// A pod in a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PodName {
    /// Its place among all pods of the run in creation order, from 1.
    Number(u32),
    /// metadata.name.
    Name(Name),
}
