//! The reasons of steps: all that happens and all decisions not to act. Explanations are built on nothing else.

use crate::api::admission::Refusal;
use crate::api::{
    ConditionType, ContainerPlace, FailureAction, JobId, Name, NodeId, ObjectKey, OwnerReference, Phase, PodId,
    ProbeKind,
};
use crate::cluster::input::Cascade;
use crate::cluster::inventory::{Provided, ReferencedKind};
use crate::cluster::scheduler::{Listed, NodeRefusal, Score};
use crate::cluster::told::Told;
use crate::time::{Span, Time};
use std::rc::Rc;

pub use super::step::{Component, Step, StepId, Trigger, Wake};

/// A question that a sync of a Job asks, in the order in which it asks (JC-56 … JC-68).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// Is SuccessCriteriaMet already there? (JC-56.1)
    SuccessDecided,
    /// Is FailureTarget already there? (JC-56.2)
    FailureDecided,
    /// Does podFailurePolicy say FailJob? (JC-56.3)
    FailJobRule,
    /// More failed pods than backoffLimit? (JC-56.4, JC-107a)
    BackoffLimit,
    /// As many restarts as backoffLimit, with OnFailure? (JC-107)
    RestartLimit,
    /// Is activeDeadlineSeconds over? (JC-56.5)
    ActiveDeadline,
    /// More failed indexes than maxFailedIndexes? (JC-58.7)
    MaxFailedIndexes,
    /// All indexes decided, and one of them failed? (JC-58.8)
    FailedIndexes,
    /// Is the success policy met? (JC-58.9)
    SuccessPolicy,
    /// Is it suspended? (JC-131)
    Suspended,
    /// More active pods than wanted? (JC-133)
    TooManyPods,
    /// Fewer active pods than wanted? (JC-139)
    PodsMissing,
    /// Is the wait after a failure over? (JC-106)
    BackoffOver,
    /// Enough successes, and nothing active? (JC-66)
    Completions,
}

impl Check {
    /// All of them, in order.
    pub const ALL: [Check; 14] = [
        Check::SuccessDecided,
        Check::FailureDecided,
        Check::FailJobRule,
        Check::BackoffLimit,
        Check::RestartLimit,
        Check::ActiveDeadline,
        Check::MaxFailedIndexes,
        Check::FailedIndexes,
        Check::SuccessPolicy,
        Check::Suspended,
        Check::TooManyPods,
        Check::PodsMissing,
        Check::BackoffOver,
        Check::Completions,
    ];
}

/// The answer to a [`Check`]. `holds` is yes or no, where there are numbers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The field is not set, so there is no question.
    NotSet,
    /// An earlier answer decided, so the question was not asked.
    NotReached,
    /// Yes or no, without numbers.
    Is(bool),
    /// A count against a limit.
    Count {
        /// Failed pods, restarts, failed or decided indexes, succeeded pods: what the question is about.
        count: u32,
        /// The limit of the spec.
        limit: u32,
        /// Whether the limit is reached or exceeded, whichever is asked.
        holds: bool,
    },
    /// A time against a limit.
    Elapsed {
        /// The time since startTime.
        elapsed: Span,
        /// The limit of the spec.
        limit: Span,
        /// Whether the limit is reached.
        holds: bool,
    },
    /// Active pods against wanted ones.
    Pods {
        /// How many may be active now.
        wanted: u32,
        /// How many are active.
        active: u32,
        /// Terminating pods that are not replaced yet (podReplacementPolicy Failed).
        terminating: u32,
        /// Whether there are too many or too few, whichever is asked.
        holds: bool,
    },
    /// No: this much of the wait is left.
    Left(Span),
}

impl Answer {
    /// Whether the answer is yes.
    pub fn is_yes(self) -> bool {
        match self {
            Answer::Is(holds) => holds,
            Answer::Count { holds, .. } | Answer::Elapsed { holds, .. } | Answer::Pods { holds, .. } => holds,
            Answer::NotSet | Answer::NotReached | Answer::Left(_) => false,
        }
    }
}

