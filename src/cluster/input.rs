//! What happens from outside: kubectl, drains, preemptions, dying programs (docs/scenario.md, Inputs).

use crate::api::{IndexSet, Name};
use crate::time::Time;
use serde_json::Value;
use std::rc::Rc;

/// One line of `inputs`.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// When.
    pub at: Time,
    /// What.
    pub action: InputAction,
    /// A text for people.
    pub note: Option<Name>,
    /// Kept in the text, but does not happen.
    pub disabled: bool,
}

/// What an input does.
#[derive(Clone, Debug, PartialEq)]
pub enum InputAction {
    /// Running containers (or one of them) exit now.
    Fail {
        /// The newest pod that fits.
        target: PodSelector,
        /// Exit code, 1 by default.
        exit_code: i32,
    },
    /// Running containers (or one of them) are killed for their memory: exit code 137.
    OomKill(PodSelector),
    /// The eviction API.
    Evict(PodSelector),
    /// The scheduler needs the room.
    Preempt(PodSelector),
    /// The node is low on memory.
    NodePressureEvict(PodSelector),
    /// `kubectl delete pod`.
    DeletePod {
        /// The newest pod that fits.
        target: PodSelector,
        /// Grace period instead of the pod's own.
        grace_seconds: Option<i64>,
    },
    /// `kubectl delete job`, `kubectl delete cronjob`.
    Delete {
        /// Which object.
        target: ObjectSelector,
        /// What becomes of what it owns.
        cascade: Cascade,
    },
    /// `kubectl create -f`: the whole Job.
    Create(Rc<Value>),
    /// `kubectl patch`.
    Patch {
        /// Which object.
        target: ObjectSelector,
        /// The strategic merge patch: `spec` and `metadata`, without kind and name.
        patch: Rc<Value>,
    },
    /// All controllers stop and start again at this instant.
    RestartControllers,
}

impl InputAction {
    /// Whether it gives a pod the condition `DisruptionTarget`.
    pub fn is_disruption(&self) -> bool {
        matches!(self, InputAction::Evict(_) | InputAction::Preempt(_) | InputAction::NodePressureEvict(_))
    }

    /// The word in the text.
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
        }
    }
}

/// `cascade` of a deletion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cascade {
    /// The object goes, then what it owns.
    #[default]
    Background,
    /// What it owns goes, then the object.
    Foreground,
    /// What it owns stays, without owner.
    Orphan,
}

impl Cascade {
    /// The word in the text.
    pub fn as_str(self) -> &'static str {
        match self {
            Cascade::Background => "background",
            Cascade::Foreground => "foreground",
            Cascade::Orphan => "orphan",
        }
    }
}

/// A Job or CronJob by name. Without a name: the first object of the text, if it is of this kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectSelector {
    /// Which kind.
    pub kind: ObjectKind,
    /// metadata.namespace, if given.
    pub namespace: Option<Name>,
    /// metadata.name, if given.
    pub name: Option<Name>,
}

/// A kind that a manifest may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    /// CronJob.
    CronJob,
    /// Job.
    Job,
}

impl ObjectKind {
    /// The word in the text.
    pub fn as_str(self) -> &'static str {
        match self {
            ObjectKind::CronJob => "CronJob",
            ObjectKind::Job => "Job",
        }
    }
}

/// Which pods: all keys that are given must hold (docs/scenario.md, Which pods).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodSelector {
    /// Its Job.
    pub job: Option<JobSelector>,
    /// The pod itself.
    pub pod: Option<PodName>,
    /// Its completion index is one of these.
    pub index: Option<IndexSet>,
    /// Which attempt.
    pub attempt: Option<u32>,
    /// Which container.
    pub container: Option<Name>,
    /// That container's restartCount; in `match` only.
    pub restart: Option<u32>,
}

/// A Job in a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobSelector {
    /// The n-th Job of the whole scenario, from 1.
    Number(u32),
    /// metadata.name.
    Name(Name),
}

/// A pod in a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PodName {
    /// The n-th pod of the whole scenario, from 1.
    Number(u32),
    /// metadata.name.
    Name(Name),
}
