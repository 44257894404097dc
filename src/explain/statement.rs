//! The first thing that is said about a mark, as facts and numbers. The words are in [`crate::texts`].

use super::link::Cut;
use super::origin::Setting;
use crate::api::{ConditionType, ObjectKey, PodId};
use crate::cluster::input::Input;
use crate::cluster::reason::Reason;
use crate::cluster::scheduler::Refusals;
use crate::time::{Span, Time};
use std::rc::Rc;

/// The one thing to know about a mark.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// A failure is tolerated, and the next pod waits.
    Retry {
        /// Failures in a row.
        failures: u32,
        wait: Span,
        /// When the next pod is created.
        until: Time,
        /// How much of backoffLimit is used.
        budget: Option<LimitUse>,
        /// The rule of podFailurePolicy that ignored the failure, from 0.
        ignored: Option<u32>,
        /// Whether another pod could run meanwhile, if it were not for the wait.
        holds_others: bool,
    },
    /// Something woke the controller during a back-off.
    StillWaiting {
        /// Failures in a row.
        failures: u32,
        /// How much of the wait is left.
        left: Span,
        /// When it is over.
        until: Time,
        /// Why a pod comes before that, if one does.
        cut: Option<Cut>,
    },
    /// A failure of one index is tolerated, and its next pod waits.
    IndexRetry {
        index: u32,
        failures: u32,
        /// When its next pod is created.
        until: Time,
        /// How much of backoffLimitPerIndex is used.
        budget: Option<LimitUse>,
    },
    /// An index has failed for good.
    IndexGivenUp {
        index: u32,
        failures: u32,
        limit: Option<Setting>,
        /// How many indexes have failed by now.
        failed_indexes: u32,
    },
    Created {
        /// The first of them.
        first: PodId,
        count: u32,
        because: CreatedBecause,
        /// How many may be active, if the sync asked.
        wanted: Option<u32>,
        /// A pod that is still being stopped, so that it runs beside the new one.
        beside: Option<StoppingPod>,
    },
    /// The failure of the Job is decided.
    JobFails {
        failure: JobFailure,
        stopped: StoppedPods,
        /// Whether it is Failed at once.
        at_once: bool,
    },
    /// The success of the Job is decided.
    JobCompletes {
        success: JobSuccess,
        stopped: StoppedPods,
        /// Whether it is Complete at once.
        at_once: bool,
    },
    /// What was decided earlier becomes final.
    Ended {
        /// Failed or Complete.
        condition: ConditionType,
        /// When it was decided.
        decided: Option<Time>,
    },
    /// The end is decided and waits for terminating pods.
    EndWaits { terminating: u32 },
    /// Pods were deleted because fewer are wanted.
    ScaledDown {
        deleted: u32,
        /// How many may be active.
        wanted: Option<u32>,
        parallelism: Option<Setting>,
    },
    /// The Job was suspended.
    Suspended {
        /// Pods that were deleted for it.
        deleted: u32,
        setting: Option<Setting>,
    },
    /// A pod was refused by the quota.
    Refused {
        /// Pods that count now.
        used: u32,
        limited: u32,
        /// Pods that were created before the refusal.
        created: u32,
        /// When it tries again.
        again: Option<Time>,
    },
    /// Terminating pods are not replaced until they have ended.
    SlotsHeld { terminating: u32, policy: Option<Setting> },
    /// A pod succeeded, and there is more to do.
    Succeeded { pod: PodId, succeeded: u32, completions: Option<Setting> },
    /// A failed pod was not counted.
    Ignored {
        pod: PodId,
        /// The rule of podFailurePolicy.
        rule: Option<Setting>,
    },
    /// The controller wrote the counters of the status; no pod was missing.
    StatusWritten {
        active: u32,
        /// How many may be active, if it asked.
        wanted: Option<u32>,
    },
    /// The status of an object other than a Job was written.
    Written {
        key: ObjectKey,
        /// Whether it is a pod that became Ready, or is no longer.
        ready: Option<bool>,
    },
    /// The controller looked, and there was nothing to do.
    NothingToDo {
        active: u32,
        /// How many may be active, if it asked.
        wanted: Option<u32>,
    },
    /// No node could take a pod.
    Unplaced {
        pod: PodId,
        /// Why each could not.
        refusals: Rc<Refusals>,
        /// How often it was tried so far.
        times: u32,
    },
    /// An input did something.
    Input {
        /// Its number, from 0.
        number: u32,
        input: Box<Input>,
        /// The pod it hit.
        pod: Option<PodId>,
    },
    /// A reason that needs no further facts.
    Reason(Reason),
}

