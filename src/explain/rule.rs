//! The rules of Kubernetes that people run into. The words are in [`crate::texts`], the pages of the documentation in
//! [`super::reality`].

use crate::cluster::input::Cascade;
use crate::cluster::reason::Reason;

/// A rule of Kubernetes that people run into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Each failure in a row doubles the wait (JC-103).
    WaitDoubles,
    /// During the back-off no pod of the Job is created at all (JC-106).
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
    /// A pod that is being deleted is not replaced until it has ended (JC-201).
    TerminatingHoldsPlace,
    /// Suspension deletes the active pods (JC-166).
    SuspendDeletes,
    /// Fewer wanted: pods are deleted, uncounted (JC-133, JC-96).
    ScaleDown,
    /// A refused creation is tried again (JC-143).
    RefusedIsRetried,
    /// The rules of podFailurePolicy: first match wins (JC-176).
    FirstRuleWins,
    /// Changes of pods are batched for one second (JC-28).
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
    /// One node must pass every filter, and requests are reserved (P-8, P-11).
    EveryFilter,
    /// A pod that waits to start counts as nothing (P-45).
    WaitingIsNoFailure,
    /// The waits between pulls (P-42).
    PullBackoff,
    /// NoExecute deletes pods that do not tolerate it (P-81).
    TaintDrivesOut,
    /// A taint may be tolerated for some time only; by default that of a lost node (P-1, P-81).
    ToleratedForAWhile,
    /// A sidecar is stopped when the others have ended, and decides nothing (P-66).
    SidecarsStopLast,
    /// A pod of which no container ran has no end to count from (JC-105).
    WaitFromNotReady,
}

impl Rule {
    /// All of them.
    pub const ALL: [Rule; 45] = [
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
        Rule::EveryFilter,
        Rule::WaitingIsNoFailure,
        Rule::PullBackoff,
        Rule::TaintDrivesOut,
        Rule::ToleratedForAWhile,
        Rule::SidecarsStopLast,
        Rule::WaitFromNotReady,
    ];

    /// The rule of Kubernetes behind a reason.
    pub(super) fn of(reason: &Reason) -> Option<Rule> {
        Some(match reason {
            Reason::WillRestart { .. } | Reason::Restarted { .. } | Reason::CrashLoopBackOff { .. } => {
                Rule::RestartInPlace
            }
            Reason::StopBegan { .. } | Reason::DeletionBegan { .. } => Rule::GracePeriod,
            Reason::PodHeldByFinalizer(_) | Reason::PodFreed(_) => Rule::Finalizer,
            Reason::ObjectDeletionBegan { cascade: Cascade::Foreground, .. } | Reason::WaitsForDependents(_) => {
                Rule::Foreground
            }
            Reason::ObjectDeletionBegan { .. } | Reason::OwnerDeleted(_) | Reason::Orphaned(_) => Rule::Cascade,
            Reason::OwnerAbsent { .. } | Reason::OwnersForgotten(_) => Rule::Cascade,
            Reason::MemoryLost => Rule::MemoryLost,
            Reason::ManagedByOther(_) => Rule::ManagedBy,
            Reason::AlreadyFinished => Rule::NeverTouchedAgain,
            Reason::TerminatingCountsAsFailed(_) => Rule::TerminatingCounts,
            Reason::RuleMatched { .. } => Rule::FirstRuleWins,
            Reason::CountingDelayed { .. } | Reason::IndexFailed { .. } => Rule::IndexLimit,
            Reason::IndexHeldBack { .. } => Rule::WaitPerIndex,
            Reason::CreationHeldBack { .. } | Reason::Backoff { .. } | Reason::BackoffReset => Rule::WaitDoubles,
            Reason::EndWaitsForTerminating(_) => Rule::EndWaits,
            Reason::TtlRuns { .. } | Reason::TtlExpired { .. } => Rule::TtlFromEnd,
            Reason::RunForbidden { .. } | Reason::RunReplaced(_) => Rule::Concurrency,
            Reason::RunMissed { .. } => Rule::StartingDeadline,
            Reason::HistoryPruned(_) => Rule::History,
            _ => return None,
        })
    }
}