/// What an ended pod counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedAs {
    /// It is added to `succeeded`.
    Succeeded,
    /// It is added to `failed`.
    Failed,
    /// podFailurePolicy ignores it.
    Ignored {
        /// The rule's place in the policy, from 0.
        rule: u32,
    },
    /// Neither: it ended together with the Job, or its index has been counted.
    Nothing,
}

/// Why the Job controller deletes a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletedBecause {
    /// More pods are active than wanted.
    TooMany,
    /// Its index is beyond `completions`, or another pod has it.
    WrongIndex,
    /// The Job is suspended.
    Suspended,
    /// The Job ends.
    JobEnds,
}

/// Why an input has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoEffect {
    /// No living pod matches the selector.
    NoSuchPod,
    /// No living object has this name.
    NoSuchObject,
    /// The pod has no node yet.
    NotBound,
    /// None of its containers runs now.
    NotRunning,
    /// The pod is Succeeded or Failed.
    AlreadyEnded,
    /// The pod is being stopped.
    AlreadyStopping,
    /// The patch changes nothing.
    NoChange,
    /// No node has this name.
    NoSuchNode,
    /// A node has this name already.
    NodeExists,
    /// The node cannot reach the API server, so nobody hears of it.
    NodeUnreachable,
}

/// What ended a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedBy {
    /// Its program.
    Itself,
    /// An input `fail`.
    FailInput,
    /// An input `oomKill`.
    OomKill,
    /// SIGTERM.
    Sigterm,
    /// SIGKILL, at the end of the grace period.
    Sigkill,
    /// Nothing: it waited for its restart, or had never started, when the pod was stopped.
    NotRunning,
}

