//! What an explanation says, as facts with numbers: the statement above, the links of the chain below it, the rules of
//! Kubernetes that it rests on. The words are in [`crate::texts`].

use super::place::Setting;
use crate::api::{ConditionType, JobId, PodId};
use crate::cluster::input::Input;
use crate::cluster::reason::{Answer, Check, DeletedBecause, EndedBy, Reason, StepId};
use crate::explain::Place;
use crate::time::{Span, Time};

/// The one thing to know about a mark.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// A failure is tolerated, and the next pod waits.
    Retry {
        /// Failures in a row.
        failures: u32,
        /// The whole wait.
        wait: Span,
        /// When the next pod is made.
        until: Time,
        /// What of the budget is used.
        budget: Option<Budget>,
        /// The rule of podFailurePolicy that ignored the failure, from 0.
        ignored: Option<u32>,
    },
    /// In the middle of a wait, something made the controller look again.
    StillWaiting {
        /// Failures in a row.
        failures: u32,
        /// How much of the wait is left.
        left: Span,
        /// When the next pod is made.
        until: Time,
    },
    /// A failure of one index is tolerated, and its next pod waits.
    IndexRetry {
        /// The index.
        index: u32,
        /// Failures of it.
        failures: u32,
        /// When its next pod is made.
        until: Time,
        /// What of its budget is used.
        budget: Option<Budget>,
    },
    /// An index is given up.
    IndexGivenUp {
        /// The index.
        index: u32,
        /// Failures of it.
        failures: u32,
        /// backoffLimitPerIndex.
        limit: Option<Setting>,
        /// How many indexes have failed by now.
        failed_indexes: u32,
    },
    /// Pods were made.
    Created {
        /// The first of them.
        first: PodId,
        /// How many.
        count: u32,
        /// Why now.
        because: CreatedBecause,
        /// How many may be active, if the sync asked.
        wanted: Option<u32>,
    },
    /// The failure of the Job is decided.
    JobFails {
        /// Why.
        failure: Failure,
        /// Pods that are stopped for it.
        stopped: u32,
        /// Whether it is Failed at once.
        at_once: bool,
    },
    /// The success of the Job is decided.
    JobCompletes {
        /// Why.
        success: Success,
        /// Pods that are stopped for it.
        stopped: u32,
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
    /// The end is decided, and pods still stop.
    EndWaits {
        /// How many.
        terminating: u32,
    },
    /// Pods were deleted because fewer are wanted.
    ScaledDown {
        /// How many.
        deleted: u32,
        /// How many may be active.
        wanted: Option<u32>,
        /// parallelism.
        parallelism: Option<Setting>,
    },
    /// The Job was suspended.
    Suspended {
        /// Pods that were deleted for it.
        deleted: u32,
        /// suspend.
        setting: Option<Setting>,
    },
    /// A pod was refused by the quota.
    Refused {
        /// Pods that count now.
        used: u32,
        /// The quota.
        limited: u32,
        /// Pods made before the refusal.
        created: u32,
        /// When it tries again.
        again: Option<Time>,
    },
    /// Pods that still stop hold the places of their successors.
    PlacesHeld {
        /// How many.
        terminating: u32,
        /// podReplacementPolicy.
        policy: Option<Setting>,
    },
    /// A pod succeeded, and there is more to do.
    Succeeded {
        /// Which.
        pod: PodId,
        /// Successes by now.
        succeeded: u32,
        /// completions.
        completions: Option<Setting>,
    },
    /// A failed pod was not counted.
    Ignored {
        /// Which.
        pod: PodId,
        /// The rule of podFailurePolicy.
        rule: Option<Setting>,
    },
    /// The controller looked, and there was nothing to do.
    NothingToDo {
        /// Active pods.
        active: u32,
        /// How many may be active, if it asked.
        wanted: Option<u32>,
    },
    /// An input did something.
    Input {
        /// Its number, from 0.
        number: u32,
        /// The input.
        input: Box<Input>,
        /// The pod it hit.
        pod: Option<PodId>,
    },
    /// A reason says it all.
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
                Failure::BackoffLimit { limit, .. }
                | Failure::Restarts { limit, .. }
                | Failure::Deadline { limit, .. }
                | Failure::Rule { rule: limit, .. }
                | Failure::MaxFailedIndexes { limit, .. } => limit.as_ref(),
                Failure::FailedIndexes { .. } => None,
            },
            Statement::JobCompletes { success, .. } => match success {
                Success::Completions { completions, .. } => completions.as_ref(),
                Success::Policy { policy } => policy.as_ref(),
            },
            Statement::ScaledDown { parallelism, .. } => parallelism.as_ref(),
            Statement::Suspended { setting, .. } => setting.as_ref(),
            Statement::PlacesHeld { policy, .. } => policy.as_ref(),
            Statement::Succeeded { completions, .. } => completions.as_ref(),
            Statement::Ignored { rule, .. } => rule.as_ref(),
            Statement::StillWaiting { .. }
            | Statement::Ended { .. }
            | Statement::EndWaits { .. }
            | Statement::Refused { .. }
            | Statement::NothingToDo { .. }
            | Statement::Input { .. }
            | Statement::Reason(_) => None,
        };
        setting.into_iter().collect()
    }
}

