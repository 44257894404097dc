//! Steps and their reasons: everything that happens, why, and every decision not to act, with its numbers. The
//! explanation is built on these and on nothing else.

use crate::api::{ConditionType, FailureAction, JobId, Name, ObjectKey, Phase, PodId};
use crate::cluster::input::Cascade;
use crate::time::{Span, Time};
use std::ops::Range;
use std::rc::Rc;

/// The n-th step of a recording, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(pub u32);

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Component {
    /// A person or a program outside: manifests at t = 0 and inputs.
    Outside,
    /// The scheduler.
    Scheduler,
    /// The kubelet of the pod's node.
    Kubelet,
    /// The pod garbage collector.
    PodGarbageCollector,
    /// The Job controller.
    JobController,
    /// The part of the Job controller that frees pods whose Job is gone or finished.
    OrphanPods,
    /// The TTL-after-finished controller.
    TtlAfterFinished,
    /// The CronJob controller.
    CronJobController,
    /// The garbage collector.
    GarbageCollector,
}

/// The smallest thing that happens: one component does one piece of work at one instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub at: Time,
    /// Who.
    pub component: Component,
    /// On whose behalf: the key that was worked on. `None` for inputs that concern no object.
    pub key: Option<ObjectKey>,
    /// What woke it.
    pub trigger: Trigger,
    /// Its reasons, a range of the recording's reasons.
    pub reasons: Range<u32>,
    /// What it wrote, a range of the recording's versions.
    pub versions: Range<u32>,
    /// Its events, a range of the recording's events.
    pub events: Range<u32>,
}

/// What woke a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// How.
    pub wake: Wake,
    /// The step that caused it, if it was one.
    pub cause: Option<StepId>,
}

/// How a component was woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// The manifest with this number, from 0, was created at t = 0.
    Manifest(u32),
    /// The input with this number in the text, from 0.
    Input(u32),
    /// This object changed, and that is looked at once.
    Changed(ObjectKey),
    /// This object changed, and changes are looked at one second later, together (JC-28).
    Batched(ObjectKey),
    /// The wait between two failures is over.
    BackoffOver,
    /// activeDeadlineSeconds may be over.
    Deadline,
    /// The last attempt ended with an error; this is the n-th try again.
    Retry(u32),
    /// ttlSecondsAfterFinished may be over.
    TtlOver,
    /// A CronJob's next time has come.
    Schedule,
    /// The controllers were started again.
    Restarted,
    /// Every 20 seconds.
    Period,
    /// Creation → node.
    Scheduling,
    /// Node → containers run.
    Starting,
    /// A program ended by itself.
    ProgramEnded,
    /// A container's wait for its restart is over.
    RestartDue,
    /// A container has waited for its restart long enough to be called CrashLoopBackOff.
    CrashLoop,
    /// A container that got SIGTERM ended, or its grace period did.
    StopOver,
}

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

/// The answer to a [`Check`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The field is not set.
    NotSet,
    /// An earlier answer decided.
    NotReached,
    /// Yes or no, where there is no number to it.
    Is(bool),
    /// A count against a limit; `holds`: the question is answered yes.
    Count {
        /// The count: failed pods, restarts, failed indexes, succeeded pods.
        count: u32,
        /// The limit of the spec.
        limit: u32,
        /// Yes or no.
        holds: bool,
    },
    /// A time against a limit.
    Elapsed {
        /// How long so far.
        elapsed: Span,
        /// The limit of the spec.
        limit: Span,
        /// Yes or no.
        holds: bool,
    },
    /// Pods wanted and there.
    Pods {
        /// How many may be active now.
        wanted: u32,
        /// How many are.
        active: u32,
        /// How many terminating pods hold a place (podReplacementPolicy Failed).
        terminating: u32,
        /// Yes or no.
        holds: bool,
    },
    /// No: so much of the wait is left.
    Left(Span),
}

