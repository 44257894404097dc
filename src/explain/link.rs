//! The chain below the statement: effect, rule, facts, and what a person wrote or did.

use super::origin::{Origin, Setting};
use super::rule::Rule;
use crate::api::{ConditionType, ContainerPlace, JobId, NodeId, PodId, Taint};
use crate::cluster::input::Input;
use crate::cluster::reason::{Answer, Check, CountedAs, DeletedBecause, EndedBy, Reason, StepId};
use crate::time::{Span, Time};

/// A link of the chain.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its part in the chain.
    pub role: LinkRole,
    pub fact: Fact,
    /// The step where it can be seen.
    pub step: Option<StepId>,
    /// The place in the text on which it rests.
    pub origin: Option<Origin>,
}

/// The role of a link in the chain.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkRole {
    Effect,
    /// The rule of Kubernetes.
    Rule,
    /// What it was applied to.
    Facts,
    /// What the manifest says.
    Spec,
    /// What the program does.
    Program,
    /// What a person did.
    You,
}

impl LinkRole {
    /// All of them.
    pub const ALL: [LinkRole; 6] =
        [LinkRole::Effect, LinkRole::Rule, LinkRole::Facts, LinkRole::Spec, LinkRole::Program, LinkRole::You];
}

/// The early end of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// When the next pod is created.
    pub at: Time,
    /// What ended the wait.
    pub by: CutBy,
}

/// What ends a wait early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutBy {
    /// The controllers were restarted, and forgot it.
    Restart,
    /// A success ends the row of failures.
    Success,
    /// Something else, for example another text of the Job.
    Other,
}

/// What a link says.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// No pod is created before a time.
    NoPodUntil {
        until: Time,
        /// Why a pod comes before that, if one does.
        cut: Option<Cut>,
        /// The next pod, if one comes.
        then: Option<PodId>,
    },
    PodsCreated {
        first: PodId,
        count: u32,
    },
    PodsDeleted {
        count: u32,
        because: DeletedBecause,
    },
    JobEnds {
        /// Complete or Failed.
        condition: ConditionType,
        /// When; `None` if not in this recording.
        at: Option<Time>,
    },
    /// The Job is deleted.
    JobDeleted {
        job: JobId,
        /// When; `None` if not in this recording.
        at: Option<Time>,
    },
    Rule(Rule),
    /// Failures in a row.
    FailuresInARow {
        before: u32,
        after: u32,
        /// When the last one ended.
        last: Time,
    },
    /// A number of the status.
    Counter {
        counter: Counter,
        before: u32,
        after: u32,
    },
    /// The end of the container that decided how its pod ended.
    PodEnded {
        pod: PodId,
        container: ContainerPlace,
        exit_code: i32,
        at: Time,
        by: EndedBy,
    },
    /// The answer that decided.
    Asked(Check, Answer),
    /// A further reason of the step.
    Reason(Reason),
    Input {
        /// Its number, from 0.
        number: u32,
        input: Box<Input>,
        /// The pod it hit.
        pod: Option<PodId>,
    },
    /// What the program of a container does, by a behavior of the text or, without one, by its command or by default.
    Program {
        pod: PodId,
        container: ContainerPlace,
        /// The behavior, from 0.
        behavior: Option<u32>,
        exit_code: i32,
        /// How long it runs.
        run: Span,
    },
    Setting(Setting),
    /// podQuota of the cluster.
    Quota(u32),
    /// Which node takes a pod that waits for one, and when; `None` if none does in this recording.
    NodeFound {
        pod: PodId,
        found: Option<(Time, NodeId)>,
    },
    /// When an image is pulled again; `None` if not in this recording.
    PulledAgain {
        at: Option<Time>,
    },
    /// When a container starts after all; `None` if not in this recording.
    Starts {
        pod: PodId,
        container: ContainerPlace,
        at: Option<Time>,
    },
    /// A node has a taint, and since when.
    Tainted {
        node: NodeId,
        taint: Taint,
        at: Option<Time>,
    },
    /// The next pull of an image is not recorded any more.
    PulledAfterRecording,
    /// Pods that have to go for a taint, and when the first does.
    DrivenOut {
        first: PodId,
        count: u32,
        at: Time,
    },
    /// Nobody stops a pod, since its node is not heard of; until it ends, if it does in this recording.
    Unheard {
        pod: PodId,
        node: NodeId,
        until: Option<Time>,
    },
    /// How the Job counts pods that were disrupted.
    CountedLater {
        first: PodId,
        count: u32,
        /// Failed or Ignored.
        counted: CountedAs,
        at: Time,
    },
    /// What the text says of the cluster.
    OfCluster {
        setting: &'static str,
        /// Empty for all of it.
        value: String,
    },
}

/// A number of a Job's status.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    Active,
    Succeeded,
    Failed,
    Terminating,
    Ready,
}

impl Counter {
    /// All of them.
    pub const ALL: [Counter; 5] =
        [Counter::Active, Counter::Succeeded, Counter::Failed, Counter::Terminating, Counter::Ready];

    /// As in the API.
    pub fn name(self) -> &'static str {
        match self {
            Counter::Active => "active",
            Counter::Succeeded => "succeeded",
            Counter::Failed => "failed",
            Counter::Terminating => "terminating",
            Counter::Ready => "ready",
        }
    }
}

impl Link {
    /// Whether it is something that a person wrote or did: the end of a chain.
    pub fn is_yours(&self) -> bool {
        matches!(self.role, LinkRole::You | LinkRole::Spec | LinkRole::Program)
    }
}

pub(super) fn rule(rule: Rule) -> Link {
    Link { role: LinkRole::Rule, fact: Fact::Rule(rule), step: None, origin: None }
}

pub(super) fn effect(fact: Fact, step: Option<StepId>) -> Link {
    Link { role: LinkRole::Effect, fact, step, origin: None }
}

pub(super) fn facts(fact: Fact, step: Option<StepId>) -> Link {
    Link { role: LinkRole::Facts, fact, step, origin: None }
}

/// The link for a field; nothing where it is not set.
pub(super) fn spec(setting: Option<Setting>) -> Option<Link> {
    let setting = setting?;
    let (role, origin) = match setting.origin {
        Some(origin @ Origin::Input(_)) => (LinkRole::You, Some(origin)),
        origin => (LinkRole::Spec, origin),
    };
    Some(Link { role, origin, fact: Fact::Setting(setting), step: None })
}