/// How much of a limit is used.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// Used: failed pods, or failures of an index.
    pub used: u32,
    /// The limit.
    pub limit: Setting,
}

/// Why pods are made now.
#[derive(Clone, Debug, PartialEq)]
pub enum CreatedBecause {
    /// The Job is new.
    First {
        /// parallelism.
        parallelism: Option<Setting>,
    },
    /// The wait after failures is over.
    WaitOver {
        /// Failures in a row.
        failures: u32,
        /// The wait that is over.
        wait: Span,
    },
    /// The wait of an index is over.
    IndexWaitOver {
        /// The index.
        index: u32,
        /// Failures of it.
        failures: u32,
    },
    /// An earlier pod succeeded, and more successes are needed.
    MoreNeeded {
        /// completions.
        completions: Option<Setting>,
    },
    /// The Job was resumed.
    Resumed,
    /// More pods are wanted than are active.
    Missing,
}

/// Why a Job fails.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// More failed pods than backoffLimit.
    BackoffLimit {
        /// Failed pods.
        failed: u32,
        /// backoffLimit.
        limit: Option<Setting>,
    },
    /// As many restarts as backoffLimit.
    Restarts {
        /// Restarts.
        restarts: u32,
        /// backoffLimit.
        limit: Option<Setting>,
    },
    /// The deadline is over.
    Deadline {
        /// How long the Job has been active.
        elapsed: Span,
        /// activeDeadlineSeconds.
        limit: Option<Setting>,
    },
    /// A rule of podFailurePolicy says so.
    Rule {
        /// The pod that matched.
        pod: Option<PodId>,
        /// The rule.
        rule: Option<Setting>,
    },
    /// More failed indexes than maxFailedIndexes.
    MaxFailedIndexes {
        /// Failed indexes.
        failed: u32,
        /// maxFailedIndexes.
        limit: Option<Setting>,
    },
    /// All indexes are decided, and some have failed.
    FailedIndexes {
        /// How many.
        failed: u32,
    },
}

/// Why a Job completes.
#[derive(Clone, Debug, PartialEq)]
pub enum Success {
    /// Enough pods succeeded.
    Completions {
        /// Successes.
        succeeded: u32,
        /// completions; `None` for a work queue.
        completions: Option<Setting>,
    },
    /// The success policy is met.
    Policy {
        /// successPolicy.
        policy: Option<Setting>,
    },
}

/// A link of the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its part in the chain.
    pub role: Role,
    /// What it says.
    pub fact: Fact,
    /// The step where it can be seen.
    pub step: Option<StepId>,
    /// The place in the text that decided it.
    pub place: Option<Place>,
}