impl Answer {
    /// Whether the question is answered with yes.
    pub fn is_yes(self) -> bool {
        match self {
            Answer::Is(holds) => holds,
            Answer::Count { holds, .. } | Answer::Elapsed { holds, .. } | Answer::Pods { holds, .. } => holds,
            Answer::NotSet | Answer::NotReached | Answer::Left(_) => false,
        }
    }
}

/// As what an ended pod was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedAs {
    /// `succeeded` + 1.
    Succeeded,
    /// `failed` + 1.
    Failed,
    /// A rule of podFailurePolicy with this number ignores it.
    Ignored {
        /// The rule, from 0.
        rule: u32,
    },
    /// It ended together with the Job and counts as nothing.
    Nothing,
}

/// Why the Job controller deletes a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletedBecause {
    /// More active pods than wanted.
    TooMany,
    /// Its index is not one of the Job's, or another pod has it.
    WrongIndex,
    /// The Job is suspended.
    Suspended,
    /// The Job ends.
    JobEnds,
}

/// Why an input did nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoEffect {
    /// No pod fits.
    NoSuchPod,
    /// No object of this name.
    NoSuchObject,
    /// The pod has no node yet.
    NotBound,
    /// No container of it runs now.
    NotRunning,
    /// The pod has ended.
    AlreadyEnded,
    /// The pod is being stopped.
    AlreadyStopping,
    /// It changes nothing.
    NoChange,
}

/// How a container came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedBy {
    /// By itself.
    Itself,
    /// By an input `fail`.
    FailInput,
    /// By an input `oomKill`.
    OomKill,
    /// It reacted to SIGTERM.
    Sigterm,
    /// The grace period was over: SIGKILL.
    Sigkill,
    /// It was waiting for its restart, or had never started, when the pod was stopped.
    NotRunning,
}

