//! What the engine records: wakes, answers and reasons, one of each.

use super::{JOB, POD, S, T, conditions, refusal};
use job_playground::api::{
    ContainerPlace, CronJobId, FailureAction, JobId, ObjectKey, OwnerReference, Phase, ProbeKind,
};
use job_playground::cluster::input::Cascade;
use job_playground::cluster::reason::{Answer, Check, CountedAs, DeletedBecause, EndedBy, NoEffect, Reason, Wake};

pub(super) fn wakes() -> Vec<Wake> {
    use Wake::*;
    vec![
        Manifest(0),
        Input(1),
        Changed(JOB),
        Batched(ObjectKey::Pod(POD)),
        BackoffOver,
        Deadline,
        Retry(2),
        TtlOver,
        Schedule,
        Restarted,
        Period(S),
        Scheduling,
        Starting,
        ProgramEnded,
        RestartDue,
        StopOver,
        Looked,
        Retried,
        PullOver,
        Probed,
        MayFit,
        TaintsChanged,
        TolerationOver,
    ]
}

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer::NotSet,
        Answer::NotReached,
        Answer::Is(false),
        Answer::Is(true),
        Answer::Count { count: 2, limit: 3, holds: false },
        Answer::Elapsed { elapsed: S, limit: S, holds: true },
        Answer::Pods { wanted: 2, active: 1, terminating: 0, holds: true },
        Answer::Pods { wanted: 2, active: 1, terminating: 1, holds: false },
        Answer::Left(S),
    ]
}

pub(super) const NO_EFFECTS: [NoEffect; 10] = [
    NoEffect::NoSuchPod,
    NoEffect::NoSuchObject,
    NoEffect::NotBound,
    NoEffect::NotRunning,
    NoEffect::AlreadyEnded,
    NoEffect::AlreadyStopping,
    NoEffect::NoChange,
    NoEffect::NoSuchNode,
    NoEffect::NodeExists,
    NoEffect::NodeUnreachable,
];

pub(super) const ENDS: [EndedBy; 6] =
    [EndedBy::Itself, EndedBy::FailInput, EndedBy::OomKill, EndedBy::Sigterm, EndedBy::Sigkill, EndedBy::NotRunning];

pub(super) const DELETIONS: [DeletedBecause; 4] =
    [DeletedBecause::TooMany, DeletedBecause::WrongIndex, DeletedBecause::Suspended, DeletedBecause::JobEnds];

pub(super) const COUNTED: [CountedAs; 4] =
    [CountedAs::Succeeded, CountedAs::Failed, CountedAs::Ignored { rule: 0 }, CountedAs::Nothing];