/// The part of a link in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// What follows.
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

impl Role {
    /// All of them.
    pub const ALL: [Role; 6] = [Role::Effect, Role::Rule, Role::Facts, Role::Spec, Role::Program, Role::You];
}

/// What a link says.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// No pod before a time, and which one then.
    NoPodUntil {
        /// The time.
        until: Time,
        /// The next pod, if one comes.
        then: Option<PodId>,
    },
    /// Pods were made.
    PodsCreated {
        /// The first.
        first: PodId,
        /// How many.
        count: u32,
    },
    /// Pods were deleted.
    PodsDeleted {
        /// How many.
        count: u32,
        /// Why.
        because: DeletedBecause,
    },
    /// The Job ends.
    JobEnds {
        /// Complete or Failed.
        condition: ConditionType,
        /// When; `None` if not in this recording.
        at: Option<Time>,
    },
    /// The Job is deleted.
    JobDeleted {
        /// Which.
        job: JobId,
        /// When; `None` if not in this recording.
        at: Option<Time>,
    },
    /// A rule.
    Rule(Rule),
    /// Failures in a row.
    FailuresInARow {
        /// Before.
        before: u32,
        /// After.
        after: u32,
        /// When the last one ended.
        last: Time,
    },
    /// A number of the status.
    Counter {
        /// Which.
        counter: Counter,
        /// Before.
        before: u32,
        /// After.
        after: u32,
    },
    /// A pod ended.
    PodEnded {
        /// Which.
        pod: PodId,
        /// Its exit code.
        exit_code: i32,
        /// When.
        at: Time,
        /// How.
        by: EndedBy,
    },
    /// The answer that decided.
    Asked(Check, Answer),
    /// A further reason of the step.
    Reason(Reason),
    /// An input.
    Input {
        /// Its number, from 0.
        number: u32,
        /// The input.
        input: Box<Input>,
        /// The pod it hit.
        pod: Option<PodId>,
    },
    /// What the program of a pod does, by a behavior of the text or, without one, by its command or by default.
    Program {
        /// The pod.
        pod: PodId,
        /// The behavior, from 0.
        behavior: Option<u32>,
        /// Its exit code.
        exit_code: i32,
        /// How long it runs.
        run: Span,
    },
    /// A field.
    Setting(Setting),
    /// podQuota of the cluster.
    Quota(u32),
}

/// A number of a Job's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// active.
    Active,
    /// succeeded.
    Succeeded,
    /// failed.
    Failed,
    /// terminating.
    Terminating,
}

impl Counter {
    /// All of them.
    pub const ALL: [Counter; 4] = [Counter::Active, Counter::Succeeded, Counter::Failed, Counter::Terminating];

    /// As in the API.
    pub fn name(self) -> &'static str {
        match self {
            Counter::Active => "active",
            Counter::Succeeded => "succeeded",
            Counter::Failed => "failed",
            Counter::Terminating => "terminating",
        }
    }
}