impl Statement {
    /// The fields that it names.
    pub fn settings(&self) -> Vec<&Setting> {
        let setting = match self {
            Statement::Retry { budget, .. } | Statement::IndexRetry { budget, .. } => {
                budget.as_ref().map(|budget| &budget.limit)
            }
            Statement::IndexGivenUp { limit, .. } => limit.as_ref(),
            Statement::Created { because, .. } => match because {
                CreatedBecause::First { parallelism } => parallelism.as_ref(),
                CreatedBecause::MoreNeeded { completions } => completions.as_ref(),
                CreatedBecause::WaitOver { .. }
                | CreatedBecause::IndexWaitOver { .. }
                | CreatedBecause::Resumed
                | CreatedBecause::Missing => None,
            },
            Statement::JobFails { failure, .. } => match failure {
                JobFailure::BackoffLimit { limit, .. }
                | JobFailure::Restarts { limit, .. }
                | JobFailure::Deadline { limit, .. }
                | JobFailure::Rule { rule: limit, .. }
                | JobFailure::MaxFailedIndexes { limit, .. } => limit.as_ref(),
                JobFailure::FailedIndexes { .. } => None,
            },
            Statement::JobCompletes { success, .. } => match success {
                JobSuccess::Completions { completions, .. } => completions.as_ref(),
                JobSuccess::Policy { policy } => policy.as_ref(),
            },
            Statement::ScaledDown { parallelism, .. } => parallelism.as_ref(),
            Statement::Suspended { setting, .. } => setting.as_ref(),
            Statement::SlotsHeld { policy, .. } => policy.as_ref(),
            Statement::Succeeded { completions, .. } => completions.as_ref(),
            Statement::Ignored { rule, .. } => rule.as_ref(),
            Statement::StillWaiting { .. }
            | Statement::Ended { .. }
            | Statement::EndWaits { .. }
            | Statement::Refused { .. }
            | Statement::StatusWritten { .. }
            | Statement::Written { .. }
            | Statement::Unplaced { .. }
            | Statement::NothingToDo { .. }
            | Statement::Input { .. }
            | Statement::Reason(_) => None,
        };
        setting.into_iter().collect()
    }
}

/// How much of a limit is used.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct LimitUse {
    /// Used: failed pods, or failures of an index.
    pub used: u32,
    pub limit: Setting,
}

/// Pods that are stopped because the Job ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoppedPods {
    /// How many there are.
    pub count: u32,
    /// The first of them.
    pub first: Option<PodId>,
    /// Whether no container of any of them ever ran.
    pub never_started: bool,
}

/// A pod that is being stopped.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoppingPod {
    pub pod: PodId,
    /// When it has stopped; `None` if that is not recorded.
    pub until: Option<Time>,
    /// Whether its node is heard of: else nobody stops it, and nobody knows whether it still runs.
    pub is_heard: bool,
}

/// Why pods are created now.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub enum CreatedBecause {
    /// The Job is new.
    First { parallelism: Option<Setting> },
    /// The wait after failures is over.
    WaitOver {
        /// Failures in a row.
        failures: u32,
        /// The wait that is over.
        wait: Span,
        /// Whether the last failure was not counted, and lengthened the wait all the same.
        ignored: bool,
    },
    /// The wait of an index is over.
    IndexWaitOver { index: u32, failures: u32 },
    /// An earlier pod succeeded, and more successes are needed.
    MoreNeeded { completions: Option<Setting> },
    /// The Job was resumed.
    Resumed,
    /// More pods are wanted than are active.
    Missing,
}

/// Why a Job fails.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub enum JobFailure {
    /// More failed pods than backoffLimit.
    BackoffLimit { failed: u32, limit: Option<Setting> },
    /// As many restarts as backoffLimit.
    Restarts { restarts: u32, limit: Option<Setting> },
    /// The deadline is over.
    Deadline {
        /// How long the Job has been active.
        elapsed: Span,
        limit: Option<Setting>,
    },
    /// A rule of podFailurePolicy says so.
    Rule {
        /// The pod that matched.
        pod: Option<PodId>,
        rule: Option<Setting>,
    },
    /// More failed indexes than maxFailedIndexes.
    MaxFailedIndexes { failed: u32, limit: Option<Setting> },
    /// All indexes are decided, and some have failed.
    FailedIndexes { failed: u32 },
}

/// Why a Job completes.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub enum JobSuccess {
    /// Enough pods succeeded.
    Completions {
        succeeded: u32,
        /// completions; `None` for a work queue.
        completions: Option<Setting>,
    },
    /// The success policy is met.
    Policy { policy: Option<Setting> },
}