pub(super) fn reasons() -> Vec<Reason> {
    use Reason::*;
    let job = JobId(1);
    let mut reasons = vec![
        Bound { after: S },
        NotBound,
        ContainersStarted { after: S },
        WillRestart { container: ContainerPlace::Regular(0), wait: S, at: T },
        Restarted { container: ContainerPlace::Regular(0), restart_count: 2 },
        CrashLoopBackOff { container: ContainerPlace::Regular(0), until: T },
        ProbeConcluded { container: ContainerPlace::Regular(0), probe: ProbeKind::Startup, succeeds: true },
        ProbeConcluded { container: ContainerPlace::Regular(0), probe: ProbeKind::Readiness, succeeds: true },
        ProbeConcluded { container: ContainerPlace::Regular(0), probe: ProbeKind::Readiness, succeeds: false },
        ProbeConcluded { container: ContainerPlace::Regular(0), probe: ProbeKind::Liveness, succeeds: false },
        OthersRun { ended: ContainerPlace::Regular(1), exit_code: 0, running: 1, first: ContainerPlace::Regular(0) },
        OthersRun { ended: ContainerPlace::Regular(0), exit_code: 3, running: 2, first: ContainerPlace::Regular(1) },
        PodEnded { phase: Phase::Failed },
        StopBegan { grace: S },
        PodGone(POD),
        PodHeldByFinalizer(POD),
        Created(JOB),
        Created(ObjectKey::CronJob(CronJobId(1))),
        Updated(JOB),
        Refused(refusal().into()),
        DeletionBegan { pod: POD, grace_seconds: 30 },
        ObjectGone(JOB),
        DisruptionTarget(POD),
        MemoryLost,
        OwnerDeleted(JOB),
        OwnerAbsent {
            key: JOB,
            owner: std::rc::Rc::new(OwnerReference {
                kind: "CronJob".into(),
                name: "hello".into(),
                ..OwnerReference::default()
            }),
        },
        OwnersForgotten(JOB),
        Orphaned(ObjectKey::Pod(POD)),
        WaitsForDependents(2),
        HeldByFinalizer { key: JOB, finalizer: "example.com/hold".into() },
        NeverScheduled(POD),
        JobGone,
        ManagedByOther("example.com/manager".into()),
        AlreadyFinished,
        JobDeleting,
        Observed { active: 1, ready: 1, terminating: 0, succeeded: 2, failed: 1 },
        StartTimeSet,
        Adopted(POD),
        Backoff { failures: 2, last: T },
        BackoffReset,
        CreationHeldBack { failures: 2, wait: S, from: T, until: T },
        IndexHeldBack { index: 1, failures: 1, until: T },
        CountingDelayed { pod: POD, index: 1 },
        IndexFailed { index: 1, failures: 2 },
        CreatedPods { created: 2, wanted: 2 },
        CreatedPods { created: 1, wanted: 2 },
        CreationRefused { used: 3, limited: 3, skipped: 2 },
        CreatedPod(POD),
        TerminatingCountsAsFailed(POD),
        CountingLimit,
        EndWaitsForTerminating(2),
        StatusRefused("invalid".into()),
        NothingToWrite,
        PodFreed(POD),
        NothingToFree { counted: 0 },
        NothingToFree { counted: 1 },
        EventDropped { reason: "SuccessfulCreate" },
        TtlRuns { finished: T, ttl: S, until: T },
        TtlExpired { finished: T, ttl: S },
        CronSuspended,
        NothingScheduled { next: Some(T) },
        NothingScheduled { next: None },
        RunStarted { scheduled: T, job, missed: 0 },
        RunStarted { scheduled: T, job, missed: 2 },
        RunForbidden { scheduled: T, active: 1 },
        RunReplaced(job),
        RunMissed { scheduled: T, late: S, deadline: S },
        RunOverlooked { scheduled: T, interval: S },
        TooManyMissed(101),
        JobWentMissing(job),
        UnexpectedJob(job),
        JobNameTaken { scheduled: T, job },
        CronDeleting,
        ScheduleNeverDue,
        AlreadyRun { scheduled: T },
        HistoryPruned(job),
        RunFinished(job),
        ScheduleUnreadable("expected exactly 5 fields".into()),
    ];
    reasons.extend(super::placement::reasons());
    reasons.extend(ENDS.map(|by| ContainerEnded { container: ContainerPlace::Regular(0), exit_code: 1, by }));
    reasons.extend(NO_EFFECTS.map(NoEffect));
    reasons.extend(DELETIONS.map(|because| DeletedPod { pod: POD, because }));
    reasons.extend(COUNTED.map(|counted| Counted { pod: POD, counted }));
    reasons.extend(
        [Cascade::Background, Cascade::Foreground, Cascade::Orphan]
            .map(|cascade| ObjectDeletionBegan { key: JOB, cascade }),
    );
    let actions = [FailureAction::FailJob, FailureAction::FailIndex, FailureAction::Ignore, FailureAction::Count];
    reasons.extend(actions.map(|action| RuleMatched { pod: POD, rule: 0, action }));
    reasons.extend(conditions().map(|condition| ConditionAdded { condition, reason: "BackoffLimitExceeded" }));
    reasons.extend(wakes().into_iter().map(|wake| ComesBack { at: T, wake }));
    for check in Check::ALL {
        reasons.extend(answers().into_iter().map(|answer| Asked { check, answer }));
    }
    reasons
}