/// One reason of a step: a fact with its numbers, a decision, or a decision not to act.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    // The node.
    /// The pod was bound to its node.
    Bound {
        /// Since its creation.
        after: Span,
    },
    /// The pod would be bound to a node now, but is being deleted.
    NotBound,
    /// All containers of the pod were started.
    ContainersStarted {
        /// Since it was bound.
        after: Span,
    },
    /// The pod's sandbox has come up.
    SandboxMade {
        /// Since its volumes were there.
        after: Span,
    },
    /// What is told in an event.
    Told(Told),
    /// What would be told in an event, if the node could reach the API server.
    Untold(Told),
    /// Something that was missing exists from now on.
    Provided(Provided),
    /// Why the nodes could not take the pod, node by node.
    NodesRefused(Rc<Listed<NodeRefusal>>),
    /// The nodes that could take the pod, with their points: it went to the first of the best.
    NodesCompared(Rc<Listed<Score>>),
    /// Only this node could take the pod.
    OnlyNode(NodeId),
    /// The node cannot reach the API server any more. Nobody knows that yet.
    NodeLost(NodeId),
    /// The node can reach the API server again.
    NodeBack(NodeId),
    /// The node has not been heard of for too long, so it counts as not ready.
    NodeUnheard(NodeId),
    /// The node has not been ready for a while: its pods have to go.
    TaintedForEviction(NodeId),
    /// The pod's node does not exist any more.
    NodeGone(PodId),
    /// The pod's node is out of service, so nobody will stop it.
    OutOfService(PodId),
    /// A container ended.
    ContainerEnded { container: ContainerPlace, exit_code: i32, by: EndedBy },
    /// The container will be restarted in place.
    WillRestart {
        container: ContainerPlace,
        wait: Span,
        /// When it is restarted.
        at: Time,
    },
    /// The container was restarted in place.
    Restarted { container: ContainerPlace, restart_count: u32 },
    /// The container still waits for its restart, and is shown as CrashLoopBackOff from now on.
    CrashLoopBackOff {
        container: ContainerPlace,
        /// When it is restarted.
        until: Time,
    },
    /// A probe of a container has come to another verdict (P-71).
    ProbeConcluded { container: ContainerPlace, probe: ProbeKind, succeeds: bool },
    /// A container has ended for good; others of the pod still run or restart, so the pod does not end.
    OthersRun {
        /// The container that has ended.
        ended: ContainerPlace,
        exit_code: i32,
        /// How many others run.
        running: u32,
        /// The first of those that have not ended.
        first: ContainerPlace,
    },
    /// The last container ended, and with it the pod.
    PodEnded { phase: Phase },
    /// The containers got SIGTERM.
    StopBegan { grace: Span },
    /// The pod was removed from the store.
    PodGone(PodId),
    /// The pod has stopped; only its tracking finalizer keeps it.
    PodHeldByFinalizer(PodId),

    // Inputs and the API server.
    /// An object was created.
    Created(ObjectKey),
    /// The spec of an object was changed.
    Updated(ObjectKey),
    /// An input had no effect.
    NoEffect(NoEffect),
    /// The API server refused the request.
    Refused(Rc<Refusal>),
    /// A pod is being deleted from now on.
    DeletionBegan { pod: PodId, grace_seconds: i64 },
    /// The deletion of a Job or CronJob began.
    ObjectDeletionBegan { key: ObjectKey, cascade: Cascade },
    /// A Job or CronJob was removed from the store.
    ObjectGone(ObjectKey),
    /// The pod got the condition DisruptionTarget.
    DisruptionTarget(PodId),
    /// All controllers were restarted and lost what they held in memory.
    MemoryLost,

    // The garbage collectors.
    /// This object was deleted because its owner is gone (background) or waits for it (foreground).
    OwnerDeleted(ObjectKey),
    /// This object was deleted because none of its owners exists; the first of them.
    OwnerAbsent { key: ObjectKey, owner: Rc<OwnerReference> },
    /// This object keeps its other owners, and no longer names those that do not exist.
    OwnersForgotten(ObjectKey),
    /// This object lost its owner, which was deleted with `cascade: orphan`.
    Orphaned(ObjectKey),
    /// The owner stays until its dependents are gone; their number.
    WaitsForDependents(u32),
    /// The object is being deleted, and stays until somebody removes this finalizer of the user's own.
    HeldByFinalizer { key: ObjectKey, finalizer: Name },
    /// The pod is being deleted and never had a node: it is marked Failed and removed.
    NeverScheduled(PodId),

    // The Job controller.
    /// The Job of the key is gone, or no longer concerns the controller.
    JobGone,
    /// Another controller manages the Job: this one (`spec.managedBy`).
    ManagedByOther(Name),
    /// Finished Jobs are never touched again.
    AlreadyFinished,
    /// The Job is being deleted: its pods are no longer created or deleted, but still counted when they end.
    JobDeleting,
    /// The pods as the sync found them. Counters include what this sync will count.
    Observed { active: u32, ready: u32, terminating: u32, succeeded: u32, failed: u32 },
    /// startTime was set: activeDeadlineSeconds counts from here.
    StartTimeSet,
    /// A pod without owner was adopted.
    Adopted(PodId),
    /// A pod matched a rule of podFailurePolicy.
    RuleMatched {
        pod: PodId,
        /// The rule's place in the policy, from 0.
        rule: u32,
        action: FailureAction,
    },
    /// A question of the sync, and its answer.
    Asked { check: Check, answer: Answer },
    /// The back-off record after this sync (JC-102).
    Backoff {
        /// Failures since the last success.
        failures: u32,
        /// When the last of them ended.
        last: Time,
    },
    /// A success ended the series of failures: the next wait is 10 s.
    BackoffReset,
    /// No pod is created before `until`, because of failures (JC-103, JC-106).
    CreationHeldBack {
        /// Since the last success.
        failures: u32,
        wait: Span,
        /// The end of the last failed pod.
        from: Time,
        until: Time,
    },
    /// No pod of this index is created before `until` (JC-121, JC-122).
    IndexHeldBack {
        index: u32,
        /// Of this index, ignored ones included.
        failures: u32,
        until: Time,
    },
    /// The failed pod of this index is counted once its replacement exists (JC-120).
    CountingDelayed { pod: PodId, index: u32 },
    /// The index has failed for good (JC-118).
    IndexFailed { index: u32, failures: u32 },
    /// The sync created pods, in batches of 1, 2, 4 ….
    CreatedPods { created: u32, wanted: u32 },
    /// The quota refused a pod, and the remaining batches were skipped (JC-143).
    CreationRefused {
        /// Pods that count against the quota.
        used: u32,
        limited: u32,
        skipped: u32,
    },
    /// The API server refused a pod, because something that it names does not exist; the remaining batches were
    /// skipped.
    CreationForbidden { kind: ReferencedKind, name: Name, skipped: u32 },
    /// A pod was created.
    CreatedPod(PodId),
    /// A pod was deleted.
    DeletedPod { pod: PodId, because: DeletedBecause },
    /// What an ended pod counts as.
    Counted { pod: PodId, counted: CountedAs },
    /// A pod counts as failed although it only is being deleted (podReplacementPolicy TerminatingOrFailed, JC-15).
    TerminatingCountsAsFailed(PodId),
    /// The rest is counted by the next sync: 500 pods are the limit of one (JC-76).
    CountingLimit,
    /// A condition is written.
    ConditionAdded { condition: ConditionType, reason: &'static str },
    /// The final condition waits for this many pods to stop (JC-82).
    EndWaitsForTerminating(u32),
    /// The API server refused the status (JC-281); its words.
    StatusRefused(Rc<str>),
    /// The controller will look at the object again without a change.
    ComesBack { at: Time, wake: Wake },
    /// The status was up to date.
    NothingToWrite,
    /// The finalizer of a pod was removed because its Job is gone or finished (JC-33).
    PodFreed(PodId),
    /// No finalizer had to be removed.
    NothingToFree {
        /// Pods that keep theirs because their Job will count them.
        counted: u32,
    },
    /// An event was not sent: the object's burst of 25 is used up (C16.4).
    EventDropped { reason: &'static str },

    // TTL after finished.
    /// The Job is kept until its time to live is over.
    TtlRuns { finished: Time, ttl: Span, until: Time },
    /// The Job's time to live is over, and it is deleted.
    TtlExpired { finished: Time, ttl: Span },

    // The CronJob controller.
    /// The CronJob is suspended, so no Job is started.
    CronSuspended,
    /// No scheduled time has come since the last run.
    NothingScheduled {
        /// The next scheduled time, if there is one.
        next: Option<Time>,
    },
    /// A Job was started for a scheduled time.
    RunStarted {
        scheduled: Time,
        job: JobId,
        /// Scheduled times before it that were missed.
        missed: u32,
    },
    /// No Job was started: one is still active, and concurrencyPolicy is Forbid.
    RunForbidden { scheduled: Time, active: u32 },
    /// An active Job was deleted because concurrencyPolicy is Replace.
    RunReplaced(JobId),
    /// A scheduled time is not run: startingDeadlineSeconds is over.
    RunMissed {
        scheduled: Time,
        /// Since the scheduled time.
        late: Span,
        deadline: Span,
    },
    /// A missed run is not found: the controller looks back about one interval from now.
    RunOverlooked {
        /// The latest one that has come.
        scheduled: Time,
        /// Between the first two missed times.
        interval: Span,
    },
    /// More than 100 scheduled times were missed, by the controller's estimate. The latest is run all the same.
    TooManyMissed(u32),
    /// This scheduled time has been run.
    AlreadyRun { scheduled: Time },
    /// A finished Job beyond the history limits was deleted.
    HistoryPruned(JobId),
    /// An active Job has finished.
    RunFinished(JobId),
    /// An active Job is gone, and was not seen to finish.
    JobWentMissing(JobId),
    /// A Job of this CronJob runs that is not in `status.active`: it does not count as active.
    UnexpectedJob(JobId),
    /// No Job was started: another one has its name.
    JobNameTaken { scheduled: Time, job: JobId },
    /// The CronJob is being deleted, so no Job is started.
    CronDeleting,
    /// The schedule is valid, but matches no time.
    ScheduleNeverDue,
    /// The schedule or the time zone is invalid; why.
    ScheduleUnreadable(Rc<str>),
}