/// One reason of a step: a fact with its numbers, a decision, or a decision not to act.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    // The node.
    /// The pod got its node after this time.
    Bound {
        /// Time since its creation.
        after: Span,
    },
    /// The pod was to get a node, but it is being deleted.
    NotBound,
    /// All containers of the pod were started.
    ContainersStarted {
        /// Time since it got its node.
        after: Span,
    },
    /// A container ended.
    ContainerEnded {
        /// Its place in the template.
        container: u16,
        /// Exit code.
        exit_code: i32,
        /// How.
        by: EndedBy,
    },
    /// It will be started again in place, after a wait.
    WillRestart {
        /// Its place in the template.
        container: u16,
        /// How long it waits.
        wait: Span,
        /// When it starts again.
        at: Time,
    },
    /// It was started again.
    Restarted {
        /// Its place in the template.
        container: u16,
        /// Its restartCount now.
        restart_count: u32,
    },
    /// It waits for its restart, and is now shown as CrashLoopBackOff.
    CrashLoopBackOff {
        /// Its place in the template.
        container: u16,
        /// When it starts again.
        until: Time,
    },
    /// Another container of the pod goes on, so the pod does.
    OthersRun {
        /// How many.
        running: u32,
    },
    /// The last container ended, and so the pod.
    PodEnded {
        /// How.
        phase: Phase,
    },
    /// The containers got SIGTERM.
    StopBegan {
        /// How long they have.
        grace: Span,
    },
    /// The object went away.
    PodGone(PodId),
    /// The object is only held by its tracking finalizer.
    PodHeldByFinalizer(PodId),

    // Inputs and the API server.
    /// An object was created.
    Created(ObjectKey),
    /// The spec of an object was changed.
    Updated(ObjectKey),
    /// An input did nothing.
    NoEffect(NoEffect),
    /// The API server refused it, in its words.
    Refused(Rc<str>),
    /// A pod was asked to go.
    DeletionBegan {
        /// Which.
        pod: PodId,
        /// How long it has.
        grace_seconds: i64,
    },
    /// The deletion of a Job or CronJob began.
    ObjectDeletionBegan {
        /// Which.
        key: ObjectKey,
        /// What becomes of what it owns.
        cascade: Cascade,
    },
    /// A Job or CronJob went away.
    ObjectGone(ObjectKey),
    /// The pod got the condition DisruptionTarget.
    DisruptionTarget(PodId),
    /// All controllers forgot what they held in memory.
    MemoryLost,

    // The garbage collectors.
    /// The owner is gone (background) or waits (foreground), so this was deleted.
    OwnerDeleted(ObjectKey),
    /// The owner was deleted with orphan, so this lost its owner.
    Orphaned(ObjectKey),
    /// Still there: so many of its dependents hold it.
    WaitsForDependents(u32),
    /// It is being deleted, and stays for this finalizer, which somebody outside has to take off.
    HeldByFinalizer {
        /// The Job or CronJob.
        key: ObjectKey,
        /// Its first finalizer.
        finalizer: Name,
    },
    /// The pod never had a node and is being deleted: it is made Failed and removed.
    NeverScheduled(PodId),

    // The Job controller.
    /// There is nothing to do: the Job is gone.
    JobGone,
    /// Another controller manages it.
    ManagedByOther(Name),
    /// Finished Jobs are never touched again.
    AlreadyFinished,
    /// The Job is being deleted: no pods are made or deleted for it any more, ended ones are still counted.
    JobDeleting,
    /// What the sync saw.
    Observed {
        /// Active pods.
        active: u32,
        /// Ready ones of them.
        ready: u32,
        /// Terminating pods.
        terminating: u32,
        /// Succeeded, new ones included.
        succeeded: u32,
        /// Failed, new ones included.
        failed: u32,
    },
    /// startTime was set: the deadline's clock begins.
    StartTimeSet,
    /// A pod without owner was adopted.
    Adopted(PodId),
    /// A pod matched a rule of podFailurePolicy.
    RuleMatched {
        /// Which pod.
        pod: PodId,
        /// Which rule, from 0.
        rule: u32,
        /// What the rule says.
        action: FailureAction,
    },
    /// A question of the sync and its answer.
    Asked {
        /// The question.
        check: Check,
        /// The answer.
        answer: Answer,
    },
    /// The back-off record after this sync (JC-102).
    Backoff {
        /// Failures since the last success.
        failures: u32,
        /// When the last of them ended.
        last: Time,
    },
    /// A success ended the series of failures: the next wait is 10 s again.
    BackoffReset,
    /// No pod is made before this time, because of failures (JC-103, JC-106).
    CreationHeldBack {
        /// Failures in a row.
        failures: u32,
        /// The whole wait.
        wait: Span,
        /// From when: the end of the last failed pod.
        from: Time,
        /// Until when.
        until: Time,
    },
    /// No pod of this index is made before this time (JC-121, JC-122).
    IndexHeldBack {
        /// The index.
        index: u32,
        /// Failures of it, ignored ones included.
        failures: u32,
        /// Until when.
        until: Time,
    },
    /// The failed pod of this index is counted when its replacement is there (JC-120).
    CountingDelayed {
        /// The pod.
        pod: PodId,
        /// Its index.
        index: u32,
    },
    /// The index has failed for good (JC-118).
    IndexFailed {
        /// The index.
        index: u32,
        /// Failures of it.
        failures: u32,
    },
    /// Pods are made in batches of 1, 2, 4 …; this many were tried.
    CreatedPods {
        /// Made.
        created: u32,
        /// Wanted.
        wanted: u32,
    },
    /// A pod was refused, and the rest was not tried (JC-143).
    CreationRefused {
        /// Pods that count now.
        used: u32,
        /// The quota.
        limited: u32,
        /// Not tried any more.
        skipped: u32,
    },
    /// A pod was made.
    CreatedPod(PodId),
    /// A pod was deleted.
    DeletedPod {
        /// Which.
        pod: PodId,
        /// Why this.
        because: DeletedBecause,
    },
    /// An ended pod was counted, or not.
    Counted {
        /// Which.
        pod: PodId,
        /// As what.
        counted: CountedAs,
    },
    /// A pod that is being deleted counts as failed already (podReplacementPolicy TerminatingOrFailed, JC-15).
    TerminatingCountsAsFailed(PodId),
    /// 500 pods are enough for one sync (JC-76).
    CountingLimit,
    /// The Job's end is decided; this condition is written.
    ConditionAdded {
        /// Which.
        condition: ConditionType,
        /// Its reason.
        reason: &'static str,
    },
    /// The end waits for this many pods to stop (JC-82).
    EndWaitsForTerminating(u32),
    /// The status was refused, in the API server's words (JC-281).
    StatusRefused(Rc<str>),
    /// It comes back by itself at this time.
    ComesBack {
        /// When.
        at: Time,
        /// For what.
        wake: Wake,
    },
    /// Nothing had to be written.
    NothingToWrite,
    /// The finalizer of a pod was taken off, for its Job is gone or finished (JC-33).
    PodFreed(PodId),
    /// No finalizer had to be taken off.
    NothingToFree {
        /// Pods that keep theirs, for their Job will count them.
        counted: u32,
    },
    /// An event was not sent: the burst of 25 for this object is used up (C16.4).
    EventDropped {
        /// Its reason.
        reason: &'static str,
    },

    // TTL after finished.
    /// The Job lives on until this time.
    TtlRuns {
        /// When it finished.
        finished: Time,
        /// ttlSecondsAfterFinished.
        ttl: Span,
        /// When it is deleted.
        until: Time,
    },
    /// Its time is over.
    TtlExpired {
        /// When it finished.
        finished: Time,
        /// ttlSecondsAfterFinished.
        ttl: Span,
    },

    // The CronJob controller.
    /// The CronJob is suspended: nothing starts.
    CronSuspended,
    /// No time has come since this one.
    NothingScheduled {
        /// The next one, if there is one.
        next: Option<Time>,
    },
    /// A Job was started for this time.
    RunStarted {
        /// The scheduled time.
        scheduled: Time,
        /// The Job.
        job: JobId,
        /// How many times were missed before it.
        missed: u32,
    },
    /// A run is still active, and the policy is Forbid.
    RunForbidden {
        /// The scheduled time.
        scheduled: Time,
        /// Active Jobs.
        active: u32,
    },
    /// An active run was deleted to make room (Replace).
    RunReplaced(JobId),
    /// Too late: startingDeadlineSeconds is over.
    RunMissed {
        /// The scheduled time.
        scheduled: Time,
        /// How long ago that is.
        late: Span,
        /// startingDeadlineSeconds.
        deadline: Span,
    },
    /// A run was missed, and is not found: the controller looks back about one interval from now.
    RunOverlooked {
        /// The latest scheduled time that has come.
        scheduled: Time,
        /// The time between the first two missed ones.
        interval: Span,
    },
    /// More than 100 times were missed, by the controller's estimate, and it warns. The latest is started all the same.
    TooManyMissed(u32),
    /// This time has been handled already.
    AlreadyRun {
        /// The scheduled time.
        scheduled: Time,
    },
    /// An old Job beyond the history limit was deleted.
    HistoryPruned(JobId),
    /// A Job was seen to have finished.
    RunFinished(JobId),
    /// An active Job is gone without having been seen to finish.
    JobWentMissing(JobId),
    /// A Job of this CronJob runs that it did not start, or forgot: it is not counted as active.
    UnexpectedJob(JobId),
    /// There is a Job of the name that the run's Job would have.
    JobNameTaken {
        /// The scheduled time.
        scheduled: Time,
        /// The Job.
        job: JobId,
    },
    /// The CronJob is being deleted: nothing starts.
    CronDeleting,
    /// The schedule can be read, but there is no such time.
    ScheduleNeverDue,
    /// The schedule or the time zone cannot be read.
    ScheduleUnreadable(Rc<str>),
}