/// A rule of Kubernetes that people run into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Each failure in a row doubles the wait (JC-103).
    WaitDoubles,
    /// While it waits, no pod of the Job is made at all (JC-106).
    WaitIsForTheWholeJob,
    /// Per index, each has its own wait (JC-121).
    WaitPerIndex,
    /// An ignored failure still makes the next pod wait (JC-104).
    IgnoredStillWaits,
    /// More failed pods than backoffLimit (JC-107a).
    FailsAboveLimit,
    /// As many restarts as backoffLimit (JC-107).
    FailsAtRestarts,
    /// The deadline counts from startTime, over everything (JC-158).
    DeadlineOverAll,
    /// FailJob ends the whole Job (JC-179).
    FailJobEndsAll,
    /// Per-index limits (JC-118, JC-119).
    IndexLimit,
    /// A failed index makes the Job fail in the end (JC-123).
    FailedIndexFailsJob,
    /// More failed indexes than maxFailedIndexes (JC-58.7).
    MaxFailedIndexes,
    /// As many pods as parallelism, as long as successes are missing (JC-132).
    Wanted,
    /// Enough successes, none active (JC-66).
    EnoughSuccesses,
    /// Work queue: one success, none active (JC-66).
    WorkQueue,
    /// The success policy (JC-190).
    SuccessPolicy,
    /// The end waits for terminating pods (JC-82).
    EndWaits,
    /// What runs when the Job fails is stopped and counted as failed (JC-86).
    RunningPodsFailToo,
    /// What runs when the success policy is met is stopped, uncounted (JC-192).
    RunningPodsUncounted,
    /// An eviction counts as a failure unless a policy ignores it (JC-95, JC-179).
    DisruptionsCount,
    /// A pod that is being deleted counts as failed (JC-200).
    TerminatingCounts,
    /// A pod that is being deleted holds its place (JC-201).
    TerminatingHoldsPlace,
    /// Suspension deletes the active pods (JC-166).
    SuspendDeletes,
    /// Fewer wanted: pods are deleted, uncounted (JC-133, JC-96).
    ScaleDown,
    /// A refused creation is tried again (JC-143).
    RefusedIsRetried,
    /// The rules of podFailurePolicy: first match wins (JC-176).
    FirstRuleWins,
    /// Changes are looked at one second later (JC-28).
    Batched,
    /// Finished Jobs are never touched again (JC-44).
    NeverTouchedAgain,
    /// OnFailure restarts in place (JC-114).
    RestartInPlace,
    /// SIGTERM, the grace period, SIGKILL (C9).
    GracePeriod,
    /// The TTL counts from the end (JC-211).
    TtlFromEnd,
    /// Foreground deletion: the Job goes with the last pod (JC-217).
    Foreground,
    /// Background and orphan deletion (JC-221, JC-223).
    Cascade,
    /// A pod keeps its tracking finalizer until it is counted (JC-225).
    Finalizer,
    /// A restart of the controllers loses the failures in a row (JC-101).
    MemoryLost,
    /// Another controller is responsible (JC-43).
    ManagedBy,
    /// concurrencyPolicy (C21).
    Concurrency,
    /// startingDeadlineSeconds (C20).
    StartingDeadline,
    /// History limits (C22).
    History,
}

impl Rule {
    /// All of them.
    pub const ALL: [Rule; 38] = [
        Rule::WaitDoubles,
        Rule::WaitIsForTheWholeJob,
        Rule::WaitPerIndex,
        Rule::IgnoredStillWaits,
        Rule::FailsAboveLimit,
        Rule::FailsAtRestarts,
        Rule::DeadlineOverAll,
        Rule::FailJobEndsAll,
        Rule::IndexLimit,
        Rule::FailedIndexFailsJob,
        Rule::MaxFailedIndexes,
        Rule::Wanted,
        Rule::EnoughSuccesses,
        Rule::WorkQueue,
        Rule::SuccessPolicy,
        Rule::EndWaits,
        Rule::RunningPodsFailToo,
        Rule::RunningPodsUncounted,
        Rule::DisruptionsCount,
        Rule::TerminatingCounts,
        Rule::TerminatingHoldsPlace,
        Rule::SuspendDeletes,
        Rule::ScaleDown,
        Rule::RefusedIsRetried,
        Rule::FirstRuleWins,
        Rule::Batched,
        Rule::NeverTouchedAgain,
        Rule::RestartInPlace,
        Rule::GracePeriod,
        Rule::TtlFromEnd,
        Rule::Foreground,
        Rule::Cascade,
        Rule::Finalizer,
        Rule::MemoryLost,
        Rule::ManagedBy,
        Rule::Concurrency,
        Rule::StartingDeadline,
        Rule::History,
    ];
}
